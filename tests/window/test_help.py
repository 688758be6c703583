#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The help: in the program where there is no viewer, else in that; and the guided tour."""
import os
import re
import stat

from annals_case import ROOT, main
from annals_steps import PATIENCE, Steps, until

PAGES = os.path.join(ROOT, "data", "help", "C")


class Help(Steps):
    def open_help(self):
        self.app.key("F1")
        self.has_window("Annals Help")
        self.sees("label", "Begin")

    def test_pages(self):
        """F1 opens it; every page is in its list and can be shown, and nothing is unnamed."""
        self.start()
        self.button("New Notebook…")
        self.open_help()
        self.picture("help-index")
        self.assert_named("Annals Help")
        # in the order in which one works
        work = [self.sees("list item", title).box[1] for title in (
            "Annals Help", "First Steps", "Import an Archive", "Read Posts", "Timelines", "Export and Print",
            "Backups and Repair", "Dates")]
        self.assertEqual(work, sorted(work))
        for name in sorted(os.listdir(PAGES)):
            if not name.endswith(".page") or name == "index.page":
                continue
            with open(os.path.join(PAGES, name), encoding="utf-8") as file:
                title = re.search(r"</info>\s*<title>(.*?)</title>", file.read(), re.S).group(1)
            self.app.click(self.sees("list item", title))
            # in the list, and above the page
            until(lambda: len(self.app.find_all("label", title)) > 1, PATIENCE, f"the page {title}")
            self.picture("help-" + name[:-5])
        self.app.key("Escape")
        self.no_window("Annals Help")

    def test_way(self):
        """Contents and back, by pointer and by keys; a search leads to a page by what stands on it."""
        self.start()
        self.button("New Notebook…")
        self.open_help()
        self.app.click(self.sees("list item", "Dates"))
        self.sees("label", "2020-03~")
        self.press("Contents")
        self.sees("label", "Begin")
        self.app.key("alt+Left")
        self.sees("label", "2020-03~")
        self.press("Back")
        self.sees("label", "Begin")

        self.app.key("ctrl+f")
        self.app.type("missil")
        until(lambda: not self.app.find_all("list item", "Dates"), PATIENCE, "the other pages to go")
        self.app.key("Return")
        self.sees("label", "words that begin so")
        self.app.key("ctrl+a")
        self.app.type("zyzzyva")
        self.sees("label", "No page has these words.")
        self.app.key("Escape")
        self.sees("list item", "Dates")
        self.app.key("Escape")
        self.no_window("Annals Help")

    def test_menu(self):
        """From the menu, dark."""
        self.start(dark=True)
        self.press("Main menu", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.app.click(self.sees("menu item", "Help"))
        self.has_window("Annals Help")
        self.app.click(self.sees("list item", "Search"))
        self.sees("label", "words that begin so")
        self.picture("help-dark")

    def test_viewer(self):
        """Where there is a program for help and the pages are installed, it gets them."""
        data = self.home["XDG_DATA_HOME"]
        told = self.path("told")
        viewer = self.path("viewer", f"#!/bin/sh\necho \"$1\" > {told}\n")
        os.chmod(viewer, os.stat(viewer).st_mode | stat.S_IXUSR)
        os.makedirs(os.path.join(data, "applications"))
        os.makedirs(os.path.join(data, "help", "C", "annals"))
        self.path("data/help/C/annals/index.page", "<page/>")
        self.path("data/applications/viewer.desktop",
                  f"[Desktop Entry]\nType=Application\nName=Viewer\nExec={viewer} %u\n"
                  "MimeType=x-scheme-handler/help;\n")
        self.path("config/mimeapps.list", "[Default Applications]\nx-scheme-handler/help=viewer.desktop\n")
        self.start()
        self.button("New Notebook…")
        self.app.key("F1")
        until(lambda: os.path.exists(told) and os.path.getsize(told) > 0, PATIENCE, "the viewer to be called")
        with open(told, encoding="utf-8") as file:
            self.assertEqual(file.read().strip(), "help:annals/index")
        self.assertEqual([w.label for w in self.app.windows() if w.label == "Annals Help"], [])


class Tour(Steps):
    def first_time(self):
        """As for somebody who never ran the program."""
        os.remove(os.path.join(self.home["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile"))

    def step(self, number, title):
        self.sees("label", f"Guided Tour: Step {number} of 6")
        self.sees("label", title)

    def test_whole(self):
        """It comes with the first notebook and notices each step; ended, it stays away until it is asked for."""
        self.first_time()
        self.notebook = self.new_notebook()
        self.start(self.notebook)
        self.step(1, "Import an Archive")
        self.picture("tour")
        self.assert_named()
        self.app.click(self.button("Import…", pred=lambda n: n.box[1] > 600))
        self.choose_to_open("Import Posts", self.sample)
        self.sees("label", "may-2021.txt")
        self.press("Import")
        self.sees("label", "12 Posts Imported")
        self.app.key("Escape")
        self.step(2, "Read a Post")
        self.read()
        self.step(3, "Mark a Passage")
        self.highlight()
        self.step(4, "Tag the Post")
        self.press("Skip This Step")
        self.step(5, "Put an Event on a Timeline")
        self.press("Skip This Step")
        self.step(6, "Hand It On")
        self.press("Skip This Step")
        self.sees("label", "That Is the Whole Way")
        self.press("End the Tour")
        until(lambda: not self.app.find_all("label", "That Is the Whole Way"), PATIENCE, "the tour to end")
        self.stop()

        self.start(self.notebook)
        self.sees("status bar", "12 posts")
        self.assertFalse(self.app.find_all("push button", "End the Tour"))
        self.press("Main menu", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.app.click(self.sees("menu item", "Guided Tour"))
        # what is there already needs not be done again
        self.step(2, "Read a Post")

    def test_focus(self):
        """By the keyboard: a button that goes does not take the focus with it."""
        self.first_time()
        self.notebook = self.new_notebook(self.sample)
        app = self.start(self.notebook)
        self.step(2, "Read a Post")
        self.tab_to("push button", "Skip This Step")
        for title in ("Mark a Passage", "Tag the Post", "Put an Event on a Timeline", "Hand It On",
                      "That Is the Whole Way"):
            app.key("Return")
            self.sees("label", title)
        until(lambda: app.focused() is not None, PATIENCE, "the focus on what is left of the tour")
        self.tab_to("push button", "End the Tour")
        app.key("Return")
        app.gone("label", "That Is the Whole Way")
        until(lambda: app.focused() is not None, PATIENCE, "the focus on the notebook")

    def test_tag_and_event(self):
        """By keys: a tag and an event are noticed, in any order."""
        self.first_time()
        self.notebook = self.new_notebook(self.sample)
        self.start(self.notebook)
        self.step(2, "Read a Post")
        self.read()
        self.step(3, "Mark a Passage")
        self.app.key("ctrl+t")
        self.app.type("Ships")
        self.app.key("Return")
        self.sees("list item", re.compile("^Ships"))
        self.app.key("Escape")
        self.highlight()
        self.step(5, "Put an Event on a Timeline")


main()
