#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_cli.py PROGRAM: annals-cli from outside, as a script uses it.

The main job on the project's own sample archive and, where it lies beside the project, on the seed;
every --json document key by key against FORMATS.md's shapes; every bad input.
"""
import csv
import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
SAMPLE = os.path.join(ROOT, "data", "sample", "may-2021.txt")
WXR = os.path.join(ROOT, "tests", "fixtures", "import", "harbour.xml")
SEED = os.path.join(os.environ.get("ANNALS_SHARED", ""), "data", "seed", "march-2020.txt")
NOBODY = 65534

UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
SHA256 = re.compile(r"[0-9a-f]{64}\Z")

# shapes: a type, a pattern, a set of strings, [element], {key: shape}, or a tuple of alternatives
NULL = type(None)
DATE = {"edtf": str, "from": (TIME, NULL), "to": (TIME, NULL), "display": str}
SPAN = {"start": int, "end": int, "kind": str, "value": (str, NULL)}
ANNOTATION = {
    "uid": UID, "post": UID, "start": int, "end": int, "quote": str, "prefix": str, "suffix": str,
    "colour": str, "note": str, "tags": [str], "state": {"anchored", "moved", "review"},
    "created": TIME, "modified": TIME, "author": str,
}
FOUND = {
    "uid": UID, "title": str, "url": str, "author": str, "source": str, "published": DATE,
    "language": str, "read": bool, "starred": bool, "tags": [str], "import": UID, "place": int,
    "spans": [SPAN], "revisions": [{"sha256": SHA256, "time": TIME}], "annotations": [ANNOTATION],
    "links": [{"uid": UID, "relation": str, "to": UID, "direction": {"out", "in"}}], "events": [UID],
}
POST = {**FOUND, "text": str}
TAG = {"uid": UID, "name": str, "parent": (str, NULL), "colour": str, "posts": int, "annotations": int,
       "description": str, "synonyms": [str], "rule": str}
TIMELINE = {"uid": UID, "title": str, "rule": str, "events": int, "from": (TIME, NULL), "to": (TIME, NULL)}
QUOTE = {"exact": str, "prefix": str, "suffix": str, "start": int, "end": int}
EVIDENCE = {"stance": {"supports", "contradicts"}, "post": UID, "annotation": (UID, NULL),
            "quote": (QUOTE, NULL), "note": str}
EVENT = {"uid": UID, "title": str, "account": str, "lane": (UID, NULL), "date": DATE, "tags": [str],
         "sources": {"supporting": int, "contradicting": int}, "evidence": [EVIDENCE]}
FILE = {"name": str, "size": int, "sha256": (SHA256, {""})}     # not known of one that was interrupted
IMPORT = {"uid": UID, "file": FILE, "format": str, "read": int, "new": int, "updated": int,
          "unchanged": int, "skipped": int, "issues": int, "seconds": float}
ISSUE = {"import": UID, "severity": {"note", "warning", "error"}, "place": str, "reason": str,
         "excerpt": str}
DOCUMENT = {
    "format": {"annals-timeline"}, "version": int, "generator": str, "exported": TIME,
    "notebook": {"uid": UID, "title": str},
    "timeline": {"uid": UID, "title": str, "description": str, "colour": str, "rule": str,
                 "lanes": [{"uid": UID, "name": str, "colour": str}]},
    "events": [EVENT],
    "posts": [{key: FOUND[key] for key in ("uid", "title", "url", "author", "source", "published",
                                           "language", "tags", "import", "place")} | {"sha256": SHA256}],
    "imports": [{"uid": UID, "format": str, "time": TIME, "file": FILE}],
}
LINK = {"uid": UID, "relation": str, "from": UID, "from_kind": {"post", "annotation", "event"}, "to": UID,
        "to_kind": {"post", "annotation", "event"}, "note": str, "created": TIME, "modified": TIME, "author": str}
MEMO = {"uid": UID, "title": str, "text": str, "created": TIME, "modified": TIME, "author": str}
KIN = {"post": UID, "title": str, "published": DATE, "source": str, "share": float}
DOCUMENTS = {
    "link": LINK, "unlink": {"ok": bool}, "links": {"links": [LINK]},
    "memo": MEMO, "memos": {"memos": [{"uid": UID, "title": str, "lead": str, "mentions": int, "modified": TIME}]},
    "new": {"notebook": UID, "path": str},
    "info": {"notebook": UID, "title": str,
             **{key: int for key in ("posts", "annotations", "tags", "links", "timelines", "events",
                                     "memos", "imports", "schema_version", "size_bytes")}},
    "import": {"imports": [IMPORT]},
    "imports": {"imports": [IMPORT]},
    "issues": {"issues": [ISSUE]},
    "search": {"query": str, "total": int, "posts": [{**FOUND, "snippet": str}]},
    "similar": {"post": UID, "similar": [{**KIN, "score": float, "because": [str]}]},
    "same-text": {"total": int, "groups": [{"posts": [KIN]}]},
    "show": POST,
    "annotate": ANNOTATION,
    "annotations": {"annotations": [{**ANNOTATION, "post_title": str}]},
    "tag": TAG,
    "untag": TAG,
    "tag-new": TAG,
    "tag-edit": TAG,
    "tag-merge": TAG,
    "tag-delete": TAG,
    "tag-rule": {"tag": UID, "rule": str, "fitting": int, "lacking": int, "new": int, "applied": bool},
    "tag-import": {"new": int, "changed": int, "same": int, "remarks": [str],
                   "tags": [{"name": str, "parent": (str, NULL), "state": {"new", "changed", "same"},
                             "changes": str}]},
    "tags": {"tags": [TAG]},
    "timeline-new": TIMELINE,
    "timeline-edit": TIMELINE,
    "suggest": {"total": int,
                "suggestions": [{"post": UID, "title": str, "published": DATE, "source": str, "score": float,
                                 "because": [str], "rule": bool, "like": (UID, NULL), "later": bool}]},
    "timelines": {"timelines": [TIMELINE]},
    "timeline": DOCUMENT,
    "event": EVENT,
    "date-proposals": {"proposals": [{"date": DATE, "text": str, "start": int, "end": int, "sentence": str,
                                      "confidence": float}]},
    "export": {"file": str},
    "undo": {"undone": str},
    "redo": {"redone": str},
    "history": {"history": [{"id": int, "label": str, "time": TIME, "state": {"done", "undone"}}]},
    "check": {"ok": bool, "problems": [{"what": str, "where": str}]},
    "backup": {"backup": str, "size_bytes": int},
    "backups": {"backups": [{"path": str, "time": TIME,
                             "reason": {"automatic", "manual", "import", "restore", "migration", "repair"},
                             "size_bytes": int, "schema_version": int, "posts": int, "annotations": int,
                             "events": int, "problem": (str, NULL)}]},
    "restore": {"restored": str, "kept": (str, NULL)},
}


def fits(value, shape):
    """None, or where and how the value differs from the shape. Keys beyond the shape's are allowed."""
    if isinstance(shape, tuple):
        faults = [fits(value, one) for one in shape]
        return None if None in faults else faults[0]
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return f": {value!r} is no object"
        for key in shape:
            if key not in value:
                return f".{key}: missing"
            fault = fits(value[key], shape[key])
            if fault:
                return f".{key}{fault}"
        return None
    if isinstance(shape, list):
        if not isinstance(value, list):
            return f": {value!r} is no array"
        for i, element in enumerate(value):
            fault = fits(element, shape[0])
            if fault:
                return f"[{i}]{fault}"
        return None
    if isinstance(shape, set):
        return None if value in shape else f": {value!r} is none of {shape}"
    if isinstance(shape, re.Pattern):
        return None if isinstance(value, str) and shape.match(value) else f": {value!r}"
    if shape is float:
        return None if isinstance(value, (int, float)) and not isinstance(value, bool) else f": {value!r}"
    return None if type(value) is shape else f": {value!r} is no {shape.__name__}"


def run(*args, **options):
    if "export" in args:
        # what lsan.supp says of writing a PDF is known by the whole stack of an allocation
        env = dict(options.get("env", os.environ))
        env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "") + ":fast_unwind_on_malloc=0"
        options["env"] = env
    return subprocess.run([PROGRAM, *args], capture_output=True, timeout=120, check=False, **options)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="annals-cli-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.notebook = os.path.join(self.folder, "test.annals")

    def path(self, name):
        return os.path.join(self.folder, name)

    def cli(self, *args, **options):
        """What the command prints; it must succeed and be silent on stderr."""
        result = run(*args, **options)
        self.assertEqual((result.returncode, result.stderr.decode()), (0, ""), args)
        return result.stdout.decode()

    def json(self, command, *args, **options):
        document = json.loads(self.cli(command, "--json", self.notebook, *args, **options))
        self.assertIsNone(fits(document, DOCUMENTS[command]), command)
        return document

    def fail_with(self, status, *args, says=None, **options):
        """The command fails in one sentence and prints nothing."""
        result = run(*args, **options)
        error = result.stderr.decode()
        self.assertEqual(result.returncode, status, (args, error))
        self.assertEqual(result.stdout, b"", args)
        self.assertRegex(error, r"\Aannals-cli: [^\n]+\n\Z", args)
        if says:
            self.assertIn(says, error)
        return error

    def new(self, *files):
        self.cli("new", self.notebook)
        if files:
            return self.json("import", *files)["imports"]
        return []


