"""Feeds of any search: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, with the same entries.

An entry is a fact. Its id is made of the fact's own and stays whatever address the server has. `published` is when the
fact entered the record and `updated` when it was last read anew: both are times that we know. The day of what happened
is often a month or a year; it stands beside as a period of Dublin Core (`temporal`), as far as it is known, and the
report's day in the citation (`bibliographicCitation`): readers of feeds take its `issued` for the entry's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from types import MappingProxyType
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from fastapi import Request, Response
from lxml import etree

from dragoman import __version__
from dragoman.facts import Date
from dragoman.lexicon.names import Names
from dragoman.pipeline.answer import dumps
from dragoman.store.payload import Json
from dragoman.store.query import StoredFact, facts
from dragoman.store.search.results import passages
from dragoman.web import respond, urls, words
from dragoman.web.citing import citation
from dragoman.web.paging import cursor_of
from dragoman.web.rows import Row, row
from dragoman.web.search import read_for_facts
from dragoman.web.shown import next_address
from dragoman.web.site import Site, site_of

FEEDS: Final[Mapping[str, str]] = MappingProxyType(
    {"atom": "application/atom+xml", "rss": "application/rss+xml", "feed.json": "application/feed+json"}
)
"""Media types by suffix."""

FEED_FACTS: Final = 100
"""Entries of a feed; what is older is on its next page."""

ATOM: Final = "http://www.w3.org/2005/Atom"
DCTERMS: Final = "http://purl.org/dc/terms/"

_NOT_XML: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as an entry. Times are those of the record; `issued` and `temporal` are days as far as they are known."""

    id: str
    title: str
    html: str
    address: str
    source: str | None
    outlet: str | None
    published: datetime
    updated: datetime
    issued: str | None
    temporal: str | None
    citation: str
    categories: tuple[str, ...]
    fact: Json


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed. `own` is its address, `home` that of the page with the same facts, `hub` one of WebSub."""

    own: str
    home: str
    title: str
    updated: datetime
    entries: tuple[Entry, ...]
    older: str | None
    hub: str | None


def feed(request: Request, form: str, text: str, before: int | None, limit: int) -> Response:
    """The feed of the search TEXT in FORM. Raises SearchError."""
    site, base = site_of(request), base_of(request)
    search = read_for_facts(text, site.names, site.settings.min_confidence)
    page = list(facts(site.record, search.query, before, limit + 1, "-seq"))
    shown = page[:limit]
    cursor = cursor_of("-seq", shown[-1].seq) if len(page) > limit else None
    more = next_address(request, cursor)
    updated = max((_time(fact.read_at) for fact in shown), default=datetime.fromtimestamp(0, UTC))
    made = Feed(
        own=base + feed_address(form, text),
        home=base + urls.search_url(text),
        title=f"Dragoman: {text}" if text.strip() else "Dragoman: latest facts",
        updated=updated,
        entries=entries(site, shown, base),
        older=base + more if more else None,
        hub=site.settings.websub_hub,
    )
    site.topics.asked_for(text, form)
    answer = respond.sent(request, _WRITERS[form](made), FEEDS[form] + "; charset=utf-8")
    links = [f'<{made.own}>; rel="self"', *([f'<{made.hub}>; rel="hub"'] if made.hub else [])]
    answer.headers["Link"] = ", ".join(links)
    answer.headers["Vary"] = "Accept"
    return answer


def base_of(request: Request) -> str:
    """The server's address without a slash at its end: as others know it, else as it was asked for."""
    return (site_of(request).settings.public_url or str(request.base_url)).rstrip("/")


def feed_address(form: str, text: str) -> str:
    """The address of a feed of the search TEXT."""
    return urls.search_url(text, f"/search.{form}")


def entry_id(ident: str) -> str:
    """The id of a fact's entry: the same in every feed of every server."""
    return uuid5(NAMESPACE_URL, f"dragoman:fact:{ident}").urn


def entries(site: Site, shown: Sequence[StoredFact], base: str) -> tuple[Entry, ...]:
    """SHOWN as entries; their addresses begin with BASE."""
    there = passages(site.record, shown)
    return tuple(_entry(fact, row(fact, site.names, there[fact.seq]), site.names, base) for fact in shown)


def _entry(fact: StoredFact, shown: Row, names: Names, base: str) -> Entry:
    read = _time(fact.read_at)
    return Entry(
        id=entry_id(fact.id),
        title=words.clipped(f"{shown.sentence}", 200) + (f" ({', '.join(shown.box)})" if shown.box else ""),
        html=_html(shown, base),
        address=base + shown.url,
        source=urls.outward(fact.url),
        outlet=fact.outlet,
        published=min(_time(fact.first_seen), read),
        updated=read,
        issued=w3c_date(fact.published),
        temporal=_period(fact.date),
        citation=citation(fact),
        categories=tuple(filter(None, (fact.kind, fact.type, fact.status, "background" if fact.background else None))),
        fact=fact.line(),
    )


def _html(shown: Row, base: str) -> str:
    quoted = "".join(f"<mark>{escape(p.text)}</mark>" if p.kind else escape(p.text) for p in shown.passage)
    about = ", ".join(filter(None, (shown.outlet, shown.published)))
    notes = "".join(f" · {escape(note)}" for note in (shown.date, *shown.box, *shown.notes))
    link = f'<a href="{escape(base + shown.report_url)}">{escape(shown.title)}</a>'
    return f"<blockquote>{quoted}</blockquote><p>{link}, {escape(about)}{notes}</p>"


