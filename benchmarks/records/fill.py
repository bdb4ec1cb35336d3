"""Fill a record with made-up reports, by the store's own writer, until it holds so many facts.

Reports are made in other processes and written in order, so the record is the same however often filling was broken
off: the next report's number is that of the last one written. What only many rows make worth while is done by hand:
indexes are made at the end, and the word index takes more at once.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from benchmarks.records.reports import LEAST_FACTS, answer
from benchmarks.records.world import World, world
from dragoman.store.query import latest_seq
from dragoman.store.record import Record
from dragoman.store.tables import METADATA, REPORTS
from dragoman.store.writing import Prepared, Stamp, add_prepared, prepare

STAMP: Final = Stamp("made", "made")
AT_ONCE: Final = 100
"""Reports made by a process in one go."""

BATCHES: Final = 10
"""Batches written in one transaction."""

_AHEAD: Final = 24
"""Batches made before they are asked for: more would fill the memory where writing is slower."""

_NEEDED: Final = frozenset({"ix_pairs_seq"})
"""Indexes that writing itself walks along."""

_WORD_INDEXES: Final = ("fact_words", "sentence_words")
_HASH_BYTES: Final = {"more": 96 * 1024**2, "usual": 1024**2}

_the_world: Final = lru_cache(1)(world)


def fill(record: Record, facts: int, processes: int, at_once: int = AT_ONCE) -> Iterator[tuple[int, int]]:
    """Add reports until RECORD holds FACTS; after each transaction tells (reports, facts) that it holds.

    PROCESSES make reports, AT_ONCE in one go; at the end of one such piece RECORD may hold somewhat more.
    """
    held = latest_seq(record)
    if held >= facts:
        _hash(record, "usual")  # it may have been broken off at the end
        _make_indexes(record)
        return
    with _in_bulk(record, facts - held > max(held, 50_000)):
        first = last_report(record) + 1
        batches: list[Prepared] = []
        for prepared in _made(first, (facts - held) // LEAST_FACTS + at_once, processes, at_once):
            batches += prepared
            if len(batches) >= at_once * BATCHES:
                add_prepared(record, batches)
                batches = []
                held = latest_seq(record)
                yield last_report(record), held
                if held >= facts:
                    return
        if batches:
            add_prepared(record, batches)
            yield last_report(record), latest_seq(record)


def last_report(record: Record) -> int:
    """The number of the report that was written last, -1 where there is none: each has a row of its own."""
    with record.reading() as connection:
        return int(connection.scalar(sa.select(sa.func.max(REPORTS.c.key))) or 0) - 1


def _made(first: int, number: int, processes: int, at_once: int) -> Iterator[list[Prepared]]:
    """NUMBER or some more reports from the one numbered FIRST, in order."""
    waiting: deque[Future[list[Prepared]]] = deque()
    with ProcessPoolExecutor(processes) as pool:
        try:
            for start in range(first, first + number, at_once):
                waiting.append(pool.submit(_batch, start, at_once))
                if len(waiting) >= _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _batch(start: int, number: int) -> list[Prepared]:
    made: World = _the_world()
    return [prepare(answer(made, at), STAMP) for at in range(start, start + number)]


@contextmanager
def _in_bulk(record: Record, without_indexes: bool) -> Iterator[None]:
    """Write without waiting for the disk and, where the record grows manifold, without indexes until the end."""
    if without_indexes:
        _drop_indexes(record)
    listener = _hurry_sqlite if record.engine.dialect.name == "sqlite" else _hurry_postgresql
    record.engine.dispose()
    sa.event.listen(record.engine, "connect", listener)
    _hash(record, "more")
    try:
        yield
    finally:
        sa.event.remove(record.engine, "connect", listener)
        _hash(record, "usual")
    _make_indexes(record)
    record.engine.dispose()


def _hurry_sqlite(connection: Any, _: object) -> None:
    for pragma in ("synchronous=OFF", "cache_size=-1500000", "wal_autocheckpoint=20000", "temp_store=FILE"):
        connection.execute(f"PRAGMA {pragma}")


def _hurry_postgresql(connection: Any, _: object) -> None:
    """The writer makes both ends of every link, so they needn't be looked up; the pairs' trigger runs all the same."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET synchronous_commit = off")
    connection.commit()


def _hash(record: Record, which: str) -> None:
    with record.writing() as connection:
        if connection.dialect.name == "sqlite":
            for name in _WORD_INDEXES:
                statement = f"INSERT INTO {name}({name}, rank) VALUES ('hashsize', {_HASH_BYTES[which]})"
                connection.exec_driver_sql(statement)
        else:
            always = "ALWAYS " if which == "more" else ""
            connection.exec_driver_sql(f"ALTER TABLE facts ENABLE {always}TRIGGER pairs_follow")


def _drop_indexes(record: Record) -> None:
    with record.writing() as connection:
        for table in METADATA.sorted_tables:
            for index in table.indexes - {i for i in table.indexes if i.name in _NEEDED}:
                index.drop(connection, checkfirst=True)
        if connection.dialect.name == "postgresql":
            for name in _WORD_INDEXES:
                connection.exec_driver_sql(f"DROP INDEX IF EXISTS ix_{name}_words")


def _make_indexes(record: Record) -> None:
    """Make the indexes that are missing, and let the database count what it plans by."""
    with record.writing() as connection:
        postgresql = connection.dialect.name == "postgresql"
        if postgresql:
            connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '2GB'")
        for table in METADATA.sorted_tables:
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                index.create(connection, checkfirst=True)
        if postgresql:
            for name in _WORD_INDEXES:
                connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS ix_{name}_words ON {name} USING gin (words)")
            connection.exec_driver_sql("ANALYZE")


def cores() -> int:
    """Processes that may make reports while one writes."""
    return max(1, (os.cpu_count() or 1) - 1)
