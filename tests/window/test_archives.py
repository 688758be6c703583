#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any archive: folders, what comes in of it, columns; stopping, resuming, importing anyway; the original."""
import json
import os
import re
import signal
import subprocess
import time

from annals_case import main
from annals_steps import PATIENCE, Steps, Timeout, until

SITE = "https://quay.example"
MANY = 80000            # posts of an import that lasts until it is stopped
GULLS = "The gulls came at seven, before the stalls had opened."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Gulls take the fish market – Quay Notes</title>
<link rel="canonical" href="{SITE}/2019/03/gulls/"></head><body class="single"><article class="post hentry">
<h1 class="entry-title">Gulls take the fish market</h1>
<time class="entry-date published" datetime="2019-03-05T08:00:00+01:00">5 March 2019</time>
<div class="entry-content"><p>{GULLS}</p><p>By nine they had carried off <em>eleven mackerel</em> and a thermos flask.</p>
<p>The harbour master wants nets; the stallholders want a second harbour master.</p></div></article></body></html>
"""
FEED = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Quay Notes</title>
<link>{SITE}/</link><description>Notes</description>
<item><title>Ferry runs on Sundays again</title><link>{SITE}/2019/03/ferry/</link><pubDate>Tue, 12 Mar 2019 09:30:00 GMT</pubDate>
<description>From the first of April the ferry will run on Sundays again.</description></item>
<item><title>New lamp for the north mole</title><link>{SITE}/2019/03/lamp/</link><pubDate>Wed, 20 Mar 2019 16:45:00 GMT</pubDate>
<description>The north mole has a new lamp, the third in six years.</description></item></channel></rss>
"""
ITEM = """<item><title>{title}</title><link>{site}/{n}/</link><guid isPermaLink="false">{site}/?p={n}</guid>
<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded><wp:post_id>{n}</wp:post_id>
<wp:post_date>2020-03-01 10:00:00</wp:post_date><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type></item>
"""
TABLE = f"""name,headline,posted,words
Quay Notes,Gulls take the fish market,2019-03-05,"{GULLS}"
Quay Notes,Ferry runs on Sundays again,2019-03-12,"From the first of April the ferry will run on Sundays again."
Quay Notes,New lamp for the north mole,2019-03-20,"The north mole has a new lamp, the third in six years."
"""


def wxr(*items):
    return ('<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Quay Notes</title>'
            "<wp:wxr_version>1.2</wp:wxr_version>" +
            "".join(ITEM.format(**{"site": SITE, "status": "publish", "kind": "post", **item}) for item in items) +
            "</channel></rss>")


def many(n):
    """A month page of so many posts."""
    body = "The ferry left at seven and came back at nine with nobody on board. " * 25
    return "Monthly Archives: March 2019\n\n" + "\n\n\n".join(
        f"Report {i}\n\nPosted on March {i % 31 + 1}, 2019 by Mara Oleski\n\n{i}. {body}" for i in range(n)) + "\n"


MIXED = wxr({"n": 1, "title": "A post", "text": "Text of the post, long enough to be read."},
            {"n": 2, "title": "About us", "text": "Text of the page, which says who we are.", "kind": "page"},
            {"n": 3, "title": "Half written", "text": "Text of the draft, which was never published.",
             "status": "draft"})


