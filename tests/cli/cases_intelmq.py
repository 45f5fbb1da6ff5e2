# SPDX-License-Identifier: MIT
"""The addresses for IntelMQ, read by the rules of its bots: cases of check_serve.py.

The rules are those of IntelMQ 3.3.1 (2024-09-03): what the experts `tuency`, `trusted_introducer_lookup` and
`national_cert_contact_certat` send, what they take from an answer, and where an answer would stop them. They are
written down here anew; none of IntelMQ's code is in this tree."""
import functools
import gzip
import json
import os
import socket
import struct
import tempfile
import urllib.parse

from case import Server, Skip, call, case, dataset, equal, holds

PLACES = {"192.0.2.0/24": "AT", "198.51.100.0/24": "BE", "203.0.113.0/25": "ZZ"}
EVENT = {"classification.taxonomy": "availability", "classification.type": "system-compromise",
         "feed.provider": "Some Provider", "feed.name": "F\u00fc & T=P"}
UNITS = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}


def _mmdb_value(value):
    """Text, bytes that are encoded already, array or map in the encoding of MaxMind DB 2.0; all of them are short."""
    if isinstance(value, str):
        data = value.encode()
        head = bytes([2 << 5 | len(data)]) if len(data) < 29 else bytes([2 << 5 | 29, len(data) - 29])
        return head + data
    if isinstance(value, bytes):
        return value
    if isinstance(value, list):
        return bytes([len(value), 11 - 7]) + b"".join(map(_mmdb_value, value))
    return bytes([7 << 5 | len(value)]) + b"".join(_mmdb_value(part) for pair in value.items() for part in pair)


def _mmdb(path):
    """A file that places the networks of PLACES, of IPv4 alone."""
    data, offsets, nodes = b"", {}, [[None, None]]
    for code in PLACES.values():
        offsets[code] = len(data)
        data += _mmdb_value({"country_code": code})
    for network, code in PLACES.items():
        address, length = network.split("/")
        bits = format(int.from_bytes(socket.inet_aton(address), "big"), "032b")[:int(length)]
        node = 0
        for bit in bits[:-1]:
            if nodes[node][int(bit)] is None:
                nodes.append([None, None])
                nodes[node][int(bit)] = len(nodes) - 1
            node = nodes[node][int(bit)]
        nodes[node][int(bits[-1])] = code
    count = len(nodes)

    def record(side):
        number = count if side is None else side if isinstance(side, int) else count + 16 + offsets[side]
        return struct.pack(">I", number)[1:]
    small = {name: struct.pack(">BH", 5 << 5 | 2, number) for name, number in
             {"record_size": 24, "ip_version": 4, "binary_format_major_version": 2,
              "binary_format_minor_version": 0}.items()}
    about = {**small, "node_count": struct.pack(">BI", 6 << 5 | 4, count), "database_type": "test",
             "build_epoch": struct.pack(">BBQ", 8, 9 - 7, 1700000000), "languages": [], "description": {}}
    with open(path, "wb") as file:
        file.write(b"".join(record(side) for node in nodes for side in node) + bytes(16) + data +
                   b"\xab\xcd\xefMaxMind.com" + _mmdb_value(about))


@functools.cache
def _places_addresses():
    with tempfile.TemporaryDirectory() as folder:
        tried = call("serve", dataset(folder), "--port", "0", "--admin-listen=", "--mmdb", os.path.join(folder, "none"))
    return "libmaxminddb" not in tried.stderr


def _server(folder):
    """The program with a file of addresses; without libmaxminddb there is nothing to be tested of them."""
    path = os.path.join(folder, "places.mmdb")
    _mmdb(path)
    if not _places_addresses():
        raise Skip("built without libmaxminddb")
    return Server(folder, dataset(folder), "--mmdb", path)


def _ask(server, target):
    """(status, text) as the bots' library of HTTP asks and unpacks: they look at no status and no type."""
    status, head, body = server.get(target, "User-Agent: intelmq", "Authorization: Bearer any", "Accept: */*",
                                    "Accept-Encoding: gzip, deflate")
    packed = "\r\nContent-Encoding: gzip\r\n" in head
    return status, (gzip.decompress(body) if packed else body).decode()


def _json(server, target):
    status, text = _ask(server, target)
    return status, json.loads(text)


