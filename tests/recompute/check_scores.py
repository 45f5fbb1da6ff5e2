# SPDX-License-Identifier: MIT
"""Asks the program for scores, orders, explanations and histories of the dataset of data/, and recomputes all figures.
Usage: check_scores.py PROGRAM SOURCE"""
import copy
import csv
import dataclasses
import datetime
import functools
import io
import itertools
import json
from fractions import Fraction

import agree
import scores
from case import Server, call, case, dataset, equal, holds, main

WEIGHTS = {
    "legal-conditions": [{}, {"cip-strategy": 3, "mandatory-reporting": 2},
                         {"annual-audit": 0, "strategy-in-place": 100, "system-inventory": 37, "cip-definition": 0},
                         {"public-capacity-report": 7, "agency-cio-cso": 13, "written-infosec-plan": 0}],
    "strategy-goals": [{}, {"goal-ciip": 3, "goal-awareness": 2}, {"goal-training": 0, "goal-exercises": 41}],
}
DATES = (None, "2016-12-31", "2018-02-28", "2024-10-18")
VARIANTS = ({}, {"max_age": "P5Y"}, {"max_age": "P1Y6M"}, {"max_age": "P90D"}, {"basis": "assessor"},
            {"basis": "assessor,our_reading,eu_law"}, {"sure": "low"}, {"sure": "high"},
            {"basis": "eu_law", "sure": "low", "max_age": "P10Y"})
AGES = {"P5Y": (60, 0), "P1Y6M": (18, 0), "P90D": (0, 90), "P10Y": (120, 0)}
TOGETHER = (("BE", "NL", "LU"), ("BE", "DE", "FR", "IT", "ES", "PL"), ("EE", "AF"), ("MT", "CY", "GR"), ("GB", "HR"))


def address(path, parameters=(), **more):
    query = "&".join(f"{name}={value}" for name, value in {**dict(parameters), **more}.items())
    return path + ("?" + query if query else "")


class Atlas(Server):
    """The program serving the dataset of data/; what its two answers say; and any other answer."""

    def __init__(self, folder):
        self.file = dataset(folder)
        super().__init__(folder, self.file, "--log-level", "error")

    def __enter__(self):
        super().__enter__()
        today = datetime.date.fromisoformat(self.ask("/v1")["data"]["date"])
        self.methods = {name: scores.read_method(self.ask(f"/v1/methodologies/{name}")["data"], today)
                        for name in WEIGHTS}
        self.cells = scores.read_claims(self.body("/v1/assessments.csv"))
        return self

    def body(self, target):
        status, _, body = self.get(target)
        equal(status, 200, f"{target}: {body.decode()[:300]}")
        return body.decode()

    def ask(self, path, parameters=(), **more):
        """Figures keep the digits that they are printed with."""
        return json.loads(self.body(address(path, parameters, **more)), parse_float=str)


def atlas_case(function):
    @functools.wraps(function)
    def run(folder):
        with Atlas(folder) as atlas:
            function(atlas)
    return case(run)


def question_of(method, weights, date, variant):
    return dataclasses.replace(
        method, weights={criterion: weights.get(criterion, 1) for criterion in method.weights},
        bases=tuple(variant["basis"].split(",")) if "basis" in variant else method.bases,
        sure=variant.get("sure", method.sure), as_of=date and datetime.date.fromisoformat(date),
        age=AGES.get(variant.get("max_age")))


def questions(methods, dates=DATES, variants=VARIANTS):
    """(parameters, Question) of every combination."""
    for name, method in methods.items():
        for date, variant, weights in itertools.product(dates, variants, WEIGHTS[name]):
            asked = {"methodology": name, **({"as_of": date} if date else {}), **variant}
            if weights:
                asked["weights"] = ",".join(f"{criterion}:{weight}" for criterion, weight in weights.items())
            yield asked, question_of(method, weights, date, variant)


