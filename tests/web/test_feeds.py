"""Feeds of any search: the same entries in three formats."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from lxml import etree

from dragoman.facts import Answer, Date
from dragoman.settings import Settings
from dragoman.store.query import facts
from dragoman.store.record import Record
from dragoman.store.writing import Stamp, add
from dragoman.web.app import create_app
from dragoman.web.feeds import FEEDS, entry_id, w3c_date
from tests import made
from tests.web.conftest import BASE, STAMP
from tests.web.reading import read

NAMES = {"a": "http://www.w3.org/2005/Atom", "d": "http://purl.org/dc/terms/"}
HOSTILE = "</title>]]><script>alert(1)</script>\x00\x0b\ud83d&\"'"


def atom(client: TestClient, query: str = "") -> etree._Element:
    answer = client.get("/search.atom", params={"q": query})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    return etree.fromstring(answer.content)


def texts(root: etree._Element, path: str) -> list[str]:
    return [str(found) for found in root.xpath(path, namespaces=NAMES)]


@pytest.mark.parametrize("form", FEEDS)
@pytest.mark.parametrize("query", ["", "kind:event", "FRA DEU"])
def test_a_feed_has_what_the_search_finds(record: Record, filled: TestClient, form: str, query: str) -> None:
    add(record, made.answer("r2"), STAMP)
    found = [fact["id"] for fact in filled.get("/.json", params={"q": query}).json()["facts"]]
    answer = filled.get(f"/search.{form}", params={"q": query})
    assert [ident for ident, _ in _entries(form, answer)] == [entry_id(ident) for ident in found]
    assert all(link.startswith(f"{BASE}/facts/") for _, link in _entries(form, answer))
    assert 'rel="self"' in answer.headers["link"]
    again = filled.get(f"/search.{form}", params={"q": query}, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def _entries(form: str, answer: httpx.Response) -> list[tuple[str, str]]:
    """Ids and links."""
    if form == "feed.json":
        return [(item["id"], item["url"]) for item in answer.json()["items"]]
    root = etree.fromstring(answer.content)
    if form == "rss":
        return list(zip(texts(root, "channel/item/guid/text()"), texts(root, "channel/item/link/text()"), strict=True))
    links = texts(root, "a:entry/a:link[@rel='alternate']/@href")
    return list(zip(texts(root, "a:entry/a:id/text()"), links, strict=True))


def test_times_are_those_of_the_record_and_days_stand_beside(record: Record, filled: TestClient) -> None:
    root = atom(filled, "kind:event type:CONSULT")
    (fact,) = [fact for fact in facts(record) if fact.type == "CONSULT"]
    (published,) = texts(root, "a:entry/a:published/text()")
    assert datetime.fromisoformat(published) == datetime.fromisoformat(fact.first_seen)
    period = "name=28 Feb – 6 Mar 1994; start=1994-02-28; end=1994-03-06; scheme=W3C-DTF;"
    assert texts(root, "a:entry/d:temporal/text()") == [period]
    assert "“An accord on the Elbe”, 8 Mar 1994" in texts(root, "a:entry/d:bibliographicCitation/text()")[0]
    (item,) = filled.get("/search.feed.json?q=type:CONSULT").json()["items"]
    assert (item["_dragoman"]["issued"], item["_dragoman"]["temporal"]) == ("1994-03-08", period)
    assert item["date_published"] == published
    rss = etree.fromstring(filled.get("/search.rss?q=type:CONSULT").content)
    (day,) = texts(rss, "channel/item/pubDate/text()")
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", day)


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (Date.on("1994-03-08"), "1994-03-08"),
        (Date("1994-03-01", "1994-03-31", "month"), "1994-03"),
        (Date("1994-01-01", "1994-12-31", "year"), "1994"),
        (Date("1994-01-01", "1994-12-31", "year", approx=True), None),
        (Date("1990-01-01", "1999-12-31", "decade"), None),
        (Date(None, "1994-03-08", "interval"), None),
        (Date.unknown(), None),
    ],
)
def test_no_day_is_made_up(date: Date, text: str | None) -> None:
    assert w3c_date(date) == text


def test_ids_stay_when_a_report_is_read_anew(record: Record, filled: TestClient) -> None:
    before = texts(atom(filled), "a:entry/a:id/text()")
    add(record, made.answer("r1"), Stamp("coder-2", "lexicon-1"))
    assert texts(atom(filled), "a:entry/a:id/text()") == before
    assert len(set(before)) == made.FACTS


def test_hostile_text_is_text(record: Record, client: TestClient) -> None:
    report = made.report("r1", title=HOSTILE.replace("\ud83d", ""), outlet="<b>&</b>\x0b", url="javascript:alert(1)")
    add(record, Answer(report, events=(made.event("r1"),)), STAMP)
    for form in FEEDS:
        answer = client.get(f"/search.{form}")
        assert answer.status_code == 200
        assert "<script>" not in answer.text.replace("\\u003c", "<") or form == "feed.json"
        assert "javascript:" not in answer.text
    (html,) = texts(atom(client), "a:entry/a:content/text()")
    assert "<script>" not in html and "&lt;script&gt;" in html


def test_older_entries_are_on_the_next_page(record: Record, client: TestClient) -> None:
    for number in range(4):
        add(record, made.answer(f"r{number}"), STAMP)
    seen: list[str] = []
    address: str | None = f"{BASE}/search.atom?limit=10"
    while address:
        root = etree.fromstring(client.get(address).content)
        seen += texts(root, "a:entry/a:id/text()")
        address = next(iter(texts(root, "a:link[@rel='next']/@href")), None)
    assert len(seen) == len(set(seen)) == 4 * made.FACTS


def test_pages_name_the_feeds_of_what_they_show(filled: TestClient) -> None:
    for path, query in (("/?q=kind:event", "kind:event"), ("/pairs/DEU/FRA", "DEU FRA"), ("/sources", "")):
        links = [link for link in read(filled.get(path).text).all("link") if link.get("type") in FEEDS.values()]
        assert {link["type"] for link in links} == set(FEEDS.values())
        for link in links:
            assert parse_qs(urlsplit(link["href"]).query).get("q", [""]) == [query]
            assert filled.get(link["href"]).headers["content-type"].startswith(link["type"])


def test_a_feed_of_a_search_that_cannot_be_is_a_problem(filled: TestClient) -> None:
    for query in ("foo:bar", "elbe in:sentences"):
        answer = filled.get("/search.atom", params={"q": query})
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_an_outline_holds_the_feed_of_each_search(filled: TestClient) -> None:
    root = etree.fromstring(filled.get("/searches.opml", params={"q": ["FRA DEU", 'type:AGREE "a & b"']}).content)
    assert root.xpath("body/outline/@text") == ["FRA DEU", 'type:AGREE "a & b"']
    for address in root.xpath("body/outline/@xmlUrl"):
        assert filled.get(address).status_code == 200
    everything = etree.fromstring(filled.get("/searches.opml").content)
    assert everything.xpath("body/outline/@xmlUrl") == [f"{BASE}/search.atom"]


def test_the_public_address_and_the_hub_stand_in_feeds(record: Record) -> None:
    settings = Settings(public_url="https://facts.example/", websub_hub="https://hub.example/")
    add(record, made.answer("r1"), STAMP)
    client = TestClient(create_app(record, settings), base_url=BASE)  # not started: nothing is announced
    answer = client.get("/search.atom?q=FRA")
    root = etree.fromstring(answer.content)
    assert texts(root, "a:link[@rel='self']/@href") == ["https://facts.example/search.atom?q=FRA"]
    assert texts(root, "a:link[@rel='hub']/@href") == ["https://hub.example/"]
    assert '<https://hub.example/>; rel="hub"' in answer.headers["link"]
    assert client.get("/search.feed.json").json()["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
