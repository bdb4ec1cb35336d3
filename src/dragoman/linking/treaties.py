"""Which facts speak of one agreement, and the history that they tell of it.

An agreement is known by the table's name for it (`=inf`), by an acronym that a report gives with its name (`~ctbt`),
or by the words of its name; a name without words of its own ("peace treaty") only together with its parties
(`@agreement peac EGY ISR`). What can't be told stays apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.facts import Date
from dragoman.lexicon import countries, treaties
from dragoman.lexicon.table import Lexicon
from dragoman.lexicon.treaties import plain_words
from dragoman.linking.plans import ordinal
from dragoman.linking.told import RECENT_DAYS, Window
from dragoman.linking.wording import COMMON, stem
from dragoman.terms import AGREEMENT_STATUSES

CHAIN_DAYS: Final = 730
"""Reports of an agreement without a name of its own are of one only where the next follows within so many days: two
states conclude a trade agreement every few years."""

NAMED_CHAIN_DAYS: Final = 3653
"""The same for a name that is not in the table: "the friendship treaty" may be another one a generation later."""

SAME_STEP_DAYS: Final = 10
"""Reports of one step lie at most so many days apart, as far as their dates tell."""

NOUNS: Final = {
    **dict.fromkeys(("treaty", "accord", "agreement", "pact", "deal", "settlement", "compact"), "agreement"),
    **dict.fromkeys(("ceasefire", "truce", "armistice", "fire"), "ceasefire"),
    **dict.fromkeys(("memorandum", "understanding"), "memorandum"),
    **dict.fromkeys(("communique", "declaration", "statement"), "declaration"),
}
"""Nouns for agreements, and the kind that they are compared as: papers call one pact a treaty and an accord."""

_ACRONYM: Final = re.compile(r"\s{0,2}\(\s?([A-Z][A-Za-z]{0,3}[A-Z][A-Za-z0-9-]{0,6})\s?\)")
_CAPITALS: Final = re.compile(r"[A-Z]{3,8}(?:[- ]?(?:I{1,3}|\d))?")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an agreement in one report: `known` by the table, `own` words of its own. Empty: it can't be
    told."""

    names: frozenset[str]
    own: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """What one fact tells of an agreement; `parties` are codes, or names of bodies without one. Days are ordinals."""

    key: str
    report: str
    name: str
    names: frozenset[str]
    parties: frozenset[str]
    status: str
    date: Date
    first_told: int
    last_told: int

    @property
    def planned(self) -> bool:
        """Whether its date is that of a step to come: "is to be signed in May" tells that it is agreed."""
        return bool(self.date.end) and ordinal(self.date.end or "") > self.last_told

    @property
    def days(self) -> Window:
        """The days of the step; those before the report where it gives no date."""
        start, end = self.date.start, self.date.end
        if self.planned or not (start or end):
            return Window(self.first_told - RECENT_DAYS, self.last_told, False)
        if start and end:
            return Window(ordinal(start), ordinal(end), True)
        last = ordinal(end or start or "")
        return Window(last - RECENT_DAYS if end else last, last if end else self.last_told, False)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an agreement: the facts that tell it, the best dated first. `by` is who took it, empty for all
    parties."""

    status: str
    by: frozenset[str]
    days: Window
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class History:
    """An agreement: all that is told of it, and its steps in the order of their days. `mentioned`: tellings of no
    step."""

    tellings: tuple[Telling, ...]
    steps: tuple[Step, ...]
    mentioned: tuple[Telling, ...]

    @property
    def status(self) -> str:
        """How far it has come: the last step that all took, or any; `mentioned` where none is told."""
        return self.steps[-1].status if self.steps else "mentioned"


# ---- names


def names_of(name: str, behind: str, parties: frozenset[str], lexicon: Lexicon) -> Names:
    """The names of an agreement called NAME; BEHIND are the report's words right behind, where an acronym may stand."""
    table = lexicon.compiled(treaties.index)
    found: set[str] = set()
    acronym = _ACRONYM.match(behind)
    for given in filter(None, (name, acronym.group(1) if acronym else None)):
        row = table.named(given)
        if row is not None:
            found.add(f"={row.id}")
        elif _CAPITALS.fullmatch(given):
            found.add(f"~{given.lower()}")
    if any(one.startswith("=") for one in found):
        return Names(frozenset(one for one in found if one.startswith("=")), own=True)
    words, own = _own_words(name, lexicon)
    if own:
        found.add(words)
    elif len(parties) > 1:
        found.add(f"@{words} {' '.join(sorted(parties))}")
    return Names(frozenset(found), own or bool(acronym))


