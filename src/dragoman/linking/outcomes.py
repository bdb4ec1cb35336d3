"""Whether what one report tells is the outcome of what another one told as a plan.

A decision rests on the two events alone, never on what else is known: so reports may come in any order, in one run or
in many, and end in the same joins. How a plan stands with all its joins is for `standing.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dragoman.lexicon.outcome_words import OutcomeWords
from dragoman.linking.agreeing import Part, places
from dragoman.linking.families import other_amounts, topic
from dragoman.linking.plans import Plan
from dragoman.linking.told import RECENT_DAYS, Told, Window
from dragoman.linking.turns import STOPS, Turn, days_of_date
from dragoman.linking.units import agree, named_in
from dragoman.linking.wording import shared

DONE_POINTS: Final = 5.5
"""Points from which on an act is the one that was planned: one family of words, both sides and a date that meets; where
the plan has no date, names that agree too."""

STOP_POINTS: Final = 4.0
"""Points from which on a plan is the one that a report says is off: one family of words and both sides. It is lower,
for such a report speaks of a plan already."""

SAME_PLAN_POINTS: Final = 5.5
"""Points from which on two reports tell one plan."""

SAME_WORD: Final = 2.0
SAME_FAMILY: Final = 1.5
"""Points for the act: the very word, or one of its family."""

DATE_POINTS: Final = ((3, 2.5), (10, 2.0), (45, 1.5), (366, 1.0), (366 * 12, 0.5))
"""(days that the plan's date is wide at most, points for an act in it): in a wide one the same two do much else."""

BESIDE_POINTS: Final = -0.5
"""For an act beside the plan's days, within its lateness."""

UNDATED_POINTS: Final = ((30, 1.0), (90, 0.5))
"""(days after a plan without a date at most, points for an act then)."""

MEANT_POINTS: Final = 1.5
"""For a report that names the day that the plan had."""

AS_PLANNED_POINTS: Final = 1.0

TOPIC_POINTS: Final = 1.5
"""For words that are all the same beside parties and act: "its troops", "the border treaty"."""

SAME_TOPIC: Final = 0.15
"""Share of the words beside parties and act that two clauses must have in common to speak of one treaty or cargo."""

WIDE_DAYS: Final = 45
"""An act whose own date is wider fits only a plan whose date holds all of it."""

STOP_LATE_DAYS: Final = 30
"""So long after a plan was due a report may still tell that it was put off or called off."""

STOP_FAR_DAYS: Final = 120
STOP_FAR_POINTS: Final = -0.5
"""For a report that a plan is off which names no day, where the plan is due only so long after it: there may be a
nearer one that it means. Names that agree outweigh it."""

RETOLD_DAYS: Final = 30
"""Plans without a date are one plan only where their reports are at most so many days apart."""

DIRECTED: Final = frozenset({"visit", "host"})
"""Families in which it counts who comes to whom, though both consult."""


@dataclass(frozen=True, slots=True)
class Join:
    """A decision that holds: the points, the threshold that they reached, and why, in words."""

    points: float
    threshold: float
    reason: str


def decide(plan: Plan, turn: Turn, words: OutcomeWords) -> Join | None:
    """Whether TURN tells what became of PLAN; None where it doesn't, or where nobody can be sure.

    One report is never asked twice: what it tells of its own plan is told already.
    """
    families = plan.families & turn.families
    swapped = not families and any(_fulfils(name, words) in plan.families for name in turn.families)
    if not (families or swapped) or turn.report == plan.report or turn.last_told < plan.first_told:
        return None
    if turn.signal in STOPS:
        parts = [_stop_day(plan, turn), named_in(plan.told, turn.told, turn.told.clause)]
        if turn.signal == "refused" and plan.told.status != "proposed" and not turn.firm:
            return None
    else:
        parts = [_act_day(plan, turn), agree(plan.told, turn.told, bool(families & DIRECTED) or swapped, swapped)]
        parts.append(places(plan.told, turn.told))
    parts += [_topic(plan.told, turn.told, families, words), _act(plan.told, turn.told, families or turn.families)]
    if turn.as_planned:
        parts.append(Part(AS_PLANNED_POINTS, "as planned"))
    if turn.cue:
        parts.append(Part(0.0, f"“{' '.join(turn.cue.split())}”"))
    return _join(parts, STOP_POINTS if turn.signal in STOPS else DONE_POINTS)


def same_plan(one: Plan, other: Plan, words: OutcomeWords) -> Join | None:
    """Whether two reports tell of one plan: then they share what becomes of it."""
    families = one.families & other.families
    if not families or one.report == other.report:
        return None
    parts = [
        _same_due(one, other),
        agree(one.told, other.told, bool(families & DIRECTED)),
        agree(other.told, one.told, bool(families & DIRECTED)),
        places(one.told, other.told),
        _topic(one.told, other.told, families, words),
        _act(one.told, other.told, families),
    ]
    if parts[2] is not None:
        parts[2] = Part(0.0)  # asked for both ways, counted once
    return _join(parts, SAME_PLAN_POINTS)


def _join(parts: Iterable[Part | None], threshold: float) -> Join | None:
    found = list(parts)
    known = [part for part in found if part is not None]
    if len(known) < len(found):
        return None
    points = round(math.fsum(part.points for part in known), 2)
    if points < threshold:
        return None
    return Join(points, threshold, "; ".join(part.reason for part in known if part.reason))


def _fulfils(family: str, words: OutcomeWords) -> str:
    row = words.families.get(family)
    return row.fulfils if row is not None else ""


def _act(one: Told, other: Told, families: Iterable[str]) -> Part:
    if one.stem and one.stem == other.stem:
        return Part(SAME_WORD, f"both “{one.predicate}”")
    return Part(SAME_FAMILY, f"both {' or '.join(sorted(families))}")


def _topic(one: Told, other: Told, families: frozenset[str], words: OutcomeWords) -> Part | None:
    """Whether the same is signed, sent or lifted; acts that say nothing of it are compatible, but for one party
    alone."""
    rows = [words.families[name] for name in families if name in words.families]
    if rows and not any(row.topic for row in rows):
        return Part(0.0)
    mine, theirs = (topic(event, families, words) for event in (one, other))
    share = shared(mine, theirs)
    alone = len(one.parties) < 2
    if other_amounts(one, other):
        return None
    if (mine and theirs and share < SAME_TOPIC) or (alone and not share):
        return None
    common = sorted(set(mine) & set(theirs), key=lambda form: (-mine[form] * theirs[form], form))
    return Part(TOPIC_POINTS * share, f"words shared: {', '.join(common[:4])}" if common else "")


def _act_day(plan: Plan, turn: Turn) -> Part | None:
    """Whether an act falls on the days for which it was planned, or so near that it still is that act."""
    days = days_of_date(turn)
    if turn.signal == "did not happen" and (days is None or days.first > turn.last_told):
        days = Window(
            turn.first_told - RECENT_DAYS, turn.last_told, False
        )  # "failed to sign on Tuesday", read as the next
    if days is None or days.last < plan.first_told:
        return None
    due = plan.due
    if turn.signal == "did not happen" and (turn.last_told < due.last if due.dated else not turn.cue):
        return None  # what has not been done yet may still be
    inside = due.first <= days.first and days.last <= due.last
    if days.days > WIDE_DAYS and not (due.dated and inside):
        return None
    reach = due.reach
    if turn.meant is not None:
        return Part(MEANT_POINTS, "the day that it was planned for") if _meet(reach, turn.meant) else None
    if not _meet(reach, days):
        return None
    if not due.dated:
        gap = days.first - plan.last_told
        points = next((points for most, points in UNDATED_POINTS if gap <= most), 0.0)
        return Part(points, f"{max(gap, 0)} days after the plan without a date was told")
    points = next(points for widest, points in DATE_POINTS if due.days <= widest)
    if days.last < due.first or days.first > due.last:
        return Part(points + BESIDE_POINTS, "within days of the date planned")
    return Part(points, "on the date planned")


def _stop_day(plan: Plan, turn: Turn) -> Part | None:
    """Whether a plan still stood when it was told that it is off; a day that the report gives it must be its own."""
    due, reach = plan.due, plan.due.reach
    if turn.first_told > reach.last + (STOP_LATE_DAYS if due.dated else 0):
        return None
    if turn.new is not None and due.dated and turn.new.first <= due.last and due.first <= turn.new.last:
        return None  # this is the plan with its new date, told by another report
    if turn.meant is None:
        return Part(STOP_FAR_POINTS if due.dated and due.first - turn.last_told > STOP_FAR_DAYS else 0.0)
    return Part(MEANT_POINTS, "names the date planned") if _meet(reach, turn.meant) else None


def _same_due(one: Plan, other: Plan) -> Part | None:
    if one.due.dated != other.due.dated:
        return None
    if not one.due.dated:
        near = abs(one.first_told - other.first_told) <= RETOLD_DAYS
        return Part(1.0, "told within days") if near else None
    if one.due.first > other.due.last or other.due.first > one.due.last:
        return None
    points = next(points for widest, points in DATE_POINTS if max(one.due.days, other.due.days) <= widest)
    return Part(points, "dates that meet")


def _meet(one: Window, other: Window) -> bool:
    return one.first <= other.last and other.first <= one.last
