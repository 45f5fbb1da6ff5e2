# SPDX-License-Identifier: MIT
"""What is installed and how it is set up. Usage: check_deploy.py PROGRAM SOURCE"""
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import urllib.request

from case import PROGRAM, SOURCE, Skip, call, case, clean_environment, equal, free_port, holds, main

UNIT = os.path.join(SOURCE, "deploy", "cyberatlas.service")
PAGE = os.path.join(SOURCE, "deploy", "cyberatlas.1")
BUILD = os.path.dirname(os.path.dirname(PROGRAM))


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, timeout=280, check=False, **more)


def need(name):
    if shutil.which(name) is None:
        raise Skip(f"{name} is not here")


@case
def the_unit_is_verified(folder):
    need("systemd-analyze")
    path = os.path.join(folder, "cyberatlas.service")
    with open(UNIT, encoding="utf-8") as unit, open(path, "w", encoding="utf-8") as copy:
        copy.write(unit.read().replace("/usr/bin/cyberatlas", PROGRAM))
    ended = run("systemd-analyze", "verify", "--man=no", path)
    told = [line for line in ended.stderr.splitlines() if "cyberatlas" in line]
    equal((ended.returncode, told), (0, []))


@case
def the_unit_is_confined(_folder):
    need("systemd-analyze")
    ended = run("systemd-analyze", "security", "--offline=true", "--threshold=13", UNIT)
    found = re.search(r"exposure level for \S+: ([\d.]+)", ended.stdout)
    equal((ended.returncode, float(found.group(1)) <= 1.3), (0, True), ended.stdout[-200:])


@case
def the_man_page_has_no_warning_and_tells_every_command(_folder):
    need("man")
    ended = run("man", "--warnings", "-l", PAGE, env={**clean_environment(), "MANWIDTH": "100", "LC_ALL": "C.UTF-8"})
    equal((ended.returncode, ended.stderr), (0, ""))
    for line in call("--help").stdout.splitlines():
        if line.startswith("  cyberatlas ") and line.split()[1].isalpha() and line.split()[1].islower():
            holds(f"cyberatlas {line.split()[1]}", ended.stdout)
    holds(call("--version").stdout.split("\n")[0], ended.stdout)


@case
def meson_install_puts_everything_in_its_place(folder):
    ended = run("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", folder)
    equal(ended.returncode, 0, ended.stderr)
    there = {os.path.relpath(os.path.join(place, name), folder)
             for place, _, names in os.walk(folder) for name in names}
    for ending in ("bin/cyberatlas", "share/cyberatlas/openapi.json", "share/man/man1/cyberatlas.1",
                   "share/cyberatlas/schemas/answer/country.json", "lib/systemd/system/cyberatlas.service"):
        equal([name for name in there if name.endswith(ending)] != [], True, ending)
    unit = next(name for name in there if name.endswith("cyberatlas.service"))
    program = next(name for name in there if name.endswith("bin/cyberatlas"))
    with open(os.path.join(folder, unit), encoding="utf-8") as file:
        holds(f"ExecStart=/{program} serve", file.read())


def start(folder, port):
    """deploy/run on `port`, with its own build folder, once it has printed the address."""
    process = subprocess.Popen(["sh", os.path.join(SOURCE, "deploy", "run")], text=True, stdout=subprocess.PIPE,
                               env=clean_environment(PORT=str(port), BUILD=os.path.join(folder, "build")))
    told = ""
    while "Ctrl-C" not in told:
        line = process.stdout.readline()
        if line == "":
            raise AssertionError(f"ended with {process.wait()}: {told}")
        told += line
    return process, told


def made_at(folder):
    return [os.stat(os.path.join(folder, "build", name)).st_mtime_ns for name in ("src/cyberatlas", "atlas.db")]


def server_of(process):
    listed = run("ps", "-o", "pid=,ruid=,args=", "--ppid", str(process.pid)).stdout
    return next(line.split() for line in listed.splitlines() if "serve" in line)


@case
def deploy_run_builds_serves_and_builds_nothing_twice(folder):
    if not os.access(os.path.dirname(BUILD), os.W_OK):
        raise Skip("nowhere to build")
    port = free_port()
    process, told = start(folder, port)
    try:
        holds(f"http://127.0.0.1:{port}", told)
        addresses = re.findall(r"curl '?(http[^'\s]+)", told)
        equal(len(addresses), 4)
        for address in addresses:
            with urllib.request.urlopen(address, timeout=10) as answer:
                equal(answer.status, 200, address)
        if os.getuid() == 0:
            pid, owner = server_of(process)[:2]
            equal(int(owner), pwd.getpwnam("nobody").pw_uid)
            with open(f"/proc/{pid}/status", encoding="utf-8") as file:
                status = file.read()
            holds("NoNewPrivs:\t1", status)
            holds("CapBnd:\t0000000000000000", status)
        second = run("sh", os.path.join(SOURCE, "deploy", "run"),
                     env=clean_environment(PORT=str(port), BUILD=os.path.join(folder, "build")))
        equal((second.returncode, second.stdout, second.stderr.count("\n")), (3, "", 1), second.stderr)
        holds(str(port), second.stderr)
    finally:
        process.send_signal(signal.SIGTERM)
        ended = process.wait(timeout=60)
        process.stdout.close()
    equal(ended, 0)
    made = made_at(folder)
    process, _ = start(folder, free_port())
    process.send_signal(signal.SIGTERM)
    equal(process.wait(timeout=60), 0)
    process.stdout.close()
    equal(made_at(folder), made)


@case
def deploy_run_refuses_a_bad_port(_folder):
    for port in ("http", "-1", "80 80", "123456"):
        ended = run("sh", os.path.join(SOURCE, "deploy", "run"), env=clean_environment(PORT=port))
        equal((ended.returncode, ended.stdout, ended.stderr.count("\n")), (2, "", 1), port)


@case
def the_contract_and_the_program_have_one_version(_folder):
    with open(os.path.join(SOURCE, "CHANGELOG.md"), encoding="utf-8") as file:
        holds(call("--version").stdout.split()[1], file.read())
    with open(os.path.join(SOURCE, "api", "openapi.json"), encoding="utf-8") as file:
        equal(json.load(file)["openapi"].startswith("3.1"), True)


main()
