"""Where the reports come from, and how facts are made."""

from __future__ import annotations

import time
from dataclasses import asdict, astuple, fields
from typing import Final

from fastapi import APIRouter, Request, Response

from dragoman.live.following.health import health
from dragoman.store.outlets import OutletCount, outlets
from dragoman.store.query import counts
from dragoman.store.search.keys import KEYS
from dragoman.terms import AGREEMENT_STATUSES, STATUSES
from dragoman.web import respond, urls
from dragoman.web.shown import Shown, Suffix, Table, accepted, answer
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

router = APIRouter(tags=["pages"])


@router.api_route("/sources", methods=["GET", "HEAD"], summary="Outlets and what was read of each")
def sources(request: Request) -> Response:
    """By the Accept header also as JSON, NDJSON, CSV and Parquet."""
    return answer(request, accepted(request), _sources(request))


@router.api_route("/sources.{form}", methods=["GET", "HEAD"], summary="The same in one form")
def sources_as(request: Request, form: Suffix) -> Response:
    """Reports and facts in newest versions; `first` and `last` are days of the reports."""
    return answer(request, form, _sources(request))


def _sources(request: Request) -> Shown:
    site = site_of(request)
    found, followed = outlets(site.record), health(site.record, time.time())
    address = urls.json_url("/sources")
    columns = tuple(field.name for field in fields(OutletCount))
    return Shown(
        lambda: respond.page(
            request,
            "sources.html",
            nav="sources",
            outlets=found,
            held=counts(site.record),
            followed=[(one, one.fields()) for one in followed],
            json_address=address,
        ),
        lambda: {"sources": [asdict(outlet) for outlet in found], "feeds": [one.fields() for one in followed]},
        lambda: Table(columns, map(astuple, found), {"reports": int, "facts": int}),
    )


@router.api_route("/method", methods=["GET", "HEAD"], summary="How facts are made, and what the marks mean")
def method(request: Request) -> Response:
    """And what can't be relied on. By the Accept header also as JSON, NDJSON, CSV and Parquet: the terms."""
    return answer(request, accepted(request), _method(request))


@router.api_route("/method.{form}", methods=["GET", "HEAD"], summary="The terms in one form")
def method_as(request: Request, form: Suffix) -> Response:
    """Kinds of facts and statuses, each with what it means."""
    return answer(request, form, _method(request))


def _method(request: Request) -> Shown:
    terms = {"kinds": KINDS, "statuses": dict(STATUSES), "agreement_statuses": dict(AGREEMENT_STATUSES)}
    rows = [(group, name, meaning) for group, glossed in terms.items() for name, meaning in glossed.items()]
    figures = [dict(zip(("measure", "figure", "interval"), row, strict=True)) for row in measured()]
    return Shown(
        lambda: respond.page(
            request,
            "method.html",
            nav="method",
            statuses=STATUSES,
            agreement_statuses=AGREEMENT_STATUSES,
            kinds=KINDS,
            keys=KEYS,
            held=counts(site_of(request).record),
            measured=measured(),
            json_address=urls.json_url("/method"),
        ),
        lambda: {**terms, "measured": figures},
        lambda: Table(("group", "term", "meaning"), rows),
    )


def measured() -> list[tuple[str, str, str]]:
    """Measure, figure and its interval of 95 percent, which may be empty."""
    lines = MEASURED.read_text(encoding="utf-8").splitlines()[1:]
    return [(measure, figure, interval) for measure, figure, interval in (line.split("\t") for line in lines)]
