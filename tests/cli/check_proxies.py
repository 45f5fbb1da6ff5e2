# SPDX-License-Identifier: MIT
"""The proxies of deploy/, each before a server: cache, health, and the whole table of hostile requests. A proxy may
refuse in its own words, and be laxer where it answers for that itself; what holds is the number of answers, that our
server runs nothing which was sent as part of something else, and that the next client gets the answer to what he asked.
Usage: check_proxies.py PROGRAM SOURCE"""
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time

import hostile
from case import PROGRAM, SOURCE, Skip, case, clean_environment, dataset, equal, free_port, holds, main

TABLE = hostile.rows(os.path.join(SOURCE, "tests", "http", "hostile"))
# Where a request ends is for the proxy to say, which then is the only one who hears the client. Where it reads another
# end than our server would, and may, the request behind is one of its own.
MAY = (
    # It reads content to its end, refuses or drops it, and goes on: RFC 9112, 6.3 and 7.1.
    ("nginx haproxy caddy", "coding chunked|coding chunked in capitals|coding chunked with GET|"
     "coding with white space behind|chunk with an extension|trailer with a length"),
    ("haproxy caddy", "content that is a request|upgrade to HTTP/2 with content|coding behind a TAB"),
    ("nginx haproxy", "chunk lines that end in LF"),
    # Equal lengths are one, zeros before a number mean nothing, nor does a length that is empty: RFC 9110, 8.6.
    ("nginx haproxy caddy", "length of 1,000 zeros"),
    ("haproxy caddy", "length twice, equal|length twice, both 0"),
    ("haproxy", "length as a list"),
    ("caddy", "empty length|length of white space"),
    # It counts to 2 to the 64 and begins anew; our server refuses what it then gets, and closes.
    ("haproxy", "length of 2 to the 64"),
    # Of both, the coding counts; RFC 9112, 6.3. Our server refuses it again.
    ("caddy", "length and coding|coding and length|coding and a length of 0|coding in HTTP/1.0"),
    # A lone LF ends a line (RFC 9112, 2.2), a fold is white space (5.2), and NUL is left to our server.
    ("nginx haproxy caddy", "coding behind a bare LF"),
    ("haproxy caddy", "length behind a bare LF|length folded|coding folded|folded name that becomes a length"),
    ("haproxy", "length with a space before the name|coding with a space before the name|length behind a NUL"),
)
HIDDEN = "/v1/countries/BE"  # what stands behind a row, and must not run where the row is refused


def make_certificate(folder):
    names = {name: os.path.join(folder, name + ".pem") for name in ("fullchain", "privkey", "both")}
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                    "-keyout", names["privkey"], "-out", names["fullchain"]], check=True, capture_output=True)
    with open(names["both"], "wb") as both:
        for part in ("fullchain", "privkey"):
            with open(names[part], "rb") as file:
                both.write(file.read())
    context = ssl.create_default_context(cafile=names["fullchain"])
    context.set_alpn_protocols(["http/1.1"])
    return context


class Upstream:
    """Our server on a port, with its access log as the witness of what it ran."""

    def __init__(self, folder, port):
        self.port = port
        name = os.path.join(folder, "access.log")
        self.writing, self.log = open(name, "wb"), open(name, encoding="utf-8")
        self.arguments = [PROGRAM, "serve", dataset(folder), "--port", str(port), "--threads", "1", "--admin-listen=",
                          "--access-log", "json", "--log-level", "error"]
        self.process = None
        self.start()

    def start(self):
        """Writes on behind what it wrote before."""
        self.process = subprocess.Popen(self.arguments, stdout=self.writing, env=clean_environment())

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    def ran_before(self, mark):
        """Targets of the requests that it answered since the last look, up to the one of `mark`."""
        found = []
        until = time.monotonic() + 5
        while mark not in found and time.monotonic() < until:
            found += re.findall(r'"target":"((?:[^"\\]|\\.)*)"', self.log.read())
            time.sleep(0 if mark in found else 0.002)
        return [target for target in found if target != "/healthz"]


