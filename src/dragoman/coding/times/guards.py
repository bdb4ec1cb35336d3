"""Whether the words around a match allow it to be a time: "2000 troops", "the fall of Saigon", "$5 a day" are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dragoman.coding.atoms import word_set
from dragoman.coding.times.pieces import SHORT_MONTHS, Piece

DATE_PREPOSITIONS: Final = word_set(
    "in on of by since until till from to before after during through throughout between and for at around about "
    "circa late early mid as"
)
YEAR_PREPOSITIONS: Final = DATE_PREPOSITIONS - {"for", "at", "about", "around", "to", "and", "as", "on"}
AMOUNT_PREPOSITIONS: Final = word_set(
    "for in within after over of than nearly almost about during under least most only just once lasted last lasts "
    "spent took take takes taken every until inside by at with within"
)
BARE_PREPOSITIONS: Final = word_set("for in of over after within during through throughout than took take")
NAME_WORDS: Final = word_set(
    "flight resolution article room route number no section building boeing airbus windows agenda vision page iso "
    "highway chapter decree law order directive paragraph item box suite channel volume vol"
)
"""Words whose number is a name: "Resolution 1973", "Agenda 2030"."""

NAMED_WEEKDAYS: Final = word_set("black bloody super holy maundy cyber red")
"""Words that make a weekday one day of history or of each year, which no report's date tells."""

CURRENCY_MARKS: Final = word_set("$ £ € ¥ #")
COUNTED: Final = word_set(
    "people men women troops soldiers children dead percent per miles km kilometres kilometers metres meters tonnes "
    "tons barrels dollars euros pounds feet ft points votes seats jobs"
)


RATE_UNITS: Final = frozenset({"day", "week", "month", "quarter", "year"})
_NOT_COUNTED: Final = word_set("was is has does as this his its less us thus")


def _lower(row: Sequence[Piece], i: int) -> str:
    return row[i].lower if 0 <= i < len(row) else ""


def is_abbreviation(row: Sequence[Piece], i: int) -> bool:
    """Whether piece I is a word that keeps its full stop: "Aug", "Thurs", "a.m"."""
    word = _lower(row, i)
    short_day = i >= 0 and "WEEKDAY" in row[i].classes and len(word) <= 5
    return word in SHORT_MONTHS or short_day


def loosely(parts: Mapping[str, Sequence[Piece]]) -> bool:
    """Whether the words themselves say "about"."""
    return "ABOUT" in parts


def broken_by_full_stop(first: int, last: int, row: Sequence[Piece]) -> bool:
    """Whether a full stop inside the match ends a sentence: "in April. 5 people"."""
    return any(row[i].lower == "." and not is_abbreviation(row, i - 1) for i in range(first + 1, last - 1))


def ends_phrase(i: int, row: Sequence[Piece]) -> bool:
    """Whether piece I, which follows a match, starts no noun phrase that the match would belong to."""
    if i >= len(row) or "GAP" in row[i].classes:
        return True
    piece = row[i]
    return not piece.lower[0].isalnum() and piece.lower not in ("'", "’", "-", "$", "%") or piece.lower in _AFTER


def ends_clause(i: int, row: Sequence[Piece]) -> bool:
    """Whether piece I starts neither a noun phrase nor a clause: "two years before." but not "before the war"."""
    return ends_phrase(i, row) and (i >= len(row) or row[i].lower not in _CLAUSE)


_CLAUSE: Final = word_set("the that which who he she it they we")
_AFTER: Final = word_set(
    "and or but in on at by with from to for when while as that which who he she it they we was were is are had has "
    "have would will could said than because after before if since until under during amid against the"
)


def names_attack(last: int, row: Sequence[Piece]) -> bool:
    """Whether the words from piece LAST on speak of attacks: "11 September terrorist attacks"."""
    return any(_lower(row, last + k).startswith(("attack", "hijack", "terror")) for k in range(2))


