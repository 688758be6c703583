#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first minute: the empty program, a notebook made, opened and opened again, refusals, light and dark."""
import os
import re
import subprocess

from annals_case import main
from annals_steps import PATIENCE, Steps, until


class Start(Steps):
    def test_welcome(self):
        """Without a notebook the window says what one can do."""
        self.start()
        self.button("New Notebook…")
        self.button("Open…")
        self.assert_named()
        self.picture("welcome-light")

    def test_welcome_dark(self):
        self.start(dark=True)
        self.assert_named()
        self.button("New Notebook…")
        until(lambda: self.brightness(self.picture("welcome-dark")) < 0.4, PATIENCE, "a dark window")

    def brightness(self, picture):
        """Of the window's middle, 0 to 1."""
        run = subprocess.run(["convert", picture, "-gravity", "center", "-crop", "600x400+0+0", "-colorspace",
                              "gray", "-format", "%[fx:mean]", "info:"], check=True, capture_output=True, text=True)
        return float(run.stdout)

    def test_new_open_recent(self):
        """A notebook is made by the button, opened again by it and from the recent ones."""
        self.start()
        self.press("New Notebook…")
        notebook = self.path("Fresh.annals")
        self.choose_to_save("New Notebook", notebook)
        self.sees("label", "Import an Archive")
        self.assertTrue(os.path.exists(notebook))
        self.stop()

        # the next start goes on where one was
        self.start()
        self.sees("frame", "Fresh")
        self.sees("label", "Import an Archive")
        other = self.new_notebook(self.sample, name="Other.annals")
        self.menu("Open…")
        self.choose_to_open("Open Notebook", other)
        self.has_window("Other")
        self.sees("status bar", "12 posts")
        self.app.key("ctrl+w")
        self.no_window("Other")
        self.has_window("Fresh")
        self.menu("Open Recent", "Other")
        self.has_window("Other")
        self.sees("status bar", "12 posts")
        self.app.key("ctrl+w")
        self.no_window("Other")
        self.has_window("Fresh")

    def test_other_programs_list(self):
        """A notebook that is opened is among the files used last of other programs, whose own stay there."""
        path = os.path.join(self.home["XDG_DATA_HOME"], "recently-used.xbel")
        with open(path, "w", encoding="ascii") as file:
            file.write('<?xml version="1.0" encoding="UTF-8"?>\n<xbel version="1.0"'
                       ' xmlns:bookmark="http://www.freedesktop.org/standards/desktop-bookmarks"'
                       ' xmlns:mime="http://www.freedesktop.org/standards/shared-mime-info">'
                       '<bookmark href="file:///letter.odt" added="2021-05-02T10:00:00Z" modified="2021-05-02T10:00:00Z"'
                       ' visited="2021-05-02T10:00:00Z"><info><metadata owner="http://freedesktop.org">'
                       '<mime:mime-type type="text/plain"/><bookmark:applications><bookmark:application name="Writer"'
                       ' exec="writer %u" modified="2021-05-02T10:00:00Z" count="1"/></bookmark:applications>'
                       '</metadata></info></bookmark></xbel>\n')
        self.open_sample()
        self.sees("status bar", "12 posts")

        def listed():
            with open(path, encoding="utf-8") as file:
                return re.findall('<bookmark href="([^"]*)"|application name="([^"]*)"', file.read())
        self.becomes([("file:///letter.odt", ""), ("", "Writer"), ("file://" + self.notebook, ""), ("", "Annals")], listed)
        self.stop()

        # one that is gone is taken out
        os.remove(self.notebook)
        self.start(self.notebook)
        self.sees("label", re.compile("there is no such file"))
        self.becomes([("file:///letter.odt", ""), ("", "Writer")], listed)

    def menu(self, *items):
        """Choose from the main menu."""
        self.press("Main menu", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        for item in items:
            self.app.click(self.app.find(None, item, pred=lambda n: n.role in ("menu item", "check menu item",
                                                                               "radio menu item")))

    def test_opens_notebook(self):
        """A notebook on the command line is opened: its posts are listed."""
        self.open_sample()
        self.sees("status bar", "12 posts")
        self.sees("list item", re.compile("^Vaccination begins"))
        self.assert_named()

    def test_not_a_notebook(self):
        """A file that is no notebook is refused in words, is not touched, and the program goes on."""
        path = self.path("Letter.annals", "Dear reader\n" * 500)
        app = self.start(path)
        said = self.sees("label", re.compile(r"Letter\.annals.*not a notebook|Letter\.annals.* is not"))
        self.assertGreater(len(said.text), 25)
        self.has_window("Letter")
        self.picture("refused")
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read(), "Dear reader\n" * 500, "the file was touched")
        self.assertFalse(os.path.exists(path + "-wal"))
        self.press("Back")
        self.button("New Notebook…")
        self.has_window("Annals")
        self.assertIsNone(app.proc.poll())

    def test_style(self):
        """Dark by the menu stays over a restart."""
        notebook = self.new_notebook()
        self.start(notebook)
        self.sees("label", "Import an Archive")
        until(lambda: self.brightness(self.picture("style-light")) > 0.7, PATIENCE, "a light window")
        light = self.brightness(self.picture("style-light"))
        self.menu("Style", "Dark")
        until(lambda: self.brightness(self.picture("style-dark", 0)) < light / 2, PATIENCE, "a dark window")
        self.stop()
        self.start(notebook)
        self.sees("label", "Import an Archive")
        until(lambda: self.brightness(self.picture("style-dark", 0)) < light / 2, PATIENCE, "a dark window again")


main()
