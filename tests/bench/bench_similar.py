#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench_similar.py CLI: whether posts that are called similar are about the same.

A real blog whose posts were filed by their authors (../shared/data/md-codeforamerica; skipped without it): two
posts that share a category, News and the like aside, are about the same. Prints precision at 10 of similar
posts, and of plain BM25 for the words of the post's title. Fails when similar posts are no better.
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
ASKED = 120


def run(cli, *args):
    return json.loads(subprocess.run([cli, "--json", *args], check=True, capture_output=True, text=True).stdout)


def precision(topics, asked, found):
    return sum(bool(topics[asked] & topics[post]) for post in found) / 10


def main():
    cli = sys.argv[1]
    if not os.path.isdir(POSTS):
        print("skipped: there is no", POSTS)
        sys.exit(77)

    with tempfile.TemporaryDirectory() as folder:
        notebook = os.path.join(folder, "similar.annals")
        subprocess.run([cli, "new", notebook], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([cli, "import", notebook, POSTS], check=True, stdout=subprocess.DEVNULL)
        posts = run(cli, "search", notebook, "", "--limit", "0")["posts"]
        topics = {post["uid"]: set(post["tags"]) - GENERAL for post in posts}
        sizes = {}
        for post in topics.values():
            for topic in post:
                sizes[topic] = sizes.get(topic, 0) + 1
        topics = {uid: {topic for topic in names if 12 <= sizes[topic] <= 120} for uid, names in topics.items()}
        asked = [post for post in posts if topics[post["uid"]]]
        asked = asked[::max(1, len(asked) // ASKED)]

        scores = {"similar": 0.0, "bm25": 0.0, "chance": 0.0}
        for post in asked:
            uid = post["uid"]
            similar = [one["post"] for one in run(cli, "similar", notebook, uid)["similar"]]
            scores["similar"] += precision(topics, uid, similar)
            words = [word for word in "".join(c if c.isalnum() else " " for c in post["title"]).split()
                     if word not in ("AND", "OR", "NOT", "NEAR")]
            found = [one["uid"] for one in run(cli, "search", notebook, " OR ".join(words), "--limit", "11")["posts"]]
            scores["bm25"] += precision(topics, uid, [one for one in found if one != uid][:10])
            scores["chance"] += sum(bool(topics[uid] & other) for other in topics.values()) / len(topics)

    print(f"{len(posts)} posts, {len(asked)} asked; precision at 10:")
    for name, score in scores.items():
        print(f"  {name:<8} {score / len(asked):.3f}")
    sys.exit(scores["similar"] <= scores["bm25"])


main()
