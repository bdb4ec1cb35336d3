"""The latest facts, or those that a search finds; and new rows for a page that is open."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from dragoman.store.outlets import greatest_outlets
from dragoman.store.query import StoredFact, counts, facts, latest_seq, pairs
from dragoman.store.search.hits import facets_json, fact_hit_json, sentence_hit_json
from dragoman.store.search.results import FactHit, facets, passages
from dragoman.store.search.results import search as find
from dragoman.web import respond, urls
from dragoman.web.paging import number, page_of
from dragoman.web.rows import groups, sentence_row
from dragoman.web.search import Search, narrower, read, read_for_facts
from dragoman.web.site import Site, site_of
from dragoman.web.stories import bunched

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
    held = counts(site.record)
    if not held.reports and search.empty:
        newest = latest_seq(site.record)
        return respond.page(request, "start.html", nav="latest", newest=newest, base=str(request.base_url))
    context: dict[str, Any] = {
        "nav": "latest",
        "query": search.text,
        "search": search,
        "held": held,
        "countries": [site.names.of(code) for code in search.countries],
        "names": site.names,
        "json_address": urls.json_url("/", request.url.query),
    }
    if search.query.target == "sentences":
        return respond.page(request, "sentences.html", **context, **_sentences(site, search, before))
    return respond.page(request, "latest.html", **context, **_facts(site, search, before))


def _facts(site: Site, search: Search, before: int | None) -> dict[str, Any]:
    """What the page shows of facts: all of the newest, or those that are found, in their sentences and with facets."""
    newest = latest_seq(site.record)
    shown, cursor = page_of(site.record, search.query, before, PAGE_FACTS, "-seq", whole=True)
    found = None if search.empty else facets(site.record, search.query)
    return {
        "bunches": bunched(site.record, groups(shown, site.names, passages(site.record, shown) if found else {})),
        "found": found,
        "narrower": narrower(search, found) if found else {},
        "newest": newest,
        "live": before is None,
        "older": urls.search_url(search.text, before=cursor) if cursor else None,
        "pairs": [] if found else pairs(site.record, limit=ASIDE),
        "outlets": [] if found else greatest_outlets(site.record, ASIDE),
    }


def _sentences(site: Site, search: Search, before: int | None) -> dict[str, Any]:
    found = find(site.record, search.query, before, PAGE_FACTS)
    older = urls.search_url(search.text, before=found.next) if found.next else None
    return {"rows": [sentence_row(hit) for hit in found.sentences], "older": older}


@router.api_route("/.json", methods=["GET", "HEAD"])
def latest_json(request: Request) -> Response:
    """The same as JSON; what a search finds has the form of `/api/search`."""
    site, search, before = site_of(request), _search(request), number(request, "before")
    if search.query.target == "sentences":
        hits = find(site.record, search.query, before, PAGE_FACTS)
        value: dict[str, object] = {"query": search.text, "sentences": list(map(sentence_hit_json, hits.sentences))}
        value["next"] = urls.search_url(search.text, "/.json", before=hits.next) if hits.next else None
        return respond.json(request, value)
    shown, cursor = page_of(site.record, search.query, before, PAGE_FACTS, "-seq", whole=True)
    found = facets(site.record, search.query)
    there = passages(site.record, shown)
    value = {
        "query": search.text,
        "found": found.counted,
        "facets": facets_json(found),
        "facts": [fact_hit_json(FactHit(fact, there[fact.seq])) for fact in shown],
        "next": urls.search_url(search.text, "/.json", before=cursor) if cursor else None,
    }
    return respond.json(request, value)


@router.api_route("/rows", methods=["GET", "HEAD"])
def rows(request: Request) -> Response:
    """Rows that have come since `after`, newest first, as a piece of the page."""
    site, after = site_of(request), number(request, "after") or 0
    search = read_for_facts(request.query_params.get("q", ""), site.names, site.settings.min_confidence)
    found = _since(site, search, after)
    newest = max([after, *(fact.seq for fact in found)])
    bunches = groups(found, site.names, {} if search.empty else passages(site.record, found))
    return respond.page(request, "rows.html", search=search, groups=bunches, number=len(found), seq=newest)


def _since(site: Site, search: Search, after: int) -> list[StoredFact]:
    newest = list(facts(site.record, search.query, limit=NEW_FACTS, order="-seq"))
    return [fact for fact in newest if fact.seq > after]


def _search(request: Request) -> Search:
    site = site_of(request)
    return read(request.query_params.get("q", ""), site.names, site.settings.min_confidence)
