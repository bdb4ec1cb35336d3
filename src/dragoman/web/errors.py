"""Errors as answers: the right number, and one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from dragoman.errors import DragomanError, InputError, LineError, PageError, QueryError, RecordError, SearchError
from dragoman.live.posting import BusyError, NoReportError
from dragoman.store.posts import NotYoursError
from dragoman.store.search.pointing import pointed
from dragoman.web import respond
from dragoman.web.citing import CITATIONS
from dragoman.web.feeds import FEEDS
from dragoman.web.refusing import RefusedError
from dragoman.web.shown import FORMS, PAGE, accepted
from dragoman.web.site import site_of


class NotFoundError(DragomanError):
    """An address under which there is nothing."""


class ForbiddenError(DragomanError):
    """Something that this server does not let the caller do."""


_STATUS: tuple[tuple[type[DragomanError], HTTPStatus], ...] = (
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (ForbiddenError, HTTPStatus.FORBIDDEN),
    (QueryError, HTTPStatus.BAD_REQUEST),
    (LineError, HTTPStatus.BAD_REQUEST),
    (PageError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NoReportError, HTTPStatus.NOT_FOUND),
    (NotYoursError, HTTPStatus.FORBIDDEN),
    (InputError, HTTPStatus.INTERNAL_SERVER_ERROR),
    (DragomanError, HTTPStatus.SERVICE_UNAVAILABLE),
)
"""The first class that fits says the number."""


_PROGRAMS: Final[Mapping[str, str]] = MappingProxyType(
    {**FORMS, **FEEDS, **CITATIONS, "problem": respond.PROBLEM, "stream": "text/event-stream", "svg": respond.SVG}
)
_FOR_PROGRAMS: Final = tuple(f".{suffix}" for suffix in (*FORMS, *FEEDS, *CITATIONS, "svg", "opml"))


_SENTENCES: Final[Mapping[int, str]] = MappingProxyType(
    {
        404: "There is no page at this address; the pages that there are stand above.",
        405: "This address can't be used in this way; reports are posted to /api/reports.",
    }
)


def install(app: FastAPI) -> None:
    """Let APP tell its errors."""
    app.add_exception_handler(DragomanError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


def told(
    request: Request,
    status: int,
    sentence: str,
    headers: dict[str, str] | None = None,
    fault: SearchError | None = None,
) -> Response:
    """SENTENCE as a page, or to programs as a problem (RFC 9457); of a search with the place of its FAULT."""
    if wants_problem(request):
        place = {"query": fault.query, "start": fault.start, "end": fault.end} if fault else {}
        problem = {"type": "about:blank", "title": _name(status), "status": status, "detail": sentence}
        answer = respond.json(request, {**problem, "error": sentence, **place}, status, respond.PROBLEM)
    else:
        shown = {"query": fault.query, "pointed": pointed(fault)} if fault else {"pointed": None}
        answer = respond.page(
            request, "error.html", status, sentence=sentence, name=_name(status), feed_query=None, **shown
        )
    answer.headers.update(headers or {})
    return answer


def wants_problem(request: Request) -> bool:
    """Whether a program asks: at an address for programs, in a form for them, or by the Accept header."""
    path = str(request.scope["path"])
    if path.startswith(("/api/", "/stream", "/openapi")) or path.endswith(_FOR_PROGRAMS):
        return True
    return accepted(request, _PROGRAMS) != PAGE


async def _ours(request: Request, error: Exception) -> Response:
    if isinstance(error, RefusedError):
        return told(request, error.status, str(error), error.headers)
    status = next(number for kind, number in _STATUS if isinstance(error, kind))
    sentence = str(error)
    if isinstance(error, RecordError):
        sentence = "The record: " + sentence.removeprefix(f"{site_of(request).record.where}: ")
    headers = {"Retry-After": "5"} if isinstance(error, BusyError) else None
    return told(request, status, sentence, headers, error if isinstance(error, SearchError) else None)


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    return told(request, status, _SENTENCES.get(status, _name(status)), headers)


async def _invalid(request: Request, error: Exception) -> Response:
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {"loc": ("",), "msg": "invalid"}
    where, name = first["loc"][0], first["loc"][-1]
    if where == "path":
        return told(request, 404, _SENTENCES[404])
    if str(first.get("type")).startswith("int_"):
        return told(request, 400, f"{name}: {str(first.get('input'))[:40]!r} is no whole number.")
    if first.get("type") == "less_than":
        return told(request, 400, f"{name}: {str(first.get('input'))[:40]!r} is no whole number of a place in a list.")
    return told(request, 400, f"{name}: {first['msg']}; GET /openapi.json lists what may be asked.")


def _name(status: int) -> str:
    return HTTPStatus(status).phrase
