#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_archives.py PROGRAM: any archive, from outside.

The same posts as a folder, as archives and as a web archive, in any order; what is asked for and what is left
out; imports that are interrupted, stopped, resumed and taken back; what is remembered of an archive; bombs,
links and names that lead out.
"""
import gzip
import io
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import unittest
import zipfile
import zlib

PROGRAM = os.path.abspath(sys.argv.pop(1))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
SHARED = os.path.join(os.environ.get("ANNALS_SHARED", ""), "data")
MIRROR = os.path.join(SHARED, "html-mirror-partitopirata")
SITE = "https://quay.example"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
                    "000100000005000100 0d0a2db40000000049454e44ae426082".replace(" ", ""))

STORIES = {
    "gulls": ("Gulls take the fish market", "2019-03-05T08:00:00+01:00",
              "The gulls came at seven, before the stalls had opened.",
              "By nine they had carried off eleven mackerel and a thermos flask.",
              "The harbour master wants nets; the stallholders want a second harbour master."),
    "ferry": ("Ferry runs on Sundays again", "2019-03-12T10:30:00+01:00",
              "From the first of April the ferry will run on Sundays again.",
              "The council voted eleven to four to pay for the crew.",
              "Opponents said that nobody had asked the crew."),
    "lamp": ("New lamp for the north mole", "2019-03-20T17:45:00+01:00",
             "The north mole has a new lamp, the third in six years.",
             "It is said to withstand waves of four metres and children of any size.",
             "The old one will be shown in the museum."),
}


def page(slug):
    """A post's own page."""
    title, date, *paragraphs = STORIES[slug]
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} – Quay Notes</title>
<link rel="canonical" href="{SITE}/2019/03/{slug}/"><meta property="og:site_name" content="Quay Notes"></head>
<body class="single"><nav><a href="/">Home</a> <a href="/about/">About</a></nav>
<article class="post hentry"><h1 class="entry-title">{title}</h1>
<time class="entry-date published" datetime="{date}">{date[:10]}</time>
<span class="author vcard"><a class="fn" href="/author/mara/">Mara Oleski</a></span>
<div class="entry-content">{body}<p><img src="{SITE}/files/{slug}.png" alt=""></p></div></article>
<aside><h2>Recent posts</h2><ul><li><a href="/x/">Another one</a></li></ul></aside></body></html>"""


def month():
    """The month's page: a teaser of each post."""
    articles = "".join(f"""<article class="post hentry"><h2 class="entry-title">
<a href="{SITE}/2019/03/{slug}/" rel="bookmark">{story[0]}</a></h2>
<time class="entry-date published" datetime="{story[1]}">{story[1][:10]}</time>
<div class="entry-summary"><p>{story[2]} <a class="more-link" href="{SITE}/2019/03/{slug}/">Continue reading →</a></p>
</div></article>""" for slug, story in STORIES.items())
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>March 2019 – Quay Notes</title></head>
<body class="archive date"><h1>Month: March 2019</h1>{articles}</body></html>"""


def feed():
    items = "".join(f"""<item><title>{story[0]}</title><link>{SITE}/2019/03/{slug}/</link>
