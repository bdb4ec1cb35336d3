"""The kinds of plot: for each, what is asked of the record and how the answer is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from dragoman.errors import QueryError
from dragoman.facts import Date
from dragoman.plots.agreement import MOST, Step, agreement
from dragoman.plots.asked import DRAWN, Asked, Drawn, period, source, span, summary, title
from dragoman.plots.canvas import Caption, Look
from dragoman.plots.columns import Point, binned
from dragoman.plots.fitting import counted
from dragoman.plots.keys import PLANNED
from dragoman.plots.map import Spot, draw_map
from dragoman.plots.matrix import MOST_ROWS, TypeOf, matrix, ranked
from dragoman.plots.network import MOST_NODES, Tie, network
from dragoman.plots.scales import MONTHS
from dragoman.plots.series import MonthOf, Series, series
from dragoman.plots.timeline import Mark, timeline
from dragoman.store.aggregates import (
    AgreementStep,
    Extent,
    agreement_steps,
    by_actor,
    by_date,
    by_pair,
    by_place,
    extent,
)
from dragoman.store.record import Record
from dragoman.store.series import reports_by_month
from dragoman.terms import COOPERATIVE

NAMED_STATUSES: Final = frozenset({"signed", "ratified", "in force", "agreed", "initialled"})
"""Agreements that far are named above a time line."""

MOST_MARKS: Final = 40
TABLE_ROWS: Final = 1000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of plot: its name, what it shows, and the function that draws it."""

    name: str
    says: str
    draw: Callable[[Record, Asked, Look], Drawn]


def draw(record: Record, kind: str, asked: Asked, look: Look) -> Drawn:
    """The plot of that KIND. Raises QueryError where there is no such kind, or where sentences are asked for."""
    if kind not in KINDS:
        raise QueryError(f"plot: {kind[:40]!r} is none of {', '.join(KINDS)}")
    if asked.query.target != "facts":
        raise QueryError("plot: only facts are drawn; leave in:sentences out")
    return KINDS[kind].draw(record, asked, look)


def _timeline(record: Record, asked: Asked, look: Look) -> Drawn:
    found = [count for count in by_date(record, asked.query) if count.status in DRAWN]
    points = [Point(c.date, c.type in COOPERATIVE, c.status in PLANNED, c.number) for c in found]
    bins = binned(points, period(asked.query))
    measured = extent(record, asked.query, statuses=DRAWN)
    days = [day for column in bins.columns for day in (column.start, column.end)]
    told = f"{span(days)}{summary(record, measured.facts, measured.reports)}"
    caption = Caption("timeline", title(asked, "cooperation and conflict"), told, source(record, asked))
    head = ("time", "cooperation", "conflict", "cooperation planned", "conflict planned")
    rows = [(c.label, c.cooperation, c.conflict, c.planned_cooperation, c.planned_conflict) for c in bins.columns]
    return Drawn(
        timeline(bins, caption, look, _marks(record, asked)), caption.title, told, head, tuple(rows[:TABLE_ROWS])
    )


def _marks(record: Record, asked: Asked) -> list[Mark]:
    """Agreements between two countries, on the day on which they came so far."""
    steps = [step for step in agreement_steps(record, asked.query) if step.status in NAMED_STATUSES]
    dated = [step for step in steps if step.date.start and step.date.start == step.date.end]
    return [Mark(step.date.start or "", step.name) for step in dated[:MOST_MARKS]]


def _series(record: Record, asked: Asked, look: Look) -> Drawn:
    found = by_date(record, asked.query)
    inside: Counter[tuple[str, str, bool]] = Counter()
    elsewhere = 0
    for count in found:
        month = _month(count.date)
        if month:
            inside[month, count.status, count.type in COOPERATIVE] += count.number
        else:
            elsewhere += count.number
    asked_for = period(asked.query)
    months = [day[:7] for day in asked_for] if asked_for else [month for month, _, _ in inside]
    kept = {key: n for key, n in inside.items() if min(months) <= key[0] <= max(months)}
    elsewhere += sum(inside.values()) - sum(kept.values())
    counts = tuple(MonthOf(*key, number) for key, number in sorted(kept.items()))
    data = Series(min(months), max(months), counts, reports_by_month(record), elsewhere) if months else None
    measured = extent(record, asked.query)
    told = f"{_months(months)}{summary(record, measured.facts, measured.reports)}"
    caption = Caption("series", title(asked, "events by month and status"), told, source(record, asked))
    head = ("month", "status", "cooperation", "conflict", "reports read")
    return Drawn(series(data, caption, look), caption.title, told, head, _series_rows(data))


