# SPDX-License-Identifier: MIT
"""Scores for weights that nobody asked before: the same job done by fastify and better-sqlite3 in tests/bench/fastify,
and what a mix of questions made to hurt costs at most."""
import itertools
import json
import os
import re
import sys

from measure import fetch, free_port, resident_kib, start, start_atlas, stop, wait_for, wrk

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


def new_questions(bench):
    ports = {"cyberatlas": free_port(), "fastify": free_port()}
    admin = free_port()
    running = {"cyberatlas": start_atlas(bench.program, bench.dataset, ports["cyberatlas"], "--admin-port", str(admin))}
    try:
        running["fastify"] = start("node", os.path.join(HERE, "fastify", "server.mjs"), bench.dataset,
                                   str(ports["fastify"]))
        for name, process in running.items():
            wait_for(ports[name], process, SCORES)
        require_same(*ports.values())
        hits = metric(admin, "cyberatlas_cache_hits")
        first = itertools.count(1)
        found = bench.rounds_of(ports, lambda name: wrk(ports[name], running[name].pid, bench.seconds, SCRIPT,
                                                        ("weights", str(next(first) * 10**7))))
        if metric(admin, "cyberatlas_cache_hits") != hits:
            sys.exit("a question was not new")
        size = len(fetch(ports["cyberatlas"], SCORES + SAME[1]))
    finally:
        for process in running.values():
            stop(process)
    bench.say("scores", f"new weights, {size:,} bytes, CPU µs", found["cyberatlas"].cpu, "fastify",
              found["fastify"].cpu, 0.15)


def hostile_mix(bench):
    """Memory stands still where the mix goes on, and no question costs more than the next."""
    port, admin = free_port(), free_port()
    process = start_atlas(bench.program, bench.dataset, port, "--admin-port", str(admin), "--cache", "16m")
    try:
        wait_for(port, process, SCORES)
        before = resident_kib(process.pid) / 1024
        for number in range(bench.rounds):
            figures = wrk(port, process.pid, bench.seconds, SCRIPT, ("hostile", str((number + 1) * 10**7)))
            kept = metric(admin, "cyberatlas_cache_bytes") / 2**20
            bench.say("mix", f"round {number + 1}, CPU µs", figures.cpu)
            bench.say("mix", f"round {number + 1}, MB, {kept:.0f} of them cache", resident_kib(process.pid) / 1024,
                      "before", before)
            if kept > 16:
                sys.exit("the cache outgrew its ceiling of 16 MB")
    finally:
        stop(process)