<guid isPermaLink="false">{SITE}/?p={i}</guid><dc:creator>Mara Oleski</dc:creator>
<description><![CDATA[{story[2]} [&#8230;]]]></description></item>""" for i, (slug, story) in enumerate(STORIES.items()))
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Quay Notes</title><link>{SITE}/</link><description>Notes</description>{items}</channel></rss>"""


def site():
    """A small mirror: path → (address, type, bytes)."""
    files = {f"2019/03/{slug}/index.html": (f"{SITE}/2019/03/{slug}/", "text/html", page(slug).encode())
             for slug in STORIES}
    files["2019/03/index.html"] = (f"{SITE}/2019/03/", "text/html", month().encode())
    files["feed/index.xml"] = (f"{SITE}/feed/", "application/rss+xml", feed().encode())
    files["2019/03/gulls/index.html?replytocom=7.html"] = (f"{SITE}/2019/03/gulls/?replytocom=7", "text/html",
                                                           page("gulls").encode())
    files["files/gulls.png"] = (f"{SITE}/files/gulls.png", "image/png", PNG)
    files["files/site.css"] = (f"{SITE}/files/site.css", "text/css", b"body { color: black }")
    return files


def warc(files, compress=True):
    """WARC 1.0 of the files, as crawlers write it: one response a record, each record gzipped."""
    out = b""
    for address, kind, content in files.values():
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content
        head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
                "WARC-Date: 2020-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{zlib.crc32(address.encode()):012d}>\r\n"
                f"Content-Length: {len(http)}\r\n\r\n").encode()
        record = head + http + b"\r\n\r\n"
        out += gzip.compress(record, mtime=0) if compress else record
    return out


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="annals-archives-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.notebook = self.path("test.annals")

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def run_program(self, *args, **options):
        return subprocess.run([PROGRAM, *args], capture_output=True, timeout=300, check=False, **options)

    def json(self, command, *args):
        result = self.run_program("--json", command, self.notebook, *args)
        self.assertEqual((result.returncode, result.stderr.decode()), (0, ""), (command, args))
        return json.loads(result.stdout)

    def fails(self, says, *args):
        result = self.run_program(*args)
        error = result.stderr.decode()
        self.assertEqual(result.returncode, 1, (args, error))
        self.assertRegex(error, r"\Aannals-cli: [^\n]+\n\Z", args)
        self.assertIn(says, error)

    def new(self, name="test.annals"):
        self.notebook = self.path(name)
        self.assertEqual(self.run_program("new", self.notebook).returncode, 0)

    def bring_in(self, *args):
        """The import's record; its counts add up."""
        one, = self.json("import", *args)["imports"]
        self.assertEqual(one["read"], one["new"] + one["updated"] + one["unchanged"] + one["skipped"], one)
        skipped = [issue for issue in self.json("issues", one["uid"])["issues"] if issue.get("record")]
        self.assertEqual(len(skipped), one["skipped"])
        return one

    def posts(self):
        """uid → what is known of each post, with its text."""
        found = self.json("search", "", "--limit", "0")["posts"]
        shown = {post["uid"]: self.json("show", post["uid"]) for post in found}
        return {uid: {key: post[key] for key in ("title", "url", "author", "source", "published", "language", "text")}
                for uid, post in shown.items()}

    def write(self, name, content):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def write_all(self, files):
        """The same files as a folder and as every kind of archive; name → path."""
        for name, (_, _, content) in files.items():
            self.write(os.path.join("folder", name), content)
        made = {"folder": self.path("folder")}
        with zipfile.ZipFile(self.path("site.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            for name, (_, _, content) in reversed(list(files.items())):
                archive.writestr("site/" + name, content)
        made["zip"] = self.path("site.zip")
        for kind in ("", "gz", "xz"):
            path = self.path("site.tar" + ("." + kind if kind else ""))
            with tarfile.open(path, "w:" + kind) as archive:
                for name, (_, _, content) in files.items():
                    member = tarfile.TarInfo("./" + name)
                    member.size = len(content)
                    archive.addfile(member, io.BytesIO(content))
            made["tar" + kind] = path
        made["warc"] = self.write("site.warc.gz", warc(files))
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.write(made["targz"], "inner/site.tar.gz")
        made["nested"] = self.write("nested.zip", inner.getvalue())
        return made


class Shapes(Case):
    def test_same_posts(self):
        """Folder, archives and web archive give the same posts with the same uids and texts."""
        made = self.write_all(site())
        expected = None
        for name, path in made.items():
            with self.subTest(name):
                self.new(name + ".annals")
                one = self.bring_in(path)
                posts = self.posts()
                self.assertEqual((one["new"], one["updated"]), (3, 0), one)
                expected = expected or posts
                self.assertEqual(posts, expected)

        texts = sorted(post["text"] for post in expected.values())
        for story, text in zip(sorted(STORIES.values(), key=lambda story: story[2]), texts):
            for paragraph in story[2:]:
                self.assertIn(paragraph, text)
            self.assertNotIn("Another one", text)
            self.assertNotIn("Continue reading", text)
        self.assertEqual({post["title"] for post in expected.values()}, {story[0] for story in STORIES.values()})
        self.assertEqual({post["author"] for post in expected.values()}, {"Mara Oleski"})
        self.assertEqual({post["published"]["edtf"] for post in expected.values()},
                         {story[1] for story in STORIES.values()})

    def test_any_order(self):
        """Copies that come one import after the other end as the same posts; again brings nothing new."""
        files = site()
        pieces = {
            "pages": {name: file for name, file in files.items() if name.count("/") == 3 and "?" not in name},
            "month": {"2019/03/index.html": files["2019/03/index.html"]},
            "feed": {"feed/index.xml": files["feed/index.xml"]},
        }
        paths = {}
        for name, part in pieces.items():
            for path, (_, _, content) in part.items():
                self.write(os.path.join(name, path), content)
            paths[name] = self.path(name)

        expected = None
        for order in itertools.permutations(paths):
            with self.subTest(order):
                self.new("-".join(order) + ".annals")
                for name in order:
                    self.bring_in(paths[name])
                posts = self.posts()
                self.assertEqual(len(posts), 3)
                texts = {uid: (post["title"], post["text"], post["url"]) for uid, post in posts.items()}
                expected = expected or texts
                self.assertEqual(texts, expected)
                for name in order:
                    again = self.bring_in(paths[name])
                    self.assertEqual((again["new"], again["updated"]), (0, 0), (name, again))
                self.assertEqual(self.posts(), posts)

    def test_everything_is_accounted_for(self):
        self.write_all(site())
        self.write("folder/notes.bin", bytes(range(256)) * 20)
        self.write("folder/letter.txt", "Dear Ann,\n\nall is well here.\n")
        self.new()
        one = self.bring_in(self.path("folder"))
        reasons = {(issue["code"], issue["place"]) for issue in self.json("issues", one["uid"])["issues"]}
        self.assertIn(("format", "notes.bin"), reasons)
        self.assertIn(("format", "letter.txt"), reasons)
        self.assertIn(("format", "folder"), reasons)      # the style sheet, counted

    def test_copies_in_one_post(self):
        """A post's file is the one whose text it has."""
        made = self.write_all(site())
        self.new()
        self.bring_in(made["zip"])
        for uid, post in self.posts().items():
            shown = self.json("show", uid)
            self.assertRegex(shown["file"]["name"], r"site/2019/03/[a-z]+/index.html")
            self.assertRegex(shown["file"]["sha256"], "^[0-9a-f]{64}$")

    @unittest.skipUnless(os.path.isdir(MIRROR), "no ../shared")
    def test_mirror(self):
        """A real mirror as a folder, as ZIP and as WARC."""
        files = {}
        for folder, _, names in os.walk(MIRROR):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), MIRROR)
                if name == "index.html":
                    with open(os.path.join(folder, name), "rb") as file:
                        files[path] = ("https://www.partito-pirata.it/" + path[:-len("index.html")], "text/html", file.read())
        made = {"folder": MIRROR, "warc": self.write("m.warc.gz", warc(files))}
        with zipfile.ZipFile(self.path("m.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(files, reverse=True):
                archive.writestr(name, files[name][2])
        made["zip"] = self.path("m.zip")

        expected = None
        for name, path in made.items():
            self.new("mirror-" + name + ".annals")
            started = time.monotonic()
            one = self.bring_in(path)
            print(f"# mirror as {name}: {one['read']} read, {one['new']} posts, "
                  f"{time.monotonic() - started:.1f} s", file=sys.stderr)
            found = self.json("search", "", "--limit", "0")["posts"]
            digests = {post["uid"]: (post["title"], post["published"]["edtf"]) for post in found}
            sample = sorted(digests)[::7]
            texts = {uid: self.json("show", uid)["text"] for uid in sample}
            expected = expected or (digests, texts)
            self.assertEqual(sorted(set(digests.items()) ^ set(expected[0].items()))[:20], [])
            self.assertEqual([uid for uid in sample if texts[uid] != expected[1][uid]], [])
            again = self.bring_in(path)
            self.assertEqual((again["new"], again["updated"]), (0, 0), again)


WXR_ITEM = """<item><title>{title}</title><link>{site}/{n}/</link><guid isPermaLink="false">{site}/?p={n}</guid>
<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded><wp:post_id>{n}</wp:post_id>
<wp:post_date>2020-03-01 10:00:00</wp:post_date><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
{more}</item>
"""


def wxr(items):
    return ('<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Quay Notes</title>'
            "<wp:wxr_version>1.2</wp:wxr_version>" +
            "".join(WXR_ITEM.format(**{"site": SITE, "status": "publish", "kind": "post", "more": "", **item})
                    for item in items) + "</channel></rss>")


def many(n):
    return wxr([{"n": i, "title": f"Report {i}", "text": f"The ferry of day {i} left. " * 30} for i in range(n)])


class Choices(Case):
    MIXED = [
        {"n": 1, "title": "A post", "text": "Text of the post."},
        {"n": 2, "title": "A page", "text": "Text of the page.", "kind": "page"},
        {"n": 3, "title": "A draft", "text": "Text of the draft.", "status": "draft"},
        {"n": 4, "title": "Private", "text": "Text of the private post.", "status": "private"},
        {"n": 5, "title": "Thrown away", "text": "Text in the trash.", "status": "trash"},
        {"n": 6, "title": "Talked about", "text": "Text that was talked about.", "more":
         "<wp:comment><wp:comment_id>9</wp:comment_id><wp:comment_author>Jos</wp:comment_author>"
         "<wp:comment_date_gmt>2020-03-02 10:00:00</wp:comment_date_gmt>"
         "<wp:comment_content><![CDATA[I saw it, too.]]></wp:comment_content>"
         "<wp:comment_approved>1</wp:comment_approved></wp:comment>"},
    ]

    def titles(self):
        return {post["title"] for post in self.json("search", "", "--limit", "0")["posts"]}

    def test_kinds(self):
        path = self.write("mixed.xml", wxr(self.MIXED))
        self.new()
        one = self.bring_in(path)
        self.assertEqual((one["read"], one["new"], one["skipped"]), (7, 2, 5))
        self.assertEqual(self.titles(), {"A post", "Talked about"})
        codes = [issue["code"] for issue in self.json("issues")["issues"] if issue.get("record")]
        self.assertEqual(codes, ["kind"] * 5)

        for kinds, expected in (("post,page", {"A post", "A page", "Talked about"}),
                                ("draft,trash", {"A draft", "Thrown away"}), ("private", {"Private"})):
            self.new(kinds + ".annals")
            self.bring_in(path, "--kinds", kinds)
            self.assertEqual(self.titles(), expected)

        self.new("all.annals")
        one = self.bring_in(path, "--kinds", "post,page,draft,private,trash,comment")
        self.assertEqual((one["new"], one["skipped"]), (7, 0))
        comment, = [post for post in self.json("search", "saw")["posts"]]
        self.assertEqual((comment["author"], comment["published"]["edtf"]), ("Jos", "2020-03-02T10:00:00Z"))

        preview, = self.json("import", path, "--dry-run")["imports"]
        self.assertEqual(preview["kinds"], {"post": 2, "page": 1, "draft": 1, "private": 1, "trash": 1, "comment": 1})

    def test_import_anyway(self):
        path = self.write("mixed.xml", wxr(self.MIXED))
        self.new()
        one = self.bring_in(path)
        before = self.posts()
        draft, = [issue for issue in self.json("issues")["issues"] if "A draft" in issue["excerpt"]]
        self.assertTrue(draft["can_import"])
        forced, = self.json("import-skipped", one["uid"], str(draft["record"]))["imports"]
        self.assertEqual((forced["read"], forced["new"], forced["issues"]), (1, 1, 0))
        self.assertEqual(self.titles(), {"A post", "Talked about", "A draft"})
        # what came in before stays as it was, and is found again with everything asked for
        self.assertEqual({uid: post for uid, post in self.posts().items() if uid in before}, before)
        again = self.bring_in(path, "--kinds", "post,draft", "--no-recall")
        self.assertEqual((again["new"], again["updated"], again["unchanged"]), (0, 0, 3))

        self.write("mixed.xml", wxr(self.MIXED[1:]))
        self.fails("is not the same", "import-skipped", self.notebook, one["uid"], "2")
        os.remove(path)
        self.fails("is not where it was", "import-skipped", self.notebook, one["uid"], "2")

    def test_tag_taken_off_stays_off(self):
        """What a post had before is its text before, not an older one that a merge brought later."""
        item = {"n": 1, "title": "Report"}
        tagged = '<category domain="post_tag" nicename="quay"><![CDATA[quay]]></category>'
        old = self.write("old.xml", wxr([{**item, "text": "The ferry left."}]))
        other = self.path("other.annals")
        self.assertEqual(self.run_program("new", other).returncode, 0)
        self.assertEqual(self.run_program("import", other, old, "--archive", "Quay").returncode, 0)

        self.new()
        for text in ("The ferry left at noon.", "The ferry left at one."):
            path = self.write("quay.xml", wxr([{**item, "text": text, "more": tagged}]))
            self.bring_in(path, "--archive", "Quay")
            post = self.json("search", "", "--limit", "0")["posts"][0]
            if text.endswith("noon."):
                self.assertEqual(post["tags"], ["quay"])
                self.json("untag", "quay", post["uid"])
                self.json("merge", other)
        self.assertIn("at one", self.json("show", post["uid"])["text"])
        self.assertEqual(post["tags"], [])

    def test_timezone(self):
        path = self.write("local.xml", wxr(self.MIXED[:1]))
        for zone, expected in (("UTC", "2020-03-01T10:00:00Z"), ("Europe/Rome", "2020-03-01T09:00:00Z")):
            self.new(zone.replace("/", "") + ".annals")
            self.bring_in(path, "--timezone", zone)
            post, = self.posts().values()
            self.assertEqual(post["published"]["from"], expected)
        self.assertEqual(self.run_program("import", self.notebook, path, "--timezone", "Nowhere/No").returncode, 2)
        self.assertEqual(self.run_program("import", self.notebook, path, "--kinds", "poem").returncode, 2)
        self.assertEqual(self.run_program("import", self.notebook, path, "--map", "colour=x").returncode, 2)

    def test_mapping(self):
        rows = "kop,dag,wat,waar\n" + "".join(
            f"\"Bericht {i}\",2020-03-0{i + 1},\"Een lang stuk tekst, nummer {i}, over de haven en de boten.\",Haven\n"
            for i in range(5))
        path = self.write("lijst.csv", rows)
        self.new()
        one = self.bring_in(path, "--map", "title=kop", "--map", "date=dag", "--map", "text=wat", "--map", "source=waar",
                            "--archive", "Haven")
        self.assertEqual((one["format"], one["new"]), ("csv", 5))
        self.assertEqual(self.titles(), {f"Bericht {i}" for i in range(5)})
        self.assertEqual({post["source"] for post in self.posts().values()}, {"Haven"})
        preview, = self.json("import", path, "--dry-run")["imports"]
        self.assertEqual([column["name"] for column in preview["columns"]], ["kop", "dag", "wat", "waar"])
        self.assertEqual(preview["mapping"]["title"], "kop")      # remembered

    def test_remembered(self):
        """Next month's file is one command."""
        text = "Monthly Archives: {0} 2019\n\n{1}\n\nPosted on by\n\nThe harbour in {0}.\n\nMore of it.\n"
        self.new()
        march = self.write("quay-march-2019.txt", text.format("March", "Gulls"))
        april = self.write("quay-april-2019.txt", text.format("April", "Ferries"))
        self.bring_in(march, "--archive", "Quay", "--source", "Quay Notes", "--language", "en-GB")
        one = self.bring_in(april)
        self.assertEqual(one["archive"], "Quay")
        self.assertEqual({(post["source"], post["language"]) for post in self.posts().values()},
                         {("Quay Notes", "en-GB")})
        told = self.run_program("import", self.notebook, april).stdout.decode()
        self.assertIn("as “Quay” was imported last", told)
        self.new("other.annals")
        self.bring_in(march, "--archive", "Quay", "--source", "Quay Notes")
        self.bring_in(april, "--no-recall")
        self.assertEqual({post["source"] for post in self.posts().values()}, {"Quay Notes", ""})


class Interrupted(Case):
    N = 6000

    def start(self, path, *args):
        return subprocess.Popen([PROGRAM, "import", self.notebook, path, "--no-index", *args],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def state(self):
        imports = self.json("imports")["imports"]
        return [one["state"] for one in imports], imports

    def interrupt(self, path, number, *args):
        """Stops an import that has begun and is not done; its process, ended."""
        for delay in (0.1, 0.15, 0.2, 0.3, 0.05, 0.4, 0.6, 1.0, 1.5):
            self.tries = getattr(self, "tries", 0) + 1
            self.new(f"interrupted-{self.tries}.annals")
            child = self.start(path, *args)
            time.sleep(delay)
            child.send_signal(number)
            out, error = child.communicate(timeout=120)
            if child.returncode == -signal.SIGINT:      # before the program had begun
                continue
            states, imports = self.state()
            if child.returncode != 0 or states != ["done"]:
                if number != signal.SIGKILL or states == ["interrupted"]:
                    return child, out, error
            elif number == signal.SIGINT and imports[0]["read"] < self.N:
                return child, out, error
        self.skipTest("the machine imports faster than it can be interrupted")

    def test_kill_and_resume(self):
        path = self.write("many.xml", many(self.N))
        self.interrupt(path, signal.SIGKILL)
        one = self.state()[1][0]
        self.assertEqual(self.json("info")["posts"], 0)
        self.assertTrue(self.json("check", "--deep")["ok"])
        done, = self.json("resume", one["uid"][:8])["imports"]
        self.assertEqual((done["read"], done["new"], done["skipped"]), (self.N, self.N, 0))
        self.assertEqual(done["uid"], one["uid"])
        self.assertEqual(self.json("info")["posts"], self.N)
        resumed = {post["uid"]: post["title"] for post in self.json("search", "", "--limit", "0")["posts"]}
        self.new("whole.annals")
        whole = self.bring_in(path)
        self.assertEqual(whole["file"], done["file"])
        self.assertEqual({post["uid"]: post["title"] for post in self.json("search", "", "--limit", "0")["posts"]}, resumed)

    def test_kill_and_discard(self):
        path = self.write("many.xml", many(self.N))
        self.interrupt(path, signal.SIGKILL)
        one = self.state()[1][0]
        self.json("discard", one["uid"])
        self.assertEqual(self.state()[0], [])
        self.assertTrue(self.json("check", "--deep")["ok"])
        self.assertEqual(self.bring_in(path)["new"], self.N)

    def test_another_file(self):
        """A file that is not the same any more is not mixed with what came in."""
        path = self.write("many.xml", many(self.N))
        self.interrupt(path, signal.SIGKILL)
        one = self.state()[1][0]
        self.write("many.xml", many(self.N).replace("Report 1<", "Report one<"))
        self.fails("is not the same any more", "resume", self.notebook, one["uid"])
        self.assertEqual(self.state()[0], ["interrupted"])
        self.write("many.xml", many(3))
        self.fails("is not the same any more", "resume", self.notebook, one["uid"])
        moved = self.write("moved.xml", many(self.N))
        done, = self.json("resume", one["uid"], moved)["imports"]
        self.assertEqual(done["new"], self.N)
        self.fails("came to its end", "resume", self.notebook, one["uid"])
        self.fails("", "discard", self.notebook, one["uid"])

    def test_stop(self):
        """Ctrl+C takes everything back, or keeps what is there, as asked."""
        path = self.write("many.xml", many(self.N))
        child, _, error = self.interrupt(path, signal.SIGINT)
        if child.returncode != 0:
            self.assertEqual(child.returncode, 1)
            self.assertRegex(error.decode(), r"\Aannals-cli: [^\n]+\n\Z")
            self.assertEqual(self.state()[0], [])
            self.assertEqual(self.json("info")["posts"], 0)

        child, _, error = self.interrupt(path, signal.SIGINT, "--keep")
        if child.returncode == 0:
            states, imports = self.state()
            self.assertEqual(states, ["done"])
            self.assertEqual(self.json("info")["posts"], imports[0]["new"])
            self.assertIn("stopped", "".join(issue["reason"] for issue in self.json("issues")["issues"]))
            rest = self.bring_in(path)
            self.assertEqual((rest["new"], rest["unchanged"]), (self.N - imports[0]["new"], imports[0]["new"]))


class Hostile(Case):
    def test_names_and_links(self):
        """Nothing is written outside the notebook, no link is followed."""
        secret = self.write("secret/secret.html", page("lamp"))
        with tarfile.open(self.path("evil.tar"), "w") as archive:
            for name in ("../../escape.html", "/absolute.html", "C:\\drive.html", "a/../../b.html"):
                content = page("gulls").replace("/gulls/", f"/{abs(hash(name))}/").encode()
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
            link = tarfile.TarInfo("link.html")
            link.type, link.linkname = tarfile.SYMTYPE, secret
            archive.addfile(link)
        os.makedirs(self.path("tree", "deep"))
        os.symlink(self.path("tree"), self.path("tree", "deep", "loop"))
        os.symlink(secret, self.path("tree", "secret.html"))
        self.write("tree/ferry.html", page("ferry"))
        os.mkfifo(self.path("tree", "pipe.html"))
        before = {os.path.join(at, name) for at, _, names in os.walk(self.folder) for name in names}

        self.new()
        one = self.bring_in(self.path("evil.tar"))
        self.assertEqual(one["new"], 4)
        self.assertEqual(self.bring_in(self.path("tree"))["new"], 1)
        self.assertEqual({post["title"] for post in self.posts().values()},
                         {STORIES["gulls"][0], STORIES["ferry"][0]})
        reasons = " ".join(issue["reason"] for issue in self.json("issues")["issues"])
        self.assertIn("link", reasons)
        after = {os.path.join(at, name) for at, _, names in os.walk(self.folder) for name in names}
        self.assertEqual({path for path in after - before if not path.startswith(self.notebook)}, set())

    def test_bombs(self):
        """What unpacks without end, or into itself, is an issue, soon."""
        zeros = b"<p>" + b"0" * (64 * 1024 * 1024)
        layer = zlib.compressobj(9, zlib.DEFLATED, 31)
        packed = layer.compress(zeros) + b"".join(layer.compress(zeros) for _ in range(16)) + layer.flush()
        self.write("bomb/zeros.html.gz", packed)
        inner = page("gulls").encode()
        name = "gulls.html"
        for depth in range(12):
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(name, inner)
            inner, name = out.getvalue(), f"{depth}.zip"
        self.write("bomb/deep.zip", inner)
        self.write("bomb/ferry.html", page("ferry"))
        self.new()
        started = time.monotonic()
        one = self.bring_in(self.path("bomb"))
        self.assertLess(time.monotonic() - started, 60)
        self.assertEqual({post["title"] for post in self.posts().values()}, {STORIES["ferry"][0]})
        limits = [issue["place"] for issue in self.json("issues", one["uid"])["issues"] if issue["code"] == "limit"]
        self.assertEqual(len([place for place in limits if "deep.zip" in place]), 1, limits)

    def test_damaged(self):
        """What came before the damage is kept, its place is named."""
        whole = many(500).encode()
        for name, content in {
                "cut.xml": whole[:len(whole) * 3 // 4],
                "cut.xml.gz": gzip.compress(whole)[:-400],
                "wrong.xml": whole.replace(b"<title>Report 20</title>", b"<title>Report 20</tit\x01le><<&>"),
        }.items():
            with self.subTest(name):
                self.new(name + ".annals")
                one = self.bring_in(self.write(name, content))
                self.assertGreater(one["new"], 300)
                self.assertLess(one["new"], 501)
                issues = self.json("issues", one["uid"])["issues"]
                self.assertTrue([issue for issue in issues if issue["code"] == "damage" and name.split(".")[0] in issue["place"]],
                                issues)

    def test_refused(self):
        self.new()
        os.mkdir(self.path("empty"))
        self.write("only/style.css", "body {}")
        with zipfile.ZipFile(self.path("empty.zip"), "w"):
            pass
        for name in ("empty", "only", "empty.zip"):
            self.fails(name, "import", self.notebook, self.path(name))
        self.fails("nothing.xml", "import", self.notebook, self.path("nothing.xml"))
        self.assertEqual(self.json("imports")["imports"], [])

    def test_names_that_are_not_utf8(self):
        folder = os.fsencode(self.path("odd"))
        os.mkdir(folder)
        with open(os.path.join(folder, b"caf\xe9.html"), "wb") as file:
            file.write(page("gulls").encode())
        self.new()
        self.assertEqual(self.bring_in(self.path("odd"))["new"], 1)


unittest.main(verbosity=1)
