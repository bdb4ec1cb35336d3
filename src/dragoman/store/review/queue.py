"""What waits for a person: facts that nobody has decided on; and what people decided last."""

from __future__ import annotations

import sqlalchemy as sa

from dragoman.store.query import StoredFact, Wanted, restriction, stored_facts
from dragoman.store.record import Record
from dragoman.store.review.decisions import Decision, decision_of
from dragoman.store.tables import DECISIONS, FACTS


def waiting(record: Record, wanted: Wanted, after: int | None, limit: int) -> tuple[list[StoredFact], int | None]:
    """At most LIMIT facts that are WANTED and that nobody has decided on, the newest first, after the place AFTER in
    the stream; and the cursor of the next page, None on the last one.
    """
    restricted = restriction(wanted, record)
    statement = restricted.on(sa.select(FACTS.c.seq)).where(sa.not_(_decided()))
    if after is not None:
        statement = statement.where(restricted.order < after)
    with record.reading() as connection:
        seqs = list(connection.scalars(statement.order_by(restricted.order.desc()).limit(limit + 1)))
        found = stored_facts(connection, seqs[:limit])
    shown = [found[seq] for seq in seqs[:limit]]
    return shown, shown[-1].seq if len(seqs) > limit else None


def _decided() -> sa.ColumnElement[bool]:
    """Whether a decision was about the row or made it."""
    about = sa.exists().where(DECISIONS.c.seq == FACTS.c.seq)
    made = sa.exists().where(DECISIONS.c.result_seq == FACTS.c.seq)
    return sa.or_(about, made)


def latest_decisions(record: Record, limit: int) -> list[Decision]:
    """The last LIMIT decisions, the newest first; those carried into a new reading of a report are left out."""
    table = DECISIONS
    statement = sa.select(table).where(table.c.carried_from.is_(None)).order_by(table.c.key.desc()).limit(limit)
    with record.reading() as connection:
        return [decision_of(row) for row in connection.execute(statement)]
