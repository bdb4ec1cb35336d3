"""The word index of each database: how it is made, written and asked. It is derived from the rows and can be made anew.

SQLite: FTS5 tables without content. PostgreSQL: tables of tsvector with a GIN index. Both are called `fact_words` and
`sentence_words`, have a `rowid` that is the `seq` of a fact or the `key` of a sentence, and hold the very words of
`documents.py`: neither database cuts or folds anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, TypeAlias

import sqlalchemy as sa
from sqlalchemy.sql import operators
from sqlalchemy.sql.expression import UnaryExpression

from dragoman.facts import Span
from dragoman.store.engine import copy_rows, next_keys
from dragoman.store.payload import Json
from dragoman.store.search.documents import BREAK, fact_document, sentence_document
from dragoman.store.search.sentences import sentences
from dragoman.store.tables import FACT_ACTORS, FACTS, PAIRS, REPORTS, SENTENCES

FACT_WORDS: Final = sa.table("fact_words", sa.column("rowid", sa.BigInteger))
SENTENCE_WORDS: Final = sa.table("sentence_words", sa.column("rowid", sa.BigInteger))

_LAST_PLACE: Final = 16383
"""PostgreSQL counts a word's place no further."""

_AT_ONCE: Final = 500
"""Reports whose facts are indexed in one go when an index is made anew."""

_OF_FACTS: Final = (
    "seq", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "words", "payload",
)  # fmt: skip
"""Columns by name, here and below: a migration runs before the tables have what later ones add."""

_FTS5: Final = (
    "CREATE VIRTUAL TABLE {name} USING fts5(words, content='', columnsize=0, tokenize=\"ascii tokenchars ':/-'\")"
)


@dataclass(frozen=True, slots=True)
class Has:
    """These words in a row; with `prefix` the last one need only begin so."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these."""

    parts: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of `parts` and none of `without`; there is at least one part."""

    parts: tuple[Ask, ...]
    without: tuple[Ask, ...] = ()


Ask: TypeAlias = Has | AnyOf | AllOf
"""What the index is asked."""


def create(connection: sa.Connection) -> None:
    """Make the tables of the index, empty."""
    for name, of in (("fact_words", "facts (seq)"), ("sentence_words", "sentences (key)")):
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(_FTS5.format(name=name))
        else:
            connection.exec_driver_sql(
                f"CREATE TABLE {name} "
                f"(rowid BIGINT PRIMARY KEY REFERENCES {of} ON DELETE CASCADE, words TSVECTOR NOT NULL)"
            )
            connection.exec_driver_sql(f"CREATE INDEX ix_{name}_words ON {name} USING gin (words)")


def rebuild(connection: sa.Connection) -> None:
    """Index all facts and sentences of a record anew, as after a copy or a change of what is indexed."""
    sqlite = connection.dialect.name == "sqlite"
    for name in ("fact_words", "sentence_words"):
        clear = f"INSERT INTO {name}({name}) VALUES ('delete-all')" if sqlite else f"DELETE FROM {name}"
        connection.exec_driver_sql(clear)
    connection.execute(SENTENCES.delete())
    last = 0
    while reports := _reports(connection, last):
        for report in reports:
            index_sentences(connection, int(str(report["key"])), str(report["text"]), report)
        last = int(str(reports[-1]["key"]))
        _index_stored_facts(connection, {int(str(report["key"])): report for report in reports})


def _reports(connection: sa.Connection, after: int) -> list[Json]:
    columns = [REPORTS.c[name] for name in ("key", "id", "outlet", "published_start", "published_end", "text")]
    statement = sa.select(*columns).where(REPORTS.c.key > after).order_by(REPORTS.c.key).limit(_AT_ONCE)
    return [dict(row._mapping) for row in connection.execute(statement)]


def _index_stored_facts(connection: sa.Connection, reports: dict[int, Json]) -> None:
    columns = [FACTS.c[name] for name in _OF_FACTS]
    within = sa.select(*columns).where(FACTS.c.report_key.between(min(reports), max(reports))).order_by(FACTS.c.seq)
    facts = [dict(row._mapping) for row in connection.execute(within)]
    if not facts:
        return
    seqs = (min(fact["seq"] for fact in facts), max(fact["seq"] for fact in facts))
    actors = _beside(connection, FACT_ACTORS, ("seq", "number", "role", "name", "country", "sector"), seqs)
    pairs = _beside(connection, PAIRS, ("seq", "low", "high", "direction"), seqs)
    documents = []
    for fact in facts:
        seq, report = fact["seq"], reports[fact["report_key"]]
        documents.append((seq, fact_document(fact, actors.get(seq, []), pairs.get(seq, []), report)))
    index_facts(connection, documents)


def _beside(
    connection: sa.Connection, table: sa.Table, names: tuple[str, ...], seqs: tuple[int, int]
) -> dict[int, list[Json]]:
    columns = [table.c[name] for name in names]
    rows = connection.execute(sa.select(*columns).where(table.c.seq.between(*seqs)).order_by(*columns[:2]))
    return {seq: [dict(row._mapping) for row in group] for seq, group in groupby(rows, key=lambda row: int(row.seq))}


def index_facts(connection: sa.Connection, documents: Iterable[tuple[int, str]]) -> None:
    """Put facts into the index: (seq, document)."""
    _insert(connection, FACT_WORDS, documents)


def index_sentences(connection: sa.Connection, key: int, text: str, report: Json) -> None:
    """Keep where the sentences of a report's TEXT are, and put their words into the index."""
    spans = sentences(text)
    index_spans(connection, key, spans, [sentence_document(text[start:end], report) for start, end in spans])


