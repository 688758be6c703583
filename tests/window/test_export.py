#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What leaves the window: exports of timelines, notes, posts and the notebook, printed pages, things copied."""
import csv
import json
import os
import re
import subprocess

from annals_case import main
from annals_steps import PATIENCE, Steps, starts, until

EVENT = "Transponders switched off"
TIMELINE = "Export Timeline"


class Export(Steps):
    other = "Vaccination begins on Lower Merrin"

    def open_with_event(self):
        """A timeline "Shipping" with one event, made from marked words; its place is shown."""
        self.notebook = self.new_notebook(self.sample)
        annotation = self.cli("annotate", self.notebook, "title:" + self.title, "--quote", self.words, "--tag",
                              "ships")["uid"]
        self.cli("annotate", self.notebook, "title:" + self.other, "--quote", "We go where the ice is", "--tag", "ice")
        self.cli("memo", self.notebook, "On tankers")
        self.cli("timeline-new", self.notebook, "Shipping")
        self.cli("event", self.notebook, "title:Shipping", "--date", "2020-03~", "--title", EVENT,
                 "--lane", "At sea", "--evidence", annotation)
        self.start(self.notebook)
        self.place("Timelines")
        self.event_card(EVENT)
        return self.app

    def preview_page(self, number="Page 1 of 1"):
        return self.sees("image", number)

    def preview_text(self):
        return self.sees("text", "Preview of the file")

    # ---- timelines ---------------------------------------------------------------------------------
    def test_timeline(self):
        """By pointer: the PDF's pages and the text of others are shown before; what was chosen is remembered."""
        self.open_with_event()
        self.press("Export…")
        self.has_window(TIMELINE)
        self.preview_page()
        self.assert_named(TIMELINE)
        self.picture("export-pdf")
        self.choose("Paper", "Letter")
        self.choose("Text Size", "Large")
        path = self.path("out.pdf")
        self.assertEqual(self.export_as(TIMELINE, "PDF document", path), "Shipping.pdf")
        self.assert_named(TIMELINE)
        self.picture("export-done")
        said = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
        self.assertRegex(said, r"Page size: +612 x 792 pts")
        text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True,
                              text=True).stdout
        for words in ("Shipping", EVENT, self.words, "Harbour Gazette"):
            self.assertIn(words, text)
        self.close_export()

        self.press("Export…")
        self.has_window(TIMELINE)
        self.choose_format(TIMELINE, "JSON of Annals")
        until(lambda: '"annals-timeline"' in self.preview_text().text, PATIENCE, "the first lines of the JSON")
        self.picture("export-json")
        path = self.path("out.json")
        self.assertEqual(self.export_as(TIMELINE, "JSON of Annals", path), "Shipping.json")
        self.toast("Exported to out.json")
        document = self.check_export(self.notebook, path)
        self.assertEqual(document["timeline"]["title"], "Shipping")
        self.assertEqual(document["imports"][0]["file"]["name"], "may-2021.txt")
        self.close_export()

        # the next time it is as it was
        self.press("Export…")
        self.has_window(TIMELINE)
        until(lambda: '"annals-timeline"' in self.preview_text().text, PATIENCE, "JSON as the last time")
        self.choose_format(TIMELINE, "PDF document")
        self.assertIn("Letter", self.app.find("combo box", "Paper").content)
        self.close_export()

    def test_timeline_by_keyboard(self):
        """Ctrl+Shift+E, a format, a file, and the dialog's end without the pointer."""
        app = self.open_with_event()
        app.key("ctrl+shift+e")
        self.has_window(TIMELINE)
        self.has_focus("push button", "Export…")
        self.preview_page()
        self.choose_format_by_keys("JSON of Annals")
        until(lambda: '"annals-timeline"' in self.preview_text().text, PATIENCE, "the first lines of the JSON")
        app.key("ctrl+Return")
        until(lambda: sum(w.label == TIMELINE for w in app.windows()) == 2, PATIENCE, "the file chooser")
        path = self.path("keys.json")
        self.choose_to_save(TIMELINE, path)
        self.has_focus("push button", "Open")
        self.check_export(self.notebook, path)
        app.key("Escape")
        self.no_window(TIMELINE)

    def test_pages(self):
        """A long timeline's pages are turned by buttons and by keys."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("timeline-new", self.notebook, "Shipping")
        for day in range(1, 29):
            self.cli("event", self.notebook, "title:Shipping", "--date", f"2020-03-{day:02}", "--title", f"Day {day}",
                     "--account", "A long account of what came to pass that day. " * 12)
        app = self.start(self.notebook)
        self.place("Timelines")
        self.press("Export…")
        self.has_window(TIMELINE)
        self.sees("image", re.compile(r"^Page 1 of ([3-9]|\d\d)$"))
        self.press("Next page")
        page = self.sees("image", starts("Page 2 of "))
        self.picture("export-pages")
        app.click(page)
        app.key("Page_Down")
        self.sees("image", starts("Page 3 of "))
        app.key("Home")
        self.sees("image", starts("Page 1 of "))
        self.assertNotIn("sensitive", self.button("Previous page", visible=False).now)
        app.key("End")
        last = self.sees("image", re.compile(r"^Page (\d+) of \1$"))
        app.wheel(last, 1, down=False)
        app.gone("image", last.label)
        self.close_export()

    # ---- what cannot be ----------------------------------------------------------------------------
    def test_refused(self):
        """A file that cannot be written: one sentence in the dialog, and the settings stay."""
        self.open_with_event()
        self.press("Export…")
        self.has_window(TIMELINE)
        self.choose_format(TIMELINE, "JSON of Annals")
        self.save_export(TIMELINE, self.notebook)
        # GTK's own question: it has no title by which its place on the screen could be known
        self.app.press(self.button("Replace"))
        self.sees(None, re.compile("^Cannot export to .*: it is the notebook itself"))
        self.assertTrue(self.cli("check", self.notebook)["ok"])
        self.assertIn("JSON of Annals", self.app.find("combo box", "Format").content)
        self.picture("export-refused")

        # another time, onto a file that was there
        path = self.path("old.json", "what was there")
        self.save_export(TIMELINE, path)
        self.app.press(self.button("Replace"))
        self.sees("push button", "Show in Folder", timeout=60)
        self.check_export(self.notebook, path)
        self.close_export()

    def test_full(self):
        """A disk without room: one sentence, nothing is left behind, and the old file stays."""
        if not os.path.exists("/dev/full") or os.geteuid() != 0:
            self.skipTest("a file system of a few bytes takes root")
        folder = self.path("small")
        os.mkdir(folder)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", folder], capture_output=True,
                          check=False).returncode != 0:
            self.skipTest("no file system can be mounted here")
        self.addCleanup(subprocess.run, ["umount", "-l", folder], check=False)
        self.open_with_event()
        self.press("Export…")
        self.has_window(TIMELINE)
        self.choose_format(TIMELINE, "PDF document")
        self.preview_page()
        self.save_export(TIMELINE, os.path.join(folder, "out.pdf"))
        self.sees(None, re.compile("^Cannot export to .*: no space is left there"))
        self.assertEqual(os.listdir(folder), [])
        self.close_export()

    # ---- notes -------------------------------------------------------------------------------------
    def test_notes(self):
        """All that are listed, then only the one that is chosen."""
        self.open_with_event()
        self.place("Notes")
        self.sees("status bar", "3 notes")
        path = self.path("out.json")
        self.press("Export these notes")
        self.has_window("Export Notes")
        self.sees("label", "3 notes")
        self.assertEqual(self.export_as("Export Notes", "JSON of Annals", path), "Notes.json")
        with open(path, encoding="utf-8") as file:
            written = json.load(file)
        self.assertEqual((len(written["annotations"]), len(written["memos"])), (2, 1))
        self.close_export("Export Notes")

        self.app.click(self.sees("list item", re.compile("ice is")), button=3)
        self.app.click(self.sees("menu item", re.compile("^Export")))
        path = self.path("out.csv")
        self.has_window("Export Notes")
        self.sees("label", "1 note")
        self.export_as("Export Notes", "Table (CSV)", path)
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([(row["quote"], row["tags"]) for row in rows], [("We go where the ice is", "ice")])
        self.close_export("Export Notes")

    def test_notes_by_keyboard(self):
        """What the search has left, by keys alone."""
        app = self.open_with_event()
        app.key("alt+3")
        self.sees("status bar", "3 notes")
        self.tab_to("entry", "Search notes")
        app.type("tag:ice")
        self.sees("status bar", "1 note")
        app.key("ctrl+shift+e")
        self.has_window("Export Notes")
        self.sees("label", "1 note")
        self.choose_format_by_keys("Markdown")
        until(lambda: "We go where the ice is" in self.preview_text().text, PATIENCE, "the note")
        app.key("ctrl+Return")
        until(lambda: sum(w.label == "Export Notes" for w in app.windows()) == 2, PATIENCE, "the file chooser")
        path = self.path("out.md")
        self.choose_to_save("Export Notes", path)
        self.has_focus("push button", "Open")
        with open(path, encoding="utf-8") as file:
            written = file.read()
        self.assertIn("We go where the ice is", written)
        self.assertNotIn(self.words, written)
        app.key("Escape")
        self.no_window("Export Notes")


main()
