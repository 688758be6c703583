#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reader: how posts look, the way from post to post, words found in one, pictures, details, revisions and
notes on whole posts, by pointer and by keyboard."""
import os
import struct
import subprocess
import zlib

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


def png(width, height):
    """A picture of one colour."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + b"\x40\x80\xc0" * width) * height
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Page(Steps):
    title = "A page of everything"
    words = "before the ice closed"
    body = ("<p>The ships would be back {words}, he said, and nobody believed him on that long day.</p>"
            "<table><tr><th>Port</th><th>Ships</th><th>Said of it</th></tr>"
            "<tr><td>Lower Merrin</td><td>12</td><td>Open again for the mail</td></tr></table>"
            "<pre>if (ice)\n    wait ();</pre>"
            "<p>One <img src='dot.png'> at hand, one <img src='gone.png'> missing, one <img src='bad.png'> bad.</p>"
            "<p><img src='sea.png' alt='The sea in May'></p>")

    def make(self, words=None):
        """A folder with one page and its pictures."""
        folder = self.path("site")
        os.makedirs(folder, exist_ok=True)
        page = (f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{self.title}</title>"
                "<link rel='canonical' href='https://example.org/page'>"
                "<meta property='article:published_time' content='2021-05-03T10:00:00Z'></head><body><article>"
                f"<h1>{self.title}</h1>{self.body.format(words=words or self.words)}</article></body></html>")
        for name, data in (("page.html", page.encode()), ("dot.png", png(60, 40)), ("sea.png", png(300, 120)),
                           ("bad.png", png(60, 40)[:40])):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
        return folder

    def open_page(self):
        self.size(1440, 900)
        self.notebook = self.new_notebook(self.make())
        self.start(self.notebook)
        return self.read()

    def choose_look(self, name):
        self.app.click(self.app.find(None, name, pred=lambda n: n.role in ("toggle button", "push button")))


