"""Periods known to the year or month, and how a report's date lies to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dragoman.facts import Date

_POINT: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, each YYYY, YYYY-MM or YYYY-MM-DD, or None where it is not known.

    A period ends at some time within its last year, month or day and begins at some time within its first. With `open`
    it still lasts. Raises ValueError where a point is malformed, the end lies before the start, or an open period ends.
    """

    start: str | None
    end: str | None
    open: bool = False

    def __post_init__(self) -> None:
        for point in (self.start, self.end):
            if point is not None and not _POINT.fullmatch(point):
                raise ValueError(f"{point!r} is neither YYYY nor YYYY-MM nor YYYY-MM-DD")
        if self.start and self.end and _last(self.end) < _first(self.start):
            raise ValueError(f"the end {self.end} lies before the start {self.start}")
        if self.open and self.end:
            raise ValueError(f"open, yet with the end {self.end}; empty one of them")

    def may_cover(self, on: Date) -> bool:
        """Whether some day of ON may lie in the period; an unknown bound or date rules nothing out."""
        begun = self.start is None or on.end is None or _first(self.start) <= on.end
        unended = self.end is None or on.start is None or on.start <= _last(self.end)
        return begun and unended

    def covers(self, on: Date) -> bool:
        """Whether every day of ON surely lies in the period."""
        if on.start is None or on.end is None or self.start is None or _last(self.start) > on.start:
            return False
        return self.open or (self.end is not None and on.end < _first(self.end))

    def over_before(self, on: Date) -> bool:
        """Whether the period had surely ended when ON began."""
        return self.end is not None and on.start is not None and _last(self.end) < on.start

    def begins_after(self, on: Date) -> bool:
        """Whether the period had surely not begun when ON ended."""
        return self.start is not None and on.end is not None and on.end < _first(self.start)

    def overlaps(self, other: Period) -> bool:
        """Whether the two surely share a day; a handover within the last month of one and the first of the other does
        not count, and neither does an unknown bound."""
        return _runs_past(self, other) and _runs_past(other, self)


def _runs_past(one: Period, other: Period) -> bool:
    """Whether ONE surely lasts beyond the start of OTHER."""
    if other.start is None:
        return False
    if one.open:
        return True
    return one.end is not None and _first(one.end) > _last(other.start)


def _first(point: str) -> str:
    """The first day that POINT may be, as text that compares with ISO days."""
    return point + "-01-01"[len(point) - 4 :] if len(point) < 10 else point


def _last(point: str) -> str:
    """The last day that POINT may be; the 31st stands for the end of any month, since it is only compared."""
    return point + "-12-31"[len(point) - 4 :] if len(point) < 10 else point
