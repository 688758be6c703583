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
        path = self.path("pages.pdf")
        self.cli("export", self.notebook, "timeline:Shipping", "--format", "pdf", "-o", path)
        said = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
        pages = int(re.search(r"Pages: +(\d+)", said)[1])
        self.assertGreater(pages, 2)
        app = self.start(self.notebook)
        self.place("Timelines")
        self.press("Export…")
        self.has_window(TIMELINE)
        self.sees("image", f"Page 1 of {pages}")   # it can be turned earlier: they come one by one
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
        last = self.sees("image", f"Page {pages} of {pages}")
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
        """A disk without room, and one that can only be read: one sentence, and nothing is left behind."""
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

        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        self.save_export(TIMELINE, os.path.join(folder, "out.pdf"))
        self.sees(None, re.compile("^Cannot export to .*: that folder can only be read"))
        self.close_export()

    def test_cancel(self):
        """An export that is given up leaves nothing behind, and the settings are there again."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("timeline-new", self.notebook, "Long")
        for day in range(1, 31):
            self.cli("event", self.notebook, "title:Long", "--date", f"2020-04-{day:02}", "--title", f"Day {day}",
                     "--account", "What came to pass that day, at length. " * 400)
        self.start(self.notebook)
        self.place("Timelines")
        self.press("Export…")
        self.has_window(TIMELINE)
        path = self.path("long.pdf")
        self.save_export(TIMELINE, path)

        def ended():
            if self.app.find_all("push button", "Show in Folder"):
                return "done"
            if self.app.find_all("progress bar", "Progress of the export"):
                self.app.key("Escape")
            return self.app.find_all("combo box", "Format") and "cancelled"
        # a fast machine may be done before the key comes
        outcome = until(ended, 60, "the end of the export")
        self.assertEqual(os.path.exists(path), outcome == "done")
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith(".annals-export")], [])
        self.close_export()

    def test_remarks(self):
        """What the format has no place for is said at the end."""
        self.open_with_event()
        self.cli("event", self.notebook, "title:Shipping", "--date", "", "--title", "An old saying")
        self.sees("label", re.compile("^2 events"))
        self.press("Export…")
        path = self.path("online.json")
        self.export_as(TIMELINE, "TimelineJS", path)
        self.sees("label", "The format has no place for one thing")
        self.sees("label", re.compile("^• .*An old saying"))
        self.picture("export-remarks")
        with open(path, encoding="utf-8") as file:
            self.assertEqual(len(json.load(file)["events"]), 1)
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

    def test_nothing(self):
        """Where there is nothing, the dialog says so and exports nothing."""
        self.notebook = self.new_notebook(self.sample)
        app = self.start(self.notebook)
        app.key("alt+3")
        self.sees("label", "No Notes Yet")
        app.key("ctrl+shift+e")
        self.has_window("Export Notes")
        self.sees(None, "There is nothing to export.")
        self.assertNotIn("sensitive", self.app.find("push button", "Export…", visible=False,
                                                    under=self.export_dialog("Export Notes")).now)
        self.picture("export-nothing")
        self.close_export("Export Notes")
        app.key("alt+5")
        app.key("ctrl+shift+e")
        self.toast("Posts, timelines and notes can be exported")

    # ---- posts and the notebook --------------------------------------------------------------------
    def test_posts(self):
        """Posts that a search found, by the menu above the list; chosen ones by their own."""
        self.open_sample()
        title = "Export Posts"
        self.app.click(self.sees("entry", "Search posts"))
        self.app.type("tanker")
        count = self.sees("status bar", re.compile(r"^[1-9] posts?$")).label
        self.press(re.compile("^(Relevance|Newest first)$"))
        self.app.click(self.sees("menu item", "Export These Posts…"))
        self.has_window(title)
        self.sees("label", count)
        self.assert_named(title)
        self.picture("export-posts")
        path = self.path("found.ris")
        self.export_as(title, "Citations (RIS)", path)
        with open(path, encoding="utf-8") as file:
            self.assertEqual(sum(line.startswith("TY  -") for line in file), int(count.split()[0]))
        self.close_export(title)

        self.app.click(self.post_row(), button=3)
        self.app.click(self.sees("menu item", "Export…"))
        self.has_window(title)
        self.sees("label", "1 post")
        path = self.path("chosen.json")
        self.export_as(title, "Citations (CSL-JSON)", path)
        with open(path, encoding="utf-8") as file:
            self.assertEqual([item["title"] for item in json.load(file)], [self.title])
        self.close_export(title)

    def test_posts_by_keyboard(self):
        """All posts, as a table."""
        app = self.open_sample()
        self.post_row()
        app.key("ctrl+shift+e")
        self.has_window("Export Posts")
        self.sees("label", "12 posts")
        self.choose_format_by_keys("Table (CSV)")
        until(lambda: self.title in self.preview_text().text, PATIENCE, "the table")
        app.key("ctrl+Return")
        until(lambda: sum(w.label == "Export Posts" for w in app.windows()) == 2, PATIENCE, "the file chooser")
        path = self.path("all.csv")
        self.choose_to_save("Export Posts", path)
        self.has_focus("push button", "Open")
        with open(path, encoding="utf-8", newline="") as file:
            self.assertEqual(len(list(csv.DictReader(file))), 12)
        app.key("Escape")
        self.no_window("Export Posts")

    def test_notebook(self):
        """Everything, by the main menu; imported into another notebook it is all there."""
        app = self.open_with_event()
        self.press("Main menu", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        app.click(self.sees("menu item", "Export Notebook…"))
        title = "Export Notebook"
        self.has_window(title)
        self.sees("label", "12 posts · 3 notes · 1 timeline")
        self.assert_named(title)
        self.picture("export-notebook")
        path = self.path("all.json")
        self.assertEqual(self.export_as(title, "JSON of Annals", path), "Test.json")
        self.close_export(title)
        again = self.new_notebook(path, name="Again.annals")
        self.assertEqual(self.cli("info", again)["events"], 1)
        self.assertEqual(self.cli("info", again)["posts"], 12)

    # ---- printed -----------------------------------------------------------------------------------
    def print_to_file(self):
        """Through GTK's print dialog; what is printed there stands in the home folder."""
        self.has_window("Print")
        printed = self.button("Print", visible=False)

        def at_printer():
            focused = self.app.focused()
            if focused is not None and focused.role == "table row" and "Print to File" in focused.content:
                return True
            self.app.key("Tab")
            self.app.heard()
            return False
        until(at_printer, PATIENCE, "the printer by Tab", 0.2)
        self.app.key("space")
        until(lambda: "sensitive" in printed.now, PATIENCE, "the printer to be chosen")
        # its frame is the desktop's, so that the pointer would miss
        self.tab_to("push button", "Print")
        self.app.key("Return")
        self.no_window("Print")

    def test_print(self):
        """A timeline by Ctrl+P: the pages of the printed file are those of the PDF."""
        app = self.open_with_event()
        app.key("ctrl+p")
        self.print_to_file()
        self.toast("Printed")
        path = os.path.join(self.home["HOME"], "Shipping.pdf")
        text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout
        for words in ("Shipping", EVENT, self.words):
            self.assertIn(words, text)
        app.gone("label", "Printed")

        app.key("alt+3")
        self.sees("status bar", "3 notes")
        app.key("ctrl+p")
        self.print_to_file()
        self.toast("Printed")
        text = subprocess.run(["pdftotext", "-layout", os.path.join(self.home["HOME"], "Notes.pdf"), "-"], check=True,
                              capture_output=True, text=True).stdout
        self.assertIn("We go where the ice is", text)

    def test_views(self):
        """How the formats are shown, light and dark."""
        for dark in (False, True):
            self.notebook = self.new_notebook(self.sample, name=f"Views-{dark}.annals")
            self.cli("timeline-new", self.notebook, "Shipping")
            for month in range(3, 9):
                self.cli("event", self.notebook, "title:Shipping", "--date", f"2020-{month:02}", "--title",
                         f"Month {month}", "--lane", "At sea" if month % 2 else "On land")
            self.start(self.notebook, dark=dark)
            style = "dark" if dark else "light"
            self.place("Timelines")
            self.press("Export…")
            self.has_window(TIMELINE)
            self.preview_page()
            self.picture(f"export-pdf-{style}")
            self.app.click(self.app.find("combo box", "Format"))
            self.sees("list item", "Picture (PNG)")
            self.picture(f"export-formats-{style}")
            self.app.key("Escape")
            self.choose_format(TIMELINE, "Picture (PNG)")
            self.sees("image", "The drawing of the timeline")
            self.picture(f"export-png-{style}")
            self.choose_format(TIMELINE, "Web page (HTML)")
            until(lambda: "<!doctype html>" in self.preview_text().text, PATIENCE, "the page's source")
            self.picture(f"export-html-{style}")
            self.choose_format(TIMELINE, "Table (CSV)")
            until(lambda: "Month 3" in self.preview_text().text, PATIENCE, "the table")
            self.assert_named(TIMELINE)
            self.picture(f"export-csv-{style}")
            self.close_export()
            self.stop()

    # ---- copied and dragged ------------------------------------------------------------------------
    def test_copy_posts(self):
        """Citations as text and as HTML, and Markdown, of a post in the list and of the one that is read."""
        self.open_sample()
        app = self.app
        app.click(self.post_row())
        app.key("ctrl+shift+c")
        self.toast("1 citation copied")
        plain = self.clipboard().decode()
        self.assertIn(self.title.replace("“", "‘").replace("”", "’")[:30], plain)
        self.assertIn("Harbour Gazette", plain)
        self.assertIn("<p>", self.clipboard("text/html").decode())
        app.click(self.post_row(), button=3)
        app.click(self.sees("menu item", "Copy as Markdown"))
        self.toast("Copied as Markdown")
        self.assertRegex(self.clipboard().decode(), "^Brennock denies .*, R. Ostrey, Harbour Gazette, 10 May 2021")
        self.assertEqual(self.clipboard("text/html"), b"")

    def test_copy_by_keyboard(self):
        """A passage with its source and as Markdown, posts and notes, by keys alone."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("annotate", self.notebook, "title:" + self.other, "--quote", "We go where the ice is")
        app = self.start(self.notebook)
        self.post_row()
        app.key("ctrl+f")
        app.type('"transponders"')
        self.sees("status bar", "1 post")
        app.key("Down")
        self.has_focus("list item")
        app.key("space")
        view = self.passage()
        until(lambda: self.words in view.text, PATIENCE, "the post's text")
        app.key("ctrl+shift+c")
        self.toast("1 citation copied")
        self.assertIn("Harbour Gazette, 10 May 2021", self.clipboard().decode())
        app.key("shift+F10")
        self.sees("menu item", "Copy as Markdown")
        app.key("k")
        self.toast("Copied as Markdown")
        self.assertRegex(self.clipboard().decode(), "^Brennock denies ")

        app.key("Return")
        self.has_focus("text", self.title)
        app.key("ctrl+Home", "ctrl+shift+Right")
        self.button("Evidence")
        app.key("ctrl+shift+c")
        self.toast("Quotation copied with its source")
        self.assertRegex(self.clipboard().decode(), r"^“Brennock ?” \(")

        app.key("Escape", "alt+3")
        self.sees("status bar", "1 note")
        self.tab_to("list item", re.compile("ice is"))
        app.key("ctrl+a")
        self.sees("status bar", "1 chosen")
        app.key("ctrl+shift+c")
        self.toast("1 citation copied")
        self.assertIn("“We go where the ice is” (", self.clipboard().decode())

    def test_copy_many(self):
        """A thousand records are copied and no more; the copy that was asked for last is the one that counts."""
        self.notebook = self.new_notebook()
        self.cli("import", self.notebook, self.path("many.csv", "title,date,text\n" + "".join(
            f"Report {n},2019-03-05,The ferry left at {n} past seven.\n" for n in range(1001))))
        app = self.start(self.notebook)

        def report(n):
            return self.sees("list item", re.compile(f"^Report {n},"))

        def is_chosen(n):
            return "selected" in report(n).now

        self.sees("status bar", "1001 posts")
        app.click(report(0))
        self.passage("Report 0")
        app.key("ctrl+a")
        until(lambda: is_chosen(1), PATIENCE, "all posts to be chosen")
        app.key("ctrl+shift+c")
        self.sees("label", "No more than 1000 records can be copied at once. Export takes any number.")
        self.picture("copy-too-many")
        app.key("Escape")
        until(lambda: not app.find_all("label", re.compile("^No more than 1000")), PATIENCE, "the dialog is gone")

        app.click_with("ctrl", report(0))
        until(lambda: is_chosen(1) and not is_chosen(0), PATIENCE, "all but one to be chosen")
        app.key("ctrl+shift+c")
        self.toast("1000 citations copied")
        self.assertEqual(len(set(self.clipboard().decode().strip().split("\n\n"))), 1000)

        app.key("ctrl+shift+c")
        app.click(report(0))
        until(lambda: is_chosen(0) and not is_chosen(1), PATIENCE, "one post to be chosen")
        app.key("ctrl+shift+c")
        self.toast("1 citation copied")
        self.assertEqual(self.clipboard().decode().count("“Report "), 1)

    def test_copy_notes_and_events(self):
        app = self.open_with_event()
        app.click(self.event_card(EVENT), button=3)
        app.click(self.sees("menu item", "Copy Citations"))
        self.toast("1 citation copied")
        self.assertIn(f"“{self.words}” (", self.clipboard().decode())
        app.click(self.event_card(EVENT), button=3)
        app.click(self.sees("menu item", "Copy as Markdown"))
        self.toast("Copied as Markdown")
        copied = self.clipboard().decode()
        self.assertIn(EVENT, copied)
        self.assertRegex(copied, f"(?m)^> .*{self.words}")

        self.place("Notes")
        app.click(self.sees("list item", re.compile("ice is")), button=3)
        app.click(self.sees("menu item", "Copy with Citation"))
        self.toast("1 citation copied")
        self.assertIn("“We go where the ice is” (", self.clipboard().decode())
        self.assertIn("“We go where the ice is” (", self.clipboard("text/html").decode())

    def test_picture(self):
        """The drawing of a timeline by the clipboard and by dragging, as picture and as file."""
        app = self.open_with_event()
        self.press("Print, and more ways to hand it on", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        app.click(self.sees("menu item", "Copy Picture"))
        self.toast("Picture copied")
        self.assertTrue(self.clipboard("image/png").startswith(b"\x89PNG"))
        self.assertIn(b"<svg", self.clipboard("image/svg+xml")[:400])
        address = self.drag_out(self.sees("label", "Shipping"), "text/uri-list").decode().strip()
        self.assertTrue(address.startswith("file:///") and address.endswith("/Shipping.svg"), address)
        with open(address.removeprefix("file://"), "rb") as file:
            self.assertIn(b"<svg", file.read(400))
        self.stop()
        self.assertFalse(os.path.exists(address.removeprefix("file://")))

    def test_drag_out_of_dialog(self):
        """A page that is looked at is dragged as the file it will be."""
        self.open_with_event()
        self.press("Export…")
        self.has_window(TIMELINE)
        address = self.drag_out(self.preview_page(), "text/uri-list").decode().strip()
        self.assertTrue(address.endswith("/Shipping.pdf"), address)
        with open(address.removeprefix("file://"), "rb") as file:
            self.assertTrue(file.read(8).startswith(b"%PDF-"))
        self.close_export()


main()
