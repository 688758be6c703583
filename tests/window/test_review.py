#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The review: notes whose passage changed with a later import, placed, kept or deleted, by pointer and by key."""
import os
import re

from annals_case import PATIENCE, Timeout, main, until
from annals_steps import Steps

FRONT = "---\ntitle: {}\ndate: 2020-03-0{}\n---\n\n"
STORM = "The port office had warned of the storm, and two of its pilots stayed ashore."
PATIENCE_ASKED = "and asked the passengers for patience until the next ferry leaves"
CUSTOMS = "The customs house opens an hour earlier from today, because of the many trucks."
RADIO = "The minister thanked the crews in a short statement on the radio"
FERRY = ("The ferry left the harbour on Monday with forty passengers. " + STORM + " Nobody was hurt.\n\n"
         + RADIO + ", " + PATIENCE_ASKED + ".\n")
NEW_FERRY = (RADIO + ", and asked everyone for some patience until a first ferry may leave again.\n\n"
             "The ferry left the harbour on Monday with forty passengers. A lighthouse keeper whose name nobody knew "
             "saw it first. Nobody was hurt.\n")
HARBOUR = "Trucks wait on the quay for days. " + CUSTOMS + " Drivers sleep in their cabins.\n"
NEW_HARBOUR = "Trucks wait on the quay for days. Drivers sleep in their cabins.\n"


