"""Reports for tests of links: each says in its own words what it tells, with events made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from dragoman.facts import Actor, Answer, Cue, Date, Event, Evidence, Report, Statement, fact_id
from dragoman.store.record import Record
from dragoman.store.tables import FACTS, HAPPENING_MEMBERS, REPORTS, STORY_MEMBERS
from dragoman.store.writing import Stamp, add

STAMP = Stamp("0.1", "lex")

NAMES = {
    "Nixon": Actor("Richard Nixon", "USA", "GOV", "president"),
    "Kissinger": Actor("Kissinger", "USA", "GOV", "envoy"),
    "Mao": Actor("Mao Tse-tung", "CHN", "GOV", "chairman"),
    "Washington": Actor("United States", "USA", "GOV"),
    "Peking": Actor("China", "CHN", "GOV"),
    "Moscow": Actor("Soviet Union", "SUN", "GOV"),
}


@dataclass(frozen=True)
class Said:
    """One event: its words (the verb first), act, sides by name, and its day; None: told as news."""

    words: str = "met in the study for an hour"
    act: str = "CONSULT"
    source: str = "Nixon"
    target: str = "Mao"
    day: str | None = "1972-02-21"
    status: str = "happened"
    background: bool = False


def telling(
    ident: str,
    events: Sequence[Said] = (Said(),),
    published: str = "1972-02-22",
    outlet: str | None = None,
    text: str = "",
    credit: str | None = None,
) -> Answer:
    """A report of EVENTS; TEXT stands behind them; CREDIT is a medium that says all of it."""
    clauses = [f"{said.source} and {said.target} {said.words}" for said in events]
    body = ". ".join([*clauses, text or f"The paper {ident} adds no more"]) + "."
    found: list[Event] = []
    for said, clause in zip(events, clauses, strict=True):
        at = body.index(clause)
        verb = body.index(said.words, at)
        date = Date.on(said.day) if said.day else Date(None, published, "interval", False, "report")
        found.append(
            Event(
                fact_id(ident, "event", at, said.act),
                said.act,
                said.act,
                said.status,  # type: ignore[arg-type]
                (NAMES[said.source],),
                (NAMES[said.target],),
                (Evidence(at, at + len(clause), body), Evidence(verb, verb + len(said.words.split()[0]), body)),
                date,
                background=said.background,
            )  # fmt: skip
        )
    statements = ()
    if credit:
        speaker = Actor(credit, None, "JRN", "agency")
        statements = (
            Statement(
                fact_id(ident, "statement", 0), speaker, Cue("said", (0, 1)), "indirect", "speech", ((0, len(body)),),
                (Evidence(0, len(body), body),), Date.unknown(), chain=(outlet or "a paper", credit),
            ),
        )  # fmt: skip
    report = Report(ident, body, Date.on(published, "given"), outlet=outlet, title=None, language="en")
    return Answer(report, events=tuple(found), statements=statements)


def store(record: Record, answers: Iterable[Answer]) -> None:
    for answer in answers:
        add(record, answer, STAMP)


def happenings(record: Record) -> set[frozenset[tuple[str, str]]]:
    """Happenings as sets of (report, fact); one of a single event is left out."""
    joined = (
        sa.select(HAPPENING_MEMBERS.c.cluster, REPORTS.c.id, FACTS.c.id)
        .join(FACTS, FACTS.c.seq == HAPPENING_MEMBERS.c.node)
        .join(REPORTS, REPORTS.c.key == FACTS.c.report_key)
    )
    return _grouped(record, joined)


def stories(record: Record) -> set[frozenset[tuple[str, str]]]:
    """Stories as sets of (report, empty text)."""
    joined = sa.select(STORY_MEMBERS.c.cluster, REPORTS.c.id, sa.literal("")).join(
        REPORTS, REPORTS.c.key == STORY_MEMBERS.c.node
    )
    return _grouped(record, joined)


def _grouped(record: Record, statement: sa.Select[tuple[int, str, str]]) -> set[frozenset[tuple[str, str]]]:
    groups: dict[int, set[tuple[str, str]]] = {}
    with record.reading() as connection:
        for cluster, report, fact in connection.execute(statement):
            if cluster is not None:
                groups.setdefault(cluster, set()).add((report, fact))
    return {frozenset(group) for group in groups.values() if len(group) > 1}
