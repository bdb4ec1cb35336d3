"""Finding many names in a text in one pass, whatever the tokeniser.

A name is matched with its case, from the start of a word to the end of one, so "assad" is never found inside
"ambassador". Words in CAPITALS match too, as headlines write them. The longest name at a place wins. Time is linear in
the text: one look-up a word, then a comparison with each name that begins with that word.
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


class NameScan:
    """Names, ready to be looked for. Build it once: it costs about a microsecond a name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        for name in sorted(set(names), key=len, reverse=True):
            word = _WORD.match(name)
            if word is not None:
                self._by_word.setdefault(word.group(), []).append(name)

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
        for name in self._by_word.get(word, ()):
            if text.startswith(name, start) and _ends(text, start + len(name)):
                return Hit(start, start + len(name), name)
        if word.isupper():
            for name in self._by_word.get(word.capitalize(), ()):
                capitals = name.upper()
                if len(name) < SHORTEST_IN_CAPITALS or not text.startswith(capitals, start):
                    continue
                if _ends(text, start + len(capitals)):
                    return Hit(start, start + len(capitals), name)
        return None


def _ends(text: str, at: int) -> bool:
    """Whether no word goes on at AT."""
    return at >= len(text) or not (text[at].isalnum() or text[at] == "_")
