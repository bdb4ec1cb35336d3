"""Events as members of happenings: what of a stored fact is compared, and what is counted of a happening."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date as day_type
from typing import Any, Final, cast

import sqlalchemy as sa

from dragoman.facts import Date
from dragoman.linking import keys as event_keys
from dragoman.linking.agreeing import ONE_HAPPENING, compare
from dragoman.linking.sources import Telling, independent
from dragoman.linking.stories import Content, content, near
from dragoman.linking.told import WIDEST_DAYS, Told, window
from dragoman.store.links.graph import Link, Node, Tables, pieces
from dragoman.store.payload import Json, actors_from, evidence_of, place_from
from dragoman.store.query import happening_name, published
from dragoman.store.tables import (
    FACTS,
    HAPPENING_KEYS,
    HAPPENING_LINKS,
    HAPPENING_MEMBERS,
    HAPPENINGS,
    REPORTS,
    STORY_MEMBERS,
)

TABLES: Final = Tables("happening", "h", HAPPENINGS, HAPPENING_MEMBERS, HAPPENING_KEYS, HAPPENING_LINKS)

MOST_ALIKE: Final = 24
"""So many events of one act, parties and day are compared singly. Beyond, comparing says little that the field's
one-a-day rule doesn't, and costs with the square of their number."""

MOST_BLOCK: Final = 96
"""Events that hang together are told apart by their links up to so many; a block costs up to 0.1 s."""

_REPORT: Final = (
    REPORTS.c.id.label("report"),
    *(REPORTS.c[f"published_{name}"] for name in ("start", "end", "granularity", "approx", "basis")),
)


class Happenings:
    """The rules of happenings."""

    tables = TABLES
    least = round(ONE_HAPPENING * 1000)
    most_alike = MOST_ALIKE
    most_block = MOST_BLOCK

    def load(self, connection: sa.Connection, nodes: Iterable[int]) -> dict[int, Node[tuple[Told, Content]]]:
        """Events that may be linked; others of NODES are left out."""
        statement = (
            sa.select(FACTS.c.seq, FACTS.c.id, FACTS.c.report_key, FACTS.c.payload, STORY_MEMBERS.c.terms, *_REPORT)
            .join(REPORTS, REPORTS.c.key == FACTS.c.report_key)
            .outerjoin(STORY_MEMBERS, STORY_MEMBERS.c.node == FACTS.c.report_key)
            .where(FACTS.c.kind == "event")
        )
        found: dict[int, Node[tuple[Told, Content]]] = {}
        for some in pieces(nodes):
            for row in connection.execute(statement.where(FACTS.c.seq.in_(some))):
                if (node := _node(row)) is not None:
                    found[row.seq] = node
        return found

    def reach(self, node: Node[tuple[Told, Content]]) -> tuple[str, str, str]:
        """Days of what may be linked with NODE: windows that meet its own."""
        return node.first, _later(node.last, WIDEST_DAYS), node.last

    def weigh(self, one: Node[tuple[Told, Content]], other: Node[tuple[Told, Content]]) -> Link | None:
        """The link of two events."""
        verdict = compare(one.what[0], other.what[0], near(one.what[1], other.what[1]))
        return (round(verdict.points * 1000), verdict.reason) if verdict.linked else None

    def apart(self, one: Node[tuple[Told, Content]], other: Node[tuple[Told, Content]]) -> bool:
        """Whether two events can't be one."""
        return compare(one.what[0], other.what[0]).ruled_out

    def count(self, connection: sa.Connection, clusters: Sequence[int]) -> dict[int, Json]:
        """Facts, reports and sources of happenings."""
        told: dict[int, list[Telling]] = defaultdict(list)
        of = HAPPENING_MEMBERS.c
        statement = (
            sa.select(of.cluster, of.report_key, of.origin, STORY_MEMBERS.c.print, FACTS.c.payload["evidence"])
            .join(FACTS, FACTS.c.seq == of.node)
            .outerjoin(STORY_MEMBERS, STORY_MEMBERS.c.node == of.report_key)
        )
        for some in pieces(clusters):
            for cluster, report, origin, print_, evidence in connection.execute(statement.where(of.cluster.in_(some))):
                clause = str(evidence[0]["text"])
                told[int(cluster)].append(Telling(report, origin, print_, clause))
        return {
            cluster: {
                "size": len(tellings),
                "reports": len({telling.report for telling in tellings}),
                "sources": independent(tellings),
            }
            for cluster, tellings in told.items()
        }


def _node(row: Any) -> Node[tuple[Told, Content]] | None:
    published_ = published(row)
    event = told_from(row.payload, published_)
    days = window(event)
    found = event_keys.keys(event)
    if days is None or not found:
        return None
    return Node(
        node=row.seq,
        report=row.report_key,
        ident=happening_name(row.id).removeprefix("h-"),
        rank=f"{row.report}\x1f{row.id}",
        first=_iso(days.first),
        last=_iso(days.last),
        keys=found,
        asked=event_keys.asked(event),
        signature=event_keys.signature(event, days),
        row={},
        what=(event, content(row.terms or {}, published_)),
    )


def told_from(payload: Json, published_: Date) -> Told:
    """The event that PAYLOAD, a stored fact's, says, as told by a report PUBLISHED_ then."""
    quotes = evidence_of(payload)
    return Told(
        act=str(payload["act"]),
        status=str(payload["status"]),
        source=actors_from(payload["source"]),
        target=actors_from(payload["target"]),
        reciprocal=bool(payload["reciprocal"]),
        background=bool(payload["background"]),
        date=_date(payload["date"]),
        published=published_,
        mode=cast("str | None", payload["mode"]),
        cameo=cast("str | None", payload["cameo"]),
        place=place_from(payload["place"]),
        predicate=quotes[1][2] if len(quotes) > 1 else "",
        clause=quotes[0][2],
    )


def _date(value: object) -> Date:
    found = cast(Any, value)
    return Date(found["start"], found["end"], found["granularity"], bool(found["approx"]), str(found["basis"]))


def _iso(day: int) -> str:
    return day_type.fromordinal(min(max(day, 1), day_type.max.toordinal())).isoformat()


def _later(iso: str, days: int) -> str:
    return _iso(day_type.fromisoformat(iso).toordinal() + days)
