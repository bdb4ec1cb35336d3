"""The interface for programs: facts by pages, the live stream, and reports that are posted."""

from __future__ import annotations

import asyncio
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from dragoman.live.stream import parse_last, stream
from dragoman.store.reports import recent
from dragoman.store.search.hits import facets_json, fact_hit_json, sentence_hit_json
from dragoman.store.search.results import facets, search
from dragoman.store.tokens import token_allows
from dragoman.web import respond, urls
from dragoman.web.errors import told
from dragoman.web.paging import page_of
from dragoman.web.search import read, read_for_facts
from dragoman.web.site import Site, site_of
from dragoman.web.streaming import EventStream

MOST_FACTS: Final = 500
BODY_TIMEOUT_S: Final = 30.0
"""A report of two megabytes takes a second even over a slow line."""

router = APIRouter()

Limit = Annotated[int, Query(ge=1, le=MOST_FACTS, description="At most so many.")]
After = Annotated[int | None, Query(ge=0, le=10**18, description="Cursor: see `next` of the page before.")]


@router.get("/api/facts", summary="Facts, in the order of reading")
def api_facts(
    request: Request,
    q: Annotated[str, Query(description='A search as in the search box: EGY ISR type:AGREE "three months".')] = "",
    after: After = None,
    limit: Limit = 100,
    newest_first: Annotated[bool, Query(description="Backwards from the newest.")] = False,
) -> Response:
    """Each fact is as `dragoman facts --json` prints it; `next` is the address of the next page, null at the end."""
    site = site_of(request)
    query = read_for_facts(q, site.names, site.settings.min_confidence).query
    found, cursor = page_of(site.record, query, after, limit, "-seq" if newest_first else "seq")
    more = {"limit": limit, "newest_first": "true" if newest_first else None}
    following = urls.search_url(q, "/api/facts", after=cursor, **more) if cursor else None
    return respond.json(request, {"facts": [fact.line() for fact in found], "next": following})


@router.get("/api/search", summary="What a search finds, with its sentences and facets")
def api_search(
    request: Request,
    q: Annotated[str, Query(description='A search as in the search box: "border agreement" in:sentences.')] = "",
    after: After = None,
    limit: Limit = 50,
) -> Response:
    """The newest first. `hits` are facts with the sentence that they stand in or, by `in:sentences`, sentences.

    `facets` count the facts, and are null for sentences and on later pages.
    """
    site = site_of(request)
    query = read(q, site.names, site.settings.min_confidence).query
    found = search(site.record, query, after, limit)
    counted = facets(site.record, query) if query.target == "facts" and after is None else None
    value = {
        "query": q,
        "in": query.target,
        "facets": facets_json(counted) if counted else None,
        "hits": [*map(fact_hit_json, found.facts), *map(sentence_hit_json, found.sentences)],
        "next": urls.search_url(q, "/api/search", after=found.next, limit=limit) if found.next else None,
    }
    return respond.json(request, value)


@router.get("/api/reports", summary="Reports, the newest first")
def api_reports(request: Request, before: After = None, limit: Limit = 100) -> Response:
    """Reports without their texts; the JSON of a report is at its page's address with `.json`."""
    found = recent(site_of(request).record, limit, before)
    rows = [
        {"id": r.id, "url": r.url, "outlet": r.outlet, "title": r.title, "facts": r.facts, "read_at": r.read_at,
         "page": urls.report_url(r.id)} for r in found
    ]  # fmt: skip
    following = urls.search_url("", "/api/reports", before=found[-1].key, limit=limit) if len(found) == limit else None
    return respond.json(request, {"reports": rows, "next": following})


@router.post("/api/reports", status_code=201, summary="Post one report")
async def post_report(request: Request) -> Response:
    """The body is one line of `dragoman read -`; the header is `Authorization: Bearer TOKEN`.

    The answer is 201 with the report's address, 200 where the record has the report unchanged.
    """
    site = site_of(request)
    refused = await _refused(request, site)
    if refused is not None:
        return refused
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            body = await _body(request, site.settings.max_post_bytes)
    except TimeoutError:
        return told(request, 408, f"The report did not arrive within {BODY_TIMEOUT_S:.0f} seconds.")
    except ClientDisconnect:
        return Response(status_code=400)
    if body is None:
        most = site.settings.max_post_bytes
        return told(request, 413, f"The report is larger than {most:,} bytes; DRAGOMAN_MAX_POST_BYTES sets the limit.")
    added = await site.poster.post(body)
    address = urls.report_url(added.report)
    value = {"report": added.report, "url": address, "version": added.version, "new": added.new, "facts": added.facts}
    answer = respond.json(request, value, 201 if added.new else 200)
    answer.headers["Location"] = address
    return answer


async def _refused(request: Request, site: Site) -> Response | None:
    """The answer to a caller without a right token, None where it has one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip() if scheme.lower() == "bearer" else ""
    if not token:
        sentence = "Posting takes a token: send `Authorization: Bearer TOKEN`; `dragoman token add` prints one."
        return told(request, 401, sentence, {"WWW-Authenticate": "Bearer"})
    address = request.client.host if request.client else ""
    wait = site.tokens.wait_s(address, token)
    if wait:
        sentence = f"Too many wrong tokens came from this address; try again in {wait:.0f} seconds."
        return told(request, 429, sentence, {"Retry-After": str(int(wait) + 1)})
    right = await run_in_threadpool(token_allows, site.record, token, "post")
    site.tokens.seen(address, token, right)
    if right:
        return None
    sentence = "This record handed out no such token; `dragoman token add --scope post` prints one."
    return told(request, 401, sentence, {"WWW-Authenticate": 'Bearer error="invalid_token"'})


async def _body(request: Request, most: int) -> bytes | None:
    """The body, or None as soon as it is longer than MOST bytes."""
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > most:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


@router.get("/stream", summary="New facts as server-sent events", response_class=EventStream)
async def live(
    request: Request,
    last: Annotated[str | None, Query(description="Replay from after this id; Last-Event-ID goes before.")] = None,
    q: Annotated[str, Query(description="A search; only what it finds is sent.")] = "",
) -> Response:
    """`event: fact`, `id:` and `data:`, one fact as `dragoman facts --json` prints it."""
    site = site_of(request)
    seen = parse_last(request.headers.get("last-event-id") or last)
    query = read_for_facts(q, site.names, site.settings.min_confidence).query
    if not site.streams.take():
        sentence = f"{site.streams.most} streams are open already; DRAGOMAN_MAX_STREAMS sets the limit."
        return told(request, 503, sentence, {"Retry-After": "30"})
    events = stream(site.hub, site.settings.heartbeat_s, seen, query)
    return EventStream(events, site.settings.stall_s, site.streams.give_back)
