#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups: made by themselves and by hand, what differs, back to one and forth again, a copy of its own, and a
notebook that is damaged."""
import os
import re

from annals_case import main
from annals_steps import PATIENCE, Steps, Timeout, until


class Backups(Steps):
    def backups(self):
        return self.cli("backups", self.notebook)["backups"]

    def tags(self):
        return sorted(one["name"] for one in self.cli("tags", self.notebook)["tags"])

    def make(self):
        """A notebook with a backup and a tag that came after it; what is there is what the test makes."""
        self.settings("backup-automatically=false")
        self.notebook = self.new_notebook(self.sample)
        self.before = self.tags()
        self.backup = self.cli("backup", self.notebook)["backup"]
        self.cli("tag", self.notebook, "quay", "title:" + self.title)

    def close_with_escape(self):
        """A popover that closes takes keys for a moment longer than it is to be seen."""
        for _ in range(5):
            self.app.key("Escape")
            try:
                return self.no_window("Backups", timeout=2)
            except Timeout:
                pass
        self.no_window("Backups")

    def show_backups(self):
        self.press("Main menu", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.app.click(self.app.find("menu item", re.compile("Backups")))
        self.has_window("Backups")

    def row(self, pattern, n=0):
        return until(lambda: (rows := self.app.find_all("list item", pattern)) and len(rows) > n and rows[n],
                     PATIENCE, f"the backup {pattern!r}")

    def in_window(self, name):
        """A button of the window of backups; its parent has an Undo as well."""
        return until(lambda: next((n for w in self.app.windows() if w.label == "Backups" for n in w.all()
                                   if n.role == "push button" and n.label == name and self.app.on_screen(n) and
                                   "sensitive" in n.states), None), PATIENCE, f"the button {name!r}")

    def test_restore_and_undo_by_pointer(self):
        self.make()
        self.start(self.notebook)
        self.sees("list", "Posts")
        self.show_backups()
        self.app.click(self.row(re.compile("12 posts.*Made by hand")))
        # what would become of the notebook
        self.sees("label", "Would Go")
        self.app.click(self.app.find(None, "Tags: 1"))
        self.sees("label", "quay")
        self.picture("backups")
        self.assert_named()

        self.press("Restore")
        self.toast("Backup restored")
        self.becomes(self.before, self.tags)
        self.sees("label", "Nothing Differs")
        self.picture("backups-restored")
        reasons = [one["reason"] for one in self.backups()]
        self.assertIn("restore", reasons)

        self.app.click(self.in_window("Undo"))
        self.becomes(sorted(self.before + ["quay"]), self.tags)
        self.assertEqual(self.cli("check", self.notebook, "--deep"), {"ok": True, "problems": []})

    def test_make_by_keyboard(self):
        self.make()
        self.start(self.notebook, dark=True)
        self.sees("list", "Posts")
        self.app.key("ctrl+k")
        self.app.type("backups")
        self.sees("list item", re.compile("Backups"))
        self.app.key("Return")
        self.has_window("Backups")
        self.row(re.compile("Made by hand"))
        self.has_focus("list item")
        self.sees("label", "Would Go")
        self.picture("backups-dark")
        self.app.key("alt+n")
        self.toast("Backup made")
        self.row(re.compile("Made by hand"), 1)
        self.becomes(2, lambda: sum(one["reason"] == "manual" for one in self.backups()))
        self.sees("label", "Nothing Differs")

        # when and where
        for _ in range(12):
            focused = self.app.focused()
            if focused is not None and focused.label == "When and where backups are made":
                break
            self.app.key("Tab")
        else:
            self.fail("Tab does not come to the settings")
        self.app.key("space")
        shown = self.sees("label", "Back up automatically")
        self.picture("backups-settings-dark")
        self.app.key("Escape")
        until(lambda: "showing" not in shown.now, PATIENCE, "the settings to close")
        self.has_focus("push button", "When and where backups are made")
        self.close_with_escape()

    def test_delete_and_undo_by_keyboard(self):
        self.make()
        self.start(self.notebook)
        self.sees("list", "Posts")
        self.show_backups()
        self.row(re.compile("Made by hand"))
        self.has_focus("list item")
        self.sees("label", "Would Go")
        self.picture("backups-bar")
        self.app.key("Delete")
        self.toast("Backup deleted")
        self.sees("label", "No Backups Yet")
        self.becomes([], self.backups)
        self.app.click(self.in_window("Undo"))
        self.row(re.compile("Made by hand"))
        self.becomes([self.backup], lambda: [one["path"] for one in self.backups()])

        # gone with the toast, or with the window
        self.has_focus("list item")
        self.app.key("Delete")
        self.toast("Backup deleted")
        self.becomes([], self.backups)
        self.close_with_escape()
        until(lambda: not os.path.exists(self.backup + ".deleted"), PATIENCE, "the deleted backup to go")

    def test_made_by_itself(self):
        self.make()
        self.settings("backup-automatically=true")
        self.start(self.notebook)
        self.sees("list", "Posts")
        until(lambda: "automatic" in [one["reason"] for one in self.backups()], 60, "a backup nobody asked for")
        self.show_backups()
        self.row(re.compile("Automatic"))
        self.sees("label", "Nothing Differs")

    def test_copy_of_its_own(self):
        self.make()
        self.start(self.notebook)
        self.sees("list", "Posts")
        self.show_backups()
        self.app.click(self.row(re.compile("Made by hand")))
        self.press("Open a Copy…")
        there = self.path("Then.annals")
        self.choose_to_save("Open a Copy", there)
        until(lambda: os.path.isfile(there), PATIENCE, "the copy")
        until(lambda: sum(w.role == "frame" and w.label == "Test" for w in self.app.windows()) == 2, PATIENCE,
              "a second window")
        self.app.key("ctrl+w")
        until(lambda: sum(w.role == "frame" and w.label == "Test" for w in self.app.windows()) == 1, PATIENCE,
              "the second window to close")
        self.assertNotEqual(self.cli("info", there)["notebook"], self.cli("info", self.notebook)["notebook"])

    def test_damaged_notebook(self):
        self.make()
        size = os.path.getsize(self.notebook)
        with open(self.notebook, "r+b") as file:
            file.truncate(size // 2)
        self.start(self.notebook)
        self.sees("label", "The Notebook Was Not Opened")
        self.picture("backups-damaged")
        self.press("Restore a Backup…")
        self.has_window("Backups")
        self.row(re.compile("Made by hand"))
        self.sees("label", "Ready to Be Restored")
        self.picture("backups-damaged-list")
        self.press("Restore")
        self.sees("list", "Posts")
        self.has_window("Test")
        self.becomes(self.before, self.tags)
        # what was there is beside it
        self.assertTrue([name for name in os.listdir(self.folder) if name.startswith("Test.annals.damaged-")])

    def test_repair_into_a_copy(self):
        self.make()
        size = os.path.getsize(self.notebook)
        with open(self.notebook, "r+b") as file:
            file.truncate(size - 100000)
        self.start(self.notebook)
        self.sees("label", "The Notebook Was Not Opened")
        self.picture("repair")
        self.press("Repair into a Copy…")
        there = self.path("Saved.annals")
        self.assertEqual(self.choose_to_save("Repair into a Copy", there), "Test (repaired).annals")
        self.sees("label", "This Is What Could Be Read")
        self.sees("label", re.compile("The history was left out"))
        self.picture("repair-done")
        self.app.key("Escape")
        self.sees("list", "Posts")
        self.assertEqual(self.cli("check", there, "--deep"), {"ok": True, "problems": []})
        self.assertEqual(os.path.getsize(self.notebook), size - 100000)

    def test_file_is_gone(self):
        self.make()
        self.start(self.notebook)
        self.sees("list", "Posts")
        os.rename(self.notebook, self.path("elsewhere.annals"))
        self.sees("label", "The Notebook’s File Is Gone")
        self.picture("file-gone")
        there = self.path("Copy.annals")
        self.press("Save a Copy…")
        self.assertEqual(self.choose_to_save("Save a Copy", there), "Test.annals")
        until(lambda: os.path.isfile(there), PATIENCE, "the copy")
        # a window on the copy takes the place of this one
        until(lambda: sum(w.role == "frame" for w in self.app.windows()) == 1, PATIENCE, "one window")
        self.sees("list", "Posts")
        self.assertIn("quay", [one["name"] for one in self.cli("tags", there)["tags"]])

    def test_file_is_gone_and_closed(self):
        self.make()
        self.start(self.notebook)
        self.sees("list", "Posts")
        os.rename(self.notebook, self.path("elsewhere.annals"))
        self.sees("label", "The Notebook’s File Is Gone")
        self.app.key("Escape")
        until(lambda: not self.app.find_all("label", "The Notebook’s File Is Gone"), PATIENCE, "the message to go")
        self.app.key("ctrl+w")
        self.sees("label", "Save a Copy of the Notebook?")
        self.picture("file-gone-close")
        self.app.key("Escape")
        until(lambda: not self.app.find_all("label", "Save a Copy of the Notebook?"), PATIENCE, "the question to go")
        self.sees("list", "Posts")

        there = self.path("Kept.annals")
        self.app.key("ctrl+q")
        self.has_focus("push button", "Save a Copy…")
        self.app.key("Return")
        self.choose_to_save("Save a Copy", there)
        until(lambda: os.path.isfile(there), PATIENCE, "the copy")
        self.assertEqual(self.app.proc.wait(PATIENCE), 0)
        self.assertIn("quay", [one["name"] for one in self.cli("tags", there)["tags"]])

    def test_save_a_copy_by_keyboard(self):
        self.make()
        self.start(self.notebook)
        self.sees("list", "Posts")
        there = self.path("Copy.annals")
        self.app.key("ctrl+shift+s")
        self.assertEqual(self.choose_to_save("Save a Copy", there), "Test.annals")
        self.toast("Copy saved")
        self.assertIn("quay", [one["name"] for one in self.cli("tags", there)["tags"]])


if __name__ == "__main__":
    main()
