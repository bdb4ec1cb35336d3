"""Adding to a record: a report goes in with all its facts, or not at all.

A report that is there already, with the same words and read by the same coder and lexicon, adds nothing. One that has
changed becomes a new version; the old one stays, its facts marked as superseded. What people decided on its facts is
kept for the new version.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeAlias, cast

import sqlalchemy as sa

from dragoman.errors import RecordError
from dragoman.facts import Answer, Date, Report, Span
from dragoman.store.engine import insert_rows, next_keys
from dragoman.store.inserting import Tallies, insert_facts
from dragoman.store.links.linking import link_reports
from dragoman.store.payload import Json, fault, named
from dragoman.store.planning import NewFact, join_edited, join_new
from dragoman.store.query import published
from dragoman.store.record import Record, now
from dragoman.store.review.carrying import carry
from dragoman.store.rows import FactRows, candidate_rows, clean, content_hash, fact_rows, report_row
from dragoman.store.search.documents import sentence_document
from dragoman.store.search.index import index_spans
from dragoman.store.search.sentences import sentences
from dragoman.store.tables import CANDIDATES, FACTS, REPORTS

_Head: TypeAlias = "sa.Row[int, int, str, str, str]"
"""Key, version, content hash, coder and lexicon of a report's newest version."""

_HEAD_COLUMNS: Final = (REPORTS.c.key, REPORTS.c.version, REPORTS.c.content_hash, REPORTS.c.coder, REPORTS.c.lexicon)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who read a report: the versions of the coder (with its weights) and of the lexicon."""

    coder: str
    lexicon: str


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a report: its id and version; `new` is False where it was there already.

    `first_seq` and `last_seq` are the places of its facts in the stream, None where it has none or none were added.
    """

    report: str
    version: int
    new: bool
    facts: int = 0
    first_seq: int | None = None
    last_seq: int | None = None


Also: TypeAlias = Callable[[sa.Connection, Added], None]
"""What else is to happen in the transaction in which a report is added."""