class Proxy:
    """A sample of deploy/ as a process in front of Upstream, with ports and paths of the test's own in it."""

    def __init__(self, folder, name, changes, command):
        self.folder, self.port, self.plain = folder, free_port(), free_port()
        self.context = make_certificate(folder)
        self.upstream = Upstream(folder, free_port())
        with open(os.path.join(SOURCE, "deploy", name), encoding="utf-8") as file:
            text = file.read().replace("/etc/ssl/cyberatlas", folder)
        for old, new in [("127.0.0.1:8080", f"127.0.0.1:{self.upstream.port}"), *changes]:
            holds(old, text)
            text = text.replace(old, new.format(port=self.port, plain=self.plain, folder=folder))
        self.path = os.path.join(folder, name)
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(text)
        with open(os.path.join(folder, "proxy.log"), "wb") as log:
            self.process = subprocess.Popen([word.format(path=self.path) for word in command], stdout=log, stderr=log,
                                            env={**os.environ, "HOME": folder, "XDG_DATA_HOME": folder,
                                                 "XDG_CONFIG_HOME": folder})

    def __enter__(self):
        try:
            self.wait_for((200,))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.upstream.stop()
        self.upstream.writing.close()
        self.upstream.log.close()

    def wait_for(self, statuses, target="/v1"):
        found = None
        for _ in range(300):
            if self.process.poll() is not None:
                break
            try:
                found = self.ask(target)[0]
            except OSError as error:
                found = error
            if found in statuses:
                return
            time.sleep(0.1)
        with open(os.path.join(self.folder, "proxy.log"), encoding="utf-8") as log:
            raise AssertionError(f"{target}: {found}, none of {statuses}; {log.read()[-2000:]}")

    def ask(self, target, *fields):
        return hostile.ask(self.port, self.context, target, *fields)


def nginx(folder, *changes):
    if shutil.which("nginx") is None:
        raise Skip("nginx is not here")
    os.chmod(folder, 0o755)
    main_file = os.path.join(folder, "main.conf")
    with open(main_file, "w", encoding="utf-8") as file:
        places = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in
                         ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        file.write(f"pid {folder}/pid; daemon off; worker_processes 1; error_log stderr; events {{}}\n"
                   f"http {{ access_log off; {places} include {folder}/nginx.conf; }}\n")
    return Proxy(folder, "nginx.conf", [
        ("listen 443", "listen 127.0.0.1:{port}"), ("listen 80", "listen 127.0.0.1:{plain}"),
        ("listen [::]:443", "# "), ("listen [::]:80", "# "), ("rate=50r/s", "rate=5000r/s"),
        ("/var/cache/cyberatlas-nginx", "{folder}/cache"), *changes], ["nginx", "-c", main_file, "-e", "stderr"])


def haproxy(folder):
    if shutil.which("haproxy") is None:
        raise Skip("haproxy is not here")
    return Proxy(folder, "haproxy.cfg", [
        ("bind :443", "bind 127.0.0.1:{port}"), ("bind :80", "bind 127.0.0.1:{plain}"), ("gt 500", "gt 500000"),
        ("maxconn 20000", "maxconn 500")], ["haproxy", "-db", "-f", "{path}"])


def caddy(folder):
    if shutil.which("caddy") is None:
        raise Skip("caddy is not here")
    return Proxy(folder, "Caddyfile", [("http_port 80\n", "http_port {plain}\n"),
                                       ("https_port 443", "https_port {port}")],
                 ["caddy", "run", "--adapter", "caddyfile", "--config", "{path}"])


def judge(row, lax, found, whole, ran):
    """What is wrong with what came of a row; None where nothing is. Each head that was sent has one answer at most, and
    none was run without one. Where a request ends is in doubt, nothing behind it is run."""
    silent = row.refused() and len(found) == len(row.wanted) - 1
    if not whole:
        return "bytes that are no whole answer"
    if len(found) < len(row.wanted) and not silent:
        return "too few answers"
    if len(found) > len(row.wanted) + row.behind:
        return "too many answers"
    if len(ran) > max(len(found), 1):
        return "more was run than answered"
    if row.table == "framing" and row.refused() and row.name not in lax and \
            (len(found) > len(row.wanted) or HIDDEN in ran):
        return "the hidden request ran"
    return None


def hear_answers(exchange, bodiless, count):
    exchange.hear(lambda data: len(hostile.answers(data, bodiless)[0]) >= count)
    return hostile.answers(exchange.data, bodiless)