def _month(date: Date) -> str | None:
    """The month in which all of DATE lies."""
    if date.start is None or date.end is None or date.start[:7] != date.end[:7]:
        return None
    return date.start[:7]


def _months(months: list[str]) -> str:
    return (
        " – ".join(f"{MONTHS[int(m[5:]) - 1]} {int(m[:4])}" for m in (min(months), max(months))) + " · "
        if months
        else ""
    )


def _series_rows(data: Series | None) -> tuple[tuple[str | int, ...], ...]:
    if data is None:
        return ()
    cells: dict[tuple[str, str], list[int]] = {}
    for count in data.counts:
        cells.setdefault((count.month, count.status), [0, 0])[not count.cooperative] += count.number
    rows = [(month, status, up, down, data.reports.get(month, 0)) for (month, status), (up, down) in cells.items()]
    return tuple(sorted(rows)[:TABLE_ROWS])


def _maybe(record: Record, asked: Asked, measured: Extent) -> str:
    """How many events may lie in the period that is asked for, but aren't known to: a search finds them, no plot counts
    them.
    """
    if period(asked.query) is None:
        return ""
    more = extent(record, asked.query, statuses=DRAWN).facts - measured.facts
    return f"; not counted: {counted(more, 'event')} that may lie in the period or beyond it" if more else ""


def _types(record: Record, asked: Asked, look: Look) -> Drawn:
    tally: Counter[tuple[str, str, bool]] = Counter()
    for count in by_actor(record, asked.query, period(asked.query)):
        if count.status in DRAWN:
            actor = asked.names.of(count.country) if count.country else str(count.name)
            tally[actor, count.type, count.status in PLANNED] += count.number
    found = [TypeOf(*key, number) for key, number in sorted(tally.items())]
    measured = extent(record, asked.query, statuses=DRAWN, within=period(asked.query))
    told = (
        summary(record, measured.facts, measured.reports)
        + _maybe(record, asked, measured)
        + "; what several do together counts for each"
    )
    caption = Caption("types", title(asked, "who did what"), told, source(record, asked))
    most = asked.most or MOST_ROWS
    order = {actor: at for at, actor in enumerate(ranked(found, most)[0])}
    kept = sorted((c for c in found if c.actor in order), key=lambda c: (order[c.actor], c.type, c.planned))
    rows = tuple((c.actor, c.type, "planned" if c.planned else "happened", c.number) for c in kept[:TABLE_ROWS])
    return Drawn(matrix(found, caption, look, most), caption.title, told, ("actor", "type", "status", "events"), rows)


def _network(record: Record, asked: Asked, look: Look) -> Drawn:
    tally: Counter[tuple[str, str, bool, bool]] = Counter()
    for count in by_pair(record, asked.query, period(asked.query)):
        if count.status in DRAWN:
            tally[count.low, count.high, count.type in COOPERATIVE, count.status in PLANNED] += count.number
    ties = [Tie(*key, number) for key, number in sorted(tally.items())]
    names = {code: asked.names.of(code) for tie in ties for code in (tie.one, tie.other)}
    measured = extent(record, asked.query, statuses=DRAWN, within=period(asked.query))
    told = summary(record, measured.facts, measured.reports) + _maybe(record, asked, measured)
    told = span(period(asked.query) or ()) + told
    caption = Caption("network", title(asked, "who had to do with whom"), told, source(record, asked))
    head = ("pair", "side", "status", "events")
    rows = tuple(
        (
            f"{names[tie.one]} – {names[tie.other]}",
            "cooperation" if tie.cooperative else "conflict",
            "planned" if tie.planned else "happened",
            tie.number,
        )
        for tie in sorted(ties, key=lambda tie: (-tie.number, tie.one, tie.other))[:TABLE_ROWS]
    )
    return Drawn(network(ties, names, caption, look, asked.most or MOST_NODES), caption.title, told, head, rows)


