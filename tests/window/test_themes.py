#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A timeline of the seed's posts on each of the three starter themes, from nothing to dated events with lanes and
evidence: by pointer, and by keyboard alone."""
import re
import time

from annals_case import main
from annals_steps import PATIENCE, Steps, until

# how many of the posts that are suggested for it are added
THEMES = (("COVID response", 3), ("Sanctions", 2), ("Cyber operations", 1))
DATES = {"early March 2020": "[2020-03-01~..2020-03-10~]", "March 2020?": "2020-03?", "2020-03-17": "2020-03-17"}


class Themes(Steps):
    def setUp(self):
        super().setUp()
        if self.shared_seed is None:
            self.skipTest("there is no ../shared/data/seed")
        self.size(1440, 900)
        self.notebook = self.new_notebook(self.shared_seed)
        self.start(self.notebook)
        self.sees("status bar", "10 posts")

    def events(self, theme):
        return self.cli("timeline", self.notebook, "title:" + theme)["events"]

    def titles(self, theme):
        return sorted(event["title"] for event in self.events(theme))

    def best(self, theme):
        """The title of the post that is suggested first."""
        return self.cli("suggest", self.notebook, "title:" + theme)["suggestions"][0]["title"]

    def check(self, theme, added, date):
        """Each event rests on its post, and the first has the date and the lane that it was given."""
        events = {event["title"]: event for event in self.events(theme)}
        self.assertEqual(sorted(events), sorted(added))
        for event in events.values():
            self.assertEqual([(one["stance"], one["post"] != "") for one in event["evidence"]], [("supports", True)])
        self.assertEqual(events[added[0]]["date"]["edtf"], DATES[date])
        lanes = {lane["uid"]: lane["name"]
                 for lane in self.cli("timeline", self.notebook, "title:" + theme)["timeline"]["lanes"]}
        self.assertEqual(lanes.get(events[added[0]]["lane"]), "As reported")
        self.picture("themes-" + theme.lower().replace(" ", "-"))

    def test_pointer(self):
        app = self.app
        self.place("Timelines")
        for (theme, n), date in zip(THEMES, DATES):
            if theme != THEMES[0][0]:
                self.press("New timeline")
                self.sees("label", "From a starter theme")
            self.press(theme)
            self.sees("label", f"Suggestions for “{theme}”")
            added = []
            for _ in range(n):
                added.append(self.best(theme))
                self.press("Add: " + added[-1])
                self.becomes(sorted(added), lambda: self.titles(theme))
            self.press("Back to the timeline")
            app.click(self.event_card(added[0]))
            self.becomes(added[0], lambda: app.find("text", "Event").text)
            self.fill("When", date)
            app.key("Return")
            self.becomes(DATES[date], lambda: {e["title"]: e["date"]["edtf"] for e in self.events(theme)}[added[0]])
            self.choose("Lane", "New Lane…")
            self.fill("Name of the new lane", "As reported")
            app.key("Return")
            self.button("Lane As reported")
            self.becomes(True, lambda: any(event["lane"] for event in self.events(theme)))
            self.check(theme, added, date)

    # ---- by keyboard -------------------------------------------------------------------------------
    def to(self, fits, key="Tab", what="a widget"):
        """Press a key until what has the keyboard fits."""
        def there():
            focused = self.app.focused()
            if focused is not None and fits(focused):
                return focused
            self.app.key(key)
            self.app.heard()
            time.sleep(0.15)
            return None
        return until(there, 60, f"{what} by {key}")

    def start_theme(self, theme, first):
        if not first:
            self.tab_to("push button", "New timeline")
            self.app.key("space")
            self.sees("label", "From a starter theme")
        self.tab_to("push button", theme)
        self.app.key("Return")
        self.sees("label", f"Suggestions for “{theme}”")

    def test_keyboard(self):
        app = self.app
        app.key("alt+2")
        self.sees("label", "No Timelines")
        for (theme, n), date in zip(THEMES, DATES):
            self.start_theme(theme, theme == THEMES[0][0])
            added = []
            for _ in range(n):
                titles = tuple(one["title"] for one in self.cli("suggest", self.notebook, "title:" + theme)["suggestions"])
                row = self.to(lambda node: node.role == "list item" and node.label.startswith(titles),
                              what="a suggestion")
                added.append(next(title for title in titles if row.label.startswith(title)))
                app.key("a")
                self.becomes(sorted(added), lambda: self.titles(theme))
            app.key("Escape")
            self.event_card(added[0])
            # into the drawing, and there by the arrows
            self.to(lambda node: node.role == "push button" and node.label.startswith(tuple(t + ", " for t in added)),
                    what="an event")
            self.to(lambda node: node.label.startswith(added[0] + ", "), "Right" if n > 1 else "Home", added[0])
            app.key("Return")
            self.has_focus("text", "Event")
            self.becomes(added[0], lambda: app.find("text", "Event").text)
            self.tab_to("text", "When")
            app.key("ctrl+a")
            app.type(date)
            app.key("Return")
            self.becomes(DATES[date], lambda: {e["title"]: e["date"]["edtf"] for e in self.events(theme)}[added[0]])
            self.to(lambda node: node.label == "Lane", what="the lanes")
            app.key("space")
            self.sees("label", "New Lane…")
            self.to(lambda node: "New Lane…" in (node.label, node.content), "Down", "a new lane")
            app.key("Return")
            self.has_focus("text", "Name of the new lane")
            app.type("As reported")
            app.key("Return")
            self.button("Lane As reported")
            self.becomes(True, lambda: any(event["lane"] for event in self.events(theme)))
            self.check(theme, added, date)


main()
