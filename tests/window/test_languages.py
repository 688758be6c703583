#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window in languages that nobody speaks (po/make-pseudo): a long one, and one written from right to left.

In the long one every view, dialog and popover is looked at for words that are English all the same; in the other one the
main job is done, and every view has its picture.
"""
import gettext
import importlib.util
import json
import os
import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader

import test_audit
from annals_case import ROOT, main
from annals_steps import Steps
from audit import Audit, UNNAMED

PO = os.path.join(ROOT, "po")
WORD = re.compile(r"[A-Za-z]{3,}")
# libc's in a locale without a language, what stands in formats of dates, titles of GTK's own windows, keys, and what has
# one name in all languages
ANYWHERE = set("""
January February March April May June July August September October November December
Jan Feb Mar Apr Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun
Monday Tuesday Wednesday Thursday Friday Saturday Sunday
Minimize Maximize Close Restore Ctrl Shift Alt Return Escape Delete Space Tab Left Right Down Page Home End Insert Backspace
Today Yesterday Preferences Shortcuts
UTC SHA EDTF REFI QDA CSV JSON PDF HTML Markdown TimelineJS
""".split())


def script(name):
    """One of po/'s programs as a module."""
    sys.dont_write_bytecode = True
    loader = SourceFileLoader(name.replace("-", "_"), os.path.join(PO, name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


pseudo, translations = script("make-pseudo"), script("check-translations")


class Listening(Audit):
    """What is looked at has no English words but those of the notebook."""
    words = frozenset()

    def look(self, view, under=None, contrast=True):
        nodes = super().look(view, under, contrast=False)
        for node in nodes:
            for said in {node.raw, node.raw_text}:
                english = {word for word in WORD.findall(said) if word.lower() not in self.words} - ANYWHERE
                # where a text is cut, so may be a word
                english -= {word for word in english if said.rstrip("…").endswith(word)
                            and any(known.startswith(word.lower()) for known in self.words)}
                if english and not UNNAMED.fullmatch(said):
                    self.fault(view, f"{node.role} “{said[:80]}” is not translated: {node.where[-120:]}")
        return nodes

    def walk(self, *_args, **_more):
        """The keyboard's way is the same in all languages."""
        return []


class Spoken:
    """A case in a language that is made up."""
    kind = None
    languages = "xa"
    maxDiff = None

    def setUp(self):
        super().setUp()
        folder = self.path("locale/xa/LC_MESSAGES")
        os.makedirs(folder)
        template, spoken = self.path("annals.pot"), self.path("xa.po")
        self.assertEqual(translations.make_template(ROOT, template), [])
        pseudo.speak(template, self.kind, spoken)
        subprocess.run(["msgfmt", "--check-format", "-o", os.path.join(folder, "annals.mo"), spoken], check=True)
        # what GTK calls the button that ends it all
        self.close = gettext.translation("gtk40", languages=self.languages.split(":"), fallback=True).gettext("Close")
        # for both programs
        self.home.update(LANGUAGE=self.languages, TEXTDOMAINDIR=self.path("locale"))

    def start(self, *args, **more):
        app = super().start(*args, **more)
        app.reads = lambda text: "Close" if text == self.close else pseudo.back(text, self.kind)
        return app

    def picture(self, name, *args):
        return super().picture(f"{self.kind}-{name}", *args)


class Long(Spoken, test_audit.Everything):
    """Everything there is, and nothing of it in English."""
    kind = "long"
    auditor = Listening
    test_help = None            # its pages are in English
    test_large_details = None   # a long name of an order leaves no room beside list and post

    def open_full(self):
        app = super().open_full()
        self.audit.words = self.words_of_notebook()
        return app

    def words_of_notebook(self):
        path = self.path("all.json")
        self.cli("export", self.notebook, "notebook", "--format", "json", "-o", path)
        found = set(WORD.findall(self.notebook))
        with open(self.sample, encoding="utf-8") as file:
            found.update(WORD.findall(file.read()))
        # what one searches with is the same in all languages
        for name in ("help", "complete"):
            with open(os.path.join(ROOT, "src", "app", "posts", f"annals-search-bar-{name}.c"), encoding="utf-8") as file:
                for written in re.findall(r'\{ "((?:[^"\\]|\\.)*)",', file.read()):
                    found.update(WORD.findall(written))

        def take(value):
            if isinstance(value, dict):
                value = value.values()
            elif not isinstance(value, list):
                found.update(WORD.findall(str(value)))
                return
            for part in value:
                take(part)
        with open(path, encoding="utf-8") as file:
            take(json.load(file))
        return {word.lower() for word in found}


class RightToLeft(Spoken, Steps):
    """From a post to an event on a timeline, in a window that begins at the right."""
    kind = "rtl"
    languages = "xa:ar"     # in Arabic GTK says where its windows begin

    def runs_right(self, expression):
        """A date's signs stand in their order, and its entry ends at the right."""
        entry = self.app.find("text", pred=lambda n: n.text == expression)
        # an entry tells no boxes of its letters
        self.app.click(entry, fx=0.97)
        self.becomes(True, lambda: entry.caret > len(expression) / 2)

    def test_main_job(self):
        if not os.path.exists("/usr/share/locale/ar/LC_MESSAGES/gtk40.mo"):
            self.skipTest("GTK's Arabic is not installed")
        self.notebook = self.new_notebook(self.sample)
        app = self.start(self.notebook)
        self.sees("status bar", "12 posts")
        sidebar, window = self.sees("list item", re.compile("^All Posts")), app.frame()
        self.assertGreater(app.origin(sidebar)[0] + sidebar.box[0], app.origin(window)[0] + window.box[2] / 2)
        self.read()
        self.select()
        self.add_event("Transponders off", "early March 2020", "At sea", new_timeline="Shipping")
        self.sees("panel", "Evidence: " + self.words)
        self.picture("read")
        self.place("Timelines")
        app.click(self.event_card("Transponders off"))
        self.runs_right("[2020-03-01~..2020-03-10~]")
        self.button(re.compile("^“" + self.words))
        self.picture("timeline")
        self.place("Notes")
        self.sees("list item", re.compile(self.words))
        self.picture("notes")
        self.stop()
        self.assertEqual([a["quote"] for a in self.annotations()], [self.words])


if __name__ == "__main__":
    main()
