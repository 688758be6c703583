#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader is told of results, without the focus moving.

Since 4.14 GTK has announcements. 4.8 has only what Orca says of it: a new description of the widget with the focus.
"""
import re

from annals_case import main
from annals_steps import PATIENCE, Steps, until
from atdrive import ACC, GLib, Timeout

EVENTS = "org.a11y.atspi.Event.Object"
# 4.8 takes one for the other.
INVALID = {"invalid", "invalid-entry"}


class Announcements(Steps):
    def listen(self):
        """From now on, what the program tells."""
        self.told = []
        bus = self.app.bus
        for event in ("object:property-change:accessible-description", "object:announcement"):
            bus.con.call_sync("org.a11y.atspi.Registry", "/org/a11y/atspi/registry", "org.a11y.atspi.Registry",
                              "RegisterEvent", GLib.Variant("(sass)", (event, [], "")), None, 0,
                              PATIENCE * 1000, None)
        bus.con.signal_subscribe(self.app.bus_name, EVENTS, None, None, None, 0, self.event_cb)

    def event_cb(self, connection, sender, path, interface, signal, parameters):
        kind, _, _, words, *_ = parameters.unpack()
        if signal == "Announcement" or (signal, kind) == ("PropertyChange", "accessible-description"):
            self.told.append((signal, path, words))

    def is_told(self, words):
        """Words that are told of the widget with the focus, or announced; the earlier ones are forgotten."""
        def told():
            self.app.heard()
            while GLib.MainContext.default().iteration(False):
                pass
            for i, (signal, path, said) in enumerate(self.told):
                if re.search(words, said, re.M) and (signal == "Announcement" or self.has_focus_at(path)):
                    del self.told[:i + 1]
                    return said
            return None
        try:
            return until(told, PATIENCE, f"{words!r} to be told")
        except Timeout as error:
            raise AssertionError(f"{error}; told: {[event[2] for event in self.told]}") from error

    def has_focus_at(self, path):
        bits = self.app.bus.call(self.app.bus_name, path, ACC, "GetState")
        return bool((bits[0] | bits[1] << 32) >> 12 & 1)        # ATSPI_STATE_FOCUSED

    def description(self, node):
        return self.app.bus.prop(self.app.bus_name, node.path, ACC, "Description")

    def test_search(self):
        app = self.open_sample()
        self.read()
        app.key("ctrl+f")
        self.has_focus("entry", "Search posts")
        self.listen()
        app.type("tanker")
        found = self.is_told("^[0-9]+ posts?$").split("\n")[0]
        self.sees("status bar", found)
        app.key("ctrl+a")
        app.type("xyzzy")
        self.is_told("^No post fits the search.$")
        app.key("ctrl+a")
        app.type("port before:")
        app.key("Return")
        self.is_told("^column 6: ")
        entry = self.has_focus("entry", "Search posts")
        until(lambda: INVALID & app.focused().states, PATIENCE, "the entry to be called wrong")
        # what was told is no description that stays
        app.key("ctrl+a")
        app.type("tanker")
        self.is_told(f"^{found}$")
        self.assertFalse(INVALID & app.focused().states)
        app.key("Tab")
        until(lambda: self.description(entry) != found, PATIENCE, "the description that was there before")

    def test_toast(self):
        app = self.open_sample()
        self.read()
        self.highlight()
        self.listen()
        app.key("ctrl+z")
        self.is_told("^Undone: ")

    def test_notes(self):
        self.notebook = self.new_notebook(self.sample)
        self.cli("annotate", self.notebook, "title:" + self.title, "--quote", self.words, "--note", "Port log")
        self.start(self.notebook)
        self.place("Notes")
        self.sees("status bar", "1 note")
        self.listen()
        self.app.click(self.app.find("entry", "Search notes"))
        self.app.type("xyzzy")
        self.is_told("^0 notes$")

    def test_import(self):
        self.notebook = self.new_notebook()
        self.start(self.notebook)
        self.press("Import…", pred=lambda n: n.box[1] < 47)
        self.choose_to_open("Import Posts", self.sample)
        self.has_window("Import")
        self.sees("label", re.compile("^Month page as plain text"))
        self.listen()
        self.press("Import")
        self.is_told("12 Posts Imported\\n12 new, 0 updated")
        self.app.key("Escape")
        self.no_window("Import")

    def test_mistaken_date(self):
        """A date that cannot be read."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("timeline-new", self.notebook, "Shipping")
        self.cli("event", self.notebook, "title:Shipping", "--date", "2021-05-07", "--title", "Brennock listed")
        app = self.start(self.notebook)
        self.place("Timelines")
        app.click(self.event_card("Brennock listed"))
        self.listen()
        date = self.fill("When", "2021-05-40")
        self.is_told("40")
        until(lambda: INVALID & app.find("text", "When").states, PATIENCE, "the entry to be called wrong")
        self.assertIn("40", date.text)


main()
