"""Accepting, rejecting and editing facts: who decided, when and why; and the history of a fact.

What the coder read is never written over. An edit is a new row of the fact, a rejection takes the fact out of what
stands and leaves it in the record, an acceptance says that somebody has looked it over; accepting what was rejected
brings it back. Decisions on a fact are numbered, and whoever decides says which of them he or she has seen: one that
comes between is told, never written over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import sqlalchemy as sa

from dragoman.errors import DecisionError
from dragoman.facts import FactError
from dragoman.store.inserting import Tallies, insert_facts
from dragoman.store.links.linking import link_reports
from dragoman.store.payload import Json, stored_fields
from dragoman.store.planning import join_edited
from dragoman.store.record import Record, now
from dragoman.store.rows import clean, fact_rows
from dragoman.store.tables import DECISIONS, FACTS, REPORTS
from dragoman.store.typed import fact_of

Choice: TypeAlias = Literal["accept", "reject", "edit"]

DONE: Final[dict[str, str]] = {"accept": "accepted", "reject": "rejected", "edit": "edited"}
"""What was done by a choice, for sentences."""

MOST_CHARS: Final = 2000
"""Characters of a reviewer's name or reasons."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be decided on a fact. `seen`: the number of the last decision on it that was seen, 0: none.

    `payload` are an edited fact's stored fields, all of them.
    """

    fact: str
    choice: Choice
    seen: int
    payload: Json | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on a fact. `number` counts those on one fact from 1; `decided_at` is a UTC time.

    `seq` is the row decided on, None where the reading that it was carried into has none; `result_seq` the one that
    stands since, None after a rejection. `carried`: it was made on an earlier version of the report and kept for this
    one.
    """

    report: str
    fact: str
    number: int
    choice: Choice
    seq: int | None
    result_seq: int | None
    carried: bool
    reviewer: str
    decided_at: str
    why: str


def decide(record: Record, verdicts: Sequence[Verdict], reviewer: str, why: str = "") -> list[Decision]:
    """Decide on facts, on all of them or, where one can't be decided on, on none.

    Raises DecisionError where a fact isn't there or doesn't stand, where another decision came first, where there is
    nothing to decide, and where an edited value is none of a fact.
    """
    who, reason = clean(reviewer.strip()), clean(why.strip())
    if not who or max(len(who), len(reason)) > MOST_CHARS:
        raise DecisionError(f"reviewer: say who decides by --by, and keep to {MOST_CHARS} characters")
    with record.writing() as connection:
        tallies = Tallies()
        made = [_decide(connection, verdict, who, reason, tallies) for verdict in verdicts]
        tallies.write(connection)
        _link(connection, made)
        return made


def _link(connection: sa.Connection, made: Sequence[Decision]) -> None:
    """Link the reports of changed facts, and join plans, as the facts now stand."""
    changed = [decision for decision in made if decision.seq != decision.result_seq]
    join_edited(connection, [decision.result_seq for decision in changed if decision.result_seq is not None])
    seqs = [decision.seq for decision in changed if decision.seq is not None]
    keys = list(connection.scalars(sa.select(FACTS.c.report_key).where(FACTS.c.seq.in_(seqs)).distinct()))
    link_reports(connection, keys, keys)


def last_number(record: Record, ident: str) -> int:
    """The number of the last decision on the fact of that id, 0 where there is none."""
    with record.reading() as connection:
        row = _newest(connection, ident)
        last = _last(connection, row.report, ident)
        return last.number if last else 0


def decisions(record: Record, ident: str) -> list[Decision]:
    """All decisions on the fact of that id, oldest first, those under earlier names too. Raises DecisionError."""
    with record.reading() as connection:
        return _decisions(connection, _newest(connection, ident).report, ident)


def _decisions(connection: sa.Connection, report: str, ident: str) -> list[Decision]:
    table, source = DECISIONS, DECISIONS.alias("source")
    names, found = [ident], {ident}
    while names:
        earlier = sa.select(source.c.fact).join(table, table.c.carried_from == source.c.key)
        rows = connection.scalars(earlier.where(table.c.report == report, table.c.fact == names.pop()).distinct())
        names += (new := set(rows) - found)
        found |= new
    statement = sa.select(table).where(table.c.report == report, table.c.fact.in_(found)).order_by(table.c.key)
    return [decision_of(row) for row in connection.execute(statement)]


