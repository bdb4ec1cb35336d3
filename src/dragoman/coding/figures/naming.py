"""Numbers that are no figures: names ("Boeing 787", "Resolution 242", "F-16"), telephone numbers, scores, versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dragoman.coding.atoms import Atom, word_set
from dragoman.coding.figures.amounts import Amount, Forms

_OPENERS: Final = word_set('. ! ? : ; " “ ” ( ) [ ] , ` —')
_PRONOUNS: Final = word_set("of another by no each any every this that the which only ' ’")
_AGES: Final = word_set("year years month months week weeks day days hour hours")
"""Units of time after a hyphen: lengths are the times' own, and ages ("a 23-year-old") count nothing."""

LONGEST_NAME: Final = 9999
"""Numbers in names are short; above this a number after a capitalised word counts something."""


def name_numbers(row: Sequence[Atom], found: Sequence[Amount]) -> frozenset[str]:
    """Numbers that this text uses as names somewhere ("Boeing 747", "777s", "787-8"): they are names all over it."""
    names: set[str] = set()
    for amount in found:
        atom = row[amount.number]
        if _may_be_name(amount, atom) and (_after_name(row, amount.number) or _glued(row, amount)):
            names.add(atom.lower)
    for i, atom in enumerate(row):
        if atom.kind == "decade" and i and row[i - 1].lower not in ("the", "early", "late", "mid", "-", "'"):
            names.add("".join(c for c in atom.lower if c.isdigit()))
    return frozenset(names)


def _may_be_name(amount: Amount, atom: Atom) -> bool:
    return amount.digits and amount.unit is None and not amount.money and amount.scale == 1.0 and "," not in atom.lower


def _after_name(row: Sequence[Atom], i: int) -> bool:
    """Whether the word before atom I is a name's, so that the number belongs to it: "Airbus 380", "FTSE 100"."""
    if i > 2 and row[i - 1].lower == "s" and row[i - 2].lower in ("'", "’") and row[i - 3].capital:
        return i + 1 >= len(row) or row[i + 1].kind != "word"
    if i < 1 or row[i - 1].kind not in ("word", "abbreviation") or not row[i - 1].capital:
        return False
    return i >= 2 and row[i - 2].lower not in _OPENERS and row[i - 2].kind != "gap" or i >= 1 and _inside_name(row, i)


def _inside_name(row: Sequence[Atom], i: int) -> bool:
    """Whether the word before atom I, though it opens a sentence, is an acronym ("FTSE 100")."""
    return row[i - 1].upper and row[i - 1].lower not in _COMMON


_COMMON: Final = word_set(
    "the at in on of by for from with and but all only just some over more as to its our nine ten"
)


def _glued(row: Sequence[Atom], amount: Amount) -> bool:
    """Whether letters or further digits are glued to the number: "777s", "787-8", "7e7", "A380"."""
    first, last = amount.first, amount.last
    if last < len(row) and row[last].tight and row[last].kind == "word":
        return True
    if last + 1 < len(row) and row[last].tight and row[last].lower == "-" and row[last + 1].tight:
        lettered = last + 2 < len(row) and row[last + 2].tight and row[last + 2].kind == "word"
        return row[last + 1].kind == "number" and (lettered or len(row[last + 1].lower) < len(row[last - 1].lower))
    return first > 0 and row[first].tight and row[first - 1].kind == "word"


def is_name(row: Sequence[Atom], amount: Amount, known: Forms, names: frozenset[str]) -> bool:
    """Whether AMOUNT is no figure, by the atoms beside it and by what the text uses as names (`name_numbers`)."""
    atom = row[amount.number]
    if amount.unit is not None or amount.money:
        return _hyphened_before(row, amount)
    if amount.hyphen and row[amount.last + 1].lower in _AGES:
        return True
    if _glued(row, amount) or _hyphened_before(row, amount) or _in_digit_group(row, amount):
        return True
    if amount.first > 1 and row[amount.first - 1].lower == "-" and row[amount.first - 2].lower in names:
        return True
    before = row[amount.first - 1].lower if amount.first else ""
    if _numbering(row, amount, before, known):
        return True
    if amount.digits and atom.lower.isdigit() and atom.lower.startswith("0") and len(atom.lower) > 1:
        return True
    if not amount.digits:
        if amount.value == 2.0 and before == "the" and not amount.hyphen:
            return True
        return amount.value == 1.0 or _is_group_name(row, amount)
    if not _may_be_name(amount, atom) or amount.value > LONGEST_NAME:
        return False
    return atom.lower in names or _after_name(row, amount.number)


def _numbering(row: Sequence[Atom], amount: Amount, before: str, known: Forms) -> bool:
    """Whether a word of names stands before the number: "Resolution 242", "No. 5", "Group of 77", "# 3"."""
    if (
        before == "of"
        and amount.first > 1
        and row[amount.first - 2].lower in ("group", "g")
        and row[amount.first - 2].capital
    ):
        return True
    if before == "." and amount.first > 1 and row[amount.first - 2].lower in ("no", "nos", "art", "sec", "vol", "fig"):
        return True
    return before == "#" or (before in known.by_role["name"] and amount.scale == 1.0)


def _is_group_name(row: Sequence[Atom], amount: Amount) -> bool:
    """Whether a number in words is a title's ("Big Three", "Group of Seven", "number two")."""
    before = row[amount.first - 1] if amount.first else None
    return row[amount.first].capital and before is not None and (before.capital or before.lower == "of")


def _hyphened_before(row: Sequence[Atom], amount: Amount) -> bool:
    """Whether a word is joined to the number by a hyphen: "F-16", "G-8", "post-9"."""
    i = amount.first
    if i < 2 or row[i - 1].lower not in ("-", "/") or not row[i].tight or not row[i - 1].tight:
        return False
    return row[i - 2].kind in ("word", "abbreviation") or (row[i - 1].lower == "/" and row[i - 2].kind == "number")


def _in_digit_group(row: Sequence[Atom], amount: Amount) -> bool:
    """Whether the number is one of a group joined by hyphens, slashes or signs: telephone numbers, scores, 320x240."""
    i, last = amount.first, amount.last
    before = i >= 2 and row[i].tight and row[i - 1].lower in ("-", "/", "–", "+", ":", ".")
    if before and row[i - 1].tight and row[i - 2].kind in ("number", "word"):
        return not _is_range(row, i - 2, i)
    if i and row[i].tight and row[i - 1].lower == "+":
        return True
    after = last + 1 < len(row) and row[last].tight and row[last + 1].tight and row[last].lower in ("-", "/", "–", ":")
    return after and row[last + 1].kind == "number" and not _is_range(row, last - 1, last + 1)


def _is_range(row: Sequence[Atom], one: int, two: int) -> bool:
    """Whether "200-250" at atoms ONE and TWO is a range: rising, and with no further number joined on either side."""
    low, high = row[one], row[two]
    if low.kind != "number" or high.kind != "number" or row[one + 1].lower not in ("-", "–"):
        return False
    if one >= 2 and row[one - 1].lower in ("-", "–", "/") and row[one].tight:
        return False
    if (
        two + 1 < len(row)
        and row[two + 1].lower in ("-", "–", "/")
        and row[two + 1].tight
        and row[two + 1].kind == "mark"
    ):
        return two + 2 < len(row) and row[two + 2].kind == "word"
    return len(low.lower) <= 12 and len(high.lower) <= 12 and _value(low) < _value(high)


def _value(atom: Atom) -> float:
    return float(atom.lower.replace(",", ""))
