"""Numbers over time: what lies in one month is counted there, statuses and background apart, the rest nowhere."""

from __future__ import annotations

import pytest

from dragoman.facts import Answer, Date
from dragoman.store.query import FactFilter
from dragoman.store.record import open_record
from dragoman.store.series import MonthCount, OutletCount, months, outlets, reports_by_month
from dragoman.store.writing import Stamp, add
from tests import made

STAMP = Stamp("0.1", "lex")


@pytest.fixture
def record(new_record: str):
    with open_record(new_record, write=True) as opened:
        events = (
            made.event(date=Date.on("1994-03-01")),
            made.event(id="e-2", date=Date("1994-03-01", "1994-03-31", "month")),
            made.event(id="e-3", status="denied"),
            made.event(id="e-4", background=True),
            made.event(id="e-5", date=Date("1994-01-01", "1994-12-31", "year")),
            made.event(id="e-6", date=Date(None, "1994-03-07", "interval")),
            made.meeting(date=Date.on("1994-04-01")),
        )
        add(opened, made.answer("r1", events=events), STAMP)
        add(opened, Answer(made.report("r2", outlet=None, published=Date("1994-01-01", "1994-12-31", "year"))), STAMP)
        add(opened, Answer(made.report("r3", published=Date.on("1995-05-05"))), STAMP)
        yield opened


def test_events_by_month(record) -> None:  # type: ignore[no-untyped-def]
    assert months(record) == [
        MonthCount("1994-03", "SUPPORT", "denied", 1),
        MonthCount("1994-03", "SUPPORT", "happened", 2),
        MonthCount("1994-04", "CONSULT", "claimed", 1),
    ]
    assert months(record, FactFilter(pair=("CAN", "GHA"))) == [MonthCount("1994-04", "CONSULT", "claimed", 1)]


def test_reports_by_month_and_outlet(record) -> None:  # type: ignore[no-untyped-def]
    assert reports_by_month(record) == {"1994-03": 1, "1995-05": 1}
    assert outlets(record) == [
        OutletCount("Morning Wire", 2, "1994-03-08", "1995-05-05"),
        OutletCount(None, 1, "1994-01-01", "1994-12-31"),
    ]