def index_spans(connection: sa.Connection, key: int, spans: Sequence[Span], documents: Sequence[str]) -> None:
    """The same for sentences that are found already, and what the index is to hold of each."""
    keys = next_keys(connection, SENTENCES.c.key, len(spans)) if spans else ()
    rows = ((number, key, start, end) for number, (start, end) in zip(keys, spans, strict=True))
    copy_rows(connection, SENTENCES, ("key", "report_key", "start", "end"), rows)
    _insert(connection, SENTENCE_WORDS, zip(keys, documents, strict=True))


def forget_sentences(connection: sa.Connection, key: int) -> None:
    """Take a report's sentences off the index, as before its text is dropped."""
    columns = [REPORTS.c[name] for name in ("id", "outlet", "published_start", "published_end", "text")]
    report = connection.execute(sa.select(*columns).where(REPORTS.c.key == key)).one()._mapping
    rows = connection.execute(sa.select(SENTENCES).where(SENTENCES.c.report_key == key)).all()
    if rows and connection.dialect.name == "sqlite":
        text = str(report["text"])
        gone = [{"key": row.key, "words": sentence_document(text[row.start : row.end], dict(report))} for row in rows]
        connection.execute(
            sa.text("INSERT INTO sentence_words(sentence_words, rowid, words) VALUES ('delete', :key, :words)"), gone
        )
    connection.execute(SENTENCES.delete().where(SENTENCES.c.report_key == key))


def _insert(connection: sa.Connection, table: sa.TableClause, documents: Iterable[tuple[int, str]]) -> None:
    sqlite = connection.dialect.name == "sqlite"
    rows = ((key, words if sqlite else _tsvector(words)) for key, words in documents)
    copy_rows(connection, table, ("rowid", "words"), rows)


def _tsvector(document: str) -> str:
    """A document as PostgreSQL writes a vector; there are no quotes or backslashes in our words."""
    words = enumerate(document.split(" "), 1)
    return " ".join(f"'{word}':{min(place, _LAST_PLACE)}" for place, word in words if word != BREAK)


def holds(dialect: str, table: sa.TableClause, ask: Ask) -> sa.ColumnElement[bool]:
    """That the words of a row of TABLE are as asked."""
    if dialect == "sqlite":
        return sa.text(f"{table.name} MATCH :{table.name}").bindparams(**{table.name: _fts5(ask)})  # type: ignore[return-value]
    return sa.text(f"{table.name}.words @@ CAST(:{table.name} AS tsquery)").bindparams(  # type: ignore[return-value]
        **{table.name: _tsquery(ask)}
    )


def rows_of(dialect: str, table: sa.TableClause, ask: Ask) -> sa.Select[Any]:
    """Which rows of TABLE are as asked."""
    return sa.select(table.c.rowid).where(holds(dialect, table, ask))


def first_of(dialect: str, column: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """COLUMN of what is to be walked along, as the side of a join by which other rows are looked up.

    Behind a sign SQLite can't search for it, so it doesn't look into the index of words, or into hits, row by row.
    """
    if dialect != "sqlite":
        return column
    return UnaryExpression(column, operator=operators.custom_op("+"), type_=column.type)


def _fts5(ask: Ask) -> str:
    if isinstance(ask, Has):
        return f'"{" ".join(ask.words)}"' + (" *" if ask.prefix else "")
    joined = f"({(' OR ' if isinstance(ask, AnyOf) else ' AND ').join(map(_fts5, ask.parts))})"
    if isinstance(ask, AllOf) and ask.without:
        return f"({joined} NOT ({' OR '.join(map(_fts5, ask.without))}))"
    return joined


def _tsquery(ask: Ask) -> str:
    if isinstance(ask, Has):
        *begin, last = ask.words
        return "(" + " <-> ".join([*(f"'{word}'" for word in begin), f"'{last}'" + (":*" if ask.prefix else "")]) + ")"
    joined = (" | " if isinstance(ask, AnyOf) else " & ").join(map(_tsquery, ask.parts))
    without = "".join(f" & !{_tsquery(part)}" for part in (ask.without if isinstance(ask, AllOf) else ()))
    return f"({joined}{without})"
