# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast a post is opened and scrolled: 5,000 words, and 300,000 characters with 500 highlights.

    bench_reader.py BENCH-READER ANNALS-CLI
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile

reader, cli = sys.argv[1:]
WORDS = ("the minister said that ships would be back before ice closed strait and nobody in hall believed "
         "him applause was short questions many as they had been year harbour sanctions transport report").split()


def paragraphs(rng, characters):
    """HTML of that many characters: plain paragraphs, a heading, a list, a link and a quotation here and there."""
    parts, length = [], 0
    while length < characters:
        words = [rng.choice(WORDS) for _ in range(rng.randint(30, 130))]
        length += len(" ".join(words)) + 1
        words[3] = f"<a href='https://example.org/{length}'>{words[3]}</a>"
        words[9] = f"<em>{words[9]}</em>"
        body = " ".join(words)
        kind = rng.random()
        parts.append(f"<blockquote><p>{body}</p></blockquote>" if kind < 0.08
                     else f"<ul><li>{body}</li></ul>" if kind < 0.16
                     else f"<h2>{body[:40].split('<')[0]}</h2><p>{body}</p>" if kind < 0.24 else f"<p>{body}</p>")
    return "".join(parts)


def run(*args):
    return json.loads(subprocess.run([cli, "--json", *args], check=True, capture_output=True, text=True).stdout)


with tempfile.TemporaryDirectory() as folder:
    rng = random.Random(4)
    notebook = os.path.join(folder, "bench.annals")
    run("new", notebook)
    for name, characters in (("short", 30_000), ("long", 300_000)):
        path = os.path.join(folder, name + ".html")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{name}</title></head>"
                       f"<body><article><h1>{name}</h1>{paragraphs(rng, characters)}</article></body></html>")
        run("import", notebook, path)
    posts = {post["title"]: post["uid"] for post in run("search", notebook, "", "--limit", "0")["posts"]}

    text = run("show", notebook, posts["long"])["text"]
    script = []
    places = sorted(rng.sample(range(len(text) // 100), 500))
    for n, place in enumerate(places):
        words = re.sub(r"\s+", " ", text[place * 100:place * 100 + rng.randint(30, 200)]).strip()
        script.append((words, "yellow green blue red".split()[n % 4], "A note on it." if n % 3 == 0 else ""))
    for words, colour, note in script:
        subprocess.run([cli, "--json", "annotate", notebook, posts["long"], "--quote", words, "--occurrence", "1",
                        "--colour", colour, "--note", note], check=True, capture_output=True)
    sys.stdout.flush()
    sys.exit(subprocess.run([reader, notebook, posts["short"], posts["long"]]).returncode)
