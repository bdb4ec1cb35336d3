"""Plots of whatever a search finds: a page with the drawing and its data, the drawing as a file, the data as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from dragoman.plots.asked import Asked, Drawn
from dragoman.plots.canvas import Look
from dragoman.plots.kinds import KINDS, draw
from dragoman.store.record import now
from dragoman.web import respond, urls
from dragoman.web.errors import NotFoundError
from dragoman.web.search import read_for_facts
from dragoman.web.site import site_of

WIDTH: Final = 1112
"""Units; a page scales it."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of plot that the same search may be drawn as."""

    name: str
    says: str
    address: str
    chosen: bool


@router.api_route("/plots", methods=["GET", "HEAD"])
def plots(request: Request) -> Response:
    """The first kind, of the same search."""
    query = request.url.query
    return RedirectResponse(f"/plots/{next(iter(KINDS))}{f'?{query}' if query else ''}", 307)


@router.api_route("/plots/{name}", methods=["GET", "HEAD"])
def plot(request: Request, name: str) -> Response:
    """A plot as a page, as .json, or alone as .svg, by `?dark=1` on dark ground."""
    kind, _, form = name.partition(".")
    if kind not in KINDS or form not in ("", "json", "svg"):
        raise NotFoundError(
            f"There is no plot {name[:40]!r}; there are {', '.join(KINDS)}, each also as .json and as .svg."
        )
    text = request.query_params.get("q", "")
    drawn = _drawn(request, kind, text, form == "svg")
    if form == "svg":
        return respond.answer(request, drawn.svg, respond.SVG)
    if form == "json":
        rows = [dict(zip(drawn.head, row, strict=True)) for row in drawn.rows]
        return respond.json(request, {"plot": kind, "query": text, "summary": drawn.summary, "rows": rows})
    return respond.page(
        request,
        "plot.html",
        nav="plots",
        kind=KINDS[kind],
        drawn=drawn,
        chart=Markup(drawn.svg),
        choices=[Choice(k.name, k.says, plot_url(k.name, text), k.name == kind) for k in KINDS.values()],
        text=text,
        file=plot_url(f"{kind}.svg", text),
        json_address=urls.json_url(f"/plots/{kind}", request.url.query),
    )


def plot_url(name: str, text: str) -> str:
    """The address of a plot of the search TEXT."""
    return urls.search_url(text, f"/plots/{quote(name, safe='')}")


def _drawn(request: Request, kind: str, text: str, alone: bool) -> Drawn:
    site = site_of(request)
    search = read_for_facts(text, site.names, site.settings.min_confidence)
    look = Look(WIDTH if not alone else 960, alone and request.query_params.get("dark") == "1", alone)
    return draw(site.record, kind, Asked(search.query, text, site.names, now()[:10]), look)
