"""Items of feeds: each is seen once, waits until it is read, and is looked at again for changes.

An item is marked as read in the transaction that stores its report, so that a program that is killed between any two
steps neither loses nor doubles one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, TypeAlias

import sqlalchemy as sa

from dragoman.reading.feeds.item import FeedItem
from dragoman.store.moments import moment_of, moment_text
from dragoman.store.record import Record
from dragoman.store.rows import clean
from dragoman.store.tables import FEED_ITEMS, FEEDS

ItemState: TypeAlias = Literal["waiting", "done", "double", "failed", "withdrawn"]

CHANGED_PAUSE_S: Final = 300.0
"""A feed whose items never stand still would have us fetch them all each time: each change waits so much longer."""

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Item:
    """An item whose time has come. `entry` is what the feed said of it, None once it was read.

    `attempts` counts failures to read it in a row, `visits` how often it was read or looked at, `missing` how often in
    a row its page was not there.
    """

    key: int
    feed_key: int
    item: str
    report: str
    link: str | None
    digest: str
    state: ItemState
    attempts: int
    visits: int
    missing: int
    first_seen: float
    error: str | None
    etag: str | None
    modified: str | None
    read_from: str | None
    entry: FeedItem | None


@dataclass(frozen=True, slots=True)
class DueItem:
    """Which item is due, and where its article stands."""

    key: int
    feed_key: int
    link: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a look into a feed brought: numbers of items."""

    new: int
    changed: int


def take_items(
    connection: sa.Connection,
    feed_key: int,
    items: Sequence[tuple[str, FeedItem]],
    now: float,
    whole: bool,
    damaged: bool = False,
) -> Taken:
    """Keep what is new or has changed of ITEMS, newest first, each with the id of its report; it waits to be read.

    Of a DAMAGED feed only what is new counts: an item that reads otherwise than before may be damaged as well.
    WHOLE says that the feed was read whole: an item that stands there no more, while an older one does, was taken away,
    and is looked at again at once.
    """
    known = _known(connection, feed_key, [item.key for _, item in items])
    text = moment_text(now)
    owned = _owned(connection, feed_key, [report for report, item in items if item.key not in known])
    new = changed = 0
    for report, item in reversed(items):
        row = known.get(clean(item.key))
        if row is None:
            new += _insert(connection, feed_key, report, item, text, report in owned)
            owned.add(report)
        elif row.digest != item.digest and not damaged:
            changed += _change(connection, row, item, now)
    seen = [row.key for row in known.values()]
    if whole and seen:
        last = max(row.last_seen for row in known.values())
        taken_away = sa.and_(
            FEED_ITEMS.c.feed_key == feed_key,
            FEED_ITEMS.c.key > min(seen),
            FEED_ITEMS.c.state == "done",
            FEED_ITEMS.c.last_seen == last,
            FEED_ITEMS.c.key.not_in(seen),
        )
        connection.execute(FEED_ITEMS.update().where(taken_away).values(next_at=text))
    for start in range(0, len(seen), _AT_ONCE):
        there = FEED_ITEMS.c.key.in_(seen[start : start + _AT_ONCE])
        connection.execute(FEED_ITEMS.update().where(there).values(last_seen=text))
    return Taken(new, changed)


def due_items(record: Record, now: float, of_each: int) -> list[DueItem]:
    """Items of active feeds whose time has come, at most OF_EACH of a feed, the longest waiting first."""
    order = sa.func.row_number().over(
        partition_by=FEED_ITEMS.c.feed_key, order_by=(FEED_ITEMS.c.next_at, FEED_ITEMS.c.key)
    )
    columns = (FEED_ITEMS.c.key, FEED_ITEMS.c.feed_key, FEED_ITEMS.c.link, FEED_ITEMS.c.next_at)
    due = sa.and_(FEED_ITEMS.c.next_at <= moment_text(now), FEEDS.c.state == "active")
    joined = FEED_ITEMS.join(FEEDS, FEEDS.c.key == FEED_ITEMS.c.feed_key)
    inner = sa.select(*columns, order.label("place")).select_from(joined).where(due).subquery()
    rows = sa.select(inner).where(inner.c.place <= of_each).order_by(inner.c.next_at, inner.c.key)
    with record.reading() as connection:
        return [DueItem(row.key, row.feed_key, row.link) for row in connection.execute(rows)]


def item_of_key(record: Record, key: int, now: float) -> Item | None:
    """The item of that key; None where it is there no more, or not due."""
    due = sa.and_(FEED_ITEMS.c.key == key, FEED_ITEMS.c.next_at <= moment_text(now))
    with record.reading() as connection:
        row = connection.execute(sa.select(FEED_ITEMS).where(due)).first()
    return _item(row) if row is not None else None


def item_waits(record: Record, key: int, next_at: float) -> None:
    """The item's host may not be asked before NEXT_AT."""
    with record.writing() as connection:
        due = sa.and_(FEED_ITEMS.c.key == key, FEED_ITEMS.c.next_at.is_not(None))
        connection.execute(FEED_ITEMS.update().where(due).values(next_at=moment_text(next_at)))


