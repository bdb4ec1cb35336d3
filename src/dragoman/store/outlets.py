"""Questions to a record about outlets: what of each was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
    """All outlets, those with most reports first. Facts are counted one by one: it takes a second for ten million."""
    of_report = sa.select(FACTS.c.report_key, sa.func.count().label("facts")).where(sa.not_(FACTS.c.superseded))
    number = of_report.group_by(FACTS.c.report_key).subquery()
    columns = (REPORTS.c.outlet, sa.func.sum(number.c.facts))
    facts = sa.select(*columns).join(number, number.c.report_key == REPORTS.c.key).group_by(REPORTS.c.outlet)
    with record.reading() as connection:
        found = connection.execute(_outlets()).all()
        facts_of = {outlet: int(of_outlet) for outlet, of_outlet in connection.execute(facts)}
    return [OutletCount(outlet, reports, facts_of.get(outlet, 0), *rest) for outlet, reports, *rest in found]


def greatest_outlets(record: Record, limit: int) -> list[tuple[str | None, int]]:
    """The LIMIT outlets with most reports, and how many these are."""
    with record.reading() as connection:
        return [(row.outlet, int(row.reports)) for row in connection.execute(_outlets().limit(limit))]


def _outlets() -> sa.Select[Any]:
    reports = sa.func.count().label("reports")
    first, last = sa.func.min(REPORTS.c.published_start), sa.func.max(REPORTS.c.published_end)
    return (
        sa.select(REPORTS.c.outlet, reports, first, last, sa.func.max(REPORTS.c.read_at))
        .where(REPORTS.c.current)
        .group_by(REPORTS.c.outlet)
        .order_by(reports.desc(), REPORTS.c.outlet.is_(None), REPORTS.c.outlet)
    )
