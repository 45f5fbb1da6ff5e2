# SPDX-License-Identifier: MIT
"""Rows about a server's life: start, memory, connections that wait, and reloads under load."""
import os
import re
import resource
import signal
import socket
import statistics
import subprocess
import threading
import time

from measure import fetch, free_port, resident_kib, start_atlas, stop, wait_for
from rows_ready import Atlas, sized_target
from teams import grown_dataset

REQUESTS, RELOADS, WAITING = 1_000_000, 200, 10_000


def _first_answer(bench, dataset):
    port = free_port()
    began = time.monotonic()
    process = start_atlas(bench.program, dataset, port, "--admin-listen=")
    wait_for(port, process, "/v1")
    spent = time.monotonic() - began
    stop(process)
    return spent * 1000


def _summed(dataset):
    began = time.monotonic()
    subprocess.run(["sha256sum", dataset], check=True, stdout=subprocess.DEVNULL)
    return (time.monotonic() - began) * 1000


def first_answer(bench):
    for name, dataset in (("data/", bench.dataset), ("20,000 teams more", grown_dataset(bench))):
        spent = [(_first_answer(bench, dataset), _summed(dataset)) for _ in range(max(bench.rounds, 3))]
        ours, other = (statistics.median(column) for column in zip(*spent))
        bench.say("start", f"{name}, {os.path.getsize(dataset) / 2**20:.0f} MB, ms", ours, "sha256sum", other, 1.5)


class Admin:
    """A server with an admin listener, and what that says."""

    def __init__(self, bench, *more):
        self.port, self.admin = free_port(), free_port()
        self.process = start_atlas(bench.program, bench.dataset, self.port, "--admin-port", str(self.admin),
                                   "--watch", "0", *more)

    def __enter__(self):
        wait_for(self.port, self.process, "/v1")
        return self

    def __exit__(self, *_):
        stop(self.process)

    def figure(self, name):
        return float(re.search(rf"^{name} (\S+)$", fetch(self.admin, "/metrics").decode(), re.M).group(1))

    def reload(self):
        """Once, and until it is done and the former dataset is gone."""
        before = self.figure("cyberatlas_reloads_total")
        self.process.send_signal(signal.SIGHUP)
        while self.figure("cyberatlas_reloads_total") == before or self.figure("cyberatlas_generations") > 1:
            time.sleep(0.01)


def memory(bench):
    with Admin(bench, "--cache", "0") as server:
        target = sized_target(server.port, 2048)
        ready = server.figure("cyberatlas_body_bytes") / 2**20
        allowed = ready + server.figure("cyberatlas_bodies") * 2.5 / 1024 + 12
        bench.load(server.port, server.process, [target], seconds=1)
        before = resident_kib(server.process.pid) / 1024
        bench.say("memory", f"MB, with {ready:.0f} MB of answers", before, "allowed", allowed, 1.0)
        asked = 0
        while asked < REQUESTS:
            figures = bench.load(server.port, server.process, [target], seconds=5)
            asked += figures.rate * 5
        after = resident_kib(server.process.pid) / 1024
        bench.say("memory", f"MB, {asked:,.0f} requests later", after, "before", before)
        for _ in range(RELOADS):
            server.reload()
        bench.say("memory", f"MB, {RELOADS} reloads later", resident_kib(server.process.pid) / 1024, "before", before)


def idle(bench):
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    count = min(WAITING, most - 500)
    with Atlas(bench, "--connections", str(count + 500)) as (port, process), Atlas(bench) as other:
        target = sized_target(port, 2048)
        bench.load(port, process, [target], seconds=1)
        before = resident_kib(process.pid)
        waiting = []
        for _ in range(count):
            waiting.append(socket.create_connection(("127.0.0.1", port), timeout=30))
            waiting[-1].sendall(b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n")
        for client in waiting:
            client.recv(4096)
        each = (resident_kib(process.pid) - before) / count
        bench.say("idle", f"KB for each of {count:,} connections", each, "allowed", 17, 1.0)
        servers = {"with": (port, process), "without": other}
        found = bench.rounds_of(servers, lambda name: bench.load(*servers[name], [target], seconds=min(
            bench.seconds, 10)))
        for client in waiting:
            client.close()
    bench.say("idle", "hot requests a second", found["with"].rate, "without", found["without"].rate, 0.95, least=True)


def reload(bench):
    with Admin(bench) as server:
        target = sized_target(server.port, 2048)
        over = threading.Event()

        def twice_a_second():
            while not over.wait(0.5):
                server.process.send_signal(signal.SIGHUP)

        def measure(name):
            if name == "without":
                return bench.load(server.port, server.process, [target])
            over.clear()
            other = threading.Thread(target=twice_a_second)
            other.start()
            figures = bench.load(server.port, server.process, [target])
            over.set()
            other.join()
            return figures

        found = bench.rounds_of(("with", "without"), measure)
        done = server.figure("cyberatlas_reloads_total")
    bench.say("reload", f"{done:.0f} reloads, p99 µs", found["with"].late, "without", found["without"].late, 2.0)
