"""The interface for programs: facts by pages, the live stream, and reports that are posted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from dragoman.live.stream import Rhythm, parse_last, stream
from dragoman.store.moments import moment_text
from dragoman.store.posts import Held, held
from dragoman.store.reports import recent
from dragoman.store.search.hits import facets_json, fact_hit_json, sentence_hit_json
from dragoman.store.search.results import facets, search
from dragoman.store.writing import Added
from dragoman.web import respond, urls
from dragoman.web.access import require_token
from dragoman.web.bodies import body_in_time
from dragoman.web.paging import page_of
from dragoman.web.posting import submit
from dragoman.web.search import read, read_for_facts
from dragoman.web.site import site_of

MOST_FACTS: Final = 500
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
    answer = respond.json(request, {"report": added.report, "url": address, **done}, 201 if added.new else 200)
    answer.headers["Location"] = address
    return answer


@router.get("/stream", summary="New facts as server-sent events", response_class=StreamingResponse)
async def live(
    request: Request,
    last: Annotated[str | None, Query(description="Replay from after this id; Last-Event-ID goes before.")] = None,
    q: Annotated[str, Query(description="A search; only what it finds is sent.")] = "",
) -> Response:
    """`event: fact`, `id:` and `data:`, one fact as `dragoman facts --json` prints it."""
    site = site_of(request)
    seen = parse_last(request.headers.get("last-event-id") or last)
    query = read_for_facts(q, site.names, site.settings.min_confidence).query
    rhythm = Rhythm(site.settings.poll_s, site.settings.heartbeat_s)
    events: AsyncIterator[bytes] = stream(site.pulse, rhythm, seen, query, site.closing)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)
