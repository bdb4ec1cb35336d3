"""Which versions of a report a record keeps."""

from __future__ import annotations

import sqlalchemy as sa

from dragoman.store.record import Record
from dragoman.store.tables import REPORTS


def versions(record: Record, ident: str) -> tuple[int, ...]:
    """The versions of the report of that id, oldest first; empty where there is no such report."""
    statement = sa.select(REPORTS.c.version).where(REPORTS.c.id == ident).order_by(REPORTS.c.version)
    with record.reading() as connection:
        return tuple(connection.scalars(statement))
