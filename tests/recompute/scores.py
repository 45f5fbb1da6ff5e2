# SPDX-License-Identifier: MIT
"""Every published figure of a score, from two answers alone: /v1/assessments.csv (who says what of whom) and
/v1/methodologies/{id} (how it counts). Written from the method's text and not from the program, so that the two can
disagree. No floating point: fractions throughout, rounded once, half away from zero, when a figure is printed."""
import calendar
import csv
import datetime
import functools
import io
from collections import Counter, namedtuple
from dataclasses import dataclass
from fractions import Fraction

Claim = namedtuple("Claim", "country criterion value source at day observed basis sure")
# of a cell: its value, the claim that decides, whether live ones disagree, its interval, what its value counts
Verdict = namedtuple("Verdict", "value claim disputed low high counted")
Score = namedtuple("Score", "value low high coverage counts disputed oldest")
Pair = namedtuple("Pair", "order common leads epsilon value_a value_b")

BASES = ("assessor", "our_reading", "eu_law")  # in the order in which they speak
SURENESSES = ("high", "medium", "low")
VALUES = ("yes", "partial", "no", "unknown", "not_applicable")


@dataclass(frozen=True)
class Question:
    """What is asked. No as_of, no age (months and days): undated claims may speak, and nothing is too old."""
    weights: dict
    parts: dict  # value: (low, high, counted)
    window: int
    bases: tuple
    sure: str
    least: Fraction
    today: datetime.date
    as_of: datetime.date = None
    age: tuple = None


def read_claims(text):
    """{(country, criterion): [Claim]}; what a source leaves unknown is no claim."""
    cells = {}
    for row in csv.DictReader(io.StringIO(text)):
        if row["unknown"]:
            continue
        day = datetime.date.fromisoformat(row["observed_by"]) if row["observed_by"] else None
        claim = Claim(row["country"], row["criterion"], row["value"], row["source"], row["at"], day,
                      row["observed"], row["basis"], row["sure"])
        cells.setdefault(claim[:2], []).append(claim)
    return cells


def read_method(data, today):
    """The methodology's own question; `data` is of its document, `today` the dataset's date."""
    parts = {value: tuple(Fraction(part[side]["fraction"]) if side in part else Fraction(0)
                          for side in ("low", "high", "counted")) for value, part in data["values"].items()}
    return Question({row["criterion"]: row["weight"] for row in data["weights"]}, parts, data["window_months"],
                    tuple(data["bases"]), data["least_sure"], Fraction(data["least_coverage"]["fraction"]), today)


