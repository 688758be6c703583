#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_faults.py PROGRAM SHIM: system calls that fail while annals-cli works, one after the other.

Each action is run once to count its calls on the notebook's folder; then again for the first call, the second and so
on, which fails in one of several ways. An action that says it was done was done; else the notebook is as before, and
one sentence says why. What is exported is whole, or what stood there before. ANNALS_FAULTS=all takes every call; else
that many of each action are taken, 6 unless set, others in each. Files that are the same to the byte as those of an
earlier call are looked at once.
"""
import os
import shutil
import signal
import sys
import unittest

from faults_case import ROOT, SAMPLE, WXR, FaultsCase

FaultsCase.program = os.path.abspath(sys.argv.pop(1))
FaultsCase.shim = os.path.abspath(sys.argv.pop(1))
FAULTS = os.environ.get("ANNALS_FAULTS", "6")
EVERY = FAULTS == "all"
N_OF_EACH = 0 if EVERY else int(FAULTS)         # of an action's calls
N_OF_EXPORT = max(1, N_OF_EACH // 6)            # of an export's
N_ALLOCATIONS = 400 if EVERY else 12

FORMATS = {
    "timeline:T": ("pdf", "json", "html", "timelinejs", "markdown", "csv", "svg", "png"),
    "notes": ("markdown", "json", "csv", "pdf", "w3c", "qdpx"),
    "posts:": ("csl", "bibtex", "ris", "json", "markdown", "csv"),
    "notebook": ("json",),
    "tags": ("csv", "qdc"),
}

EIO, ENOSPC, EROFS, EDQUOT = "5", "28", "30", "122"


class Faults(FaultsCase):
    def setUp(self):
        super().setUp()
        posts = self.make(SAMPLE)
        text = self.json("show", posts[0])["text"]
        mark = self.json("annotate", posts[0], "--quote", text[5:40], "--note", "A *note*", "--tag", "x")["uid"]
        self.json("tag", "a/b", *posts[:3])
        self.json("timeline-new", "T")
        self.json("event", "T", "--date", "2020-03~", "--title", "E", "--lane", "L", "--evidence", mark)
        self.target = os.path.join(self.folder, "out", "target")
        os.mkdir(os.path.dirname(self.target))

        self.other = os.path.join(self.folder, "other.annals")
        self.document = os.path.join(self.folder, "other.json")
        self.make_other()

        self.actions = {
            "import": ["import", WXR],
            "merge": ["merge", self.other],
            "document": ["import", self.document],
            "annotate": ["annotate", posts[1], "--quote", self.json("show", posts[1])["text"][5:30], "--tag", "new"],
            "tag": ["tag", "many", *posts[:6]],
            "event": ["event", "T", "--date", "2020-04", "--title", "F", "--evidence", mark],
            "undo": ["undo"],
            "undo-only": ["undo", "--only", str(next(one["id"] for one in self.json("history")["history"]
                                                     if one["label"].startswith("Tag")))],
        }
        self.exports = {
            f"{what.split(':')[0]}-{name}": ["export", what, "--format", name, "-o", self.target]
            for what, names in FORMATS.items() for name in names}
        self.kept = self.notebook + ".kept"
        self.checked = set()                        # fingerprints of notebooks in which nothing was wrong
        self.n_injected = self.n_survived = 0

    def make_other(self):
        """Another notebook, which began as a copy of this one, and the same as a document."""
        shutil.copy(self.notebook, self.other)
        self.json("import", WXR, notebook=self.other)
        post = self.json("search", "", "--limit", "1", notebook=self.other)["posts"][0]["uid"]
        self.json("tag", "theirs", post, notebook=self.other)
        self.json("timeline-new", "Theirs", notebook=self.other)
        self.json("export", "notebook", "--format", "json", "-o", self.document, notebook=self.other)

    def copy_back(self):
        for name in os.listdir(self.folder):
            if name.startswith("test.annals") and name != "test.annals.kept":
                os.unlink(os.path.join(self.folder, name))
        shutil.copy(self.kept, self.notebook)
        shutil.rmtree(os.path.dirname(self.target))
        os.mkdir(os.path.dirname(self.target))

    def chosen(self, n_calls, n):
        """Which calls fail: all of them, or @n that are spread over them."""
        if EVERY or n_calls <= n:
            return range(1, n_calls + 1)
        return sorted(self.random.sample(range(1, n_calls + 1), n))

    def assert_one_sentence(self, result):
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertEqual(result.stderr.count(b"\n"), 1, result.stderr)
        self.assertTrue(result.stderr.startswith(b"annals-cli: "), result.stderr)

    def change_cases(self):
        shutil.copy(self.notebook, self.kept)
        before = self.rows()
        for name, command in self.actions.items():
            self.copy_back()
            result, _ = self.faulty(command, "any", EIO, 0)
            self.assertEqual(result.returncode, 0, result.stderr)
            yield name, command, before, self.rows()

    def inject_into_changes(self, kind, how, sticky=False):
        for name, command, before, after in self.change_cases():
            seen = set()
            self.copy_back()
            _, n_calls = self.faulty(command, kind, how, 0)
            self.assertGreater(n_calls, 0)
            for at in self.chosen(n_calls, N_OF_EACH):
                with self.subTest(action=name, kind=kind, how=how, at=at, of=n_calls):
                    self.copy_back()
                    result, _ = self.faulty(command, kind, how, at, sticky)
                    self.n_injected += 1
                    if result.returncode == -signal.SIGKILL:
                        self.assertEqual(how, "kill")
                    elif result.returncode != 0:
                        self.assert_one_sentence(result)
                    found = (result.returncode, self.fingerprint())
                    if found not in seen:
                        self.assert_change(name, command, result.returncode, before, after)
                    seen.add(found)
                    self.n_survived += 1

    def assert_change(self, name, command, status, before, after):
        self.assert_whole("interrupted")
        now = self.rows()
        if status == 0:
            self.assertEqual(now, after)
        elif name in ("import", "merge", "document"):
            # A part may be left, hidden, which its own resuming completes or the next opening takes away.
            self.json(*command)
            self.assertEqual(self.json("info")["posts"], len(after["post"]))
        else:
            self.assertIn(now, (before, after) if status == -signal.SIGKILL else (before,))

    def inject_into_exports(self, kind, how, sticky=False):
        shutil.copy(self.notebook, self.kept)
        for name, command in self.exports.items():
            self.copy_back()
            result, n_calls = self.faulty(command, kind, how, 0)
            self.assertEqual(result.returncode, 0, result.stderr)
            with open(self.target, "rb") as file:
                whole = file.read()
            for at in self.chosen(n_calls, N_OF_EXPORT):
                for there in (None, b"precious"):
                    with self.subTest(export=name, kind=kind, how=how, at=at, of=n_calls, there=there):
                        self.copy_back()
                        if there is not None:
                            with open(self.target, "wb") as file:
                                file.write(there)
                        result, _ = self.faulty(command + ["--force"] * (there is not None), kind, how, at, sticky)
                        self.n_injected += 1
                        self.assert_export(result, there, whole, how)
                        self.n_survived += 1

    def assert_export(self, result, there, whole, how):
        if result.returncode == -9:
            self.assertEqual(how, "kill")
        elif result.returncode != 0:
            self.assert_one_sentence(result)
        now = None
        if os.path.exists(self.target):
            with open(self.target, "rb") as file:
                now = file.read()
        self.assertIn(now, (whole,) if result.returncode == 0 else (there, whole))
        # what cannot be removed stays
        if result.returncode != -9 and how not in (EIO, EROFS):
            self.assertLessEqual(set(os.listdir(os.path.dirname(self.target))), {"target"})
        notebook = self.fingerprint()
        if notebook not in self.checked:
            self.assertEqual(self.json("check", "--deep"), {"ok": True, "problems": []})
        self.checked.add(notebook)

    def inject(self, kind, how, sticky=False):
        self.inject_into_changes(kind, how, sticky)
        self.copy_back()
        self.inject_into_exports(kind, how, sticky)
        print(f"# {kind} {how}{' from then on' if sticky else ''}: {self.n_injected} injected, "
              f"{self.n_survived} survived", file=sys.stderr)
        self.assertGreater(self.n_injected, 0)

    def test_killed(self):
        self.inject("any", "kill")

    def test_disk_full(self):
        self.inject("any", ENOSPC, sticky=True)

    def test_disk_full_for_a_moment(self):
        self.inject("write", ENOSPC)

    def test_quota(self):
        self.inject("any", EDQUOT, sticky=True)

    def test_short_write(self):
        self.inject("write", "short", sticky=True)

    def test_input_output_error(self):
        self.inject("any", EIO)

    def test_sync_fails(self):
        self.inject("sync", EIO)

    def test_read_only_remount(self):
        self.inject("any", EROFS, sticky=True)

    def inject_into_imports(self, kind, n):
        """Out of memory, GLib's functions end the program; nothing goes on with a NULL, and the notebook is whole."""
        shutil.copy(self.notebook, self.kept)
        for archive in self.archives():
            self.copy_back()
            result, n_calls = self.faulty(["import", archive], kind, "0", 0)
            self.assertEqual(result.returncode, 0, (archive, result.stderr))
            after = self.rows()
            for at in sorted(self.random.sample(range(1, n_calls + 1), min(n, n_calls))):
                with self.subTest(archive=os.path.basename(archive), at=at, of=n_calls):
                    self.copy_back()
                    result, _ = self.faulty(["import", archive], kind, "0", at)
                    self.n_injected += 1
                    self.assertIn(result.returncode, (0, 1, -signal.SIGABRT, -signal.SIGTRAP), result.stderr)
                    if result.returncode == 1:
                        self.assert_one_sentence(result)
                    found = self.fingerprint()
                    if found not in self.checked:
                        self.assert_whole("interrupted")
                    self.checked.add(found)
                    if result.returncode == 0:
                        self.assertEqual(self.rows(), after)
        print(f"# no memory, {kind}: {self.n_injected} allocations failed", file=sys.stderr)

    def test_no_memory(self):
        self.inject_into_imports("malloc", N_ALLOCATIONS)

    def test_no_memory_for_texts(self):
        """Those that GLib itself does not look at: g_strdup_printf() and the like before 2.78."""
        self.inject_into_imports("format", sys.maxsize if EVERY else N_ALLOCATIONS)

    def archives(self):
        """One of each format, from the tests of imports."""
        folder = os.path.join(ROOT, "tests", "fixtures", "import")
        names = ("harbour.xml", "harbour-month.html", "harbour-march.txt", "feed-rss20.xml", "feed-atom10.xml")
        corpus = os.path.join(ROOT, "tests", "fuzz", "corpus")
        kinds = ("csv", "json-list", "mhtml", "warc", "archive", "front-matter")
        yield from (os.path.join(folder, name) for name in names)
        for kind in kinds:
            for name in sorted(os.listdir(os.path.join(corpus, kind))):
                archive = os.path.join(corpus, kind, name)
                self.copy_back()
                if self.run_program("import", self.notebook, archive).returncode == 0:
                    yield archive
                    break


if __name__ == "__main__":
    unittest.main(verbosity=2)
