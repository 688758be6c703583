#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""atdrive: drive a GTK 4.8 program as a person would: look through AT-SPI, act through xdotool.

Runs inside run-headless. Needs python3-gi, xdotool, x11-utils (xprop) and imagemagick;
gir1.2-atspi-2.0 only for the names of roles and states. Start it with /usr/bin/python3 (a pyenv or uv
Python has no gi).

It talks to the program straight over the accessibility bus instead of through libatspi: libatspi
without a main loop has a stale cache, and without a cache needs some ten round trips a widget. Here one
snapshot of a window of 300 widgets takes about 60 ms.
"""
import os
import re
import signal
import subprocess
import sys
import time
import warnings

warnings.simplefilter("ignore")     # gi's and Atspi's deprecation notes
import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACC, COMP, TEXT, ACT = ("org.a11y.atspi." + x for x in ("Accessible", "Component", "Text", "Action"))
ROOT = "/org/a11y/atspi/accessible/root"
# The coordinate type. Never 0 (SCREEN): GTK 4.8 answers wrongly and warns each time.
WINDOW = 1
POPUP_LAYER = 5                     # a GtkPopover
LARGEST = 100000                    # more than a window is wide: 4.18 has made it up
# What newer GTK and at-spi2 call what Debian 12's call otherwise.
RENAMED = {"button": "push button", "toggle button": "push button", "grouping": "panel"}
LABELLED_BY = 2                     # the relation
UNNAMED = ("status bar", "alert", "notification")
# Seconds to wait for what must come. Long, because a loaded machine is slow and a wait that is over costs
# nothing; longer than a toast that lies over something (5 s). A program under a sanitizer takes longer.
PATIENCE = 20 * int(os.environ.get("ANNALS_PATIENCE", "1"))
STATES = {
    int(state): state.value_nick
    for state in (getattr(Atspi.StateType, n) for n in dir(Atspi.StateType) if n.isupper())
    if state.value_nick != "last-defined"
}


class Timeout(AssertionError):
    """Something that should have come did not."""


class Ended(AssertionError):
    """The program was gone before it had a window."""


def until(fn, timeout=PATIENCE, what="condition", step=0.03):
    """Poll fn until it returns something true, and return that.

    D-Bus errors (an object went away meanwhile) count as 'not yet'.
    """
    end, last = time.monotonic() + timeout, None
    while True:
        try:
            result = fn()
            if result:
                return result
        except GLib.Error as error:
            last = error
        if time.monotonic() > end:
            raise Timeout(f"timed out after {timeout} s: {what}"
                          + (f" (last error: {last})" if last else ""))
        time.sleep(step)


def xdo(*args):
    """Run xdotool. Never `mousemove --sync`: it waits 15 s when the pointer is there already."""
    run = subprocess.run(["xdotool", *map(str, args)], check=True, capture_output=True, text=True)
    return run.stdout.strip()


def states_of(bits):
    bits = bits[0] | bits[1] << 32
    return {nick for i, nick in STATES.items() if bits >> i & 1}


class Bus:
    """The accessibility bus."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                    None, None, 0, 5000, None).unpack()[0]
        flags = Gio.DBusConnectionFlags
        self.address = address
        self.con = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)

    def call(self, name, path, iface, method, sig=None, *args):
        answer = self.con.call_sync(name, path, iface, method,
                                    GLib.Variant(sig, args) if sig else None,
                                    None, 0, PATIENCE * 1000, None).unpack()
        return answer[0] if len(answer) == 1 else answer

    def batch(self, name, calls):
        """Many calls in flight at once; a failed call gives None."""
        context = GLib.MainContext.default()
        results, left = [None] * len(calls), [len(calls)]

        def done(con, result, i):
            left[0] -= 1
            try:
                value = con.call_finish(result).unpack()
                results[i] = value[0] if len(value) == 1 else value
            except GLib.Error:
                pass

        for i, (path, iface, method, sig, *args) in enumerate(calls):
            self.con.call(name, path, iface, method, GLib.Variant(sig, tuple(args)) if sig else None,
                          None, 0, PATIENCE * 1000, None, done, i)
        while left[0]:
            context.iteration(True)
        return results

    def prop(self, name, path, iface, prop):
        return self.call(name, path, "org.freedesktop.DBus.Properties", "Get", "(ss)", iface, prop)


