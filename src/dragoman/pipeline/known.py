"""Passing over reports that a record holds already: what lets a run that was stopped go on where it was."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dragoman.facts import Report
from dragoman.store.record import Record, open_record
from dragoman.store.writing import Stamp, has_report


@dataclass(frozen=True, slots=True)
class InRecord:
    """True for a report that stands in the record `where` with the same words, read under the same versions."""

    where: str
    stamp: Stamp

    def __call__(self, report: Report) -> bool:
        """Whether REPORT need not be read."""
        return has_report(_reader(self.where), report, self.stamp)


@lru_cache(maxsize=1)
def _reader(where: str) -> Record:
    """One connection a process, kept for its life."""
    return open_record(where)
