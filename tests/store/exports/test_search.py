"""Exports by search: they hold what the search finds, and mind the statuses, kinds, pairs and months that it names."""

from __future__ import annotations

import csv
import io
import json

import pytest

from dragoman.errors import QueryError, SearchError
from dragoman.lexicon.names import Names
from dragoman.store.exports.job import Wanted
from dragoman.store.query import FactFilter, facts
from dragoman.store.record import Record
from dragoman.store.search.asked import both, parse_facts
from dragoman.store.search.syntax import Period, Query, named_codes, named_period
from tests.store.exports.conftest import LEXICON, Write, Written

NAMES = Names(LEXICON)


def asked(text: str) -> Query:
    return parse_facts(text, NAMES)


def rows(done: Written) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.text)))


@pytest.mark.parametrize(
    "text",
    [
        "EGY ISR",
        "EGY>ISR type:CONSULT,AGREE",
        "status:scheduled -background:yes",
        '"peace treaty"',
        "event:1978..1979-03",
    ],
)
def test_a_search_finds_the_same_in_an_export(of_sample: Write, sample_record: Record, text: str) -> None:
    done = of_sample("jsonl", search=asked(text))
    found = [fact.id for fact in facts(sample_record, asked(text))]
    assert [json.loads(line)["id"] for line in done.text.splitlines()] == found != []
    assert (done.about["query"], done.about["filters"]) == (text, {})


def test_a_search_and_filters_must_both_hold(of_sample: Write) -> None:
    one = {row["id"] for row in rows(of_sample("csv", search=asked("EGY ISR")))}
    other = {row["id"] for row in rows(of_sample("csv", statuses=("scheduled",)))}
    found = {row["id"] for row in rows(of_sample("csv", search=asked("EGY ISR"), statuses=("scheduled",)))}
    assert found == one & other
    assert set() < found < other


def test_a_status_named_in_a_search_is_exported_where_it_may_be(of_sample: Write) -> None:
    assert of_sample("icews", search=asked("status:claimed")).about["rows"] > 0
    assert of_sample("icews", search=asked("-status:happened")).about["left_out"]["status claimed"] > 0
    assert of_sample("icews", search=asked("status:claimed"), statuses=("happened",)).about["rows"] == 0
    with pytest.raises(QueryError, match="what is denied would be told as done"):
        of_sample("polecat", search=asked("status:denied,happened"))
    with pytest.raises(QueryError, match="it holds events"):
        of_sample("csv", search=asked("kind:statement"))


def test_sentences_are_refused_at_their_place() -> None:
    with pytest.raises(SearchError, match="facts are asked for here, not sentences") as told:
        asked('EGY "peace" in:sentences')
    assert (told.value.start, told.value.end) == (12, 24)


def test_terms_on_one_field_are_taken_together() -> None:
    query = both(
        FactFilter(statuses=("happened", "claimed"), date_from="1978-02-01"), asked("status:claimed event:1978")
    )
    assert named_codes(query, "status") == ("claimed",)
    assert named_codes(query, "type") is None
    assert named_period(query, "event") == Period("event", "1978-02-01", "1978-12-31")
    assert both(FactFilter(as_of="2026-01-01"), asked("EGY")).as_of == "2026-01-01"


def test_dyad_months_of_a_pair_and_a_period_in_the_search(of_sample: Write) -> None:
    by_search = of_sample("dyad-month", search=asked("EGY ISR event:1977..1978"))
    by_filters = of_sample("dyad-month", pair=("ISR", "EGY"), date_from="1977-01-01", date_to="1978-12-31")
    assert by_search.text == by_filters.text
    assert {row["month"] for row in rows(by_search)} >= {"1977-01", "1978-12"}


def test_dyad_months_of_one_way_have_no_other(of_sample: Write) -> None:
    both_ways = rows(of_sample("dyad-month", search=asked("EGY ISR event:1977..1978")))
    one_way = rows(of_sample("dyad-month", search=asked("ISR>EGY event:1977..1978")))
    assert one_way == [row for row in both_ways if row["source"] == "ISR"]
    assert any(row["events"] != "0" for row in one_way)


def test_dyad_months_of_a_country_are_its_pairs_and_no_others(of_sample: Write) -> None:
    found = rows(of_sample("dyad-month", search=asked("USA event:1971-07..1974-12")))
    assert len({(row["source"], row["target"]) for row in found}) > 2
    assert all("USA" in (row["source"], row["target"]) for row in found)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"search": "EGY ISR event:1978-03-05.."}, "1978-03-05: dyad-month counts whole months"),
        ({"search": "EGY ISR", "pair": ("USA", "CHN")}, "it counts one pair or all pairs"),
        ({"search": "EGY>ISR", "undirected": True}, "EGY>ISR is one way, --undirected both"),
        ({"search": "EGY>ISR ISR>EGY"}, "both ways are asked for at once"),
        ({"search": "event:1978", "date_from": "1979-01-01"}, "no month is both after 1979-01-01 and"),
        ({"search": "event:2090.."}, "no report in the record is of a day after 2090-01-01"),
    ],
)  # fmt: skip
def test_what_dyad_months_cannot_count_is_refused(of_sample: Write, wanted: dict[str, object], sentence: str) -> None:
    with pytest.raises(QueryError, match=sentence):
        of_sample("dyad-month", **{**wanted, "search": asked(str(wanted["search"]))})


def test_what_was_asked_is_one_query() -> None:
    wanted = Wanted(FactFilter(kinds=("event",)), asked("EGY"))
    assert named_codes(wanted.query, "kind") == ("event",)
    assert named_codes(wanted.query, "country") == ("EGY",)
    assert wanted.query.text == "EGY"
