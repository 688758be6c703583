#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Importing: by button, from the empty list, by dropping a file; again, undone, and what is no archive."""
import json
import os
import pathlib
import re
import subprocess
import sys

from annals_case import HERE, main
from annals_steps import PATIENCE, Steps, until


class Import(Steps):
    def open_empty(self):
        self.notebook = self.new_notebook()
        self.start(self.notebook)
        self.sees("status bar", "0 posts")

    def press_import(self):
        """The button in the header bar; the empty list has another."""
        self.press("Import…", pred=lambda n: n.box[1] < 47)

    def preview(self):
        """The dialog says what was recognised."""
        self.has_window("Import")
        self.sees("label", "may-2021.txt")
        self.sees("label", re.compile("^Month page as plain text · 12 posts · .*May 2021"))
        self.sees("label", "Two ministries, two counts: how many died in the Orrin flood")

    def import_it(self, summary, counts):
        self.press("Import")
        self.sees("label", summary)
        self.sees("label", re.compile("^" + counts))
        self.app.key("Escape")
        self.no_window("Import")

    def test_button(self):
        """By the button, with a preview; once more brings nothing; undo empties the list."""
        self.open_empty()
        self.press_import()
        self.choose_to_open("Import Posts", self.sample)
        self.preview()
        self.picture("import-preview")
        self.assert_named("Import")
        self.import_it("12 Posts Imported", "12 new, 0 updated, 0 unchanged · 0 issues")
        self.sees("status bar", "12 posts")
        self.assertEqual(self.cli("info", self.notebook)["posts"], 12)

        self.press_import()
        self.choose_to_open("Import Posts", self.sample)
        self.preview()
        self.import_it("Nothing New", "0 new, 0 updated, 12 unchanged")
        self.sees("status bar", "12 posts")

        # the second import changed nothing: there is nothing of it to undo
        self.undo("Import “may-2021.txt”")
        self.sees("status bar", "0 posts")
        self.assertEqual(self.cli("info", self.notebook)["posts"], 0)
        self.redo("Import “may-2021.txt”")
        self.sees("status bar", "12 posts")
        self.sees("list item", re.compile("^Vaccination begins on Lower Merrin"))

    def test_empty_list(self):
        """The empty list has a button of its own."""
        self.open_empty()
        self.press("Import…", pred=lambda n: n.box[1] > 47)
        self.choose_to_open("Import Posts", self.sample)
        self.preview()
        self.import_it("12 Posts Imported", "12 new")
        self.sees("status bar", "12 posts")

    def test_drop(self):
        """A file dragged from another program is imported."""
        self.open_empty()
        self.drop(self.sees("label", "Import an Archive"), self.sample, then=self.preview)
        self.import_it("12 Posts Imported", "12 new")
        self.sees("status bar", "12 posts")

    def test_in_background(self):
        """An import that ends while the user is elsewhere says so by a notification, which leads back."""
        desktop = subprocess.Popen([sys.executable, os.path.join(HERE, "notifications.py")], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True)
        self.addCleanup(desktop.wait, 20)
        self.addCleanup(desktop.stdout.close)
        self.addCleanup(desktop.stdin.close)
        self.assertEqual(json.loads(desktop.stdout.readline()), {"ready": True})
        self.open_empty()
        self.press_import()
        self.choose_to_open("Import Posts", self.sample)
        self.preview()
        elsewhere = subprocess.Popen([os.environ["ANNALS_DROP_SOURCE"], self.sample], env={**os.environ, **self.home})
        self.addCleanup(elsewhere.wait, 20)
        self.addCleanup(elsewhere.terminate)
        until(lambda: not any("active" in w.now for w in self.app.windows()), PATIENCE, "another program's window")
        self.app.press(self.button("Import", under=self.app.find(None, "Import", pred=lambda n: n.toplevel)))
        said = json.loads(desktop.stdout.readline())
        self.assertEqual(said["title"], "12 Posts Imported")
        self.assertIn("12 new, 0 updated", said["body"])
        self.assertEqual(said["actions"][::2], ["default", said["actions"][2]])
        self.assertIn("Show", said["actions"])
        print(f"{said['number']} default", file=desktop.stdin, flush=True)
        self.has_window("Import")
        self.app.key("Escape")
        self.no_window("Import")

    def test_annotations(self):
        """Web annotations find their post and their passage; what has no place is an issue; all is one step."""
        self.notebook = self.new_notebook()
        self.cli("import", self.notebook, self.sample)
        post = self.cli("search", self.notebook, "flood", "--limit", "1")["posts"][0]["uid"]
        text = self.cli("show", self.notebook, post)["text"]
        quote = text[40:90]
        self.cli("annotate", self.notebook, post, "--quote", quote, "--note", "Who counted?")
        path = self.path("notes.jsonld")
        self.cli("export", self.notebook, "notes", "--format", "w3c", "-o", path)
        self.cli("undo", self.notebook)
        collection = json.loads(pathlib.Path(path).read_text())
        collection["first"]["items"].append({
            "id": "http://elsewhere.example/1", "type": "Annotation", "bodyValue": "On another page",
            "target": "http://elsewhere.example/page"})
        pathlib.Path(path).write_text(json.dumps(collection))

        self.start(self.notebook)
        self.sees("status bar", "12 posts")
        self.press_import()
        self.choose_to_open("Import Posts", path)
        self.has_window("Import")
        self.sees("label", "Web annotations · 2 annotations")
        self.picture("import-annotations")
        self.assert_named("Import")
        self.press("Import")
        self.sees("label", "1 Annotation Imported")
        self.sees("label", re.compile("^1 new, 0 updated, 0 unchanged, 1 skipped · 1 issue"))
        self.picture("import-annotations-done")
        self.app.key("Escape")
        self.no_window("Import")
        [found] = self.cli("annotations", self.notebook)["annotations"]
        self.assertEqual((found["quote"], found["note"], found["post"]), (quote, "Who counted?", post))
        self.undo("Import “notes.jsonld”")
        self.assertEqual(self.cli("annotations", self.notebook)["annotations"], [])

    def test_no_archive(self):
        """A file that is none says so in a sentence; nothing is imported."""
        self.open_empty()
        path = self.path("photo.txt", bytes(range(256)) * 40)
        self.press_import()
        self.choose_to_open("Import Posts", path)
        self.has_window("Import")
        said = self.sees("label", re.compile("photo.txt.*(not|no|cannot)", re.I))
        self.assertGreater(len(said.text), 30)
        self.picture("import-refused")
        self.app.key("Escape")
        self.no_window("Import")
        self.assertEqual(self.cli("info", self.notebook)["imports"], 0)

    def test_issues(self):
        """What an import could not use is told in the summary and can be read."""
        self.open_empty()
        with open(self.sample, encoding="utf-8") as file:
            page = file.read()
        path = self.path("stray.txt", page.replace("Monthly Archives: May 2021",
                                                   "Monthly Archives: May 2021\nA line that belongs to nobody", 1))
        expected = self.cli("import", self.new_notebook(name="Other.annals"), path)["imports"][0]
        self.assertGreater(expected["issues"], 0, "the file raises no issue")
        self.press_import()
        self.choose_to_open("Import Posts", path)
        self.has_window("Import")
        self.press("Import")
        self.sees("label", re.compile(f"· {expected['issues']} issue"))
        self.picture("import-summary")
        self.press(re.compile("Issues"))
        self.sees("label", re.compile("A line that belongs to nobody"))
        self.picture("issues")
        self.assert_named()


main()
