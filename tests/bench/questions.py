# SPDX-License-Identifier: MIT
"""Scores for weights that nobody asked before: the same job done by fastify and better-sqlite3 in tests/bench/fastify,
and what a mix of questions made to hurt costs at most."""
import json
import os
import re
import subprocess
import sys

from measure import fetch, free_port, load, report, resident_kib, start, start_atlas, stop, wait_for

HERE = os.path.dirname(os.path.abspath(__file__))
SCORES = "/v1/scores"
SAME = ("", "?weights=cip-strategy:3,mandatory-reporting:2",
        "?weights=agency-cio-cso:97,annual-audit:96,cip-strategy:0", "?as_of=2016-12-31",
        "?as_of=2020-12-31&max_age=P5Y", "?basis=assessor", "?sure=low",
        "?weights=strategy-in-place:41&as_of=2024-10-18&basis=assessor,our_reading,eu_law&sure=low")
SCRIPT = ("-c16", "--timeout", "30s", "-s", os.path.join(HERE, "questions.lua"))


def require_same(ours, other):
    """Before any timing: the two do the same job."""
    for query in SAME:
        bodies = [json.loads(fetch(port, SCORES + query)) for port in (ours, other)]
        for part in ("data", "meta"):
            if bodies[0][part] != bodies[1][part]:
                pairs = zip(bodies[0][part], bodies[1][part]) if part == "data" else [[body[part] for body in bodies]]
                sys.exit("the two give different answers to %s%s:\n%s\n%s" % (
                    SCORES, query, *next((a, b) for a, b in pairs if a != b)))


def metric(port, name):
    return float(re.search(rf"^{name} (\S+)$", fetch(port, "/metrics").decode(), re.M).group(1))


def versions():
    told = subprocess.run(["node", "-e", "const v = (name) => require(name + '/package.json').version;"
                           "console.log(v('fastify'), v('better-sqlite3'), process.version)"],
                          cwd=os.path.join(HERE, "fastify"), capture_output=True, text=True, check=True).stdout.split()
    return f"fastify {told[0]}, better-sqlite3 {told[1]}, node {told[2]}"


def new_questions(program, dataset, rounds, seconds):
    ports = {"cyberatlas": free_port(), "fastify+better-sqlite3": free_port()}
    admin = free_port()
    running = [start_atlas(program, dataset, ports["cyberatlas"], "--admin-port", str(admin))]
    try:
        running.append(start("node", os.path.join(HERE, "fastify", "server.mjs"), dataset,
                             str(ports["fastify+better-sqlite3"])))
        for process, name in zip(running, ports):
            wait_for(ports[name], process, SCORES)
        require_same(*ports.values())
        figures = {name: [] for name in ports}
        hits = metric(admin, "cyberatlas_cache_hits")
        for number in range(rounds):
            for process, name in zip(running, ports):
                figures[name].append(load(ports[name], process.pid, seconds, options=SCRIPT,
                                          script=("weights", str((number + 1) * 10**7))))
        if metric(admin, "cyberatlas_cache_hits") != hits:
            sys.exit("a question was not new")
        size = len(fetch(ports["cyberatlas"], SCORES + SAME[1]))
        print(f"\n{SCORES}?weights=…, each asked once: all countries, computed for it; {versions()}")
        report(f"JSON, {size:,} bytes", figures)
    finally:
        for process in running:
            stop(process)


def hostile_mix(program, dataset, rounds, seconds):
    """Memory stands still where the mix goes on, and no question costs more than the next."""
    port, admin = free_port(), free_port()
    process = start_atlas(program, dataset, port, "--admin-port", str(admin), "--cache", "16m")
    try:
        wait_for(port, process, SCORES)
        print(f"\n{'a hostile mix of questions':32}{'a second':>10}{'µs each':>10}{'cache MiB':>11}{'memory MiB':>12}"
              f"{'at most':>9}")
        print(f"{'before':52}{metric(admin, 'cyberatlas_cache_bytes') / 2**20:11.1f}"
              f"{resident_kib(process.pid) / 1024:12.1f}{resident_kib(process.pid, 'VmHWM') / 1024:9.1f}")
        for number in range(rounds):
            rate, used = load(port, process.pid, seconds, options=SCRIPT, script=("hostile", str((number + 1) * 10**7)))
            kept = metric(admin, "cyberatlas_cache_bytes") / 2**20
            print(f"{'round ' + str(number + 1):32}{rate:10,.1f}{used:10,.1f}{kept:11.1f}"
                  f"{resident_kib(process.pid) / 1024:12.1f}{resident_kib(process.pid, 'VmHWM') / 1024:9.1f}")
            if kept > 16:
                sys.exit("the cache outgrew its ceiling of 16 MiB")
    finally:
        stop(process)
