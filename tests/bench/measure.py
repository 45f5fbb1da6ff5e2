# SPDX-License-Identifier: MIT
"""What both measurements need: servers on the first processor, the load on the last, and what a server used."""
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.request

TICKS = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 64


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port, target, coding="identity"):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{target}", headers={"Accept-Encoding": coding})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.read()


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
    total = 0
    for member in family(pid):
        with open(f"/proc/{member}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def resident_kib(pid, what="VmRSS"):
    """With VmHWM: the most that it ever was."""
    total = 0
    for member in family(pid):
        with open(f"/proc/{member}/status", encoding="ascii") as file:
            total += int(re.search(what + r":\s+(\d+)", file.read()).group(1))
    return total


def start(*command):
    """On the first processor, where there are several; the client takes the last."""
    pin = ["taskset", "-c", "0"] if os.cpu_count() > 1 else []
    return subprocess.Popen([*pin, *command], stdout=subprocess.DEVNULL)


def start_atlas(program, dataset, port, *more):
    return start(program, "serve", dataset, "--port", str(port), "--threads", "1", "--log-level", "error", *more)


def stop(process):
    process.terminate()
    process.wait(timeout=30)


def load(port, pid, seconds, target="/", options=(), script=()):
    """(requests a second, microseconds of the server's processor for each)."""
    pin = ["taskset", "-c", str(os.cpu_count() - 1)] if os.cpu_count() > 1 else []
    client = [*pin, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *options, f"http://127.0.0.1:{port}{target}"]
    before = cpu_seconds(pid)
    told = subprocess.run([*client, *script], capture_output=True, text=True, check=True).stdout
    used = cpu_seconds(pid) - before
    if "Non-2xx" in told or "Socket errors" in told:
        sys.exit(told)
    requests = int(re.search(r"(\d+) requests in", told).group(1))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told).group(1)), used / requests * 1e6


def report(title, figures):
    """`figures`: of two servers, ours first, the rounds of each as load gives them."""
    (ours, other) = figures
    middle = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in figures.items()}
    print(f"\n{title:32}{ours:>14}{other:>26}{'ratio':>8}")
    for label, column in (("requests a second", 0), ("processor µs a request", 1)):
        ratio = middle[ours][column] / middle[other][column]
        print(f"{label:32}{middle[ours][column]:14,.1f}{middle[other][column]:26,.1f}"
              f"{ratio if column == 0 else 1 / ratio:8.2f}")
