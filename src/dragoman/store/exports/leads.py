"""Which events are told in the first paragraph of their report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

import sqlalchemy as sa

from dragoman.store.engine import position
from dragoman.store.exports.events import ExportedEvent
from dragoman.store.record import Record
from dragoman.store.tables import REPORTS

TOGETHER: Final = 500
"""Events whose reports are looked up in one query; so many are held in memory."""


def with_leads(events: Iterator[ExportedEvent], record: Record) -> Iterator[ExportedEvent]:
    """EVENTS with whether their quote begins in the first paragraph, which is all of a text without line ends."""
    while group := list(islice(events, TOGETHER)):
        ends = _ends(record, {event.fact.report for event in group})
        for event in group:
            end = ends[event.fact.report, event.fact.version]
            yield replace(event, lead=end == 0 or event.quotes[0][0] < end)


def _ends(record: Record, reports: set[str]) -> dict[tuple[str, int], int]:
    """Id and version to where the first line end stands, in characters from 1; 0 where there is none."""
    first = position(record.engine.dialect.name, REPORTS.c.text, "\n")
    statement = sa.select(REPORTS.c.id, REPORTS.c.version, first).where(REPORTS.c.id.in_(reports))
    with record.reading() as connection:
        return {(row[0], row[1]): int(row[2]) for row in connection.execute(statement)}
