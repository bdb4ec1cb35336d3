"""Dates as people and machines write them: `1978-09-17T10:00Z`, `17 September 1978`, `Sept. 17, 1978`, `17.09.1978`.

A date is as narrow as its words: `September 1978` is a month. `03/04/2020` has two readings; without a hint of the
order it is the interval that spans both. Times of day and zones are left out: the day is the one that stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, Literal, TypeAlias

from dragoman.facts import Date

Order: TypeAlias = Literal["day-first", "month-first", "unknown"]

EARLIEST_YEAR: Final = 1600
LATEST_YEAR: Final = 2099
"""Numbers outside these years are no years of news."""

_NAMES: Final = (
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
)
MONTHS: Final = {name: number for names in _NAMES for number, name in enumerate(names, 1)} | {"sept": 9}

MONTH: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3})?"
_YEAR: Final = r"(?P<year>1[6-9]\d\d|20\d\d)(?!\d)"
_DAY: Final = r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01])"
_TH: Final = r"(?:st|nd|rd|th)?"
_GAP: Final = r"[\s,./\-]{1,3}"

_FORMS: Final = (
    re.compile(r"(?<!\d)" + _YEAR + r"[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(_DAY + _TH + r"(?:\s+of)?" + _GAP + r"(?P<name>" + MONTH + r")" + _GAP + _YEAR, re.IGNORECASE),
    re.compile(r"(?<![a-z])(?P<name>" + MONTH + r")[\s.\-]{1,3}" + _DAY + _TH + _GAP + _YEAR, re.IGNORECASE),
    re.compile(
        r"(?<![\d/.\-])(?P<first>0?[1-9]|[12]\d|3[01])(?P<sep>[/.\-])(?P<second>0?[1-9]|[12]\d|3[01])(?P=sep)" + _YEAR
    ),
    re.compile(_YEAR + r"[\s,\-]{1,3}(?P<name>" + MONTH + r")[\s,\-]{1,3}" + _DAY + r"(?!\d)", re.IGNORECASE),
)  # fmt: skip
_MONTH_FORM: Final = re.compile(r"(?<![a-z])(?P<name>" + MONTH + r")[\s,./\-]{1,3}" + _YEAR, re.IGNORECASE)
_ISO_MONTH: Final = re.compile(_YEAR + r"-(?P<month>0[1-9]|1[0-2])")
_YEAR_ALONE: Final = re.compile(_YEAR)
_COMPACT: Final = re.compile(
    r"(?P<year>1[6-9]\d\d|20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?:T?\d{2,6}Z?)?"
)
_EPOCH: Final = re.compile(r"1?\d{9}(?:\d{3})?")
_YEARLESS: Final = (
    re.compile(r"(?<![a-z])(?P<name>" + MONTH + r")\s{1,3}" + _DAY + r"(?!\d)" + _TH, re.IGNORECASE),
    re.compile(_DAY + _TH + r"\s{1,3}(?P<name>" + MONTH + r")(?![a-z])", re.IGNORECASE),
)
_AROUND: Final = re.compile(
    _WEEKDAY
    + r"[\s,]*(?:T?\d{1,2}(?::\d\d){1,2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{1,5})?(?:[+-]\d\d:?\d\d)?\s*",
    re.IGNORECASE,
)
"""What may stand around a date given from outside: weekday, time of day, zone."""

_SHORT_YEAR: Final = re.compile(
    r"(?<![\d/.\-])(?P<first>0?[1-9]|[12]\d|3[01])[/.](?P<second>0?[1-9]|[12]\d|3[01])[/.](?P<short>\d\d)(?!\d)"
)

_SHORT_NAMED: Final = re.compile(_DAY + r"[\s\-](?P<name>" + MONTH + r")[\s\-]'?(?P<short>\d\d)(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: its days, and where it stands, in characters from 0, end exclusive."""

    date: Date
    start: int
    end: int


def given_date(text: str, basis: str = "given") -> Date | None:
    """A date given from outside: `1978`, `1978-09`, `1978-09-17`, with a time of day or not; None where it is none.

    Also RFC 822 dates as feeds have them. The whole text must be the date: words before or after it are refused.
    """
    text = text.strip()
    if len(text) > 60:
        return None
    if _YEAR_ALONE.fullmatch(text):
        return whole_year(int(text), basis)
    if month := _ISO_MONTH.fullmatch(text):
        return whole_month(int(month["year"]), int(month["month"]), basis)
    try:
        return _day(datetime.fromisoformat(text).date(), basis)
    except ValueError:
        pass
    found = next(find_dates(text, "unknown", basis, months=True), None)
    if found is None or not _AROUND.fullmatch(text[: found.start] + " " + text[found.end :]):
        return None
    return found.date


