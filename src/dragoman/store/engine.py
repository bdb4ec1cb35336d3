"""Connections to a record, and what SQLite and PostgreSQL say when something is wrong, as a sentence for people.

What differs between the databases is here and in `search/index.py`, and nowhere else. SQLite runs in WAL mode: one
writer, any number of readers in any number of processes, each of which sees the record as it was when its transaction
began.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

import sqlalchemy as sa

from dragoman.errors import RecordError

BUSY_TIMEOUT_S: Final = 30.0
"""So long a writer waits for another one. A report takes milliseconds to write: whoever waits longer waits for ever."""

WRITE: Final = "dragoman_write"
"""Execution option of a connection whose transactions write: they take the write lock when they begin."""

UNLINKED: Final = "dragoman_unlinked"
"""Execution option of a connection to SQLite that doesn't look at foreign keys, so that a migration can make a table
anew under its old name. It keeps to that as long as it lives: close it afterwards."""

WRITER_LOCK: Final = int.from_bytes(b"DRGM", "big")
"""The name, a number, of the lock that a writer holds in PostgreSQL."""

CHANNEL: Final = "dragoman_written"
"""What a transaction that writes notifies in PostgreSQL when it is committed; `watching.py` listens to it."""

_PASSWORD: Final = re.compile(r"(://[^/@]*?):.*@")
"""A password in what should be a URL and can't be read as one."""

dumps: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON as it is stored."""

_SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "SQLITE_FULL": "the disk is full; free some space and run the command again, all finished reports are kept",
        "SQLITE_READONLY": "the record is read-only; change its permissions or name another with --record",
        "SQLITE_CORRUPT": "the record is damaged; restore a copy, or try `sqlite3 FILE .recover`",
        "SQLITE_NOTADB": "this is no record, nor a SQLite database; name another file with --record",
        "SQLITE_BUSY": f"another process has kept the record locked for {BUSY_TIMEOUT_S:.0f} s; wait for it or end it",
        "SQLITE_LOCKED": "another connection has locked the record; try again",
        "SQLITE_CANTOPEN": "the record can't be opened; check that its folder exists and may be written to",
        "SQLITE_IOERR": "the disk is full, fails, or lets no file grow so large; make room and run the command again, "
        "all finished reports are kept",
        "SQLITE_AUTH": "the record may not be used in this way",
    }
)

_SQLSTATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "53100": "the server's disk is full; free some space and run the command again, all finished reports are kept",
        "53300": "the server takes no more connections; end some, or raise its max_connections",
        "25006": "the server takes no writing, it is a read-only copy; name its primary",
        "42501": "this user may not do that; ask the database's owner for the rights, or name another user in the URL",
        "57P01": "the server was stopped; start it and run the command again, all finished reports are kept",
        "57P02": "the server broke down; start it and run the command again, all finished reports are kept",
        "57P03": "the server is just starting or stopping; try again",
        "XX001": "the record is damaged; restore a backup",
        "XX002": "an index of the record is damaged; run REINDEX in the database",
    }
)
"""What PostgreSQL's error codes mean for people; those of other classes are told in the server's own words."""

_CONNECTING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "does not exist": "make the database or the user first, or name another",
        "authentication failed": "check user and password in the URL",
        "no password supplied": "give a password in the URL or in PGPASSWORD",
        "failed": "check that the server runs and that the URL's host and port are right",
    }
)
"""Why there is no connection, in libpq's words, and the remedy."""


def is_url(where: str) -> bool:
    """Whether WHERE is a database URL; everything else is the path of a SQLite file."""
    return "://" in where


def sqlite_path(where: str) -> Path | None:
    """The SQLite file that WHERE names, or None where it names another database."""
    if where.startswith("sqlite:///"):
        return Path(where.removeprefix("sqlite:///"))
    return None if is_url(where) else Path(where)


def display_name(where: str) -> str:
    """WHERE as it may be shown: without the password of a URL."""
    if not is_url(where):
        return where
    try:
        return sa.make_url(where).render_as_string(hide_password=True)
    except (sa.exc.ArgumentError, ValueError):
        return _PASSWORD.sub(r"\1:***@", where)


def make_engine(where: str, write: bool) -> sa.Engine:
    """An engine on WHERE; nothing is connected yet. Raises RecordError where the URL or its driver is unknown."""
    path = sqlite_path(where)
    if path is not None:
        return _sqlite_engine(path, write)
    if not where.startswith("postgresql"):
        raise RecordError(f"{display_name(where)}: a record is a SQLite file or a URL postgresql+psycopg://…")
    try:
        utf8 = {"client_encoding": "utf8"}
        engine = sa.create_engine(where, pool_pre_ping=True, json_serializer=dumps, connect_args=utf8)
        sa.event.listen(engine, "begin", _begin_one_writer)
        sa.event.listen(engine, "commit", _notify)
        return engine
    except (sa.exc.ArgumentError, ValueError) as error:
        raise RecordError(
            f"{display_name(where)}: this is no database URL; write a path or postgresql+psycopg://…"
        ) from error
    except ModuleNotFoundError as error:
        raise RecordError(
            f"{display_name(where)}: the driver {error.name} is not installed; pip install 'dragoman[postgresql]'"
        ) from error


