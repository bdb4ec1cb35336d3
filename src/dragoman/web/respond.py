"""Answers: a page or its JSON, each with an ETag, so that what is unchanged isn't sent again."""

from __future__ import annotations

import hashlib

from fastapi import Request, Response

from dragoman import __version__
from dragoman.pipeline.answer import dumps
from dragoman.web.caller import caller_of
from dragoman.web.cookies import form_text, session_cookie
from dragoman.web.site import site_of

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
SVG = "image/svg+xml; charset=utf-8"
CSS = "text/css; charset=utf-8"


def page(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """TEMPLATE filled with CONTEXT. `query` is what stands in the search box, `nav` the entry that is marked."""
    given = {"query": "", "nav": "", "json_address": None, "version": __version__, **_signed(request), **context}
    text = site_of(request).templates.get_template(template).render(given)
    return answer(request, text, HTML, status)


def json(request: Request, value: object, status: int = 200) -> Response:
    """VALUE as JSON."""
    return answer(request, dumps(value) + "\n", JSON, status)


def answer(request: Request, text: str, media_type: str, status: int = 200) -> Response:
    """TEXT, or 304 where the reader has it already."""
    body = text.encode("utf-8", "replace")
    headers = {"Cache-Control": "no-cache"}
    if status == 200:
        headers["ETag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
    return Response(body, status, headers, media_type)


def _signed(request: Request) -> dict[str, object]:
    """Who reads, and what the forms carry that stand on every page of who is signed in."""
    secret = session_cookie(request)
    return {"caller": caller_of(request), "form_text": form_text(secret) if secret else ""}


def wants_json(request: Request) -> bool:
    """Whether errors are told as JSON."""
    path = str(request.scope["path"])
    return path.startswith("/api/") or path.endswith(".json")