class TestSuggestions(Case):
    """Posts for a timeline, on the sample archive."""

    def setUp(self):
        super().setUp()
        self.json("new")
        self.json("import", SAMPLE)

    def listed(self, *options):
        return self.json("suggest", "Flood", "--limit", "0", *options)["suggestions"]

    def test_decisions(self):
        self.json("timeline-new", "Flood", "--rule", "flood OR cholera")
        first = self.listed()
        self.assertGreater(len(first), 3)
        self.assertTrue(all(one["rule"] and 0.5 <= one["score"] <= 1 and one["because"] for one in first))
        self.assertEqual([one["score"] for one in first], sorted((one["score"] for one in first), reverse=True))
        added, rejected, later = (one["post"] for one in first[:3])

        left = self.listed("--add", added, "--reject", rejected, "--later", later)
        self.assertFalse({added, rejected, later} & {one["post"] for one in left})
        event = self.json("timeline", "Flood")["events"]
        self.assertEqual([(one["title"], one["evidence"][0]["post"]) for one in event], [(first[0]["title"], added)])
        self.assertEqual(event[0]["date"], first[0]["published"])
        self.assertEqual([one["post"] for one in self.listed("--all") if one["later"]], [later])
        self.assertIn("1 is put off", self.cli("suggest", self.notebook, "Flood"))
        self.fail_with(1, "suggest", self.notebook, "Flood", "--add", added, says="cites the post already")

        self.assertEqual(self.json("undo")["undone"], "Decide about suggested posts")
        self.assertEqual(self.listed(), first)
        self.json("redo")
        self.assertEqual(self.listed(), left)

    def test_put_off(self):
        self.json("timeline-new", "Flood", "--rule", "flood OR cholera")
        first = self.listed()
        self.assertEqual([one["post"] for one in self.listed("--later", first[0]["post"])],
                         [one["post"] for one in first[1:]])
        with open(self.path("new.txt"), "w", encoding="utf-8") as file:
            file.write("Monthly Archives: June 2021\n\nThe flood has gone\n\nPosted on by\n\nNo water is left.\n")
        self.json("import", self.path("new.txt"))
        self.assertEqual(len(self.listed()), len(first) + 1)

    def test_rule(self):
        self.json("timeline-new", "Flood", "--rule", "flood")
        self.assertEqual(self.json("timeline-edit", "Flood", "--rule", "cholera")["rule"], "cholera")
        self.assertEqual({tuple(one["because"]) for one in self.listed()}, {("cholera",)})
        self.json("timeline-edit", "Flood", "--rule", "")
        self.assertEqual(self.listed(), [])
        # without a rule, what is like what is there
        post = self.json("search", "cholera")["posts"][0]["uid"]
        self.json("event", "Flood", "--date", "2021", "--title", "Cholera", "--evidence", post)
        alike = self.listed()
        self.assertTrue(alike)
        self.assertTrue(all(not one["rule"] and one["like"] for one in alike))
        self.assertNotIn(post, {one["post"] for one in alike})
        self.json("timeline-edit", "Flood", "--rule", "tag:nosuch")
        self.fail_with(1, "suggest", self.notebook, "Flood", says="column 1")

    def test_themes(self):
        for theme, title in (("covid", "COVID response"), ("sanctions", "Sanctions"), ("cyber", "Cyber operations")):
            made = self.json("timeline-new", "--theme", theme)
            self.assertEqual(made["title"], title)
            self.assertGreater(len(made["rule"]), 20)
        self.assertEqual(self.json("timeline-new", "My own", "--theme", "cyber", "--rule", "hacker")["rule"], "hacker")
        self.assertTrue(self.json("suggest", "COVID response")["suggestions"])
        self.fail_with(2, "timeline-new", self.notebook, "--theme", "nosuch", says="covid, sanctions, cyber")
        self.fail_with(2, "timeline-new", self.notebook)


class TestKin(Case):
    """Posts that are like one, and posts of nearly the same text."""

    STORM = ("The storm closed the harbour at Brennock for three days while ferries waited in the roads, and the "
             "harbour master said that tankers with winter fuel would be let in before all others. Islanders queued "
             "for bread and lamp oil, the school was shut, and the lifeboat was out twice in the night. ")
    STRIKE = ("Dockers voted to go on strike over night shifts; their union asks for a second crane, gloves and a "
              "doctor on the quay. The ministry calls the vote illegal and wants a judge to forbid it. ")

    def setUp(self):
        super().setUp()
        folder = self.path("posts")
        os.mkdir(folder)
        texts = {"storm": self.STORM * 3, "storm-again": self.STORM * 3 + "Corrected on Monday.",
                 "storm-after": "After the storm the harbour at Brennock took in tankers and ferries again, and the "
                                "harbour master thanked the lifeboat. Bread and lamp oil are sold as before.",
                 "strike": self.STRIKE, "strike-ends": "The dockers' strike over night shifts ends: the union gets its "
                                                       "crane and a doctor on the quay, and the ministry its judge."}
        texts |= {f"other-{i}": f"Report {i} on sheep, wool and prices of the {i}th market week." for i in range(8)}
        for name, text in texts.items():
            with open(os.path.join(folder, name + ".md"), "w", encoding="utf-8") as file:
                file.write(f"---\ntitle: {name}\ndate: 2020-03-09\n---\n\n{text}\n")
        self.new(folder)

    def test_similar(self):
        found = self.json("similar", "title:storm-after")
        self.assertEqual(found["post"], self.json("show", "title:storm-after")["uid"])
        titles = [post["title"] for post in found["similar"]]
        self.assertEqual(set(titles[:2]), {"storm", "storm-again"})
        self.assertNotIn("storm-after", titles)
        first = found["similar"][0]
        self.assertIn("harbour", first["because"])
        self.assertTrue(0 < first["score"] <= 1 and first["share"] == 0, first)
        self.assertEqual(len(self.json("similar", "title:storm-after", "--limit", "1")["similar"]), 1)
        self.assertIn("harbour", self.cli("similar", self.notebook, "title:storm-after"))

        # nearly the same text comes first, and says how much of it
        first = self.json("similar", "title:storm")["similar"][0]
        self.assertEqual(first["title"], "storm-again")
        self.assertGreater(first["share"], 0.9)
        self.assertRegex(self.cli("similar", self.notebook, "title:storm"), r"\d+ % of the text is the same")

    def test_same_text(self):
        found = self.json("same-text")
        self.assertEqual((found["total"], len(found["groups"])), (1, 1))
        posts = found["groups"][0]["posts"]
        self.assertEqual({post["title"] for post in posts}, {"storm", "storm-again"})
        self.assertEqual(posts[0]["share"], 1)
        self.assertGreater(posts[1]["share"], 0.9)
        self.assertIn("1 group of posts", self.cli("same-text", self.notebook))

    def test_misuse(self):
        self.fail_with(2, "similar", self.notebook, "title:storm", "--limit", "0", says="--limit")
        self.fail_with(1, "similar", self.notebook, "title:no such post", says="no such post")


class TestBadQueries(Case):
    """A query that is wrong is a sentence with the column, or its words are looked for: never a list that is empty
    for no reason, and never what SQLite says."""

    MISTAKES = {
        '"unbalanced': "column 1", "(a": "column 1", "a)": "column 2", "a OR": "column 5", "OR a": "column 1",
        "AND": "column 1", "NOT": "column 4", "a NEAR b c NEAR": "column", "before:soon": "column 1",
        "date:": "column 1", "storm before:": "column 7", "tag:nosuch": "column 1", "source:nosuch": "column 1",
        "is:blue": "column 1", "colour:octarine": "column 1", "()": "column 1", "((((((((((((((a))))))))))))))": "column",
        "note:source:x": "column", "-": "column", "a " * 5000: "column",
    }
    WORDS = ("port*", "{title text} : port", "title : port", "port NEAR(ship, 2)", "^port", "port + ship", "rowid:1",
             "port' OR 1=1 --", "; DROP TABLE post", "port\\", "%_", "port:ship", "NEAR", "*", "\x01port", "port\u200d",
             " ".join(f"word{i}" for i in range(500)), "x" * 3000)

    def test_mistakes(self):
        self.new(SAMPLE)
        for query, where in self.MISTAKES.items():
            self.assertRegex(self.fail_with(1, "search", self.notebook, "--", query), where, query)

    def test_words(self):
        self.new(SAMPLE)
        for query in self.WORDS:
            result = run("search", "--json", self.notebook, "--", query)
            error = result.stderr.decode()
            if result.returncode == 0:
                self.assertIsNone(fits(json.loads(result.stdout), DOCUMENTS["search"]), query)
            else:
                self.assertRegex(error, r"\Aannals-cli: [^\n]*column \d+[^\n]*\n\Z", query)
            self.assertNotRegex(error, "fts5|SQL|syntax error|no such column", query)

    def test_bytes(self):
        """What is no Unicode: a surrogate by itself, half a character, and what no terminal sends."""
        self.new(SAMPLE)
        for query in (b"\xed\xa0\x80", b"port \xed\xbf\xbf", b"\xff\xfe", b"caf\xc3", b"\xf4\x90\x80\x80"):
            result = run("search", self.notebook, "--", query)
            self.assertIn(result.returncode, (0, 1, 2), query)
            if result.returncode:
                self.assertRegex(result.stderr.decode(), r"\Aannals-cli: [^\n]+\n\Z", query)