class Post(Page):
    def menu(self, item):
        self.press("More")
        self.app.click(self.app.find("menu item", item))

    def test_pictures(self):
        """A picture at hand is shown, one that is missing or damaged keeps its name; a mark goes across them."""
        view = self.open_page()
        self.app.gone("label", "Image: dot.png")
        self.sees("label", "Image: gone.png")
        self.sees("label", "Image: bad.png")
        text = self.cli("show", self.notebook, "title:" + self.title)["text"]
        self.picture("reader-pictures")

        # across a picture: one passage, with its U+FFFC
        start = text.index("at hand") - 6
        self.app.drag_select(view, start, text.index("missing"))
        self.press("Evidence")
        self.becomes([text[start:text.index("missing")].strip()], lambda: [a["quote"] for a in self.annotations()])

    def test_table(self):
        """Columns stand below each other, also in other letters and in a narrower column."""
        view = self.open_page()

        def stops():
            text = view.text
            at = text.index("Port\tShips")
            return [[self.app.char_point(view, text.index(word, at), 0)[0] for word in row]
                    for row in (("Port", "Ships", "Said"), ("Lower", "12", "Open"))]

        def lined_up():
            head, row = stops()
            # each to the pixel, and the second column right of all that is in the first
            return head == row and head[1] > self.app.char_point(view, view.text.index("Merrin\t") + 6, 0)[0] - 1 and head
        first = until(lined_up, PATIENCE, "columns")
        for _ in range(3):
            self.app.key("ctrl+plus")
        until(lambda: (found := lined_up()) and found[1] - found[0] > (first[1] - first[0]) * 1.25, PATIENCE,
              "columns in larger letters")
        self.picture("reader-table")
        self.app.key("ctrl+0")
        until(lambda: (found := lined_up()) and found[1] - found[0] == first[1] - first[0], PATIENCE, "columns as before")
        self.press("Text")
        self.choose_look("Narrow")
        self.app.key("Escape")
        until(lambda: (found := lined_up()) and found[0] != first[0], PATIENCE, "columns in a narrow text")

    def test_details(self):
        """Beside the post: what is known of it, and the file it came from with its SHA-256."""
        self.open_page()
        shown = self.cli("show", self.notebook, "title:" + self.title)
        self.press("Details")
        self.sees("label", shown["file"]["sha256"])
        self.sees("label", shown["uid"])
        self.picture("reader-details")
        self.app.click(self.passage(), fy=0.9)
        self.app.key("Escape", "alt+Return")
        self.app.gone("label", shown["uid"])
        self.app.key("alt+Return")
        self.sees("label", shown["uid"])

    def test_revisions(self):
        """What changed between two revisions, word by word."""
        self.open_page()
        self.stop()
        self.cli("import", self.notebook, self.make("long after the snow came"))
        self.start(self.notebook)
        self.read()
        self.menu("Compare Revisions")
        self.has_window("Revisions")
        self.sees("label", "4 words inserted · 3 words removed")
        text = self.app.find("text", "Differences").text
        self.assertIn("back beforelong after the ice closedsnow came,", text)
        self.picture("reader-revisions")
        self.press("Next Change")
        self.app.key("Escape")
        self.no_window("Revisions")

    def test_by_keyboard(self):
        """Looks, marks, details, markup and revisions of a post without the pointer."""
        self.notebook = self.new_notebook(self.make())
        self.cli("import", self.notebook, self.make("long after the snow came"))
        app = self.start(self.notebook)
        self.post_row()
        app.key("ctrl+f")
        self.has_focus("entry", "Search posts")
        app.type("everything")
        self.sees("status bar", "1 post")
        app.key("Down")
        self.has_focus("list item")
        app.key("space")
        view = self.passage()
        until(lambda: len(view.text) > 100, PATIENCE, "the post's text")
        app.key("Return")
        self.has_focus("text", self.title)

        uid = self.cli("show", self.notebook, "title:" + self.title)["uid"]
        app.key("alt+Return")
        self.sees("label", uid)
        app.key("alt+Return")
        app.gone("label", uid)
        app.key("ctrl+u")
        self.has_window("Original")
        self.becomes(True, lambda: "<table>" in app.find("text", "Original").text)
        app.key("Escape")
        self.no_window("Original")

        self.tab_to("push button", "More")
        app.key("space")
        self.sees("menu item", "Compare Revisions")
        app.key("r")
        self.has_window("Revisions")
        self.sees("label", "4 words inserted · 3 words removed")
        change = self.button("Next Change")

        def at_change():
            # two windows, both frames, have a focus
            if "focused" in change.now:
                return True
            app.key("Tab")
            app.heard()
            return False
        until(at_change, PATIENCE, "the button by Tab", 0.2)
        app.key("space")
        app.key("Escape")
        self.no_window("Revisions")

        self.tab_to("push button", "Text")
        app.key("space")
        self.tab_to("push button", "Larger Text")
        app.key("space")
        self.sees("push button", "115 %")
        app.key("Escape")
        app.gone("push button", "Larger Text")
        self.tab_to("push button", "Add Star")
        app.key("space")
        self.button("Remove Star")
        self.undo("Add star")

    def test_note_on_post(self):
        """A note on the whole post, from the menu and by key; empty it is none."""
        self.open_page()
        self.menu("Note on the Post")
        self.has_focus("text", "Note")
        self.app.type("On all of it")
        self.app.key("ctrl+Return")
        self.sees("panel", "Evidence: On all of it")
        self.becomes([(0, 0, "", "On all of it")],
                     lambda: [(a["start"], a["end"], a["quote"], a["note"]) for a in self.annotations()])
        self.picture("reader-note-on-post")
        self.undo("Add note")
        self.app.gone("panel", "Evidence: On all of it")

        self.app.click(self.passage(), fy=0.9)
        self.app.key("Escape", "ctrl+alt+p")
        self.has_focus("text", "Note")
        self.app.key("ctrl+Return")
        self.has_focus("text", self.title)
        self.assertEqual(self.annotations(), [])


class Gallery(Page):
    body = ("<p>Before them {words}, and so on and on, until there was nothing more to be said of it at all.</p>"
            "<p><img src='dot.png' alt='One'> and <img src='sea.png' alt='Two'> and <img src='sea.png' alt='Three'>"
            " and <img src='wide.png' alt='Four'> stand in one paragraph.</p>")

    def blue(self, name):
        """Pixels of the pictures' colour in a screenshot."""
        shot = self.picture(name)
        said = subprocess.run(["convert", shot, "-fill", "black", "+opaque", "#4080c0", "-fill", "white", "-opaque", "#4080c0",
                               "-format", "%[fx:round(w*h*mean)]", "info:"], capture_output=True, text=True, check=True)
        return int(said.stdout)

    def test_all_shown(self):
        """All pictures of a paragraph stand above it, side by side where there is room."""
        with open(os.path.join(self.make(), "wide.png"), "wb") as file:
            file.write(png(400, 50))
        self.make = lambda: self.path("site")
        self.open_page()
        whole = 60 * 40 + 2 * 300 * 120 + 400 * 50
        until(lambda: self.blue("reader-gallery") == whole, PATIENCE, "all four pictures")
        # in a narrow column they go below each other and none is lost
        self.press("Text")
        self.choose_look("Narrow")
        self.app.key("Escape")
        until(lambda: self.blue("reader-gallery-narrow") == whole, PATIENCE, "all four, narrow")


