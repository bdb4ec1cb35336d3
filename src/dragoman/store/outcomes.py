"""Plans of a record and what became of them: for commands, pages and exports.

A plan that several reports tell is one row, told by the first of them; the others stand under it. How a plan stands
is read off its joins for one day, so that the same question about an earlier day (`as_of`, `told_by`) needs no other
tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast

import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.facts import Date
from dragoman.linking.plans import Due, iso, ordinal
from dragoman.linking.standing import STATES, State, Word, state_of
from dragoman.linking.turns import Signal
from dragoman.store.payload import Json, date_json, evidence_of
from dragoman.store.planning import RETOLD
from dragoman.store.query import StoredFact, Wanted, check_day, restriction, stored_facts
from dragoman.store.record import Record
from dragoman.store.search.syntax import EVERYTHING
from dragoman.store.standing import standing_reports
from dragoman.store.tables import FACTS, OUTCOMES, PLANS, REPORTS

PAGE_ROWS: Final = 200
"""Plans that are looked at in one go."""

MOST_MOVES: Final = 6
"""A plan that was put off more often is followed no further."""

LATEST_DAYS: Final = 200
"""No lateness of a plan is more days: so long after its date it may still count as due."""

_WITH_JOINS: Final = {"disputed": "happened"}


@dataclass(frozen=True, slots=True)
class Told:
    """A later report's word of a plan, and the decision that joined the two: points, threshold, reason."""

    fact: StoredFact
    outcome: Signal
    points: float
    threshold: float
    reason: str

    @property
    def told(self) -> int:
        """The first day on which its report may have come out, as an ordinal."""
        return ordinal(self.fact.published.start or "0001-01-01")


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and how it stands. `fact` is the first report's word of it, `retold` those of others, `told` what became
    of it, in the order in which it was told. `due` is None where it has no date. `moved`: it is a plan as it was
    after a change.

    `then` are the plans that replaced it, the one that was put off last at the end.
    """

    fact: StoredFact
    due: Date | None
    state: State
    moved: bool
    told: tuple[Told, ...]
    retold: tuple[StoredFact, ...]
    then: tuple[Planned, ...] = ()

    @property
    def final(self) -> Planned:
        """The plan that stands now: this one, or the last of those that replaced it."""
        return self.then[-1].final if self.then and self.state in ("put off", "changed") else self

    @property
    def reports(self) -> int:
        """How many reports tell of the plan or of its outcome."""
        facts = (self.fact, *self.retold, *(told.fact for told in self.told))
        return len({fact.report for fact in facts})


@dataclass(frozen=True, slots=True)
class Asked:
    """Which plans are asked for. `states` as in `linking.standing.STATES`; `wanted` must hold of the plan as a fact.

    `told_by` is an ISO day: what was told by reports up to then, and how it stood on it. `today` is the day on which it
    stands otherwise: `as_of` of a filter, else the day in UTC. Raises QueryError where a state is unknown.
    """

    wanted: Wanted = EVERYTHING
    states: tuple[str, ...] = ()
    told_by: str | None = None
    retold: bool = False
    today: str = ""

    def __post_init__(self) -> None:
        for state in self.states:
            if state not in STATES:
                raise QueryError(f"outcome: {state!r} is none of {', '.join(STATES)}")
        check_day("as_of", self.as_of)
        check_day("told_by", self.told_by)
        today = self.told_by or self.as_of or datetime.now(UTC).date().isoformat()
        object.__setattr__(self, "today", self.today or today)

    @property
    def as_of(self) -> str | None:
        """The day whose record is asked for."""
        return self.wanted.as_of


@dataclass(frozen=True, slots=True)
class Page:
    """Plans in the order of their dates, the latest first; `next` is the cursor of the next page, None on the last."""

    plans: tuple[Planned, ...]
    next: int | None = None


def page(record: Record, asked: Asked, after: int | None = None, limit: int = 50) -> Page:
    """At most LIMIT plans after the one with the cursor AFTER."""
    found: list[Planned] = []
    for plan in plans(record, asked, after):
        if len(found) == limit:
            return Page(tuple(found), found[-1].fact.seq)
        found.append(plan)
    return Page(tuple(found))


def plans(record: Record, asked: Asked, after: int | None = None) -> Iterator[Planned]:
    """All plans that are ASKED for, the latest due first, those after the cursor AFTER."""
    while True:
        with record.reading() as connection:
            seqs = list(connection.scalars(_heads(record, asked, after)))
            found = _Joined(connection, asked, seqs)
            rows = [found.planned(seq) for seq in seqs if seq in found.facts]
        yield from (row for row in rows if not asked.states or row.state in asked.states)
        if len(seqs) < PAGE_ROWS:
            return
        after = seqs[-1]


def of_fact(record: Record, ident: str, asked: Asked | None = None) -> Planned | None:
    """The plan that the fact of that id is, with what became of it; None where the record knows no such plan."""
    with record.reading() as connection:
        newest = sa.select(PLANS.c.seq).join(FACTS, FACTS.c.seq == PLANS.c.seq).where(FACTS.c.id == ident)
        seq = connection.scalar(newest.order_by(PLANS.c.seq.desc()).limit(1))
        if seq is None:
            return None
        found = _Joined(connection, asked or Asked(), [seq])
        return found.planned(seq) if seq in found.facts else None


def plans_met(record: Record, ident: str) -> list[str]:
    """Ids of the plans of which the fact of that id tells what became."""
    plan, later = FACTS.alias("plan"), FACTS.alias("later")
    joined = (
        sa.select(plan.c.id)
        .select_from(OUTCOMES)
        .join(plan, plan.c.seq == OUTCOMES.c.plan_seq)
        .join(later, later.c.seq == OUTCOMES.c.seq)
        .where(later.c.id == ident, OUTCOMES.c.outcome != RETOLD, sa.not_(plan.c.superseded))
        .order_by(plan.c.seq)
    )
    with record.reading() as connection:
        return list(dict.fromkeys(connection.scalars(joined)))


# ---- which plans


def _heads(record: Record, asked: Asked, after: int | None) -> sa.Select[Any]:
    restricted = restriction(asked.wanted, record)
    statement = sa.select(PLANS.c.seq).join(FACTS, FACTS.c.seq == PLANS.c.seq)
    statement = restricted.on(statement).where(*_states(asked))
    if asked.told_by:
        told = sa.exists().where(REPORTS.c.key == FACTS.c.report_key, REPORTS.c.published_start <= asked.told_by)
        statement = statement.where(told)
    if not asked.retold:
        statement = statement.where(sa.not_(_told_before(asked)))
    if after is not None:
        last = sa.select(PLANS.c.due_last).where(PLANS.c.seq == after).scalar_subquery()
        statement = statement.where(sa.tuple_(PLANS.c.due_last, PLANS.c.seq) < sa.tuple_(last, sa.literal(after)))
    return statement.order_by(PLANS.c.due_last.desc(), PLANS.c.seq.desc()).limit(PAGE_ROWS)


def _told_before(asked: Asked) -> sa.ColumnElement[bool]:
    """Whether an earlier report tells the same plan."""
    link, first, report = OUTCOMES.alias("link"), FACTS.alias("first"), REPORTS.alias("report")
    joined = sa.join(link, first, first.c.seq == link.c.plan_seq).join(report, report.c.key == first.c.report_key)
    clauses = [link.c.seq == PLANS.c.seq, link.c.outcome == RETOLD]
    if asked.as_of is None:
        clauses.append(sa.not_(first.c.superseded))
    else:
        clauses.append(first.c.report_key.in_(sa.select(REPORTS.c.key).where(standing_reports(asked.as_of))))
    if asked.told_by:
        clauses.append(report.c.published_start <= asked.told_by)
    return sa.select(sa.literal(1)).select_from(joined).where(*clauses).correlate(PLANS).exists()


def _states(asked: Asked) -> Iterator[sa.ColumnElement[bool]]:
    """What can be said of the states that are asked for without looking at each plan."""
    if not asked.states:
        return
    parts: list[sa.ColumnElement[bool]] = []
    joined = {_WITH_JOINS.get(state, state) for state in asked.states} - {"due", "open", "no outcome seen"}
    if joined:
        direct = sa.select(OUTCOMES.c.plan_seq).where(OUTCOMES.c.outcome.in_(sorted(joined)))
        again = OUTCOMES.alias("again")
        through = sa.select(again.c.plan_seq).where(again.c.outcome == RETOLD, again.c.seq.in_(direct))
        parts += [PLANS.c.seq.in_(direct), PLANS.c.seq.in_(through)]
    if "open" in asked.states:
        parts.append(sa.not_(PLANS.c.dated))
    if "no outcome seen" in asked.states:
        parts.append(sa.and_(PLANS.c.dated, PLANS.c.due_last < asked.today))
    if "due" in asked.states:
        earliest = iso(ordinal(asked.today) - LATEST_DAYS)
        parts.append(sa.and_(PLANS.c.dated, PLANS.c.due_last >= earliest))
    yield sa.or_(*parts)


# ---- how they stand


class _Joined:
    """The joins of some plans, of the plans that tell them again, and of those that replaced them: a few queries for
    all."""

    def __init__(self, connection: sa.Connection, asked: Asked, seqs: Sequence[int]) -> None:
        self.asked = asked
        self.links: dict[int, list[sa.Row[Any]]] = {}
        self.plans: dict[int, sa.RowMapping] = {}
        self.made: dict[int, Planned] = {}
        self.open: set[int] = set()
        frontier = set(seqs)
        for _ in range(MOST_MOVES):
            self._fetch(connection, sorted(frontier))
            later = {link.seq for seq in frontier for link in self.links.get(seq, ())}
            frontier = later - set(self.links)
            if not frontier:
                break
        wanted = sorted({*self.links, *(link.seq for links in self.links.values() for link in links)})
        self.facts = stored_facts(connection, wanted, *self._standing())

    def _fetch(self, connection: sa.Connection, seqs: Sequence[int]) -> None:
        self.links |= {seq: [] for seq in seqs}
        for start in range(0, len(seqs), PAGE_ROWS):
            few = seqs[start : start + PAGE_ROWS]
            for row in connection.execute(sa.select(PLANS).where(PLANS.c.seq.in_(few))).mappings():
                self.plans[row["seq"]] = row
            for link in connection.execute(sa.select(OUTCOMES).where(OUTCOMES.c.plan_seq.in_(few))):
                self.links[link.plan_seq].append(link)

    def _standing(self) -> list[sa.ColumnElement[bool]]:
        clauses = [standing_reports(self.asked.as_of)]
        if self.asked.told_by:
            clauses.append(REPORTS.c.published_start <= self.asked.told_by)
        return clauses

    def planned(self, seq: int) -> Planned:
        """The plan of that fact, which must be one of `facts`; made once, however many plans it replaced."""
        if seq not in self.made:
            self.open.add(seq)
            self.made[seq] = self._planned(seq)
            self.open.discard(seq)
        return self.made[seq]

    def _planned(self, seq: int) -> Planned:
        row, due = self.plans[seq], self._due(seq)
        again = self._again(seq)
        links = [link for one in (seq, *(s for s in again if self._inside(s, due))) for link in self.links.get(one, ())]
        told = {
            link.seq: Told(self.facts[link.seq], cast(Signal, link.outcome), link.points, link.threshold, link.reason)
            for link in links
            if link.outcome != RETOLD and link.seq in self.facts
        }
        heard = sorted(told.values(), key=lambda one: (one.told, one.fact.report, one.fact.id))
        words = [Word(one.outcome, one.told, one.fact.id) for one in heard]
        state = state_of(due, words, ordinal(self.asked.today))
        moved = [one.fact.seq for one in heard if one.fact.seq in self.plans and one.fact.seq not in self.open]
        again_told = {link.seq for one in moved for link in self.links.get(one, ()) if link.outcome == RETOLD}
        follow = [self.planned(later) for later in moved if later not in again_told]
        return Planned(
            fact=self.facts[seq],
            due=_date(due, self.facts[seq]) if due.dated else None,
            state=state,
            moved=bool(row["moved"]),
            told=tuple(heard),
            retold=tuple(self.facts[one] for one in again),
            then=tuple(follow),
        )

    def _due(self, seq: int) -> Due:
        row = self.plans[seq]
        return Due(ordinal(row["due_first"]), ordinal(row["due_last"]), bool(row["dated"]), bool(row["approx"]))

    def _again(self, seq: int) -> list[int]:
        """Plans that tell this one again, and those that tell them again."""
        found: list[int] = []
        queue = [seq]
        while queue:
            for link in self.links.get(queue.pop(), ()):
                known = link.seq in self.facts and link.seq in self.plans
                if link.outcome == RETOLD and known and link.seq not in (seq, *found):
                    found.append(link.seq)
                    queue.append(link.seq)
        return sorted(found, key=lambda one: (self.facts[one].published.start or "", self.facts[one].report, one))

    def _inside(self, seq: int, due: Due) -> bool:
        """Whether a plan that tells another again is as narrow: what fits only its wider date is no outcome of that."""
        other = self._due(seq)
        return other.dated == due.dated and other.first >= due.first and other.last <= due.last


def _date(due: Due, fact: StoredFact) -> Date:
    """The days of a plan, as wide as they are known."""
    first, last = iso(due.first), iso(due.last)
    if (first, last) == (fact.date.start, fact.date.end):
        return fact.date
    return Date(first, last, "day" if first == last else "interval", due.approx, "text")


# ---- as JSON


def plan_json(plan: Planned) -> Json:
    """A plan as `dragoman outcomes --json` prints it."""
    fact = plan.fact
    return {
        "id": fact.id,
        "state": plan.state,
        "due": date_json(plan.due) if plan.due else None,
        "moved": plan.moved,
        "plan": fact.line(),
        "told": report_json(fact),
        "retold": [report_json(one) for one in plan.retold],
        "outcomes": [_told(one) for one in plan.told],
        "then": [plan_json(one) for one in plan.then],
    }


def _told(told: Told) -> Json:
    return {
        "outcome": told.outcome,
        **report_json(told.fact),
        "date": date_json(told.fact.date),
        "points": told.points,
        "threshold": told.threshold,
        "reason": told.reason,
    }


def report_json(fact: StoredFact) -> Json:
    """Where a fact is told, and the words that prove it."""
    start, end, text = evidence_of(fact.payload)[0]
    return {
        "fact": fact.id,
        "report": fact.report,
        "outlet": fact.outlet,
        "url": fact.url,
        "published": date_json(fact.published),
        "quote": {"start": start, "end": end, "text": text},
    }
