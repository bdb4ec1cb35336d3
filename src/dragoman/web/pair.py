"""Two countries: what passed between them over time, and the list of pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from dragoman.errors import QueryError
from dragoman.facts import STATUSES
from dragoman.plots.asked import DRAWN, Asked, source
from dragoman.plots.canvas import Caption, Look
from dragoman.plots.columns import Binned, Column, Point, binned
from dragoman.plots.keys import PLANNED
from dragoman.plots.kinds import KINDS, NAMED_STATUSES
from dragoman.plots.timeline import Mark, timeline
from dragoman.store.points import PairEvent, pair_events
from dragoman.store.query import FactFilter, StoredFact, counts, facts, pairs
from dragoman.store.record import now
from dragoman.terms import BASE_STATUSES, COOPERATIVE
from dragoman.web import respond, urls, words
from dragoman.web.errors import NotFoundError
from dragoman.web.paging import Cursor, begins, cursor_of, page_of
from dragoman.web.plots import WIDTH, plot_url
from dragoman.web.rows import row
from dragoman.web.shown import FORMS, PAGE, Shown, Suffix, Table, accepted, answer
from dragoman.web.site import Site, site_of
from dragoman.web.tables import fact_table

PAGE_FACTS: Final = 60
LISTED_PAIRS: Final = 200
MATERIAL: Final = frozenset({"COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
"""Types that PLOVER counts as material; the others are verbal."""

router = APIRouter(tags=["pages"])


@dataclass(frozen=True, slots=True)
class Chip:
    """A count that narrows the list when it is clicked."""

    name: str
    number: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """What the pages about a pair tell. `low` and `high` are codes in alphabetical order."""

    low: str
    high: str
    title: str
    events: list[PairEvent]
    bins: Binned
    summary: str
    agreements: list[StoredFact]

    def drawing(self, look: Look, from_where: str = "") -> str:
        """The chart; FROM_WHERE is its line of sources."""
        marks = [
            Mark(a.date.start, str(a.payload["name"]))
            for a in self.agreements
            if a.status in NAMED_STATUSES and a.date.start is not None and a.date.end is not None
        ]
        caption = Caption("timeline", f"{self.title}: cooperation and conflict", self.summary, from_where)
        return timeline(self.bins, caption, look, marks)


@router.api_route("/pairs", methods=["GET", "HEAD"], summary="Countries that share facts")
def pair_list(request: Request) -> Response:
    """By the Accept header also as JSON, NDJSON, CSV and Parquet."""
    return answer(request, accepted(request), _pair_list(request))


@router.api_route("/pairs.{form}", methods=["GET", "HEAD"], summary="The same in one form")
def pair_list_as(request: Request, form: Suffix) -> Response:
    """All their facts, and the events of them that took place; those with most first."""
    return answer(request, form, _pair_list(request))


def _pair_list(request: Request) -> Shown:
    site = site_of(request)
    found = pairs(site.record, limit=LISTED_PAIRS)
    address = urls.json_url("/pairs")
    columns = ("low", "high", "facts", "happened")
    return Shown(
        lambda: respond.page(request, "pairs.html", nav="pairs", pairs=found, names=site.names, json_address=address),
        lambda: {"pairs": [{"pair": [p.low, p.high], "facts": p.facts, "happened": p.happened} for p in found]},
        lambda: Table(columns, ((p.low, p.high, p.facts, p.happened) for p in found), {"facts": int, "happened": int}),
    )


@router.api_route("/pairs/{one}/{other}", methods=["GET", "HEAD"], summary="Two countries")
def pair(
    request: Request,
    one: Annotated[str, Path(description="A country's code: EGY.")],
    other: Annotated[str, Path(description="Another one's, and a suffix: .svg for the chart, .json, .csv.")],
    status: Annotated[str | None, Query(description="Events of one status, or `background`.")] = None,
    cursor: Cursor = None,
    after: Annotated[int | None, Query(ge=0, lt=10**18, description="After the fact with this number.")] = None,
    dark: Annotated[str, Query(description="1: on dark ground; of the chart alone.")] = "",
) -> Response:
    """A time line (alone as .svg), agreements, events; by the Accept header also as JSON, NDJSON, CSV and Parquet."""
    site = site_of(request)
    other, _, form = other.partition(".")
    low, high = sorted((one.upper(), other.upper()))
    _check(site, low, high)
    if form not in (PAGE, *FORMS, "svg"):
        raise NotFoundError(f"A pair is there as a page, as .svg and as {', '.join(FORMS)}, not as .{form[:20]}.")
    if (one, other) != (low, high):
        address = urls.pair_url(low, high) + (f".{form}" if form else "")
        return RedirectResponse(f"{address}?{request.url.query}" if request.url.query else address, 307)
    found = _load(site, low, high)
    form = form or accepted(request, {**FORMS, "svg": respond.SVG})
    if form == "svg":
        drawing = found.drawing(Look(dark=dark == "1"), _source(site, low, high))
        return respond.answer(request, drawing, respond.SVG)
    return answer(request, form, _shown(request, found, status, begins("-date", cursor, after)))


def _source(site: Site, low: str, high: str) -> str:
    """Where the chart of two countries is from."""
    query = FactFilter(pair=(low, high), min_confidence=site.settings.min_confidence or None).query
    return source(site.record, Asked(query, f"{low} {high}", site.names, now()[:10]))


def _check(site: Site, low: str, high: str) -> None:
    for code in (low, high):
        if not site.names.known(code):
            raise NotFoundError(f"{code[:20]!r} is the code of no country; codes have three letters, such as EGY.")
    if low == high:
        raise NotFoundError(f"A pair is two countries; {site.names.of(low)} was named twice.")


def _load(site: Site, low: str, high: str) -> Pair:
    events = pair_events(site.record, (low, high), site.settings.min_confidence)
    drawn = [event for event in events if not event.background and event.status in DRAWN]
    bins = binned(Point(e.date, e.type in COOPERATIVE, e.status in PLANNED) for e in drawn)
    read = counts(site.record).reports
    agreements = list(facts(site.record, FactFilter(kinds=("agreement",), pair=(low, high)), limit=40, order="date"))
    title = f"{site.names.of(low)} – {site.names.of(high)}"
    return Pair(low, high, title, events, bins, summary(events, bins, read), agreements)


def summary(events: Sequence[PairEvent], bins: Binned, read: int) -> str:
    """What the chart shows and of how much, in one sentence."""
    foreground = [event for event in events if not event.background]
    reports = len({event.report for event in events})
    span = f"{words.day(bins.columns[0].start)} – {words.day(bins.columns[-1].end)} · " if bins.columns else ""
    text = f"{span}{words.counted(len(foreground), 'event')} in {words.counted(reports, 'report')} of {read:,} read"
    behind = len(events) - len(foreground)
    return text + (f", and {behind} as background" if behind else "")


def _shown(request: Request, found: Pair, status: str | None, after: int | None) -> Shown:
    site = site_of(request)
    filters = replace(_filters(found, status), min_confidence=site.settings.min_confidence or None)
    shown, last = page_of(site.record, filters, after, PAGE_FACTS, "-date")
    cursor = cursor_of("-date", last)
    return Shown(
        lambda: _page(request, found, shown, status, cursor),
        lambda: _json(found, shown),
        lambda: fact_table(shown),
        lambda: (fact.line() for fact in shown),
        cursor,
        paged=True,
    )


def _page(request: Request, found: Pair, shown: list[StoredFact], status: str | None, cursor: str | None) -> Response:
    site, path, search = site_of(request), urls.pair_url(found.low, found.high), f"{found.low} {found.high}"
    return respond.page(
        request,
        "pair.html",
        nav="pairs",
        pair=found,
        chart=Markup(found.drawing(Look(WIDTH, framed=False))),
        plots=[
            (kind.name, kind.says, plot_url(kind.name, search)) for kind in KINDS.values() if kind.name != "timeline"
        ],
        chips=_chips(found, status, path),
        rows=[row(fact, site.names) for fact in shown],
        agreements=[row(fact, site.names) for fact in found.agreements],
        balance=balance(found.events),
        directions=directions(found, site),
        chosen=status,
        more=urls.search_url("", path, status=status, cursor=cursor) if cursor else None,
        search=search,
        feed_query=search,
        json_address=urls.json_url(path, request.url.query),
    )


def _filters(found: Pair, status: str | None) -> FactFilter:
    """Events of the pair; of one status without background, or background alone."""
    kinds, pair = ("event",), (found.low, found.high)
    if not status:
        return FactFilter(kinds=kinds, pair=pair)
    if status == "background":
        return FactFilter(kinds=kinds, pair=pair, background=True)
    if status not in STATUSES:
        raise QueryError(f"status: {status[:40]!r} is none of {', '.join((*STATUSES, 'background'))}")
    return FactFilter(kinds=kinds, pair=pair, statuses=(status,), background=False)


def _chips(found: Pair, chosen: str | None, path: str) -> list[Chip]:
    numbers = Counter("background" if event.background else event.status for event in found.events)
    chips = [Chip("all", len(found.events), path, not chosen)]
    for name in (*STATUSES, "background"):
        if numbers[name]:
            chips.append(Chip(name, numbers[name], urls.search_url("", path, status=name), chosen == name))
    return chips


def balance(events: Sequence[PairEvent]) -> dict[str, int]:
    """Events that took place by PLOVER's four classes; background and all other statuses left out."""
    counted = Counter(
        f"{'cooperation' if event.type in COOPERATIVE else 'conflict'}, "
        f"{'material' if event.type in MATERIAL else 'verbal'}"
        for event in events
        if event.status in BASE_STATUSES and not event.background
    )
    return {f"{side}, {how}": counted[f"{side}, {how}"] for side in ("cooperation", "conflict")
            for how in ("verbal", "material")}  # fmt: skip


def directions(found: Pair, site: Site) -> dict[str, int]:
    """The same events by who acted."""
    low, high = site.names.of(found.low), site.names.of(found.high)
    counted = Counter(e.direction for e in found.events if e.status in BASE_STATUSES and not e.background)
    return {f"{low} → {high}": counted[">"], f"{high} → {low}": counted["<"], "both, or together": counted["="]}


def _json(found: Pair, shown: list[StoredFact]) -> dict[str, object]:
    return {
        "pair": [found.low, found.high],
        "summary": found.summary,
        "statuses": dict(Counter("background" if e.background else e.status for e in found.events)),
        "balance": balance(found.events),
        "months_per_column": found.bins.months,
        "columns": [_column(column) for column in found.bins.columns],
        "too_wide_for_a_column": found.bins.wide,
        "undated": found.bins.undated,
        "agreements": [fact.line() for fact in found.agreements],
        "facts": [fact.line() for fact in shown],
    }


def _column(column: Column) -> dict[str, object]:
    return {
        "start": column.start,
        "end": column.end,
        "cooperation": column.cooperation,
        "conflict": column.conflict,
        "planned_cooperation": column.planned_cooperation,
        "planned_conflict": column.planned_conflict,
    }
