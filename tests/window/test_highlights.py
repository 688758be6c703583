#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Highlights: their bounds moved by what they are held by and by key, several at one place told apart and chosen
among, each by pointer and by the keyboard alone."""
import re
import sqlite3
import subprocess
import time

from annals_case import main
from annals_steps import PATIENCE, Steps, until, xdo


class Highlights(Steps):
    def setUp(self):
        super().setUp()
        self.size(1440, 900)

    def quotes(self):
        return sorted(a["quote"] for a in self.annotations())

    def text_of(self):
        return self.cli("show", self.notebook, "title:" + self.title)["text"]

    def open_marked(self, *quotes, colours=("yellow", "blue", "red", "green"), notes=()):
        """The sample's post with these passages marked."""
        self.notebook = self.new_notebook(self.sample)
        for i, quote in enumerate(quotes):
            note = ("--note", notes[i]) if i < len(notes) else ()
            self.cli("annotate", self.notebook, "title:" + self.title, "--quote", quote, "--colour", colours[i], *note)
        self.start(self.notebook)
        return self.read()

    def cluster(self):
        """Three passages around self.words that overlap: the whole, its beginning, its end."""
        notebook = self.new_notebook(self.sample, name="Look.annals")
        text = self.cli("show", notebook, "title:" + self.title)["text"]
        at = text.index(self.words)
        start = text.rindex(" ", 0, at - 30) + 1
        end = text.index(" ", at + len(self.words) + 30)
        return text, start, at, end


class BoundsSteps(Highlights):
    def bound(self, view, where, last):
        """The screen point of a bound: of the end, after the character before it, which may be to its left."""
        return self.app.char_point(view, where - 1 if last else where, int(last))

    def drag_bound(self, view, offset, to, last=False):
        """Hold the open passage's bound at a character and let it go at another."""
        self.app.at_rest(view)
        self.app.drag(*self.bound(view, offset, last), *self.bound(view, to, last))

    def open_passage(self, view, words=None):
        at = view.text.index(words or self.words)
        self.app.click_at(*self.app.char_point(view, at + 4))
        self.button("Delete Highlight")
        self.app.key("Escape")
        return at


class Bounds(BoundsSteps):
    def test_pointer(self):
        """Both ends of the open passage are drawn with the pointer, each one step."""
        text, _, at, end = self.cluster()
        view = self.open_marked(self.words, notes=("On the log",))
        self.open_passage(view)
        self.picture("reader-bounds")
        longer = text[at:end]
        self.drag_bound(view, at + len(self.words), end, last=True)
        self.becomes([longer], self.quotes)
        self.toast("Highlight’s bounds moved")
        # the beginning after it, past the first word
        later = at + longer.index(" ") + 1
        self.drag_bound(view, at, later)
        self.becomes([text[later:end]], self.quotes)
        self.assertEqual([(a["start"], a["end"], a["note"]) for a in self.annotations()], [(later, end, "On the log")])
        self.undo("Move highlight’s bounds")
        self.becomes([longer], self.quotes)
        self.undo("Move highlight’s bounds")
        self.becomes([self.words], self.quotes)
        self.redo("Move highlight’s bounds")
        self.becomes([longer], self.quotes)

    def test_scrolls(self):
        """A bound that is held below the page takes the text along, as far as it is held there."""
        self.size(1000, 480)
        self.title = "Two ministries, two counts: how many died in the Orrin flood"     # the first in the list
        look = self.new_notebook(self.sample, name="Look.annals")
        self.words = " ".join(self.cli("show", look, "title:" + self.title)["text"].split()[2:5])
        view = self.open_marked(self.words)
        at = self.open_passage(view)
        end = at + len(self.words)
        text = view.text
        x, y, w, h = self.app.at_rest(view).box
        ox, oy = self.app.origin(view)
        below = round(oy + y + h)

        def seen(offset):
            return self.app.char_point(view, offset)[1] < below
        self.assertFalse(seen(len(text) - 2), "all of the text is in view")
        hidden = next(offset for offset in range(end, len(text)) if not seen(offset))
        start = self.bound(view, end, True)
        self.app.move_to(*start)
        xdo("mousedown", 1)
        self.app.heard()
        for step in range(1, 11):
            xdo("mousemove", start[0], round(start[1] + (below + 30 - start[1]) * step / 10))
            self.app.heard()
        until(lambda: seen(hidden + 200 if hidden + 200 < len(text) else len(text) - 2), PATIENCE, "the text to move")
        self.picture("reader-bounds-scrolled")
        xdo("mouseup", 1)
        self.toast("Highlight’s bounds moved")
        quote, = self.quotes()
        self.assertGreater(len(quote), hidden - at, "no farther than what was in view")
        self.assertEqual(quote, text[at:at + len(quote)])
        self.undo("Move highlight’s bounds")
        self.becomes([self.words], self.quotes)

    def test_escape(self):
        """A bound that is held is let go of by Escape: nothing has moved."""
        view = self.open_marked(self.words)
        at = self.open_passage(view)
        x, y = self.app.char_point(view, at)
        self.app.move_to(x, y)
        xdo("mousedown", 1)
        self.app.heard()
        for step in (10, 30, 60):
            xdo("mousemove", x - step, y)
            self.app.heard()
        xdo("key", "Escape")        # App.key() would let the button go
        self.app.heard()
        xdo("mouseup", 1)
        self.app.heard()
        self.assertEqual(self.quotes(), [self.words])
        self.app.click_at(*self.app.char_point(view, at + 4))
        self.button("Delete Highlight")

    def test_keyboard(self):
        """Shift+Alt and the arrows move the end by words, with Ctrl the beginning; at a note as in the text."""
        text, _, at, _ = self.cluster()
        view = self.open_marked(self.words)
        self.app.click_at(*self.app.char_point(view, at + 4))
        self.button("Delete Highlight")
        self.app.key("Escape")
        self.has_focus("text", self.title)
        second = re.compile(r"\W*\w+").match(text, at + len(self.words)).end()
        self.app.key("shift+alt+Right")
        self.becomes([text[at:second]], self.quotes)
        before = re.search(r"\w+\W*$", text[:at]).start()
        self.app.key("ctrl+shift+alt+Left")
        self.becomes([text[before:second]], self.quotes)
        self.app.key("shift+alt+Left")
        self.becomes([text[before:at + len(self.words)]], self.quotes)
        self.undo("Move highlight’s bounds")
        self.becomes([text[before:second]], self.quotes)

        # at the note itself
        self.app.click(self.sees("panel", re.compile("^Evidence: ")))
        self.app.key("ctrl+shift+alt+Right")
        self.becomes([text[at:second]], self.quotes)


