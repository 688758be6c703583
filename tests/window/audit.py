# SPDX-License-Identifier: GPL-3.0-or-later
"""audit: is a view, a dialog or a popover for everybody? Looked at as it stands on the screen.

    audit = Audit(app)
    audit.room = 1024, 640          the main window may be no larger
    audit.look("Read")              what is there: names, roles, contrast; nothing beyond the edge of its window
    audit.walk("Read")              what the keyboard comes to, and whether one sees where it is
    print(audit.counts())
    audit.faults                    what is wrong, a line each

A control is what one can use: everything that takes the focus. Contrast is measured on the pixels, as WCAG
reckons it: of each line of text the pixel that differs most from the ground it stands on. So that this is the colour
itself, letters are drawn without soft edges: crisp() says so to the programs started after it.
"""
import ctypes
import re
import subprocess
from collections import Counter

from gi.repository import GLib

from atdrive import COMP, POPUP_LAYER, until

UNNAMED = re.compile(r"(Gtk|Adw|Annals)[A-Z]\w*")
# what one can use, and may be called
ROLES = {"push button", "toggle button", "check box", "radio button", "combo box", "text", "entry", "password text", "list item",
         "page tab", "menu item", "check menu item", "radio menu item", "slider", "spin button", "link", "panel", "table row",
         "tree item", "table cell", "switch", "label", "date editor", "calendar", "tool tip", "list", "image", "icon", "drawing area"}
# pixels of the frame that says where the keyboard is
RING = 4
# what is in them need not be seen whole
CLIPS = ("scroll pane", "viewport", "list", "table", "text", "entry")
# a popover's box lacks its padding
EDGE = 12
# holds others and is called after them, or is GTK's own
HOLDERS = ("scroll pane", "split pane", "viewport")
BOXES = ("GtkPaned", "GtkListBox", "GtkFlowBox", "GtkScrolledWindow")
IN_LISTS = ("list item", "table row", "tree item", "table cell", "menu item", "check menu item", "radio menu item",
            "page tab", "radio button")
# in every title bar; the keyboard has the window manager's keys and Ctrl+W for them
OF_THE_WINDOW = ("Close", "Minimize", "Maximize", "Restore")
WORDS = 4.5
SIGNS = 3.0
# of a reckoning in whole pixels' colours
SOFT = 0.05
BACK = {"Tab": "shift+Tab", "shift+Tab": "Tab", "Down": "Up", "Up": "Down"}
# pixels around a control in which its focus is seen; a row's box lacks its padding
RIM = {"list item": 18}
NARROW_RIM = 10


def crisp(size=100):
    """Letters without soft edges, so many hundredths of their size, in the programs that start from now on.

    GTK reads this on X11 where no desktop gives it settings; settings.ini does not count for it."""
    subprocess.run(["xprop", "-root", "-format", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER",
                    f"Xft.antialias:\t0\nXft.hinting:\t1\nXft.hintstyle:\thintslight\nXft.dpi:\t{96 * size // 100}\n"], check=True)


class Screen:
    """The pixels of the screen. An XImage begins with width, height, offset, format and data."""

    class Image(ctypes.Structure):
        _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int),
                    ("format", ctypes.c_int), ("data", ctypes.c_void_p), ("byte_order", ctypes.c_int),
                    ("bitmap_unit", ctypes.c_int), ("bitmap_bit_order", ctypes.c_int),
                    ("bitmap_pad", ctypes.c_int), ("depth", ctypes.c_int), ("bytes_per_line", ctypes.c_int)]

    def __init__(self):
        self.x11 = ctypes.CDLL("libX11.so.6")
        for name, answer in (("XOpenDisplay", ctypes.c_void_p), ("XDefaultRootWindow", ctypes.c_ulong),
                             ("XGetImage", ctypes.POINTER(self.Image))):
            getattr(self.x11, name).restype = answer
        self.x11.XGetImage.argtypes = (ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint,
                                       ctypes.c_uint, ctypes.c_ulong, ctypes.c_int)
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(None))
        self.root = self.x11.XDefaultRootWindow(self.display)
        self.width = self.x11.XDisplayWidth(self.display, 0)
        self.height = self.x11.XDisplayHeight(self.display, 0)

    def rows(self, x, y, width, height):
        """What is shown there, cut to the screen: a row of pixels (blue, green, red, nothing) each."""
        x0, y0 = max(round(x), 0), max(round(y), 0)
        x1, y1 = min(round(x + width), self.width), min(round(y + height), self.height)
        if x1 <= x0 or y1 <= y0:
            return []
        image = self.x11.XGetImage(self.display, self.root, x0, y0, x1 - x0, y1 - y0, 0xffffffff, 2)
        line = image.contents.bytes_per_line
        data = ctypes.string_at(image.contents.data, line * (y1 - y0))
        self.x11.XDestroyImage(image)
        return [data[i * line:i * line + 4 * (x1 - x0)] for i in range(y1 - y0)]

    def close(self):
        self.x11.XCloseDisplay(self.display)


