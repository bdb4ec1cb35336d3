"""Builders of dates that count from another: deictic words, "ago", "later", "last month", references."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from dragoman.coding.times import guards
from dragoman.coding.times.expressions import (
    Amount,
    Expression,
    SameTime,
    Shift,
)
from dragoman.coding.times.grammar import Match
from dragoman.coding.times.parts import (
    RELATION_WORDS,
    Row,
    count_of,
    expression,
    int_of,
    relation_of,
    unit_of,
    value_of,
)
from dragoman.coding.times.values import duration_value


def part_relative(match: Match, row: Row) -> Expression:
    """Reads "this morning", "that night", "the next morning"."""
    relation = relation_of(match, RELATION_WORDS) or (0, "discourse")
    steps, anchor = relation
    if "next" in match.parts:
        anchor = "discourse"
    return expression(match, row, "TIME", Shift("day", steps, anchor), value_of(match, "PART"))


def tonight(match: Match, row: Row) -> Expression:
    """Reads "tonight", "overnight": a night that begins or ends in another day than the report's."""
    return replace(expression(match, row, "TIME", SameTime("report"), "NI"), approx=True)


def last_night(match: Match, row: Row) -> Expression:
    """Reads "last night"."""
    return expression(match, row, "TIME", Shift("day", -1, "report"), "NI" if "night" in match.parts else "EV")


def deictic(match: Match, row: Row) -> Expression:
    """Reads "today", "yesterday morning"."""
    clock, steps = value_of(match, "PART"), int_of(match, "DEICTIC")
    return expression(match, row, "TIME" if clock else "DATE", Shift("day", steps, "report"), clock)


def unit_relative(match: Match, row: Row) -> Expression | None:
    """Reads "last month", "that year", "later this week"; with a plural ("the past weeks") a duration."""
    unit, kind = unit_of(match)
    if unit in ("second", "minute", "hour") or "next" in match.parts and unit == "second":
        return None
    relation = relation_of(match, RELATION_WORDS) or (0, "report")
    if unit == "day" and relation == (0, "report") and "this" in match.parts:
        return None
    if kind == "UNITS":
        return expression(match, row, "DURATION", Amount(duration_value(None, unit), relation[0], unit))
    steps, anchor = relation
    if "past" in match.parts and unit != "weekend" or ("coming" in match.parts and "the" in match.parts):
        return expression(match, row, "DURATION", Amount(duration_value(1, unit), steps, unit, 1))
    if (
        "next" in match.parts
        and "the" in match.parts
        and unit == "day"
        or ("in" in match.parts and "the" in match.parts)
    ):
        anchor = "discourse"
    return expression(match, row, "DATE", Shift(unit, steps, anchor))


PER_YEAR: Final = MappingProxyType({"day": ("month", 12), "month": ("month", 12), "quarter": ("quarter", 4)})
"""Units that come back each year, and the steps from one to that of the year before."""


def same_ago(match: Match, row: Row) -> Expression | None:
    """Reads "the same month a year ago": counted from the month that the text is in."""
    unit = match.parts["UNIT"][0].values["UNIT"]
    if unit not in PER_YEAR:
        return None
    step, count = PER_YEAR[unit]
    return expression(match, row, "DATE", Shift(step, -count, "discourse"))


def unit_end(match: Match, row: Row) -> Expression:
    """Reads "month's end"."""
    return expression(match, row, "DATE", Shift(unit_of(match)[0], 0, "report"))


def ago(match: Match, row: Row) -> Expression:
    """Reads "two days ago"."""
    count, unit = count_of(match), unit_of(match)[0]
    if count is not None and unit in ("decade", "century"):
        count, unit = count * (10 if unit == "decade" else 100), "year"
    return expression(match, row, "DATE", Shift(unit, None if count is None else -count, "report", -1))


def ago_vaguely(match: Match, row: Row) -> Expression:
    """Reads "years ago"."""
    return expression(match, row, "DATE", Shift(unit_of(match)[0], None, "report", -1))


def from_now(match: Match, row: Row) -> Expression:
    """Reads "two weeks from now"."""
    return expression(match, row, "DATE", Shift(unit_of(match)[0], count_of(match), "report", 1))


_BACK: Final = frozenset({"earlier", "previously", "beforehand", "prior", "before", "previous"})


def later(match: Match, row: Row) -> Expression | None:
    """Reads "three days later", "two years earlier"; the rule's words say which way."""
    back = any(name in match.parts for name in _BACK)
    if "prior" in match.parts and match.last < len(row) and row[match.last].lower == "to":
        return None
    bare = not any(name in match.parts for name in ("NUM", "VAGUE", "a", "an", "half", "another", "single"))
    count = None if bare else count_of(match)
    direction = -1 if back else 1
    steps = None if count is None else direction * count
    return expression(match, row, "DATE", Shift(unit_of(match)[0], steps, "discourse", direction))


def later_open(match: Match, row: Row) -> Expression | None:
    """Reads "two years before" with nothing after it."""
    return later(match, row) if guards.ends_clause(match.last, row) else None


def day_after(match: Match, row: Row) -> Expression | None:
    """Reads "the day before", "the year following", with nothing after it."""
    if not guards.ends_clause(match.last, row):
        return None
    return expression(match, row, "DATE", Shift(unit_of(match)[0], -1 if "before" in match.parts else 1, "discourse"))


def past_or_future(match: Match, row: Row) -> Expression | None:
    """Reads "the past", "the near future", not "the past president"."""
    if not guards.ends_phrase(match.last, row) and row[match.last].lower not in ("of", "and", "or"):
        return None
    return expression(match, row, "DATE", Amount("PAST_REF" if "past" in match.parts else "FUTURE_REF"))


def present(match: Match, row: Row) -> Expression | None:
    """Reads "the present", "at this time"."""
    before = row[match.first - 1].lower if match.first else ""
    named = "day" in match.parts or "being" in match.parts
    if not named and not (before in ("at", "by", "until", "for", "to", "in") and guards.ends_phrase(match.last, row)):
        return None
    return expression(match, row, "DATE", Amount("PRESENT_REF"))


def reference(match: Match, row: Row) -> Expression | None:
    """Reads "now", "recently"."""
    if match.last < len(row) and row[match.last].lower == "-" and row[match.last].tight:
        return None
    return expression(match, row, "DATE", Amount(value_of(match, "NOW") or value_of(match, "REF") or ""))
