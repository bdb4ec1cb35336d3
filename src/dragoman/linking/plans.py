"""What was planned, as far as it is compared with what is told later.

`plan_of` takes one act of one report; nothing of other reports enters, so that what it gives is the same whenever it is
asked for. Days are ordinals (`datetime.date.toordinal`); both ends of a window are inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as day_type
from typing import Final

from dragoman.facts import Date
from dragoman.lexicon.outcome_words import OutcomeWords
from dragoman.linking.families import families_of
from dragoman.linking.told import Told, Window

UNDATED_DAYS: Final = 180
"""So long after it is told a plan without a date can be joined to its outcome: what comes later may be another plan."""

LATENESS: Final = ((1, 1, 3), (7, 2, 5), (31, 3, 10), (100, 10, 30), (366, 15, 45))
"""(days that the plan's date is wide at most, days early, days late) within which its act still is the one planned. A
meeting set for a day is held on it or slips by a few; a treaty due "by the end of the year" may be signed a month
late."""

LATENESS_OF_YEARS: Final = (30, 90)
"""The same for wider dates."""

PLAN_CONFIDENCE: Final = 0.3
"""Plans less sure than this are left out: most of them are no plans."""

WIDEST_PLAN_DAYS: Final = 366 * 12
"""A plan over more days is treated as one without a date: "by 2050" waits for no report of next week."""


@dataclass(frozen=True, slots=True)
class Act:
    """An event of one report: `type` and `confidence` are the event's, `report` and `key` the ids of report and
    fact."""

    told: Told
    type: str
    confidence: float
    report: str
    key: str


@dataclass(frozen=True, slots=True)
class Due:
    """When a plan is due. `dated` False: nothing is said of it, and `last` is only how long it is waited for."""

    first: int
    last: int
    dated: bool
    approx: bool = False

    @property
    def days(self) -> int:
        """How many days."""
        return self.last - self.first + 1

    @property
    def reach(self) -> Window:
        """The days on which its act still is the one planned."""
        early, late = self._slack()
        return Window(self.first - early, self.last + late, self.dated)

    def _slack(self) -> tuple[int, int]:
        if not self.dated:
            return (0, 0)
        rows = ((early, late) for widest, early, late in LATENESS if self.days <= widest)
        early, late = next(rows, LATENESS_OF_YEARS)
        return (2 * early, 2 * late) if self.approx else (early, late)


@dataclass(frozen=True, slots=True)
class Plan:
    """An act to come, as one report tells it on the days `first_told` to `last_told`; `key` is the fact's id.

    `moved`: it is what the report of a postponement or change gives as the new date.
    """

    told: Told
    families: frozenset[str]
    due: Due
    first_told: int
    last_told: int
    report: str
    key: str
    moved: bool = False

    @property
    def order(self) -> tuple[int, str, str]:
        """Plans in the order in which they were told."""
        return (self.first_told, self.report, self.key)


def plan_of(act: Act, words: OutcomeWords) -> Plan | None:
    """The plan that ACT is, None where it is none, its report has no date, or nobody is named who is to do it.

    A plan that is background is one of which the report tells what came of it, or an old one.
    """
    event = act.told
    days = days_of(event.published)
    if event.status not in ("scheduled", "proposed") or event.background or act.confidence < PLAN_CONFIDENCE:
        return None
    if days is None or not event.parties:
        return None
    return Plan(event, families_of(event, words), _due(event.date, *days), *days, act.report, act.key)


def days_of(date: Date) -> tuple[int, int] | None:
    """First and last day, None where either isn't known."""
    return (ordinal(date.start), ordinal(date.end)) if date.start and date.end else None


def ordinal(iso: str) -> int:
    """An ISO day's number."""
    return day_type.fromisoformat(iso).toordinal()


def iso(day: int) -> str:
    """A day's ISO text; days beyond the calendar are its first and last."""
    return day_type.fromordinal(min(max(day, 1), day_type.max.toordinal())).isoformat()


def _due(date: Date, first_told: int, last_told: int) -> Due:
    """When a plan with that DATE is due; a date that lies before the report was misread, and is none."""
    end = ordinal(date.end) if date.end else None
    start = ordinal(date.start) if date.start else first_told
    start = max(start, first_told)
    known = end is not None and end >= first_told and not (date.basis == "report" and end <= last_told)
    if known and end is not None and end - start < WIDEST_PLAN_DAYS:
        return Due(min(start, end), end, dated=True, approx=date.approx)
    return Due(start, start + UNDATED_DAYS, dated=False)
