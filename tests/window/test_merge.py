#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another notebook is merged into the one that is open, and one that was exported comes in again."""
import re
import shutil

from annals_case import main
from annals_steps import Steps


class Merge(Steps):
    def two(self):
        """A notebook, and a copy of it where work went on."""
        mine = self.new_notebook(self.sample)
        self.cli("timeline-new", mine, "The flood")
        other = self.path("Other.annals")
        shutil.copy(mine, other)
        self.cli("event", other, "The flood", "--date", "2021-05-03", "--title", "The dam breaks")
        self.cli("timeline-edit", mine, "The flood", "--description", "What the papers said")
        self.cli("timeline-edit", other, "The flood", "--title", "The great flood")
        return mine, other

    def titles(self, notebook):
        return [(t["title"], t["events"]) for t in self.cli("timelines", notebook)["timelines"]]

    def ask_to_merge(self):
        self.press("Main menu", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.app.click(self.app.find("menu item", re.compile("Merge Notebook")))

    def test_merge_and_undo(self):
        mine, other = self.two()
        self.start(mine)
        self.sees("list", "Posts")
        self.ask_to_merge()
        self.choose_to_open("Merge Another Notebook into This One", other)
        self.has_window("Merge Notebook")
        self.sees("label", re.compile("^1 other new record"))
        self.sees("label", re.compile("^Timeline “The flood”: title"))
        self.sees("label", re.compile("“The great flood” in the place of “The flood”"))
        self.assert_named()
        self.picture("merge-result")
        self.has_focus("push button", "Close")
        self.app.key("Return")
        self.no_window("Merge Notebook")
        self.becomes([("The great flood", 1)], lambda: self.titles(mine))
        self.toast("“Other.annals” was merged")
        self.press("Undo")
        self.becomes([("The flood", 0)], lambda: self.titles(mine))

        # nothing to be merged: it says so, and makes no step
        self.app.key("ctrl+shift+z")
        self.becomes([("The great flood", 1)], lambda: self.titles(mine))
        self.ask_to_merge()
        self.choose_to_open("Merge Another Notebook into This One", other)
        self.sees("label", "Nothing was new")
        self.app.key("Escape")
        self.no_window("Merge Notebook")

    def test_what_is_no_notebook(self):
        mine = self.new_notebook(self.sample)
        self.start(mine)
        self.sees("list", "Posts")
        self.ask_to_merge()
        self.choose_to_open("Merge Another Notebook into This One", self.path("x.annals", "not a notebook"))
        self.has_window("Merge Notebook")
        self.sees("label", "Nothing Was Merged")
        self.sees("label", re.compile("too short to be a notebook"))
        self.picture("merge-failed")
        self.app.key("Escape")
        self.no_window("Merge Notebook")

    def test_exported_notebook_comes_back(self):
        mine, _ = self.two()
        exported = self.path("whole.json")
        again = self.path("again.json")
        self.cli("export", mine, "notebook", "--format", "json", "-o", exported)
        empty = self.path("Empty.annals")
        self.cli("new", empty)
        self.start(empty)
        self.has_window("Empty")
        self.app.key("ctrl+i")
        self.choose_to_open("Import Posts", exported)
        self.has_window("Import")
        self.sees("label", re.compile("^12 new posts"))
        self.has_focus("push button", "Close")
        self.app.key("Escape")
        self.no_window("Import")
        self.toast("“whole.json” was imported")
        self.cli("export", empty, "notebook", "--format", "json", "-o", again)
        with open(exported, "rb") as a, open(again, "rb") as b:
            self.assertEqual(a.read(), b.read())


main()
