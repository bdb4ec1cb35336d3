"""Questions to a record about facts.

Facts that a newer version of their report has superseded are left out unless they are asked for. Pages are cut by
`after_seq`: the `seq` of the last fact that the caller has, in whichever order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as day_type
from typing import Any, Final, Literal, TypeAlias, cast, get_args

import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.facts import PLOVER_TYPES, STATUSES, Date
from dragoman.store.payload import FACT_KINDS, Json, line, with_links
from dragoman.store.record import Record
from dragoman.store.search.compile import Restriction, restrict_facts
from dragoman.store.search.lexer import phrases
from dragoman.store.search.syntax import (
    EVERYTHING,
    Code,
    CodeField,
    Confidence,
    Name,
    OfReport,
    Pair,
    Period,
    Query,
    Term,
    Words,
)
from dragoman.store.search.words import forms
from dragoman.store.standing import reviewer
from dragoman.store.tables import FACTS, HAPPENING_MEMBERS, HAPPENINGS, PAIR_TALLIES, REPORTS, TALLIES
from dragoman.terms import AGREEMENT_STATUSES

Order: TypeAlias = Literal["seq", "-seq", "date", "-date"]
"""By the order in which facts were read, or by their own date; `-` turns it round. Unknown dates come first by date."""

ORDERS: Final[tuple[str, ...]] = get_args(Order)
_TALLIED: Final = ("kind", "type", "status", "background")
_COUNTRY: Final = re.compile(r"[A-Z]{3}")
_STREAM_ROWS: Final = 1000
_BY_FACTS: Final = Restriction(FACTS.c.seq, ())


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which facts are asked for; all that is given must hold, and of a tuple any one. Raises QueryError.

    `pair` is two country codes: either way, or with `directed` only the first acting on the second (and what they do
    together). `actor`: words in a row of a party's name. `date_from` and `date_to` are ISO days, both inclusive: a fact
    is found where its interval touches theirs, so one of unknown date never is. `published_from` and `published_to` ask
    the same of the report's date. `words` are words that must all stand in the fact's quotes or names; "in quotation
    marks" as a phrase. Events whose confidence is below `min_confidence` are left out; facts of other kinds are not
    asked for theirs. `as_of` is an ISO day: the facts that the record held at its end (UTC), whatever has superseded
    them since.
    """

    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    background: bool | None = None
    pair: tuple[str, str] | None = None
    directed: bool = False
    country: str | None = None
    actor: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    report: str | None = None
    words: str | None = None
    min_confidence: float | None = None
    superseded: bool = False
    as_of: str | None = None

    def __post_init__(self) -> None:
        _check_known("kind", self.kinds, FACT_KINDS)
        _check_known("type", self.types, PLOVER_TYPES)
        _check_known("status", self.statuses, (*STATUSES, *AGREEMENT_STATUSES))
        for country in (*(self.pair or ()), *([self.country] if self.country else [])):
            if not _COUNTRY.fullmatch(country):
                raise QueryError(f"country: {country!r} is no three-letter code such as FRA")
        for name in ("date_from", "date_to", "published_from", "published_to", "as_of"):
            check_day(name, getattr(self, name))
        if self.actor is not None and not forms(self.actor):
            raise QueryError(f"actor: there is no word in {self.actor!r}")
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise QueryError(
                f"confidence: {self.min_confidence:g} is no probability; write one from 0 to 1, such as 0.7"
            )

    @property
    def query(self) -> Query:
        """The same as a query."""
        return Query(tuple(self._terms()), superseded=self.superseded, as_of=self.as_of)

    def _terms(self) -> Iterator[Term]:
        codes: tuple[tuple[CodeField, tuple[str, ...]], ...] = (
            ("kind", self.kinds),
            ("type", self.types),
            ("status", self.statuses),
            ("background", () if self.background is None else ("yes" if self.background else "no",)),
            ("country", (self.country,) if self.country else ()),
        )
        yield from (Code(field, values) for field, values in codes if values)
        if self.pair is not None:
            yield Pair(*self.pair, self.directed)
        if self.actor is not None:
            yield Name("actor", (forms(self.actor),))
        if self.report is not None:
            yield OfReport((self.report,))
        if self.date_from or self.date_to:
            yield Period("event", self.date_from, self.date_to)
        if self.published_from or self.published_to:
            yield Period("published", self.published_from, self.published_to)
        if self.words is not None:
            yield from (Words(phrase) for phrase in phrases(self.words))
        if self.min_confidence:
            yield Confidence(self.min_confidence)