class Review(Steps):
    def setUp(self):
        super().setUp()
        self.size(1280, 820)
        self.notebook = self.new_notebook(
            self.write("old", "ferry.md", "Ferry aground", 2, FERRY),
            self.write("old", "harbour.md", "Trucks on the quay", 3, HARBOUR))
        self.posts = {post["title"]: post["uid"] for post in self.cli("search", self.notebook, "")["posts"]}
        self.annotate("Ferry aground", RADIO)
        self.annotate("Ferry aground", STORM, "--note", "Who warned whom?")
        self.annotate("Ferry aground", PATIENCE_ASKED)
        self.annotate("Trucks on the quay", CUSTOMS, "--note", "Since when?")

    def write(self, folder, name, title, day, text):
        os.makedirs(self.path(folder), exist_ok=True)
        return self.path(folder + "/" + name, FRONT.format(title, day) + text)

    def annotate(self, title, quote, *more):
        self.cli("annotate", self.notebook, self.posts[title], "--quote", quote, *more)

    def change(self):
        self.cli("import", self.notebook, self.write("new", "ferry.md", "Ferry aground", 2, NEW_FERRY),
                 self.write("new", "harbour.md", "Trucks on the quay", 3, NEW_HARBOUR))

    def states(self):
        return sorted((a["state"], a["quote"]) for a in self.annotations())

    def review(self):
        return [a["quote"] for a in self.cli("review", self.notebook)["review"]]

    def begin(self):
        self.change()
        self.start(self.notebook)
        self.app.click(self.sees("list item", "To Review, 3 notes"))
        self.sees("status bar", "3 notes whose passages have changed")

    def row(self, quote):
        return self.sees("list item", re.compile("^“" + re.escape(quote)))

    def open_row(self, quote, reason):
        """Click a row until it is shown: the list may just be read again, and a click on the old row is lost."""
        def shown():
            try:
                self.app.click(self.row(quote))
                return self.sees("label", reason, timeout=3)
            except Timeout:
                return None
        until(shown, PATIENCE, f"the note {quote!r}")

    def test_pointer(self):
        """Placed, kept and deleted with the pointer, each undone; the next one is chosen after each."""
        self.begin()
        self.open_row(STORM, "The passage was rewritten: other words stand where it stood.")
        self.picture("review")
        self.assert_named()
        self.press(re.compile("^Place Here: “A lighthouse keeper"))
        self.toast("Note placed")
        self.sees("list item", "To Review, 2 notes")
        self.becomes(2, lambda: len(self.review()))
        self.assertIn(("anchored", "A lighthouse keeper whose name nobody knew saw it first."), self.states())
        self.app.key("ctrl+z")
        self.sees("list item", "To Review, 3 notes")

        self.sees("status bar", "3 notes whose passages have changed")
        self.open_row(CUSTOMS, re.compile("^The passage was deleted"))
        self.picture("review-deleted")
        self.press("Keep as Orphan")
        self.toast("Note kept without its passage")
        self.sees("list item", "To Review, 2 notes")
        self.assertNotIn(CUSTOMS, self.review())
        self.sees("status bar", "2 notes whose passages have changed")
        self.open_row(STORM, "The passage was rewritten: other words stand where it stood.")
        self.press("Delete")
        self.toast("Note deleted")
        self.sees("list item", "To Review, 1 note")
        self.press(re.compile("^Place Here: “and asked everyone"))
        self.sees("label", "Nothing to Review")
        self.picture("review-empty")
        self.app.gone("list item", re.compile("^To Review"))
        self.assertEqual(self.review(), [])
        self.app.key("ctrl+z", "ctrl+z", "ctrl+z")
        self.sees("list item", "To Review, 3 notes")

    def test_keyboard(self):
        """Alt+4, arrows, Enter, Ctrl+1 and Delete; no pointer."""
        self.change()
        app = self.start(self.notebook)
        self.sees("list item", "To Review, 3 notes")
        app.key("alt+4")
        self.sees("status bar", "3 notes whose passages have changed")
        self.has_focus("list item")
        app.key("Home")
        app.key("Return")
        self.has_focus("push button")
        first = self.review()[0]
        app.key("shift+Tab")
        self.has_focus("push button", "Other Words of the Post…")
        app.key("shift+Tab")
        self.has_focus("list item")
        app.key("Delete")
        self.toast("Note deleted")
        self.becomes(2, lambda: len(self.review()))
        self.assertNotIn(first, self.review())
        self.sees("status bar", "2 notes whose passages have changed")
        self.sees("label", "The passage was rewritten: other words stand where it stood.")
        self.has_focus("list item")
        app.key("Return")
        self.has_focus("push button")
        self.assertTrue(app.focused().label.startswith("Place Here"))
        app.key("Return")
        self.toast("Note placed")
        self.sees("status bar", "1 note whose passage has changed")
        self.sees("label", "The passage changed too much to be sure of it.")
        self.has_focus("list item")
        app.key("ctrl+1")
        self.becomes(0, lambda: len(self.review()))
        self.sees("label", "Nothing to Review")
        app.key("alt+1")
        for _ in range(3):
            app.key("ctrl+z")
        self.sees("list item", "To Review, 3 notes")

    def test_reader(self):
        """The margin says what moved, to be confirmed, and leads from what was not found to the review."""
        self.change()
        self.start(self.notebook)
        self.post_row("Ferry aground")
        self.app.click(self.post_row("Ferry aground"))
        self.sees("label", re.compile("^Moved with its passage"))
        self.sees("label", "Its passage was not found again")
        self.picture("review-reader")
        self.press("Looks Right")
        self.toast("Note confirmed")
        self.app.gone("label", re.compile("^Moved with its passage"))
        self.becomes(0, lambda: [state for state, _ in self.states()].count("moved"))
        self.undo("Confirm moved note")
        self.sees("label", re.compile("^Moved with its passage"))

        self.press("Review…")
        self.sees("status bar", "3 notes whose passages have changed")
        self.sees("label", re.compile("^The passage"))
        self.press("Show Post")
        self.sees("label", "Its passage was not found again")

    def test_other_words(self):
        """Placed on words of the post that are no candidate, dragged over with the pointer."""
        self.begin()
        self.open_row(CUSTOMS, re.compile("^The passage was deleted"))
        self.press("Other Words of the Post…")
        view = self.has_focus("text", "The post’s text")
        self.picture("review-other-words")
        self.assert_named()
        words = "Drivers sleep in their cabins."
        start = view.text.index(words)
        self.assertEqual(self.app.drag_select(view, start, start + len(words)), (start, start + len(words), words))
        self.press("Place on Selected Words")
        self.toast("Note placed")
        self.becomes(2, lambda: len(self.review()))
        self.assertIn(("anchored", "Drivers sleep in their cabins."), self.states())
        self.undo("Place note")
        self.becomes(3, lambda: len(self.review()))

    def test_other_words_by_keyboard(self):
        """The same without the pointer."""
        self.change()
        app = self.start(self.notebook)
        self.sees("list item", "To Review, 3 notes")
        app.key("alt+4")
        self.has_focus("list item")
        app.key("Home")   # the newest post's, of which nothing is left
        self.sees("label", re.compile("^The passage was deleted"))
        app.key("Return")
        self.has_focus("push button", "Keep as Orphan")
        app.key("shift+Tab")
        self.has_focus("push button", "Other Words of the Post…")
        app.key("space")
        self.has_focus("text", "The post’s text")
        app.key("ctrl+Home", "ctrl+shift+Right", "ctrl+shift+Right", "ctrl+Return")
        self.toast("Note placed")
        self.becomes(2, lambda: len(self.review()))
        self.assertIn(("anchored", "Trucks wait"), self.states())

    def test_many(self):
        """All that are chosen at once: placed as well as it goes, kept, deleted; one step each."""
        self.change()
        app = self.start(self.notebook)
        self.sees("list item", "To Review, 3 notes")
        app.key("alt+4")
        self.sees("status bar", "3 notes whose passages have changed")
        self.has_focus("list item")
        app.key("ctrl+a")
        self.sees("label", "3 Notes Chosen")
        self.picture("review-many")
        self.assert_named()
        self.press("Place Each on Its Best Passage")
        self.toast("2 notes placed; 1 has no passage like it")
        self.becomes([CUSTOMS], self.review)
        self.undo("Place 3 notes on their best passages")
        self.sees("status bar", "3 notes whose passages have changed")

        # two of them, with Ctrl and the pointer
        self.open_row(CUSTOMS, re.compile("^The passage was deleted"))
        app.click_with("ctrl", self.row(STORM))
        self.sees("label", "2 Notes Chosen")
        self.press("Keep All as Orphans")
        self.toast("2 notes kept without their passages")
        self.becomes([PATIENCE_ASKED], self.review)
        self.undo("Keep 2 notes without their passages")
        self.sees("status bar", "3 notes whose passages have changed")
        app.click(self.row(STORM))
        self.sees("label", "The passage was rewritten: other words stand where it stood.")
        self.has_focus("list item")
        app.key("ctrl+a")
        self.sees("label", "3 Notes Chosen")
        app.key("Delete")
        self.toast("3 notes deleted")
        self.sees("label", "Nothing to Review")
        self.undo("Delete 3 notes")
        self.sees("status bar", "3 notes whose passages have changed")

    def test_dark(self):
        """What it looks like in the dark."""
        self.change()
        self.start(self.notebook, dark=True)
        self.app.click(self.sees("list item", "To Review, 3 notes"))
        self.app.click(self.row(PATIENCE_ASKED))
        self.sees("push button", re.compile("^Place Here"))
        self.picture("review-dark")

    def test_undone_import(self):
        """The import is undone in the window: the list empties, the notes are back."""
        self.begin()
        self.app.key("ctrl+z")
        self.sees("status bar", "2 notes whose passages have changed")
        self.app.key("ctrl+z")
        self.sees("label", "Nothing to Review")
        self.becomes(["anchored"] * 4, lambda: [state for state, _ in self.states()])


main()
