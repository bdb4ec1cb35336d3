"""Stored facts with their types: the same as were read, each proved again by its report's text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.errors import RecordError
from dragoman.facts import Event, Fact
from dragoman.store.payload import named, stored_fields
from dragoman.store.proving import typed_facts
from dragoman.store.query import FactFilter, facts
from dragoman.store.record import Record, open_record
from dragoman.store.tables import REPORTS
from dragoman.store.writing import add
from tests import made
from tests.conftest import STAMP


def test_what_was_stored_comes_back(new_record: str) -> None:
    answer = made.answer()
    with open_record(new_record, write=True) as record:
        add(record, answer, STAMP)
        found = {stored.id: fact for stored, fact in typed_facts(record, FactFilter())}
    assert found == {ident: _as_stored(fact) for ident, fact in named(answer)}


def _as_stored(fact: Fact) -> Fact:
    """A place's number in the gazetteer is not stored."""
    return replace(fact, place=replace(fact.place, geonameid=None)) if isinstance(fact, Event) and fact.place else fact


def test_every_fact_of_the_sample_has_all_its_fields(sample_record: Record) -> None:
    found = list(typed_facts(sample_record, FactFilter()))
    assert [stored for stored, _ in found] == list(facts(sample_record))
    assert len(found) > 1000
    for stored, fact in found:
        assert (fact.kind, stored_fields(fact)) == (stored.kind, stored.payload)


def test_a_text_that_was_changed_proves_nothing(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with open_record(str(tmp_path / "r.db"), write=True) as record:
        add(record, made.answer(), STAMP)
        for text in (made.TEXT.replace("signed", "hailed"), ""):
            with record.writing() as connection:
                connection.execute(REPORTS.update().values(text=text))
            with pytest.raises(RecordError, match=r"r\.db: fact e-\w+ of report r1 is not what was stored .*verify`"):
                list(typed_facts(record, FactFilter()))
