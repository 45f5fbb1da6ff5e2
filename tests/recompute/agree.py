# SPDX-License-Identifier: MIT
"""Holds one answer of the program against scores.py: each figure by its name and to its last digit. What differs is
told with the question, the country, the figure and both values."""
import dataclasses
import datetime
import itertools
from fractions import Fraction

import scores
from scores import printed


def agree(where, found, wanted):
    """`wanted` names each figure; None: it must not be there."""
    for figure, value in wanted.items():
        if isinstance(value, dict) and isinstance(found.get(figure), dict):
            agree(f"{where}, {figure}", found[figure], value)
        else:
            same(f"{where}: {figure}", found.get(figure), value)


def same(what, found, wanted):
    if found != wanted:
        raise AssertionError(f"{what} is {found!r}, recomputed {wanted!r}")


def tenths(number):
    return None if number is None else printed(number * 100, 1)


def figures(score):
    return {"value": tenths(score.value), "low": tenths(score.low), "high": tenths(score.high),
            "coverage": printed(score.coverage, 3)}


def all_figures(score):
    return {**figures(score), "counts": score.counts, "disputed": score.disputed, "oldest": score.oldest}


def rank_figure(ranks, country):
    if country not in ranks:
        return {"rank": None}
    return {"rank": {"best": ranks[country][0], "worst": ranks[country][1], "of": len(ranks)}}


def cell_figures(verdict, weight):
    known = verdict.value not in ("unknown", "not_applicable")
    return {"weight": weight, "value": verdict.value, "low": printed(verdict.low, 2), "high": printed(verdict.high, 2),
            "points": printed(weight * verdict.counted, 2) if known else None}


def check_list(asked, question, items, cells, selected=False):
    """/v1/scores with explain=1. Without a selection, who has a value has a rank."""
    judged = {item["country"]: scores.verdicts(question, cells, item["country"]) for item in items}
    same(f"{asked}: number of different countries", len(judged), len(items))
    wanted = {country: scores.score(question, verdicts) for country, verdicts in judged.items()}
    ranks = scores.ranks({country: score for country, score in wanted.items() if selected or score.value is not None})
    for item in items:
        country = item["country"]
        agree(f"{asked}: {country}", item, {**all_figures(wanted[country]), **rank_figure(ranks, country)})
        criteria = {cell["criterion"]: cell for cell in item["criteria"]}
        same(f"{asked}: {country}: criteria", sorted(criteria), sorted(question.weights))
        for criterion, verdict in judged[country].items():
            agree(f"{asked}: {country}, {criterion}", criteria[criterion],
                  cell_figures(verdict, question.weights[criterion]))


def resolved(question, judged, criterion, value):
    low, high, counted = question.parts[value]
    return {**judged, criterion: scores.Verdict(value, None, False, low, high, counted)}


def settlers(question, judged, names, allowed):
    """Each single unknown whose answer, one that its criterion allows, would surely order the two."""
    for side, country in names.items():
        for criterion, verdict in judged[country].items():
            open_ = verdict.value == "unknown" and question.weights[criterion]
            for value in [v for v in scores.VALUES[:3] if v in allowed[criterion]] if open_ else ():
                then = {**judged, country: resolved(question, judged[country], criterion, value)}
                order = scores.pair(question, then[names["a"]], then[names["b"]]).order
                if order != "open":
                    yield country, criterion, value, names[order]


def pair_figures(pair, names, same_known):
    """Values on the common criteria stand where one is known for more than these."""
    values = {"common_value_a": tenths(pair.value_a), "common_value_b": tenths(pair.value_b)}
    return {"order": pair.order, "common": pair.common, "leads": names.get(pair.leads),
            "epsilon": None if pair.epsilon is None else printed(pair.epsilon, 3),
            **(dict.fromkeys(values) if same_known else values)}


