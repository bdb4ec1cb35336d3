"""Where the reports come from, and how facts are made."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Final

from fastapi import APIRouter, Request, Response

from dragoman.live.following.health import health
from dragoman.store.outlets import outlets
from dragoman.store.query import counts
from dragoman.store.search.keys import KEYS
from dragoman.terms import AGREEMENT_STATUSES, STATUSES
from dragoman.web import respond, urls
from dragoman.web.site import FOLDER, site_of

KINDS: Final = {
    "event": "Who did what to whom, by the types of PLOVER and, where one applies, a code of CAMEO.",
    "statement": "Who said what, with the words that say so and the chain of outlets it came through.",
    "agreement": "A treaty, accord or communiqué, with its parties and how far it has come.",
    "transfer": "Arms, aid, energy or money that goes from one to another.",
    "figure": "A number with what it counts.",
    "office": "Who held which office, as the report says on its day.",
}

MEASURED: Final = FOLDER / "measured.tsv"
"""Figures of `docs/quality.md` that say how often facts are right; a test keeps the two in step."""

router = APIRouter(include_in_schema=False)


@router.api_route("/sources", methods=["GET", "HEAD"])
def sources(request: Request) -> Response:
    """Outlets and what was read of each, and how the feeds are that are followed."""
    site = site_of(request)
    return respond.page(
        request,
        "sources.html",
        nav="sources",
        outlets=outlets(site.record),
        held=counts(site.record),
        followed=[(one, one.fields()) for one in health(site.record, time.time())],
        json_address=urls.json_url("/sources"),
    )


@router.api_route("/sources.json", methods=["GET", "HEAD"])
def sources_json(request: Request) -> Response:
    """The same as JSON."""
    record = site_of(request).record
    followed = [one.fields() for one in health(record, time.time())]
    return respond.json(request, {"sources": [asdict(outlet) for outlet in outlets(record)], "feeds": followed})


@router.api_route("/method", methods=["GET", "HEAD"])
def method(request: Request) -> Response:
    """How facts are made, what the marks mean, and what can't be relied on."""
    held = counts(site_of(request).record)
    return respond.page(
        request,
        "method.html",
        nav="method",
        statuses=STATUSES,
        agreement_statuses=AGREEMENT_STATUSES,
        kinds=KINDS,
        keys=KEYS,
        held=held,
        measured=measured(),
        json_address=urls.json_url("/method"),
    )


@router.api_route("/method.json", methods=["GET", "HEAD"])
def method_json(request: Request) -> Response:
    """The terms as JSON."""
    value = {"kinds": KINDS, "statuses": dict(STATUSES), "agreement_statuses": dict(AGREEMENT_STATUSES)}
    rows = [dict(zip(("measure", "figure", "interval"), row, strict=True)) for row in measured()]
    return respond.json(request, {**value, "measured": rows})


def measured() -> list[tuple[str, str, str]]:
    """Measure, figure and its interval of 95 percent, which may be empty."""
    lines = MEASURED.read_text(encoding="utf-8").splitlines()[1:]
    return [(measure, figure, interval) for measure, figure, interval in (line.split("\t") for line in lines)]
