"""The latest facts, or those that a search finds; and new rows for a page that is open."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from dragoman.store.outlets import outlets
from dragoman.store.query import StoredFact, count, counts, facts, latest_seq, pairs
from dragoman.web import respond, urls
from dragoman.web.paging import number, page_of
from dragoman.web.rows import groups
from dragoman.web.search import Search, parse
from dragoman.web.site import Site, site_of

PAGE_FACTS: Final = 80
ASIDE: Final = 8
"""Pairs and outlets named beside the facts."""
NEW_FACTS: Final = 200
"""More new facts than that are not added to an open page; the newest are."""

router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=["GET", "HEAD"])
def latest(request: Request) -> Response:
    """The page."""
    site, search, before = site_of(request), _search(request), number(request, "before")
    newest = latest_seq(site.record)
    shown, cursor = page_of(site.record, search.filters, before, PAGE_FACTS, "-seq", whole=True)
    held = counts(site.record)
    if not held.reports and search.empty:
        return respond.page(request, "start.html", nav="latest", newest=newest, base=str(request.base_url))
    return respond.page(
        request,
        "latest.html",
        nav="latest",
        query=search.text,
        search=search,
        groups=groups(shown, site.names),
        found=count(site.record, search.filters),
        held=held,
        newest=newest,
        live=before is None,
        older=urls.search_url(search.text, before=cursor) if cursor else None,
        countries=[site.names.of(code) for code in search.countries],
        pairs=pairs(site.record, limit=ASIDE),
        outlets=outlets(site.record)[:ASIDE],
        names=site.names,
        json_address=urls.json_url("/", request.url.query),
    )


@router.api_route("/.json", methods=["GET", "HEAD"])
def latest_json(request: Request) -> Response:
    """The same as JSON."""
    site, search, before = site_of(request), _search(request), number(request, "before")
    shown, cursor = page_of(site.record, search.filters, before, PAGE_FACTS, "-seq", whole=True)
    value = {
        "query": search.text,
        "found": count(site.record, search.filters),
        "facts": [fact.line() for fact in shown],
        "next": urls.search_url(search.text, "/.json", before=cursor) if cursor else None,
    }
    return respond.json(request, value)


@router.api_route("/rows", methods=["GET", "HEAD"])
def rows(request: Request) -> Response:
    """Rows that have come since `after`, newest first, as a piece of the page."""
    site, search, after = site_of(request), _search(request), number(request, "after") or 0
    found = _since(site, search, after)
    newest = max([after, *(fact.seq for fact in found)])
    bunches = groups(found, site.names)
    return respond.page(request, "rows.html", search=search, groups=bunches, number=len(found), seq=newest)


def _since(site: Site, search: Search, after: int) -> list[StoredFact]:
    newest = list(facts(site.record, search.filters, limit=NEW_FACTS, order="-seq"))
    return [fact for fact in newest if fact.seq > after]


def _search(request: Request) -> Search:
    site = site_of(request)
    return parse(request.query_params.get("q", ""), site.names, site.settings.min_confidence)
