"""Searches as an outline that readers of feeds take in: those that are saved, or those that are named."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from dragoman.web import respond
from dragoman.web.feeds import base_of, opml
from dragoman.web.search import read_for_facts
from dragoman.web.site import site_of

OPML = "text/x-opml; charset=utf-8"
MOST = 100

router = APIRouter(tags=["feeds"])


@router.api_route("/searches.opml", methods=["GET", "HEAD"], summary="Feeds of searches as an outline")
def outline(
    request: Request,
    q: Annotated[
        list[str], Query(max_length=MOST, description="A search; may stand several times. Without one: all facts.")
    ] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """OPML 2.0 with the Atom feed of each search."""
    site = site_of(request)
    searches = [(text, text) for text in q if read_for_facts(text, site.names)]
    return respond.sent(request, opml(searches or [("Latest facts", "")], base_of(request)), OPML)