def check_comparison(asked, question, data, cells, allowed):
    """/v1/compare; `allowed`: the answers that each criterion may have."""
    judged = {item["country"]: scores.verdicts(question, cells, item["country"]) for item in data["countries"]}
    wanted = {country: scores.score(question, verdicts) for country, verdicts in judged.items()}
    ranks = scores.ranks(wanted)
    for item in data["countries"]:
        country = item["country"]
        agree(f"{asked}: {country}", item, {**all_figures(wanted[country]), **rank_figure(ranks, country)})
    same(f"{asked}: pairs", [(p["a"], p["b"]) for p in data["pairs"]], list(itertools.combinations(judged, 2)))
    for found in data["pairs"]:
        names = {"a": found["a"], "b": found["b"]}
        pair = scores.pair(question, *(judged[country] for country in names.values()))
        known = [{criterion for criterion in scores.known_of(judged[country]) if question.weights[criterion]}
                 for country in names.values()]
        where = f"{asked}: {found['a']} and {found['b']}"
        agree(where, found, pair_figures(pair, names, known[0] == known[1]))
        told = [(row["country"], row["criterion"], row["if"], row["then"]) for row in found.get("settled_by", ())]
        same(f"{where}: settled_by", sorted(told),
             sorted(settlers(question, judged, names, allowed)) if pair.order == "open" else [])


def open_figures(question, judged, criterion, allowed):
    """What an unknown may turn out to be, and how much of the interval that ends at most."""
    then = {value: scores.score(question, resolved(question, judged, criterion, value))
            for value in scores.VALUES[:3] if value in allowed}
    own = scores.score(question, judged)
    narrows = max([own.high - own.low - score.high + score.low for score in then.values()], default=0)
    return {"narrows": tenths(Fraction(narrows)), "outcomes": {value: figures(score) for value, score in then.items()}}


def without_figures(question, judged, criterion):
    own = scores.score(question, judged).value
    score = scores.score(dataclasses.replace(question, weights={**question.weights, criterion: 0}), judged)
    change = None if own is None or score.value is None else score.value - own
    return {**figures(score), "change": tenths(change)}


def explanation(question, judged, allowed):
    """What explains a score: {criterion: figures} of the open ones, the one first that narrows most, then the heavier;
    and of each without it."""
    found = {criterion: open_figures(question, judged, criterion, allowed[criterion])
             for criterion, weight in question.weights.items() if weight and judged[criterion].value == "unknown"}
    first = sorted(found, key=lambda c: (-Fraction(found[c]["narrows"]), -question.weights[c]))
    return ({criterion: found[criterion] for criterion in first},
            {criterion: without_figures(question, judged, criterion) for criterion in question.weights})


def check_explanation(asked, question, data, cells, allowed):
    """/v1/scores/{code} with explain=1; `allowed`: the answers that each criterion may have."""
    judged = scores.verdicts(question, cells, data["country"])
    where = f"{asked}: {data['country']}"
    agree(where, data, all_figures(scores.score(question, judged)))
    for part, wanted in zip(("open", "without"), explanation(question, judged, allowed)):
        rows = data["explain"][part]
        same(f"{where}: {part}", [row["criterion"] for row in rows], list(wanted))
        for row in rows:
            same(f"{where}, {part} {row['criterion']}: outcomes", sorted(row.get("outcomes", ())),
                 sorted(wanted[row["criterion"]].get("outcomes", ())))
            agree(f"{where}, {part} {row['criterion']}", row, wanted[row["criterion"]])


def in_words(figure):
    return f"{figure['value'] or 'no value'} ({figure['low']}–{figure['high']})"


def change_words(change):
    return "" if change is None else f", +{change}" if Fraction(change) > 0 else f", {change}"


def explanation_words(question, judged, allowed, labels):
    """The two sections at the end of the same as text, on one line and with single spaces."""
    found, without = explanation(question, judged, allowed)
    head = "What each unknown would change, the one that narrows most first "
    text = head + "-" * (len(head) - 1) if found else ""
    for criterion, row in found.items():
        text += f" {labels[criterion]} narrows by {row['narrows']}"
        text += ";" * bool(row["outcomes"])
        text += ",".join(f" {value}: {in_words(figure)}" for value, figure in row["outcomes"].items())
    text += " Without each criterion ----------------------"
    for criterion, row in without.items():
        text += f" {labels[criterion]} {in_words(row)}{change_words(row['change'])}"
    return " ".join(text.split())


def check_history(asked, question, data, cells):
    """/v1/scores/{code}/history."""
    country = data["country"]
    where = f"{asked}: history of {country}"
    same(f"{where}: days", [step["date"] for step in data["steps"]],
         [str(day) for day in scores.history_days(question, cells, country)])
    for step in data["steps"]:
        then = dataclasses.replace(question, as_of=datetime.date.fromisoformat(step["date"]))
        score = scores.score(then, scores.verdicts(then, cells, country))
        agree(f"{where} on {step['date']}", step["score"], figures(score))
