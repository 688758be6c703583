#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-citations.py csl|bibtex|ris FILE: whether programs that cite read a file whole. 77: cannot tell here."""
import json
import re
import sys
import warnings

RIS_TAGS = {"TY", "ID", "AU", "TI", "T2", "PY", "DA", "UR", "Y2", "LA", "KW", "ER"}


def check_csl(path):
    try:
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON
    except ImportError:
        print("python3-citeproc is not installed")
        sys.exit(77)

    with open(path, encoding="utf-8") as file:
        items = json.load(file)
    problems = []
    ids = [item["id"] for item in items]
    if len(set(ids)) != len(ids):
        problems.append("ids are not unique")
    # citeproc-py 0.6 knows neither literal dates nor EDTF
    plain = [{key: {part: given for part, given in value.items() if part != "edtf"} if isinstance(value, dict) else value
              for key, value in item.items() if key != "keyword" and "literal" not in value} for item in items]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard1", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(plain), formatter.plain)
        for key in ids:
            bibliography.register(Citation([CitationItem(key)]))
        entries = [str(entry) for entry in bibliography.bibliography()]
    if len(entries) != len(items):
        problems.append(f"{len(entries)} entries of {len(items)} items")
    for item in items:
        if not any(item["title"].split()[0] in entry for entry in entries):
            problems.append(f"{item['title']!r} is in no entry")
    return problems, entries


def check_bibtex(path):
    try:
        import bibtexparser
        from bibtexparser.bparser import BibTexParser
    except ImportError:
        print("python3-bibtexparser is not installed")
        sys.exit(77)

    with open(path, encoding="utf-8") as file:
        text = file.read()
    parser = BibTexParser(ignore_nonstandard_types=False, interpolate_strings=False)
    entries = bibtexparser.loads(text, parser=parser).entries
    problems = []
    written = len(re.findall(r"^@(online|misc)\{", text, re.MULTILINE))
    if len(entries) != written:
        problems.append(f"{len(entries)} entries of {written}")
    if len({entry["ID"] for entry in entries}) != len(entries):
        problems.append("keys are not unique")
    value = r"(\.\.|Y?-?\d{4,}(-\d\d){0,2}[~?%]?)"
    for entry in entries:
        if "date" in entry and not re.fullmatch(rf"{value}(/({value})?)?|/{value}|\d\d(\dX|XX)", entry["date"]):
            problems.append(f"date {entry['date']}")
        if not re.fullmatch(r"[a-z]+\d*-[0-9a-f]{16}", entry["ID"]):
            problems.append(f"key {entry['ID']}")
        for field in ("title", "author", "organization"):
            bare = re.sub(r"\\textbackslash\{\}|\\textasciicircum\{\}|\\textasciitilde\{\}|\\[{}$&#%_]", "",
                          entry.get(field, ""))
            if re.search(r"[$&#%_^~\\]", bare):
                problems.append(f"{field} has a bare sign: {bare}")
    return problems, [entry["ID"] for entry in entries]


def check_ris(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    problems = []
    records = []
    for line in text.split("\r\n"):
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
        if line and not match:
            problems.append(f"line {line!r}")
        elif match and match[1] not in RIS_TAGS:
            problems.append(f"tag {match[1]}")
        elif match and match[1] == "TY":
            records.append([])
        elif match and match[1] in ("DA", "Y2") and not re.fullmatch(r"(\d{4})?/(\d\d)?/(\d\d)?/[^/]*", match[2]):
            problems.append(f"date {match[2]}")
        if match and not records:
            problems.append(f"{match[1]} before TY")
        elif match:
            records[-1].append(match[1])
    problems += [f"a record ends with {record[-1]}" for record in records if record[-1] != "ER"]
    return problems, records


def main():
    problems, entries = {"csl": check_csl, "bibtex": check_bibtex, "ris": check_ris}[sys.argv[1]](sys.argv[2])
    print("\n".join(problems) or f"{len(entries)} records")
    return 1 if problems or not entries else 0


sys.exit(main())
