"""Bytes to a Feed: RSS and Atom by feedparser, JSON Feed, sitemaps.

feedparser is the one that hands out dates as they stand there. A faster one was tried: it reads "yesterday" as a day
counted from now, and drops what it can't read.
"""

from __future__ import annotations

import io
import json
import math
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urljoin

import feedparser

from dragoman.errors import FeedError, FetchError
from dragoman.reading.feeds.item import (
    MOST_ADDRESS,
    MOST_CONTENT,
    MOST_TITLE,
    Feed,
    FeedItem,
    short_key,
)
from dragoman.reading.feeds.sitemap import parse_sitemap
from dragoman.reading.fetch import checked_address
from dragoman.reading.markup import parse_tree, text_of

_HEAD: Final = 4096
"""So many bytes tell what a document is."""

_XML_FEED: Final = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_SITEMAP: Final = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)

_END: Final = re.compile(rb"</\s*(?:\w+:)?(?:rss|feed|rdf)\s*>\s*\Z", re.IGNORECASE)
"""How a feed ends that came whole."""

_DATES: Final = ("published", "created", "updated")
"""Where an entry's date is, the best first; feedparser's own look-up would put one in the place of another."""

PERIODS_S: Final[Mapping[str, float]] = {
    "hourly": 3600.0,
    "daily": 86_400.0,
    "weekly": 604_800.0,
    "monthly": 2_592_000.0,
    "yearly": 31_536_000.0,
}
"""`sy:updatePeriod` of RSS 1.0 in seconds."""


def looks_like_feed(data: bytes) -> bool:
    """Whether DATA is something that `parse_feed` reads, by its beginning."""
    head = data[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    is_json = head.startswith(b"{") and b"jsonfeed.org/version" in head
    return is_json or bool(_XML_FEED.search(head) or _SITEMAP.search(head))


def parse_feed(data: bytes, url: str, content_type: str, most: int) -> Feed:
    """The feed that was read at URL, of at most MOST items, the first ones. Raises FeedError where it is none."""
    head = data[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"{"):
        return _json_feed(data, url, most)
    if _SITEMAP.search(head):
        return parse_sitemap(data, url, most)
    if _XML_FEED.search(head):
        return _xml_feed(data, url, content_type, most)
    raise FeedError(url, "what stands there is no feed and no sitemap", "give the address of a feed, or of a page")


def _xml_feed(data: bytes, url: str, content_type: str, most: int) -> Feed:
    headers = {"content-type": content_type or "application/xml"}  # without its address: a bare guid stays what it is
    try:
        found = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError) as error:
        raise FeedError(
            url, f"a feed so damaged that nothing in it can be read ({error})", "tell its outlet"
        ) from error
    wrong = found.get("bozo_exception")
    harmless = wrong is None or isinstance(wrong, (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType))
    damaged = None if harmless else " ".join(str(wrong).split())[:200]
    if damaged and not found.entries:
        raise FeedError(url, f"a damaged feed ({damaged})", "tell its outlet")
    if not found.version and not found.entries:
        raise FeedError(url, "what stands there is no feed", "give the address of a feed, or of a page")
    entries = found.entries
    if damaged and not _END.search(data[-200:]):
        entries = entries[:-1]  # the feed breaks off within it: its address may be half of one
    items = _unique([_item(entry, url) for entry in entries[:most]])
    links = {link.get("rel"): link.get("href") for link in reversed(found.feed.get("links", []))}
    return Feed(
        kind="feed",
        title=_words(found.feed.get("title"), True),
        items=items,
        hub=absolute(links.get("hub"), url),
        topic=absolute(links.get("self"), url),
        ttl_s=_ttl_s(found.feed),
        left_out=max(len(entries) - most, 0),
        damaged=damaged,
    )


