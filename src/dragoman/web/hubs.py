"""The addresses that hubs of WebSub call: to ask whether a subscription is meant, and with what is new in a feed."""

from __future__ import annotations

import asyncio
import time

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse

from dragoman.live.following.hubs import receive, verify
from dragoman.web.bodies import BODY_TIMEOUT_S, body_of
from dragoman.web.site import site_of

router = APIRouter(include_in_schema=False)


@router.get("/websub/{path}")
def verified(request: Request, path: str) -> Response:
    """The hub's question: its challenge is the answer where the subscription is ours, else there is nothing here."""
    answer = verify(site_of(request).record, path, request.query_params, time.time())
    return PlainTextResponse(answer) if answer is not None else PlainTextResponse("no such subscription\n", 404)


@router.post("/websub/{path}")
async def pushed(request: Request, path: str) -> Response:
    """What is new in a feed. 202 whatever the signature is, as the standard asks: a stranger learns nothing."""
    site = site_of(request)
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            body = await body_of(request, site.settings.max_feed_bytes)
    except (TimeoutError, ClientDisconnect):
        return Response(status_code=408)
    if body is None:
        return Response(status_code=413)
    signature = request.headers.get("x-hub-signature", "")
    kind = request.headers.get("content-type", "")
    taken = await run_in_threadpool(receive, site.record, site.settings, path, body, signature, kind, time.time())
    return Response(status_code=202 if taken is not None else 410)
