#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every view and dialog: nothing one can reach is without a name, Tab goes round, and a picture is left.

Pictures in light and dark, wide and narrow, are for people to look at; a view that does not fit a small
window is found by what stands beyond its edge.
"""
import re

from annals_case import main
from annals_steps import PATIENCE, Steps, until

SIZES = ((1440, 900), (1024, 640))


class Access(Steps):
    def open_full(self, dark, width, height):
        """A notebook with a bit of everything."""
        if not hasattr(self, "notebook"):
            self.notebook = self.new_notebook(self.sample)
            self.cli("annotate", self.notebook, "title:" + self.title, "--quote", self.words,
                     "--note", "Check the *log* of the port", "--colour", "yellow", "--tag", "doubtful")
            self.cli("tag", self.notebook, "shipping", "title:" + self.title)
            self.cli("timeline-new", self.notebook, "Shipping")
            annotation = self.annotations()[0]["uid"]
            for date, title, lane in (("2021-02-18~", "Transponders off", "At sea"),
                                      ("2021-05-07", "Brennock listed", "Sanctions"),
                                      ("2021-05/..", "Cargo let through", "Sanctions"),
                                      ("2021-05-10", "Brennock denies", "At sea")):
                self.cli("event", self.notebook, "title:Shipping", "--date", date, "--title", title,
                         "--lane", lane, "--evidence", annotation)
        self.size(width, height)
        return self.start(self.notebook, dark=dark)

    def fits(self):
        """The window is as small as it was asked to be, and the buttons at its ends are inside."""
        frame = self.app.frame()
        x, y, width, height = frame.box
        close = self.button("Close").box
        self.assertLessEqual(close[0] + close[2], x + width)

    def show_note(self, name):
        """The note's card beside its passage; in a low window both are below the edge."""
        def card():
            seen = self.app.find_all("panel", name)
            if not seen:
                self.app.wheel(self.passage(), 1)
            return seen
        until(card, PATIENCE, "the note")

    def looks(self, dark):
        style = "dark" if dark else "light"
        for width, height in SIZES:
            app = self.open_full(dark, width, height)
            suffix = f"{style}-{width}"
            self.sees("status bar", "12 posts")
            self.read()
            self.show_note(re.compile("^Evidence: Check"))
            self.fits()
            self.assert_named()
            self.picture(f"view-read-{suffix}")
            self.place("Timelines")
            app.click(self.event_card("Transponders off"))
            until(lambda: app.find("text", "Event").text == "Transponders off", PATIENCE, "the event's fields")
            self.fits()
            self.assert_named()
            self.picture(f"view-timeline-{suffix}")
            self.place("Notes")
            self.sees("list item", re.compile(self.words))
            self.assert_named()
            self.picture(f"view-notes-{suffix}")
            self.stop(app)

    def test_places_before_words(self):
        """Where there is no room for both, the import's word goes and not the end of a place's name."""
        self.notebook = self.new_notebook(self.sample)
        for width, has_word in ((1280, True), (720, False)):
            self.size(width, 640)
            self.start(self.notebook)
            self.becomes(has_word, lambda: self.button("Import…", pred=lambda n: n.box[1] < 47).box[2] > 40)
            self.fits()
            self.stop()

    def test_views_light(self):
        self.looks(False)

    def test_views_dark(self):
        self.looks(True)

    def test_dialogs(self):
        """The dialogs and menus that hang off the views."""
        app = self.open_full(False, 1280, 800)
        self.read()
        view = self.passage()
        app.drag_select(view, 0, 17)
        self.button("Evidence")
        self.assert_named()
        self.press("Timeline")
        self.has_window("Add to Timeline")
        self.assert_named("Add to Timeline")
        self.picture("dialog-event")
        app.key("Escape")
        self.no_window("Add to Timeline")

        self.press("Main menu", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.sees("menu item", re.compile("Keyboard Shortcuts"))
        self.assert_named()
        self.picture("menu")
        app.click(self.sees("menu item", re.compile("Imports and Issues")))
        self.has_window("Imports and Issues")
        self.assert_named("Imports and Issues")
        self.picture("dialog-imports")
        app.key("Escape")
        self.no_window("Imports and Issues")

        self.press("New timeline")
        self.has_focus("text", "Name")
        self.assert_named()
        app.key("Escape")
        # while a popover is up, a click beside it only closes it
        app.gone("text", "Name")

        self.place("Timelines")
        self.press("Event")
        self.has_focus("text", "What happened")
        self.assert_named()
        app.key("Escape")
        app.gone("text", "What happened")
        self.press("Export…")
        self.has_window("Export Timeline")
        self.assert_named("Export Timeline")
        self.picture("dialog-export")
        app.key("Escape")
        self.no_window("Export Timeline")

    def walk(self, *must):
        """Tab comes round and so does Shift+Tab, and on their way they come to all of these."""
        stops = self.app.tab_walk(limit=80)
        names = [f"{stop.role} {stop.label}" if stop else "nothing" for stop in stops]
        self.assertNotIn("nothing", names)
        self.assertLess(len(stops), 60, f"Tab does not come round: {names}")
        back = self.app.tab_walk("shift+Tab", limit=80)
        self.assertLess(len(back), 60, "Shift+Tab does not come round")
        names += [f"{stop.role} {stop.label}" for stop in back if stop]
        for pattern in must:
            self.assertTrue(any(re.search(pattern, name) for name in names), f"no {pattern!r} among {names}")

    def test_tab(self):
        """No trap: the keyboard walks through each place and round."""
        self.open_full(False, 1280, 800)
        self.read()
        self.walk("entry Search posts", "list item .*Brennock denies", "text .*Brennock denies",
                  "push button Add Star", "panel Evidence: Check", "list item All Posts",
                  "page tab Timelines", "push button Main menu")
        self.place("Timelines")
        self.app.click(self.event_card("Transponders off"))
        until(lambda: self.app.find("text", "Event").text == "Transponders off", PATIENCE, "the event's fields")
        self.walk("push button Export…", "push button .*Transponders off", "text Event", "text When",
                  "text Account", "push button Zoom in")
        self.place("Notes")
        self.walk("entry Search notes", "list item .*transponders")


main()
