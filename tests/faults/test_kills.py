#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_kills.py PROGRAM: annals-cli killed at any moment.

What was acknowledged is there after a kill, nothing is half-done, and the notebook opens.
ANNALS_KILLS is how many kills there are of each kind, 16 unless set.
"""
import gzip
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

from faults_case import ROOT, SAMPLE, WXR, FaultsCase

FaultsCase.program = os.path.abspath(sys.argv.pop(1))
FIXTURES = os.path.join(ROOT, "tests", "fixtures", "notebooks")
N_ITEMS = 1500
N_KILLS = int(os.environ.get("ANNALS_KILLS", "16"))

ITEM = """<item><title>Report {0}</title><link>http://example.org/{0}</link><dc:creator>x</dc:creator>
<guid>http://example.org/?p={0}</guid><content:encoded><![CDATA[<p>The ferry of day {0} left.</p>{1}]]>
</content:encoded><wp:post_id>{0}</wp:post_id><wp:post_date_gmt>2020-03-01 10:00:00</wp:post_date_gmt>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category"><![CDATA[Ferries]]></category></item>
"""


class Kills(FaultsCase):
    def kill_after(self, seconds, *commands):
        """Starts the commands at once and kills them; which of them had said that they were done."""
        running = [subprocess.Popen([self.program, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                   for command in commands]
        time.sleep(seconds)
        for process in running:
            process.kill()
        return [process.wait() == 0 for process in running]

    def kill_amidst(self, *commands):
        """The same, killed as soon as the notebook holds some of an import and not yet all."""
        running = [subprocess.Popen([self.program, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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

    def killed(self, start_again, command, is_done):
        """@command killed at N_KILLS moments; @is_done: what is there says whether it was, whole."""
        start_again()
        start = time.monotonic()
        self.assertEqual(self.run_program(*command).returncode, 0)
        length = time.monotonic() - start

        for _ in range(N_KILLS):
            start_again()
            acknowledged = self.kill_after(self.random.uniform(0, length * 1.1), command)[0]
            self.assert_whole("interrupted")
            done = is_done()
            self.assertTrue(done or not acknowledged)
            if not done:
                self.assertEqual(self.run_program(*command).returncode, 0)
                self.assert_whole("interrupted")
                self.assertTrue(is_done())

    def begin(self, kept):
        """The notebook as @kept is, with nothing beside it."""
        for name in os.listdir(self.folder):
            if name.startswith("test.annals"):
                os.unlink(os.path.join(self.folder, name))
        shutil.rmtree(os.path.join(self.folder, "Annals Backups"), ignore_errors=True)
        shutil.copy(kept, self.notebook)

    def test_killed_merge(self):
        self.make(SAMPLE)
        kept = os.path.join(self.folder, "kept")
        other = os.path.join(self.folder, "other.annals")
        shutil.copy(self.notebook, kept)
        shutil.copy(self.notebook, other)
        self.json("import", WXR, notebook=other)
        self.json("timeline-new", "Theirs", notebook=other)
        before = self.json("info")
        after = self.json("info", notebook=other)

        def is_done():
            now = self.json("info")
            states = [[info[key] for key in ("posts", "tags", "timelines")] for info in (before, after, now)]
            self.assertIn(states[2], states[:2])
            return states[2] == states[1]

        self.killed(lambda: self.begin(kept), ["merge", self.notebook, other], is_done)

    def test_stopped_merge(self):
        """Ctrl+C is heard to the end: it is taken in whole, or nothing is, and one sentence says so."""
        self.make(SAMPLE)
        kept = os.path.join(self.folder, "kept")
        shutil.copy(self.notebook, kept)
        other = os.path.join(self.folder, "other.annals")
        with gzip.open(os.path.join(FIXTURES, "version-1.annals.gz")) as packed, open(other, "wb") as file:
            shutil.copyfileobj(packed, file)
        before = self.rows(kept)
        start = time.monotonic()
        self.assertEqual(self.run_program("merge", self.notebook, other).returncode, 0)
        length = time.monotonic() - start
        after = self.rows()

        for _ in range(N_KILLS):
            self.begin(kept)
            with subprocess.Popen([self.program, "merge", self.notebook, other], stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE) as process:
                time.sleep(self.random.uniform(0, length))
                process.send_signal(signal.SIGINT)
                said = process.communicate()[1]
            self.assertIn(process.returncode, (0, 1, -signal.SIGINT), said)   # the last: before or after it
            if process.returncode == 1:
                self.assertEqual(said.count(b"\n"), 1, said)
                self.assertEqual(self.rows(), before)
            elif process.returncode == 0:
                self.assertEqual(self.rows(), after)
            self.assert_whole()
            self.assertEqual([name for name in os.listdir(self.folder) if ".merge-" in name], [])

    def test_killed_export(self):
        posts = self.make(SAMPLE)
        self.json("tag", "a", *posts)
        kept = os.path.join(self.folder, "kept")
        target = os.path.join(self.folder, "out")
        shutil.copy(self.notebook, kept)
        os.environ["SOURCE_DATE_EPOCH"] = "1600000000"
        self.addCleanup(os.environ.pop, "SOURCE_DATE_EPOCH")
        for what, kind in (("notebook", "json"), ("posts:", "markdown")):
            whole = os.path.join(self.folder, "whole")
            command = ["export", self.notebook, what, "--format", kind, "--force", "-o"]
            self.assertEqual(self.run_program(*command, whole).returncode, 0)
            with open(whole, "rb") as file:
                content = file.read()

            def start_again():
                self.begin(kept)
                with open(target, "wb") as file:
                    file.write(b"precious")

            def is_done(content=content):
                with open(target, "rb") as file:
                    now = file.read()
                self.assertIn(now, (b"precious", content))
                return now == content

            self.killed(start_again, [*command, target], is_done)

    def test_killed_migration(self):
        for version in (1, 2):
            kept = os.path.join(self.folder, "kept")
            with gzip.open(os.path.join(FIXTURES, f"version-{version}.annals.gz")) as packed, \
                 open(kept, "wb") as file:
                shutil.copyfileobj(packed, file)
            with open(os.path.join(FIXTURES, f"version-{version}.json"), encoding="utf-8") as file:
                said = json.load(file)

            def is_done(said=said):
                """The opening that looks has completed it; what the old program said is there."""
                info = self.json("info")
                for key in ("posts", "annotations", "tags", "timelines", "events"):
                    self.assertEqual(info[key], said["info"][key])
                self.assertEqual([one["label"] for one in self.json("history")["history"]],
                                 [one["label"] for one in said["history"]["history"]])
                self.assertTrue(self.json("backups")["backups"])
                return True

            self.killed(lambda kept=kept: self.begin(kept), ["info", self.notebook], is_done)


if __name__ == "__main__":
    unittest.main(verbosity=2)
