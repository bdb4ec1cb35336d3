"""A search cut into its items: words, phrases, and terms such as `type:AGREE,CONSULT`, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dragoman.errors import SearchError
from dragoman.store.search.words import forms

LONGEST_QUERY: Final = 400
"""Characters; a longer query is refused."""

_OPENING: Final = '"“„«'
_CLOSING: Final = '"”“»'
_KEY: Final = re.compile(r"([A-Za-z]+):")
_BARE: Final = re.compile(f"[^\\s{_OPENING}]+")
_VALUE: Final = re.compile(f"[^\\s,{_OPENING}]+")
_QUOTED: Final = re.compile(f"[{_OPENING}]([^{_CLOSING}]*)[{_CLOSING}]")


@dataclass(frozen=True, slots=True)
class Value:
    """A value or word: its text without quotation marks, and its characters with them."""

    text: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a search. `key` is in lower case, None for a word or phrase, which is the only one of `values`."""

    key: str | None
    values: tuple[Value, ...]
    negated: bool
    start: int
    end: int


def items(text: str) -> list[Item]:
    """The items of TEXT in order. Raises SearchError with the place of the fault."""
    if len(text) > LONGEST_QUERY:
        raise SearchError(
            text, LONGEST_QUERY, len(text), f"{len(text)} characters are too many", f"{LONGEST_QUERY} are enough"
        )
    found: list[Item] = []
    at = _after_blanks(text, 0)
    while at < len(text):
        found.append(_item(text, at))
        at = _after_blanks(text, found[-1].end)
    return found


def phrases(text: str) -> list[tuple[str, ...]]:
    """The words and "phrases" of TEXT, a search for words alone, as the index has them. Raises SearchError."""
    found = [forms(text[item.start : item.end]) for item in items(text)]
    if not any(found):
        raise SearchError(text, 0, len(text), "there is no word in it", "name at least one")
    return [words for words in found if words]


def _after_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _item(text: str, start: int) -> Item:
    negated = text[start] == "-"
    at = start + negated
    if negated and (at == len(text) or text[at].isspace() or text[at] == "-"):
        raise SearchError(
            text, start, at, "no word or term follows the minus sign", "write it before one, as -type:AID"
        )
    key = _KEY.match(text, at)
    if key is None:
        value = _value(text, at, _BARE)
        return Item(None, (value,), negated, start, value.end)
    at = key.end()
    values: list[Value] = []
    while not values or text[at : at + 1] == ",":
        at += bool(values)
        if at == len(text) or text[at].isspace() or text[at] == ",":
            raise SearchError(
                text, start + negated, at, f"no value follows {text[start + negated : at]}", "write it without a blank"
            )
        values.append(_value(text, at, _VALUE))
        at = values[-1].end
    if at < len(text) and not text[at].isspace():
        raise SearchError(text, at, at + 1, "a blank is missing here", "part the terms by blanks, the values by commas")
    return Item(key[1].lower(), tuple(values), negated, start, at)


def _value(text: str, at: int, plain: re.Pattern[str]) -> Value:
    if text[at] in _OPENING:
        quoted = _QUOTED.match(text, at)
        if quoted is None:
            raise SearchError(text, at, at + 1, "the quotation mark is not closed", "close it, or leave it out")
        return Value(quoted[1], at, quoted.end(), True)
    found = plain.match(text, at)
    assert found is not None, "what is no blank, comma or quotation mark is plain"
    return Value(found.group(), at, found.end(), False)
