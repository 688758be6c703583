#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_migration.py PROGRAM SHIM: a notebook of an older format, whose migration is killed or fails at a system call.

What is found then is of one version, whole, with all rows of before; the next opening completes it, and what it was
is kept as a backup. ANNALS_FAULTS=all takes every call, else some are taken.
"""
import gzip
import os
import shutil
import sqlite3
import sys
import unittest

from faults_case import ROOT, FaultsCase

FaultsCase.program = os.path.abspath(sys.argv.pop(1))
FaultsCase.shim = os.path.abspath(sys.argv.pop(1))
EVERY = os.environ.get("ANNALS_FAULTS") == "all"
N_OF_EACH = 12
FIXTURES = os.path.join(ROOT, "tests", "fixtures", "notebooks")
EIO, ENOSPC = "5", "28"
TABLES = ("post", "revision", "annotation", "tag", "post_tag", "annotation_tag", "timeline", "lane", "event",
          "timeline_event", "evidence", "history", "import_issue")


class Migration(FaultsCase):
    def unpack(self, version):
        for name in os.listdir(self.folder):
            path = os.path.join(self.folder, name)
            if os.path.isdir(path):
                shutil.rmtree(path)
            else:
                os.unlink(path)
        with gzip.open(os.path.join(FIXTURES, f"version-{version}.annals.gz")) as packed, \
             open(self.notebook, "wb") as file:
            shutil.copyfileobj(packed, file)

    def columns(self):
        """Those of the old version, which all later ones have."""
        with sqlite3.connect(self.notebook) as database:
            columns = {table: ", ".join(row[1] for row in database.execute(f"PRAGMA table_info ({table})"))
                       for table in TABLES}
        database.close()
        return columns

    def look(self, columns):
        """Which version the notebook is of, and its old rows, without letting Annals open it."""
        copy = os.path.join(self.folder, "looked-at")
        for end in ("", "-wal"):
            if os.path.exists(self.notebook + end):
                shutil.copy(self.notebook + end, copy + end)
        with sqlite3.connect(copy) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            version = database.execute("PRAGMA user_version").fetchone()[0]
            rows = {table: sorted(map(repr, database.execute(f"SELECT {columns[table]} FROM {table}")))
                    for table in TABLES}
        database.close()
        for end in ("", "-wal", "-shm"):
            if os.path.exists(copy + end):
                os.unlink(copy + end)
        return version, rows

    def interrupt(self, kind, how, sticky=False):
        n_injected = 0
        newest = max(int(name.split("-")[1].split(".")[0]) for name in os.listdir(FIXTURES) if name.endswith(".gz"))
        for version in range(1, newest):
            self.unpack(version)
            columns = self.columns()
            _, before = self.look(columns)
            result, n_calls = self.faulty(["info"], kind, how, 0)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(self.look(columns), (newest, before))
            chosen = range(1, n_calls + 1) if EVERY or n_calls <= N_OF_EACH else \
                sorted(self.random.sample(range(1, n_calls + 1), N_OF_EACH))
            for at in chosen:
                with self.subTest(version=version, kind=kind, how=how, at=at, of=n_calls):
                    self.unpack(version)
                    result, _ = self.faulty(["info"], kind, how, at, sticky)
                    n_injected += 1
                    self.assert_migrated_or_not(version, newest, columns, before)
        print(f"# migration, {kind} {how}: {n_injected} injected", file=sys.stderr)
        self.assertGreater(n_injected, 0)

    def assert_migrated_or_not(self, version, newest, columns, before):
        found, rows = self.look(columns)
        self.assertIn(found, range(version, newest + 1))
        self.assertEqual(rows, before)
        backups = self.json("backups")["backups"]
        if found > version:
            self.assertTrue(any(self.version_of(one["path"]) == version for one in backups), backups)
        self.assertEqual(self.json("check", "--deep"), {"ok": True, "problems": []})
        self.assertEqual(self.look(columns), (newest, before))
        self.assertEqual([one["problem"] for one in self.json("backups")["backups"] if one.get("problem")], [])

    def version_of(self, path):
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
        database.close()
        return version

    def test_killed(self):
        self.interrupt("any", "kill")

    def test_disk_full(self):
        self.interrupt("any", ENOSPC, sticky=True)

    def test_input_output_error(self):
        self.interrupt("any", EIO)

    def test_short_write(self):
        self.interrupt("write", "short", sticky=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
