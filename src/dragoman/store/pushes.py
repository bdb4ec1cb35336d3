"""Pushes between being made and delivered. A fact is put into one push to a device, ever, and that is sent once.

    compose    the bell moves on, its facts are noted as pushed, the push is written: one transaction
    claim      the push is noted as being sent, before it is
    settle     it is gone, or given back where the push service said for certain that it did not take it

Whoever is killed after `claim` leaves a push of which nobody knows whether it arrived. It is not sent again: a reader
who is told twice learns to look away, one who is told once too rarely finds the fact on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from dragoman.store.devices import Bell, Hours, Subscription, drop_device, hours_of, stamp
from dragoman.store.engine import insert_rows
from dragoman.store.record import Record, now
from dragoman.store.tables import BELLS, DEVICES, PUSH_KEYS, PUSHED, PUSHES

FORGET_CLAIMED: Final = timedelta(hours=1)
"""No push takes so long to send: one that was claimed before was left by a process that is gone."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A push to be kept: what the browser gets (JSON), and how the push service is to treat it. `expires_at` is UTC."""

    topic: str
    urgency: str
    expires_at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class Push:
    """A push that its holder alone may send. `tries` counts this one; times are UTC."""

    key: int
    device: int
    subscription: Subscription
    topic: str
    urgency: str
    expires_at: str
    tries: int
    failures: int
    body: str


def compose(
    record: Record,
    bell: Bell,
    facts: Sequence[str],
    up_to: int,
    at: datetime,
    next_at: datetime,
    draft: Callable[[frozenset[str]], Sequence[Draft]],
) -> int:
    """Deal with what BELL found up to the place UP_TO: FACTS are ids, DRAFT makes pushes of those not pushed before.

    Answers how many pushes were made; none where another process was first, or the bell was taken down meanwhile.
    """
    here = sa.and_(BELLS.c.key == bell.key, BELLS.c.after_seq == bell.after_seq, BELLS.c.next_at == bell.next_at)
    moved = BELLS.update().where(here).values(after_seq=up_to, next_at=stamp(next_at))
    with record.writing() as connection:
        if not connection.execute(moved).rowcount:
            return 0
        device = bell.device.key
        known = set(_known(connection, device, facts))
        fresh = [ident for ident in dict.fromkeys(facts) if ident not in known]
        insert_rows(connection, PUSHED, [{"device_key": device, "fact_id": ident} for ident in fresh])
        rows = [_row(bell, one, at) for one in (draft(frozenset(fresh)) if fresh else ())]
        if rows:
            connection.execute(PUSHES.insert(), rows)
        return len(rows)


def keep_trial(record: Record, bell: Bell, draft: Draft, at: datetime) -> bool:
    """Keep a push that stands for no fact, unless one waits already for the device of BELL; whether it is kept."""
    with record.writing() as connection:
        waits = sa.and_(PUSHES.c.device_key == bell.device.key, PUSHES.c.claimed_at.is_(None))
        if connection.scalar(sa.select(PUSHES.c.key).where(waits).limit(1)):
            return False
        connection.execute(PUSHES.insert().values(**_row(bell, draft, at)))
        return True


def _row(bell: Bell, draft: Draft, at: datetime) -> dict[str, object]:
    return {
        "device_key": bell.device.key,
        "topic": draft.topic,
        "urgency": draft.urgency,
        "due_at": stamp(at),
        "expires_at": stamp(draft.expires_at),
        "tries": 0,
        "body": draft.body,
    }


def _known(connection: sa.Connection, device: int, facts: Sequence[str]) -> Sequence[str]:
    found: list[str] = []
    for start in range(0, len(facts), 500):
        part = facts[start : start + 500]
        statement = sa.select(PUSHED.c.fact_id).where(PUSHED.c.device_key == device, PUSHED.c.fact_id.in_(part))
        found += connection.scalars(statement)
    return found


def next_due(record: Record, at: datetime) -> bool:
    """Whether there is something for `claim` to do at AT."""
    joined = PUSHES.join(DEVICES, DEVICES.c.key == PUSHES.c.device_key)
    due = sa.or_(sa.and_(*_waiting(at)), _over(at))
    with record.reading() as connection:
        return connection.scalar(sa.select(PUSHES.c.key).select_from(joined).where(due).limit(1)) is not None


