#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Quick open: a few letters find a post, a tag, a timeline, a memo or a command, by keyboard alone."""
import re

from annals_case import main
from annals_steps import Steps, until, PATIENCE


class QuickOpen(Steps):
    vaccination = "Vaccination begins on Lower Merrin"

    def ask(self, typed):
        self.app.key("ctrl+k")
        self.has_window("Quick Open")
        self.has_focus("entry", "Find by name")
        if typed:
            self.app.type(typed)

    desc = ""

    def first(self, name):
        """What Enter would choose, as the entry says it."""
        until(lambda: re.match(name, (self.app.focused() or self).desc), PATIENCE, f"{name!r} to be chosen")

    def test_keyboard(self):
        self.notebook = self.new_notebook(self.sample)
        self.cli("tag", self.notebook, "vaccines", "title:" + self.vaccination)
        self.cli("timeline-new", self.notebook, "Vaccination")
        self.cli("memo", self.notebook, "Vaccine supply")
        self.start(self.notebook)
        self.post_row()

        self.ask("vacc")
        self.sees("list item", "Tag: vaccines")
        self.sees("list item", "Timeline: Vaccination")
        self.sees("list item", re.compile("^Post: " + self.vaccination))
        self.picture("quick-open")
        self.app.key("Escape")
        self.no_window("Quick Open")

        # letters of a word's middle, several words in any order
        self.ask("merrin begin")
        self.sees("list item", re.compile("^Post: " + self.vaccination))
        self.app.key("Return")
        self.no_window("Quick Open")
        self.passage(self.vaccination)

        # what was looked at comes first when nothing is typed
        self.ask("")
        self.first("Post: " + self.vaccination)
        self.app.key("Down", "Up", "Return")
        self.no_window("Quick Open")

        # a tag leads to its posts
        self.ask("vaccines")
        self.first("Tag: vaccines")
        self.app.key("Return")
        self.no_window("Quick Open")
        self.sees("status bar", "1 post")

    def test_commands(self):
        self.open_sample()
        self.post_row()
        self.ask("go timel")
        self.first("Command: Go to Timelines")
        self.app.key("Return")
        until(lambda: "selected" in self.app.find("page tab", "Timelines").states, PATIENCE, "Timelines")

        self.ask("zzzz")
        self.sees("label", re.compile("^Nothing has such a name"))
        self.app.key("Escape")
        self.no_window("Quick Open")

    def test_pointer(self):
        self.open_sample()
        self.post_row()
        self.ask("cholera")
        self.app.click(self.sees("list item", re.compile("^Post: First cholera cases")))
        self.no_window("Quick Open")
        self.passage("First cholera cases confirmed in three shelters")


main()