def is_year(first: int, last: int, row: Sequence[Piece]) -> bool:
    """Whether a number from 1000 to 2199 is a year, by the words beside it."""
    at = next((i for i in range(first, last) if "YEAR" in row[i].classes), last - 1)
    piece, before, after = row[at], _lower(row, at - 1), _lower(row, at + 1)
    if before in CURRENCY_MARKS or before in NAME_WORDS or (before == "." and _lower(row, at - 2) == "no"):
        return False
    if at + 1 < len(row) and row[at + 1].tight and after[0].isalpha() and after not in ("s",):
        return False
    if (
        before in (",", ".", "/", "+", "×")
        and piece.tight
        and at
        and row[at - 1].tight
        and _lower(row, at - 2)[-1:].isdigit()
    ):
        return False
    if after == "%" or after in COUNTED or "UNITS" in (row[at + 1].classes if at + 1 < len(row) else ()):
        return before in YEAR_PREPOSITIONS and after not in ("%", "percent", "per") and after not in COUNTED
    number = int(piece.number or 0)
    if number < 1500 or number > 2100:
        return before in YEAR_PREPOSITIONS
    plural = after.isalpha() and after.endswith("s") and len(after) > 3 and after not in _AFTER
    return not (plural and number % 50 == 0 and before not in YEAR_PREPOSITIONS and before not in ("the", "s"))


def is_season(last: int, first: int, row: Sequence[Piece]) -> bool:
    """Whether a season's name without a year is one: not a verb, a source of water, nor a city's fall."""
    word, before, after = row[last - 1].lower, _lower(row, first - 1), _lower(row, last)
    if after == "of":
        return False
    if first == last - 1 and before in ("and", "or") and first > 1 and "SEASON" in row[first - 2].classes:
        return True
    if first == last - 1:
        return before in DATE_PREPOSITIONS - {"to", "and", "for", "at", "as", "from", "on"} and (
            word != "fall" or ends_phrase(last, row)
        )
    if word == "fall":
        return before in (
            "in",
            "during",
            "by",
            "since",
            "until",
            "of",
            "this",
            "through",
            "throughout",
        ) and ends_phrase(last, row)
    return True


def is_duration(first: int, last: int, row: Sequence[Piece], parts: Mapping[str, Sequence[Piece]], kind: str) -> bool:
    """Whether a number with a unit is a duration: not "2000 Day", "the Seven Years' War", "$5 second-hand"."""
    number = parts["NUM"][0] if "NUM" in parts else None
    unit = max((p for name in ("UNIT", "UNITS") for p in parts.get(name, ())), key=lambda p: p.start)
    hyphen = "-" in parts
    if _lower(row, first - 1) in CURRENCY_MARKS:
        return False
    if (
        unit.lower in ("second", "quarter", "weekend")
        and kind == "UNIT"
        and not (number and number.number == 1)
        and not hyphen
    ):
        return False
    if number is not None and "YEAR" in number.classes and kind == "UNIT" and not hyphen:
        return False
    if hyphen and (_lower(row, last) == "old" or "old" in parts or _lower(row, last + 1) == "old"):
        return False
    after = last + 1 if _lower(row, last) in ("'", "’") else last
    return _lower(row, after) != "war" or not unit.capital


def is_article_duration(
    first: int, last: int, row: Sequence[Piece], parts: Mapping[str, Sequence[Piece]], unit: str
) -> bool:
    """Whether "a year" is a length of time: not "twice a year", "$5 a day", "a second", "a month-long"."""
    if unit in ("second", "quarter", "weekend") or _lower(row, last) == "-":
        return False
    if any(name in parts for name in ("ABOUT", "half", "another", "single", "all", "whole", "full", "entire", "mere")):
        return True
    before, after = _lower(row, first - 1), _lower(row, last)
    if before in AMOUNT_PREPOSITIONS or after in ("after", "before", "of", "since", "until", "and"):
        return True
    return unit in RATE_UNITS and is_rate(first, row) and ends_phrase(last, row)


def is_rate(first: int, row: Sequence[Piece]) -> bool:
    """Whether "a day" at piece FIRST says how often: "interviews a day", "$1 billion a year", "24 hours a day"."""
    if not first:
        return False
    before = row[first - 1]
    counted = before.lower.isalpha() and before.lower.endswith("s") and before.lower not in _NOT_COUNTED
    return before.number is not None or bool(before.classes & {"UNITS"}) or before.lower in ("%", "percent") or counted


def is_bare_duration(first: int, row: Sequence[Piece]) -> bool:
    """Whether a unit in the plural alone is a length of time: "for years"."""
    return _lower(row, first - 1) in BARE_PREPOSITIONS
