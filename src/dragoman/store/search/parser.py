"""From what a reader types to a query. `docs/search.md` has the grammar.

Two countries, by code or name, are a pair; `KEY:VALUE` narrows (`keys.py`); everything else is looked for in the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from dragoman.errors import SearchError
from dragoman.facts import PLOVER_TYPES
from dragoman.lexicon.names import Names
from dragoman.store.search.keys import KEYS, read_target, unknown_key
from dragoman.store.search.lexer import Item, items
from dragoman.store.search.syntax import Code, Name, Not, OfReport, Pair, Period, Query, Target, Term, Words
from dragoman.store.search.words import forms

_CODE: Final = re.compile(r"[A-Z]{3}")
_DIRECTED: Final = re.compile(r"([A-Z]{3})>([A-Z]{3})")
_NAME_WORDS: Final = 4
"""The longest name of a country that is looked for, in words."""

_OPERATORS: Final = {
    "AND": "all terms must hold anyway: leave it out, or write it in quotation marks to look for the word",
    "OR": "values of one term are joined by commas, as type:AGREE,CONSULT; the word is looked for in quotation marks",
    "NOT": "what must not hold has a minus before it, as -type:AID; the word is looked for in quotation marks",
}


@dataclass(slots=True)
class _Reading:
    """What was read so far of `text`: terms, the countries that are named, and where `in:` stands."""

    text: str
    names: Names
    terms: list[Term | Not] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    target: Target = "facts"
    target_at: tuple[int, int] | None = None


def parse(text: str, names: Names) -> Query:
    """TEXT as a query. Raises SearchError, which says what is wrong with which characters, and what would be right."""
    reading = _Reading(text, names)
    found = items(text)
    at = 0
    while at < len(found):
        at += _country(found[at : at + _NAME_WORDS], reading) or _other(found[at], reading)
    passed = _passed(reading.countries)
    terms = tuple(dict.fromkeys([*passed, *reading.terms]))
    _check_target(reading, terms)
    return Query(terms, reading.target, text=text)


def _passed(countries: Sequence[str]) -> list[Term | Not]:
    if len(countries) == 2:
        one, other = sorted(countries)
        return [Pair(one, other)]
    return [Code("country", (code,)) for code in countries]


def _country(found: Sequence[Item], reading: _Reading) -> int:
    """How many items, none quoted, name a country; longer names go first. It is kept."""
    first = found[0]
    plain = []
    for item in found:
        if item.key or item.values[0].quoted or (item.negated and item is not first):
            break
        plain.append(item)
    for size in range(len(plain), 0, -1):
        code = code_of(" ".join(item.values[0].text for item in plain[:size]), reading.names)
        if code and first.negated:
            reading.terms.append(Not(Code("country", (code,))))
            return size
        if code:
            _add_country(code, plain[0].start, plain[size - 1].end, reading)
            return size
    return 0


def _add_country(code: str, start: int, end: int, reading: _Reading) -> None:
    if code in reading.countries:
        return
    if len(reading.countries) == 2:
        three = ",".join([*reading.countries, code])
        raise SearchError(
            reading.text, start, end, "this is a third country", f"name one, or two as a pair; country:{three} is any"
        )
    reading.countries.append(code)


def code_of(text: str, names: Names) -> str | None:
    """The code of the country that TEXT is the code or name of, None where it is neither."""
    if _CODE.fullmatch(text) and names.known(text):
        return text
    return None if text.upper() in PLOVER_TYPES or len(text) < 2 else names.code(text)


def _other(item: Item, reading: _Reading) -> int:
    """Keep an item that is no country; one item is used up."""
    if item.key == "in":
        reading.target, reading.target_at = read_target(item, reading.text, reading.target_at), (item.start, item.end)
        return 1
    if item.key is not None:
        read = KEYS.get(item.key)
        if read is None:
            raise unknown_key(item, reading.text)
        term = read.make(item, reading.text, reading.names)
    else:
        term = _words(item, reading)
    reading.terms.append(Not(term) if item.negated else term)
    return 1


def _words(item: Item, reading: _Reading) -> Term:
    (value,) = item.values
    if not value.quoted and (remedy := _OPERATORS.get(value.text)):
        raise SearchError(reading.text, value.start, value.end, f"{value.text} is no operator", remedy)
    if not value.quoted and (directed := _DIRECTED.fullmatch(value.text)):
        return _directed(directed[1], directed[2], value.start, reading)
    found = forms(value.text)
    if not found:
        raise SearchError(
            reading.text, value.start, value.end, "there is no letter or digit in it", "leave it out, or name a word"
        )
    return Words(found, value.text.endswith("*"))


def _directed(one: str, other: str, start: int, reading: _Reading) -> Pair:
    for code, at in ((one, start), (other, start + 4)):
        if not reading.names.known(code):
            raise SearchError(
                reading.text, at, at + 3, f"{code} is the code of no country", "write two codes, as RUS>CHN"
            )
    if one == other:
        raise SearchError(reading.text, start, start + 7, "this is one country twice", "write two codes, as RUS>CHN")
    return Pair(one, other, directed=True)


def _check_target(reading: _Reading, terms: Sequence[Term | Not]) -> None:
    """Sentences are found by what stands in them, or by their report."""
    if reading.target == "facts" or reading.target_at is None:
        return
    for term in terms:
        if isinstance(term, Words | OfReport) or (isinstance(term, Name) and term.field == "outlet"):
            return
        if isinstance(term, Period) and term.field == "published" and term.first and term.last:
            return
    raise SearchError(
        reading.text, *reading.target_at, "nothing says which sentences", 'add a word, a "phrase", outlet: or report:'
    )
