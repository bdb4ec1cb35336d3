"""The same record in PostgreSQL; runs where DRAGOMAN_TEST_POSTGRESQL names an empty database by URL."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dragoman.facts import Answer, Date
from dragoman.lexicon import Lexicon
from dragoman.store.exports.formats import FORMATS
from dragoman.store.exports.job import Wanted
from dragoman.store.exports.run import export
from dragoman.store.query import ORDERS, FactFilter, count, counts, facts, latest_seq
from dragoman.store.record import Record, open_record
from dragoman.store.reports import report
from dragoman.store.writing import add
from tests import made
from tests.store.test_store_query import CASES, STAMP

URL = os.environ.get("DRAGOMAN_TEST_POSTGRESQL", "")
pytestmark = pytest.mark.skipif(not URL, reason="DRAGOMAN_TEST_POSTGRESQL names no database")

EVENTS = (
    made.event("r2", status="denied", date=Date.on("2020-05-04")),
    made.meeting("r2", background=True, date=Date("2019-01-01", "2019-12-31", "year")),
)


@pytest.fixture(scope="module")
def record():
    with open_record(URL, write=True) as opened:
        add(opened, made.answer("r1"), STAMP)
        add(opened, Answer(made.report("r2", published=Date.on("2020-05-05")), events=EVENTS), STAMP)
        yield opened


@pytest.mark.parametrize(("filters", "number"), CASES)
def test_filters_find_the_same(record: Record, filters: FactFilter, number: int) -> None:
    assert len(list(facts(record, filters))) == number == count(record, filters)


@pytest.mark.parametrize("order", ORDERS)
def test_pages_join_to_the_whole(record: Record, order: str) -> None:
    pages, last = [], None
    while page := list(facts(record, after_seq=last, limit=2, order=order)):  # type: ignore[arg-type]
        pages += page
        last = page[-1].seq
    assert pages == list(facts(record, order=order))  # type: ignore[arg-type]


def test_reports_come_back_and_change_in_versions(record: Record) -> None:
    assert report(record, "r1").report == made.report()
    before = counts(record)
    assert not add(record, made.answer("r1"), STAMP).new
    assert add(record, made.answer("r1", report=made.report(text=made.TEXT + " More.")), STAMP).version == 2
    assert counts(record) == before
    assert latest_seq(record) == 16


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
