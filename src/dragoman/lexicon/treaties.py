"""Agreements that go by several names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final

from dragoman.lexicon.phrases import plain
from dragoman.lexicon.table import Lexicon

_WORD: Final = re.compile(r"[^\W_]+")
_ARTICLES: Final = frozenset({"the", "a", "an", "its", "their", "this", "that"})
_PLURALS: Final = frozenset({"accords", "agreements", "treaties", "pacts", "deals", "protocols", "conventions"})
_SHORT_WORDS: Final = 2


@dataclass(frozen=True, slots=True)
class TreatyRow:
    """One agreement with all its names; `year` is when it was signed, empty where it was not, or not once for all."""

    table: ClassVar[str] = "treaties"
    key: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    names: tuple[str, ...]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Treaties:
    """`by_name` has the row for each name in its plain form."""

    by_name: Mapping[str, TreatyRow]

    def named(self, name: str) -> TreatyRow | None:
        """The agreement of that NAME: all of it, or the longest name that stands in it; None where there is none.

        A name of one word counts within others only in capitals: "INF Treaty with Moscow" is one, "a salt treaty" none.
        """
        words = plain_words(name)
        for size in range(len(words), 0, -1):
            for start in range(len(words) - size + 1):
                part = words[start : start + size]
                row = self.by_name.get(" ".join(part))
                if row is not None and (size >= _SHORT_WORDS or part[0].upper() in _WORD.findall(name)):
                    return row
        return None


def plain_words(name: str) -> list[str]:
    """The words of NAME in small letters without accents, articles and plurals of "accord" and the like."""
    words = [word.lower() for word in _WORD.findall(plain(name))]
    return [_singular(word) for word in words if word not in _ARTICLES and word != "s"]


def _singular(word: str) -> str:
    if word not in _PLURALS:
        return word
    return "treaty" if word == "treaties" else word[:-1]


def index(lexicon: Lexicon) -> Treaties:
    """Compile the table. Raises ValueError where two agreements have one name."""
    found: dict[str, TreatyRow] = {}
    for row in lexicon.rows(TreatyRow):
        for name in row.names:
            other = found.setdefault(" ".join(plain_words(name)), row)
            if other is not row:
                raise ValueError(f"treaties: {name!r} is a name of {other.id} and of {row.id}")
    return Treaties(MappingProxyType(found))
