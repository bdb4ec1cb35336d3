"""What a chart of two countries is drawn from: their events as narrow rows, without the facts' JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import sqlalchemy as sa

from dragoman.facts import Date
from dragoman.store.record import Record
from dragoman.store.search.compile import sure_events
from dragoman.store.tables import FACTS, PAIRS

Direction: TypeAlias = Literal[">", "<", "="]
"""`>`: the first of the pair in alphabetical order acts on the second, `<`: the other way, `=`: both or together."""


@dataclass(frozen=True, slots=True)
class PairEvent:
    """An event of two countries. `report` tells reports apart and means nothing else."""

    seq: int
    report: int
    type: str
    status: str
    background: bool
    date: Date
    direction: Direction


def pair_events(record: Record, pair: tuple[str, str], least: float = 0.0) -> list[PairEvent]:
    """All events between two countries, background included, superseded facts left out, in the order of reading.

    Those whose confidence is below LEAST are left out too.
    """
    low, high = sorted(pair)
    columns = (FACTS.c.seq, FACTS.c.report_key, FACTS.c.type, FACTS.c.status, FACTS.c.background)
    dates = (FACTS.c.date_start, FACTS.c.date_end, FACTS.c.date_granularity)
    statement = (
        sa.select(*columns, *dates, PAIRS.c.direction)
        .join(PAIRS, PAIRS.c.seq == FACTS.c.seq)
        .where(PAIRS.c.low == low, PAIRS.c.high == high, FACTS.c.kind == "event", sa.not_(FACTS.c.superseded))
        .order_by(FACTS.c.seq)
    )
    statement = statement.where(sure_events(least)) if least else statement
    with record.reading() as connection:
        rows = connection.execute(statement).all()
    return [
        PairEvent(
            seq=row.seq,
            report=row.report_key,
            type=row.type,
            status=row.status,
            background=bool(row.background),
            date=Date(row.date_start, row.date_end, row.date_granularity),
            direction=row.direction,
        )
        for row in rows
    ]
