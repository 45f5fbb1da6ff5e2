# SPDX-License-Identifier: MIT
"""Measures, row by row; see run.sh. Usage: bench.py PROGRAM DATA ROUNDS SECONDS [ROW,…]

Rounds alternate between the servers, and the middle one of each figure counts, so that a busy moment of the machine
does not decide."""
import os
import platform
import subprocess
import sys
import tempfile

from lists import new_lists, of_many_teams
from measure import HERE, Bench, format_line
from questions import hostile_mix, new_questions
from rows_long import first_answer, idle, memory, reload
from rows_ready import documents, hot, not_modified, packed, threads

ROWS = {
    "hot": hot, "304": not_modified, "gzip": packed, "list": new_lists, "teams": of_many_teams, "scores": new_questions,
    "start": first_answer, "memory": memory, "idle": idle, "reload": reload, "documents": documents,
    "threads": threads, "mix": hostile_mix,
}


def _told(*command, where=None):
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=where)
    return (run.stdout + run.stderr).strip().split("\n")[0]


def _libraries(program):
    """Of the libraries that decide: what this process would get."""
    found = []
    for line in subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout.splitlines():
        if "microhttpd" in line or "sqlite3" in line:
            found.append(os.path.basename(os.path.realpath(line.split()[2])))
    return ", ".join(found)


def say_versions(program):
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                  if line.startswith("model name")), platform.machine())
    print(f"{model}, {os.cpu_count()} processors; Linux {platform.release()}; load {os.getloadavg()[0]:.1f}")
    print(f"{_told(program, '--version')}; {_libraries(program)}")
    print(f"{_told('nginx', '-v')}; {_told('h2o', '--version')}; node {_told('node', '--version')}, " + _told(
        "node", "-e", "const v = (name) => name + ' ' + require(name + '/package.json').version;"
        "console.log(v('fastify') + ', ' + v('better-sqlite3'))", where=os.path.join(HERE, "fastify")))


def main():
    program, data, rounds, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    wanted = sys.argv[5].split(",") if len(sys.argv) > 5 and sys.argv[5] else list(ROWS)
    unknown = [name for name in wanted if name not in ROWS]
    if unknown:
        sys.exit(f"no row {unknown[0]}; there are {', '.join(ROWS)}")
    say_versions(program)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        bench = Bench(program, data, folder, rounds, seconds)
        for name in wanted:
            ROWS[name](bench)
    missed = [line for line in bench.table if line[-1] is False]
    print(f"\n{len(missed)} missed" + "".join("\n" + format_line(line) for line in missed))


main()