def _agreements(record: Record, asked: Asked, look: Look) -> Drawn:
    found = agreement_steps(record, asked.query)
    labels: dict[tuple[str, ...], str] = {}
    reports: dict[tuple[str, str, Date], set[str]] = {}
    for step in found:
        label = labels.setdefault(_identity(step), _label(step, asked))
        reports.setdefault((label, step.status, step.date), set()).add(step.report)
    steps = [Step(*key, len(ids)) for key, ids in reports.items()]
    measured = extent(record, asked.query, "agreement")
    told = f"{counted(len(labels), 'agreement')}; {summary(record, measured.facts, measured.reports, 'fact')}"
    caption = Caption("agreements", title(asked, "how agreements came on"), told, source(record, asked))
    rows = [(s.agreement, s.status, s.date.start or "", s.date.end or "", s.reports) for s in steps]
    head = ("agreement", "status", "from", "to", "reports")
    return Drawn(
        agreement(steps, caption, look, asked.most or MOST), caption.title, told, head, tuple(sorted(rows)[:TABLE_ROWS])
    )


def _identity(step: AgreementStep) -> tuple[str, ...]:
    """What steps of one agreement have alike: a name that is its own; else the parties, or the very report.

    That a "treaty" here is the "treaty" there is not known where nothing but the word says so.
    """
    name = " ".join(step.name.casefold().split()).removeprefix("the ")
    if any(char.isupper() or char.isdigit() for char in step.name.removeprefix("The ")):
        return (name,)
    return (name, *step.parties) if len(step.parties) > 1 else (name, "", step.report)


def _label(step: AgreementStep, asked: Asked) -> str:
    identity = _identity(step)
    if len(identity) == 1:
        return step.name
    between = " – ".join(map(asked.names.of, step.parties)) or "parties not known"
    return f"{step.name}: {between}" + (f" ({step.report})" if identity[1] == "" else "")


def _map(record: Record, asked: Asked, look: Look) -> Drawn:
    spots: dict[tuple[float, float], Spot] = {}
    nowhere = 0
    for count in by_place(record, asked.query, period(asked.query)):
        if count.status not in DRAWN:
            continue
        if count.lat is None or count.lon is None:
            nowhere += count.number
            continue
        at = (round(count.lat, 2), round(count.lon, 2))
        spot = spots.get(at) or Spot(count.name or "a place", *at)
        spots[at] = _counted_in(spot, count.type in COOPERATIVE, count.status in PLANNED, count.number)
    found = sorted(spots.values(), key=lambda spot: (-spot.total, spot.name, spot.lat))
    measured = extent(record, asked.query, statuses=DRAWN, within=period(asked.query))
    told = summary(record, measured.facts, measured.reports) + _maybe(record, asked, measured)
    told = f"{counted(len(found), 'place')}; {told}"
    caption = Caption("map", title(asked, "where it happened"), told, source(record, asked))
    head = ("place", "latitude", "longitude", "cooperation", "conflict", "cooperation planned", "conflict planned")
    rows = tuple(
        (s.name, f"{s.lat:.2f}", f"{s.lon:.2f}", s.up, s.down, s.planned_up, s.planned_down) for s in found[:TABLE_ROWS]
    )
    return Drawn(draw_map(found, nowhere, caption, look, asked.borders), caption.title, told, head, rows)


def _counted_in(spot: Spot, cooperative: bool, planned: bool, number: int) -> Spot:
    if planned:
        if cooperative:
            return replace(spot, planned_up=spot.planned_up + number)
        return replace(spot, planned_down=spot.planned_down + number)
    return replace(spot, up=spot.up + number) if cooperative else replace(spot, down=spot.down + number)


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind("timeline", "cooperation and conflict over time, with the agreements that were made", _timeline),
            Kind("series", "counts by month, a panel a status, with the reports read as denominator", _series),
            Kind("types", "who did what: actors by PLOVER type", _types),
            Kind("network", "countries tied by what passed between them", _network),
            Kind("agreements", "how agreements came on, step by step", _agreements),
            Kind("map", "where it happened, at the places that reports name", _map),
        )
    }
)
"""Kinds by name, in the order of the help."""
