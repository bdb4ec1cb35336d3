"""Longest-match lookup of many phrases over the tokens of a text, in linear time.

Phrases and texts are compared unit by unit, so that it does not matter how a tokeniser cut them: `al-Qaeda` is the
three units `al`, `-`, `Qaeda` whether it came as one token or as three, `U.N.` and `UN` are one and the same unit,
`Workers'` is `Workers` and `'`, accents and the shape of dashes and quotes are ignored. A match begins and ends where
tokens do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_UNIT: Final = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?(?![\w])|'s\b|\w+(?:[.&]\w+|'(?!s\b)\w+)*|[^\s\w]")
_SHAPES: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "–": "-", "‐": "-", "‑": "-", "—": "-", "ı": "i"} | {
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae"
})  # fmt: skip
_CACHED_TOKENS: Final = 1 << 16
"""How many odd tokens are remembered: plain ASCII words don't need it."""


def plain(text: str) -> str:
    """TEXT without accents, with straight quotes and plain hyphens."""
    if text.isascii():
        return text
    parted = unicodedata.normalize("NFKD", text.translate(_SHAPES))
    return "".join(c for c in parted if not unicodedata.combining(c))


def units(text: str) -> tuple[str, ...]:
    """The units that a token or a phrase is compared by; full stops count only where they are all there is."""
    return (text,) if text.isalnum() and text.isascii() else _cut(text)


@lru_cache(maxsize=_CACHED_TOKENS)
def _cut(text: str) -> tuple[str, ...]:
    found: list[str] = _UNIT.findall(plain(text))
    kept = tuple(word.replace(".", "") if _initials(word) else word for word in found if word != ".")
    return kept or tuple(found)


def _initials(word: str) -> bool:
    return len(word) > 1 and word[1] == "." and all(len(part) < 2 for part in word.split("."))


class CutText:
    """The tokens of a text cut into units, once for all tables that look through it.

    `units` are as written and `folded` in lower case; `owner` has the token of each.
    """

    __slots__ = ("folded", "owner", "tokens", "units")

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = tokens
        self.units: list[str] = []
        self.owner: list[int] = []
        for i, token in enumerate(tokens):
            parts = units(token)
            self.units += parts
            self.owner += [i] * len(parts)
        self.folded = [unit.lower() for unit in self.units]


class _Node(Generic[T]):
    __slots__ = ("next", "values")

    def __init__(self) -> None:
        self.next: dict[str, _Node[T]] = {}
        self.values: tuple[T, ...] = ()


class PhraseTable(Generic[T]):
    """Phrases and what they stand for; one phrase may stand for several values, kept in the order given.

    A phrase is a text, or the tokens of one. With `fold` letter case is ignored, in the phrases and in the texts.
    Phrases without a single unit are refused by ValueError.
    """

    def __init__(self, entries: Iterable[tuple[str | Sequence[str], T]], *, fold: bool = False) -> None:
        self._fold = fold
        self._root: _Node[T] = _Node()
        self._longest_phrase = 0
        for phrase, value in entries:
            self._add(phrase, value)

    def _add(self, phrase: str | Sequence[str], value: T) -> None:
        parts = self._units([phrase] if isinstance(phrase, str) else phrase)
        if not parts:
            raise ValueError(f"the phrase {phrase!r} holds no word")
        self._longest_phrase = max(self._longest_phrase, len(parts))
        node = self._root
        for part in parts:
            node = node.next.setdefault(part, _Node())
        if value not in node.values:
            node.values += (value,)

    def _units(self, tokens: Iterable[str]) -> list[str]:
        parts = [part for token in tokens for part in units(token)]
        return [part.lower() for part in parts] if self._fold else parts

    def get(self, phrase: str) -> tuple[T, ...]:
        """What PHRASE as a whole stands for; empty where it is no entry."""
        node = self._root
        for part in self._units([phrase]):
            found = node.next.get(part)
            if found is None:
                return ()
            node = found
        return node.values

    def scan(self, text: CutText) -> Iterator[tuple[int, int, tuple[T, ...]]]:
        """(first token, token after the last, values) of each match: leftmost, then longest, none overlapping."""
        texts, owner = text.folded if self._fold else text.units, text.owner
        first, free = self._root.next, 0
        for at in [i for i, unit in enumerate(texts) if unit in first]:
            if at < free or (at and owner[at] == owner[at - 1]):
                continue
            end, values = self._longest(texts, owner, at)
            if values:
                yield owner[at], owner[end - 1] + 1, values
                free = end

    def at(self, tokens: Sequence[str], start: int) -> tuple[int, tuple[T, ...]]:
        """(token after the last, values) of the longest match that begins at START; (START, ()) where none does."""
        text = CutText(tokens[start : start + self._longest_phrase + 1])
        end, values = self._longest(text.folded if self._fold else text.units, text.owner, 0)
        return (start + text.owner[end - 1] + 1, values) if values else (start, ())

    def _longest(self, texts: list[str], owner: list[int], start: int) -> tuple[int, tuple[T, ...]]:
        node, at = self._root, start
        best: tuple[int, tuple[T, ...]] = (start, ())
        while at < len(texts) and (found := node.next.get(texts[at])) is not None:
            node, at = found, at + 1
            if node.values and (at == len(texts) or owner[at] != owner[at - 1]):
                best = (at, node.values)
        return best
