"""Searching on the page and through the API."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from dragoman.store.record import Record
from dragoman.store.writing import add
from tests import made
from tests.web.conftest import STAMP
from tests.web.reading import read


def test_found_facts_stand_in_their_sentence_with_their_words_marked(filled: TestClient) -> None:
    page = read(filled.get("/", params={"q": "kind:agreement elbe"}).text)
    assert ["".join(mark.text) for mark in page.all("mark")] == ["signed the Elbe accord"]
    (words,) = page.all("p", css="quote")
    assert "".join(words.text) == "PARIS (AP) — France and Germany signed the Elbe accord on Monday."


def test_facets_lead_to_narrower_searches(record: Record, filled: TestClient) -> None:
    add(record, made.answer("r2", report=made.report("r2", outlet='The "Post", London')), STAMP)
    page = read(filled.get("/", params={"q": "France kind:event,agreement"}).text)
    leads = {link["href"]: "".join(link.text) for link in page.all("a") if "q=" in link["href"]}
    assert leads["/?q=France+kind%3Aevent%2Cagreement+status%3Asigned"] == "signed"
    assert not any("agreement+kind" in address or "+DEU" in address for address in leads)
    assert "Kinds" in page.texts("h2")
    (outlet,) = [address for address, name in leads.items() if name == 'The "Post", London']
    narrowed = filled.get("/.json?" + outlet.partition("?")[2]).json()
    assert {fact["report"] for fact in narrowed["facts"]} == {"r2"}
    assert narrowed["facets"]["outlet"] == {'The "Post", London': len(narrowed["facts"])}


def test_sentences_are_shown_with_the_words_looked_for(filled: TestClient) -> None:
    page = read(filled.get("/", params={"q": '"elbe accord" sign* in:sentences'}).text)
    assert ["".join(mark.text) for mark in page.all("mark")] == ["signed", "Elbe accord"]
    assert page.links("/reports/r1?version=1")
    found = filled.get("/.json", params={"q": "elbe in:sentences"}).json()
    assert [hit["report"] for hit in found["sentences"]] == ["r1"]
    assert "No sentence is found" in filled.get("/", params={"q": "nowhere in:sentences"}).text


def test_a_fault_is_shown_with_carets_under_it(filled: TestClient) -> None:
    answer = filled.get("/", params={"q": "<b> type:DANCE"})
    page = read(answer.text)
    assert answer.status_code == 400
    assert "<b> type:DANCE\n         ^^^^^" in page.text_of("pre")
    assert page.all("input")[0]["value"] == "<b> type:DANCE"
    told = filled.get("/api/search", params={"q": "RUS type:DANCE"}).json()
    assert (told["query"], told["start"], told["end"]) == ("RUS type:DANCE", 9, 14)
    assert "'DANCE' is no type" in told["error"]


def test_the_api_gives_hits_with_sentences_and_facets_by_pages(record: Record, filled: TestClient) -> None:
    add(record, made.answer("r2"), STAMP)
    first = filled.get("/api/search", params={"q": "kind:event FRA", "limit": 1}).json()
    (hit,) = first["hits"]
    assert (hit["report"], hit["kind"], hit["of"]["outlet"]) == ("r2", "event", "Morning Wire")
    ((start, end),) = hit["sentence"]["marks"]
    assert hit["sentence"]["text"][start:end] == "France and Germany signed the Elbe accord on Monday"
    assert made.TEXT[hit["sentence"]["start"] :].startswith(hit["sentence"]["text"])
    assert (first["facets"]["counted"], first["facets"]["type"]) == (2, {"SUPPORT": 2})
    last = filled.get(first["next"]).json()
    assert [hit["report"] for hit in last["hits"]] == ["r1"]
    assert (last["next"], last["facets"]) == (None, None)
    told = filled.get("/api/search", params={"q": "in:sentences elbe"}).json()
    assert [(hit["report"], len(hit["facts"])) for hit in told["hits"]] == [("r2", 2), ("r1", 2)]


@pytest.mark.parametrize("path", ["/api/facts", "/rows", "/stream"])
def test_where_only_facts_are_given_sentences_are_refused(filled: TestClient, path: str) -> None:
    answer = filled.get(f"{path}?q={quote('elbe in:sentences')}")
    assert answer.status_code == 400
    assert "only facts are given here" in answer.text