def _item(entry: dict[str, Any], base: str) -> FeedItem:
    contents = [str(one.get("value") or "") for one in entry.get("content", []) if isinstance(one, Mapping)]
    content = max(contents, key=len, default="")[:MOST_CONTENT]
    summary = str(entry.get("summary") or "")[:MOST_CONTENT]
    detail = entry.get("title_detail") or {}
    title = _words(entry.get("title"), detail.get("type") != "text/plain")
    told = entry.get("link")
    if entry.get("guidislink") and "://" not in str(entry.get("id")) and not entry.get("links"):
        told = None  # a guid counts as a link unless it says that it is none, and few say so
    link = absolute(told, base)
    key = str(entry.get("id") or link or title or "")
    return FeedItem(
        key=short_key(key),
        link=link,
        title=title,
        published=_date_text(next((found for name in _DATES if (found := dict.get(entry, name))), None)),
        content=content or None,
        summary=None if summary == content else summary or None,
    )


def _ttl_s(feed: Mapping[str, Any]) -> float:
    """How long the feed asks to be left alone: RSS 2.0's `ttl` in minutes, or RSS 1.0's period and frequency."""
    ttl = str(feed.get("ttl") or "").strip()
    if re.fullmatch(r"\d{1,7}", ttl):
        return int(ttl) * 60.0
    period = PERIODS_S.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    times = str(feed.get("sy_updatefrequency") or "1").strip()
    if period is None or not re.fullmatch(r"[1-9]\d{0,4}", times):
        return 0.0
    return period / int(times)


def _json_feed(data: bytes, url: str, most: int) -> Feed:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FeedError(url, f"JSON that can't be read ({str(error)[:80]})", "tell its outlet") from error
    entries = found.get("items") if isinstance(found, dict) else None
    if not isinstance(entries, list) or "jsonfeed.org/version" not in str(found.get("version")):
        raise FeedError(url, "JSON, but no JSON Feed", "give the address of a feed, or of a page")
    hubs = found.get("hubs")
    hub = next((one.get("url") for one in hubs if isinstance(one, dict)), None) if isinstance(hubs, list) else None
    return Feed(
        kind="feed",
        title=_words(found.get("title"), False),
        items=_unique([_json_item(one, url) for one in entries[:most] if isinstance(one, dict)]),
        hub=absolute(hub, url),
        topic=absolute(found.get("feed_url"), url),
        left_out=max(len(entries) - most, 0),
    )


def _json_item(entry: Mapping[str, Any], base: str) -> FeedItem:
    link = absolute(entry.get("url") or entry.get("external_url"), base)
    key = entry.get("id")
    if isinstance(key, float) and not math.isfinite(key):
        key = None
    html, text = entry.get("content_html"), entry.get("content_text")
    content = html if isinstance(html, str) else _as_html(text) if isinstance(text, str) else ""
    summary = entry.get("summary")
    return FeedItem(
        key=short_key(str(key if key not in (None, "") else link or entry.get("title") or "")),
        link=link,
        title=_words(entry.get("title"), False),
        published=_date_text(entry.get("date_published") or entry.get("date_modified")),
        content=content[:MOST_CONTENT] or None,
        summary=_as_html(summary)[:MOST_CONTENT] if isinstance(summary, str) and summary else None,
    )


def _as_html(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", escaped) if part.strip())


def _unique(items: list[FeedItem]) -> tuple[FeedItem, ...]:
    """Items with a key, each once: the first is the newest where a feed repeats itself."""
    return tuple({item.key: item for item in reversed(items) if item.key}.values())[::-1]


def _date_text(value: object) -> str | None:
    return str(value).strip()[:100] or None if isinstance(value, str) else None


def _words(value: object, html: bool) -> str | None:
    """A title as plain words; where it may be HTML, without its tags."""
    text = str(value).strip()[: 4 * MOST_TITLE] if isinstance(value, str) else ""
    if html and ("<" in text or "&" in text):
        tree = parse_tree(f"<div>{text}</div>")
        text = text_of(tree, MOST_TITLE) if tree is not None else text
    return " ".join(text.split())[:MOST_TITLE] or None


def absolute(link: object, base: str) -> str | None:
    """LINK as an address that can be fetched; None where it is none."""
    if not isinstance(link, str) or not link.strip() or len(link) > MOST_ADDRESS:
        return None
    try:
        return checked_address(urljoin(base, link.strip()), base)
    except (FetchError, ValueError):
        return None