def _tuency(server, event, url="/"):
    """What the bot makes of an event: it asks `url` + intelmq/lookup, and takes interval and addresses. It leaves alone
    what is about no host, or tells not what and by whom."""
    if not {"source.ip", "source.fqdn"} & set(event) or not set(EVENT) <= set(event):
        return event
    names = {"source.ip": "ip", "source.fqdn": "domain"}
    sent = {"classification_taxonomy": event["classification.taxonomy"],
            "classification_type": event["classification.type"], "feed_provider": event["feed.provider"],
            "feed_name": event["feed.name"], "feed_status": "production",
            **{names[key]: event[key] for key in names if key in event}}
    answer = _json(server, url + "intelmq/lookup?" + urllib.parse.urlencode(sent))[1]
    made = dict(event)
    if answer.get("suppress", False):
        made["extra.notify"] = False
    elif "interval" not in answer:
        return made
    elif answer["interval"]["unit"] == "immediate":
        made["extra.ttl"] = 0
    else:
        made["extra.ttl"] = int(answer["interval"]["length"]) * UNITS[answer["interval"]["unit"].rstrip("s")] * 60
    destinations = answer.get("ip", {"destinations": []})["destinations"] + \
        answer.get("domain", {"destinations": []})["destinations"]
    addresses = [contact["email"] for destination in destinations for contact in destination["contacts"]]
    equal(addresses != [], True, "an interval without an address would delete what the event holds")
    made["source.abuse_contact"] = ",".join(addresses)
    return made


def _introducer(teams, event, order=("domain", "asn")):
    """The bot's table of the first address with usage `contact`, and its search from the whole name to the ending."""
    table = {"domain": {}, "asn": {}}
    for team in teams:
        if "emails" not in team:
            continue
        address = next((mail["address"] for mail in team["emails"] if "contact" in mail["usage"]), "")
        for domain in team["constituency"]["domains"]:
            if ".*" not in domain:
                table["domain"][domain.replace("*.", "")] = address
        for asn in team["constituency"]["asns"]:
            table["asn"][asn] = address
    for what in order:
        if what == "domain" and "source.fqdn" in event:
            labels = event["source.fqdn"].split(".")
            for start in range(len(labels)):
                if ".".join(labels[start:]) in table["domain"]:
                    return table["domain"][".".join(labels[start:])]
        elif what == "asn" and event.get("source.asn") in table["asn"]:
            return table["asn"][event["source.asn"]]
    return None


def _national(server, event, only=False):
    """The bot leaves an empty answer alone, else takes the second and the fourth cell of the whole text."""
    made = dict(event)
    for side in ("source", "destination"):
        if side + ".ip" not in event:
            continue
        sent = {"ip": event[side + ".ip"], "bFilter": "on" if only else "off", "bShowNationalCERT": "on",
                "sep": "semicolon"}
        status, text = _ask(server, "/intelmq/national?" + urllib.parse.urlencode(sent))
        equal(status, 200)
        if not text:
            continue
        cells = text.strip().split(";")
        equal(len(cells), 4, text)
        equal(cells[0], event[side + ".ip"])
        made.setdefault(side + ".geolocation.cc", cells[1])
        before = made.get(side + ".abuse_contact")
        made[side + ".abuse_contact"] = cells[3] if before is None else before + "," + cells[3]
    return made


@case
def tuency_finds_the_national_team_of_an_ending(folder):
    with Server(folder, dataset(folder)) as server:
        for url in ("/", "//"):
            made = _tuency(server, {**EVENT, "source.fqdn": "www.cert.at"}, url)
            equal(made["source.abuse_contact"], "reports@cert.at")
            equal(made["extra.ttl"], 0)
        beside = _tuency(server, {**EVENT, "source.fqdn": "a.example.at", "source.ip": "192.0.2.1"})
        equal(beside["source.abuse_contact"], "reports@cert.at")


@case
def tuency_leaves_alone_what_nobody_is_known_for(folder):
    known = {"source.abuse_contact": "old@example.org"}
    with _server(folder) as server:
        for about in ({"source.fqdn": "www.example.com"}, {"source.fqdn": "xn--e1afmkfd.xn--p1ai"},
                      {"source.ip": "10.0.0.1"}, {"source.ip": "203.0.113.9"}, {"source.fqdn": "bad name"},
                      {"source.fqdn": "a_b.example"}, {"source.fqdn": "x.eu"}):
            event = {**EVENT, **about, **known}
            equal(_tuency(server, event), event)
    with Server(folder, dataset(folder)) as server:
        event = {**EVENT, "source.ip": "192.0.2.1", **known}
        equal(_tuency(server, event), event)


