# SPDX-License-Identifier: MIT
"""Measures; see run.sh. Usage: bench.py PROGRAM DATA ROUNDS SECONDS

Server and client get a processor each where there are two. Rounds alternate between the servers, and the middle one of
each figure counts, so that a busy moment of the machine does not decide."""
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

TARGET = "/v1/countries/BE"
CODINGS = ("identity", "gzip")
TICKS = os.sysconf("SC_CLK_TCK")
NGINX = """pid {folder}/pid; error_log stderr error; worker_processes 1; daemon off;
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000000; sendfile on; tcp_nopush on; open_file_cache max=10;
  gzip_static on;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; default_type application/json; root {folder}/www; }} }}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port, coding="identity"):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{TARGET}", headers={"Accept-Encoding": coding})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.read()


def wait_for(port, process):
    while process.poll() is None:
        try:
            return fetch(port)
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


def resident_kib(pid):
    total = 0
    for member in family(pid):
        with open(f"/proc/{member}/status", encoding="ascii") as file:
            total += int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1))
    return total


def pinned(*command):
    """On the first processor, where there are several; the client takes the last."""
    return ["taskset", "-c", "0", *command] if os.cpu_count() > 1 else list(command)


def load(port, pid, coding, seconds):
    """(requests a second, microseconds of the server's processor for each)."""
    client = ["wrk", "-t1", "-c64", f"-d{seconds}s", "-H", f"Accept-Encoding: {coding}",
              f"http://127.0.0.1:{port}{TARGET}"]
    if os.cpu_count() > 1:
        client = ["taskset", "-c", str(os.cpu_count() - 1), *client]
    before = cpu_seconds(pid)
    told = subprocess.run(client, capture_output=True, text=True, check=True).stdout
    used = cpu_seconds(pid) - before
    if "Non-2xx" in told or "Socket errors" in told:
        sys.exit(told)
    requests = int(re.search(r"(\d+) requests in", told).group(1))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told).group(1)), used / requests * 1e6


def start(name, port, folder, program):
    if name == "cyberatlas":
        command = pinned(program, "serve", f"{folder}/atlas.db", "--port", str(port), "--admin-listen=",
                         "--threads", "1", "--log-level", "error")
    else:
        command = pinned("nginx", "-c", f"{folder}/nginx.conf", "-e", "stderr")
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def first_answers(program, folder, port, times=5):
    """Milliseconds from the start of the process to its first answer in full, the middle one."""
    found = []
    for _ in range(times):
        began = time.monotonic()
        process = start("cyberatlas", port, folder, program)
        wait_for(port, process)
        found.append((time.monotonic() - began) * 1000)
        stop(process)
    return statistics.median(found)


def stop(process):
    process.terminate()
    process.wait(timeout=30)


def write_nginx(folder, port, bodies):
    os.makedirs(f"{folder}/www/v1/countries")
    for coding, suffix in zip(CODINGS, ("", ".gz")):
        with open(f"{folder}/www{TARGET}{suffix}", "wb") as file:
            file.write(bodies[coding])
    with open(f"{folder}/nginx.conf", "w", encoding="utf-8") as file:
        file.write(NGINX.format(folder=folder, port=port))
    for path, folders, _ in os.walk(folder):
        for name in folders:
            os.chmod(os.path.join(path, name), 0o755)


def compare(program, folder, rounds, seconds):
    ports = {"cyberatlas": free_port(), "nginx": free_port()}
    build = time.monotonic()
    subprocess.run([program, "build", sys.argv[2], "-o", f"{folder}/atlas.db"], check=True)
    build = time.monotonic() - build
    first = first_answers(program, folder, ports["cyberatlas"])
    ours = start("cyberatlas", ports["cyberatlas"], folder, program)
    running = [ours]
    try:
        wait_for(ports["cyberatlas"], ours)
        idle = resident_kib(ours.pid)
        bodies = {coding: fetch(ports["cyberatlas"], coding) for coding in CODINGS}
        write_nginx(folder, ports["nginx"], bodies)
        running.append(start("nginx", ports["nginx"], folder, program))
        wait_for(ports["nginx"], running[1])
        if bodies != {coding: fetch(ports["nginx"], coding) for coding in CODINGS}:
            sys.exit("the two servers send different bytes")
        print(f"{TARGET}: one server thread, 64 connections, the middle of {rounds} rounds each")
        for coding in CODINGS:
            figures = {name: [] for name in ports}
            for _ in range(rounds):
                for process, name in zip(running, ports):
                    figures[name].append(load(ports[name], process.pid, coding, seconds))
            report_load(f"{coding}, {len(bodies[coding]):,} bytes", figures)
        report_start(first, build, (idle, resident_kib(ours.pid)))
    finally:
        for process in running:
            stop(process)


def report_load(title, figures):
    middle = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in figures.items()}
    print(f"\n{title:28}{'cyberatlas':>12}{'nginx':>12}{'ratio':>8}")
    for label, column in (("requests a second", 0), ("processor µs a request", 1)):
        ours, other = middle["cyberatlas"][column], middle["nginx"][column]
        ratio = ours / other if column == 0 else other / ours
        print(f"{label:28}{ours:12,.1f}{other:12,.1f}{ratio:8.2f}")


def report_start(first, build, memory):
    print(f"\n{'build from nothing':28}{build:10.2f} s")
    print(f"{'start to first answer':28}{first:9.0f} ms")
    print(f"{'memory at rest, after load':28}{memory[0] / 1024:7.1f} MiB,{memory[1] / 1024:6.1f} MiB")


def main():
    program, rounds, seconds = sys.argv[1], int(sys.argv[3]), int(sys.argv[4])
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        compare(program, folder, rounds, seconds)


main()
