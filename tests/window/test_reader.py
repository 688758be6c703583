#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reader: how posts look, the way from post to post, words found in one, by pointer and by keyboard."""
import re

from annals_case import main
from annals_steps import PATIENCE, Steps, until


class Reader(Steps):
    other = "Vaccination begins on Lower Merrin"

    def menu(self, item):
        """An item of the reader's menu."""
        self.press("More")
        self.app.click(self.app.find("menu item", item))

    def choose_look(self, name):
        self.app.click(self.app.find(None, name, pred=lambda n: n.role in ("toggle button", "push button")))

    def shown(self, title):
        """Wait until the post of this title is what is read."""
        view = self.passage(title)
        until(lambda: len(view.text) > 100, PATIENCE, "the post's text")
        return view

    def test_look(self):
        """Size, letters, width and colours are chosen in a popover or by key, and last."""
        self.open_sample()
        view = self.read()
        width = view.box[2]
        self.press("Text")
        self.button("100 %")
        self.press("Larger Text")
        self.button("115 %")
        self.choose_look("Sans")
        self.choose_look("Narrow")
        self.choose_look("Sepia")
        until(lambda: self.passage().box[2] < width, PATIENCE, "a narrower text")
        self.app.key("Escape")
        self.picture("reader-sepia")

        self.app.click(self.passage())
        self.app.key("Escape", "ctrl+plus")
        self.press("Text")
        self.button("130 %")
        self.app.key("Escape", "ctrl+minus", "ctrl+minus", "ctrl+minus")
        self.press("Text")
        self.button("90 %")
        self.app.key("Escape", "ctrl+0")
        self.press("Text")
        self.button("100 %")
        self.choose_look("Dark")
        self.app.key("Escape")
        self.picture("reader-dark-page")

        self.stop()
        self.start(self.notebook)
        self.read()
        self.press("Text")
        self.app.find(None, "Dark", pred=lambda n: "checked" in n.states or "pressed" in n.states)
        self.app.find(None, "Narrow", pred=lambda n: "checked" in n.states or "pressed" in n.states)
        self.app.key("Escape")

    def test_way(self):
        """The next post of the list and the one before; back and forward among those that were read."""
        self.open_sample()
        self.read()
        self.read(self.other)
        self.press("Back")
        self.shown(self.title)
        self.press("Forward")
        self.shown(self.other)

        self.app.key("alt+Left")
        self.shown(self.title)
        self.press("Next Post")
        self.app.gone("text", self.title)
        self.press("Previous Post")
        self.shown(self.title)
        self.app.key("alt+Down")
        self.app.gone("text", self.title)
        self.app.key("alt+Up")
        self.shown(self.title)
        # where one has been: what lay ahead of the way taken is forgotten
        self.app.key("alt+Right")
        self.app.key("alt+Left")
        self.app.gone("text", self.title)

    def test_find(self):
        """Ctrl+F in the text finds words in the post: counted, marked, gone through both ways."""
        self.open_sample()
        view = self.read()
        self.app.click(view)
        self.app.key("Escape", "ctrl+f")
        entry = self.has_focus("entry", "Find in this post")
        self.app.type("tanker")
        count = view.text.lower().count("tanker")
        self.assertGreater(count, 1)
        self.sees("label", f"Match 1 of {count}")
        self.app.key("Return")
        self.sees("label", f"Match 2 of {count}")
        self.app.key("shift+ctrl+g", "shift+ctrl+g")
        self.sees("label", f"Match {count} of {count}")
        self.press("Next Match")
        self.sees("label", f"Match 1 of {count}")
        self.picture("reader-find")

        self.app.click(entry)
        self.app.key("ctrl+a")
        self.app.type("no such words")
        self.sees("label", "Not in the text")
        self.app.key("ctrl+a")
        self.app.type("transpon")
        self.sees("label", "Match 1 of 1")
        self.app.key("Escape")
        self.has_focus("text", self.title)
        until(lambda: view.selection and view.selection[2] == "transpon", PATIENCE, "what was found, selected")
        self.app.gone("entry", "Find in this post")

        # Ctrl+F elsewhere searches the posts, as ever
        self.app.click(self.post_row())
        self.app.key("ctrl+f")
        self.has_focus("entry", "Search posts")

    def test_marks_by_key(self):
        """Star and read, by the bar and by key, each one step."""
        self.open_sample()
        self.app.click(self.read())
        self.app.key("Escape", "ctrl+d")
        self.button("Remove Star")
        self.app.key("ctrl+m")
        self.button("Mark as Unread")
        self.press("Mark as Unread")
        self.button("Mark as Read")
        self.undo("Mark as unread")
        self.undo("Mark as read")
        self.undo("Add star")
        self.button("Add Star")


main()