def w3c_date(date: Date) -> str | None:
    """A day, month or year of W3C's note on dates; None where a date is none of these."""
    if date.start is None or date.end is None or date.approx:
        return None
    if date.start == date.end:
        return date.start
    return {"month": date.start[:7], "year": date.start[:4]}.get(date.granularity)


def _period(date: Date) -> str | None:
    """A period of Dublin Core; None where nothing is known."""
    name = words.date(date).replace(";", ",")  # says also where it is only about right
    parts = [f"{key}={day}" for key, day in (("name", name), ("start", date.start), ("end", date.end)) if day]
    return "; ".join((*parts, "scheme=W3C-DTF")) + ";" if len(parts) > 1 else None


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _rfc3339(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _clean(text: str) -> str:
    """TEXT without what XML can't hold."""
    return text.translate(_NOT_XML).encode("utf-8", "replace").decode()


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, name, {key: _clean(value) for key, value in attributes.items()})
    made.text = None if text is None else _clean(text)
    return made


def _atom(made: Feed) -> bytes:
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "dcterms": DCTERMS})
    _add(root, f"{{{ATOM}}}id", made.own)
    _add(root, f"{{{ATOM}}}title", made.title)
    _add(root, f"{{{ATOM}}}updated", _rfc3339(made.updated))
    _add(root, f"{{{ATOM}}}generator", "Dragoman", version=__version__)
    _add(root, f"{{{ATOM}}}link", rel="self", type=FEEDS["atom"], href=made.own)
    _add(root, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=made.home)
    for rel, address in (("hub", made.hub), ("next", made.older)):
        if address:
            _add(root, f"{{{ATOM}}}link", rel=rel, href=address)
    for entry in made.entries:
        _atom_entry(root, entry)
    return _document(root)


def _atom_entry(root: etree._Element, entry: Entry) -> None:
    item = _add(root, f"{{{ATOM}}}entry")
    _add(item, f"{{{ATOM}}}id", entry.id)
    _add(item, f"{{{ATOM}}}title", entry.title)
    _add(item, f"{{{ATOM}}}published", _rfc3339(entry.published))
    _add(item, f"{{{ATOM}}}updated", _rfc3339(entry.updated))
    _add(_add(item, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", entry.outlet or "outlet not known")
    _add(item, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=entry.address)
    if entry.source:
        _add(item, f"{{{ATOM}}}link", rel="via", href=entry.source)
    for category in entry.categories:
        _add(item, f"{{{ATOM}}}category", term=category)
    _terms(item, entry)
    _add(item, f"{{{ATOM}}}content", entry.html, type="html")


def _terms(item: etree._Element, entry: Entry) -> None:
    for name, value in (("temporal", entry.temporal), ("bibliographicCitation", entry.citation)):
        if value:
            _add(item, f"{{{DCTERMS}}}{name}", value)


def _rss(made: Feed) -> bytes:
    root = etree.Element("rss", version="2.0", nsmap={"atom": ATOM, "dcterms": DCTERMS})
    channel = _add(root, "channel")
    _add(channel, "title", made.title)
    _add(channel, "link", made.home)
    _add(channel, "description", "Facts of foreign affairs, each with the words of a report that prove it.")
    _add(channel, "lastBuildDate", format_datetime(made.updated.astimezone(UTC), usegmt=True))
    _add(channel, "generator", f"Dragoman {__version__}")
    _add(channel, f"{{{ATOM}}}link", rel="self", type=FEEDS["rss"], href=made.own)
    for rel, address in (("hub", made.hub), ("next", made.older)):
        if address:
            _add(channel, f"{{{ATOM}}}link", rel=rel, href=address)
    for entry in made.entries:
        item = _add(channel, "item")
        _add(item, "title", entry.title)
        _add(item, "link", entry.address)
        _add(item, "guid", entry.id, isPermaLink="false")
        _add(item, "pubDate", format_datetime(entry.published.astimezone(UTC), usegmt=True))
        for category in entry.categories:
            _add(item, "category", category)
        _terms(item, entry)
        _add(item, "description", entry.html)
    return _document(root)


def _document(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _json_feed(made: Feed) -> bytes:
    value: Json = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": made.title,
        "home_page_url": made.home,
        "feed_url": made.own,
        **({"next_url": made.older} if made.older else {}),
        **({"hubs": [{"type": "WebSub", "url": made.hub}]} if made.hub else {}),
        "items": [_json_item(entry) for entry in made.entries],
    }
    return (dumps(value) + "\n").encode("utf-8", "replace")


def _json_item(entry: Entry) -> Json:
    return {
        "id": entry.id,
        "url": entry.address,
        **({"external_url": entry.source} if entry.source else {}),
        "title": entry.title,
        "content_html": entry.html,
        "date_published": _rfc3339(entry.published),
        "date_modified": _rfc3339(entry.updated),
        **({"authors": [{"name": entry.outlet}]} if entry.outlet else {}),
        "tags": list(entry.categories),
        "_dragoman": {"fact": entry.fact, "issued": entry.issued, "temporal": entry.temporal},
    }


_WRITERS: Final = MappingProxyType({"atom": _atom, "rss": _rss, "feed.json": _json_feed})


def opml(searches: Sequence[tuple[str, str]], base: str) -> bytes:
    """An outline (OPML 2.0) of the feeds of SEARCHES, each a name and the search's text."""
    root = etree.Element("opml", version="2.0")
    _add(_add(root, "head"), "title", "Dragoman: saved searches")
    body = _add(root, "body")
    for name, text in searches:
        address, home = base + feed_address("atom", text), base + urls.search_url(text)
        outline = _add(body, "outline", type="rss", title=name, xmlUrl=address, htmlUrl=home)
        outline.set("text", _clean(name))
    return _document(root)
