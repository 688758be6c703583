#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_review.py PROGRAM: notes on posts whose text changes, from outside.

What "review" lists and decides; and the revisions of real posts that a mirror of a blog holds, as its feeds,
its pages of months and the posts' own pages show them: notes made on one are found again in the other.
"""
import glob
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import unittest

MIRROR = os.path.join(os.environ.get("ANNALS_SHARED", ""), "data", "html-mirror-partitopirata")
PASSAGES_OF_A_POST = 4
POSTS = 30

OLD = """---
title: Ferry aground
date: 2020-03-02
---

The ferry left the harbour on Monday with forty passengers. The port office had warned of the storm, and two of
its pilots stayed ashore. Nobody was hurt.

The minister thanked the crews in a short statement on the radio, and asked for patience.
"""
PLACED = "The port office had warned of the storm, and two of its pilots stayed ashore."
MOVED = "The minister thanked the crews in a short statement"
NEW = """---
title: Ferry aground
date: 2020-03-02
---

The minister thanked the crews in a short statement on the radio, and asked for patience.

The ferry left the harbour on Monday with forty passengers. A lighthouse keeper whose name nobody knew saw it
first. Nobody was hurt.
"""


def run(*args):
    return subprocess.run([PROGRAM, *args], capture_output=True, timeout=300, check=False)


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="annals-review-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.notebook = self.new("Test.annals")

    def new(self, name):
        path = os.path.join(self.folder, name)
        self.say("new", path)
        return path

    def say(self, *args, status=0):
        """What the program says, as JSON; with another @status its complaint."""
        result = run("--json", *args)
        self.assertEqual(result.returncode, status, (args, result.stderr.decode()))
        return json.loads(result.stdout) if status == 0 else result.stderr.decode()


class Review(Case):
    def setUp(self):
        super().setUp()
        self.old = self.write("old/ferry.md", OLD)
        self.say("import", self.notebook, self.old, "--archive", "Paper")
        self.post = self.say("search", self.notebook, "")["posts"][0]["uid"]

    def write(self, name, content):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
        return path

    def state(self):
        return [(a["state"], a["orphan"], a["quote"]) for a in self.say("annotations", self.notebook)["annotations"]]

    def change(self):
        """One note that moves, and one whose passage is written anew."""
        self.say("annotate", self.notebook, self.post, "--quote", MOVED)
        self.note = self.say("annotate", self.notebook, self.post, "--quote", PLACED, "--note", "Why?")["uid"]
        self.before = self.say("annotations", self.notebook)
        self.say("import", self.notebook, self.write("new/ferry.md", NEW), "--archive", "Paper")

    def test_lists(self):
        self.assertEqual(self.say("review", self.notebook), {"review": []})
        self.assertIn(b"nothing to review", run("review", self.notebook).stdout)
        self.change()
        found, = self.say("review", self.notebook)["review"]
        self.assertEqual((found["uid"], found["quote"], found["state"], found["post_title"], found["reason"]),
                         (self.note, PLACED, "review", "Ferry aground", "rewritten"))
        text = self.say("show", self.notebook, self.post)["text"]
        self.assertTrue(found["candidates"])
        for place in found["candidates"]:
            self.assertEqual(text[place["start"]:place["end"]], place["quote"])
            self.assertTrue(0 < place["score"] <= 1)
        self.assertEqual(sorted(state for state, _, _ in self.state()), ["moved", "review"])

    def test_decides(self):
        self.change()
        candidate = self.say("review", self.notebook)["review"][0]["candidates"][0]
        placed = self.say("review", self.notebook, "--place", self.note, "--candidate", "1")
        self.assertEqual((placed["state"], placed["quote"], placed["note"]), ("anchored", candidate["quote"], "Why?"))
        self.assertEqual(self.say("review", self.notebook), {"review": []})
        self.say("undo", self.notebook)
        other = self.say("review", self.notebook, "--place", self.note, "--quote", "Nobody was hurt.")
        self.assertEqual((other["state"], other["quote"]), ("anchored", "Nobody was hurt."))
        self.say("undo", self.notebook)
        self.say("review", self.notebook, "--keep", self.note)
        self.assertEqual(self.say("review", self.notebook), {"review": []})
        self.assertIn(("review", True, PLACED), self.state())
        self.say("undo", self.notebook)
        self.say("review", self.notebook, "--delete", self.note)
        self.assertEqual(len(self.state()), 1)
        self.say("undo", self.notebook)
        moved = next(a["uid"] for a in self.say("annotations", self.notebook)["annotations"]
                     if a["state"] == "moved")
        self.assertEqual(self.say("review", self.notebook, "--confirm", moved)["state"], "anchored")
        self.say("undo", self.notebook)
        self.say("undo", self.notebook)     # the import
        self.assertEqual(self.say("annotations", self.notebook), self.before)

    def test_wrong_use(self):
        self.change()
        for args in (["--place", self.note], ["--candidate", "1"], ["--keep", self.note, "--delete", self.note],
                     ["--place", self.note, "--candidate", "-1"], ["--quote", "Nobody"],
                     ["--place", self.note, "--candidate", "1", "--quote", "Nobody"],
                     ["--place", self.note, "--candidate", "1", "--occurrence", "1"]):
            self.assertIn("annals-cli: review: ", self.say("review", self.notebook, *args, status=2))
        self.assertIn("has only", self.say("review", self.notebook, "--place", self.note, "--candidate", "99",
                                           status=1))
        self.assertIn("does not stand in", self.say("review", self.notebook, "--place", self.note, "--quote", "zebra",
                                                    status=1))
        self.assertIn("has not moved", self.say("review", self.notebook, "--confirm", self.note, status=1))
        self.assertEqual(self.say("history", self.notebook)["history"][0]["label"], "Import “ferry.md”")


def fold(text):
    """As a reader sees it; with where each character stands."""
    out, at = [], []
    for i, c in enumerate(text):
        c = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\n": " ", "\xa0": " "}.get(c, c)
        if c in "\xad\u200b" or (c == " " and out and out[-1] == " "):
            continue
        out.append(c)
        at.append(i)
    return unicodedata.normalize("NFC", "".join(out)), at


@unittest.skipUnless(os.path.isdir(MIRROR), "no mirror of a blog")
class Mirror(Case):
    def files(self, kind):
        own = [path for path in glob.glob(MIRROR + "/20*/[01]*/**/index.html", recursive=True)
               if "/feed/" not in path]
        month = re.compile(r"/20\d\d/\d\d/index\.html$")
        return sorted({"months": [path for path in own if month.search(path)],
                       "posts": [path for path in own if not month.search(path)],
                       "feeds": glob.glob(MIRROR + "/**/feed/index.html", recursive=True)}[kind])

    def hashes(self, notebook):
        posts = self.say("search", notebook, "", "--limit", "0")["posts"]
        return {post["uid"]: {revision["sha256"] for revision in post["revisions"]} for post in posts}

    def annotate(self, notebook, other, rand):
        """Notes on posts whose text is another one in @other. Returns: uid → its start there, None when gone."""
        expected = {}
        old, new = self.hashes(notebook), self.hashes(other)
        changed = [uid for uid in sorted(old) if new[uid] != old[uid]]
        for uid in rand.sample(changed, min(POSTS, len(changed))):
            text = self.say("show", notebook, uid)["text"]
            words = [m.start() for m in re.finditer(r"\S+", text)]
            folded, at = fold(self.say("show", other, uid)["text"])
            for _ in range(PASSAGES_OF_A_POST):
                start = rand.choice(words)
                quote = text[start:start + rand.randint(30, 200)].strip()
                if "\n" in quote or len(quote) < 30 or text.count(quote) != 1:
                    continue
                note = self.say("annotate", notebook, uid, "--quote", quote)["uid"]
                seen = fold(quote)[0]
                n = folded.count(seen)
                if n == 1:
                    expected[note] = at[folded.index(seen)]
                elif n == 0 and not any(seen[i:i + 16] in folded for i in range(0, max(len(seen) - 16, 1), 4)):
                    expected[note] = None
        return expected

    def check(self, before, after):
        rand = random.Random(before + after)
        self.say("import", self.notebook, *self.files(before), "--archive", "Mirror")
        other = self.new("Other.annals")
        self.say("import", other, *self.files(before), "--archive", "Mirror")
        self.say("import", other, *self.files(after), "--archive", "Mirror")
        expected = self.annotate(self.notebook, other, rand)
        self.say("import", self.notebook, *self.files(after), "--archive", "Mirror")

        kept = recovered = wrong = gone = reported = 0
        for note in self.say("annotations", self.notebook)["annotations"]:
            if note["uid"] not in expected:
                continue
            place = expected[note["uid"]]
            review = note["state"] == "review"
            kept += place is not None
            gone += place is None
            right = place is not None and not review and abs(note["start"] - place) <= 1
            recovered += right
            reported += place is None and review
            wrong += not review and not right
        print(f"# {before} to {after}: of {kept} passages that survive {recovered} recovered; of {gone} that do "
              f"not {reported} reported; {wrong} wrongly placed")
        self.assertGreater(kept + gone, 0)
        self.assertGreaterEqual(recovered, 0.99 * kept)
        self.assertEqual(reported, gone)
        self.assertLessEqual(wrong, 0.005 * (kept + gone))

    def test_feeds_to_posts(self):
        self.check("feeds", "posts")

    def test_months_to_posts(self):
        self.check("months", "posts")

    def test_months_to_feeds(self):
        self.check("months", "feeds")


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
