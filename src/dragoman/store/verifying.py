"""Whether a record is what it should be: every quote at its place, every text as it was read, every link with two ends.

All is read in one transaction, report by report, so that memory stays small whatever the record's size.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa

from dragoman.store.payload import evidence_of
from dragoman.store.record import Record
from dragoman.store.rows import stored_hash
from dragoman.store.standing import standing_in_report
from dragoman.store.tables import (
    DECISIONS,
    DROPPED_TEXTS,
    EVIDENCE,
    FACTS,
    METADATA,
    PAIR_TALLIES,
    PAIRS,
    REPORTS,
    TALLIES,
)
from dragoman.terms import BASE_STATUSES

MOST_OF_A_KIND: Final = 20
"""Faults of the database file, or of one kind of link, that are told singly."""

AT_ONCE: Final = 100
"""Reports whose texts are held at a time."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that isn't as it should be: where, and what."""

    where: str
    problem: str


def verify(record: Record, progress: Callable[[int], None] | None = None) -> Iterator[Finding]:
    """All that is wrong with a record; nothing where it is whole. PROGRESS is told how many reports are read.

    Raises RecordError where the record can't be read at all.
    """
    with record.reading() as connection:
        broken = list(_database(connection))
        yield from broken
        if broken:
            return  # what is read from a broken file proves nothing
        yield from _links(connection)
        yield from _versions(connection)
        yield from _decisions(connection)
        yield from _reports(connection, progress)
        yield from _pairs(connection)
        yield from _tallies(connection)


def _database(connection: sa.Connection) -> Iterator[Finding]:
    """The file itself, its indexes included; a server watches over its own."""
    if connection.dialect.name == "sqlite":
        for (said,) in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_OF_A_KIND})"):
            if said != "ok":
                yield Finding("database", f"{' '.join(str(said).split())}; restore a backup")


def _links(connection: sa.Connection) -> Iterator[Finding]:
    """Rows that name a row of another table that isn't there. The databases prevent it, unless they are told not to."""
    for table in METADATA.sorted_tables:
        for link in table.foreign_keys:
            parent = link.column.table.alias("parent")
            missing = sa.and_(
                link.parent.is_not(None),
                ~sa.exists().where(parent.c[link.column.name] == link.parent),
            )
            rows = sa.select(link.parent).select_from(table).where(missing).distinct().limit(MOST_OF_A_KIND)
            for (value,) in connection.execute(rows.order_by(link.parent)):
                yield Finding(
                    f"{table.name}, {link.parent.name} {value}",
                    f"there is no such {link.column.name} in {link.column.table.name}",
                )


def _versions(connection: sa.Connection) -> Iterator[Finding]:
    """The newest version of a report is the current one, and no other is."""
    number = sa.func.sum(sa.cast(REPORTS.c.current, sa.Integer))
    marked = sa.func.max(sa.case((REPORTS.c.current, REPORTS.c.version)))
    last = sa.func.max(REPORTS.c.version)
    wrong = sa.or_(number != 1, marked != last)
    statement = sa.select(REPORTS.c.id, number, marked, last).group_by(REPORTS.c.id).having(wrong)
    for ident, current, which, newest in connection.execute(statement):
        found = f"version {which} is, {newest} is the newest" if current == 1 else f"{current} versions are"
        yield Finding(f"report {ident}", f"its newest version alone should be current; {found}")


def _decisions(connection: sa.Connection) -> Iterator[Finding]:
    """The decisions on a fact are numbered from 1 without gaps, and what stands by them is a row of that fact."""
    columns = (DECISIONS.c.report, DECISIONS.c.fact)
    number, last = sa.func.count(), sa.func.max(DECISIONS.c.number)
    gaps = sa.select(*columns, number, last).group_by(*columns).having(number != last).order_by(*columns)
    for report, fact, found, highest in connection.execute(gaps):
        yield Finding(f"report {report}, fact {fact}", f"its {found} decisions are numbered up to {highest}")
    made = DECISIONS.join(FACTS, FACTS.c.seq == DECISIONS.c.result_seq).join(
        REPORTS, REPORTS.c.key == FACTS.c.report_key
    )
    other = sa.or_(FACTS.c.id != DECISIONS.c.fact, REPORTS.c.id != DECISIONS.c.report)
    unlike = sa.select(*columns, DECISIONS.c.number, FACTS.c.id).select_from(made).where(other)
    for report, fact, which, stands in connection.execute(unlike.order_by(DECISIONS.c.key)):
        yield Finding(f"report {report}, fact {fact}", f"by its decision {which} stands another fact, {stands}")


def _reports(connection: sa.Connection, progress: Callable[[int], None] | None) -> Iterator[Finding]:
    statement = sa.select(REPORTS, DROPPED_TEXTS.c.kept_hash).outerjoin(
        DROPPED_TEXTS, DROPPED_TEXTS.c.report_key == REPORTS.c.key
    )
    done = 0
    for reports in _batches(connection, statement.order_by(REPORTS.c.key).limit(AT_ONCE)):
        facts = _facts(connection, reports[0].key, reports[-1].key)
        for report in reports:
            yield from _report(report, facts.get(report.key, []))
        done += len(reports)
        if progress:
            progress(done)


