#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench_start.py FLOOR APP CLI SAMPLE: from the start of the program to its first frame.

Runs an empty libadwaita window, the application without a notebook and the application with the sample
notebook in turn, so that a noisy machine troubles all three alike, and compares medians. Fails when the
application needs more than GOAL times what the empty window needs.
"""
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 15
GOAL = 1.5
FIRST_FRAME = re.compile(r"^first-frame: ([0-9.]+) ms$", re.M)


def first_frame(command):
    """Milliseconds of one run, as the program measured them itself."""
    # the start time is taken last, directly before the program is started
    env = {**os.environ, "ANNALS_BENCH_QUIT": "1", "G_DEBUG": ""}
    env["ANNALS_BENCH_FIRST_FRAME"] = str(time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000)
    run = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    found = FIRST_FRAME.search(run.stderr)
    if run.returncode or not found:
        sys.exit(f"{command[0]} ended with status {run.returncode} and told no first frame: {run.stderr}")
    return float(found.group(1))


def main():
    floor, app, cli, sample = sys.argv[1:]

    with tempfile.TemporaryDirectory() as folder:
        notebook = os.path.join(folder, "Sample.annals")
        for words in (["new", notebook], ["import", notebook, sample]):
            subprocess.run([cli, *words], check=True, stdout=subprocess.DEVNULL)
        programs = {
            "empty libadwaita window": [floor],
            "annals": [app],
            "annals with the sample notebook": [app, notebook],
        }

        for command in programs.values():        # once for the caches
            first_frame(command)
        times = {name: [] for name in programs}
        for _ in range(ROUNDS):
            for name, command in programs.items():
                times[name].append(first_frame(command))

    base = statistics.median(times["empty libadwaita window"])
    worst = 0.0
    print(f"start to first frame, {ROUNDS} alternating runs, milliseconds")
    for name, values in times.items():
        ratio = statistics.median(values) / base
        worst = max(worst, ratio)
        print(f"{name:32} min {min(values):6.1f}  median {statistics.median(values):6.1f}"
              f"  max {max(values):6.1f}  ratio {ratio:.2f}")
    print(f"goal: {GOAL}; worst: {worst:.2f}")
    return 0 if worst <= GOAL else 1


sys.exit(main())
