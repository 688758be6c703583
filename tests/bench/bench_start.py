#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench_start.py FLOOR APP CLI SEARCH LOOP: what a start costs, in time and memory.

Started in turn, so that a noisy machine troubles all alike, and compared by medians: an empty libadwaita window, a
small GTK program for notes where one of OTHERS is installed, and the application without a notebook, with an empty
one, and with 10,000 and 100,000 posts (kept in ANNALS_BENCH_FOLDER when that is set).

  first frame   as the program measures it itself (not of OTHERS)
  window        until the window manager lists a window, measured from outside, the same for all
  interactive   that, or the end of the last turn of the main loop that took the processor longer than a frame, within
                REST seconds (loop.c)
  memory        what the program's own pages and its share of common ones are after that: PSS

It fails when the application's first frame takes more than GOAL times what the empty window's does.
"""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROUNDS = 9
GOAL = 1.5
REST = 3.0
FRAME = 1e6 / 60
POSTS = (10_000, 100_000)
OTHERS = ("gnome-text-editor", "gedit", "mousepad", "gnote")
FIRST_FRAME = re.compile(r"^first-frame: ([0-9.]+) ms$", re.M)


def now():
    """µs of the clock that the programs use."""
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000


class Windows:
    """When the window manager lists a window that was not there before."""

    def __init__(self):
        self.spy = subprocess.Popen(["xprop", "-root", "-spy", "_NET_CLIENT_LIST"], stdout=subprocess.PIPE, text=True)
        self.known, self.appeared = set(), threading.Event()
        self.at = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.spy.stdout:
            listed = set(re.findall(r"0x[0-9a-f]+", line))
            if listed - self.known:
                self.at = now()
                self.appeared.set()
            self.known = listed

    def end(self):
        self.spy.terminate()
        self.spy.wait()


def pss(pid):
    """MB of memory that would be free if the program ended."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        return int(re.search(r"^Pss: +(\d+) kB", file.read(), re.M)[1]) / 1000


def once(command, windows, loop, scratch):
    """One start: milliseconds and MB by name."""
    turns = os.path.join(scratch, "turns")
    if os.path.exists(turns):
        os.unlink(turns)
    windows.appeared.clear()
    env = {**os.environ, "G_DEBUG": "", "LD_PRELOAD": loop, "ANNALS_BENCH_LOOP": turns}
    start = now()
    env["ANNALS_BENCH_FIRST_FRAME"] = str(start)
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as program:
        try:
            if not windows.appeared.wait(60):
                sys.exit(f"{command[0]}: no window after a minute")
            found = {"window": (windows.at - start) / 1000}
            time.sleep(max(0.0, REST - (now() - start) / 1e6))
            if program.poll() is not None:
                sys.exit(f"{command[0]} ended with status {program.returncode}: {program.stderr.read()}")
            found["memory"] = pss(program.pid)
        finally:
            program.kill()
        said = FIRST_FRAME.search(program.stderr.read())
    if said:
        found["first frame"] = float(said[1])
    with open(turns, encoding="ascii") as file:
        long = [int(at) + int(wall) for at, wall, cpu in (line.split() for line in file if line.count(" ") == 2)
                if int(cpu) > FRAME]
    found["interactive"] = max(found["window"], (max(long, default=start) - start) / 1000)
    return found


def main():
    floor, app, cli, search, loop = sys.argv[1:]
    columns = ("first frame", "window", "interactive", "memory")

    with tempfile.TemporaryDirectory() as scratch:
        empty = os.path.join(scratch, "Empty.annals")
        subprocess.run([cli, "new", empty], check=True, stdout=subprocess.DEVNULL)
        programs = {"empty libadwaita window": [floor]}
        other = next(filter(shutil.which, OTHERS), None)
        if other:
            programs[other] = [other]
        programs["annals, no notebook"] = [app]
        programs["annals, an empty notebook"] = [app, empty]
        for posts in POSTS:
            large = os.path.join(os.environ.get("ANNALS_BENCH_FOLDER", scratch), f"bench-{posts}.annals")
            if not os.path.exists(large):
                subprocess.run([search, "make", large + ".part", str(posts)], check=True, stdout=subprocess.DEVNULL)
                os.rename(large + ".part", large)
            programs[f"annals, {posts:,} posts"] = [app, large]

        windows = Windows()
        times = {name: {column: [] for column in columns} for name in programs}
        for turn in range(ROUNDS + 1):           # the first is for the caches
            for name, command in programs.items():
                found = once(command, windows, loop, scratch)
                for column, value in found.items() if turn else ():
                    times[name][column].append(value)
        windows.end()

    base = {column: statistics.median(values) for column, values in times["empty libadwaita window"].items()}
    worst = 0.0
    print(f"{ROUNDS} alternating starts, medians, ms and MB; in brackets times the empty window's")
    print(f"{'':26}" + "".join(f"{column:>20}" for column in columns))
    for name, values in times.items():
        cells = ""
        for column in columns:
            if not values[column]:
                cells += f"{'—':>20}"
                continue
            median = statistics.median(values[column])
            ratio = median / base[column] if base[column] else float("nan")
            cells += f"{median:11.0f} ({ratio:5.2f}) "
            if column == "first frame" and name.startswith("annals"):
                worst = max(worst, ratio)
        print(f"{name:26}{cells}")
    if not other:
        print(f"no small program for notes to compare with: none of {', '.join(OTHERS)} is installed")
    print(f"first frame: worst {worst:.2f}, goal {GOAL}")
    return 0 if worst <= GOAL else 1


sys.exit(main())
