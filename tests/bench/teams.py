# SPDX-License-Identifier: MIT
"""Seeds with 20,000 response teams more, made by a seeded generator, and the dataset of them, without compression."""
import glob
import json
import os
import random
import shutil
import subprocess
import time

COUNT, SEED = 20000, 7
SOURCE = "enisa-csirts-2023"


def _team(number, chance):
    words = [chance.choice(("North", "South", "Port", "Bridge", "River", "Hill", "Lake", "Field")) for _ in range(2)]
    return {"id": f"bench-{number:05}", "source": SOURCE, "at": f"row {number}",
            "name": f"{' '.join(words)} Response Team {number}",
            "status": {"value": "active", "observed": f"20{chance.randrange(10, 26)}-0{chance.randrange(1, 10)}"}}


def _grow(data):
    chance = random.Random(SEED)
    files = [name for name in sorted(glob.glob(f"{data}/certs/*.json")) if not name.endswith("_org.json")]
    for part, name in enumerate(files):
        with open(name, encoding="utf-8") as file:
            seeds = json.load(file)
        seeds["certs"] += [_team(number, chance) for number in range(part, COUNT, len(files))]
        with open(name, "w", encoding="utf-8") as file:
            json.dump(seeds, file, ensure_ascii=False, indent=2)


def grown_dataset(bench):
    """Made once for all rows of a run."""
    path = os.path.join(bench.folder, "grown.db")
    if not os.path.exists(path):
        data = shutil.copytree(bench.data, os.path.join(bench.folder, "grown"))
        _grow(data)
        began = time.monotonic()
        subprocess.run([bench.program, "build", data, "-o", path, "--no-compress"], check=True)
        bench.say("build", "with 20,000 teams more, not compressed, s", time.monotonic() - began)
    return path
