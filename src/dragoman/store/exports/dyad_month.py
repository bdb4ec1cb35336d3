"""Two countries by month: counts of events per PLOVER type and quad class, and scores, for every month of a period.

Each row is of one status, and statuses are never added up; a month without events is there with zeros; beside them
stands how many reports of that month were read. An event counts in the month in which its whole date lies.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.facts import PLOVER_TYPES, STATUSES
from dragoman.lexicon.plover import QUADS
from dragoman.store.exports.cells import Row, cell
from dragoman.store.exports.codes import Codes
from dragoman.store.exports.job import Job
from dragoman.store.query import FactFilter, where
from dragoman.store.search.compile import standing
from dragoman.store.tables import FACTS, PAIRS, REPORTS, TALLIES

_QUADS: Final = tuple(name.replace(" ", "_") for name in QUADS.values())

COLUMNS: Final = (
    "month", "source", "target", "direction", "status", "reports_read", "events",
    *(name.lower() for name in PLOVER_TYPES),
    *_QUADS,
    "intensity_sum", "intensity_mean", "goldstein_events", "goldstein_sum", "goldstein_mean",
)  # fmt: skip

_STREAM_ROWS: Final = 10_000

_Cell: TypeAlias = tuple[bool, str, str]
"""Whether the first of the pair acts on the second (or the two are taken together), month, status."""


@dataclass(slots=True)
class _Sum:
    """What one row adds up."""

    types: dict[str, int]
    intensity: float = 0.0
    goldstein: float = 0.0
    scored: int = 0

    def add(self, type_: str, number: int, intensity: float, goldstein: float | None) -> None:
        self.types[type_] = self.types.get(type_, 0) + number
        self.intensity += intensity * number
        if goldstein is not None:
            self.goldstein += goldstein * number
            self.scored += number


@dataclass(frozen=True, slots=True)
class _Frame:
    """Which months and statuses every pair has rows for, and the reports of each month."""

    months: tuple[str, ...]
    statuses: tuple[str, ...]
    reports: dict[str, int]


def rows(job: Job) -> Iterator[Row]:
    """All rows, pair by pair. Raises QueryError where the period doesn't run from the first to the last of a month."""
    filters = job.wanted.filters
    with job.record.reading() as connection:
        reports = {str(row[0]): int(row[1]) for row in connection.execute(_reports(filters.as_of))}
        frame = _Frame(_months(filters, reports), _statuses(connection, filters), reports)
        _note_coders(connection, job)
        asked = (min(filters.pair), max(filters.pair)) if filters.pair else None
        found = connection.execution_options(yield_per=_STREAM_ROWS).execute(_grouped(job))
        by_pair = groupby(found, key=lambda row: (str(row.low), str(row.high)))
        for number, (pair, counts) in enumerate(by_pair, 1):
            if sums := _sums(job, counts, frame):
                asked = None if pair == asked else asked
                yield from _rows_of(pair, sums, frame, job)
            if job.progress:
                job.progress(number)
        if asked:
            yield from _rows_of(asked, {}, frame, job)


def _sums(job: Job, counts: Iterable[Any], frame: _Frame) -> dict[_Cell, _Sum]:
    """The sums of one pair; what is in no month of the period, and background, goes to the tally."""
    sums: dict[_Cell, _Sum] = {}
    for row in counts:
        if reason := _left_out(row, frame):
            job.tally.leave_out(reason, row.number)
            continue
        scores = (job.codes.intensity(row.type, row.mode), job.codes.goldstein(row.cameo))
        for forward in (True,) if job.wanted.undirected else _WAYS[row.direction]:
            sums.setdefault((forward, row.month, row.status), _Sum({})).add(row.type, row.number, *scores)
    return sums


def _left_out(row: Any, frame: _Frame) -> str | None:
    if row.background:
        return "background"
    if row.month is None:
        return "date not within one month"
    return None if frame.months[0] <= row.month <= frame.months[-1] else "outside the period"


_WAYS: Final[dict[str, tuple[bool, ...]]] = {">": (True,), "<": (False,), "=": (True, False)}
"""What two did together counts for each of them."""


def _rows_of(pair: tuple[str, str], sums: dict[_Cell, _Sum], frame: _Frame, job: Job) -> Iterator[Row]:
    direction = "undirected" if job.wanted.undirected else "directed"
    nothing = _numbers(_Sum({}), job.codes)
    for forward in (True,) if job.wanted.undirected else (True, False):
        source, target = map(cell, pair if forward else pair[::-1])
        for month in frame.months:
            for status in frame.statuses:
                head = (month, source, target, direction, status, frame.reports.get(month, 0))
                found = sums.get((forward, month, status))
                yield head + (_numbers(found, job.codes) if found else nothing)


