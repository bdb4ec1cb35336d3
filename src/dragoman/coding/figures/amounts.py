"""Numbers with their currency or unit: "$3.5 billion", "20m euros", "9,420 nautical miles", "a 7.5-percent rise".

Works on atoms alone. What is no figure (a name's number, a telephone number, a score) is told apart in `naming.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from dragoman.coding.atoms import Atom, atoms, word_set
from dragoman.coding.numerals import SCALES, SHORT_SCALES, Numeral, multiplied, numeral_at
from dragoman.lexicon.table import Lexicon
from dragoman.lexicon.units import Currency, FigureWord, Unit

HYPHENS: Final = word_set("- ‑ –")
R = TypeVar("R")
LEAST_CODE: Final = 3
"""Letters of an ISO 4217 code, which counts only in capitals."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Atoms `first` to `last` (exclusive) with a value; `number` is the atom of its first digit or number word.

    `unit` is an ISO 4217 code where `money`, else a unit of `units.tsv` with its `dimension`; None where it only counts
    things. `scale` is what words such as "million" have multiplied it by; `hyphen` tells "14-member" from "14 members".
    """

    first: int
    last: int
    number: int
    value: float
    unit: str | None = None
    dimension: str = ""
    money: bool = False
    scale: float = 1.0
    hyphen: bool = False
    digits: bool = True
    fraction: bool = False


@dataclass(frozen=True, slots=True)
class Forms:
    """The tables of units, currencies and words as sequences of atoms, by first atom (`before`: by last)."""

    units: dict[str, tuple[tuple[tuple[str, ...], Unit], ...]]
    after: dict[str, tuple[tuple[tuple[str, ...], Currency], ...]]
    before: dict[str, tuple[tuple[tuple[str, ...], Currency], ...]]
    words: dict[str, tuple[tuple[tuple[str, ...], FigureWord], ...]]
    by_role: dict[str, frozenset[str]]


def forms(lexicon: Lexicon) -> Forms:
    """The index of the tables; for `Lexicon.compiled`."""
    words = lexicon.rows(FigureWord)
    currencies = lexicon.rows(Currency)
    return Forms(
        _indexed(((_cut(row.form), row) for row in lexicon.rows(Unit)), 0),
        _indexed(((_cut(row.form), row) for row in currencies if not row.before), 0),
        _indexed(((_cut(row.form), row) for row in currencies if row.before), -1),
        _indexed(((_cut(row.word), row) for row in words), -1),
        {role: frozenset(row.word for row in words if row.role == role) for role in {row.role for row in words}},
    )


def _cut(form: str) -> tuple[str, ...]:
    return tuple(atom.lower for atom in atoms(form))


def _indexed(rows: Iterable[tuple[tuple[str, ...], R]], at: int) -> dict[str, tuple[tuple[tuple[str, ...], R], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], R]]] = {}
    for key, row in rows:
        index.setdefault(key[at], []).append((key, row))
    return {first: tuple(sorted(found, key=lambda e: -len(e[0]))) for first, found in index.items()}


def amounts(row: Sequence[Atom], text: str, known: Forms) -> list[Amount]:
    """All numbers of ROW, the atoms of TEXT, with currency or unit, in order and without overlap."""
    found: list[Amount] = []
    i = 0
    while i < len(row):
        numeral = numeral_at(row, i)
        if numeral is None:
            i += 1
            continue
        amount = _amount(row, text, numeral, known, found[-1].last if found else 0)
        found.append(amount)
        i = amount.last
    return _joined(found, row)


def _amount(row: Sequence[Atom], text: str, numeral: Numeral, known: Forms, floor: int) -> Amount:
    amount = Amount(
        numeral.first, numeral.last, numeral.first, numeral.value, digits=row[numeral.first].kind == "number",
        fraction=numeral.fraction,
    )  # fmt: skip
    amount = replace(amount, scale=_scale_words(row, numeral))
    before = _before(row, text, numeral.first, known, floor)
    if before is not None:
        first, currency = before
        amount = replace(
            amount, first=first, unit=currency.code, money=True, value=multiplied(amount.value, currency.factor)
        )
    amount = _short_scale(row, amount)
    return _with_unit(row, text, amount, known)


def _scale_words(row: Sequence[Atom], numeral: Numeral) -> float:
    scale = 1.0
    for i in range(numeral.last - 1, numeral.first, -1):
        if row[i].lower not in SCALES:
            break
        scale *= SCALES[row[i].lower]
    return scale


def _before(row: Sequence[Atom], text: str, i: int, known: Forms, floor: int) -> tuple[int, Currency] | None:
    """The first atom and the row of a currency that ends right before atom I."""
    if not i:
        return None
    for key, currency in known.before.get(row[i - 1].lower, ()):
        start = i - len(key)
        if start < floor or any(row[start + k].lower != word for k, word in enumerate(key)):
            continue
        if _is_spelt_so(currency.form, text[row[start].start : row[i - 1].end]):
            return start, currency
    return None


def _is_spelt_so(form: str, words: str) -> bool:
    """Whether WORDS are the currency's sign FORM: letters begin with a capital, codes have no small ones, no gaps."""
    if form[0].isalpha() and (not words[0].isupper() or " " in words):
        return False
    return not (form.isalpha() and len(form) == LEAST_CODE) or words.isupper()


