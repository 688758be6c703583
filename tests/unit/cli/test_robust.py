#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_robust.py PROGRAM: annals-cli on notebooks whose rows are damaged.

Every command answers or fails with one sentence; none crashes and none hangs.
"""
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
SAMPLE = os.path.join(ROOT, "data", "sample", "may-2021.txt")
WXR = os.path.join(ROOT, "tests", "fixtures", "import", "harbour.xml")
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
