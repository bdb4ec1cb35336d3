"""Hosts that feeds are fetched from: when each may be asked again, and what its robots.txt said."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from dragoman.store.moments import moment_of, moment_text
from dragoman.store.record import Record
from dragoman.store.rows import clean
from dragoman.store.tables import FEED_HOSTS


@dataclass(frozen=True, slots=True)
class Host:
    """A host as it was left. `robots_status` and `robots` are None where its robots.txt was never asked for."""

    not_before: float = 0.0
    robots_at: float | None = None
    robots_status: int | None = None
    robots: str | None = None


def load_host(record: Record, host: str) -> Host:
    """What is known of HOST; nothing where it was never asked."""
    with record.reading() as connection:
        row = connection.execute(sa.select(FEED_HOSTS).where(FEED_HOSTS.c.host == host)).first()
    if row is None:
        return Host()
    robots_at = moment_of(row.robots_at) if row.robots_at is not None else None
    return Host(moment_of(row.not_before), robots_at, row.robots_status, row.robots)


def save_not_before(record: Record, host: str, moment: float) -> None:
    """HOST may not be asked again before MOMENT, by whoever opens this record next."""
    text = moment_text(moment)
    with record.writing() as connection:
        kept = FEED_HOSTS.update().where(FEED_HOSTS.c.host == host).values(not_before=text)
        if not connection.execute(kept).rowcount:
            connection.execute(FEED_HOSTS.insert().values(host=host, not_before=text))


def save_robots(record: Record, host: str, at: float, status: int, robots: str | None) -> None:
    """Keep what HOST answered for its robots.txt; ROBOTS None leaves the text that is there."""
    values: dict[str, object] = {"robots_at": moment_text(at), "robots_status": status}
    if robots is not None:
        values |= {"robots": clean(robots)}
    with record.writing() as connection:
        if not connection.execute(FEED_HOSTS.update().where(FEED_HOSTS.c.host == host).values(**values)).rowcount:
            connection.execute(FEED_HOSTS.insert().values(host=host, not_before=moment_text(at), **values))
