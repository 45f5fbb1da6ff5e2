# SPDX-License-Identifier: MIT
"""Rows about ready answers: beside servers that send the same bytes, with more threads, and out of more documents."""
import json
import re

from measure import fetch, free_port, raw, start_atlas, stop, wait_for
from peers import Peers
from teams import grown_dataset


class Atlas:
    """The program, started and stopped."""

    def __init__(self, bench, *more, dataset=None):
        self.port = free_port()
        self.process = start_atlas(bench.program, dataset or bench.dataset, self.port, "--admin-listen=", *more)

    def __enter__(self):
        wait_for(self.port, self.process, "/v1")
        return self.port, self.process

    def __exit__(self, *_):
        stop(self.process)


def sized_target(port, size):
    """The team's document whose length is nearest to `size`."""
    ids = [team["self"] for team in json.loads(fetch(port, "/v1/certs?limit=200"))["data"]]
    return min(ids, key=lambda target: abs(len(fetch(port, target)) - size))


def largest_profile(port):
    countries = json.loads(fetch(port, "/v1/countries"))["data"]
    return max((one["self"] for one in countries if one["profile"] == "available"),
               key=lambda target: len(fetch(port, target)))


def hot(bench):
    with Atlas(bench) as ours:
        target = sized_target(ours[0], 2048)
        with Peers(bench, ours, target, ["floor", "nginx", "h2o"]) as peers:
            found = peers.measure()
            size = len(fetch(ours[0], target))
    mine = found["cyberatlas"]
    what = f"{size:,} bytes, CPU µs"
    bench.say("hot", what, mine.cpu, "floor", found["floor"].cpu, 1.25)
    bench.say("hot", what, mine.cpu, "nginx", found["nginx"].cpu, 0.70)
    bench.say("hot", what, mine.cpu, "h2o", found["h2o"].cpu)
    bench.say("hot", "requests a second", mine.rate, "nginx", found["nginx"].rate, 1.4, least=True)
    bench.say("hot", "requests a second", mine.rate, "floor", found["floor"].rate)


def not_modified(bench):
    with Atlas(bench) as ours:
        target = sized_target(ours[0], 2048)
        with Peers(bench, ours, target, ["nginx"]) as peers:
            tags = {name: re.search(rb"etag: *(\S+)", raw(port, target), re.I)[1].decode()
                    for name, port in peers.ports.items()}
            found = peers.measure(status=304, of_each=lambda name: [f"If-None-Match: {tags[name]}"])
    bench.say("304", "CPU µs", found["cyberatlas"].cpu, "nginx", found["nginx"].cpu, 0.92)


def packed(bench):
    with Atlas(bench) as ours:
        target = largest_profile(ours[0])
        size = len(fetch(ours[0], target, "gzip"))
        with Peers(bench, ours, target, ["nginx"]) as peers:
            found = peers.measure(["Accept-Encoding: gzip"])
    bench.say("gzip", f"{target}, {size:,} bytes, CPU µs", found["cyberatlas"].cpu, "nginx", found["nginx"].cpu, 0.7)


def side_by_side(bench, first, second, target):
    """Medians of two servers of our own."""
    servers = {"first": first, "second": second}
    return bench.rounds_of(servers, lambda name: bench.load(*servers[name], [target]))


def threads(bench):
    with Atlas(bench) as one, Atlas(bench, "--threads", "2") as two:
        found = side_by_side(bench, one, two, sized_target(one[0], 2048))
    bench.say("threads", "two, CPU µs", found["second"].cpu, "one", found["first"].cpu, 1.08)
    bench.say("threads", "two, requests a second", found["second"].rate, "one", found["first"].rate)


def documents(bench):
    grown = grown_dataset(bench)
    with Atlas(bench) as few, Atlas(bench, dataset=grown) as many:
        target = sized_target(few[0], 2048)
        found = side_by_side(bench, few, many, target)
    bench.say("documents", "20,000 teams more, CPU µs", found["second"].cpu, "without", found["first"].cpu, 1.05)
