#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-layers.py SOURCE BUILD: proves the fence between the folders of src/.

With the flags that the build really gives each folder, a file of that folder compiles when it includes
headers of its own folder and of those above it, and does not when it includes one from below. No file
includes by a path, only src/app includes GTK, only src/notebook includes sqlite3.h. The window's thread waits
for nothing: what a handler of src/app calls reads no file and asks no notebook, but on another thread. Speaks TAP.
"""
import functools
import json
import os
import re
import shlex
import subprocess
import sys

FOLDERS = ["text", "dates", "anchor", "notebook", "import", "search", "timeline", "export", "cli", "app", "search-provider"]
ENDS = ("cli", "app", "search-provider")   # use everything, nobody uses them
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
GTK = re.compile(r"^(gtk/|gdk/|gsk/|adwaita\.h|gtksourceview/)")

# What waits for the disk. A function of the core that can be cancelled, and is not asynchronous, does as well.
WAITS = (r"g_file_(?:get_contents|set_contents|set_contents_full|test|load_contents|replace_contents|query_info|query_exists|read|"
         r"replace|delete|copy|move|make_directory\w*|enumerate_children)|g_(?:stat|lstat|open|fopen|unlink|remove|rename|mkdir|"
         r"mkdir_with_parents|rmdir|access|dir_open|usleep|spawn_\w*sync)|g_\w+_sync|fsync|fopen")
ELSEWHERE = ("_in_thread", "_in_reader", "_in_writer")   # what runs on other threads is called so
MAY_WAIT = {"annals_application_shutdown"}   # its windows are gone
PROTOTYPE = re.compile(r"^[\w \t*]*?\b(annals_\w+)\s*\(([^;{]*?)\);", re.M)
BODY = re.compile(r"^((?:static |inline )*)[\w ]+(?:\n| ?\*+\n?)(\w+) \([^{};]*\)\n\{\n(.*?)^\}", re.M | re.S)


def usable(folder):
    """The folders whose headers `folder` may include."""
    if folder in ENDS:
        return [name for name in FOLDERS if name not in ENDS or name == folder]
    return FOLDERS[:FOLDERS.index(folder) + 1]


def files_of(source, folder, suffixes):
    found = []
    for where, _, names in os.walk(os.path.join(source, "src", folder)):
        found += [os.path.join(where, name) for name in names if name.endswith(suffixes)]
    return sorted(found)


def included_by(source, folders):
    """Names of the headers that files of these folders include."""
    return set().union(*(headers_in(source, folder) for folder in folders))


@functools.cache
def headers_in(source, folder):
    found = set()
    for path in files_of(source, folder, (".c", ".h")):
        with open(path, encoding="utf-8") as file:
            found.update(header for _, header in INCLUDE.findall(file.read()))
    return found


def flags_of(source, build, folder):
    """Compiler and flags of one file of the folder, without input, output and dependency file."""
    top = os.path.join(source, "src", folder) + os.sep
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        commands = json.load(file)
    for command in commands:
        if os.path.realpath(os.path.join(command["directory"], command["file"])).startswith(top):
            flags, words = [], iter(shlex.split(command["command"]))
            for word in words:
                if word in ("-o", "-MF", "-MQ", "-MT", "-c"):
                    next(words)
                elif word not in ("-MD", "-MMD"):
                    flags.append(word)
            # not our subject, and a header alone may leave a static inline unused
            return [flag for flag in flags if not flag.startswith("-Werror")]
    return None


def compiles(flags, build, code):
    """From standard input, so that no folder of a file on disk is looked in as well."""
    run = subprocess.run([*flags, "-w", "-fsyntax-only", "-fdiagnostics-color=never", "-x", "c", "-"], cwd=build, input=code,
                         capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    return run.returncode == 0, run.stderr


def include(headers):
    return '#include "config.h"\n' + "".join(f'#include "{os.path.basename(h)}"\n' for h in headers)


class Tap:
    def __init__(self):
        self.number = self.failed = 0

    def check(self, name, problem):
        self.number += 1
        self.failed += bool(problem)
        print(f"{'not ok' if problem else 'ok'} {self.number} {name}", flush=True)
        for line in problem.splitlines():
            print("# " + line)

    def skip(self, name, reason):
        self.number += 1
        print(f"ok {self.number} {name} # SKIP {reason}")


def check_folder(tap, source, build, folder):
    flags = flags_of(source, build, folder)
    if flags is None:
        if folder in ("app", "search-provider"):
            tap.skip(f"/layers/{folder}", "the application is not built")
        else:
            tap.check(f"/layers/{folder}", f"compile_commands.json has no file of src/{folder}")
        return

    # of its own folder every header, of the others those that it or a folder between includes
    above = []
    for name in usable(folder):
        if name == folder:
            above += files_of(source, name, (".h",))
        elif name not in ENDS:
            wanted = included_by(source, [other for other in usable(folder) if other != name])
            above += [h for h in files_of(source, name, (".h",)) if os.path.basename(h) in wanted]
    ok, error = compiles(flags, build, include(above))
    tap.check(f"/layers/{folder}/includes-above", "" if ok else error)

    for name in FOLDERS:
        if name in usable(folder):
            continue
        headers = files_of(source, name, (".h",))
        if not headers:
            tap.skip(f"/layers/{folder}/not-{name}", f"src/{name} has no header")
            continue
        ok, error = compiles(flags, build, include(headers[:1]))
        problem = ""
        if ok:
            problem = f"a file of src/{folder} can include {os.path.basename(headers[0])} of src/{name}"
        elif "No such file" not in error and "file not found" not in error:
            problem = "does not compile, but not because the header cannot be found:\n" + error
        # and no single header of the folder is within reach
        seen = "".join(f'#if __has_include("{os.path.basename(h)}")\n#error {h}\n#endif\n' for h in headers)
        ok, error = compiles(flags, build, seen)
        tap.check(f"/layers/{folder}/not-{name}", problem + ("" if ok else error))


def wrong_includes(source):
    paths, gtk, sqlite = [], [], []
    for folder in FOLDERS:
        for path in files_of(source, folder, (".c", ".h")):
            with open(path, encoding="utf-8") as file:
                content = file.read()
            for quote, name in INCLUDE.findall(content):
                entry = f"{os.path.relpath(path, source)} includes {name}"
                if ".." in name or (quote == '"' and "/" in name):
                    paths.append(entry)
                if folder != "app" and GTK.match(name):
                    gtk.append(entry)
                if folder != "notebook" and name == "sqlite3.h":
                    sqlite.append(entry)
    return paths, gtk, sqlite


def waiting_of_core(source):
    found = set()
    for folder in FOLDERS:
        for path in files_of(source, folder, (".h",)) if folder not in ENDS else ():
            with open(path, encoding="utf-8") as file:
                found.update(name for name, words in PROTOTYPE.findall(file.read())
                             if "GCancellable" in words and "AnnalsDb " not in words and "GAsyncReadyCallback" not in words)
    return found


def bodies_of(path):
    """(name, its body) of each function, a static one's with its file."""
    with open(path, encoding="utf-8") as file:
        content = file.read()
    for how, name, body in BODY.findall(content):
        yield (os.path.basename(path) + ":" if "static" in how else "") + name, body


