#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench_actions.py LOOP CORPUS: how long each action of the main job keeps a person waiting.

The main job is done with the pointer and the keyboard as in the window tests, on an archive of POSTS posts:
import, read, scroll, highlight, put on a timeline, undo, redo, zoom, look at the event, export, search. LOOP is loaded into
the program and writes down how long its main loop was at work without listening. To every key and click belongs what came
after it until the program rests; only then the driver's own questions about the window go on, which are not counted.
The ten slowest are printed, and an action that kept the loop from listening for more than GOAL milliseconds of the
processor's time, one frame at 60 a second, is a failure, unless it is GTK's file chooser that comes up. The drawing
is done by the processor here (no graphics card), and all changes are told to a screen reader.
"""
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "window"))

os.environ.setdefault("ANNALS_TRIES", "1")
# pylint: disable=wrong-import-position
import atdrive
from annals_case import main
from annals_steps import PATIENCE, Steps, until

LOOP, CORPUS = sys.argv[1:3]
POSTS = int(os.environ.get("ANNALS_BENCH_POSTS", "10000"))
GOAL = 1000 / 60
SLOWEST = 10
# GTK's own: it is built anew each time, and watches the folder it lists. The Return at its end is counted.
CHOOSER = " (file chooser)"
# seconds without work, by the kernel's clock of 10 ms
REST = 0.25
# Seconds it has for what it does. The list of what GTK's file chooser completes may be laid out again and again for as
# long as it is there, so what is typed there does not wait for the rest.
PATIENT, IMPATIENT = 120, 2


def now():
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000


class Heard(list):
    """What was typed and clicked, when, and when the program had answered it: (µs of CLOCK_MONOTONIC, what, µs)."""

    def __init__(self):
        super().__init__()
        self.step, self.app = "", None
        self.sent = atdrive.xdo

    def __call__(self, *args):
        if self.app is None or args[0] not in ("mousedown", "mouseup", "key", "type", "click", "keydown"):
            return self.sent(*args)
        words = " ".join(str(a) for a in args if not str(a).startswith("--"))
        begun = now()
        said = self.sent(*args)
        # a button that is held is not waited for: it would become a long press
        if args[0] != "mousedown":
            self.wait()
        self.append((begun, f"{self.step}: {words[:40]}", now()))
        return said

    def wait(self):
        """Until the program, all threads of it, does nothing; nobody asks it anything meanwhile."""
        last, since = None, time.monotonic()
        chooser = CHOOSER in self.step
        end = since + (IMPATIENT if chooser else PATIENT)
        while self.app.poll() is None and time.monotonic() - since < REST:
            with open(f"/proc/{self.app.pid}/stat", encoding="ascii", errors="replace") as file:
                worked = file.read().rpartition(")")[2].split()[11:13]
            if worked != last:
                last, since = worked, time.monotonic()
            if since > end:
                if chooser:
                    break
                raise AssertionError(f"{self.step}: at work for more than {PATIENT} seconds")
            time.sleep(0.02)


class Actions(Steps):
    def step(self, what):
        self.heard.step = what

    def setUp(self):
        super().setUp()
        self.size(1440, 860)
        self.heard = atdrive.xdo = Heard()
        self.loop = self.path("loop.txt")
        self.notebook = self.path("Job.annals")
        self.archive = self.path("archive.txt")
        subprocess.run([CORPUS, "text", str(POSTS), self.archive], check=True)

    def first_row(self):
        """A post that the list shows."""
        self.sees("status bar", re.compile("^[1-9].* posts?$"))
        return until(lambda: next(iter(self.app.find_all("list item", pred=lambda n: "Posts" in n.where)), None), PATIENCE,
                     "a post's row")

    def save_export(self, title, path):
        self.step("export: the file" + CHOOSER)
        return super().save_export(title, path)

    def select(self, view, words):
        start = view.text.index(words)
        self.app.drag_select(view, start, start + len(words))
        self.button("Evidence")

    def do_job(self):
        app = self.start(env={"LD_PRELOAD": LOOP, "ANNALS_BENCH_LOOP": self.loop})
        self.heard.app = app.proc
        self.step("new notebook" + CHOOSER)
        app.key("ctrl+n")
        self.choose_to_save("New Notebook", self.notebook)
        self.sees("status bar", "0 posts")

        self.step("import" + CHOOSER)
        app.key("ctrl+i")
        self.choose_to_open("Import Posts", self.archive)
        self.step("import")
        self.has_window("Import")
        self.sees("label", re.compile("^Month page as plain text"))
        self.press("Import")
        self.sees("label", re.compile("Posts Imported$"), timeout=300)
        self.press("Close", pred=lambda n: "Import" in n.where)
        self.no_window("Import")

        self.step("read")
        row = self.first_row()
        app.click(row)
        view = until(lambda: next((v for v in app.find_all("text", pred=lambda n: "multi-line" in n.states)
                                   if len(v.text) > 400), None), PATIENCE, "the post's text")
        # at the beginnings of paragraphs that are seen
        words, others = [" ".join(block.split()[1:4]) for block in view.text.split("\n") if len(block) > 200][:2]
        self.step("scroll the list")
        app.wheel(app.find("list", "Posts"), 20)
        app.wheel(app.find("list", "Posts"), 20, down=False)
        self.step("scroll the post")
        app.wheel(view, 5)
        app.wheel(view, 5, down=False)

        self.step("select")
        self.select(view, words)
        self.step("highlight")
        self.press("Evidence")
        self.sees("panel", f"Evidence: {words}")
        self.step("add event")
        self.select(view, others)
        self.add_event("Something happens", "early March 2020", "Lane one", new_timeline="What happened")
        self.step("undo")
        app.key("ctrl+z", "ctrl+shift+z")

        self.step("timelines")
        self.place("Timelines")
        card = self.event_card("Something happens")
        self.step("zoom")
        app.key("ctrl+plus", "ctrl+plus", "ctrl+minus")
        self.step("open event")
        app.click(card)
        self.button(re.compile("^“" + others))

        self.step("export")
        self.export("PDF document", self.path("timeline.pdf"))
        self.press("Close", pred=lambda n: "Export" in n.where)
        self.no_window("Export Timeline")

        self.step("posts again")
        self.place("Read")
        self.step("search")
        app.click(app.find("entry", "Search posts"))
        self.has_focus("entry", "Search posts")
        for letter in "tomika":
            app.type(letter)
        self.step("next posts")
        app.key("Down", "Down", "Down", "Down")
        self.step("search for nothing")
        app.click(app.find("entry", "Search posts"))
        app.key("ctrl+a", "Delete")
        self.step("search for a word at once")
        app.type("tomika")
        self.heard.app = None
        self.stop()

    def test_actions(self):
        self.do_job()

        with open(self.loop, encoding="ascii") as file:
            turns = [tuple(map(int, line.split())) for line in file]
        # what is before the first action is the start
        slowest = []
        for begun, what, answered in self.heard:
            inside = [(cpu / 1000, wall / 1000) for at, wall, cpu in turns if begun <= at < answered]
            if inside:
                slowest.append((*max(inside), what))
        slowest.sort(reverse=True)
        late = sum(cpu > GOAL for cpu, _, what in slowest if CHOOSER not in what or what.endswith("Return"))
        print(f"# {POSTS:,} posts, {len(self.heard)} keys and clicks; the longest that the window did not listen after "
              f"each, ms of the processor (and of the clock); goal {GOAL:.1f}")
        for cpu, wall, what in slowest[:SLOWEST]:
            print(f"# {cpu:7.1f} ({wall:7.1f})  {what}")
        print(f"# above the goal, but for what GTK's file chooser does: {late} of {len(self.heard)}")
        sys.stdout.flush()
        self.assertEqual(late, 0)


if __name__ == "__main__":
    del sys.argv[1:3]
    main()
