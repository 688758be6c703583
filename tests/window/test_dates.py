#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The entry of a date: how it is understood at once, what it may mean, and what the text proposes."""
import re

from annals_case import main
from annals_steps import PATIENCE, Steps, until


class Dates(Steps):
    # a paragraph of the sample with dates before, in and behind the words
    words = "transponders"

    def open_dialog(self, dark=None):
        self.notebook = self.new_notebook(self.sample)
        self.start(self.notebook, dark=dark)
        self.read()
        self.select()
        self.app.key("ctrl+alt+e")
        self.has_window("Add to Timeline")
        return self.app

    def close(self):
        self.app.key("Escape")
        self.no_window("Add to Timeline")

    def cannot_add(self):
        # what cannot be used is not found at its point
        self.assertNotIn("sensitive", self.button("Add Event", visible=False).now)

    def date(self):
        return self.app.find("text", "Date")

    def test_ambiguous(self):
        """9/3/2020 is asked for with two buttons; nothing can be added before one is chosen."""
        app = self.open_dialog()
        self.fill("Date", "9/3/2020")
        self.sees("label", "Which date is meant?")
        self.cannot_add()
        self.picture("date-ambiguous")
        app.click(self.button("3 September 2020"))
        until(lambda: self.date().text == "2020-09-03", PATIENCE, "the date in the entry")
        self.sees("label", "Means 3 September 2020")
        app.gone("push button", "9 March 2020")
        self.close()

    def test_understood(self):
        """Words as they are typed, and what cannot be understood with its reason."""
        self.open_dialog()
        self.fill("Date", "early march 2020")
        self.sees("label", re.compile("^Means early March 2020"))
        self.fill("Date", "mid-2019 to spring 2020")
        self.sees("label", re.compile("^Means about 2019 – about May 2020"))
        self.fill("Date", "30 February 2020")
        self.sees("label", re.compile("February 2020 has 29 days"))
        self.cannot_add()
        self.close()

    def test_proposals(self):
        """What the text speaks of is offered with its words, and entered only when it is chosen."""
        app = self.open_dialog()
        before = self.date().text
        self.sees("label", "The text speaks of")
        choice = self.button("“7 May” → 7 May 2021")
        self.assert_named()
        self.picture("date-proposals")
        self.assertEqual(self.date().text, before)
        app.click(choice)
        until(lambda: self.date().text == "2021-05-07", PATIENCE, "the date in the entry")

        # by the keyboard
        self.tab_to("push button", re.compile("18 February"))
        app.key("Return")
        until(lambda: self.date().text.startswith("2021-02-18"), PATIENCE, "the date in the entry")
        self.sees("label", re.compile("^Means about 18 February 2021|^Means 18 February 2021"))
        self.close()

    def test_whole_post(self):
        """A post becomes an event without a passage; its evidence proposes dates to the event's fields as well."""
        self.notebook = self.new_notebook(self.sample)
        app = self.start(self.notebook)
        self.read()
        app.click(self.button("More"))
        app.click(self.sees("menu item", "Make an Event of the Post…"))
        self.has_window("Add to Timeline")
        self.sees("label", "The post as a whole is its evidence.")
        self.assertEqual(app.find("text", "Title").text, self.title)
        self.button("“7 May” → 7 May 2021")
        self.picture("date-whole-post")
        # the keyboard is in the one field that has to be filled
        app.type("Shipping")
        until(lambda: app.find("text", "Title of the New Timeline").text == "Shipping", PATIENCE, "the title typed")
        self.press("Add Event")
        self.toast("Event added to Shipping")
        self.assertEqual(self.annotations(), [])

        # by the keyboard, with nothing selected
        app.key("ctrl+alt+e")
        self.has_window("Add to Timeline")
        self.sees("label", "The post as a whole is its evidence.")
        self.close()

        self.place("Timelines")
        app.click(self.event_card(self.title))
        app.click(self.sees("text", "When"))
        app.click(self.button("“7 May” → 7 May 2021"))
        until(lambda: app.find("text", "When").text == "2021-05-07", PATIENCE, "the date in the field")
        self.picture("date-event-proposals")
        app.key("Return")
        self.sees("push button", re.compile("^" + re.escape(self.title) + ", .*7"))

    def test_proposals_in_the_dark(self):
        self.open_dialog(dark=True)
        self.fill("Date", "9/3/2020")
        self.picture("date-dark")
        self.close()


if __name__ == "__main__":
    main()
