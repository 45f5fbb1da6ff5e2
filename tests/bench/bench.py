# SPDX-License-Identifier: MIT
"""Measures; see run.sh. Usage: bench.py PROGRAM DATA ROUNDS SECONDS

Rounds alternate between the servers, and the middle one of each figure counts, so that a busy moment of the machine
does not decide."""
import os
import statistics
import subprocess
import sys
import tempfile
import time

import questions
from measure import CONNECTIONS, fetch, free_port, load, report, resident_kib, start, start_atlas, stop, wait_for

TARGET = "/v1/countries/BE"
CODINGS = ("identity", "gzip")
NGINX = """pid {folder}/pid; error_log stderr error; worker_processes 1; daemon off;
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000000; sendfile on; tcp_nopush on; open_file_cache max=10;
  gzip_static on;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; default_type application/json; root {folder}/www; }} }}
"""


def first_answers(program, dataset, port, times=5):
    """Milliseconds from the start of the process to its first answer in full, the middle one."""
    found = []
    for _ in range(times):
        began = time.monotonic()
        process = start_atlas(program, dataset, port, "--admin-listen=")
        wait_for(port, process, TARGET)
        found.append((time.monotonic() - began) * 1000)
        stop(process)
    return statistics.median(found)


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


def hot_document(program, dataset, folder, rounds, seconds):
    """A ready answer, beside nginx sending the same bytes from a file."""
    ports = {"cyberatlas": free_port(), "nginx": free_port()}
    ours = start_atlas(program, dataset, ports["cyberatlas"], "--admin-listen=")
    running = [ours]
    try:
        wait_for(ports["cyberatlas"], ours, TARGET)
        idle = resident_kib(ours.pid)
        bodies = {coding: fetch(ports["cyberatlas"], TARGET, coding) for coding in CODINGS}
        write_nginx(folder, ports["nginx"], bodies)
        running.append(start("nginx", "-c", f"{folder}/nginx.conf", "-e", "stderr"))
        wait_for(ports["nginx"], running[1], TARGET)
        if bodies != {coding: fetch(ports["nginx"], TARGET, coding) for coding in CODINGS}:
            sys.exit("the two servers send different bytes")
        print(f"{TARGET}: one server thread, {CONNECTIONS} connections, the middle of {rounds} rounds each")
        for coding in CODINGS:
            figures = {name: [] for name in ports}
            for _ in range(rounds):
                for process, name in zip(running, ports):
                    figures[name].append(load(ports[name], process.pid, seconds, TARGET,
                                              ("-H", f"Accept-Encoding: {coding}")))
            report(f"{coding}, {len(bodies[coding]):,} bytes", figures)
        print(f"\n{'memory at rest, after load':32}{idle / 1024:9.1f} MiB,{resident_kib(ours.pid) / 1024:6.1f} MiB")
    finally:
        for process in running:
            stop(process)


def main():
    program, rounds, seconds = sys.argv[1], int(sys.argv[3]), int(sys.argv[4])
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        dataset = f"{folder}/atlas.db"
        build = time.monotonic()
        subprocess.run([program, "build", sys.argv[2], "-o", dataset], check=True)
        print(f"{'build from nothing':32}{time.monotonic() - build:12.2f} s")
        print(f"{'start to first answer':32}{first_answers(program, dataset, free_port()):11.0f} ms\n")
        hot_document(program, dataset, folder, rounds, seconds)
        questions.new_questions(program, dataset, rounds, seconds)
        questions.hostile_mix(program, dataset, rounds, seconds)


main()
