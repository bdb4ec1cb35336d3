"""Noticing that a record has changed, whichever process changed it.

SQLite counts the commits of all other connections in `data_version`, which costs microseconds to read. In PostgreSQL
every transaction that writes notifies a channel when it is committed (`engine.py`). Where no channel can be listened
to, as on a read-only copy, the record has to be looked at every time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Protocol

import sqlalchemy as sa

from dragoman.store.engine import CHANNEL, sentence
from dragoman.store.record import Record

LOOK_ANYWAY_S: Final = 2.0
"""So often PostgreSQL is looked at though nothing was heard: a pooler between us may swallow notices."""


class Watch(Protocol):
    """Tells when a record may have changed. One thread uses it."""

    def wait(self, timeout_s: float) -> bool:
        """Wait at most TIMEOUT_S; whether the record may have changed since the last call. Raises RecordError."""

    def close(self) -> None:
        """Give the connection back."""


def watch(record: Record) -> Watch:
    """A watch over RECORD. Raises RecordError where there is no connection."""
    if record.engine.dialect.name == "sqlite":
        return _SqliteWatch(record)
    with _connected(record) as connection:
        if not connection.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
            connection.execute(f"LISTEN {CHANNEL}")
            return _PostgresWatch(record, connection)
        connection.close()
    return _Unwatched()


@contextmanager
def _connected(record: Record) -> Iterator[Any]:
    """A connection beside the pool, closed where the block raises."""
    with _told(record):
        pooled = record.engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        try:
            connection.autocommit = True
            yield connection
        except BaseException:
            connection.close()
            raise


@contextmanager
def _told(record: Record) -> Iterator[None]:
    """Errors of the driver as a RecordError."""
    try:
        yield
    except (sa.exc.DBAPIError, record.engine.dialect.loaded_dbapi.Error) as error:
        raise sentence(record.where, error) from error


class _SqliteWatch:
    """Its connection never writes, so that the commits of all others are counted."""

    def __init__(self, record: Record) -> None:
        self._record = record
        with _told(record):
            self._connection = record.engine.raw_connection()
        self._version = self._look()

    def wait(self, timeout_s: float) -> bool:
        time.sleep(timeout_s)
        before, self._version = self._version, self._look()
        return self._version != before

    def close(self) -> None:
        self._connection.close()

    def _look(self) -> int:
        with _told(self._record):
            row: Any = self._connection.cursor().execute("PRAGMA data_version")
            return int(row.fetchone()[0])


class _PostgresWatch:
    """A connection of its own that listens."""

    def __init__(self, record: Record, connection: Any) -> None:
        self._record = record
        self._connection = connection
        self._looked_at = time.monotonic()

    def wait(self, timeout_s: float) -> bool:
        with _told(self._record):
            heard = any(True for _ in self._connection.notifies(timeout=timeout_s, stop_after=1))
        if heard or time.monotonic() - self._looked_at >= LOOK_ANYWAY_S:
            self._looked_at = time.monotonic()
            return True
        return False

    def close(self) -> None:
        self._connection.close()


class _Unwatched:
    """Nothing is heard of changes."""

    def wait(self, timeout_s: float) -> bool:
        time.sleep(timeout_s)
        return True

    def close(self) -> None:
        """Nothing is held."""
