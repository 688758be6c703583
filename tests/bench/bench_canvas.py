# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a frame takes while a timeline of 10,000 events is moved and zoomed, its layout, and the overview of an archive.

    bench_canvas.py BENCH-CANVAS ANNALS-CLI [BENCH-CORPUS]    ANNALS_BENCH_POSTS: posts of the archive, 100,000 else
"""
import os
import subprocess
import sys
import tempfile

bench, cli, *corpus = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    notebook = []
    if corpus:
        path, archive = os.path.join(folder, "bench.annals"), os.path.join(folder, "bench.wxr")
        subprocess.run([corpus[0], "wxr", os.environ.get("ANNALS_BENCH_POSTS", "100000"), archive], check=True)
        subprocess.run([cli, "new", path], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([cli, "import", path, archive, "--no-index"], check=True, stdout=subprocess.DEVNULL)
        notebook = [path]
    sys.exit(subprocess.run([bench, *notebook]).returncode)
