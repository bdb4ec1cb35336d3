"""Citations say what is known and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from dragoman.facts import Date
from dragoman.store.query import FactFilter, StoredFact, facts
from dragoman.store.record import Record
from dragoman.web import urls
from dragoman.web.citing import bibtex, csl, date_parts


@pytest.fixture
def fact(record: Record, filled: TestClient) -> StoredFact:
    return next(facts(record, FactFilter(kinds=("event",))))


def test_a_fact_is_cited_in_three_ways_at_its_address(fact: StoredFact, filled: TestClient) -> None:
    address = urls.fact_url(fact.id)
    text = filled.get(f"{address}.txt").text
    assert text.startswith(
        "Morning Wire, “An accord on the Elbe”, 8 Mar 1994 <https://example.org/r1>, characters 13–64"
    )
    (item,) = filled.get(f"{address}.csl.json").json()
    assert item["issued"] == {"date-parts": [[1994, 3, 8]]}
    assert (item["container-title"], item["title"]) == ("Morning Wire", "An accord on the Elbe")
    assert item["id"] == f"http://127.0.0.1:8000{address}"
    entry = filled.get(address, headers={"Accept": "application/x-bibtex"}).text
    assert entry == filled.get(f"{address}.bib").text
    assert f"@misc{{dragoman-{fact.id}," in entry
    for line in ("year = {1994},", "month = mar,", "day = {8},", "url = {https://example.org/r1},"):
        assert f"  {line}\n" in entry


@pytest.mark.parametrize(
    ("date", "parts", "year"),
    [
        (Date.on("1994-03-08"), [[1994, 3, 8]], "year = {1994}"),
        (Date("1994-03-01", "1994-03-31", "month"), [[1994, 3]], "year = {1994}"),
        (Date("1994-01-01", "1994-12-31", "year"), [[1994]], "year = {1994}"),
        (Date("1994-03-07", "1994-03-13", "week"), [[1994, 3, 7], [1994, 3, 13]], None),
        (Date(None, "1994-03-13", "interval"), [], None),
        (Date.unknown(), [], None),
    ],
)
def test_a_date_is_cited_as_far_as_it_is_known(
    fact: StoredFact, date: Date, parts: list[list[int]], year: str | None
) -> None:
    dated = replace(fact, published=date)
    assert date_parts(date) == parts
    assert ("issued" in csl(dated, "http://here")) is bool(parts)
    assert ("year =" in bibtex(dated, "http://here")) is bool(year)
    assert year is None or year in bibtex(dated, "http://here")


def test_a_date_that_is_about_right_is_said_to_be(fact: StoredFact) -> None:
    about = replace(fact, published=Date("1994-01-01", "1994-12-31", "year", approx=True))
    assert csl(about, "")["issued"] == {"date-parts": [[1994]], "circa": True}


def test_titles_are_safe_in_bibtex(fact: StoredFact) -> None:
    entry = bibtex(replace(fact, title="50% of $5 & {\\input} #1_a~^", url="https://e.org/{a}\\b"), "http://here")
    assert r"title = {50\% of \$5 \& \{\textbackslash{}input\} \#1\_a\textasciitilde{}\textasciicircum{}}," in entry
    assert "url = {http://here/facts/" in entry or "%7Ba%7D" in entry
    assert entry.count("{") == entry.count("}")
