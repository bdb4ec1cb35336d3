"""WebSub subscriptions of feeds: asked for, verified by the hub's question, renewed before they run out."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from dragoman.store.moments import moment_of, moment_text
from dragoman.store.record import Record
from dragoman.store.tables import FEED_HUBS, FEEDS

SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Hub:
    """A subscription. `path` ends the address that the hub calls; `secret` signs what it sends there."""

    feed_key: int
    hub: str
    topic: str
    path: str
    secret: str
    state: str
    next_at: float | None
    expires_at: float | None
    pushed_at: float | None
    attempts: int
    error: str | None


def want_hub(connection: sa.Connection, feed_key: int, hub: str, topic: str, now: float) -> None:
    """Subscribe to TOPIC at HUB; one that stands already stays, one at another hub is replaced."""
    row = connection.execute(
        sa.select(FEED_HUBS.c.hub, FEED_HUBS.c.topic).where(FEED_HUBS.c.feed_key == feed_key)
    ).first()
    if row is not None and (row.hub, row.topic) == (hub, topic):
        return
    connection.execute(FEED_HUBS.delete().where(FEED_HUBS.c.feed_key == feed_key))
    made = {"path": secrets.token_urlsafe(SECRET_BYTES), "secret": secrets.token_urlsafe(SECRET_BYTES)}
    connection.execute(
        FEED_HUBS.insert().values(
            feed_key=feed_key, hub=hub, topic=topic, state="wanted", next_at=moment_text(now), attempts=0, **made
        )
    )


def drop_hub(connection: sa.Connection, feed_key: int) -> None:
    """The feed names no hub any more."""
    connection.execute(FEED_HUBS.delete().where(FEED_HUBS.c.feed_key == feed_key))


def due_hubs(record: Record, now: float) -> list[Hub]:
    """Subscriptions of active feeds that are to be asked for, or renewed."""
    due = sa.and_(FEED_HUBS.c.next_at <= moment_text(now), FEEDS.c.state == "active")
    joined = FEED_HUBS.join(FEEDS, FEEDS.c.key == FEED_HUBS.c.feed_key)
    with record.reading() as connection:
        rows = connection.execute(sa.select(FEED_HUBS).select_from(joined).where(due).order_by(FEED_HUBS.c.next_at))
        return [_hub(row) for row in rows]


def hub_of_path(record: Record, path: str) -> Hub | None:
    """The subscription whose callback ends in PATH."""
    with record.reading() as connection:
        row = connection.execute(sa.select(FEED_HUBS).where(FEED_HUBS.c.path == path)).first()
    return _hub(row) if row is not None else None


def hub_of_feed(connection: sa.Connection, feed_key: int) -> Hub | None:
    """The subscription of a feed."""
    row = connection.execute(sa.select(FEED_HUBS).where(FEED_HUBS.c.feed_key == feed_key)).first()
    return _hub(row) if row is not None else None


def hubs(record: Record) -> dict[int, Hub]:
    """All subscriptions by the key of their feed."""
    with record.reading() as connection:
        return {row.feed_key: _hub(row) for row in connection.execute(sa.select(FEED_HUBS))}


def set_hub(
    record: Record,
    feed_key: int,
    state: str | None = None,
    next_at: float | None = None,
    expires_at: float | None = None,
    error: str | None = None,
    failed: bool = False,
) -> None:
    """Keep how a subscription stands; STATE None leaves it. NEXT_AT None: nothing is to be done."""
    values: dict[str, object] = {"error": error[:500] if error else None}
    values |= {"next_at": moment_text(next_at) if next_at is not None else None}
    values |= {"attempts": FEED_HUBS.c.attempts + 1 if failed else 0}
    if state is not None:
        values |= {"state": state}
    if expires_at is not None:
        values |= {"expires_at": moment_text(expires_at)}
    with record.writing() as connection:
        connection.execute(FEED_HUBS.update().where(FEED_HUBS.c.feed_key == feed_key).values(**values))


def hub_waits(record: Record, feed_key: int, next_at: float) -> None:
    """The hub may not be asked before NEXT_AT."""
    with record.writing() as connection:
        connection.execute(
            FEED_HUBS.update().where(FEED_HUBS.c.feed_key == feed_key).values(next_at=moment_text(next_at))
        )


def hub_pushed(connection: sa.Connection, feed_key: int, now: float) -> None:
    """The hub sent something that bears its right signature."""
    connection.execute(FEED_HUBS.update().where(FEED_HUBS.c.feed_key == feed_key).values(pushed_at=moment_text(now)))


def _hub(row: sa.Row[Any]) -> Hub:
    times = ("next_at", "expires_at", "pushed_at")
    fields = {name: getattr(row, name) for name in Hub.__dataclass_fields__}
    return Hub(**{**fields, **{name: moment_of(fields[name]) if fields[name] else None for name in times}})
