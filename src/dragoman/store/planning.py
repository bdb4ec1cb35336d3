"""Joining plans and outcomes as reports come in: rows of `plans`, `turns`, `plan_keys`, `outcomes`; names
of agreements.

Each new fact is compared with those of other reports that share a key with it, whatever their order; what is decided
rests on the two alone, so the joins of a record do not depend on the order in which its reports were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, cast

import sqlalchemy as sa

from dragoman.facts import Actor, Date, Place
from dragoman.lexicon import outcome_words
from dragoman.lexicon.table import Lexicon
from dragoman.linking.outcomes import Join, decide, same_plan
from dragoman.linking.plan_keys import Keys, keys_of_plan, keys_of_turn
from dragoman.linking.plans import WIDEST_PLAN_DAYS, Act, Due, Plan, days_of, iso, ordinal, plan_of
from dragoman.linking.told import Told, Window
from dragoman.linking.treaties import names_of
from dragoman.linking.turns import Turn, moved_plan, turn_of
from dragoman.linking.units import units
from dragoman.store.engine import insert_rows
from dragoman.store.payload import Json, evidence_of
from dragoman.store.search.sentences import sentences
from dragoman.store.tables import AGREEMENT_NAMES, FACTS, OUTCOMES, PLAN_KEYS, PLANS, REPORTS, TURNS

RETOLD: Final = "retold"
"""The outcome of a plan that another report tells too: none, but it shares what becomes of it."""

_REACH_DAYS: Final = WIDEST_PLAN_DAYS + 400
"""No plan or act reaches over more days than this, lateness and all: so far a walk along the keys goes."""

_AT_ONCE: Final = 200
"""Reports that are joined in one go when all is made anew; facts that are looked up at a time."""

_BEHIND_CHARS: Final = 24
"""An acronym in parentheses is no longer."""

_OF_FACTS: Final = ("seq", "id", "kind", "act", "type", "status", "background", "report_key", "payload")
"""Columns by name: a migration runs before the tables have what later ones add."""


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact that has just been stored."""

    seq: int
    id: str
    kind: str
    payload: Json


@dataclass(frozen=True, slots=True)
class _Known:
    """A plan or a turn of the record."""

    seq: int
    plan: Plan | None = None
    turn: Turn | None = None


@cache
def tables() -> Lexicon:
    """The tables that ship with the program: joins are the record's, whoever's own words a report was read with."""
    return Lexicon()


def join_new(connection: sa.Connection, report: str, published: Date, text: str, facts: Sequence[NewFact]) -> None:
    """Join the FACTS of a new version of a REPORT with those of all others, within the caller's transaction."""
    lexicon = tables()
    words = lexicon.compiled(outcome_words.index)
    bounds: list[tuple[int, int]] | None = None
    found: list[_Known] = []
    names = [row for fact in facts if fact.kind == "agreement" for row in _names(fact, text, lexicon)]
    insert_rows(connection, AGREEMENT_NAMES, names)
    for fact in facts:
        if fact.kind != "event":
            continue
        act = act_of(fact.id, report, published, fact.payload)
        bounds = sentences(text) if bounds is None else bounds
        turn = turn_of(act, _sentence(text, bounds, fact.payload), lexicon)
        plan = plan_of(act, words) or (moved_plan(turn) if turn is not None else None)
        if plan is not None and turn is not None:
            plan = None if _told_twice(plan, found) else replace(plan, moved=True)
        if plan is not None or turn is not None:
            found.append(_Known(fact.seq, plan, turn))
    _write(connection, found)
    _join(connection, found)


def _names(fact: NewFact, text: str, lexicon: Lexicon) -> list[Json]:
    """Names under which an agreement is found: its own, and an acronym that stands right behind it."""
    name, quotes = str(fact.payload["name"]), evidence_of(fact.payload)
    ends = [start + quote.find(name) + len(name) for start, _, quote in quotes if name in quote]
    behind = text[ends[0] : ends[0] + _BEHIND_CHARS] if ends else ""
    found = names_of(name, behind, parties_of(fact.payload), lexicon)
    return [{"name": one, "seq": fact.seq} for one in sorted(found.names)]


def parties_of(payload: Mapping[str, object]) -> frozenset[str]:
    """The parties of a stored agreement: codes, or names of those without one."""
    return units(_actors(cast("list[dict[str, Any]]", payload["parties"])))


def _told_twice(moved: Plan, found: list[_Known]) -> bool:
    """Whether the report's new date for a plan has been read already, by another word of the same sentence."""
    return any(
        one.plan is not None and one.plan.moved and one.plan.due == moved.due and one.plan.families & moved.families
        for one in found
    )


