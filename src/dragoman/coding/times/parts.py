"""What the builders of expressions share: the values of a match's pieces, and the span of its words."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from dragoman.coding.times import guards
from dragoman.coding.times.calendar import days_in
from dragoman.coding.times.expressions import Anchor, Calendar, Expression, Meaning, Shift
from dragoman.coding.times.grammar import Match
from dragoman.coding.times.pieces import Piece
from dragoman.facts import TimexType

Row: TypeAlias = Sequence[Piece]

DIRECTIONS: Final = MappingProxyType(
    {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "upcoming": 1, "following": 1,
     "ensuing": 1, "succeeding": 1, "subsequent": 1, "this": 0, "current": 0, "same": 0, "that": 0, "the": 0, "in": 0}
)  # fmt: skip
TO_DISCOURSE: Final = frozenset(
    {"previous", "preceding", "following", "ensuing", "succeeding", "subsequent", "same", "that"}
)
"""Words that count from a date in the text, not from the report's."""

_LOOSE: Final = ("EARLY", "EDGE", "half", "part", "later", "earlier")


def expression(match: Match, row: Row, kind: TimexType, meaning: Meaning, clock: str | None = None) -> Expression:
    """MEANING over the match's characters, without a full stop or comma that only ends the sentence."""
    last = match.last
    while (
        last - 1 > match.first and row[last - 1].lower in (".", ",", "-") and not guards.is_abbreviation(row, last - 2)
    ):
        last -= 1
    loose = _LOOSE[:4] if match.rule.row.build == "later" else _LOOSE
    approx = any(name in match.parts for name in loose) or guards.loosely(match.parts)
    return Expression(row[match.first].start, row[last - 1].end, kind, meaning, clock, approx)


def value_of(match: Match, name: str) -> str | None:
    """What the table says the piece of class NAME stands for; None where the match has none."""
    piece = match.part(name)
    return piece.values[name] if piece else None


def int_of(match: Match, name: str) -> int | None:
    """The same as a whole number."""
    value = value_of(match, name)
    return int(value) if value is not None else None


def year_of(match: Match) -> tuple[int | None, bool]:
    """The year of the match and whether it counts before the era."""
    piece, era = match.part("YEAR"), value_of(match, "ERA")
    if piece is None and era is not None:
        piece = match.part("NUM")
    number = None if piece is None or piece.number is None else piece.number
    return (int(number) if number is not None and number.is_integer() else None), era == "bc"


def relation_of(match: Match, names: Sequence[str]) -> tuple[int, Anchor] | None:
    """Which step the words of relation among NAMES ask for, and from where."""
    found = [name for name in names if name in match.parts and name in DIRECTIONS]
    if not found:
        return None
    word = next((name for name in found if name in TO_DISCOURSE), found[0])
    return DIRECTIONS[word], "discourse" if word in TO_DISCOURSE else "report"


RELATION_WORDS: Final = tuple(name for name in DIRECTIONS if name not in ("the", "in"))


def date_of(match: Match) -> Calendar | None:
    """The calendar date in the match; None where no such day exists."""
    year, bc = year_of(match)
    month, day = int_of(match, "MONTH"), None
    piece = match.part("DAY") or match.part("ORDINAL") or match.part("NTH")
    if piece is not None:
        day = int(piece.number) if piece.number is not None else int(piece.values["ORDINAL"])
    if day is not None and month is not None and day > days_in(year if year and not bc else 2000, month):
        return None
    relation = relation_of(match, RELATION_WORDS) if "year" in match.parts and year is None else None
    steps: int | None = None
    anchor: Anchor = "report"
    if relation is not None:
        steps, anchor = relation
    return Calendar(
        year, month, day, int_of(match, "WEEKDAY"), value_of(match, "SEASON"), steps=steps, anchor=anchor, bc=bc,
        holiday=value_of(match, "HOLIDAY"),
    )  # fmt: skip


def dated(match: Match) -> Meaning | None:
    """The calendar date, weekday or deictic day in the match."""
    if "DEICTIC" in match.parts:
        return Shift("day", int(match.parts["DEICTIC"][0].values["DEICTIC"]), "report")
    return date_of(match)


def unit_of(match: Match) -> tuple[str, str]:
    """The last unit of the match and its class."""
    name = "UNITS" if "UNITS" in match.parts else "UNIT"
    if "UNIT" in match.parts and "UNITS" in match.parts:
        name = max(("UNIT", "UNITS"), key=lambda n: match.parts[n][-1].start)
    if name not in match.parts:
        return "weekend", "UNIT"
    return match.parts[name][-1].values[name], name


def count_of(match: Match) -> float | None:
    """How many units; None where the words are vague."""
    number = match.part("NUM")
    if number is not None:
        return number.number
    if "VAGUE" in match.parts:
        return None
    return 0.5 if "half" in match.parts else 1.0