def _numbers(found: _Sum, codes: Codes) -> Row:
    """From `events` to `goldstein_mean`."""
    number = sum(found.types.values())
    quads = dict.fromkeys(QUADS, 0)
    for type_, events in found.types.items():
        quads[codes.quad(type_)] += events
    return (
        number,
        *(found.types.get(type_, 0) for type_ in PLOVER_TYPES),
        *quads.values(),
        round(found.intensity, 6),
        round(found.intensity / number, 6) if number else None,
        found.scored,
        round(found.goldstein, 6),
        round(found.goldstein / found.scored, 6) if found.scored else None,
    )


def _grouped(job: Job) -> sa.Select[Any]:
    """Events of pairs, counted by all that their scores depend on; the pairs in order."""
    filters = replace(job.wanted.filters, kinds=("event",), date_from=None, date_to=None)
    names = ("low", "high", "direction", "month", "status", "type", "mode", "cameo", "background")
    columns = (
        PAIRS.c.low,
        PAIRS.c.high,
        PAIRS.c.direction,
        _month_of_event(job.wanted.report_day).label("month"),
        FACTS.c.status,
        FACTS.c.type,
        FACTS.c.payload["mode"].as_string().label("mode"),
        FACTS.c.payload["cameo"].as_string().label("cameo"),
        FACTS.c.background,
    )
    joined = sa.select(*columns).join(FACTS, FACTS.c.seq == PAIRS.c.seq)
    if filters.pair:
        joined = joined.where(PAIRS.c.low == min(filters.pair), PAIRS.c.high == max(filters.pair))
    events = where(joined, filters, job.record).subquery()
    keys = [events.c[name] for name in names]
    return sa.select(*keys, sa.func.count().label("number")).group_by(*keys).order_by(events.c.low, events.c.high)


def _month_of_event(report_day: bool) -> sa.ColumnElement[Any]:
    """The month in which an event's whole date lies, or NULL; with REPORT_DAY the report's where no more is known."""
    start, end = FACTS.c.date_start, FACTS.c.date_end
    cases: list[tuple[sa.ColumnElement[bool], sa.ColumnElement[Any]]] = [(_month(start) == _month(end), _month(start))]
    if report_day:
        basis = FACTS.c.payload["date"]["basis"].as_string()
        cases.append((sa.and_(start.is_(None), basis == "report"), _month(end)))
    return sa.case(*cases, else_=None)


def _statuses(connection: sa.Connection, filters: FactFilter) -> tuple[str, ...]:
    """The statuses that rows are made for: those asked for, else those of the record's events."""
    if filters.statuses:
        return filters.statuses
    statement = sa.select(TALLIES.c.status).where(TALLIES.c.kind == "event", TALLIES.c.number > 0).distinct()
    found = set(connection.scalars(statement))
    return tuple(status for status in STATUSES if status in found or filters.as_of)


def _note_coders(connection: sa.Connection, job: Job) -> None:
    statement = sa.select(REPORTS.c.coder, REPORTS.c.lexicon).where(standing(job.wanted.filters.as_of)).distinct()
    for coder, lexicon in connection.execute(statement):
        job.tally.coders.add(coder)
        job.tally.lexicons.add(lexicon)


def _month(day: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """The month of ISO days. The numbers are literal: PostgreSQL holds two parameters for unlike."""
    return sa.func.substr(day, sa.literal_column("1"), sa.literal_column("7"))


def _reports(as_of: str | None) -> sa.Select[Any]:
    """Month to the reports published in it."""
    month = _month(REPORTS.c.published_start)
    statement = sa.select(month.label("month"), sa.func.count()).where(
        standing(as_of), month == _month(REPORTS.c.published_end)
    )
    return statement.group_by(month).order_by(month)


def _months(filters: FactFilter, reports: dict[str, int]) -> tuple[str, ...]:
    """The months asked for; without a side of it, from or to the reports read."""
    if filters.date_from and filters.date_from[8:] != "01":
        raise QueryError(f"--from {filters.date_from}: dyad-month counts whole months; give the first day of one")
    if filters.date_to and filters.date_to != f"{filters.date_to[:7]}-{_last_day(filters.date_to):02}":
        raise QueryError(
            f"--to {filters.date_to}: dyad-month counts whole months; "
            f"give the last day of one, such as {filters.date_to[:7]}-{_last_day(filters.date_to):02}"
        )
    if not reports and not (filters.date_from and filters.date_to):
        raise QueryError("dyad-month: no report in the record has a date; give the period with --from and --to")
    first = (filters.date_from or min(reports))[:7]
    last = (filters.date_to or max(reports))[:7]
    return tuple(f"{i // 12:04}-{i % 12 + 1:02}" for i in range(_ordinal(first), _ordinal(last) + 1))


def _last_day(day: str) -> int:
    return monthrange(int(day[:4]), int(day[5:7]))[1]


def _ordinal(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1