Wanted: TypeAlias = FactFilter | Query
"""Which facts are asked for: by values, or as a search was understood."""


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact as the record holds it. `payload` has its fields as a line of `facts --json` has them after `report`.

    `first_seen` and `last_seen` are UTC times: when the fact entered the record, and when its report last gave it.
    `superseded`: it doesn't stand any more, as a newer version of the report does, or a person has edited or rejected
    it. `revision` is 0 for what the coder read and counts the edits of people; `reviewed_by` is who last made it so or
    accepted it, None where nobody did. `happening` names what an event is one telling of (None: its days are not known
    well enough to say), `n_reports` and `n_sources` how many reports tell of it, and how many of those do not repeat
    one another.
    """

    seq: int
    id: str
    kind: str
    report: str
    version: int
    type: str | None
    status: str | None
    background: bool
    date: Date
    payload: Json
    outlet: str | None
    title: str | None
    url: str | None
    language: str | None
    published: Date
    coder: str
    lexicon: str
    read_at: str
    first_seen: str
    last_seen: str
    superseded: bool
    revision: int = 0
    reviewed_by: str | None = None
    happening: str | None = None
    n_reports: int = 1
    n_sources: int = 1

    def sure(self, least: float) -> bool:
        """Whether this is no event, or one that a person has looked over or whose confidence is at least LEAST."""
        return self.kind != "event" or bool(self.reviewed_by) or cast(float, self.payload["confidence"]) >= least

    def line(self) -> Json:
        """The object that `dragoman facts --json` and the stream print; `reviewed_by` is there where somebody did."""
        found = line(self.kind, self.id, self.report, self.payload)
        return with_links(found, self.happening, self.n_reports, self.n_sources, self.reviewed_by)


@dataclass(frozen=True, slots=True)
class PairCount:
    """Two countries in alphabetical order: all their facts, and the events of them that took place."""

    low: str
    high: str
    facts: int
    happened: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a record holds, superseded facts left out. `statuses` and `types` count events, background left out."""

    reports: int
    facts: int
    kinds: dict[str, int]
    types: dict[str, int]
    statuses: dict[str, int]
    background: int


def facts(
    record: Record,
    filters: Wanted | None = None,
    after_seq: int | None = None,
    limit: int | None = None,
    order: Order = "seq",
) -> Iterator[StoredFact]:
    """The facts that FILTERS let through, at most LIMIT of them, after the one with AFTER_SEQ in ORDER.

    With a limit all rows are fetched at once; without one they are streamed out of a single view of the record.
    """
    wanted = EVERYTHING if filters is None else filters
    if limit is not None:
        with record.reading() as connection:
            rows = connection.execute(_page(wanted, record, order, after_seq, limit)).all()
        yield from map(stored, rows)
        return
    restricted = restriction(wanted, record)
    statement = _ordered(restricted.on(_columns(wanted.as_of)), order, after_seq, restricted)
    with record.reading() as connection:
        for row in connection.execution_options(yield_per=_STREAM_ROWS).execute(statement):
            yield stored(row)


def fact(record: Record, ident: str) -> StoredFact | None:
    """The fact of that id in its newest version and revision, or None; one that was rejected is found too."""
    statement = _columns().where(FACTS.c.id == ident).order_by(FACTS.c.seq.desc()).limit(1)
    with record.reading() as connection:
        row = connection.execute(statement).first()
    return None if row is None else stored(row)


