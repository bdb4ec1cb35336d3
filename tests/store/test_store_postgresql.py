"""A record in PostgreSQL, beside the tests that run on both databases: bad servers named, exports those of SQLite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from dragoman.errors import RecordError
from dragoman.facts import Answer, Date
from dragoman.lexicon import Lexicon
from dragoman.store.exports.formats import FORMATS
from dragoman.store.exports.job import Wanted
from dragoman.store.exports.run import export
from dragoman.store.query import FactFilter
from dragoman.store.record import Record, open_record
from dragoman.store.reports import report
from dragoman.store.verifying import verify
from dragoman.store.writing import add
from tests import made
from tests.store.test_store_query import STAMP

EVENTS = (
    made.event("r2", status="denied", date=Date.on("2020-05-04")),
    made.meeting("r2", background=True, date=Date("2019-01-01", "2019-12-31", "year")),
)


@pytest.fixture(scope="module")
def record(new_database: Callable[[], str]):
    with open_record(new_database(), write=True) as opened:
        add(opened, made.answer("r1"), STAMP)
        add(opened, Answer(made.report("r2", published=Date.on("2020-05-05")), events=EVENTS), STAMP)
        yield opened


def other_program(where: str) -> str:
    engine = sa.create_engine(where)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num text)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('ae1027a6acf')")
    engine.dispose()
    return where


def newer(where: str) -> str:
    with open_record(where, write=True) as record, record.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    return where


def guest(where: str) -> str:
    engine = sa.create_engine(where)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE guest LOGIN")
    engine.dispose()
    return where.replace("dragoman@", "guest@")


LATIN = "ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
ASCII = "ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"

BAD = [
    (lambda make: make() + "&port=1", r"there is no connection \(.*\); check that the server runs and that the URL's"),
    (
        lambda make: make().replace("/record", "/nosuch"),
        r"\(.*\); make the database or the user first, or name another",
    ),
    (lambda make: make().replace("dragoman@", "me:secret@"), "me:.*make the database or the user first"),
    (lambda make: other_program(make()), "this database belongs to another program"),
    (lambda make: newer(make()), r"written by a newer Dragoman \(revision 9999"),
    (lambda make: guest(make()), "this user may not do that; ask the database's owner for the rights"),
    (lambda make: make(LATIN), "the database's encoding is LATIN1; make one with CREATE DATABASE … ENCODING 'UTF8'"),
    (lambda make: make(ASCII), "the database's encoding is SQL_ASCII"),
]


@pytest.mark.parametrize(("spoil", "sentence"), BAD)
def test_what_is_no_good_database_is_refused_and_named(new_database, spoil, sentence: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RecordError, match=f"^postgresql.*{sentence}") as refused:
        open_record(spoil(new_database), write=True)
    assert "secret" not in str(refused.value)


def test_a_password_is_never_shown() -> None:
    for url in ("postgresql+psycopg://me:secret@host:port/x", "postgresql+nosuch://me:secret@host/x"):
        with pytest.raises(RecordError) as refused:
            open_record(url)
        assert "secret" not in str(refused.value)


def test_a_server_that_stops_in_the_middle_says_so(new_database: Callable[[], str]) -> None:
    where = new_database()
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}' AND pid <> pg_backend_pid()"
    admin = sa.create_engine(where.replace(name := where.split("/")[3].split("?")[0], "postgres"))
    with open_record(where, write=True) as record:
        add(record, made.answer("r1"), STAMP)
        with admin.connect() as other:
            other.exec_driver_sql(end.format(name))
        add(record, made.answer("r2"), STAMP)
        with pytest.raises(RecordError, match="the server was stopped; start it"), record.writing() as connection:
            connection.exec_driver_sql("DELETE FROM pairs")
            with admin.connect() as other:
                other.exec_driver_sql(end.format(name))
            connection.exec_driver_sql("DELETE FROM evidence")
        assert list(verify(record)) == []
    admin.dispose()


@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "parquet"])
def test_exports_are_those_of_sqlite(record: Record, tmp_path: Path, format_: str) -> None:
    """Rows are the same but for their order, their `seq` and the time of reading, which are the record's own."""
    period = {"date_from": "1994-01-01", "date_to": "1994-12-31"} if format_ == "dyad-month" else {}
    with open_record(str(tmp_path / "same.db"), write=True) as same:
        for stored in ("r1", "r2"):
            read = report(record, stored).report
            add(same, made.answer("r1", report=read) if stored == "r1" else Answer(read, events=EVENTS), STAMP)
        rows = [_rows(one, tmp_path, format_, FactFilter(**period)) for one in (record, same)]
        assert sorted(rows[0]) == sorted(rows[1])
        assert rows[0]
    day = FactFilter(**period, as_of="1999-12-31")
    assert len(_rows(record, tmp_path, format_, day)) <= 1


def _rows(record: Record, folder: Path, format_: str, filters: FactFilter) -> list[str]:
    wanted = Wanted(filters, report_day=format_ == "dyad-month")
    export(record, format_, folder / "out", wanted, Lexicon(), "codebook", force=True)
    lines = (folder / "out").read_text(encoding="utf-8").splitlines()
    return [line.split("\t", 1)[1].replace(*_read_at(line)) for line in lines] if format_ == "gdelt" else lines


def _read_at(line: str) -> tuple[str, str]:
    return (line.split("\t")[59], "")
