#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The notes: found by conditions, grouped, edited in place, and many changed at once."""
import re
import sqlite3
import time

from annals_case import main
from annals_steps import PATIENCE, Steps, until


class Notes(Steps):
    other = "Vaccination begins on Lower Merrin"

    def make_notes(self):
        self.notebook = self.new_notebook(self.sample)
        self.cli("annotate", self.notebook, "title:" + self.title, "--quote", self.words, "--colour", "yellow",
                 "--tag", "ships")
        self.cli("annotate", self.notebook, "title:" + self.title, "--quote", "tanker", "--occurrence", "1", "--colour",
                 "green", "--note", "Which one?")
        self.cli("annotate", self.notebook, "title:" + self.other, "--quote", "We go where the ice is", "--colour",
                 "yellow", "--tag", "ice", "--tag", "ships")
        self.cli("memo", self.notebook, "On tankers")
        self.start(self.notebook)
        self.place("Notes")
        self.counts(4)

    def counts(self, n):
        self.sees("status bar", re.compile(f"^{n} notes?$"))

    def row(self, words):
        return self.sees("list item", re.compile(words))

    def test_filter_by_pointer(self):
        self.make_notes()
        self.picture("notes")
        self.assert_named()
        self.press("Filter", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.app.click(self.sees("check box", "Evidence"))
        self.counts(2)
        self.picture("notes-filter")
        self.choose("Tag", "ice")
        self.counts(1)
        self.app.key("Escape")
        self.picture("notes-filtered")
        self.press(re.compile("Remove the filter “Evidence”"))
        self.counts(1)
        self.press(re.compile("Remove the filter “ice”"))
        self.counts(4)

    def test_named_colours(self):
        """The notebook's own name for a colour, in the filter, its chip and the menu."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("annotate", self.notebook, "title:" + self.title, "--quote", self.words, "--colour", "yellow")
        with sqlite3.connect(self.notebook) as database:
            database.execute("INSERT INTO colour_name VALUES ('yellow', 'Proof_')")
        database.close()
        self.start(self.notebook)
        self.place("Notes")
        self.press("Filter", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.app.click(self.sees("check box", "Proof_"))
        self.app.key("Escape")
        self.press(re.compile("Remove the filter “Proof_”"))
        self.app.click(self.sees("check box", "Choose this note"))
        self.press("Colour", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.app.click(self.sees("menu item", "Claim"))
        self.toast("Colour of 1 note changed")
        self.assertNotEqual(self.annotations()[0]["colour"], "yellow")
        self.undo("Colour 1 note")

    def test_conditions_by_keyboard(self):
        self.make_notes()
        self.app.click(self.sees("entry", "Search notes"))
        self.app.type("colour:yellow tag:ice")
        self.counts(1)
        self.app.key("ctrl+a")
        self.app.type("tag:nothing")
        self.sees("label", re.compile("There is no tag “nothing”"))
        self.picture("notes-error")
        self.app.key("ctrl+a")
        self.app.type("xyzzy")
        self.sees("label", "Nothing Found")
        self.press("Show All Notes")
        self.counts(4)

    def test_groups(self):
        self.make_notes()
        self.choose("Group by", "By tag")
        for heading in ("ice", "ships", "Without a tag", "Memos"):
            self.sees("label", heading)
        self.counts(4)
        self.picture("notes-by-tag")
        self.choose("Group by", "By post")
        self.sees("label", self.title)
        self.picture("notes-by-post")

    def test_groups_by_keyboard(self):
        """Grouped by tag without the pointer."""
        self.make_notes()
        app = self.app
        app.key("alt+1", "alt+3")

        def at(name, key):
            """To something of that name or content."""
            def there():
                focused = app.focused()
                if focused is not None and name in (focused.label, focused.content):
                    return focused
                app.key(key)
                app.heard()
                time.sleep(0.2)
                return None
            return until(there, 60, f"{name!r} by {key}")
        at("Group by", "Tab")
        app.key("space")
        self.sees("label", "By tag")
        at("By tag", "Down")
        app.key("Return")
        for heading in ("ice", "ships", "Without a tag", "Memos"):
            self.sees("label", heading)

    def test_opens(self):
        self.make_notes()
        self.app.click(self.row("ice is"))
        self.passage(self.other)
        self.place("Notes")
        self.app.click(self.sees("entry", "Search notes"))
        self.app.type("transponders")
        self.counts(1)

        def tab():
            # the focus is read when it has moved, not before
            self.app.key("Tab")
            self.app.heard()
            time.sleep(0.3)
            focused = self.app.focused()
            return focused is not None and focused.role == "list item"
        until(tab, PATIENCE, "the list")
        self.app.key("Return")
        self.passage(self.title)

    def test_many(self):
        """Chosen by their boxes: tagged, coloured, made events and deleted, each as one step."""
        self.make_notes()
        for n in range(4):
            self.app.click(self.app.find_all("check box", "Choose this note")[n])
        self.sees("status bar", "4 chosen")
        self.picture("notes-chosen")
        self.press("Tag…")
        self.has_focus("text")
        self.app.type("bulk")
        self.app.key("Return")
        self.toast("3 notes tagged “bulk”")
        self.assertEqual([one["annotations"] for one in self.cli("tags", self.notebook)["tags"]
                          if one["name"] == "bulk"], [3])
        self.press("Timeline…")
        self.has_focus("text")
        self.app.type("Story")
        self.app.key("Return")
        self.toast("3 events added to “Story”")
        self.assertEqual(self.cli("timelines", self.notebook)["timelines"][0]["events"], 3)
        self.press("Delete")
        self.toast("4 notes deleted")
        self.sees("label", "No Notes Yet")
        self.undo("Delete 4 notes")
        self.counts(4)
        self.undo("Add 3 events")
        self.undo("Tag 3 notes")
        self.assertNotIn("bulk", [one["name"] for one in self.cli("tags", self.notebook)["tags"]])

    def to_list(self):
        """The keyboard in the list, by Tab."""
        def there():
            focused = self.app.focused()
            if focused is not None and focused.role == "list item" and (
                    self.words in focused.content or "tanker" in focused.content or "ice is" in focused.content or
                    "On tankers" in focused.content):
                return focused
            self.app.key("Tab")
            self.app.heard()
            time.sleep(0.3)
            return None
        return until(there, 60, "the list by Tab")

    def test_untag(self):
        """A tag taken off all that were chosen, by keyboard alone, as one step."""
        self.make_notes()
        self.app.key("alt+1", "alt+3")
        self.to_list()
        self.app.key("ctrl+a")
        self.sees("status bar", "4 chosen")
        self.app.key("ctrl+r")
        self.has_focus("text")
        self.sees("label", "2 of 3")
        self.picture("notes-untag")
        self.app.type("ships")
        self.app.key("Return")
        self.toast("“ships” removed from 3 notes")
        self.assertEqual(sorted(tag for one in self.annotations() for tag in one["tags"]), ["ice"])
        self.undo("Remove tag “ships” from notes")
        self.assertEqual(sorted(tag for one in self.annotations() for tag in one["tags"]), ["ice", "ships", "ships"])

    def test_by_keyboard(self):
        """Chosen, tagged, coloured, edited, made an event and deleted without the pointer."""
        self.make_notes()
        app = self.app
        app.key("alt+1", "alt+3")

        def tab():
            focused = app.focused()
            if focused is not None and focused.role == "list item" and self.words in focused.content:
                return True
            app.key("Down" if focused is not None and focused.role == "list item" else "Tab")
            app.heard()
            time.sleep(0.3)
            return False
        until(tab, 60, "the note on the passage by Tab and the arrows")
        self.sees("status bar", "1 chosen")
        app.key("F2")
        entry = self.has_focus("text", "Note")
        app.type("By key")
        until(lambda: entry.text == "By key", PATIENCE, "what was typed")
        app.key("ctrl+Return")
        self.toast("Note changed")
        self.row("By key")
        app.key("ctrl+t")
        self.has_focus("text")
        app.type("typed")
        app.key("Return")
        self.toast("1 note tagged “typed”")
        self.becomes(1, lambda: sum("typed" in one["tags"] for one in self.annotations()))
        self.has_focus("list item")
        app.key("shift+F10")
        self.sees("menu item", "Show in Post")
        app.key("m")
        self.has_focus("text")
        app.type("Story")
        app.key("Return")
        self.toast("1 event added to “Story”")
        self.has_focus("list item")
        app.key("ctrl+a")
        self.sees("status bar", "4 chosen")
        app.key("Delete")
        self.toast("4 notes deleted")
        self.undo("Delete 4 notes")
        self.counts(4)

    def test_made_between(self):
        """A range of dates of one's own, by keyboard alone; a date that is none says so and changes nothing."""
        self.make_notes()
        app = self.app
        app.key("alt+1", "alt+3")
        self.tab_to("push button", "Filter")
        app.key("space")
        self.sees("combo box", "Made")

        def at_made():
            focused = app.focused()
            if focused is not None and focused.label == "Made":
                return focused
            app.key("Tab")
            app.heard()
            time.sleep(0.2)
            return None
        until(at_made, 60, "the choice of dates by Tab")
        app.key("space")
        self.sees("label", "Between two dates")

        def at_between():
            focused = app.focused()
            if focused is not None and "Between two dates" in (focused.label, focused.content):
                return True
            app.key("Down")
            app.heard()
            time.sleep(0.2)
            return False
        until(at_between, 60, "the dates by Down")
        app.key("Return")
        self.has_focus("text", "Made from")
        self.app.type("2020-02-30")
        self.app.key("Return")
        self.sees("alert", re.compile("February 2020 has 29 days"))
        self.counts(4)
        self.app.key("ctrl+a")
        self.app.type("2019")
        self.app.key("Tab")
        self.has_focus("text", "Made until")
        self.app.type("2019-12")
        self.app.key("Return")
        self.sees("label", "Made from 2019 to 2019-12")
        self.picture("notes-between")
        self.sees("label", "Nothing Found")
        self.app.key("ctrl+a")
        self.app.key("BackSpace")
        self.app.key("Return")
        self.counts(4)
        self.app.key("Escape")
        app.gone("text", "Made from")
        self.tab_to("push button", re.compile("Remove the filter “Made since 2019”"))
        app.key("space")
        app.gone("push button", re.compile("Remove the filter"))
        self.counts(4)

    def test_edit_in_the_dark(self):
        self.notebook = self.new_notebook(self.sample)
        self.cli("annotate", self.notebook, "title:" + self.title, "--quote", self.words, "--note", "first")
        self.start(self.notebook, dark=True)
        self.place("Notes")
        self.counts(1)
        self.app.click(self.row(self.words), button=3)
        self.app.click(self.sees("menu item", re.compile("^Edit Note")))
        entry = self.has_focus("text", "Note")
        self.app.key("ctrl+a")
        self.app.type("second")
        until(lambda: entry.text == "second", PATIENCE, "what was typed")
        self.picture("notes-edit-dark")
        self.press("Save")
        self.toast("Note changed")
        self.row("second")
        self.picture("notes-dark")
        self.undo("Edit note")
        self.row("first")


main()
