#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-markdown.py TITLE FILE: front matter that a YAML library reads, links to notes that can be files, tags,
footnotes and headings as Obsidian has them. 77: cannot tell here."""
import re
import sys

try:
    import yaml
except ImportError:
    print("python3-yaml is not installed")
    sys.exit(77)

TAG = re.compile(r"(?:^|(?<=\s))#([^\s#]+)", re.MULTILINE)


def check_front(front, title):
    known = yaml.safe_load(front)
    problems = [f"{key} is empty" for key, value in known.items() if value in ("", None)]
    if known.get("title") != title:
        problems.append(f"title {known.get('title')!r}")
    if not str(known.get("generator", "")).startswith("Annals "):
        problems.append(f"generator {known.get('generator')!r}")
    if getattr(known.get("exported"), "year", 0) < 2020:
        problems.append(f"exported {known.get('exported')!r}")
    return problems


def check_links(body):
    problems = []
    for inner in re.findall(r"(?<!\\)\[\[(.*?)\]\]", body):
        target, _, alias = inner.partition("|")
        if re.search(r'[\[\]#^|\\/:*?"<>\x00-\x1f]', target) or target.strip(" .") != target or "  " in target:
            problems.append(f"no file can be called {target!r}")
        if not target or len(target.encode()) > 250:
            problems.append(f"target {target!r}")
        if re.search(r"[\[\]|\n]", alias):
            problems.append(f"alias {alias!r}")
    for address in re.findall(r"(?<!\\)<([a-z][a-z0-9+.-]*:[^>]*)>", body):
        if not re.match(r"(https?|mailto):[^\s<>]+$", address):
            problems.append(f"link to {address}")
    for address in re.findall(r"(?<!\\)\]\(([^)]*)\)", body):
        if not re.match(r"(https?|mailto):\S+$", address.strip("<>")):
            problems.append(f"link to {address}")
    return problems


def check_notes(body):
    made = re.findall(r"^\[\^(\d+)\]:", body, re.MULTILINE)
    used = re.findall(r"\[\^(\d+)\](?!:)", body)
    problems = [f"no source {number}" for number in set(used) - set(made)]
    if len(set(made)) != len(made):
        problems.append("a source is there twice")
    return problems


def check(text, title):
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if match is None:
        return ["no front matter"]
    body = re.sub(r"^~~~+\n.*?^~~~+$", "", text[match.end():], flags=re.DOTALL | re.MULTILINE)
    body = re.sub(r"^```.*?^```$", "", body, flags=re.DOTALL | re.MULTILINE)
    body = re.sub(r"(?<![`\\])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", "", body)
    problems = check_front(match[1], title) + check_links(body) + check_notes(body)
    levels = [len(hashes) for hashes in re.findall(r"^(#{1,6}) ", body, re.MULTILINE)]
    if levels[:1] != [1] or levels.count(1) != 1:
        problems.append("not one first heading")
    for tag in TAG.findall(re.sub(r"<[^>]*>|\]\([^)]*\)", "", body)):
        if not re.fullmatch(r"[\w/\-\u0300-\u036f]*[^\W\d][\w/\-\u0300-\u036f]*", tag.rstrip(".,;")):
            problems.append(f"tag #{tag}")
    # what has meaning in HTML is escaped, or in code
    for line in body.splitlines():
        if re.search(r"(?<!\\)</?(script|b|i|iframe|!--)", line):
            problems.append(f"markup in {line!r}")
    return problems


def main():
    with open(sys.argv[2], encoding="utf-8", newline="") as file:
        text = file.read()
    problems = check(text, sys.argv[1])
    if "\r" in text:
        problems.append("a carriage return")
    print("\n".join(problems) or "sound")
    return 1 if problems else 0


sys.exit(main())
