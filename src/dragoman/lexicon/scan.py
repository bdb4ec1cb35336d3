"""Finding many names in a text in one pass, whatever the tokeniser.

A name is matched with its case, from the start of a word to the end of one, so "assad" is never found inside
"ambassador". Words in CAPITALS match too, as headlines write them. The longest name at a place wins. Time is linear in
the text: a few look-ups a word, one for each length that a name beginning with that word can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

SHORTEST_IN_CAPITALS = 4
"""Letters that a name needs before its capitals count as the name: "CHAD" does, "CAR" of another case does not."""

_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+")
_SAME_LENGTH = {ord(mark): "'" for mark in "’‘ʼ`´"} | {ord(mark): "-" for mark in "‐‑"} | dict.fromkeys(
    map(ord, "\n\r\t\u00a0\u2009\u202f"), " "
)  # fmt: skip


class Hit(NamedTuple):
    """A name found: characters `start` to `end` (exclusive) of the text, and the name as the table writes it."""

    start: int
    end: int
    name: str


class _Group:
    """Names that begin with one word: what stands in the text to the name of the table."""

    __slots__ = ("_lengths", "names")

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names
        self._lengths: tuple[int, ...] = ()

    def longest(self, text: str, start: int) -> Hit | None:
        """The longest of the names that stands at START."""
        if not self._lengths:
            self._lengths = tuple(sorted({len(name) for name in self.names}, reverse=True))
        for length in self._lengths:
            end = start + length
            name = self.names.get(text[start:end]) if end <= len(text) else None
            if name is not None and _ends(text, end):
                return Hit(start, end, name)
        return None


class NameScan:
    """Names, ready to be looked for. Build it once: it costs about a microsecond a name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._groups: dict[str, _Group] = {}
        self._capitals: dict[str, _Group] = {}
        for name in names:
            word = _WORD.match(name)
            if word is None:
                continue
            group = self._groups.get(word.group())
            if group is None:
                group = self._groups[word.group()] = _Group({})
            group.names[name] = name

    def find(self, text: str) -> Iterator[Hit]:
        """Names in TEXT from left to right, none overlapping another."""
        same = text.translate(_SAME_LENGTH)
        last = 0
        for word in _WORD.finditer(same):
            start = word.start()
            if start < last:
                continue
            hit = self._at(same, start, word.group())
            if hit is not None:
                last = hit.end
                yield hit

    def _at(self, text: str, start: int, word: str) -> Hit | None:
        group = self._groups.get(word)
        hit = group.longest(text, start) if group is not None else None
        if hit is None and word.isupper() and (group := self._in_capitals(word)) is not None:
            hit = group.longest(text, start)
        return hit

    def _in_capitals(self, word: str) -> _Group | None:
        """Names that begin with WORD, by what they are in capitals; made when first met."""
        if word not in self._capitals:
            plain = self._groups.get(word.capitalize())
            if plain is None:
                return None
            names = {name.upper(): name for name in plain.names if len(name) >= SHORTEST_IN_CAPITALS}
            self._capitals[word] = _Group(names)
        return self._capitals[word]


def _ends(text: str, at: int) -> bool:
    """Whether no word goes on at AT."""
    return at >= len(text) or not (text[at].isalnum() or text[at] == "_")
