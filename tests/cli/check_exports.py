# SPDX-License-Identifier: MIT
"""Exports, the log and its feed, read by others: sqlite3, csv, hashlib, an XML parser. Usage: check_exports.py PROGRAM
SOURCE"""
import base64
import csv
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import xml.etree.ElementTree

from case import SOURCE, Server, Skip, call, case, dataset, equal, holds, main

ATOM = "{http://www.w3.org/2005/Atom}"
VALID = os.path.join(SOURCE, "tests", "seeds", "valid")
TABLES = {
    "dataset", "source", "vocabulary", "term", "criterion", "criterion_value", "methodology", "methodology_weight",
    "methodology_value", "thing", "claim", "answer", "country", "country_group", "cert", "cert_type", "cert_sector",
    "cert_membership", "country_name", "contact_word", "contact_rule", "index", "index_part", "index_value", "alias"}


def whole(folder):
    return dataset(folder, "--no-compress")  # no export has variants


def get(path, target):
    ended = call("get", path, target, text=False)
    equal((ended.returncode, ended.stderr), (0, b""), target)
    return ended.stdout


def exported(path, folder):
    name = os.path.join(folder, "dataset.sqlite")
    with open(name, "wb") as file:
        file.write(get(path, "/v1/exports/dataset.sqlite"))
    return name


@case
def the_index_says_of_each_file_what_it_is(folder):
    path = whole(folder)
    files = json.loads(get(path, "/v1/exports"))["data"]
    equal([file["name"] for file in files], [
        "dataset.sqlite", "countries.csv", "certs.csv", "assessments.csv", "scores.csv", "sources.csv",
        "datapackage.json", "dataset.jsonld"])
    for file in files:
        body = get(path, file["self"])
        equal((len(body), hashlib.sha256(body).hexdigest()), (file["bytes"], file["sha256"]), file["name"])
        if file["name"].endswith(".csv"):
            equal(body == get(path, "/v1/" + file["name"]), True, file["name"])


