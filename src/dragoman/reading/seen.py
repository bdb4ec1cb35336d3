"""A date as it was seen somewhere in or around a page, before it is decided which one is the report's own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from dragoman.facts import Date


class Rank(IntEnum):
    """How good a witness is of the day a report was first published; the smallest is heard first."""

    GIVEN = 0
    PUBLISHED = 1
    """A field that means first publication and nothing else: JSON-LD `datePublished`, `article:published_time`."""
    BYLINE = 2
    """Words beside the headline that say so: "Published 3 March 1998", `<time pubdate>`."""
    FIELD = 3
    """A field that may mean publication: `<meta name=date>`, `dateCreated`, the page's (not the article's) JSON-LD."""
    URL_DAY = 4
    DATELINE = 5
    HEADER = 6
    """A date alone near the headline."""
    ELSEWHERE = 7
    """A date alone somewhere on the page."""
    URL_PART = 8
    """A month or year in the address."""
    TEXT = 9
    """A hint in the text that bounds the date without stating it."""
    MODIFIED = 10
    COPYRIGHT = 11


@dataclass(frozen=True, slots=True)
class Seen:
    """A date, where it was seen (`source` and `where` as in `facts.DateCandidate`), its words and its rank."""

    date: Date
    source: str
    where: str
    text: str
    rank: Rank
