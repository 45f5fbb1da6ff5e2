# SPDX-License-Identifier: MIT
"""Holds the tree to its rules; prints TAP. Usage: lint.py SOURCE_ROOT"""
import shutil
import statistics
import subprocess
import sys

import rules
import tree as files


def shell_syntax(root, tree):
    bad = []
    for name, text in tree.items():
        if text.startswith("#!/bin/sh") or name.endswith(".sh"):
            run = subprocess.run(["sh", "-n", name], cwd=root, capture_output=True, text=True, check=False)
            bad += run.stderr.splitlines()
    return bad


def layout(root, tree):
    names = [name for name in tree if files.is_c(name)]
    run = subprocess.run(["clang-format", "--dry-run", "--Werror", *names], cwd=root, capture_output=True, text=True,
                         check=False)
    return sorted({line.split(":")[0] for line in run.stderr.splitlines() if ": error:" in line})


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else "."
    tree = files.load(root)
    results = [(name, rule(tree)) for name, rule in rules.RULES.items()]
    results.append(("shell scripts parse", shell_syntax(root, tree)))
    if shutil.which("clang-format"):
        results.append(("clang-format changes nothing", layout(root, tree)))
    print(f"1..{len(results)}")
    for number, (name, complaints) in enumerate(results, 1):
        print(f"{'not ok' if complaints else 'ok'} {number} - {name}")
        for complaint in complaints:
            print(f"#   {complaint}")
    counted = sorted(rules.lengths(tree)) or [0]
    print(f"# {len(counted)} functions: median {statistics.median(counted)} lines, longest {counted[-1]}")
    return 1 if any(complaints for _, complaints in results) else 0


if __name__ == "__main__":
    sys.exit(main())
