"""What people decided on the facts of a report, when the report is read again.

A decision is about a fact of one kind at one place of the text. Where the new reading has that fact, what was rejected
stays rejected, and what was accepted or edited stays as people have it, beside the coder's new value where that is
another. Where the new reading lacks it, what was accepted or edited is kept, as long as its words still stand in the
text. A decision for which there is no place waits for a later reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from dragoman.store.inserting import Tallies, insert_facts
from dragoman.store.payload import Json, evidence_of
from dragoman.store.review.values import changes, moved
from dragoman.store.rows import fact_rows
from dragoman.store.tables import DECISIONS, FACTS, REPORTS
from dragoman.store.typed import fact_of


@dataclass(frozen=True, slots=True)
class _Kept:
    """A decision that holds: its row, and the fact that it is about as it was, moved into the new text."""

    row: Any
    kind: str
    payload: Json | None

    @property
    def rejects(self) -> bool:
        return bool(self.row.decision == "reject")


def carry(connection: sa.Connection, report: Json, tallies: Tallies, first_seen: dict[str, str]) -> list[int]:
    """Bring the decisions on a report's facts into its newest version, REPORT, whose facts are in the record already.

    Returns the `seq` of facts that were added. FIRST_SEEN is when each fact id was first seen.
    """
    kept = _holding(connection, str(report["id"]), str(report["text"]))
    if not kept:
        return []
    columns = (FACTS.c.seq, FACTS.c.id, FACTS.c.kind, FACTS.c.payload)
    read = connection.execute(sa.select(*columns).where(FACTS.c.report_key == report["key"])).all()
    matches = _matched(kept, read)
    free = {str(row.id) for row in read}
    added: list[int] = []
    for number, decision in enumerate(kept):
        match = matches.get(number)
        if match is None and (decision.rejects or decision.payload is None):
            continue
        ident = str(match.id) if match else _unused(str(decision.row.fact), free)
        free.add(ident)
        seq = match.seq if match else None
        result = None if decision.rejects else seq
        if match is None or decision.rejects or changes(match.payload, cast(Json, decision.payload)):
            if match:
                tallies.take(connection, FACTS.c.seq == seq)
            if not decision.rejects:
                result = _insert(connection, report, decision, ident, tallies, first_seen)
                added.append(result)
        _record(connection, decision, ident, seq, result)
    return added


def _holding(connection: sa.Connection, report: str, text: str) -> list[_Kept]:
    """The last decision on each fact of a report, but those that were carried to another fact's name."""
    table = DECISIONS
    last = sa.select(table.c.fact, sa.func.max(table.c.number).label("number")).where(table.c.report == report)
    newest = last.group_by(table.c.fact).subquery()
    later = table.alias("later")
    statement = (
        sa.select(table, FACTS.c.kind, FACTS.c.payload, REPORTS.c.text)
        .join(newest, sa.and_(newest.c.fact == table.c.fact, newest.c.number == table.c.number))
        .join(FACTS, FACTS.c.seq == sa.func.coalesce(table.c.result_seq, table.c.seq))
        .join(REPORTS, REPORTS.c.key == FACTS.c.report_key)
        .where(table.c.report == report, ~sa.exists().where(later.c.carried_from == table.c.key))
        .order_by(table.c.key)
    )
    rows = connection.execute(statement).all()
    return [_Kept(row, row.kind, moved(row.payload, row.text, text)) for row in rows]


def _matched(kept: Sequence[_Kept], read: Sequence[Any]) -> dict[int, Any]:
    """Number of a decision to the fact of the new reading that it is about; each fact goes to one decision at most."""
    ranked = []
    for number, decision in enumerate(kept):
        if decision.payload is None:
            continue
        for row in read:
            if row.kind == decision.kind and _mark(row.kind, row.payload) == _mark(row.kind, decision.payload):
                same = evidence_of(row.payload) == evidence_of(decision.payload)
                ranked.append((not same, len(changes(row.payload, decision.payload)), number, row.seq, row))
    ranked.sort(key=lambda entry: entry[:4])
    matches: dict[int, Any] = {}
    taken: set[int] = set()
    for *_, number, seq, row in ranked:
        if number not in matches and seq not in taken:
            matches[number] = row
            taken.add(seq)
    return matches


def _mark(kind: str, payload: Json) -> tuple[object, ...]:
    """What tells a fact from its neighbours of the same kind, whatever is said of it.

    The evidence with, of an event, the words that name the act alone; what names a thing or a person; the number.
    """
    spans = [(start, end) for start, end, _ in evidence_of(payload)]
    if kind == "event":
        return (spans[1] if len(spans) > 1 else spans[0],)
    if kind == "figure":
        return tuple(cast("list[int]", payload["span"]))
    if kind == "statement":
        cue = cast("Json | None", payload["cue"])
        return tuple(cast("list[int]", cue["span"])) if cue else spans[0]
    named = {"agreement": "name", "transfer": "item", "office": "person"}[kind]
    return (spans[0], str(payload[named]).casefold())


def _unused(ident: str, used: set[str]) -> str:
    """IDENT, with a number behind it where the new reading gives that name to another fact."""
    found, number = ident, 1
    while found in used:
        number += 1
        found = f"{ident}-{number}"
    return found


def _insert(
    connection: sa.Connection,
    report: Json,
    decision: _Kept,
    ident: str,
    tallies: Tallies,
    first_seen: dict[str, str],
) -> int:
    fact = fact_of(decision.kind, ident, cast(Json, decision.payload), str(report["text"]))
    seen = report["read_at"]
    row: Json = {"report_key": report["key"], "first_seen": first_seen.get(ident, seen), "last_seen": seen}
    rows = fact_rows(fact, ident)
    return insert_facts(connection, [{**row, "revision": 1}], [rows], [rows.document(report)], tallies)[0]


def _record(connection: sa.Connection, decision: _Kept, ident: str, seq: int | None, result: int | None) -> None:
    """The decision once more, on the fact of the new reading, in the words and at the time at which it was made."""
    row = decision.row
    table = DECISIONS
    highest = sa.select(sa.func.max(table.c.number)).where(table.c.report == row.report, table.c.fact == ident)
    connection.execute(
        table.insert().values(
            report=row.report,
            fact=ident,
            number=(connection.scalar(highest) or 0) + 1,
            decision=row.decision,
            seq=seq,
            result_seq=result,
            carried_from=row.key,
            reviewer=row.reviewer,
            decided_at=row.decided_at,
            why=row.why,
        )
    )