def waiting(record: Record) -> int:
    """How many items wait to be read."""
    with record.reading() as connection:
        number = sa.select(sa.func.count()).select_from(FEED_ITEMS).where(FEED_ITEMS.c.state == "waiting")
        return int(connection.scalar(number) or 0)


def item_done(
    connection: sa.Connection,
    item: Item,
    next_at: float | None,
    read_from: str,
    validators: tuple[str | None, str | None] = (None, None),
    error: str | None = None,
) -> None:
    """The item was read, or looked at and found unchanged. ERROR: what is missing of it all the same."""
    values = {"state": "done", "entry": None, "attempts": 0, "missing": 0, "visits": item.visits + 1, "error": error}
    values |= {"etag": validators[0], "modified": validators[1], "read_from": read_from}
    _update(connection, item, next_at, values)


def item_later(record: Record, item: Item, next_at: float | None, error: str, missing: bool = False) -> None:
    """Reading the item failed, for ERROR; it is tried again at NEXT_AT, or, where that is None, given up."""
    values: dict[str, object] = {"error": error[:500]}
    if item.state == "waiting":
        values |= {"attempts": item.attempts + 1}
        values |= {"state": "failed", "entry": None} if next_at is None else {}
    else:
        values |= {"visits": item.visits + (not missing), "missing": item.missing + missing}
    with record.writing() as connection:
        _update(connection, item, next_at, values)


def item_withdrawn(connection: sa.Connection, item: Item, next_at: float | None) -> None:
    """The item's page is gone."""
    values = {"state": "withdrawn", "missing": item.missing + 1, "visits": item.visits + 1, "entry": None}
    _update(connection, item, next_at, {**values, "etag": None, "modified": None})


def arrivals(connection: sa.Connection, feed_key: int, most: int) -> list[float]:
    """When the last MOST items of a feed were first seen, the newest first."""
    rows = sa.select(FEED_ITEMS.c.first_seen).where(FEED_ITEMS.c.feed_key == feed_key)
    return [moment_of(text) for text in connection.scalars(rows.order_by(FEED_ITEMS.c.key.desc()).limit(most))]


def _update(connection: sa.Connection, item: Item, next_at: float | None, values: Mapping[str, object]) -> None:
    """Unless the feed has told something newer of the item meanwhile, which then waits to be read."""
    same = sa.and_(FEED_ITEMS.c.key == item.key, FEED_ITEMS.c.state == item.state, FEED_ITEMS.c.digest == item.digest)
    time = moment_text(next_at) if next_at is not None else None
    connection.execute(FEED_ITEMS.update().where(same).values(**values, next_at=time))


def _known(connection: sa.Connection, feed_key: int, keys: Sequence[str]) -> dict[str, sa.Row[Any]]:
    names = ("key", "item", "digest", "state", "visits", "last_seen")
    columns = [FEED_ITEMS.c[name] for name in names]
    found: dict[str, sa.Row[Any]] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = [clean(key) for key in keys[start : start + _AT_ONCE]]
        rows = sa.select(*columns).where(FEED_ITEMS.c.feed_key == feed_key, FEED_ITEMS.c.item.in_(some))
        found |= {row.item: row for row in connection.execute(rows)}
    return found


def _owned(connection: sa.Connection, feed_key: int, reports: Sequence[str]) -> set[str]:
    """Of REPORTS those that an item already leads to."""
    found: set[str] = set()
    for start in range(0, len(reports), _AT_ONCE):
        some = [clean(one) for one in reports[start : start + _AT_ONCE]]
        rows = sa.select(FEED_ITEMS.c.report).where(FEED_ITEMS.c.report.in_(some), FEED_ITEMS.c.state != "failed")
        found |= set(connection.scalars(rows))
    return found


def _insert(connection: sa.Connection, feed_key: int, report: str, item: FeedItem, text: str, double: bool) -> int:
    row = {
        "feed_key": feed_key,
        "item": clean(item.key),
        "report": clean(report),
        "link": item.link,
        "digest": item.digest,
        "state": "double" if double else "waiting",
        "first_seen": text,
        "last_seen": text,
        "next_at": None if double else text,
        "attempts": 0,
        "visits": 0,
        "missing": 0,
        "entry": None if double else clean(asdict(item)),
    }
    connection.execute(FEED_ITEMS.insert().values(**row))
    return 1


def _change(connection: sa.Connection, row: sa.Row[Any], item: FeedItem, now: float) -> int:
    values: dict[str, object] = {"digest": item.digest, "link": item.link}
    if row.state != "double":
        pause = min(row.visits, 72) * CHANGED_PAUSE_S if row.visits > 1 else 0.0
        values |= {"state": "waiting", "attempts": 0, "entry": clean(asdict(item)), "next_at": moment_text(now + pause)}
    connection.execute(FEED_ITEMS.update().where(FEED_ITEMS.c.key == row.key).values(**values))
    return int(row.state != "double")


def _item(row: sa.Row[Any]) -> Item:
    fields = {name: getattr(row, name) for name in Item.__dataclass_fields__}
    entry = FeedItem(**row.entry) if row.entry else None
    return Item(**{**fields, "entry": entry, "first_seen": moment_of(row.first_seen)})
