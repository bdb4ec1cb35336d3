"""What is sent to us, within bounds of size and time."""

from __future__ import annotations

import asyncio
from typing import Final

from fastapi import Request
from starlette.requests import ClientDisconnect

from dragoman.web.refusing import RefusedError

BODY_TIMEOUT_S: Final = 30.0
"""A report of two megabytes takes a second even over a slow line."""


async def body_in_time(request: Request, most: int, setting: str = "") -> bytes:
    """The body of REQUEST, at most MOST bytes; SETTING names what sets that limit.

    Raises RefusedError where it is larger, or doesn't arrive in time.
    """
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            body = await body_of(request, most)
    except TimeoutError as error:
        raise RefusedError(408, f"The report did not arrive within {BODY_TIMEOUT_S:.0f} seconds.") from error
    except ClientDisconnect as error:
        raise RefusedError(400, "The connection was closed before all had arrived.") from error
    if body is None:
        sets = f"; {setting} sets the limit" if setting else ""
        raise RefusedError(413, f"The report is larger than {most:,} bytes{sets}.")
    return body


async def body_of(request: Request, most: int) -> bytes | None:
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
