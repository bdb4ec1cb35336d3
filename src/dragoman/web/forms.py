"""What a page sends back: small forms and small JSON, from our own pages alone."""

from __future__ import annotations

import asyncio
import json
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request
from starlette.requests import ClientDisconnect

from dragoman.errors import QueryError
from dragoman.web.errors import ForbiddenError

MOST_BYTES: Final = 16_384
MOST_FIELDS: Final = 40
TIMEOUT_S: Final = 10.0


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form. Raises ForbiddenError where another site sent it, QueryError where it can't be read."""
    _check(request, "application/x-www-form-urlencoded")
    try:
        text = (await _body(request)).decode("utf-8")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"))
    except ValueError as error:
        raise QueryError("the form can't be read; send it from its page") from error


async def json_of(request: Request) -> dict[str, object]:
    """A JSON object. Raises ForbiddenError and QueryError as `form_of` does."""
    _check(request, "application/json")
    try:
        found = json.loads(await _body(request))
    except (ValueError, RecursionError) as error:
        raise QueryError("the body is no JSON that can be read") from error
    if not isinstance(found, dict):
        raise QueryError("the body is no JSON object")
    return found


def from_here(request: Request) -> bool:
    """Whether a page of this site sends REQUEST, or no browser at all does.

    What browsers say of themselves goes first: behind a proxy that changes the host no Origin would fit.
    """
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _check(request: Request, kind: str) -> None:
    if not from_here(request):
        raise ForbiddenError("Another site sent this; do it on a page of this one.")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
        raise QueryError(f"the body must be {kind}")


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(TIMEOUT_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise QueryError(f"the body is larger than {MOST_BYTES:,} bytes")
    except (TimeoutError, ClientDisconnect) as error:
        raise QueryError("the body did not arrive") from error
    return bytes(body)
