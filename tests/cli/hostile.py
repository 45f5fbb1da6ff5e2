# SPDX-License-Identifier: MIT
"""The table of hostile requests in tests/http/hostile (its README tells the form), and a raw client over TLS for it."""
import glob
import os
import re
import select
import socket
import ssl
import time

GOOD_HOST = "Host: t\\r\\n"
GOOD_REQUEST = "GET /v1/countries/BE HTTP/1.1\\r\\nHost: t\\r\\n\\r\\n"
PATIENCE, QUIET = 5.0, 0.02


class Row:
    """One line of a table; `wanted` has the statuses that each answer may have, `behind` how many good requests stand
    behind what the row is about."""

    def __init__(self, table, line):
        self.table = table
        self.name, self.section, wanted, self.ending, text = line.split(" | ", 4)
        self.wanted = []
        for word in wanted.split():
            statuses, _, times = word.partition("*")
            self.wanted += [] if word == "-" else [statuses.split("/")] * int(times or 1)
        self.behind = text.count("{next}")
        text = text.replace("{H}", GOOD_HOST).replace("{next}", GOOD_REQUEST)
        text = re.sub(r"\{(\d+)\*([^}]*)\}", lambda m: m[2] * int(m[1]), text)
        self.bytes = re.sub(r"\\(x[0-9a-f]{2}|[rnt0\\])", _unescape, text).encode("latin-1")

    def refused(self):
        return self.ending == "closed" and bool(self.wanted) and self.wanted[-1][0] >= "400"


def _unescape(match):
    letter = match[1]
    if letter[0] == "x":
        return chr(int(letter[1:], 16))
    return {"r": "\r", "n": "\n", "t": "\t", "0": "\0"}.get(letter, "\\")


def rows(folder):
    found = []
    for name in sorted(glob.glob(os.path.join(folder, "*.rows"))):
        with open(name, encoding="latin-1") as file:
            table = os.path.basename(name)[:-len(".rows")]
            found += [Row(table, line.rstrip("\n")) for line in file if not line.startswith("#")]
    return found


def _chunked_end(data, at):
    """Where a chunked body that begins at `at` ends, -1 where it is not whole."""
    while True:
        line = data.find(b"\r\n", at)
        if line < 0:
            return -1
        size = int(data[at:line].split(b";")[0], 16)
        at = line + 2 + size + 2
        if size == 0:
            return at if at <= len(data) else -1
        if at > len(data):
            return -1


def _answer_end(data, at, head, bodiless):
    status = int(head[9:12])
    begin = at + len(head) + 4
    if bodiless or status < 200 or status in (204, 304):
        return begin
    if b"\r\ntransfer-encoding: chunked" in head.lower():
        return _chunked_end(data, begin)
    length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.I)
    end = begin + int(length[1]) if length else len(data)
    return end if end <= len(data) else -1


def answers(data, bodiless):
    """(statuses of the final answers, whether only whole ones have come). What has no head is one of HTTP/0.9."""
    found, at = [], 0
    while at < len(data):
        if not data.startswith(b"HTTP/1.", at):
            return found + [0], True
        stop = data.find(b"\r\n\r\n", at)
        end = _answer_end(data, at, data[at:stop], bodiless) if stop >= 0 else -1
        if end < 0:
            return found, False
        if int(data[at + 9:at + 12]) >= 200:
            found.append(int(data[at + 9:at + 12]))
        at = end
    return found, True


class Exchange:
    """A connection over TLS on which sending and receiving go on at the same time."""

    def __init__(self, port, context):
        raw = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.wire = context.wrap_socket(raw, server_hostname="localhost")
        self.wire.setblocking(False)
        self.data, self.ended = b"", False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.wire.close()

    def _take(self):
        try:
            got = self.wire.recv(65536)
            self.data += got
            self.ended = self.ended or not got
            return bool(got)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return False
        except OSError:
            self.ended = True
            return False

    def send(self, data):
        until = time.monotonic() + PATIENCE
        view = memoryview(data)
        while len(view) and not self.ended and time.monotonic() < until:
            try:
                view = view[self.wire.send(view[:16384]):]
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                select.select([self.wire], [self.wire], [], 0.1)
            except OSError:
                break
            while self._take():
                pass

    def hear(self, enough):
        """Takes in until the end, or until enough(data) and nothing more for a moment."""
        until = time.monotonic() + PATIENCE
        while not self.ended and time.monotonic() < until:
            if self._take():
                continue
            done = enough(self.data)
            if not select.select([self.wire], [], [], QUIET if done else 0.2)[0] and done:
                return


def ask(port, context, target, *fields):
    """(status, head and body) of a good request, with further header fields, on a connection of its own."""
    with Exchange(port, context) as exchange:
        lines = [f"GET {target} HTTP/1.1", "Host: t", "Connection: close", *fields, "", ""]
        exchange.send("\r\n".join(lines).encode())
        exchange.hear(lambda data: len(answers(data, False)[0]) > 0)
        found = answers(exchange.data, False)[0]
        return (found[0] if len(found) == 1 else -len(found)), exchange.data