def _batches(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[Sequence[Any]]:
    """Reports, some at a time, in the order of their keys."""
    rows = connection.execute(statement).all()
    while rows:
        yield rows
        rows = connection.execute(statement.where(REPORTS.c.key > rows[-1].key)).all()


def _facts(connection: sa.Connection, first: int, last: int) -> dict[int, list[tuple[Any, list[tuple[int, int]]]]]:
    """Report's key to its facts, each with its rows of `evidence`."""
    within = FACTS.c.report_key.between(first, last)
    evidence = sa.select(EVIDENCE).join(FACTS, FACTS.c.seq == EVIDENCE.c.seq).where(within)
    spans = {
        seq: [(row.start, row.end) for row in rows]
        for seq, rows in groupby(
            connection.execute(evidence.order_by(EVIDENCE.c.seq, EVIDENCE.c.number)), key=lambda row: int(row.seq)
        )
    }
    names = ("seq", "id", "report_key", "kind", "superseded", "payload")
    columns = (*(FACTS.c[name] for name in names), standing_in_report().label("stands"))
    rows = connection.execute(sa.select(*columns).where(within).order_by(FACTS.c.report_key, FACTS.c.seq))
    return {
        key: [(row, spans.get(row.seq, [])) for row in group]
        for key, group in groupby(rows, key=lambda row: int(row.report_key))
    }


def _report(report: Any, facts: list[tuple[Any, list[tuple[int, int]]]]) -> Iterator[Finding]:
    where = f"report {report.id}, version {report.version}"
    if report.kept_hash is not None:
        if hashlib.sha256(report.text.encode("utf-8")).hexdigest() != report.kept_hash:
            yield Finding(where, "what is kept of its text isn't what was kept when the text was dropped")
    elif report.content_hash != stored_hash(
        report.text, report.title, report.published_start, report.published_end, report.published_granularity
    ):
        yield Finding(where, "its text, title or date isn't what was read: the hash is another")
    for fact, spans in facts:
        for problem in _fact(report, fact, spans):
            yield Finding(f"{where}, {fact.kind} {fact.id}", problem)


def _fact(report: Any, fact: Any, spans: list[tuple[int, int]]) -> Iterator[str]:
    quotes = evidence_of(fact.payload)
    if not quotes:
        yield "it has no words that prove it"
    if [(start, end) for start, end, _ in quotes] != spans:
        yield f"its quotes stand at {[quote[:2] for quote in quotes]}, the table evidence says {spans}"
    for start, end, text in quotes:
        if report.text[start:end] != text:
            yield f"its quote does not stand at [{start}, {end}) of the text"
    if bool(fact.superseded) == bool(report.current and fact.stands):
        yield "it is marked as superseded though its report is current and nobody decided so, or the other way round"


def _pairs(connection: sa.Connection) -> Iterator[Finding]:
    """What pairs repeat of their facts is what the facts say."""
    names = ("report_key", "kind", "type", "status", "background", "superseded", "date_start", "date_end", "date_order")
    unlike = sa.or_(*(PAIRS.c[name].is_distinct_from(FACTS.c[name]) for name in names))
    rows = sa.select(PAIRS.c.low, PAIRS.c.high, FACTS.c.kind, FACTS.c.id).join(FACTS, FACTS.c.seq == PAIRS.c.seq)
    for low, high, kind, ident in connection.execute(rows.where(unlike).order_by(PAIRS.c.seq).limit(MOST_OF_A_KIND)):
        yield Finding(f"pairs, {low} {high}", f"what it repeats of {kind} {ident} isn't what that says")


def _tallies(connection: sa.Connection) -> Iterator[Finding]:
    """What the counts repeat is what the facts say."""
    of_facts = (FACTS.c.kind, FACTS.c.type, FACTS.c.status, FACTS.c.background)
    live = sa.select(*of_facts, sa.func.count()).where(~FACTS.c.superseded).group_by(*of_facts)
    counted = {
        (kind, type_ or "", status or "", bool(background)): int(number)
        for kind, type_, status, background, number in connection.execute(live)
    }
    reports = connection.scalar(sa.select(sa.func.count()).where(REPORTS.c.current)) or 0
    counted = {**counted, ("report", "", "", False): reports}
    kept = {tuple(row[:4]): int(row[4]) for row in connection.execute(sa.select(TALLIES))}
    yield from _unlike("tallies", Counter(counted), Counter(kept))

    happened = sa.and_(FACTS.c.kind == "event", FACTS.c.status.in_(BASE_STATUSES), ~FACTS.c.background)
    number = sa.func.sum(sa.case((happened, 1), else_=0))
    pairs = sa.select(PAIRS.c.low, PAIRS.c.high, sa.func.count(), number).join(FACTS, FACTS.c.seq == PAIRS.c.seq)
    rows = connection.execute(pairs.where(~FACTS.c.superseded).group_by(PAIRS.c.low, PAIRS.c.high)).all()
    stored = connection.execute(sa.select(PAIR_TALLIES)).all()
    for column in (2, 3):
        now, then = ({(row[0], row[1]): int(row[column]) for row in found} for found in (rows, stored))
        yield from _unlike("pair_tallies", Counter(now), Counter(then))


def _unlike(table: str, counted: Counter[Any], kept: Counter[Any]) -> Iterator[Finding]:
    for key in sorted(counted.keys() | kept.keys()):
        if counted[key] != kept[key]:
            name = " ".join(str(part) for part in key if part not in ("", False))
            yield Finding(f"{table}, {name}", f"it says {kept[key]}, there are {counted[key]}")
