"""Builders of dates by the calendar, weekdays, and times of day. None where the words show that it is no time."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from dragoman.coding.times import guards
from dragoman.coding.times.calendar import days_in
from dragoman.coding.times.expressions import (
    Calendar,
    Century,
    Decade,
    Expression,
    Named,
    SameTime,
    WeekOf,
)
from dragoman.coding.times.grammar import Match
from dragoman.coding.times.parts import (
    RELATION_WORDS,
    Row,
    date_of,
    dated,
    expression,
    int_of,
    relation_of,
    value_of,
    year_of,
)
from dragoman.coding.times.values import clock_value

NAMED_YEARS: Final[MappingProxyType[tuple[int | None, int | None], int]] = MappingProxyType({(9, 11): 2001})
"""Days that stand for an attack of one year, whatever the report's: "the Sept. 11 attacks"."""


def calendar(match: Match, row: Row) -> Expression | None:
    """A date by the calendar, as much of it as is said."""
    date = date_of(match)
    if date is None or guards.broken_by_full_stop(match.first, match.last, row):
        return None
    named = NAMED_YEARS.get((date.month, date.day))
    if named is not None and date == Calendar(None, date.month, date.day) and guards.names_attack(match.last, row):
        date = Calendar(named, date.month, date.day)
    return expression(match, row, "DATE", date)


def year(match: Match, row: Row) -> Expression | None:
    """A year by itself."""
    number, bc = year_of(match)
    if number is None or (not bc and "ERA" not in match.parts and not guards.is_year(match.first, match.last, row)):
        return None
    return expression(match, row, "DATE", Calendar(number, bc=bc))


def short_year(match: Match, row: Row) -> Expression | None:
    """A year of two digits with an apostrophe."""
    piece = match.parts["YY"][0]
    after = row[match.last].classes if match.last < len(row) else frozenset()
    if not piece.tight or piece.number is None or after & {"UNIT", "UNITS"}:
        return None
    return expression(match, row, "DATE", Calendar(short_year=int(piece.number)))


def iso(match: Match, row: Row) -> Expression | None:
    """A day in ISO 8601."""
    year, month, day = (int(part) for part in match.parts["ISO"][0].lower.replace("/", "-").split("-"))
    if not (1 <= month <= 12 and year >= 1 and 1 <= day <= days_in(year, month)):
        return None
    return expression(match, row, "DATE", Calendar(year, month, day))


def season(match: Match, row: Row) -> Expression | None:
    """A season without a year."""
    if not guards.is_season(match.last, match.first, row):
        return None
    return expression(match, row, "DATE", Calendar(season=value_of(match, "SEASON")))


def part(match: Match, row: Row) -> Expression | None:
    """A quarter or half of a year: the rule's argument is Q or H."""
    size = match.rule.row.argument
    number = int_of(match, "ORDINAL") or (4 if size == "Q" else 2)
    if number > (4 if size == "Q" else 2):
        return None
    return expression(match, row, "DATE", Calendar(year_of(match)[0], part=f"{size}{number}", bc=year_of(match)[1]))


def quarter(match: Match, row: Row) -> Expression | None:
    """Reads "Q1 2024", "H2 2024"."""
    number, (year, bc) = match.parts["NUM"][0], year_of(match)
    if not number.tight or number.number not in (1, 2, 3, 4) or year is None or bc:
        return None
    size = "H" if "h" in match.parts else "Q"
    if size == "H" and number.number > 2:
        return None
    return expression(match, row, "DATE", Calendar(year, part=f"{size}{int(number.number)}"))


def fiscal(match: Match, row: Row) -> Expression:
    """A fiscal year."""
    year, short = year_of(match)[0], match.part("YY")
    two = int(short.number) if short is not None and short.number is not None and year is None else None
    return expression(match, row, "DATE", Calendar(year, short_year=two, fiscal=True))


