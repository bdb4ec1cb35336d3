"""Questions to a record about outlets: what of each was read."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from dragoman.store.record import Record
from dragoman.store.tables import FACTS, REPORTS


@dataclass(frozen=True, slots=True)
class OutletCount:
    """Reports of an outlet (None: not known) and their facts, in newest versions.

    `first` and `last` are ISO days between which its reports are dated, None where no date is known; `read_at` is the
    UTC time at which the last one was read.
    """

    outlet: str | None
    reports: int
    facts: int
    first: str | None
    last: str | None
    read_at: str


def outlets(record: Record) -> list[OutletCount]:
    """All outlets, those with most reports first."""
    number = (
        sa.select(FACTS.c.report_key, sa.func.count().label("facts"))
        .where(sa.not_(FACTS.c.superseded))
        .group_by(FACTS.c.report_key)
        .subquery()
    )
    reports = sa.func.count().label("reports")
    statement = (
        sa.select(
            REPORTS.c.outlet,
            reports,
            sa.func.coalesce(sa.func.sum(number.c.facts), 0).label("facts"),
            sa.func.min(REPORTS.c.published_start).label("first"),
            sa.func.max(REPORTS.c.published_end).label("last"),
            sa.func.max(REPORTS.c.read_at).label("read_at"),
        )
        .outerjoin(number, number.c.report_key == REPORTS.c.key)
        .where(REPORTS.c.current)
        .group_by(REPORTS.c.outlet)
        .order_by(reports.desc(), REPORTS.c.outlet.is_(None), REPORTS.c.outlet)
    )
    with record.reading() as connection:
        rows = connection.execute(statement).all()
    return [OutletCount(row.outlet, int(row.reports), int(row.facts), row.first, row.last, row.read_at) for row in rows]