def run_table(proxy, lax):
    wrong = []
    for number, row in enumerate(TABLE):
        with hostile.Exchange(proxy.port, proxy.context) as exchange:
            bodiless = row.bytes.startswith(b"HEAD ")
            exchange.send(row.bytes)
            found, whole = hear_answers(exchange, bodiless, len(row.wanted))
            mark = f"/v1/certs/alive-{number}"
            status, text = proxy.ask(mark)
            equal((status, f"alive-{number}".encode() in text), (404, True), f"after {row.name}: {text}")
            ran = proxy.upstream.ran_before(mark)
            equal(ran.count(mark), 1, row.name)
            if len(ran) - 1 > len(found):  # on a busy machine an answer may come later than after a moment
                found, whole = hear_answers(exchange, bodiless, len(ran) - 1)
        fault = judge(row, lax, found, whole, [target for target in ran if target != mark])
        if fault is not None:
            wrong.append(f"{row.name}: {fault}; wanted {row.wanted}, got {found}, ran {ran}"[:200])
    return wrong


def the_table(make, folder, *changes):
    with make(folder, *changes) as proxy:
        wrong = run_table(proxy, set("|".join(names for who, names in MAY if make.__name__ in who.split()).split("|")))
        equal(wrong, [], "\n" + "\n".join(wrong))


def parts_and_the_whole(proxy):
    """A part is a part, and no refusal of one is given to who asks for all."""
    file = "/v1/exports/scores.csv"
    equal(proxy.ask(file, "Range: bytes=99999999-")[0], 416)
    for _ in range(2):
        status, text = proxy.ask(file)
        equal((status, b"content-range" in text.lower(), b"country,name," in text), (200, False, True))
        status, text = proxy.ask(file, "Range: bytes=8-11")
        equal((status, b"content-range: bytes 8-11/" in text.lower(), text[-4:]), (206, True, b"name"))
    equal(proxy.ask(file, "Range: bytes=99999999-")[0], 416)


def redirects_and_notices(proxy):
    """Plain HTTP leads to TLS; a server that goes away is noticed, and so is its return."""
    with socket.create_connection(("127.0.0.1", proxy.plain), timeout=5) as client:
        client.sendall(b"GET /v1?a=b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        head = client.recv(4096).decode()
    equal((head.split()[1], re.search(r"\r\nlocation: (\S+)", head, re.I)[1]), ("308", "https://localhost/v1?a=b"))
    status, text = proxy.ask("/v1/countries")
    equal((status, b"max-age=31536000" in text), (200, True))
    parts_and_the_whole(proxy)
    proxy.upstream.stop()
    proxy.wait_for((502, 503, 504), "/v1/certs/away")
    proxy.upstream.start()
    proxy.wait_for((404,), "/v1/certs/back")


def caches(proxy):
    for _ in range(3):
        equal(proxy.ask("/v1/scores/BE")[0], 200)
    equal(proxy.ask("/v1/certs/mark")[0], 404)
    equal(proxy.upstream.ran_before("/v1/certs/mark").count("/v1/scores/BE"), 1)


@case
def nginx_redirects_caches_and_answers_from_there_while_the_service_is_away(folder):
    with nginx(folder) as proxy:
        caches(proxy)
        redirects_and_notices(proxy)
        proxy.upstream.stop()
        equal(proxy.ask("/v1/scores/BE")[0], 200)


@case
def haproxy_redirects_and_checks_health(folder):
    with haproxy(folder) as proxy:
        redirects_and_notices(proxy)


@case
def caddy_redirects_and_checks_health(folder):
    with caddy(folder) as proxy:
        redirects_and_notices(proxy)


@case
def nginx_lets_no_hidden_request_through(folder):
    # What comes from the cache would hide what ran: here all that is answered is asked of our server.
    the_table(nginx, folder, ("proxy_cache cyberatlas_cache;", "proxy_cache off;"))


@case
def haproxy_lets_no_hidden_request_through(folder):
    the_table(haproxy, folder)


@case
def caddy_lets_no_hidden_request_through(folder):
    the_table(caddy, folder)


if __name__ == "__main__":
    main()
