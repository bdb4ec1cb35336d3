"""What a search finds: facts with the sentence that they stand in, or sentences, by pages; and facets with counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from dragoman.facts import Date, Span
from dragoman.store.payload import evidence_of
from dragoman.store.query import Order, StoredFact, facts, published, restriction
from dragoman.store.record import Record
from dragoman.store.search.compile import restrict_sentences
from dragoman.store.search.index import first_of
from dragoman.store.search.syntax import Query
from dragoman.store.search.words import matches
from dragoman.store.standing import standing_in_report
from dragoman.store.tables import EVIDENCE, FACT_ACTORS, FACTS, PAIRS, REPORTS, SENTENCES

COUNTED: Final = 10_000
"""Of more hits the newest are counted, and that there are more is said: so a common word costs no more than this."""

_ALL: Final = "all"
"""Where a facet's name stands: how many hits there are."""

FACET_VALUES: Final = 12
"""Values that a facet lists, those with most hits first."""

PASSAGE_CHARS: Final = 600
"""A longer passage is cut on both sides of what is marked."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report in their sentence. `start` is where it begins, in characters from 0 of the report's text;
    `marks` are the spans to be marked, in characters from 0 of `text`, end exclusive. `cut` tells which sides were cut.
    """

    text: str
    start: int
    marks: tuple[Span, ...]
    cut: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class FactHit:
    """A fact that is found, in its sentence: `passage.marks` are the words that prove it."""

    fact: StoredFact
    passage: Passage


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """A sentence that is found: `passage.marks` are the words that were looked for, `facts` ids of facts read from it.

    `key` cuts pages.
    """

    key: int
    report: str
    version: int
    outlet: str | None
    title: str | None
    url: str | None
    published: Date
    passage: Passage
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the hits have which value, by key of the language; the most first, years in order.

    `counted` hits, the newest, were looked at; `more`: there are others.
    """

    counted: int
    more: bool
    values: Mapping[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what is found: facts, or, where the query asks for them, sentences. `next` is the cursor of the next
    page, None on the last one.
    """

    facts: tuple[FactHit, ...] = ()
    sentences: tuple[SentenceHit, ...] = ()
    next: int | None = None


def search(record: Record, query: Query, after: int | None = None, limit: int = 50, order: Order = "-seq") -> Found:
    """At most LIMIT hits after the one that the cursor AFTER names; sentences come newest first, facts in ORDER."""
    if query.target == "sentences":
        sentences, cursor = found_sentences(record, query, after, limit)
        return Found(sentences=tuple(sentences), next=cursor)
    hits, cursor = found_facts(record, query, after, limit, order)
    return Found(facts=tuple(hits), next=cursor)


def found_facts(
    record: Record, query: Query, after: int | None = None, limit: int = 50, order: Order = "-seq"
) -> tuple[list[FactHit], int | None]:
    """At most LIMIT facts after the one with the seq AFTER in ORDER; the cursor of the next page, None at the end."""
    page = list(facts(record, query, after, limit + 1, order))
    shown = page[:limit]
    there = passages(record, shown)
    return [FactHit(fact, there[fact.seq]) for fact in shown], shown[-1].seq if len(page) > limit else None


def passages(record: Record, shown: Sequence[StoredFact]) -> dict[int, Passage]:
    """For each fact's seq the sentence or sentences of its first evidence; the quote alone where no text is kept."""
    quotes = {fact.seq: evidence_of(fact.payload)[0] for fact in shown}
    found = {seq: Passage(text, start, ((0, len(text)),)) for seq, (start, _, text) in quotes.items()}
    bounds = (
        sa.select(FACTS.c.seq, REPORTS.c.text, sa.func.min(SENTENCES.c.start), sa.func.max(SENTENCES.c.end))
        .join(EVIDENCE, sa.and_(EVIDENCE.c.seq == FACTS.c.seq, EVIDENCE.c.number == 0))
        .join(REPORTS, REPORTS.c.key == FACTS.c.report_key)
        .join(
            SENTENCES,
            sa.and_(
                SENTENCES.c.report_key == FACTS.c.report_key,
                SENTENCES.c.start < EVIDENCE.c.end,
                SENTENCES.c.end > EVIDENCE.c.start,
            ),
        )
        .where(FACTS.c.seq.in_(quotes))
        .group_by(FACTS.c.seq, REPORTS.c.key)
    )
    with record.reading() as connection:
        for seq, text, start, end in connection.execute(bounds):
            first, last, _ = quotes[seq]
            start, end = min(start, first), max(end, last)
            if end <= len(text):
                found[seq] = clipped(text[start:end], start, ((first - start, last - start),))
    return found


