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
from dragoman.store.query import where
from dragoman.store.record import Record
from dragoman.store.search.compile import of_pairs
from dragoman.store.search.syntax import Code, Pair, Period, Query, named_codes, named_period
from dragoman.store.standing import standing_reports
from dragoman.store.tables import FACTS, HAPPENING_MEMBERS, PAIRS, REPORTS, TALLIES

_QUADS: Final = tuple(name.replace(" ", "_") for name in QUADS.values())

COLUMNS: Final = (
    "month", "source", "target", "direction", "status", "reports_read", "events",
    *(name.lower() for name in PLOVER_TYPES),
    *_QUADS,
    "intensity_sum", "intensity_mean", "goldstein_events", "goldstein_sum", "goldstein_mean",
)  # fmt: skip

_STREAM_ROWS: Final = 10_000
_KEYS: Final = ("status", "type", "mode", "cameo", "background")

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
    """Which months and statuses every pair has rows for, and the reports of each month.

    `pair` is the one pair that is asked for, None where all are.
    """

    months: tuple[str, ...]
    statuses: tuple[str, ...]
    reports: dict[str, int]
    pair: Pair | None


def rows(job: Job) -> Iterator[Row]:
    """All rows, pair by pair. Raises QueryError where the period doesn't run from the first to the last of a month,
    and where several pairs are asked for at once.
    """
    query = job.wanted.query
    with job.record.reading() as connection:
        frame = _frame(connection, query, job.wanted.undirected)
        _note_coders(connection, query, job)
        asked = _low_high(frame.pair) if frame.pair else None
        found = connection.execution_options(yield_per=_STREAM_ROWS).execute(_grouped(job, query, frame.pair))
        by_pair = groupby(found, key=lambda row: (str(row.low), str(row.high)))
        for number, (pair, counts) in enumerate(by_pair, 1):
            if sums := _sums(job, counts, frame):
                asked = None if pair == asked else asked
                yield from _rows_of(pair, sums, frame, job)
            if job.progress:
                job.progress(number)
        if asked:
            yield from _rows_of(asked, {}, frame, job)


def _frame(connection: sa.Connection, query: Query, undirected: bool) -> _Frame:
    reports = {str(row[0]): int(row[1]) for row in connection.execute(_reports(query.as_of))}
    months = _months(named_period(query, "event"), reports)
    return _Frame(months, _statuses(connection, query), reports, _asked_pair(query, undirected))


def _asked_pair(query: Query, undirected: bool) -> Pair | None:
    asked = list(dict.fromkeys(term for term in query.terms if isinstance(term, Pair)))
    if len({_low_high(pair) for pair in asked}) > 1:
        raise QueryError("dyad-month: it counts one pair or all pairs; ask for one pair, or for one country of them")
    directed = [pair for pair in asked if pair.directed]
    if directed and undirected:
        one, other = directed[0].one, directed[0].other
        raise QueryError(f"dyad-month: {one}>{other} is one way, --undirected both; leave one out")
    if len(directed) > 1:
        raise QueryError("dyad-month: both ways are asked for at once; ask for the pair, without >")
    return next(iter([*directed, *asked]), None)


def _low_high(pair: Pair) -> tuple[str, str]:
    return min(pair.one, pair.other), max(pair.one, pair.other)


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
    for forward in _ways(frame.pair, job.wanted.undirected):
        source, target = map(cell, pair if forward else pair[::-1])
        for month in frame.months:
            for status in frame.statuses:
                head = (month, source, target, direction, status, frame.reports.get(month, 0))
                found = sums.get((forward, month, status))
                yield head + (_numbers(found, job.codes) if found else nothing)


def _ways(asked: Pair | None, undirected: bool) -> tuple[bool, ...]:
    """Whether the first of a pair acts on the second, for each way that has rows."""
    if undirected:
        return (True,)
    return (asked.one < asked.other,) if asked and asked.directed else (True, False)


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


def _grouped(job: Job, query: Query, pair: Pair | None) -> sa.Select[Any]:
    """Events of pairs, counted by all that their scores depend on; the pairs in order."""
    terms = tuple(term for term in query.terms if not (isinstance(term, Period) and term.field == "event"))
    events_of = replace(query, terms=tuple(dict.fromkeys((*terms, Code("kind", ("event",))))))
    month = _month_of_event(job.wanted.report_day)
    columns = (PAIRS.c.low, PAIRS.c.high, PAIRS.c.direction, month.label("month"), *(PAIRS.c[name] for name in _KEYS))
    pairs = sa.select(*columns).where(*_of_pairs(query, pair))
    if job.wanted.once:
        members = HAPPENING_MEMBERS
        pairs = pairs.add_columns(_telling(month)).outerjoin(members, members.c.node == PAIRS.c.seq)
    events = _events(pairs, events_of, job.record).subquery()
    keys = [events.c[name] for name in ("low", "high", "direction", "month", *_KEYS)]
    counted = sa.select(*keys, sa.func.count().label("number"))
    if job.wanted.once:
        counted = counted.where(events.c.telling == 1)
    return counted.group_by(*keys).order_by(events.c.low, events.c.high)


