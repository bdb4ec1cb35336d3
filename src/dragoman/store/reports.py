"""Questions to a record about reports: one with its facts, or the newest ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from dragoman.errors import RecordError
from dragoman.facts import Date, DateCandidate, Report
from dragoman.store.payload import evidence_of
from dragoman.store.query import StoredFact, published, stored, with_happening
from dragoman.store.record import Record
from dragoman.store.search.compile import touching
from dragoman.store.standing import reviewer, standing_in_report
from dragoman.store.tables import CANDIDATES, FACTS, REPORTS

_STREAM_ROWS: Final = 1000


@dataclass(frozen=True, slots=True)
class ReportHead:
    """A report without its text; `key` grows with every version read, and cuts pages. `facts` is a number."""

    key: int
    id: str
    version: int
    url: str | None
    outlet: str | None
    title: str | None
    language: str | None
    published: Date
    read_at: str
    facts: int


@dataclass(frozen=True, slots=True)
class StoredReport:
    """One version of a report with its facts in the order of the text.

    `report.candidates` says where its date may be read and which candidate won; `versions` are all that the record
    keeps, oldest first; `current` is False where a newer one is there.
    """

    report: Report
    version: int
    versions: tuple[int, ...]
    current: bool
    read_at: str
    coder: str
    lexicon: str
    facts: tuple[StoredFact, ...]


def report(record: Record, ident: str, version: int | None = None) -> StoredReport:
    """The report of that id, in its newest version or the one asked for.

    Raises RecordError where the record has no such report or version.
    """
    with record.reading() as connection:
        versions = connection.scalars(
            sa.select(REPORTS.c.version).where(REPORTS.c.id == ident).order_by(REPORTS.c.version)
        ).all()
        if not versions:
            raise RecordError(f"{record.where}: there is no report {ident!r}; `dragoman show` lists what there is")
        wanted = versions[-1] if version is None else version
        if wanted not in versions:
            known = ", ".join(map(str, versions))
            raise RecordError(f"{record.where}: report {ident!r} has no version {wanted}; there are {known}")
        row = connection.execute(sa.select(REPORTS).where(REPORTS.c.id == ident, REPORTS.c.version == wanted)).one()
        return _stored_report(connection, row, tuple(versions))


def recent(record: Record, limit: int = 50, before_key: int | None = None) -> list[ReportHead]:
    """The reports read last, newest first, each in its newest version; before the one with BEFORE_KEY."""
    statement = _heads().order_by(REPORTS.c.key.desc()).limit(limit)
    if before_key is not None:
        statement = statement.where(REPORTS.c.key < before_key)
    with record.reading() as connection:
        return list(map(_head, connection.execute(statement)))


def heads(record: Record, first: str | None = None, last: str | None = None) -> Iterator[ReportHead]:
    """All reports in the order of reading, each in its newest version, streamed; or those whose date touches the days
    from FIRST to LAST, both inclusive and ISO.
    """
    statement = _heads().where(_dated(first, last)).order_by(REPORTS.c.key)
    with record.reading() as connection:
        yield from map(_head, connection.execution_options(yield_per=_STREAM_ROWS).execute(statement))


def count_reports(record: Record, first: str | None = None, last: str | None = None) -> int:
    """How many `heads` gives."""
    statement = sa.select(sa.func.count()).select_from(REPORTS).where(REPORTS.c.current, _dated(first, last))
    with record.reading() as connection:
        return int(connection.execute(statement).scalar() or 0)


def _dated(first: str | None, last: str | None) -> sa.ColumnElement[bool]:
    return touching(REPORTS, "published", first, last) if first or last else sa.true()


def _heads() -> sa.Select[Any]:
    names = ("key", "id", "version", "url", "outlet", "title", "language", "read_at")
    dates = [column for column in REPORTS.c if column.name.startswith("published_")]
    of_report = sa.and_(FACTS.c.report_key == REPORTS.c.key, ~FACTS.c.superseded)
    number = sa.select(sa.func.count()).where(of_report).scalar_subquery()
    statement: sa.Select[Any] = sa.select(*(REPORTS.c[name] for name in names), *dates, number.label("facts"))
    return statement.where(REPORTS.c.current)


def _head(row: sa.Row[Any]) -> ReportHead:
    return ReportHead(
        key=row.key,
        id=row.id,
        version=row.version,
        url=row.url,
        outlet=row.outlet,
        title=row.title,
        language=row.language,
        published=published(row),
        read_at=row.read_at,
        facts=row.facts,
    )


def _stored_report(connection: sa.Connection, row: sa.Row[Any], versions: tuple[int, ...]) -> StoredReport:
    candidates = sa.select(CANDIDATES).where(CANDIDATES.c.report_key == row.key).order_by(CANDIDATES.c.number)
    found = Report(
        id=row.id,
        text=row.text,
        published=published(row),
        url=row.url,
        outlet=row.outlet,
        title=row.title,
        author=row.author,
        language=row.language,
        kind=row.kind,
        candidates=tuple(map(_candidate, connection.execute(candidates))),
        warnings=tuple(row.warnings),
    )
    return StoredReport(
        report=found,
        version=row.version,
        versions=versions,
        current=bool(row.current),
        read_at=row.read_at,
        coder=row.coder,
        lexicon=row.lexicon,
        facts=_facts(connection, row.key),
    )


def _facts(connection: sa.Connection, key: int) -> tuple[StoredFact, ...]:
    """As they stand in that version: edits stand for what was edited, what was rejected is left out."""
    of_report = [column for column in REPORTS.c if column.name not in ("id", "key", "kind", "text")]
    reviewed_by = reviewer().label("reviewed_by")
    statement: sa.Select[Any] = sa.select(FACTS, REPORTS.c.id.label("report"), reviewed_by, *of_report)
    statement = statement.join(REPORTS, REPORTS.c.key == FACTS.c.report_key)
    statement = with_happening(statement.where(FACTS.c.report_key == key, standing_in_report()))
    found = [stored(row) for row in connection.execute(statement.order_by(FACTS.c.seq))]
    return tuple(sorted(found, key=lambda fact: evidence_of(fact.payload)[0][:2]))


def _candidate(row: sa.Row[Any]) -> DateCandidate:
    date = Date(row.date_start, row.date_end, row.date_granularity, bool(row.date_approx), row.date_basis)
    return DateCandidate(date, row.source, row.place, row.text, bool(row.won), row.reason)
