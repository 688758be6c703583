# SPDX-License-Identifier: GPL-3.0-or-later
"""The ground a window test stands on. A test_*.py here looks like

    from annals_case import AnnalsCase, main

    class Reader(AnnalsCase):
        def test_opens_post(self):
            notebook = self.new_notebook(self.sample)
            app = self.start(notebook)
            app.click(app.find("list item", ...))
            self.picture("reader")

    main()

and is started by meson through run-headless with /usr/bin/python3. The environment says what is tested:

    ANNALS_APP, ANNALS_CLI   the programs
    ANNALS_DROP_SOURCE       tests/window/drop-source, for drop(); beside it taker, for clipboard() and drag_out()
    ANNALS_PICTURES          where screenshots go (default: window-pictures in the working folder)
    ANNALS_DARK=1            every window in the dark style, unless a test asks for one

    ANNALS_TRIES=1           no second try
    ANNALS_PATIENCE=3        every wait may take three times as long, for a program that is slowed down
    ANNALS_ASAN              options of AddressSanitizer, where the programs are built with it

Every test has a HOME of its own, empty at the beginning, in which settings last from one start of the
program to the next. A test fails when the program ends with another status than 0 or logs a warning.

A test that failed is tried once more, on a desktop of its own: a hiccup of the machine is no fault of the
program. What it said at first stays in the output, with a line "# PASSED AFTER RETRY: name", which
build-aux/test-summary repeats where nobody can overlook it.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import unittest

from atdrive import PATIENCE, App, Ended, Timeout, until, xdo  # noqa: F401 (tests import them from here)

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PICTURES = os.environ.get("ANNALS_PICTURES", os.path.join(os.getcwd(), "window-pictures"))
TRIES = int(os.environ.get("ANNALS_TRIES", "2"))
# A machine's hiccup is over at the second try; when this many second tries failed it is no hiccup.
VAIN_TRIES = 2
# Of the log of a program that ended before its time.
LAST_LINES = 60
# Leaks are looked for in process, where it does not make a person wait. For all that a test starts.
os.environ["ASAN_OPTIONS"] = os.environ.get("ANNALS_ASAN", "detect_leaks=0")
COMPLAINT = re.compile(r"^.*(?:WARNING|CRITICAL|ERROR) \*\*.*$|^.*(?:AddressSanitizer|runtime error).*$", re.M)


class AnnalsCase(unittest.TestCase):
    sample = os.path.join(ROOT, "data", "sample", "may-2021.txt")
    wrapper = ()                        # a command that starts the program, with its arguments

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="annals-window-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.app = None
        self.apps = []
        self.failed = False
        os.makedirs(PICTURES, exist_ok=True)
        self._make_home()

    def _make_home(self):
        self.home = {
            "HOME": os.path.join(self.folder, "home"),
            "XDG_CONFIG_HOME": os.path.join(self.folder, "config"),
            "XDG_CACHE_HOME": os.path.join(self.folder, "cache"),
            "XDG_DATA_HOME": os.path.join(self.folder, "data"),
            "XDG_STATE_HOME": os.path.join(self.folder, "state"),
        }
        # run-headless's fonts and still pictures
        settings = os.path.join(os.environ.get("XDG_CONFIG_HOME", ""), "gtk-4.0")
        for path in self.home.values():
            os.makedirs(path)
        if os.path.isdir(settings):
            shutil.copytree(settings, os.path.join(self.home["XDG_CONFIG_HOME"], "gtk-4.0"))

    # ---- the programs ------------------------------------------------------------------------------
    def start(self, *args, dark=None, env=None):
        """Start the program with these arguments and wait for its window."""
        if dark is None:
            dark = os.environ.get("ANNALS_DARK") == "1"
        log = os.path.join(self.folder, f"app-{len(self.apps)}.log")
        self.app = App([*self.wrapper, os.environ["ANNALS_APP"], *args], log=log, env={
            **self.home,
            "ADW_DEBUG_COLOR_SCHEME": "prefer-dark" if dark else "prefer-light",
            # settings that last over a restart, in this test's own folder
            "GSETTINGS_BACKEND": "keyfile",
            # a complaint is read from the log; to abort would hide what happened after it
            "G_DEBUG": "",
            **(env or {})})
        self.apps.append(self.app)
        self.addCleanup(self._finish, self.app)
        return self.app

    def stop(self, app=None):
        """Close the window as a person does; the program must end well and quietly."""
        app = app or self.app
        status = app.close()
        complaints = COMPLAINT.findall(app.said())
        self.assertEqual(complaints, [], "the program complained")
        self.assertEqual(status, 0, f"the program ended with status {status}: {app.said()[-2000:]}")

    def _finish(self, app):
        if self.failed:             # one failure is enough; a dialog may be in the way of closing
            app.end()
        elif app.proc.poll() is None or app is self.app:
            self.stop(app)

    def cli(self, *args, status=0, timeout=3 * PATIENCE):
        """annals-cli --json with these arguments; its answer. With another status: its error text."""
        run = subprocess.run([os.environ["ANNALS_CLI"], "--json", *args], capture_output=True, text=True,
                             timeout=timeout, env={**os.environ, **self.home, "G_DEBUG": ""})
        self.assertEqual(run.returncode, status, f"annals-cli {' '.join(args)}: {run.stderr}")
        return run.stderr if status else json.loads(run.stdout or "null")

    def new_notebook(self, *files, name="Test.annals"):
        """A new notebook into which these files were imported; its path."""
        path = os.path.join(self.folder, name)
        self.cli("new", path)
        if files:
            self.cli("import", path, *files)
        return path

    def drop(self, target, *paths, then=None):
        """Drag these files from another program's window and drop them on a widget, with the pointer.

        then() waits for what comes of it: until then the other program must be there to give them. Without
        it the program has a second to fetch them.
        """
        source = subprocess.Popen([os.environ["ANNALS_DROP_SOURCE"], *paths], env={**os.environ, **self.home})
        try:
            window = until(lambda: subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--pid", str(source.pid)],
                capture_output=True, text=True).stdout.split(), PATIENCE, "the window to drag from")[0]
            # in the corner, over whatever is there
            xdo("windowmove", window, 0, 0)
            xdo("windowraise", window)
            time.sleep(0.5)
            x, y = self.app.point(target)
            xdo("mousemove", 60, 60)
            time.sleep(0.1)
            xdo("mousedown", 1)
            time.sleep(0.3)
            for step in range(1, 21):
                xdo("mousemove", round(60 + (x - 60) * step / 20), round(60 + (y - 60) * step / 20))
                time.sleep(0.03)
            # the target answers over the X server whether it takes them
            self.app.heard()
            time.sleep(1)
            xdo("mouseup", 1)
            (then or (lambda: time.sleep(1)))()
        finally:
            source.terminate()
            source.wait(10)

    def _taker(self, *args):
        program = os.path.join(os.path.dirname(os.environ["ANNALS_DROP_SOURCE"]), "taker")
        return subprocess.Popen([program, *args], env={**os.environ, **self.home}, stdout=subprocess.PIPE)

    def clipboard(self, kind="text/plain;charset=utf-8"):
        """What another program gets from the clipboard as this MIME type, b"" where there is none."""
        return self._taker("clipboard", kind).communicate(timeout=60)[0]

    def drag_out(self, source, kind):
        """Drag a widget into another program's window with the pointer; what that gets as this MIME type."""
        taker = self._taker("drop", kind)
        try:
            window = until(lambda: subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--pid", str(taker.pid)],
                capture_output=True, text=True).stdout.split(), PATIENCE, "the window to drop on")[0]
            # in the corner, over whatever is there
            xdo("windowmove", window, 0, 0)
            xdo("windowraise", window)
            time.sleep(0.5)
            x, y = self.app.point(source)
            xdo("mousemove", round(x), round(y))
            time.sleep(0.1)
            xdo("mousedown", 1)
            time.sleep(0.3)
            for step in range(1, 21):
                xdo("mousemove", round(x + (60 - x) * step / 20), round(y + (60 - y) * step / 20))
                time.sleep(0.03)
            # the other program answers over the X server whether it takes it
            self.app.heard()
            time.sleep(1)
            xdo("mouseup", 1)
            return taker.communicate(timeout=60)[0]
        finally:
            if taker.poll() is None:
                taker.terminate()
                taker.wait(10)

    # ---- looking -----------------------------------------------------------------------------------
    def picture(self, name, settle=0.3):
        """A screenshot, left among the test's pictures; its path."""
        time.sleep(settle)
        return self.app.screenshot(os.path.join(PICTURES, name + ".png"))

    def assert_named(self, window=None):
        """Everything one can reach by keyboard has a name that a person understands."""
        self.assertEqual(self.app.audit(window), [], "controls without a name")

    def _callTestMethod(self, method):
        try:
            super()._callTestMethod(method)
        except unittest.SkipTest:
            raise
        except BaseException:
            self.failed = True
            self._report_failure()
            raise

    def _report_failure(self):
        """The picture, the accessible tree and the log at the moment of a failure."""
        name = short_name(self) + ("-failed" if TRIES > 1 else "-failed-again")
        try:
            if self.app is not None and self.app.proc.poll() is not None:
                # the report of a sanitizer, most of all
                said = self.app.said().splitlines()[-LAST_LINES:]
                print(f"# the program ended with status {self.app.proc.returncode} and said at last:\n"
                      + "".join(f"#   {line}\n" for line in said), end="", flush=True)
            elif self.app is not None:
                self.app.screenshot(os.path.join(PICTURES, name + ".png"))
                with open(os.path.join(PICTURES, name + ".txt"), "w", encoding="utf-8") as file:
                    self.app.dump(file)
                    file.write("\n" + self.app.said())
        except Exception as error:        # the program may be gone: the failure itself is what counts
            print(f"# no picture of the failure: {error}", file=sys.stderr)
        # the next test must not find it held down
        subprocess.run(["xdotool", "mouseup", "1"], check=False)