def _short_scale(row: Sequence[Atom], amount: Amount) -> Amount:
    """AMOUNT with an abbreviated scale: "$3.5bn", "20m people"; "500m" alone is metres."""
    i = amount.last
    if i >= len(row) or amount.scale != 1.0 or not amount.digits:
        return amount
    word = row[i].lower
    scale = SHORT_SCALES.get(word)
    if scale is None or not (row[i].tight or amount.money or len(word) > 1):
        return amount
    if len(word) == 1 and not amount.money:
        after = row[i + 1] if i + 1 < len(row) else None
        counted = after is not None and after.kind == "word" and not after.capital and len(after.lower) > 3
        if (
            word not in ("m", "k")
            or not row[i].tight
            or not counted
            or after is None
            or not after.lower.endswith(("s", "people"))
        ):
            return amount
    return replace(amount, last=i + 1, value=multiplied(amount.value, scale), scale=scale)


def _with_unit(row: Sequence[Atom], text: str, amount: Amount, known: Forms) -> Amount:
    i = amount.last
    hyphen = i + 1 < len(row) and row[i].lower in HYPHENS and row[i].tight and row[i + 1].tight
    at = i + 1 if hyphen else i
    money = _after(row, text, at, known)
    if money is not None and not (amount.money and hyphen):
        last, currency = money
        code = currency.code or amount.unit
        factor = 1.0 if amount.money else currency.factor
        return replace(amount, last=last, unit=code, money=True, value=multiplied(amount.value, factor), hyphen=hyphen)
    if amount.money:
        return amount
    unit = _unit_at(row, at, known, tight=not hyphen)
    if unit is not None and not (row[amount.number].kind == "number" and not amount.digits):
        return replace(amount, last=unit[0], unit=unit[1].unit, dimension=unit[1].dimension, hyphen=hyphen)
    return replace(amount, hyphen=hyphen)


def _after(row: Sequence[Atom], text: str, i: int, known: Forms) -> tuple[int, Currency] | None:
    """The atom after a currency's name or sign at atom I, and its row: "dollars", "USD", "€"."""
    if i >= len(row):
        return None
    for key, currency in known.after.get(row[i].lower, ()):
        if i + len(key) <= len(row) and all(row[i + k].lower == word for k, word in enumerate(key)):
            return i + len(key), currency
    words = text[row[i].start : row[i].end]
    for key, currency in known.before.get(row[i].lower, ()):
        sign = not currency.form.isalpha() and row[i].tight
        if len(key) == 1 and (sign or (words.isupper() and len(words) == LEAST_CODE)):
            return i + 1, currency
    return None


def _unit_at(row: Sequence[Atom], i: int, known: Forms, tight: bool) -> tuple[int, Unit] | None:
    """The atom after a unit at atom I, and its row; `near` forms must stand glued to the digits."""
    if i >= len(row):
        return None
    for key, unit in known.units.get(row[i].lower, ()):
        if i + len(key) > len(row) or any(row[i + k].lower != word for k, word in enumerate(key)):
            continue
        if unit.near and not (row[i].tight and tight):
            continue
        return i + len(key), unit
    return None


def _joined(found: list[Amount], row: Sequence[Atom]) -> list[Amount]:
    """FOUND where the first of two joined numbers takes unit and scale from the second: "three to seven percent"."""
    result = list(found)
    for k in range(len(result) - 2, -1, -1):
        one, two = result[k], result[k + 1]
        if (
            two.first - one.last != 1
            or one.unit is not None
            and not one.money
            or (two.unit is None and two.scale == 1.0)
        ):
            continue
        joint = row[one.last].lower
        opening = row[one.first - 1].lower if one.first else ""
        if joint not in ("to", "or", "-", "–", "and") or (joint == "and" and opening != "between") or two.hyphen:
            continue
        mantissa = two.value / two.scale
        if one.scale == 1.0 and two.scale > 1.0 and one.value <= mantissa:
            one = replace(one, value=multiplied(one.value, two.scale), scale=two.scale)
        if one.unit is None and not one.money:
            one = replace(one, unit=two.unit, dimension=two.dimension, money=two.money)
        elif one.money and not two.money:
            result[k + 1] = replace(two, unit=one.unit, money=True)
        result[k] = one
    return result
