"""For those who look after a server: whether it is well, and its figures."""

from __future__ import annotations

import logging
from typing import Final

from fastapi import APIRouter, Request, Response
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from dragoman.errors import RecordError
from dragoman.store.query import latest_seq
from dragoman.web import respond
from dragoman.web.caller import caller_of
from dragoman.web.refusing import RefusedError
from dragoman.web.site import site_of

LOG: Final = logging.getLogger("dragoman.web")

router = APIRouter(include_in_schema=False)


@router.api_route("/healthz", methods=["GET", "HEAD"])
def healthz(request: Request) -> Response:
    """200 where the record can be read, else 503, also while the server ends. It says nothing else to strangers."""
    site = site_of(request)
    state, status = "ok", 200
    if site.closing.is_set():
        state, status = "ending", 503
    else:
        try:
            latest_seq(site.record)
        except RecordError as error:
            LOG.warning("healthz: %s", error)
            state, status = "the record can't be read", 503
    answer = respond.json(request, {"status": state}, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """The figures; where others may ask, for holders of a token that may read."""
    site = site_of(request)
    if site.settings.access != "local" and not caller_of(request).may("read"):
        sentence = "The figures take a token: send `Authorization: Bearer TOKEN`; `dragoman token add --scope read`."
        raise RefusedError(401, sentence, {"WWW-Authenticate": "Bearer"})
    return Response(site.metrics.text(), headers={"Cache-Control": "no-store"}, media_type=CONTENT_TYPE_LATEST)