def _own_words(name: str, lexicon: Lexicon) -> tuple[str, bool]:
    """The words of NAME beside countries and grammar, as a key; whether one of them, in capitals, makes it a name."""
    index = lexicon.compiled(countries.index)
    capital = {word.lower() for word in re.findall(r"\b[A-Z][\w’']*", name)}
    kept: set[str] = set()
    own = False
    for word in plain_words(name):
        if index.by_name(word.title()) or index.by_name(word.upper()) or word in COMMON:
            continue
        kept.add(NOUNS.get(word) or stem(word))
        own = own or (word in capital and word not in NOUNS)
    return " ".join(sorted(kept)), own


# ---- which tellings are of one agreement


def histories(tellings: Iterable[Telling]) -> list[History]:
    """The agreements that TELLINGS are of, whatever their order.

    Those with two parties or more are grouped first; one that names fewer joins a group only where it fits no other.
    """
    rows = sorted(tellings, key=lambda one: (one.first_told, one.report, one.key))
    full = [one for one in rows if len(one.parties) > 1]
    groups = _chained(full)
    rest: list[Telling] = []
    joined: dict[int, list[Telling]] = {}
    for one in (row for row in rows if len(row.parties) < 2):
        fits = [i for i, group in enumerate(groups) if any(_may_be_one(one, other) for other in group)]
        if len(fits) == 1:
            joined.setdefault(fits[0], []).append(one)
        else:
            rest.append(one)
    for i, more in joined.items():
        groups[i] += more
    return [_history(group) for group in [*groups, *_chained(rest)]]


def _chained(rows: Sequence[Telling]) -> list[list[Telling]]:
    """ROWS in connected groups of those that may be one."""
    groups: list[list[Telling]] = []
    for one in rows:
        near = [group for group in groups if any(_may_be_one(one, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), one])
    return groups


def _may_be_one(one: Telling, other: Telling) -> bool:
    shared = one.names & other.names
    if not shared:
        return False
    if any(name.startswith("=") for name in shared):
        return True
    small, large = sorted((one.parties, other.parties), key=len)
    if small and len(large) > 1 and not small <= large:
        return False
    alone = all(name.startswith("@") for name in shared)
    return abs(one.first_told - other.first_told) <= (CHAIN_DAYS if alone else NAMED_CHAIN_DAYS)


# ---- steps


def _history(group: list[Telling]) -> History:
    rows = sorted(group, key=lambda one: (one.first_told, one.report, one.key))
    told = [one for one in rows if one.status != "mentioned"]
    groups: list[list[Telling]] = []
    for one in sorted(told, key=lambda row: (row.days.last, row.days.first, row.key)):
        same = next((step for step in groups if any(_one_step(one, other) for other in step)), None)
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    rank = list(AGREEMENT_STATUSES)
    steps = sorted(map(_step, groups), key=lambda step: (step.days.last, rank.index(step.status), step.tellings[0].key))
    return History(tuple(rows), tuple(steps), tuple(one for one in rows if one.status == "mentioned"))


def _one_step(one: Telling, other: Telling) -> bool:
    if one.status != other.status:
        return False
    if len(one.parties) == 1 and len(other.parties) == 1 and one.parties != other.parties:
        return False
    gap = max(one.days.first - other.days.last, other.days.first - one.days.last)
    return gap <= SAME_STEP_DAYS


def _step(tellings: list[Telling]) -> Step:
    best = sorted(tellings, key=lambda one: (not one.days.dated, one.days.days, one.first_told, one.report, one.key))
    sides = {one.parties for one in tellings}
    by = next(iter(sides)) if len(sides) == 1 and len(best[0].parties) == 1 else frozenset()
    return Step(best[0].status, by, best[0].days, tuple(best))
