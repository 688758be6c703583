#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed program as a desktop meets it: its files, started from its desktop file and over D-Bus.

What `meson install` writes is put into a folder of its own. Its text files name the prefix it was configured with;
that name is replaced by the folder's, so that what is started is what lies there.
"""
import configparser
import glob
import os
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

from annals_case import main
from annals_steps import PATIENCE, Steps, until
from atdrive import Adopted, App, Bus

ID = "io.github.annals.Annals"
PATH = "/" + ID.replace(".", "/")
ICON_NAMES = (ID, ID + "-symbolic", ID + "-notebook", ID + "-post-symbolic", ID + "-note-symbolic",
              ID + "-timeline-symbolic")


class Installed(Steps):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        build = os.environ.get("ANNALS_BUILD")
        if not build or not shutil.which("meson"):
            raise unittest.SkipTest("there is no build to install from")
        cls.root = tempfile.mkdtemp(prefix="annals-installed-")
        cls.addClassCleanup(shutil.rmtree, cls.root, ignore_errors=True)
        run = subprocess.run(["meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", cls.root],
                             capture_output=True, text=True)
        assert run.returncode == 0, f"meson install: {run.stdout}{run.stderr}"
        cls.data = os.path.dirname(cls.installed("applications"))
        cls.move_prefix()
        subprocess.run(["glib-compile-schemas", "--strict", os.path.join(cls.data, "glib-2.0", "schemas")], check=True)

    @classmethod
    def installed(cls, name):
        """The one installed path that ends so."""
        found = [os.path.join(folder, one) for folder, folders, files in os.walk(cls.root) for one in folders + files
                 if os.path.join(folder, one).endswith("/" + name)]
        assert len(found) == 1, f"{name}: {found}"
        return found[0]

    @classmethod
    def move_prefix(cls):
        prefix = os.path.dirname(cls.data)
        old = prefix[len(cls.root):]
        for pattern in ("applications/*.desktop", "dbus-1/services/*.service"):
            for path in glob.glob(os.path.join(cls.data, pattern)):
                with open(path, encoding="utf-8") as file:
                    content = file.read()
                assert f"={old}/" in content, f"{path} does not name the prefix {old}"
                with open(path, "w", encoding="utf-8") as file:
                    file.write(content.replace(f"={old}/", f"={prefix}/"))

    def setUp(self):
        super().setUp()
        self.bus = None
        self.desktop = os.path.join(self.data, "applications", ID + ".desktop")

    # ---- what lies there ---------------------------------------------------------------------------
    def test_files(self):
        """Each file is there, valid, and names what is there."""
        self.valid("desktop-file-validate", self.desktop)
        self.valid("appstreamcli", "validate", "--no-net", os.path.join(self.data, "metainfo", ID + ".metainfo.xml"))
        entry = self.ini(self.desktop)
        self.assertEqual(entry["Desktop Entry"]["DBusActivatable"], "true")
        actions = [name for name in entry["Desktop Entry"]["Actions"].split(";") if name]
        self.assertEqual(actions, ["new-window", "open", "import"])
        for section in ("Desktop Entry", *(f"Desktop Action {name}" for name in actions)):
            self.assertTrue(os.access(entry[section]["Exec"].split()[0], os.X_OK), section)
        for path in glob.glob(os.path.join(self.data, "dbus-1", "services", "*.service")):
            service = self.ini(path)["D-BUS Service"]
            self.assertEqual(os.path.basename(path), service["Name"] + ".service")
            self.assertTrue(os.access(service["Exec"].split()[0], os.X_OK), path)
        self.has_icons(entry["Desktop Entry"]["Icon"])

    def valid(self, *command):
        if not shutil.which(command[0]):
            return
        run = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def ini(self, path):
        parser = configparser.ConfigParser(interpolation=None)
        parser.optionxform = str
        parser.read(path, encoding="utf-8")
        return parser

    def has_icons(self, icon):
        """Under the names by which the desktop file and the MIME type ask for them; each is a picture."""
        self.assertEqual(icon, ID)
        names = ElementTree.parse(os.path.join(self.data, "mime", "packages", ID + ".xml")).getroot()
        mime = names.find(".//{http://www.freedesktop.org/standards/shared-mime-info}icon").get("name")
        self.assertIn(mime, ICON_NAMES)
        for name in ICON_NAMES:
            path = self.installed(name + ".svg")
            self.assertIn("/icons/hicolor/", path)
            for size in (16, 32, 128):
                self.draws(path, size)

    def draws(self, path, size):
        import gi
        gi.require_version("GdkPixbuf", "2.0")
        from gi.repository import GdkPixbuf
        picture = GdkPixbuf.Pixbuf.new_from_file_at_size(path, size, size)
        self.assertEqual((picture.get_width(), picture.get_height()), (size, size), path)
        self.assertGreater(len(set(picture.get_pixels())), 1, f"{path} is empty at {size}")

    # ---- started -----------------------------------------------------------------------------------
    def session(self):
        """A session bus that knows what is installed, and nothing else of the kind."""
        a11y = Bus().address
        self.log = os.path.join(self.folder, "session.log")
        log = open(self.log, "wb")
        self.addCleanup(log.close)
        self.env = {
            **os.environ, **self.home, "XDG_DATA_DIRS": f"{self.data}:/usr/share", "AT_SPI_BUS_ADDRESS": a11y,
            "GSETTINGS_BACKEND": "keyfile", "G_DEBUG": "",
            "ADW_DEBUG_COLOR_SCHEME": "prefer-light"}
        self.env.pop("GSETTINGS_SCHEMA_DIR", None)      # its own is found by XDG_DATA_DIRS
        self.bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
                                    env=self.env, stdout=subprocess.PIPE, stderr=log, text=True)
        self.addCleanup(self.end_session)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus.stdout.readline().strip()

    def end_session(self):
        self.bus.terminate()
        self.bus.wait(PATIENCE)
        self.bus.stdout.close()

    def call(self, name, path, method, *args):
        run = subprocess.run(["gdbus", "call", "--session", "--dest", name, "--object-path", path, "--method", method,
                              *args], env=self.env, capture_output=True, text=True, timeout=60)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def owner(self):
        """The process id of the program on that bus, None where there is none."""
        run = subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/",
                              "--method", "org.freedesktop.DBus.GetConnectionUnixProcessID", ID], env=self.env,
                             capture_output=True, text=True, timeout=60)
        return int(re.search(r"uint32 (\d+)", run.stdout).group(1)) if run.returncode == 0 else None

    def launched(self):
        """The program that somebody else has started."""
        pid = until(self.owner, 60, "the program on the session bus")
        self.assertEqual(os.path.realpath(f"/proc/{pid}/exe"), os.path.realpath(self.installed("bin/annals")))
        self.app = App(None, proc=Adopted(pid), log=self.log)
        self.apps.append(self.app)
        self.addCleanup(self._finish, self.app)
        return self.app

    def test_from_desktop_file(self):
        """As a launcher starts it with a notebook; a second start is the same program, with a second window."""
        notebook = self.new_notebook(self.sample)
        self.session()
        subprocess.run(["gio", "launch", self.desktop, notebook], env=self.env, check=True, timeout=60)
        app = self.launched()
        self.sees("status bar", "12 posts")
        other = self.new_notebook(name="Other.annals")
        subprocess.run(["gio", "launch", self.desktop, other], env=self.env, check=True, timeout=60)
        self.has_window("Other")
        self.assertEqual(self.owner(), app.proc.pid)
        self.app.key("ctrl+w")
        self.no_window("Other")

    def test_over_dbus(self):
        """Open and each action of the desktop file, asked for over D-Bus; the bus starts the program."""
        notebook = self.new_notebook(self.sample)
        self.session()
        application = "org.freedesktop.Application."
        self.call(ID, PATH, application + "Open", f"['file://{notebook}']", "{}")
        self.launched()
        self.sees("status bar", "12 posts")
        self.call(ID, PATH, application + "ActivateAction", "new-window", "[]", "{}")
        until(lambda: len([w for w in self.app.windows() if w.role == "frame"]) == 2, PATIENCE, "a second window")
        self.app.key("ctrl+w")
        until(lambda: len([w for w in self.app.windows() if w.role == "frame"]) == 1, PATIENCE, "one window")
        for action, title in (("open", "Open Notebook"), ("import", "Import Posts")):
            self.call(ID, PATH, application + "ActivateAction", action, "[]", "{}")
            self.has_window(title)
            self.app.key("Escape")
            self.no_window(title)
        self.call(ID, PATH, application + "Activate", "{}")
        self.app.key("ctrl+q")
        self.app.proc.wait(PATIENCE)

    # ---- the desktop's search ----------------------------------------------------------------------
    def ask(self, method, *args):
        """What the search provider answers that the installed .ini names."""
        provider = self.ini(self.installed(ID + ".search-provider.ini"))["Shell Search Provider"]
        self.assertEqual((provider["DesktopId"], provider["Version"]), (ID + ".desktop", "2"))
        return self.call(provider["BusName"], provider["ObjectPath"], "org.gnome.Shell.SearchProvider2." + method, *args)

    def results(self, *terms):
        return re.findall("'((?:post|note|timeline):[^']*)'", self.ask("GetInitialResultSet", str(list(terms))))

    def test_search_provider(self):
        """Posts, notes and timelines of a closed and of an open notebook; a result is shown where it is."""
        notebook = self.notebook = self.new_notebook(self.sample)
        note = self.cli("annotate", notebook, "title:" + self.title, "--quote", self.words, "--note", "zeppelin first")
        timeline = self.cli("timeline-new", notebook, "Quarantine measures")
        self.settings(f"recent-notebooks=['{notebook}', '/nowhere/Gone.annals']")
        self.session()
        post, = self.results("Brennock", "denies", "tanker")
        self.assertEqual(self.results("zeppelin"), [f"note:{note['uid']}:{notebook}"])
        self.assertEqual(self.results("quarantine", "meas")[0], f"timeline:{timeline['uid']}:{notebook}")
        self.assertEqual(self.results("xyzzyx"), [])
        self.assertEqual(self.results("b"), [])
        narrowed = self.ask("GetSubsearchResultSet", str([post]), "['transponders']")
        self.assertIn(post, narrowed, "a post is found by words of its text as well")
        metas = self.ask("GetResultMetas", str([post]))
        for word in ("Brennock denies", ID + "-post-symbolic", "Test"):
            self.assertIn(word, metas)
        self.assertEqual(self.ask("GetResultMetas", "['nonsense', 'post:0:/nowhere']").strip(), "(@aa{sv} [],)")
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("Test.annals-")], [],
                         "the look left something beside the notebook")

        # chosen: the program is started with it
        self.ask("ActivateResult", post, "['tanker']", "0")
        self.launched()
        until(lambda: len(self.passage().text) > 100, PATIENCE, "the post")
        # the same with the notebook open
        timeline_id, = self.results("quarantine")
        self.ask("ActivateResult", timeline_id, "['quarantine']", "0")
        self.sees("list item", re.compile("^Quarantine measures"))
        until(lambda: "selected" in self.app.find("page tab", "Timelines").now, PATIENCE, "the place of timelines")
        self.ask("LaunchSearch", "['transponders']", "0")
        self.sees("status bar", re.compile("^1 "))

    def test_search_provider_off(self):
        """What the user does not want found is not, from the moment it is said."""
        notebook = self.new_notebook(self.sample)
        self.session()
        self.call(ID, PATH, "org.freedesktop.Application.Open", f"['file://{notebook}']", "{}")
        self.launched()
        self.sees("status bar", "12 posts")
        self.becomes(1, lambda: len(self.results("Brennock", "denies", "tanker")))
        for found in (0, 1):
            self.app.key("ctrl+comma")
            self.has_window("Preferences")
            self.app.click(self.app.find("list item", "Found by the Desktop’s Search"))
            self.becomes(found, lambda: len(self.results("Brennock", "denies", "tanker")))
            self.app.key("Escape")
            self.no_window("Preferences")

    def test_import_at_first(self):
        """“Import Posts…” with no notebook yet makes one, then asks what is to come into it."""
        self.session()
        self.call(ID, PATH, "org.freedesktop.Application.ActivateAction", "import", "[]", "{}")
        self.launched()
        self.choose_to_save("New Notebook", self.path("First.annals"))
        self.has_window("Import Posts")
        self.app.key("Escape")
        self.no_window("Import Posts")


main()
