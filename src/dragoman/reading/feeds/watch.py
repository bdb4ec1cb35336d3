"""Pages without a feed, watched for change: a list of links is a feed of its articles, an article one of itself."""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import urlsplit

from dragoman.errors import FeedError, PageError
from dragoman.reading.charset import decode, looks_binary
from dragoman.reading.feeds.item import Feed, FeedItem, short_key
from dragoman.reading.feeds.parse import absolute
from dragoman.reading.markup import parse_tree, text_of
from dragoman.reading.pages import read_page

HEADLINE_CHARS: Final = 25
"""The words of a link to an article are longer, those of menus shorter."""

INDEX_LINKS: Final = 5
"""A page with so many headlines and no text of its own is a list."""


def parse_page(data: bytes, url: str, charset: str | None, most: int) -> Feed:
    """A page that is watched: its articles where it is a list of them, else the page itself as one item.

    Raises FeedError where it is no page.
    """
    if looks_binary(data) or not data.strip():
        raise FeedError(url, "the server sends no page", "give the address of a page or a feed")
    html = decode(data, charset).text
    tree = parse_tree(html)
    if tree is None:
        raise FeedError(url, "a page in which nothing can be read", "give another address")
    links = headlines(html, url)
    try:
        page = read_page(html, url, url, [], date.today())
    except PageError as error:
        if len(links) < INDEX_LINKS:
            raise FeedError(url, error.problem, error.remedy) from error
        return _listed(None, links, most)
    if page.kind.kind == "index" or (page.kind.kind != "article" and len(links) >= INDEX_LINKS):
        return _listed(page.metadata.title, links, most)
    # the text stands for the page: advertisements and counters around it change with every visit
    title = page.metadata.title
    item = FeedItem(short_key(url), url, title, summary=page.text, content=html, whole=True)
    return Feed("page", title, (item,))


def _listed(title: str | None, links: list[FeedItem], most: int) -> Feed:
    return Feed("page", title, tuple(links[:most]), left_out=max(len(links) - most, 0))


def headlines(html: str, url: str) -> list[FeedItem]:
    """Links of a page to others of its site whose words are as long as a headline, in the order of the page."""
    tree = parse_tree(html)
    if tree is None:
        return []
    host = urlsplit(url).hostname
    found: dict[str, FeedItem] = {}
    for one in tree.iter("a"):
        words = text_of(one, 500)
        address = absolute(one.get("href"), url)
        if len(words) >= HEADLINE_CHARS and address and address != url and urlsplit(address).hostname == host:
            found.setdefault(address, FeedItem(short_key(address), address, words))
    return list(found.values())
