"""What a chart of two countries is drawn from: their events as narrow rows, without the facts' JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import sqlalchemy as sa

from dragoman.facts import Date, Granularity
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
    names = ("seq", "report_key", "direction", "type", "status", "background", "date_start", "date_end")
    columns: list[sa.ColumnElement[Any]] = [PAIRS.c[name] for name in (*names, "date_granularity")]
    statement: sa.Select[Any] = (
        sa.select(*columns)
        .where(PAIRS.c.low == low, PAIRS.c.high == high, PAIRS.c.kind == "event", sa.not_(PAIRS.c.superseded))
        .order_by(PAIRS.c.seq)
    )
    if least:
        statement = statement.join(FACTS, FACTS.c.seq == PAIRS.c.seq).where(sure_events(least))
    with record.reading() as connection:
        rows = connection.execute(statement).all()
    dates = _Dates()
    return [
        PairEvent(
            seq=row.seq,
            report=row.report_key,
            type=row.type,
            status=row.status,
            background=bool(row.background),
            date=dates[row.date_start, row.date_end, row.date_granularity],
            direction=row.direction,
        )
        for row in rows
    ]


class _Dates(dict[tuple[str | None, str | None, Granularity], Date]):
    """Each date once: to check one takes longer than to read the row, and many events have the same."""

    def __missing__(self, key: tuple[str | None, str | None, Granularity]) -> Date:
        self[key] = Date(*key)
        return self[key]
