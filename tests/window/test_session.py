#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where one was is where one goes on: the place, the post and its scroll, the search, the panes and the windows come
back, after a restart and after a kill."""
import os
import re
import signal
import sqlite3

from annals_case import main
from annals_steps import PATIENCE, Steps, until


class Session(Steps):
    def frames(self):
        return [w for w in self.app.windows() if w.role == "frame"]

    def kept(self):
        """The settings as they are in the file."""
        try:
            with open(os.path.join(self.home["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile"),
                      encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def quit(self):
        self.app.key("ctrl+q")
        self.app.proc.wait(PATIENCE)

    def search(self, words):
        self.app.key("ctrl+f")
        self.app.type(words)
        self.sees("status bar", re.compile("^1 post"))

    def test_reading(self):
        """The post that was read, found by a search, in the place of it that was read."""
        self.open_sample()
        self.read()
        self.search("transponders")
        self.quit()
        self.start()
        self.sees("status bar", re.compile("^1 post"))
        until(lambda: len(self.passage().text) > 100, PATIENCE, "the post")
        until(lambda: "selected" in self.post_row().now, PATIENCE, "the post chosen in the list")
        self.picture("session-reading")

    def test_scroll(self):
        """A long post is read on where it was left, also one that another place hid when the program ended."""
        title = "A long report"
        path = self.path("long.md", f"---\ntitle: {title}\ndate: 2021-05-03\n---\n\n" + "\n\n".join(
            f"Paragraph {n} says something that takes more than one line of the page it is shown on, as it goes on "
            "about harbours, ships and what they carried." for n in range(1, 120)))
        self.notebook = self.new_notebook(path)
        self.start(self.notebook)
        view = self.read(title)
        self.app.click(view)
        for _ in range(3):
            self.app.key("Page_Down")
        start = view.text.index("Paragraph 20 ")
        until(lambda: self.height_of(view, start) < 900, PATIENCE, "the page to move")
        self.app.settled(view)
        before = self.height_of(view, start)
        for place in ("Read", "Notes"):
            self.place(place)
            self.quit()
            self.start()
            self.place("Read")
            view = self.passage(title)
            until(lambda: abs(self.height_of(view, start) - before) < 60, PATIENCE, f"the scroll after {place}")

    def height_of(self, view, offset):
        return self.app.char_point(view, offset)[1]

    def test_kill(self):
        """A program that was killed comes back as it was, in the timeline that was looked at."""
        self.notebook = self.new_notebook(self.sample)
        for title in ("Aldane", "Merrin"):
            self.cli("timeline-new", self.notebook, title)
        self.start(self.notebook)
        self.read()
        self.app.click(self.app.find("page tab", "Timelines"))
        self.app.click(self.app.find("list item", re.compile("^Merrin")))
        until(lambda: "selected" in self.app.find("list item", re.compile("^Merrin")).now, PATIENCE, "the timeline")
        until(lambda: "'place': <'timelines'>" in self.kept() and "'timeline': <int64 2>" in self.kept(), PATIENCE,
              "the place to be kept")
        os.kill(self.app.proc.pid, signal.SIGKILL)
        self.app.proc.wait(PATIENCE)
        self.apps.remove(self.app)
        self.start()
        until(lambda: "selected" in self.app.find("page tab", "Timelines").now, PATIENCE, "the place of timelines")
        until(lambda: "selected" in self.app.find("list item", re.compile("^Merrin")).now, PATIENCE, "the timeline")
        self.app.click(self.app.find("page tab", "Read"))
        until(lambda: len(self.passage().text) > 100, PATIENCE, "the post that was read")

    def test_windows(self):
        """What was open when the program was quit is open again; a notebook that is gone has no window."""
        first, second = (self.new_notebook(self.sample, name=name) for name in ("First.annals", "Second.annals"))
        self.start(first)
        self.sees("status bar", "12 posts")
        self.app.key("ctrl+o")
        self.choose_to_open("Open Notebook", second)
        self.has_window("Second")
        until(lambda: len(self.app.find_all("status bar", "12 posts", visible=False)) == 2, PATIENCE, "both lists")
        self.quit()
        self.start()
        self.has_window("Second")
        self.becomes(["First", "Second"], lambda: sorted(w.label for w in self.frames()))
        until(lambda: len(self.app.find_all("status bar", "12 posts", visible=False)) == 2, PATIENCE, "both lists")
        self.quit()

        os.rename(first, first + ".away")
        self.start()
        self.has_window("Second")
        self.no_window("First")
        until(lambda: len(self.frames()) == 1, PATIENCE, "one window")
        self.sees("status bar", "12 posts")

    def break_notebook(self, name):
        """A notebook that cannot be opened, for the reason that is its name; what says so."""
        path = self.new_notebook(self.sample, name=name + ".annals")
        if name == "Deleted":
            os.remove(path)
        elif name == "Damaged":
            with open(path, "r+b") as file:
                file.seek(8192)
                file.write(b"\xee" * 65536)
        else:
            database = sqlite3.connect(path, isolation_level=None)
            self.addCleanup(database.close)
            self.database = database
            if name == "Newer":
                database.execute("PRAGMA user_version = 99")
            else:
                database.execute("PRAGMA locking_mode = EXCLUSIVE")
                database.execute("BEGIN EXCLUSIVE")
        return path

    def test_broken(self):
        """Of those that were open one cannot be opened, for each reason: it says so, and the others come."""
        self.open_sample()
        paths = [self.notebook, *map(self.break_notebook, ("Deleted", "Damaged", "Newer", "Locked"))]
        self.stop()
        self.size(1280, 800)
        self.settings(f"windows={[(path, {}) for path in paths]}".replace("{}", "@a{sv} {}"))
        self.start()
        self.has_window("Test")
        self.sees("status bar", "12 posts")
        for words in ("Damaged.annals”: the file is damaged", "Newer.annals”: written by a newer version",
                      "Locked.annals”: another program is writing to it"):
            until(lambda: self.app.find_all("label", re.compile(words), visible=False), 2 * PATIENCE, words)
        # the one that is gone has no window
        self.becomes(["Damaged", "Locked", "Newer", "Test"], lambda: sorted(w.label for w in self.frames()))
        self.quit()
        self.start()
        self.has_window("Test")
        self.sees("status bar", "12 posts")
        self.assertEqual(len(self.frames()), 1)

    def test_closed_while_waiting(self):
        """A window that waits for a notebook that another program has locked goes when it is told to: beside another
        window, as the last one, and with the program."""
        locked = self.break_notebook("Locked")
        other = self.new_notebook(self.sample, name="Other.annals")
        self.start(other)
        self.sees("status bar", "12 posts")
        self.open_waiting(locked)
        self.app.key("ctrl+w")
        self.becomes(["Other"], lambda: [w.label for w in self.frames()], self.SOON)
        self.sees("status bar", "12 posts")
        self.open_waiting(locked)
        self.app.key("ctrl+q")
        self.assertEqual(self.app.proc.wait(self.SOON), 0)

        self.start(locked)
        self.app.key("ctrl+w")
        self.assertEqual(self.app.proc.wait(self.SOON), 0)
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("Locked")], ["Locked.annals"])
        self.database.close()
        self.start(locked)
        self.sees("status bar", "12 posts")

    # much less than the ten seconds that the program waits
    SOON = PATIENCE / 5

    def open_waiting(self, path):
        self.app.key("ctrl+o")
        self.choose_to_open("Open Notebook", path)
        until(lambda: len(self.frames()) == 2, PATIENCE, "its window")
        self.has_window("Annals")

    def test_only_gone(self):
        """Where the only one that was open is gone the welcome page says where it was."""
        gone = self.path("Gone.annals")
        self.settings(f"windows=[('{gone}', @a{{sv}} {{}})]", f"recent-notebooks=['{gone}']")
        self.start()
        self.sees("label", f"No longer in {self.folder}")
        self.button("New Notebook…")

    def test_each_notebook(self):
        """A notebook that is opened later shows what it was left with; another begins at its beginning."""
        self.open_sample()
        self.read()
        self.stop()
        other = self.new_notebook(self.sample, name="Other.annals")
        self.start(other)
        self.sees("label", "Nothing Selected")
        self.stop()
        self.start(self.notebook)
        until(lambda: len(self.passage().text) > 100, PATIENCE, "the post")

    def test_gone(self):
        """A post that is no longer there is passed over without a word."""
        self.open_sample()
        self.read()
        self.stop()
        self.cli("undo", self.notebook)
        self.start(self.notebook)
        self.sees("label", "Import an Archive")
        self.assertEqual(len(self.app.windows()), 1)

    def test_gone_source(self):
        """Nor does one come back to a source that has no posts any more."""
        self.open_sample()
        self.app.click(self.sees("list item", re.compile("^Aldane Courier")))
        self.sees("status bar", "4 posts")
        self.stop()
        self.cli("undo", self.notebook)
        self.start(self.notebook)
        self.sees("label", "Import an Archive")


main()
