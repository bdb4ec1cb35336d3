"""What a record holds twice so that it is found: it is made anew from the rows, never copied."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from dragoman.store.links.linking import forget_words
from dragoman.store.search import index
from dragoman.store.tables import METADATA, SENTENCES

DERIVED: Final = frozenset({SENTENCES.name})
"""Tables of `METADATA` that `rebuild` fills."""


def kept_tables() -> list[sa.Table]:
    """Tables whose rows are the record itself, parents first."""
    return [table for table in METADATA.sorted_tables if table.name not in DERIVED]


def rebuild(connection: sa.Connection) -> None:
    """Make anew what is derived from the rows: sentences, and the word index over them and over facts."""
    index.rebuild(connection)


def text_changes(connection: sa.Connection, key: int) -> None:
    """Take from the index and the stories what they hold of a report's text, before that becomes another."""
    index.forget_sentences(connection, key)
    forget_words(connection, key)


def text_changed(connection: sa.Connection, report: sa.RowMapping) -> None:
    """Index the text of REPORT, a row of `reports`, as it is now."""
    index.index_sentences(connection, report["key"], report["text"], dict(report))


def forget_freed(connection: sa.Connection) -> None:
    """Let go of words that were taken from the index: SQLite keeps them, marked as gone, until its parts are joined."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO sentence_words(sentence_words) VALUES ('optimize')")