class Overlaps(Highlights):
    def test_pointer(self):
        """A click where passages overlap offers all of them; one is chosen in the list or by another click."""
        text, start, at, end = self.cluster()
        words_end = at + len(self.words)
        view = self.open_marked(text[start:words_end], text[at:end], text[at:words_end],
                                notes=("The earlier part", "**Later** part", "Only the word"))
        self.app.click_at(*self.app.char_point(view, at + 4))
        self.button("Doubt: Only the word")
        self.button("Claim: Later part")
        self.press("Evidence: The earlier part")
        self.picture("reader-overlap")
        self.press("Delete Highlight")
        self.becomes(sorted([text[at:end], text[at:words_end]]), self.quotes)
        self.undo("Delete highlight")
        self.becomes(3, lambda: len(self.quotes()))

        # where there is one, nothing is asked
        self.app.click_at(*self.app.char_point(view, end - 3))
        self.button("Delete Highlight")
        self.app.gone("push button", "Claim: Later part")
        # a second click on them is about the next one there (not at the same letter: that were a double click)
        self.app.key("Escape")
        self.app.gone("push button", "Delete Highlight")
        self.app.click_at(*self.app.char_point(view, at + 4))
        self.chosen("Doubt: Only the word")
        self.app.key("Escape")
        self.app.gone("push button", "Delete Highlight")
        self.app.click_at(*self.app.char_point(view, at + 8))
        self.chosen("Evidence: The earlier part", "Claim: Later part")

    def chosen(self, *names):
        """Wait until one of these is the chosen one."""
        return self.app.find("push button", pred=lambda n: n.label in names and "selected" in n.states)

    def test_keyboard(self):
        """Enter where passages overlap opens the choice, Tab leads into it, Enter again to the next one."""
        text, start, at, end = self.cluster()
        words_end = at + len(self.words)
        view = self.open_marked(text[start:words_end], text[at:end], notes=("Earlier", "Later"))
        self.app.click_at(*self.app.char_point(view, at + 4))
        self.app.key("Escape")
        self.has_focus("text", self.title)
        self.app.key("Return")
        names = ("Evidence: Earlier", "Claim: Later")
        first = self.chosen(*names).label
        other = names[1 - names.index(first)]
        self.app.key("Return")
        self.chosen(other)
        self.tab_to("push button", re.compile("^(Evidence|Claim): "))
        self.tab_to("push button", first)
        self.app.key("space")
        self.chosen(first)
        self.tab_to("push button", "Delete Highlight")
        self.app.key("space")
        self.becomes(1, lambda: len(self.quotes()))
        self.sees("panel", other)

    def test_looks(self):
        """Pictures of an overlap on every page's colours."""
        text, start, at, end = self.cluster()
        words_end = at + len(self.words)
        view = self.open_marked(text[start:words_end], text[at:end], text[at:words_end], text[start:start + 12])
        self.app.click_at(*self.app.char_point(view, end - 3))
        self.app.key("Escape")
        for page in ("Light", "Sepia", "Dark"):
            self.press("Text")
            self.app.click(self.app.find(None, page, pred=lambda n: n.role in ("toggle button", "push button")))
            self.app.key("Escape")
            self.picture("reader-overlap-" + page.lower())


