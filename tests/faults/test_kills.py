#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_kills.py PROGRAM: annals-cli killed at any moment.

What was acknowledged is there after a kill, nothing is half-done, and the notebook opens.
ANNALS_KILLS is how many kills there are of each kind, 16 unless set.
"""
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import unittest

from faults_case import SAMPLE, FaultsCase

FaultsCase.program = os.path.abspath(sys.argv.pop(1))
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


if __name__ == "__main__":
    unittest.main(verbosity=2)
