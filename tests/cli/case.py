# SPDX-License-Identifier: MIT
"""Test cases that print TAP, and what they share: the program under test, its source tree, a folder of their own."""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import traceback

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
DATA = os.path.join(SOURCE, "data")
CASES = []


class Skip(Exception):
    """Raised by a case that this machine can not run; its text says why."""


def case(function):
    CASES.append(function)
    return function


def equal(found, wanted, note=""):
    if found != wanted:
        raise AssertionError(f"found {found!r}, wanted {wanted!r} {note}")


def holds(part, text):
    if part not in text:
        raise AssertionError(f"{part!r} is not in {text!r}")


def clean_environment(**more):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CYBERATLAS_")}
    return {**kept, **more}


def call(*arguments, environment=None, **more):
    """Runs the program: an object with returncode, stdout and stderr, as text unless text=False."""
    return subprocess.run([PROGRAM, *arguments], capture_output="stdout" not in more, timeout=120, check=False,
                          env=clean_environment(**(environment or {})), **{"text": True, **more})


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The program serving on a Unix socket in `folder`."""

    def __init__(self, folder, *arguments, environment=None):
        self.path = os.path.join(folder, "socket")
        self.log = open(os.path.join(folder, "log"), "w+", encoding="utf-8")
        command = [PROGRAM, "serve", *arguments, "--listen", "unix:" + self.path, "--admin-listen="]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log,
                                        env=clean_environment(**(environment or {})))

    def __enter__(self):
        for _ in range(600):
            if self.process.poll() is not None:
                raise AssertionError(f"ended with {self.process.returncode}: {self.text()}")
            try:
                self.get("/healthz")
                return self
            except OSError:
                time.sleep(0.1)
        raise AssertionError("no answer within a minute")

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.log.close()

    def text(self):
        self.log.seek(0)
        return self.log.read()

    def stop(self, signal):
        self.process.send_signal(signal)
        return self.process.wait(timeout=60)

    def get(self, target, *fields):
        """(status, head, body) of one request on a connection of its own; `fields` are lines of its head."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(30)
            client.connect(self.path)
            lines = [f"GET {target} HTTP/1.1", "Host: localhost", "Connection: close", *fields, "", ""]
            client.sendall("\r\n".join(lines).encode())
            data = b""
            while chunk := client.recv(65536):
                data += chunk
        head, _, body = data.partition(b"\r\n\r\n")
        if not head:
            raise ConnectionResetError("no answer")
        return int(head.split()[1]), head.decode("latin-1"), body


_dataset = []


def dataset(folder, *options):
    """The path of a fresh copy of the dataset of data/, in `folder`; built once, with the options of the first."""
    if not _dataset:
        keep = tempfile.mkdtemp()
        path = os.path.join(keep, "atlas.db")
        built = call("build", DATA, "-o", path, *options)
        equal((built.returncode, built.stderr), (0, ""))
        _dataset.append(path)
    return shutil.copy(_dataset[0], os.path.join(folder, "atlas.db"))


def _run_one(function):
    with tempfile.TemporaryDirectory() as folder:
        try:
            function(folder)
            return "ok", "", ""
        except Skip as reason:
            return "ok", f" # SKIP {reason}", ""
        except Exception:  # whatever went wrong in a case is that case's failure
            return "not ok", "", traceback.format_exc()


def main():
    failed = False
    print(f"1..{len(CASES)}")
    for number, function in enumerate(CASES, 1):
        word, skip, trace = _run_one(function)
        failed = failed or word != "ok"
        print(f"{word} {number} - {function.__name__}{skip}")
        for line in trace.splitlines():
            print("# " + line)
        sys.stdout.flush()
    for path in _dataset:
        shutil.rmtree(os.path.dirname(path))
    sys.exit(1 if failed else 0)
