"""What is followed for an address that a user gives."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.live.following.adding import find, from_list
from dragoman.live.following.hosts import Hosts
from dragoman.live.following.visiting import Visitor
from dragoman.store.record import open_record
from tests.live.following import settings
from tests.live.outlet import Outlet, article, item, outlet, rss

HEAD = "<html><head><title>Courier</title>{links}</head><body><p>Welcome to the Courier.</p>{body}</body></html>"
OPML = (
    '<opml version="2.0"><body><outline text="News"><outline text="A" xmlUrl="http://a.example/feed"/>'
    '<outline text="A again" xmlUrl="http://a.example/feed"/><outline title="B" xmlurl="https://b.example/"/>'
    '<outline text="bad" xmlUrl="javascript:alert(1)"/></outline></body></opml>'
)


@pytest.fixture
def site() -> Iterator[Outlet]:
    with outlet() as found:
        yield found


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with open_record(str(tmp_path / "r.db"), write=True) as record:
        hosts = Hosts(record, settings(), time.time, lambda _: False)
        yield Visitor(record, settings(), hosts, time.time)


def page(links: str = "", body: str = "") -> bytes:
    return HEAD.format(links=links, body=body).encode()


def link(kind: str, href: str, title: str = "") -> str:
    return f'<link rel="alternate" type="application/{kind}" href="{href}" title="{title}">'


def test_a_feed_is_itself(site: Outlet, visitor: Visitor) -> None:
    site.answers["/feed"] = rss(item(1))
    (found,) = find(visitor, site.base + "/feed", settings())
    assert (found.feed.address, found.feed.kind, found.feed.title) == (site.base + "/feed", "feed", "Courier")


def test_the_feed_that_the_page_names_and_not_that_of_its_comments(site: Outlet, visitor: Visitor) -> None:
    links = (
        link("rss+xml", "/comments/feed", "Comments") + link("atom+xml", "world.xml") + link("rss+xml", "/sport.xml")
    )
    site.answers["/news/"] = page(links)
    for path in ("/comments/feed", "/news/world.xml", "/sport.xml"):
        site.answers[path] = rss(item(1))
    (found,) = find(visitor, site.base + "/news/", settings())
    assert found.feed.address == site.base + "/news/world.xml"
    assert [one.address for one in found.others] == [site.base + "/sport.xml", site.base + "/comments/feed"]


def test_a_named_feed_that_is_broken_gives_way_to_the_next(site: Outlet, visitor: Visitor) -> None:
    site.answers["/"] = page(link("rss+xml", "/dead.xml") + link("rss+xml", "/live.xml"))
    site.answers["/live.xml"] = rss(item(1))
    (found,) = find(visitor, site.base + "/", settings())
    assert found.feed.address == site.base + "/live.xml"


def test_a_linked_feed(site: Outlet, visitor: Visitor) -> None:
    site.answers["/"] = page(body='<a href="/all/rss.xml">RSS</a>')
    site.answers["/all/rss.xml"] = rss(item(1))
    (found,) = find(visitor, site.base + "/", settings())
    assert (found.feed.address, found.how) == (site.base + "/all/rss.xml", "linked from the page")


def test_a_feed_at_a_usual_place_and_a_map_that_robots_txt_names(site: Outlet, visitor: Visitor) -> None:
    site.answers["/"] = page()
    site.answers["/atom.xml"] = rss(item(1))
    (found,) = find(visitor, site.base + "/", settings())
    assert found.feed.address == site.base + "/atom.xml"


def test_a_news_map_that_robots_txt_names(site: Outlet, visitor: Visitor) -> None:
    site.answers["/robots.txt"] = f"Sitemap: {site.base}/all.xml\nSitemap: {site.base}/news-map.xml\n".encode()
    site.answers["/"] = page()
    site.answers["/news-map.xml"] = f"<urlset><url><loc>{site.base}/a/1</loc></url></urlset>".encode()
    (found,) = find(visitor, site.base + "/", settings())
    assert (found.feed.address, found.feed.kind) == (site.base + "/news-map.xml", "sitemap")


def test_a_page_without_a_feed_is_watched(site: Outlet, visitor: Visitor) -> None:
    site.answers["/statement"] = article("Statement")
    (found,) = find(visitor, site.base + "/statement", settings())
    assert (found.feed.kind, found.how) == ("page", "the page has no feed and is watched for changes of its text")


def test_a_page_with_a_feed_is_watched_on_demand(site: Outlet, visitor: Visitor) -> None:
    site.answers["/"] = page(link("rss+xml", "/feed"))
    site.answers["/feed"] = rss(item(1))
    (found,) = find(visitor, site.base + "/", settings(), watch=True)
    assert (found.feed.address, found.feed.kind) == (site.base + "/", "page")


def test_a_list_at_an_address(site: Outlet, visitor: Visitor) -> None:
    site.answers["/list"] = OPML.encode()
    assert [one.feed.address for one in find(visitor, site.base + "/list", settings())] == [
        "http://a.example/feed", "https://b.example/",
    ]  # fmt: skip


def test_a_list_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text(OPML)
    found = from_list(str(tmp_path / "list.opml"), settings())
    assert found is not None and [(one.address, one.title) for one in found] == [
        ("http://a.example/feed", "A"), ("https://b.example/", "B"),
    ]  # fmt: skip
    assert from_list("https://x.example/", settings()) is None


@pytest.mark.parametrize(
    "content", ["", "hello", "<html></html>", "<opml/>", "<opml><body><outline text='x'/></body></opml>"]
)
def test_what_is_no_list_is_said_to_be_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "list.opml").write_text(content)
    with pytest.raises(InputError, match="list.opml"):
        from_list(str(tmp_path / "list.opml"), settings())


def test_an_address_where_nothing_is(site: Outlet, visitor: Visitor) -> None:
    with pytest.raises(InputError, match="answers 404"):
        find(visitor, site.base + "/nothing", settings())
