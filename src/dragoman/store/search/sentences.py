"""Where the sentences of a text are, for searching and showing: by marks and layout alone, whatever the language.

The parser finds sentences better, but only of reports that it reads; a record holds others too, and older ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dragoman.facts import Span

LONGEST: Final = 1200
"""Characters; a longer stretch without an end is cut between words: it is no sentence, but a table or a list."""

_BLANK: Final = re.compile(r"\n[^\S\n]*\n\s*")
_LINE: Final = re.compile(r"\n\s*")
_END: Final = re.compile(
    r"[.!?…؟।]+[\"'”’»›)\]]*(?=\s+[\"'“‘«‹(\[¿¡]*(?:[^\W_a-z]|\d))"
    r"|[。！？]+[」』”’）]*"
)
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|Gen|Col|Lt|Maj|Capt|Sgt|Cmdr|Adm|Sen|Rep|Gov|Pres|Rev|Hon|Amb|Sec|Ltd|Inc"
    r"|Corp|Co|Bros|No|Nos|vs|cf|etc|approx|ca|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mt|Ft))\.\Z"
)


def sentences(text: str) -> list[Span]:
    """The sentences of TEXT in order: characters from 0, end exclusive, without the blanks around them."""
    return [span for first, last in _paragraphs(text) for span in _within(text, first, last)]


def _paragraphs(text: str) -> Iterator[Span]:
    """Blank lines part paragraphs; in a text without any, every line is one."""
    parting = _BLANK if _BLANK.search(text.strip()) else _LINE
    at = 0
    for match in parting.finditer(text):
        yield at, match.start()
        at = match.end()
    yield at, len(text)


def _within(text: str, first: int, last: int) -> Iterator[Span]:
    at = first
    for match in _END.finditer(text, first, last):
        before = text[max(at, match.start() - 12) : match.start() + 1]
        if not _ABBREVIATED.search(before):
            yield from _cut(text, at, match.end())
            at = match.end()
    yield from _cut(text, at, last)


def _cut(text: str, first: int, last: int) -> Iterator[Span]:
    """The stretch without its blanks, in pieces of at most LONGEST characters; nothing where it is all blank."""
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    while last - first > LONGEST:
        space = max(text.rfind(blank, first + LONGEST // 2, first + LONGEST) for blank in (" ", "\n", "\t"))
        end = space if space > first else first + LONGEST
        yield first, end
        first = end
        while text[first].isspace():
            first += 1
    if first < last:
        yield first, last
