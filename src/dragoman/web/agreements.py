"""Agreements and how far they have come: each step with the words of the reports that tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from dragoman.lexicon.names import Names
from dragoman.linking.treaties import Step
from dragoman.plots.agreement import Step as DrawnStep
from dragoman.plots.agreement import agreement as draw_steps
from dragoman.plots.canvas import Caption, Look
from dragoman.store.agreements import Treaty, date_of_step, named, page, treaty_json
from dragoman.store.outcomes import Asked
from dragoman.store.payload import Json
from dragoman.store.query import StoredFact
from dragoman.store.search.results import Passage, passages
from dragoman.terms import AGREEMENT_STATUSES
from dragoman.web import respond, urls, words
from dragoman.web.errors import NotFoundError
from dragoman.web.paging import number
from dragoman.web.plots import WIDTH, plot_url
from dragoman.web.rows import AGREEMENT_MARKS, Row, row
from dragoman.web.search import Search, read_for_facts
from dragoman.web.site import Site, site_of

PAGE_TREATIES: Final = 40
TOLD: Final = 12
"""Reports of one step that are shown with their words; the others are counted."""

LEAST_DRAWN: Final = 2
"""Steps from which on they are drawn."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as a reader sees it: its date, shape and status, who took it, and the facts that tell it."""

    date: str
    mark: str
    status: str
    by: str
    planned: str
    told: tuple[Row, ...]
    more: int


@dataclass(frozen=True, slots=True)
class TreatyRow:
    """An agreement in a list: its name, its page, its parties in words, the date and words of its newest step."""

    name: str
    also: tuple[str, ...]
    url: str
    status: str
    mark: str
    date: str
    parties: str
    reports: int
    steps: str
    proof: Row


@router.api_route("/agreements", methods=["GET", "HEAD"])
def agreements(request: Request) -> Response:
    """All agreements, or those of which a search finds a fact, the one read of last first."""
    site, (search, asked, after) = site_of(request), _asked(request)
    found = page(site.record, asked, after, PAGE_TREATIES)
    return respond.page(
        request,
        "agreements.html",
        nav="agreements",
        search=search,
        told_by=asked.told_by,
        rows=_rows(site, found.treaties),
        more=urls.search_url(search.text, "/agreements", told_by=asked.told_by, after=found.next)
        if found.next
        else None,
        plot=plot_url("agreements", search.text),
        json_address=urls.json_url("/agreements", request.url.query),
    )


@router.api_route("/agreements.json", methods=["GET", "HEAD"])
def agreements_json(request: Request) -> Response:
    """The same as JSON; agreements as `dragoman agreements --json` prints them."""
    search, asked, after = _asked(request)
    found = page(site_of(request).record, asked, after, PAGE_TREATIES)
    following = urls.search_url(search.text, "/agreements.json", told_by=asked.told_by, after=found.next)
    value = {"query": search.text, "agreements": list(map(treaty_json, found.treaties))}
    return respond.json(request, {**value, "next": following if found.next else None})


@router.api_route("/agreements/{segment:path}", methods=["GET", "HEAD"])
def agreement(request: Request, segment: str) -> Response:
    """An agreement by a name, an acronym or the id of one of its facts: its steps, each with its proof; or its JSON."""
    site = site_of(request)
    name, as_json = urls.page_or_json(segment)
    asked = Asked(told_by=request.query_params.get("told_by") or None)
    found = named(site.record, name, asked)
    if not found:
        raise NotFoundError(f"No agreement is called {name[:120]!r} in this record; /agreements lists those that are.")
    if as_json:
        return respond.json(request, {"name": name, "agreements": list(map(treaty_json, found))})
    treaty, others = found[0], found[1:]
    return respond.page(
        request,
        "agreement.html",
        nav="agreements",
        treaty=treaty,
        parties=_parties(treaty, site.names),
        pair=_pair(treaty),
        steps=[_step_row(step, treaty, site.names) for step in treaty.history.steps],
        mentioned=[row(treaty.facts[one.key], site.names) for one in treaty.history.mentioned[:TOLD]],
        mentions=len(treaty.history.mentioned),
        others=_rows(site, others[:PAGE_TREATIES]),
        chart=_chart(site, treaty),
        told_by=asked.told_by,
        statuses=AGREEMENT_STATUSES,
        json_address=urls.json_url(agreement_url(name), request.url.query),
    )


