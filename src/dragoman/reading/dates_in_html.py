"""Dates that a page carries for machines: JSON-LD and meta tags. What it shows to readers: `dates_on_page.py`."""

from __future__ import annotations

import re
from typing import Final

from dragoman.facts import Date
from dragoman.reading.date_words import Order, machine_date
from dragoman.reading.json_ld import INDEX_TYPES, PAGE_TYPES, Node
from dragoman.reading.seen import Rank, Seen

PUBLISHED_TAGS: Final = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "rnews:datepublished", "publishdate", "publish-date", "publish_date", "published-date", "published_date",
    "publicationdate", "publication_date", "publication-date", "published_time", "published_at", "pubdate", "pub_date",
    "pub-date", "dc.date.issued", "dcterms.issued", "dcterms.date.issued", "dc.issued", "sailthru.date",
    "parsely-pub-date", "originalpublicationdate", "original-publication-date", "first_published",
    "article.published", "cxenseparse:recs:publishtime", "bt:pubdate", "vr:published_time", "article:post_date",
    "displaydate", "shareaholic:article_published_time", "prism.publicationdate", "cxenseparse:publishtime",
    "citation_publication_date", "citation_online_date", "article_date_original", "date_published", "ptime", "pdate",
)  # fmt: skip
FIELD_TAGS: Final = (
    "date", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "dc.created", "article.created",
    "created", "datecreated", "date_created", "citation_date", "article:date", "articledate", "dcsext.articledate",
    "article-date", "article_date", "timestamp", "displaydatetime", "creation_date", "created_time",
    "search_date", "content_create_date", "og:pubdate", "hdl_p", "thisdate", "doc_date", "dat", "uploaddate",
)  # fmt: skip
MODIFIED_TAGS: Final = (
    "article:modified_time", "article:modified", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "dc.modified", "last-modified", "lastmod", "modified", "revised", "last_updated_date",
    "updated_time", "date_modified", "article:updated_time", "lastmodified", "lastupdate", "moddate",
    "http-equiv:last-modified", "http-equiv:date", "parsely-modified-date", "updated",
)  # fmt: skip

_LD_KEYS: Final = (("datePublished", Rank.PUBLISHED), ("dateCreated", Rank.FIELD), ("dateModified", Rank.MODIFIED))


def dates_in_meta(tags: dict[str, str], order: Order) -> list[Seen]:
    """Dates of the page's meta tags."""
    found: list[Seen] = []
    for names, rank, source in (
        (PUBLISHED_TAGS, Rank.PUBLISHED, "meta"),
        (FIELD_TAGS, Rank.FIELD, "meta"),
        (MODIFIED_TAGS, Rank.MODIFIED, "modified"),
    ):
        for name in names:
            value = tags.get(name)
            date = machine_date(value, order, source) if value else None
            if value and date is not None:
                found.append(Seen(date, source, f"meta {name}", value[:80], rank))
    return found


def dates_in_json_ld(nodes: list[Node], order: Order) -> list[Seen]:
    """Dates of the JSON-LD nodes that describe the article or the page; other works' dates are left out."""
    found: list[Seen] = []
    for node in nodes:
        if node.aside or not (node.is_article or node.types & (PAGE_TYPES | INDEX_TYPES | {"VideoObject"})):
            continue
        for key, rank in _LD_KEYS:
            value = node.text(key)
            source = "modified" if rank is Rank.MODIFIED else "json-ld"
            date = machine_date(value, order, source) if value else None
            if value and date is not None:
                kind = next(iter(sorted(node.types)), "node")
                rank = rank if node.is_article or rank is Rank.MODIFIED else Rank.FIELD
                found.append(Seen(date, source, f"JSON-LD {kind}.{key}", value[:80], rank))
    return found


_SCRIPT: Final = re.compile(
    r"[\"'\\]{0,3}\b(datePublished|date_published|publishedDate|publishDate|publish_date|pub_date|publicationDate"
    r"|firstPublished|first_published|datePosted|publishedAt|published_at|originalPublicationDate|displayDate"
    r"|pubDate|publishTime)\b[\"'\\]{0,3}\s{0,3}[:=]\s{0,3}[\"'\\]{1,3}([^\"'\\<>]{6,40})[\"'\\]",
    re.IGNORECASE,
)  # fmt: skip


def dates_in_scripts(scripts: list[str], order: Order) -> list[Seen]:
    """Publication dates in a page's own scripts, for pages that say it nowhere else: one, or none where they differ."""
    found: dict[Date, Seen] = {}
    for script in scripts:
        for match in _SCRIPT.finditer(script):
            date = machine_date(match.group(2), order, "meta")
            if date is not None:
                found.setdefault(date, Seen(date, "meta", f"script {match.group(1)}", match.group(2)[:80], Rank.FIELD))
    return list(found.values()) if len(found) == 1 else []