class Margin(Highlights):
    def apart(self, boxes):
        """None of these lies over another."""
        return all(a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1] for i, a in enumerate(boxes) for b in boxes[:i])

    def cards(self):
        return self.app.find_all("panel", re.compile("^(Evidence|Claim|Doubt): "))

    def test_beside(self):
        """Notes on one line stand beside it, below each other; where there is no room, below the text with their words."""
        text, start, at, end = self.cluster()
        notes = ("On the ships", "On the word, at some length, so that this card takes a few lines", "On the rest")
        view = self.open_marked(text[start:at - 1], text[at:end], self.words, notes=notes)
        self.becomes(3, lambda: len(self.cards()))
        boxes = [card.box for card in self.cards()]
        self.assertTrue(self.apart(boxes), boxes)
        x, _, width, _ = view.box
        self.assertTrue(all(box[0] > x + width * 0.6 for box in boxes), "not in the margin")
        self.stop()

        self.size(720, 900)
        self.start(self.notebook)
        view = self.read()
        self.app.wheel(view, 30)
        self.becomes(3, lambda: len(self.cards()))
        self.sees("label", f"“{self.words}”")
        boxes = [card.box for card in self.cards()]
        self.assertTrue(self.apart(boxes), boxes)
        self.assertTrue(all(abs(box[0] - boxes[0][0]) < 2 for box in boxes), "not in a list")
        self.picture("reader-notes-below")
        # from the list to its passage, by key
        self.app.click(self.sees("panel", re.compile("^Evidence: On the ships")), fy=0.1)
        self.app.key("Down")
        focused = self.has_focus("panel")
        self.assertIn("On the", focused.label)
        self.app.key("F2")
        self.has_focus("text", "Note")
        self.picture("reader-note-edited-below")
        self.app.key("Escape")


