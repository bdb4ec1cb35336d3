"""Agreements of a record with their histories: every step with the facts that tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

import sqlalchemy as sa

from dragoman.facts import Date
from dragoman.linking.plans import days_of, iso
from dragoman.linking.treaties import History, Step, Telling, histories, names_of
from dragoman.store.outcomes import Asked, report_json
from dragoman.store.payload import Json, date_json
from dragoman.store.planning import parties_of, tables
from dragoman.store.query import StoredFact, restriction, stored_facts
from dragoman.store.record import Record
from dragoman.store.standing import standing_reports
from dragoman.store.tables import AGREEMENT_NAMES, FACTS, REPORTS

MOST_FACTS: Final = 5000
"""Of an agreement that more facts name, those read last are looked at: a history needs no more."""

MOST_NAMES: Final = 50
PAGE_ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class Treaty:
    """An agreement and its history; `facts` has the stored fact of each telling by its id. `cursor` cuts pages."""

    name: str
    names: tuple[str, ...]
    parties: tuple[Json, ...]
    history: History
    facts: Mapping[str, StoredFact]
    cursor: int = 0

    @property
    def id(self) -> str:
        """The id of the fact that tells of it first; any other of its facts finds it too."""
        return self.history.tellings[0].key

    @property
    def reports(self) -> int:
        """How many reports name it."""
        return len({fact.report for fact in self.facts.values()})


@dataclass(frozen=True, slots=True)
class TreatyPage:
    """Agreements, the one read of last first; `next` is the cursor of the next page, None on the last."""

    treaties: tuple[Treaty, ...]
    next: int | None = None


def page(record: Record, asked: Asked, after: int | None = None, limit: int = 50) -> TreatyPage:
    """At most LIMIT agreements after the one with the cursor AFTER."""
    found: list[Treaty] = []
    for treaty in agreements(record, asked, after):
        if len(found) == limit:
            return TreatyPage(tuple(found), found[-1].cursor)
        found.append(treaty)
    return TreatyPage(tuple(found))


def agreements(record: Record, asked: Asked, after: int | None = None) -> Iterator[Treaty]:
    """The agreements that are ASKED for by one of their facts, the one read of last first."""
    while True:
        with record.reading() as connection:
            restricted = restriction(asked.wanted, record)
            statement = restricted.on(sa.select(FACTS.c.seq, FACTS.c.id)).where(FACTS.c.kind == "agreement")
            if after is not None:
                statement = statement.where(FACTS.c.seq < after)
            rows = connection.execute(statement.order_by(FACTS.c.seq.desc()).limit(PAGE_ROWS)).all()
            found = [treaty for row in rows for treaty in _of_seq(record, connection, row.seq, row.id, asked)]
        yield from found
        if len(rows) < PAGE_ROWS:
            return
        after = rows[-1].seq


def _of_seq(record: Record, connection: sa.Connection, seq: int, ident: str, asked: Asked) -> Iterator[Treaty]:
    """The agreement of a fact, where none of those of its facts that are asked for was read later; else it is given
    there."""
    for treaty in _around(connection, [seq], asked):
        if ident not in treaty.facts:
            continue
        seqs = [fact.seq for fact in treaty.facts.values()]
        wanted = restriction(asked.wanted, record).on(sa.select(FACTS.c.seq)).where(FACTS.c.seq.in_(seqs))
        if max(connection.scalars(wanted), default=seq) == seq:
            yield replace(treaty, cursor=seq)


def named(record: Record, name: str, asked: Asked) -> list[Treaty]:
    """The agreements that NAME may mean, those most told of first: a name, an acronym, or the id of a fact."""
    with record.reading() as connection:
        if name.startswith("a-"):
            seqs = list(connection.scalars(sa.select(FACTS.c.seq).where(FACTS.c.id == name)))
            found = [treaty for treaty in _around(connection, seqs, asked) if name in treaty.facts]
        else:
            found = _around(connection, _called(connection, name), asked)
    return sorted(found, key=lambda treaty: (-treaty.reports, treaty.id))


def _called(connection: sa.Connection, name: str) -> list[int]:
    keys = names_of(name, "", frozenset(), tables()).names
    statement = sa.select(AGREEMENT_NAMES.c.seq).where(AGREEMENT_NAMES.c.name.in_(keys))
    return list(connection.scalars(statement.order_by(AGREEMENT_NAMES.c.seq.desc()).limit(MOST_FACTS)))


# ---- putting them together


def _around(connection: sa.Connection, seqs: Sequence[int], asked: Asked) -> list[Treaty]:
    """The agreements that share a name with the facts SEQS, by one step or several."""
    known: set[int] = set(seqs)
    names: set[str] = set()
    frontier = set(seqs)
    while frontier and len(known) < MOST_FACTS:
        mine = sa.select(AGREEMENT_NAMES.c.name).where(AGREEMENT_NAMES.c.seq.in_(sorted(frontier)[:MOST_FACTS]))
        new = set(connection.scalars(mine.distinct().limit(MOST_NAMES))) - names
        names |= new
        others = sa.select(AGREEMENT_NAMES.c.seq).where(AGREEMENT_NAMES.c.name.in_(sorted(new)))
        frontier = set(connection.scalars(others.order_by(AGREEMENT_NAMES.c.seq.desc()).limit(MOST_FACTS))) - known
        known |= frontier
    clauses = [standing_reports(asked.as_of)]
    if asked.told_by:
        clauses.append(REPORTS.c.published_start <= asked.told_by)
    facts = stored_facts(connection, sorted(known)[-MOST_FACTS:], *clauses)
    called = _names(connection, list(facts))
    tellings = [one for seq, fact in facts.items() if (one := telling(fact, called.get(seq, frozenset()))) is not None]
    by_id = {fact.id: fact for fact in facts.values()}
    return [_treaty(history, by_id) for history in histories(tellings)]


def _names(connection: sa.Connection, seqs: Sequence[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for start in range(0, len(seqs), PAGE_ROWS):
        few = sa.select(AGREEMENT_NAMES).where(AGREEMENT_NAMES.c.seq.in_(seqs[start : start + PAGE_ROWS]))
        for row in connection.execute(few):
            found.setdefault(row.seq, set()).add(row.name)
    return {seq: frozenset(names) for seq, names in found.items()}


def telling(fact: StoredFact, names: frozenset[str]) -> Telling | None:
    """What a stored fact tells of an agreement that has these NAMES; None where its report has no date."""
    days = days_of(fact.published)
    if days is None:
        return None
    name = str(fact.payload["name"])
    return Telling(fact.id, fact.report, name, names, parties_of(fact.payload), fact.status or "", fact.date, *days)


def _treaty(history: History, facts: Mapping[str, StoredFact]) -> Treaty:
    mine = {one.key: facts[one.key] for one in history.tellings}
    counted = Counter(one.name for one in history.tellings)
    names = sorted(counted, key=lambda name: (-counted[name], -len(name), name))
    return Treaty(names[0], tuple(names), _all_parties(mine.values()), history, mine)


def _all_parties(facts: Iterable[StoredFact]) -> tuple[Json, ...]:
    """The parties by code, each with its name where it is a state or body and not a person."""
    found: dict[str, Json] = {}
    for fact in facts:
        for party in cast("list[dict[str, str | None]]", fact.payload["parties"]):
            code = party["country"] or str(party["name"]).lower()
            if code not in found or (found[code]["name"] != party["name"] and not party["role"]):
                found[code] = {"name": party["name"] if not party["role"] else code, "country": party["country"]}
    return tuple(found[code] for code in sorted(found))


# ---- as JSON


def treaty_json(treaty: Treaty) -> Json:
    """An agreement as `dragoman agreements --json` prints it."""
    history = treaty.history
    return {
        "id": treaty.id,
        "name": treaty.name,
        "names": list(treaty.names),
        "parties": list(treaty.parties),
        "status": history.status,
        "reports": treaty.reports,
        "steps": [_step_json(step, treaty.facts) for step in history.steps],
        "mentioned": [report_json(treaty.facts[one.key]) for one in history.mentioned],
    }


def _step_json(step: Step, facts: Mapping[str, StoredFact]) -> Json:
    best = step.tellings[0]
    return {
        "status": step.status,
        "by": sorted(step.by),
        "date": date_json(date_of_step(step)),
        "planned_for": date_json(best.date) if best.planned else None,
        "told": [report_json(facts[one.key]) for one in step.tellings],
    }


def date_of_step(step: Step) -> Date:
    """When a step was taken; where no report gives a date, by the day of the first that tells it."""
    best = step.tellings[0]
    if best.days.dated:
        return best.date
    return Date(None, iso(min(one.days.last for one in step.tellings)), "interval", basis="report")
