#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The drawing of a timeline: zoomed, moved, its events selected and dragged, its lanes and its table."""
import os
import re
import time

from annals_case import main
from annals_steps import PATIENCE, Steps, starts, until
from atdrive import xdo

EVENTS = [
    ("“Did not flow into our country yet”", "[2020-03-01~..2020-03-10~]", "State media"),
    ("Ground broken for Pyongyang General Hospital", "2020-03-17", "State media"),
    ("Rodong Sinmun calls for “absolute obedience” to the quarantine", "2020-02-29", "State media"),
    ("UNICEF shipment of PPE by land", "2020-03-23~/2020-03-29~", "Aid & UN"),
    ("Bachelet: ease sectoral sanctions", "2020-03-24", "Aid & UN"),
    ("Exemption for Médecins Sans Frontières", "2020-02-20", "Aid & UN"),
    ("Border with China closed to travellers", "2020-01-22/..", "Border"),
    ("Notice: people near river may be shot", "2020-03", "Border"),
    ("Trains to Dandong stop", "2020-01-31", "Border"),
    ("German, French, Swiss missions shut", "2020-03-09", "Diplomacy"),
    ("Diplomats confined to their quarter", "2020-02-01/2020-03-02", "Diplomacy"),
    ("Talks about the hospital", "", "Diplomacy"),
]
# too many for cards, few enough for bars and dots
SPARSE = [(f"Cargo {n + 1} unloaded", ("2020-02-{0:02d}/2020-02-{1:02d}", "2020-02-{0:02d}~", "2020-02-{0:02d}")[n % 3]
           .format(2 * n + 1, 2 * n + 4), "Aid & UN") for n in range(12)]
DENSE = [(f"Report {n + 1} of the day", f"2020-03-{17 + n % 3:02d}", "State media") for n in range(24)]