def machine_date(text: str, order: Order, basis: str) -> Date | None:
    """A date in a field meant for machines, which often holds less than it should; None where it can't be read."""
    text = text.strip()[:100]
    if found := _COMPACT.fullmatch(text):
        return exact_day(int(found["year"]), int(found["month"]), int(found["day"]), basis)
    if _EPOCH.fullmatch(text):
        return _from_epoch(text, basis)
    found_date = next(find_dates(text, order, basis), None)
    if found_date is not None:
        return found_date.date
    if found := _ISO_MONTH.match(text):
        return whole_month(int(found["year"]), int(found["month"]), basis)
    if found := _MONTH_FORM.search(text):
        return whole_month(int(found["year"]), month_number(found["name"]), basis)
    if _YEAR_ALONE.fullmatch(text):
        return whole_year(int(text), basis)
    return None


def find_dates(text: str, order: Order, basis: str, months: bool = False) -> Iterator[FoundDate]:
    """Dates with a year in TEXT, in order of place; with MONTHS also a month with a year alone."""
    found: list[FoundDate] = []
    for form in (*_FORMS, _MONTH_FORM) if months else _FORMS:
        for match in form.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            read = _read(match, order, basis)
            if read is not None:
                found.append(FoundDate(read, match.start(), match.end()))
    yield from sorted(found, key=lambda one: one.start)


def find_short_dates(text: str, order: Order, basis: str) -> Iterator[FoundDate]:
    """Dates with a year of two digits, `05/11/98`, `12-Mar-98`: only where the place says that it is a date."""
    for match in (*_SHORT_YEAR.finditer(text), *_SHORT_NAMED.finditer(text)):
        short = int(match["short"])
        year = 2000 + short if short < 70 else 1900 + short
        if match.re is _SHORT_NAMED:
            read = exact_day(year, month_number(match["name"]), int(match["day"]), basis)
        else:
            read = _numeric(int(match["first"]), int(match["second"]), year, order, basis)
        if read is not None:
            yield FoundDate(read, match.start(), match.end())


def find_yearless(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Months and days without a year, `March 3`: (month, day, start, end)."""
    for form in _YEARLESS:
        for match in form.finditer(text):
            yield month_number(match["name"]), int(match["day"]), match.start(), match.end()


def month_number(name: str) -> int:
    """1 to 12 for an English month name or its abbreviation."""
    return MONTHS[name.lower().rstrip(".")]


def exact_day(year: int, month: int, day: int, basis: str) -> Date | None:
    """One day, None where the calendar has no such day."""
    try:
        return _day(date(year, month, day), basis)
    except ValueError:
        return None


def whole_month(year: int, month: int, basis: str) -> Date:
    """All days of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return Date(
        date(year, month, 1).isoformat(), date.fromordinal(following.toordinal() - 1).isoformat(), "month", False, basis
    )


def whole_year(year: int, basis: str) -> Date:
    """All days of a year."""
    return Date(f"{year:04}-01-01", f"{year:04}-12-31", "year", False, basis)


def _day(day: date, basis: str) -> Date | None:
    return Date.on(day, basis) if EARLIEST_YEAR <= day.year <= LATEST_YEAR else None


def _from_epoch(text: str, basis: str) -> Date | None:
    seconds = int(text) / 1000 if len(text) > 10 else int(text)
    return _day(datetime.fromtimestamp(seconds, UTC).date(), basis)


def _read(match: re.Match[str], order: Order, basis: str) -> Date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if parts.get("first"):
        separator = parts["sep"]
        return _numeric(
            int(parts["first"]), int(parts["second"]), year, "day-first" if separator == "." else order, basis
        )
    month = month_number(parts["name"]) if parts.get("name") else int(parts["month"])
    if not parts.get("day"):
        return whole_month(year, month, basis)
    return exact_day(year, month, int(parts["day"]), basis)


def _numeric(first: int, second: int, year: int, order: Order, basis: str) -> Date | None:
    day_first = exact_day(year, second, first, basis)
    month_first = exact_day(year, first, second, basis)
    if day_first is None or month_first is None or first == second:
        return day_first or month_first
    if order == "unknown":
        early, late = sorted(one.start or "" for one in (day_first, month_first))
        return Date(early, late, "interval", True, basis)
    return day_first if order == "day-first" else month_first
