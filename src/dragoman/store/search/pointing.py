"""The place of a fault in a search, as people are shown it: the search on one line, carets below."""

from __future__ import annotations

import unicodedata
from typing import Final

from dragoman.errors import SearchError

_SHOWN: Final = 72
"""Columns of a long search that are shown around the fault."""

_STEERING: Final = frozenset("\u200e\u200f\u061c\u2028\u2029\ufeff") | {
    chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def pointed(error: SearchError) -> tuple[str, str]:
    """The search, and a line with carets under the faulty characters; no character in it steers a terminal."""
    query = [char if _shown(char) else " " for char in error.query]
    first = max(0, min(error.start, len(query)) - _SHOWN // 2)
    last = min(len(query), first + _SHOWN)
    before = sum(_columns(char) for char in query[first : error.start])
    under = sum(_columns(char) for char in query[error.start : min(error.end, last)])
    lead, tail = "… " if first else "", " …" if last < len(query) else ""
    return lead + "".join(query[first:last]) + tail, " " * (before + len(lead)) + "^" * max(1, under)


def _shown(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cs", "Cn") and char not in _STEERING


def _columns(char: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
