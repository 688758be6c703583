#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading: highlights, notes, tags, the star and the notes' own place, each with its undo."""
import re

from annals_case import main
from annals_steps import PATIENCE, Steps, Timeout, until


class Read(Steps):
    def test_highlight(self):
        """Words marked with the pointer and a colour have a card; undone from the toast, redone by key."""
        self.open_sample()
        self.read()
        start, end, words = self.select()
        self.press("Evidence")
        self.sees("panel", f"Evidence: {words}")
        self.app.hover(self.toast("Highlight added"))      # it stays while the pointer is there
        self.sees("list item", re.compile(r"^Annotated, 1 post"))
        found = self.annotations()
        self.assertEqual([(a["quote"], a["start"], a["end"]) for a in found], [(words, start, end)])

        self.press("Undo")
        self.app.gone("panel", f"Evidence: {words}")
        self.assertEqual(self.annotations(), [])
        self.redo("Add highlight")
        self.sees("panel", f"Evidence: {words}")
        self.assertEqual(self.annotations()[0]["uid"], found[0]["uid"])
        self.undo("Add highlight")
        self.app.gone("panel", f"Evidence: {words}")

    def test_colour(self):
        """A click on the marked words offers another colour, and their end."""
        self.open_sample()
        self.read()
        self.highlight()
        view = self.passage()
        middle = view.text.index(self.words) + 4
        self.app.click_at(*self.app.char_point(view, middle))
        self.press("Claim")
        self.sees("panel", f"Claim: {self.words}")
        self.app.key("ctrl+z")
        self.sees("panel", f"Evidence: {self.words}")

        self.app.click_at(*self.app.char_point(view, middle))
        self.press("Delete Highlight")
        self.app.gone("panel", f"Evidence: {self.words}")
        self.assertEqual(self.annotations(), [])
        self.app.key("ctrl+z")
        self.sees("panel", f"Evidence: {self.words}")

    def test_note(self):
        """A note is typed in the margin beside its passage, changed there, and both are undone."""
        self.size(1440, 900)
        self.open_sample()
        self.read()
        self.select()
        self.press("Note")
        self.has_focus("text", "Note")
        self.app.type("Check the log")
        self.app.key("ctrl+Return")
        card = self.sees("panel", "Evidence: Check the log")
        self.toast("Note added")
        self.becomes(["Check the log"], lambda: [a["note"] for a in self.annotations()])
        self.app.at_rest(card)
        x, y, width, height = self.passage().box
        self.assertLess(x, card.box[0], "the card is not in the margin beside the text")
        self.assertTrue(y <= card.box[1] <= y + height)

        self.app.click(card)
        self.app.key("F2")
        self.has_focus("text", "Note")
        self.app.key("ctrl+End")
        self.app.type(" again")
        self.app.key("ctrl+Return")
        self.sees("panel", "Evidence: Check the log again")
        self.app.key("ctrl+z")
        self.sees("panel", "Evidence: Check the log")
        self.app.key("ctrl+z")
        self.app.gone("panel", "Evidence: Check the log")
        self.app.key("ctrl+shift+z")
        self.sees("panel", "Evidence: Check the log")

    def test_tags(self):
        """A tag goes on a post and on a passage, and comes off again."""
        self.size(1440, 900)
        self.open_sample()
        self.read()
        self.press("Add Tag", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.has_focus("text", "Tag")
        self.app.type("shipping")
        self.app.key("Return")
        self.button("Remove Tag “shipping”")
        self.toast("Post tagged “shipping”")
        self.sees("list item", "shipping, 1 post")
        self.press("Remove Tag “shipping”")
        self.app.gone("push button", "Remove Tag “shipping”")
        self.app.key("ctrl+z")
        self.button("Remove Tag “shipping”")
        self.undo("Tag post")
        self.app.gone("push button", "Remove Tag “shipping”")
        self.app.gone("list item", re.compile("^shipping,"))

        self.select()
        self.press("Tag")
        self.has_focus("text", "Tag")
        self.app.type("doubtful")
        self.app.key("Return")
        self.button("Remove Tag “doubtful”")
        self.becomes([["doubtful"]], lambda: [a["tags"] for a in self.annotations()])
        self.undo("Tag passage")
        self.app.gone("push button", "Remove Tag “doubtful”")

    def test_keyboard(self):
        """Without the pointer: from the list into the text, words marked by Shift and arrows."""
        app = self.open_sample()
        app.key("ctrl+f")
        self.has_focus("entry", "Search posts")
        app.type('"oral vaccine"')
        self.sees("status bar", "1 post")
        app.key("Down")
        self.has_focus("list item")
        title = "Health ministry asks for 90,000 doses of oral vaccine"
        app.key("space")
        view = self.passage(title)
        until(lambda: len(view.text) > 100, PATIENCE, "the post's text")
        app.key("Return")
        self.has_focus("text", title)
        app.key("ctrl+Home", *["shift+ctrl+Right"] * 2)
        until(lambda: view.selection and len(view.selection[2].split()) == 2, PATIENCE, "two words marked")
        words = view.selection[2]
        app.key("ctrl+h")
        self.sees("panel", f"Evidence: {words}")
        self.becomes([words], lambda: [a["quote"] for a in self.annotations()])

    def test_star(self):
        self.open_sample()
        self.read()
        self.press("Add Star")
        self.button("Remove Star")
        self.sees("list item", re.compile("^Starred, 1 post"))
        self.app.click(self.sees("list item", re.compile("^Starred, 1 post")))
        self.sees("status bar", "1 post")
        self.app.key("ctrl+z")
        self.sees("list item", re.compile("^Starred, 0 posts"))

    def test_notes_place(self):
        """The notes' place lists the passage and leads back to it."""
        self.open_sample()
        self.read()
        self.highlight()
        self.read("Vaccination begins on Lower Merrin")
        self.place("Notes")
        self.sees("status bar", "1 note")
        self.picture("notes")
        row = self.sees("list item", re.compile(self.words))

        def led_back():
            self.app.click(row, times=2)
            try:
                return self.sees("panel", f"Evidence: {self.words}", timeout=6)
            except Timeout:     # the two clicks came too far apart
                return None
        until(led_back, PATIENCE, "the way back to the words")
        self.passage()


main()
