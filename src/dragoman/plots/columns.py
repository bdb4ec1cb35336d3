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
from dragoman.plots.scales import MONTHS

UNITS: Final = (1, 3, 12, 60, 120, 600, 1200, 12_000)
"""Lengths of a column, in months."""

MOST_COLUMNS: Final = 64
"""More would be thinner than a reader can tell apart at the width of a page."""


@dataclass(frozen=True, slots=True)
class Point:
    """Events of one date on a time line: on which side they count, and whether they happened or were only planned."""

    date: Date
    cooperative: bool
    planned: bool = False
    number: int = 1
    """How many events it stands for."""


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
class Stretch:
    """Events that are known to lie somewhere between two ISO days, both inclusive; None: open on that side."""

    start: str | None
    end: str | None
    cooperative: bool
    planned: bool
    number: int


@dataclass(frozen=True, slots=True)
class Binned:
    """Columns without a gap from the first to the last point; `months` is the length of one.

    `wide` is how many events have a date too wide for one column, `undated` how many have none or an open one.
    `stretches` are the wide and the open ones by their intervals, those of most events first.
    """

    columns: tuple[Column, ...]
    months: int
    wide: int
    undated: int
    stretches: tuple[Stretch, ...] = ()


def binned(points: Iterable[Point], period: tuple[str, str] | None = None) -> Binned:
    """POINTS in the shortest columns of which there are not too many, over the whole of PERIOD (two ISO days) if given.

    Without a period columns run from the first point to the last. Points out of the period are in no column.
    """
    found = list(points)
    dated = [(point, _month(point.date.start), _month(point.date.end)) for point in found if _closed(point.date)]
    undated = sum(point.number for point in found if not _closed(point.date))
    asked = (_month(period[0]), _month(period[1])) if period else None
    for unit in UNITS:
        fitting = [(point, first // unit) for point, first, last in dated if first // unit == last // unit]
        places = [month // unit for month in asked] if asked else [place for _, place in fitting]
        inside = [(point, place) for point, place in fitting if min(places) <= place <= max(places)]
        if places and max(places) - min(places) < MOST_COLUMNS and (asked or len(fitting) * 2 >= len(dated)):
            wide = [point for point, first, last in dated if first // unit != last // unit]
            return Binned(
                _columns(inside, unit, min(places), max(places)), unit, _sum(wide), undated, _stretches(found, wide)
            )
    wide = [point for point, _, _ in dated]
    return Binned((), UNITS[-1], _sum(wide), undated, _stretches(found, wide))


def _sum(points: Iterable[Point]) -> int:
    return sum(point.number for point in points)


def _stretches(points: Iterable[Point], wide: Iterable[Point]) -> tuple[Stretch, ...]:
    """The intervals of WIDE points, and of those of POINTS that are open on one side."""
    half_open = (point for point in points if (point.date.start is None) != (point.date.end is None))
    counts: Counter[tuple[str | None, str | None, bool, bool]] = Counter()
    for point in (*wide, *half_open):
        counts[point.date.start, point.date.end, point.cooperative, point.planned] += point.number
    found = [Stretch(*interval, number) for interval, number in counts.items()]
    return tuple(sorted(found, key=lambda s: (-s.number, s.start or "", s.end or "", not s.cooperative, s.planned)))


def _closed(date: Date) -> bool:
    return date.start is not None and date.end is not None


def _month(day: str | None) -> int:
    """Months since January of the year 0."""
    year, month = int((day or "")[:4]), int((day or "")[5:7])
    return year * 12 + month - 1


def _columns(fitting: list[tuple[Point, int]], unit: int, first: int, last: int) -> tuple[Column, ...]:
    counts: Counter[tuple[int, bool, bool]] = Counter()
    for point, place in fitting:
        counts[place, point.cooperative, point.planned] += point.number
    return tuple(
        Column(
            _label(place, unit),
            *_bounds(place, unit),
            cooperation=counts[place, True, False],
            conflict=counts[place, False, False],
            planned_cooperation=counts[place, True, True],
            planned_conflict=counts[place, False, True],
        )
        for place in range(first, last + 1)
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
        return f"{MONTHS[month]} {year}"
    if unit == 3:
        return f"{MONTHS[month]}–{MONTHS[month + 2]} {year}"
    return str(year) if unit == 12 else f"{year}–{year + unit // 12 - 1}"
