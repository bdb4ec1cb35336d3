"""From numbers and days to places on an axis, and where its ticks stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as day_type
from itertools import count
from typing import Final

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DAY_STEPS: Final = (1, 2, 7, 14)
_MONTH_STEPS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 24_000, 60_000, 120_000)
LAST_DAY: Final = day_type.max.toordinal()


def count_step(highest: int, most: int = 4) -> int:
    """The step of ticks on an axis of counts from zero: 1, 2 or 5 with noughts, for at most MOST steps to HIGHEST."""
    for power in count():
        for lead in (1, 2, 5):
            step = lead * int(10**power)
            if step * most >= highest:
                return step
    raise AssertionError("the steps have no end")


def count_ticks(highest: int, most: int = 4) -> tuple[int, ...]:
    """From zero to HIGHEST or the first step beyond it; an axis of nothing runs to 1."""
    reach = max(1, highest)
    step = count_step(reach, most)
    return tuple(range(0, reach + step, step)) if reach % step else tuple(range(0, reach + 1, step))


def short(number: int) -> str:
    """A tick's number, in few characters: `950`, `12,000`, `500k`, `20M`, `1bn`."""
    for size, name in ((10**9, "bn"), (10**6, "M"), (10**3, "k")):
        if number >= size and number >= 100_000 and not number % size:
            return f"{number // size:,}{name}"
    return f"{number:,}"


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis of time: the day as its number (1 is the first of January of the year 1), and its name."""

    day: int
    label: str


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days from FIRST to LAST, both inclusive, laid out from LEFT to RIGHT; a day is as wide as every other."""

    first: int
    last: int
    left: float
    right: float

    @classmethod
    def between(cls, first: str, last: str, left: float, right: float) -> TimeScale:
        """For ISO days."""
        return cls(ordinal(first), ordinal(last), left, right)

    def start(self, day: int) -> float:
        """Where a day begins; days out of the scale are put at its ends."""
        share = (min(max(day, self.first), self.last + 1) - self.first) / (self.last + 1 - self.first)
        return self.left + share * (self.right - self.left)

    def bounds(self, first: str, last: str) -> tuple[float, float]:
        """Where the first of two ISO days begins and the last ends."""
        return self.start(ordinal(first)), self.start(ordinal(last) + 1)

    def holds(self, day: str) -> bool:
        """Whether an ISO day lies in it."""
        return self.first <= ordinal(day) <= self.last

    def ticks(self, room: float) -> list[Tick]:
        """Days that begin a month, a year or a round number of years, so far apart that each has ROOM units."""
        days = self.last + 1 - self.first
        most = max(1, int((self.right - self.left) / room))
        for step in _DAY_STEPS:
            if days / step <= most and days <= 92:
                return [Tick(day, _day_label(day)) for day in range(self.first, self.last + 1, step)]
        for months in _MONTH_STEPS:
            if days / (months * 30.436875) <= most:
                return list(self._months(months))
        return list(self._months(_MONTH_STEPS[-1]))

    def _months(self, step: int) -> Iterator[Tick]:
        first, last = day_type.fromordinal(self.first), day_type.fromordinal(self.last)
        begin = first.year * 12 + first.month - 1
        for month in range(-(-begin // step) * step, last.year * 12 + last.month, step):
            year = month // 12
            if not 1 <= year <= day_type.max.year:
                continue
            day = day_type(year, month % 12 + 1, 1).toordinal()
            if self.first <= day <= self.last:
                yield Tick(day, str(year) if step >= 12 else f"{MONTHS[month % 12]} {year}")


def _day_label(day: int) -> str:
    date = day_type.fromordinal(day)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def ordinal(day: str) -> int:
    """The number of an ISO day."""
    return day_type.fromisoformat(day).toordinal()


def padded(first: str, last: str, least: int = 28) -> tuple[str, str]:
    """Two ISO days with some room on both sides, and at least LEAST days in all, for a scale of points in time."""
    one, other = ordinal(first), ordinal(last)
    room = max((other - one) // 25, -(-(least - (other - one)) // 2), 1)
    return tuple(day_type.fromordinal(min(max(day, 1), LAST_DAY)).isoformat() for day in (one - room, other + room))  # type: ignore[return-value]
