"""Opening a record: one object that owns the connections and the units of work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from dragoman.errors import RecordError
from dragoman.store.engine import UNLINKED, WRITE, display_name, make_engine, sentence, sqlite_path, use_wal

REVISIONS: Final = ("0001", "0002", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
"""Names of the revisions under `migrations/versions`, oldest first; a test keeps the two in step."""

APPLICATION_ID: Final = int.from_bytes(b"DRGM", "big")
"""Stands in the header of every SQLite record, so that another program's database is never taken for one."""


class Record:
    """An open record. `where` is what the user called it, less a password; use it as a context manager or call `close`.

    It may be shared by threads. Every error of the database leaves it as a RecordError.
    """

    def __init__(self, where: str, engine: sa.Engine, writable: bool) -> None:
        self.where = where
        self.engine = engine
        self.writable = writable
        self._turn = threading.Lock()
        """Threads that write wait here for each other: SQLite itself waits by sleeping, up to a tenth of a second."""

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that reads: it sees the record as it is now, whatever others write meanwhile."""
        with self._transaction(write=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes: all of it is kept, or, where the block raises, nothing."""
        if not self.writable:
            raise RecordError(f"{self.where}: the record was opened for reading only")
        with self._turn, self._transaction(write=True) as connection:
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[sa.Connection]:
        """A transaction that changes the tables; what it leaves is checked for links without ends."""
        with self._transaction(write=True, linked=False) as connection:
            yield connection
            if connection.dialect.name == "sqlite":
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise RecordError(
                        f"{self.where}: row {broken[1]} of {broken[0]} names a row of {broken[2]} that isn't there, so "
                        "the record is left as it was; restore a backup"
                    )
        self.engine.dispose()

    @contextmanager
    def _transaction(self, write: bool, linked: bool = True) -> Iterator[sa.Connection]:
        options: dict[str, object] = {WRITE: write, UNLINKED: not linked}
        if not write and self.engine.dialect.name == "postgresql":
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}  # one moment, as in SQLite
        try:
            with self.engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except (sa.exc.DBAPIError, self.engine.dialect.loaded_dbapi.Error) as error:
            raise sentence(self.where, error) from error


def now() -> str:
    """The time in UTC, to the second, as it is stored."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def open_record(where: str, write: bool = False) -> Record:
    """Open the record WHERE: a path or a URL. With WRITE it is made if it isn't there, and brought up to date.

    Raises RecordError where it is missing, damaged, read-only, another program's, or of a newer Dragoman.
    """
    path = sqlite_path(where)
    if path is not None:
        _check_file(path, where, write)
    record = Record(display_name(where), make_engine(where, write), write)
    try:
        _prepare(record, path is not None)
    except BaseException:
        record.close()
        raise
    return record


def damage(record: Record) -> str | None:
    """The first thing wrong with the file of a SQLite record, or None. It reads the whole file."""
    if record.engine.dialect.name != "sqlite":
        return None
    with record.reading() as connection:
        found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    return None if found == "ok" else found


def exists(where: str) -> bool:
    """Whether there is a file that WHERE names, whatever it holds; for URLs always."""
    path = sqlite_path(where)
    return path is None or path.exists()


def _check_file(path: Path, where: str, write: bool) -> None:
    if path.is_dir():
        raise RecordError(f"{where}: this is a folder; name a file with --record")
    if not path.parent.is_dir():
        raise RecordError(f"{where}: the folder {path.parent} doesn't exist; make it first")
    if path.exists() and not path.is_file():
        raise RecordError(f"{where}: this is no ordinary file; name another with --record")
    if not path.exists() and not write:
        raise _missing(where)


def _missing(where: str) -> RecordError:
    return RecordError(f"{where}: there is no record; make one with `dragoman init` or `dragoman read PATHS`")


def _prepare(record: Record, is_sqlite: bool) -> None:
    """Check that the record is ours and of a revision that we know; when writing, make it so."""
    with record.reading() as connection:
        revision = _revision(connection, record.where, is_sqlite)
    if revision == REVISIONS[-1]:
        return
    if not record.writable:
        if revision is None:
            raise _missing(record.where)
        raise RecordError(
            f"{record.where}: the record is of an older Dragoman; run `dragoman init` to bring it forward"
        )
    if is_sqlite and revision is None:
        use_wal(record.where, record.engine)
    with record.migrating() as connection:
        if _revision(connection, record.where, is_sqlite) != REVISIONS[-1]:
            _check_encoding(connection, record.where, is_sqlite)
            _upgrade(connection)
            if is_sqlite:
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def _revision(connection: sa.Connection, where: str, is_sqlite: bool) -> str | None:
    """The record's revision, None where the database is empty. Raises RecordError where it is not ours or newer."""
    tables = set(sa.inspect(connection).get_table_names())
    if is_sqlite:
        owner = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if owner != APPLICATION_ID and (owner or tables):
            raise RecordError(f"{where}: this database belongs to another program; name another file with --record")
    if "alembic_version" not in tables:
        if "facts" in tables or "reports" in tables:
            raise RecordError(f"{where}: this database belongs to another program; name another with --record")
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is not None and "facts" not in tables:
        raise RecordError(f"{where}: this database belongs to another program; name another with --record")
    if found is not None and found not in REVISIONS:
        raise RecordError(
            f"{where}: the record was written by a newer Dragoman (revision {found}, this one knows {REVISIONS[-1]}); "
            "update Dragoman"
        )
    return found if found is None else str(found)


def _check_encoding(connection: sa.Connection, where: str, is_sqlite: bool) -> None:
    """A database of another encoding takes names and quotes of some languages only."""
    encoding = None if is_sqlite else connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding not in (None, "UTF8"):
        raise RecordError(
            f"{where}: the database's encoding is {encoding}; make one with CREATE DATABASE … ENCODING 'UTF8'"
        )


def _upgrade(connection: sa.Connection) -> None:
    """Bring the tables to the last revision, within the caller's transaction."""
    from alembic import command  # 0.2 s that only a new or old record costs
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
