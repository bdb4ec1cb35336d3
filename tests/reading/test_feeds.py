"""Feeds as they stand on the web: what is read of them, and that nothing in them does harm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import FeedError
from dragoman.reading.feeds.opml import Outline, read_opml, write_opml
from dragoman.reading.feeds.parse import parse_feed

BASE = "https://x.example/news/feed"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://y.example/"><title>T</title>{}</feed>'
JSON = '{{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{}]}}'
MAP = '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{}</urlset>'


@pytest.mark.parametrize(
    ("form", "item", "key", "link", "title", "published"),
    [
        (RSS, "<item><link>/a</link><title>A &amp; B</title></item>", "https://x.example/a", "https://x.example/a",
         "A & B", None),
        (RSS, "<item><guid>7</guid><link>a</link></item>", "7", "https://x.example/news/a", None, None),
        (RSS, "<item><guid>7</guid><title>x</title></item>", "7", None, "x", None),
        (RSS, "<item><guid>https://x.example/7</guid></item>", "https://x.example/7", "https://x.example/7", None,
         None),
        (RSS, "<item><guid>7</guid><pubDate>gestern</pubDate></item>", "7", None, None, "gestern"),
        (RSS, "<item><guid>7</guid><link>javascript:alert(1)</link></item>", "7", None, None, None),
        (RSS, "<item><title>&lt;b&gt;Bold&lt;/b&gt; words</title></item>", "Bold words", None, "Bold words", None),
        (ATOM, "<entry><id>u:1</id><link href='a'/><updated>2026-11-24T10:00:00Z</updated></entry>", "u:1",
         "https://y.example/a", None, "2026-11-24T10:00:00Z"),
        (ATOM, "<entry><id>u:1</id><published>soon</published><updated>2026-11-24</updated></entry>", "u:1", None, None,
         "soon"),
        (JSON, '{"id": 1, "url": "/a", "title": "A", "date_published": "nonsense"}', "1", "https://x.example/a", "A",
         "nonsense"),
        (JSON, '{"url": "ftp://x.example/a", "title": "A"}', "A", None, "A", None),
        (MAP, "<url><loc>https://x.example/a</loc><n:news><n:title>A</n:title><n:publication_date>2026-11</n:publication_date>"
         "</n:news></url>", "https://x.example/a", "https://x.example/a", "A", "2026-11"),
    ],
)  # fmt: skip
def test_items(form: str, item: str, key: str, link: str | None, title: str | None, published: str | None) -> None:
    (found,) = parse_feed(form.format(item).encode(), BASE, "application/xml", 100).items
    assert (found.key, found.link, found.title, found.published) == (key, link, title, published)


def test_hub_topic_and_ttl() -> None:
    links = "<link rel='hub' href='https://hub.example/'/><link rel='self' href='https://y.example/topic'/>"
    found = parse_feed(ATOM.format(links).encode(), BASE, "", 10)
    assert (found.hub, found.topic, found.ttl_s) == ("https://hub.example/", "https://y.example/topic", 0)
    assert parse_feed(RSS.format("<ttl>90</ttl>").encode(), BASE, "", 10).ttl_s == 5400
    period = "<sy:updatePeriod xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>daily</sy:updatePeriod>"
    assert parse_feed(RSS.format(period).encode(), BASE, "", 10).ttl_s == 86400


def test_entities_that_multiply_are_stopped_and_none_is_fetched() -> None:
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE r [<!ENTITY l0 "lol"><!ENTITY f SYSTEM "file:///etc/passwd">{steps}]>'
    data = bomb + RSS.format("<item><guid>1</guid><title>&f;&l11;</title></item>").replace('<?xml version="1.0"?>', "")
    begun = time.monotonic()
    found = parse_feed(data.encode(), BASE, "", 10)
    assert time.monotonic() - begun < 10
    assert "root:" not in repr(found) and len(repr(found)) < 5000


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"{}", b'{"items": 3}', b"<html><body>x</body></html>", b"\x00\xff" * 50]
)
def test_what_is_no_feed_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(FeedError, match="https://x.example/news/feed"):
        parse_feed(data, BASE, "", 10)


@given(st.binary(max_size=200), st.integers(0, 300))
def test_no_bytes_break_it(junk: bytes, at: int) -> None:
    whole = RSS.format("<item><guid>1</guid><link>/a</link><title>Talks</title></item>" * 3).encode()
    try:
        found = parse_feed(whole[:at] + junk + whole[at:], BASE, "", 10)
    except FeedError as error:
        assert BASE in str(error)
    else:
        assert len({item.key for item in found.items}) == len(found.items)


@given(
    st.lists(
        st.tuples(st.integers(0, 9999), st.text(min_size=1, max_size=20)), max_size=5, unique_by=lambda one: one[0]
    )
)
def test_lists_come_back_as_they_were_written(given_: list[tuple[int, str]]) -> None:
    outlines = [Outline(f"https://x.example/{number}?a=1&b=<2>", title.strip() or None) for number, title in given_]
    found = read_opml(write_opml(outlines).encode(), "list")
    assert [one.address for one in found] == [one.address for one in outlines]


def test_a_list_keeps_its_titles() -> None:
    assert read_opml(write_opml([Outline("https://x.example/", 'A "<&>" é')]).encode(), "l")[0].title == 'A "<&>" é'
