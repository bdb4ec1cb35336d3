"""Being the only one: a lock that a process holds on a record for as long as it lives, and not a moment longer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from dragoman.errors import RecordError
from dragoman.store.engine import sqlite_path
from dragoman.store.record import Record

FOLLOWER_LOCK: Final = int.from_bytes(b"DRGF", "big")
"""The name, a number, of the lock that a follower holds in PostgreSQL."""


@contextmanager
def only_follower(record: Record) -> Iterator[None]:
    """Be the only follower of RECORD. Raises RecordError where another process is.

    The system lets go of the lock when the process ends, even by force: nobody has to tidy up after it.
    """
    path = sqlite_path(record.where)
    with _file_lock(path, record.where) if path is not None else _server_lock(record):
        yield


@contextmanager
def _file_lock(path: Path, where: str) -> Iterator[None]:
    """SQLite locks files alike on every system: an empty database of our own, in a transaction that stays open."""
    connection = sqlite3.connect(f"{path}-follower", timeout=0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        connection.close()
        raise _taken(where) from error
    try:
        yield
    finally:
        connection.close()


@contextmanager
def _server_lock(record: Record) -> Iterator[None]:
    """A lock of a session, on a connection of its own."""
    engine = sa.create_engine(record.engine.url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(FOLLOWER_LOCK))):
            raise _taken(record.where)
        yield


def _taken(where: str) -> RecordError:
    return RecordError(
        f"{where}: another process follows its feeds already; stop that one first, or name another record"
    )
