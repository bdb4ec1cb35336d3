"""Which reports tell one story, decided of two by their own words and dates alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as day_type
from itertools import combinations
from typing import Final

from dragoman.facts import Date
from dragoman.linking.wording import bag, closeness

TERMS: Final = 48
"""Words by which a report is known, the heaviest of it."""

KEY_TERMS: Final = 7
"""Two reports are compared where they share two of each other's heaviest words: 21 pairs a report."""

ONE_STORY: Final = 0.4
"""Closeness of two reports, 0 to 1, from which on they tell one story."""

STORY_DAYS: Final = 4
"""So many days apart two reports may be; a story goes on as long as new reports follow within them."""

WIDEST_DAYS: Final = 7
"""A report whose own date is wider is in no story: nobody knows which week's it tells."""

LEAD_CHARS: Final = 3000
"""So much of a text tells its story: what follows is background."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a report is compared by: its heaviest words with their weights, and its first and last day as ordinals."""

    terms: Mapping[str, float]
    first: int | None
    last: int | None

    @property
    def dated(self) -> bool:
        """Whether the report's date is narrow enough."""
        return self.first is not None and self.last is not None and self.last - self.first < WIDEST_DAYS


def terms(title: str | None, text: str) -> dict[str, float]:
    """The heaviest words of a report, weights to four digits as they are stored; the title counts as part of it."""
    weights = bag(f"{title or ''}\n{text[:LEAD_CHARS]}")
    heaviest = sorted(weights, key=lambda form: (-weights[form], form))[:TERMS]
    return {form: round(weights[form], 4) for form in heaviest}


def content(found: Mapping[str, float], published: Date) -> Content:
    """A report's content, given its terms and its date."""
    first, last = (
        (day_type.fromisoformat(day).toordinal() if day else None) for day in (published.start, published.end)
    )
    return Content(found, first, last)


def keys(of: Content) -> tuple[str, ...]:
    """What a report of the same story shares at least one of; none where the report has no date."""
    if not of.dated:
        return ()
    heaviest = sorted(of.terms, key=lambda form: (-of.terms[form], form))[:KEY_TERMS]
    return tuple(f"{low} {high}" for low, high in combinations(sorted(heaviest), 2))


def signature(of: Content) -> str:
    """What reports are grouped by where too many are linked to be told apart: the two heaviest words, and the week."""
    heaviest = sorted(of.terms, key=lambda form: (-of.terms[form], form))[:2]
    return f"{' '.join(sorted(heaviest))} {of.last // 7}" if of.dated and of.last is not None and heaviest else ""


def apart(one: Content, other: Content) -> bool:
    """Whether two reports can't be linked for their dates."""
    if not (one.dated and other.dated):
        return True
    first, last = max(one.first or 0, other.first or 0), min(one.last or 0, other.last or 0)
    return first - last > STORY_DAYS


def near(one: Content, other: Content) -> float:
    """Closeness of two reports' words, 0 to 1, whatever their dates."""
    return closeness(one.terms, other.terms)
