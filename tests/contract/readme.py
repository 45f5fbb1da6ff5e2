# SPDX-License-Identifier: MIT
"""The README's curl lines, run by sh as they stand there, against the real dataset; prints TAP.

Usage: readme.py README.md http://127.0.0.1:PORT. Taken is every line that begins with curl, but for those of the
operator's section, which need an installed service, and those that ask about an address (ip=), which need a file of
addresses. Only the port is replaced. Each line must be answered with 200 and a body that reads as what its address
asks for; those in PROMISES must also hold what the README says of them."""
import contextlib
import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

PLACE = "http://127.0.0.1:8080"
TYPES = {"": "application/json", ".atom": "application/atom+xml", ".csv": "text/csv; charset=utf-8; header=present",
         ".geojson": "application/geo+json", ".md": "text/markdown; charset=utf-8",
         ".ndjson": "application/x-ndjson", ".sqlite": "application/vnd.sqlite3",
         ".stix.json": "application/stix+json;version=2.1", ".txt": "text/plain; charset=utf-8",
         ".vcf": "text/vcard; charset=utf-8"}
READERS, PROMISES = {}, {}


def holds(condition, note):
    if not condition:
        raise AssertionError(note)


def reads(*suffixes):
    return lambda function: READERS.update(dict.fromkeys(suffixes, function)) or function


def promise(target):
    return lambda function: PROMISES.update({target: function}) or function


@reads("", ".geojson", ".stix.json")
def from_json(text):
    return json.loads(text)


@reads(".csv")
def from_csv(text):
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True, restkey="more"))
    holds(rows and all("more" not in row and None not in row.values() for row in rows), "rows of other lengths")
    return rows


@reads(".txt", ".md")
def from_text(text):
    holds(text.endswith("\n"), "no last line break")
    holds(not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]|<[a-z]+>", text), "control characters or HTML")
    return text.splitlines()


@reads(".vcf")
def from_cards(text):
    cards = text.split("BEGIN:VCARD\r\nVERSION:4.0\r\n")
    holds(cards[0] == "" and all(card.endswith("\r\nEND:VCARD\r\n") for card in cards[1:]), "not cards")
    return cards[1:]


@reads(".atom")
def from_feed(text):
    return xml.etree.ElementTree.fromstring(text).findall("{http://www.w3.org/2005/Atom}entry")


@reads(".sqlite")
def from_database(text):
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(text.encode("latin-1"))
        views = [name for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
        return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in views}


@promise("/")
def help_on_one_screen(lines, _):
    holds(len(lines) <= 24 and max(map(len, lines)) <= 80, "more than a screen")


@promise("/be")
def a_country_on_one_page(lines, _):
    holds(lines[0] == "Belgium (BE)", lines[0])


@promise("/v1/countries/BE?pretty=1")
def all_of_it_as_indented_json(answer, text):
    holds(answer["data"]["code"] == "BE" and answer["data"]["strategies"], "not Belgium")
    holds("\n  \"data\": {\n" in text, "not indented")


@promise("/v1/countries.csv")
def every_country(rows, _):
    holds(len(rows) == 250 and {"BE", "XK"} <= {row["code"] for row in rows}, len(rows))


@promise("/v1/certs.csv?country=BE")
def teams_of_one_country(rows, _):
    holds({row["country"] for row in rows} == {"BE"} and "cert-be" in {row["id"] for row in rows}, "other teams")


@promise("/v1/countries?fields=code,name")
def of_each_item_only_that(answer, _):
    holds(all(list(item) == ["code", "name"] for item in answer["data"]) and answer["meta"]["count"] == 250, "more")


@promise("/v1/certs?facets=type,has&limit=1")
def counts_for_each_value(answer, _):
    facets = answer["meta"]["facets"]
    holds(len(answer["data"]) == 1 and sorted(facets) == ["has", "type"], facets)
    holds(facets["type"]["national"] > 100 and facets["has"]["email"] > 100, facets)


@promise("/v1/countries.geojson")
def every_country_as_a_point(answer, _):
    points = [item["geometry"] for item in answer["features"]]
    holds(len(points) == 250 and sum(point is not None and point["type"] == "Point" for point in points) > 230, "few")


@promise("/v1/certs.vcf?country=BE")
def the_same_teams_as_cards(cards, _):
    holds(len(cards) > 5 and any("CERT.be" in card or "Federal Cyber Emergency" in card for card in cards), "no cards")


@promise("/v1/certs/cert-be.stix.json")
def one_team_as_stix(answer, _):
    kinds = sorted(item["type"] for item in answer["objects"])
    holds(answer["type"] == "bundle" and "identity" in kinds and "location" in kinds, kinds)


