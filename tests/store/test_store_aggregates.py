"""What plots are made of: counts by date, actor, pair and place, each of one status, background left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from dragoman.facts import Actor, Agreement, Answer, Date, fact_id
from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.store.aggregates import (
    ActorCount,
    DateCount,
    Extent,
    PairTypeCount,
    PlaceCount,
    agreement_steps,
    by_actor,
    by_date,
    by_pair,
    by_place,
    extent,
)
from dragoman.store.record import Record, open_record
from dragoman.store.search.parser import parse
from dragoman.store.search.syntax import EVERYTHING
from dragoman.store.writing import Stamp, add
from tests import made

STAMP = Stamp("0.1", "lex")
MARCH = Date("1994-03-01", "1994-03-31", "month")
NAMES = Names(Lexicon())


@pytest.fixture
def record(new_record: str):  # type: ignore[no-untyped-def]
    with open_record(new_record, write=True) as opened:
        events = (
            made.event(),
            made.event(id="e-2", date=MARCH),
            made.event(id="e-3", status="denied"),
            made.event(id="e-4", background=True),
            made.event(id="e-5", date=Date.unknown(), source=(Actor("France", "FRA"), Actor("the allies"))),
            made.meeting(),
        )
        add(opened, made.answer("r1", events=events), STAMP)
        add(opened, Answer(made.report("r2"), events=(made.meeting("r2", place=None),)), STAMP)
        yield opened


def test_events_by_date(record: Record) -> None:
    week = Date("1994-02-28", "1994-03-06", "week")
    assert sorted(by_date(record, EVERYTHING), key=str) == sorted(
        [
            DateCount(Date(None, None, "unknown"), "SUPPORT", "happened", 1),
            DateCount(week, "CONSULT", "claimed", 2),
            DateCount(MARCH, "SUPPORT", "happened", 1),
            DateCount(Date("1994-03-07", "1994-03-07", "day"), "SUPPORT", "denied", 1),
            DateCount(Date("1994-03-07", "1994-03-07", "day"), "SUPPORT", "happened", 1),
        ],
        key=str,
    )
    assert by_date(record, parse("FRA DEU status:denied", NAMES)) == [
        DateCount(Date("1994-03-07", "1994-03-07", "day"), "SUPPORT", "denied", 1)
    ]


def test_events_by_who_acts_count_once_for_each(record: Record) -> None:
    found = {(c.country, c.name, c.status): c.number for c in by_actor(record, EVERYTHING)}
    assert found == {
        ("CAN", None, "claimed"): 2,
        ("DEU", None, "denied"): 1,
        ("DEU", None, "happened"): 2,
        ("FRA", None, "denied"): 1,
        ("FRA", None, "happened"): 3,
        (None, "the allies", "happened"): 1,
    }
    assert by_actor(record, parse("CAN GHA", NAMES)) == [ActorCount("CAN", None, "CONSULT", "claimed", 2)]


def test_events_by_pair(record: Record) -> None:
    assert by_pair(record, EVERYTHING) == [
        PairTypeCount("CAN", "GHA", "CONSULT", "claimed", 2),
        PairTypeCount("DEU", "FRA", "SUPPORT", "denied", 1),
        PairTypeCount("DEU", "FRA", "SUPPORT", "happened", 2),
    ]


def test_events_by_place_are_at_a_point_only_where_the_report_gives_one(record: Record) -> None:
    found = {(c.name, c.lat, c.lon, c.status): c.number for c in by_place(record, EVERYTHING)}
    assert found == {
        ("Accra", 5.55, -0.2, "claimed"): 1,
        (None, None, None, "claimed"): 1,
        (None, None, None, "denied"): 1,
        (None, None, None, "happened"): 3,
    }
    assert by_place(record, parse("place:Accra", NAMES)) == [PlaceCount("Accra", 5.55, -0.2, "CONSULT", "claimed", 1)]


def test_how_much_there_is(record: Record) -> None:
    assert extent(record, EVERYTHING) == Extent(6, 2)
    assert extent(record, EVERYTHING, statuses=frozenset({"happened"})) == Extent(3, 1)
    assert extent(record, EVERYTHING, "agreement") == Extent(1, 1)
    assert extent(record, parse("USA CHN", NAMES)) == Extent(0, 0)


def test_steps_of_agreements_have_their_parties_and_reports(record: Record) -> None:
    agreement = Agreement(
        id=fact_id("r3", "agreement", 1),
        name="the Elbe accord",
        parties=(),
        status="ratified",
        evidence=made.proof("signed the Elbe accord"),
        date=Date.unknown(),
    )
    add(record, Answer(made.report("r3"), agreements=(agreement,)), STAMP)
    steps = [(s.name, s.parties, s.status, s.date.start, s.report) for s in agreement_steps(record, EVERYTHING)]
    assert steps == [
        ("the Elbe accord", ("DEU", "FRA"), "signed", "1994-03-07", "r1"),
        ("the Elbe accord", (), "ratified", None, "r3"),
    ]


def plans_of(record: Record, ask: Callable[..., object]) -> list[str]:
    """How SQLite carries out what ASK asks of two countries."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    sa.event.listen(record.engine, "before_cursor_execute", note)
    ask(record, parse("FRA DEU", NAMES))
    sa.event.remove(record.engine, "before_cursor_execute", note)
    selects = [pair for pair in asked if pair[0].lstrip().upper().startswith("SELECT")]
    with record.reading() as connection:
        return [
            str(row[-1])
            for sql, given in selects
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)
        ]


@pytest.mark.parametrize("ask", [by_date, by_actor, by_pair, by_place, agreement_steps, extent])
def test_what_is_asked_of_a_pair_walks_the_index(record: Record, ask: Callable[..., object]) -> None:
    if record.engine.dialect.name != "sqlite":
        pytest.skip("the plan of SQLite")
    plan = plans_of(record, ask)
    assert any("SEARCH pairs USING" in step for step in plan), plan
    assert not [
        step for step in plan if step.startswith(("SCAN facts", "SCAN pairs", "SCAN reports", "SCAN fact_actors"))
    ]


def test_within_a_period_counts_only_what_is_known_to_lie_there(record: Record) -> None:
    march = ("1994-03-01", "1994-03-31")
    assert extent(record, EVERYTHING, within=march) == Extent(3, 1)
    assert {(c.low, c.high, c.status): c.number for c in by_pair(record, EVERYTHING, march)} == {
        ("DEU", "FRA", "denied"): 1,
        ("DEU", "FRA", "happened"): 2,
    }
    assert sum(c.number for c in by_place(record, EVERYTHING, ("1994-03-07", "1994-03-07"))) == 2
    assert by_actor(record, EVERYTHING, ("1995-01-01", "1995-12-31")) == []
