"""By which words two reports speak of one act: families of words, and what is left of a clause beside them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from dragoman.facts import Actor
from dragoman.lexicon.outcome_words import OutcomeActRow, OutcomeWords
from dragoman.linking.told import Told
from dragoman.linking.wording import bag, stem

_WORD: Final = re.compile(r"[^\W\d_]+")
_AMOUNT: Final = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)[\s-]+(million|billion|trillion|[^\W\d_]+s)\b", re.IGNORECASE
)

MEASURES: Final = frozenset({
    *("million", "billion", "trillion", "thousand", "hundr", "dollar", "euro", "pound", "yen", "mark", "franc",
    "percent")
})  # fmt: skip
"""Stems of words for how much, which say nothing of what: "20 million dollars for schools"."""


def families_of(event: Told, words: OutcomeWords) -> frozenset[str]:
    """The families of the word that says EVENT; where it is in none, its act and stem are a family of their own."""
    found = {
        row.family
        for row in words.families.values()
        if event.act in row.acts and any(stem(word) in stems(row) for word in _WORD.findall(event.predicate))
    }
    return frozenset(found) if found else frozenset({f"{event.act}/{event.stem}"} if event.stem else ())


def families_in(text: str, words: OutcomeWords) -> frozenset[str]:
    """All families that words of TEXT belong to: a report that a visit is off names the visit, and may name talks."""
    found = {stem(word) for word in _WORD.findall(text)}
    return frozenset(row.family for row in words.families.values() if found & stems(row))


def is_name_of_act(event: Told, words: OutcomeWords) -> bool:
    """Whether the word that says EVENT is a noun, which alone doesn't say that it was done: "welcomed the visit"."""
    return event.predicate.lower() in _nouns(words)


@lru_cache(maxsize=256)
def stems(row: OutcomeActRow) -> frozenset[str]:
    """The stems of a family's words."""
    return frozenset(map(stem, row.words))


@lru_cache(maxsize=8)
def _nouns_of(rows: tuple[OutcomeActRow, ...]) -> frozenset[str]:
    return frozenset(noun for row in rows for noun in row.nouns)


def _nouns(words: OutcomeWords) -> frozenset[str]:
    return _nouns_of(tuple(words.families.values()))


def topic(event: Told, families: Iterable[str], words: OutcomeWords) -> Mapping[str, float]:
    """What the clause of EVENT speaks of beside its parties, its act and how far that has come: "border treaty"."""
    rows = [words.families[name] for name in families if name in words.families]
    without = {form for row in rows for form in stems(row)} | {event.stem}
    without |= {form for actor in event.parties for form in _name(actor)} | MEASURES
    text = event.clause
    for kind in ("held", "begun", "part", "as planned"):
        text = words.patterns[kind].sub(" ", text)
    kept = {form: weight for form, weight in bag(text).items() if form not in without and not form.isdigit()}
    length = math.sqrt(math.fsum(weight * weight for weight in kept.values()))
    return {form: weight / length for form, weight in kept.items()} if length else {}


def other_amounts(one: Told, other: Told) -> bool:
    """Whether both clauses say how much, and not the same: 500 of 2,000 soldiers are not all, nor is it another
    loan."""
    mine, theirs = (
        {(number.replace(",", ""), unit.lower()) for number, unit in _AMOUNT.findall(event.clause)}
        for event in (one, other)
    )
    return bool(mine and theirs) and not mine & theirs


def _name(actor: Actor) -> Iterable[str]:
    return (stem(word) for word in _WORD.findall(f"{actor.name} {actor.role or ''} {actor.group or ''}"))