class Addresses(Page):
    body = ("<p>The port's own <a href='https://list.example@true.example/log'>list of ships</a> names her {words}, and"
            " nobody has denied it in all the years since then.</p>")

    def test_link(self):
        """A link shows where it really leads before anything is opened: by pointer and by key."""
        view = self.open_page()
        at = view.text.index("list of ships")
        self.app.click_at(*self.app.char_point(view, at + 3))
        self.sees("label", "true.example")
        self.button("Open in Browser")
        self.picture("reader-link")
        self.press("Copy Address")
        self.toast("Address copied")
        self.app.gone("push button", "Open in Browser")

        self.app.click_at(*self.app.char_point(view, 0))
        self.has_focus("text", self.title)
        self.app.key("ctrl+Home", *["ctrl+Right"] * 4, "Right", "Return")
        self.sees("label", "true.example")
        self.app.key("Escape")
        self.app.gone("push button", "Open in Browser")


class Marks(Steps):
    def test_bounds(self):
        """A selection becomes the bounds of the highlight it overlaps, by pointer and by key, each undone."""
        self.size(1440, 900)
        self.open_sample()
        view = self.read()
        self.highlight()
        text = self.cli("show", self.notebook, "title:" + self.title)["text"]
        start = text.index(self.words)
        longer = text[start - 10:start + len(self.words) + 8].strip()
        self.select(longer)
        self.press("Move Bounds")
        self.becomes([longer], lambda: [a["quote"] for a in self.annotations()])
        self.undo("Move highlight’s bounds")
        self.becomes([self.words], lambda: [a["quote"] for a in self.annotations()])

        self.app.click_at(*self.app.char_point(view, start))
        self.app.key("Escape", *["shift+Right"] * 5)
        until(lambda: view.selection and view.selection[2] == self.words[:5], PATIENCE, "five letters selected")
        self.app.key("ctrl+alt+b")
        self.becomes([self.words[:5]], lambda: [a["quote"] for a in self.annotations()])

    def test_tag_by_key(self):
        """Words marked by Shift and arrows have a tag and a note without the pointer."""
        self.size(1440, 900)
        self.open_sample()
        view = self.read()
        self.app.click(view)
        self.app.key("Escape", "ctrl+Home", *["shift+ctrl+Right"] * 2)
        words = until(lambda: view.selection and len(view.selection[2].split()) == 2 and view.selection[2].strip(), PATIENCE,
                      "two words marked")
        self.app.key("ctrl+alt+t")
        self.has_focus("text", "Tag")
        self.app.type("doubtful")
        self.app.key("Return")
        self.becomes([(words, ["doubtful"])], lambda: [(a["quote"], a["tags"]) for a in self.annotations()])
        self.sees("panel", f"Evidence: {words}")
        self.has_focus("text", self.title)
        self.app.key("ctrl+alt+n")
        self.has_focus("text", "Note")
        self.app.type("By *key*")
        self.app.key("ctrl+Return")
        self.sees("panel", "Evidence: By key")
        self.undo("Edit note")
        self.undo("Tag passage")
        self.becomes([], self.annotations)

    def test_names(self):
        """Colours are called as the notebook says; undone as a step."""
        self.size(1440, 900)
        self.open_sample()
        self.read()
        self.press("More")
        self.app.click(self.app.find("menu item", "Name Colours…"))
        self.has_window("Name Colours")
        self.app.click(self.app.find("text", "Yellow"))
        self.app.key("ctrl+a")
        self.app.type("Proof")
        self.app.key("Return")
        self.toast("Colour renamed")
        self.picture("reader-name-colours")
        self.app.key("Escape")
        self.no_window("Name Colours")
        self.highlight_as("Proof")
        self.undo("Add highlight")
        self.undo("Rename colour of highlights")
        self.select()

    def highlight_as(self, name):
        view = self.passage()
        start = view.text.index(self.words)
        self.app.drag_select(view, start, start + len(self.words))
        self.press(name)
        self.sees("panel", f"{name}: {self.words}")

    def test_citation(self):
        """A quotation is copied with its source, in the style that was chosen."""
        self.size(1440, 900)
        self.open_sample()
        self.read()
        self.select()
        self.press("Cite")
        self.toast("Quotation copied with its source")
        self.app.key("ctrl+alt+n")
        editor = self.has_focus("text", "Note")
        self.app.key("ctrl+v")
        until(lambda: editor.text.startswith(f"“{self.words}” ("), PATIENCE, "the citation, pasted")
        self.assertIn(" 2021)\n\n", editor.text)
        self.app.key("Escape")

        self.press("More")
        self.app.click(self.app.find("menu item", "Style of Citations"))
        self.app.click(self.app.find(None, "Note", pred=lambda n: "menu item" in n.role))
        self.app.key("Escape")
        self.select()
        self.app.key("shift+ctrl+c")
        self.toast("Quotation copied with its source")
        self.app.key("ctrl+alt+n")
        editor = self.has_focus("text", "Note")
        self.app.key("ctrl+v")
        until(lambda: editor.text.startswith(f"“{self.words}” ") and "(" not in editor.text, PATIENCE,
              "the citation as a note, pasted")


main()