def short_name(test):
    return test.id().removeprefix("__main__.")


def try_again(name):
    """Run one test of this file once more, on another desktop: (did it pass, what it said)."""
    command = [os.path.join(HERE, "run-headless"), "-c", sys.executable, sys.argv[0], name]
    run = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           text=True, errors="replace", env={**os.environ, "ANNALS_TRIES": "1"})
    try:
        said = run.communicate(timeout=15 * PATIENCE)[0]
    except subprocess.TimeoutExpired:
        run.terminate()                 # it ends the desktop
        return False, run.communicate()[0] + "\nit did not come to an end"
    return run.returncode == 0 and re.search("^ok 1 ", said, re.M) is not None, said


class TapResult(unittest.TestResult):
    """Says every test's outcome as a line of TAP, at once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = 0
        self.bad = []
        self.failed = 0
        self.vain = 0

    def startTest(self, test):
        super().startTest(test)
        self.bad, self.skipped_because = [], None

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.bad.append("".join(traceback.format_exception(*err)))

    addError = addFailure

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.bad.append(f"{subtest}\n" + "".join(traceback.format_exception(*err)))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.skipped_because = reason

    def stopTest(self, test):
        super().stopTest(test)
        self.lines += 1
        directive = f" # SKIP {self.skipped_because}" if self.skipped_because and not self.bad else ""
        passed = not self.bad
        if self.bad and TRIES > 1 and self.vain < VAIN_TRIES:
            passed, said = try_again(short_name(test))
            self.vain += not passed
            self.bad.append("PASSED AFTER RETRY: " + short_name(test) if passed else "the second try:\n" + said)
        self.failed += not passed
        print(f"{'ok' if passed else 'not ok'} {self.lines} {short_name(test)}{directive}")
        for text in self.bad:
            print("".join(f"# {line}\n" for line in text.splitlines()), end="")
        sys.stdout.flush()


def main():
    """Run the tests of the file that calls this; arguments name classes or Class.test_method."""
    loader = unittest.TestLoader()
    module = sys.modules["__main__"]
    suite = (loader.loadTestsFromNames(sys.argv[1:], module) if len(sys.argv) > 1
             else loader.loadTestsFromModule(module))
    print(f"1..{suite.countTestCases()}", flush=True)
    result = TapResult()
    suite.run(result)
    sys.exit(1 if result.failed else 0)
