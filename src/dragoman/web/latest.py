"""The latest facts, or those that a search finds, in every form; and new rows for a page that is open."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from dragoman.store.outlets import greatest_outlets
from dragoman.store.payload import Json
from dragoman.store.query import StoredFact, counts, facts, latest_seq, pairs
from dragoman.store.search.hits import facets_json, fact_hit_json, sentence_hit_json
from dragoman.store.search.results import FactHit, facets, passages
from dragoman.store.search.results import search as find
from dragoman.web import respond, urls
from dragoman.web.feeds import FEED_FACTS, FEEDS, feed
from dragoman.web.paging import Cursor, Limit, Q, begins, cursor_of, page_of
from dragoman.web.rows import groups, sentence_row
from dragoman.web.search import Search, narrower, read, read_for_facts
from dragoman.web.shown import FORMS, Form, Shown, Suffix, accepted, answer
from dragoman.web.site import Site, site_of
from dragoman.web.stories import bunched
from dragoman.web.tables import fact_table, sentence_table

PAGE_FACTS: Final = 80
ASIDE: Final = 8
"""Pairs and outlets named beside the facts."""
NEW_FACTS: Final = 200
"""More new facts than that are not added to an open page; the newest are."""

AnySuffix: TypeAlias = Annotated[
    Form | Literal["atom", "rss", "feed.json"], Path(description="The form that is wanted, or the kind of feed.")
]

router = APIRouter(tags=["pages"])


Before: TypeAlias = Annotated[int | None, Query(ge=0, lt=10**18, description="Older than this number of a fact.")]


@router.api_route("/", methods=["GET", "HEAD"], summary="The latest facts, or what a search finds")
def latest(
    request: Request, q: Q = "", cursor: Cursor = None, before: Before = None, limit: Limit = PAGE_FACTS
) -> Response:
    """The newest first. By the Accept header also as JSON, NDJSON, CSV, Parquet, Atom, RSS and JSON Feed."""
    form = accepted(request, {**FORMS, **FEEDS})
    return _shown(request, form, q, begins("-seq", cursor, before), limit)


@router.api_route("/.{form}", methods=["GET", "HEAD"], summary="The same in one form")
def latest_as(
    request: Request, form: Suffix, q: Q = "", cursor: Cursor = None, before: Before = None, limit: Limit = PAGE_FACTS
) -> Response:
    """JSON of facts has their sentences and the facets of the search; what a search finds has the form of a hit."""
    return _shown(request, form, q, begins("-seq", cursor, before), limit)


@router.api_route("/search", methods=["GET", "HEAD"], summary="What a search finds")
def search_page(request: Request) -> Response:
    """Stands at `/`."""
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/", 307)


@router.api_route("/search.{form}", methods=["GET", "HEAD"], summary="What a search finds, in one form or as a feed")
def search_as(
    request: Request,
    form: AnySuffix,
    q: Q = "",
    cursor: Cursor = None,
    before: Before = None,
    limit: Limit = PAGE_FACTS,
) -> Response:
    """Feeds are Atom, RSS and JSON Feed; the other forms are those of the page."""
    return _shown(request, form, q, begins("-seq", cursor, before), limit)


def _shown(request: Request, form: str, text: str, before: int | None, limit: int) -> Response:
    site = site_of(request)
    if form in FEEDS:
        return feed(request, form, text, before, min(limit, FEED_FACTS))
    search = read(text, site.names, site.settings.min_confidence)
    if search.query.target == "sentences":
        return answer(request, form, _sentences(request, search, before, limit))
    return answer(request, form, _facts(request, search, before, limit))


def _facts(request: Request, search: Search, before: int | None, limit: int) -> Shown:
    """All of the newest, or those that are found, in their sentences and with facets."""
    site = site_of(request)
    newest = latest_seq(site.record)
    shown, last = page_of(site.record, search.query, before, limit, "-seq", whole=True)
    cursor = cursor_of("-seq", last)

    def page() -> Response:
        held = counts(site.record)
        if not held.reports and search.empty:
            return respond.page(request, "start.html", nav="latest", newest=newest, base=str(request.base_url))
        found = None if search.empty else facets(site.record, search.query)
        return respond.page(
            request,
            "latest.html",
            **_head(request, search),
            held=held,
            countries=[site.names.of(code) for code in search.countries],
            names=site.names,
            bunches=bunched(site.record, groups(shown, site.names, passages(site.record, shown) if found else {})),
            found=found,
            narrower=narrower(search, found) if found else {},
            newest=newest,
            live=before is None,
            older=urls.search_url(search.text, cursor=cursor) if cursor else None,
            pairs=[] if found else pairs(site.record, limit=ASIDE),
            outlets=[] if found else greatest_outlets(site.record, ASIDE),
        )

    def value() -> Json:
        found = facets(site.record, search.query)
        there = passages(site.record, shown)
        hits = [fact_hit_json(FactHit(fact, there[fact.seq])) for fact in shown]
        return {"query": search.text, "found": found.counted, "facets": facets_json(found), "facts": hits}

    return Shown(page, value, lambda: fact_table(shown), lambda: (fact.line() for fact in shown), cursor, True)


def _sentences(request: Request, search: Search, before: int | None, limit: int) -> Shown:
    found = find(site_of(request).record, search.query, before, limit)
    hits = list(map(sentence_hit_json, found.sentences))
    cursor = cursor_of("-seq", found.next)
    older = urls.search_url(search.text, cursor=cursor) if cursor else None
    rows = [sentence_row(hit) for hit in found.sentences]
    return Shown(
        lambda: respond.page(request, "sentences.html", **_head(request, search), rows=rows, older=older),
        lambda: {"query": search.text, "sentences": hits},
        lambda: sentence_table(found.sentences),
        lambda: hits,
        cursor,
        paged=True,
    )


def _head(request: Request, search: Search) -> dict[str, Any]:
    return {
        "nav": "latest",
        "query": search.text,
        "search": search,
        "json_address": urls.json_url("/", request.url.query),
        "feed_query": search.text if search.query.target == "facts" else None,
    }


@router.api_route("/rows", methods=["GET", "HEAD"], summary="New rows for an open page", response_class=HTMLResponse)
def rows(request: Request, q: Q = "", after: Before = 0) -> Response:
    """Rows that have come since `after`, newest first, as a piece of the page."""
    site, after = site_of(request), after or 0
    search = read_for_facts(q, site.names, site.settings.min_confidence)
    found = _since(site, search, after)
    newest = max([after, *(fact.seq for fact in found)])
    bunches = groups(found, site.names, {} if search.empty else passages(site.record, found))
    return respond.page(request, "rows.html", search=search, groups=bunches, number=len(found), seq=newest)


def _since(site: Site, search: Search, after: int) -> list[StoredFact]:
    newest = list(facts(site.record, search.query, limit=NEW_FACTS, order="-seq"))
    return [fact for fact in newest if fact.seq > after]
