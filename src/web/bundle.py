# SPDX-License-Identifier: MIT
"""Bundles the dashboard with esbuild: one script for each page and one style, named by the hash of what they hold.

Usage: bundle.py ESBUILD MODULES SOURCES OUTPUT.json DEPFILE. OUTPUT lists what embed.py makes part of the program."""
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys

NOTICE = "/*! cyberatlas, MIT. Contains modules of d3, (c) Mike Bostock, BSD-3-Clause: see src/web/NOTICE.md. */"


def run(esbuild, modules, sources, folder, kind, entries):
    command = [esbuild, *entries, "--bundle", "--minify", "--format=esm", "--target=es2020", "--charset=utf8",
               "--log-level=warning", f"--outdir={folder}/{kind}", "--entry-names=[name]"]
    if kind == "js":
        command += [f"--banner:js={NOTICE}"]
    subprocess.run(command, check=True, cwd=sources, env={**os.environ, "NODE_PATH": modules})


def hashed(path):
    """The file under a name that its bytes alone make: esbuild's own hash knows the path of the sources."""
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    stem, kind = os.path.splitext(path)
    named = f"{stem}-{digest[:12]}{kind}"
    os.rename(path, named)
    return named


def main():
    esbuild, modules, sources, output, depfile = sys.argv[1:6]
    folder = os.path.abspath(os.path.join(os.path.dirname(output), "dashboard"))
    shutil.rmtree(folder, ignore_errors=True)
    pages = sorted(glob.glob(os.path.join(sources, "pages", "*.ts")))
    run(os.path.abspath(esbuild), modules, sources, folder, "js", [os.path.relpath(page, sources) for page in pages])
    run(os.path.abspath(esbuild), modules, sources, folder, "css", ["app.css"])
    made = {}
    for kind in ("js", "css"):
        for path in glob.glob(os.path.join(folder, kind, "*.*")):
            named = hashed(path)
            made[f"assets/{kind}/{os.path.basename(named)}"] = named
    with open(output, "w", encoding="utf-8") as file:
        json.dump(made, file, indent=2, sort_keys=True)
    inputs = [os.path.join(sources, name) for name in ("", "pages", "app.css", "shapes.json", "tsconfig.json")]
    inputs += glob.glob(os.path.join(sources, "**", "*.ts"), recursive=True)
    with open(depfile, "w", encoding="utf-8") as file:
        file.write(f"{output}: {' '.join(sorted(inputs))}\n")


main()
