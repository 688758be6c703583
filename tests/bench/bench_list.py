#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench_list.py SEARCH LIST APP CLI: how the window opens a large notebook and scrolls it.

A notebook of 100,000 generated posts, or as many as ANNALS_BENCH_POSTS says, is kept in ANNALS_BENCH_FOLDER when
that is set. The program is started with it and with an empty notebook in turn; it fails when its first frame takes
more than GOAL times as long, or when the list scrolls worse than bench-list allows.
"""
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 9
GOAL = 1.5
FIRST_FRAME = re.compile(r"^first-frame: ([0-9.]+) ms$", re.M)


def first_frame(command):
    """Milliseconds of one run, as the program measured them itself."""
    env = {**os.environ, "ANNALS_BENCH_QUIT": "1", "G_DEBUG": ""}
    env["ANNALS_BENCH_FIRST_FRAME"] = str(time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000)
    run = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    found = FIRST_FRAME.search(run.stderr)
    if run.returncode or not found:
        sys.exit(f"{command[0]} ended with status {run.returncode} and told no first frame: {run.stderr}")
    return float(found.group(1))


def main():
    search, bench_list, app, cli = sys.argv[1:]
    posts = int(os.environ.get("ANNALS_BENCH_POSTS", "100000"))

    with tempfile.TemporaryDirectory() as scratch:
        large = os.path.join(os.environ.get("ANNALS_BENCH_FOLDER", scratch), f"bench-{posts}.annals")
        empty = os.path.join(scratch, "empty.annals")
        if not os.path.exists(large):
            subprocess.run([search, "make", large + ".part", str(posts)], check=True)
            os.rename(large + ".part", large)
        subprocess.run([cli, "new", empty], check=True, stdout=subprocess.DEVNULL)

        times = {empty: [], large: []}
        for notebook in times:                   # once for the caches
            first_frame([app, notebook])
        for _ in range(ROUNDS):
            for notebook, values in times.items():
                values.append(first_frame([app, notebook]))
        base, found = (statistics.median(values) for values in times.values())
        print(f"start to first frame: empty notebook {base:.0f} ms, {posts:,} posts {found:.0f} ms; "
              f"ratio {found / base:.2f} (goal {GOAL})")
        sys.stdout.flush()
        scrolled = subprocess.run([bench_list, large], check=False)
    return 0 if found / base <= GOAL and scrolled.returncode == 0 else 1


sys.exit(main())
