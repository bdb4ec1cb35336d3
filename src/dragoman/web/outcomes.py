"""What was planned, and what became of it: each plan as a row, the reports of its outcome below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from fastapi import APIRouter, Request, Response

from dragoman.errors import QueryError
from dragoman.lexicon.names import Names
from dragoman.linking.standing import STATES, State
from dragoman.store.outcomes import Asked, Planned, Told, page, plan_json
from dragoman.store.query import StoredFact
from dragoman.web import respond, urls, words
from dragoman.web.paging import number
from dragoman.web.rows import Row, row
from dragoman.web.search import Search, read_for_facts
from dragoman.web.site import site_of

PAGE_PLANS: Final = 40
RETOLD: Final = 4
"""Other reports of a plan that are named; the rest are counted."""

MARKS: Final[Mapping[State, str]] = MappingProxyType(
    {
        "happened": "happened",
        "under way": "ongoing",
        "claimed": "claimed",
        "put off": "moved",
        "changed": "moved",
        "called off": "denied",
        "did not happen": "denied",
        "refused": "denied",
        "disputed": "disputed",
        "due": "scheduled",
        "open": "proposed",
        "no outcome seen": "silent",
    }
)
"""Shapes of states. One that no report tells of is three dots: it must never look like what happened."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Again:
    """Another report that tells a plan: the addresses of its fact, and its outlet and date in words."""

    url: str
    source: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as a reader sees it: its row, `told` what became of it, `then` the plans that replaced it."""

    row: Row
    state: State
    told: tuple[Row, ...]
    again: tuple[Again, ...]
    more: int
    then: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A state by which the list is narrowed; `says` what it means."""

    name: str
    says: str
    address: str
    chosen: bool


@router.api_route("/outcomes", methods=["GET", "HEAD"])
def outcomes(request: Request) -> Response:
    """The page."""
    site, (search, asked, after) = site_of(request), _asked(request)
    found = page(site.record, asked, after, PAGE_PLANS)
    state, told_by = next(iter(asked.states), None), asked.told_by
    return respond.page(
        request,
        "outcomes.html",
        nav="outcomes",
        search=search,
        plans=[plan_row(plan, site.names) for plan in found.plans],
        choices=_choices(search.text, state, told_by),
        chosen=state,
        states=STATES,
        told_by=told_by,
        more=urls.search_url(search.text, "/outcomes", state=state, told_by=told_by, after=found.next)
        if found.next
        else None,
        first=after is None,
        json_address=urls.json_url("/outcomes", request.url.query),
    )


@router.api_route("/outcomes.json", methods=["GET", "HEAD"])
def outcomes_json(request: Request) -> Response:
    """The same as JSON; plans as `dragoman outcomes --json` prints them."""
    search, asked, after = _asked(request)
    found = page(site_of(request).record, asked, after, PAGE_PLANS)
    state, told_by = next(iter(asked.states), None), asked.told_by
    following = urls.search_url(search.text, "/outcomes.json", state=state, told_by=told_by, after=found.next)
    value = {
        "query": search.text,
        "plans": list(map(plan_json, found.plans)),
        "next": following if found.next else None,
    }
    return respond.json(request, value)


def plan_row(plan: Planned, names: Names) -> PlanRow:
    """PLAN as a row, whose date is that for which it was planned and whose mark is how it stands."""
    box = (plan.state, "new date") if plan.moved else (plan.state,)
    date = words.date(plan.due) if plan.due else "no date"
    shown = replace(row(plan.fact, names), mark=MARKS[plan.state], box=box, date=date, date_title="planned for then")
    return PlanRow(
        row=shown,
        state=plan.state,
        told=tuple(_told_row(told, names) for told in _one_a_report(plan.told)),
        again=tuple(_again(fact) for fact in plan.retold[:RETOLD]),
        more=max(0, len(plan.retold) - RETOLD),
        then=tuple(plan_row(later, names) for later in plan.then),
    )


def _told_row(told: Told, names: Names) -> Row:
    """A later report's word of a plan, with the reason why it is held for its outcome."""
    shown = row(told.fact, names)
    said = tuple(word for word in shown.box if word != told.outcome)
    reason = words.clipped(f"joined by {told.points:g} of {told.threshold:g} points: {told.reason}", 160)
    return replace(shown, mark=MARKS[told.outcome], box=(told.outcome, *said), notes=(*shown.notes, reason))


def _one_a_report(told: tuple[Told, ...]) -> Iterator[Told]:
    """Of two facts of one report that say the same of a plan, the one with more points."""
    best: dict[tuple[str, str], Told] = {}
    for one in told:
        key = (one.fact.report, one.outcome)
        if key not in best or one.points > best[key].points:
            best[key] = one
    yield from best.values()


def _again(fact: StoredFact) -> Again:
    return Again(urls.fact_url(fact.id), f"{fact.outlet or 'outlet not known'}, {words.date(fact.published)}")


def _asked(request: Request) -> tuple[Search, Asked, int | None]:
    """What the address asks for. Raises QueryError and SearchError."""
    site = site_of(request)
    search = read_for_facts(request.query_params.get("q", ""), site.names, site.settings.min_confidence)
    state = request.query_params.get("state", "").replace("-", " ").lower()
    if state and state not in STATES:
        raise QueryError(f"state: {state[:40]!r} is none of {', '.join(STATES)}")
    told_by = request.query_params.get("told_by") or None
    asked = Asked(search.query, (state,) if state else (), told_by)
    return search, asked, number(request, "after")


def _choices(text: str, chosen: str | None, told_by: str | None) -> list[Choice]:
    choices = [Choice("all", "Every plan.", urls.search_url(text, "/outcomes", told_by=told_by), not chosen)]
    for name, says in STATES.items():
        address = urls.search_url(text, "/outcomes", state=name, told_by=told_by)
        choices.append(Choice(name, says, address, name == chosen))
    return choices