def decade(match: Match, row: Row) -> Expression | None:
    """The 1990s, the '90s, the nineties, the 470s BC."""
    bc = value_of(match, "ERA") == "bc"
    word = match.part("DECADEWORD")
    if word is not None:
        return expression(match, row, "DATE", Decade(int(word.values["DECADEWORD"]), True))
    digits = "".join(c for c in match.parts["DECADE"][0].lower if c.isdigit())
    joined = match.first > 1 and "DECADE" in row[match.first - 2].classes
    short = len(digits) == 2
    if not digits.endswith("0") or (short and not joined and "the" not in match.parts) or (len(digits) == 3 and not bc):
        return None
    return expression(match, row, "DATE", Decade(int(digits) // 10, short and not bc, bc))


def century(match: Match, row: Row) -> Expression | None:
    """The nineteenth century."""
    number = int_of(match, "ORDINAL") or 0
    if not 1 <= number <= 22:
        return None
    return expression(match, row, "DATE", Century(number - 1, value_of(match, "ERA") == "bc"))


def weekday(match: Match, row: Row) -> Expression | None:
    """A weekday, with a part of the day or without; not the second half of a name ("Bloody Sunday")."""
    if match.first and row[match.first - 1].lower in guards.NAMED_WEEKDAYS and row[match.first - 1].capital:
        return None
    clock = value_of(match, "PART")
    return expression(match, row, "TIME" if clock else "DATE", Calendar(weekday=int_of(match, "WEEKDAY")), clock)


def named(match: Match, row: Row) -> Expression | None:
    """Reads "last Friday", "next spring", "this May"."""
    name, relation = date_of(match), relation_of(match, RELATION_WORDS)
    if name is None or relation is None:
        return None
    if name.season == "FA" and match.parts["SEASON"][0].lower == "fall" and not guards.ends_phrase(match.last, row):
        return None
    clock = value_of(match, "PART")
    return expression(match, row, "TIME" if clock else "DATE", Named(name, *relation), clock)


def clock(match: Match, row: Row) -> Expression | None:
    """A time of day."""
    value = clock_value(match.parts)
    return expression(match, row, "TIME", SameTime("report"), value) if value else None


def number_in_part(match: Match, row: Row) -> Expression | None:
    """Reads "4 in the morning"."""
    value = clock_value(match.parts, value_of(match, "PART"))
    return expression(match, row, "TIME", SameTime("report"), value) if value else None


def clock_date(match: Match, row: Row) -> Expression | None:
    """A time of day with its date."""
    value, date = clock_value(match.parts), dated(match)
    if not value or date is None or guards.broken_by_full_stop(match.first, match.last, row):
        return None
    return expression(match, row, "TIME", date, value)


def part_date(match: Match, row: Row) -> Expression | None:
    """Reads "the morning of 31 January", "Jan. 5 evening"."""
    date = dated(match)
    if date is None or guards.broken_by_full_stop(match.first, match.last, row):
        return None
    return expression(match, row, "TIME", date, value_of(match, "PART") or "MO")


def week_of(match: Match, row: Row) -> Expression | None:
    """Reads "the week of March 6"."""
    date = date_of(match)
    return expression(match, row, "DATE", WeekOf(date)) if date is not None else None


def nth_week(match: Match, row: Row) -> Expression:
    """Reads "the last week of March"."""
    year, bc = year_of(match)
    month = Calendar(year, int_of(match, "MONTH"), bc=bc)
    if "week" not in match.parts or "NUM" in match.parts:
        found = expression(match, row, "DATE", month)
        return Expression(found.start, found.end, "DATE", month, None, True)
    number = -1 if "last" in match.parts or "final" in match.parts else int_of(match, "ORDINAL") or 1
    return expression(match, row, "DATE", WeekOf(month, number))


def bare_day(match: Match, row: Row) -> Expression | None:
    """Reads "the 13th" of the month that the text is in."""
    before = row[match.first - 1].lower if match.first else ""
    if before not in guards.DATE_PREPOSITIONS or not guards.ends_phrase(match.last, row):
        return None
    return expression(match, row, "DATE", Calendar(day=int_of(match, "NTH"), anchor="discourse"))