class TestMainJob(Case):
    """From a file to an exported timeline, on the sample archive."""

    def test_everything(self):
        made = self.json("new", "--title", "Sample")
        self.assertEqual(made["path"], self.notebook)
        first = self.json("import", SAMPLE)["imports"][0]
        self.assertEqual((first["read"], first["new"], first["skipped"]), (12, 12, 0))
        self.assertEqual(first["file"]["sha256"], digest(SAMPLE))
        self.assertEqual(first["file"]["size"], os.path.getsize(SAMPLE))
        again = self.json("import", SAMPLE)["imports"][0]
        self.assertEqual((again["read"], again["new"], again["unchanged"]), (12, 0, 12))

        title = "Vaccination begins on Lower Merrin"
        post = self.json("show", f"title:{title}")
        self.assertEqual(self.json("show", post["uid"][:8])["uid"], post["uid"])
        quote = "about 31,000 people live on the island"
        start = post["text"].lower().index(quote)
        quote = post["text"][start:start + len(quote)]
        mark = self.json("annotate", post["uid"], "--quote", quote, "--note", "How *many*?",
                         "--colour", "green", "--tag", "numbers", "--tag", "health")
        self.assertEqual((mark["start"], mark["end"]), (start, start + len(quote)))
        self.assertEqual(post["text"][mark["start"]:mark["end"]], quote)
        self.assertTrue(post["text"][:start].endswith(mark["prefix"]))
        self.assertTrue(post["text"][mark["end"]:].startswith(mark["suffix"]))
        self.assertEqual((mark["colour"], mark["note"], mark["tags"], mark["state"]),
                         ("green", "How *many*?", ["health", "numbers"], "anchored"))

        whole = self.json("annotate", post["uid"], "--note", "On *all* of it")
        self.assertEqual((whole["start"], whole["end"], whole["quote"], whole["note"], whole["state"]),
                         (0, 0, "", "On *all* of it", "anchored"))
        self.assertIn("on the whole post", self.cli("show", self.notebook, post["uid"]))
        self.json("undo")

        tag = self.json("tag", "relief", post["uid"], "title:Customs Union lets relief cargo through")
        self.assertEqual((tag["name"], tag["posts"]), ("relief", 2))
        timeline = self.json("timeline-new", "The flood", "--rule", "flood OR cholera")
        self.assertEqual((timeline["title"], timeline["rule"], timeline["from"]),
                         ("The flood", "flood OR cholera", None))
        event = self.json("event", timeline["uid"], "--date", "2021-05-24", "--title", "Vaccination begins",
                          "--account", "On *Lower Merrin*.", "--lane", "Health", "--evidence", mark["uid"],
                          "--evidence", "title:Customs Union lets relief cargo through")
        self.assertEqual([one["annotation"] for one in event["evidence"]], [mark["uid"], None])
        self.assertEqual(event["evidence"][0]["quote"]["exact"], quote)
        self.assertEqual(event["date"], {"edtf": "2021-05-24", "from": "2021-05-24T00:00:00Z",
                                         "to": "2021-05-25T00:00:00Z", "display": "24 May 2021"})
        self.assertEqual(self.json("show", post["uid"])["events"], [event["uid"]])

        found = self.json("search", "cholera*")
        self.assertIn(title, [one["title"] for one in found["posts"]])
        self.assertEqual(found["total"], len(found["posts"]))
        for one in found["posts"]:
            self.assertNotIn("text", one)
            self.assertTrue(one["snippet_matches"] or "cholera" in one["title"].lower())
            for match in one["snippet_matches"]:
                self.assertRegex(one["snippet"][match["start"]:match["end"]].lower(), "^cholera")

        info = self.json("info")
        self.assertEqual({key: info[key] for key in ("title", "posts", "annotations", "tags", "timelines",
                                                     "events", "imports")},
                         {"title": "Sample", "posts": 12, "annotations": 1, "tags": 3, "timelines": 1,
                          "events": 1, "imports": 2})
        self.assertEqual(info["size_bytes"], os.path.getsize(self.notebook))
        self.assertEqual(self.json("annotations", "island")["annotations"][0]["post_title"], title)
        self.assertEqual(self.json("annotations", "nowhere")["annotations"], [])
        self.assertEqual([one["name"] for one in self.json("tags")["tags"]],
                         ["health", "numbers", "relief"])
        listed = self.json("timelines")["timelines"][0]
        self.assertEqual((listed["events"], listed["from"]), (1, "2021-05-24T00:00:00Z"))

        document = self.json("timeline", "The flood")
        self.assertEqual([one["uid"] for one in document["events"]], [event["uid"]])
        self.assertEqual({one["uid"] for one in document["posts"]},
                         {one["post"] for one in event["evidence"]})
        self.assertEqual(document["imports"][0]["file"]["sha256"], digest(SAMPLE))

        self.assertEqual(self.json("check", "--deep"), {"ok": True, "problems": []})
        self.assertEqual([(one["label"], one["state"]) for one in self.json("history")["history"]][:4],
                         [("Add event", "done"), ("Add timeline", "done"), ("Tag 2 posts", "done"),
                          ("Add note", "done")])
        self.assertEqual(os.listdir(self.folder), ["test.annals"])

    def test_event_places(self):
        """An event with tags, in two timelines, with a post for it and one against it."""
        self.cli("new", self.notebook)
        self.json("import", SAMPLE)
        posts = [post["uid"] for post in self.json("search", "", "--limit", "3")["posts"]]
        first = self.json("timeline-new", "First")
        second = self.json("timeline-new", "Second")
        event = self.json("event", "First", "--date", "2021-05", "--title", "Port closed", "--tag", "ports", "--tag",
                          "sea", "--also", "Second", "--evidence", posts[0], "--contradicts", posts[1])
        self.assertEqual(event["tags"], ["ports", "sea"])
        self.assertEqual([one["stance"] for one in event["evidence"]], ["supports", "contradicts"])
        self.assertEqual(event["sources"], {"supporting": 1, "contradicting": 1})
        for timeline in (first, second):
            document = self.json("timeline", timeline["uid"])
            self.assertEqual([one["uid"] for one in document["events"]], [event["uid"]])
            self.assertEqual(document["events"][0]["tags"], ["ports", "sea"])
        text = self.cli("timeline", self.notebook, "First")
        self.assertIn("Tags: ports, sea", text)
        self.assertIn("Also in: Second", text)
        self.assertIn("Supported by 1 independent source, contradicted by 1", text)
        self.json("undo")
        self.assertEqual(self.json("tags")["tags"], [])
        self.fail_with(1, "event", self.notebook, "First", "--date", "2021", "--title", "x", "--also", "Third",
                       says="Third")
        self.assertEqual(self.json("timeline", "First")["events"], [])

    def test_date_proposals(self):
        self.json("new")
        self.json("import", SAMPLE)
        title = "title:Vaccination begins on Lower Merrin"
        post = self.json("show", title)
        found = self.json("date-proposals", title)["proposals"]
        self.assertIn("Monday morning", [one["text"] for one in found])
        for one in found:
            self.assertEqual(post["text"][one["start"]:one["end"]], one["text"])
            self.assertIn(one["text"], one["sentence"])
            self.assertIn(one["sentence"], post["text"])
            self.assertTrue(0 < one["confidence"] <= 1)
        self.assertIn("“Monday morning”", run("date-proposals", self.notebook, title).stdout.decode())
        failed = run("date-proposals", self.notebook, "title:No such post")
        self.assertEqual(failed.returncode, 1)

    @unittest.skipUnless(os.path.exists(SEED), "the seed is not there")
    def test_date_proposals_of_a_month(self):
        """The seed's posts know their month only: what is proposed is what is possible then."""
        self.json("new")
        self.json("import", SEED)
        dates = {}
        for post in self.json("search", "", "--limit", "0")["posts"]:
            for one in self.json("date-proposals", post["uid"])["proposals"]:
                dates.setdefault(one["text"], set()).add(one["date"]["edtf"])
        self.assertEqual(dates["January"], {"2020-01"})
        self.assertEqual(dates["November last year"], {"2019-11"})
        self.assertEqual(dates["early March 2020"], {"[2020-03-01~..2020-03-10~]"})
        self.assertEqual(dates["January and February"], {"{2020-01,2020-02}"})
        self.assertEqual(dates["by early October"], {"[..2020-10~]"})
        self.assertEqual(dates["earlier this week"], {"[2020-02-24..2020-03-31]"})
        self.assertEqual(dates["Tuesday"], {"[2020-02-25,2020-03-03,2020-03-10,2020-03-17,2020-03-24,2020-03-31]"})

    def test_same_bytes(self):
        self.new(SAMPLE)
        self.json("timeline-new", "Relief")
        self.json("event", "Relief", "--date", "2021-05~", "--title", "A ship comes",
                  "--evidence", "title:Customs Union lets relief cargo through")
        env = {**os.environ, "SOURCE_DATE_EPOCH": "1600000000"}
        for form in ("json", "pdf", "svg", "png"):
            one, two = self.path("one." + form), self.path("two." + form)
            self.json("export", "timeline:Relief", "--format", form, "-o", one, env=env)
            self.json("export", "timeline:Relief", "-o", two, env=env)
            self.assertEqual(digest(one), digest(two), form)
        with open(self.path("one.json"), encoding="utf-8") as file:
            document = json.load(file)
        self.assertIsNone(fits(document, DOCUMENT))
        self.assertEqual(document["exported"], "2020-09-13T12:26:40Z")
        self.assertEqual(json.loads(self.cli("timeline", self.notebook, "Relief", "--json", env=env)), document)
        letter = self.path("letter.pdf")
        self.cli("export", self.notebook, "timeline:Relief", "-o", letter, "--paper", "letter", "--no-notes", env=env)
        self.assertNotEqual(digest(letter), digest(self.path("one.pdf")))
        made = {digest(letter)}
        for options in (["--margins", "wide"], ["--text-size", "LARGE"], ["--margins", "narrow", "--text-size", "small"]):
            target = self.path("-".join(options) + ".pdf")
            self.cli("export", self.notebook, "timeline:Relief", "-o", target, *options, env=env)
            made.add(digest(target))
        self.assertEqual(len(made), 4)
        for options in (["--margins", "huge"], ["--text-size", "7"], ["--paper", "a3"]):
            self.fail_with(2, "export", self.notebook, "timeline:Relief", "-o", self.path("no.pdf"), *options)
        for what in ("notes", "annotations"):
            target = self.path(what + ".pdf")
            self.cli("export", self.notebook, what, "-o", target, env=env)
            with open(target, "rb") as file:
                self.assertEqual(file.read(8), b"%PDF-1.4")

    def test_formats(self):
        """Each format of timelines and posts, by its name and by its file's; the schemas and rules they have to keep."""
        self.new(SAMPLE)
        self.json("timeline-new", "Relief")
        self.json("event", "Relief", "--date", "2021-05~", "--title", "A <ship> comes", "--lane", "Sea",
                  "--evidence", "title:Customs Union lets relief cargo through")
        self.json("event", "Relief", "--date", "", "--title", "Nobody knows when")
        env = {**os.environ, "SOURCE_DATE_EPOCH": "1600000000"}
        texts = {}
        for what, form, ending in (
                ("timeline:Relief", "timelinejs", "json"), ("timeline:Relief", "html", "html"),
                ("timeline:Relief", "markdown", "md"), ("timeline:Relief", "csv", "csv"), ("posts:relief", "json", "json"),
                ("posts:relief", "csl", "csl.json"), ("posts:relief", "bibtex", "bib"), ("posts:relief", "ris", "ris"),
                ("posts:relief", "markdown", "md"), ("posts:relief", "csv", "csv")):
            name = self.path(f"{what[:5]}-{form}.{ending}")
            said = self.json("export", what, "--format", form, "-o", name, env=env)
            self.assertEqual((said["format"], said["file"]), (form, name))
            if form == "timelinejs":
                self.assertEqual(len(said["remarks"]), 1)
                self.assertIn("1 event is left out, because TimelineJS has no event without a date: “Nobody knows when”", said["remarks"][0])
            else:
                self.assertEqual(said["remarks"], [])
            if form not in ("timelinejs", "csl"):
                again = self.path(f"again-{what[:5]}-{form}.{ending}")
                self.cli("export", self.notebook, what, "-o", again, env=env)
                self.assertEqual(digest(again), digest(name), form)
            with open(name, encoding="utf-8", newline="") as file:
                texts[what[:5], form] = file.read()
            self.fail_with(1, "export", self.notebook, what, "--format", form, "-o", name)

        sys.path.insert(0, os.path.join(ROOT, "tests", "unit", "export"))
        import timelinejs                                       # pylint: disable=import-error,import-outside-toplevel
        document = json.loads(texts["timel", "timelinejs"])
        self.assertEqual(timelinejs.check(document), [])
        self.assertEqual([event["display_date"] for event in document["events"]], ["about May 2021"])

        found = [post["uid"] for post in self.json("search", "relief", "--limit", "0")["posts"]]
        self.assertGreater(len(found), 2)
        posts = json.loads(texts["posts", "json"])
        self.assertEqual([post["uid"] for post in posts["posts"]], found)
        for post in posts["posts"]:
            self.assertIsNone(fits({key: post[key] for key in POST}, POST))
            self.assertEqual(hashlib.sha256(post["text"].encode()).hexdigest(), post["sha256"])
        self.assertEqual([item["id"] for item in json.loads(texts["posts", "csl"])], found)
        self.assertEqual(re.findall(r"ID  - (.*)\r", texts["posts", "ris"]), found)
        self.assertEqual(texts["posts", "bibtex"].count("\n}\n"), len(found))
        self.assertEqual([row["uid"] for row in csv.DictReader(texts["posts", "csv"].splitlines(keepends=True))], found)
        self.assertEqual(len(re.findall("^## ", texts["posts", "markdown"], re.MULTILINE)), len(found))
        self.assertIn("### A \\<ship\\> comes", texts["timel", "markdown"])
        self.assertIn("A &lt;ship&gt; comes</h3>", texts["timel", "html"])

        marked = self.path("marked.csv")
        self.cli("export", self.notebook, "posts:", "-o", marked, "--bom")
        with open(marked, "rb") as file:
            self.assertEqual(file.read(7), b"\xef\xbb\xbfuid,")
        self.fail_with(1, "export", self.notebook, "posts:before:never", "-o", self.path("x.ris"))
        self.assertFalse(os.path.exists(self.path("x.ris")))

    def test_undo_in_other_processes(self):
        self.new(SAMPLE)
        made = self.json("annotate", "title:Vaccination begins on Lower Merrin", "--quote", "We go where the ice is",
                         "--tag", "ice")
        self.assertEqual(self.json("undo"), {"undone": "Add highlight"})
        self.assertEqual(self.json("annotations")["annotations"], [])
        self.assertEqual(self.json("tags")["tags"], [])
        self.assertEqual(self.json("history")["history"][0]["state"], "undone")
        self.assertEqual(self.json("redo"), {"redone": "Add highlight"})
        back = self.json("annotations")["annotations"][0]
        del back["post_title"]
        self.assertEqual(back, made)
        self.fail_with(1, "redo", self.notebook)

        # One command is one step, whatever it makes on its way.
        timeline = self.json("timeline-new", "Relief")["uid"]
        before = self.json("timeline", timeline)["timeline"]
        self.json("event", timeline, "--date", "2021", "--title", "x", "--lane", "New", "--evidence", made["uid"])
        self.assertEqual(self.json("undo"), {"undone": "Add event"})
        self.assertEqual(self.json("timeline", timeline)["timeline"], before)
        self.json("tag", "a", "title:Vaccination begins on Lower Merrin")
        self.json("untag", "a", "title:Vaccination begins on Lower Merrin")
        self.assertEqual(self.json("undo"), {"undone": "Remove tag from post"})
        self.assertEqual(self.json("undo"), {"undone": "Tag 1 post"})

    def test_tags(self):
        self.new(SAMPLE)
        post = "title:Vaccination begins on Lower Merrin"
        sea = self.json("tag-new", "Sea", "--colour", "teal", "--description", "All that floats")
        self.assertEqual((sea["name"], sea["colour"], sea["description"]), ("Sea", "teal", "All that floats"))
        self.fail_with(1, "tag-new", self.notebook, "SEA")
        ship = self.json("tag-new", "Ship", "--parent", "Sea", "--synonym", "vessel", "--synonym", "boat")
        self.assertEqual((ship["parent"], ship["synonyms"]), ("Sea", ["vessel", "boat"]))
        # another name is as good as the name
        self.assertEqual(self.json("tag", "VESSEL", post)["uid"], ship["uid"])
        self.assertEqual(self.json("untag", "boat", post)["posts"], 0)
        self.fail_with(1, "tag-edit", self.notebook, "Sea", "--name", "Boat")
        self.fail_with(1, "tag-edit", self.notebook, "Sea", "--parent", "Ship")
        self.fail_with(1, "tag-edit", self.notebook, "Sea", "--colour", "mauve")
        self.fail_with(1, "tag-edit", self.notebook, "Sea", "--rule", '"cholera')
        self.assertEqual(self.json("tag-edit", "Ship", "--no-synonyms", "--synonym", "ferry", "--parent", "",
                                   "--name", "Ships")["synonyms"], ["ferry"])
        found = self.json("search", "cholera", "--count")["total"]
        self.json("tag-edit", "Sea", "--rule", "cholera")
        rule = self.json("tag-rule", "Sea")
        self.assertEqual((rule["fitting"], rule["lacking"], rule["new"], rule["applied"]),
                         (found, found, found, False))
        self.assertTrue(self.json("tag-rule", "Sea", "--apply")["applied"])
        self.assertEqual(self.json("tag-rule", "Sea")["lacking"], 0)
        carry = {one["uid"] for one in self.json("search", "cholera")["posts"]} | {self.json("show", post)["uid"]}
        self.json("tag", "ferry", post)
        merged = self.json("tag-merge", "Ships", "Sea")
        self.assertEqual((merged["posts"], merged["synonyms"]), (len(carry), ["Ships", "ferry"]))
        self.assertEqual(self.json("undo"), {"undone": "Merge tags"})
        self.assertEqual([one["name"] for one in self.json("tags")["tags"]], ["Sea", "Ships"])
        self.assertEqual(self.json("tag-delete", "Ships")["name"], "Ships")
        self.fail_with(1, "tag-merge", self.notebook, "Sea", "Sea")
        self.fail_with(1, "tag-rule", self.notebook, "Ships")

    def test_undo_to_and_only(self):
        self.new(SAMPLE)
        post = "title:Vaccination begins on Lower Merrin"
        for i in range(20):
            self.json("tag", f"t{i}", post)
        steps = self.json("history")["history"]
        self.assertEqual([one["label"] for one in steps[:-1]], ["Tag 1 post"] * 20)
        third = steps[-4]["id"]

        # Back to a step, and to where one was.
        self.assertEqual(self.json("undo", "--to", str(third)), {"undone": "17 steps", "steps": 17})
        self.assertEqual({one["name"] for one in self.json("tags")["tags"]}, {"t0", "t1", "t2"})
        self.fail_with(1, "undo", self.notebook, "--to", str(steps[0]["id"]), says="undone; 'redo'")
        self.assertEqual(self.json("redo", "--to", str(steps[0]["id"])), {"redone": "17 steps", "steps": 17})
        self.fail_with(1, "redo", self.notebook, "--to", str(third), says="done; 'undo'")
        self.fail_with(1, "undo", self.notebook, "--to", "4040", says="no step with the number 4040")

        # One by itself: nothing else changes, and it is a step like any other.
        self.assertEqual(self.json("undo", "--only", str(third)), {"undone": "Tag 1 post"})
        names = {one["name"] for one in self.json("tags")["tags"]}
        self.assertEqual(names, {f"t{i}" for i in range(20)} - {"t2"})
        newest, *others = self.json("history")["history"]
        self.assertEqual((newest["label"], newest["reverts"]), ("Undo “Tag 1 post”", third))
        self.assertEqual(next(one for one in others if one["id"] == third)["reverted_by"], newest["id"])
        self.fail_with(1, "undo", self.notebook, "--only", str(third), says="undone already")
        self.json("undo")
        self.assertEqual(len(self.json("tags")["tags"]), 20)

        # What later work builds on stays, and the reason names that work.
        self.fail_with(1, "undo", self.notebook, "--only", str(steps[-1]["id"]), says="later steps build on it: “Tag 1 post”")
        self.json("annotate", post, "--quote", "We go where the ice is", "--tag", "new")
        made = str(self.json("history")["history"][0]["id"])
        self.json("tag", "new", post)
        self.fail_with(1, "undo", self.notebook, "--only", made, says="a later step builds on it: “Tag 1 post”")
        self.assertEqual(self.json("check", "--deep"), {"ok": True, "problems": []})
        # all of it
        self.json("undo", "--to", "0")
        self.assertEqual(self.json("search", "")["total"], 0)

    def test_records(self):
        """Annotations leave for other programs and come back, as do citations as posts to be filled."""
        self.new(SAMPLE)
        post = "title:Vaccination begins on Lower Merrin"
        made = self.json("annotate", post, "--quote", "We go where the ice is", "--tag", "cold", "--note", "*Where?*")
        self.cli("export", self.notebook, "notes", "--format", "w3c", "-o", self.path("notes.jsonld"))
        self.cli("export", self.notebook, "notes", "-o", self.path("notes.qdpx"))
        self.cli("export", self.notebook, "posts:cholera", "-o", self.path("posts.ris"))
        self.cli("export", self.notebook, "posts:cholera", "-o", self.path("posts.bib"))
        self.cli("export", self.notebook, "posts:cholera", "--format", "csl", "-o", self.path("posts.json"))
        n_posts = self.json("search", "cholera", "--count")["total"]
        self.assertGreater(n_posts, 1)

        for name in ("posts.ris", "posts.bib", "posts.json"):
            [done] = self.json("import", self.path(name))["imports"]
            self.assertEqual((done["new"], done["updated"], done["unchanged"]), (0, 0, n_posts), name)
            self.assertLess(done["issues"], 4)
        for name, kind, n in (("notes.jsonld", "w3c", 1), ("notes.qdpx", "qdpx", 2)):
            [done] = self.json("import", self.path(name))["imports"]
            self.assertIsNone(fits(done, IMPORT))
            self.assertEqual((done["format"], done["read"], done["unchanged"]), (kind, n, n))

        os.remove(self.notebook)
        self.new(SAMPLE)
        [done] = json.loads(self.cli("import", "--json", self.notebook, self.path("notes.jsonld"), "--dry-run"))["imports"]
        self.assertEqual((done["format"], done["read"]), ("w3c", 1))
        self.assertEqual(self.json("annotations")["annotations"], [])
        for name in ("notes.jsonld", "notes.qdpx"):
            self.json("import", self.path(name))
            [back] = self.json("annotations")["annotations"]
            for key in ("uid", "quote", "start", "end", "note", "tags", "colour", "state", "author"):
                self.assertEqual(back[key], made[key], key)
            self.json("undo")
            self.assertEqual(self.json("annotations")["annotations"], [])

        for name, kind in (("posts.ris", "ris"), ("posts.bib", "bibtex"), ("posts.json", "csl")):
            os.remove(self.notebook)
            self.new()
            [done] = self.json("import", self.path(name))["imports"]
            self.assertEqual((done["format"], done["new"]), (kind, n_posts))

        path = self.path("bad.jsonld")
        with open(path, "w", encoding="utf-8") as file:
            file.write('{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "x", "type": "Annotation"}')
        self.assertIn("“id” is no address", self.fail_with(1, "import", self.notebook, path))

    def test_notes(self):
        self.new(SAMPLE)
        post = "title:Vaccination begins on Lower Merrin"
        ice = self.json("annotate", post, "--quote", "We go where the ice is", "--tag", "cold/ice", "--note", "*Where?*")
        other = self.json("annotate", post, "--quote", "We go", "--colour", "green")
        self.json("timeline-new", "Relief")
        self.json("event", "Relief", "--date", "2021-05", "--title", "x", "--evidence", other["uid"])

        def found(*args):
            return [one["uid"] for one in self.json("annotations", *args)["annotations"]]
        both = {ice["uid"], other["uid"]}
        self.assertEqual(set(found()), both)
        self.assertEqual(found("--colour", "green"), [other["uid"]])
        self.assertEqual(set(found("--colour", "green", "--colour", ice["colour"])), both)
        self.assertEqual(found("--tag", "cold"), [ice["uid"]])   # and those below it
        self.assertEqual(found("--tag", "cold", "--colour", "green"), [])
        self.assertEqual(found("tag:ice where"), [ice["uid"]])
        self.assertEqual(found("--timeline", "Relief"), [other["uid"]])
        self.assertEqual(found("timeline:Relief colour:green"), [other["uid"]])
        self.assertEqual(set(found("--posts", "title:vaccination")), both)
        self.assertEqual(found("--posts", "title:tanker"), [])
        self.assertEqual(found("--author", "nobody"), [])
        self.fail_with(1, "annotations", self.notebook, "--tag", "none")
        self.fail_with(1, "annotations", self.notebook, "--posts", "before:never")

        target = self.path("notes.json")
        self.json("export", "notes", "-o", target)
        with open(target, encoding="utf-8") as file:
            written = json.load(file)
        self.assertEqual((written["format"], written["version"], written["memos"]), ("annals-notes", 1, []))
        for one in written["annotations"]:
            self.assertIsNone(fits(one, ANNOTATION))
        self.assertEqual({one["uid"] for one in written["annotations"]}, both)
        markdown = self.path("notes.md")
        self.cli("export", self.notebook, "annotations", "-o", markdown)
        with open(markdown, encoding="utf-8") as file:
            text = file.read()
        self.assertIn("\n## Vaccination begins on Lower Merrin\n", text)
        self.assertIn("\n> We go where the ice is\n\n*Where?*\n", text)
        self.fail_with(1, "export", self.notebook, "notes", "-o", markdown)
        table = self.path("notes.csv")
        self.cli("export", self.notebook, "annotations", "-o", table)
        with open(table, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual({row["uid"] for row in rows}, both)
        row = next(row for row in rows if row["uid"] == ice["uid"])
        self.assertEqual((row["kind"], row["quote"], row["note"], row["tags"], row["state"]),
                         ("annotation", "We go where the ice is", "*Where?*", "ice", "anchored"))

    def test_codebook(self):
        self.new(SAMPLE)
        book = self.path("book.csv")
        with open(book, "w", encoding="utf-8") as file:
            file.write("name,parent,colour\nSea,,teal\nShips,Sea,#ff0000\nSHIPS,,\n")
        planned = self.json("tag-import", book, "--dry-run")
        self.assertEqual((planned["new"], planned["changed"], planned["same"]), (2, 0, 0))
        self.assertEqual(planned["remarks"], ["Row 4: “SHIPS” is there already"])
        self.assertEqual(self.json("tags")["tags"], [])
        self.json("tag-import", book)
        tags = {one["name"]: one for one in self.json("tags")["tags"]}
        self.assertEqual((tags["Ships"]["parent"], tags["Ships"]["colour"]), ("Sea", "red"))
        for form in ("csv", "qdc"):
            out = self.path("out." + form)
            self.assertEqual(self.json("export", "tags", "-o", out), {"tags": 2, "format": form, "file": out})
            self.assertEqual(self.json("tag-import", out)["same"], 2)
            self.fail_with(1, "export", self.notebook, "tags", "-o", out)
        self.fail_with(2, "export", self.notebook, "tags", "-o", self.path("out.docx"))
        self.fail_with(1, "tag-import", self.notebook, self.path("none.csv"))
        self.fail_with(1, "tag-import", self.notebook, SAMPLE)
        self.assertEqual(self.json("undo"), {"undone": "Import tags"})

    def test_undo_import(self):
        self.new(SAMPLE)
        self.assertRegex(self.json("undo")["undone"], "may-2021")
        self.assertEqual(self.json("search", "")["total"], 0)
        self.assertEqual(self.json("search", "cholera")["total"], 0)
        self.json("redo")
        self.assertEqual(self.json("search", "")["total"], 12)
        self.assertGreater(self.json("search", "cholera")["total"], 0)

    def test_collation(self):
        """Titles and names stand where a reader of the language looks for them; the file has no part in it."""
        titles = ["Zoo", "Ost", "Öl", "Teil 10", "Teil 2", "Ёлка", "Жук", "Ежегодник", "中国", "北京", "朝鲜", "나비", "가격"]
        orders = {
            "de_DE.UTF-8": "Öl,Ost,Teil 2,Teil 10,Zoo,Ежегодник,Ёлка,Жук,가격,나비",
            "sv_SE.UTF-8": "Ost,Teil 2,Teil 10,Zoo,Öl,Ежегодник,Ёлка,Жук,가격,나비",
            "ru_RU.UTF-8": "Ежегодник,Ёлка,Жук,Öl,Ost,Teil 2,Teil 10,Zoo,가격,나비",
            "ko_KR.UTF-8": "가격,나비,Öl,Ost,Teil 2,Teil 10,Zoo,Ежегодник,Ёлка,Жук",
            "zh_CN.UTF-8": "北京,朝鲜,中国,Öl,Ost,Teil 2,Teil 10,Zoo,Ежегодник,Ёлка,Жук",
        }
        folder = self.path("posts")
        os.mkdir(folder)
        for title in titles:
            with open(os.path.join(folder, title + ".md"), "w", encoding="utf-8") as file:
                file.write(f"---\ntitle: {title}\ndate: 2020-03-09\n---\n\nThe ferry left the quay at seven: {title}.\n")
        self.new(folder)
        for title in titles:
            self.cli("timeline-new", self.notebook, title)
            self.cli("tag", self.notebook, "Above/" + title, "title:" + title)
        for locale, order in orders.items():
            order = order.split(",")
            env = {**os.environ, "LC_ALL": locale, "LANGUAGE": ""}
            for names in ([one["title"] for one in self.json("search", "", "--sort", "title", env=env)["posts"]],
                          [one["title"] for one in self.json("timelines", env=env)["timelines"]],
                          [one["name"] for one in self.json("tags", env=env)["tags"]][1:]):
                self.assertEqual([name for name in names if name in order], order, locale)

    def test_search(self):
        self.new(SAMPLE)
        everything = self.json("search", "")
        self.assertEqual((everything["total"], len(everything["posts"])), (12, 12))
        by_title = self.json("search", "", "--sort", "title")["posts"]
        # signs before letters, and case last
        self.assertEqual([one["title"].lower() for one in by_title],
                         sorted((one["title"].lower() for one in by_title), key=lambda t: (t[0].isalpha(), t)))
        newest = [one["published"]["from"] for one in self.json("search", "", "--sort", "newest")["posts"]]
        oldest = [one["published"]["from"] for one in self.json("search", "", "--sort", "oldest")["posts"]]
        self.assertEqual(newest, sorted(newest, reverse=True))
        self.assertEqual(oldest, sorted(oldest))
        page = self.json("search", "", "--sort", "title", "--limit", "3", "--offset", "2")
        self.assertEqual([one["uid"] for one in page["posts"]], [one["uid"] for one in by_title[2:5]])
        self.assertEqual(page["total"], 12)
        self.assertEqual(len(self.json("search", "", "--limit", "0")["posts"]), 12)
        self.assertEqual(self.json("search", "", "--offset", "99")["posts"], [])
        counted = self.json("search", "flood", "--count")
        self.assertEqual(counted["posts"], [])
        self.assertEqual(self.cli("search", self.notebook, "flood", "--count"), f"{counted['total']}\n")
        self.assertEqual(self.json("search", "xylograph"), {"query": "xylograph", "total": 0, "posts": []})
        # A query that begins with a minus is an argument after "--".
        self.assertGreater(self.json("search", "--", "-cholera flood")["total"], 0)

    def test_dry_run(self):
        self.new()
        before = self.json("info")
        preview = json.loads(self.cli("import", self.notebook, SAMPLE, "--dry-run", "--json"))["imports"][0]
        self.assertEqual((preview["uid"], preview["read"], preview["new"]), (None, 12, None))
        self.assertEqual(preview["posts"][1]["title"], "Customs Union lets relief cargo through")
        self.assertEqual(self.json("info"), before)

    def test_several_formats(self):
        imports = self.new(SAMPLE, WXR)
        self.assertEqual([one["format"] for one in imports], ["text-month", "wxr"])
        for one in imports:
            self.assertEqual(one["read"], one["new"] + one["updated"] + one["unchanged"] + one["skipped"])
            issues = self.json("issues", one["uid"])["issues"]
            self.assertEqual(len(issues), one["issues"])
        self.assertEqual(len(self.json("issues")["issues"]), sum(one["issues"] for one in imports))
        self.assertEqual([one["uid"] for one in self.json("imports")["imports"]],
                         [one["uid"] for one in reversed(imports)])
        self.assertEqual(self.json("search", '"three anchors"')["total"], 1)

    def test_options(self):
        self.new()
        page = self.path("page.txt")
        with open(page, "w", encoding="utf-8") as file:
            file.write("Monthly Archives: May 2019\n\nA title\n\nPosted on by\n\nSome words.\n")
        self.json("import", page, "--archive", "Archive", "--source", "Gazette", "--language", "en",
                  "--no-index")
        post = self.json("show", "title:A title")
        self.assertEqual((post["source"], post["language"], post["published"]["edtf"], post["place"]),
                         ("Gazette", "en", "2019-05", 1))
        self.assertEqual(self.json("search", "words")["total"], 1)

    def test_plain(self):
        self.new(SAMPLE)
        self.assertIn("12 posts\n", self.cli("search", self.notebook, ""))
        shown = self.cli("show", self.notebook, "title:Vaccination begins on Lower Merrin")
        post = self.json("show", "title:Vaccination begins on Lower Merrin")
        for block in post["text"].split("\n"):
            self.assertIn(f"\n{block}\n", shown)
        self.assertNotIn("\x1b", shown)
        for command in ("info", "imports", "issues", "annotations", "tags", "timelines", "history", "check"):
            self.assertTrue(self.cli(command, self.notebook).endswith("\n"), command)


class TestLinksAndMemos(Case):
    FIRST = "title:Vaccination begins on Lower Merrin"
    SECOND = "title:First cholera cases confirmed in three shelters"

    def test_links(self):
        self.new(SAMPLE)
        note = self.json("annotate", self.FIRST, "--quote", "We go where the ice is")
        link = self.json("link", self.FIRST, "contradicts", self.SECOND, "--note", "As to the date")
        self.assertEqual((link["from_kind"], link["to_kind"], link["note"]), ("post", "post", "As to the date"))
        self.assertEqual(self.json("link", self.FIRST, "contradicts", self.SECOND)["uid"], link["uid"])
        self.json("link", note["uid"], "cites", self.SECOND)

        here = self.json("show", self.FIRST)["links"]
        there = self.json("show", self.SECOND)["links"]
        self.assertEqual([(one["relation"], one["direction"]) for one in here], [("contradicts", "out")])
        self.assertEqual([(one["relation"], one["direction"]) for one in there],
                         [("contradicts", "in"), ("cites", "in")])
        self.assertEqual(there[1]["to"], note["uid"])
        self.assertEqual(self.json("info")["links"], 2)
        self.assertEqual(len(self.json("links", note["uid"])["links"]), 1)
        self.assertIn("contradicts", self.cli("links", self.notebook))

        self.json("unlink", link["uid"])
        self.assertEqual(self.json("show", self.FIRST)["links"], [])
        self.assertEqual(self.json("undo"), {"undone": "Remove link"})
        self.assertEqual(self.json("show", self.FIRST)["links"], here)

        self.fail_with(2, "link", self.notebook, self.FIRST, "hates", self.SECOND, says="“same event”")
        self.fail_with(1, "link", self.notebook, self.FIRST, "cites", self.FIRST, says="itself")
        self.fail_with(1, "link", self.notebook, self.FIRST, "cites", "title:nothing", says="nothing")
        self.fail_with(1, "unlink", self.notebook, "abcdef")

    def test_memos(self):
        self.new(SAMPLE)
        with open(self.path("memo.md"), "w", encoding="utf-8") as file:
            file.write("# Ice\n\nSee [[Vaccination begins on Lower Merrin]] and [[Somewhere]]. <b>not bold</b>\n")
        memo = self.json("memo", "Ice", "--text", self.path("memo.md"))
        uid = self.json("show", self.FIRST)["uid"]
        self.assertIn(f"[[post:{uid}|Vaccination begins on Lower Merrin]] and [[Somewhere]]. <b>", memo["text"])
        self.assertEqual(self.json("memo", "ice"), memo)
        self.json("memo", "More", "--text", "-", input=b"[[Ice]]")
        memos = self.json("memos")["memos"]
        self.assertEqual([(one["title"], one["mentions"]) for one in memos], [("More", 0), ("Ice", 1)])
        self.assertEqual(memos[1]["lead"], "Ice See Vaccination begins on Lower Merrin and Somewhere. <b>not bold</b>")
        self.json("memo", "Ice", "--text", "-", input=b"Melted")
        self.assertEqual(self.json("undo"), {"undone": "Write memo"})
        self.assertEqual(self.json("memo", "Ice")["text"], memo["text"])
        self.assertEqual(self.json("info")["memos"], 2)

        self.fail_with(2, "memo", self.notebook, "Ice", "--text", "-", input=b"\xff\xfe", says="UTF-8")
        self.fail_with(1, "memo", self.notebook, "Ice", "--text", self.path("missing.md"))
        self.fail_with(1, "memo", self.notebook, " ", says="empty")


@unittest.skipUnless(os.path.exists(SEED), "the seed is not there")
class TestSeed(Case):
    TITLES = [
        "North Korean hacker group carries out attack under guise of North Korean defector information",
        "UN human rights chief warns sanctions “impeding” North Korea’s COVID-19 efforts",
    ]

    def pieces(self):
        """Each post of the file: its title and its paragraphs, without the furniture."""
        with open(SEED, encoding="utf-8") as file:
            lines = [line.strip() for line in file.read().split("\n")]
        lines = [line for line in lines if line and not line.startswith("Monthly Archives:")]
        starts = [i - 1 for i, line in enumerate(lines) if line.startswith("Posted on")]
        for i, start in enumerate(starts):
            end = starts[i + 1] if i + 1 < len(starts) else len(lines)
            body = lines[start + 2:end]
            source = ""
            if body and re.fullmatch(r"\[[^\]]+\]", body[-1]):
                source = body.pop()[1:-1]
            yield lines[start], source, body

    def test_import(self):
        run_ = self.new(SEED)[0]
        self.assertEqual({key: run_[key] for key in ("read", "new", "issues", "skipped", "format")},
                         {"read": 10, "new": 10, "issues": 0, "skipped": 0, "format": "text-month"})
        again = self.json("import", SEED)["imports"][0]
        self.assertEqual((again["unchanged"], again["new"], again["updated"]), (10, 0, 0))

        posts = [self.json("show", one["uid"]) for one in self.json("search", "")["posts"]]
        posts.sort(key=lambda post: post["place"])
        pieces = list(self.pieces())
        self.assertEqual([post["title"] for post in posts], [piece[0] for piece in pieces])
        self.assertEqual([post["title"] for post in posts][:2], self.TITLES)
        self.assertEqual([post["place"] for post in posts], list(range(1, 11)))
        self.assertEqual({post["published"]["edtf"] for post in posts}, {"2020-03"})
        sources = [post["source"] for post in posts if post["source"]]
        self.assertEqual({name: sources.count(name) for name in set(sources)},
                         {"NK News": 2, "Fox News": 1, "US News World Report": 1})
        for post, (title, source, body) in zip(posts, pieces):
            self.assertEqual(post["source"], source, title)
            self.assertEqual("".join(post["text"].split()), "".join("".join(body).split()), title)

    def test_annotation(self):
        self.new(SEED)
        quote = "via a flight to Pyongyang earlier this week"
        post = self.json("search", f'"{quote}"')["posts"]
        self.assertEqual(len(post), 1)
        text = self.json("show", post[0]["uid"])["text"]
        mark = self.json("annotate", post[0]["uid"], "--quote", quote)
        self.assertEqual(text[mark["start"]:mark["end"]], quote)
        self.json("undo")
        self.assertEqual(self.json("annotations")["annotations"], [])
        self.json("redo")
        self.assertEqual(self.json("annotations")["annotations"][0]["uid"], mark["uid"])


class TestUse(Case):
    """Wrong use: exit 2."""

    def test_help(self):
        overview = self.cli("--help")
        for command in DOCUMENTS:
            self.assertRegex(overview, rf"(?m)^  {command} +\S")
            text = self.cli(command, "--help")
            self.assertIn(f"annals-cli {command} ", text)
            self.assertIn("--json", text)
        self.assertRegex(self.cli("--version"), r"\Aannals-cli \d+\.\d+\.\d+\n\Z")

    def test_wrong_use(self):
        self.new()
        wrong = [
            [], ["--nonsense"], ["nonsense"], ["new"], ["info"], ["info", self.notebook, "more"],
            ["search", self.notebook], ["search", self.notebook, "a", "b"], ["show", self.notebook],
            ["search", self.notebook, "a", "--sort", "size"], ["search", self.notebook, "a", "--limit", "x"],
            ["search", self.notebook, "a", "--limit", "-1"], ["search", self.notebook, "a", "--limit"],
            ["info", self.notebook, "--nonsense"], ["annotate", self.notebook, "x"],
            ["annotate", self.notebook, "x", "--quote", ""], ["annotate", self.notebook, "x", "--note", ""],
            ["annotate", self.notebook, "x", "--note", "a", "--occurrence", "1"],
            ["annotate", self.notebook, "x", "--quote", "a", "--occurrence", "-1"],
            ["tag", self.notebook, "a"], ["event", self.notebook, "x", "--title", "a"],
            ["event", self.notebook, "x", "--date", "2020"],
            ["export", self.notebook, "nonsense", "-o", self.path("x.json")],
            ["export", self.notebook, "notes", "-o", self.path("x.doc")], ["export", self.notebook, "notes"],
            ["annotations", self.notebook, "--colour", "mauve"],
            ["export", self.notebook, "timeline:x"],
            ["export", self.notebook, "timeline:x", "-o", self.path("x")],
            ["export", self.notebook, "timeline:x", "-o", self.path("x.json"), "--format", "docx"],
            ["export", self.notebook, "timeline:x", "-o", self.path("x.pdf"), "--paper", "a0"],
            ["show", self.notebook, b"title:\xff\xfe"], ["import", self.notebook],
            ["undo", self.notebook, "--to", "x"], ["undo", self.notebook, "--only", "-1"],
            ["undo", self.notebook, "--to", "1", "--only", "1"], ["redo", self.notebook, "--to", ""],
        ]
        for args in wrong:
            self.fail_with(2, *args)
        self.assertEqual(os.listdir(self.folder), ["test.annals"])

    def test_json_anywhere(self):
        self.new()
        shapes = [["--json", "info", self.notebook], ["info", "--json", self.notebook],
                  ["info", self.notebook, "--json"]]
        self.assertEqual(len({self.cli(*args) for args in shapes}), 1)

    def test_locales(self):
        """What is read and written is UTF-8 in any locale."""
        for locale in ("C", "POSIX", "C.UTF-8"):
            env = {**os.environ, "LC_ALL": locale}
            notebook = self.path(f"Zeitläufte {locale}.annals")
            self.cli("new", notebook, "--title", "제재", env=env)
            self.assertEqual(json.loads(self.cli("info", notebook, "--json", env=env))["title"], "제재")
            self.assertIn("제재", self.cli("info", notebook, env=env))

    def test_output_lost(self):
        self.new()
        with open("/dev/full", "wb") as full:
            result = subprocess.run([PROGRAM, "info", self.notebook], stdout=full, stderr=subprocess.PIPE,
                                    check=False)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr.decode(), r"\Aannals-cli: info: [^\n]+\n\Z")
        reading, writing = os.pipe()
        os.close(reading)
        result = subprocess.run([PROGRAM, "info", self.notebook], stdout=writing, stderr=subprocess.PIPE,
                                check=False)
        os.close(writing)
        self.assertEqual(result.returncode, 1)

    def test_no_window_libraries(self):
        libraries = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True).stdout
        self.assertIn("libsqlite3", libraries)
        for name in ("libgtk", "libadwaita", "libgdk"):
            self.assertNotIn(name, libraries)


