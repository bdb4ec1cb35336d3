"""What is followed: feeds, how they are, and when each is asked next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.store.moments import moment_of, moment_text
from dragoman.store.record import Record
from dragoman.store.tables import FEED_HUBS, FEED_ITEMS, FEEDS

FeedState: TypeAlias = Literal["active", "paused", "gone"]
"""`gone`: its server said that it is there no more (410)."""

Reads: TypeAlias = Literal["auto", "page", "feed"]
"""What an article is read from: `auto` fetches its page where the feed gives only a teaser."""

ERROR_CHARS: Final = 500


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed as the record keeps it; moments are seconds since 1970, None where there was none yet.

    `rhythm_s`: seconds that usually lie between two new items; `failures`: in a row; `error`: of the last try, None
    where it went well; `warning`: what is odd about it all the same.
    """

    key: int
    address: str
    fetched_from: str
    kind: str
    title: str | None
    outlet: str | None
    reads: str
    state: str
    added_at: float
    next_at: float | None
    interval_s: float
    rhythm_s: float | None
    failures: int
    tried_at: float | None
    success_at: float | None
    new_at: float | None
    error: str | None
    warning: str | None
    etag: str | None
    modified: str | None
    body_hash: str | None


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed that is to be followed."""

    address: str
    kind: str = "feed"
    title: str | None = None
    outlet: str | None = None
    reads: str = "auto"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a try that went well leaves: when the next one is due, and all that the feed said of itself."""

    next_at: float
    interval_s: float
    fetched_from: str
    etag: str | None
    modified: str | None
    body_hash: str | None
    title: str | None = None
    warning: str | None = None


def add_feeds(record: Record, feeds: Sequence[NewFeed], now: float, interval_s: float) -> list[bool]:
    """Follow FEEDS from NOW on; for each, whether it is new. One that is there already stays as it is."""
    added = []
    with record.writing() as connection:
        known = set(connection.scalars(sa.select(FEEDS.c.address)))
        for feed in feeds:
            added.append(feed.address not in known)
            if feed.address in known:
                continue
            known.add(feed.address)
            row: dict[str, object] = {
                "address": feed.address,
                "fetched_from": feed.address,
                "kind": feed.kind,
                "title": feed.title,
            }
            row |= {"outlet": feed.outlet, "reads": feed.reads, "state": "active", "failures": 0}
            times = {"added_at": moment_text(now), "next_at": moment_text(now), "interval_s": interval_s}
            connection.execute(FEEDS.insert().values(**row, **times))
    return added


def followed(record: Record) -> list[Followed]:
    """All feeds, in the order in which they were added."""
    with record.reading() as connection:
        return [_followed(row) for row in connection.execute(sa.select(FEEDS).order_by(FEEDS.c.key))]


def feed_of_key(record: Record, key: int) -> Followed | None:
    """The feed of that key; None where it is followed no more."""
    with record.reading() as connection:
        row = connection.execute(sa.select(FEEDS).where(FEEDS.c.key == key)).first()
    return _followed(row) if row is not None else None


def feeds_named(record: Record, name: str) -> list[Followed]:
    """Feeds of that address, key, or title. Raises QueryError where there is none."""
    found = [feed for feed in followed(record) if name in (feed.address, feed.fetched_from, feed.title, str(feed.key))]
    if not found:
        raise QueryError(f"{name}: nothing of this address or title is followed; `dragoman follow list` shows what is")
    return found


def due_feeds(record: Record, now: float, limit: int) -> list[Followed]:
    """Active feeds whose time has come, the longest waiting first."""
    due = sa.and_(FEEDS.c.state == "active", FEEDS.c.next_at <= moment_text(now))
    with record.reading() as connection:
        rows = connection.execute(sa.select(FEEDS).where(due).order_by(FEEDS.c.next_at).limit(limit))
        return [_followed(row) for row in rows]


def set_state(record: Record, keys: Sequence[int], state: FeedState, now: float) -> None:
    """Pause feeds or take them up again; what is taken up is due at once, at the pleasure of its server."""
    with record.writing() as connection:
        values: dict[str, object] = {"state": state}
        if state == "active":
            values |= {"next_at": moment_text(now), "failures": 0}
        connection.execute(FEEDS.update().where(FEEDS.c.key.in_(keys)).values(**values))


def ask_now(record: Record, keys: Sequence[int], now: float) -> None:
    """Make feeds due now, whatever their interval. What their servers asked of us holds all the same."""
    with record.writing() as connection:
        active = sa.and_(FEEDS.c.key.in_(keys), FEEDS.c.state == "active")
        connection.execute(FEEDS.update().where(active).values(next_at=moment_text(now)))


def remove_feeds(record: Record, keys: Sequence[int]) -> None:
    """Follow feeds no more. The reports that came by them stay."""
    with record.writing() as connection:
        connection.execute(FEED_ITEMS.delete().where(FEED_ITEMS.c.feed_key.in_(keys)))
        connection.execute(FEED_HUBS.delete().where(FEED_HUBS.c.feed_key.in_(keys)))
        connection.execute(FEEDS.delete().where(FEEDS.c.key.in_(keys)))


def set_next(record: Record, key: int, next_at: float) -> None:
    """Say when a feed is due, before it is asked: whoever is killed meanwhile has asked it, and the next one waits."""
    with record.writing() as connection:
        connection.execute(FEEDS.update().where(FEEDS.c.key == key).values(next_at=moment_text(next_at)))


def feed_checked(connection: sa.Connection, key: int, checked: Checked, now: float, new: bool) -> None:
    """A try went well; NEW where there were new items."""
    values: dict[str, object] = {
        "next_at": moment_text(checked.next_at),
        "interval_s": checked.interval_s,
        "fetched_from": checked.fetched_from,
        "etag": checked.etag,
        "modified": checked.modified,
        "body_hash": checked.body_hash,
        "warning": checked.warning[:ERROR_CHARS] if checked.warning else None,
        "failures": 0,
        "error": None,
        "tried_at": moment_text(now),
        "success_at": moment_text(now),
    }
    if new:
        values |= {"new_at": moment_text(now)}
    if checked.title:
        values |= {"title": sa.func.coalesce(FEEDS.c.title, checked.title)}
    connection.execute(FEEDS.update().where(FEEDS.c.key == key).values(**values))


def feed_failed(record: Record, key: int, error: str, next_at: float, now: float, gone: bool = False) -> None:
    """A try failed, for ERROR. GONE where its server says that it will never come back."""
    values: dict[str, object] = {
        "next_at": moment_text(next_at),
        "failures": FEEDS.c.failures + 1,
        "error": error[:ERROR_CHARS],
        "tried_at": moment_text(now),
    }
    if gone:
        values |= {"state": "gone"}
    with record.writing() as connection:
        connection.execute(FEEDS.update().where(FEEDS.c.key == key).values(**values))


def set_rhythm(connection: sa.Connection, key: int, rhythm_s: float | None) -> None:
    """Keep how many seconds usually lie between two new items."""
    connection.execute(FEEDS.update().where(FEEDS.c.key == key).values(rhythm_s=rhythm_s))


def _followed(row: sa.Row[Any]) -> Followed:
    times = ("next_at", "tried_at", "success_at", "new_at")
    fields = {name: getattr(row, name) for name in Followed.__dataclass_fields__}
    fields |= {name: moment_of(fields[name]) if fields[name] is not None else None for name in times}
    return Followed(**{**fields, "added_at": moment_of(row.added_at)})
