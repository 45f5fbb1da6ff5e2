# SPDX-License-Identifier: MIT
"""Rows about lists that are put together when they are asked for: no answer is kept, so every question is new."""
import itertools
import json
import os
import sys

from measure import HERE, fetch, free_port, start, stop, wait_for
from peers import Peers
from rows_ready import Atlas
from teams import grown_dataset

PAGE = 50


def _pairs(port):
    """Lists of the teams of two countries; the countries that have most of them."""
    countries = json.loads(fetch(port, "/v1/countries"))["data"]
    most = sorted(countries, key=lambda one: (-one["certs"], one["code"]))[:60]
    codes = sorted(one["code"] for one in most)
    return [f"/v1/certs?country={a},{b}&status=active" for a, b in itertools.combinations(codes, 2)]


def _require_same(ours, other, targets):
    for target in targets:
        bodies = [json.loads(fetch(port, target)) for port in (ours, other)]
        for part in ("data", "meta"):
            if bodies[0][part] != bodies[1][part]:
                sys.exit(f"the two give different answers to {target}:\n{bodies[0][part]}\n{bodies[1][part]}")


def new_lists(bench):
    port = free_port()
    with Atlas(bench, "--cache", "0") as ours:
        peer = start("node", os.path.join(HERE, "fastify", "server.mjs"), bench.dataset, str(port))
        try:
            wait_for(port, peer, "/v1/certs?country=BE")
            targets = _pairs(ours[0])
            _require_same(ours[0], port, targets[::50])
            size = sum(len(fetch(ours[0], target)) for target in targets[::50]) // len(targets[::50])
            servers = {"cyberatlas": ours, "fastify": (port, peer)}
            found = bench.rounds_of(servers, lambda name: bench.load(*servers[name], targets))
        finally:
            stop(peer)
    bench.say("list", f"teams of two countries, {size:,} bytes, CPU µs", found["cyberatlas"].cpu, "fastify",
              found["fastify"].cpu, 0.15)


def of_many_teams(bench):
    """One page of 50, its bytes made of 20,000 teams; the floor sends as many."""
    with Atlas(bench, "--cache", "0", dataset=grown_dataset(bench)) as ours:
        targets = [f"{target}&limit={PAGE}" for target in _pairs(ours[0])]
        with Peers(bench, ours, targets[0], ["floor"]) as peers:
            size = len(fetch(ours[0], targets[0]))
            found = bench.rounds_of(peers.ports, lambda name: bench.load(
                peers.ports[name], peers.processes[name], targets))
    bench.say("teams", f"a page of {PAGE} of 20,000, {size:,} bytes, CPU µs", found["cyberatlas"].cpu, "floor",
              found["floor"].cpu, 4.0)