def act_of(ident: str, report: str, published: Date, payload: Mapping[str, object]) -> Act:
    """A stored event as it is compared; PAYLOAD are its fields."""
    p = cast("dict[str, Any]", payload)
    quotes = evidence_of(p)
    told = Told(
        act=p["act"],
        status=p["status"],
        source=_actors(p["source"]),
        target=_actors(p["target"]),
        reciprocal=bool(p["reciprocal"]),
        background=bool(p["background"]),
        date=Date(**p["date"]),
        published=published,
        mode=p["mode"],
        cameo=p["cameo"],
        place=Place(p["place"]["name"], p["place"]["country"], p["place"]["lat"], p["place"]["lon"])
        if p["place"]
        else None,
        predicate=quotes[1][2] if len(quotes) > 1 else "",
        clause=quotes[0][2],
    )
    return Act(told, p["type"], p["confidence"], report, ident)


def _actors(found: list[dict[str, Any]]) -> tuple[Actor, ...]:
    return tuple(Actor(a["name"], a["country"], a["sector"], a["role"], a["group"]) for a in found)


def _sentence(text: str, bounds: list[tuple[int, int]], payload: Json) -> str:
    """The sentence or sentences in which an event's clause stands."""
    start, end, quote = evidence_of(payload)[0]
    inside = [(first, last) for first, last in bounds if first < end and last > start]
    if not inside:
        return quote
    return text[min(start, inside[0][0]) : max(end, inside[-1][1])]


# ---- writing


def _write(connection: sa.Connection, found: list[_Known]) -> None:
    insert_rows(connection, PLANS, [_plan_row(one.seq, one.plan) for one in found if one.plan])
    insert_rows(connection, TURNS, [_turn_row(one.seq, one.turn) for one in found if one.turn])
    rows: dict[tuple[str, str, str, int], Json] = {}
    for one in found:
        for keys in _keys(one):
            first, last = iso(keys.days.first), iso(keys.days.last)
            for role, key in keys.stands:
                rows[key, role, last, one.seq] = {
                    "key": key,
                    "role": role,
                    "last": last,
                    "seq": one.seq,
                    "first": first,
                }
    insert_rows(connection, PLAN_KEYS, list(rows.values()))


def _keys(one: _Known) -> Iterator[Keys]:
    if one.plan is not None:
        yield keys_of_plan(one.plan)
    if one.turn is not None:
        yield keys_of_turn(one.turn, tables().compiled(outcome_words.index))


def _plan_row(seq: int, plan: Plan) -> Json:
    due = plan.due
    return {
        "seq": seq,
        "families": " ".join(sorted(plan.families)),
        "due_first": iso(due.first),
        "due_last": iso(due.last),
        "dated": due.dated,
        "approx": due.approx,
        "moved": plan.moved,
    }


def _turn_row(seq: int, turn: Turn) -> Json:
    meant, new = turn.meant, turn.new
    return {
        "seq": seq,
        "signal": turn.signal,
        "families": " ".join(sorted(turn.families)),
        "as_planned": turn.as_planned,
        "firm": turn.firm,
        "meant_first": iso(meant.first) if meant else None,
        "meant_last": iso(meant.last) if meant else None,
        "new_first": iso(new.first) if new else None,
        "new_last": iso(new.last) if new else None,
        "cue": turn.cue,
    }


# ---- joining


def _join(connection: sa.Connection, found: list[_Known]) -> None:
    sought = {one.seq: _sought(connection, one) for one in found}
    known = _known(connection, sorted({seq for seqs in sought.values() for seq in seqs}))
    rows: dict[tuple[int, int], Json] = {}
    for one in found:
        for seq in sought[one.seq]:
            other = known.get(seq)
            if other is not None and seq != one.seq:
                rows.update(((row["plan_seq"], row["seq"]), row) for row in _decided(one, other))  # type: ignore[misc]
    insert_rows(connection, OUTCOMES, list(rows.values()))


def _decided(one: _Known, other: _Known) -> Iterator[Json]:
    words = tables().compiled(outcome_words.index)
    for mine, theirs in ((one, other), (other, one)):
        if mine.plan is not None and theirs.turn is not None:
            join = decide(mine.plan, theirs.turn, words)
            if join is not None:
                yield _outcome(mine.seq, theirs.seq, theirs.turn.signal, join)
    if one.plan is not None and other.plan is not None:
        join = same_plan(one.plan, other.plan, words)
        if join is not None:
            first, second = sorted((one, other), key=lambda known: known.plan.order if known.plan else (0, "", ""))
            yield _outcome(first.seq, second.seq, RETOLD, join)


def _outcome(plan_seq: int, seq: int, outcome: str, join: Join) -> Json:
    return {
        "plan_seq": plan_seq,
        "seq": seq,
        "outcome": outcome,
        "points": join.points,
        "threshold": join.threshold,
        "reason": join.reason,
    }


def _sought(connection: sa.Connection, one: _Known) -> set[int]:
    """Facts of other reports that share a key with this one, and days."""
    found: set[int] = set()
    for keys in _keys(one):
        first, last = iso(keys.days.first), iso(keys.days.last)
        far = iso(keys.days.last + _REACH_DAYS)
        for role in sorted({role for role, _ in keys.seeks}):
            names = [key for other, key in keys.seeks if other == role]
            statement = sa.select(PLAN_KEYS.c.seq).where(
                PLAN_KEYS.c.key.in_(names),
                PLAN_KEYS.c.role == role,
                PLAN_KEYS.c.last >= first,
                PLAN_KEYS.c.last <= far,
                PLAN_KEYS.c.first <= last,
            )
            found.update(connection.scalars(statement))
    return found


