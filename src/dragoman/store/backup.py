"""A copy of a record, of one moment, while others go on reading and writing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from dragoman.errors import RecordError
from dragoman.store.copying import copy
from dragoman.store.engine import sentence, sqlite_path
from dragoman.store.record import Record
from dragoman.store.whole import whole_record


def backup(record: Record, path: Path, force: bool = False, progress: Callable[[int], None] | None = None) -> None:
    """Write the record to the SQLite file PATH, whole or not at all. Of a record in PostgreSQL it is a copy row by row.

    Raises RecordError where the file is there and FORCE isn't given, is the record itself, or can't be written.
    """
    own = sqlite_path(record.where)
    if own is not None and path.exists() and own.exists() and path.samefile(own):
        raise RecordError(f"{path}: this is the record itself; name another file")
    if own is None:
        copy(record, str(path), force, progress)
        return
    with whole_record(path, force) as part:
        _page_by_page(record, part, path)


def _page_by_page(record: Record, part: Path, path: Path) -> None:
    """SQLite's own way, in one step: in more steps it would begin again whenever somebody writes."""
    try:
        with record.reading() as reading, closing(sqlite3.connect(part)) as target:
            source = reading.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(target)
            found = target.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise sentence(str(path), error) from error
    if found != "ok":
        raise RecordError(f"{path}: the backup is damaged ({found}), nothing is kept; run `dragoman verify`")
