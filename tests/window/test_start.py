#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first minute: the empty program, a notebook given on the command line, light and dark, the end."""
import os
import re

from annals_case import AnnalsCase, main


class Start(AnnalsCase):
    def test_welcome(self):
        """Without a notebook the window says what one can do."""
        app = self.start()
        app.find("push button", re.compile(r"^_?New\b"))
        app.find("push button", re.compile(r"^_?Open\b"))
        self.assert_named()
        self.picture("welcome-light")

    def test_welcome_dark(self):
        self.start(dark=True)
        self.assert_named()
        self.picture("welcome-dark")

    def test_opens_notebook(self):
        """A notebook on the command line is opened: its posts are listed."""
        notebook = self.new_notebook(self.sample)
        app = self.start(notebook)
        app.find("label", re.compile(r"^Two ministries, two counts"))
        self.assert_named()
        self.picture("notebook-light")

    def test_opens_notebook_dark(self):
        self.start(self.new_notebook(self.sample), dark=True)
        self.app.find("label", re.compile(r"^Two ministries, two counts"))
        self.assert_named()
        self.picture("notebook-dark")

    def test_not_a_notebook(self):
        """A file that is no notebook is refused in words, and the program goes on."""
        path = os.path.join(self.folder, "Letter.annals")
        with open(path, "w", encoding="utf-8") as file:
            file.write("Dear reader\n")
        app = self.start(path)
        app.find(None, re.compile(r"Letter\.annals"), pred=lambda n: n.role != "frame")
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read(), "Dear reader\n", "the file was touched")


main()