def _sqlite_engine(path: Path, write: bool) -> sa.Engine:
    uri = f"file:{quote(str(path.absolute()))}?mode={'rwc' if write else 'ro'}"
    if not write and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        uri += "&immutable=1"  # readers of a WAL file need a shared-memory file beside it, which can't be made there

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA trusted_schema=OFF")
        return connection

    engine = sa.create_engine(
        "sqlite://", creator=connect, json_serializer=dumps, poolclass=sa.QueuePool, pool_size=8, max_overflow=24
    )
    sa.event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: sa.Connection) -> None:
    """A writer takes the lock at once: a transaction that first reads and then writes could find it gone."""
    options = connection.get_execution_options()
    if options.get(UNLINKED, False):
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # within a transaction it would do nothing
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITE, False) else "BEGIN")


def _begin_one_writer(connection: sa.Connection) -> None:
    """One writer at a time, as in SQLite: else a fact could be committed after one with a higher `seq` was streamed."""
    if connection.get_execution_options().get(WRITE, False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")


def _notify(connection: sa.Connection) -> None:
    """Let those who watch the record know; they hear of it when the transaction is committed, and only then."""
    if connection.get_execution_options().get(WRITE, False):
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}")


def use_wal(where: str, engine: sa.Engine) -> None:
    """Put a new SQLite file into WAL mode, which it keeps. It can't be done inside a transaction."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        raise sentence(where, error) from error
    finally:
        connection.close()


def insert_or_add(connection: sa.Connection, table: sa.Table, rows: list[dict[str, object]], sums: list[str]) -> None:
    """Insert ROWS; where a primary key is there already, add the columns SUMS to what stands there."""
    if not rows:
        return
    statement = _insert(connection.dialect.name, table)
    add = {name: table.c[name] + statement.excluded[name] for name in sums}
    keys = list(table.primary_key.columns)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=add), rows)


def _insert(dialect: str, table: sa.Table) -> Any:
    """An insert that knows ON CONFLICT, which each database has in words of its own."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # late: 25 ms that SQLite needn't pay

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


def position(dialect: str, column: sa.Column[str], text: str) -> sa.ColumnElement[int]:
    """Where TEXT first stands in COLUMN, in characters from 1; 0 where it doesn't."""
    return (sa.func.instr if dialect == "sqlite" else sa.func.strpos)(column, text)


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert ROWS, all with the same columns, past SQLAlchemy, which takes several times as long."""
    if not rows:
        return
    names = list(rows[0])
    as_json = [name for name in names if isinstance(table.c[name].type, sa.JSON)]
    if as_json:
        rows = [{**row, **{name: dumps(row[name]) for name in as_json}} for row in rows]
    copy_rows(connection, table, names, ([row[name] for name in names] for row in rows))


def copy_rows(
    connection: sa.Connection, table: sa.TableClause, names: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Insert ROWS of the columns NAMES in which JSON is text already, past SQLAlchemy and its look at each value."""
    quote_name = connection.dialect.identifier_preparer.quote
    target = f"{quote_name(table.name)} ({', '.join(map(quote_name, names))})"
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        with cursor.copy(f"COPY {target} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        cursor.executemany(f"INSERT INTO {target} VALUES ({', '.join('?' * len(names))})", rows)


def next_keys(connection: sa.Connection, column: sa.Column[int], number: int) -> Sequence[int]:
    """NUMBER new keys of a table that numbers its rows, ascending, to be inserted by the transaction, which writes:
    rows that are copied in don't say which they were given.
    """
    if connection.dialect.name == "sqlite":  # nobody else writes meanwhile, and SQLite counts on from what it is given
        last = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        first = int(connection.execute(last, {"name": column.table.name}).scalar() or 0) + 1
        return range(first, first + number)
    sequence = sa.func.pg_get_serial_sequence(column.table.name, column.name)
    new = sa.select(sa.func.nextval(sequence)).select_from(sa.func.generate_series(1, number))
    return [int(key) for key in connection.scalars(new)]


def sentence(where: str, error: Exception) -> RecordError:
    """What the database said is wrong with the record WHERE, for people."""
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    name = str(getattr(cause, "sqlite_errorname", ""))
    for start, text in _SENTENCES.items():
        if name.startswith(start):
            return RecordError(f"{where}: {text}")
    state = str(getattr(cause, "sqlstate", None))
    if state in _SQLSTATES:
        return RecordError(f"{where}: {_SQLSTATES[state]}")
    said = " ".join(str(cause).split())
    if said.startswith(("connection ", "[Errno")):
        remedy = next((text for words, text in _CONNECTING.items() if words in said), "try again")
        return RecordError(f"{where}: there is no connection ({said}); {remedy}")
    return RecordError(f"{where}: {said}")
