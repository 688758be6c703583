#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Preferences: each acts at once and lasts, by pointer and by keyboard; the search of them; the colours of the
notebook, apart from what is the user's."""
import os
import re
import sqlite3

from annals_case import main
from annals_steps import PATIENCE, Steps, until


class Preferences(Steps):
    def setting(self, key):
        """What the program has kept; None: nothing yet."""
        path = os.path.join(self.home["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
        try:
            with open(path, encoding="utf-8") as file:
                found = re.search(rf"^{key}=(.*)$", file.read(), re.M)
        except FileNotFoundError:
            return None
        return found and found[1]

    def keeps(self, key, value):
        until(lambda: self.setting(key) == value, PATIENCE, f"{key} to be {value}")

    def show(self):
        self.app.key("ctrl+comma")
        return self.has_window("Preferences")

    def page(self, name):
        tab = self.app.find("page tab", name)
        self.app.click(tab)
        until(lambda: "selected" in tab.now or "pressed" in tab.now, PATIENCE, f"the page {name!r}")

    def shows(self, row, value):
        # what is chosen lies in a row of a list, which takes the pointer
        self.app.find("label", value, visible=False, under=self.app.find("combo box", row))

    def gone(self, pattern):
        """Nothing that is seen says this."""
        until(lambda: self.app.find_all(None, pattern) == [], PATIENCE, f"no {pattern.pattern!r}")

    def close_with_escape(self):
        self.app.key("Escape")
        self.no_window("Preferences")
        # keys that come before the other window has them are lost
        until(lambda: any("active" in w.states for w in self.app.windows()), PATIENCE, "the window to be active")

    def test_by_pointer(self):
        """Each setting is kept at once, and what it is about follows at once."""
        self.open_sample()
        self.read()
        self.press("Main menu", pred=lambda n: not n.kids or n.kids[0].role != "push button")
        self.app.click(self.app.find("menu item", "Preferences"))
        self.has_window("Preferences")
        self.picture("preferences-general")
        self.app.click(self.app.find("list item", "Found by the Desktop’s Search"))
        self.keeps("search-provider", "false")
        self.choose("First Day of the Week", "Sunday")
        self.keeps("first-weekday", "'sunday'")
        self.page("Reading")
        self.picture("preferences-reading")
        self.choose("Text Size", "150 %")
        self.keeps("reader-text-size", "150")
        self.choose("Page", "Sepia")
        self.keeps("reader-page", "'sepia'")
        self.page("Backups")
        self.picture("preferences-backups")
        self.app.click(self.app.find("list item", "Back Up Automatically"))
        self.keeps("backup-automatically", "false")
        self.close_with_escape()

        # a setting that is changed elsewhere is shown as it is
        self.app.click(self.passage())
        self.app.key("ctrl+0")
        self.keeps("reader-text-size", "100")
        self.show()
        self.page("Reading")
        self.shows("Text Size", "100 %")
        self.close_with_escape()
        self.stop()

        # and all of it lasts
        self.start(self.notebook)
        self.sees("list", "Posts")
        self.show()
        self.shows("First Day of the Week", "Sunday")
        self.assertNotIn("checked", self.app.find("check box", "Found by the Desktop’s Search").states)
        self.close_with_escape()

    def test_author_at_once(self):
        """By keyboard; a notebook that is open is signed with the new name, too."""
        self.open_sample()
        self.read()
        self.show()
        self.fill("Your Name", "Ada Lovell")
        self.keeps("author", "'Ada Lovell'")
        self.close_with_escape()
        self.highlight()
        self.becomes(["Ada Lovell"], lambda: [one["author"] for one in self.annotations()])

    def test_date_format(self):
        """Each place says its dates in the other way at once, and does so at the next start."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("timeline-new", self.notebook, "Flood")
        self.cli("event", self.notebook, "title:Flood", "--date", "2021-05-28~", "--title", "Two counts")
        self.start(self.notebook)
        self.place("Timelines")
        self.sees("push button", re.compile("Two counts.*28 May 2021"))
        self.place("Read")
        self.read("Two ministries, two counts: how many died in the Orrin flood")
        self.sees("list item", re.compile("^Two ministries.*28 May 2021"))
        self.sees("label", re.compile("^28 May 2021"))
        self.show()
        self.picture("preferences-dates")
        self.choose("Date Format", "2020-03-09")
        self.keeps("date-style", "'numbers'")
        self.close_with_escape()
        self.sees("list item", re.compile("^Two ministries.*, 2021-05-28,"))
        self.sees("label", re.compile("^2021-05-28"))
        self.gone(re.compile("28 May 2021"))
        self.picture("dates-in-numbers")
        self.place("Timelines")
        self.sees("push button", re.compile("Two counts.*~ 2021-05-28"))
        self.picture("timeline-in-numbers")
        self.gone(re.compile("May"))
        self.stop()

        self.start(self.notebook)
        self.sees("push button", re.compile("Two counts.*~ 2021-05-28"))
        self.show()
        self.shows("Date Format", "2020-03-09")
        self.choose("Date Format", "9 March 2020")
        self.close_with_escape()
        self.sees("push button", re.compile("Two counts.*~ 28 May 2021"))

    def test_colours_of_this_notebook(self):
        self.open_sample()
        self.read()
        self.show()
        self.page("This Notebook")
        self.picture("preferences-notebook")
        field = self.app.find("text", "Yellow")
        self.becomes("Evidence", lambda: field.text)
        self.fill("Yellow", "Ships")
        self.app.key("Return")
        self.toast("Colour renamed")
        self.close_with_escape()
        self.undo("Rename colour of highlights")
        self.show()
        self.page("This Notebook")
        self.becomes("Evidence", lambda: self.app.find("text", "Yellow").text)
        self.close_with_escape()

    def test_colour_being_typed(self):
        """What is being typed stays when another program names a colour, whose new name is shown."""
        self.open_sample()
        self.read()
        self.show()
        self.page("This Notebook")
        field = self.app.find("text", "Yellow")
        self.becomes("Evidence", lambda: field.text)
        self.fill("Yellow", "Shi")
        with sqlite3.connect(self.notebook) as database:
            database.execute("INSERT INTO colour_name (colour, name) VALUES ('green', 'Ports')")
        database.close()
        self.becomes("Ports", lambda: self.app.find("text", "Green").text)
        self.assertEqual(field.text, "Shi")
        self.app.type("ps")
        self.app.key("Return")
        self.toast("Colour renamed")
        with sqlite3.connect(self.notebook) as database:
            self.becomes([("green", "Ports"), ("yellow", "Ships")], lambda: database.execute(
                "SELECT colour, name FROM colour_name ORDER BY colour").fetchall())
        database.close()
        self.close_with_escape()

    def test_search(self):
        """A row is found by its title, on whatever page it is."""
        self.open_sample()
        self.post_row()
        self.show()
        self.app.key("ctrl+f")
        self.app.type("newest")
        self.sees("label", "Keep the Newest")
        self.picture("preferences-search")
        self.app.key("Escape")
        self.close_with_escape()

    def test_without_notebook(self):
        """There is no page of one; in the dark."""
        self.start(dark=True)
        self.show()
        self.sees("page tab", "Reading")
        self.assertEqual(self.app.find_all("page tab", "This Notebook"), [])
        self.picture("preferences-dark")
        self.close_with_escape()


main()
