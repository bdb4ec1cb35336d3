"""Errors as answers: the right number, and one sentence that says what to do."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from dragoman.errors import DragomanError, InputError, LineError, PageError, QueryError, RecordError, SearchError
from dragoman.live.posting import BusyError, NoReportError
from dragoman.store.posts import NotYoursError
from dragoman.store.search.pointing import pointed
from dragoman.web import respond
from dragoman.web.refusing import RefusedError
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
    """SENTENCE as a page, or as JSON where that is what the address gives; of a search with the place of its FAULT."""
    if respond.wants_json(request):
        place = {"query": fault.query, "start": fault.start, "end": fault.end} if fault else {}
        answer = respond.json(request, {"error": sentence, **place}, status)
    else:
        shown = {"query": fault.query, "pointed": pointed(fault)} if fault else {"pointed": None}
        answer = respond.page(request, "error.html", status, sentence=sentence, name=_name(status), **shown)
    answer.headers.update(headers or {})
    return answer


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
    sentences = {
        404: "There is no page at this address; the pages that there are stand above.",
        405: "This address can't be used in this way; reports are posted to /api/reports.",
    }
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    return told(request, status, sentences.get(status, _name(status)), headers)


async def _invalid(request: Request, error: Exception) -> Response:
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {"loc": ("",), "msg": "invalid"}
    return told(request, 400, f"{first['loc'][-1]}: {first['msg']}; GET /api/openapi.json lists what may be asked.")


def _name(status: int) -> str:
    return HTTPStatus(status).phrase