class Node:
    """One accessible, as it was at the snapshot; box, text, selection and so on are asked live."""

    def __init__(self, app, path):
        self.app, self.path, self.kids, self.parent = app, path, [], None
        self.role = self.name = self.desc = self.raw = ""
        self.states, self.ifaces = set(), ()

    def __eq__(self, other):
        return isinstance(other, Node) and other.path == self.path

    def __hash__(self):
        return hash(self.path)

    def __repr__(self):
        return f"<{self.role} {self.label!r}>"

    def _call(self, iface, method, sig=None, *args):
        return self.app.bus.call(self.app.bus_name, self.path, iface, method, sig, *args)

    def _prop(self, iface, prop):
        return self.app.bus.prop(self.app.bus_name, self.path, iface, prop)

    @property
    def label(self):
        """The name as a person hears it: 4.8 calls a mnemonic button '_Save As Save As'."""
        half = len(self.name) // 2
        shown = self.name[half + 1:]
        return shown if self.name[:half + 1].replace("_", "", 1).rstrip() == shown else self.name

    @property
    def box(self):
        """(x, y, width, height) in window coordinates; the CSS padding is not in it."""
        return self._call(COMP, "GetExtents", "(u)", WINDOW)

    @property
    def toplevel(self):
        # by place, not by role: 4.8 calls an AdwMessageDialog 'dialog', but a GtkDialog 'filler'
        return self.parent is not None and self.parent.role == "application"

    @property
    def text(self):
        return self.app.reads(self.raw_text)

    @property
    def raw_text(self):
        if TEXT not in self.ifaces:
            return ""
        return self._call(TEXT, "GetText", "(ii)", 0, self._prop(TEXT, "CharacterCount"))

    def write(self, text):
        """Put a text into a field in one go. Nothing is returned: look whether it is there."""
        self._call("org.a11y.atspi.EditableText", "SetTextContents", "(s)", text)

    @property
    def caret(self):
        return self._prop(TEXT, "CaretOffset")

    @property
    def selection(self):
        """(start, end, text) or None."""
        if self._call(TEXT, "GetNSelections") < 1:
            return None
        start, end = self._call(TEXT, "GetSelection", "(i)", 0)
        return start, end, self._call(TEXT, "GetText", "(ii)", start, end)

    @property
    def now(self):
        """States as they are now."""
        return states_of(self._call(ACC, "GetState"))

    @property
    def actions(self):
        if ACT not in self.ifaces:
            return []
        calls = [(self.path, ACT, "GetName", "(i)", i) for i in range(self._prop(ACT, "NActions"))]
        return self.app.bus.batch(self.app.bus_name, calls)

    @property
    def value(self):
        return self._prop("org.a11y.atspi.Value", "CurrentValue")

    def all(self):
        yield self
        for kid in self.kids:
            yield from kid.all()

    @property
    def content(self):
        """Text of the labels inside (of a list row without a name of its own)."""
        return " ".join(t for t in (n.text for n in self.all() if n is not self) if t)

    @property
    def where(self):
        node, out = self, []
        while node is not None and node.role != "application":
            out.append(node.role + (f"[{node.label}]" if node.label else ""))
            node = node.parent
        return " > ".join(reversed(out))


class Adopted:
    """A process that another one started, such as the session bus. How it ended is not ours to know: 0."""

    def __init__(self, pid):
        self.pid, self.returncode = pid, None

    def poll(self):
        try:
            with open(f"/proc/{self.pid}/stat", encoding="utf-8", errors="replace") as file:
                ended = file.read().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            ended = True
        self.returncode = 0 if ended else None
        return self.returncode

    def wait(self, timeout=None):
        try:
            until(lambda: self.poll() is not None, timeout or PATIENCE, "the process to end")
        except Timeout:
            raise subprocess.TimeoutExpired(str(self.pid), timeout) from None

    def terminate(self):
        os.kill(self.pid, signal.SIGTERM)

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)


