"""What became of a fact: each reading of its report, each decision of a person, and where coder and people disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from dragoman.errors import DecisionError
from dragoman.store.payload import Json
from dragoman.store.query import StoredFact, fact
from dragoman.store.record import Record
from dragoman.store.review.decisions import Decision, decision_of, decisions
from dragoman.store.review.values import Change, changes
from dragoman.store.tables import DECISIONS, FACTS, REPORTS


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a fact's history: a reading that gave it, or, where `decision` is there, what a person decided.

    `version` is that of the report, `payload` the fact's stored fields after the step, None where it stands no more;
    `changed` is what a decision made of the coder's value, or of the value before it.
    """

    at: str
    version: int
    payload: Json | None
    coder: str | None = None
    lexicon: str | None = None
    decision: Decision | None = None
    changed: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """A fact as its newest row has it, and its steps, oldest first."""

    fact: StoredFact
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A fact of which people hold something else than the coder now reads.

    `changed` has the coder's value as `old` and that of people as `new`; it is empty where the coder gives what people
    have rejected, and where it doesn't give what they hold (`missing`), or the report lost the words (`lost`).
    `read_since`: the report was read again after the decision.
    """

    decision: Decision
    kind: str
    payload: Json
    coder: str
    changed: tuple[Change, ...] = ()
    missing: bool = False
    lost: bool = False
    read_since: bool = False


def history(record: Record, ident: str) -> History:
    """The history of the fact of that id. Raises DecisionError where the record has no such fact."""
    made = decisions(record, ident)
    newest = fact(record, ident)
    if newest is None:
        raise DecisionError(f"{ident}: the record has no such fact; `dragoman facts --json` has the ids of all")
    names = {ident, *(decision.fact for decision in made)}
    rows = _rows(record, newest.report, names)
    by_seq = {row.seq: row for row in rows}
    steps: list[tuple[int, int, Step]] = [
        (row.version, 0, Step(row.read_at, row.version, row.payload, row.coder, row.lexicon))
        for row in rows
        if row.revision == 0
    ]
    for number, decision in enumerate(made, 1):
        row = by_seq[_row_of(decision)]
        steps.append((row.version, number, _decided(decision, by_seq)))
    return History(newest, tuple(step for _, _, step in sorted(steps, key=lambda entry: entry[:2])))


def _row_of(decision: Decision) -> int:
    """The row that a decision made, or that it was about; there is always one."""
    seq = decision.seq if decision.result_seq is None else decision.result_seq
    assert seq is not None
    return seq


def _decided(decision: Decision, by_seq: dict[int, Any]) -> Step:
    after = by_seq[_row_of(decision)]
    before = by_seq[decision.seq] if decision.seq is not None else None
    changed = changes(before.payload, after.payload, all_fields=True) if before is not None else []
    payload = None if decision.result_seq is None else after.payload
    return Step(decision.decided_at, after.version, payload, decision=decision, changed=tuple(changed))


def _rows(record: Record, report: str, names: set[str]) -> list[Any]:
    columns = (FACTS.c.seq, FACTS.c.revision, FACTS.c.payload)
    of_report = (REPORTS.c.version, REPORTS.c.read_at, REPORTS.c.coder, REPORTS.c.lexicon)
    statement = sa.select(*columns, *of_report).join(REPORTS, REPORTS.c.key == FACTS.c.report_key)
    statement = statement.where(FACTS.c.id.in_(names), REPORTS.c.id == report)
    with record.reading() as connection:
        return list(connection.execute(statement.order_by(FACTS.c.seq)))


def disagreements(record: Record) -> Iterator[Disagreement]:
    """Where people and the coder disagree in the newest versions of reports, in the order of the decisions."""
    table, current, own, later = DECISIONS, REPORTS.alias("current"), FACTS.alias("own"), DECISIONS.alias("later")
    newer = sa.exists().where(later.c.report == table.c.report, later.c.fact == table.c.fact)
    newest = ~newer.where(later.c.number > table.c.number)
    carried_on = sa.exists().where(later.c.carried_from == table.c.key)
    theirs = FACTS.join(REPORTS, REPORTS.c.key == FACTS.c.report_key)
    statement = (
        sa.select(
            table,
            FACTS.c.kind,
            FACTS.c.payload,
            REPORTS.c.key.label("report_key"),
            current.c.key.label("current_key"),
            current.c.coder,
            own.c.payload.label("own"),
        )
        .select_from(table)
        .join(theirs, FACTS.c.seq == sa.func.coalesce(table.c.result_seq, table.c.seq))
        .join(current, sa.and_(current.c.id == table.c.report, current.c.current))
        .outerjoin(own, sa.and_(own.c.report_key == current.c.key, own.c.id == table.c.fact, own.c.revision == 0))
        .where(newest, ~carried_on)
        .order_by(table.c.key)
    )
    with record.reading() as connection:
        for row in connection.execute(statement):
            found = _disagreement(row)
            if found:
                yield found


def _disagreement(row: Any) -> Disagreement | None:
    """What ROW, the last decision on a fact with the coder's value of the newest version, has of a disagreement."""
    decision = decision_of(row)
    about = Disagreement(decision, row.kind, row.payload, row.coder, read_since=decision.carried)
    if row.report_key != row.current_key:  # it found no place in the newest version
        return None if decision.choice == "reject" else replace(about, lost=True, read_since=True)
    if decision.choice == "reject":
        return about
    if row.own is None:
        return replace(about, missing=True)
    changed = tuple(changes(row.own, row.payload))
    return replace(about, changed=changed) if changed else None