def _telling(month: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """1 for the telling that a happening counts by in a pair and status: one with a month, the first in the record."""
    happening = sa.func.coalesce(HAPPENING_MEMBERS.c.cluster, -PAIRS.c.seq)
    first = sa.func.row_number().over(
        partition_by=(PAIRS.c.low, PAIRS.c.high, PAIRS.c.status, happening),
        order_by=(PAIRS.c.background, month.is_(None), PAIRS.c.seq),
    )
    return first.label("telling")


def _of_pairs(query: Query, pair: Pair | None) -> Iterator[sa.ColumnElement[bool]]:
    """Which pairs are counted of an event that is found: without this, also those of its other parties."""
    if pair:
        low, high = _low_high(pair)
        yield sa.and_(PAIRS.c.low == low, PAIRS.c.high == high)
    for term in query.terms:
        if isinstance(term, Code) and term.field == "country" and not any("/" in value for value in term.values):
            yield sa.or_(PAIRS.c.low.in_(term.values), PAIRS.c.high.in_(term.values))


def _events(pairs: sa.Select[Any], query: Query, record: Record) -> sa.Select[Any]:
    """PAIRS of the events that QUERY finds; the facts themselves are asked only for what pairs don't repeat."""
    asked = [of_pairs(term) for term in query.terms if not isinstance(term, Pair) or term.directed]
    if query.superseded or query.as_of or any(clause is None for clause in asked):
        return where(pairs.join(FACTS, FACTS.c.seq == PAIRS.c.seq), query, record)
    return pairs.where(sa.not_(PAIRS.c.superseded), *(clause for clause in asked if clause is not None))


def _month_of_event(report_day: bool) -> sa.ColumnElement[Any]:
    """The month in which an event's whole date lies, or NULL; with REPORT_DAY the report's where no more is known."""
    start, end = PAIRS.c.date_start, PAIRS.c.date_end
    cases: list[tuple[sa.ColumnElement[bool], sa.ColumnElement[Any]]] = [(_month(start) == _month(end), _month(start))]
    if report_day:
        cases.append((sa.and_(start.is_(None), PAIRS.c.date_basis == "report"), _month(end)))
    return sa.case(*cases, else_=None)


def _statuses(connection: sa.Connection, query: Query) -> tuple[str, ...]:
    """The statuses that rows are made for: those asked for, else those of the record's events."""
    named = named_codes(query, "status")
    if named is not None:
        return named
    statement = sa.select(TALLIES.c.status).where(TALLIES.c.kind == "event", TALLIES.c.number > 0).distinct()
    found = set(connection.scalars(statement))
    return tuple(status for status in STATUSES if status in found or query.as_of)


def _note_coders(connection: sa.Connection, query: Query, job: Job) -> None:
    statement = sa.select(REPORTS.c.coder, REPORTS.c.lexicon).where(standing_reports(query.as_of)).distinct()
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
        standing_reports(as_of), month == _month(REPORTS.c.published_end)
    )
    return statement.group_by(month).order_by(month)


def _months(period: Period, reports: dict[str, int]) -> tuple[str, ...]:
    """The months asked for; without a side of it, from or to the reports read."""
    first, last = period.first, period.last
    if first and first[8:] != "01":
        raise QueryError(f"{first}: dyad-month counts whole months; begin with the first day of one")
    if last and last != f"{last[:7]}-{_last_day(last):02}":
        raise QueryError(
            f"{last}: dyad-month counts whole months; "
            f"end with the last day of one, such as {last[:7]}-{_last_day(last):02}"
        )
    if first and last and first > last:
        raise QueryError(f"dyad-month: no month is both after {first} and before {last}; ask for one period")
    if not reports and not (first and last):
        raise QueryError("dyad-month: no report in the record has a date; give the period with --from and --to")
    from_month, to_month = (first or min(reports))[:7], (last or max(reports))[:7]
    if from_month > to_month:
        open_side = f"after {first}" if first else f"before {last}"
        raise QueryError(f"dyad-month: no report in the record is of a day {open_side}; give both sides of the period")
    return tuple(f"{i // 12:04}-{i % 12 + 1:02}" for i in range(_ordinal(from_month), _ordinal(to_month) + 1))


def _last_day(day: str) -> int:
    return monthrange(int(day[:4]), int(day[5:7]))[1]


def _ordinal(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1
