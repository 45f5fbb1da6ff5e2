# SPDX-License-Identifier: MIT
"""What all rows need: servers on the first processors, the load on the last one, what a server used, and the table."""
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections import namedtuple

CONNECTIONS = 64
HERE = os.path.dirname(os.path.abspath(__file__))
Figures = namedtuple("Figures", "rate cpu failures middle late")  # a second; µs of processor each; µs until answered


class Bench:
    """What the rows are given: the program, a dataset of data/, tools built beside, how long to measure."""

    def __init__(self, program, data, folder, rounds, seconds):
        self.program, self.data, self.folder, self.rounds, self.seconds = program, data, folder, rounds, seconds
        self.table = []
        self.dataset = os.path.join(folder, "atlas.db")
        began = time.monotonic()
        subprocess.run([program, "build", data, "-o", self.dataset], check=True)
        self.say("build", "data/ from nothing, s", time.monotonic() - began)
        for name in ("floor", "load"):
            subprocess.run(["cc", "-std=c17", "-D_GNU_SOURCE", "-O2", "-o", self.tool(name), f"{HERE}/{name}.c"],
                           check=True)

    def tool(self, name):
        return os.path.join(self.folder, name)

    def say(self, row, what, ours, peer="", other=None, bar=None, least=False):
        """A line of the table; with a bar, the ratio to the peer must lie below it, or above where it is the least."""
        ratio = None if other is None else ours / other
        kept = None if bar is None or ratio is None else (ratio >= bar if least else ratio <= bar)
        self.table.append((row, what, ours, peer, other, ratio, bar, least, kept))
        print(format_line(self.table[-1]), flush=True)

    def load(self, port, process, targets, status=200, fields=(), connections=CONNECTIONS, seconds=None):
        name = os.path.join(self.folder, "targets")
        with open(name, "w", encoding="ascii") as file:
            file.write("\n".join(targets) + "\n")
        before, began = cpu_seconds(process.pid), time.monotonic()
        told = subprocess.run([*last_processor(), self.tool("load"), str(port), str(connections),
                               str(seconds or self.seconds), str(status), name, *fields],
                              capture_output=True, text=True, check=True).stdout.split()
        used = cpu_seconds(process.pid) - before
        answers, spent, failures, middle, late = (float(word) for word in told)
        if answers == 0:
            sys.exit(f"no answer within {time.monotonic() - began:.0f} s")
        return Figures(answers / spent, used / answers * 1e6, failures, middle, late)

    def rounds_of(self, servers, measure):
        """Medians by name: `measure(name)` once for each server, in turn, as often as there are rounds."""
        found = {name: [] for name in servers}
        for _ in range(self.rounds):
            for name in servers:
                found[name].append(measure(name))
        for name, figures in found.items():
            if sum(one.failures for one in figures) > 0:
                sys.exit(f"{name} failed {sum(one.failures for one in figures):.0f} times")
        return {name: Figures(*(statistics.median(column) for column in zip(*figures)))
                for name, figures in found.items()}


def format_line(line):
    row, what, ours, peer, other, ratio, bar, least, kept = line
    text = f"{row:10}{what:44}{ours:12,.2f}"
    if other is not None:
        text += f"  {peer:12}{other:12,.2f}{ratio:8.2f}"
    if kept is not None:
        text += f"  {'at least' if least else 'at most'} {bar:4.2f}  {'reached' if kept else 'MISSED'}"
    return text


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port, target, coding="identity"):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{target}", headers={"Accept-Encoding": coding})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def raw(port, target, *fields):
    """A whole answer with its head, as it came."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        lines = "".join(field + "\r\n" for field in fields)
        client.sendall(f"GET {target} HTTP/1.1\r\nHost: bench\r\n{lines}\r\n".encode())
        data = b""
        while b"\r\n\r\n" not in data:
            data += client.recv(65536)
        head = data.split(b"\r\n\r\n")[0]
        length = int(re.search(rb"content-length: *(\d+)", head, re.I)[1])
        while len(data) < len(head) + 4 + length:
            data += client.recv(65536)
    return data


def wait_for(port, process, target):
    while process.poll() is None:
        try:
            return fetch(port, target)
        except OSError:
            time.sleep(0.002)
    sys.exit(f"a server ended with {process.returncode}")


def family(pid):
    """The process and its children: nginx answers from a worker."""
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [pid, *map(int, file.read().split())]


def cpu_seconds(pid):
    """To the nanosecond, of every thread that lives."""
    total = 0
    for member in family(pid):
        for thread in os.listdir(f"/proc/{member}/task"):
            with open(f"/proc/{member}/task/{thread}/schedstat", encoding="ascii") as file:
                total += int(file.read().split()[0])
    return total / 1e9


def resident_kib(pid, what="VmRSS"):
    """With VmHWM: the most that it ever was."""
    total = 0
    for member in family(pid):
        with open(f"/proc/{member}/status", encoding="ascii") as file:
            total += int(re.search(what + r":\s+(\d+)", file.read()).group(1))
    return total


def first_processors():
    most = os.cpu_count()
    return ["taskset", "-c", "0" if most < 4 else f"0-{most - 2}"] if most > 1 else []


def last_processor():
    return ["taskset", "-c", str(os.cpu_count() - 1)] if os.cpu_count() > 1 else []


def start(*command):
    """On the first processors, where there are several; the client takes the last."""
    return subprocess.Popen([*first_processors(), *command], stdout=subprocess.DEVNULL)


def start_atlas(program, dataset, port, *more):
    threads = () if "--threads" in more else ("--threads", "1")
    return start(program, "serve", dataset, "--port", str(port), "--log-level", "error", *threads, *more)


def stop(process):
    process.terminate()
    process.wait(timeout=60)


def wrk(port, pid, seconds, options=(), script=()):
    """Of questions that a script makes: Figures without failures, which end the run, and times."""
    client = [*last_processor(), "wrk", "-t1", f"-d{seconds}s", *options, f"http://127.0.0.1:{port}/"]
    before = cpu_seconds(pid)
    told = subprocess.run([*client, *script], capture_output=True, text=True, check=True).stdout
    used = cpu_seconds(pid) - before
    if "Non-2xx" in told or "Socket errors" in told:
        sys.exit(told)
    requests = int(re.search(r"(\d+) requests in", told).group(1))
    return Figures(float(re.search(r"Requests/sec:\s+([\d.]+)", told).group(1)), used / requests * 1e6, 0, 0, 0)
