#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench_import.py CORPUS ROWS CLI [FORM…]: how fast an archive comes in, and in how much memory.

For each form of a generated archive (100,000 posts of 350 words; ANNALS_BENCH_POSTS=1000000 for more):
reading alone, importing until all can be read, and indexing. Importing is compared with a bare loop that
inserts the same finished rows, indexing with a bare loop that fills an FTS5 table of the same settings, in
the same run. Fails when a share is below its goal or memory above its limit.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

POSTS = int(os.environ.get("ANNALS_BENCH_POSTS", "100000"))
ROUNDS = 3 if POSTS <= 100000 else 1
GOALS = {"text": 0.6, "wxr": 0.6, "html": 0.3}
INDEX_GOAL = 0.8
# read only; their posts are as many at most
PARSED = ["feed", "json", "csv", "markdown", "warc"]
PARSED_POSTS = min(POSTS, 20000)
MEMORY_LIMIT = 300


def run(*command):
    """Seconds and megabytes at most of a command that must succeed."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)} ended with status {child.returncode}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def seconds(*command):
    """What a measuring program says."""
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def remove(path):
    for name in (path, path + "-wal", path + "-shm"):
        if os.path.exists(name):
            os.remove(name)


def measure_reading(form, corpus, rows, cli, folder):
    archive = os.path.join(folder, "bench." + {"markdown": "tar"}.get(form, form))
    run(corpus, form, str(PARSED_POSTS), archive)
    size = os.path.getsize(archive) / 1e6
    figures = []

    for threads in ("0", "1"):
        reading = seconds(rows, "parse", archive, threads)
        figures.append(f"{PARSED_POSTS / reading:,.0f} posts/s, {size / reading:.0f} MB/s")
    print(f"{form:8} {PARSED_POSTS} posts, {size:.0f} MB: reading {figures[0]}; on one thread {figures[1]}")
    remove(archive)
    return True


def measure(form, corpus, rows, cli, folder):
    archive = os.path.join(folder, {"text": "bench.txt", "wxr": "bench.xml", "html": "bench.tar"}[form])
    notebook = os.path.join(folder, "bench.annals")
    scratch = os.path.join(folder, "scratch.db")
    run(corpus, form, str(POSTS), archive)
    size = os.path.getsize(archive) / 1e6
    imports, floors, memory = [], [], 0.0

    for _ in range(ROUNDS):
        remove(notebook)
        run(cli, "new", notebook)
        took, peak = run(cli, "import", notebook, archive, "--no-index")
        imports.append(took)
        memory = max(memory, peak)
        remove(scratch)
        floors.append(seconds(rows, "rows", notebook, scratch))

    reading, alone = (seconds(rows, "parse", archive, threads) for threads in ("0", "1"))
    importing, floor = statistics.median(imports), statistics.median(floors)
    share = floor / importing
    print(f"{form:5} {POSTS} posts, {size:.0f} MB: reading {POSTS / reading:,.0f} posts/s, "
          f"{size / reading:.0f} MB/s, on one thread {size / alone:.0f}; importing {POSTS / importing:,.0f} posts/s, floor "
          f"{POSTS / floor:,.0f}: {share:.2f} of it (goal {GOALS[form]}); at most {memory:.0f} MB")
    good = share >= GOALS[form] and memory <= MEMORY_LIMIT

    if form == "text":
        remove(scratch)
        bare = seconds(rows, "words", notebook, scratch)
        took = seconds(rows, "index", notebook)
        print(f"index {POSTS} posts: {POSTS / took:,.0f} posts/s, floor {POSTS / bare:,.0f}: "
              f"{bare / took:.2f} of it (goal {INDEX_GOAL})")
        good = good and bare / took >= INDEX_GOAL

    for path in (archive, notebook, scratch):
        remove(path)
    return good


def main():
    corpus, rows, cli = sys.argv[1:4]
    forms = sys.argv[4:] or list(GOALS) + PARSED
    with tempfile.TemporaryDirectory() as folder:
        results = [(measure if form in GOALS else measure_reading)(form, corpus, rows, cli, folder) for form in forms]
    sys.exit(0 if all(results) else "below the goal")


main()
