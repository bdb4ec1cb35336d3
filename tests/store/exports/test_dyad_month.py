"""Dyad-months: every month is there, every count is that of the record, statuses stay apart."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

import pytest

from dragoman.errors import QueryError
from dragoman.facts import PLOVER_TYPES, Actor, Answer, Date
from dragoman.store.query import FactFilter, facts
from dragoman.store.record import Record
from dragoman.store.writing import add
from tests import made
from tests.store.exports.conftest import STAMP, Write, Written

Row = dict[str, str]
PERIOD: dict[str, Any] = {"date_from": "1994-01-01", "date_to": "1994-04-30"}


def rows(done: Written) -> list[Row]:
    return list(csv.DictReader(io.StringIO(done.text)))


def some(done: Written) -> list[tuple[str, ...]]:
    """Month, source, target, status and number of rows with events."""
    found = [row for row in rows(done) if row["events"] != "0"]
    return [(row["month"], row["source"], row["target"], row["status"], row["events"]) for row in found]


def test_every_month_direction_and_status_has_a_row(of_record: Write) -> None:
    found = rows(of_record("dyad-month", **PERIOD))
    keys = [(row["month"], row["source"], row["target"], row["status"]) for row in found]
    months = ["1994-01", "1994-02", "1994-03", "1994-04"]
    expected = {(month, "DEU", "FRA", status) for month in months for status in ("happened", "claimed")}
    assert len(keys) == len(set(keys))
    assert {key for key in keys if key[1:3] == ("DEU", "FRA")} == expected
    assert {(row["direction"], row["reports_read"]) for row in found if row["month"] == "1994-03"} == {
        ("directed", "1")
    }
    assert {row["reports_read"] for row in found if row["month"] == "1994-04"} == {"0"}
    assert {row["intensity_mean"] for row in found if row["events"] == "0"} == {""}


def test_what_two_do_together_counts_each_way_and_once_undirected(of_record: Write) -> None:
    assert some(of_record("dyad-month", **PERIOD)) == [
        ("1994-03", "DEU", "FRA", "happened", "1"),
        ("1994-03", "FRA", "DEU", "happened", "1"),
    ]
    done = of_record("dyad-month", undirected=True, **PERIOD)
    assert some(done) == [("1994-03", "DEU", "FRA", "happened", "1")]
    (row,) = [row for row in rows(done) if row["events"] == "1"]
    assert (row["support"], row["verbal_cooperation"], row["intensity_sum"], row["goldstein_mean"]) == (
        "1",
        "1",
        "5.0",
        "8.0",
    )
    assert row["direction"] == "undirected"


def test_statuses_are_never_added_up(record: Record, of_record: Write) -> None:
    for number, status in enumerate(("happened", "claimed", "denied", "scheduled"), 2):
        event = made.meeting(f"r{number}", status=status, date=Date.on("1994-03-02"))
        add(record, Answer(made.report(f"r{number}"), events=(event,)), STAMP)
    found = some(of_record("dyad-month", pair=("CAN", "GHA"), **PERIOD))
    assert found == [
        ("1994-03", "CAN", "GHA", status, "1") for status in ("happened", "scheduled", "denied", "claimed")
    ]
    only = rows(of_record("dyad-month", pair=("CAN", "GHA"), statuses=("claimed",), **PERIOD))
    assert {row["status"] for row in only} == {"claimed"}


def test_events_that_are_in_no_month_are_told(record: Record, of_record: Write) -> None:
    dates = (Date.unknown(), Date("1994-02-20", "1994-03-03", "interval"), Date.on("1989-01-01"))
    for number, date in enumerate(dates, 2):
        add(record, Answer(made.report(f"r{number}"), events=(made.event(f"r{number}", date=date),)), STAMP)
    add(record, Answer(made.report("r9"), events=(made.event("r9", background=True),)), STAMP)
    left = of_record("dyad-month", **PERIOD).about["left_out"]
    assert left == {"date not within one month": 3, "outside the period": 1, "background": 1}


def test_the_reports_month_when_asked_for(record: Record, of_record: Write) -> None:
    event = made.event("r2", date=Date(None, "1994-04-08", "interval", True, "report"))
    add(record, Answer(made.report("r2"), events=(event,)), STAMP)
    assert len(some(of_record("dyad-month", **PERIOD))) == 2
    assert len(some(of_record("dyad-month", report_day=True, **PERIOD))) == 4


def test_a_pair_that_is_asked_for_is_there_without_events(of_record: Write) -> None:
    found = rows(of_record("dyad-month", pair=("USA", "CUB"), statuses=("happened",), **PERIOD))
    assert [(row["source"], row["target"]) for row in found[::4]] == [("CUB", "USA"), ("USA", "CUB")]
    assert len(found) == 8
    assert {row["events"] for row in found} == {"0"}


def test_without_a_period_it_runs_over_the_reports_read(record: Record, of_record: Write) -> None:
    add(record, Answer(made.report("r2", published=Date.on("1993-12-31"))), STAMP)
    months = {row["month"] for row in rows(of_record("dyad-month"))}
    assert months == {"1993-12", "1994-01", "1994-02", "1994-03"}


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ({"date_from": "1994-01-02"}, "1994-01-02: dyad-month counts whole months"),
        ({"date_to": "1994-02-27"}, "such as 1994-02-28"),
    ],
)
def test_half_months_are_refused(of_record: Write, filters: dict[str, str], sentence: str) -> None:
    with pytest.raises(QueryError, match=sentence):
        of_record("dyad-month", **filters)


def test_sums_are_those_of_the_record(of_sample: Write, sample_record: Record) -> None:
    expected: Counter[tuple[str, ...]] = Counter()
    for fact in facts(sample_record, FactFilter(kinds=("event",), background=False)):
        start, end = fact.date.start, fact.date.end
        if not (start and end and start[:7] == end[:7] and "1971-07" <= start[:7] <= "2018-06"):
            continue
        sides = [{a["country"] for a in fact.payload[side] if a["country"]} for side in ("source", "target")]  # type: ignore[attr-defined]
        together = fact.payload["reciprocal"]
        ways = {(a, b) for a in sides[0] for b in sides[0 if together else 1] if a != b}
        unordered = {tuple(sorted(way)) for way in ways}
        ways = {way for way in ways if together or way[::-1] not in ways} | {
            way for pair in unordered for way in (pair, pair[::-1]) if together or {pair, pair[::-1]} <= ways
        }  # type: ignore[assignment]
        for way in ways:
            expected[(start[:7], *way, str(fact.status), str(fact.type))] += 1
    found: Counter[tuple[str, ...]] = Counter()
    for row in rows(of_sample("dyad-month")):
        assert int(row["events"]) == sum(int(row[name.lower()]) for name in PLOVER_TYPES)
        for name in PLOVER_TYPES:
            key = (row["month"], row["source"], row["target"], row["status"], name)
            found[key] += int(row[name.lower()])
    assert +found == expected
    assert sum(expected.values()) > 50


def test_one_country_makes_no_pair(record: Record, of_record: Write) -> None:
    home = made.meeting("r2", source=(Actor("police", "FRA"),), target=(Actor("workers", "FRA"),), date=made.DAY)
    add(record, Answer(made.report("r2"), events=(home,)), STAMP)
    assert not [row for row in rows(of_record("dyad-month", **PERIOD)) if row["source"] == row["target"]]
