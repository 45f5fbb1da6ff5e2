# SPDX-License-Identifier: MIT
"""Serving as a process: start, stop, reload, refusal. Usage: check_serve.py PROGRAM SOURCE"""
import os
import shutil
import signal
import socket
import time

import cases_intelmq  # its cases run with those below
from case import DATA, Server, call, case, dataset, equal, holds, main


@case
def serve_and_get_give_the_same_bytes(folder):
    path = dataset(folder)
    with Server(folder, path) as server:
        for target in ("/v1/countries/BE", "/v1/countries?region=150&limit=3", "/v1/scores.csv", "/be",
                       "/v1/scores/BE?weights=cip-strategy:2&explain=1", "/v1/compare.txt?countries=BE,NL"):
            status, _, body = server.get(target)
            equal(status, 200, target)
            equal(body == call("get", path, target, text=False).stdout, True, target)
        equal(server.stop(signal.SIGTERM), 0)
    equal(os.path.exists(server.path), False)


@case
def a_folder_is_built_first_and_leaves_nothing_behind(folder):
    place = os.path.join(folder, "temporary")
    os.mkdir(place)
    with Server(folder, DATA, environment={"TMPDIR": place}) as server:
        equal(len(os.listdir(place)), 1)
        equal(os.stat(os.path.join(place, os.listdir(place)[0])).st_mode & 0o777, 0o700)
        equal(server.get("/v1/countries/BE")[0], 200)
        equal(server.stop(signal.SIGINT), 0)
    equal(os.listdir(place), [])


@case
def a_folder_with_faults_is_1_and_leaves_nothing_behind(folder):
    place = os.path.join(folder, "temporary")
    seeds = shutil.copytree(DATA, os.path.join(folder, "data"))
    os.mkdir(place)
    os.unlink(os.path.join(seeds, "dataset.json"))
    ended = call("serve", seeds, "--port", "0", environment={"TMPDIR": place})
    equal((ended.returncode, ended.stdout), (1, ""))
    holds("dataset.json", ended.stderr)
    equal(os.listdir(place), [])


@case
def a_taken_port_is_one_sentence_and_3(folder):
    path = dataset(folder)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = call("serve", path, "--port", port, "--admin-listen=", "--log-level", "error")
    equal((ended.returncode, ended.stdout), (3, ""))
    equal(ended.stderr.count("\n"), 1, ended.stderr)
    holds(port, ended.stderr)


@case
def what_is_no_dataset_is_refused_with_3(folder):
    path = dataset(folder)
    cut = os.path.join(folder, "cut.db")
    with open(path, "rb") as file:
        data = file.read()
    flipped = data[:-5000] + bytes([data[-5000] ^ 1]) + data[-4999:]
    for name, content in (("cut", data[:len(data) // 2]), ("flipped", flipped), ("empty", b"")):
        with open(cut, "wb") as file:
            file.write(content)
        os.chmod(cut, 0o644)
        ended = call("serve", cut, "--port", "0", "--admin-listen=")
        equal(ended.returncode, 3, name)
        holds("cut.db", ended.stderr)
    os.chmod(path, 0o666)
    equal(call("serve", path, "--port", "0", "--admin-listen=").returncode, 3)
    equal(call("serve", os.path.join(folder, "none.db"), "--port", "0").returncode, 3)


def _revision(server):
    for line in server.get("/v1")[1].split("\r\n"):
        if line.lower().startswith("dataset-revision:"):
            return line.split(":")[1].strip()
    raise AssertionError("no Dataset-Revision")


def _changed_dataset(folder, path):
    """Replaces the dataset at `path` by one of seeds with another title."""
    seeds = shutil.copytree(DATA, os.path.join(folder, "data"))
    name = os.path.join(seeds, "dataset.json")
    with open(name, encoding="utf-8") as file:
        text = file.read()
    with open(name, "w", encoding="utf-8") as file:
        file.write(text.replace('"title": "', '"title": "Changed: ', 1))
    equal(call("build", seeds, "-o", path).returncode, 0)


@case
def hup_loads_a_new_dataset_and_a_bad_one_changes_nothing(folder):
    path = dataset(folder)
    with Server(folder, path, "--watch", "0") as server:
        first = _revision(server)
        _changed_dataset(folder, path)
        equal(_revision(server), first)
        server.process.send_signal(signal.SIGHUP)
        for _ in range(100):
            if _revision(server) != first:
                break
            time.sleep(0.1)
        second = _revision(server)
        equal(second != first, True)
        with open(path + ".bad", "wb") as file:
            file.write(b"nothing")
        os.rename(path + ".bad", path)
        server.process.send_signal(signal.SIGHUP)
        time.sleep(1)
        equal(_revision(server), second)
        equal(server.stop(signal.SIGTERM), 0)
        holds("atlas.db", server.text())


@case
def a_new_file_is_noticed_without_a_signal(folder):
    path = dataset(folder)
    with Server(folder, path, "--watch", "200ms") as server:
        first = _revision(server)
        _changed_dataset(folder, path)
        for _ in range(100):
            if _revision(server) != first:
                return
            time.sleep(0.1)
        raise AssertionError("still the old dataset after ten seconds")


@case
def the_access_log_tells_one_line_a_request(folder):
    with Server(folder, dataset(folder), "--access-log", "json") as server:
        before = server.text().count("/v1/countries/BE")
        server.get("/v1/countries/BE?pretty=1")
        server.stop(signal.SIGTERM)
        equal(server.text().count("/v1/countries/BE?pretty=1") - before, 1)


main()