@atlas_case
def every_figure_of_every_country_is_recomputed_to_the_last_digit(atlas):
    every = {item["code"] for item in atlas.ask("/v1/countries")["data"]}
    equal({country for country, _ in atlas.cells} - every, set())
    for asked, question in questions(atlas.methods):
        items = atlas.ask("/v1/scores", asked, explain=1)["data"]
        equal({item["country"] for item in items}, every, asked)
        agree.check_list(asked, question, items, atlas.cells)


@atlas_case
def ranks_among_the_countries_selected_are_recomputed(atlas):
    for (asked, question), some in zip(questions(atlas.methods, variants=VARIANTS[:2]), itertools.cycle(TOGETHER)):
        items = atlas.ask("/v1/scores", asked, explain=1, countries=",".join(some))["data"]
        equal(sorted(item["country"] for item in items), sorted(some), asked)
        agree.check_list(asked, question, items, atlas.cells, selected=True)


@atlas_case
def the_order_of_each_pair_and_what_it_rests_on_are_recomputed(atlas):
    allowed = {row["id"]: row["allowed"] for row in atlas.ask("/v1/criteria")["data"]}
    for (asked, question), some in itertools.product(questions(atlas.methods, variants=VARIANTS[:2]), TOGETHER):
        data = atlas.ask("/v1/compare", asked, countries=",".join(some))["data"]
        equal(sorted(item["country"] for item in data["countries"]), sorted(some), asked)
        agree.check_comparison(asked, question, data, atlas.cells, allowed)


@atlas_case
def what_each_unknown_and_each_criterion_would_change_is_recomputed(atlas):
    allowed = {row["id"]: row["allowed"] for row in atlas.ask("/v1/criteria")["data"]}
    for asked, question in questions(atlas.methods, variants=VARIANTS[:2]):
        for country in ("BE", "EE", "AF", "AT"):
            data = atlas.ask(f"/v1/scores/{country}", asked, explain=1)["data"]
            equal(data["country"], country, asked)
            agree.check_explanation(asked, question, data, atlas.cells, allowed)


@atlas_case
def the_text_of_an_explanation_says_the_same(atlas):
    criteria = atlas.ask("/v1/criteria")["data"]
    allowed, labels = ({row["id"]: row[key] for row in criteria} for key in ("allowed", "label"))
    for asked, question in questions(atlas.methods, variants=VARIANTS[:2]):
        for country in ("AT", "BE", "EE", "AF", "AQ"):
            wanted = agree.explanation_words(question, scores.verdicts(question, atlas.cells, country), allowed, labels)
            legal = [f"/v1/countries/{country}/legal-conditions.txt"] if "goal" not in asked["methodology"] else []
            for path in (f"/v1/scores/{country}.txt", *legal):
                holds(wanted, " ".join(atlas.body(address(path, asked, explain=1)).split()))


@atlas_case
def every_step_of_a_history_is_recomputed(atlas):
    some = sorted({country for country, _ in atlas.cells})[::9] + ["AQ", "BE", "GB"]
    for asked, question in questions(atlas.methods, (None, "2018-02-28"), VARIANTS[:3] + VARIANTS[5:7]):
        for country in some if "weights" not in asked else some[-3:]:
            data = atlas.ask(f"/v1/scores/{country}/history", asked)["data"]
            equal(data["country"], country, asked)
            agree.check_history(asked, question, data, atlas.cells)


@atlas_case
def the_wide_table_says_of_each_cell_what_the_long_one_says(atlas):
    for asked in ({}, {"as_of": "2016-12-31"}, {"max_age": "P3Y", "sure": "high"}, {"methodology": "strategy-goals"}):
        long = csv.DictReader(io.StringIO(atlas.body(address("/v1/assessments.csv", asked)), newline=""), strict=True)
        cells = {}
        for row in long:
            cells.setdefault((row["country"], row["criterion"]), "unknown")
            if row["decides"] == "true":
                cells[row["country"], row["criterion"]] = row["value"]
        wide = list(csv.DictReader(io.StringIO(atlas.body(address("/v1/assessments/wide.csv", asked)), newline=""),
                                   strict=True))
        equal(len(wide), 250)
        equal({(row["country"], criterion): value for row in wide for criterion, value in row.items()
               if value and criterion not in ("country", "name")}, cells, asked)
        data = atlas.ask("/v1/assessments/wide", asked)["data"]
        equal(["country", "name", *data["criteria"]], list(wide[0]))
        equal([(item["country"], item["answers"]) for item in data["countries"]],
              [(row["country"], {name: row[name] for name in data["criteria"] if row[name]}) for row in wide])
        equal([cell for row in wide for cell in row.values() if cell[:1] in tuple("=+-@\t\r") and cell], [])


