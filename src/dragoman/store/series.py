"""Numbers over time and by source, for plots and for the page of sources."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sqlalchemy as sa

from dragoman.store.query import FactFilter, where
from dragoman.store.record import Record
from dragoman.store.tables import FACTS, REPORTS


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Events of one type and status in one month (`1978-09`). Statuses are never summed together here."""

    month: str
    type: str
    status: str
    number: int


@dataclass(frozen=True, slots=True)
class OutletCount:
    """An outlet (None: not known), its reports, and the days of the first and last of them that are dated."""

    outlet: str | None
    reports: int
    first: str | None
    last: str | None


def _month(day: sa.ColumnElement[str | None]) -> sa.ColumnElement[str]:
    """The month of a column of ISO days. The numbers are literal: PostgreSQL holds two parameters for unlike."""
    return sa.func.substr(day, sa.literal_column("1"), sa.literal_column("7"))


def months(record: Record, filters: FactFilter | None = None) -> list[MonthCount]:
    """Events by month, type and status, background left out; only those whose date lies within one month.

    Events of wider, open or unknown dates are in no month: `count` with the same filters tells how many there are.
    """
    wanted = replace(filters or FactFilter(), kinds=("event",), background=False)
    month = _month(FACTS.c.date_start)
    columns = (month, FACTS.c.type, FACTS.c.status)
    statement = where(sa.select(*columns, sa.func.count()), wanted, record)
    statement = statement.where(month == _month(FACTS.c.date_end)).group_by(*columns).order_by(*columns)
    with record.reading() as connection:
        return [MonthCount(*row) for row in connection.execute(statement)]


def reports_by_month(record: Record) -> dict[str, int]:
    """Month to the number of reports published in it: what counts of events are to be read against."""
    month = _month(REPORTS.c.published_start)
    statement = sa.select(month, sa.func.count()).where(REPORTS.c.current, month == _month(REPORTS.c.published_end))
    with record.reading() as connection:
        return {str(row[0]): int(row[1]) for row in connection.execute(statement.group_by(month).order_by(month))}


def outlets(record: Record) -> list[OutletCount]:
    """Outlets, those with most reports first."""
    number = sa.func.count()
    first, last = sa.func.min(REPORTS.c.published_start), sa.func.max(REPORTS.c.published_end)
    statement = sa.select(REPORTS.c.outlet, number, first, last).where(REPORTS.c.current).group_by(REPORTS.c.outlet)
    with record.reading() as connection:
        rows = connection.execute(statement.order_by(number.desc(), REPORTS.c.outlet)).all()
    return [OutletCount(*row) for row in rows]