class Tooltips(Highlights):
    def test_own_names(self):
        """The tooltip over a passage calls its colour as the notebook does, and has the note's words."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("annotate", self.notebook, "title:" + self.title, "--quote", self.words, "--note", "A **bold** word")
        with sqlite3.connect(self.notebook) as database:
            database.execute("INSERT INTO colour_name VALUES ('yellow', 'Proof <1>')")
        database.close()
        self.start(self.notebook)
        view = self.read()
        self.sees("panel", re.compile("^Proof <1>: "))
        at = view.text.index(self.words)

        def shown():
            # a pointer that does not move is not at a passage
            x, y = self.app.char_point(view, at + 4)
            for nudge in (0, 1):
                self.app.move_to(x + nudge, y)
            time.sleep(0.6)
            return next((node.text for node in self.app.find_all("label", visible=False)
                         if "GtkTooltipWindow" in node.where), None)
        self.assertEqual(until(shown, PATIENCE, "a tooltip"), "Proof <1>\nA bold word")
        self.picture("reader-tooltip")


class Scripts(BoundsSteps):
    title = "Two scripts"
    hebrew = "הספינה עזבה את הנמל בלילה, MV Dawn, ולא חזרה עוד לעולם אחרי הסערה הגדולה."
    korean = "선박은 밤에 항구를 떠났고 폭풍 이후 다시 돌아오지 않았다고 한다."

    def test_marked(self):
        """Passages of words that run to the left and of syllables are marked, overlap and have their bounds moved."""
        page = self.path("page.html", "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Two scripts</title>"
                         "<link rel='canonical' href='https://example.org/two'></head><body><article>"
                         f"<h1>Two scripts</h1><p>{self.hebrew}</p><p>{self.korean}</p></article></body></html>")
        self.notebook = self.new_notebook(page)
        text = self.text_of()
        for quote, colour in ((self.hebrew[7:38], "yellow"), (self.hebrew[20:60], "blue"), (self.korean[4:16], "red"),
                              (self.korean[9:22], "green")):
            self.assertIn(quote, text)
            self.cli("annotate", self.notebook, "title:" + self.title, "--quote", quote, "--colour", colour)
        self.start(self.notebook)
        view = self.read()
        # the lines under all four passages: in both scripts each of the four colours
        shot = self.picture("reader-two-scripts")
        said = subprocess.run(["convert", shot, "-crop", "540x110+630+200", "-format", "%c", "histogram:info:"],
                              capture_output=True, text=True, check=True).stdout
        for colour in ("#C08300", "#2A7BDE", "#D33A44", "#1F9A50"):
            count = sum(int(n) for n in re.findall(r"(\d+): \([^)]*\) " + colour, said))
            self.assertGreater(count, 100, "no line of " + colour)
        at = view.text.index(self.korean)
        self.app.click_at(*self.app.char_point(view, at + 5))
        self.button("Delete Highlight")
        self.app.key("Escape")
        self.app.gone("push button", "Delete Highlight")
        self.app.key("shift+alt+Right")
        self.becomes(True, lambda: any(q.startswith(self.korean[4:16]) and len(q) > 12 for q in self.quotes()))
        self.undo("Move highlight’s bounds")

        at = view.text.index(self.hebrew)
        self.app.click_at(*self.app.char_point(view, at + 9))
        self.button("Delete Highlight")
        self.app.key("Escape")
        self.app.gone("push button", "Delete Highlight")
        self.app.key("ctrl+shift+alt+Left")
        self.becomes(True, lambda: any(q.endswith(self.hebrew[7:38].rstrip()) and len(q) > 31 for q in self.quotes()))

    def test_drawn_leftwards(self):
        """In words that run to the left the end is held at the left and the beginning at the right."""
        page = self.path("page.html", "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Two scripts</title>"
                         "<link rel='canonical' href='https://example.org/two'></head><body><article>"
                         f"<h1>Two scripts</h1><p>{self.hebrew}</p><p>{self.korean}</p></article></body></html>")
        words = self.hebrew.split()
        self.notebook = self.new_notebook(page)
        middle = " ".join(words[1:3])
        self.cli("annotate", self.notebook, "title:" + self.title, "--quote", middle)
        self.start(self.notebook)
        view = self.read()
        at = self.open_passage(view, middle)
        end = at + len(middle)
        self.picture("reader-bounds-leftwards")
        longer = " ".join(words[1:4])
        self.drag_bound(view, end, at + len(longer), last=True)
        self.becomes([longer], self.quotes)
        # the beginning, one word farther to the left
        self.drag_bound(view, at, at + len(words[1]) + 1)
        self.becomes([" ".join(words[2:4])], self.quotes)
        self.undo("Move highlight’s bounds")
        self.becomes([longer], self.quotes)


class Markdown(Highlights):
    note = ("# Log of the *Dawn*\n\nSwitched **off**, see [the list](https://list.example@true.example/log) and "
            "<b>ask</b>.\n\n- by day\n- by night\n\n> no signal\n\n```\nAIS 1\n```\n")

    def test_shown(self):
        """A note is shown as it is meant: no signs, HTML as text, a link only after its true host was shown."""
        view = self.open_marked(self.words, notes=(self.note,))
        self.sees("label", "Log of the Dawn")
        # the link's place in the label is told by what GTK reads out of it
        words = self.sees("label", re.compile("^Switched off, see the list and <b>ask</b>"))
        self.sees("label", "by day")
        self.sees("label", "no signal")
        self.sees("label", "AIS 1")
        self.app.gone("label", re.compile(r"\*\*|```|^>|^#"))
        self.picture("reader-markdown")

        # by keyboard: from the note to its link
        self.app.click(self.sees("panel", re.compile("^Evidence: Log of the Dawn Switched off")))
        self.app.key("Tab")
        self.app.key("Return")
        self.sees("label", "true.example")
        self.button("Open in Browser")
        self.picture("reader-markdown-link")
        self.app.key("Escape")
        self.app.gone("push button", "Open in Browser")
        self.assertTrue(words and view)

    def test_link_by_pointer(self):
        """A click on a link in a note asks with its true address; what is beside it does not."""
        self.open_marked(self.words, notes=("[The list](https://list.example@true.example/log) is kept by the owner",))
        # 4.8 tells nothing of where the letters of a label are; the link is at its beginning
        words = self.app.at_rest(self.sees("label", re.compile("^The list is kept")))
        x, y, w, h = words.box
        ox, oy = self.app.origin(words)
        self.app.click_at(round(ox + x + 14), round(oy + y + 8))
        self.sees("label", "true.example")
        self.picture("reader-markdown-link-pointer")
        self.button("Open in Browser")
        # a click beside it closes the question, one beside the link asks nothing
        self.app.click_at(round(ox + x + 14), round(oy + y + 300))
        self.app.gone("push button", "Open in Browser")
        self.app.click_at(round(ox + x + 0.7 * w), round(oy + y + 8))
        self.app.heard()
        self.assertEqual(self.app.find_all("push button", "Open in Browser"), [])

    def test_written(self):
        """It is written as Markdown, by pointer and by key; Escape leaves it as it was."""
        self.open_marked(self.words, notes=("Plain *words*",))
        card = self.sees("panel", "Evidence: Plain words")
        self.app.click(card, times=2)
        editor = self.has_focus("text", "Note")
        self.becomes("Plain *words*", lambda: editor.text)
        self.app.type(" and **more**")
        self.picture("reader-markdown-editor")
        self.app.key("ctrl+Return")
        self.sees("panel", "Evidence: Plain words and more")
        self.becomes(["Plain *words* and **more**"], lambda: [a["note"] for a in self.annotations()])
        self.app.key("Return")
        self.has_focus("text", "Note")
        self.app.type(" lost")
        self.app.key("Escape")
        self.sees("panel", "Evidence: Plain words and more")
        self.undo("Edit note")
        self.sees("panel", "Evidence: Plain words")

    def test_looks(self):
        """Pictures of a note, shown and written, on every page's colours and where notes stand below the text."""
        self.open_marked(self.words, notes=(self.note,))
        for page in ("Sepia", "Dark"):
            self.press("Text")
            self.app.click(self.app.find(None, page, pred=lambda n: n.role in ("toggle button", "push button")))
            self.app.key("Escape")
            card = self.sees("panel", re.compile("^Evidence: Log"))
            self.picture("reader-markdown-" + page.lower())
            self.app.click(card, fy=0.1)
            self.app.key("F2")
            self.has_focus("text", "Note")
            self.picture("reader-markdown-editor-" + page.lower())
            self.app.key("Escape")
            self.has_focus("panel")


