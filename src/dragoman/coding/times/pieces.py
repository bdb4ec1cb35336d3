"""Pieces: the text as the grammar of times sees it, each word, number or fixed phrase with the classes it may have.

A piece is one or more atoms. Its classes come from `time_words.tsv`, from the form of a number (NUM, DAY, YEAR, YY,
HHMM), or from the kind of atom (CLOCK, ISO, DECADE); a word of a rule's own is the class `=word`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from dragoman.coding.atoms import Atom, word_set
from dragoman.coding.numerals import Numeral, numeral_at
from dragoman.lexicon.table import Lexicon
from dragoman.lexicon.time_words import TimeWord

NUMBER_CLASSES: Final = ("NUM", "DAY", "YEAR", "YY", "HHMM")
ATOM_CLASSES: Final = {"clock": "CLOCK", "iso": "ISO", "decade": "DECADE", "gap": "GAP"}
MONTH_LIKE: Final = frozenset({"may", "march"})
"""Months that are also verbs: at the start of a sentence they count only beside a number."""

_LEADING: Final = word_set(
    "in since by until till during from to last next this early late mid before after between through throughout "
    "around about every each and or"
)
"""Words after which "May" and "March" are months, whatever follows."""

_NAMING: Final = word_set("the a an this long annual his their her our its")
_OF_MARCH: Final = word_set("of for to on in through from was were is had has against that")
"""Words after "the March" or "Long March" that show people marching."""

SHORT_MONTHS: Final = frozenset({"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"})
LONGEST_PHRASE: Final = 6
NONE: Final[frozenset[str]] = frozenset()


class Piece(NamedTuple):
    """Characters `start` to `end` with the classes it may have and the value that each class gives it."""

    start: int
    end: int
    lower: str
    classes: frozenset[str]
    values: dict[str, str]
    number: float | None
    capital: bool
    tight: bool


@dataclass(frozen=True, slots=True)
class Words:
    """`time_words.tsv` by the first word of each entry, longest entries first."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], bool, dict[str, str]], ...]]
    class_sets: frozenset[frozenset[str]] = field(default_factory=frozenset)


def words_of(lexicon: Lexicon) -> Words:
    """The index of `time_words.tsv`; for `Lexicon.compiled`."""
    entries: dict[tuple[str, ...], tuple[bool, dict[str, str]]] = {}
    for row in lexicon.rows(TimeWord):
        key = tuple(row.word.split(" "))
        capital, values = entries.get(key, (row.capital, {}))
        entries[key] = (capital and row.capital, {**values, row.kind: row.value})
    by_first: dict[str, list[tuple[tuple[str, ...], bool, dict[str, str]]]] = {}
    for key, (capital, values) in entries.items():
        by_first.setdefault(key[0], []).append((key, capital, values))
    index = {first: tuple(sorted(found, key=lambda e: -len(e[0]))) for first, found in by_first.items()}
    return Words(index, frozenset(frozenset(values) for _, values in entries.values()))


def pieces(row: Sequence[Atom], words: Words, literals: frozenset[str]) -> list[Piece]:
    """The atoms of ROW as pieces. LITERALS are the words that rules name; they keep a class of their own."""
    found: list[Piece] = []
    i = 0
    while i < len(row):
        piece, i = _piece(row, i, words, literals)
        found.append(piece)
    return found


def _piece(row: Sequence[Atom], i: int, words: Words, literals: frozenset[str]) -> tuple[Piece, int]:
    atom = row[i]
    entry = _entry(row, i, words)
    if entry is not None and not (len(entry[0]) == 1 and atom.lower in ("second", "a", "an")):
        return _word_piece(row, i, entry, literals), i + len(entry[0])
    numeral = numeral_at(row, i)
    if numeral is not None:
        return _number_piece(row, numeral), numeral.last
    if entry is not None:
        return _word_piece(row, i, entry, literals), i + 1
    if atom.kind == "ordinal":
        return _ordinal_piece(atom), i + 1
    classes = frozenset({ATOM_CLASSES[atom.kind]}) if atom.kind in ATOM_CLASSES else _literal(atom.lower, literals)
    return Piece(atom.start, atom.end, atom.lower, classes, {}, None, atom.capital, atom.tight), i + 1


def _literal(lower: str, literals: frozenset[str]) -> frozenset[str]:
    return frozenset({f"={lower}"}) if lower in literals else NONE