def waiting_handlers(source):
    """Functions of src/app that wait, or call one of its own that does, and that nothing there calls: callbacks and vfuncs."""
    bodies = {name: (os.path.basename(path) + ":", body) for path in files_of(source, "app", (".c",))
              for name, body in bodies_of(path)}
    calls = {name: {inner for word in re.findall(r"\b(\w+) \(", body) for inner in (file + word, word) if inner in bodies}
             for name, (file, body) in bodies.items()}
    waits = re.compile(r"\b(?:" + "|".join([WAITS, *sorted(waiting_of_core(source))]) + r") \(")
    waiting = {name for name, (_, body) in bodies.items() if waits.search(body) and not name.endswith(ELSEWHERE)}
    callers = waiting
    while callers:
        callers = {name for name in bodies if calls[name] & callers and not name.endswith(ELSEWHERE)} - waiting
        waiting |= callers
    called = set().union(*calls.values())
    return len(bodies), sorted(name for name in waiting - called if name not in MAY_WAIT and name.split(":")[-1] not in MAY_WAIT)


def main():
    source, build = map(os.path.realpath, sys.argv[1:3])
    tap = Tap()

    for folder in FOLDERS:
        check_folder(tap, source, build, folder)

    paths, gtk, sqlite = wrong_includes(source)
    tap.check("/layers/no-path-in-includes", "\n".join(paths))
    tap.check("/layers/gtk-only-in-app", "\n".join(gtk))
    tap.check("/layers/sqlite-only-in-notebook", "\n".join(sqlite))

    n_functions, handlers = waiting_handlers(source)
    tap.check("/layers/app/is-read", "" if n_functions > 1000 else f"only {n_functions} functions were found")
    tap.check("/layers/app/never-waits", "\n".join(f"{name} waits" for name in handlers))

    print(f"1..{tap.number}")
    return 1 if tap.failed else 0


sys.exit(main())