@case
def tuency_finds_the_national_team_of_an_address(folder):
    with _server(folder) as server:
        made = _tuency(server, {**EVENT, "source.ip": "192.0.2.1"})
        equal(made["source.abuse_contact"], "reports@cert.at")
        both = _tuency(server, {**EVENT, "source.ip": "192.0.2.1", "source.fqdn": "www.example.be"})
        equal(both["source.abuse_contact"].split(",")[0], "reports@cert.at")
        equal(len(both["source.abuse_contact"].split(",")), 2)
        for odd in ("bad name", "*.example.be", "a,b.be", "x" * 300 + ".be"):
            made = _tuency(server, {**EVENT, "source.ip": "192.0.2.1", "source.fqdn": odd})
            equal(made["source.abuse_contact"], "reports@cert.at", odd)


@case
def an_address_is_kept_nowhere(folder):
    with _server(folder) as server:
        for target in ("/intelmq/lookup?ip=192.0.2.1", "/intelmq/national?ip=192.0.2.1"):
            holds("\r\nCache-Control: private, no-store\r\n", server.get(target)[1])


@case
def introducer_finds_teams_by_ending_and_nothing_by_guessing(folder):
    with Server(folder, dataset(folder)) as server:
        status, teams = _json(server, "/intelmq/teams.json")
        equal(status, 200)
        equal(_json(server, "/intelmq/teams.json?unknown=1")[1], teams)
        by_tuency = _tuency(server, {**EVENT, "source.fqdn": "www.orf.at"})["source.abuse_contact"]
        equal(_introducer(teams, {"source.fqdn": "www.orf.at"}), by_tuency)
    equal(_introducer(teams, {"source.fqdn": "at"}), "reports@cert.at")
    for nobody in ({"source.fqdn": "www.example.com"}, {"source.asn": 64496}, {}):
        equal(_introducer(teams, nobody), None)
    domains = [domain for team in teams for domain in team["constituency"]["domains"]]
    equal(len(domains), len(set(domains)), "no ending has two teams")
    for team in teams:
        equal(all("@" in mail["address"] for mail in team["emails"]), True, team)
        equal(bool(team["constituency"]["domains"] or team["constituency"]["asns"]), True, team)
        equal(all(isinstance(asn, int) for asn in team["constituency"]["asns"]), True, team)


@case
def national_gives_country_and_address(folder):
    with _server(folder) as server:
        made = _national(server, {"source.ip": "192.0.2.1", "destination.ip": "198.51.100.7"})
        equal((made["source.geolocation.cc"], made["source.abuse_contact"]), ("AT", "reports@cert.at"))
        equal(made["destination.geolocation.cc"], "BE")
        kept = _national(server, {"source.ip": "192.0.2.1", "source.abuse_contact": "existing@example.com"})
        equal(kept["source.abuse_contact"], "existing@example.com,reports@cert.at")
        equal(_national(server, {"source.ip": "10.0.0.1"}), {"source.ip": "10.0.0.1"})
        equal(_national(server, {"source.ip": "203.0.113.9"}), {"source.ip": "203.0.113.9"})
        equal(_national(server, {"source.ip": "192.0.2.1"}, only=True)["source.geolocation.cc"], "AT")
        equal(_national(server, {"source.ip": "198.51.100.7"}, only=True), {"source.ip": "198.51.100.7"})


@case
def national_writes_its_line_as_it_is_asked(folder):
    with _server(folder) as server:
        for sep, between in (("semicolon", b";"), ("comma", b","), ("pipe", b"|"), ("TAB", b"\t")):
            body = server.get("/intelmq/national?bShowHeader=on&ip=192.0.2.1&sep=" + sep)[2]
            equal(len(body.split(between)), 4, body)
        equal(server.get("/intelmq/national?ip=192.0.2.1&bShowNationalCERT=off")[2], b"192.0.2.1;AT\n")
        for target in ("/intelmq/national", "/intelmq/national?ip=x", "/intelmq/national?ip=192.0.2.1&sep=dot",
                       "/intelmq/national?ip=192.0.2.1&bFilter=1"):
            equal(server.get(target)[0], 400, target)


@case
def an_error_can_not_be_taken_for_a_line(folder):
    """Without a file of addresses the bot must stop, not fill in words of a problem."""
    with Server(folder, dataset(folder)) as server:
        status, text = _ask(server, "/intelmq/national?ip=192.0.2.1")
        equal(status, 501)
        equal(len(text.strip().split(";")) < 4, True, "its fourth cell does not exist")
        holds("--mmdb", text)
