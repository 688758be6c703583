#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-html.py - FILE: whether a page is well-formed, safe, alone, and leads nowhere that is not there."""
import base64
import hashlib
import html.parser
import re
import sys

VOID = {"meta", "br", "hr"}
FORBIDDEN = {"script", "iframe", "object", "embed", "link", "img", "image", "use", "form", "input", "base", "video", "audio"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.problems, self.open, self.ids, self.links, self.seen = [], [], [], [], []
        self.style, self.policy, self.lang = "", None, None
        self.headings = []

    def handle_starttag(self, tag, attrs, closed=False):
        attributes = dict(attrs)
        if tag != "title" or "svg" not in self.open:
            self.seen.append(tag)
        if len(attributes) != len(attrs):
            self.problems.append(f"<{tag}> has an attribute twice")
        if tag in FORBIDDEN:
            self.problems.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "src", "srcset", "xlink:href"):
                self.problems.append(f"<{tag} {name}>")
        if "id" in attributes:
            self.ids.append(attributes["id"])
        for name in ("aria-labelledby", "mask", "fill"):
            value = attributes.get(name, "")
            if name == "aria-labelledby" and value:
                self.links.append("#" + value)
            elif value.startswith("url("):
                self.links.append(value[4:-1])
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        if tag == "html":
            self.lang = attributes.get("lang")
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID and not closed:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs, closed=True)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> out of place")

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data


def check(text):
    page = Page()
    page.feed(text)
    page.close()
    problems = page.problems
    if page.open:
        problems.append(f"not closed: {page.open}")
    if len(set(page.ids)) != len(page.ids):
        problems.append("an id is there twice")
    for link in page.links:
        if link.startswith("#"):
            if link[1:] not in page.ids:
                problems.append(f"{link} leads nowhere")
        elif not re.match(r"(https?|mailto):", link):
            problems.append(f"link to {link}")
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    if page.policy is None or "default-src 'none'" not in page.policy or f"'sha256-{digest}'" not in page.policy:
        problems.append(f"policy {page.policy} does not fit the style sheet, sha256-{digest}")
    if re.search(r"url\(\s*['\"]?https?:|@import", page.style):
        problems.append("the style sheet loads something")
    if not page.lang:
        problems.append("no language")
    for landmark in ("header", "main", "footer", "title"):
        if page.seen.count(landmark) != 1:
            problems.append(f"{page.seen.count(landmark)} times <{landmark}>")
    if page.headings[:1] != [1] or page.headings.count(1) != 1:
        problems.append("not one first heading")
    for before, after in zip(page.headings, page.headings[1:]):
        if after > before + 1:
            problems.append(f"h{after} behind h{before}")
    return problems


def main():
    with open(sys.argv[2], encoding="utf-8", newline="") as file:
        problems = check(file.read())
    print("\n".join(problems) or "sound")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