def luminance(pixel):
    def linear(value):
        value /= 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return 0.2126 * linear(pixel[2]) + 0.7152 * linear(pixel[1]) + 0.0722 * linear(pixel[0])


def ratio(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pixels(row):
    return [row[i:i + 3] for i in range(0, len(row), 4)]


def lines(rows):
    """The contrast of each line of text in a box of pixels: [(height, contrast)]."""
    rows = [pixels(row) for row in rows]
    counted = Counter(pixel for row in rows for pixel in row)
    if not counted:
        return []
    ground = counted.most_common(1)[0][0]
    against = {pixel: ratio(pixel, ground) for pixel in counted}
    best = [max(against[pixel] for pixel in row) for row in rows]
    # a row of one colour is no words: it is the end of what is selected, or a line
    mixed = [len(set(row)) > 1 for row in rows]
    found, height, most = [], 0, 0
    for contrast, words in zip([*best, 1], [*mixed, False]):
        if contrast > 1.15 and words:
            height, most = height + 1, max(most, contrast)
        elif height:
            found.append((height, most))
            height = most = 0
    return found


class Focus:
    """Hears where the focus goes: quicker than to look for it, and what lies under a popover does not mislead."""

    def __init__(self, app):
        self.app, self.last = app, None
        self.id = app.bus.con.signal_subscribe(app.bus_name, "org.a11y.atspi.Event.Object", "StateChanged", None,
                                               "focused", 0, self._heard)

    def _heard(self, _con, _sender, path, _iface, _signal, data):
        if data.unpack()[1]:
            self.last = path

    def key(self, key):
        """Press a key; the path of what has the focus then, None where the program said nothing of it."""
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass
        self.last = None
        self.app.key(key)           # it waits until the program has taken it
        while context.iteration(False):
            pass
        return self.last

    def close(self):
        self.app.bus.con.signal_unsubscribe(self.id)


class Audit:
    room = None

    def __init__(self, app):
        self.app, self.screen = app, Screen()
        self.views, self.controls, self.images, self.texts, self.stops = [], 0, 0, 0, 0
        self.least = (99, "")
        self.faults = []
        self.known, self.origins = {}, {}       # while one walks: nodes by path, windows' places

    def close(self):
        self.screen.close()

    def counts(self):
        return (f"{len(self.views)} views, {self.controls} controls, {self.images} images, "
                f"{self.texts} texts at {self.least[0]:.2f} : 1 or better ({self.least[1]}), {self.stops} stops of the keyboard, "
                f"{len(self.faults)} faults")

    def fault(self, view, what):
        line = f"{view}: {what}"
        if line not in self.faults:
            self.faults.append(line)

    # ---- what is there -----------------------------------------------------------------------------
    def popover(self):
        """The popover that is up, the innermost if there are several."""
        def up():
            nodes = [n for n in self.app.snap().all() if COMP in n.ifaces]
            layers = self.app.bus.batch(self.app.bus_name, [(n.path, COMP, "GetLayer", None) for n in nodes])
            found = [n for n, layer in zip(nodes, layers) if layer == POPUP_LAYER and self.app.on_screen(n)]
            return found and found[-1]
        return until(up, what="a popover")

    def nodes(self, under=None):
        """What one sees of a window or of a popover that is up (the topmost of all, unless it is said)."""
        root = self.app.snap()
        top = next((n for n in root.all() if n == under), None) if under is not None else None
        return [n for n in (top or root).all() if n.role != "application" and self.app.on_screen(n)]

    def look(self, view, under=None, contrast=True):
        nodes = self.nodes(under)
        self.views.append(view)
        self._fits(view, nodes, self.room if under is None and self.room else (self.screen.width, self.screen.height))
        for node in nodes:
            if "focusable" in node.states:
                self._control(view, node)
            elif node.role in ("image", "icon"):
                self.images += 1
            elif node.role in ("push button", "toggle button", "check box", "combo box", "slider"):
                self._unreachable(view, node)
        if contrast:
            self._contrast(view, nodes)
        return nodes

    def _fits(self, view, nodes, room):
        """All of it is inside its window or popover, unless it is scrolled, and no window is larger than it may be."""
        for node, box in zip(nodes, self.app._boxes(nodes)):
            if not box or box[2] <= 0 or box[3] <= 0:
                continue
            if node.toplevel and (box[2] > room[0] or box[3] > room[1]):
                self.fault(view, f"the window {node.label!r} takes {box[2]} × {box[3]}")
            if node.toplevel or any(up.role in CLIPS for up in self._chain(node.parent)):
                continue
            x, y, width, height = self.app.native(node).box
            if (box[0] < x - EDGE or box[1] < y - EDGE or box[0] + box[2] > x + width + EDGE or
                    box[1] + box[3] > y + height + EDGE):
                self.fault(view, f"{node.role} {node.label[:50]!r} stands beyond the edge of its window: {node.where}")

    def _named(self, node):
        name = node.label.strip()
        if node.role in IN_LISTS:
            name = name or node.content.strip()
        return bool(name) and not UNNAMED.fullmatch(name)

    def _control(self, view, node):
        if node.role in HOLDERS or node.name in BOXES:
            return
        # what a drop-down shows of its list, in its button
        if node.name == "GtkListItemWidget" and "push button" in node.where:
            return
        # GTK's own: its button has a tooltip and no name
        if node.parent is not None and node.where.startswith("frame[GtkShortcutsWindow]"):
            return
        self.controls += 1
        if not self._named(node):
            self.fault(view, f"{node.role} without a name ({node.name!r}): {node.where}")
        if node.role not in ROLES:
            self.fault(view, f"{node.label!r} is a {node.role}: {node.where}")

    def _unreachable(self, view, node):
        """A button that never has the focus, and holds none that has: the window's own three may be so."""
        inside = [n for n in node.all() if n is not node and "focusable" in n.states]
        held = node.parent is not None and (node.parent.role in ("push button", "combo box") or
                                            "focusable" in node.parent.states)
        if not inside and not held and node.label not in OF_THE_WINDOW:
            self.fault(view, f"{node.role} {node.label!r} never has the keyboard: {node.where}")

    # ---- contrast ----------------------------------------------------------------------------------
    def _seen_box(self, node, origins):
        """The box on the screen of what is not scrolled out of view."""
        native = self.app.native(node)
        x, y, width, height = node.box
        x1, y1 = x + width, y + height
        up = node.parent
        while up is not None and up != native and up.role != "application":
            if COMP in up.ifaces and up.role in ("scroll pane", "viewport", "list", "table"):
                bx, by, bw, bh = up.box
                if bw > 0 and bh > 0:
                    x, y, x1, y1 = max(x, bx), max(y, by), min(x1, bx + bw), min(y1, by + bh)
            up = up.parent
        if native not in origins:
            origins[native] = self.app.origin(native)
        ox, oy = origins[native]
        return ox + x, oy + y, x1 - x, y1 - y

    def _contrast(self, view, nodes):
        origins = {}
        for node in nodes:
            sign = node.role in ("image", "icon")
            if not sign and (node.role not in ("label", "text", "entry") or any(
                    kid.role in ("label", "text", "entry") for kid in node.kids)):
                continue
            if any("sensitive" not in up.states for up in self._chain(node)):
                continue                # WCAG asks nothing of what cannot be used now
            try:
                if node.role in ("text", "entry") and node.selection:
                    continue            # two grounds in one box
                words = "" if sign else node.text
                x, y, width, height = self._seen_box(node, origins)
                if not sign and node.role != "label":       # the ring of the focus is no letter
                    x, y, width, height = x + RING, y + RING, width - 2 * RING, height - 2 * RING
                found = lines(self.screen.rows(x, y, width, height))
            except GLib.Error:          # gone since the snapshot
                continue
            if not sign and not (words or node.label).strip():
                continue
            for height, contrast in found:
                if height < 4:          # an underline, a part of a letter at the edge of what is seen
                    continue
                self.texts += not sign
                wanted = SIGNS if sign else WORDS
                if not sign and contrast < self.least[0]:
                    self.least = contrast, f"{view}: {(words or node.label)[:40]!r}"
                if contrast < wanted - SOFT:
                    self.fault(view, f"{node.role} {(words or node.label)[:50]!r} has {contrast:.2f} : 1, not {wanted}: "
                                     f"{node.where[-120:]}")

    def _chain(self, node):
        while node is not None and not node.toplevel and node.role != "application":
            if node.ifaces:
                yield node
            node = node.parent

    # ---- the keyboard ------------------------------------------------------------------------------
    def walk(self, view, under=None, keys=("Tab",), limit=120):
        """Go round with these keys; every control is a stop or in a list that is one."""
        focus = Focus(self.app)
        self.quiet = 0
        self.in_popover = under is not None and not under.toplevel
        stops, self.known, self.origins = [], {}, {}
        try:
            for key in keys:
                round_ = self._round(view, focus, key, limit)
                stops += [path for path in round_ if path not in stops]
        finally:
            focus.close()
        nodes = {n.path: n for n in self.app.snap().all()}
        met = [nodes[path] for path in stops if path in nodes]
        self.stops += len(met)
        lists = {n.parent for n in met if n.role in IN_LISTS and n.parent is not None}
        lists |= {n for n in met if n.role in ("list", "table")}
        for node in self.nodes(under):
            if ("focusable" not in node.states or "sensitive" not in node.states or node in met
                    or node.role in (*HOLDERS, "list", "table")):
                continue
            if any("sensitive" not in up.states for up in self._chain(node)) or node.label in OF_THE_WINDOW:
                continue
            if node.parent in lists or any(up in lists or up in met for up in self._chain(node)):
                continue                # arrows lead there
            if any(kid in met for kid in node.all()):
                continue                # it hands the focus on
            if self.quiet and node.role == "text" and any(up.name == "GtkListBox" or up.role == "list" for up in self._chain(node)):
                continue                # an AdwEntryRow, of whose focus 4.8 tells nothing: some key led to it
            if node.name in BOXES:
                continue
            self.fault(view, f"{node.role} {node.label!r} is no stop of Tab: {node.where}")
        return met

    def _round(self, view, focus, key, limit):
        """Press a key until the focus comes where it was; each stop must look otherwise than when it is left."""
        found, quiet, left = [], 0, None
        for _ in range(limit):
            path = focus.key(key)
            if left is not None and path not in (None, left.path):
                self._look_changed(view, left, focus, key)
            if path is None:            # 4.8 tells nothing of the entry in an AdwEntryRow
                quiet += 1
                self.quiet += 1
                if not found and quiet > 2:
                    alone = self.app.focused()      # there is but one stop, or the keyboard is lost
                    if alone is not None:
                        return [alone.path]
                if quiet > 8 and self.in_popover:
                    return found                    # it ends there: Escape leads out
                if quiet > 8:
                    self.fault(view, f"{key} leads nowhere after {found[-1:]}")
                    return found
                left = None
                continue
            quiet = 0
            if path in found:
                return found
            found.append(path)
            left = self._stop(path)
        self.fault(view, f"{key} does not come round: {len(found)} stops")
        return found

    def _stop(self, path):
        """The control that has the focus now, with what is seen of it."""
        if path not in self.known:
            self.known = {n.path: n for n in self.app.snap().all()}
        node = self.known.get(path)
        if node is None:
            return None
        try:
            x, y, width, height = node.box
            native = self.app.native(node)
            if native not in self.origins:
                self.origins[native] = self.app.origin(native)
            ox, oy = self.origins[native]
        except GLib.Error:
            return None
        rim = RIM.get(node.role, NARROW_RIM)
        node.place = (ox + x - rim, oy + y - rim, width + 2 * rim, height + 2 * rim)
        node.looked = self.screen.rows(*node.place)
        return node

    def _look_changed(self, view, node, focus, key):
        """What is left looks otherwise than it did. If not, a picture may have come too soon: once more, slowly."""
        def unlike(looked):
            def drawn():
                return self.screen.rows(*node.place) != looked
            try:
                return drawn() or until(drawn, 1)
            except AssertionError:
                return False
        # in a text the caret tells it, and stays where it was while it does not blink
        if not node.looked or "multi-line" in node.states or node.role in HOLDERS or unlike(node.looked):
            return
        came, without = focus.last, self.screen.rows(*node.place)
        if focus.key(BACK[key]) == node.path:
            seen = unlike(without)
            focus.key(key)
            if seen:
                return
        focus.last = came
        self.fault(view, f"one does not see that {node.role} {node.label!r} has the keyboard: {node.where}")
