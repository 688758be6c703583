#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is seen before everything is there: nothing that is gone again in the next moment."""
import re

from annals_case import ROOT, main
from annals_steps import PATIENCE, Steps, until


class Loading(Steps):
    def test_saved_searches_stand_there_at_once(self):
        """They are counted behind everything else, but nothing below them moves when that is done."""
        self.start(self.new_notebook(f"{ROOT}/data/sample/sample.json"))
        self.sees("list item", re.compile("^Flood, "))
        self.assertTrue(self.app.find_all("list item", re.compile("^Vaccine and ships")))
        self.sees("list item", re.compile(r"^Vaccine and ships, \d+ posts"))

    def test_timelines_get_the_keyboard(self):
        """Alt+2 takes the keyboard along, though the timeline is still to be read."""
        notebook = self.new_notebook(f"{ROOT}/data/sample/sample.json")
        self.start(notebook)
        self.post_row("Parliament is told: 21 dead")
        self.app.key("alt+2")
        self.sees("push button", re.compile("^Export"))

        def inside():
            focused = self.app.focused()
            return focused is not None and focused.label != "Sidebar" and focused.box[0] > 200
        until(inside, PATIENCE, "the keyboard in the place")


if __name__ == "__main__":
    main()
