#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in one go, from the archive's file to the exported timeline: by pointer, and by keyboard.

On the seed archive outside the tree where it is there, on the sample otherwise. By pointer under strace, where that
may look: the program speaks to the display and to the buses of the session, and to nobody else.
"""
import os
import re
import shutil
import subprocess

from annals_case import main
from annals_steps import PATIENCE, Steps, Timeout, until


class MainJob(Steps):
    def setUp(self):
        super().setUp()
        self.size(1440, 860)
        self.archive = self.shared_seed or self.sample
        if self.shared_seed:
            self.title = "Russia delivers Coronavirus testkits to North Korea"
            self.words = "via a flight to Pyongyang earlier this week"
            self.posts = 10
        else:
            self.posts = 12
        self.notebook = self.path("Job.annals")

    def check_notebook(self):
        found = self.annotations()
        self.assertEqual([a["quote"] for a in found], [self.words])
        text = self.cli("show", self.notebook, found[0]["post"])["text"]
        self.assertEqual(text[found[0]["start"]:found[0]["end"]], self.words)
        self.assertTrue(self.cli("check", self.notebook, "--deep")["ok"])

    def check_pdf(self, path, *words):
        text = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
        flat = " ".join(text.split())
        for word in words:
            self.assertIn(word, flat)

    def watch_network(self):
        """Calls of the program that have to do with a network go to the file that is returned; None: not here."""
        log = self.path("network.txt")
        # -D: the program stays the child that is waited for
        wrapper = ("strace", "-f", "-D", "-qq", "-e", "trace=socket,connect,bind", "-o", log)
        if not shutil.which("strace") or subprocess.run([*wrapper, "true"], capture_output=True).returncode != 0:
            return None
        self.wrapper = wrapper
        return log

    def assert_no_network(self, log):
        with open(log, encoding="utf-8", errors="replace") as file:
            calls = file.read().splitlines()
        self.assertTrue(any(".X11-unix" in call for call in calls), "the display at least")
        families = {family for call in calls for family in re.findall(r"\b(?:AF|PF)_[A-Z0-9]+", call)}
        self.assertEqual(families - {"AF_UNIX"}, set(), calls)
        places = {place for call in calls for place in re.findall(r'sun_path=@?"([^"]*)"', call)}
        # libc asks nscd for the user's name
        allowed = re.compile(r"/tmp/\.X11-unix/|" + re.escape(os.environ["XDG_RUNTIME_DIR"]) + r"/|.*/dbus/system_bus_socket$|"
                             r"/var/run/nscd/socket$")
        self.assertEqual([place for place in places if not allowed.match(place)], [])

    def test_pointer(self):
        """Only names of files and words for the notebook are typed."""
        log = self.watch_network()
        app = self.start()
        self.press("New Notebook…")
        self.choose_to_save("New Notebook", self.notebook)
        self.sees("status bar", "0 posts")

        self.press("Import…", pred=lambda n: n.box[1] < 47)
        self.choose_to_open("Import Posts", self.archive)
        self.has_window("Import")
        self.sees("label", re.compile(f"^Month page as plain text · {self.posts} posts"))
        self.press("Import")
        self.sees("label", f"{self.posts} Posts Imported")
        self.press("Close", pred=lambda n: "Import" in n.where)
        self.no_window("Import")
        self.sees("status bar", f"{self.posts} posts")

        self.read()
        self.select()
        self.add_event("Test kits arrive", "early March 2020", "Diplomacy", new_timeline="COVID response")
        self.sees("panel", "Evidence: " + self.words)
        self.picture("main-job-read")

        self.place("Timelines")
        app.click(self.event_card("Test kits arrive"))
        self.button(re.compile("^“" + self.words))
        self.picture("main-job-timeline")
        path = self.path("covid.json")
        self.assertEqual(self.export("JSON of Annals", path), "COVID response.json")
        self.press("Close", pred=lambda n: "Export" in n.where)
        self.no_window("Export Timeline")
        pdf = self.path("covid.pdf")
        self.export("PDF document", pdf)
        self.press("Close", pred=lambda n: "Export" in n.where)
        self.no_window("Export Timeline")
        self.stop()
        if log is not None:
            self.assert_no_network(log)

        self.check_notebook()
        document = self.check_export(self.notebook, path)
        event = document["events"][0]
        self.assertEqual(event["title"], "Test kits arrive")
        self.assertEqual(event["date"]["edtf"], "[2020-03-01~..2020-03-10~]")
        self.assertEqual(document["timeline"]["lanes"][0]["name"], "Diplomacy")
        self.assertEqual(event["evidence"][0]["quote"]["exact"], self.words)
        self.assertEqual(document["imports"][0]["file"]["name"], os.path.basename(self.archive))
        self.check_pdf(pdf, "COVID response", "Test kits arrive", self.words, self.title)
        with open(path, encoding="utf-8") as file:
            once = file.read()
        again = self.path("again.json")
        self.cli("export", self.notebook, "timeline:title:COVID response", "--format", "json", "-o", again)
        with open(again, encoding="utf-8") as file:
            exported = re.compile('"exported" *: *"[^"]*"')
            self.assertEqual(exported.sub("", file.read()), exported.sub("", once))

    def test_keyboard(self):
        """The same without the pointer."""
        app = self.start()
        app.key("ctrl+n")
        self.choose_to_save("New Notebook", self.notebook)
        self.sees("status bar", "0 posts")
        app.key("ctrl+i")
        self.choose_to_open("Import Posts", self.archive)
        self.has_window("Import")
        self.sees("label", re.compile(f"^Month page as plain text · {self.posts} posts"))
        self.has_focus("push button", "Import")
        app.key("Return")
        self.sees("label", f"{self.posts} Posts Imported")
        self.has_focus("push button", "Close")
        app.key("Return")
        self.no_window("Import")

        app.key("ctrl+f")
        self.has_focus("entry", "Search posts")
        # the index follows the import
        app.type(f'"{self.words}"')
        self.sees("status bar", "1 post", timeout=PATIENCE)
        app.key("Down")
        self.has_focus("list item")
        app.key("space")
        view = self.passage()
        until(lambda: self.words in view.text, PATIENCE, "the post's text")
        app.key("Return")
        self.has_focus("text", self.title)
        self.mark_by_keys(view)
        app.key("ctrl+alt+e")
        self.has_window("Add to Timeline")
        app.type("COVID response")
        self.field_is("Title of the New Timeline", "COVID response")
        app.key("shift+Tab")
        self.type_into("Date", "early March 2020")
        self.type_into("Title", "Test kits arrive")
        app.key("Return")
        self.no_window("Add to Timeline")
        self.sees("panel", "Evidence: " + self.words)

        app.key("alt+2")
        until(lambda: "selected" in app.find("page tab", "Timelines").states, PATIENCE, "the timelines")
        self.tab_to("push button", "Export…")
        app.key("Return")
        self.has_window("Export Timeline")
        self.choose_format_by_keys("JSON of Annals")
        self.tab_to("push button", "Export…")
        app.key("Return")
        until(lambda: sum(w.label == "Export Timeline" for w in app.windows()) == 2, PATIENCE, "the chooser")
        path = self.path("covid.json")
        self.choose_to_save("Export Timeline", path)
        self.button("Show in Folder", timeout=60)
        app.key("Escape")
        self.no_window("Export Timeline")
        app.key("ctrl+q")
        self.assertEqual(app.proc.wait(PATIENCE), 0)

        self.check_notebook()
        document = self.check_export(self.notebook, path)
        self.assertEqual(document["timeline"]["title"], "COVID response")
        self.assertEqual(document["events"][0]["title"], "Test kits arrive")
        self.assertEqual(document["events"][0]["date"]["edtf"], "[2020-03-01~..2020-03-10~]")

    def mark_by_keys(self, view):
        """Put the caret before the words and go over them with Shift."""
        start = view.text.index(self.words)
        app = self.app
        app.key("ctrl+Home")
        until(lambda: view.caret == 0, PATIENCE, "the caret at the start")
        while view.caret < start:
            before = view.caret
            app.key("ctrl+Right")
            until(lambda: view.caret > before, PATIENCE, "the caret to go on")
        while view.caret > start:
            before = view.caret
            app.key("Left")
            until(lambda: view.caret < before, PATIENCE, "the caret to go back")
        for _ in self.words.split():
            app.key("shift+ctrl+Right")
        until(lambda: view.selection and view.selection[2] == self.words, PATIENCE,
              f"the words marked: {view.selection}")

    def field_is(self, name, text):
        field = self.app.find("text", name)
        until(lambda: field.text == text, PATIENCE, f"{text!r} in {name!r}, not {field.text!r}")

    def type_into(self, name, text):
        """Go to a field of the form by Tab; 4.8 does not tell which has the focus, so try."""
        field = self.app.find("text", name)

        def whole():
            return field.selection and field.selection[2] == field.text

        def marked():
            self.app.key("ctrl+a")
            try:
                return until(whole, 0.5, "")
            except Timeout:
                self.app.key("shift+Tab")
                return False
        until(marked, PATIENCE, f"to come to {name!r}")
        self.app.type(text)
        self.field_is(name, text)


main()
