"""Reports that were posted: whose they are, and those that wait for the end of their embargo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from dragoman.errors import DragomanError
from dragoman.store.changes import keep_change, text_changed
from dragoman.store.moments import moment_of, moment_text
from dragoman.store.record import Record, now
from dragoman.store.rows import clean
from dragoman.store.tables import HELD_POSTS, POSTS, REPORTS
from dragoman.store.writing import Added, withdraw

KEEPER: Final = "keeper"
"""The owner of what is posted by whoever holds the record itself, who may correct everything."""


class NotYoursError(DragomanError):
    """A report that somebody else posted, or that was read from elsewhere."""

    def __init__(self, report: str) -> None:
        super().__init__(
            f"report {report[:200]!r} was not posted with this token, and only who posted it can change it; "
            "give yours another id"
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A posted report that is shown to nobody before `release_at`; `line` is what was posted."""

    report: str
    owner: str
    posted_at: float
    release_at: float
    attempts: int
    error: str | None
    line: str


def own(connection: sa.Connection, added: Added, owner: str) -> None:
    """Keep that OWNER posted the report which was just added. Raises NotYoursError where it changes another's."""
    keep_change(connection, added, "changed", "posted again with other words")
    row = connection.execute(sa.select(POSTS.c.owner).where(POSTS.c.report == clean(added.report))).first()
    theirs = row.owner != owner if row is not None else added.version > 1
    if theirs and owner != KEEPER:
        if text_changed(connection, added):
            raise NotYoursError(added.report)
        return
    if row is None:
        connection.execute(POSTS.insert().values(report=clean(added.report), owner=owner, posted_at=now()))


def check_owner(record: Record, report: str, owner: str) -> bool:
    """Whether there is such a report, held ones included. Raises NotYoursError where OWNER may not change it."""
    ident = clean(report)
    with record.reading() as connection:
        owners = sa.union_all(
            sa.select(POSTS.c.owner).where(POSTS.c.report == ident),
            sa.select(HELD_POSTS.c.owner).where(HELD_POSTS.c.report == ident),
        )
        found = set(connection.scalars(owners))
        stored = connection.scalar(sa.select(REPORTS.c.key).where(REPORTS.c.id == ident).limit(1)) is not None
    if owner != KEEPER and (found - {owner} or (stored and not found)):
        raise NotYoursError(report)
    return stored or bool(found)


def withdraw_post(record: Record, report: str, reason: str) -> Added | None:
    """Withdraw a report, and drop it where it is still held; None where there is none."""
    with record.writing() as connection:
        held = connection.execute(HELD_POSTS.delete().where(HELD_POSTS.c.report == clean(report))).rowcount
        added = withdraw(connection, report, reason)
        if added is not None and added.new:
            keep_change(connection, added, "withdrawn", reason)
        return added or (Added(report, 0, new=True) if held else None)


def hold(record: Record, held: Held) -> None:
    """Keep a posted report until its embargo ends; one of the same id that is held already is replaced."""
    with record.writing() as connection:
        connection.execute(HELD_POSTS.delete().where(HELD_POSTS.c.report == clean(held.report)))
        times = {"posted_at": moment_text(held.posted_at), "release_at": moment_text(held.release_at)}
        row = {"report": clean(held.report), "owner": held.owner, "line": held.line, "attempts": 0, "error": None}
        connection.execute(HELD_POSTS.insert().values(**row, **times, next_at=times["release_at"]))


def held(record: Record, owner: str) -> list[Held]:
    """What OWNER posted and is still held, the first to be released first."""
    mine = HELD_POSTS.c.owner == owner if owner != KEEPER else sa.true()
    with record.reading() as connection:
        rows = connection.execute(sa.select(HELD_POSTS).where(mine).order_by(HELD_POSTS.c.release_at))
        return [_held(row) for row in rows]


def due_posts(record: Record, moment: float) -> list[Held]:
    """Held reports whose embargo is over."""
    due = HELD_POSTS.c.next_at <= moment_text(moment)
    with record.reading() as connection:
        return [
            _held(row) for row in connection.execute(sa.select(HELD_POSTS).where(due).order_by(HELD_POSTS.c.next_at))
        ]


def release(connection: sa.Connection, one: Held) -> bool:
    """Let go of a held report in the transaction that stores it; False where it is held no more, or has changed."""
    same = sa.and_(HELD_POSTS.c.report == clean(one.report), HELD_POSTS.c.line == one.line)
    return bool(connection.execute(HELD_POSTS.delete().where(same)).rowcount)


def not_released(record: Record, one: Held, error: str, next_at: float) -> None:
    """Releasing failed, for ERROR; it is tried again at NEXT_AT."""
    values = {"attempts": one.attempts + 1, "error": error[:500], "next_at": moment_text(next_at)}
    with record.writing() as connection:
        connection.execute(HELD_POSTS.update().where(HELD_POSTS.c.report == clean(one.report)).values(**values))


def _held(row: sa.Row[Any]) -> Held:
    fields = {name: getattr(row, name) for name in Held.__dataclass_fields__}
    return Held(**{**fields, "posted_at": moment_of(row.posted_at), "release_at": moment_of(row.release_at)})
