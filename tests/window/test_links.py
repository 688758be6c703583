#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links between posts, notes and events: made by key, from a selection and by a drag; seen from both ends."""
import re
import time

from annals_case import main
from annals_steps import PATIENCE, Steps, starts, until


class Links(Steps):
    other = "First cholera cases confirmed in three shelters"

    def setUp(self):
        super().setUp()
        # room for notes beside the text, and for the links below it
        self.size(1420, 860)

    def links(self):
        return self.cli("links", self.notebook)["links"]

    def pick(self, typed, name):
        """Choose in the dialog that opens, by keyboard."""
        self.has_window("Link With…")
        self.has_focus("entry", "Find by name")
        self.app.type(typed)
        self.sees("list item", starts(name))
        until(lambda: (self.app.focused() or self).desc.startswith(name), PATIENCE, f"{name!r} to be chosen")
        self.app.key("Return")

    desc = ""

    def say(self, relation, note=None, button="Link"):
        """How the two are linked."""
        self.has_window("Edit Link" if button == "Save" else "Add Link")
        self.choose("Relation", relation)
        if note:
            self.app.key("Tab")
            self.app.type(note)
        dialog = self.app.find(None, "Edit Link" if button == "Save" else "Add Link", pred=lambda n: n.toplevel)
        self.app.click(self.app.find("push button", button, under=dialog))
        self.no_window("Edit Link" if button == "Save" else "Add Link")

    def test_keyboard(self):
        self.open_sample()
        self.read()
        self.app.key("Return")
        self.has_focus("text", self.title)
        self.app.key("ctrl+l")
        self.pick("cholera cases", "Post: " + self.other)
        self.has_window("Add Link")
        # follows up, supports, contradicts: the third
        self.app.key("Return")
        self.app.find("list item", pred=lambda n: "follows up" in (n.label, n.content))
        self.app.key("Home", "Down", "Down", "Return")
        self.app.key("Tab")
        self.app.type("As to the date")
        self.app.key("Return")
        self.no_window("Add Link")
        self.toast("Link added")
        link = self.sees("push button", starts("contradicts " + self.other))
        self.assertEqual([(one["relation"], one["note"]) for one in self.links()], [("contradicts", "As to the date")])
        self.picture("links")
        self.app.gone("label", "Link added")    # it may lie over the row

        # to the other end, which says it the other way
        self.app.click(link)
        self.passage(self.other)
        self.sees("push button", starts("contradicted by " + self.title))
        self.undo("Add link")
        self.app.gone("push button", starts("contradicted by"))
        self.redo("Add link")
        self.sees("push button", starts("contradicted by"))

    def test_from_the_list(self):
        """Posts that are chosen in the list are linked: by its menu, and several by key."""
        app = self.open_sample()
        app.click(self.post_row("Vaccination begins"))
        self.passage("Vaccination begins on Lower Merrin")
        app.click(self.post_row("Vaccination begins"), button=3)
        app.click(self.sees("menu item", "Link With…"))
        self.pick("cholera cases", "Post: " + self.other)
        self.say("follows up")
        self.becomes(1, lambda: len(self.links()))
        self.assertEqual((self.links()[0]["relation"], self.links()[0]["from_kind"]), ("follows", "post"))

        app.click(self.post_row("Vaccination begins"))
        self.has_focus("list item")
        app.key("shift+Down", "ctrl+l")
        self.pick("cholera cases", "Post: " + self.other)
        self.say("related to")
        self.undo("Link 2 posts")
        self.becomes(1, lambda: len(self.links()))

    def test_edit_and_remove(self):
        self.open_sample()
        self.cli("link", self.notebook, "title:" + self.title, "follows", "title:" + self.other)
        self.stop()
        self.start(self.notebook)
        self.read()
        self.press("Change Link")
        self.app.click(self.sees("menu item", "Edit Link…"))
        self.say("supports", "In part", "Save")
        self.sees("push button", starts("supports " + self.other))
        self.sees("label", "In part")

        self.press("Change Link")
        self.app.click(self.sees("menu item", "Remove Link"))
        self.toast("Link removed")
        self.app.gone("push button", starts("supports "))
        self.press("Undo", pred=lambda n: n.label == "Undo")
        self.sees("push button", starts("supports " + self.other))

    def test_rows_by_keyboard(self):
        """The keyboard stays at a link that is changed, and goes on from one that is removed: to the one after it, to
        the one before it, to what stands before them all."""
        self.notebook = self.new_notebook(self.sample)
        timeline = self.cli("timeline-new", self.notebook, "Epidemic")["uid"]
        event = self.cli("event", self.notebook, timeline, "--date", "2021-05-11", "--title", "Cholera confirmed")["uid"]
        for relation, title in (("cites", self.title), ("related", self.other), ("supports", "Vaccination begins on "
                                                                                 "Lower Merrin")):
            self.cli("link", self.notebook, event, relation, "title:" + title)
        app = self.start(self.notebook)
        self.sees("list", "Posts")
        app.key("alt+2")
        self.event_card("Cholera confirmed")
        self.tab_to("push button", re.compile("^Cholera confirmed"))
        app.key("Return")
        self.has_focus("text", "Event")
        self.tab_to("push button", re.compile("^related to"))
        app.key("Tab")
        at = self.has_focus("push button", "Change Link")
        self.take("Edit Link…", "e")
        self.has_window("Edit Link")
        app.key("Tab")
        app.type("In part")
        app.key("Return")
        self.no_window("Edit Link")
        self.sees("label", "In part")
        self.becomes(at, app.focused)
        app.key("shift+Tab")
        until(lambda: app.focused() != at, PATIENCE, "the keyboard before the menu")
        before = app.focused()
        self.assertRegex(before.label, "^related to " + self.other)
        self.undo("Edit link")
        app.gone("label", "In part")
        self.becomes(before, app.focused)
        # news of something else leave it there as well
        self.cli("link", self.notebook, event, "contradicts", "title:" + self.title)
        self.sees("push button", re.compile("^contradicts"))
        self.becomes(before, app.focused)

        app.key("Tab")
        for left in (["cites", "supports", "contradicts"], ["cites", "contradicts"], ["cites"]):
            at = self.has_focus("push button", "Change Link")
            self.take("Remove Link", "r")
            self.becomes(left, lambda: [one["relation"] for one in self.links()])
            until(lambda: app.focused() not in (None, at), PATIENCE, "the keyboard at another link")
        self.has_focus("push button", "Change Link")
        self.take("Remove Link", "r")
        self.has_focus("push button", "Add Link")
        self.undo("Remove link")
        self.sees("push button", re.compile("^cites"))
        self.has_focus("push button", "Add Link")

    def take(self, item, letter):
        """From the menu of the row that has the keyboard."""
        self.app.key("space")
        self.sees("menu item", item)
        self.app.key(letter)

    def test_from_selection(self):
        """Words are marked and linked in one step."""
        self.open_sample()
        self.read()
        self.select()
        self.press("Link")
        self.pick("cholera cases", "Post: " + self.other)
        self.say("cites")
        self.sees("panel", "Evidence: " + self.words)
        self.sees("push button", "cites: " + self.other)
        self.sees("push button", starts("cites " + self.other))
        self.assertEqual(len(self.annotations()), 1)
        self.picture("links-passage")
        self.undo("Mark passage and link it")
        until(lambda: self.annotations() == [] and self.links() == [], PATIENCE, "both to be undone")

    def test_from_card(self):
        """A note is linked from its card, by its menu and by key; a note on the whole post likewise."""
        app = self.open_sample()
        self.read()
        card = self.highlight()
        app.click(card, button=3)
        self.sees("menu item", "Quote in Memo…")
        self.picture("links-card-menu")
        app.click(self.sees("menu item", "Link With…"))
        self.pick("cholera cases", "Post: " + self.other)
        self.say("supports")
        self.sees("push button", starts("supports " + self.other))
        self.assertEqual([(one["from_kind"], one["relation"]) for one in self.links()], [("annotation", "supports")])

        app.click(self.sees("panel", "Evidence: " + self.words), fy=0.1)
        self.has_focus("panel", "Evidence: " + self.words)
        app.key("ctrl+l")
        self.pick("vaccination", "Post: Vaccination begins")
        self.say("cites")
        self.becomes(["cites", "supports"], lambda: sorted(one["relation"] for one in self.links()))
        self.has_focus("panel", "Evidence: " + self.words)
        app.key("shift+F10")
        self.sees("menu item", "Link With…")
        app.key("Escape")
        app.gone("menu item", "Link With…")

    def test_drag(self):
        """A post is dragged onto the one that is read, and onto another in the list."""
        app = self.open_sample()
        self.read()
        app.drag(*app.point(self.post_row("Vaccination begins")), *app.point(self.passage(), 0.5, 0.6), steps=16)
        self.say("same event as")
        self.sees("push button", starts("same event as Vaccination begins"))
        self.assertEqual(len(self.links()), 1)

        app.drag(*app.point(self.post_row("Vaccination begins")), *app.point(self.post_row("Health ministry")), steps=16)
        self.say("follows up")
        until(lambda: len(self.links()) == 2, PATIENCE, "the second link")

    def test_drag_on_note(self):
        """A post is dragged onto the card of a note in the margin."""
        app = self.open_sample()
        self.read()
        card = self.highlight()
        app.drag(*app.point(self.post_row("Vaccination begins")), *app.point(card), steps=16)
        self.say("contradicts")
        self.sees("push button", starts("contradicted by"))
        link, = self.links()
        self.assertEqual((link["relation"], link["to_kind"]), ("contradicts", "annotation"))

    def test_drag_on_event(self):
        """A post is dragged over the switcher onto an event of the timeline."""
        self.notebook = self.new_notebook(self.sample)
        timeline = self.cli("timeline-new", self.notebook, "Epidemic")["uid"]
        self.cli("event", self.notebook, timeline, "--date", "2021-05-11", "--title", "Cholera confirmed")
        app = self.start(self.notebook)
        self.place("Timelines")
        self.event_card("Cholera confirmed")
        self.place("Read")
        app.drag_over(app.point(self.post_row("Vaccination begins")),
                      (app.point(app.find("page tab", "Timelines")),
                       lambda: "selected" in app.find("page tab", "Timelines").states),
                      lambda: app.point(self.event_card("Cholera confirmed")))
        self.say("supports")
        until(lambda: len(self.links()) == 1, PATIENCE, "the link")
        link, = self.links()
        self.assertEqual((link["relation"], link["to_kind"]), ("supports", "event"))

    def test_drag_on_editor(self):
        """A post that is let go on the fields of the selected event is evidence for it."""
        self.notebook = self.new_notebook(self.sample)
        timeline = self.cli("timeline-new", self.notebook, "Epidemic")["uid"]
        self.cli("event", self.notebook, timeline, "--date", "2021-05-11", "--title", "Cholera confirmed")
        app = self.start(self.notebook)
        self.place("Timelines")
        app.click(self.event_card("Cholera confirmed"))
        self.sees("push button", "Add Link")
        self.place("Read")
        app.drag_over(app.point(self.post_row("Vaccination begins")),
                      (app.point(app.find("page tab", "Timelines")),
                       lambda: "selected" in app.find("page tab", "Timelines").states),
                      lambda: app.point(self.sees("push button", "Add Link")))
        self.toast("Evidence added")
        event, = self.cli("timeline", self.notebook, timeline)["events"]
        self.assertEqual([one["stance"] for one in event["evidence"]], ["supports"])
        self.undo("Add evidence")

    def test_event(self):
        """An event's links stand in its fields."""
        self.notebook = self.new_notebook(self.sample)
        timeline = self.cli("timeline-new", self.notebook, "Epidemic")["uid"]
        self.cli("event", self.notebook, timeline, "--date", "2021-05-11", "--title", "Cholera confirmed")
        self.start(self.notebook)
        self.place("Timelines")
        self.app.click(self.event_card("Cholera confirmed"))
        self.press("Add Link")
        self.pick("vaccination begins", "Post: Vaccination begins")
        self.say("related to")
        self.app.gone("label", "Link added")    # it may lie over the row
        self.app.wheel(self.sees("push button", "Add Link"), 10)   # the links may stand below what is seen
        self.app.heard()
        self.picture("links-event")
        self.app.click(self.sees("push button", starts("related to Vaccination begins")))
        self.passage("Vaccination begins on Lower Merrin")
        self.app.click(self.sees("push button", starts("related to Cholera confirmed")))
        self.event_card("Cholera confirmed")


main()
