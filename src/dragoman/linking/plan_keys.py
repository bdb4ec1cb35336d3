"""Keys by which plans and what is told later find one another in a record, without a look at all the others.

Two acts that `outcomes.decide` joins always share a key; most that share one are not joined.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal, TypeAlias

from dragoman.lexicon.outcome_words import OutcomeWords
from dragoman.linking.outcomes import STOP_LATE_DAYS
from dragoman.linking.plans import Plan
from dragoman.linking.told import RECENT_DAYS, Told, Window
from dragoman.linking.turns import STOPS, Turn, days_of_date
from dragoman.linking.units import units

Role: TypeAlias = Literal["plan", "plan of one", "done", "stop"]
"""`plan` is sought by what was done, `plan of one` by reports that a plan is off, which may name one party of it
only."""

MOST_PARTIES: Final = 12
"""Of more parties the first by name have keys: a summit of thirty has no use for 435 pairs."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one act: those that it stands under, with the days in which its counterpart may lie, and those under
    which it seeks.
    """

    days: Window
    stands: tuple[tuple[Role, str], ...]
    seeks: tuple[tuple[Role, str], ...]


def keys_of_plan(plan: Plan) -> Keys:
    """A plan seeks its outcome, and other reports of itself, from the day on which it is told."""
    pairs, ones = _pairs(plan.families, plan.told), _ones(plan.families, plan.told)
    own = pairs or ones
    days = Window(plan.first_told, plan.due.reach.last + STOP_LATE_DAYS, True)
    stands: list[tuple[Role, str]] = [("plan", key) for key in own] + [("plan of one", key) for key in ones]
    seeks: list[tuple[Role, str]] = [(role, key) for key in own for role in ("plan", "done")]
    return Keys(days, tuple(stands), (*seeks, *(("stop", key) for key in ones)))


def keys_of_turn(turn: Turn, words: OutcomeWords) -> Keys:
    """What was done is sought by its day, a report that a plan is off by its own day."""
    rows = [words.families[name] for name in turn.families if name in words.families]
    families = turn.families | {row.fulfils for row in rows if row.fulfils}
    told = Window(turn.first_told, turn.last_told, True)
    ones = _ones(families, turn.told)
    if turn.signal in STOPS:
        return Keys(told, tuple(("stop", key) for key in ones), tuple(("plan of one", key) for key in ones))
    own = [*_pairs(families, turn.told), *ones]
    days = days_of_date(turn) or told
    if turn.signal == "did not happen":
        days = Window(min(days.first, told.first - RECENT_DAYS), max(days.last, told.last), True)
    return Keys(days, tuple(("done", key) for key in own), tuple(("plan", key) for key in own))


def _pairs(families: Iterable[str], event: Told) -> list[str]:
    return [f"{name}|{low}|{high}" for name in sorted(families) for low, high in combinations(_units(event), 2)]


def _ones(families: Iterable[str], event: Told) -> list[str]:
    return [f"{name}|{one}" for name in sorted(families) for one in _units(event)]


def _units(event: Told) -> list[str]:
    return sorted(units(event.parties))[:MOST_PARTIES]
