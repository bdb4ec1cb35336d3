"""The same searches in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from hypothesis import given, settings

from dragoman.store.query import count
from dragoman.store.record import Record, open_record
from dragoman.store.search.index import rebuild
from dragoman.store.search.parser import parse
from dragoman.store.search.results import facets, found_facts, found_sentences
from tests.store.test_search_language import HOSTILE, NAMES
from tests.store.test_search_results import FOUND, SENTENCES, answer_or_refuse, check_old, fill, old_record


@pytest.fixture(scope="module")
def record(new_database: Callable[[], str]) -> Iterator[Record]:
    with open_record(new_database(), write=True) as opened:
        fill(opened)
        yield opened


@pytest.mark.parametrize(("text", "number"), FOUND)
def test_searches_find_the_same(record: Record, text: str, number: int) -> None:
    query = parse(text, NAMES)
    hits, cursor = found_facts(record, query)
    assert (len(hits), cursor) == (number, None)
    assert count(record, query) == number


@pytest.mark.parametrize(("text", "number"), SENTENCES)
def test_searches_find_the_same_sentences(record: Record, text: str, number: int) -> None:
    assert len(found_sentences(record, parse(text, NAMES))[0]) == number


def test_pages_and_facets(record: Record) -> None:
    query = parse("kind:event,statement", NAMES)
    first, cursor = found_facts(record, query, limit=3)
    rest, _ = found_facts(record, query, cursor)
    assert [hit.fact.seq for hit in (*first, *rest)] == [hit.fact.seq for hit in found_facts(record, query)[0]]
    found = facets(record, query)
    assert found.values["pair"] == (("CAN GHA", 3), ("DEU FRA", 3))
    assert found.values["event"] == (("1994", 6), ("2019", 1), ("2020", 1))
    assert first[0].passage.marks


@given(HOSTILE)
@settings(max_examples=100, deadline=None)
def test_any_string_is_answered_or_refused_in_a_sentence(record: Record, text: str) -> None:
    answer_or_refuse(record, text)


def test_the_index_of_words_is_used(record: Record) -> None:
    with record.reading() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        plan = connection.exec_driver_sql(
            "EXPLAIN SELECT rowid FROM fact_words WHERE words @@ CAST('(''type:agree'') & !(''trucks'')' AS tsquery)"
        )
        assert any("ix_fact_words_words" in row[0] for row in plan)


def test_the_index_can_be_made_anew(record: Record) -> None:
    with record.writing() as connection:
        rebuild(connection)
    assert count(record, parse("trucks", NAMES)) == 4
    assert len(found_sentences(record, parse("elbe in:sentences", NAMES))[0]) == 3


def test_a_record_of_the_first_revision_is_brought_forward(new_database: Callable[[], str]) -> None:
    where = new_database()
    engine = sa.create_engine(where)
    with engine.begin() as connection:
        old_record(where, connection)
        for table, column in (("facts", "seq"), ("reports", "key")):
            connection.exec_driver_sql(f"SELECT setval('{table}_{column}_seq', (SELECT max({column}) FROM {table}))")
    engine.dispose()
    with open_record(where, write=True) as opened:
        check_old(opened)