def clipped(text: str, start: int, marks: tuple[Span, ...]) -> Passage:
    """A passage of at most PASSAGE_CHARS around the first of MARKS; marks that are cut off are left out."""
    if len(text) <= PASSAGE_CHARS:
        return Passage(text, start, marks)
    first, last = marks[0] if marks else (0, 0)
    room = max(0, PASSAGE_CHARS - (last - first)) // 2
    left = max(0, first - room)
    right = min(len(text), max(last, left + PASSAGE_CHARS))
    while 0 < left < first and not text[left - 1].isspace():
        left += 1
    while last < right < len(text) and not text[right].isspace():
        right -= 1
    inside = tuple((a - left, b - left) for a, b in marks if left <= a and b <= right)
    return Passage(text[left:right], start + left, inside, (left > 0, right < len(text)))


_OF_REPORT: Final = (
    "id", "version", "outlet", "title", "url", "published_start", "published_end", "published_granularity",
    "published_approx", "published_basis", "text",
)  # fmt: skip


def found_sentences(
    record: Record, query: Query, after: int | None = None, limit: int = 50
) -> tuple[list[SentenceHit], int | None]:
    """At most LIMIT sentences before the one with the key AFTER, the newest first, and the cursor of the next page."""
    restricted = restrict_sentences(query, record.engine.dialect.name)
    joined = sa.select(SENTENCES.c.key).join(REPORTS, REPORTS.c.key == SENTENCES.c.report_key)
    which = restricted.on(joined).order_by(restricted.order.desc()).limit(limit + 1)
    if after is not None:
        which = which.where(restricted.order < after)
    of_report = [REPORTS.c[name] for name in _OF_REPORT]
    statement: sa.Select[Any] = sa.select(SENTENCES, *of_report).join(REPORTS, REPORTS.c.key == SENTENCES.c.report_key)
    statement = statement.where(SENTENCES.c.key.in_(which.correlate(None))).order_by(SENTENCES.c.key.desc())
    with record.reading() as connection:
        rows = connection.execute(statement).all()
        ids = _facts_in(connection, [row.key for row in rows[:limit]])
    hits = [_sentence(row, query, ids.get(row.key, ())) for row in rows[:limit]]
    return hits, hits[-1].key if len(rows) > limit else None


def count_sentences(record: Record, query: Query) -> int:
    """How many sentences QUERY finds."""
    joined = sa.select(SENTENCES.c.key).join(REPORTS, REPORTS.c.key == SENTENCES.c.report_key)
    found = restrict_sentences(query, record.engine.dialect.name).on(joined).subquery()
    with record.reading() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(found)).scalar() or 0)


def _sentence(row: sa.Row[Any], query: Query, ids: tuple[str, ...]) -> SentenceHit:
    text = row.text[row.start : row.end]
    marks = sorted({span for words in query.words for span in matches(text, words.forms, words.prefix)})
    passage = clipped(text, row.start, tuple(marks))
    return SentenceHit(row.key, row.id, row.version, row.outlet, row.title, row.url, published(row), passage, ids)