def agreement_url(name: str) -> str:
    """The page of the agreement of that name or fact."""
    return f"/agreements/{urls.slug(name)}"


def _asked(request: Request) -> tuple[Search, Asked, int | None]:
    site = site_of(request)
    search = read_for_facts(request.query_params.get("q", ""), site.names, site.settings.min_confidence)
    asked = Asked(search.query, told_by=request.query_params.get("told_by") or None)
    return search, asked, number(request, "after")


def _rows(site: Site, treaties: Sequence[Treaty]) -> list[TreatyRow]:
    """Agreements as rows, each with the sentence that tells its last step."""
    proofs = [_proof(treaty) for treaty in treaties]
    there = passages(site.record, proofs)
    return [_treaty_row(one, proof, there, site.names) for one, proof in zip(treaties, proofs, strict=True)]


def _proof(treaty: Treaty) -> StoredFact:
    history = treaty.history
    told = history.steps[-1].tellings[0] if history.steps else history.tellings[0]
    return treaty.facts[told.key]


def _treaty_row(treaty: Treaty, proof: StoredFact, there: Mapping[int, Passage], names: Names) -> TreatyRow:
    history = treaty.history
    step = history.steps[-1] if history.steps else None
    steps = list(dict.fromkeys(one.status for one in history.steps))
    return TreatyRow(
        name=words.clipped(treaty.name, 120),
        also=tuple(words.clipped(name, 80) for name in treaty.names[1:4]),
        url=agreement_url(treaty.id),
        status=history.status,
        mark=mark(history.status),
        date=words.date(date_of_step(step)) if step else "",
        parties=_parties(treaty, names),
        reports=treaty.reports,
        steps=" → ".join(steps) if len(steps) > 1 else "",
        proof=row(proof, names, there.get(proof.seq)),
    )


def mark(status: str) -> str:
    """The shape of an agreement's status."""
    return AGREEMENT_MARKS.get(status, "happened")


def _step_row(step: Step, treaty: Treaty, names: Names) -> StepRow:
    best = step.tellings[0]
    told = [row(treaty.facts[one.key], names) for one in step.tellings]
    return StepRow(
        date=words.date(date_of_step(step)),
        mark=mark(step.status),
        status=step.status,
        by=words.joined([names.of(code) for code in sorted(step.by)]),
        planned=words.date(best.date) if best.planned else "",
        told=tuple(told[:TOLD]),
        more=max(0, len(told) - TOLD),
    )


def _parties(treaty: Treaty, names: Names) -> str:
    return words.joined([_party(party, names) for party in treaty.parties])


def _party(party: Json, names: Names) -> str:
    return names.of(str(party["country"])) if party["country"] else str(party["name"])


def _pair(treaty: Treaty) -> tuple[str, str] | None:
    codes = sorted({str(party["country"]) for party in treaty.parties if party["country"]})
    return (codes[0], codes[1]) if len(codes) == 2 else None


def _chart(site: Site, treaty: Treaty) -> Markup | None:
    """The steps drawn over time; None where fewer than two have a date that could be drawn."""
    steps = list(_drawn(treaty))
    if len(steps) < LEAST_DRAWN:
        return None
    caption = Caption("agreements", f"{treaty.name}: how it came on", _summary(treaty))
    return Markup(draw_steps(steps, caption, replace(Look(WIDTH), framed=False), 1))


def _drawn(treaty: Treaty) -> Iterator[DrawnStep]:
    for step in treaty.history.steps:
        date = date_of_step(step)
        if date.start or date.end:
            yield DrawnStep(treaty.name, step.status, date, len({one.report for one in step.tellings}))


def _summary(treaty: Treaty) -> str:
    return f"{words.counted(len(treaty.history.steps), 'step')} in {words.counted(treaty.reports, 'report')}"
