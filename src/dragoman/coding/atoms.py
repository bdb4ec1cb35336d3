"""A text cut into words, numbers and marks for the grammars of times and figures.

These grammars read numbers, and the treebanks' tokens part and join numbers in ways that differ from text to text
("3.5bn", "1998-99", "two-day"). So they cut the text for themselves, in one pass of one regular expression without
nested repetition, and find the parse's tokens again by offset.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

from dragoman.coding.tokens import Token

_ATOM: Final = re.compile(
    r"(?P<iso>\d{4}([-/])\d\d\2\d\d(?![\d/-]))"
    r"|(?P<clock>\d{1,2}:\d\d(?::\d\d)?(?![\d:]))"
    r"|(?P<ordinal>\d{1,4}(?:,\d{3})?(?:st|nd|rd|th|ST|ND|RD|TH)\b)"
    r"|(?P<decade>\d{1,3}0['’]?s\b)"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
    r"|(?P<fraction>[½⅓¼¾⅔⅕⅛])"
    r"|(?P<abbreviation>(?:[^\W\d_]\.){2,})"
    r"|(?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*)"
    r"|(?P<gap>\n[^\S\n]*\n)"
    r"|(?P<mark>\S)"
)


class Atom(NamedTuple):
    """A word, number or mark: characters `start` to `end`, its lower-cased text, and the kind that the cut gave it.

    `kind` is iso, clock, ordinal, decade, number, fraction, abbreviation, word, gap (an empty line) or mark. `tight`
    tells that no white space stands before it, `capital` of its first letter, `upper` of all of two or more.
    """

    start: int
    end: int
    lower: str
    kind: str
    capital: bool
    tight: bool
    upper: bool


def word_set(text: str) -> frozenset[str]:
    """The words of TEXT, for short lists of function words in code."""
    return frozenset(text.split())


@lru_cache(maxsize=1)  # times and figures cut the same report one after the other
def atoms(text: str) -> tuple[Atom, ...]:
    """TEXT cut into atoms, in order; all that is not white space is in one of them."""
    found: list[Atom] = []
    last = 0
    for match in _ATOM.finditer(text):
        start, end = match.span()
        words = match.group()
        kind = match.lastgroup or "mark"
        found.append(
            Atom(start, end, words.lower(), kind, words[0].isupper(), start == last, len(words) > 1 and words.isupper())
        )
        last = end
    return tuple(found)


def token_at(tokens: Sequence[Token], offset: int) -> Token | None:
    """The one of TOKENS that character OFFSET lies in or after, by bisection; None before the first."""
    at = bisect_right(tokens, offset, key=attrgetter("idx")) - 1
    return tokens[at] if at >= 0 else None
