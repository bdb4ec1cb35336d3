"""What people decided on facts, what waits for them, and where they and the coder differ; nothing is decided here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import islice
from typing import Final

from fastapi import APIRouter, Request, Response

from dragoman.store.payload import Json
from dragoman.store.query import fact as stored_fact
from dragoman.store.review.decisions import DONE, Decision
from dragoman.store.review.history import Disagreement, disagreements
from dragoman.store.review.queue import latest_decisions, waiting
from dragoman.store.search.results import passages
from dragoman.web import respond, urls, words
from dragoman.web.paging import number
from dragoman.web.rows import Row, row
from dragoman.web.search import read_for_facts
from dragoman.web.site import Site, site_of

PAGE_FACTS: Final = 40
DECIDED: Final = 20
"""Decisions that are shown, the last ones."""
DIFFERING: Final = 40

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in words with its fact, None where the record has it no more."""

    said: str
    why: str
    row: Row | None


@dataclass(frozen=True, slots=True)
class Differing:
    """Where people hold something else than the coder: the decision, and each field as the coder and they have it."""

    said: str
    fact: str
    kind: str
    quote: str
    fields: tuple[tuple[str, str, str], ...]
    sentence: str


@router.api_route("/review", methods=["GET", "HEAD"])
def review(request: Request) -> Response:
    """The page."""
    site, after = site_of(request), number(request, "after")
    search = read_for_facts(request.query_params.get("q", ""), site.names, site.settings.min_confidence)
    shown, cursor = waiting(site.record, search.query, after, PAGE_FACTS)
    there = passages(site.record, shown)
    return respond.page(
        request,
        "review.html",
        nav="review",
        search=search,
        rows=[row(fact, site.names, there.get(fact.seq)) for fact in shown],
        decided=[_decided(site, one) for one in latest_decisions(site.record, DECIDED)],
        differing=[_differing(one) for one in islice(disagreements(site.record), DIFFERING)],
        more=urls.search_url(search.text, "/review", after=cursor) if cursor else None,
        json_address=urls.json_url("/review", request.url.query),
    )


@router.api_route("/review.json", methods=["GET", "HEAD"])
def review_json(request: Request) -> Response:
    """The same as JSON."""
    site, after = site_of(request), number(request, "after")
    search = read_for_facts(request.query_params.get("q", ""), site.names, site.settings.min_confidence)
    shown, cursor = waiting(site.record, search.query, after, PAGE_FACTS)
    value: Json = {
        "query": search.text,
        "waiting": [fact.line() for fact in shown],
        "next": urls.search_url(search.text, "/review.json", after=cursor) if cursor else None,
        "decided": [_decision_json(one) for one in latest_decisions(site.record, DECIDED)],
        "differing": [_differing_json(one) for one in islice(disagreements(site.record), DIFFERING)],
    }
    return respond.json(request, value)


def _said(decision: Decision) -> str:
    return f"{decision.decided_at[:10]}: {decision.reviewer} {DONE[decision.choice]} it"


def _decided(site: Site, decision: Decision) -> Decided:
    found = stored_fact(site.record, decision.fact)
    return Decided(_said(decision), decision.why, row(found, site.names) if found else None)


def _differing(one: Disagreement) -> Differing:
    evidence = one.payload["evidence"]
    quote = str(evidence[0]["text"]) if isinstance(evidence, list) and evidence else ""
    fields = tuple((change.field, _value(change.old), _value(change.new)) for change in one.changed)
    sentence = "The coder reads it otherwise." if fields else "The coder gives what was rejected."
    if one.lost:
        sentence = "The report's newest version no longer has its words."
    elif one.missing:
        sentence = "The coder no longer gives it."
    said = _said(one.decision) + (", before the report was read again" if one.read_since else "")
    return Differing(said, urls.fact_url(one.decision.fact), one.kind, words.clipped(quote, 200), fields, sentence)


def _value(value: object) -> str:
    return "nothing" if value in (None, "", []) else words.clipped(str(value), 120)


def _decision_json(decision: Decision) -> Json:
    names = ("fact", "report", "number", "choice", "reviewer", "decided_at", "why")
    return {name: getattr(decision, name) for name in names}


def _differing_json(one: Disagreement) -> Json:
    told: Json = {"kind": one.kind, "coder": one.coder, "missing": one.missing, "lost": one.lost}
    return {**told, "decision": _decision_json(one.decision), "changed": [asdict(change) for change in one.changed]}
