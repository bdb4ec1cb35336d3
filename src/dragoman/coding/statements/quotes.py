"""Pairing quotation marks, as newspapers set them: curly, straight, doubled apostrophes, angle and single marks.

A quotation that its paragraph leaves open ends with the paragraph; where the next paragraph opens with a mark again,
it is the same quotation going on. Marks inside a quotation belong to it. Runs in time linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dragoman.facts import Span

Side: TypeAlias = Literal["open", "close", "either"]

_PARAGRAPH = re.compile(r"[ \t\r]*\n[ \t\r]*\n\s*|(?<=[.!?:;\"”’')\]…])[ \t\r]*\n\s*")
_DOUBLE = re.compile(r"[“”„«»\"]|''|``|‘‘|’’")
_SINGLE_OPEN = re.compile(r"(?<![\w'’])[‘'](?=[\w$£€(\[…—-])")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…%)\]—-])[’'](?![\w'’])")
_ELISION = re.compile(r"['’‘](?:\d0s|em|til|cause|bout|round|twas|tis|n)\b", re.IGNORECASE)
_SIDES: dict[str, Side] = {
    "“": "open",
    "„": "open",
    "``": "open",
    "‘‘": "open",
    "«": "open",
    "”": "close",
    "»": "close",
    "’’": "close",
}
LONGEST_SINGLE = 1500
"""Characters within which a single mark must be closed: apostrophes that look like opening marks reach no further."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks: characters `start` to `end` of the text, end exclusive.

    `inner` is what stands between the marks. `closed` is False where the paragraph ends first; `continues` says that
    the quotation goes on from the unclosed one of the paragraph before. `single` tells single marks from double.
    """

    start: int
    end: int
    inner: Span
    closed: bool
    continues: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    side: Side


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of TEXT: parted by blank lines, and by line ends after a mark that ends a sentence."""
    spans: list[Span] = []
    at = 0
    for gap in _PARAGRAPH.finditer(text):
        if gap.start() > at:
            spans.append((at, gap.start()))
        at = gap.end()
    if at < len(text):
        spans.append((at, len(text)))
    return tuple(spans)


def pair(text: str) -> tuple[Quote, ...]:
    """The outermost quotations of TEXT, in its order; they never overlap."""
    quotes: list[Quote] = []
    open_before = False
    for start, end in paragraphs(text):
        doubles = list(_doubles(text, start, end, open_before))
        singles = _singles(text, start, end, doubles)
        quotes.extend(sorted([*doubles, *singles], key=lambda quote: quote.start))
        open_before = bool(doubles) and not doubles[-1].closed
    return tuple(quotes)


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    return [_Mark(m.start(), m.end(), _side(text, m, start, end)) for m in _DOUBLE.finditer(text, start, end)]


def _side(text: str, match: re.Match[str], start: int, end: int) -> Side:
    """Curly marks say which side they are; of straight ones the blanks around them do, where they can."""
    fixed = _SIDES.get(match.group())
    if fixed:
        return fixed
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    opens = before.isspace() or before in "([{—–-/‘"
    closes = after.isspace() or after in ")]}.,;:!?—–-/’"
    if opens == closes:
        return "either"
    return "open" if opens else "close"


def _doubles(text: str, start: int, end: int, open_before: bool) -> Iterator[Quote]:
    marks = _marks(text, start, end)
    nests = sum(m.side == "open" for m in marks) <= sum(m.side == "close" for m in marks)
    begun: _Mark | None = None
    depth = 0
    for mark in marks:
        if begun is None:
            if mark.side != "close" and mark.end < end:
                begun, depth = mark, 1
        elif mark.side == "open":
            depth += nests
        else:
            depth -= 1
            if depth <= 0:
                yield _quote(begun, mark, open_before and begun.start == start)
                begun = None
    if begun is not None and text[begun.end : end].strip():
        last = begun.start + len(text[begun.start : end].rstrip())
        yield Quote(begun.start, last, (begun.end, last), False, open_before and begun.start == start)


def _quote(first: _Mark, last: _Mark, continues: bool) -> Quote:
    return Quote(first.start, last.end, (first.end, last.start), True, continues)


def _singles(text: str, start: int, end: int, doubles: list[Quote]) -> list[Quote]:
    """Quotations in single marks outside DOUBLES. An apostrophe after s closes only if no later mark could."""
    found: list[Quote] = []
    covered = [quote.start for quote in doubles]
    at = start
    for opening in _SINGLE_OPEN.finditer(text, start, end):
        here = bisect_right(covered, opening.start()) - 1
        inside = here >= 0 and doubles[here].end > opening.start()
        if opening.start() < at or inside or _ELISION.match(text, opening.start()):
            continue
        limit = min(doubles[here + 1].start if here + 1 < len(doubles) else end, opening.end() + LONGEST_SINGLE)
        closing = _closing(text, opening.end(), limit)
        if closing is None:
            continue
        at = closing + 1
        found.append(Quote(opening.start(), at, (opening.end(), closing), True, False, True))
    return found


def _closing(text: str, at: int, limit: int) -> int | None:
    later = _SINGLE_OPEN.search(text, at, limit)
    ends = [m.start() for m in _SINGLE_CLOSE.finditer(text, at, later.start() if later else limit)]
    sure = next((i for i in ends if text[i - 1] not in "sS"), None)
    if sure is None and ends:
        return ends[-1] if text[at - 1] == "‘" or len(ends) == 1 else ends[0]
    return sure


class Quotes:
    """The quotations of one text with look-up by character. `all` holds them in the order of the text."""

    __slots__ = ("_starts", "all", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = pair(text)
        self._starts = [quote.start for quote in self.all]

    def index_at(self, char: int) -> int | None:
        """Which quotation holds the character CHAR (its marks included); None where none does."""
        i = bisect_right(self._starts, char) - 1
        return i if i >= 0 and self.all[i].end > char else None

    def at(self, char: int) -> Quote | None:
        """The quotation that holds the character CHAR, or None."""
        i = self.index_at(char)
        return None if i is None else self.all[i]

    def within(self, start: int, end: int) -> tuple[Quote, ...]:
        """The quotations that start in [START, END)."""
        return self.all[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]