class Canvas(Steps):
    def open_timeline(self, events=EVENTS, dark=None, archive=None, **more):
        """The timeline "COVID response" with these events, shown; beside posts of this archive."""
        self.size(1440, 900)
        self.notebook = self.new_notebook(archive or self.shared_seed or self.sample)
        self.cli("timeline-new", self.notebook, "COVID response")
        posts = [post["uid"] for post in self.cli("search", self.notebook, "", "--limit", "3")["posts"]]
        for n, (title, date, lane) in enumerate(events):
            evidence = [word for uid in posts[:n % 3] for word in ("--evidence", uid)]
            if n % 5 == 3:
                evidence += ["--contradicts", posts[-1]]
            self.cli("event", self.notebook, "title:COVID response", "--date", date, "--title", title,
                     "--lane", lane, *evidence)
        self.more(**more)
        self.start(self.notebook, dark=dark)
        self.place("Timelines")
        self.sees("label", re.compile(f"^{len(events)} event"))
        return self.app

    def more(self, overlay=False):
        if overlay:
            self.cli("timeline-new", self.notebook, "Sanctions")
            self.cli("event", self.notebook, "title:Sanctions", "--date", "2020-03-12", "--title",
                     "Panel of experts reports", "--lane", "New York")

    def events(self):
        """title → (date, lane), as annals-cli has them now."""
        shown = self.cli("timeline", self.notebook, "title:COVID response")
        lanes = {lane["uid"]: lane["name"] for lane in shown["timeline"]["lanes"]}
        return {e["title"]: (e["date"]["edtf"], lanes.get(e["lane"])) for e in shown["events"]}

    def in_view(self):
        return self.sees("image", re.compile("^In view: ")).name

    def rests(self):
        """Wait until the drawing stands still."""
        def still():
            before = self.in_view()
            time.sleep(0.1)
            return before == self.in_view()
        until(still, PATIENCE, "the drawing to stand still")

    def canvas(self):
        return self.app.find("panel", "Timeline")

    def zooms(self, dark):
        app = self.open_timeline(EVENTS + SPARSE + DENSE, dark=dark)
        tone = "dark" if dark else "light"
        self.rests()
        self.picture(f"canvas-fit-{tone}")
        app.click(self.event_card("Notice: people near river may be shot"))
        self.sees("text", "Event")
        self.picture(f"canvas-event-{tone}")
        # about the event that is selected
        for name, key, times in (("weeks", "plus", 2), ("days", "plus", 3), ("hours", "plus", 6),
                                 ("years", "minus", 16), ("century", "minus", 9)):
            for _ in range(times):
                app.key(key)
            self.rests()
            self.picture(f"canvas-{name}-{tone}")

    def test_zooms_light(self):
        self.zooms(False)

    def test_zooms_dark(self):
        self.zooms(True)

    # ---- the pointer --------------------------------------------------------------------------------
    def middle(self, node):
        return self.app.point(self.app.at_rest(node))

    def drag_by(self, node, dx, dy=0, fx=0.5):
        x, y = self.app.point(self.app.at_rest(node), fx)
        self.app.drag(x, y, x + dx, y + dy, steps=12)

    def test_drag_moves_date(self):
        """An event that is dragged gets another date, with the precision of the zoom, as one step."""
        self.open_timeline(EVENTS[9:11])
        title = EVENTS[9][0]
        before = self.events()
        self.drag_by(self.event_card(title), 300)
        self.toast(re.compile("^Event moved to "))
        until(lambda: self.events()[title][0] > "2020-03-12", PATIENCE, "a later date")
        date, lane = self.events()[title]
        self.assertRegex(date, "^2020-0[34]-[0-9]{2}$")
        self.assertEqual(lane, "Diplomacy")
        self.undo("Move event")
        self.becomes(before, self.events)
        self.redo("Move event")
        self.becomes(date, lambda: self.events()[title][0])

    def test_drag_bound(self):
        """The end of an event's time is dragged by the end of its bar; Escape gives it up."""
        app = self.open_timeline(EVENTS[9:11])
        title = EVENTS[10][0]
        # the fields of the selected event take their room first
        app.click(self.event_card(title))
        self.becomes(title, lambda: app.find("text", "Event").text)
        x, y, w, h = app.at_rest(self.event_card(title)).box
        ox, oy = app.origin(self.event_card(title))
        right, row = round(ox + x + w - 2), round(oy + y + h / 2)
        app.move_to(right, row)
        xdo("mousedown", 1)
        app.heard()
        for step in range(1, 8):
            xdo("mousemove", right + 20 * step, row)
            time.sleep(0.03)
        app.heard()
        self.picture("canvas-drag-bound")
        xdo("key", "Escape")        # app.key() would let go of the button first
        app.heard()
        xdo("mouseup", 1)
        app.heard()
        self.assertEqual(self.events()[title][0], EVENTS[10][1])

        self.rests()
        x, y, w, h = app.at_rest(self.event_card(title)).box
        self.assertEqual(round(ox + x + w - 2), right)
        app.drag(right, row, right + 140, row, steps=12)
        self.picture("canvas-after-bound")
        until(lambda: self.events()[title][0] > EVENTS[10][1], PATIENCE, "a later end")
        self.assertRegex(self.events()[title][0], "^2020-02-01/2020-03-[0-9]{2}$")

    def test_drag_to_lane(self):
        app = self.open_timeline(EVENTS[5:7])
        title = EVENTS[5][0]
        card = self.event_card(title)
        target = self.event_card(EVENTS[6][0])
        self.drag_by(card, 0, self.middle(target)[1] - self.middle(card)[1])
        self.becomes((EVENTS[5][1], "Border"), lambda: self.events()[title])
        self.undo("Move event")
        self.becomes((EVENTS[5][1], "Aid & UN"), lambda: self.events()[title])
        app.gone("label", re.compile("^Event moved"))

    def test_select_several(self):
        """Ctrl and a click, and a rectangle; several are deleted and moved to a lane as one step."""
        app = self.open_timeline(EVENTS[:11])
        app.click(self.event_card(EVENTS[4][0]))
        xdo("keydown", "ctrl")
        app.click(self.event_card(EVENTS[5][0]))
        xdo("keyup", "ctrl")
        until(lambda: "pressed" in self.event_card(EVENTS[5][0]).now and
              "pressed" in self.event_card(EVENTS[4][0]).now, PATIENCE, "two events selected")
        app.click(self.event_card(EVENTS[4][0]), button=3)
        app.click(self.sees("menu item", re.compile("Delete Events")))
        app.hover(self.toast("2 events deleted"))
        self.becomes(9, lambda: len(self.events()))
        self.press("Undo")
        self.becomes(11, lambda: len(self.events()))

        # from the ground above the lane's first event to below its last
        first, last = self.event_card(EVENTS[5][0]), self.event_card(EVENTS[4][0])
        app.at_rest(last)
        (x1, y1, _, _), (x2, y2, w2, h2) = first.box, last.box
        ox, oy = app.origin(last)
        xdo("keydown", "shift")
        app.drag(round(ox + x1 - 30), round(oy + y1 - 6), round(ox + x2 + w2 / 2), round(oy + y2 + h2 - 4))
        xdo("keyup", "shift")
        until(lambda: all("pressed" in self.event_card(EVENTS[n][0]).now for n in (3, 4, 5)), PATIENCE,
              "what is inside the rectangle selected")
        self.picture("canvas-selected")

    def test_ground_menu(self):
        """The right button beside all events adds one there."""
        app = self.open_timeline(EVENTS[9:10])
        x, y, w, h = app.at_rest(self.event_card(EVENTS[9][0])).box
        ox, oy = app.origin(self.event_card(EVENTS[9][0]))
        app.click_at(round(ox + x + w + 60), round(oy + y + h / 2), button=3)
        app.click(self.sees("menu item", re.compile("Add Event Here")))
        self.has_focus("text", "What happened")
        app.type("Embassy reopens")
        app.key("Return")
        until(lambda: "Embassy reopens" in self.events(), PATIENCE, "the event")
        date, lane = self.events()["Embassy reopens"]
        self.assertEqual(lane, "Diplomacy")
        self.assertGreater(date, "2020-03-10")

    # ---- the keyboard -------------------------------------------------------------------------------
    def test_keyboard(self):
        """Arrows by time, Tab by lane, Home and End; what is counted in a cluster is met as well."""
        app = self.open_timeline(EVENTS[:11] + DENSE)
        app.click(self.event_card(EVENTS[6][0]))
        self.has_focus("push button", self.event_card(EVENTS[6][0]).label)
        app.key("Home")
        self.has_focus("push button", self.event_card(EVENTS[6][0]).label)
        app.key("Right")
        self.has_focus("push button", self.event_card(EVENTS[8][0]).label)
        app.key("Tab")
        focus = self.app.focused()
        until(lambda: self.app.focused() is not None and self.app.focused().label.startswith(EVENTS[10][0]), PATIENCE,
              f"the next lane, not {focus}")
        app.key("shift+Tab")
        before = tuple(title for title, _, lane in EVENTS if lane == "Border")
        until(lambda: self.app.focused() is not None and self.app.focused().label.startswith(before), PATIENCE,
              "the lane before")
        app.key("End")
        until(lambda: self.app.focused() is not None and self.app.focused().label.startswith(EVENTS[4][0]), PATIENCE,
              "the last event")
        for _ in range(4):
            app.key("Left")
        until(lambda: self.app.focused() is not None and self.app.focused().label.startswith("Report "), PATIENCE,
              "an event of the cluster")
        self.becomes(True, lambda: self.app.find("text", "Event").text.startswith("Report "))
        self.picture("canvas-in-cluster")

    def test_wheel_zoom(self):
        """Ctrl and the wheel zoom about the pointer: the event below it stays below it."""
        app = self.open_timeline(EVENTS[9:11])
        card = self.event_card(EVENTS[9][0])
        x, y, w, h = app.at_rest(card).box
        ox, oy = app.origin(card)
        before = self.in_view()
        app.move_to(round(ox + x + 3), round(oy + y + h / 2))
        xdo("keydown", "ctrl")
        for _ in range(5):
            xdo("click", 4)
        xdo("keyup", "ctrl")
        until(lambda: self.in_view() != before, PATIENCE, "another zoom")
        self.rests()
        self.assertLess(abs(self.event_card(EVENTS[9][0]).box[0] - x), 12)

    def test_thrown(self):
        """What is let go of in motion goes on and comes to rest; a touch holds it."""
        settings = os.path.join(self.home["XDG_CONFIG_HOME"], "gtk-4.0", "settings.ini")
        with open(settings, encoding="utf-8") as file:
            text = file.read()
        with open(settings, "w", encoding="utf-8") as file:
            file.write(text.replace("gtk-enable-animations=0", "gtk-enable-animations=1"))
        app = self.open_timeline(EVENTS[:11])
        self.rests()
        card = self.event_card(EVENTS[2][0])
        x, y, w, h = app.at_rest(card).box
        ox, oy = app.origin(card)
        start = round(ox + x + w + 200), round(oy + y + h / 2)

        def thrown():
            """How much farther it went than the pointer."""
            self.rests()
            before = self.event_card(EVENTS[2][0]).box[0]
            moves = [word for step in range(1, 7) for word in
                     ("mousemove", str(start[0] - 25 * step), str(start[1]), "sleep", "0.015")]
            xdo("mousemove", *start, "mousedown", 1, "sleep", "0.05", *moves, "mouseup", 1)
            self.rests()
            after = self.event_card(EVENTS[2][0]).box[0]
            # back to where it was
            app.key("0")
            self.rests()
            return before - after - 150 > 15
        until(thrown, PATIENCE * 2, "what is thrown to go on")

    def test_overview(self):
        """The frame in the overview is dragged, and so are its edges; a click brings a time into view."""
        # posts among the events: with others the overview would go on behind the last event
        feed = self.path("feed.xml")
        with open(feed, "w", encoding="utf-8") as file:
            items = "".join(f"<item><title>Report {day}</title><pubDate>{day} Feb 2020 00:00:00 GMT</pubDate>"
                            f"<description>What was said.</description></item>" for day in (3, 10, 17))
            file.write(f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>")
        app = self.open_timeline(EVENTS[:11], archive=feed)
        overview = self.sees("image", "Overview")
        whole = self.in_view()
        app.click(self.event_card(EVENTS[2][0]))
        self.has_focus("push button", self.event_card(EVENTS[2][0]).label)
        for _ in range(4):
            app.key("plus")
        until(lambda: self.in_view() != whole, PATIENCE, "less in view")
        self.rests()
        x, y, w, h = app.at_rest(overview).box
        ox, oy = app.origin(overview)
        left, right, row = round(ox + x), round(ox + x + w), round(oy + y + h / 2)

        def drag(start, end):
            """The view that comes of it."""
            before = self.in_view()
            app.drag(start, row, end, row, steps=10)
            until(lambda: self.in_view() != before, PATIENCE, "another time in view")
            self.rests()
            return self.in_view()
        # the frame has its middle where the pointer presses beside it
        first = drag(left + 60, left + 80)
        second = drag(left + 80, left + 200)
        self.assertNotEqual(first, second)
        self.assertEqual(drag(left + 200, left + 80), first)
        self.picture("canvas-overview")
        # of the whole its right edge
        app.key("0")
        until(lambda: self.in_view() != first, PATIENCE, "the whole in view")
        self.rests()

        def apart():
            return self.event_card(EVENTS[1][0]).box[0] - self.event_card(EVENTS[2][0]).box[0]
        distance = apart()
        drag(right - 8, left + round(0.8 * w))
        self.assertGreater(apart(), 1.15 * distance)

    # ---- lanes, table, comparison -------------------------------------------------------------------
    def view_menu(self, *path):
        """Choose from the menu of the view; a submenu is a step of the path."""
        self.press("View")
        for item in path:
            self.click_item(item)

    def click_item(self, name):
        """An item of a menu, also one with a mark."""
        self.app.click(self.app.find(None, name, pred=lambda n: n.role.endswith("menu item")))

    def test_lanes(self):
        """Lanes are hidden and shown, made, and made of sources instead."""
        app = self.open_timeline(EVENTS[:11])
        app.click(self.button("Lane Border"))
        self.click_item("Hide Lane")
        app.gone("push button", "Lane Border")
        app.gone("push button", re.compile("^" + re.escape(EVENTS[6][0])))
        self.view_menu("Lanes Shown", "Border")
        self.event_card(EVENTS[6][0])

        self.view_menu("Lanes by Source")
        self.sees("push button", "Lane No source")
        app.gone("push button", "Lane Border")
        self.picture("canvas-by-source")
        self.view_menu("Lanes by Lane")
        self.button("Lane Border")

        self.view_menu("Add Lane…")
        self.has_focus("text", "Name")
        app.type("Weather")
        self.press("Add")
        self.button("Lane Weather")
        self.undo("Add lane")
        app.gone("push button", "Lane Weather")

    def test_compare(self):
        """Another timeline is laid over this one, and taken off again."""
        app = self.open_timeline(EVENTS[9:11], overlay=True)
        self.view_menu("Sanctions")
        card = self.event_card("Panel of experts reports")
        self.button("Lane Sanctions: New York")
        self.picture("canvas-compare")
        app.click(card)
        self.becomes("Panel of experts reports", lambda: app.find("text", "Event").text)
        self.has_focus("push button", self.event_card("Panel of experts reports").label)
        app.key("Delete")
        self.toast("The event is of another timeline; delete it there")
        self.assertEqual(len(self.cli("timeline", self.notebook, "title:Sanctions")["events"]), 1)
        app.click(self.button("Lane Sanctions: New York"))
        self.click_item("Remove from Comparison")
        app.gone("push button", re.compile("^Panel of experts reports"))

    def look_of(self):
        """The lanes that are shown, also those that are scrolled to."""
        return sorted({node.label for node in self.app.find_all("push button", re.compile("^Lane "), visible=False)})

    def test_look_is_kept(self):
        """What lanes are, which are hidden and what is laid over belong to each timeline, also after a restart."""
        app = self.open_timeline(EVENTS[:11], overlay=True)
        history = self.cli("history", self.notebook)
        app.click(self.button("Lane Border"))
        self.click_item("Hide Lane")
        self.view_menu("Sanctions")
        self.button("Lane Sanctions: New York")
        kept = ["Lane Aid & UN", "Lane Diplomacy", "Lane Sanctions: New York", "Lane State media"]
        self.becomes(kept, self.look_of)

        app.click(self.sees("list item", starts("Sanctions, ")))
        self.becomes(["Lane New York"], self.look_of)
        self.view_menu("Lanes by Source")
        self.becomes(["Lane No source"], self.look_of)
        app.click(self.sees("list item", starts("COVID response, ")))
        self.becomes(kept, self.look_of)

        self.stop()
        app = self.start(self.notebook)
        self.place("Timelines")
        self.becomes(kept, self.look_of)
        app.click(self.sees("list item", starts("Sanctions, ")))
        self.becomes(["Lane No source"], self.look_of)
        self.assertEqual(self.cli("history", self.notebook), history, "it is no action that could be undone")

    def test_hidden_event_is_shown(self):
        """Who asks for an event of a hidden lane gets that lane back, and no other."""
        app = self.open_timeline(EVENTS[:11])
        for lane in ("Border", "Diplomacy"):
            app.click(self.button("Lane " + lane))
            self.click_item("Hide Lane")
            app.gone("push button", "Lane " + lane)
        app.key("ctrl+k")
        self.has_window("Quick Open")
        app.type("Trains to Dandong")
        self.sees("list item", re.compile("Trains to Dandong"))
        app.key("Return")
        self.event_card("Trains to Dandong stop")
        self.becomes(["Lane Aid & UN", "Lane Border", "Lane State media"], self.look_of)

    # ---- from the reader ----------------------------------------------------------------------------
    def open_to_drop(self):
        self.notebook = self.new_notebook(self.sample)
        self.cli("timeline-new", self.notebook, "COVID response")
        self.cli("event", self.notebook, "title:COVID response", "--date", "2021-05-11", "--title", "Cholera confirmed",
                 "--lane", "Island")
        app = self.start(self.notebook)
        self.place("Timelines")
        self.event_card("Cholera confirmed")
        self.place("Read")
        return app

    def drag_to_lane(self, start):
        """Over the switcher, and beside the event in its lane."""
        app = self.app

        def beside():
            x, y, w, h = app.at_rest(self.event_card("Cholera confirmed")).box
            ox, oy = app.origin(self.event_card("Cholera confirmed"))
            return round(ox + x + w + 40), round(oy + y + h / 2)
        app.drag_over(start, (app.point(app.find("page tab", "Timelines")),
                              lambda: "selected" in app.find("page tab", "Timelines").states), beside)

    def test_drop_post(self):
        """A post that is dragged from the list onto a lane is an event there, with its date and itself as evidence."""
        app = self.open_to_drop()
        self.drag_to_lane(app.point(self.post_row("Vaccination begins")))
        until(lambda: len(self.events()) == 2, PATIENCE, "the event")
        (title, (date, lane)), = [item for item in self.events().items() if item[0].startswith("Vaccination begins")]
        self.assertEqual(lane, "Island")
        self.assertNotEqual(date, "")
        self.event_card(title)
        self.sees("push button", re.compile("^Vaccination begins.*1 source"))
        self.undo("Add event")
        self.becomes(1, lambda: len(self.events()))

    def test_drop_passage(self):
        """Selected words that are dragged onto a lane are marked, and an event rests on them: one step."""
        app = self.open_to_drop()
        view = self.read()
        start, end, _ = self.select()
        self.drag_to_lane(app.char_point(view, (start + end) // 2))
        self.becomes([self.words], lambda: [one["quote"] for one in self.annotations()])
        self.assertEqual(self.events()[self.words][1], "Island")
        self.event_card(self.words)
        self.undo("Add event")
        self.becomes([], self.annotations)

    # ---- the table ----------------------------------------------------------------------------------
    def test_table(self):
        """The table says what the drawing shows; a row selects its event and the other way round."""
        app = self.open_timeline()
        self.press("Table")
        self.sees("label", "Talks about the hospital")
        self.picture("canvas-table-light")
        app.click(self.sees("label", EVENTS[9][0]))
        self.becomes(EVENTS[9][0], lambda: app.find("text", "Event").text)
        app.click(self.event_card(EVENTS[10][0]))
        self.becomes(EVENTS[10][0], lambda: app.find("text", "Event").text)
        self.sees("table row", re.compile("^" + re.escape(EVENTS[10][0]) + ", .*Diplomacy, .* for, .* against$"))
        self.assert_named()

    def test_table_says_all(self):
        """What a screen reader meets: a drawing that names the table, and there every event, by keyboard alone."""
        events = EVENTS + DENSE
        app = self.open_timeline(events)
        self.assertIn("table", self.canvas().desc)
        self.assertLess(len(app.find_all("push button", re.compile("^Report .* of the day, "))), len(DENSE))
        app.key("alt+t")
        self.sees("tree table", "Events")
        self.tab_to("table row", re.compile(", "))
        met = set()
        app.key("Home")
        for _ in range(3 * len(events)):
            row = app.focused()
            if row is not None and row.role == "table row":
                met.update(title for title, _, _ in events if row.label.startswith(title + ", "))
            if len(met) == len(events):
                break
            app.key("Down")
            app.heard()
            until(lambda: app.focused() is not None, PATIENCE, "the keyboard in the table")
        self.assertEqual(met, {title for title, _, _ in events})
        # the row leads to the event's fields
        label = app.focused().label
        app.key("Return")
        field = self.has_focus("text", "Event")
        self.becomes(True, lambda: field.text != "" and label.startswith(field.text + ", "))
        self.stop()
        app = self.start(self.notebook)
        app.key("alt+2")
        self.sees("tree table", "Events")

    def test_one_day(self):
        """A cluster that no zoom can part opens the table, its events selected."""
        app = self.open_timeline([(f"Report {n + 1}", "2020-03-17", "State media") for n in range(30)])
        canvas = app.at_rest(self.canvas())
        # at its place below the lane's name: a day is in the middle of the month that is shown
        ox, oy = app.origin(canvas)
        x, y, w, h = canvas.box
        self.rests()
        self.picture("canvas-one-day")
        until(lambda: self.click_cluster(ox + x, oy + y, w), PATIENCE, "the table of the cluster's events", 1)
        self.picture("canvas-one-day-table")

    def click_cluster(self, left, top, width):
        for x in range(round(left + 30), round(left + width * 0.3), 24):
            self.app.click_at(x, round(top + 42))
            if self.app.find_all("label", "Report 1"):
                return True
        return False


main()