def stored_rows(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[StoredFact]:
    """The facts of WHICH, whether or not they stand, in the order of reading."""
    return [stored(row) for row in connection.execute(_columns().where(which).order_by(FACTS.c.seq))]


def stored_facts(
    connection: sa.Connection, seqs: Sequence[int], *clauses: sa.ColumnElement[bool]
) -> dict[int, StoredFact]:
    """The facts with these places in the stream, those that CLAUSES on facts and reports let through; by place."""
    found: dict[int, StoredFact] = {}
    for start in range(0, len(seqs), _STREAM_ROWS):
        few = _columns().where(FACTS.c.seq.in_(seqs[start : start + _STREAM_ROWS]), *clauses)
        found |= {row.seq: stored(row) for row in connection.execute(few)}
    return found


def count(record: Record, filters: Wanted | None = None) -> int:
    """How many facts FILTERS let through; what can be read off the tallies is."""
    wanted = EVERYTHING if filters is None else filters
    query = wanted.query if isinstance(wanted, FactFilter) else wanted
    statement = _tallied(query) if _in_tallies(query) else _counted(query, record)
    with record.reading() as connection:
        return int(connection.execute(statement).scalar() or 0)


def counts(record: Record) -> Counts:
    """What the record holds, from the tallies."""
    with record.reading() as connection:
        rows = connection.execute(sa.select(TALLIES)).all()
    kinds: dict[str, int] = {}
    types: dict[str, int] = {}
    statuses: dict[str, int] = {}
    background = 0
    for row in rows:
        kinds[row.kind] = kinds.get(row.kind, 0) + row.number
        if row.kind == "event" and row.background:
            background += row.number
        elif row.kind == "event":
            types[row.type] = types.get(row.type, 0) + row.number
            statuses[row.status] = statuses.get(row.status, 0) + row.number
    reports = kinds.pop("report", 0)
    kinds = {kind: kinds[kind] for kind in FACT_KINDS if kinds.get(kind)}
    return Counts(reports, sum(kinds.values()), kinds, _some(types), _some(statuses), background)


def pairs(record: Record, country: str | None = None, limit: int | None = None) -> list[PairCount]:
    """Pairs of countries with facts, those with most first; of COUNTRY alone where it is given."""
    table = PAIR_TALLIES
    statement = sa.select(table).where(table.c.number > 0).order_by(table.c.number.desc(), table.c.low, table.c.high)
    if country is not None:
        statement = statement.where(sa.or_(table.c.low == country, table.c.high == country))
    with record.reading() as connection:
        return [PairCount(*row) for row in connection.execute(statement.limit(limit))]


def latest_seq(record: Record) -> int:
    """The `seq` of the newest fact, 0 where there is none."""
    with record.reading() as connection:
        return int(connection.execute(sa.select(sa.func.max(FACTS.c.seq))).scalar() or 0)


def _some(table: dict[str, int]) -> dict[str, int]:
    return {key: number for key, number in table.items() if number}


_OF_REPORT: Final = (
    "version", "outlet", "title", "url", "language", "coder", "lexicon", "read_at",
    "published_start", "published_end", "published_granularity", "published_approx", "published_basis",
)  # fmt: skip


def _columns(as_of: str | None = None) -> sa.Select[Any]:
    of_report = [REPORTS.c[name] for name in _OF_REPORT]
    reviewed_by = reviewer(as_of).label("reviewed_by")
    statement: sa.Select[Any] = sa.select(FACTS, REPORTS.c.id.label("report"), reviewed_by, *of_report)
    return with_happening(statement.join(REPORTS, REPORTS.c.key == FACTS.c.report_key))


def with_happening(statement: sa.Select[Any]) -> sa.Select[Any]:
    """STATEMENT, which selects from facts, with what `stored` wants to know of their happenings."""
    members, happenings = HAPPENING_MEMBERS, HAPPENINGS
    statement = statement.outerjoin(members, members.c.node == FACTS.c.seq)
    statement = statement.outerjoin(happenings, happenings.c.key == members.c.cluster)
    return statement.add_columns(
        members.c.node.label("linked"),
        happenings.c.id.label("happening"),
        happenings.c.reports.label("n_reports"),
        happenings.c.sources.label("n_sources"),
    )


def happening_name(ident: str) -> str:
    """The happening that the event with the id IDENT is by itself: a larger one bears the name of its first."""
    return f"h-{ident.partition('-')[2] or ident}"


def stored(row: sa.Row[Any]) -> StoredFact:
    """A fact from a row of facts joined with its report."""
    payload: Json = row.payload
    return StoredFact(
        seq=row.seq,
        id=row.id,
        kind=row.kind,
        report=row.report,
        version=row.version,
        type=row.type,
        status=row.status,
        background=bool(row.background),
        date=Date(row.date_start, row.date_end, row.date_granularity, *_how(payload)),
        payload=payload,
        outlet=row.outlet,
        title=row.title,
        url=row.url,
        language=row.language,
        published=published(row),
        coder=row.coder,
        lexicon=row.lexicon,
        read_at=row.read_at,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        superseded=bool(row.superseded),
        revision=row.revision,
        reviewed_by=row.reviewed_by,
        happening=row.happening or (happening_name(row.id) if row.linked is not None else None),
        n_reports=row.n_reports or 1,
        n_sources=row.n_sources or 1,
    )


def published(row: sa.Row[Any]) -> Date:
    """A report's own date."""
    return Date(
        row.published_start,
        row.published_end,
        row.published_granularity,
        bool(row.published_approx),
        row.published_basis,
    )


def _how(payload: Json) -> tuple[bool, str]:
    """`approx` and `basis` of a fact's date, which only its JSON has."""
    for name in ("date", "when", "as_of"):
        date = payload.get(name)
        if isinstance(date, dict):
            return bool(date["approx"]), str(date["basis"])
    return False, ""


def _page(wanted: Wanted, record: Record, order: Order, after_seq: int | None, limit: int) -> sa.Select[Any]:
    """One page: first which facts, in narrow rows that are quick to sort, then all that is known of those few."""
    restricted = restriction(wanted, record)
    which = _ordered(restricted.on(sa.select(FACTS.c.seq)), order, after_seq, restricted)
    return _ordered(_columns(wanted.as_of).where(FACTS.c.seq.in_(which.limit(limit).correlate(None))), order, None)


def _counted(query: Query, record: Record) -> sa.Select[Any]:
    return where(sa.select(sa.func.count()).select_from(FACTS), query, record)


def _in_tallies(query: Query) -> bool:
    codes = [term.field for term in query.terms if isinstance(term, Code)]
    return len(codes) == len(query.terms) and set(codes) <= set(_TALLIED) and not (query.superseded or query.as_of)


def _tallied(query: Query) -> sa.Select[Any]:
    statement: sa.Select[Any] = sa.select(sa.func.sum(TALLIES.c.number)).where(TALLIES.c.kind != "report")
    for term in query.terms:
        if isinstance(term, Code):
            values = [value == "yes" for value in term.values] if term.field == "background" else term.values
            statement = statement.where(TALLIES.c[term.field].in_(values))
    return statement


def where(statement: sa.Select[Any], wanted: Wanted, record: Record) -> sa.Select[Any]:
    """STATEMENT, which selects from facts, restricted to those that are WANTED."""
    return restriction(wanted, record).on(statement)


def restriction(wanted: Wanted, record: Record) -> Restriction:
    """What has to be added to a SELECT from facts so that it gives those that are WANTED."""
    query = wanted.query if isinstance(wanted, FactFilter) else wanted
    return restrict_facts(query, record.engine.dialect.name)


def _ordered(
    statement: sa.Select[Any], order: Order, after_seq: int | None, by: Restriction = _BY_FACTS
) -> sa.Select[Any]:
    check_order(order)
    falls = order.startswith("-")
    keys: list[sa.ColumnElement[Any]] = list(by.days) if order.endswith("date") else [by.order]
    if after_seq is not None:
        statement = statement.where(_past(keys, after_seq, falls))
    return statement.order_by(*(key.desc() if falls else key.asc() for key in keys))


def check_order(order: str) -> None:
    """Raise QueryError where ORDER is none."""
    if order not in ORDERS:
        raise QueryError(f"order: {order!r} is none of {', '.join(ORDERS)}")


def _past(keys: list[sa.ColumnElement[Any]], after_seq: int, falls: bool) -> sa.ColumnElement[bool]:
    if len(keys) == 1:
        return keys[0] < after_seq if falls else keys[0] > after_seq
    last = sa.select(FACTS.c.date_order).where(FACTS.c.seq == after_seq).scalar_subquery()
    here = sa.tuple_(*keys)
    there = sa.tuple_(last, sa.literal(after_seq))
    return here < there if falls else here > there


def _check_known(name: str, wanted: Iterable[str], known: tuple[str, ...]) -> None:
    for value in wanted:
        if value not in known:
            raise QueryError(f"{name}: {value!r} is none of {', '.join(dict.fromkeys(known))}")


def check_day(name: str, value: str | None) -> None:
    """Raise QueryError, with the NAME under which it was given, where VALUE is neither None nor an ISO day."""
    if value is None:
        return
    try:
        day = day_type.fromisoformat(value).isoformat()
    except ValueError:
        day = ""
    if day != value:
        raise QueryError(f"{name}: {value!r} is no day such as 1978-09-17")
