#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Themes of timelines and what is suggested for them: added, rejected, put off, undone; rules; starter themes."""
import re

from annals_case import main
from annals_steps import PATIENCE, Steps, until

RULE = "flood OR cholera"
FIRST = re.compile("^Suggestions: [0-9]+ posts to decide about")


class Suggestions(Steps):
    def open_with_rule(self, rule=RULE, files=None, dark=None):
        """A timeline "Flood" with this rule; what is suggested for it is shown."""
        self.notebook = self.new_notebook(*(files or [self.sample]))
        self.cli("timeline-new", self.notebook, "Flood", "--rule", rule)
        self.start(self.notebook, dark=dark)
        self.place("Timelines")
        self.app.click(self.sees("push button", FIRST))
        self.sees("label", "Suggestions for “Flood”")
        return self.app

    def suggested(self, timeline="Flood"):
        """What annals-cli suggests now."""
        return self.cli("suggest", self.notebook, timeline, "--limit", "0")["suggestions"]

    def events(self, timeline="Flood"):
        return [event["title"] for event in self.cli("timeline", self.notebook, timeline)["events"]]

    def listed(self):
        """The titles of the rows, in their order; each row's name begins with its post's."""
        rows = [row for row in self.app.find_all("list item", under=self.sees("list", "Suggested posts"))]
        return [row.label for row in sorted(rows, key=lambda row: row.box[1])]

    def lists(self, titles):
        """Waits until the first rows are of these posts."""
        def there():
            listed = self.listed()
            return len(listed) >= min(len(titles), 2) and all(
                row.startswith(title) for row, title in zip(listed, titles))
        until(there, PATIENCE, f"{titles} in {self.listed()}")

    def row_has_focus(self, *titles):
        """Waits until the row of one of these posts has the keyboard; which one."""
        def there():
            focused = self.app.focused()
            return focused is not None and focused.role == "list item" and next(
                (title for title in titles if focused.label.startswith(title)), None)
        return until(there, PATIENCE, f"the keyboard on the row of one of {titles}")

    def titles(self):
        return [one["title"] for one in self.suggested()]

    def test_by_pointer(self):
        """Add makes an event, Not This and Later take the post away; each is undone from its toast."""
        app = self.open_with_rule()
        titles = self.titles()
        self.assertGreater(len(titles), 3)
        self.lists(titles)
        self.assert_named()
        self.picture("suggestions")

        app.click(self.button("Add: " + titles[0]))
        app.hover(self.toast(f"“{titles[0]}” added to the timeline"))
        self.becomes([titles[0]], self.events)
        self.lists(self.titles())
        self.press("Undo")
        self.becomes([], self.events)
        self.lists(titles)

        app.click(self.button("Not This: " + titles[1]))
        self.toast(f"“{titles[1]}” is not suggested again")
        self.becomes(len(titles) - 1, lambda: len(self.titles()))
        self.lists(self.titles())
        self.undo("Reject suggested post")
        self.lists(titles)

        app.click(self.button("Later: " + titles[0]))
        self.toast(f"“{titles[0]}” put off")
        self.lists(self.titles())
        app.gone("push button", "Add: " + titles[0])
        self.press("1 Put Off")
        self.button("Add: " + titles[0])

        # added for good, it stands in the timeline
        app.click(self.button("Add: " + titles[0]))
        self.becomes([titles[0]], self.events)
        self.press("Back to the timeline")
        self.event_card(titles[0])

    def test_by_keyboard(self):
        """Ctrl+G opens; the arrows walk; A, N, L decide and go on to the next; Enter reads; Escape leaves."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("timeline-new", self.notebook, "Flood", "--rule", RULE)
        app = self.start(self.notebook)
        self.place("Timelines")
        self.sees("push button", FIRST)
        self.tab_to("push button", FIRST)
        app.key("ctrl+g")
        titles = self.titles()
        self.row_has_focus(titles[0])

        app.key("n")
        self.becomes(len(titles) - 1, lambda: len(self.titles()))
        self.row_has_focus(titles[1])
        self.lists(self.titles())
        app.key("a")
        self.becomes([titles[1]], self.events)
        left = self.titles()
        self.lists(left)
        app.key("l")
        self.becomes(len(left) - 1, lambda: len(self.titles()))
        for title, label in ((None, "Put off suggested post"), (titles[1], "Add suggested post"),
                             (titles[0], "Reject suggested post")):
            self.undo(label)
            if title is not None:
                self.becomes(True, lambda: title in self.titles())
        self.becomes(titles, self.titles)
        self.lists(titles)

        title = self.row_has_focus(*titles)
        app.key("Return")
        self.passage(title)
        self.place("Timelines")
        self.sees("label", "Suggestions for “Flood”")
        self.lists(titles)
        app.key("Tab")
        app.key("Escape")
        self.sees("push button", FIRST)
        app.gone("label", "Suggestions for “Flood”")

    def test_rule(self):
        """The rule is edited with what it finds, its mistakes are shown where they are, and it is undone."""
        app = self.open_with_rule()
        self.press("Edit Rule…")
        window = self.has_window("Rule")
        field = self.has_focus("entry", "Rule")
        self.becomes(RULE, lambda: field.text)
        self.sees("status bar", re.compile("^[0-9]+ posts fit$"))
        self.assert_named(window)
        self.picture("rule-dialog")
        app.key("ctrl+a")
        app.type('"cholera')
        self.sees("label", re.compile("column 1.*not closed"))
        until(lambda: "sensitive" not in app.find("push button", "Save", visible=False).states, PATIENCE,
              "no saving of a mistake")
        app.type('" sour')
        self.sees("label", re.compile("publication"))       # what fields there are
        app.key("Escape")
        app.key("ctrl+a")
        app.type("cholera")
        self.sees("status bar", re.compile("^[0-9]+ posts? fits?$"))
        self.press("Save")
        self.no_window("Rule")
        self.toast("Rule changed")
        self.becomes("cholera", lambda: self.cli("timelines", self.notebook)["timelines"][0]["rule"])
        self.sees("label", "Rule: cholera")
        self.lists(self.titles())
        self.undo("Change rule of timeline")
        self.sees("label", "Rule: " + RULE)

    def test_nothing(self):
        """Without a rule and events the page says so and leads to a rule; a rule's mistake is told in words."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("timeline-new", self.notebook, "Flood")
        self.cli("timeline-new", self.notebook, "Broken", "--rule", "tag:nosuch")
        app = self.start(self.notebook)
        self.place("Timelines")
        app.click(self.sees("list item", "Flood, 0 events"))
        app.click(self.sees("push button", "Suggestions: none"))
        self.sees("label", "No Rule Yet")
        self.picture("suggestions-no-rule")
        self.press("Set Rule…")
        self.has_window("Rule")
        self.press("Sanctions")
        self.becomes(True, lambda: "sanction*" in self.sees("entry", "Rule").text)
        self.sees("status bar", re.compile("^[0-9]+ posts? fits?$"))
        self.press("Save")
        self.lists(self.titles())

        app.click(self.sees("list item", "Broken, 0 events"))
        app.click(self.sees("push button", "Suggestions: none"))
        self.sees("label", re.compile("rule.*nosuch"))
        self.picture("suggestions-error")

    def test_import_fills(self):
        """The sidebar counts what is suggested, follows an import, and its badge leads there."""
        self.notebook = self.new_notebook(self.sample)
        self.cli("timeline-new", self.notebook, "Flood", "--rule", RULE)
        n = len(self.suggested())
        app = self.start(self.notebook)
        self.sees("push button", f"{n} posts are suggested for it")
        file = self.path("june.txt", "Monthly Archives: June 2021\n\nCholera after the flood\n\nPosted on by\n\nA flood of cholera.\n")
        self.cli("import", self.notebook, file)
        app.click(self.sees("push button", f"{n + 1} posts are suggested for it"))
        self.sees("label", "Suggestions for “Flood”")
        self.button("Add: Cholera after the flood")

    def test_starter_themes(self):
        """Each of the three starts a timeline of the seed's posts: from the empty place, and by the sidebar's +."""
        if self.shared_seed is None:
            self.skipTest("there is no ../shared/data/seed")
        self.notebook = self.new_notebook(self.shared_seed)
        app = self.start(self.notebook)
        self.place("Timelines")
        self.sees("label", "No Timelines")
        self.picture("timelines-none")
        self.press("COVID response")
        self.toast("“COVID response” added")
        self.sees("label", "Suggestions for “COVID response”")
        title = self.suggested("COVID response")[0]["title"]
        self.picture("suggestions-covid")
        app.click(self.button("Add: " + title))
        self.becomes([title], lambda: self.events("COVID response"))

        for theme in ("Sanctions", "Cyber operations"):
            self.press("New timeline")
            self.sees("label", "From a starter theme")
            if theme == "Sanctions":
                self.picture("new-timeline-themes")
            self.press(theme)
            self.sees("label", f"Suggestions for “{theme}”")
            title = self.suggested(theme)[0]["title"]
            self.row_has_focus(title)
            app.key("a")
            self.becomes([title], lambda: self.events(theme))
        self.becomes(3, lambda: len(self.cli("timelines", self.notebook)["timelines"]))

    def test_dark_and_narrow(self):
        """In a window of 720 pixels every button of a row can be pressed; dark."""
        self.size(720, 600)
        app = self.open_with_rule(dark=True)
        titles = self.titles()
        self.lists(titles)
        self.picture("suggestions-narrow")
        for button in ("Add: ", "Later: ", "Open: "):
            self.button(button + titles[0])
        self.press("Edit Rule…")
        self.has_window("Rule")
        self.sees("status bar", re.compile("^[0-9]+ posts fit$"))
        self.picture("rule-dialog-dark")
        app.key("Escape")
        self.no_window("Rule")
        app.click(self.button("Not This: " + titles[0]))
        self.becomes(len(titles) - 1, lambda: len(self.titles()))


main()
