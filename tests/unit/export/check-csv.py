#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-csv.py ROWS FILE: RFC 4180, so many rows, no formula."""
import csv
import sys

with open(sys.argv[2], encoding="utf-8", newline="") as file:
    text = file.read()
rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
problems = [f"row {i} has {len(row)} cells" for i, row in enumerate(rows) if len(row) != len(rows[0])]
problems += [f"formula {cell!r}" for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")]
if not text.endswith("\r\n"):
    problems.append("the last row does not end")
if len(rows) != int(sys.argv[1]) + 1:
    problems.append(f"{len(rows) - 1} rows")
print("\n".join(problems) or "sound")
sys.exit(1 if problems else 0)
