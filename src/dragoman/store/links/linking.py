"""Linking reports of a record: into stories by their words, and their events into happenings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, cast
from urllib.parse import urlsplit

import sqlalchemy as sa
from rensa import RMinHash

from dragoman.linking.sources import Credit, credited, hand, medium, origin, print_of
from dragoman.linking.stories import content, terms
from dragoman.store.links import graph
from dragoman.store.links.change import change
from dragoman.store.links.happenings import TABLES as HAPPENING_TABLES
from dragoman.store.links.happenings import Happenings
from dragoman.store.links.stories import Stories, node_of
from dragoman.store.payload import Json, evidence_of
from dragoman.store.query import published
from dragoman.store.record import Record
from dragoman.store.tables import FACTS, REPORTS, STORY_KEYS, STORY_LINKS, STORY_MEMBERS

LINKER: Final = f"1/{RMinHash.ALGORITHM_VERSION}"
"""Version of how things are linked, and of the prints; reports linked by another one are linked anew."""

STORIES_OF: Final = frozenset({"article", "unknown"})
"""Kinds of page that tell a story; an index of headlines tells all of them."""


def link_reports(connection: sa.Connection, keys: Sequence[int], gone: Sequence[int] = ()) -> None:
    """Link the current reports KEYS with all others, and take those GONE out; a report may be in both.

    Facts that are superseded are left out. It is part of the caller's transaction.
    """
    rows = [row for some in graph.pieces(keys) for row in connection.execute(_reports(some))]
    facts = {row.key: _facts(connection, row.key) for row in rows}
    out = sorted({*gone, *keys})
    events = _members(connection, HAPPENING_TABLES, out)
    change(connection, Stories(), [_story(row) for row in rows], _members(connection, Stories.tables, out))
    rules = Happenings()
    loaded = rules.load(connection, [fact.seq for found in facts.values() for fact in found if fact.kind == "event"])
    origins = {seq: word for row in rows for seq, word in _origins(row, facts[row.key])}
    added = [replace(node, row={"origin": origins[seq]}) for seq, node in sorted(loaded.items())]
    change(connection, rules, added, events)


def forget_words(connection: sa.Connection, key: int) -> None:
    """Take away the words by which a report's story is found: it stays in its story, and none joins by it."""
    values = {"terms": {}, "signature": ""}
    connection.execute(STORY_MEMBERS.update().where(STORY_MEMBERS.c.node == key).values(**values))
    connection.execute(STORY_KEYS.delete().where(STORY_KEYS.c.node == key))
    told = sa.or_(STORY_LINKS.c.low == key, STORY_LINKS.c.high == key)
    connection.execute(STORY_LINKS.update().where(told).values(reason="words shared, dropped since"))


def link_record(record: Record, again: bool = False) -> Iterator[int]:
    """Link the reports that aren't linked yet, or were by another version of the linker; gives after each how many are.

    Each report is a transaction, so that a run that was stopped goes on where it was. With AGAIN all are linked anew;
    identifiers are kept where most of a cluster stays.
    """
    for number, key in enumerate(_unlinked(record, again), 1):
        with record.writing() as connection:
            link_reports(connection, [key], [key])
        yield number


def unlinked(record: Record) -> int:
    """How many current reports `link_record` would link."""
    with record.reading() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(_pending().subquery())) or 0)


def _pending() -> sa.Select[Any]:
    joined = sa.select(REPORTS.c.key).outerjoin(STORY_MEMBERS, STORY_MEMBERS.c.node == REPORTS.c.key)
    return joined.where(REPORTS.c.current, STORY_MEMBERS.c.linker.is_distinct_from(LINKER))


def _unlinked(record: Record, again: bool) -> Iterator[int]:
    """Keys in their order, fetched some at a time: others may write meanwhile."""
    wanted = sa.select(REPORTS.c.key).where(REPORTS.c.current) if again else _pending()
    last = 0
    while True:
        with record.reading() as connection:
            page = wanted.where(REPORTS.c.key > last).order_by(REPORTS.c.key).limit(graph.AT_ONCE)
            found = list(connection.scalars(page))
        if not found:
            return
        yield from found
        last = found[-1]


def _reports(keys: Iterable[int]) -> sa.Select[Any]:
    names = ("key", "id", "url", "outlet", "title", "kind", "text")
    dates = [column for column in REPORTS.c if column.name.startswith("published_")]
    return sa.select(*(REPORTS.c[name] for name in names), *dates).where(REPORTS.c.key.in_(keys), REPORTS.c.current)


def _facts(connection: sa.Connection, key: int) -> Sequence[Any]:
    columns = (FACTS.c.seq, FACTS.c.kind, FACTS.c.payload)
    of_report = sa.select(*columns).where(FACTS.c.report_key == key, sa.not_(FACTS.c.superseded))
    return connection.execute(of_report.where(FACTS.c.kind.in_(("event", "statement")))).all()


def _members(connection: sa.Connection, tables: graph.Tables, reports: Iterable[int]) -> list[int]:
    of = tables.members.c
    return [
        node
        for some in graph.pieces(reports)
        for node in connection.scalars(sa.select(of.node).where(of.report_key.in_(some)))
    ]


def _story(row: Any) -> graph.Node[Any]:
    found = terms(row.title, row.text) if row.kind in STORIES_OF else {}
    stored: Json = {"linker": LINKER, "print": print_of(row.text), "terms": found}
    return node_of(row.key, row.id, content(found, published(row)), stored)


def _origins(row: Any, facts: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """Each event with whose word it is."""
    own = hand(credited(row.text) or row.outlet or urlsplit(row.url or "").hostname or "")
    credits = [credit for fact in facts if fact.kind == "statement" and (credit := _credit(fact.payload))]
    for fact in facts:
        if fact.kind == "event":
            start, end, _ = evidence_of(fact.payload)[0]
            yield fact.seq, origin((start, end), credits, own)


def _credit(statement: Json) -> Credit | None:
    """The innermost medium in a statement's chain, behind the report's own outlet."""
    speaker = cast("Json | None", statement["speaker"]) or {}
    media = [name for name in cast("list[str]", statement["chain"])[1:] if _is_medium(name, speaker)]
    spans = tuple((first, last) for first, last in cast("list[list[int]]", statement["content"]))
    return Credit(spans, hand(media[-1])) if media else None


def _is_medium(name: str, speaker: Json) -> bool:
    if speaker.get("name") == name:
        return medium(name, cast("str | None", speaker["sector"]), cast("str | None", speaker["role"]))
    return medium(name, None, None)
