"""The same record in PostgreSQL; runs where DRAGOMAN_TEST_POSTGRESQL names an empty database by URL."""

from __future__ import annotations

import os

import pytest

from dragoman.facts import Answer, Date
from dragoman.store.query import ORDERS, FactFilter, count, counts, facts, latest_seq
from dragoman.store.record import Record, open_record
from dragoman.store.reports import report
from dragoman.store.writing import add
from tests import made
from tests.store.test_store_query import CASES, STAMP

URL = os.environ.get("DRAGOMAN_TEST_POSTGRESQL", "")
pytestmark = pytest.mark.skipif(not URL, reason="DRAGOMAN_TEST_POSTGRESQL names no database")


@pytest.fixture(scope="module")
def record():
    with open_record(URL, write=True) as opened:
        add(opened, made.answer("r1"), STAMP)
        events = (
            made.event("r2", status="denied", date=Date.on("2020-05-04")),
            made.meeting("r2", background=True, date=Date("2019-01-01", "2019-12-31", "year")),
        )
        add(opened, Answer(made.report("r2", published=Date.on("2020-05-05")), events=events), STAMP)
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