def before(day, months, days=0):
    """So many months and then days earlier; a day that the month lacks becomes the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last)) - datetime.timedelta(days)


def live(question, claims):
    """Rule 0: those that speak, the one first that decides."""
    least = SURENESSES.index(question.sure)
    eligible = [c for c in claims if c.basis in question.bases and SURENESSES.index(c.sure) <= least]
    dated = [c for c in eligible if c.day and c.day <= (question.as_of or question.today)]
    if dated:
        newest = max(c.day for c in dated)
        if question.age and newest < before(question.as_of or question.today, *question.age):
            return []
        eligible = [c for c in dated if c.day >= before(newest, question.window)]
    elif question.as_of or question.age:
        return []
    else:
        eligible = [c for c in eligible if not c.day]
    return sorted(eligible, key=lambda c: (BASES.index(c.basis), SURENESSES.index(c.sure),
                                           -c.day.toordinal() if c.day else 0, c.source, c.at))


def judge(question, claims):
    """Rule 1 for one cell."""
    speaking = live(question, claims)
    if not speaking:
        return Verdict("unknown", None, False, *question.parts["unknown"][:2], Fraction(0))
    parts = [question.parts.get(c.value, (Fraction(0), Fraction(1), Fraction(0))) for c in speaking]
    return Verdict(speaking[0].value, speaking[0], len({c.value for c in speaking}) > 1, min(p[0] for p in parts),
                   max(p[1] for p in parts), parts[0][2])


def verdicts(question, cells, country):
    return {criterion: judge(question, cells.get((country, criterion), ())) for criterion in question.weights}


def mean(question, criteria, part):
    weight = sum(question.weights[criterion] for criterion in criteria)
    points = sum(question.weights[criterion] * part[criterion] for criterion in criteria if part[criterion])
    return Fraction(points) / weight


def known_of(found):
    return [criterion for criterion, v in found.items() if v.value not in ("unknown", "not_applicable")]


def score(question, found):
    """Rule 2 over the verdicts of one country. A not_applicable that others dispute stays in the interval."""
    weight = question.weights
    known = known_of(found)
    applicable = known + [criterion for criterion, v in found.items() if v.value == "unknown"]
    counted = applicable + [criterion for criterion, v in found.items() if v.value == "not_applicable" and v.disputed]
    counts = Counter(v.value for v in found.values())
    of_known, of_applicable = (sum(weight[criterion] for criterion in part) for part in (known, applicable))
    coverage = Fraction(of_known, of_applicable) if of_applicable else Fraction(0)
    value, low, high = None, Fraction(0), Fraction(1)
    if sum(weight[criterion] for criterion in counted):
        low = mean(question, counted, {criterion: v.low for criterion, v in found.items()})
        high = mean(question, counted, {criterion: v.high for criterion, v in found.items()})
    if of_known and coverage >= question.least:
        value = mean(question, known, {criterion: v.counted for criterion, v in found.items()})
    dated = [v.claim for v in found.values() if v.claim and v.claim.day]
    return Score(value, low, high, coverage, {v: counts[v] for v in VALUES}, sum(v.disputed for v in found.values()),
                 min(dated, key=lambda claim: claim.day).observed if dated else None)


def ranks(scores):
    """{key: (best, worst)} among these; one is surely above another when its low is above the other's high."""
    return {key: (1 + sum(other.low > own.high for other in scores.values()),
                  sum(own.low <= other.high for other in scores.values())) for key, own in scores.items()}


def pair(question, a, b):
    """Rule 6 for two countries' verdicts."""
    own, other = score(question, a), score(question, b)
    order = "a" if own.low > other.high else "b" if other.low > own.high else "open"
    common = [criterion for criterion in known_of(a) if criterion in known_of(b)]
    if not sum(question.weights[criterion] for criterion in common):
        return Pair(order, len(common), None, None, None, None)
    values = [mean(question, common, {criterion: found[criterion].counted for criterion in common}) for found in (a, b)]
    lead = abs(values[0] - values[1])
    sign = 1 if values[0] >= values[1] else -1
    least = min(sign * (a[criterion].counted - b[criterion].counted) for criterion in common)
    epsilon = Fraction(0) if lead == 0 else Fraction(1) if least >= 0 else lead / (lead - least)
    return Pair(order, len(common), None if lead == 0 else "a" if sign > 0 else "b", epsilon, *values)


def history_days(question, cells, country):
    """The days, up to the one asked, on which the verdicts of the criteria that weigh are not what they were."""
    end = question.as_of or question.today
    criteria = {criterion: weight for criterion, weight in question.weights.items() if weight}
    days = {c.day for criterion in criteria for c in cells.get((country, criterion), ()) if c.day and c.day <= end}
    if question.age:
        days |= {too_old(day, question.age) for day in days}
    found, past = [], None
    for day in sorted(day for day in days if day <= end):
        now = verdicts(Question(**{**vars(question), "weights": criteria, "as_of": day}), cells, country)
        if now != past and (past or any(v.claim for v in now.values())):
            found.append(day)
            past = now
    return found


def too_old(day, age):
    """The first day whose age before it leaves `day` behind."""
    late = before(day, -age[0], -age[1])
    while before(late, *age) <= day:
        late += datetime.timedelta(1)
    return late


@functools.cache
def printed(number, places):
    """As the program prints it: exact, half away from zero."""
    scaled = (abs(number) * 10 ** places + Fraction(1, 2)).__floor__()
    text = f"{scaled:0{places + 1}d}"
    return ("-" if number < 0 and scaled else "") + text[:-places] + "." + text[-places:]