@atlas_case
def the_command_line_prints_the_same_figures(atlas):
    for asked, _ in itertools.islice(questions(atlas.methods), 0, None, 40):
        target = address("/v1/scores", asked, explain=1)
        ended = call("get", atlas.file, target)
        equal((ended.returncode, ended.stderr), (0, ""), target)
        equal(ended.stdout == atlas.body(target), True, target)


def places(value, place=()):
    """Of every figure in an answer."""
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(part, (dict, list)):
            yield from places(part, (*place, key))
        elif key not in ("country", "name", "criterion", "self", "label"):
            yield (*place, key)


def with_another(items, place):
    changed = copy.deepcopy(items)
    part = changed
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = part[place[-1]] + 1 if isinstance(part[place[-1]], int) else "0" + part[place[-1]]
    return changed


@atlas_case
def one_changed_figure_is_found_wherever_it_stands(atlas):
    asked, question = next(questions(atlas.methods))
    items = atlas.ask("/v1/scores", asked, explain=1, countries="BE,NL,LU")["data"]
    agree.check_list(asked, question, items, atlas.cells, selected=True)
    every = list(places(items))
    equal(len(every) > 100, True, f"{len(every)} figures")
    for place in every:
        try:
            agree.check_list(asked, question, with_another(items, place), atlas.cells, selected=True)
        except AssertionError as told:
            holds(items[place[0]]["country"], str(told))
            holds(f"{place[-1]} is", str(told))
        else:
            raise AssertionError(f"nobody missed the figure at {place}")


EXAMPLE = {
    "weights": [{"criterion": f"c{n}", "weight": 1} for n in range(11)], "window_months": 24, "bases": ["assessor"],
    "values": {value: {side: {"fraction": text} for side, text in zip(("low", "high", "counted"), texts)}
               for value, texts in (("yes", ("1", "1", "1")), ("partial", ("1/4", "3/4", "1/2")),
                                    ("no", ("0", "0", "0")), ("unknown", ("0", "1")))},
    "least_sure": "medium", "least_coverage": {"fraction": "3/5"}}


@case
def the_worked_example_comes_out_as_it_was_worked_by_hand(_folder):
    head = "country,criterion,value,unknown,source,at,observed,basis,sure,observed_by\n"
    rows = [f"BE,c{n},{value},{'lost' if value == 'unknown' else ''},page,,2017-07,assessor,high,2017-07-31\n"
            for n, value in enumerate(["yes"] * 3 + ["partial"] * 2 + ["no"] * 4 + ["unknown"] * 2)]
    question = scores.read_method(EXAMPLE, datetime.date(2026, 11, 24))
    cells = scores.read_claims(head + "".join(rows))
    equal(agree.all_figures(scores.score(question, scores.verdicts(question, cells, "BE"))), {
        "value": "44.4", "low": "31.8", "high": "59.1", "coverage": "0.818", "disputed": 0, "oldest": "2017-07",
        "counts": {"yes": 3, "partial": 2, "no": 4, "unknown": 2, "not_applicable": 0}})


@case
def figures_are_rounded_half_away_from_zero(_folder):
    for number, digits, text in ((Fraction(1, 20), 1, "0.1"), (Fraction(-1, 20), 1, "-0.1"), (Fraction(1), 3, "1.000"),
                                  (Fraction(-1, 30), 1, "0.0"), (Fraction(9, 11), 3, "0.818"),
                                  (Fraction(400, 9), 1, "44.4"), (Fraction(1999, 20), 1, "100.0")):
        equal(scores.printed(number, digits), text)


main()