def _facts_in(connection: sa.Connection, keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The ids of facts whose first evidence stands in these sentences."""
    statement = (
        sa.select(SENTENCES.c.key, FACTS.c.id)
        .join(FACTS, FACTS.c.report_key == SENTENCES.c.report_key)
        .join(EVIDENCE, sa.and_(EVIDENCE.c.seq == FACTS.c.seq, EVIDENCE.c.number == 0))
        .where(SENTENCES.c.key.in_(keys), EVIDENCE.c.start < SENTENCES.c.end, EVIDENCE.c.end > SENTENCES.c.start)
        .where(standing_in_report())
        .order_by(FACTS.c.seq)
    )
    found: dict[int, tuple[str, ...]] = {}
    for key, ident in connection.execute(statement):
        found[key] = (*found.get(key, ()), ident)
    return found


def facets(record: Record, query: Query) -> Facets:
    """What the facts that QUERY finds are like: how many of the newest COUNTED have which value."""
    restricted = restriction(query, record)
    hits = restricted.on(sa.select(FACTS.c.seq)).order_by(restricted.order.desc()).limit(COUNTED + 1).cte("hits")
    with record.reading() as connection:  # all in one question, so that the hits are found once
        rows = connection.execute(sa.union_all(*_facets(hits, record.engine.dialect.name))).all()
    values: dict[str, list[tuple[str, int]]] = {}
    for key, value, hits_of in rows:
        values.setdefault(key, []).append((str(value), int(hits_of)))
    number = sum(hits_of for _, hits_of in values.pop(_ALL, []))
    listed = {key: _most(key, counted) for key, counted in values.items()}
    return Facets(min(number, COUNTED), number > COUNTED, MappingProxyType(listed))


def _most(key: str, counted: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    most = sorted(counted, key=lambda item: (-item[1], item[0]))[:FACET_VALUES]
    return tuple(sorted(most)) if key in ("event", "published") else tuple(most)


def _facets(hits: sa.CTE, dialect: str) -> list[sa.Select[Any]]:
    """One SELECT of key, value and number for each facet; each walks along the hits and looks the rest up."""
    seq = first_of(dialect, hits.c.seq)
    of_facts = sa.join(hits, FACTS, FACTS.c.seq == seq)
    of_reports = sa.join(of_facts, REPORTS, REPORTS.c.key == FACTS.c.report_key)
    of_actors = sa.join(hits, FACT_ACTORS, FACT_ACTORS.c.seq == seq)
    of_pairs = sa.join(hits, PAIRS, PAIRS.c.seq == seq)
    background = sa.case((FACTS.c.background, "yes"), else_="no")
    number = sa.func.count()
    speaker = FACT_ACTORS.c.role == "speaker"
    one_year = _year(FACTS.c.date_start) == _year(FACTS.c.date_end)
    return [
        _facet(_ALL, sa.literal_column("''", sa.Text), number, hits),
        *(_facet(name, FACTS.c[name], number, of_facts) for name in ("kind", "type", "status")),
        _facet("background", background, number, of_facts),
        _facet("event", _year(FACTS.c.date_start), number, of_facts, one_year),
        _facet("published", _year(REPORTS.c.published_start), number, of_reports),
        _facet("outlet", REPORTS.c.outlet, number, of_reports),
        _facet("speaker", FACT_ACTORS.c.name, number, of_actors, speaker),
        _facet("pair", PAIRS.c.low + " " + PAIRS.c.high, number, of_pairs),
        _facet("country", FACT_ACTORS.c.country, sa.func.count(FACT_ACTORS.c.seq.distinct()), of_actors),
    ]  # fmt: skip


def _facet(
    key: str,
    value: sa.ColumnElement[Any],
    number: sa.ColumnElement[int],
    rows: sa.FromClause,
    *clauses: sa.ColumnElement[bool],
) -> sa.Select[Any]:
    label: sa.ColumnElement[str] = sa.literal_column(f"'{key}'", sa.Text)
    statement = sa.select(label, value.label("value"), number).select_from(rows).where(value.is_not(None), *clauses)
    return statement.group_by(sa.literal_column("2"))


def _year(day: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.substr(day, sa.literal_column("1"), sa.literal_column("4"))
