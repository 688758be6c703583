#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window without a notebook: the sample, an import that begins one, files dropped, the recent notebooks."""
import os
import re

from annals_case import main
from annals_steps import PATIENCE, Steps, until


class Welcome(Steps):
    @property
    def own_sample(self):
        return os.path.join(self.home["XDG_DATA_HOME"], "annals", "Sample.annals")

    def keep_recent(self, *paths):
        """These are on the list when the program starts; the first is not opened, as it is not there."""
        self.settings("recent-notebooks=" + repr(list(paths)))

    def test_sample(self):
        """The sample is the user's own: what is done to it is there the next time."""
        self.start()
        self.press("Look Around the Sample")
        self.has_window("Sample")
        self.sees("status bar", "24 posts")
        self.sees("list item", re.compile("^Parliament is told: 21 dead"))
        self.sees("list item", re.compile("^Sanctions on Brennock"))
        self.picture("sample")
        self.app.key("alt+2")
        self.sees("list item", re.compile("^The Orrin flood"))
        self.stop()
        self.assertEqual([name for name in os.listdir(os.path.dirname(self.own_sample))
                          if name not in ("Sample.annals", "Annals Backups")], [], "what it was made with is left")
        self.assertTrue(self.cli("check", self.own_sample, "--deep")["ok"])
        info = self.cli("info", self.own_sample)
        self.assertEqual((info["posts"], info["timelines"], info["events"]), (24, 3, 25))
        self.assertTrue(self.cli("tag-new", self.own_sample, "Mine")["uid"])

        # without what was open the last time, which would come back
        self.size(1280, 800)
        self.keep_recent("/nowhere/Gone.annals")
        self.start()
        self.press("Look Around the Sample")
        self.has_window("Sample")
        self.sees("status bar", "24 posts")
        self.assertIn("Mine", [tag["name"] for tag in self.cli("tags", self.own_sample)["tags"]])

    def test_sample_in_two_windows(self):
        """Two windows that ask for it at once: one shows it, and the other can be used."""
        def frames():
            return [window for window in self.app.windows() if window.role == "frame"]
        self.start()
        self.app.key("ctrl+shift+n")
        until(lambda: len(frames()) == 2, PATIENCE, "a second window")
        for button in [self.app.find("push button", "Look Around the Sample", visible=False, under=window)
                       for window in frames()]:
            self.app.press(button)
        self.has_window("Sample")
        self.sees("status bar", "24 posts")
        self.becomes(["Annals", "Sample"], lambda: sorted(window.label for window in frames()))
        self.app.key("ctrl+w")
        self.has_window("Annals")
        self.sees("list item", "Sample")
        self.press("New Notebook…")
        self.has_window("New Notebook")
        self.app.key("Escape")
        self.no_window("New Notebook")
        self.has_window("Annals")
        self.app.key("ctrl+q")
        self.assertEqual(self.app.proc.wait(PATIENCE), 0)
        self.assertTrue(self.cli("check", self.own_sample, "--deep")["ok"])
        self.assertEqual([name for name in os.listdir(os.path.dirname(self.own_sample))
                          if name not in ("Sample.annals", "Annals Backups")], [], "what it was made with is left")

    def test_sample_by_keyboard(self):
        self.start()
        self.has_focus("push button", "New Notebook…")
        for name in ("Open…", "Import…", "Look Around the Sample"):
            self.app.key("Tab")
            self.has_focus("push button", name)
        self.app.key("Return")
        self.has_window("Sample")
        self.sees("status bar", "24 posts")

    def test_no_room(self):
        """Where the sample cannot be made that is said, and the welcome stays."""
        self.path("data/annals", "no folder")
        self.start()
        self.press("Look Around the Sample")
        self.sees("label", "The Sample Was Not Opened")
        self.sees("label", re.compile("^The sample cannot be put into “.*annals”: "))
        self.app.key("Escape")
        self.button("Look Around the Sample")

    def test_import(self):
        """An import asks where its notebook is to be, then for the files."""
        self.start()
        self.press("Import…")
        self.choose_to_save("New Notebook", self.path("Archive.annals"))
        self.choose_to_open("Import Posts", self.sample)
        self.sees("label", "may-2021.txt")
        self.press("Import")
        self.sees("label", "12 Posts Imported")
        self.app.key("Escape")
        self.sees("status bar", "12 posts")

    def test_import_by_keyboard(self):
        """Ctrl+I does the same; a notebook that was not made leaves nothing behind."""
        self.start()
        self.has_focus("push button", "New Notebook…")
        self.app.key("ctrl+i")
        self.has_window("New Notebook")
        self.app.key("Escape")
        self.no_window("New Notebook")
        self.press("New Notebook…")
        self.choose_to_save("New Notebook", self.path("Empty.annals"))
        self.sees("label", "Import an Archive")
        self.assertFalse([w.label for w in self.app.windows() if w.label == "Import Posts"])

    def test_drop(self):
        """An archive that is dropped begins a notebook."""
        self.start()
        self.drop(self.button("New Notebook…"), self.sample, then=lambda: self.has_window("New Notebook"))
        self.choose_to_save("New Notebook", self.path("Dropped.annals"))
        self.sees("label", "may-2021.txt")
        self.app.key("Escape")

    def test_recent(self):
        """What is gone says so and is not opened; any can be taken off the list, and put back."""
        there = self.new_notebook(name="There.annals")
        self.keep_recent("/nowhere/Gone.annals", there, "/nowhere/Lost.annals")
        self.start()
        gone = self.sees("list item", "Gone")
        self.sees("label", "No longer in /nowhere")
        self.sees("list item", "There")
        self.picture("welcome-recent")
        self.assert_named()
        self.app.click(gone)
        self.press("Remove “Gone” from This List")
        self.toast("“Gone” is no longer in the list")
        until(lambda: not self.app.find_all("list item", re.compile("^Gone")), PATIENCE, "its row to go")
        self.press("Undo")
        self.sees("list item", "Gone")

        # by the keyboard
        self.sees("list item", "There")
        self.tab_to("list item", re.compile("^Gone"))
        self.app.key("Delete")
        until(lambda: not self.app.find_all("list item", re.compile("^Gone")), PATIENCE, "its row to go")
        self.has_focus("list item", "There")
        self.app.key("Return")
        self.has_window("There")

    def test_recent_back(self):
        """Undo puts back the one it tells of, and a file that came back can be opened."""
        there = self.path("later.annals")
        self.keep_recent("/nowhere/Gone.annals", there, "/nowhere/Lost.annals")
        app = self.start()
        self.sees("label", f"No longer in {self.folder}")
        self.press("Remove “Gone” from This List")
        self.toast("“Gone” is no longer in the list")
        app.click(self.sees("list item", "Lost"))
        self.has_focus("list item", "Lost")
        app.key("Delete")
        until(lambda: not app.find_all("list item", "Lost"), PATIENCE, "its row to go")
        self.press("Undo")
        self.sees("list item", "Gone")
        self.assertFalse(app.find_all("list item", "Lost"))

        self.new_notebook(name="later.annals")
        app.key("ctrl+comma")
        self.has_window("Preferences")
        app.key("Escape")
        self.no_window("Preferences")
        self.app.gone("label", f"No longer in {self.folder}")
        app.click(self.sees("list item", "later"))
        self.has_window("later")


main()
