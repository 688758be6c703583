#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The history: every step listed, back to any of them and forth again, one undone by itself, and nothing lost
when the program is killed between two actions."""
import os
import re
import signal

from annals_case import main
from annals_steps import PATIENCE, Steps, starts, until


class History(Steps):
    def history(self):
        return self.cli("history", self.notebook)["history"]

    def make_steps(self, n=5):
        """A notebook with some steps, made beforehand; the title of the post they are on."""
        self.notebook = self.new_notebook(self.sample)
        for i in range(n):
            self.cli("tag", self.notebook, f"t{i}", "title:" + self.title)
        return n

    def show_history(self):
        self.app.key("ctrl+shift+h")
        self.has_window("History")

    def tags(self):
        return sorted(one["name"] for one in self.cli("tags", self.notebook)["tags"] if one["name"] != "tag")

    def step(self, pattern, n=0):
        return until(lambda: (rows := self.app.find_all("list item", pattern)) and len(rows) > n and rows[n],
                     PATIENCE, f"the step {pattern!r}")

    def test_back_and_forth_by_pointer(self):
        self.make_steps()
        before = self.tags()
        self.start(self.notebook)
        self.sees("list", "Posts")
        self.press("Main menu", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.app.click(self.app.find("menu item", re.compile("History")))
        self.has_window("History")
        self.sees("status bar", re.compile("^6 steps$"))
        self.sees("label", "Today")
        newest = self.step(re.compile("^Tag 1 post, You are here"))
        self.assertIsNotNone(newest)
        self.picture("history")
        self.assert_named()

        # The third tag's row: the two after it are undone, in one go.
        self.app.click(self.step(starts("Tag 1 post, Done"), 1))
        self.press("Go Back to Here")
        self.toast("2 steps undone")
        self.step(re.compile("^Tag 1 post, Undone"), 1)
        self.assertEqual([one["state"] for one in self.history()], ["undone"] * 2 + ["done"] * 4)
        self.assertEqual(self.tags(), before[:-2])
        self.picture("history-undone")

        # and back by the toast
        self.press("Do Again")
        self.toast("2 steps done again")
        until(lambda: self.tags() == before, PATIENCE, "the tags to be there again")

    def test_only_by_keyboard(self):
        n = self.make_steps()
        self.start(self.notebook)
        self.sees("list", "Posts")
        self.show_history()
        self.sees("status bar", re.compile(f"^{n + 1} steps$"))
        before = self.tags()
        # down from the newest to the second one
        self.has_focus("list item")
        self.app.key("Down")
        self.app.key("shift+F10")
        self.app.find("menu item", "Undo Only This Step")
        self.app.key("Down")
        self.app.key("Return")
        self.toast(starts("Undone by itself: Tag 1 post"))
        self.assertEqual(self.tags(), before[:-2] + before[-1:])
        self.step(re.compile("^Undo “Tag 1 post”, You are here"))
        self.step(re.compile("^Tag 1 post, Taken back by a later step"))
        self.picture("history-taken-back")

        # the import carries the posts that were tagged: it says so and names the steps
        # the first one may still be the menu's
        until(lambda: self.app.key("Escape") or all(w.label != "History" for w in self.app.windows()), PATIENCE,
              "the history to close", 0.5)
        self.has_window("Test")
        self.show_history()
        self.has_focus("list item")
        self.app.key("End")
        self.app.key("Up")
        self.app.key("Tab")
        self.has_focus("push button", "Undo Only This")
        self.app.key("Return")
        self.sees("label", re.compile("later steps build on it: “Tag 1 post”"))
        self.picture("history-refused")
        self.app.key("Escape")
        self.app.key("ctrl+z")
        until(lambda: self.tags() == before, PATIENCE, "all tags to be there again")

    def test_to_the_beginning_and_search(self):
        n = self.make_steps(20)
        self.start(self.notebook, dark=True)
        self.sees("list", "Posts")
        self.show_history()
        self.sees("status bar", re.compile(f"^{n + 1} steps$"))
        self.picture("history-dark")
        self.app.key("ctrl+f")
        self.app.type("import")
        self.sees("status bar", re.compile("^1 step$"))
        self.app.key("ctrl+a")
        self.app.type("nonsense")
        self.sees("label", "Nothing Found")
        self.app.key("Escape")
        self.sees("status bar", re.compile(f"^{n + 1} steps$"))
        self.app.key("Tab")
        self.has_focus("list item")
        self.app.key("End")
        self.app.key("Return")
        self.toast(f"{n + 1} steps undone")
        self.assertEqual(self.cli("search", self.notebook, "")["total"], 0)
        self.press("Do Again")
        self.toast(f"{n + 1} steps done again")
        self.assertEqual(len(self.tags()), n)

    def test_killed_between_actions(self):
        """What the window said was done is there after kill -9, as one step each."""
        self.size(1400, 840)   # cards stand beside the text, where they are seen
        self.open_sample()
        self.read()
        self.highlight(self.words)
        self.assertEqual(len(self.annotations()), 1)
        for words in ("tanker", "met"):
            self.kill()
            self.start(self.notebook)
            self.read()
            self.select(words)
            self.press("Claim")
            self.toast("Highlight added")   # acknowledged
            self.kill()
            self.assertIn(words, [one["quote"] for one in self.annotations()])
            self.assertEqual(self.cli("check", self.notebook, "--deep"), {"ok": True, "problems": []})
            self.start(self.notebook)
            self.read()
            self.undo("Add highlight")
            self.kill()
            self.assertNotIn(words, [one["quote"] for one in self.annotations()])
            self.start(self.notebook)
            self.redo("Add highlight")
            self.kill()
            self.assertIn(words, [one["quote"] for one in self.annotations()])
            self.start(self.notebook)
        self.stop()

    def kill(self):
        os.kill(self.app.proc.pid, signal.SIGKILL)
        self.app.proc.wait()
        self.apps.remove(self.app)
        self.app = None


main()