def claim(record: Record, at: datetime, most: int, resting: Callable[[Hours], datetime | None]) -> list[Push]:
    """At most MOST pushes that are due at AT, now the caller's to send; those whose time is over are thrown away.

    RESTING says until when a device with such hours wants no push, None: it takes them.
    """
    with record.writing() as connection:
        connection.execute(PUSHES.delete().where(_over(at)))
        joined = PUSHES.join(DEVICES, DEVICES.c.key == PUSHES.c.device_key)
        names = ("endpoint", "p256dh", "auth", "failures", "zone", "quiet_from", "quiet_to", "daily_at")
        statement = sa.select(PUSHES, *(DEVICES.c[name] for name in names)).select_from(joined).where(*_waiting(at))
        claimed = []
        for row in connection.execute(statement.order_by(PUSHES.c.due_at, PUSHES.c.key).limit(most)).all():
            until = resting(hours_of(row))
            here = PUSHES.update().where(PUSHES.c.key == row.key)
            if until is not None:
                connection.execute(here.values(due_at=stamp(until)))
                continue
            connection.execute(here.values(claimed_at=stamp(at), tries=row.tries + 1))
            claimed.append(_push(row))
        return claimed


def _waiting(at: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """Of pushes joined with their devices: those that may be sent at AT."""
    takes = sa.or_(DEVICES.c.retry_at.is_(None), DEVICES.c.retry_at <= stamp(at))
    return PUSHES.c.claimed_at.is_(None), PUSHES.c.due_at <= stamp(at), takes


def _over(at: datetime) -> sa.ColumnElement[bool]:
    """Pushes whose time is over, and those that a process left in the midst of sending them."""
    return sa.or_(PUSHES.c.expires_at <= stamp(at), PUSHES.c.claimed_at < stamp(at - FORGET_CLAIMED))


def _push(row: sa.Row[Any]) -> Push:
    return Push(
        key=row.key,
        device=row.device_key,
        subscription=Subscription(row.endpoint, row.p256dh, row.auth),
        topic=row.topic,
        urgency=row.urgency,
        expires_at=row.expires_at,
        tries=row.tries + 1,
        failures=row.failures,
        body=row.body,
    )


def delivered(record: Record, push: Push, at: datetime) -> None:
    """The push service took it."""
    with record.writing() as connection:
        connection.execute(PUSHES.delete().where(PUSHES.c.key == push.key))
        values = {"told_at": stamp(at), "failures": 0, "retry_at": None, "trouble": None}
        connection.execute(DEVICES.update().where(DEVICES.c.key == push.device).values(**values))


def given_up(record: Record, push: Push, trouble: str) -> None:
    """It is not sent again: the service refused it for good, or nobody knows what became of it."""
    with record.writing() as connection:
        connection.execute(PUSHES.delete().where(PUSHES.c.key == push.key))
        connection.execute(DEVICES.update().where(DEVICES.c.key == push.device).values(trouble=trouble))


def put_back(record: Record, push: Push, until: datetime, trouble: str) -> None:
    """The service did not take it: it and all others for the device wait until then."""
    with record.writing() as connection:
        connection.execute(PUSHES.update().where(PUSHES.c.key == push.key).values(claimed_at=None, due_at=stamp(until)))
        values = {"retry_at": stamp(until), "trouble": trouble, "failures": DEVICES.c.failures + 1}
        connection.execute(DEVICES.update().where(DEVICES.c.key == push.device).values(**values))


def device_gone(record: Record, push: Push) -> None:
    """The subscription is no more: its device is forgotten with all that was for it, unless it has another by now."""
    same = sa.and_(DEVICES.c.key == push.device, DEVICES.c.id == push.subscription.id)
    with record.writing() as connection:
        connection.execute(PUSHES.delete().where(PUSHES.c.key == push.key))
        if connection.scalar(sa.select(DEVICES.c.key).where(same)) is not None:
            drop_device(connection, push.device)


def push_key(record: Record) -> str | None:
    """The record's key as PEM, None where it has none yet."""
    with record.reading() as connection:
        return connection.scalar(sa.select(PUSH_KEYS.c.private))


def keep_push_key(record: Record, pem: str) -> str:
    """Keep PEM as the record's key unless it has one; the one that it has now."""
    with record.writing() as connection:
        found = connection.scalar(sa.select(PUSH_KEYS.c.private))
        if found is None:
            connection.execute(PUSH_KEYS.insert().values(number=1, made_at=now(), private=pem))
        return found or pem


def forget_push_key(record: Record) -> None:
    """Forget the record's key, as before it is given to others."""
    with record.writing() as connection:
        connection.execute(PUSH_KEYS.delete())
