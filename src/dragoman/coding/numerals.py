"""Numbers in digits and in words: "3.5 million", "twenty-one thousand", "half a million", "two and a half", "1,998".

A numeral is a run of atoms with one value. Ordinals ("third") are none, except as the lower half of a fraction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dragoman.coding.atoms import Atom

SMALL: Final = MappingProxyType(
    {"zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
     "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "thirteen": 13.0, "fourteen": 14.0,
     "fifteen": 15.0, "sixteen": 16.0, "seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0}
)  # fmt: skip
TENS: Final = MappingProxyType(
    {"twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0,
     "ninety": 90.0}
)  # fmt: skip
SCALES: Final = MappingProxyType(
    {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0, "lakh": 1e5,
     "crore": 1e7}
)  # fmt: skip
SHORT_SCALES: Final = MappingProxyType(
    {
        "k": 1e3,
        "m": 1e6,
        "mn": 1e6,
        "mln": 1e6,
        "mil": 1e6,
        "b": 1e9,
        "bn": 1e9,
        "bln": 1e9,
        "tn": 1e12,
        "trn": 1e12,
        "t": 1e12,
    }
)
"""Abbreviated scales: they count only next to a sum of money or a unit, which the caller knows ("5 m" is metres)."""

FRACTIONS: Final = MappingProxyType(
    {"half": 2.0, "halves": 2.0, "third": 3.0, "thirds": 3.0, "quarter": 4.0, "quarters": 4.0, "fifth": 5.0,
     "fifths": 5.0, "sixth": 6.0, "sixths": 6.0, "eighth": 8.0, "eighths": 8.0, "tenth": 10.0, "tenths": 10.0}
)  # fmt: skip
_GLYPHS: Final = MappingProxyType({"½": 1 / 2, "⅓": 1 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅔": 2 / 3, "⅕": 1 / 5, "⅛": 1 / 8})
SPACED_HEAD: Final = 3
"""Digits before the first space of a number with spaces for commas ("10 000"); only groups of zeros are its own."""

LONGEST_NUMBER: Final = 24
"""Characters of a number in digits; longer runs are serial numbers, not quantities."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """Atoms `first` to `last` (exclusive) and their value. `digits` tells that it is one atom of digits, as written."""

    first: int
    last: int
    value: float
    digits: bool
    fraction: bool = False


def number_of(lower: str) -> float | None:
    """The value of a number in digits ("1,998", "3.5"); None where it is too long to be one."""
    return float(lower.replace(",", "")) if len(lower) <= LONGEST_NUMBER else None


def multiplied(value: float, scale: float) -> float:
    """VALUE times SCALE in decimal: 16.6 billion is 16,600,000,000 and no millionth more."""
    return float(f"{value * scale:.14g}")


def numeral_at(row: Sequence[Atom], i: int) -> Numeral | None:
    """The longest numeral that starts at atom I of ROW, or None."""
    atom = row[i]
    if atom.kind in ("number", "fraction"):
        return _in_digits(row, i)
    if atom.kind != "word":
        return None
    if atom.lower == "half":
        return _half(row, i)
    if atom.lower in ("a", "an"):
        return _with_article(row, i)
    if atom.lower in SMALL or atom.lower in TENS:
        return _in_words(row, i)
    return None


def _lower(row: Sequence[Atom], i: int) -> str:
    return row[i].lower if 0 <= i < len(row) else ""


def _scaled(row: Sequence[Atom], i: int, value: float) -> tuple[int, float]:
    """VALUE times the scale words from atom I on ("hundred thousand"), and the atom after them."""
    steps = 0
    while steps < 3 and _lower(row, i) in SCALES:
        value = multiplied(value, SCALES[row[i].lower])
        i += 1
        steps += 1
    return i, value


def _in_digits(row: Sequence[Atom], i: int) -> Numeral | None:
    atom = row[i]
    if atom.kind == "fraction":
        return Numeral(i, i + 1, _GLYPHS[atom.lower], False, True)
    value = number_of(atom.lower)
    if value is None:
        return None
    end, plain = i + 1, True
    while value and end < len(row) and row[end].lower == "000" and len(atom.lower) <= SPACED_HEAD and end - i <= 3:
        value, end, plain = multiplied(value, 1e3), end + 1, False
    if end < len(row) and row[end].kind == "fraction":
        value, end, plain = value + _GLYPHS[row[end].lower], end + 1, False
    elif (over := _slashed(row, i + 1)) is not None:
        value, end, plain = value + over, i + 4, False
    elif _is_slash(row, i):
        return Numeral(i, i + 3, value / float(row[i + 2].lower), False, True)
    after, scaled = _scaled(row, end, value)
    if after > end:
        end, value, plain = after, scaled, False
    return Numeral(i, end, value, plain)


def _is_slash(row: Sequence[Atom], i: int) -> bool:
    """Whether atoms I to I + 2 are a simple fraction: "1/4", not "9/11" nor "24/7"."""
    if i + 2 >= len(row) or row[i + 1].lower != "/" or not (row[i + 1].tight and row[i + 2].tight):
        return False
    over, under = row[i].lower, row[i + 2].lower
    if over == "1":
        return under.isdigit() and 2 <= int(under[:3]) < 100
    return (over, under) in _SIMPLE


_SIMPLE: Final = frozenset({("2", "3"), ("3", "4"), ("2", "5"), ("3", "5"), ("3", "8"), ("5", "8"), ("7", "8")})


def _slashed(row: Sequence[Atom], i: int) -> float | None:
    """The fraction at atom I after a whole number ("5 1/2"), or None."""
    if i < len(row) and row[i].kind == "number" and not row[i].tight and _is_slash(row, i):
        return float(row[i].lower) / float(row[i + 2].lower)
    return None


def _half(row: Sequence[Atom], i: int) -> Numeral | None:
    """Reads "half a million", "half million", "half a dozen"; "half" alone is for the caller."""
    at = i + 1
    if _lower(row, at) == "-":
        at += 1
    if _lower(row, at) in ("a", "an"):
        at += 1
    end, value = _scaled(row, at, 0.5)
    return Numeral(i, end, value, False) if end > at else None


def _with_article(row: Sequence[Atom], i: int) -> Numeral | None:
    """Reads "a hundred", "a dozen", "a hundred and two", "a third", "a quarter"."""
    word = _lower(row, i + 1)
    if word in SCALES:
        end, value = _words_from(row, i + 1, 1.0)
        return Numeral(i, end, value, False)
    if word == "half" and _lower(row, i + 2) in SCALES:
        end, value = _scaled(row, i + 2, 0.5)
        return Numeral(i, end, value, False)
    if word in ("third", "fifth", "tenth", "quarter") and _lower(row, i + 2) == "of":
        return Numeral(i, i + 2, 1 / FRACTIONS[word], False, True)
    return None


def _in_words(row: Sequence[Atom], i: int) -> Numeral:
    end, value = _words_from(row, i, None)
    hyphen = int(_lower(row, end) == "-" and row[end].tight)
    word = _lower(row, end + hyphen)
    if word in FRACTIONS and value < 10 and _is_fraction(row, end + hyphen, value, bool(hyphen)):
        return Numeral(i, end + hyphen + 1, value / FRACTIONS[word], False, True)
    if [_lower(row, end + k) for k in range(3)] == ["and", "a", "half"]:
        end, value = _scaled(row, end + 3, value + 0.5)
    return Numeral(i, end, value, False)


def _is_fraction(row: Sequence[Atom], i: int, value: float, hyphen: bool) -> bool:
    """Whether the word at atom I is the lower half of a fraction: "one third", not "two quarters" of a year."""
    if hyphen or _lower(row, i + 1) == "of":
        return True
    return row[i].lower not in ("quarter", "quarters") and not (value == 1 and row[i].lower == "half")


def _words_from(row: Sequence[Atom], i: int, value: float | None) -> tuple[int, float]:
    """The atom after the number in words at I and its value; VALUE is what an article before it stands for."""
    total, current, end, floor = 0.0, value or 0.0, i, float("inf")
    start, room = i, 100.0 if value is None else 0.0
    while i < len(row) and i - start < 24:
        word = _word_of_number(row, i, start)
        if word is None:
            break
        i, name = word
        if name in SCALES:
            scale = SCALES[name]
            if scale == 100.0:
                current, room = (current or 1.0) * scale, 100.0
            elif scale < floor:
                total, current, floor, room = total + (current or 1.0) * scale, 0.0, scale, 100.0
            else:
                total, current, floor = (total + current) * scale, 0.0, scale
        else:
            step = SMALL.get(name, TENS.get(name, 0.0))
            if step >= room:
                break
            current, room = current + step, 10.0 if name in TENS else 0.0
        end = i
    return end, total + current


def _word_of_number(row: Sequence[Atom], i: int, start: int) -> tuple[int, str] | None:
    """The next word of a number at atom I, over a hyphen or an "and", and the atom after it; None where it ends."""
    at = i
    if i > start and row[i].lower in ("-", "and", "&") and i + 1 < len(row):
        joined = row[i].lower != "-"
        if joined and row[i - 1].lower not in SCALES:
            return None
        at = i + 1
        if joined and row[at].lower in SCALES:
            return None
    name = row[at].lower
    return (at + 1, name) if name in SMALL or name in TENS or name in SCALES else None
