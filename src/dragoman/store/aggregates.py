"""Counts that drawings are made of, added up by the database: events by date, by actor, by pair and by place.

Background is left out everywhere, and every count is of one status. What restricts the facts is a query, as in search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from dragoman.facts import Date
from dragoman.store.query import where
from dragoman.store.record import Record
from dragoman.store.search.syntax import Query
from dragoman.store.tables import FACT_ACTORS, FACTS, PAIRS, REPORTS

MOST_STEPS: Final = 5000
"""Facts of agreements that are read, the newest first."""

Days: TypeAlias = tuple[str, str]
"""From one ISO day to another, both inclusive: `within` counts only what wholly lies there."""

_ACTING: Final = ("source", "party")
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class DateCount:
    """Events of one date, type and status."""

    date: Date
    type: str
    status: str
    number: int


@dataclass(frozen=True, slots=True)
class ActorCount:
    """Events of one type and status in which an actor acts: `country` is a code, or None where `name` has none."""

    country: str | None
    name: str | None
    type: str
    status: str
    number: int


@dataclass(frozen=True, slots=True)
class PairTypeCount:
    """Events of one type and status between two countries in alphabetical order."""

    low: str
    high: str
    type: str
    status: str
    number: int


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """Events of one type and status at a place. `lat` and `lon` are None where it is no point or not told."""

    name: str | None
    lat: float | None
    lon: float | None
    type: str
    status: str
    number: int


@dataclass(frozen=True, slots=True)
class AgreementStep:
    """That a report tells of an agreement between `parties` (countries' codes, sorted) as having come so far."""

    name: str
    parties: tuple[str, ...]
    status: str
    date: Date
    report: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How many facts there are, and in how many reports they stand."""

    facts: int
    reports: int


def extent(
    record: Record,
    query: Query,
    kind: str = "event",
    statuses: frozenset[str] = frozenset(),
    within: Days | None = None,
) -> Extent:
    """Facts of that KIND that QUERY finds, background left out; of STATUSES alone where they are given."""
    numbers: Any = sa.select(sa.func.count(), sa.func.count(FACTS.c.report_key.distinct()))
    statement = _of_kind(numbers, kind, statuses, within)
    with record.reading() as connection:
        row = connection.execute(where(statement.select_from(FACTS), query, record)).one()
    return Extent(int(row[0]), int(row[1]))


def by_date(record: Record, query: Query) -> list[DateCount]:
    """Events by date, type and status."""
    columns = (FACTS.c.date_start, FACTS.c.date_end, FACTS.c.date_granularity, FACTS.c.type, FACTS.c.status)
    statement = _of_kind(sa.select(*columns, sa.func.count()), "event")
    statement = where(statement, query, record).group_by(*columns).order_by(*columns)
    with record.reading() as connection:
        rows = connection.execute(statement).all()
    return [DateCount(Date(*row[:3]), row[3], row[4], int(row[5])) for row in rows]


def by_actor(record: Record, query: Query, within: Days | None = None) -> list[ActorCount]:
    """Events by who acts, type and status; what several do together counts for each of them, once."""
    name = sa.case((FACT_ACTORS.c.country.is_(None), FACT_ACTORS.c.name), else_=None)
    statement: sa.Select[Any] = sa.select(
        FACT_ACTORS.c.country, name.label("name"), FACTS.c.type, FACTS.c.status, FACTS.c.seq.label("event")
    ).join(FACTS, FACTS.c.seq == FACT_ACTORS.c.seq)
    statement = _of_kind(statement, "event", within=within).where(FACT_ACTORS.c.role.in_(_ACTING))
    found = where(statement, query, record).distinct().subquery()
    keys = [found.c[key] for key in ("country", "name", "type", "status")]
    with record.reading() as connection:
        rows = connection.execute(sa.select(*keys, sa.func.count()).group_by(*keys).order_by(*keys)).all()
    return [ActorCount(*row[:5]) for row in rows]


def by_pair(record: Record, query: Query, within: Days | None = None) -> list[PairTypeCount]:
    """Events by the pairs of countries between which they passed, type and status."""
    columns = (PAIRS.c.low, PAIRS.c.high, FACTS.c.type, FACTS.c.status)
    statement = sa.select(*columns, sa.func.count()).join(FACTS, FACTS.c.seq == PAIRS.c.seq)
    statement = where(_of_kind(statement, "event", within=within), query, record).group_by(*columns).order_by(*columns)
    with record.reading() as connection:
        return [PairTypeCount(*row) for row in connection.execute(statement)]


def by_place(record: Record, query: Query, within: Days | None = None) -> list[PlaceCount]:
    """Events by place, type and status."""
    place = FACTS.c.payload["place"]
    columns = (
        place["name"].as_string().label("name"),
        place["lat"].as_float().label("lat"),
        place["lon"].as_float().label("lon"),
        FACTS.c.type,
        FACTS.c.status,
    )
    # grouped outside: PostgreSQL holds two parameters for unlike, and each path into JSON is one
    found = where(_of_kind(sa.select(*columns), "event", within=within), query, record).subquery()
    keys = [found.c[key] for key in ("name", "lat", "lon", "type", "status")]
    with record.reading() as connection:
        rows = connection.execute(sa.select(*keys, sa.func.count()).group_by(*keys).order_by(*keys)).all()
    return [PlaceCount(*row[:6]) for row in rows]


def agreement_steps(record: Record, query: Query) -> list[AgreementStep]:
    """What reports tell of agreements, in the order of reading; of more than MOST_STEPS facts the newest."""
    columns = (
        FACTS.c.seq,
        FACTS.c.status,
        FACTS.c.date_start,
        FACTS.c.date_end,
        FACTS.c.date_granularity,
        FACTS.c.payload["name"].as_string(),
        REPORTS.c.id,
    )
    statement = sa.select(*columns).join(REPORTS, REPORTS.c.key == FACTS.c.report_key)
    statement = where(_of_kind(statement, "agreement"), query, record).order_by(FACTS.c.seq.desc()).limit(MOST_STEPS)
    with record.reading() as connection:
        rows = connection.execute(statement).all()
        parties = _parties(connection, [row[0] for row in rows])
    return [AgreementStep(r[5], parties.get(r[0], ()), r[1], Date(*r[2:5]), r[6]) for r in reversed(rows)]


def _parties(connection: sa.Connection, seqs: list[int]) -> dict[int, tuple[str, ...]]:
    """The countries' codes of facts, sorted."""
    found: dict[int, set[str]] = {}
    for at in range(0, len(seqs), _AT_ONCE):
        statement = sa.select(FACT_ACTORS.c.seq, FACT_ACTORS.c.country).where(
            FACT_ACTORS.c.seq.in_(seqs[at : at + _AT_ONCE]), FACT_ACTORS.c.country.is_not(None)
        )
        for seq, country in connection.execute(statement):
            found.setdefault(seq, set()).add(country)
    return {seq: tuple(sorted(codes)) for seq, codes in found.items()}


def _of_kind(
    statement: sa.Select[Any], kind: str, statuses: frozenset[str] = frozenset(), within: Days | None = None
) -> sa.Select[Any]:
    statement = statement.where(FACTS.c.kind == kind, sa.not_(FACTS.c.background))
    if within:
        statement = statement.where(FACTS.c.date_start >= within[0], FACTS.c.date_end <= within[1])
    return statement.where(FACTS.c.status.in_(sorted(statuses))) if statuses else statement
