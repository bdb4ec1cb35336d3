"""The interface for programs: facts by pages, the live stream, and reports that are posted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from dragoman.live.stream import parse_last, stream
from dragoman.store.moments import moment_text
from dragoman.store.payload import Json
from dragoman.store.posts import Held, held
from dragoman.store.query import Order
from dragoman.store.reports import recent
from dragoman.store.search.hits import facets_json, fact_hit_json, sentence_hit_json
from dragoman.store.search.results import facets, search
from dragoman.store.writing import Added
from dragoman.web import respond, urls
from dragoman.web.access import require_token
from dragoman.web.bodies import body_in_time
from dragoman.web.errors import told
from dragoman.web.paging import Cursor, Limit, Q, begins, cursor_of, page_of
from dragoman.web.posting import submit
from dragoman.web.search import read, read_for_facts
from dragoman.web.shown import Shown, Table, accepted, answer
from dragoman.web.site import site_of
from dragoman.web.streaming import EventStream
from dragoman.web.tables import fact_table, sentence_table

router = APIRouter(tags=["programs"])

After = Annotated[int | None, Query(ge=0, lt=10**18, description="The number of the last one that you have.")]


@router.get("/api/facts", summary="Facts, in the order of reading")
def api_facts(
    request: Request,
    q: Q = "",
    cursor: Cursor = None,
    after: After = None,
    limit: Limit = 100,
    newest_first: Annotated[bool, Query(description="Backwards from the newest.")] = False,
) -> Response:
    """Each fact is as `dragoman facts --json` prints it; by the Accept header also NDJSON, CSV and Parquet.

    Who can't hold a stream asks with `after`, the number of the last fact it has (`last`): the answer is 304 with
    If-None-Match as long as there is nothing new.
    """
    site = site_of(request)
    query = read_for_facts(q, site.names, site.settings.min_confidence).query
    order: Order = "-seq" if newest_first else "seq"
    begin = begins(order, cursor, after)
    found, last = page_of(site.record, query, begin, limit, order)
    seen = max((fact.seq for fact in found), default=begin or 0)
    shown = Shown(
        None,
        lambda: {"facts": [fact.line() for fact in found], "last": seen},
        lambda: fact_table(found),
        lambda: (fact.line() for fact in found),
        cursor_of(order, last),
        paged=True,
    )
    return answer(request, accepted(request), shown)


@router.get("/api/search", summary="What a search finds, with its sentences and facets")
def api_search(request: Request, q: Q = "", cursor: Cursor = None, after: After = None, limit: Limit = 50) -> Response:
    """The newest first. `hits` are facts with the sentence that they stand in or, by `in:sentences`, sentences.

    `facets` count the facts, and are null for sentences and on later pages.
    """
    site = site_of(request)
    query = read(q, site.names, site.settings.min_confidence).query
    begin = begins("-seq", cursor, after)
    found = search(site.record, query, begin, limit)
    counted = facets(site.record, query) if query.target == "facts" and begin is None else None
    hits = [*map(fact_hit_json, found.facts), *map(sentence_hit_json, found.sentences)]
    head = {"query": q, "in": query.target, "facets": facets_json(counted) if counted else None}
    shown = Shown(
        None,
        lambda: {**head, "hits": hits},
        lambda: sentence_table(found.sentences) if found.sentences else fact_table(hit.fact for hit in found.facts),
        lambda: hits,
        cursor_of("-seq", found.next),
        paged=True,
    )
    return answer(request, accepted(request), shown)


@router.get("/api/reports", summary="Reports, the newest first")
def api_reports(request: Request, cursor: Cursor = None, before: After = None, limit: Limit = 100) -> Response:
    """Reports without their texts; the JSON of a report is at its page's address with `.json`."""
    found = recent(site_of(request).record, limit, begins("reports", cursor, before))
    columns = ("id", "url", "outlet", "title", "facts", "read_at", "page")
    cells = [(r.id, r.url, r.outlet, r.title, r.facts, r.read_at, urls.report_url(r.id)) for r in found]
    rows: list[Json] = [dict(zip(columns, row, strict=True)) for row in cells]
    shown = Shown(
        None,
        lambda: {"reports": rows},
        lambda: Table(columns, cells, {"facts": int}),
        lambda: rows,
        cursor_of("reports", found[-1].key if len(found) == limit else None),
        paged=True,
    )
    return answer(request, accepted(request), shown)


@router.post("/api/reports", status_code=201, summary="Post one report")
async def post_report(request: Request) -> Response:
    """The body is one line of `dragoman read -`; the header is `Authorization: Bearer TOKEN`.

    The answer is 201 with the report's address, 200 where the record has the report unchanged. With an "embargo", a
    time with its zone, it is 202, and nothing of the report is shown to anybody before that time.
    """
    site = site_of(request)
    caller = require_token(request, "post", "Posting")
    body = await body_in_time(request, site.settings.max_post_bytes, "DRAGOMAN_MAX_POST_BYTES")
    return _posted(request, await submit(site, body, caller))


@router.put("/api/reports/{segment:path}", summary="Correct a report of one's own")
async def put_report(request: Request, segment: str) -> Response:
    """The body is as in posting; its "id" may be left out. Only the token that posted the report may correct it.

    The report as it was stays as an older version; its page shows the difference.
    """
    site, owner = site_of(request), _owner(request)
    body = await body_in_time(request, site.settings.max_post_bytes, "DRAGOMAN_MAX_POST_BYTES")
    return _posted(request, await site.poster.correct(urls.unslug(segment)[0], body, owner))


@router.delete("/api/reports/{segment:path}", summary="Withdraw a report of one's own")
async def delete_report(
    request: Request,
    segment: str,
    reason: Annotated[str, Query(max_length=300, description="Why, in words that the report's page shows.")] = "",
) -> Response:
    """Only the token that posted the report may withdraw it. Its facts are no longer counted; its versions stay."""
    site, owner = site_of(request), _owner(request)
    added = await site.poster.withdraw(urls.unslug(segment)[0], owner, reason)
    return respond.json(request, {"report": added.report, "withdrawn": True, "version": added.version or None})


@router.get("/api/held", summary="One's own reports that wait for the end of their embargo")
async def held_reports(request: Request) -> Response:
    """What was posted with this token and is still held, the first to be released first."""
    site, owner = site_of(request), _owner(request)
    found = await run_in_threadpool(held, site.record, owner)
    rows = [{"report": one.report, "held_until": moment_text(one.release_at), "error": one.error} for one in found]
    return respond.json(request, {"held": rows})


def _owner(request: Request) -> str:
    """Who posts. Raises RefusedError where the caller has no token for it."""
    return require_token(request, "post", "Posting").owner or ""


def _posted(request: Request, added: Added | Held) -> Response:
    address = urls.report_url(added.report)
    if isinstance(added, Held):
        value = {"report": added.report, "url": address, "held_until": moment_text(added.release_at)}
        return respond.json(request, value, 202)
    done: dict[str, object] = {"version": added.version, "new": added.new, "facts": added.facts}
    posted = respond.json(request, {"report": added.report, "url": address, **done}, 201 if added.new else 200)
    posted.headers["Location"] = address
    return posted


@router.get("/stream", summary="New facts as server-sent events", response_class=Response)
async def live(
    request: Request,
    last: Annotated[str | None, Query(description="Replay from after this id; Last-Event-ID goes before.")] = None,
    q: Q = "",
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
