"""Putting facts into a record and out of its counts: its rows, its words, and the tallies that repeat them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import cast

import sqlalchemy as sa

from dragoman.store.engine import insert_or_add, insert_rows, next_keys
from dragoman.store.payload import Json
from dragoman.store.rows import FactRows
from dragoman.store.search.index import index_facts
from dragoman.store.tables import EVIDENCE, FACT_ACTORS, FACTS, PAIR_TALLIES, PAIRS, TALLIES
from dragoman.terms import BASE_STATUSES


class Tallies:
    """Changes to the counts of one transaction; `write` brings them into the record."""

    def __init__(self) -> None:
        self.facts: Counter[tuple[str, str, str, bool]] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.happened: Counter[tuple[str, str]] = Counter()

    def report(self) -> None:
        """One more report."""
        self.facts["report", "", "", False] += 1

    def add(self, fact: FactRows) -> None:
        """One more fact."""
        self.facts[fact.tally] += 1
        for row in fact.pairs:
            pair = (str(row["low"]), str(row["high"]))
            self.pairs[pair] += 1
            self.happened[pair] += fact.happened

    def take(self, connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
        """Mark the facts of WHICH that stand as superseded, and count them no longer."""
        standing = sa.and_(which, ~FACTS.c.superseded)
        happened = sa.and_(FACTS.c.kind == "event", FACTS.c.status.in_(BASE_STATUSES), ~FACTS.c.background)
        rows = sa.select(FACTS.c.kind, FACTS.c.type, FACTS.c.status, FACTS.c.background).where(standing)
        for kind, type_, status, background in connection.execute(rows):
            self.facts[kind, type_ or "", status or "", bool(background)] -= 1
        joined = sa.select(PAIRS.c.low, PAIRS.c.high, happened).join(FACTS, FACTS.c.seq == PAIRS.c.seq)
        for low, high, is_happened in connection.execute(joined.where(standing)):
            self.pairs[low, high] -= 1
            self.happened[low, high] -= int(bool(is_happened))
        connection.execute(FACTS.update().where(standing).values(superseded=True))

    def write(self, connection: sa.Connection) -> None:
        """Add the changes to what the record has."""
        names = ("kind", "type", "status", "background")
        rows = [
            cast(Json, {**dict(zip(names, key, strict=True)), "number": number})
            for key, number in self.facts.items()
            if number
        ]
        insert_or_add(connection, TALLIES, rows, ["number"])
        insert_or_add(connection, PAIR_TALLIES, self._of_pairs(), ["number", "happened"])

    def _of_pairs(self) -> list[Json]:
        return [
            {"low": low, "high": high, "number": number, "happened": self.happened[low, high]}
            for (low, high), number in sorted(self.pairs.items())
        ]


def insert_facts(
    connection: sa.Connection,
    rows: Sequence[Json],
    facts: Sequence[FactRows],
    documents: Sequence[str],
    tallies: Tallies,
) -> list[int]:
    """Insert FACTS with all that they are found by; returns the `seq` of each.

    ROWS are the columns of each that it doesn't give itself: `report_key`, `first_seen`, `last_seen`, and `revision`
    and `superseded` where they aren't 0 and False. DOCUMENTS are what the index of words holds of each. Those that
    stand are counted.
    """
    if not rows:
        return []
    whole = [{"superseded": False, "revision": 0, **row, **fact.fact} for row, fact in zip(rows, facts, strict=True)]
    seqs = list(next_keys(connection, FACTS.c.seq, len(rows)))
    insert_rows(connection, FACTS, [{"seq": seq, **row} for seq, row in zip(seqs, whole, strict=True)])
    numbered = list(zip(seqs, whole, facts, strict=True))
    insert_rows(connection, FACT_ACTORS, [{"seq": seq, **row} for seq, _, fact in numbered for row in fact.actors])
    insert_rows(connection, EVIDENCE, [{"seq": seq, **row} for seq, _, fact in numbered for row in fact.evidence])
    pairs = [_pair(seq, row, pair) for seq, row, fact in numbered for pair in fact.pairs]
    insert_rows(connection, PAIRS, pairs)
    index_facts(connection, zip(seqs, documents, strict=True))
    for row, fact in zip(whole, facts, strict=True):
        if not row["superseded"]:
            tallies.add(fact)
    return seqs


def _pair(seq: int, row: Json, pair: Json) -> Json:
    return {"seq": seq, "report_key": row["report_key"], **pair, "superseded": row["superseded"]}
