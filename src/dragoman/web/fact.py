"""A fact at its permanent address, with its words in their place, and how to cite it."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from dragoman.linking.standing import STATES
from dragoman.store.outcomes import of_fact, plan_json, plans_met
from dragoman.store.payload import Json, evidence_of
from dragoman.store.query import StoredFact
from dragoman.store.query import fact as stored_fact
from dragoman.store.reports import report as stored_report
from dragoman.store.review.decisions import DONE, Decision, decisions
from dragoman.web import respond, urls
from dragoman.web.agreements import agreement_url
from dragoman.web.citing import CITATIONS, citation, cited
from dragoman.web.errors import NotFoundError
from dragoman.web.feeds import base_of
from dragoman.web.marking import Words, paragraphs
from dragoman.web.outcomes import plan_row
from dragoman.web.rows import Row, row
from dragoman.web.shown import FORMS, Shown, accepted, answer
from dragoman.web.site import Site, site_of
from dragoman.web.tables import fact_table

AROUND_CHARS: Final = 400
"""Characters of the report before and after the words."""
MOST_MET: Final = 20
"""Plans that are shown of which a fact tells what became."""

router = APIRouter(tags=["pages"])


@router.api_route("/facts/{segment:path}", methods=["GET", "HEAD"], summary="A fact at its permanent address")
def fact(
    request: Request,
    segment: Annotated[str, Path(description="The fact's id, percent-encoded as a whole; a suffix: .json, .bib.")],
) -> Response:
    """A page, JSON, NDJSON, CSV, Parquet; and how to cite it: .txt, .bib (BibTeX), .csl.json (CSL-JSON)."""
    site = site_of(request)
    ident, form = urls.unslug(segment)
    found = stored_fact(site.record, ident)
    if found is None:
        raise NotFoundError(f"There is no fact {ident[:200]!r} in this record; it may stand in another one.")
    form = form or accepted(request, {**FORMS, **CITATIONS})
    if form in CITATIONS:
        made = respond.answer(request, cited(found, form, base_of(request)), f"{CITATIONS[form]}; charset=utf-8")
        made.headers["Vary"] = "Accept"
        return made
    shown = Shown(
        lambda: _page(request, ident, found),
        lambda: _json(site, found),
        lambda: fact_table([found]),
        lambda: [found.line()],
    )
    return answer(request, form, shown)


def _json(site: Site, found: StoredFact) -> Json:
    plan = of_fact(site.record, found.id)
    more: Json = {"version": found.version, "superseded": found.superseded, "coder": found.coder}
    more["plan"] = plan_json(plan) if plan else None
    more["tells_outcome_of"] = plans_met(site.record, found.id)
    more["decisions"] = [_decision_json(decision) for decision in decisions(site.record, found.id)]
    coded = {"lexicon": found.lexicon, "read_at": found.read_at, "citation": citation(found)}
    return {"fact": found.line(), **more, **coded}


def _page(request: Request, ident: str, found: StoredFact) -> Response:
    site = site_of(request)
    made = decisions(site.record, ident)
    return respond.page(
        request,
        "fact.html",
        plan=plan_row(plan, site.names) if (plan := of_fact(site.record, ident)) else None,
        plan_states=STATES,
        meets=_meets(site, ident),
        treaty=agreement_url(ident) if found.kind == "agreement" and not found.superseded else None,
        row=row(found, site.names),
        fact=found,
        decisions=made,
        done=DONE,
        rejected=bool(made) and made[-1].choice == "reject" and made[-1].seq == found.seq,
        cite=citation(found),
        context=_context(site, found),
        fields=list(fields(found)),
        json_address=urls.json_url(urls.fact_url(ident)),
    )


def _meets(site: Site, ident: str) -> list[Row]:
    """The plans of which the fact tells what became."""
    met = [stored_fact(site.record, plan) for plan in plans_met(site.record, ident)[:MOST_MET]]
    return [row(plan, site.names) for plan in met if plan is not None]


def _decision_json(decision: Decision) -> Json:
    """What a person decided on a fact."""
    return {
        "decision": decision.choice,
        "number": decision.number,
        "by": decision.reviewer,
        "at": decision.decided_at,
        "why": decision.why,
        "carried": decision.carried,
    }


def fields(fact: StoredFact) -> list[tuple[str, str]]:
    """All that the fact says beside its words, for a table: name and value."""
    return [(name, _value(value)) for name, value in fact.payload.items() if name != "evidence" and _told(value)]


def _told(value: object) -> bool:
    return value is not None and value != [] and value != ""


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_value(item)}" for key, item in value.items() if _told(item))
    if isinstance(value, list):
        return (
            "; ".join(map(_value, value))
            if any(isinstance(v, dict | list) for v in value)
            else ", ".join(map(str, value))
        )
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _context(site: Site, fact: StoredFact) -> object:
    """The paragraphs around the fact's words, with these marked."""
    text = stored_report(site.record, fact.report, fact.version).report.text
    start, end, _ = evidence_of(fact.payload)[0]
    left = max(0, start - AROUND_CHARS)
    left = text.find(" ", left, start) + 1 if left else 0
    right = min(len(text), end + AROUND_CHARS)
    cut = text[left:right]
    return paragraphs(cut, [Words("1", "proof", ((start - left, end - left),))])
