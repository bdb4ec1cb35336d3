"""The dateline at the head of a report: "BEIJING, March 3 (Xinhua) -". Its places and agencies are nobody's acts."""

from __future__ import annotations

import re

from dragoman.facts import Span

MAX_CHARS = 90
"""A dateline is no longer than this; what looks like one and is longer is a sentence."""
MAX_PARAGRAPHS = 16
"""Lines of title, byline and page furniture that may stand before the dateline."""
_WORD = r"(?:[A-Z][\w.'’]*|de|al|el|of|the|\d{1,2}|\d{4}|\d{1,2}(?:st|nd|rd|th))"
_PLACE = rf"(?P<place>{_WORD}(?:[ ,/.-]{{1,3}}{_WORD}){{0,9}})"
_DATELINE = re.compile(rf"\s*{_PLACE}[ ,.]*(?P<agency>\([^()\n]{{2,40}}\))?\s{{0,2}}(?P<dash>--?|–|—|:)\s")


def dateline(text: str) -> Span | None:
    """Characters of the dateline of TEXT, its dash included, or None; it opens one of the first paragraphs."""
    start = 0
    for _ in range(MAX_PARAGRAPHS):
        found = _at(text, start)
        if found is not None:
            return found
        start = text.find("\n", start) + 1
        if not start:
            return None
    return None


def _at(text: str, start: int) -> Span | None:
    """A dateline at START. Capitalised words before a dash are one only with a mark: capitals, a comma, an agency."""
    found = _DATELINE.match(text[start : start + MAX_CHARS + 10])
    if found is None or found.end() > MAX_CHARS:
        return None
    place = found.group("place")
    first = place.split()[0].strip(",.:")
    marked = (first.isupper() and len(first) > 2) or found.group("agency") is not None or "," in place
    if not marked or (found.group("dash") == ":" and not first.isupper()):
        return None
    return (start + found.start("place"), start + found.end())
