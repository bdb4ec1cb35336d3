"""Saved searches: the page that lists them, and the small forms that make and remove one."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from dragoman.live.push.hours import clock
from dragoman.live.push.keys import ensure_key, public_key
from dragoman.store.devices import DIGESTS, Hours
from dragoman.store.saved import MOST_NAME, Saved, remove_search, save_search, saved_search, saved_searches
from dragoman.web import respond, urls
from dragoman.web.errors import NotFoundError
from dragoman.web.forms import form_of
from dragoman.web.owner import owner_of
from dragoman.web.search import read_for_facts
from dragoman.web.site import Site, site_of

router = APIRouter(include_in_schema=False)


@router.api_route("/saved", methods=["GET", "HEAD"])
def saved_page(request: Request) -> Response:
    """The page."""
    site = site_of(request)
    return respond.page(
        request,
        "saved.html",
        nav="saved",
        searches=saved_searches(site.record, owner_of(request)),
        push_key=public_key(ensure_key(site.record)),
        digests=DIGESTS,
        daily_at=clock(Hours().daily_at),
        most_name=MOST_NAME,
        json_address=urls.json_url("/saved"),
    )


@router.api_route("/saved.json", methods=["GET", "HEAD"])
def saved_json(request: Request) -> Response:
    """The same as JSON."""
    found = saved_searches(site_of(request).record, owner_of(request))
    rows = [
        {"id": one.id, "name": one.name, "query": one.query, "saved_at": one.made_at, "bells": one.bells,
         "page": urls.search_url(one.query)} for one in found
    ]  # fmt: skip
    return respond.json(request, {"saved": rows})


@router.post("/saved")
async def save(request: Request) -> Response:
    """Keep a search: the fields are `q` and `name`."""
    site, given = site_of(request), await form_of(request)
    kept = await run_in_threadpool(_save, site, given.get("q", ""), given.get("name", ""), owner_of(request))
    return RedirectResponse(f"{urls.saved_url()}#saved-{kept.id}", 303)


def _save(site: Site, text: str, name: str, owner: str) -> Saved:
    read_for_facts(text, site.names)
    return save_search(site.record, text, name, owner)


@router.api_route("/saved/{ident}", methods=["GET", "HEAD"])
def saved(request: Request, ident: str) -> Response:
    """On to what the search finds now: pushes of many facts lead here."""
    found = saved_search(site_of(request).record, ident)
    if found is None:
        raise NotFoundError("This search is not among the saved ones any more.")
    return RedirectResponse(urls.search_url(found.query), 303)


@router.post("/saved/{ident}/remove")
async def remove(request: Request, ident: str) -> Response:
    """Forget a search."""
    await form_of(request)
    await run_in_threadpool(remove_search, site_of(request).record, ident, owner_of(request))
    return RedirectResponse(urls.saved_url(), 303)
