"""A report's text cut into paragraphs, and these into pieces that stand in the same facts' words.

Words of different facts may overlap, so no element of the page can hold one fact's words; each piece names all facts it
belongs to. The first piece of a fact's words carries its address, the last one is followed by its number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dragoman.facts import Span

_LINE: Final = re.compile(r"\n")
_BLANK: Final = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one fact: its label on the page and its spans. `kind` chooses how they are marked."""

    label: str
    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that belongs to the facts LABELS; `kind` is that of the strongest of them, None where there are none.

    `starts` are facts whose words begin here, `ends` those whose words end here.
    """

    text: str
    labels: tuple[str, ...] = ()
    kind: str | None = None
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of a fact's words inside one paragraph; `opens` and `closes` say whether it is their first or last."""

    start: int
    end: int
    words: Words
    opens: bool
    closes: bool


STRENGTH: Final = ("proof", "said", "noted")
"""Kinds of marking; where several meet, the first one shows."""


def paragraphs(text: str, words: Sequence[Words]) -> list[list[Piece]]:
    """TEXT in paragraphs of pieces, in time that grows with the text and the words, not with their product.

    Blank lines part paragraphs; in a text without any, every line is one.
    """
    bounds = list(_bounds(text))
    inside = _spans_by_paragraph(bounds, words)
    return [_pieces(text, start, end, spans) for (start, end), spans in zip(bounds, inside, strict=True)]


def _bounds(text: str) -> Iterator[Span]:
    parting = _BLANK if _BLANK.search(text.strip()) else _LINE
    at = 0
    for match in [*parting.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[at:end].strip():
            yield at, end
        at = match.end() if match else end


def _spans_by_paragraph(bounds: list[Span], words: Sequence[Words]) -> list[list[_Span]]:
    """For each paragraph the spans that touch it, cut at its ends."""
    found: list[list[_Span]] = [[] for _ in bounds]
    starts = [start for start, _ in bounds]
    for item in words:
        first, last = min(item.spans)[0], max(end for _, end in item.spans)
        for start, end in item.spans:
            at = max(0, bisect_right(starts, start) - 1)
            while at < len(bounds) and bounds[at][0] < end:
                left, right = max(start, bounds[at][0]), min(end, bounds[at][1])
                if left < right:
                    found[at].append(_Span(left, right, item, left == first, right == last))
                at += 1
    return found


def _pieces(text: str, start: int, end: int, spans: list[_Span]) -> list[Piece]:
    """One sweep from the left: at each edge some words begin or end."""
    edges: dict[int, list[_Span]] = {start: [], end: []}
    for span in spans:
        edges.setdefault(span.start, []).append(span)
        edges.setdefault(span.end, []).append(span)
    places = sorted(edges)
    open_spans: dict[int, _Span] = {}
    found = []
    for first, last in pairwise(places):
        for span in edges[first]:
            if span.start == first:
                open_spans[id(span)] = span
            else:
                open_spans.pop(id(span), None)
        found.append(_piece(text[first:last], first, last, list(open_spans.values())))
    return found


def _piece(text: str, first: int, last: int, spans: list[_Span]) -> Piece:
    if not spans:
        return Piece(text)
    kinds = {span.words.kind for span in spans}
    return Piece(
        text=text,
        labels=tuple(dict.fromkeys(span.words.label for span in spans)),
        kind=next(kind for kind in STRENGTH if kind in kinds),
        starts=tuple(span.words.label for span in spans if span.opens and span.start == first),
        ends=tuple(span.words.label for span in spans if span.closes and span.end == last),
    )
