# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does in Annals, step by step: the words that the window tests are written in.

Each step acts with the pointer or the keyboard and waits until the program shows what came of it.
"""
import json
import os
import re
import subprocess
import time

from annals_case import ROOT, AnnalsCase
from atdrive import PATIENCE, Timeout, until, xdo  # noqa: F401 (tests import them from here)


def starts(title):
    """A pattern for names that begin with a title: rows say more after it."""
    return re.compile("^" + re.escape(title))


class Steps(AnnalsCase):
    # a post of the sample, and words that stand once in its text
    title = "Brennock denies that its tanker met the “Полярная звезда”"
    words = "transponders"

    def setUp(self):
        super().setUp()
        self.size(1280, 800)

    def size(self, width, height):
        """How large the next window opens."""
        folder = os.path.join(self.home["XDG_CONFIG_HOME"], "glib-2.0", "settings")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "keyfile"), "w", encoding="ascii") as file:
            file.write("[io/github/annals/Annals]\nguide='ended'\n"
                       f"window-width={width}\nwindow-height={height}\n")

    def settings(self, *lines):
        """Settings of the next start, as they stand in the file; the last of a key counts."""
        with open(os.path.join(self.home["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile"), "a",
                  encoding="utf-8") as file:
            file.write("".join(line + "\n" for line in lines))

    def path(self, name, content=None):
        """A path in the test's own folder; with content, a file there."""
        path = os.path.join(self.folder, name)
        if content is not None:
            with open(path, "wb") as file:
                file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def open_sample(self):
        """The program with the sample's posts in a new notebook."""
        self.notebook = self.new_notebook(self.sample)
        self.start(self.notebook)
        return self.app

    @property
    def shared_seed(self):
        """The seed archive outside the tree, None where it is missing."""
        seed = os.path.join(os.environ.get("ANNALS_SHARED", os.path.join(ROOT, "..", "shared")),
                            "data", "seed", "march-2020.txt")
        return seed if os.path.isfile(seed) else None

    # ---- waiting -----------------------------------------------------------------------------------
    def sees(self, role, name, timeout=PATIENCE):
        return self.app.find(role, name, timeout=timeout)

    def button(self, name, **more):
        return self.app.find("push button", name, **more)

    def press(self, name, **more):
        """Click a button with the pointer, once it can be used."""
        pred = more.pop("pred", None)
        self.app.click(self.button(name, pred=lambda n: "sensitive" in n.states and (pred is None or pred(n)),
                                   **more))

    def has_window(self, name, timeout=PATIENCE):
        """Wait for a window of that title with the keyboard: keys sent before go to the one below."""
        def up():
            active = subprocess.run(["xdotool", "getactivewindow", "getwindowname"],
                                    capture_output=True, text=True).stdout.strip()
            return self.app.reads(active) == name and next((w for w in self.app.windows() if w.label == name), None)
        return until(up, timeout, f"a window {name!r} with the keyboard")

    def no_window(self, name, timeout=PATIENCE):
        until(lambda: all(w.label != name for w in self.app.windows()), timeout,
              f"the window {name!r} to go away")

    def has_focus(self, role, name=None, timeout=PATIENCE):
        """name: one, or several of which one will do."""
        names = name if isinstance(name, tuple) else (name,)

        def there():
            focused = self.app.focused()
            return (focused is not None and focused.role == role and (names == (None,) or focused.label in names)
                    and focused)
        return until(there, timeout, f"the focus on {role} {name!r}")

    def tab_to(self, role, name):
        """Press Tab until the focus is there; name: a string or a pattern."""
        for _ in range(40):
            focused = self.app.focused()
            if focused is not None and focused.role == role and (
                    name.search(focused.label) if isinstance(name, re.Pattern) else focused.label == name):
                return
            self.app.key("Tab")
        self.fail(f"Tab does not come to {role} {name!r}")

    def toast(self, message):
        return self.sees("label", message)

    def becomes(self, what, fn, timeout=PATIENCE):
        """Wait until fn() is what it should be."""
        last = []

        def there():
            last[:] = [fn()]
            return last[0] == what
        try:
            until(there, timeout, "")
        except Timeout:
            self.assertEqual(last[0] if last else None, what)

    # ---- undo --------------------------------------------------------------------------------------
    def undo(self, label):
        """Ctrl+Z; label: of the action that is undone."""
        self.button(re.compile("^Undo: " + re.escape(label)))
        self.app.key("ctrl+z")
        self.toast("Undone: " + label)

    def redo(self, label):
        self.button(re.compile("^Redo: " + re.escape(label)))
        self.app.key("ctrl+shift+z")
        self.toast("Redone: " + label)

    # ---- fields ------------------------------------------------------------------------------------
    def fill(self, name, text, role="text"):
        """Click a field and replace what stands in it."""
        field = self.app.find(role, name)

        def begun():
            # while a popover closes a click only closes it, and a toast may lie over the field
            self.app.click(field)
            # of an AdwEntryRow's focus 4.8 does not tell
            if self.app.focused() not in (None, field):
                return False
            self.app.key("ctrl+a")
            self.app.type(text[0])
            return field.text == text[0]
        until(begun, PATIENCE, f"to type in {name!r}", 0.3)
        self.app.type(text[1:])
        until(lambda: field.text == text, PATIENCE, f"{text!r} in {name!r}, not {field.text!r}")
        return field

    def choose(self, combo, item):
        """Choose from a list that drops down."""
        def rows():
            # since 4.10 what is chosen is a list of its own
            return self.app.find_all("list item", pred=lambda n: item in (n.label, n.content) and (
                self.app.gtk < (4, 10) or not self.app.native(n).toplevel))

        def opened():
            # a click may fall on a form that is still moving, or only close a popover
            if not rows():
                self.app.click(self.app.find("combo box", combo))
            try:
                return until(rows, 2, "")
            except Timeout:
                return None

        def closed():
            row = next(iter(rows()), None)
            if row is not None:
                self.app.click(row)
            # a second click that comes too late would fall on the form
            try:
                return until(lambda: not rows(), 3, "")
            except Timeout:
                return None
        until(opened, PATIENCE, f"{item!r} in the list of {combo!r}")
        until(closed, PATIENCE, f"the list of {combo!r} to close", 0.2)

    # ---- GTK's file chooser ------------------------------------------------------------------------
    def choose_to_open(self, title, path):
        self.has_window(title)
        # while it reads the folder the chooser may have no ear for the key

        def location():
            self.app.type("/")
            try:
                # newer GTK gives it no name
                return self.has_focus("text", ("GtkFileChooserEntry", ""), timeout=3)
            except Timeout:
                return None
        entry = until(location, PATIENCE, f"where to type the path in {title!r}")
        self._type_path(entry, path)
        self.no_window(title)

    def choose_to_save(self, title, path):
        """The name proposed; the file is saved as path."""
        self.has_window(title)
        entry = self.has_focus("text", "Name:")
        proposed = entry.text
        self._type_path(entry, path)
        return proposed

    def _type_path(self, entry, path):
        # Newer GTK (4.18) completes the text each time it has read a folder, behind whatever was typed meanwhile
        # ("march.txtred/"). That may name a folder that is not there, and in such a one GTK logs a critical at each letter:
        # gtk_entry_completion_compute_prefix() has no model then. Who mistypes a folder meets it too, at any speed and in
        # any program; who puts in the whole path in one go, as from the clipboard, does not.
        if self.app.gtk < (4, 10):
            self.app.key("ctrl+a")
            self.app.type(path)
        else:
            entry.write(path)

        def whole():
            try:
                until(lambda: entry.text == path, 3, "")
            except Timeout:
                pass
            # what is completed comes a moment later
            time.sleep(0.3)
            return entry.text == path or entry.write(path)
        until(whole, PATIENCE, f"{path!r}, not {entry.text!r}")
        # completion may have the first Return
        self.app.key("Return")

    # ---- reading -----------------------------------------------------------------------------------
    def post_row(self, title=None):
        """The post's row in the list, scrolled to with the wheel."""
        pattern = starts(title or self.title)
        self.sees("status bar", re.compile("^[1-9].* posts?$"))
        posts = self.app.find("list", "Posts")      # the sidebar's comes later

        def there():
            nonlocal down
            rows = self.app.find_all("list item", pattern)
            if not rows:
                before = self.app.settled(posts)
                self.app.wheel(posts, 3, down)
                self.app.heard()
                time.sleep(0.1)
                # a wheel that turned too far is turned back
                down ^= self.app.settled(posts) == before
            return rows and rows[0]
        down = True
        return until(there, PATIENCE, f"the row of {title or self.title!r}", 0.2)

    def passage(self, title=None):
        """The text of the post that is read."""
        return self.app.find("text", title or self.title, pred=lambda n: "multi-line" in n.states)

    def read(self, title=None):
        self.app.click(self.post_row(title))
        view = self.passage(title)
        until(lambda: len(view.text) > 100, PATIENCE, "the post's text")
        return view

    def select(self, words=None, title=None):
        """Mark words with the pointer; the popover is up then."""
        view = self.passage(title)
        words = words or self.words
        start = view.text.index(words)
        selected = self.app.drag_select(view, start, start + len(words))
        self.assertEqual(selected, (start, start + len(words), words))
        self.button("Evidence")
        return selected

    def highlight(self, words=None, colour="Evidence", title=None):
        """Mark words in a colour; their card."""
        self.select(words, title)
        self.press(colour)
        return self.sees("panel", f"{colour}: {words or self.words}")

    def annotations(self):
        return self.cli("annotations", self.notebook)["annotations"]

    # ---- timelines ---------------------------------------------------------------------------------
    def place(self, name):
        self.app.click(self.app.find("page tab", name))
        until(lambda: "selected" in self.app.find("page tab", name).states, PATIENCE, f"the place {name}")

    def new_timeline(self, title):
        """By the sidebar's +."""
        self.press("New timeline")
        self.has_focus("text", "Name")
        self.app.type(title)
        self.press("Add")
        return self.sees("list item", starts(title + ", "))

    def add_event(self, title, date, lane, timeline=None, new_timeline=None):
        """Fill the dialog that the selection's popover opens."""
        self.press("Timeline")
        self.has_window("Add to Timeline")
        if new_timeline:
            self.fill("Title of the New Timeline", new_timeline)
        elif timeline:
            self.sees("combo box", "Timeline")
        self.fill("Title", title)
        self.fill("Date", date)
        self.choose("Lane", "New Lane…")
        self.fill("Name of the New Lane", lane)
        self.press("Add Event")
        self.no_window("Add to Timeline")
        self.toast(f"Event added to {new_timeline or timeline}")

    def event_card(self, title):
        return self.app.find("push button", starts(title + ", "))

    # ---- exports -----------------------------------------------------------------------------------
    def export(self, format_name, path):
        """Export the timeline that is shown, through the dialog; the file name it proposed."""
        self.press("Export…")
        return self.export_as("Export Timeline", format_name, path)

    def export_as(self, title, format_name, path):
        """Choose the format in the dialog that is up and save; the file name it proposed."""
        self.has_window(title)
        self.choose_format(title, format_name)
        proposed = self.save_export(title, path)
        self.sees("push button", "Show in Folder", timeout=60)
        return proposed

    def choose_format(self, title, format_name):
        combo = self.app.find("combo box", "Format", under=self.export_dialog(title))
        if combo.content.endswith(format_name):
            return
        self.app.click(combo)
        self._pick_format(format_name)

    def export_dialog(self, title):
        return self.app.find(None, title, pred=lambda n: n.toplevel)

    def save_export(self, title, path):
        """Press Export… and choose the file; the name that was proposed."""
        self.press("Export…", under=self.export_dialog(title))
        until(lambda: sum(w.label == title for w in self.app.windows()) == 2, PATIENCE, "the file chooser")
        return self.choose_to_save(title, path)

    def choose_format_by_keys(self, format_name):
        """In the export dialog, without the pointer."""
        self.tab_to("combo box", "Format")
        self.app.key("space")
        self._pick_format(format_name)

    def _pick_format(self, format_name):
        """In the list of formats that is up: it may be longer than there is room."""
        self.has_focus("list item")
        self.app.key("Home")
        for _ in range(12):
            self.app.heard()
            focused = self.app.focused()
            if focused is not None and focused.label == format_name:
                break
            self.app.key("Down")
        self.has_focus("list item", format_name)
        self.app.key("Return")
        self.has_focus("combo box", "Format")

    def close_export(self, title="Export Timeline"):
        self.app.key("Escape")
        self.no_window(title)

    def check_export(self, notebook, path):
        """The JSON says what annals-cli says, fits its schema, and its quotations are in the posts."""
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        try:
            import jsonschema
        except ImportError:
            pass
        else:
            with open(os.path.join(ROOT, "data", "schemas", "annals-timeline-1.schema.json"),
                      encoding="utf-8") as file:
                jsonschema.validate(document, json.load(file))
        quotes = 0
        for event in document["events"]:
            for evidence in event["evidence"]:
                quote = evidence["quote"]
                if quote:
                    text = self.cli("show", notebook, evidence["post"])["text"]
                    self.assertEqual(text[quote["start"]:quote["end"]], quote["exact"])
                    self.assertTrue(text[:quote["start"]].endswith(quote["prefix"]))
                    self.assertTrue(text[quote["end"]:].startswith(quote["suffix"]))
                    quotes += 1
        self.assertGreater(quotes, 0, "no quotation in the export")
        return document
