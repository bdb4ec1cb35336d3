"""Which events are told in the first paragraph of their report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

import sqlalchemy as sa

from dragoman.store.engine import position
from dragoman.store.exports.events import ExportedEvent
from dragoman.store.record import Record
from dragoman.store.tables import REPORTS

REPORTS_KEPT: Final = 4096
"""So many reports' first paragraphs are remembered: facts of one report mostly follow one another."""


def with_leads(events: Iterable[ExportedEvent], record: Record) -> Iterator[ExportedEvent]:
    """EVENTS with whether their quote begins in the first paragraph, which is all of a text without line ends."""

    @lru_cache(REPORTS_KEPT)
    def end_of_lead(report: str, version: int) -> int:
        first = position(record.engine.dialect.name, REPORTS.c.text, "\n")
        with record.reading() as connection:
            found = connection.scalar(sa.select(first).where(REPORTS.c.id == report, REPORTS.c.version == version))
        return int(found or 0)

    for event in events:
        end = end_of_lead(event.fact.report, event.fact.version)
        yield replace(event, lead=end == 0 or event.quotes[0][0] < end)
