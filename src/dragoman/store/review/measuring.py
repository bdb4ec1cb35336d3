"""What the answers on a sample say: how far reviewers agree, and how much of the record is right, with its interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.reliability import Share, alpha, alpha_interval, weighted_share
from dragoman.store.review.answers import FACT, FIELDS, SENTENCE, Answer, Given, questions
from dragoman.store.review.sampling import Item, Sample

ALL: Final = "all fields"
"""The fact and every field of it right at once."""

_WORTH: Final[Mapping[Answer, float]] = {"right": 1.0, "wrong": 0.0}


@dataclass(frozen=True, slots=True)
class Precision:
    """The share of facts of a kind that are right in a field, estimated for all facts that the sample was drawn from.

    `facts` of the sample were answered on for sure; where reviewers differ a fact counts in part.
    """

    kind: str
    field: str
    share: Share
    facts: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha of two or more reviewers in a field, over facts on which they answered for sure.

    `alpha` and `interval` are None where all answers are the same: then there is nothing that chance could explain.
    """

    field: str
    alpha: float | None
    interval: tuple[float, float] | None
    same: float
    facts: int


def precisions(sample: Sample, given: Sequence[Given], reviewer: str | None = None) -> list[Precision]:
    """By kind and field, over the answers of all reviewers or of REVIEWER alone."""
    by_item = _by_item(given, reviewer)
    answered = Counter(item.stratum for item in sample.items if item.number in by_item)
    found: list[Precision] = []
    for kind, fields in FIELDS.items():
        items = [item for item in sample.items if item.fact.kind == kind and item.number in by_item]
        for field in (FACT, *fields, ALL, *((SENTENCE,) if kind == "event" else ())):
            values = [
                (value, sample.strata[item.stratum].facts / answered[item.stratum])
                for item in items
                if (value := _value(by_item[item.number], item, field)) is not None
            ]
            share = weighted_share(values)
            if share is not None:
                found.append(Precision(kind, field, share, len(values)))
    return found


def covered(sample: Sample, given: Sequence[Given]) -> float:
    """The share of the facts drawn from whose stratum has answers: the others are not spoken of."""
    numbers = {one.number for one in given}
    answered = {item.stratum for item in sample.items if item.number in numbers}
    whole = sum(stratum.facts for stratum in sample.strata)
    return sum(sample.strata[number].facts for number in answered) / whole


def _by_item(given: Iterable[Given], reviewer: str | None) -> dict[int, list[Mapping[str, Answer]]]:
    found: dict[int, list[Mapping[str, Answer]]] = {}
    for one in given:
        if reviewer in (None, one.reviewer):
            found.setdefault(one.number, []).append(one.answers)
    return found


def _value(given: Sequence[Mapping[str, Answer]], item: Item, field: str) -> float | None:
    """The mean of what reviewers say of a field; None where nobody is sure."""
    asked = questions(item.fact.kind, item.fact.payload)
    worths = [worth for answers in given if (worth := _worth(answers, asked, field)) is not None]
    return sum(worths) / len(worths) if worths else None


def _worth(answers: Mapping[str, Answer], asked: Sequence[str], field: str) -> float | None:
    """1 for right, 0 for wrong, None for not answered or not sure. Of a fact that isn't there every field is wrong."""
    if field != SENTENCE and answers.get(FACT) == "wrong":
        return 0.0 if field in (*asked, ALL) else None
    if field != ALL:
        return _WORTH.get(answers[field]) if field in answers else None
    all_ = [answers.get(name) for name in asked if name != SENTENCE]
    if "wrong" in all_:
        return 0.0
    return 1.0 if all(answer == "right" for answer in all_) else None


def agreements(sample: Sample, given: Sequence[Given]) -> list[Agreement]:
    """By field over all kinds, as far as two or more reviewers answered on the same facts."""
    items = {item.number: item for item in sample.items}
    by_item = _by_item(given, None)
    names = dict.fromkeys((FACT, *(name for fields in FIELDS.values() for name in fields), ALL, SENTENCE))
    found: list[Agreement] = []
    for field in names:
        units = [_unit(answers, items[number], field) for number, answers in by_item.items()]
        double = [unit for unit in units if len(unit) > 1]
        if double:
            same = sum(len(set(unit)) == 1 for unit in double) / len(double)
            interval = alpha_interval([[unit] for unit in double])
            found.append(Agreement(field, alpha(double), interval, same, len(double)))
    return found


def _unit(given: Sequence[Mapping[str, Answer]], item: Item, field: str) -> tuple[float, ...]:
    asked = questions(item.fact.kind, item.fact.payload)
    return tuple(worth for answers in given if (worth := _worth(answers, asked, field)) is not None)