def decision_of(row: Any) -> Decision:
    """A decision from its row."""
    return Decision(
        report=row.report,
        fact=row.fact,
        number=row.number,
        choice=row.decision,
        seq=row.seq,
        result_seq=row.result_seq,
        carried=row.carried_from is not None,
        reviewer=row.reviewer,
        decided_at=row.decided_at,
        why=row.why,
    )


def _newest(connection: sa.Connection, ident: str) -> Any:
    """The newest row of a fact with its report's row, whose columns have `of_` before their names."""
    of_report = [column.label(f"of_{column.name}") for column in REPORTS.c]
    statement = sa.select(FACTS, REPORTS.c.id.label("report"), *of_report)
    statement = statement.join(REPORTS, REPORTS.c.key == FACTS.c.report_key).where(FACTS.c.id == ident)
    row = connection.execute(statement.order_by(FACTS.c.seq.desc()).limit(1)).first()
    if row is None:
        raise DecisionError(f"{ident}: the record has no such fact; `dragoman facts --json` has the ids of all")
    return row


def _last(connection: sa.Connection, report: str, ident: str) -> Any:
    table = DECISIONS
    statement = sa.select(table).where(table.c.report == report, table.c.fact == ident)
    return connection.execute(statement.order_by(table.c.number.desc()).limit(1)).first()


def _decide(connection: sa.Connection, verdict: Verdict, who: str, why: str, tallies: Tallies) -> Decision:
    ident = verdict.fact
    row = _newest(connection, ident)
    last = _last(connection, row.report, ident)
    _check(verdict, row, last)
    result = row.seq
    if verdict.choice == "reject":
        tallies.take(connection, FACTS.c.seq == row.seq)
        result = None
    elif verdict.choice == "edit" or row.superseded:
        result = _revise(connection, row, row.payload if verdict.payload is None else verdict.payload, tallies)
    decision = Decision(
        report=row.report,
        fact=ident,
        number=last.number + 1 if last else 1,
        choice=verdict.choice,
        seq=row.seq,
        result_seq=result,
        carried=False,
        reviewer=who,
        decided_at=max(now(), row.of_read_at, last.decided_at if last else ""),  # a clock may go back
        why=why,
    )
    connection.execute(
        DECISIONS.insert().values(
            report=decision.report,
            fact=decision.fact,
            number=decision.number,
            decision=decision.choice,
            seq=decision.seq,
            result_seq=decision.result_seq,
            reviewer=decision.reviewer,
            decided_at=decision.decided_at,
            why=decision.why,
        )
    )
    return decision


def _check(verdict: Verdict, row: Any, last: Any) -> None:
    """Raise DecisionError where VERDICT can't be passed on a fact whose newest row and last decision these are."""
    ident = verdict.fact
    seen = f"{last.reviewer} {DONE[last.decision]} it on {last.decided_at[:16]}" if last else ""
    if (last.number if last else 0) != verdict.seen:
        raise DecisionError(
            f"{ident}: {seen or 'nobody has decided on it'} (decision {last.number if last else 0}), which you had not "
            f"seen; look at `dragoman history {ident}`, then decide again with --over {last.number if last else 0}"
        )
    if not row.of_current:
        raise DecisionError(
            f"{ident}: the newest version of its report, {row.report}, no longer has this fact; `dragoman show "
            f"{row.report}` lists those that it has"
        )
    if verdict.choice == "reject" and row.superseded:
        raise DecisionError(f"{ident}: {seen}, so there is nothing to reject; `dragoman accept` brings it back")
    if (verdict.choice == "edit") != (verdict.payload is not None):
        raise DecisionError(f"{ident}: an edited value goes with an edit, and an edit needs one")


def _revise(connection: sa.Connection, row: Any, payload: Json, tallies: Tallies) -> int:
    """A fact's next revision, in the place of the one that stands; its `seq`."""
    try:
        fact = fact_of(row.kind, row.id, payload, row.of_text)
    except FactError as error:
        raise DecisionError(f"{row.id}: {error}") from error
    if not row.superseded and clean(stored_fields(fact)) == row.payload:
        raise DecisionError(f"{row.id}: nothing is changed; `dragoman accept {row.id}` says that it is right as it is")
    tallies.take(connection, FACTS.c.seq == row.seq)
    report = {column.name: getattr(row, f"of_{column.name}") for column in REPORTS.c}
    kept = {name: getattr(row, name) for name in ("report_key", "first_seen", "last_seen")}
    new: Json = {**kept, "revision": row.revision + 1}
    rows = fact_rows(fact, row.id)
    return insert_facts(connection, [new], [rows], [rows.document(report)], tallies)[0]
