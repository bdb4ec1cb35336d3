"""Plots of whatever a search finds: a page with the drawing and its data, the drawing as a file, the data as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from dragoman.plots.asked import Asked, Drawn
from dragoman.plots.canvas import Look
from dragoman.plots.kinds import KINDS, draw
from dragoman.store.record import now
from dragoman.web import respond, urls
from dragoman.web.errors import NotFoundError
from dragoman.web.paging import Q
from dragoman.web.search import read_for_facts
from dragoman.web.shown import FORMS, PAGE, Shown, Table, accepted, answer
from dragoman.web.site import site_of

WIDTH: Final = 1112
"""Units; a page scales it."""

router = APIRouter(tags=["pages"])


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of plot that the same search may be drawn as."""

    name: str
    says: str
    address: str
    chosen: bool


@router.api_route("/plots", methods=["GET", "HEAD"], include_in_schema=False)
def plots(request: Request) -> Response:
    """The first kind, of the same search."""
    query = request.url.query
    return RedirectResponse(f"/plots/{next(iter(KINDS))}{f'?{query}' if query else ''}", 307)


@router.api_route("/plots/{name}", methods=["GET", "HEAD"], summary="A plot of what a search finds, with its data")
def plot(
    request: Request,
    name: Annotated[str, Path(description=f"Of {', '.join(KINDS)}, and a suffix: .svg for the drawing, .json, .csv.")],
    q: Q = "",
    dark: Annotated[str, Query(description="1: on dark ground; of the drawing alone.")] = "",
) -> Response:
    """A plot as a page, alone as .svg, its data as JSON, NDJSON, CSV and Parquet."""
    kind, _, form = name.partition(".")
    if kind not in KINDS or form not in (PAGE, *FORMS, "svg"):
        forms = ", ".join(f".{form}" for form in ("svg", *FORMS))
        raise NotFoundError(f"There is no plot {name[:40]!r}; there are {', '.join(KINDS)}, each also as {forms}.")
    form = form or accepted(request, {**FORMS, "svg": respond.SVG})
    drawn = _drawn(request, kind, q, form == "svg", dark == "1")
    if form == "svg":
        return respond.answer(request, drawn.svg, respond.SVG)
    table = _table(drawn)
    data = {"plot": kind, "query": q, "summary": drawn.summary}
    shown = Shown(
        lambda: _page(request, kind, q, drawn), lambda: {**data, "rows": list(table.objects())}, lambda: table
    )
    return answer(request, form, shown)


def _page(request: Request, kind: str, text: str, drawn: Drawn) -> Response:
    return respond.page(
        request,
        "plot.html",
        nav="plots",
        kind=KINDS[kind],
        drawn=drawn,
        chart=Markup(drawn.svg),
        choices=[Choice(k.name, k.says, plot_url(k.name, text), k.name == kind) for k in KINDS.values()],
        text=text,
        feed_query=text,
        file=plot_url(f"{kind}.svg", text),
        json_address=urls.json_url(f"/plots/{kind}", request.url.query),
    )


def _table(drawn: Drawn) -> Table:
    """The plot's data; columns of whole numbers alone are numbers."""
    columns = list(zip(*drawn.rows, strict=True))
    numbers = [bool(column) and all(isinstance(value, int) for value in column) for column in columns]
    kinds = {name: int for name, whole in zip(drawn.head, numbers, strict=False) if whole}
    rows = [
        tuple(value if name in kinds else str(value) for name, value in zip(drawn.head, row, strict=True))
        for row in drawn.rows
    ]
    return Table(drawn.head, rows, kinds)


def plot_url(name: str, text: str) -> str:
    """The address of a plot of the search TEXT."""
    return urls.search_url(text, f"/plots/{quote(name, safe='')}")


def _drawn(request: Request, kind: str, text: str, alone: bool, dark: bool) -> Drawn:
    site = site_of(request)
    search = read_for_facts(text, site.names, site.settings.min_confidence)
    look = Look(WIDTH if not alone else 960, alone and dark, alone)
    return draw(site.record, kind, Asked(search.query, text, site.names, now()[:10]), look)
