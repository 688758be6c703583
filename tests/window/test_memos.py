#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Memos: written, saved at each pause, naming posts by [[ with completion, followed both ways, renamed, quoted in."""
import os
import re
import signal
import time

from annals_case import main
from annals_steps import PATIENCE, Steps, starts, until


class Memos(Steps):
    other = "First cholera cases confirmed in three shelters"
    desc = ""

    def memo(self, title):
        return self.cli("memo", self.notebook, title)["text"]

    def text(self):
        return self.app.find("text", "Text of the memo")

    def begin(self, title):
        """A new memo by key, named; the cursor in its text."""
        self.app.key("ctrl+shift+m")
        self.has_focus("text", "Title of the memo")
        self.app.type(title)
        self.app.key("Return")
        self.has_focus("text", "Text of the memo")
        self.sees("list item", title)

    def complete(self, typed, name):
        self.app.type("[[" + typed)
        self.sees("list item", starts(name))
        self.app.key("Return")
        self.app.gone("list item", starts(name))

    def test_write(self):
        """By keyboard alone: a memo that names a post, there and back, and undone."""
        self.open_sample()
        self.post_row()
        self.begin("Cholera")
        self.app.type("# What we know")
        self.app.key("Return")
        self.app.type("As ")
        self.complete("cholera cases", "Post: " + self.other)
        self.app.type(" says, **nine** people.")
        uid = self.cli("show", self.notebook, "title:" + self.other)["uid"]
        wanted = f"# What we know\nAs [[post:{uid}|{self.other}]] says, **nine** people."
        self.becomes(wanted, lambda: self.memo("Cholera"))
        self.assertEqual(self.text().text, f"# What we know\nAs {self.other} says, **nine** people.")
        self.picture("memos")

        # back to the reference, which Ctrl+Enter follows
        self.app.key("Home", "Right", "Right", "Right", "Right", "Right", "ctrl+Return")
        self.passage(self.other)
        self.sees("push button", starts("Mentioned in Cholera"))
        self.tab_to("push button", re.compile("^Mentioned in Cholera"))
        self.app.key("Return")

        # one step each pause
        self.text()
        self.tab_to("text", "Text of the memo")
        self.app.key("ctrl+End")
        self.app.type(" More")
        self.becomes(wanted + " More", lambda: self.memo("Cholera"))
        self.app.key("ctrl+z")
        self.toast("Undone: Edit memo")
        self.becomes(wanted, lambda: self.memo("Cholera"))
        until(lambda: not self.text().text.endswith("More"), PATIENCE, "the text before")

    def test_quit(self):
        """What is typed at the last moment before one quits is kept."""
        self.open_sample()
        self.post_row()
        self.begin("Kept")
        self.app.type("To the last letter")
        self.app.key("ctrl+q")
        self.assertEqual(self.app.proc.wait(PATIENCE), 0)
        self.assertEqual(self.memo("Kept"), "To the last letter")

    def test_killed(self):
        """What was written before the last pause is there after kill -9."""
        self.open_sample()
        self.post_row()
        self.begin("Kept")
        self.app.type("Nothing is lost")
        self.becomes("Nothing is lost", lambda: self.memo("Kept"))
        os.kill(self.app.proc.pid, signal.SIGKILL)
        self.app.proc.wait()
        self.apps.clear()
        self.app = None
        self.assertEqual(self.memo("Kept"), "Nothing is lost")

    def test_renamed_and_broken(self):
        self.notebook = self.new_notebook(self.sample)
        self.cli("tag", self.notebook, "water", "title:" + self.other)
        for name, text in (("First", "Of [[water]] and [[Nowhere]]"), ("Second", "See [[First]]")):
            with open(self.path(name + ".md", text), encoding="utf-8"):
                self.cli("memo", self.notebook, name, "--text", self.path(name + ".md"))
        self.start(self.notebook)
        self.place("Memos")
        self.app.click(self.sees("list item", "Second"))
        self.becomes("See First", lambda: self.text().text)
        self.app.click(self.sees("list item", "First"))
        self.becomes("Of water and [[Nowhere]]", lambda: self.text().text)
        self.app.click(self.sees("push button", starts("Mentioned in Second")))
        self.becomes("See First", lambda: self.text().text)

        # the memo that is named gets another name
        self.app.click(self.sees("list item", "First"))
        self.becomes("Of water and [[Nowhere]]", lambda: self.text().text)
        self.fill("Title of the memo", "Water")
        self.sees("list item", "Water")
        self.app.click(self.sees("list item", "Second"))
        self.becomes("See Water", lambda: self.text().text)
        self.picture("memos-backlinks")

        # and is deleted, and comes back
        self.app.click(self.sees("list item", "Water"))
        self.sees("push button", starts("Mentioned in Second"))
        self.press("Delete Memo")
        self.toast("Memo deleted")
        self.app.gone("list item", "Water")
        self.press("Undo", pred=lambda n: n.label == "Undo")
        self.sees("list item", "Water")

    def test_list_keeps_keyboard(self):
        """Who is at a memo in the list stays there when another comes."""
        self.notebook = self.new_notebook(self.sample)
        for name in ("First", "Second", "Third"):
            self.cli("memo", self.notebook, name)
        app = self.start(self.notebook)
        self.post_row()
        app.key("alt+5")
        app.click(self.sees("list item", "Second"))
        self.has_focus("list item", "Second")
        self.cli("memo", self.notebook, "Fourth")
        self.sees("list item", "Fourth")
        app.key("Down")
        self.has_focus("list item", "First")   # the newest stand first

    def test_backlinks_by_keyboard(self):
        """From a memo to the one that names it, from there back by its reference, and from a tag's posts."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("tag", self.notebook, "water", "title:" + self.other)
        for name, text in (("First", "Of [[water]]"), ("Second", "[[First]] and more")):
            self.cli("memo", self.notebook, name, "--text", self.path(name + ".md", text))
        app = self.start(self.notebook)
        self.post_row()
        app.key("alt+5")
        self.sees("list item", "First")

        def at_first():
            focused = app.focused()
            if focused is not None and focused.role == "list item" and focused.label == "First":
                return True
            app.key("Down" if focused is not None and focused.role == "list item" else "Tab")
            app.heard()
            time.sleep(0.2)
            return False
        until(at_first, 60, "the memo by Tab and the arrows")
        app.key("Return")
        self.becomes("Of water", lambda: self.text().text)
        self.sees("push button", starts("Mentioned in Second"))
        self.tab_to("push button", re.compile("^Mentioned in Second"))
        app.key("Return")
        self.becomes("First and more", lambda: self.text().text)
        self.tab_to("text", "Text of the memo")
        app.key("ctrl+Home", "Right", "ctrl+Return")
        self.becomes("Of water", lambda: self.text().text)

    def test_mentioned(self):
        """A tag's posts and a timeline lead to the memos that name it."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("tag", self.notebook, "water", "title:" + self.other)
        self.cli("timeline-new", self.notebook, "Epidemic")
        with open(self.path("m.md", "On [[water]] in the [[Epidemic]]"), encoding="utf-8"):
            self.cli("memo", self.notebook, "Wells", "--text", self.path("m.md"))
        app = self.start(self.notebook)
        self.post_row(self.other)
        app.gone("push button", "Memos that name it")
        app.click(self.sees("list item", starts("water")))
        self.press("Memos that name it", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.picture("memos-tag")
        app.click(self.sees("push button", starts("Mentioned in Wells")))
        self.becomes("On water in the Epidemic", lambda: self.text().text)

        self.place("Timelines")
        self.sees("label", "Epidemic")
        self.press("Memos that name it", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.picture("memos-timeline")
        app.click(self.sees("push button", starts("Mentioned in Wells")))
        self.becomes("On water in the Epidemic", lambda: self.text().text)

    def test_quote(self):
        """A selected passage is marked and quoted in a memo, in one step, with the way back."""
        self.open_sample()
        self.cli("memo", self.notebook, "Ships")
        self.stop()
        self.start(self.notebook)
        self.read()
        self.select()
        self.app.key("ctrl+alt+m")
        self.has_window("Quote in Memo…")
        self.app.type("ships")
        until(lambda: (self.app.focused() or self).desc == "Memo: Ships", PATIENCE, "the memo to be chosen")
        self.app.key("Return")
        self.toast("Quoted in “Ships”")
        text = self.memo("Ships")
        self.assertRegex(text, "^> transponders\n>\n> — \\[\\[post:.*\\]\\], Harbour Gazette · 10 May 2021 \\(\\[\\[note:")
        self.assertEqual(len(self.annotations()), 1)
        self.undo("Quote passage in memo")
        until(lambda: self.memo("Ships") == "" and self.annotations() == [], PATIENCE, "both to be undone")

    def test_drag_passage(self):
        """Selected words are dragged over the switcher into a memo: marked and quoted there, as one step."""
        self.open_sample()
        with open(self.path("s.md", "Before.\n\nAfter."), encoding="utf-8"):
            self.cli("memo", self.notebook, "Ships", "--text", self.path("s.md"))
        self.stop()
        app = self.start(self.notebook)
        self.place("Memos")
        app.click(self.sees("list item", "Ships"))
        self.becomes("Before.\n\nAfter.", lambda: self.text().text)
        self.place("Read")
        view = self.read()
        start, end, _ = self.select()
        app.drag_over(app.char_point(view, (start + end) // 2),
                      (app.point(app.find("page tab", "Memos")),
                       lambda: "selected" in app.find("page tab", "Memos").states),
                      lambda: app.char_point(self.text(), len("Before."), 0.9))
        self.toast("Passage quoted")
        text = self.memo("Ships")
        self.assertRegex(text, "^Before\\.\n\n> transponders\n>\n> — \\[\\[post:.*\\(\\[\\[note:.*\\)\n\nAfter\\.$")
        self.assertEqual([one["quote"] for one in self.annotations()], [self.words])
        until(lambda: "transponders" in self.text().text, PATIENCE, "the quotation")
        self.picture("memos-dragged")
        self.undo("Quote passage in memo")
        self.becomes("Before.\n\nAfter.", lambda: self.memo("Ships"))
        self.assertEqual(self.annotations(), [])

    def test_markup_is_text(self):
        """HTML in a memo is text like any other, and a long memo is written in as a short one."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("memo", self.notebook, "Markup", "--text", self.path("m.md", "<b>bold</b> <script>x</script>"))
        self.cli("memo", self.notebook, "Long", "--text", self.path("l.md", "A line of **words** to fill.\n" * 36000))
        self.start(self.notebook)
        self.place("Memos")
        self.app.click(self.sees("list item", "Markup"))
        self.becomes("<b>bold</b> <script>x</script>", lambda: self.text().text)
        self.app.click(self.sees("list item", "Long"))
        until(lambda: len(self.text().text) > 1000000, 60, "the long memo")
        self.picture("memos-long", settle=3)    # until all of it is laid out
        self.app.click(self.text())
        self.app.key("ctrl+Home")
        self.app.type("Begin. ")
        until(lambda: self.memo("Long").startswith("Begin. A line"), 60, "the long memo to be saved")


main()
