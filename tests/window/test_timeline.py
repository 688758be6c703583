#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Timelines: made, filled from marked words, edited, drawn, exported; each change undone and redone."""
import json
import os
import re

from annals_case import main
from annals_steps import PATIENCE, Steps, until

EVENT = "Transponders switched off"


class Timeline(Steps):
    def open_with_event(self):
        """A timeline "Shipping" with one event, made from marked words; its place is shown."""
        self.notebook = self.new_notebook(self.sample)
        annotation = self.cli("annotate", self.notebook, "title:" + self.title, "--quote", self.words)["uid"]
        self.cli("timeline-new", self.notebook, "Shipping")
        self.cli("event", self.notebook, "title:Shipping", "--date", "2020-03~", "--title", EVENT,
                 "--lane", "At sea", "--evidence", annotation)
        self.start(self.notebook)
        self.place("Timelines")
        self.event_card(EVENT)
        return self.app

    def timeline(self):
        """What annals-cli exports of it now."""
        path = self.path("look.json")
        self.cli("export", self.notebook, "timeline:title:Shipping", "--format", "json", "-o", path)
        document = self.check_export(self.notebook, path)
        os.remove(path)
        return document

    def event(self):
        return self.timeline()["events"][0]

    def test_make_rename_delete(self):
        """By the sidebar's +; renamed and coloured by its menu; deleted; all of it undone and redone."""
        app = self.open_sample()
        self.new_timeline("Cholera")
        self.toast("“Cholera” added")
        self.undo("Add timeline")
        app.gone("list item", re.compile("^Cholera,"))
        self.redo("Add timeline")

        app.click(self.sees("list item", "Cholera, 0 events"), button=3)
        app.click(self.sees("menu item", re.compile("Rename")))
        field = self.has_focus("text", "Name")
        self.assertEqual(field.text, "Cholera")
        app.key("ctrl+a")
        app.type("Epidemic")
        app.click(app.find("push button", "Purple"))
        self.press("Apply")
        self.sees("list item", "Epidemic, 0 events")
        self.becomes(["Epidemic"], lambda: [t["title"] for t in self.cli("timelines", self.notebook)["timelines"]])
        self.becomes("purple", lambda: self.colour("Epidemic"))
        app.key("ctrl+z")
        self.sees("list item", "Cholera, 0 events")
        self.assertNotEqual(self.colour("Cholera"), "purple")
        app.key("ctrl+shift+z")

        app.click(self.sees("list item", "Epidemic, 0 events"), button=3)
        app.click(self.sees("menu item", "Delete"))
        app.hover(self.toast("“Epidemic” deleted"))
        app.gone("list item", re.compile("^Epidemic,"))
        self.press("Undo")
        self.sees("list item", "Epidemic, 0 events")

    def colour(self, title):
        path = self.path("colour.json")
        self.cli("export", self.notebook, f"timeline:title:{title}", "--format", "json", "-o", path)
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        os.remove(path)
        return document["timeline"]["colour"]

    def test_event_from_selection(self):
        """Marked words become an event with date, lane and evidence; undo takes all of it away."""
        self.open_sample()
        self.read()
        self.select()
        self.add_event(EVENT, "early March 2020", "At sea", new_timeline="Shipping")
        self.place("Timelines")
        self.event_card(EVENT)
        self.sees("label", "Shipping")
        self.sees("label", re.compile("^1 event · .*1 post cited"))
        self.button("Lane At sea")
        event = self.event()
        self.assertEqual((event["title"], event["date"]["edtf"]), (EVENT, "[2020-03-01~..2020-03-10~]"))
        self.assertEqual(event["evidence"][0]["quote"]["exact"], self.words)
        self.undo("Add event to timeline")
        self.app.gone("list item", re.compile("^Shipping,"))
        self.assertEqual(self.annotations(), [])
        self.redo("Add event to timeline")
        self.sees("list item", "Shipping, 1 event")
        self.event_card(EVENT)
        self.assertEqual(self.event()["uid"], event["uid"])

    def test_selected_stays_in_view(self):
        """The fields take their room from the drawing, not the event that was chosen."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("timeline-new", self.notebook, "Shipping")
        for lane in "ABCDE":
            self.cli("event", self.notebook, "title:Shipping", "--date", "2020-03", "--title", f"In lane {lane}",
                     "--lane", lane)
        app = self.start(self.notebook)
        self.place("Timelines")
        app.click(self.event_card("In lane E"))
        self.sees("text", "Event")
        self.event_card("In lane E")

    def test_event_places(self):
        """Tags of an event and further timelines it belongs to: added by pointer and by keyboard, taken away, undone."""
        app = self.open_with_event()
        self.cli("timeline-new", self.notebook, "Ministry")
        app.click(self.event_card(EVENT))
        self.sees("label", "Supported by 1 independent source")
        self.press("Add Tag")
        self.has_focus("text")
        app.type("tankers")
        app.key("Return")
        self.becomes(["tankers"], lambda: self.event()["tags"])
        self.tab_to("push button", "Remove Tag “tankers”")

        self.tab_to("push button", "Add to Timeline")
        app.key("Return")
        self.has_focus("text")
        app.type("Ministry")
        app.key("Return")
        self.toast("Event added to the timeline")
        self.sees("list item", "Ministry, 1 event")
        self.picture("timeline-places")
        self.press("Remove from Timeline “Ministry”")
        self.toast("Event removed from the timeline")
        self.sees("list item", "Ministry, 0 events")
        self.undo("Remove event from timeline")
        self.button("Remove from Timeline “Ministry”")

        self.press("Remove Tag “tankers”")
        self.becomes([], lambda: self.event()["tags"])
        self.undo("Remove tag from event")
        self.button("Remove Tag “tankers”")
        self.assertEqual(self.event()["tags"], ["tankers"])

    def test_edit_event(self):
        """Title, date, account and lane are changed in the fields below the drawing."""
        app = self.open_with_event()
        app.click(self.event_card(EVENT))
        self.fill("Event", "Signals off")
        app.key("Return")
        self.event_card("Signals off")
        self.fill("When", "9 March 2020")
        app.key("Return")
        self.becomes("2020-03-09", lambda: self.event()["date"]["edtf"])
        self.sees("push button", re.compile("^Signals off, .*9"))

        self.fill("When", "the other day, perhaps")
        app.key("Return")
        self.assertEqual(self.event()["date"]["edtf"], "2020-03-09")
        self.picture("timeline-bad-date")
        app.key("Escape")
        until(lambda: "2020" in app.find("text", "When").text, PATIENCE, "the date that stands")

        self.tab_to("text", "Account")   # below what is in view while dates are offered
        self.fill("Account", "Both ships, *eleven* hours")
        app.key("Tab")
        self.becomes("Both ships, *eleven* hours", lambda: self.event()["account"])
        self.picture("timeline-event")
        self.choose("Lane", "None")
        self.becomes(None, lambda: self.event()["lane"])
        for look in (lambda: self.event()["lane"] is not None,
                     lambda: self.event()["account"] == "",
                     lambda: self.event()["date"]["edtf"] == "2020-03~",
                     lambda: self.event()["title"] == EVENT):
            self.press(re.compile("^Undo: "))
            until(look, PATIENCE, "the change undone")
        self.event_card(EVENT)
        self.press(re.compile("^Redo: "))
        self.event_card("Signals off")

    def test_delete_event(self):
        app = self.open_with_event()
        app.click(self.event_card(EVENT))
        self.press("Delete event")
        app.hover(self.toast("Event deleted"))
        app.gone("push button", re.compile("^" + EVENT))
        self.assertEqual(self.timeline_events(), 0)
        self.press("Undo")
        self.event_card(EVENT)
        self.assertEqual(self.timeline_events(), 1)

    def timeline_events(self):
        return self.cli("timelines", self.notebook)["timelines"][0]["events"]

    def test_new_event(self):
        """An event without evidence, by the button; the scale follows the dates."""
        self.open_with_event()
        self.press("Event")
        self.has_focus("text", "What happened")
        self.app.type("Ferry stops")
        self.fill("When", "2021-05-20")
        self.press("Add Event")
        self.event_card("Ferry stops")
        self.sees("label", re.compile("^2 events"))
        # it is gone to, in the scale that was; 14 months later its card stands to the right
        self.press("Show all events")
        until(lambda: self.event_card(EVENT).box[0] < self.event_card("Ferry stops").box[0], PATIENCE,
              "the later event to the right")

    def test_evidence_leads_back(self):
        """The evidence of an event leads to the words in the post."""
        self.open_with_event()
        self.place("Read")
        self.read("Vaccination begins on Lower Merrin")
        self.place("Timelines")
        self.app.click(self.event_card(EVENT))
        self.press(re.compile("^“" + self.words))
        view = self.passage()
        self.sees("panel", "Evidence: " + self.words)
        start = view.text.index(self.words)
        until(lambda: view._call("org.a11y.atspi.Text", "GetCharacterExtents", "(iu)", start, 1)[2] > 0,
              PATIENCE, "the words on the screen")

    def test_there_and_back(self):
        """From the event to its passage and from there to the event: by pointer, and by keyboard."""
        app = self.open_with_event()
        chip = re.compile("^→ Shipping")
        app.click(self.event_card(EVENT))
        self.press(re.compile("^“" + self.words))
        self.passage()
        # the page is going to the passage
        app.click(app.at_rest(self.button(chip)))
        self.becomes(EVENT, lambda: app.find("text", "Event").text)

        self.tab_to("push button", re.compile("^“" + self.words))
        app.key("Return")
        self.passage()
        self.sees("push button", chip)
        self.tab_to("push button", chip)
        app.key("Return")
        self.becomes(EVENT, lambda: app.find("text", "Event").text)

    def test_undated(self):
        """What has no date stands in the tray, is chosen there by pointer and by key, and leaves it with a date."""
        self.size(1024, 768)
        self.notebook = self.new_notebook(self.sample)
        self.cli("timeline-new", self.notebook, "Shipping of the islands")
        for title, date in (("Some day", ""), ("No idea when", ""), (EVENT, "2020-03~")):
            self.cli("event", self.notebook, "title:Shipping of the islands", "--date", date, "--title", title)
        app = self.start(self.notebook)
        self.place("Timelines")
        self.sees("label", "Undated")
        self.sees("label", re.compile("^3 events · Mar 2020 · 0 posts cited$"))
        self.picture("timeline-undated")
        app.click(self.button("Some day"))
        self.becomes("Some day", lambda: app.find("text", "Event").text)
        self.tab_to("push button", "No idea when")
        at = app.focused()
        self.cli("event", self.notebook, "title:Shipping of the islands", "--date", "2021", "--title", "Another")
        self.sees("label", re.compile("^4 events"))
        self.assertEqual(app.focused(), at, "the keyboard was taken away")
        app.key("Return")
        self.becomes("No idea when", lambda: app.find("text", "Event").text)
        self.fill("When", "2020-04")
        app.key("Return")
        self.event_card("No idea when")
        app.gone("push button", "No idea when")
        self.press(re.compile("^Undo: Change date of event"))
        self.button("No idea when")

    def test_tags_by_keyboard(self):
        """From a tag of an event that is taken away the keyboard goes on to the next, and from the last to the button."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("timeline-new", self.notebook, "Shipping")
        self.cli("event", self.notebook, "title:Shipping", "--date", "2020-03~", "--title", EVENT)
        app = self.start(self.notebook)
        self.place("Timelines")
        app.click(self.event_card(EVENT))
        self.sees("push button", "Add Tag")
        self.tab_to("push button", "Add Tag")
        for tag in ("first", "second", "third"):
            app.key("Return")
            self.has_focus("text")
            app.type(tag)
            app.key("Return")
            self.sees("push button", f"Remove Tag “{tag}”")
            self.has_focus("push button", "Add Tag")
        self.tab_to("push button", "Remove Tag “second”")
        app.key("space")
        self.has_focus("push button", "Remove Tag “third”")
        app.gone("push button", "Remove Tag “second”")
        app.key("space")
        app.gone("push button", "Remove Tag “third”")
        self.has_focus("push button", "Add Tag")

    def test_lane_by_keyboard(self):
        """The keyboard stays at a lane that is moved."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("timeline-new", self.notebook, "Shipping")
        for name in ("One", "Two", "Three"):
            self.cli("event", self.notebook, "title:Shipping", "--date", "2020-03", "--title", "In " + name, "--lane", name)
        app = self.start(self.notebook)
        self.place("Timelines")
        app.click(self.button("Lane Three"))
        self.sees("menu item", "Move Up")
        app.key("Escape")
        app.gone("menu item", "Move Up")
        at = self.has_focus("push button", "Lane Three")
        for names in (["One", "Three", "Two"], ["Three", "One", "Two"]):
            app.key("space")
            self.sees("menu item", "Move Up")
            app.key("u")
            self.becomes(names, lambda: [lane["name"] for lane in self.cli("timeline", self.notebook, "title:Shipping")[
                "timeline"]["lanes"]])
            app.gone("menu item", "Move Up")
            self.becomes(at, app.focused)

    def test_evidence_by_keyboard(self):
        """The keyboard stays at a piece of evidence whose stance is changed, and goes on from one that is removed."""
        self.notebook = self.new_notebook(self.sample)
        posts = [post["uid"] for post in self.cli("search", self.notebook, "", "--limit", "2")["posts"]]
        self.cli("timeline-new", self.notebook, "Shipping")
        self.cli("event", self.notebook, "title:Shipping", "--date", "2020-03~", "--title", EVENT,
                 "--evidence", posts[0], "--evidence", posts[1])
        app = self.start(self.notebook)
        self.sees("list", "Posts")
        app.key("alt+2")
        self.event_card(EVENT)
        self.tab_to("push button", re.compile("^" + EVENT))
        app.key("Return")
        self.has_focus("text", "Event")
        self.tab_to("push button", "Stance and removal")
        at = app.focused()
        app.key("space")
        self.sees("menu item", "It Contradicts the Event")
        app.key("c")
        self.becomes(["contradicts", "supports"], self.stances)
        app.gone("menu item", "It Contradicts the Event")
        self.becomes(at, app.focused)
        # news of something else leave it there as well
        self.cli("event", self.notebook, "title:Shipping", "--date", "2021", "--title", "Another")
        self.sees("label", re.compile("^2 events"))
        self.becomes(at, app.focused)
        app.key("space")
        self.sees("menu item", "Remove Evidence")
        app.key("r")
        self.becomes(["supports"], self.stances)
        until(lambda: app.focused() not in (None, at), PATIENCE, "the keyboard at the other piece")
        self.assertNotEqual(app.focused().label, "Stance and removal")
        app.key("Tab")
        self.has_focus("push button", "Stance and removal")
        self.undo("Remove evidence")
        self.becomes(["contradicts", "supports"], self.stances)

    def stances(self):
        event = self.cli("timeline", self.notebook, "title:Shipping")["events"][0]
        return [one["stance"] for one in event["evidence"]]

    def test_zoom(self):
        """Zooming widens a card, fit shows every event again."""
        app = self.open_with_event()
        width = self.event_card(EVENT).box[2]
        view = self.sees("image", re.compile("^In view: ")).name
        self.press("Zoom in")
        until(lambda: self.sees("image", re.compile("^In view: ")).name != view, PATIENCE, "another span in view")
        until(lambda: self.event_card(EVENT).box[2] > width, PATIENCE, "a wider card")
        self.press("Show all events")
        until(lambda: self.sees("image", re.compile("^In view: ")).name == view, PATIENCE, "the whole span in view")


main()
