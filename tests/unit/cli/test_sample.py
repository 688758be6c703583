#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_sample.py PROGRAM: data/sample/sample.json, which the welcome page makes a notebook of."""
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
FOLDER = os.path.join(ROOT, "data", "sample")
SAMPLE = os.path.join(FOLDER, "sample.json")


class Sample(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.notebook = os.path.join(self.folder, "Sample.annals")
        self.cli("new", self.notebook)
        self.cli("import", self.notebook, SAMPLE)

    def cli(self, *args):
        run = subprocess.run([PROGRAM, "--json", *args], capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout or "null")

    def test_whole(self):
        """Nothing of it is damaged or left out, and it comes out as it went in."""
        self.assertTrue(self.cli("check", self.notebook, "--deep")["ok"])
        out = os.path.join(self.folder, "out.json")
        self.cli("export", self.notebook, "notebook", "--format", "json", "-o", out)
        with open(out, "rb") as made, open(SAMPLE, "rb") as sample:
            self.assertEqual(made.read(), sample.read())

    def test_archives(self):
        """It was made of the archives that lie beside it, as they are."""
        names = {name for name in os.listdir(FOLDER) if name.endswith(".txt")}
        imports = self.cli("imports", self.notebook)["imports"]
        self.assertEqual({i["file"]["name"] for i in imports}, names)
        for each in imports:
            with open(os.path.join(FOLDER, each["file"]["name"]), "rb") as file:
                self.assertEqual(each["file"]["sha256"], hashlib.sha256(file.read()).hexdigest())

    def test_evidence(self):
        """Every event has its evidence."""
        for timeline in self.cli("timelines", self.notebook)["timelines"]:
            events = self.cli("timeline", self.notebook, timeline["uid"])["events"]
            self.assertEqual([e["title"] for e in events if not e["evidence"]], [])


unittest.main(verbosity=1)
