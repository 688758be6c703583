#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_old_files.py PROGRAM: a notebook of every version of the format, as a program of that time wrote it.

fixtures/notebooks/make wrote them, and beside each what that program said of it: today's says at least the same,
before all steps are undone and after all are done again. What the notebook was is kept as a backup.
"""
import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))),
                      "fixtures", "notebooks")
OF_THE_PROGRAM = ("schema_version", "size_bytes", "exported", "generator", "version")


def version_of(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        version = database.execute("PRAGMA user_version").fetchone()[0]
    database.close()
    return version


class OldFiles(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="annals-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.notebook = os.path.join(self.folder, "Old.annals")

    def json(self, command, *args, notebook=None):
        result = subprocess.run([PROGRAM, "--json", command, notebook or self.notebook, *args], capture_output=True,
                                check=False)
        self.assertEqual(result.returncode, 0, (command, args, result.stderr))
        return json.loads(result.stdout)

    def unpack(self, version):
        with gzip.open(os.path.join(FOLDER, f"version-{version}.annals.gz")) as packed, \
             open(self.notebook, "wb") as file:
            shutil.copyfileobj(packed, file)
        with open(os.path.join(FOLDER, f"version-{version}.json"), encoding="utf-8") as file:
            return json.load(file)

    def assert_says(self, old, new, where):
        """All of @old is in @new, which may have further keys."""
        if isinstance(old, dict):
            for key in old.keys() - OF_THE_PROGRAM:
                self.assertIn(key, new, where)
                self.assert_says(old[key], new[key], f"{where}.{key}")
        elif isinstance(old, list):
            self.assertEqual(len(old), len(new), where)
            for i, (one, other) in enumerate(zip(old, new)):
                self.assert_says(one, other, f"{where}[{i}]")
        else:
            self.assertEqual(old, new, where)

    def assert_all_is_there(self, said, notebook=None):
        for command in said.keys() - {"posts", "timeline", "found"}:
            self.assert_says(said[command], self.json(command, notebook=notebook), command)
        for uid, post in said["posts"].items():
            self.assert_says(post, self.json("show", uid, notebook=notebook), uid)
        self.assert_says(said["timeline"], self.json("timeline", "title:The strike", notebook=notebook), "timeline")
        self.assert_says(said["found"], self.json("search", "ferry OR pilots", "--sort", "title", "--limit", "0",
                                                  notebook=notebook), "found")
        self.assertEqual(self.json("check", "--deep", notebook=notebook), {"ok": True, "problems": []})

    def open_version(self, version, newest):
        said = self.unpack(version)
        self.assertEqual(version_of(self.notebook), version)
        self.assert_all_is_there(said)
        self.assertEqual(version_of(self.notebook), newest)

        backups = self.json("backups")["backups"]
        self.assertEqual([one["reason"] for one in backups], ["migration"] * (version < newest))
        for backup in backups:
            self.assertEqual(version_of(backup["path"]), version)
            copy = os.path.join(self.folder, "Copy.annals")
            shutil.copy(backup["path"], copy)
            self.assert_all_is_there(said, copy)

        self.undo_and_redo(said)

    def undo_and_redo(self, said):
        """Through all steps that the old program recorded but the imports, and back."""
        n_steps = sum(one["state"] == "done" and not one["label"].startswith("Import")
                      for one in said["history"]["history"])
        self.assertGreater(n_steps, 9)
        for _ in range(n_steps):
            self.json("undo")
        info = self.json("info")
        self.assertEqual([info[key] for key in ("annotations", "timelines", "events")], [0, 0, 0])
        self.assertGreater(info["posts"], 0)
        for _ in range(n_steps):
            self.json("redo")
        self.assert_all_is_there(said)

    def test_every_version(self):
        versions = sorted(int(name.split("-")[1].split(".")[0]) for name in os.listdir(FOLDER)
                          if name.endswith(".annals.gz"))
        self.json("new", notebook=os.path.join(self.folder, "New.annals"))
        newest = version_of(os.path.join(self.folder, "New.annals"))
        self.assertEqual(versions, list(range(1, newest + 1)))
        for version in versions:
            with self.subTest(version=version):
                shutil.rmtree(os.path.join(self.folder, "Annals Backups"), ignore_errors=True)
                self.open_version(version, newest)


if __name__ == "__main__":
    unittest.main(verbosity=2)