class TestBadInput(Case):
    """Exit 1, one sentence, nothing changed, nothing left half-done."""

    def setUp(self):
        super().setUp()
        self.new(SAMPLE)
        self.before = self.state()

    def state(self):
        """Every row of every table but the search index's."""
        with sqlite3.connect(f"file:{self.notebook}?mode=ro", uri=True) as database:
            names = [name for (name,) in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_index*'")]
            state = {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in names}
        database.close()
        return state

    def fails(self, *args, says=None, **options):
        files = sorted(os.listdir(self.folder))
        self.fail_with(1, *args, says=says, **options)
        self.assertEqual(sorted(os.listdir(self.folder)), files, args)
        self.assertEqual(self.state(), self.before, args)

    def make(self, name, content=b""):
        with open(self.path(name), "wb") as file:
            file.write(content)
        return self.path(name)

    def test_notebooks(self):
        newer = self.path("newer.annals")
        shutil.copy(self.notebook, newer)
        with open(newer, "r+b") as file:   # user_version in the database's header
            file.seek(60)
            file.write((999).to_bytes(4, "big"))
        other = self.path("other.db")
        with sqlite3.connect(other) as database:
            database.execute("CREATE TABLE t (x)")
        database.close()
        with open(self.notebook, "rb") as file:
            short = self.make("short.annals", file.read()[:50])
        bad = [self.folder, self.make("empty.annals"), self.make("words.annals", b"words, words " * 50),
               self.make("binary.annals", bytes(range(256)) * 40), newer, other, short,
               self.path("none.annals"), "/dev/null", SAMPLE + "/x"]
        for path in bad:
            before = digest(path) if os.path.isfile(path) else None
            for args in (["info"], ["undo"], ["search", "x"], ["import", SAMPLE], ["check", "--deep"]):
                self.fails(args[0], path, *args[1:])
            self.assertEqual(digest(path) if os.path.isfile(path) else None, before, path)
        self.fails("info", newer, says="newer")

    def test_new(self):
        before = digest(self.notebook)
        self.fails("new", self.notebook)
        self.fails("new", self.folder)
        self.fails("new", self.path("none/x.annals"))
        self.assertEqual(digest(self.notebook), before)

    def test_files(self):
        os.mkdir(self.path("folder"))
        bad = [self.path("folder"), self.make("empty.txt"), self.make("binary.txt", os.urandom(5000)),
               self.path("none.txt"), self.make("text.txt", b"No archive at all.\n"), self.notebook,
               self.make("cut.xml", b"<?xml version='1.0'?><rs")]
        for path in bad:
            self.fails("import", self.notebook, path)
            self.fails("import", self.notebook, path, "--dry-run")
            # Of several files none is imported when one of them is bad.
            self.fails("import", self.notebook, WXR, path)

    def test_dates(self):
        self.json("timeline-new", "Line")
        self.before = self.state()
        for date in ("2020-02-30", "yesterday", "2020-13", "9/3/2020", "2020-03-09T25:00Z"):
            self.fails("event", self.notebook, "Line", "--date", date, "--title", "x", says=date)
            self.fails("import", self.notebook, WXR, "--date", date, says=date)

    def test_unknown(self):
        self.json("timeline-new", "Line")
        post = "title:Vaccination begins on Lower Merrin"
        self.before = self.state()
        output = self.path("x.json")
        none = "00000000-0000-4000-8000-000000000000"
        for name in (none, "0000", "zzzz", "title:no such title", ""):
            self.fails("show", self.notebook, name)
            self.fails("annotate", self.notebook, name, "--quote", "x")
            self.fails("tag", self.notebook, "new tag", post, name)
            self.fails("timeline", self.notebook, name)
            self.fails("event", self.notebook, name, "--date", "2020", "--title", "x")
            self.fails("event", self.notebook, "Line", "--date", "2020", "--title", "x", "--lane", "New",
                       "--evidence", name)
            self.fails("issues", self.notebook, name)
            self.fails("untag", self.notebook, name, post)
        self.fails("export", self.notebook, f"timeline:{none}", "-o", output)
        self.fails("annotate", self.notebook, post, "--quote", "not in the text")
        self.fails("annotate", self.notebook, post, "--quote", "the", says="--occurrence")
        self.fails("annotate", self.notebook, post, "--quote", "the", "--occurrence", "9999")
        self.fails("annotate", self.notebook, post, "--quote", "We go where", "--colour", "no colour")
        self.fails("annotate", self.notebook, post, "--quote", "We go where", "--tag", "")
        self.fails("tag", self.notebook, "", post)
        self.fails("event", self.notebook, "Line", "--date", "2020", "--title", "")
        self.fails("event", self.notebook, "Line", "--date", "2020", "--title", "x" * 501)
        self.fails("timeline-new", self.notebook, "")
        self.fails("timeline-new", self.notebook, "x", "--rule", "(a")
        self.fails("timeline-edit", self.notebook, "Line", "--rule", "(a", says="--rule: column 1")
        self.fails("suggest", self.notebook, "No such line")
        self.fails("suggest", self.notebook, "Line", "--add", none)

    def test_queries(self):
        self.fails("search", self.notebook, '"open', says="column 1")
        self.fails("search", self.notebook, 'a source:"NK News"', says="column 3")
        self.fails("search", self.notebook, "before:soon", says="column 1")
        self.fails("search", self.notebook, "a tag:nosuch", says="column 3")

    def test_export(self):
        self.json("timeline-new", "Line")
        self.before = self.state()
        there = self.make("there.json", b"mine")
        self.fails("export", self.notebook, "timeline:Line", "-o", there)
        self.fails("export", self.notebook, "timeline:Line", "--format", "json", "-o", self.folder)
        self.fails("export", self.notebook, "timeline:Line", "-o", self.path("none/x.json"))
        self.fails("export", self.notebook, "timeline:Line", "--format", "json", "--force", "-o", self.notebook)
        with open(there, "rb") as file:
            self.assertEqual(file.read(), b"mine")
        self.json("export", "timeline:Line", "-o", there, "--force")
        with open(there, "rb") as file:
            self.assertNotEqual(file.read(), b"mine")

    def test_damage(self):
        """check finds what another program changed."""
        with sqlite3.connect(self.notebook) as database:
            database.execute("UPDATE revision SET text = replace (text, 'the', 'teh') WHERE id = 1")
        database.close()
        result = run("check", self.notebook, "--deep", "--json")
        document = json.loads(result.stdout)
        self.assertEqual(result.returncode, 1)
        self.assertIsNone(fits(document, DOCUMENTS["check"]))
        self.assertFalse(document["ok"])
        self.assertTrue(document["problems"])
        self.assertEqual(run("check", self.notebook, "--deep").returncode, 1)

    def test_backups(self):
        """A backup, what differs from it, back to it and forth again; also of a notebook that is damaged."""
        made = self.json("backup")["backup"]
        self.assertEqual(os.path.getsize(made), os.path.getsize(self.notebook))
        post = self.json("search", "")["posts"][0]["uid"]
        self.json("tag", "quay", post)
        differences = json.loads(self.cli("restore", self.notebook, "newest", "--dry-run", "--json"))["differences"]
        self.assertEqual([(one["kind"], one["added"]["names"]) for one in differences][0], ("tags", ["quay"]))
        self.assertEqual([one["name"] for one in self.json("tags")["tags"]], ["quay"])
        restored = self.json("restore", "newest")
        self.assertEqual(restored["restored"], made)
        self.assertEqual(self.json("tags")["tags"], [])
        listed = self.json("backups")["backups"]
        self.assertEqual([one["reason"] for one in listed], ["restore", "manual"])
        self.assertEqual([one["posts"] for one in listed], [12, 12])
        self.json("restore", listed[0]["time"])
        self.assertEqual([one["name"] for one in self.json("tags")["tags"]], ["quay"])
        self.assertEqual(self.json("check", "--deep"), {"ok": True, "problems": []})
        self.fail_with(1, "restore", self.notebook, "2019")
        self.fail_with(1, "restore", self.notebook, "20")
        self.fail_with(1, "backup", self.notebook, made)
        self.fail_with(1, "backup", self.path("nothing.annals"))

        single = self.path("single.annals-backup")
        self.json("backup", single)
        with open(self.notebook, "r+b") as file:
            file.truncate(20000)
        self.fail_with(1, "info", self.notebook)
        self.fail_with(1, "backup", self.notebook)
        kept = self.json("restore", single)["kept"]
        self.assertEqual(os.path.getsize(kept), 20000)
        self.assertEqual(self.json("check", "--deep"), {"ok": True, "problems": []})

    def test_repair(self):
        """What can be derived is rebuilt in place, the rest saved into a new notebook."""
        document = json.loads(self.cli("check", self.notebook, "--repair", "--json"))
        self.assertEqual((document["ok"], document["rebuilt"], document["salvaged"]), (True, False, None))
        self.assertEqual(self.json("backups")["backups"], [])

        with sqlite3.connect(self.notebook) as database:
            database.execute("UPDATE post SET published_from = 7 WHERE id = 1")
        database.close()
        document = json.loads(self.cli("check", self.notebook, "--repair", "--json"))
        self.assertEqual((document["ok"], document["rebuilt"], document["salvaged"]), (True, True, None))
        self.assertEqual([one["reason"] for one in self.json("backups")["backups"]], ["repair"])
        self.assertEqual(self.json("check", "--deep"), {"ok": True, "problems": []})

        with open(self.notebook, "r+b") as file:
            file.truncate(os.path.getsize(self.notebook) - 20000)
        before = digest(self.notebook)
        self.fail_with(1, "check", self.notebook, says="--repair")
        saved = self.path("saved.annals")
        self.assertNotIn("No damage", self.cli("check", self.notebook, "--repair", "-o", saved))
        os.unlink(saved)
        document = json.loads(self.cli("check", self.notebook, "--repair", "-o", saved, "--json"))
        self.assertEqual((document["ok"], document["salvaged"]), (False, saved))
        self.assertTrue(document["lost"])
        self.assertTrue(document["problems"])
        self.assertEqual(digest(self.notebook), before)
        document = json.loads(self.cli("check", saved, "--deep", "--json"))
        self.assertEqual(document, {"ok": True, "problems": []})
        self.fail_with(1, "check", self.notebook, "--repair", "-o", saved)
        self.fail_with(2, "check", saved, "-o", self.path("x.annals"))

    def test_hostile_text(self):
        """Control characters from a post do not reach the terminal."""
        with sqlite3.connect(self.notebook) as database:
            database.execute("UPDATE post SET title = 'a' || char(27) || '[2Jb' || char(31) WHERE id = 1")
        database.close()
        self.assertNotIn("\x1b", self.cli("search", self.notebook, "", "--limit", "0"))
        json.loads(self.cli("search", self.notebook, "", "--limit", "0", "--json"))

    def test_read_only(self):
        """A folder and a file that may not be written."""
        if os.geteuid() == 0:
            if subprocess.run([PROGRAM, "--version"], user=NOBODY, group=NOBODY, capture_output=True,
                              check=False).returncode != 0:
                self.skipTest("another user cannot run the program")
            options = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            os.chmod(self.folder, 0o755)
            os.chmod(self.notebook, 0o644)
        else:
            options = {}
            os.chmod(self.notebook, 0o444)
            os.chmod(self.folder, 0o555)
            self.addCleanup(os.chmod, self.folder, 0o755)
        before = digest(self.notebook)
        self.fail_with(1, "import", self.notebook, SAMPLE, **options)
        self.fail_with(1, "undo", self.notebook, **options)
        self.fail_with(1, "new", self.path("x.annals"), **options)
        self.assertEqual(digest(self.notebook), before)
        self.assertEqual(os.listdir(self.folder), ["test.annals"])

    def test_full_disk(self):
        """On a file system that fills up: in a mount namespace of its own."""
        script = (
            'mount -t tmpfs -o size=2m tmpfs "$1" && cd "$1" || exit 99; export LC_ALL=C.UTF-8;'
            '"$2" new full.annals >&2 || exit 98; "$2" import full.annals "$3" >&2 || exit 97;'
            '"$2" info full.annals --json >before; dd if=/dev/zero of=filler bs=1k 2>/dev/null;'
            '"$2" import full.annals "$4" >/dev/null 2>&3; echo $? >&3;'
            '"$2" new other.annals >/dev/null 2>&3; echo $? >&3; ls >&3;'
            'rm filler; "$2" check full.annals --deep >&2 || exit 96;'
            '"$2" info full.annals --json >after; cmp before after || exit 95')
        mount = self.path("mount")
        os.mkdir(mount)
        big = self.path("big.txt")
        with open(big, "w", encoding="utf-8") as file:
            file.write("Monthly Archives: May 2019\n\n")
            for i in range(400):
                file.write(f"Title {i}\n\nPosted on by\n\n" + f"words {i} " * 400 + "\n\n")
        reading, writing = os.pipe()
        result = subprocess.run(["unshare", "-rm", "sh", "-c", "exec 3>&%d; " % writing + script, "sh", mount,
                                 PROGRAM, SAMPLE, big], capture_output=True, pass_fds=[writing], check=False)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as file:
            lines = file.read().splitlines()
        if result.returncode in (1, 99) and not lines:
            self.skipTest("no mount namespace here")
        self.assertEqual(result.returncode, 0, (result.stderr, lines))
        self.assertRegex(lines[0], r"\Aannals-cli: import: [^\n]*space")
        self.assertRegex(lines[2], r"\Aannals-cli: new: [^\n]*space")
        self.assertEqual((lines[1], lines[3]), ("1", "1"))
        self.assertNotIn("other.annals", lines)

    def test_killed(self):
        """A kill at any moment leaves a sound notebook and no half import."""
        big = self.path("big.txt")
        with open(big, "w", encoding="utf-8") as file:
            file.write("Monthly Archives: May 2019\n\n")
            for i in range(2000):
                file.write(f"Title {i}\n\nPosted on by\n\n" + f"words {i} " * 100 + "\n\n")
        for delay in (0.02, 0.06, 0.12, 0.25):
            child = subprocess.Popen([PROGRAM, "import", self.notebook, big], stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL)
            try:
                child.wait(delay)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
            self.assertEqual(self.json("check", "--deep"), {"ok": True, "problems": []})
            self.assertIn(self.json("info")["posts"], (12, 2012))
            for one in self.json("imports")["imports"]:
                self.assertEqual(one["read"], one["new"] + one["updated"] + one["unchanged"] + one["skipped"])
        self.json("import", big)
        self.assertEqual(self.json("search", "words")["total"] >= 2000, True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
