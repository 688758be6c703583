#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several windows on one notebook, and other programs that write to it: all stay in step, and of two texts
written at once none is lost."""
import re
import sqlite3

from annals_case import main
from annals_steps import PATIENCE, Steps, until
from atdrive import Timeout


class Windows(Steps):
    def frames(self):
        return [w for w in self.app.windows() if w.role == "frame"]

    def second_window(self):
        """Ctrl+Shift+N on the open notebook; (the first window, the second)."""
        first = self.frames()[0]
        self.app.key("ctrl+shift+n")
        until(lambda: len(self.frames()) == 2, PATIENCE, "a second window")
        second = next(w for w in self.frames() if w != first)
        until(lambda: self.app.find_all("list", "Posts", under=second), PATIENCE, "the posts in it")
        return first, second

    def test_other_program(self):
        """annals-cli writes while the window is open; selection and scroll survive."""
        self.open_sample()
        self.read()
        row = self.post_row()
        self.assertIn("selected", row.states)
        self.cli("tag", self.notebook, "From outside", "title:" + self.title)
        self.sees("list item", re.compile("^From outside"))
        self.assertIn("selected", self.post_row().states)
        self.assertGreater(len(self.passage().text), 100)
        # Undo here takes back what was done there: it is one history.
        self.undo("Tag 1 post")
        until(lambda: not self.app.find_all("list item", re.compile("^From outside")), PATIENCE, "the tag to go")
        self.cli("redo", self.notebook)
        self.sees("list item", re.compile("^From outside"))

    def test_two_windows(self):
        self.open_sample()
        self.read()
        first, second = self.second_window()
        self.picture("windows-second")

        # What is done here shows there, in both directions.
        self.press("New timeline", under=second)
        self.has_focus("text", "Name")
        self.app.type("Tankers")
        self.app.key("Return")
        for window in (first, second):
            until(lambda: self.app.find_all("list item", re.compile("^Tankers"), visible=False, under=window),
                  PATIENCE, "the timeline in both windows")
        self.app.key("ctrl+w")
        until(lambda: len(self.frames()) == 1, PATIENCE, "one window")
        # The notebook stays open for the first, which shows the same post still, and has the same history.
        self.assertIn("selected", self.post_row().states)
        self.app.find("push button", re.compile("^Undo: "))
        self.app.key("ctrl+z")
        until(lambda: not self.app.find_all("list item", re.compile("^Tankers")), PATIENCE, "the timeline to go")

    def test_drag_from_another_notebook(self):
        """A number of the one notebook means another post in the other: what is dragged there is not taken."""
        self.open_sample()
        other = self.new_notebook(self.sample, name="Other.annals")
        self.cli("tag-new", other, "sea")
        self.post_row()
        first = self.frames()[0]
        self.app.key("ctrl+o")
        self.choose_to_open("Open Notebook", other)
        second = until(lambda: next((w for w in self.frames() if w.label == "Other"), None), PATIENCE, "the other")
        tag = self.app.find("list item", "sea, 0 posts", under=second)

        # what of the first window's list stands below the second's edge
        _, y, _, height = second.box
        bottom = self.app.origin(second)[1] + y + height + 28

        def below(row):
            box = row.box
            top = self.app.origin(row)[1] + box[1]
            return top < bottom < top + box[3]
        row = until(lambda: next(iter(self.app.find_all("list item", re.compile("2021"), pred=below, visible=False,
                                                        under=first)), None), PATIENCE, "a post below the edge")
        # it comes to the front, but not over all of the tag
        self.app.drag(self.app.point(row)[0], bottom, *self.app.point(tag, 0.1), steps=16)
        left = self.app.point(tag, 0.1)[0]
        self.app.click_at(left, bottom - 90)    # where nothing stands: the other to the front
        self.has_window("Other")
        self.app.drag(*self.app.point(self.app.find("list item", re.compile("^Vaccination begins"), under=second)),
                      *self.app.point(self.app.find("list item", re.compile("^sea, "), under=second)), steps=16)
        self.toast("“sea” added to 1 post")
        self.app.find("list item", "sea, 1 post", under=second)
        self.assertEqual([one["posts"] for one in self.cli("tags", other)["tags"] if one["name"] == "sea"], [1])
        self.app.key("ctrl+w")
        until(lambda: len(self.frames()) == 1, PATIENCE, "one window")

    def open_memo(self, window):
        self.app.click(self.app.find("page tab", "Memos", under=window))
        self.app.click(self.app.find("list item", "Plan", under=window))
        text = self.app.find("text", "Text of the memo", under=window)
        until(lambda: text.text == "First.", PATIENCE, "the memo's text")
        return text

    def begin_memo(self):
        self.notebook = self.new_notebook(self.sample)
        with open(self.path("plan.md"), "w", encoding="utf-8") as file:
            file.write("First.")
        self.cli("memo", self.notebook, "Plan", "--text", self.path("plan.md"))
        self.start(self.notebook)
        self.post_row()

    def memo(self):
        return self.cli("memo", self.notebook, "Plan")["text"]

    def test_memo_in_two_windows(self):
        """What is written in a memo stands in the other window's at the next pause, and is undone in both."""
        self.begin_memo()
        here = self.open_memo(self.frames()[0])
        _, second = self.second_window()
        there = self.open_memo(second)
        self.app.click(there)
        self.app.key("ctrl+End")
        self.app.type(" Second.")
        until(lambda: here.text == "First. Second.", PATIENCE, "the text in the first window")
        self.app.type(" Third.")
        until(lambda: here.text == "First. Second. Third.", PATIENCE, "the text in the first window")
        self.becomes("First. Second. Third.", self.memo)
        self.app.key("ctrl+z")
        until(lambda: here.text == there.text == "First. Second.", PATIENCE, "the text before in both")
        self.app.key("ctrl+w")
        until(lambda: len(self.frames()) == 1, PATIENCE, "one window")
        self.app.click(here)
        self.app.key("ctrl+End")
        self.app.type(" Fourth.")
        self.becomes("First. Second. Fourth.", self.memo)

    def test_memo_written_by_two(self):
        """Of a memo that was saved by another while one wrote in it both versions are shown, and kept."""
        self.begin_memo()
        text = self.open_memo(self.frames()[0])
        self.app.click(text)
        self.app.key("ctrl+End")
        n = 0

        def met():
            # when the pause came before the other's text, that is what is written on next
            nonlocal n
            n += 1
            self.app.type("x")
            with sqlite3.connect(self.notebook) as database:
                database.execute("UPDATE memo SET text = ?", [f"Theirs {n}."])
            database.close()
            try:
                return self.has_window("Two Versions", timeout=4)
            except Timeout:
                return None
        until(met, 60, "two versions")
        self.assertEqual(self.sees("text", "Theirs, saved in the meantime").text, f"Theirs {n}.")
        mine = self.sees("text", "Mine, not saved yet").text
        self.assertTrue(mine.endswith("x"))
        self.press("Keep Both")
        self.becomes(f"Theirs {n}.\n\n{mine}", self.memo)

    def conflict(self):
        """A note that is being edited here is changed by another program; the dialog is up then."""
        self.notebook = self.new_notebook(self.sample)
        made = self.cli("annotate", self.notebook, "title:" + self.title, "--quote", self.words, "--note", "first")
        self.start(self.notebook)
        self.place("Notes")
        row = self.sees("list item", re.compile(self.words))
        self.app.click(row, button=3)
        self.app.click(self.sees("menu item", re.compile("^Edit Note")))
        entry = self.has_focus("text", "Note")
        self.app.key("ctrl+a")
        self.app.type("mine")
        until(lambda: entry.text == "mine", PATIENCE, "what was typed")
        self.write_outside(made["uid"])
        self.press("Save")
        self.has_window("Two Versions")
        self.sees("label", re.compile("Yours is the later version"))
        self.assertEqual(self.sees("text", "Theirs, saved in the meantime").text, "theirs")
        self.assertEqual(self.sees("text", "Mine, not saved yet").text, "mine")

    def write_outside(self, uid):
        """As another program does: annals-cli has no command that changes a note."""
        with sqlite3.connect(self.notebook) as database:
            database.execute("UPDATE annotation SET note = 'theirs' WHERE uid = ?", [uid])
        database.close()

    def note(self):
        return self.annotations()[0]["note"]

    def test_in_the_reader(self):
        """The card of a note beside its passage asks as well."""
        self.notebook = self.new_notebook(self.sample)
        made = self.cli("annotate", self.notebook, "title:" + self.title, "--quote", self.words, "--note", "first")
        self.start(self.notebook)
        self.read()
        self.app.click(self.sees("panel", re.compile("^Evidence: first|^Evidence: " + self.words)))
        self.app.key("F2")
        entry = self.has_focus("text", "Note")
        self.app.key("ctrl+a")
        self.app.type("mine")
        until(lambda: entry.text == "mine", PATIENCE, "what was typed")
        self.write_outside(made["uid"])
        self.app.key("ctrl+Return")
        self.has_window("Two Versions")
        self.assertEqual(self.note(), "theirs")
        self.press("Keep Mine")
        until(lambda: self.note() == "mine", PATIENCE, "mine")

    def test_both_kept(self):
        self.conflict()
        self.picture("conflict")
        self.assert_named()
        self.press("Keep Both")
        until(lambda: self.note() == "theirs\n\nmine", PATIENCE, "both")

    def test_mine_kept_by_keyboard(self):
        self.conflict()
        self.has_focus("push button", "Keep Both")
        self.app.key("alt+m")
        until(lambda: self.note() == "mine", PATIENCE, "mine")
        self.undo("Edit note")
        until(lambda: self.note() == "theirs", PATIENCE, "theirs again")

    def test_theirs_kept(self):
        self.conflict()
        self.press("Keep Theirs")
        self.no_window("Two Versions")
        self.assertEqual(self.note(), "theirs")


main()
