#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every view, dialog and popover, opened once and looked at: names, roles, contrast, the keyboard's way (audit.py)."""
import os
import re

from annals_case import main
from annals_steps import PATIENCE, Steps, until
from audit import Audit, crisp

OPENS = {"pred": lambda n: not n.kids or n.kids[0].role != "push button"}
FRONT = "---\ntitle: {}\ndate: 2020-03-0{}\n---\n\n"
STORM = "The port office had warned of the storm, and two of its pilots stayed ashore."
RADIO = "The minister thanked the crews in a short statement on the radio"


class Everything(Steps):
    other = "Vaccination begins on Lower Merrin"
    auditor = Audit

    def setUp(self):
        super().setUp()
        self.size(1280, 800)
        crisp()

    def size(self, width, height):
        super().size(width, height)
        self.room = width, height

    def post(self, folder, text):
        os.makedirs(self.path(folder), exist_ok=True)
        return self.path(folder + "/ferry.md", FRONT.format("Ferry aground", 2) + text)

    def fill_notebook(self):
        """A bit of everything that a notebook can hold."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("import", self.notebook, self.post("old", f"The ferry left at noon. {STORM}\n\n{RADIO}.\n"))
        ferry = "title:Ferry aground"
        self.cli("annotate", self.notebook, ferry, "--quote", STORM, "--note", "Who warned whom?")
        self.cli("annotate", self.notebook, ferry, "--quote", RADIO)
        self.cli("import", self.notebook, self.post("new", f"{RADIO} and wished them well.\n\nThe ferry left at one.\n"))
        self.cli("annotate", self.notebook, "title:" + self.title, "--quote", self.words, "--note", "Check the *log*",
                 "--colour", "yellow", "--tag", "doubtful")
        self.cli("tag", self.notebook, "shipping", "title:" + self.title)
        post = self.cli("show", self.notebook, "title:" + self.title)["uid"]
        self.cli("link", self.notebook, "title:" + self.other, "supports", post)
        self.cli("memo", self.notebook, "Cholera", "--text", self.path("memo.md", f"# Known\nSee [[post:{post}|it]].\n"))
        self.cli("timeline-new", self.notebook, "Shipping", "--rule", "ferry OR tanker")
        note = self.annotations()[0]["uid"]
        for date, title, lane in (("2021-02-18~", "Transponders off", "At sea"), ("2021-05-07", "Brennock listed", "Sanctions"),
                                  ("2021-05/..", "Cargo let through", "Sanctions")):
            self.cli("event", self.notebook, "title:Shipping", "--date", date, "--title", title, "--lane", lane,
                     "--evidence", note)
        self.cli("backup", self.notebook)

    def open_full(self):
        self.fill_notebook()
        self.start(self.notebook)
        self.audit = self.auditor(self.app)
        self.audit.room = self.room
        self.addCleanup(self.judge)
        self.sees("status bar", "13 posts")
        return self.app

    def judge(self):
        """What was looked at, counted; what is wrong with it."""
        self.audit.close()
        print(f"# {self._testMethodName}: {self.audit.counts()}", flush=True)
        self.assertEqual(self.audit.faults, [])

    # ---- what each is looked at with ---------------------------------------------------------------
    def view(self, name, **more):
        self.audit.look(name)
        self.audit.walk(name, **more)

    def popover(self, name, close=True):
        up = self.audit.popover()
        self.audit.look(name, up)
        self.audit.walk(name, up)
        if close:
            self.close_popover(up)

    def menu(self, name):
        """A menu is walked through with the arrows."""
        up = self.audit.popover()
        self.audit.look(name, up)
        self.audit.walk(name, up, keys=("Down",))
        self.close_popover(up)

    def close_popover(self, up):
        def closed():
            self.app.key("Escape")
            try:
                return until(lambda: not self.app.on_screen(up), 2, "")
            except AssertionError:
                return None
        until(closed, PATIENCE, f"{up} to close")

    def window(self, name, title=None, close="Escape"):
        title = title or name
        window = self.has_window(title)
        self.audit.look(name, window)
        self.audit.walk(name, window)
        if close:
            self.app.key(close)
            self.no_window(title)

    def command(self, name):
        """Through the main menu."""
        self.main_menu()
        self.app.click(self.sees("menu item", re.compile("^" + re.escape(name))))

    def main_menu(self):
        self.press("Main menu", **OPENS)

    # ---- the views ---------------------------------------------------------------------------------
    def test_reading(self):
        app = self.open_full()
        self.read()
        self.view("Read", keys=("Tab", "shift+Tab"))
        self.main_menu()
        self.menu("Main menu")
        self.press("More ways to import", **OPENS)
        self.menu("Ways to import")
        self.press(re.compile("^Newest first"), **OPENS)
        self.menu("Order of the posts")
        self.press("Search help", **OPENS)
        self.popover("Search help")
        app.click(self.button("Narrow the list"))
        # below two rows of sources
        self.button(re.compile("^shipping: "))
        self.view("Facets")
        app.click(self.button("Narrow the list"))
        app.key("ctrl+j")
        self.popover("Go to date")
        app.key("ctrl+f")
        self.has_focus("entry", "Search posts")
        app.type("tag:")
        self.sees("list item", re.compile("shipping"))
        self.audit.look("Completion", self.audit.popover())
        app.key("Escape", "ctrl+a", "BackSpace")
        app.click(self.post_row(), button=3)
        self.menu("Menu of a post")

    def test_reader(self):
        app = self.open_full()
        self.read()
        self.press("Text", **OPENS)
        self.popover("Look of the text")
        self.press("More", **OPENS)
        self.menu("Menu of the reader")
        self.press("Add Tag", **OPENS)
        self.popover("Tag of the post")
        app.key("alt+Return")
        self.sees("label", "SHA-256 of the text")
        self.view("Details")
        app.key("alt+Return")
        app.gone("label", "SHA-256 of the text")
        app.drag_select(self.passage(), 0, 17)
        self.button("Evidence")
        self.popover("Selection")
        app.wheel(self.passage(), 5)
        app.at_rest(self.passage())
        app.click(self.sees("panel", re.compile("^Evidence: Check")), button=3)
        self.menu("Menu of a note")
        app.key("ctrl+l")
        self.window("Link With…")
        self.press("More", **OPENS)
        app.click(self.sees("menu item", "View Original"))
        self.window("Original")
        self.press("More", **OPENS)
        app.click(self.sees("menu item", "Name Colours…"))
        self.window("Name Colours")
        app.wheel(self.passage(), 20, False)
        app.drag_select(self.passage(), 0, 17)
        self.press("Timeline")
        self.window("Add to Timeline")

    def test_sidebar(self):
        app = self.open_full()
        for name, button in (("New timeline", "New timeline"), ("New tag", "New tag")):
            self.press(button)
            self.popover(name)
        app.click(self.sees("list item", re.compile("^shipping, ")), button=3)
        self.menu("Menu of a tag")
        app.click(self.sees("list item", re.compile("^Shipping, ")), button=3)
        self.menu("Menu of a timeline")
        app.click(self.sees("list item", re.compile("^shipping, ")), button=3)
        app.click(self.sees("menu item", "Edit…"))
        self.window("Edit Tag")
        app.key("ctrl+k")
        self.window("Quick Open")

    def test_timelines(self):
        app = self.open_full()
        self.place("Timelines")
        app.click(self.event_card("Transponders off"))
        until(lambda: app.find("text", "Event").text == "Transponders off", PATIENCE, "the event's fields")
        self.view("Timelines")
        app.click(self.event_card("Transponders off"), button=3)
        self.menu("Menu of an event")
        self.press("Event")
        self.popover("New event")
        app.wheel(self.sees("push button", "Add Evidence"), 10)
        app.heard()
        self.press("Add Evidence", **OPENS)
        self.popover("Add evidence")
        self.press("Export…")
        self.window("Export Timeline")
        app.click(self.sees("push button", re.compile("^Suggestions: ")))
        self.sees("label", "Suggestions for “Shipping”")
        self.view("Suggestions")
        self.press("Edit Rule…")
        self.window("Rule")

    def test_notes(self):
        app = self.open_full()
        self.place("Notes")
        self.sees("list item", re.compile(self.words))
        self.view("Notes")
        self.press("Filter", **OPENS)
        self.popover("Filter of notes")
        app.click(self.sees("list item", re.compile(self.words)), button=3)
        self.menu("Menu of the notes")
        app.click(self.sees("list item", re.compile("^To Review")))
        self.sees("status bar", re.compile("passages? ha(s|ve) changed"))
        self.view("Review")
        self.place("Memos")
        app.click(self.sees("list item", re.compile("^Cholera")))
        self.sees("text", "Text of the memo")
        self.view("Memos")

    def test_windows(self):
        self.open_full()
        for command, title in (("Imports and Issues", "Imports and Issues"), ("History", "History"), ("Backups", "Backups")):
            self.command(command)
            self.window(title)
        self.command("Preferences")
        preferences = self.has_window("Preferences")
        for page in ("General", "Reading", "Backups", "This Notebook"):
            self.app.click(self.app.find("page tab", page, under=preferences))
            self.audit.look(f"Preferences, {page}", preferences)
            self.audit.walk(f"Preferences, {page}", preferences)
        self.app.key("Escape")
        self.no_window("Preferences")
        self.command("Keyboard Shortcuts")
        shortcuts = self.sees("label", "Keyboard shortcuts")
        self.audit.look("Keyboard Shortcuts", self.app.native(shortcuts))
        self.app.key("Escape")
        self.app.gone("label", "Keyboard shortcuts")

    def test_help(self):
        self.open_full()
        self.app.key("F1")
        self.window("Annals Help")

    def test_large_text(self):
        """Twice as large: what is drawn by the program itself makes room for its words."""
        self.size(1024, 640)
        crisp(200)
        app = self.open_full()
        self.audit.look("Read, large")
        for place in ("Notes", "Memos"):
            self.place(place)
            self.audit.look(place + ", large")
        app.key("alt+4")
        self.sees("status bar", re.compile("passages? ha(s|ve) changed"))
        self.audit.look("Review, large")
        self.place("Read")
        # there is no room beside the list and the post
        app.key("F9")
        self.assertGreater(self.sees("list item", re.compile("^All Posts")).box[2], 250)
        self.press("New timeline")
        self.has_focus("text", "Name")
        self.audit.look("New timeline, large", self.audit.popover())
        app.key("Escape")
        app.gone("text", "Name")
        app.key("F9")
        app.key("ctrl+question")
        self.audit.look("Keyboard Shortcuts, large", app.native(self.sees("label", "Keyboard shortcuts")), contrast=False)
        app.key("Escape")
        app.gone("label", "Keyboard shortcuts")
        self.place("Timelines")
        card = self.event_card("Transponders off")
        self.audit.look("Timelines, large, no event chosen")
        app.click(card)
        # in any language without accents, which would make it taller
        label = self.sees("label", "At sea")
        scale = self.sees("image", re.compile("^In view: "))
        self.audit.look("Timelines, large")
        # its labels begin 7 pixels below its line, and have 0.88 of the size of others
        self.assertGreaterEqual(scale.box[3], 7 + int(0.88 * label.box[3]))

    def test_large_details(self):
        """The list, a post and its details side by side."""
        self.size(1024, 640)
        crisp(200)
        self.open_full()
        self.read("Two ministries, two counts: how many died in the Orrin flood")
        self.press("Details")
        self.sees("label", "Kind")
        self.audit.look("Details, large")


if __name__ == "__main__":
    main()
