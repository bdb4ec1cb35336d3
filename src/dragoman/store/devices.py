"""Devices that take pushes, and the bells that say which saved searches each is told of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal, TypeAlias, get_args
from urllib.parse import urlsplit

import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.store.record import Record
from dragoman.store.tables import BELLS, DEVICES, FACTS, PUSHED, PUSHES, SAVED

Digest: TypeAlias = Literal["at once", "hourly", "daily"]
DIGESTS: Final[tuple[str, ...]] = get_args(Digest)

MOST_DEVICES: Final = 5000
"""Devices of one record: whoever asks for more is refused."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When a reader wants to hear: times are minutes after midnight in the IANA time zone; None: no quiet hours."""

    zone: str = "UTC"
    quiet: tuple[int, int] | None = None
    daily_at: int = 8 * 60


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser's Push API gives: where to send, its public key and its secret, both base64url."""

    endpoint: str
    p256dh: str
    auth: str

    @property
    def id(self) -> str:
        """By what a device is found."""
        return hashlib.sha256(self.endpoint.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def host(self) -> str:
        """The push service's host: all of an endpoint that may be shown."""
        return urlsplit(self.endpoint).hostname or ""


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that takes pushes. Times are UTC, None: not yet. `trouble`: what its push service said last, if bad."""

    key: int
    subscription: Subscription
    hours: Hours
    made_at: str
    retry_at: str | None
    failures: int
    told_at: str | None
    trouble: str | None


@dataclass(frozen=True, slots=True)
class Bell:
    """A saved search that a device is told of: what came after `after_seq`, not before `next_at` (UTC)."""

    key: int
    device: Device
    saved: str
    name: str
    query: str
    digest: Digest
    after_seq: int
    made_at: str
    next_at: str


def stamp(moment: datetime) -> str:
    """MOMENT as the record keeps times: UTC, to the second, so that they sort as text."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def checked_digest(name: str) -> str:
    """NAME if it is how often a bell may ring. Raises QueryError."""
    if name not in DIGESTS:
        raise QueryError(f"digest: {name[:40]!r} is none of {', '.join(DIGESTS)}")
    return name


def put_device(record: Record, subscription: Subscription, hours: Hours, at: datetime) -> int:
    """Keep a device, or give the one that has the same endpoint new keys and hours; its key. Raises QueryError."""
    quiet = hours.quiet or (None, None)
    values: dict[str, object] = {"p256dh": subscription.p256dh, "auth": subscription.auth, "zone": hours.zone}
    values |= {"quiet_from": quiet[0], "quiet_to": quiet[1], "daily_at": hours.daily_at}
    with record.writing() as connection:
        key = connection.scalar(sa.select(DEVICES.c.key).where(DEVICES.c.id == subscription.id))
        if key is not None:
            connection.execute(DEVICES.update().where(DEVICES.c.key == key).values(**values))
            return int(key)
        if (connection.scalar(sa.select(sa.func.count()).select_from(DEVICES)) or 0) >= MOST_DEVICES:
            raise QueryError("this record has as many devices as it takes; nobody more can be told")
        new = {"id": subscription.id, "endpoint": subscription.endpoint, "made_at": stamp(at), "failures": 0}
        return int(connection.execute(DEVICES.insert().values(**new, **values).returning(DEVICES.c.key)).scalar_one())


def move_device(record: Record, old: str, new: Subscription) -> bool:
    """Give the device with the endpoint OLD the subscription that its browser got in its place; whether it is known."""
    ident = Subscription(old, "", "").id
    values = {"id": new.id, "endpoint": new.endpoint, "p256dh": new.p256dh, "auth": new.auth}
    with record.writing() as connection:
        there = connection.scalar(sa.select(DEVICES.c.key).where(DEVICES.c.id == new.id))
        if there is not None:
            return True
        done = connection.execute(DEVICES.update().where(DEVICES.c.id == ident).values(**values, trouble=None))
        return done.rowcount > 0


def drop_device(connection: sa.Connection, key: int) -> None:
    """Forget the device with KEY, and all that was for it."""
    for table in (PUSHES, PUSHED, BELLS):
        connection.execute(table.delete().where(table.c.device_key == key))
    connection.execute(DEVICES.delete().where(DEVICES.c.key == key))


def drop_idle(connection: sa.Connection, keys: Iterable[int]) -> None:
    """Forget those of the devices with KEYS that have no bell any more: nothing is kept of a browser for nothing."""
    for key in keys:
        if connection.scalar(sa.select(BELLS.c.key).where(BELLS.c.device_key == key).limit(1)) is None:
            drop_device(connection, key)


def drop_idle_device(record: Record, key: int) -> None:
    """Forget the device with KEY if it has no bell."""
    with record.writing() as connection:
        drop_idle(connection, [key])


def forget_devices(record: Record) -> int:
    """Forget all devices, as before a record is given to others; how many there were."""
    with record.writing() as connection:
        for table in (PUSHES, PUSHED, BELLS):
            connection.execute(table.delete())
        return connection.execute(DEVICES.delete()).rowcount


def hang_bell(
    record: Record, device: int, saved: str, digest: str, at: datetime, next_at: datetime, owner: str = ""
) -> bool:
    """Tell a device of the saved search with that id from now on; whether OWNER has one. Raises QueryError.

    A bell that hangs already keeps what it has dealt with. `next_at` is the first time at which it may ring.
    """
    checked_digest(digest)
    with record.writing() as connection:
        key = connection.scalar(sa.select(SAVED.c.key).where(SAVED.c.id == saved, SAVED.c.owner == owner))
        if key is None or connection.scalar(sa.select(DEVICES.c.key).where(DEVICES.c.key == device)) is None:
            return False
        here = sa.and_(BELLS.c.saved_key == key, BELLS.c.device_key == device)
        when: dict[str, Any] = {"digest": digest, "next_at": stamp(next_at)}
        if not connection.execute(BELLS.update().where(here).values(**when)).rowcount:
            newest = int(connection.scalar(sa.select(sa.func.max(FACTS.c.seq))) or 0)
            new = {"saved_key": key, "device_key": device, "after_seq": newest, "made_at": stamp(at)}
            connection.execute(BELLS.insert().values(**new, **when))
    return True


def take_bell(record: Record, endpoint: str, saved: str) -> None:
    """Tell the device with that endpoint of a saved search no more; one without bells is forgotten."""
    ident = Subscription(endpoint, "", "").id
    with record.writing() as connection:
        key = connection.scalar(sa.select(DEVICES.c.key).where(DEVICES.c.id == ident))
        if key is None:
            return
        named = sa.select(SAVED.c.key).where(SAVED.c.id == saved)
        connection.execute(BELLS.delete().where(BELLS.c.device_key == key, BELLS.c.saved_key.in_(named)))
        drop_idle(connection, [key])


def device_of(record: Record, endpoint: str) -> Device | None:
    """The device with that endpoint."""
    statement = sa.select(DEVICES).where(DEVICES.c.id == Subscription(endpoint, "", "").id)
    with record.reading() as connection:
        row = connection.execute(statement).first()
    return None if row is None else _device(row)


def devices(record: Record) -> list[Device]:
    """All devices, the oldest first."""
    with record.reading() as connection:
        return [_device(row) for row in connection.execute(sa.select(DEVICES).order_by(DEVICES.c.key))]


def bells(record: Record, endpoint: str | None = None, due: str | None = None) -> list[Bell]:
    """Bells in the order in which they were hung: all, those of one endpoint, or those that may ring at DUE (UTC)."""
    columns = [BELLS.c[name].label(f"bell_{name}") for name in ("key", "digest", "after_seq", "made_at", "next_at")]
    saved = [SAVED.c.id.label("saved"), SAVED.c.name.label("saved_name"), SAVED.c.query.label("saved_query")]
    joined = BELLS.join(DEVICES, DEVICES.c.key == BELLS.c.device_key).join(SAVED, SAVED.c.key == BELLS.c.saved_key)
    statement = sa.select(DEVICES, *columns, *saved).select_from(joined).order_by(BELLS.c.key)
    if endpoint is not None:
        statement = statement.where(DEVICES.c.id == Subscription(endpoint, "", "").id)
    if due is not None:
        statement = statement.where(BELLS.c.next_at <= due)
    with record.reading() as connection:
        return [_bell(row) for row in connection.execute(statement)]


def _bell(row: sa.Row[Any]) -> Bell:
    return Bell(
        key=row.bell_key,
        device=_device(row),
        saved=row.saved,
        name=row.saved_name,
        query=row.saved_query,
        digest=row.bell_digest,
        after_seq=row.bell_after_seq,
        made_at=row.bell_made_at,
        next_at=row.bell_next_at,
    )


def hours_of(row: sa.Row[Any]) -> Hours:
    """The hours that a row with a device's columns has."""
    quiet = None if row.quiet_from is None or row.quiet_to is None else (row.quiet_from, row.quiet_to)
    return Hours(row.zone, quiet, row.daily_at)


def _device(row: sa.Row[Any]) -> Device:
    return Device(
        key=row.key,
        subscription=Subscription(row.endpoint, row.p256dh, row.auth),
        hours=hours_of(row),
        made_at=row.made_at,
        retry_at=row.retry_at,
        failures=row.failures,
        told_at=row.told_at,
        trouble=row.trouble,
    )
