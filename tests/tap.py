# SPDX-License-Identifier: MIT
"""TAP in and out of the test command.

tap.py meson LABEL testlog.json   prints the TAP lines of every test of a Meson run; one that died or told nothing fails
tap.py sum FILE…                  prints all failures, then "N passed, N failed, N skipped"; 1 where any failed
"""
import json
import re
import sys

LINE = re.compile(r"^(not ok|ok)\b(.*)$", re.M)


def from_meson(label, path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            test = json.loads(line)
            name = f"{label} {test['name'].split(' / ')[-1]}"
            told = LINE.findall(test.get("stdout", ""))
            for word, rest in told:
                print(f"{word} {name}:{rest}")
            failed = any(word == "not ok" for word, _ in told)
            good = test["result"] in ("OK", "SKIP", "EXPECTEDFAIL")
            if (not good and not failed) or (not told and test["result"] != "SKIP"):
                print(f"not ok {name}: {test['result']}, status {test['returncode']}")
                last = (test.get("stderr") or test.get("stdout", "")).splitlines()[-40:]
                print("\n".join("# " + text for text in last))


def total(paths):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for path in paths:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
        told = LINE.findall(text)
        if not told:
            told = [("not ok", f" {path} holds no result")]
        for word, rest in told:
            if re.search(r"#\s*skip", rest, re.I):
                counts["skipped"] += 1
            else:
                counts["passed" if word == "ok" else "failed"] += 1
            if word == "not ok":
                print(f"not ok{rest}")
    print(", ".join(f"{number} {word}" for word, number in counts.items()))
    return 1 if counts["failed"] else 0


if sys.argv[1] == "meson":
    from_meson(sys.argv[2], sys.argv[3])
else:
    sys.exit(total(sys.argv[2:]))