class LargeNote(Highlights):
    def scroll_to(self, button):
        """Turn the wheel until the button is in view."""
        for _ in range(10):
            if self.app.find_all("push button", button):
                return
            self.app.wheel(self.passage(), 2)
            self.app.heard()

    def test_megabyte(self):
        """A note of a megabyte: its beginning is shown, all of it on demand, and it is edited like any other."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("annotate", self.notebook, "title:" + self.title, "--quote", self.words)
        line = "Some **words** of a very long note, one line of very many.\n"
        note = (line * (1024 * 1024 // len(line) + 1)).strip()
        with sqlite3.connect(self.notebook) as database:
            database.execute("UPDATE annotation SET note = ?", (note,))
        database.close()
        self.start(self.notebook)
        self.read()
        self.sees("panel", re.compile("^Evidence: Some words of a very long note, one line"))
        self.app.gone("text", "Note")
        self.picture("reader-large-note")
        self.scroll_to("Show All")
        self.press("Show All")
        whole = self.sees("text", "Note")
        self.becomes(len(note), lambda: whole._prop("org.a11y.atspi.Text", "CharacterCount"))
        self.picture("reader-large-note-all")
        self.press("Show Less")
        self.app.gone("text", "Note")
        self.app.wheel(self.passage(), 20, down=False)

        self.app.click(self.sees("panel", re.compile("^Evidence: Some words")), fy=0.1)
        self.app.key("F2")
        self.has_focus("text", "Note")
        self.app.key("Return", "Return")
        self.app.type("The end.")
        self.app.key("ctrl+Return")
        self.becomes([len(note) + len("\n\nThe end.")], lambda: [len(a["note"]) for a in self.annotations()])
        self.undo("Edit note")
        self.becomes([len(note)], lambda: [len(a["note"]) for a in self.annotations()])

        # and where notes are listed
        self.place("Notes")
        self.sees("list item", re.compile("Some words of a very long note"))

main()