@case
def the_sqlite_file_holds_the_facts_and_no_answers(folder):
    path = whole(folder)
    with sqlite3.connect(exported(path, folder)) as facts, sqlite3.connect(path) as full:
        equal(facts.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        equal(facts.execute("PRAGMA foreign_key_check").fetchall(), [])
        equal({row[0] for row in facts.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}, TABLES)
        for table in sorted(TABLES - {"dataset"}):
            read = f'SELECT * FROM "{table}"'
            equal(facts.execute(read).fetchall() == full.execute(read).fetchall(), True, table)
        revision = "SELECT value FROM dataset WHERE key = 'revision'"
        equal(facts.execute(revision).fetchall(), full.execute(revision).fetchall())


@case
def its_views_answer_and_say_what_they_are(folder):
    with sqlite3.connect(exported(whole(folder), folder)) as facts:
        views = facts.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'view'").fetchall()
        equal(len(views) >= 5, True)
        for name, sql in views:
            holds(" AS -- ", sql)
            equal(facts.execute(f"SELECT count(*) FROM {name}").fetchone()[0] > 0, True, name)
        for view, table in (("v_country", "country"), ("v_cert", "cert"), ("v_claim", "claim"), ("v_answer", "answer")):
            counts = f"SELECT (SELECT count(*) FROM {view}), (SELECT count(*) FROM {table})"
            equal(len(set(facts.execute(counts).fetchone())), 1, view)
        row = facts.execute("SELECT name, groups FROM v_country WHERE code = 'BE'").fetchone()
        equal((row[0], "eu" in row[1].split()), ("Belgium", True))


@case
def the_sqlite3_shell_shows_the_comments(folder):
    if shutil.which("sqlite3") is None:
        raise Skip("sqlite3 is not installed")
    name = exported(whole(folder), folder)

    def shell(*commands):
        return subprocess.run(["sqlite3", "-readonly", "-csv", "-header", name, *commands], capture_output=True,
                              text=True, check=True).stdout
    views = re.findall(r"^CREATE VIEW (\w+) AS -- \S", shell(".schema v_%"), re.M)
    equal(views, ["v_country", "v_cert", "v_cert_contact", "v_claim", "v_answer", "v_strategy", "v_index_value"])
    for view in views:
        rows = list(csv.DictReader(io.StringIO(shell(f"SELECT * FROM {view}"), newline="")))
        equal(len(rows) > 100 and all(None not in row and None not in row.values() for row in rows), True, view)


@case
def the_sqlite_file_is_no_dataset_to_serve(folder):
    ended = call("get", exported(whole(folder), folder), "/v1")
    equal(ended.returncode, 3)


@case
def the_data_package_describes_its_files(folder):
    path = whole(folder)
    package = json.loads(get(path, "/v1/exports/datapackage.json"))
    holds("datapackage", package["$schema"])
    read = {"integer": int, "number": float, "string": str}
    for resource in package["resources"]:
        body = get(path, "/v1/exports/" + resource["path"])
        equal((resource["bytes"], resource["hash"]), (len(body), "sha256:" + hashlib.sha256(body).hexdigest()))
        if resource.get("type") != "table":
            continue
        rows = csv.DictReader(io.StringIO(body.decode(), newline=""))
        fields = resource["schema"]["fields"]
        equal(rows.fieldnames, [field["name"] for field in fields], resource["path"])
        for row in rows:
            for field in fields:
                if row[field["name"]] not in resource["schema"]["missingValues"]:
                    read[field["type"]](row[field["name"]])


@case
def the_catalogue_names_every_other_file(folder):
    catalogue = json.loads(get(whole(folder), "/v1/exports/dataset.jsonld"))
    equal(catalogue["@type"], ["dcat:Dataset", "schema:Dataset"])
    names = {file["dcat:downloadURL"]["@id"].rsplit("/", 1)[1] for file in catalogue["dcat:distribution"]}
    equal(len(names), 7)
    equal(all(part["@id"].startswith("urn:uuid:") for part in [catalogue, *catalogue["dcat:distribution"]]), True)


def fetch(server, target, *fields):
    """(status, {field: value}, body) of a request with further header fields."""
    status, head, body = server.get(target, *fields)
    names = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
    return status, {name.lower(): value for name, value in names.items()}, body


@case
def a_file_comes_whole_or_in_parts(folder):
    path = whole(folder)
    target = "/v1/exports/dataset.sqlite"
    every = get(path, target)
    with Server(folder, path) as server:
        status, head, body = fetch(server, target)
        digest = base64.b64encode(hashlib.sha256(every).digest()).decode()
        equal((status, body == every), (200, True))
        equal((head["repr-digest"], head["accept-ranges"]), (f"sha-256=:{digest}:", "bytes"))
        equal(head["content-disposition"], 'attachment; filename="dataset.sqlite"')
        parts = b""
        for first in range(0, len(every), 1 << 20):
            status, part, body = fetch(server, target, f"Range: bytes={first}-{first + (1 << 20) - 1}",
                                       "If-Range: " + head["etag"])
            equal((status, part["repr-digest"], part["etag"]), (206, head["repr-digest"], head["etag"]))
            equal(part["content-range"], f"bytes {first}-{first + len(body) - 1}/{len(every)}")
            equal(part["content-length"], str(len(body)))
            parts += body
        equal(parts == every, True)
        status, part, body = fetch(server, target, f"Range: bytes={len(every)}-")
        equal((status, part["content-range"]), (416, f"bytes */{len(every)}"))
        equal(json.loads(body)["type"], "/problems/range-not-satisfiable")
        status, part, body = fetch(server, target, "Range: bytes=0-1,5-6")
        equal((status, len(body)), (200, len(every)))
        status, part, body = fetch(server, "/v1/countries.csv")
        equal((status, "content-disposition" in part, "repr-digest" in part), (200, False, False))


def edited(seeds, name, change):
    path = os.path.join(seeds, name)
    with open(path, encoding="utf-8") as file:
        seed = json.load(file)
    change(seed)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(seed, file, ensure_ascii=False)


def dated(seeds, date):
    edited(seeds, "dataset.json", lambda seed: seed.update(date=date))


def small_seeds(folder):
    """The seeds of the room seed's tests, full over minimal."""
    seeds = shutil.copytree(os.path.join(VALID, "minimal"), os.path.join(folder, "data"))
    return shutil.copytree(os.path.join(VALID, "full"), seeds, dirs_exist_ok=True)


def publish(seeds, path, previous=None):
    ended = call("build", seeds, "-o", path, "--no-compress", *(["--previous", previous] if previous else []))
    return ended.returncode, ended.stderr


def remove_a_team(seed):
    seed["certs"] = [cert for cert in seed["certs"] if cert["id"] != "be-x"]


def add_a_team(seed):
    seed["certs"].append({"id": "be-x", "name": "X", "status": "active", "source": "page"})


def changes(path, since):
    rows = json.loads(get(path, f"/v1/changes?since={since}"))["data"]
    return [(row["change"], row["kind"], row["id"]) for row in rows]


@case
def a_chain_of_three_tells_what_came_changed_and_went(folder):
    seeds = small_seeds(folder)
    first, second, third, again = (os.path.join(folder, name) for name in ("1.db", "2.db", "3.db", "again.db"))
    equal(publish(seeds, first), (0, ""))
    edited(seeds, "certs/be.json", add_a_team)
    code, says = publish(seeds, second, first)
    equal((code, os.path.exists(second)), (1, False))
    holds("give dataset.json a date later", says)
    dated(seeds, "2020-07-01")
    equal(publish(seeds, second, first), (0, ""))
    edited(seeds, "certs/be.json", remove_a_team)
    edited(seeds, "sources.json", lambda seed: seed["sources"][0].update(title="Another title"))
    dated(seeds, "2020-07-02")
    equal(publish(seeds, third, second), (0, ""))
    equal(publish(seeds, again, second), (0, ""))
    with open(third, "rb") as one, open(again, "rb") as other:
        equal(one.read() == other.read(), True)
    revisions = [row["revision"] for row in json.loads(get(third, "/v1/revisions"))["data"]]
    equal(len(revisions), 3)
    equal(changes(second, revisions[2]), [("added", "cert", "be-x")])
    equal(changes(third, revisions[1]), [("removed", "cert", "be-x"), ("changed", "source", "page")])
    equal(changes(third, revisions[2]), [("changed", "source", "page")])
    equal(changes(third, revisions[0]), [])
    rows = list(csv.DictReader(io.StringIO(get(third, f"/v1/changes.csv?since={revisions[1]}").decode(), newline="")))
    equal([(row["change"], row["id"], row["self"]) for row in rows],
          [("removed", "be-x", ""), ("changed", "page", "/v1/sources/page")])
    feed = xml.etree.ElementTree.fromstring(get(third, f"/v1/changes.atom?since={revisions[1]}"))
    check_feed(feed, 2)
    check_log_apart(third, seeds, os.path.join(folder, "plain.db"))


@case
def a_dataset_published_over_itself_keeps_its_log(folder):
    seeds, path = small_seeds(folder), os.path.join(folder, "atlas.db")
    equal(publish(seeds, path), (0, ""))
    revision = json.loads(get(path, "/v1"))["data"]["revision"]
    equal(publish(seeds, path, path), (0, ""))
    equal(json.loads(get(path, "/v1/revisions"))["meta"]["total"], 1)
    edited(seeds, "certs/be.json", add_a_team)
    dated(seeds, "2020-07-01")
    equal(publish(seeds, path, path), (0, ""))
    equal(changes(path, revision), [("added", "cert", "be-x")])


def check_feed(feed, count):
    equal(feed.tag, ATOM + "feed")
    entries = feed.findall(ATOM + "entry")
    equal(len(entries), count)
    equal(feed.find(f"{ATOM}author/{ATOM}name") is not None, True)
    ids = set()
    for node in [feed, *entries]:
        for name in ("id", "title", "updated"):
            equal(len(node.findall(ATOM + name)), 1, name)
        ids.add(node.find(ATOM + "id").text)
        equal(bool(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", node.find(ATOM + "updated").text)), True)
    equal((len(ids), all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one) for one in ids)),
          (count + 1, True))


def check_log_apart(logged, seeds, path):
    """The same facts without a log: every answer but those about it is the same."""
    equal(publish(seeds, path), (0, ""))
    read = "SELECT path, media, coding, etag FROM document ORDER BY number"
    with sqlite3.connect(logged) as one, sqlite3.connect(path) as other:
        equal(one.execute(read).fetchall() == other.execute(read).fetchall(), True)
    revision = json.loads(get(logged, "/v1"))["data"]["revision"]
    equal(json.loads(get(path, "/v1/revisions"))["meta"]["log"], "none")
    equal(json.loads(get(path, f"/v1/changes?since={revision}"))["data"], [])
    ended = call("get", path, "/v1/changes?since=000000000000")
    equal((ended.returncode, json.loads(ended.stderr)["status"]), (1, 410))


@case
def every_table_of_facts_is_in_the_log(_folder):
    def text(name):
        with open(os.path.join(SOURCE, "src", "store", name), encoding="utf-8") as file:
            return file.read()
    tables = re.findall(r'\{"(\w+)",\s*\{"SELECT [^}]*?\},\s*true\}', text("tables.c"), re.S)
    equal(len(tables) > 10, True)
    for table in tables:
        equal(bool(re.search(rf"(?:FROM|JOIN) \W*{table}\b", text("log.c").replace('"\n     "', ""))), True, table)


@case
def a_previous_file_that_can_not_be_used_is_one_sentence(folder):
    code, says = publish(small_seeds(folder), os.path.join(folder, "2.db"), os.path.join(folder, "none.db"))
    equal((code, says.count("\n")), (3, 1))
    holds("leave --previous out", says)


main()
