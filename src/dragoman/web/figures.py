"""Figures that reports give, as series: those of one thing in one unit over time, each with its words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, cast

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from dragoman.plots.canvas import Caption, Look
from dragoman.plots.points import Point, points
from dragoman.store.query import StoredFact, facts
from dragoman.terms import BASE_STATUSES
from dragoman.web import respond, urls, words
from dragoman.web.plots import WIDTH
from dragoman.web.rows import Row, row
from dragoman.web.search import Search, read_for_facts
from dragoman.web.site import Site, site_of

MOST_FIGURES: Final = 400
"""Of more figures those of the latest dates are shown."""
LEAST_DRAWN: Final = 2
NAMED: Final = 24
"""Things counted that are named as ways to begin."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one unit and measure, by date; `chart` where two or more have one that could be drawn."""

    name: str
    rows: tuple[Row, ...]
    chart: Markup | None


@router.api_route("/figures", methods=["GET", "HEAD"])
def figures(request: Request) -> Response:
    """The page; `what` are words that the figures' quotes must hold, or any search."""
    site, search = site_of(request), _search(request)
    found = _found(site, search)
    return respond.page(
        request,
        "figures.html",
        nav="plots",
        what=search.text,
        series=_series(site, found) if search.text else [],
        number=len(found),
        full=len(found) == MOST_FIGURES,
        things=_things(found),
        json_address=urls.json_url("/figures", request.url.query),
    )


@router.api_route("/figures.json", methods=["GET", "HEAD"])
def figures_json(request: Request) -> Response:
    """The same as JSON."""
    search = _search(request)
    found = _found(site_of(request), search)
    return respond.json(request, {"what": search.text, "figures": [fact.line() for fact in found]})


def _search(request: Request) -> Search:
    site = site_of(request)
    return read_for_facts(request.query_params.get("what", ""), site.names, site.settings.min_confidence)


def _found(site: Site, search: Search) -> list[StoredFact]:
    """The figures that are asked for, the latest first."""
    query = read_for_facts(f"{search.text} kind:figure".strip(), site.names).query
    return list(facts(site.record, query, limit=MOST_FIGURES, order="-date"))


def _things(found: list[StoredFact]) -> list[tuple[str, int]]:
    """What most figures are of."""
    counted = Counter(str(fact.payload["what"]).strip() for fact in found if fact.payload["what"])
    return counted.most_common(NAMED)


def _series(site: Site, found: list[StoredFact]) -> list[Series]:
    """The figures by unit and measure, those with most first."""
    gathered: dict[str, list[StoredFact]] = {}
    for fact in sorted(found, key=lambda fact: (fact.date.start or fact.date.end or "", fact.seq)):
        gathered.setdefault(f"{fact.payload['unit'] or 'number'}, {fact.payload['measure']}", []).append(fact)
    made = sorted(gathered.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        Series(name, tuple(row(fact, site.names) for fact in some), _chart(number, name, some))
        for number, (name, some) in enumerate(made, 1)
    ]


def _chart(number: int, name: str, some: list[StoredFact]) -> Markup | None:
    """Figures over time; those of no known or of an open time, and those that are only supposed or denied, stand in the
    list alone. Bare numbers are drawn only where all count the same thing.
    """
    drawn = [
        Point(fact.date.start, fact.date.end, _value(fact), _label(fact), fact.payload["measure"] == "target")
        for fact in some
        if fact.date.start and fact.date.end and (fact.status in BASE_STATUSES or fact.payload["measure"] == "target")
    ]
    alike = len({fact.payload["what"] for fact in some}) == 1 or some[0].payload["unit"]
    if len(drawn) < LEAST_DRAWN or not alike:
        return None
    told = f"{words.counted(len(drawn), 'figure')} of {len(some):,} have a time that can be drawn"
    return Markup(points(drawn, Caption(f"figures-{number}", name, told), Look(WIDTH, framed=False)))


def _value(fact: StoredFact) -> float:
    """The number, below zero for a fall."""
    value = float(cast(float, fact.payload["value"]))
    return -value if fact.payload["qualifier"] == "fall" else value


def _label(fact: StoredFact) -> str:
    p = fact.payload
    parts = (p["qualifier"], words.number(cast(float, p["value"])), p["unit"], p["what"])
    return f"{' '.join(str(part) for part in parts if part)}, {words.date(fact.date)}"
