"""Arithmetic of calendar units: the period that holds a day, its TIMEX3 value, and steps from one to the next.

A Period is a run of whole days, both ends inclusive, with its granularity. Values are those of TIMEX3 (ISO 24617-1):
`1998-03-04`, `1998-W10`, `1998-03`, `1998-Q1`, `1998-H1`, `1998-SU`, `1998`, `199` (a decade), `19` (a century).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from dragoman.facts import Granularity

SEASON_MONTHS: Final = MappingProxyType({"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)})
"""First and last month of the seasons of the northern half of the earth; winter ends in the year after."""

UNIT_DAYS: Final = MappingProxyType({"day": 1, "week": 7, "weekend": 7, "fortnight": 14})
UNIT_MONTHS: Final = MappingProxyType(
    {"month": 1, "quarter": 3, "season": 12, "year": 12, "decade": 120, "century": 1200}
)
GRANULARITY_OF: Final[MappingProxyType[str, Granularity]] = MappingProxyType(
    {"second": "day", "minute": "day", "hour": "day", "day": "day", "week": "week", "weekend": "interval",
     "fortnight": "week", "month": "month", "quarter": "interval", "season": "season", "year": "year",
     "decade": "decade", "century": "interval"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """The days `first` to `last`, both inclusive, and their TIMEX3 value."""

    first: date
    last: date
    granularity: Granularity
    value: str


def on_day(day: date) -> Period:
    """One day."""
    return Period(day, day, "day", day.isoformat())


def days_in(year: int, month: int) -> int:
    """How many days MONTH has in YEAR."""
    return calendar.monthrange(year, month)[1]


def of_month(year: int, month: int) -> Period:
    """A month of a year."""
    return Period(date(year, month, 1), date(year, month, days_in(year, month)), "month", f"{year:04}-{month:02}")


def of_year(year: int) -> Period:
    """A year."""
    return Period(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04}")


def of_season(year: int, code: str) -> Period:
    """A season, by its TIMEX3 code; the winter of a year is the one that begins in it."""
    first, last = SEASON_MONTHS[code]
    end_year = year + (last < first)
    return Period(date(year, first, 1), date(end_year, last, days_in(end_year, last)), "season", f"{year:04}-{code}")


def of_part(year: int, part: str) -> Period:
    """A quarter (Q1 to Q4) or half (H1, H2) of a year."""
    size = 3 if part[0] == "Q" else 6
    last = size * int(part[1])
    return Period(
        date(year, last - size + 1, 1), date(year, last, days_in(year, last)), "interval", f"{year:04}-{part}"
    )


def of_decade(decade: int) -> Period:
    """The decade of ten years from DECADE * 10."""
    first = max(decade * 10, 1)
    return Period(date(first, 1, 1), date(decade * 10 + 9, 12, 31), "decade", f"{decade:03}")


def of_century(century: int) -> Period:
    """The hundred years from CENTURY * 100 (19: the twentieth century, as TIMEX3 counts)."""
    first = max(century * 100, 1)
    return Period(date(first, 1, 1), date(century * 100 + 99, 12, 31), "interval", f"{century:02}")


def of_week(day: date) -> Period:
    """The ISO week, Monday to Sunday, that holds DAY."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Period(monday, monday + timedelta(days=6), "week", f"{year:04}-W{week:02}")


def of_weekend(day: date) -> Period:
    """Saturday and Sunday of the ISO week that holds DAY."""
    week = of_week(day)
    return Period(week.last - timedelta(days=1), week.last, "interval", f"{week.value}-WE")


def holding(unit: str, day: date) -> Period:
    """The UNIT (day, week, weekend, month, quarter, year, decade, century) that holds DAY."""
    if unit in ("week", "fortnight"):
        return of_week(day)
    if unit == "weekend":
        return of_weekend(day)
    if unit == "month":
        return of_month(day.year, day.month)
    if unit == "quarter":
        return of_part(day.year, f"Q{(day.month + 2) // 3}")
    if unit in ("year", "season"):
        return of_year(day.year)
    if unit == "decade":
        return of_decade(day.year // 10)
    if unit == "century":
        return of_century(day.year // 100)
    return on_day(day)


def shifted(day: date, unit: str, steps: float) -> date | None:
    """DAY moved by STEPS units; None where that leaves the years 1 to 9999. Hours and less move by no day."""
    if abs(steps) > 1e6:
        return None
    try:
        if unit in UNIT_DAYS:
            return day + timedelta(days=round(UNIT_DAYS[unit] * steps))
        if unit in UNIT_MONTHS:
            index = day.year * 12 + day.month - 1 + round(UNIT_MONTHS[unit] * steps)
            year, month = divmod(index, 12)
            return date(year, month + 1, min(day.day, days_in(year, month + 1)))
    except (ValueError, OverflowError):
        return None
    return day


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The N-th (1 to 4; -1 the last) WEEKDAY (1 Monday to 7 Sunday) of a month."""
    if n < 0:
        last = date(year, month, days_in(year, month))
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (n - 1))


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian algorithm, Meeus 1991, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holiday(year: int, rule: str) -> date:
    """The day of a holiday by its rule: `12-25`, `11-4-4` (month, weekday, which one), `easter+1`.

    `11-1-1+1` is the day after the first Monday of November.

    Raises ValueError for a rule of another form.
    """
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter") or 0))
    rule, _, later = rule.partition("+")
    parts = rule.split("-", 2)
    if len(parts) == 2:
        return date(year, int(parts[0]), int(parts[1]))
    if len(parts) == 3:
        return nth_weekday(year, int(parts[0]), int(parts[1]), int(parts[2])) + timedelta(days=int(later or 0))
    raise ValueError(f"{rule!r} is no rule of a holiday such as 12-25, 11-4-4 or easter+1")