def _known(connection: sa.Connection, seqs: Sequence[int]) -> dict[int, _Known]:
    """The plans and turns of these facts, as they were stored."""
    found: dict[int, _Known] = {}
    for start in range(0, len(seqs), _AT_ONCE):
        few = seqs[start : start + _AT_ONCE]
        plans = {row["seq"]: row for row in connection.execute(sa.select(PLANS).where(PLANS.c.seq.in_(few))).mappings()}
        turns = {row["seq"]: row for row in connection.execute(sa.select(TURNS).where(TURNS.c.seq.in_(few))).mappings()}
        for row in connection.execute(_facts().where(FACTS.c.seq.in_(few))):
            act = act_of(row.id, row.report, _published(row), row.payload)
            found[row.seq] = _Known(row.seq, _plan(act, plans.get(row.seq)), _turn(act, turns.get(row.seq)))
    return found


def _facts() -> sa.Select[Any]:
    columns = [FACTS.c[name] for name in _OF_FACTS]
    dates = [REPORTS.c[f"published_{name}"] for name in ("start", "end", "granularity", "approx", "basis")]
    return sa.select(*columns, REPORTS.c.id.label("report"), *dates).join(REPORTS, REPORTS.c.key == FACTS.c.report_key)


def _published(row: sa.Row[Any]) -> Date:
    return Date(
        row.published_start,
        row.published_end,
        row.published_granularity,
        bool(row.published_approx),
        row.published_basis,
    )


def _plan(act: Act, row: sa.RowMapping | None) -> Plan | None:
    days = days_of(act.told.published)
    if row is None or days is None:
        return None
    due = Due(ordinal(row["due_first"]), ordinal(row["due_last"]), bool(row["dated"]), bool(row["approx"]))
    families = frozenset(row["families"].split(" "))
    return Plan(act.told, families, due, *days, act.report, act.key, bool(row["moved"]))


def _turn(act: Act, row: sa.RowMapping | None) -> Turn | None:
    days = days_of(act.told.published)
    if row is None or days is None:
        return None
    meant = Window(ordinal(row["meant_first"]), ordinal(row["meant_last"]), True) if row["meant_first"] else None
    new = Due(ordinal(row["new_first"]), ordinal(row["new_last"]), True) if row["new_first"] else None
    return Turn(
        act.told,
        frozenset(row["families"].split(" ")),
        row["signal"],
        *days,
        act.report,
        act.key,
        row["cue"],
        bool(row["as_planned"]),
        bool(row["firm"]),
        meant,
        new,
    )


# ---- edited facts, and making all of it anew


def join_edited(connection: sa.Connection, seqs: Sequence[int]) -> None:
    """Join facts that people have put in the place of others, with these places in the stream."""
    if not seqs:
        return
    edited = sa.select(FACTS.c.report_key).where(FACTS.c.seq.in_(seqs))
    for row in connection.execute(_reports().where(REPORTS.c.key.in_(edited))).all():
        facts = [fact for fact in _facts_of(connection, [row.key])[row.key] if fact.seq in seqs]
        join_new(connection, row.id, _published(row), row.text, facts)


def rebuild(connection: sa.Connection) -> None:
    """Join all facts of the record anew. Where a report's text was dropped, only the words of its facts are looked
    at."""
    for table in (AGREEMENT_NAMES, OUTCOMES, PLAN_KEYS, TURNS, PLANS):
        connection.execute(table.delete())
    last = 0
    while True:
        after = _reports().where(REPORTS.c.key > last).order_by(REPORTS.c.key).limit(_AT_ONCE)
        reports = connection.execute(after).all()
        if not reports:
            return
        facts = _facts_of(connection, [row.key for row in reports])
        for row in reports:
            join_new(connection, row.id, _published(row), row.text, facts.get(row.key, ()))
        last = reports[-1].key


def _reports() -> sa.Select[Any]:
    columns = [REPORTS.c[name] for name in ("key", "id", "text")]
    dates = [REPORTS.c[f"published_{name}"] for name in ("start", "end", "granularity", "approx", "basis")]
    return sa.select(*columns, *dates)


def _facts_of(connection: sa.Connection, keys: Iterable[int]) -> dict[int, list[NewFact]]:
    columns = [FACTS.c[name] for name in ("seq", "id", "kind", "payload", "report_key")]
    statement = sa.select(*columns).where(FACTS.c.report_key.in_(list(keys))).order_by(FACTS.c.seq)
    found: dict[int, list[NewFact]] = {}
    for row in connection.execute(statement):
        found.setdefault(row.report_key, []).append(NewFact(row.seq, row.id, row.kind, row.payload))
    return found
