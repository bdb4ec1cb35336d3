"""What is told of a record in PostgreSQL beside the tests that run on both databases: exports are those of SQLite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.facts import Answer, Date
from dragoman.lexicon import Lexicon
from dragoman.store.exports.formats import FORMATS
from dragoman.store.exports.job import Wanted
from dragoman.store.exports.run import export
from dragoman.store.query import FactFilter
from dragoman.store.record import Record, open_record
from dragoman.store.reports import report
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
