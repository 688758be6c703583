#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""atdrive - drive a GTK 4.8 application the way a person would: look through AT-SPI, act through xdotool.

Runs inside run-headless. Needs python3-gi, xdotool, x11-utils (xprop), imagemagick; gir1.2-atspi-2.0 only for
the names of roles and states. Start it with /usr/bin/python3 (a pyenv/uv Python has no gi).

It talks to the application straight over the accessibility bus instead of through libatspi: libatspi without a main
loop has a stale cache, and without a cache needs ~10 round trips a widget. Here one snapshot of a 300-widget window
is ~60 ms.
"""
import os, re, subprocess, sys, time, warnings
warnings.simplefilter("ignore")                    # gi's and Atspi's deprecation notes
import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib

ACC, COMP, TEXT, ACT = ("org.a11y.atspi." + x for x in ("Accessible", "Component", "Text", "Action"))
ROOT = "/org/a11y/atspi/accessible/root"
WINDOW = 1                    # coordinate type. Never 0 (SCREEN): GTK 4.8 answers wrongly and g_warning()s each time
STATES = {int(s): s.value_nick for s in (getattr(Atspi.StateType, n) for n in dir(Atspi.StateType) if n.isupper())
          if s.value_nick != "last-defined"}


class Timeout(AssertionError):
    """Something that should have come did not."""


class Ended(AssertionError):
    """The application was gone before it had a window."""


def until(fn, timeout=5.0, what="condition", step=0.03):
    """Poll fn until it returns something true. D-Bus errors (object went away meanwhile) count as 'not yet'."""
    end, last = time.monotonic() + timeout, None
    while True:
        try:
            r = fn()
            if r:
                return r
        except GLib.Error as e:
            last = e
        if time.monotonic() > end:
            raise Timeout(f"timed out after {timeout}s: {what}" + (f" (last error: {last})" if last else ""))
        time.sleep(step)


def xdo(*args):
    # never `mousemove --sync`: xdotool 3.2016 waits 15 s when the pointer is already there
    return subprocess.run(["xdotool", *map(str, args)], check=True, capture_output=True, text=True).stdout.strip()


class Bus:
    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        addr = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, 5000, None).unpack()[0]
        F = Gio.DBusConnectionFlags
        self.con = Gio.DBusConnection.new_for_address_sync(addr, F.AUTHENTICATION_CLIENT | F.MESSAGE_BUS_CONNECTION, None, None)

    def call(self, name, path, iface, method, sig=None, *args):
        r = self.con.call_sync(name, path, iface, method, GLib.Variant(sig, args) if sig else None, None, 0, 5000, None).unpack()
        return r[0] if len(r) == 1 else r

    def batch(self, name, calls):
        """Many calls in flight at once; a failed call gives None."""
        ctx, res, left = GLib.MainContext.default(), [None] * len(calls), [len(calls)]
        def done(con, r, i):
            left[0] -= 1
            try:
                v = con.call_finish(r).unpack()
                res[i] = v[0] if len(v) == 1 else v
            except GLib.Error:
                pass
        for i, (path, iface, method, sig, *args) in enumerate(calls):
            self.con.call(name, path, iface, method, GLib.Variant(sig, tuple(args)) if sig else None, None, 0, 5000, None, done, i)
        while left[0]:
            ctx.iteration(True)
        return res

    def prop(self, name, path, iface, prop):
        return self.call(name, path, "org.freedesktop.DBus.Properties", "Get", "(ss)", iface, prop)


class Node:
    """One accessible, as it was at the snapshot; box, text, selection… are asked live."""
    def __init__(self, app, path):
        self.app, self.path, self.kids, self.parent = app, path, [], None
        self.role = self.name = self.desc = ""
        self.states, self.ifaces = set(), ()

    def __eq__(self, o): return isinstance(o, Node) and o.path == self.path
    def __hash__(self): return hash(self.path)
    def __repr__(self): return f"<{self.role} {self.label!r}>"
    def _c(self, iface, method, sig=None, *a): return self.app.bus.call(self.app.bus_name, self.path, iface, method, sig, *a)

    @property
    def label(self):
        """The name as a person hears it: 4.8 calls a mnemonic button '_Save Save'."""
        m = re.fullmatch(r"(.*_.*) (.*)", self.name)
        return m.group(2) if m and m.group(1).replace("_", "", 1) == m.group(2) else self.name

    @property
    def box(self):
        """(x, y, width, height) in window coordinates; the CSS padding of the widget is not in it."""
        return self._c(COMP, "GetExtents", "(u)", WINDOW)

    @property
    def toplevel(self):
        # by place, not by role: 4.8 calls an AdwMessageDialog 'dialog', but a GtkDialog (file chooser) 'filler'
        return self.parent is not None and self.parent.role == "application"

    @property
    def text(self):
        if TEXT not in self.ifaces: return ""
        return self._c(TEXT, "GetText", "(ii)", 0, self.app.bus.prop(self.app.bus_name, self.path, TEXT, "CharacterCount"))

    @property
    def caret(self):
        return self.app.bus.prop(self.app.bus_name, self.path, TEXT, "CaretOffset")

    @property
    def selection(self):
        """(start, end, text) or None."""
        if self._c(TEXT, "GetNSelections") < 1: return None
        s, e = self._c(TEXT, "GetSelection", "(i)", 0)
        return s, e, self._c(TEXT, "GetText", "(ii)", s, e)

    @property
    def now(self):
        """States as they are now."""
        return states_of(self._c(ACC, "GetState"))

    @property
    def actions(self):
        if ACT not in self.ifaces: return []
        n = self.app.bus.prop(self.app.bus_name, self.path, ACT, "NActions")
        return self.app.bus.batch(self.app.bus_name, [(self.path, ACT, "GetName", "(i)", i) for i in range(n)])

    @property
    def value(self):
        return self.app.bus.prop(self.app.bus_name, self.path, "org.a11y.atspi.Value", "CurrentValue")

    def all(self):
        yield self
        for k in self.kids: yield from k.all()

    @property
    def content(self):
        """Text of the labels inside (a list row without a name of its own)."""
        return " ".join(t for t in (n.text for n in self.all() if n is not self) if t)

    @property
    def where(self):
        n, out = self, []
        while n is not None and n.role != "application":
            out.append(n.role + (f"[{n.label}]" if n.label else "")); n = n.parent
        return " > ".join(reversed(out))


def states_of(au):
    bits = au[0] | au[1] << 32
    return {nick for i, nick in STATES.items() if bits >> i & 1}


class App:
    def __init__(self, cmd, env=None, log=None, timeout=20):
        self.bus = Bus()
        self.log_path = log
        self.log = open(log, "ab") if log else subprocess.DEVNULL
        self.t0 = time.monotonic()
        self.proc = subprocess.Popen(cmd, env={**os.environ, **(env or {})}, stdout=self.log, stderr=self.log)
        try:
            until(self._attach, timeout, f"{cmd[0]} on the accessibility bus", 0.01)
            until(lambda: self.x_windows(), timeout, "a mapped window", 0.01)
            self.t_window = time.monotonic() - self.t0
            until(lambda: any("active" in w.states for w in self.snap().kids), 5, "an active window (is a window manager running?)")
        except BaseException:
            self.end()
            raise

    def _attach(self):
        if self.proc.poll() is not None:
            raise Ended(f"the application ended with status {self.proc.returncode}: {self.said()[-2000:]}")
        for name, path in self.bus.call("org.a11y.atspi.Registry", ROOT, ACC, "GetChildren"):
            pid = self.bus.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID", "(s)", name)
            if pid == self.proc.pid:
                self.bus_name, self.root_path = name, path
                return bool(self.bus.call(name, path, ACC, "GetChildren"))

    def said(self):
        """What the application has written to its log so far."""
        if not self.log_path: return ""
        with open(self.log_path, encoding="utf-8", errors="replace") as f: return f.read()

    # ---- looking ---------------------------------------------------------------------------------------
    def snap(self, all_rows=False):
        """The accessible tree now. Of lists only rows whose box meets the view are entered."""
        root = Node(self, self.root_path); root.role = "application"
        nodes, level = {root.path: root}, [root]
        while level:
            kids = self.bus.batch(self.bus_name, [(n.path, ACC, "GetChildren", None) for n in level])
            nxt = []
            for n, ks in zip(level, kids):
                for (_, p) in ks or ():
                    if p in nodes or p.endswith("/null"): continue
                    c = nodes[p] = Node(self, p); c.parent = n; n.kids.append(c); nxt.append(c)
            if not all_rows:                                  # long list? keep the rows in view
                for n in {c.parent for c in nxt if len(c.parent.kids) > 60}:
                    bx = self.bus.batch(self.bus_name, [(n.path, COMP, "GetExtents", "(u)", WINDOW)] +
                                        [(k.path, COMP, "GetExtents", "(u)", WINDOW) for k in n.kids])
                    if not bx[0]: continue
                    _, y, _, h = bx[0]
                    keep = [k for k, b in zip(n.kids, bx[1:]) if b and b[3] > 0 and b[1] < y + h and b[1] + b[3] > y]
                    drop = set(n.kids) - set(keep)
                    n.kids = keep
                    nxt = [c for c in nxt if c not in drop]
            level = nxt
        for ref, _, _, _, _, ifaces, name, r, desc, st in self.bus.call(self.bus_name, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems"):
            n = nodes.get(ref[1])
            if n is not None and n is not root:
                n.role, n.name, n.desc, n.ifaces, n.states = Atspi.role_get_name(Atspi.Role(r)), name, desc, tuple(ifaces), states_of(st)
        return root

    def windows(self): return self.snap().kids
    def frame(self):
        ws = self.windows()
        return next((w for w in ws if "active" in w.states), ws[0])

    def find_all(self, role=None, name=None, pred=None, visible=True, under=None):
        ok = (lambda n: True) if name is None else (lambda n: bool(name.search(n.name))) if isinstance(name, re.Pattern) else (lambda n: n.label == name)
        root = self.snap()
        if under is not None:
            root = next((n for n in root.all() if n == under), root)
        return [n for n in root.all() if (role is None or n.role == role) and ok(n) and (pred is None or pred(n))
                and (not visible or self.on_screen(n))]

    def find(self, role=None, name=None, pred=None, timeout=5, visible=True, under=None):
        return until(lambda: next(iter(self.find_all(role, name, pred, visible, under)), None), timeout, f"{role} {name!r}")

    def gone(self, role, name, timeout=5):
        return until(lambda: not self.find_all(role, name), timeout, f"{role} {name!r} to go away")

    def focused(self):
        """The widget with the keyboard focus (4.8 marks dialogs neither ACTIVE nor SHOWING: look there first)."""
        for w in sorted(self.windows(), key=lambda w: w.role == "frame"):
            hits = [n for n in w.all() if "focused" in n.states]
            if hits: return hits[-1]
        return None

    def dialog(self, name=None, timeout=5):
        """Wait for a dialog that has the focus (keys sent before that go to the window below)."""
        def up():
            d = next((w for w in self.windows() if w.role != "frame" and (name is None or w.label == name)), None)
            if d and any("focused" in n.states for n in d.all()):
                act = subprocess.run(["xdotool", "getactivewindow", "getwindowname"], capture_output=True, text=True).stdout.strip()
                return d if act in ("", d.name) or not d.name else None
        return until(up, timeout, f"dialog {name!r} with the focus")

    def native(self, n):
        """The popover or toplevel that holds n."""
        while not n.toplevel and n.parent is not None:
            if COMP in n.ifaces and n._c(COMP, "GetLayer") == 5: return n           # 5: popup layer = GtkPopover
            n = n.parent
        return n

    def pick(self, nat, x, y):
        """Path of the widget really at a point: gtk_widget_pick, so only mapped widgets answer."""
        return nat._c(COMP, "GetAccessibleAtPoint", "(iiu)", int(x), int(y), WINDOW)[1]

    def on_screen(self, n):
        """Would a person see it? GTK 4.8 says VISIBLE for everything and SHOWING only for toplevels, and a
        widget in a hidden stack page keeps its old box: so ask what is at its middle and near its corners."""
        if n.toplevel or n.role == "application": return True
        if COMP not in n.ifaces: return False
        x, y, w, h = n.box
        if w <= 0 or h <= 0: return False
        nat, mine = self.native(n), {k.path for k in n.all()}
        # the last three points lie in the CSS padding (outside the content box): over an entry's inner text 4.8 answers
        # 'nothing', because a widget that never was in the tree has no object yet
        return any(self.pick(nat, px, py) in mine for px, py in (
            (x + w * .5, y + h * .5), (x + w * .04, y + h * .1), (x + w * .96, y + h * .9),
            (x - 3, y + h * .5), (x + w + 2, y + h * .5), (x + w * .5, y - 2)))

    def rows(self, lst):
        """Rows in view, top to bottom (GtkListView keeps ~200 realized rows; those scrolled away keep an old box,
        so where two overlap the one that is really there counts)."""
        lst = next(n for n in self.snap().all() if n == lst)
        boxes = self.bus.batch(self.bus_name, [(k.path, COMP, "GetExtents", "(u)", WINDOW) for k in lst.kids])
        cand = sorted(((b[1], b[1] + b[3], k) for b, k in zip(boxes, lst.kids) if b), key=lambda c: c[0])
        return [k for y0, y1, k in cand
                if not any(o[2] is not k and o[0] < y1 and o[1] > y0 for o in cand) or self.on_screen(k)]

    def row_texts(self, lst): return [r.content or r.label for r in self.rows(lst)]

    def settled(self, lst, timeout=4):
        """Row texts once two looks running agree (after scrolling)."""
        prev, end = None, time.monotonic() + timeout
        while time.monotonic() < end:
            cur = self.row_texts(lst)
            if cur == prev: return cur
            prev = cur; time.sleep(0.05)
        raise Timeout("the list did not settle")

    # ---- where on the screen ---------------------------------------------------------------------------
    def x_windows(self):
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.proc.pid)], capture_output=True, text=True).stdout.split()

    def origin(self, n):
        """Screen position of (0,0) of n's window coordinates.
        Toplevel: X position + CSD shadow (_GTK_FRAME_EXTENTS) + CSS border ('solid-csd': 5 px, no compositor).
        Popover: a window of its own, but 4.8 counts from the toplevel as if it sat at its parent: match the
        popover's accessible to its X window by size."""
        geos = []
        for w in self.x_windows():
            p = subprocess.run(["xprop", "-id", w, "WM_NAME", "_NET_WM_NAME", "_GTK_FRAME_EXTENTS", "WM_STATE"], capture_output=True, text=True).stdout
            g = dict(l.split("=") for l in xdo("getwindowgeometry", "--shell", w).splitlines())
            m = re.search(r"_GTK_FRAME_EXTENTS\(CARDINAL\) = (\d+), (\d+), (\d+), (\d+)", p)
            geos.append((p, *(int(g[k]) for k in ("X", "Y", "WIDTH", "HEIGHT")), *(map(int, m.groups()) if m else (0, 0, 0, 0))))
        popups = [g for g in geos if "window state" not in g[0]]              # no WM_STATE: not managed by the WM
        tops = [g for g in geos if g not in popups] or geos
        nat = self.native(n)
        ex, ey, ew, eh = nat.box
        if not nat.toplevel:
            # the popover's X window is its content + shadow; its box here is the content box
            best = min(popups, key=lambda g: abs(g[3] - g[5] - g[6] - ew) + abs(g[4] - g[7] - g[8] - eh), default=None)
            assert best, "the popover has no X window"
            p, x, y, W, H, l, r, t, b = best
            return x + l + (W - l - r - ew) / 2 - ex, y + t + (H - t - b - eh) / 2 - ey
        best = None
        for (p, x, y, W, H, l, r, t, b) in tops:
            bx, by = (W - l - r - ew) / 2, (H - t - b - eh) / 2
            cand = (0 if nat.name and f'"{nat.name}"' in p else 1, abs(bx) + abs(by), x + l + bx, y + t + by)
            best = min(best or cand, cand)
        return best[2], best[3]

    def point(self, n, fx=0.5, fy=0.5):
        x, y, w, h = n.box
        assert w > 0 and h > 0, f"{n} is not on the screen"
        ox, oy = self.origin(n)
        return round(ox + x + w * fx), round(oy + y + h * fy)

    def char_point(self, n, offset, fx=0.1):
        """Screen point of a character of a GtkTextView (4.8 gives character boxes there, not in labels/entries)."""
        x, y, w, h = n._c(TEXT, "GetCharacterExtents", "(iu)", offset, WINDOW)
        ox, oy = self.origin(n)
        return round(ox + x + w * fx), round(oy + y + h / 2)

    # ---- acting ----------------------------------------------------------------------------------------
    def press(self, n, action=None):
        """An AT-SPI action (default: click, toggle or activate, whichever there is)."""
        names = n.actions
        for w in [action] if action else ["click", "toggle", "activate"]:
            if w in names:
                assert n._c(ACT, "DoAction", "(i)", names.index(w)), f"{n} refused {w}"
                return
        raise AssertionError(f"{n} has no such action; it has {names}")

    def click_at(self, x, y, button=1, times=1):
        xdo("mousemove", x, y); time.sleep(0.05)
        xdo("click", "--repeat", times, "--delay", 40, button)

    def click(self, n, button=1, times=1, fx=0.5, fy=0.5):
        self.click_at(*self.point(n, fx, fy), button, times)

    def drag(self, x1, y1, x2, y2, steps=8):
        xdo("mousemove", x1, y1); time.sleep(0.05)
        xdo("mousedown", 1); time.sleep(0.05)
        for i in range(1, steps + 1):
            xdo("mousemove", round(x1 + (x2 - x1) * i / steps), round(y1 + (y2 - y1) * i / steps)); time.sleep(0.02)
        time.sleep(0.05); xdo("mouseup", 1)

    def drag_select(self, tv, start, end):
        """Select characters [start, end) of a GtkTextView with the mouse; returns (start, end, text)."""
        if tv.selection:                                      # a drag that starts in a selection would move the text
            self.click_at(*self.char_point(tv, 0)); until(lambda: not tv.selection, 2, "the selection to go")
        time.sleep(0.5)                                       # or GTK may take it for a double click
        self.drag(*self.char_point(tv, start, 0.1), *self.char_point(tv, end - 1, 0.9))
        return until(lambda: tv.selection, 2, "a selection")

    def key(self, *combos):
        for c in combos:
            xdo("key", "--clearmodifiers", c); time.sleep(0.05)

    def type(self, s, delay=12):
        """Type text. A character the layout lacks (Hangul) is bound to a spare key code for `delay` ms only, and an
        application that is slower than that reads another character: give those 200 ms."""
        for run in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]+", s):
            xdo("type", "--clearmodifiers", "--delay", delay if run.isascii() else 200, "--", run)

    def wheel(self, n, clicks, down=True):
        x, y = self.point(n)
        xdo("mousemove", x, y); time.sleep(0.05)
        xdo("click", "--repeat", clicks, "--delay", 10, 5 if down else 4)

    # ---- checks ----------------------------------------------------------------------------------------
    def audit(self, window=None):
        """Everything one can focus must have a name a person understands. Returns the offenders as text.
        (GTK's own file chooser has six; audit our own windows by name.)"""
        bad = []
        for n in (n for w in self.windows() if window in (None, w.label) for n in w.all()):
            if "focusable" not in n.states or not self.on_screen(n): continue
            if n.role == "scroll pane" or n.name in ("GtkPaned",): continue    # containers: named by what they hold
            name = n.label.strip()
            if n.role in ("list item", "table row", "tree item"): name = name or n.content
            if not name or re.fullmatch(r"(Gtk|Adw|Annals)[A-Z]\w*", name):    # 4.8: an unnamed widget is 'called' its GType
                bad.append(f"{n.role} without a name ({n.name!r}): {n.where}")
        return bad

    def tab_walk(self, key="Tab", limit=60):
        """Press a key until the focus comes round; the focus stops met, as nodes."""
        seen = []
        for _ in range(limit):
            f = self.focused()
            if f in seen: break
            seen.append(f)
            self.key(key)
        return seen

    def screenshot(self, path):
        subprocess.run(["import", "-window", "root", path], check=True)
        return path

    def dump(self, out=sys.stdout, boxes=True):
        def rec(n, d):
            print("  " * d + n.role, repr(n.label), tuple(n.box) if boxes and COMP in n.ifaces else "", " ".join(sorted(n.states - {"visible", "sensitive"})), n.actions if len(n.actions) < 4 else "", file=out)
            for k in n.kids: rec(k, d + 1)
        for w in self.windows(): rec(w, 0)

    def rss_kb(self):
        return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{self.proc.pid}/status").read()).group(1))

    def close(self, timeout=5):
        """Close the window; make sure the process ended; its exit status."""
        if self.proc.poll() is None:
            try:
                # by pointer, not by the action window.close: listing a window's actions leaks in 4.8 (164 B, seen by LSan)
                self.click(self.find("push button", "Close", timeout=1)); self.proc.wait(timeout)
            except Exception:
                pass
        return self.end(timeout)

    def end(self, timeout=5):
        """Make sure the process ended, by a signal if it must be; its exit status."""
        if self.proc.poll() is None:
            self.proc.terminate()
            try: self.proc.wait(timeout)
            except subprocess.TimeoutExpired: self.proc.kill(); self.proc.wait()
        if self.log is not subprocess.DEVNULL: self.log.close()
        return self.proc.returncode

    def __enter__(self): return self
    def __exit__(self, *a): self.close()