@promise("/v1/assessments/wide.csv")
def a_row_for_each_country_and_a_column_for_each_criterion(rows, _):
    holds(len(rows) == 250 and {"country", "annual-audit", "goal-ciip"} <= rows[0].keys(), rows[0])
    holds({"yes", "partial", "no", "unknown", ""} >= {row["annual-audit"] for row in rows}, "other values")


@promise("/v1/scores.txt?group=eu&sort=-value&ascii=1")
def members_of_the_union_in_ascii(lines, text):
    rows = [line for line in lines if re.match(r"[A-Z]{2} .*\d+\.\d \(", line)]
    values = [float(re.search(r"(\S+) \(", row)[1]) for row in rows]
    holds(text.isascii() and len(values) == 27 and values == sorted(values, reverse=True), values)


@promise("/v1/scores/BE?as_of=2016-12-31")
def only_what_was_observed_by_then(answer, _):
    dates = [cell["observed"] for cell in answer["data"]["criteria"] if "observed" in cell]
    holds(dates and max(dates) <= "2016-12-31", dates)


@promise("/v1/compare.txt?countries=BE,NL,LU")
def who_is_above_whom(lines, _):
    holds(lines[0] == "Belgium, Luxembourg and Netherlands compared", lines[0])


@promise("/v1/countries/EE/contacts.txt")
def whom_to_tell_in_estonia(lines, _):
    holds(lines[0] == "Estonia: whom to tell" and any(line.startswith("1. CERT Estonia") for line in lines), lines[0])
    holds(any(line.startswith("  Why ") for line in lines), "no reason")


@promise("/v1/contacts.csv?country=FR")
def a_row_for_each_channel(rows, _):
    channels = [(row["id"], row["channel"], row["address"]) for row in rows]
    holds(len(set(channels)) == len(rows) > 5 and any("@" in address for _, _, address in channels), channels)


@promise("/v1/search?q=energ&kind=cert,law&limit=5")
def found_by_the_beginning_of_a_word(answer, _):
    holds(0 < len(answer["data"]) <= 5 and {item["kind"] for item in answer["data"]} <= {"cert", "law"}, "others")


@promise("/v1/exports")
def whole_files_each_with_size_and_hash(answer, _):
    holds(len(answer["data"]) == 8 and all(item["bytes"] > 0 and len(item["sha256"]) == 64 for item in answer["data"]),
          answer)


@promise("/v1/exports/dataset.sqlite")
def every_fact_and_views(views, _):
    holds(len(views) == 7 and views["v_country"] == 250 and min(views.values()) > 100, views)


@promise("/v1/changes?limit=20&pretty=1")
def what_changed(answer, _):
    holds(len(answer["data"]) == 20 and answer["meta"]["log"] == "kept", answer["meta"])


def lines_of(readme):
    public = re.sub(r"^## If you operate it$.*?(?=^## )", "", readme, flags=re.M | re.S)
    holds(public != readme, "the README has no section for operators")
    return [line for line in public.splitlines() if line.startswith("curl ") and "ip=" not in line]


def body_of(line, ran, folder):
    file = re.search(r" -o (\S+)|(?= -O ).*/(\S+)", line)
    if not file:
        return ran.stdout
    holds(ran.stdout == b"", "its answer goes into a file")
    with open(os.path.join(folder, file[1] or file[2]), "rb") as saved:
        return saved.read()


def try_line(line, place):
    target = re.search(re.escape(PLACE) + r"(/[^' ]*)", line)[1]
    suffix = re.search(r"(\.[a-z.]+)?(?:\?|$)", target)[1] or ""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, ".curlrc"), "w", encoding="ascii") as settings:
            settings.write('silent\nshow-error\nwrite-out = "%{stderr}%{http_code} %{content_type}"\n')
        ran = subprocess.run(["sh", "-c", line.replace(PLACE, place)], cwd=folder, env={**os.environ, "HOME": folder},
                             capture_output=True, timeout=60, check=False)
        wanted = "200 " + TYPES[".txt" if target in ("/", "/be") else suffix]
        holds((ran.returncode, ran.stderr.decode()) == (0, wanted), f"{ran.returncode} {ran.stderr.decode()}")
        text = body_of(line, ran, folder).decode("latin-1" if suffix == ".sqlite" else "utf-8")
    answer = READERS[".txt" if target in ("/", "/be") else suffix](text)
    holds(answer, "nothing")
    if target in PROMISES:
        PROMISES.pop(target)(answer, text)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = lines_of(file.read())
    failed = []
    for line in lines:
        try:
            try_line(line, sys.argv[2])
        except Exception as error:  # whatever is wrong with a line is that line's failure
            failed.append(f"# {line}: {error!r}")
    failed += [f"# the README has no line for {target}" for target in PROMISES]
    good = len(lines) > 10 and not failed
    print(*failed, sep="\n", end="\n" if failed else "")
    print(f"{'ok' if good else 'not ok'} contract: the README's curl lines, as written ({len(lines)} lines)")
    return 0 if good else 1


sys.exit(main())
