#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-annals-cli.py PROGRAM VERSION: the manual page of annals-cli, made of what its own --help says."""
import os
import re
import subprocess
import sys

HEAD = r'''.\" SPDX-License-Identifier: GPL-3.0-or-later
.TH ANNALS\-CLI 1 "" "Annals {version}" "User Commands"
.SH NAME
annals\-cli \- work on Annals notebooks without a window
.SH SYNOPSIS
.B annals\-cli
.RB [ \-\-json ]
.I COMMAND NOTEBOOK
.RI [ ARGUMENT \|.\|.\|.\&]
.br
.B annals\-cli
.I COMMAND
.B \-\-help
.SH DESCRIPTION
Each command opens a notebook, does one thing and closes it. What it changes is one step that
.B undo
takes back, here or in the window, which sees it at once when it has the notebook open.
.PP
Posts, notes, tags, timelines and events are named by their uid, by the beginning of one, or by
.BI title: TEXT\fR.
.SH COMMANDS
'''

FOOT = r'''.SH SEARCHING
.TP
.B sanction
the word and its other forms; in Chinese, Japanese and Korean any run of characters
.TP
.B "\(dqtest kits\(dq"
these words in this order
.TP
.B test*
words that begin so
.TP
.B "a b, a OR b, \-a, ( ), a NEAR/5 b"
both, one of them, not, groups, at most five words apart
.TP
.B "title: text: note: quote:"
in that part only
.TP
.B "author: source: tag: timeline: lang: import: url:"
posts of which that is said
.TP
.B "date:2020\-03 before:2020\-03\-09 after:2020\-03\-09"
the post's date may fall in it, lie before it, lie after it
.TP
.B "is:unread starred annotated tagged linked undated changed review"
.TP
.B "has:image has:note colour:yellow"
.SH DATES
Dates are EDTF, levels 0 and 1 and most of level 2 (ISO 8601\-2):
.BR 2020 ", " 2020\-03 ", " 2020\-03\-09 ", " 2020\-03~ " (about), " 2020? " (uncertain), " 202X ", " 2020\-03/2020\-05 ", " 2020\-01/.. " (still going on), " ../2020\-04 .
.SH FORMATS
What
.B export
writes, by what it is told to write:
.TP
.B timeline:
pdf, html, json, svg, png, timelinejs, markdown, csv
.TP
.B posts:
json, markdown, csv, bibtex, csl, ris
.TP
.B notes, annotations
pdf, markdown, json, csv, w3c, qdpx
.TP
.B tags
csv, qdc
.TP
.B notebook
json, which comes in again by
.B import
.SH RELATIONS
Of
.BR link :
follows, supports, contradicts, cites, \(dqsame event\(dq, related.
.SH COLOURS
Of marks, tags and timelines: yellow, green, blue, red, purple, orange, teal, grey.
.SH EXIT STATUS
.TP
.B 0
done
.TP
.B 1
failed; one sentence on standard error says why. For
.BR check :
damage was found
.TP
.B 2
wrong use
.SH ENVIRONMENT
.TP
.B SOURCE_DATE_EPOCH
Seconds since 1970: the time of which exports say that they were made then.
.TP
.B NO_COLOR
No bold words on a terminal.
.SH EXAMPLES
.nf
annals\-cli new News.annals
annals\-cli import News.annals march\-2020.txt
annals\-cli search News.annals \(aq"test kits" after:2020\-03\-01\(aq
annals\-cli export News.annals "timeline:title:COVID response" \-o covid.pdf
.fi
.SH SEE ALSO
.BR annals (1)
'''


def ask(program, *args):
    # in English, and as to a pipe
    result = subprocess.run([program, *args], capture_output=True, check=True, encoding="utf-8",
                            env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""})
    return result.stdout


def roff(text):
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")
    return r"\&" + text if text.startswith((".", "'")) else text


def commands(program):
    return re.findall(r"^  ([a-z-]+) +\S", ask(program, "--help"), re.M)


def page(program, command):
    """The lines of one command: usage, summary, options."""
    usage, summary, *rest = re.split(r"\n\s*\n", ask(program, command, "--help").strip())
    usage = usage.split("\n")[-1].strip().replace(f"annals-cli {command}", "").replace("[OPTION…]", "").strip()
    yield f".SS {roff(command)} {roff(usage)}"
    yield roff(" ".join(summary.split())) + "."
    for block in rest:
        lines = block.split("\n")
        if not lines[0].endswith(":"):
            yield ".PP"
            yield roff(" ".join(block.split()))
            continue
        for option, text in re.findall(r"^  (\S.*?)(?:  +|\n +)(\S.*)$", "\n".join(lines[1:]), re.M):
            if option.split(",")[-1].strip() in ("--json", "--help"):
                continue
            yield ".TP"
            yield f".B {roff(option)}"
            yield roff(text)


def main():
    program, version = sys.argv[1:3]
    out = HEAD.format(version=version)
    out += ".PP\nEvery command takes\n.B \\-\\-json\n(print one JSON document) and\n.BR \\-\\-help .\n"
    for command in commands(program):
        out += "\n".join(page(program, command)) + "\n"
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(out + FOOT)


main()
