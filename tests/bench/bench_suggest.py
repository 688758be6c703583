#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench_suggest.py CLI: whether decisions make suggestions better.

A real blog whose posts were filed by their authors (../shared/data/md-codeforamerica; skipped without it). Each topic
of 12 to 120 posts is a timeline whose rule is the topic's name. Who decides knows the topic and takes the list from
the top, five at a time. Prints the mean average precision of what is left to be decided, after 0, 5 and 20 decisions,
beside that of the rule alone on the same posts. Fails when 20 decisions do no better than the rule.
"""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get("ANNALS_SHARED", os.path.join(ROOT, "..", "shared"))
POSTS = os.path.join(SHARED, "data", "md-codeforamerica")
GENERAL = {"News", "Commentary", "#meta", "Dispatches", "Guest Post", "Uncategorized"}
STEP = 5
AFTER = (0, 5, 20)


def run(cli, *args):
    return json.loads(subprocess.run([cli, "--json", *args], check=True, capture_output=True, text=True).stdout)


def average_precision(ranked, wanted):
    """Of a list that may lack some: they count as never found."""
    hits = total = 0
    for place, uid in enumerate(ranked, 1):
        if uid in wanted:
            hits += 1
            total += hits / place
    return total / len(wanted) if wanted else None


def measure(cli, notebook, topic, wanted):
    """(suggested, by the rule alone) for each of AFTER."""
    timeline = run(cli, "timeline-new", notebook, topic, "--rule", topic)["uid"]
    ranked = [one["post"] for one in run(cli, "suggest", notebook, timeline, "--limit", "0")["suggestions"]]
    by_rule, decided, scores = ranked, set(), []
    for after in AFTER:
        while len(decided) < after and ranked:
            judged = ranked[:STEP]
            options = [part for uid in judged for part in ("--add" if uid in wanted else "--reject", uid)]
            decided.update(judged)
            ranked = [one["post"] for one in
                      run(cli, "suggest", notebook, timeline, "--limit", "0", *options)["suggestions"]]
        left = wanted - decided
        scores.append((average_precision(ranked, left),
                       average_precision([uid for uid in by_rule if uid not in decided], left)))
    return scores


def main():
    cli = sys.argv[1]
    if not os.path.isdir(POSTS):
        print("skipped: there is no", POSTS)
        sys.exit(77)

    with tempfile.TemporaryDirectory() as folder:
        notebook = os.path.join(folder, "suggest.annals")
        subprocess.run([cli, "new", notebook], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([cli, "import", notebook, POSTS], check=True, stdout=subprocess.DEVNULL)
        topics = {}
        for post in run(cli, "search", notebook, "", "--limit", "0")["posts"]:
            for topic in set(post["tags"]) - GENERAL:
                topics.setdefault(topic, set()).add(post["uid"])
        topics = {topic: uids for topic, uids in sorted(topics.items()) if 12 <= len(uids) <= 120}
        results = {}
        for topic, wanted in topics.items():
            try:
                results[topic] = measure(cli, notebook, topic, wanted)
            except subprocess.CalledProcessError as error:
                print(f"  {topic}: {error.stderr.strip()}")

    print(f"{len(results)} topics; mean average precision of what is left to be decided:")
    print(f"  {'decisions':>9} {'suggested':>10} {'rule alone':>10}")
    means = []
    for i, after in enumerate(AFTER):
        both = [scores[i] for scores in results.values() if scores[i][0] is not None]
        means.append([sum(column) / len(both) for column in zip(*both)])
        print(f"  {after:>9} {means[-1][0]:>10.3f} {means[-1][1]:>10.3f}")
    if "-v" in sys.argv:
        for topic, scores in results.items():
            print(f"  {topic:<40}", *(f"{one:.3f}/{other:.3f}" for one, other in scores if one is not None))
    sys.exit(means[-1][0] <= means[-1][1])


main()
