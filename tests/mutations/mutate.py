#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks each promise once, in a copy of the tree, and runs the test that has to fail.

usage: tests/mutations/mutate.py [NAME…]

The copy and its build are in _build_mutations. Prints a line of the table in tests/README.md for each, and ends with 1 when a test
that should have failed passed, or when a place that is to be broken is not there any more."""
import filecmp
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLACE = os.path.join(ROOT, "_build_mutations")
TREE = os.path.join(PLACE, "annals")
BUILD = os.path.join(PLACE, "build")

# name, promise, file, what stands there, what stands there then, test
MUTATIONS = [
    ("skipped", "1 nothing is lost: what is skipped is listed", "src/import/annals-importer-store.c",
     "  return annals_db_add_issue (db, self->id, &issue, error);", "  return issue.record != 0;", "importer"),
    ("account", "1 nothing is lost: each byte of a month page is accounted for", "src/import/formats/annals-month-post.c",
     "  annals_month_page_account_segment (self, segment, ANNALS_ACCOUNT_ISSUE);", "", "import-text-month"),
    ("markup", "1 the original markup is kept", "src/notebook/annals-import-store.c",
     "  return post->markup != NULL ? annals_deflate_markup (post->markup) : NULL;", "  return NULL;", "notebook-records"),
    ("commit", "1 a kill costs the last change at most, never half of one", "src/notebook/annals-notebook-threads.c",
     "         job->func (db, job->data, job->cancellable, error) &&\n         annals_recording_end",
     "         job->func (db, job->data, job->cancellable, error) &&\n"
     "         annals_db_exec (db, \"COMMIT\", error) && annals_db_exec (db, \"BEGIN IMMEDIATE\", error) &&\n"
     "         annals_recording_end", "faults"),
    ("whole", "1 an export is whole or absent", "src/export/annals-export-file.c",
     "  if (flush_buffer (self) && fsync (self->fd) != 0)\n    self->write_errno = errno;",
     "  flush_buffer (self);\n  self->write_errno = 0;", "export-file"),
    ("migration", "1 a migration backs up first", "src/notebook/annals-schema.c",
     "(with_backup && version < annals_schema_get_version () && !back_up (self, error))", "(with_backup && FALSE)",
     "notebook-migration"),
    ("quotation", "2 every claim has its quotation in the export", "src/export/annals-json-records.c",
     'annals_json_writer_string (writer, "exact", evidence->exact);',
     'annals_json_writer_string (writer, "exact", "");', "export-json"),
    ("file", "2 and its file with the SHA-256", "src/export/annals-json-records.c",
     'annals_json_writer_string (writer, "sha256", import->file_sha256);',
     'annals_json_writer_string (writer, "sha256", "");', "export-json"),
    ("follow", "3 a note follows its quotation", "src/notebook/annals-import-anchor.c",
     "  selector = annals_selector_new (text, match.start, match.end);",
     "  selector = annals_selector_new (text, stray->selector.start, stray->selector.end);", "notebook-review"),
    ("review", "3 what cannot be placed is shown for review", "src/notebook/annals-import-anchor.c",
     "\"UPDATE annotation SET state = 'review' WHERE id = :id\"",
     "\"UPDATE annotation SET state = 'anchored' WHERE id = :id\"", "notebook-review"),
    ("certain", "3 a lookalike is not taken for the passage", "src/anchor/annals-anchor.c",
     "is_enough_alone (self, best, second) ? ANNALS_ANCHOR_FOUND : ANNALS_ANCHOR_ALIKE;",
     "is_enough_alone (self, best, second) ? ANNALS_ANCHOR_FOUND : ANNALS_ANCHOR_FOUND;", "anchor-trials"),
    ("approximate", "4 “about” stays in a date", "src/dates/annals-date-write.c",
     "  if (alike == 1)\n    append_qualifier (string, qualifiers[0]);", "", "dates"),
    ("imprecise", "4 a month is not drawn as a day", "src/timeline/annals-layout-item.c",
     "    case ANNALS_DATE_MONTH:\n", "", "timeline-layout"),
    ("before", "4 “before” finds what may lie before", "src/search/annals-search-plan.c",
     "columns->from[id] < from", "columns->to[id] <= from", "search"),
    ("inverse", "5 undo restores what was there", "src/notebook/annals-history.c",
     "  if (inverted)\n    code = sqlite3changeset_invert", "  if (FALSE)\n    code = sqlite3changeset_invert", "notebook-undo"),
    ("restart", "5 also after a restart", "src/notebook/annals-notebook-file.c",
     "      !set_wal (db, error) ||", "      !set_wal (db, error) || !annals_db_exec (db, \"DELETE FROM history\", error) ||",
     "notebook-undo"),
    ("pages", "6 what is asked while a person waits goes by an index", "src/notebook/annals-schema.c",
     "(trashed, title COLLATE NOCASE)", "(trashed, title)", "notebook-plans"),
    ("waits", "6 the window’s thread waits for nothing", "src/app/reader/annals-reader-details.c",
     "    add_provenance (self, job);\n}", "    add_provenance (self, job);\n  g_usleep (200000);\n}", "layers"),
    ("network", "7 nothing opens a network connection", "src/app/annals-application.c",
     "  self->recent_menu = g_menu_new ();",
     "  self->recent_menu = g_menu_new ();\n"
     "  g_object_unref (g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL));",
     "window/test_main_job.py MainJob.test_pointer"),
    ("schemes", "7 links open http, https and mailto only", "src/text/annals-address.c",
     'g_ascii_strcasecmp (scheme, "mailto") == 0', 'g_ascii_strcasecmp (scheme, "file") == 0', "text-markdown"),
    ("entities", "7 an imported file is never executed: a document type is refused", "src/import/formats/annals-format-wxr.c",
     "      return fail_doctype (self, error);", "      return TRUE;", "import-wxr"),
    ("foreign", "the file: a foreign database is refused", "src/notebook/annals-notebook-file.c",
     "header_number (header, HEADER_APPLICATION_ID) != ANNALS_APPLICATION_NUMBER", "FALSE", "notebook-file"),
    ("stranger", "the file: a stranger’s tables are not taken", "src/notebook/annals-schema.c",
     "  if (g_str_equal (found, wanted))", "  if (found != NULL)", "notebook-file"),
    ("door", "the one door: every change is a step of the history", "src/notebook/annals-history.c",
     '"DELETE FROM history WHERE undone = 1"', '"DELETE FROM history"', "notebook-undo"),
    ("import", "the bulk door: an import that is undone is gone", "src/notebook/annals-history.c",
     "         annals_import_set_done (db, import_id, FALSE, changes, error);", "         TRUE;", "notebook-undo"),
    ("derived", "the index is derived: that it does not fit the texts is found", "src/notebook/annals-check.c",
     "  if (annals_index_check (db, &failure))\n    return TRUE;", "  if (annals_index_check (db, NULL) || TRUE)\n    return TRUE;",
     "notebook-repair"),
    ("trash", "deleting a post is a mark", "src/notebook/annals-posts.c",
     '"UPDATE post SET trashed = :value WHERE id = :id"', '"UPDATE post SET withdrawn = :value WHERE id = :id"', "search"),
    ("merge", "the newer change of a field wins a merge", "src/notebook/annals-merge-fields.c",
     "  *newer = their_time > our_time;\n  return TRUE;", "  *newer = their_time < our_time;\n  return TRUE;", "notebook-json"),
    ("points", "offsets are code points, not bytes", "src/text/annals-text.c",
     "  if (self->index == NULL)\n    return offset;", "  if (self->index == NULL || TRUE)\n    return offset;", "text"),
    ("nfc", "texts are NFC", "src/text/annals-text-stored.c",
     "  if (!annals_nfc_is (string, n_bytes))", "  if (FALSE)", "text"),
]


def run(*words, **more):
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
                          env={**os.environ, **more})


def copy_tree():
    os.makedirs(TREE, exist_ok=True)
    names = subprocess.run(["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                           check=True, capture_output=True).stdout
    for name in filter(None, os.fsdecode(names).split("\0")):
        source, target = os.path.join(ROOT, name), os.path.join(TREE, name)
        # what did not change keeps its time, so that only what did is compiled again
        if os.path.isfile(source) and not (os.path.exists(target) and filecmp.cmp(source, target, shallow=False)):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy2(source, target)
    if not os.path.exists(os.path.join(BUILD, "build.ninja")):
        subprocess.run(["meson", "setup", BUILD, TREE], check=True, stdout=subprocess.DEVNULL)


def how_to_run(name):
    """What has to be built, the command, and the environment beyond that of every test."""
    def tests(*parts):
        return os.path.join(TREE, "tests", *parts)

    def built(*parts):
        return os.path.join(BUILD, *parts)

    if name == "faults":
        targets = ["src/cli/annals-cli", "tests/faults/fault-shim.so"]
        return targets, [sys.executable, tests("faults", "test_faults.py"), *map(built, targets)], {}
    if name == "layers":
        return [], [sys.executable, tests("unit", "layers", "test-layers.py"), TREE, BUILD], {}
    if name.startswith("window/"):
        file, case = name.split()
        targets = ["src/app/annals", "src/cli/annals-cli", "data/gschemas.compiled", "tests/window/drop-source"]
        return targets, [tests("window", "run-headless"), "-c", "/usr/bin/python3", tests(file), case], {
            "ANNALS_APP": built("src", "app", "annals"), "ANNALS_CLI": built("src", "cli", "annals-cli"),
            "ANNALS_DROP_SOURCE": built("tests", "window", "drop-source"), "GSETTINGS_SCHEMA_DIR": built("data"),
            "XDG_DATA_DIRS": built("data") + ":/usr/share", "ANNALS_PICTURES": built("window-pictures"), "ANNALS_TRIES": "1"}
    return ["tests/unit/test-" + name], [built("tests", "unit", "test-" + name), "--tap"], {}


def run_test(name):
    """None when it passes, else what it said last."""
    targets, command, more = how_to_run(name)
    built = run("ninja", "-C", BUILD, *targets) if targets else None
    if built and built.returncode != 0:
        return "did not compile: " + built.stdout[-300:]
    # the parser of XML that is told to go on never ends
    result = run("timeout", "300" if name in command[0] else "900", *command, G_DEBUG="fatal-warnings", G_SLICE="always-malloc", TZ="UTC",
                 LC_ALL="C.UTF-8", GIO_USE_VFS="local", GSETTINGS_BACKEND="memory", G_TEST_SRCDIR=os.path.join(TREE, "tests"),
                 G_TEST_BUILDDIR=os.path.join(BUILD, "tests"), ANNALS_SHARED=os.path.join(ROOT, "..", "shared"), **more)
    if result.returncode == 0:
        return None
    failed = re.findall(r"^not ok \d+ (?:- )?(\S+)|^(?:FAIL|ERROR): (\w+)", result.stdout, re.M)
    failed = ["".join(names) for names in failed]
    begun = re.findall(r"^ok \d+ (\S+)", result.stdout, re.M)
    said = re.findall(r"ERROR:[^\n]*?:(\w+): ", result.stdout)
    return (failed or said or [f"ended with {result.returncode} after {begun[-1] if begun else 'its start'}"])[0]


def break_once(file, before, after, test):
    path = os.path.join(TREE, file)
    with open(path, encoding="utf-8") as source:
        sound = source.read()
    if sound.count(before) < 1:
        return "the place is not there any more", False
    try:
        with open(path, "w", encoding="utf-8") as source:
            source.write(sound.replace(before, after, 1))
        failed = run_test(test)
    finally:
        with open(path, "w", encoding="utf-8") as source:
            source.write(sound)
    if failed is None:
        return "NOTHING FAILED", False
    return failed, not failed.startswith("did not compile")


def main():
    asked = sys.argv[1:]
    copy_tree()
    status = 0
    for name, promise, file, before, after, test in MUTATIONS:
        if asked and name not in asked:
            continue
        sound = run_test(test)
        failed, ok = (f"fails already: {sound}", False) if sound else break_once(file, before, after, test)
        status |= not ok
        print(f"| {promise} | `{test}` | {name}: `{os.path.basename(file)}` | {failed} |", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
