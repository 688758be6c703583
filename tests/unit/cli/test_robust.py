#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_robust.py PROGRAM: annals-cli killed at any moment, and on notebooks whose rows are damaged.

What was acknowledged is there after a kill, nothing is half-done, and the notebook opens. On a damaged
notebook every command answers or fails with one sentence; none crashes and none hangs.
"""
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
SAMPLE = os.path.join(ROOT, "data", "sample", "may-2021.txt")
WXR = os.path.join(ROOT, "tests", "fixtures", "import", "harbour.xml")
N_ITEMS = 1500
N_KILLS = 16

ITEM = """<item><title>Report {0}</title><link>http://example.org/{0}</link><dc:creator>x</dc:creator>
<guid>http://example.org/?p={0}</guid><content:encoded><![CDATA[<p>The ferry of day {0} left.</p>{1}]]>
</content:encoded><wp:post_id>{0}</wp:post_id><wp:post_date_gmt>2020-03-01 10:00:00</wp:post_date_gmt>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category"><![CDATA[Ferries]]></category></item>
"""

INTEGERS = ("-1", "0", "1", "999999", "4294967296", "9223372036854775807", "-9223372036854775808", "NULL")
TEXTS = ("''", "CAST(x'ff' AS TEXT)", "CAST(x'61f09f98' AS TEXT)", "'2020-99'", "'{'",
         "'[[0,999999,\"link\",null]]'", "'[[5,3,\"x\",1]]'", "replace(hex(zeroblob(9999)),'00','é')",
         "'a'||char(0)||'b'", "char(10)||char(27)||'[31m'", "char(2)||char(3)", "'<b>&'", "NULL")
BLOBS = ("x''", "x'00'", "x'54'", "x'5400'", "x'5404'", "x'54020100706f73747400'", "randomblob(100)", "NULL")


class Robust(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="annals-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.notebook = os.path.join(self.folder, "test.annals")
        self.random = random.Random(7)

    def run_program(self, *args):
        return subprocess.run([PROGRAM, *args], capture_output=True, timeout=120, check=False)

    def json(self, command, *args):
        result = self.run_program("--json", command, self.notebook, *args)
        self.assertEqual(result.returncode, 0, (command, args, result.stderr))
        return json.loads(result.stdout)

    def make(self, *files):
        self.assertEqual(self.run_program("new", self.notebook).returncode, 0)
        self.json("import", *files)
        return [post["uid"] for post in self.json("search", "", "--limit", "0")["posts"]]

    # --- kills ---

    def kill_after(self, seconds, *commands):
        """Starts the commands at once and kills them; which of them had said that they were done."""
        running = [subprocess.Popen([PROGRAM, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                   for command in commands]
        time.sleep(seconds)
        for process in running:
            process.kill()
        return [process.wait() == 0 for process in running]

    def kill_amidst(self, *commands):
        """The same, killed as soon as the notebook holds some of an import and not yet all."""
        running = [subprocess.Popen([PROGRAM, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                   for command in commands]
        database = sqlite3.connect(f"file:{self.notebook}?mode=ro", uri=True, timeout=60)
        while all(process.poll() is None for process in running):
            if database.execute("SELECT count(*) FROM revision JOIN import ON import.id = revision.import "
                                "WHERE import.state = 'running'").fetchone()[0] > 0:
                break
        database.close()
        for process in running:
            process.kill()
        return [process.wait() == 0 for process in running]

    def assert_whole(self, *may_be):
        """The states that imports @may_be in besides."""
        self.assertEqual(self.json("check", "--deep"), {"ok": True, "problems": []})
        states = {one["state"] for one in self.json("imports")["imports"]}
        self.assertEqual(states - {"done", "undone", *may_be}, set())

    def test_killed_import(self):
        page = os.path.join(self.folder, "page.xml")
        with open(page, "w", encoding="utf-8") as file:
            file.write('<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/'
                       'content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/'
                       'export/1.2/"><channel><title>Big</title><wp:wxr_version>1.2</wp:wxr_version>\n')
            for i in range(N_ITEMS):
                file.write(ITEM.format(i, "<p>Nobody was on board but the crew.</p>" * 20))
            file.write("</channel></rss>\n")

        n_before = len(self.make(SAMPLE))
        empty = self.notebook + ".before"
        shutil.copy(self.notebook, empty)
        start = time.monotonic()
        self.json("import", page)
        length = time.monotonic() - start
        command = ["import", self.notebook, page]
        n_interrupted = 0

        for i in range(N_KILLS // 2):
            shutil.copy(empty, self.notebook)
            commands = [command] * (1 + i % 2)
            # At any moment, and every third time at one at which a part is surely written.
            done = self.kill_amidst(*commands) if i % 3 == 0 else \
                self.kill_after(self.random.uniform(0, length * 1.2), *commands)
            # What a killed one left stays, hidden, until somebody resumes or removes it.
            self.assert_whole("interrupted")
            if not all(done):
                n_interrupted += any(one["state"] == "interrupted" for one in self.json("imports")["imports"])
            n_posts = self.json("info")["posts"]
            self.assertIn(n_posts, (n_before, n_before + N_ITEMS))
            if any(done):
                self.assertEqual(n_posts, n_before + N_ITEMS)
            self.json("import", page)
            self.assertEqual(self.json("info")["posts"], n_before + N_ITEMS)
            self.assert_whole("interrupted")
        self.assertGreater(n_interrupted, 0)

    def test_killed_changes(self):
        posts = self.make(SAMPLE)
        start = time.monotonic()
        self.json("tag", "first", posts[0])
        length = time.monotonic() - start
        tags = {"first"}

        for i in range(N_KILLS):
            name = f"tag {i}"
            if self.kill_after(self.random.uniform(0, length * 2), ["tag", self.notebook, name, posts[0]])[0]:
                tags.add(name)
            self.assert_whole()
            there = {one["name"] for one in self.json("tags")["tags"]}
            self.assertEqual(tags - there, set())
            tags = there

            before = [(one["label"], one["state"]) for one in self.json("history")["history"]]
            done = self.kill_after(self.random.uniform(0, length * 2), ["undo", self.notebook])[0]
            self.assert_whole()
            after = self.json("history")["history"]
            self.assertEqual(len(after), len(before))
            n_undone = sum(one["state"] == "undone" for one in after)
            self.assertIn(n_undone, (1,) if done else (0, 1))
            if n_undone:
                self.json("redo")
            self.assertEqual({one["name"] for one in self.json("tags")["tags"]}, tags)

    def script(self, posts, quotes):
        """A seeded run of all kinds of actions, as commands."""
        for i in range(N_KILLS * 2):
            post = self.random.choice(posts[:3])
            yield self.random.choice((
                ["annotate", post, "--quote", quotes[post], "--note", f"Note {i}", "--tag", f"a/b {i % 4}"],
                ["tag", f"t{i % 5}", *posts[:6]],
                ["untag", f"t{i % 5}", *posts[:4]],
                ["timeline-new", f"Timeline {i}"],
                ["event", "First", "--date", "2020-03~", "--title", f"Event {i}", "--lane", f"L{i % 3}",
                 "--evidence", post],
                ["undo"], ["undo"], ["redo"], ["undo", "--only", str(self.random.randrange(1, 12))],
                ["undo", "--to", str(self.random.randrange(1, 12))]))

    def test_killed_script(self):
        """Killed between any two actions and amidst them: each was done whole or not at all."""
        posts = self.make(SAMPLE)
        quotes = {post: self.json("show", post)["text"][5:30] for post in posts[:3]}
        self.json("timeline-new", "First")
        start = time.monotonic()
        self.json("tag", "t0", posts[0])
        length = time.monotonic() - start
        twin = self.notebook + ".twin"
        n_done = n_lost = 0

        for command in self.script(posts, quotes):
            # The same on a copy, in peace: what the notebook has to be when the action was done.
            before = self.rows(self.notebook)
            shutil.copy(self.notebook, twin)
            peaceful = self.run_program(command[0], twin, *command[1:])
            done = self.kill_after(self.random.uniform(0, length * 2), [command[0], self.notebook, *command[1:]])[0]
            self.assert_whole()
            after = self.rows(self.notebook)
            if done:
                n_done += 1
                self.assertEqual(after, self.rows(twin))
            else:
                n_lost += after == before
                self.assertIn(after, [before] + [self.rows(twin)] * (peaceful.returncode == 0))
        self.assertGreater(n_done, 0)
        self.assertGreater(n_lost, 0)

    def rows(self, path):
        """What a notebook holds, but for uids and times, which no two runs share; ids are the same."""
        with sqlite3.connect(path) as database:
            tables = [row[0] for row in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_index*' "
                "AND name NOT GLOB 'sqlite_*' AND name NOT IN ('import', 'meta', 'text_signature', 'same_text')")]
            content = {}
            for table in tables:
                columns = ", ".join(row[1] for row in database.execute(f"PRAGMA table_info ({table})")
                                    if row[1] not in ("uid", "created", "modified", "time", "changes", "runner"))
                content[table] = sorted(map(repr, database.execute(f"SELECT {columns} FROM {table}")))
        database.close()
        return content

    # --- damage ---

    def mutate(self, columns):
        with sqlite3.connect(self.notebook) as database:
            database.execute("PRAGMA foreign_keys = OFF")
            database.execute("PRAGMA ignore_check_constraints = ON")
            for table, name, kind in columns:
                values = INTEGERS if kind in ("INTEGER", "REAL") else BLOBS if kind == "BLOB" else TEXTS
                value = self.random.choice(values)
                try:
                    database.execute(f"UPDATE OR REPLACE {table} SET {name} = {value}")
                except sqlite3.Error:
                    continue   # what the table itself refuses is no damage that can be
        database.close()

    def test_damaged_rows(self):
        posts = self.make(SAMPLE, WXR)
        text = self.json("show", posts[0])["text"]
        mark = self.json("annotate", posts[0], "--quote", text[5:40], "--note", "A *note*", "--tag", "x")["uid"]
        self.json("tag", "a/b/c", *posts[:3])
        self.json("timeline-new", "T")
        self.json("event", "T", "--date", "2020-03~", "--title", "E", "--lane", "L", "--evidence", mark)
        self.json("event", "T", "--date", "../2020-04", "--title", "F", "--evidence", posts[2])
        self.json("undo")
        whole = self.notebook + ".whole"
        shutil.copy(self.notebook, whole)

        with sqlite3.connect(whole) as database:
            tables = [row[0] for row in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_index*' "
                "AND name NOT GLOB 'sqlite_*'")]
            columns = [(table, row[1], row[2]) for table in tables
                       for row in database.execute(f"PRAGMA table_info ({table})")]
        database.close()
        self.random.shuffle(columns)
        commands = (["info"], ["search", ""], ["search", "the", "--sort", "relevance"], ["show", posts[0]],
                    ["annotations", "a"], ["tags"], ["timelines"], ["issues"],
                    ["export", "timeline:T", "-o", os.path.join(self.folder, "t.json")],
                    ["export", "timeline:T", "-o", os.path.join(self.folder, "t.pdf")],
                    ["history"], ["redo"], ["undo", "--only", "2"], ["undo"], ["undo"], ["undo", "--to", "1"],
                    ["undo"], ["import", SAMPLE], ["check", "--deep"])

        for i in range(0, len(columns), 6):
            shutil.copy(whole, self.notebook)
            self.mutate(columns[i:i + 6])
            for command in commands:
                with self.subTest(columns=columns[i:i + 6], command=command):
                    result = self.run_program(command[0], self.notebook, *command[1:])
                    self.assertIn(result.returncode, (0, 1), result.stderr)
                    if result.returncode == 1 and command[0] != "check":
                        self.assertEqual(result.stderr.count(b"\n"), 1, result.stderr)
                    self.assertNotIn(b"(null)", result.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
