"""A record moved whole into another database: all rows of one moment, or nothing.

The rows are read back and compared by number and by checksum before the copy is kept. A copy into PostgreSQL is one
transaction; one into SQLite is a file that gets its name when it is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

import sqlalchemy as sa

from dragoman.errors import RecordError
from dragoman.store.derived import kept_tables, rebuild
from dragoman.store.engine import copy_rows, display_name, sqlite_path
from dragoman.store.record import Record, open_record
from dragoman.store.whole import whole_record

AT_ONCE: Final = 2000
"""Rows fetched in one go; also how often progress is told."""

_DIGEST_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Copied:
    """A table that was copied: its rows, and their checksum, in which their order doesn't count."""

    table: str
    rows: int
    checksum: str


def copy(
    source: Record, target: str, force: bool = False, progress: Callable[[int], None] | None = None
) -> list[Copied]:
    """Copy the record SOURCE to TARGET, a path or URL; PROGRESS is told how many rows are copied.

    A file must not be there yet, or FORCE be given; a database must hold no record, or an empty one. Raises RecordError
    where that isn't so, where the copy differs from its source, or where it can't be written; then nothing is kept.
    """
    path = sqlite_path(target)
    if path is not None:
        with whole_record(path, force) as part:
            return _copy_into(source, str(part), target, progress)
    if display_name(target) == source.where:
        raise RecordError(f"{source.where}: a record can't be copied into itself; name another database")
    return _copy_into(source, target, display_name(target), progress)


def checksums(record: Record) -> list[Copied]:
    """Rows and checksums of all tables of a record, as `copy` compares them."""
    with record.reading() as connection:
        return [_read(connection, table) for table in kept_tables()]


def _copy_into(source: Record, where: str, shown: str, progress: Callable[[int], None] | None) -> list[Copied]:
    with (
        open_record(where, write=True) as target,
        source.reading() as reading,
        target.writing() as writing,
    ):
        if held := [table.name for table in kept_tables() if writing.execute(sa.select(table).limit(1)).first()]:
            raise RecordError(f"{shown}: there is a record with {', '.join(held)} in it; name an empty database")
        done: list[Copied] = []
        for table in kept_tables():
            before = sum(copied.rows for copied in done)
            done.append(_copy_table(table, reading, writing, shown, _from(before, progress)))
        _continue_keys(writing)
        rebuild(writing)
        return done


def _from(before: int, progress: Callable[[int], None] | None) -> Callable[[int], None] | None:
    return None if progress is None else lambda number: progress(before + number)


def _copy_table(
    table: sa.Table,
    reading: sa.Connection,
    writing: sa.Connection,
    shown: str,
    progress: Callable[[int], None] | None,
) -> Copied:
    sum_ = _Sum()
    copy_rows(writing, table, table.c.keys(), sum_.over(_rows(reading, table), progress))
    written = sum_.of(table)
    found = _read(writing, table)
    if found != written:
        raise RecordError(
            f"{shown}: of {written.rows} rows of {table.name} {found.rows} were found again, or not as they were "
            f"written (checksum {found.checksum}, not {written.checksum}); nothing is kept, try again on another disk"
        )
    return written


def _read(connection: sa.Connection, table: sa.Table) -> Copied:
    sum_ = _Sum()
    for _ in sum_.over(_rows(connection, table), None):
        pass
    return sum_.of(table)


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[tuple[Any, ...]]:
    """All rows in the order of their keys, JSON as the very text that is stored."""
    columns = [sa.cast(column, sa.Text) if isinstance(column.type, sa.JSON) else column for column in table.c]
    statement = sa.select(*columns).order_by(*table.primary_key.columns).execution_options(yield_per=AT_ONCE)
    return (tuple(row) for row in connection.execute(statement))


class _Sum:
    """Number and checksum of rows that pass by. Databases order text each in its own way, so order doesn't count."""

    def __init__(self) -> None:
        self.rows = 0
        self.total = 0

    def over(
        self, rows: Iterator[tuple[Any, ...]], progress: Callable[[int], None] | None
    ) -> Iterator[tuple[Any, ...]]:
        for row in rows:
            self.rows += 1
            self.total += int.from_bytes(blake2b(repr(row).encode("utf-8"), digest_size=_DIGEST_BYTES).digest(), "big")
            if progress and self.rows % AT_ONCE == 0:
                progress(self.rows)
            yield row

    def of(self, table: sa.Table) -> Copied:
        return Copied(table.name, self.rows, f"{self.total % 256**_DIGEST_BYTES:0{2 * _DIGEST_BYTES}x}")


def _continue_keys(connection: sa.Connection) -> None:
    """PostgreSQL counts on from the highest key; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in kept_tables():
        column = table.autoincrement_column
        if column is not None:
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            highest = sa.select(sa.func.max(column)).scalar_subquery()
            last = sa.func.coalesce(highest, 1)
            connection.execute(sa.select(sa.func.setval(sequence, last, highest.is_not(None))))
