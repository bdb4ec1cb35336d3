"""Sitemaps (sitemaps.org), with Google's news extension, and maps of maps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from dragoman.errors import FeedError, FetchError
from dragoman.reading.feeds.item import MOST_ADDRESS, MOST_TITLE, Feed, FeedItem, short_key
from dragoman.reading.fetch import checked_address

MOST_MORE: Final = 5
"""Of a map of maps so many are read, the newest; the others are archives."""


def parse_sitemap(data: bytes, url: str, most: int) -> Feed:
    """A sitemap that was read at URL; items are the newest MOST by their dates. Raises FeedError where it is damaged.

    The parser is a strict one with nothing switched on: no entities are resolved, nothing is fetched, depth and size
    are bounded by libxml2's own limits.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedError(url, f"a damaged sitemap ({str(error)[:120]})", "tell its outlet") from error
    if root is None:
        raise FeedError(url, "a sitemap in which nothing can be read", "tell its outlet")
    damaged = str(parser.error_log[0].message)[:200] if len(parser.error_log) else None
    if _local(root) == "sitemapindex":
        maps = sorted(_maps(root, url), reverse=True)
        return Feed("sitemap", None, (), more=tuple(one for _, one in maps[:MOST_MORE]), damaged=damaged)
    found = {item.key: item for item in _items(root, url)}
    items = sorted(found.values(), key=lambda item: item.published or "", reverse=True)
    title = next(iter(_texts(root, "name")), None)
    return Feed("sitemap", title, tuple(items[:most]), left_out=max(len(items) - most, 0), damaged=damaged)


def _maps(root: etree._Element, base: str) -> Iterator[tuple[str, str]]:
    """Dates and addresses of the maps below; those of news first."""
    for one in root:
        if _local(one) == "sitemap" and (address := _address(one, base)):
            date = next(iter(_texts(one, "lastmod")), "")
            yield ("news" if "news" in urlsplit(address).path.lower() else "") + date, address


def _items(root: etree._Element, base: str) -> Iterator[FeedItem]:
    for one in root:
        if _local(one) == "url" and (address := _address(one, base)):
            dates = [*_texts(one, "publication_date"), *_texts(one, "lastmod")]
            title = next(iter(_texts(one, "title")), None)
            yield FeedItem(short_key(address), address, title, dates[0][:100] if dates else None)


def _address(one: etree._Element, base: str) -> str | None:
    found = next(iter(_texts(one, "loc")), "")
    if not found or len(found) > MOST_ADDRESS:
        return None
    try:
        return checked_address(found, base)
    except FetchError:
        return None


def _texts(element: etree._Element, name: str) -> list[str]:
    texts = (" ".join((one.text or "").split())[:MOST_TITLE] for one in element.iter() if _local(one) == name)
    return [text for text in texts if text]


def _local(element: etree._Element) -> str:
    """A tag without its namespace; "" for comments and the like."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
