# SPDX-License-Identifier: GPL-3.0-or-later
"""A notebook in a folder of its own, changed by annals-cli, with what has to hold after a fault.

A test file is run as `test_X.py PROGRAM [SHIM]`: annals-cli, and fault-shim.so where calls are to fail.
"""
import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLE = os.path.join(ROOT, "data", "sample", "may-2021.txt")
WXR = os.path.join(ROOT, "tests", "fixtures", "import", "harbour.xml")

# no two runs share these
OF_A_RUN = ("uid", "created", "modified", "time", "changes", "runner", "started", "seconds")


class FaultsCase(unittest.TestCase):
    program = None
    shim = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="annals-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.notebook = os.path.join(self.folder, "test.annals")
        self.random = random.Random(7)

    def run_program(self, *args, **environment):
        return subprocess.run([self.program, *args], capture_output=True, timeout=300, check=False,
                              env={**os.environ, **environment})

    def faulty(self, command, kind, how, at, sticky=False):
        """The command with its @at-th call of a kind failing; and how many such calls it made."""
        count = os.path.join(os.path.dirname(self.folder), os.path.basename(self.folder) + ".count")
        environment = {"LD_PRELOAD": self.shim, "ANNALS_FAULT_UNDER": self.folder, "ANNALS_FAULT_KIND": kind,
                       "ANNALS_FAULT_HOW": how, "ANNALS_FAULT_AT": str(at), "ANNALS_FAULT_COUNT": count,
                       "SOURCE_DATE_EPOCH": "1600000000"}
        if sticky:
            environment["ANNALS_FAULT_STICKY"] = "1"
        result = self.run_program(command[0], self.notebook, *command[1:], **environment)
        n_calls = 0
        if os.path.exists(count):
            with open(count, encoding="ascii") as file:
                n_calls = int(file.read())
            os.unlink(count)
        return result, n_calls

    def json(self, command, *args, notebook=None):
        result = self.run_program("--json", command, notebook or self.notebook, *args)
        self.assertEqual(result.returncode, 0, (command, args, result.stderr))
        return json.loads(result.stdout)

    def make(self, *files):
        self.assertEqual(self.run_program("new", self.notebook).returncode, 0)
        self.json("import", *files)
        return [post["uid"] for post in self.json("search", "", "--limit", "0")["posts"]]

    def assert_whole(self, *may_be):
        """No damage, and no half of an import but the states @may_be."""
        self.assertEqual(self.json("check", "--deep"), {"ok": True, "problems": []})
        states = {one["state"] for one in self.json("imports")["imports"]}
        self.assertEqual(states - {"done", "undone", *may_be}, set())

    def fingerprint(self):
        """Of the notebook's files, byte for byte: what was found to hold for the same ones holds for these."""
        files = hashlib.sha256()
        for name in sorted(os.listdir(self.folder)):
            path = os.path.join(self.folder, name)
            if name.startswith("test.annals") and name != "test.annals.kept" and os.path.isfile(path):
                with open(path, "rb") as file:
                    files.update(name.encode() + b"\0" + hashlib.sha256(file.read()).digest())
        return files.digest()

    def rows(self, path=None):
        """What a notebook holds, but for uids and times; ids are the same in every run."""
        with sqlite3.connect(path or self.notebook) as database:
            tables = [row[0] for row in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_index*' "
                "AND name NOT GLOB 'sqlite_*' AND name NOT IN ('import', 'meta', 'text_signature', 'same_text')")]
            content = {}
            for table in tables:
                columns = ", ".join(row[1] for row in database.execute(f"PRAGMA table_info ({table})")
                                    if row[1] not in OF_A_RUN)
                content[table] = sorted(map(repr, database.execute(f"SELECT {columns} FROM {table}")))
        database.close()
        return content