class App:
    """A running program: the one that cmd starts, or proc, which runs already.

    reads: what is said on the screen, in the tests' words (of a language that nobody speaks); raw and raw_text of a
    node are what stands there.
    """
    reads = staticmethod(str)

    def __init__(self, cmd, env=None, log=None, timeout=3 * PATIENCE, proc=None):
        self.bus = Bus()
        self.log_path = log
        self.log = open(log, "ab") if log else subprocess.DEVNULL
        self.t0 = time.monotonic()
        self.proc = proc or subprocess.Popen(cmd, env={**os.environ, **(env or {})},
                                             stdout=self.log, stderr=self.log)
        try:
            until(self._attach, timeout, f"{cmd[0] if cmd else self.proc.pid} on the accessibility bus", 0.01)
            until(self.x_windows, timeout, "a mapped window", 0.01)
            self.t_window = time.monotonic() - self.t0
            # 4.8 does not say of a dialog that it is active, and one may be up at once
            until(lambda: any("active" in w.states or w.role != "frame" for w in self.snap().kids), PATIENCE,
                  "an active window (is a window manager running?)")
        except BaseException:
            self.end()
            raise

    def _attach(self):
        if self.proc.poll() is not None:
            raise Ended(f"the program ended with status {self.proc.returncode}: "
                        + self.said()[-2000:])
        for name, path in self.bus.call("org.a11y.atspi.Registry", ROOT, ACC, "GetChildren"):
            pid = self.bus.call("org.freedesktop.DBus", "/org/freedesktop/DBus",
                                "org.freedesktop.DBus", "GetConnectionUnixProcessID", "(s)", name)
            if pid == self.proc.pid:
                self.bus_name, self.root_path = name, path
                version = self.bus.prop(name, path, "org.a11y.atspi.Application", "Version")
                self.gtk = tuple(map(int, version.split(".")[:2]))
                return bool(self.bus.call(name, path, ACC, "GetChildren"))
        return False

    def said(self):
        """What the program has written to its log so far."""
        if not self.log_path:
            return ""
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    # ---- looking -------------------------------------------------------------------------------
    def snap(self, all_rows=False):
        """The accessible tree now. Of long lists only rows whose box meets the view are entered."""
        root = Node(self, self.root_path)
        root.role = "application"
        nodes, level = {root.path: root}, [root]
        while level:
            kids = self.bus.batch(self.bus_name,
                                  [(n.path, ACC, "GetChildren", None) for n in level])
            following = []
            for node, paths in zip(level, kids):
                for _, path in paths or ():
                    if path in nodes or path.endswith("/null"):
                        continue
                    kid = nodes[path] = Node(self, path)
                    kid.parent = node
                    node.kids.append(kid)
                    following.append(kid)
            if not all_rows:
                following = self._drop_rows_out_of_view(following)
            level = following
        items = self.bus.call(self.bus_name, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache",
                              "GetItems")
        for ref, _, _, _, _, ifaces, name, role, desc, states in items:
            node = nodes.get(ref[1])
            if node is not None and node is not root:
                role = Atspi.role_get_name(Atspi.Role(role))
                node.role = RENAMED.get(role, role)
                node.raw, node.name, node.desc = name, self.reads(name), self.reads(desc)
                node.ifaces, node.states = tuple(ifaces), states_of(states)
        unnamed = [n for n in nodes.values() if not n.raw]
        self._name_by_text([n for n in unnamed if n.role in UNNAMED and TEXT in n.ifaces])
        self._name_by_label([n for n in unnamed if n.role.endswith("menu item")])
        return root

    def _name_by_text(self, nodes):
        """Since 4.14 a name comes from what stands in a widget only where ARIA lets it: not for these roles."""
        texts = self.bus.batch(self.bus_name, [(n.path, TEXT, "GetText", "(ii)", 0, -1) for n in nodes])
        for node, text in zip(nodes, texts):
            node.raw, node.name = text or "", self.reads(text or "")

    def _name_by_label(self, nodes):
        """And of an item of a menu it says only which label names it, that is not in the tree itself."""
        relations = self.bus.batch(self.bus_name, [(n.path, ACC, "GetRelationSet", None) for n in nodes])
        labels = [next((targets[0][1] for kind, targets in found or () if kind == LABELLED_BY), "/null")
                  for found in relations]
        texts = self.bus.batch(self.bus_name, [(path, TEXT, "GetText", "(ii)", 0, -1) for path in labels])
        for node, text in zip(nodes, texts):
            node.raw, node.name = text or "", self.reads(text or "")

    def _boxes(self, nodes):
        return self.bus.batch(self.bus_name,
                              [(n.path, COMP, "GetExtents", "(u)", WINDOW) for n in nodes])

    def _drop_rows_out_of_view(self, nodes):
        for parent in {n.parent for n in nodes if len(n.parent.kids) > 60}:
            view, *boxes = self._boxes([parent, *parent.kids])
            if not view:
                continue
            _, y, _, h = view
            keep = [k for k, b in zip(parent.kids, boxes)
                    if b and b[3] > 0 and b[1] < y + h and b[1] + b[3] > y]
            drop = set(parent.kids) - set(keep)
            parent.kids = keep
            nodes = [n for n in nodes if n not in drop]
        return nodes

    def windows(self):
        return self.snap().kids

    def frame(self):
        """The active window, or else the first."""
        windows = self.windows()
        return next((w for w in windows if "active" in w.states), windows[0])

    def find_all(self, role=None, name=None, pred=None, visible=True, under=None):
        """Every widget of this role and name (a string, or a pattern to search for) that one sees."""
        def named(node):
            if name is None:
                return True
            if isinstance(name, re.Pattern):
                return name.search(node.label) is not None
            return node.label == name

        root = self.snap()
        if under is not None:
            root = next((n for n in root.all() if n == under), root)
        return [n for n in root.all()
                if (role is None or n.role == role) and named(n) and (pred is None or pred(n))
                and (not visible or self.on_screen(n))]

    def find(self, role=None, name=None, pred=None, timeout=PATIENCE, visible=True, under=None):
        """The first of find_all(), as soon as there is one."""
        return until(lambda: next(iter(self.find_all(role, name, pred, visible, under)), None),
                     timeout, f"{role} {name!r}")

    def gone(self, role, name, timeout=PATIENCE):
        return until(lambda: not self.find_all(role, name), timeout, f"{role} {name!r} to go away")

    def focused(self):
        """The widget with the keyboard focus."""
        # Below the active window, others remember where it was. 4.8 marks dialogs neither ACTIVE nor SHOWING: look
        # there first.
        active = subprocess.run(["xdotool", "getactivewindow", "getwindowname"], capture_output=True,
                                text=True, check=False).stdout.strip()
        for window in sorted(self.windows(), key=lambda w: (w.label != active, w.role == "frame")):
            hits = [n for n in window.all() if "focused" in n.states]
            if hits:
                return hits[-1]
        return None

    def dialog(self, name=None, timeout=PATIENCE):
        """Wait for a dialog that has the focus (keys sent before that go to the window below)."""
        def up():
            dialog = next((w for w in self.windows()
                           if w.role != "frame" and (name is None or w.label == name)), None)
            if not dialog or not any("focused" in n.states for n in dialog.all()):
                return None
            active = subprocess.run(["xdotool", "getactivewindow", "getwindowname"],
                                    capture_output=True, text=True).stdout.strip()
            return dialog if active in ("", dialog.name) or not dialog.name else None
        return until(up, timeout, f"dialog {name!r} with the focus")

    def native(self, node):
        """The popover or toplevel that holds the widget."""
        while not node.toplevel and node.parent is not None:
            if COMP in node.ifaces and node._call(COMP, "GetLayer") == POPUP_LAYER:
                return node
            node = node.parent
        return node

    def pick(self, native, x, y):
        """Path of the widget really at a point: gtk_widget_pick, so only mapped ones answer."""
        return native._call(COMP, "GetAccessibleAtPoint", "(iiu)", int(x), int(y), WINDOW)[1]

    def on_screen(self, node):
        """Would a person see it?

        GTK 4.8 says VISIBLE for everything and SHOWING only for toplevels, and a widget in a hidden
        stack page keeps its old box: so ask what is at its middle and near its corners.
        """
        if node.toplevel or node.role == "application":
            return True
        if COMP not in node.ifaces:
            return False
        try:
            return self._picked(node)
        except GLib.Error:          # gone since the snapshot
            return False

    def _picked(self, node):
        x, y, w, h = node.box
        if w <= 0 or h <= 0:
            return False
        native, mine = self.native(node), {k.path for k in node.all()}
        # The last three points lie in the CSS padding, outside the content box: over an entry's
        # inner text 4.8 answers 'nothing', because what never was in the tree has no object yet.
        points = ((x + w * .5, y + h * .5), (x + w * .04, y + h * .1), (x + w * .96, y + h * .9),
                  (x - 3, y + h * .5), (x + w + 2, y + h * .5), (x + w * .5, y - 2))
        if self.gtk >= (4, 10):
            return any(self._contains(node, px, py) for px, py in points)
        return any(self.pick(native, px, py) in mine for px, py in points)

    def _contains(self, node, x, y):
        """Newer GTK has no hidden widgets in its tree, and knows of boxes only: even of what is hidden."""
        above = [node]
        while above[-1].parent is not None and not above[-1].toplevel:
            above.append(above[-1].parent)
        end = self.native(node)
        above = above[:above.index(end) + 1] if end in above else above
        return all(box and box[0] <= x <= box[0] + box[2] <= LARGEST and box[1] <= y <= box[1] + box[3]
                   for box in self._boxes(above[1:] or above))

    def rows(self, lst):
        """Rows in view, top to bottom.

        GtkListView keeps some 200 realized rows, and those scrolled away keep an old box: where two
        overlap, the one that is really there counts.
        """
        lst = next(n for n in self.snap().all() if n == lst)
        found = sorted(((b[1], b[1] + b[3], k) for b, k in zip(self._boxes(lst.kids), lst.kids) if b),
                       key=lambda row: row[0])
        return [k for y0, y1, k in found
                if not any(o is not k and o0 < y1 and o1 > y0 for o0, o1, o in found)
                or self.on_screen(k)]

    def row_texts(self, lst):
        return [row.content or row.label for row in self.rows(lst)]

    def settled(self, lst, timeout=PATIENCE):
        """Row texts once two looks running agree (after scrolling)."""
        previous, end = None, time.monotonic() + timeout
        while time.monotonic() < end:
            current = self.row_texts(lst)
            if current == previous:
                return current
            previous = current
            time.sleep(0.05)
        raise Timeout("the list did not settle")

    # ---- where on the screen -------------------------------------------------------------------
    def x_windows(self):
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.proc.pid)],
                              capture_output=True, text=True).stdout.split()

    def _geometries(self):
        """(properties, x, y, width, height, shadow left, right, top, bottom) of each X window."""
        for window in self.x_windows():
            props = subprocess.run(
                ["xprop", "-id", window, "WM_NAME", "_NET_WM_NAME", "_GTK_FRAME_EXTENTS", "WM_STATE"],
                capture_output=True, text=True).stdout
            try:
                lines = xdo("getwindowgeometry", "--shell", window).splitlines()
            except subprocess.CalledProcessError:
                continue            # a tooltip or popover that went away meanwhile
            geometry = dict(line.split("=") for line in lines)
            shadow = re.search(r"_GTK_FRAME_EXTENTS\(CARDINAL\) = (\d+), (\d+), (\d+), (\d+)", props)
            yield (props, *(int(geometry[k]) for k in ("X", "Y", "WIDTH", "HEIGHT")),
                   *(map(int, shadow.groups()) if shadow else (0, 0, 0, 0)))

    def origin(self, node):
        """Screen position of (0, 0) of the widget's window coordinates.

        Toplevel: X position + CSD shadow (_GTK_FRAME_EXTENTS) + CSS border ('solid-csd': 5 px
        without a compositor). Popover: a window of its own, but 4.8 counts from the toplevel as if
        it sat at its parent: match the popover's accessible to its X window by size.
        """
        return until(lambda: self._origin(node), PATIENCE, f"the X window of {node}")

    def _origin(self, node):
        geometries = list(self._geometries())
        # no WM_STATE: not managed by the window manager
        popups = [g for g in geometries if "window state" not in g[0]]
        native = self.native(node)
        ex, ey, ew, eh = native.box
        if not native.toplevel:
            # the popover's X window is its content and shadow; its box here is the content box
            best = min(popups, default=None,
                       key=lambda g: abs(g[3] - g[5] - g[6] - ew) + abs(g[4] - g[7] - g[8] - eh))
            if best is None:        # not mapped yet
                return None
            _, x, y, width, height, left, right, top, bottom = best
            return (x + left + (width - left - right - ew) / 2 - ex,
                    y + top + (height - top - bottom - eh) / 2 - ey)
        best = None
        for g in [g for g in geometries if g not in popups] or geometries:
            props, x, y, width, height, left, right, top, bottom = g
            bx, by = (width - left - right - ew) / 2, (height - top - bottom - eh) / 2
            named = 0 if native.raw and f'"{native.raw}"' in props else 1
            candidate = (named, abs(bx) + abs(by), x + left + bx, y + top + by)
            best = min(best or candidate, candidate)
        return best and (best[2], best[3])

    def point(self, node, fx=0.5, fy=0.5):
        """Screen point at these fractions of the widget's box."""
        x, y, w, h = node.box
        assert w > 0 and h > 0, f"{node} is not on the screen"
        ox, oy = self.origin(node)
        return round(ox + x + w * fx), round(oy + y + h * fy)

    def char_point(self, node, offset, fx=0.1):
        """Screen point of a character of a GtkTextView (4.8 gives no boxes in labels and entries)."""
        x, y, w, h = node._call(TEXT, "GetCharacterExtents", "(iu)", offset, WINDOW)
        ox, oy = self.origin(node)
        return round(ox + x + w * fx), round(oy + y + h / 2)

    # ---- acting --------------------------------------------------------------------------------
    def press(self, node, action=None):
        """An AT-SPI action (default: click, toggle or activate, whichever there is)."""
        names = node.actions
        for wanted in [action] if action else ["click", "toggle", "activate"]:
            if wanted in names:
                done = node._call(ACT, "DoAction", "(i)", names.index(wanted))
                assert done, f"{node} refused {wanted}"
                return
        raise AssertionError(f"{node} has no such action; it has {names}")

    def heard(self):
        """Wait until the program has taken the pointer's and the keyboard's events sent so far.

        It answers the bus in the same main loop that reads the X server: a second answer comes from a turn
        that began when the events were there.
        """
        try:
            for _ in range(2):
                self.bus.call(self.bus_name, self.root_path, ACC, "GetState")
        except GLib.Error:          # the event ended it
            pass

    def at_rest(self, node):
        """Wait until a widget stands still; the widget, or the one that took its place."""
        def still():
            nonlocal node
            try:
                box = node.box
                time.sleep(0.03)
                return box == node.box
            except GLib.Error:      # a list was filled anew
                node = next(iter(self.find_all(node.role, node.label)), node)
                return False
        until(still, PATIENCE, f"{node} to stand still")
        return node

    def move_to(self, x, y):
        """Move the pointer there, as a hand does: in more than one motion.

        After a popover went away GTK 4.8 may answer the next motion with one it makes up in that popover, and
        would send a click there, that is nowhere. The motion after that puts it right.
        """
        for step in (2, 0):
            xdo("mousemove", x - step, y)
            self.heard()
            time.sleep(0.03)

    def click_at(self, x, y, button=1, times=1):
        """Click, or with times=2 double-click.

        The button is held until the program knows that it is down. When GTK lays a window out it makes up a
        motion of the pointer, with the buttons as they are then: were the button up again before the program
        came to the press, that motion would cancel the click.
        """
        self.move_to(x, y)
        # in one command, or a busy machine makes two clicks of it
        for _ in range(times - 1):
            xdo("mousedown", button, "sleep", 0.05, "mouseup", button, "sleep", 0.03, "mousedown", button)
        if times == 1:
            xdo("mousedown", button)
        self.heard()
        time.sleep(0.03)
        xdo("mouseup", button)
        self.heard()

    def click(self, node, button=1, times=1, fx=0.5, fy=0.5):
        self.click_at(*self.point(self.at_rest(node), fx, fy), button, times)

    def click_with(self, key, node):
        """Click while a key is held: "ctrl", "shift"."""
        xdo("keydown", key)
        try:
            self.heard()
            self.click(node)
        finally:
            xdo("keyup", key)
        self.heard()

    def hover(self, node):
        """Put the pointer on a widget. A toast stays for as long."""
        self.move_to(*self.point(self.at_rest(node)))

    def drag(self, x1, y1, x2, y2, steps=8):
        self.move_to(x1, y1)
        xdo("mousedown", 1)
        self.heard()                # see click_at()
        time.sleep(0.05)
        for i in range(1, steps + 1):
            xdo("mousemove", round(x1 + (x2 - x1) * i / steps), round(y1 + (y2 - y1) * i / steps))
            time.sleep(0.02)
        self.heard()
        time.sleep(0.05)
        xdo("mouseup", 1)
        self.heard()

    def drag_over(self, start, over, end):
        """Drag from a point to one, over another at which it rests until over() answers: a place in the switcher
        opens below a drag that stays on it. end(): the point, asked for when it is there."""
        self.move_to(*start)
        xdo("mousedown", 1)
        self.heard()
        time.sleep(0.05)
        target, opened = over
        steps = 12
        for i in range(1, steps + 1):
            xdo("mousemove", round(start[0] + (target[0] - start[0]) * i / steps),
                round(start[1] + (target[1] - start[1]) * i / steps))
            time.sleep(0.02)

        def rested():
            if opened():
                return True
            for nudge in (1, 0):    # a pointer that does not move may not be seen to be there
                xdo("mousemove", target[0] + nudge, target[1])
            time.sleep(0.3)
            return opened()
        until(rested, PATIENCE, "what opens below a drag")
        last = end()
        for i in range(1, steps + 1):
            xdo("mousemove", round(target[0] + (last[0] - target[0]) * i / steps),
                round(target[1] + (last[1] - target[1]) * i / steps))
            time.sleep(0.02)
        self.heard()
        time.sleep(0.05)
        xdo("mouseup", 1)
        self.heard()

    def drag_select(self, view, start, end):
        """Select characters [start, end) of a GtkTextView with the mouse: (start, end, text)."""
        if view.selection:          # a drag that starts in a selection would move the text
            self.click_at(*self.char_point(view, 0))
            until(lambda: not view.selection, PATIENCE, "the selection to go")
        self.at_rest(view)
        time.sleep(0.5)             # or GTK may take it for a double click
        self.drag(*self.char_point(view, start, 0.1), *self.char_point(view, end - 1, 0.9))
        try:
            # the last motion may still be on its way
            return until(lambda: view.selection and view.selection[:2] == (start, end) and view.selection,
                         PATIENCE, "a selection")
        except Timeout:
            return view.selection

    def key(self, *combos):
        for combo in combos:
            xdo("key", "--clearmodifiers", combo)
            self.heard()
            time.sleep(0.03)

    def type(self, text, delay=12):
        """Type text.

        A character the layout lacks (Hangul) is bound to a spare key code for `delay` ms only, and a
        program that is slower than that reads another character: give those 200 ms.
        """
        for run in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]+", text):
            xdo("type", "--clearmodifiers", "--delay", delay if run.isascii() else 200, "--", run)

    def wheel(self, node, clicks, down=True):
        xdo("mousemove", *self.point(node))
        time.sleep(0.05)
        xdo("click", "--repeat", clicks, "--delay", 10, 5 if down else 4)

    # ---- checks --------------------------------------------------------------------------------
    def audit(self, window=None):
        """Everything one can focus must have a name a person understands: the offenders as text.

        GTK's own file chooser has six; audit our own windows by name.
        """
        bad = []
        for node in (n for w in self.windows() if window in (None, w.label) for n in w.all()):
            if "focusable" not in node.states or not self.on_screen(node):
                continue
            # containers: named by what they hold
            if node.role == "scroll pane" or node.name in ("GtkPaned", "GtkListBox"):
                continue
            # GtkPaned, since 4.10
            if node.role == "panel" and node.raw == "" and node.states & {"horizontal", "vertical"}:
                continue
            # what a drop-down shows of its list, in its button
            if node.name == "GtkListItemWidget" and "push button" in node.where:
                continue
            name = node.label.strip()
            if node.role in ("list item", "table row", "tree item"):
                name = name or node.content
            # 4.8: an unnamed widget is 'called' its GType
            if not name or re.fullmatch(r"(Gtk|Adw|Annals)[A-Z]\w*", name):
                bad.append(f"{node.role} without a name ({node.name!r}): {node.where}")
        return bad

    def tab_walk(self, key="Tab", limit=60):
        """Press a key until the focus comes round; the stops met, as nodes."""
        seen = []
        for _ in range(limit):
            stop = self.focused()
            if stop in seen:
                break
            seen.append(stop)
            self.key(key)
            try:
                until(lambda: self.focused() not in (None, stop), 2)
            except Timeout:         # it stays, or is nowhere: the next round sees it
                pass
        return seen

    def screenshot(self, path):
        subprocess.run(["import", "-window", "root", path], check=True)
        return path

    def dump(self, out=sys.stdout, boxes=True):
        """Write the tree, a line per widget."""
        def write(node, depth):
            actions = node.actions
            print("  " * depth + node.role, repr(node.label),
                  tuple(node.box) if boxes and COMP in node.ifaces else "",
                  " ".join(sorted(node.states - {"visible", "sensitive"})),
                  actions if len(actions) < 4 else "", file=out)
            for kid in node.kids:
                write(kid, depth + 1)
        for window in self.windows():
            write(window, 0)

    def rss_kb(self):
        with open(f"/proc/{self.proc.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1))

    # ---- the end -------------------------------------------------------------------------------
    def close(self, timeout=PATIENCE):
        """Close the window; make sure the process ended; its exit status."""
        if self.proc.poll() is None:
            try:
                # by pointer, not by the action window.close: listing a window's actions leaks in 4.8
                self.click(self.find("push button", "Close", timeout=10))
                self.proc.wait(timeout)
            except (AssertionError, GLib.Error, subprocess.SubprocessError):
                pass                # the caller sees it by the status
        return self.end(timeout)

    def end(self, timeout=PATIENCE):
        """Make sure the process ended, by a signal if it must be; its exit status."""
        if self.proc.poll() is None:
            self.proc.terminate()
            try:
                self.proc.wait(timeout)
            except subprocess.TimeoutExpired:
                self.proc.kill()
                self.proc.wait()
        if self.log is not subprocess.DEVNULL:
            self.log.close()
        return self.proc.returncode

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.close()
