#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench_search.py SEARCH: how fast large notebooks answer, and how that grows.

Notebooks of 10,000 and 100,000 generated posts; ANNALS_BENCH_POSTS=1000000 adds a million. They are kept in
ANNALS_BENCH_FOLDER when that is set. Each question is asked cold, the first time after opening, and warm, where
the fastest of eight counts. The goals are for a million posts on a machine that does nothing else, so they are
printed beside the figures; it fails when a million posts are among the sizes and a warm question takes longer.
ANNALS_BENCH_CPU=1 measures the processor's time instead of the clock's.
"""
import os
import sqlite3
import subprocess
import sys
import tempfile

GOALS = {"date": 20, "rank": 20, "count": 100, "facets": 200, "similar": 50, "memory": 250}


def goal(name):
    return GOALS.get(name.split("/")[-1], GOALS.get(name.split("/")[0]))


def measure(search, folder, posts):
    """Cold and warm milliseconds, and how much was found, of each question."""
    notebook = os.path.join(folder, f"bench-{posts}.annals")
    if not os.path.exists(notebook):
        subprocess.run([search, "make", notebook + ".part", str(posts)], check=True)
        os.rename(notebook + ".part", notebook)
    out = subprocess.run([search, "run", notebook], check=True, capture_output=True, text=True).stdout
    table = {name: (float(cold), float(warm), int(n))
             for name, cold, warm, n in (line.split() for line in out.splitlines())}
    for name, size in sizes_of(notebook).items():
        table[name] = (size, size, 0)
    return table


def sizes_of(notebook):
    """Megabytes of the file, of the texts and of their index."""
    with sqlite3.connect(f"file:{notebook}?mode=ro", uri=True) as db:
        index, = db.execute("SELECT sum(length(block)) FROM post_index_data").fetchone()
        texts, = db.execute("SELECT sum(length(CAST(text AS BLOB))) FROM revision").fetchone()
    return {"file-MB": os.path.getsize(notebook) / 1e6, "texts-MB": texts / 1e6, "index-MB": index / 1e6}


def main():
    search = sys.argv[1]
    sizes = [10000, 100000]
    more = int(os.environ.get("ANNALS_BENCH_POSTS", "0"))
    if more > sizes[-1]:
        sizes.append(more)

    with tempfile.TemporaryDirectory() as scratch:
        folder = os.environ.get("ANNALS_BENCH_FOLDER", scratch)
        tables = [measure(search, folder, posts) for posts in sizes]

    head = "".join(f"{posts:>27,}" for posts in sizes)
    print(f"{'milliseconds':<16}{head}   growth   goal")
    print(f"{'':<16}" + f"{'cold':>9}{'warm':>9}{'found':>9}" * len(sizes))
    failed = False
    for name in tables[0]:
        rows = [table[name] for table in tables]
        wanted = goal(name)
        missed = sizes[-1] >= 1000000 and wanted is not None and rows[-1][1] > wanted
        failed = failed or missed
        growth = rows[-1][1] / max(rows[0][1], 0.01)
        print(f"{name:<16}" + "".join(f"{cold:9.1f}{warm:9.1f}{n:9d}" for cold, warm, n in rows) +
              f"{growth:8.1f}x" + (f"{wanted:7d}{' MISSED' if missed else ''}" if wanted else ""))
    sys.exit(1 if failed else 0)


main()
