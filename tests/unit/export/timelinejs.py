#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""timelinejs.py - FILE: whether TimelineJS 3 shows all of a file's events as they are meant.

Its rules are those of its TimelineConfig and TLDate (NUKnightLab/TimelineJS3, src/js): an event without a start date is
an error, one that ends before it begins is drawn backwards, an end that is less precise than its start or equal to it
is dropped, and ids that are no slugs are changed.
"""
import html
import html.parser
import json
import re
import sys
from datetime import date

PARTS = ["year", "month", "day", "hour", "minute", "second", "millisecond"]
SAFE_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "br", "hr", "h1", "h2", "h3", "h4",
             "h5", "h6"}
LIMITS = {"month": (1, 12), "day": (1, 31), "hour": (0, 23), "minute": (0, 59), "second": (0, 59)}


class Tags(html.parser.HTMLParser):
    """What a text holds, and whether it ends what it begins."""

    def __init__(self, problems, where):
        super().__init__()
        self.problems, self.where, self.open = problems, where, []

    def handle_starttag(self, tag, attrs):
        if tag not in SAFE_TAGS:
            self.problems.append(f"{self.where}: <{tag}>")
        for name, value in attrs:
            if name not in ("href", "title", "class", "start"):
                self.problems.append(f"{self.where}: attribute {name}")
            if name == "href" and not re.match(r"(https?|mailto):", value):
                self.problems.append(f"{self.where}: link to {value}")
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"{self.where}: </{tag}> out of place")


def check_html(text, where, problems):
    tags = Tags(problems, where)
    tags.feed(text)
    tags.close()
    if tags.open:
        problems.append(f"{where}: <{tags.open[-1]}> is not closed")


def precision(moment):
    return max(PARTS.index(part) for part in moment if part in PARTS)


def check_moment(moment, where, scale, problems):
    for part, value in moment.items():
        if part not in PARTS:
            continue
        if not re.fullmatch(r"-?\d+", str(value)):
            problems.append(f"{where}: {part} is {value!r}")
        elif part in LIMITS and not LIMITS[part][0] <= int(value) <= LIMITS[part][1]:
            problems.append(f"{where}: {part} is {value!r}")
    if "year" not in moment:
        problems.append(f"{where}: no year")
        return None
    given = [part for part in PARTS if part in moment]
    if given != PARTS[:len(given)]:
        problems.append(f"{where}: has {given}")
    year = int(moment["year"])
    if scale == "human" and not -271820 <= year <= 275759:
        problems.append(f"{where}: the year {year} needs the cosmological scale")
    if scale == "cosmological" and given != ["year"]:
        problems.append(f"{where}: {given} on the cosmological scale")
    if 1 <= year <= 9999 and "day" in moment:
        date(year, int(moment["month"]), int(moment["day"]))
    return tuple(int(moment[part]) for part in given)


def check_event(event, where, scale, problems):
    if "start_date" not in event:
        problems.append(f"{where}: no start_date")
        return
    start = check_moment(event["start_date"], where + " start", scale, problems)
    if "end_date" in event:
        end = check_moment(event["end_date"], where + " end", scale, problems)
        if precision(event["start_date"]) != precision(event["end_date"]):
            problems.append(f"{where}: its ends are not equally precise")
        elif end == start:
            problems.append(f"{where}: ends as it begins")
        elif end < start:
            problems.append(f"{where}: ends before it begins")
    if not event.get("display_date", "").strip():
        problems.append(f"{where}: no display_date")


def check(document):
    """The sentences on what is wrong with it."""
    problems = []
    ids = []
    slides = ([("title", document["title"])] if "title" in document else []) + [
        (f"event {i}", event) for i, event in enumerate(document["events"])]
    for where, slide in slides:
        unique_id = slide.get("unique_id", "")
        ids.append(unique_id)
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", unique_id):
            problems.append(f"{where}: unique_id {unique_id!r}")
        for key in ("headline", "text"):
            check_html(slide["text"][key], f"{where} {key}", problems)
        for key in ("display_date", "group"):
            check_html(slide.get(key, ""), f"{where} {key}", problems)
            # their references are decoded before they are taken for HTML
            if "<" in html.unescape(slide.get(key, "")):
                problems.append(f"{where}: markup in {key}")
    if len(set(ids)) != len(ids):
        problems.append("unique_ids are not unique")
    for where, event in slides:
        if where != "title":
            check_event(event, where, document.get("scale", "human"), problems)
    return problems


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        document = json.load(file)
    problems = check(document)
    print("\n".join(problems) or f"{len(document['events'])} events")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