class Archives(Steps):
    killed = 0              # imports so far

    def open_empty(self):
        self.notebook = self.new_notebook()
        self.start(self.notebook)
        self.sees("status bar", "0 posts")

    def look_at(self, path):
        """Drop it on the empty window; the dialog with what is in it."""
        self.drop(self.sees("label", "Import an Archive"), path)
        self.has_window("Import", timeout=20)
        self.sees("label", os.path.basename(path), timeout=20)

    def reach(self, role, name):
        """Scroll the dialog until it is in the view."""
        def there():
            found = self.app.find_all(role, name)
            if not found:
                self.app.wheel(self.app.find(None, "Import", pred=lambda n: n.toplevel), 2)
            return found and found[0]
        return until(there, 15, f"{role} {name!r}", 0.3)

    def titles(self):
        return {post["title"] for post in self.cli("search", self.notebook, "", "--limit", "0")["posts"]}

    def imports(self):
        return self.cli("imports", self.notebook)["imports"]

    def show_imports(self):
        self.press("Main menu", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.app.click(self.sees("menu item", re.compile("Imports and Issues")))
        self.has_window("Imports and Issues")

    def close(self, window):
        self.has_window(window)
        self.app.key("Escape")
        self.no_window(window)

    def test_folder_button(self):
        """A folder from the menu beside Import, and from the empty page."""
        self.open_empty()
        os.mkdir(self.path("quay"))
        self.path("quay/gulls.html", PAGE)
        self.press("Import Folder…")
        self.choose_to_open("Import a Folder", self.path("quay"))
        self.sees("label", "Folder · 1 post · 5 March 2019")
        self.close("Import")
        self.press("More ways to import", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.picture("import-menu")
        self.app.click(self.sees("menu item", "Import Folder…"))
        self.choose_to_open("Import a Folder", self.path("quay"))
        self.press("Import")
        self.sees("label", "1 Post Imported", timeout=20)
        self.close("Import")
        self.sees("status bar", "1 post")

    def test_folder(self):
        """A dropped folder: a page, a feed, and what is no post."""
        self.open_empty()
        os.mkdir(self.path("quay"))
        self.path("quay/gulls.html", PAGE)
        self.path("quay/feed.xml", FEED)
        self.path("quay/site.css", "body { color: black }")
        self.look_at(self.path("quay"))
        self.sees("label", re.compile("· 3 posts · 5 March 2019 – 20 March 2019"))
        self.press("Import")
        self.sees("label", "3 Posts Imported", timeout=20)
        self.close("Import")
        self.sees("status bar", "3 posts")
        self.assertEqual(self.titles(), {"Gulls take the fish market", "Ferry runs on Sundays again",
                                         "New lamp for the north mole"})
        self.assertEqual([one["file"]["name"] for one in self.imports()], ["quay"])

        self.app.click(self.post_row("Gulls take the fish market"))
        self.passage("Gulls take the fish market")
        self.press("More")
        self.app.click(self.app.find("menu item", "View Original"))
        self.has_window("Original")
        text = self.app.find("text", "Original", pred=lambda n: "multi-line" in n.states)
        self.assertIn("<em>eleven mackerel</em>", text.text)
        self.assertEqual(text.caret, 0)
        self.sees("label", re.compile(r"gulls\.html\nSHA-256 [0-9a-f]{64}"))
        self.assert_named("Original")
        self.picture("archives-original")
        self.close("Original")
        self.app.key("ctrl+u")
        self.has_window("Original")
        self.close("Original")

    def test_mixed_folder(self):
        """Posts, notes on them, a timeline and a bibliography in one folder are one import and one step."""
        self.open_empty()
        os.mkdir(self.path("quay"))
        self.path("quay/gulls.html", PAGE)
        self.path("quay/notes.jsonld", json.dumps({
            "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://quay.example/notes/1", "type": "Annotation",
            "bodyValue": "Who saw it?", "target": {"source": f"{SITE}/2019/03/gulls/", "selector": {
                "type": "TextQuoteSelector", "exact": "The gulls came at seven"}}}))
        self.path("quay/spring.json", json.dumps({
            "title": {"text": {"headline": "Spring on the quay"}},
            "events": [{"start_date": {"year": 2019, "month": 3, "day": 5}, "text": {"headline": "Gulls come"}}]}))
        self.path("quay/read.bib", f"@online{{lamp, title = {{A lamp}}, date = {{2019-03-20}}, url = {{{SITE}/lamp}}}}\n")
        self.look_at(self.path("quay"))
        self.sees("label", re.compile("2 posts.*1 annotation.*1 event"))
        self.picture("archives-mixed")
        self.press("Import")
        self.sees("label", "4 Records Imported", timeout=20)
        self.sees("label", re.compile("^4 new, 0 updated, 0 unchanged · 1 issue"))
        self.picture("archives-mixed-done")
        self.assert_named("Import")
        self.close("Import")
        self.sees("status bar", "2 posts")
        self.assertEqual(self.titles(), {"Gulls take the fish market", "A lamp"})
        [note] = self.cli("annotations", self.notebook)["annotations"]
        self.assertEqual((note["quote"], note["note"]), ("The gulls came at seven", "Who saw it?"))
        [timeline] = self.cli("timelines", self.notebook)["timelines"]
        self.assertEqual((timeline["title"], timeline["events"]), ("Spring on the quay", 1))
        self.undo("Import “quay”")
        self.sees("status bar", "0 posts")
        self.assertEqual(self.cli("timelines", self.notebook)["timelines"], [])
        self.redo("Import “quay”")
        self.sees("status bar", "2 posts")
        self.assertEqual(len(self.cli("annotations", self.notebook)["annotations"]), 1)

    def test_kinds(self):
        """Drafts come in when they are ticked; the page comes in from the issues."""
        self.open_empty()
        self.look_at(self.path("quay.xml", MIXED))
        self.app.click(self.reach("check box", "Drafts"))
        until(lambda: "checked" in self.app.find("check box", "Drafts").states, 5, "the tick")
        self.assert_named("Import")
        self.picture("archives-kinds")
        self.press("Import")
        self.sees("label", "2 Posts Imported", timeout=20)
        self.assertEqual(self.titles(), {"A post", "Half written"})

        self.press("Show Issues")
        self.has_window("Imports and Issues")
        self.sees("list item", re.compile("page"))
        self.button("Import These Anyway")
        self.assert_named("Imports and Issues")
        self.picture("archives-issues")
        self.press("Import Anyway")
        self.sees("label", "1 Post Imported", timeout=20)
        self.close("Import")
        self.close("Imports and Issues")
        self.becomes({"A post", "Half written", "About us"}, self.titles)
        self.sees("status bar", "3 posts")

        for title, chip in (("Half written", "Draft"), ("About us", "Page")):
            self.app.click(self.post_row(title))
            self.passage(title)
            self.sees("label", chip)

    def test_columns(self):
        """A column that was not understood is chosen, and the file is looked at again."""
        self.open_empty()
        self.look_at(self.path("quay.csv", TABLE))
        self.sees("label", re.compile("· 3 posts .* · 4 issues$"))
        self.reach("combo box", "Text")
        self.choose("Text", "words")
        self.sees("label", re.compile("· 3 posts .* · 1 issue$"), timeout=10)
        self.sees("label", GULLS)
        self.assert_named("Import")
        self.picture("archives-columns")
        self.press("Import")
        self.sees("label", "3 Posts Imported", timeout=20)
        self.close("Import")
        post, = self.cli("search", self.notebook, "gulls")["posts"]
        self.assertIn(GULLS, self.cli("show", self.notebook, post["uid"])["text"])

    def test_recalled(self):
        """What was said of an archive is known for its next file."""
        month = "Monthly Archives: {0} 2019\n\n{1}\n\nPosted on by\n\nThe harbour in {0}.\n\nMore of it.\n"
        march = self.path("quay-march-2019.txt", month.format("March", "Gulls"))
        april = self.path("quay-april-2019.txt", month.format("April", "Ferries"))
        self.notebook = self.new_notebook()
        self.cli("import", self.notebook, march, "--archive", "Quay", "--source", "Quay Notes")
        self.start(self.notebook)
        self.sees("status bar", re.compile("^1 post"))
        self.app.key("ctrl+i")
        self.choose_to_open("Import Posts", april)
        self.has_window("Import")
        self.sees("label", re.compile("As “Quay” was imported last"))
        self.assertEqual(self.app.find("text", "Source of Posts That Name None").text, "Quay Notes")
        self.picture("archives-recalled")
        self.press("Import")
        self.sees("label", "1 Post Imported")
        self.close("Import")
        self.assertEqual({one["archive"] for one in self.imports()}, {"Quay"})
        self.assertEqual({post["source"] for post in self.cli("search", self.notebook, "")["posts"]}, {"Quay Notes"})

    def stop_a_big_one(self, answer, picture=None):
        """Begin an import that takes long, and answer what becomes of it."""
        self.open_empty()
        self.look_at(self.path("march-2019.txt", many(MANY)))
        self.press("Import")
        self.sees("label", re.compile(r"^[1-9][\d,]* posts?"), timeout=20)
        self.press("Cancel")
        self.has_window("Stop Importing?")
        if picture:
            self.picture(picture, settle=0)
            self.assert_named("Stop Importing?")
        self.press(answer)

    def test_stop_and_keep(self):
        """What came in stays."""
        self.stop_a_big_one("Keep", "archives-stop")
        self.sees("label", re.compile(r"^[1-9][\d,]* Posts Imported$"), timeout=60)
        self.close("Import")
        one, = self.imports()
        self.assertEqual((one["state"], one["read"] < MANY), ("done", True))
        self.assertEqual(self.cli("info", self.notebook)["posts"], one["new"])

    def test_stop_and_remove(self):
        """Nothing stays, and nothing needs to be said."""
        self.stop_a_big_one("Remove")
        self.no_window("Import", timeout=60)
        self.sees("status bar", "0 posts")
        self.assertEqual(self.imports(), [])
        self.assertEqual(self.cli("info", self.notebook)["posts"], 0)

    def quit(self):
        """As the desktop's dock does: the keyboard is the dialog's."""
        subprocess.run(["gapplication", "action", "io.github.annals.Annals", "quit"], check=True, timeout=60)

    def test_quit_called_off(self):
        """An import that runs is asked about before anything closes; when it is to go on, all windows stay."""
        def frames():
            return sum(window.role == "frame" for window in self.app.windows())
        self.open_empty()
        self.app.key("ctrl+shift+n")
        until(lambda: frames() == 2, PATIENCE, "a second window")
        self.look_at(self.path("march-2019.txt", many(MANY)))
        self.press("Import")
        self.sees("label", re.compile(r"^[1-9][\d,]* posts?"), timeout=20)
        self.quit()
        self.has_window("Stop Importing?")
        self.press("Go On")
        self.no_window("Stop Importing?")
        self.has_window("Import")
        self.assertEqual(frames(), 2)

        # it is no longer on its way out: what ends leaves the window there, also one that ends before it can be stopped
        for button in ("Cancel", "Keep"):
            try:
                self.press(button)
            except Timeout:
                break
        self.sees("label", re.compile(r"^[1-9][\d,]* Posts Imported$"), timeout=60)
        self.close("Import")
        self.sees("status bar", re.compile("^[1-9].* posts$"))
        self.assertEqual(frames(), 2)
        self.quit()
        self.assertEqual(self.app.proc.wait(PATIENCE), 0)

    def test_quit_and_remove(self):
        """Nor does one that only looks keep the program."""
        self.stop_a_big_one("Go On")
        self.quit()
        self.has_window("Stop Importing?")
        self.press("Remove")
        self.assertEqual(self.app.proc.wait(PATIENCE), 0)
        self.assertEqual(self.imports(), [])
        self.assertEqual(self.cli("info", self.notebook)["posts"], 0)
        self.start(self.notebook)
        self.sees("status bar", "0 posts")
        self.look_at(self.sample)
        self.quit()
        self.assertEqual(self.app.proc.wait(PATIENCE), 0)

    def interrupted(self):
        """A notebook whose import was killed."""
        path = self.path("quay.xml", wxr(*({"n": i, "title": f"Report {i}", "text": f"The ferry of day {i} left. " * 30}
                                           for i in range(6000))))
        for delay in (0.3, 0.2, 0.5, 0.8, 1.2, 2.0, 3.0):
            self.killed += 1
            self.notebook = self.new_notebook(name=f"killed-{self.killed}.annals")
            child = subprocess.Popen([os.environ["ANNALS_CLI"], "import", self.notebook, path], stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL, env={**os.environ, **self.home})
            time.sleep(delay)
            child.send_signal(signal.SIGKILL)
            child.wait()
            if [one["state"] for one in self.imports()] == ["interrupted"]:
                return
        self.skipTest("the machine imports faster than it can be interrupted")

    def open_interrupted(self, answer):
        """Open its notebook, which asks what becomes of it."""
        self.interrupted()
        self.start(self.notebook)
        self.sees("label", "The Import of “quay.xml” Was Interrupted")
        self.sees("label", re.compile(r"^[\d,]+ records? had come in"))
        self.assert_named()
        self.picture("archives-interrupted-offer")
        self.press(answer)
        self.app.gone("label", "The Import of “quay.xml” Was Interrupted")

    def listed_interrupted(self):
        """Its row in the list of imports, clicked."""
        self.show_imports()
        self.app.click(self.sees("list item", re.compile("^quay.xml, .*interrupted", re.S)))
        self.sees("label", re.compile("^This import was interrupted after"))

    def assert_removed(self):
        self.becomes([], self.imports, timeout=20)
        self.assertEqual(self.cli("info", self.notebook)["posts"], 0)

    def test_resume(self):
        """A killed import is shown as that, and goes on where it was."""
        self.open_interrupted("Later")
        self.sees("status bar", "0 posts")
        self.listed_interrupted()
        self.button("Resume From…")
        self.assert_named("Imports and Issues")
        self.picture("archives-interrupted")
        self.press("Resume")
        self.sees("label", re.compile("^6,?000 Posts Imported$"), timeout=60)
        self.close("Import")
        self.app.gone("label", re.compile("^This import was interrupted"))
        self.close("Imports and Issues")
        self.sees("status bar", re.compile("^6,?000 posts$"))
        one, = self.imports()
        self.assertEqual((one["state"], one["new"]), ("done", 6000))

    def test_remove_interrupted(self):
        """Or what came in is removed, at once or from the list."""
        self.open_interrupted("Remove")
        self.toast("What came in was removed")
        self.assert_removed()
        self.stop()

        self.open_interrupted("Later")
        self.listed_interrupted()
        self.press("Remove")
        self.sees("label", "No Imports Yet", timeout=20)
        self.assert_removed()


main()
