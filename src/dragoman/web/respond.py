"""Answers: a page or its data, each with an ETag, so that what is unchanged isn't sent again."""

from __future__ import annotations

import hashlib
import re

from fastapi import Request, Response

from dragoman import __version__
from dragoman.pipeline.answer import dumps
from dragoman.web.caller import caller_of
from dragoman.web.cookies import form_text, session_cookie
from dragoman.web.site import site_of

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json"
SVG = "image/svg+xml; charset=utf-8"
CSS = "text/css; charset=utf-8"

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def page(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """TEMPLATE filled with CONTEXT. `query` is what stands in the search box, `nav` the entry that is marked.

    `json_address` is the page as JSON, `feed_query` the search whose feeds the page names (None: no feed).
    """
    query = context.get("query", "")
    given = {"query": "", "nav": "", "json_address": None, "feed_query": query, "version": __version__}
    given |= {**_signed(request), **context}
    text = site_of(request).templates.get_template(template).render(given)
    return answer(request, text, HTML, status)


def json(request: Request, value: object, status: int = 200, media_type: str = JSON) -> Response:
    """VALUE as JSON."""
    return answer(request, dumps(value) + "\n", media_type, status)


def answer(request: Request, text: str, media_type: str, status: int = 200) -> Response:
    """TEXT, or 304 where the reader has it already."""
    return sent(request, text.encode("utf-8", "replace"), media_type, status)


def sent(request: Request, body: bytes, media_type: str, status: int = 200) -> Response:
    """BODY, or 304 where the reader has it already."""
    headers = {"Cache-Control": "no-cache"}
    if status == 200:
        headers["ETag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if _has(request.headers.get("if-none-match", ""), etag):
            return Response(status_code=304, headers=headers)
    return Response(body, status, headers, media_type)


def _has(tags: str, etag: str) -> bool:
    """Whether ETAG is among those of If-None-Match; weak ones count as equal (RFC 9110, 13.1.2)."""
    return tags.strip() == "*" or etag in _TAG.findall(tags)


def _signed(request: Request) -> dict[str, object]:
    """Who reads, and what the forms carry that stand on every page of who is signed in."""
    secret = session_cookie(request)
    return {"caller": caller_of(request), "form_text": form_text(secret) if secret else ""}
