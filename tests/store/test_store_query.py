"""Questions about facts: every filter by itself, then paging, order and counting."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from dragoman.errors import QueryError, RecordError
from dragoman.facts import Answer, Date
from dragoman.store import query
from dragoman.store.points import pair_events
from dragoman.store.query import FactFilter, count, counts, fact, facts, latest_seq, pairs
from dragoman.store.record import Record, open_record
from dragoman.store.reports import recent, report
from dragoman.store.tokens import add_token, token_allows
from dragoman.store.writing import Stamp, add
from tests import made

STAMP = Stamp("0.1", "lex")


@pytest.fixture(scope="module")
def record(module_record: str):
    with open_record(module_record, write=True) as opened:
        add(opened, made.answer("r1"), STAMP)
        late = made.report("r2", published=Date.on("2020-05-05"))
        events = (
            made.event("r2", status="denied", date=Date.on("2020-05-04")),
            made.meeting("r2", background=True, date=Date("2019-01-01", "2019-12-31", "year")),
        )
        add(opened, Answer(late, events=events), STAMP)
        yield opened


CASES = [
    (FactFilter(), 9),
    (FactFilter(kinds=("event",)), 4),
    (FactFilter(kinds=("event", "office")), 5),
    (FactFilter(types=("CONSULT",)), 2),
    (FactFilter(statuses=("denied",)), 1),
    (FactFilter(statuses=("signed",)), 1),
    (FactFilter(background=True), 1),
    (FactFilter(background=False), 8),
    (FactFilter(pair=("FRA", "DEU")), 3),
    (FactFilter(pair=("DEU", "FRA"), directed=True), 3),
    (FactFilter(pair=("CAN", "GHA"), directed=True), 2),
    (FactFilter(pair=("GHA", "CAN"), directed=True), 0),
    (FactFilter(pair=("GHA", "CAN")), 2),
    (FactFilter(pair=("GHA", "FRA")), 2),
    (FactFilter(pair=("GHA", "DEU")), 0),
    (FactFilter(country="DEU"), 3),
    (FactFilter(actor="marie duval"), 2),
    (FactFilter(actor="Duval Marie"), 0),
    (FactFilter(report="r2"), 2),
    (FactFilter(report="r9"), 0),
    (FactFilter(date_from="1994-03-06", date_to="1994-03-06"), 1),
    (FactFilter(date_from="1994-03-07"), 6),
    (FactFilter(date_to="1994-02-28"), 1),
    (FactFilter(date_from="2019-06-01", date_to="2019-06-30"), 1),
    (FactFilter(published_from="2000-01-01"), 2),
    (FactFilter(published_to="2000-01-01"), 7),
    (FactFilter(words="trucks"), 2),
    (FactFilter(words="accra canada"), 3),
    (FactFilter(words='"ghana in accra"'), 3),
    (FactFilter(words='"accra in ghana"'), 0),
    (FactFilter(words="deliver", kinds=("transfer",), country="FRA"), 1),
    (FactFilter(min_confidence=0.0), 9),
    (FactFilter(min_confidence=0.5), 9),
    (FactFilter(min_confidence=0.51), 7),
    (FactFilter(min_confidence=0.9, kinds=("event",)), 2),
    (FactFilter(min_confidence=1.0, pair=("FRA", "DEU")), 1),
]


@pytest.mark.parametrize(("filters", "number"), CASES)
def test_filters(record: Record, filters: FactFilter, number: int) -> None:
    found = list(facts(record, filters))
    assert len(found) == number == count(record, filters)
    assert [item.seq for item in found] == sorted(item.seq for item in found)


@pytest.mark.parametrize("order", ["seq", "-seq", "date", "-date"])
def test_pages_join_to_the_whole_in_every_order(record: Record, order: str) -> None:
    whole = list(facts(record, order=order))  # type: ignore[arg-type]
    pages, last = [], None
    while page := list(facts(record, after_seq=last, limit=2, order=order)):  # type: ignore[arg-type]
        pages += page
        last = page[-1].seq
    assert pages == whole
    assert len(whole) == 9


def test_order_by_date_puts_the_unknown_first(record: Record) -> None:
    starts = [item.date.start or "" for item in facts(record, order="date")]
    assert starts == sorted(starts)
    assert starts[0] == ""


def test_counts(record: Record) -> None:
    found = counts(record)
    assert (found.reports, found.facts, found.background) == (2, 9, 1)
    assert found.types == {"SUPPORT": 2, "CONSULT": 1}
    assert found.statuses == {"happened": 1, "claimed": 1, "denied": 1}
    assert latest_seq(record) == 9


def test_pairs_of_one_country(record: Record) -> None:
    assert [(pair.low, pair.high, pair.facts, pair.happened) for pair in pairs(record, "DEU")] == [("DEU", "FRA", 3, 1)]
    assert [(pair.low, pair.high) for pair in pairs(record, limit=1)] == [("DEU", "FRA")]


def test_one_fact_by_its_id(record: Record) -> None:
    found = fact(record, made.event("r1").id)
    assert found is not None
    assert found.line()["cameo"] == "057"
    assert fact(record, "e-none") is None


def test_missing_reports_and_versions_are_named(record: Record) -> None:
    with pytest.raises(RecordError, match="there is no report 'r9'"):
        report(record, "r9")
    with pytest.raises(RecordError, match="has no version 3; there are 1"):
        report(record, "r1", 3)
    assert [(head.id, head.facts) for head in recent(record)] == [("r2", 2), ("r1", 7)]
    assert [head.id for head in recent(record, before_key=2)] == ["r1"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kinds": ("evnt",)}, "kind: 'evnt' is none of event, statement"),
        ({"types": ("WAR",)}, "type: 'WAR' is none of"),
        ({"statuses": ("done",)}, "status: 'done' is none of"),
        ({"pair": ("FRA", "de")}, "country: 'de' is no three-letter code"),
        ({"date_from": "1994-3-7"}, "date_from: '1994-3-7' is no day"),
        ({"published_to": "19940307"}, "published_to: '19940307' is no day"),
        ({"actor": "…"}, "actor: there is no word in '…'"),
    ],
)
def test_filters_that_make_no_sense_say_where(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(QueryError, match=sentence):
        FactFilter(**fields)  # type: ignore[arg-type]


def test_tokens_are_kept_as_digests(record: Record) -> None:
    token = add_token(record, "post")
    assert token_allows(record, token, "post")
    assert not token_allows(record, token + "x", "post")
    assert not token_allows(record, token, "admin")
    with record.reading() as connection:
        assert token not in str(connection.exec_driver_sql("SELECT * FROM tokens").all())
    with pytest.raises(QueryError, match="scope: 'all' is none of read, post, review, admin"):
        add_token(record, "all")


def plan_of(record: Record, statement: sa.Select[Any]) -> list[str]:
    """How SQLite would carry STATEMENT out, step by step."""
    with record.reading() as connection:
        sql = str(statement.compile(connection.engine, compile_kwargs={"literal_binds": True}))
        return [str(row[-1]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]


HOT = [
    (FactFilter(), "seq"),
    (FactFilter(), "-seq"),
    (FactFilter(), "-date"),
    (FactFilter(kinds=("event",)), "-seq"),
    (FactFilter(types=("CONSULT",)), "-seq"),
    (FactFilter(pair=("FRA", "DEU")), "-date"),
    (FactFilter(country="FRA"), "-seq"),
    (FactFilter(report="r1"), "seq"),
    (FactFilter(words="accra"), "-seq"),
    (FactFilter(published_from="1994-01-01", published_to="1994-12-31"), "-seq"),
]


@pytest.mark.parametrize(("filters", "order"), HOT)
def test_pages_walk_along_indexes(record: Record, filters: FactFilter, order: str) -> None:
    if record.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL scans what is so small, whatever indexes there are")
    page = query._page(filters, record, order, 5, 50)  # type: ignore[arg-type]
    plan = plan_of(record, page)
    in_order = order == "-date" and filters == FactFilter()
    scans = [step for step in plan if step.startswith("SCAN") and "USING" not in step and "VIRTUAL" not in step]
    assert scans == [], plan
    assert not in_order or any("ix_facts_date_order_seq" in step for step in plan)


@pytest.mark.parametrize("least", [-0.1, 1.5, float("nan")])
def test_a_confidence_that_is_no_probability_is_one_sentence(least: float) -> None:
    with pytest.raises(QueryError, match=r"^confidence: .* is no probability; write one from 0 to 1"):
        FactFilter(min_confidence=least)


def test_events_of_a_pair_from_a_confidence_on(record: Record) -> None:
    assert len(pair_events(record, ("CAN", "GHA"))) == len(pair_events(record, ("CAN", "GHA"), 0.5)) == 2
    assert pair_events(record, ("CAN", "GHA"), 0.6) == []
    assert len(pair_events(record, ("FRA", "DEU"), 0.9)) == 2
