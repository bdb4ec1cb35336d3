"""Where the encoder's windows lie, and which sentence starts are certain before it has read anything.

A window is a paragraph, or a part of a long one cut where a sentence surely ends. Line breaks make paragraphs: an
empty line always parts them, a single line break does unless the text is wrapped at a fixed width.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.attrs import IDX, IS_SPACE, LENGTH  # type: ignore[import-not-found]
from spacy.tokens import Doc

from dragoman.language.starts import Line, traits

ROOM = 96
"""Pieces that a window of several sentences should not pass."""

MOST_PIECES = 256
"""Pieces that no window passes."""

LONGEST_SENTENCE = 200
"""Words that no sentence passes."""

LONGEST_LINE = 200
"""Characters of a line that are looked at."""

_HEADING = re.compile(r"[^a-z]*[A-Z]{2}[^a-z]*")
_HEADER = re.compile(r"(?:From|To|Cc|Bcc|Sent|Date|Subject|Re|Fwd|Attachments?): ")
_LISTED = re.compile(r"(?:[-–—]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])\s")


@dataclass(frozen=True, slots=True)
class Window:
    """Real words of a doc that are read together: their indices; which must start a sentence, may not, or likely do."""

    words: tuple[int, ...]
    must: tuple[int, ...]
    mustnt: tuple[int, ...]
    likely: tuple[int, ...] = ()


def real_words(doc: Doc) -> list[int]:
    """Indices of the tokens that are not white space."""
    found: list[int] = np.flatnonzero(doc.to_array([IS_SPACE]) == 0).tolist()
    return found


def paragraphs(doc: Doc, words: Sequence[int]) -> list[list[int]]:
    """Words by paragraph."""
    return [list(words[start:end]) for start, end in _ranges(_layout(doc, words))]


@dataclass(frozen=True, slots=True)
class _Layout:
    """The text, and the real words in it with the characters at which they start and end."""

    text: str
    forms: list[str]
    starts: list[int]
    ends: list[int]


def _layout(doc: Doc, words: Sequence[int]) -> _Layout:
    text = doc.text
    places = doc.to_array([IDX, LENGTH]).astype(np.int64).reshape(-1, 2)[np.array(words, np.int64)]
    starts: list[int] = places[:, 0].tolist()
    ends: list[int] = places.sum(1).tolist()
    return _Layout(text, [text[start:end] for start, end in zip(starts, ends, strict=True)], starts, ends)


def _ranges(layout: _Layout) -> list[tuple[int, int]]:
    """(start, end) of each paragraph among the real words."""
    text, starts, ends = layout.text, layout.starts, layout.ends
    gaps = enumerate(zip(ends, starts[1:], strict=False), start=1)
    breaks = [
        (k, end, start)
        for k, (end, start) in gaps
        if end < start and text[end:start] != " " and _has_break(text, end, start)
    ]
    wrapped = _is_wrapped(text, [(end, start) for _, end, start in breaks])
    edges = [0]
    for k, end, start in breaks:
        gap = text[end:start].replace("\r\n", "\n").replace("\r", "\n")
        if not wrapped or gap.count("\n") > 1 or _ends_paragraph(text, end, start):
            edges.append(k)
    edges.append(len(starts))
    return [(start, end) for start, end in zip(edges, edges[1:], strict=False) if end > start]


def _has_break(text: str, start: int, end: int) -> bool:
    return text.find("\n", start, end) >= 0 or text.find("\r", start, end) >= 0


def _is_wrapped(text: str, gaps: list[tuple[int, int]]) -> bool:
    """Whether line breaks fall inside sentences: a quarter of the single ones stand before a small letter."""
    single = [start for end, start in gaps if text.count("\n", end, start) <= 1]
    small = sum(text[start].islower() for start in single)
    return small >= 2 and 4 * small >= len(single)


def _ends_paragraph(text: str, end: int, start: int) -> bool:
    """Whether a wrapped text's line that ends at `end` doesn't go on in the next one, whose words begin at `start`.

    It is too short to go on, it or the next one is a heading in capitals or a line of a letter's head, or the next one
    is the item of a list.
    """
    line = text[max(text.rfind("\n", 0, end) + 1, end - LONGEST_LINE) : end].lstrip()
    after = text[start : start + LONGEST_LINE].partition("\n")[0]
    if len(line) < 45 and line[-1:] in set('.!?"”'):
        return True
    if _HEADING.fullmatch(line) or _HEADING.fullmatch(after) or _HEADER.match(line) or _HEADER.match(after):
        return True
    return after[:1] in set("•·▪*") or (line[-1:] in set(".!?;:") and _LISTED.match(after) is not None)


def windows(doc: Doc, lengths: Sequence[int]) -> list[Window]:
    """Windows over a doc; `lengths` has the number of pieces of each real word."""
    words = real_words(doc)
    layout = _layout(doc, words)
    blank = [start > end for end, start in zip(layout.ends, layout.starts[1:], strict=False)]
    blank.append(True)
    out = []
    for first, last in _ranges(layout):
        line = Line(layout.forms[first:last], blank[first:last], list(map(traits, layout.forms[first:last])))
        out += _windows(line, words[first:last], lengths[first:last])
    return out


def _windows(line: Line, words: Sequence[int], sizes: Sequence[int]) -> list[Window]:
    """Windows over a paragraph."""
    dated = line.dateline()
    never = line.never()
    sure = [False] * len(words)
    for k in line.after_stops():
        sure[k] = not never[k] and line.surely_starts(k)
    likely = sure.copy()
    for k in line.after_abbreviations():
        likely[k] = True
    out = []
    at = 0
    for end in _cuts(line, sizes, sure):
        must = {0} | ({dated - at} if at < dated < end else set())
        mustnt = set(range(1, min(dated, end) - at)) if at == 0 else set()
        mustnt |= {k - at for k in range(at + 1, end) if never[k]}
        inside = tuple(k - at for k in range(at + 1, end) if likely[k])
        out.append(Window(tuple(words[at:end]), tuple(sorted(must)), tuple(sorted(mustnt - must)), inside))
        at = end
    return out


def _cuts(line: Line, sizes: Sequence[int], sure: Sequence[bool]) -> list[int]:
    """Ends of the windows of a paragraph."""
    n = len(sizes)
    out = []
    start, pieces, safe = 0, 0, 0
    for k in range(n):
        if k > start and sure[k]:
            safe = k
        over = pieces + sizes[k]
        if over > ROOM and safe > start:
            out.append(safe)
            pieces = sum(sizes[safe:k])
            start = safe
        elif over > MOST_PIECES or k - start >= LONGEST_SENTENCE:
            cut = _weak_cut(line.forms, start, k)
            out.append(cut)
            pieces = sum(sizes[cut:k])
            start = cut
        pieces += sizes[k]
    if n > start:
        out.append(n)
    return out


def _weak_cut(forms: Sequence[str], start: int, end: int) -> int:
    """The least bad place to cut words that show no end of a sentence: after a mark in their second half."""
    for marks in ({".", "!", "?", ";"}, {":", "—", "–", ","}):
        for k in range(end, start + (end - start) // 2, -1):
            if forms[k - 1] in marks:
                return k
    return end