def has_report(record: Record, report: Report, stamp: Stamp) -> bool:
    """Whether the record holds REPORT as its current version, read under the same STAMP."""
    with record.reading() as connection:
        row = _current(connection, clean(report.id))
        return row is not None and _same(row, {"content_hash": content_hash(report), **asdict(stamp)})


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that is written of a report, made before the record is locked. It can be made in another process.

    `head` is the row of `reports`, `published` the report's date; `documents` are what the index of words holds of
    `facts`, `sentences` what it holds of the sentences between `spans`.
    """

    head: Json
    published: Date
    candidates: list[Json]
    facts: list[FactRows]
    documents: list[str]
    spans: list[Span]
    sentences: list[str]


def prepare(answer: Answer, stamp: Stamp) -> Prepared:
    """What is to be written of ANSWER. Raises RecordError where a fact's evidence doesn't stand in the text."""
    if wrong := fault(answer):
        raise RecordError(f"{answer.report.id}: {wrong}; nothing of this report is stored")
    facts = [fact_rows(fact, ident) for ident, fact in named(answer)]
    head = {**report_row(answer.report), "coder": stamp.coder, "lexicon": stamp.lexicon}
    text = str(head["text"])
    spans = sentences(text)
    return Prepared(
        head,
        answer.report.published,
        candidate_rows(answer.report),
        facts,
        [fact.document(head) for fact in facts],
        spans,
        [sentence_document(text[start:end], head) for start, end in spans],
    )


def add(record: Record, answer: Answer, stamp: Stamp, also: Also | None = None) -> Added:
    """Add a report and its facts in one transaction, and in the same one do ALSO.

    Raises RecordError where a fact's evidence doesn't stand in the report's text, or where the record can't be written.
    """
    return add_all(record, [answer], stamp, also)[0]


def add_all(record: Record, answers: Sequence[Answer], stamp: Stamp, also: Also | None = None) -> list[Added]:
    """Add several reports in one transaction: all of them or none. It spares a wait for the disk with each report.

    ALSO is called in the transaction for each of them; what it raises undoes it all. Raises RecordError as `add` does.
    """
    return add_prepared(record, [prepare(answer, stamp) for answer in answers], also)


def add_prepared(record: Record, reports: Sequence[Prepared], also: Also | None = None) -> list[Added]:
    """Add reports that are prepared, as `add_all` does."""
    with record.writing() as connection:
        added = []
        for report in reports:
            added.append(_add(connection, report))
            if also is not None:
                also(connection, added[-1])
        return added


def withdraw(connection: sa.Connection, ident: str, reason: str) -> Added | None:
    """Withdraw a report: a new version without text and facts, whose warning is REASON; None where there is no report.

    The versions before it stay as they are, their facts superseded. One that is withdrawn already adds nothing.
    """
    row = connection.execute(_head_of(clean(ident), REPORTS)).first()
    if row is None:
        return None
    if not row.text:
        return Added(ident, row.version, new=False)
    left = Report(
        id=row.id,
        text="",
        published=published(row),
        url=row.url,
        outlet=row.outlet,
        title=row.title,
        author=row.author,
        language=row.language,
        kind="empty",
        warnings=(reason,),
    )
    old = connection.execute(_head_of(clean(ident), *_HEAD_COLUMNS)).one()
    return _insert(connection, prepare(Answer(left), Stamp(row.coder, row.lexicon)), old)


def _add(connection: sa.Connection, new: Prepared) -> Added:
    row = _current(connection, str(new.head["id"]))
    if row is not None and _same(row, new.head):
        _touch(connection, row)
        return Added(str(new.head["id"]), row.version, new=False)
    return _insert(connection, new, row)


def _current(connection: sa.Connection, ident: str) -> _Head | None:
    return connection.execute(_head_of(ident, *_HEAD_COLUMNS)).first()


def _head_of(ident: str, *columns: Any) -> sa.Select[Any]:
    """The newest version of a report."""
    return sa.select(*columns).where(REPORTS.c.id == ident).order_by(REPORTS.c.version.desc()).limit(1)


def _same(row: _Head, head: Json) -> bool:
    return (row.content_hash, row.coder, row.lexicon) == (head["content_hash"], head["coder"], head["lexicon"])


def _touch(connection: sa.Connection, row: _Head) -> None:
    connection.execute(FACTS.update().where(FACTS.c.report_key == row.key).values(last_seen=now()))


def _insert(connection: sa.Connection, new: Prepared, old: _Head | None) -> Added:
    seen = now()
    ident = str(new.head["id"])
    version = old.version + 1 if old else 1
    tallies = Tallies()
    first_seen: dict[str, str] = {}
    if old:
        first_seen = _supersede(connection, old.key, ident, tallies)
    else:
        tallies.report()
    (key,) = next_keys(connection, REPORTS.c.key, 1)
    head = {"key": key, **new.head, "version": version, "current": True, "read_at": seen}
    insert_rows(connection, REPORTS, [head])
    insert_rows(connection, CANDIDATES, [{"report_key": key, **row} for row in new.candidates])
    rows: list[Json] = [
        {"report_key": key, "first_seen": first_seen.get(str(fact.fact["id"]), seen), "last_seen": seen}
        for fact in new.facts
    ]
    seqs = insert_facts(connection, rows, new.facts, new.documents, tallies)
    index_spans(connection, key, new.spans, new.sentences)
    _join(connection, new, seqs)
    if old:
        carried = carry(connection, head, tallies, first_seen)
        join_edited(connection, carried)
        seqs += carried
    tallies.write(connection)
    link_reports(connection, [key], [old.key] if old else [])
    bounds = (seqs[0], seqs[-1]) if seqs else (None, None)
    return Added(ident, version, True, len(new.facts), *bounds)


def _join(connection: sa.Connection, new: Prepared, seqs: list[int]) -> None:
    """Join what the report tells of plans with what others tell."""
    rows = [fact.fact for fact in new.facts]
    facts = [
        NewFact(seq, str(row["id"]), str(row["kind"]), cast(Json, row["payload"]))
        for seq, row in zip(seqs, rows, strict=True)
    ]
    join_new(connection, str(new.head["id"]), new.published, str(new.head["text"]), facts)


def _supersede(connection: sa.Connection, key: int, ident: str, tallies: Tallies) -> dict[str, str]:
    """Mark the old version's facts, take them off the tallies; answers when each fact id was first seen."""
    tallies.take(connection, FACTS.c.report_key == key)
    connection.execute(REPORTS.update().where(REPORTS.c.key == key).values(current=False))
    first = sa.select(FACTS.c.id, sa.func.min(FACTS.c.first_seen)).join(REPORTS, REPORTS.c.key == FACTS.c.report_key)
    rows = connection.execute(first.where(REPORTS.c.id == ident).group_by(FACTS.c.id)).all()
    return {str(row[0]): str(row[1]) for row in rows}
