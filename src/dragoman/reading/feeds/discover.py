"""Finding the feed of a page: what the page names, what it links to, and where feeds usually are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from dragoman.reading.feeds.parse import absolute
from dragoman.reading.markup import parse_tree, text_of

FEED_TYPES: Final = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/xml"}
)
_MAYBE_TYPES: Final = frozenset({"application/json", "application/xml"})

COMMON_PATHS: Final = (
    "/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/feed.json", "/feeds/all.atom.xml",
    "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml",
)  # fmt: skip
"""Where feeds usually are, the likeliest first."""

MOST_NAMED: Final = 50
_COMMENTS: Final = ("comment", "kommentar", "replies")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address where a feed may be, and what the page calls it."""

    address: str
    title: str | None = None


def named_feeds(html: str, url: str) -> list[Candidate]:
    """Feeds that a page names in its head, in its order, feeds of comments last; each once."""
    tree = parse_tree(html)
    if tree is None:
        return []
    found: dict[str, Candidate] = {}
    for one in list(tree.iter("link"))[:500]:
        kind = (one.get("type") or "").split(";")[0].strip().lower()
        rel = (one.get("rel") or "").lower().split()
        if "alternate" in rel and (kind in FEED_TYPES or (kind in _MAYBE_TYPES and "feed" in (one.get("href") or ""))):
            _keep(found, absolute(one.get("href"), url), one.get("title"))
    return sorted(list(found.values())[:MOST_NAMED], key=_is_of_comments)


def linked_feeds(html: str, url: str) -> list[Candidate]:
    """Addresses that a page links to as its feeds, by their looks."""
    tree = parse_tree(html)
    if tree is None:
        return []
    found: dict[str, Candidate] = {}
    for one in list(tree.iter("a"))[:5000]:
        address = absolute(one.get("href"), url)
        path = urlsplit(address).path.lower().rstrip("/") if address else ""
        if path.endswith((".rss", ".atom", "rss.xml", "atom.xml", "feed.xml", "/rss", "/feed", "/feed.json")):
            _keep(found, address, text_of(one, 100))
    return sorted(list(found.values())[:MOST_NAMED], key=_is_of_comments)


def usual_places(url: str, sitemaps: Iterable[str] = ()) -> list[Candidate]:
    """Where the feed of a site usually is; SITEMAPS are those that its robots.txt names, of which news count."""
    news = [one for one in sitemaps if "news" in urlsplit(one).path.lower()]
    addresses = [absolute(one, url) for one in [*news[:3], *COMMON_PATHS]]
    return [Candidate(one) for one in dict.fromkeys(addresses) if one]


def _keep(found: dict[str, Candidate], address: str | None, title: str | None) -> None:
    if address:
        found.setdefault(address, Candidate(address, " ".join((title or "").split())[:200] or None))


def _is_of_comments(candidate: Candidate) -> bool:
    told = f"{candidate.address} {candidate.title or ''}".lower()
    return any(word in told for word in _COMMENTS)
