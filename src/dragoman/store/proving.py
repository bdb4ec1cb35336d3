"""Stored facts as the dataclasses of `facts.py` again, each proved once more by its report's text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import sqlalchemy as sa

from dragoman.errors import RecordError
from dragoman.facts import Fact, FactError
from dragoman.store.query import Order, StoredFact, Wanted, facts
from dragoman.store.record import Record
from dragoman.store.tables import FACTS, REPORTS
from dragoman.store.typed import fact_of

BATCH_FACTS: Final = 200
"""Facts whose reports' texts are fetched at once: so many texts, at most, are held in memory."""


def typed_facts(
    record: Record, wanted: Wanted, order: Order = "seq", after_seq: int | None = None, limit: int | None = None
) -> Iterator[tuple[StoredFact, Fact]]:
    """The facts WANTED as they are stored and with their types, streamed as `facts` streams them.

    Raises RecordError where a quote no longer stands in its report.
    """
    found = facts(record, wanted, after_seq, limit, order)
    while batch := list(islice(found, BATCH_FACTS)):
        yield from with_types(record, batch)


def with_types(record: Record, stored: Sequence[StoredFact]) -> Iterator[tuple[StoredFact, Fact]]:
    """STORED facts, each with its types. Raises RecordError where a quote no longer stands in its report."""
    texts = _texts(record, [fact.seq for fact in stored])
    for fact in stored:
        try:
            yield fact, fact_of(fact.kind, fact.id, fact.payload, texts[fact.report, fact.version])
        except FactError as error:
            raise RecordError(
                f"{record.where}: fact {fact.id} of report {fact.report} is not what was stored ({error}); "
                "run `dragoman verify`"
            ) from error


def _texts(record: Record, seqs: list[int]) -> dict[tuple[str, int], str]:
    """(report, version) to the text of the reports in which these facts stand."""
    of_facts = sa.select(FACTS.c.report_key).where(FACTS.c.seq.in_(seqs))
    statement = sa.select(REPORTS.c.id, REPORTS.c.version, REPORTS.c.text).where(REPORTS.c.key.in_(of_facts))
    with record.reading() as connection:
        return {(row.id, row.version): row.text for row in connection.execute(statement)}
