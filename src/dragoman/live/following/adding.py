"""From what a user gives to what is followed: a feed's address, a page whose feed is looked for, or a list of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.errors import FeedError, FetchError, InputError
from dragoman.live.following.visiting import FEED_TYPES, HOP_PATIENCE_S, Visitor
from dragoman.reading.charset import decode
from dragoman.reading.exchange import Reply
from dragoman.reading.feeds.discover import Candidate, linked_feeds, named_feeds, usual_places
from dragoman.reading.feeds.opml import looks_like_opml, read_opml
from dragoman.reading.feeds.parse import looks_like_feed, parse_feed
from dragoman.reading.feeds.watch import parse_page
from dragoman.reading.fetch import checked_address
from dragoman.reading.inputs import is_address
from dragoman.settings import Settings
from dragoman.store.feeds import NewFeed

ACCEPT = f"{FEED_TYPES},text/html;q=0.8"


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be followed for an input, and how it was found, in words. `others` are feeds that the page has too."""

    feed: NewFeed
    how: str
    others: tuple[Candidate, ...] = ()


def from_list(name: str, settings: Settings) -> list[NewFeed] | None:
    """The feeds of the OPML file NAME, unvisited; None where NAME is an address. Raises InputError."""
    if is_address(name):
        return None
    path = Path(name)
    if not path.is_file():
        raise InputError(name, "there is no such file", "give an address with http://, or a list of feeds in OPML")
    if path.stat().st_size > settings.max_feed_bytes:
        raise InputError(name, "a list larger than a feed may be", "raise DRAGOMAN_MAX_FEED_BYTES")
    return _outlines(path.read_bytes(), name)


def _outlines(data: bytes, name: str) -> list[NewFeed]:
    found = []
    for outline in read_opml(data, name):
        try:
            found.append(NewFeed(checked_address(outline.address, name), title=outline.title))
        except FetchError:
            continue
    if not found:
        raise FeedError(name, "a list without a single feed", "export it again")
    return found


def find(visitor: Visitor, address: str, settings: Settings, watch: bool = False) -> list[Found]:
    """What is to be followed for ADDRESS; with WATCH the page itself, whatever feeds it has.

    A feed is one itself; a list of feeds is all of them; of a page it is the first feed that it names in its head,
    links to, or has at a usual place and that can be read, else the page itself. Raises InputError.
    """
    checked = checked_address(address, address)
    reply = visitor.visit(checked, settings.max_page_bytes, ACCEPT, patience_s=HOP_PATIENCE_S).reply
    if reply.status not in (200, 203):
        raise FetchError(address, f"the server answers {reply.status}", "check the address")
    if looks_like_opml(reply.data):
        return [Found(feed, "named in the list") for feed in _outlines(reply.data, address)]
    if not watch and looks_like_feed(reply.data):
        return [_feed(checked, reply, settings, "the address is a feed")]
    if not watch:
        html = decode(reply.data, reply.charset).text
        for how, candidates in _places(visitor, reply, html):
            for number, candidate in enumerate(candidates):
                if found := _try(visitor, candidate, settings, how):
                    return [replace(found, others=tuple(candidates[number + 1 :]))]
    page = parse_page(reply.data, reply.url, reply.charset, settings.follow_max_items)
    how = "the page has no feed and is watched" if not watch else "the page is watched"
    what = "for new links" if page.items and not page.items[0].whole else "for changes of its text"
    return [Found(NewFeed(checked, "page", page.title), f"{how} {what}")]


def _places(visitor: Visitor, reply: Reply, html: str) -> Iterator[tuple[str, list[Candidate]]]:
    yield "named by the page", named_feeds(html, reply.url)
    yield "linked from the page", linked_feeds(html, reply.url)
    yield "found at a usual place", usual_places(reply.url, visitor.sitemaps(reply.url))


def _try(visitor: Visitor, candidate: Candidate, settings: Settings, how: str) -> Found | None:
    try:
        reply = visitor.visit(candidate.address, settings.max_feed_bytes, FEED_TYPES, patience_s=HOP_PATIENCE_S).reply
        if reply.status != 200 or not looks_like_feed(reply.data):
            return None
        return _feed(candidate.address, reply, settings, how)
    except InputError:
        return None


def _feed(address: str, reply: Reply, settings: Settings, how: str) -> Found:
    feed = parse_feed(reply.data, reply.url, reply.content_type, settings.follow_max_items)
    return Found(NewFeed(address, "sitemap" if feed.kind == "sitemap" else "feed", feed.title), how)
