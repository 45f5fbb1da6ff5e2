# SPDX-License-Identifier: MIT
"""The files of the tree as a dict path → text, and what the rules ask about C code."""
import os
import re
import subprocess

TEXT_LIMIT = 8 * 1024 * 1024
SKIPPED_FOLDERS = {".git", "node_modules", "__pycache__"}


def names(root):
    """Paths of what git knows or would add; without git, all files but build folders."""
    command = ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        run = subprocess.run(command, capture_output=True, check=True)
        return sorted(set(run.stdout.decode().split("\0")) - {""})
    except (OSError, subprocess.CalledProcessError):
        found = []
        for folder, folders, files in os.walk(root):
            folders[:] = [f for f in folders if f not in SKIPPED_FOLDERS and not f.startswith("build")]
            found += [os.path.relpath(os.path.join(folder, f), root) for f in files]
        return sorted(found)


def load(root):
    tree = {}
    for name in names(root):
        path = os.path.join(root, name)
        if not os.path.isfile(path) or os.path.islink(path) or os.path.getsize(path) > TEXT_LIMIT:
            continue
        with open(path, "rb") as file:
            data = file.read()
        if b"\0" not in data:
            tree[name] = data.decode("utf-8", "replace")
    return tree


def is_c(name):
    return name.endswith((".c", ".h"))


def is_product(name):
    return is_c(name) and name.startswith(("src/", "include/"))


def room_of(name):
    """The room a C file belongs to; "main" for what stands directly in src/."""
    parts = name.split("/")
    if name.startswith("include/cyberatlas/"):
        return "base" if parts[2] == "base" else parts[2][:-2]
    return parts[1] if len(parts) > 2 else "main"


TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def bare(text):
    """C code without comments and what stands in quotes; lines keep their numbers."""
    def blank(match):
        token = match.group()
        inside = "\n" * token.count("\n")
        return '""' if token[0] == '"' else "' '" if token[0] == "'" else " " + inside
    return TOKEN.sub(blank, text)


def functions(text):
    """(name, first line, length) of each function: from its first line to the closing brace in the first column."""
    found, start, head = [], None, ""
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"[A-Za-z_]", line) and not line.endswith(";") and not line.endswith("\\"):
            start, head = number, line
        elif start is not None and line.startswith("{"):
            head += "{"
        elif line.startswith("}") and start is not None:
            name = re.search(r"(\w+)\(", head)
            if name and head.endswith("{") and "=" not in head:
                found.append((name.group(1), start, number - start + 1))
            start = None
        elif start is not None and line.endswith(";") and not head.endswith("{"):
            start = None
    return found


def matches(tree, wanted, pattern, code=True):
    """"FILE:LINE: text" for each match of `pattern` in the files that `wanted` says; in C only outside quotes."""
    found = []
    for name, text in tree.items():
        if not wanted(name):
            continue
        for number, line in enumerate((bare(text) if code and is_c(name) else text).split("\n"), 1):
            for match in re.finditer(pattern, line):
                found.append(f"{name}:{number}: {match.group()}")
    return found