def _entry(row: Sequence[Atom], i: int, words: Words) -> tuple[tuple[str, ...], bool, dict[str, str]] | None:
    """The longest entry of the table whose words stand at atom I."""
    for entry in words.by_first.get(row[i].lower, ()):
        key, capital, _ = entry
        if capital and not row[i].capital:
            continue
        if i + len(key) <= len(row) and all(row[i + k].lower.replace("’", "'") == key[k] for k in range(1, len(key))):
            return entry
    return None


def _word_piece(
    row: Sequence[Atom], i: int, entry: tuple[tuple[str, ...], bool, dict[str, str]], literals: frozenset[str]
) -> Piece:
    key, _, values = entry
    first, last = row[i], row[i + len(key) - 1]
    classes = frozenset(values)
    if len(key) == 1:
        classes |= _literal(first.lower, literals)
        if "MONTH" in classes and not _is_month(row, i):
            classes -= {"MONTH"}
    lower = first.lower if len(key) == 1 else " ".join(key)
    return Piece(first.start, last.end, lower, classes, values, None, first.capital, first.tight)


def _is_month(row: Sequence[Atom], i: int) -> bool:
    """Whether "May", "March", "Mar" at atom I is a month, by the words beside it."""
    word = row[i].lower
    after = row[i + 1] if i + 1 < len(row) else None
    number_after = after is not None and after.kind in ("number", "ordinal")
    if word in SHORT_MONTHS:
        dotted = after is not None and after.lower == "." and after.tight
        joined = after is not None and after.lower in ("-", "–", "/") and after.tight and i + 2 < len(row)
        if joined and row[i + 2].lower in SHORT_MONTHS:
            return True
        return dotted or number_after or (i > 0 and row[i - 1].kind in ("number", "ordinal"))
    if word not in MONTH_LIKE:
        return True
    before = row[i - 1] if i else None
    if before is not None and before.lower in _LEADING:
        return True
    if word == "may" and not number_after and before is not None and before.kind == "word" and before.capital:
        return False
    if (
        not number_after
        and before is not None
        and before.kind == "word"
        and (before.capital or before.lower in _NAMING)
    ):
        return after is not None and after.kind == "word" and not after.capital and after.lower not in _OF_MARCH
    opening = i == 0 or row[i - 1].lower in (".", "!", "?", ":", '"', "“", "``") or row[i - 1].kind == "gap"
    return number_after or not opening


def _number_piece(row: Sequence[Atom], numeral: Numeral) -> Piece:
    first, last = row[numeral.first], row[numeral.last - 1]
    classes = number_classes(first.lower) if numeral.digits else frozenset({"NUM"})
    return Piece(first.start, last.end, first.lower, classes, {}, numeral.value, False, first.tight)


def number_classes(digits: str) -> frozenset[str]:
    """The classes of a number as written: "1998" may be a year or a count, "12" a day, "08" a year of two digits."""
    if not digits.isascii() or not digits.isdigit():
        return frozenset({"NUM"})
    value, classes = int(digits[:9]), {"NUM"}
    if len(digits) <= 2:
        classes |= {"YY"} if len(digits) == 2 else set()
        classes |= {"DAY"} if 1 <= value <= 31 else set()
    elif len(digits) == 4:
        classes |= {"YEAR"} if 1000 <= value <= 2199 else set()
        classes |= {"HHMM"} if value < 2400 and value % 100 < 60 else set()
    return frozenset(classes)


def _ordinal_piece(atom: Atom) -> Piece:
    value = atom.lower[:-2].replace(",", "")
    classes = frozenset({"ORDINAL", "NTH"}) if 1 <= int(value) <= 31 else NONE
    return Piece(atom.start, atom.end, atom.lower, classes, {"ORDINAL": value, "NTH": value}, None, False, atom.tight)


def number_class_sets() -> frozenset[frozenset[str]]:
    """All sets of classes that `number_classes` and the kinds of atoms can give."""
    samples = (
        "5",
        "05",
        "12",
        "45",
        "99",
        "00",
        "300",
        "0830",
        "1290",
        "1998",
        "2012",
        "1430",
        "2500",
        "1170",
        "2170",
        "0099",
    )
    sets = {number_classes(sample) for sample in samples} | {frozenset({name}) for name in ATOM_CLASSES.values()}
    return frozenset(sets | {frozenset({"NUM"}), frozenset({"ORDINAL", "NTH"})})
