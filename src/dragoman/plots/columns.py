"""Points in time sorted into columns of equal length, from months up to centuries.

A point is put into a column only where its whole interval lies in it: one that is known to a year has no place in a
chart of months, and is counted as left out instead of being moved to some month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as day_type
from datetime import timedelta
from typing import Final

from dragoman.facts import Date

UNITS: Final = (1, 3, 12, 60, 120, 600, 1200, 12_000)
"""Lengths of a column, in months."""

MOST_COLUMNS: Final = 64
"""More would be thinner than a reader can tell apart at the width of a page."""

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Point:
    """One event on a time line: on which side it counts, and whether it happened or was only planned."""

    date: Date
    cooperative: bool
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One stretch of time with its counts. `start` and `end` are its first and last day (ISO), both inclusive."""

    label: str
    start: str
    end: str
    cooperation: int = 0
    conflict: int = 0
    planned_cooperation: int = 0
    planned_conflict: int = 0

    @property
    def total(self) -> int:
        """All that is counted in it."""
        return self.cooperation + self.conflict + self.planned_cooperation + self.planned_conflict


@dataclass(frozen=True, slots=True)
class Binned:
    """Columns without a gap from the first to the last point; `months` is the length of one.

    `wide` is how many points have a date too wide for one column, `undated` how many have none or an open one.
    """

    columns: tuple[Column, ...]
    months: int
    wide: int
    undated: int


def binned(points: Iterable[Point]) -> Binned:
    """POINTS in the shortest columns of which there are not too many."""
    found = list(points)
    dated = [(point, _month(point.date.start), _month(point.date.end)) for point in found if _closed(point.date)]
    undated = len(found) - len(dated)
    for unit in UNITS:
        fitting = [(point, first // unit) for point, first, last in dated if first // unit == last // unit]
        places = [place for _, place in fitting]
        if places and max(places) - min(places) < MOST_COLUMNS and len(fitting) * 2 >= len(dated):
            return Binned(_columns(fitting, unit), unit, len(dated) - len(fitting), undated)
    return Binned((), UNITS[-1], len(dated), undated)


def _closed(date: Date) -> bool:
    return date.start is not None and date.end is not None


def _month(day: str | None) -> int:
    """Months since January of the year 0."""
    year, month = int((day or "")[:4]), int((day or "")[5:7])
    return year * 12 + month - 1


def _columns(fitting: list[tuple[Point, int]], unit: int) -> tuple[Column, ...]:
    counts = Counter((place, point.cooperative, point.planned) for point, place in fitting)
    places = [place for _, place in fitting]
    return tuple(
        Column(
            _label(place, unit),
            *_bounds(place, unit),
            cooperation=counts[place, True, False],
            conflict=counts[place, False, False],
            planned_cooperation=counts[place, True, True],
            planned_conflict=counts[place, False, True],
        )
        for place in range(min(places), max(places) + 1)
    )


def _bounds(place: int, unit: int) -> tuple[str, str]:
    first, after = place * unit, (place + 1) * unit
    start = day_type(max(first // 12, 1), first % 12 + 1 if first >= 12 else 1, 1)
    if after // 12 > day_type.max.year:
        return start.isoformat(), day_type.max.isoformat()
    return start.isoformat(), (day_type(after // 12, after % 12 + 1, 1) - timedelta(days=1)).isoformat()


def _label(place: int, unit: int) -> str:
    year, month = divmod(place * unit, 12)
    if unit == 1:
        return f"{_MONTHS[month]} {year}"
    if unit == 3:
        return f"{_MONTHS[month]}–{_MONTHS[month + 2]} {year}"
    return str(year) if unit == 12 else f"{year}–{year + unit // 12 - 1}"
