"""Builders of durations and sets. None where the words around show that it is neither."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from dragoman.coding.times import guards
from dragoman.coding.times.expressions import (
    Amount,
    Expression,
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
from dragoman.facts import TimexType


def window(match: Match, row: Row) -> Expression | None:
    """Reads "the past two months", "the next five years"."""
    relation, unit, count = relation_of(match, RELATION_WORDS), unit_of(match)[0], count_of(match)
    if relation is None or unit in ("second", "quarter"):
        return None
    steps, anchor = relation
    return expression(
        match, row, "DURATION", Amount(duration_value(count, unit), steps if anchor == "report" else 0, unit, count)
    )


def duration(match: Match, row: Row) -> Expression | None:
    """Reads "72 hours", "two years and six months", "five-year", "26 years of age"."""
    numbers = match.parts.get("NUM", [])
    unit, kind = unit_of(match)
    if not guards.is_duration(match.first, match.last, row, match.parts, kind):
        return None
    if len(numbers) == 2:
        units = sorted((p for n in ("UNIT", "UNITS") for p in match.parts.get(n, [])), key=lambda p: p.start)
        values = [duration_value(n.number, next(iter(u.values.values()))) for n, u in zip(numbers, units, strict=True)]
        return expression(match, row, "DURATION", Amount(_joined(*values)))
    count = count_of(match)
    if "first" in match.rule.row.id and not numbers:
        count = None if kind == "UNITS" or "VAGUE" in match.parts else 1.0
    if "and" in match.parts and count is not None:
        count += 0.5
    return expression(match, row, "DURATION", Amount(duration_value(count, unit), 0, unit, count))


def _joined(one: str, two: str) -> str:
    """Two durations as one: `P2Y` and `P6M` give `P2Y6M`, `PT3H` and `PT20M` give `PT3H20M`."""
    return one + two.removeprefix("PT" if one.startswith("PT") else "P")


def duration_article(match: Match, row: Row) -> Expression | None:
    """Reads "a year", "half an hour"."""
    unit = unit_of(match)[0]
    if not guards.is_article_duration(match.first, match.last, row, match.parts, unit):
        return None
    count = count_of(match)
    kind: TimexType = "SET" if guards.is_rate(match.first, row) else "DURATION"
    return expression(match, row, kind, Amount(duration_value(count, unit), 0, unit, count))


def vague(match: Match, row: Row) -> Expression:
    """Reads "decades of", "recent days"."""
    unit = unit_of(match)[0]
    return expression(match, row, "DURATION", Amount(duration_value(None, unit), 0, unit))


def vague_bare(match: Match, row: Row) -> Expression | None:
    """Reads "for years"."""
    return vague(match, row) if guards.is_bare_duration(match.first, row) else None


def vague_long(match: Match, row: Row) -> Expression | None:
    """Reads "day-long", "decades-old"."""
    unit, kind = unit_of(match)
    if match.first and row[match.first - 1].lower == "-":
        return None
    value = duration_value(1.0 if kind == "UNIT" else None, unit)
    return expression(match, row, "DURATION", Amount(value, 0, unit)) if unit not in ("second", "quarter") else None


def simple_set(match: Match, row: Row) -> Expression:
    """Reads "daily"."""
    return expression(match, row, "SET", Amount(value_of(match, "SET") or ""))


_REPEATED: Final = MappingProxyType({"PART": "XXXX-XX-XXT", "WEEKDAY": "XXXX-WXX-", "SEASON": "XXXX-"})


def every(match: Match, row: Row) -> Expression | None:
    """Reads "every day", "every two weeks", "every Friday"."""
    for name, head in _REPEATED.items():
        if name in match.parts:
            return expression(match, row, "SET", Amount(f"{head}{value_of(match, name)}"))
    if "MONTH" in match.parts:
        return expression(match, row, "SET", Amount(f"XXXX-{int_of(match, 'MONTH'):02}"))
    unit, kind = unit_of(match)
    if kind == "UNITS" and "NUM" not in match.parts:
        return None
    count = 2.0 if "other" in match.parts else count_of(match)
    return expression(match, row, "SET", Amount(duration_value(count, unit)))


def per_unit(match: Match, row: Row) -> Expression | None:
    """Reads "per day"."""
    return times_a(match, row) if unit_of(match)[0] in guards.RATE_UNITS else None


def times_a(match: Match, row: Row) -> Expression:
    """Reads "twice a week"."""
    return expression(match, row, "SET", Amount(duration_value(1.0, unit_of(match)[0])))


def set_weekday(match: Match, row: Row) -> Expression:
    """Reads "Fridays"."""
    return expression(match, row, "SET", Amount(f"XXXX-WXX-{value_of(match, 'WEEKDAYS')}"))
