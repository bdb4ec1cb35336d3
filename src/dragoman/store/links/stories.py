"""Reports as members of stories: what of a report is compared, and what is counted of a story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date as day_type
from hashlib import sha256
from typing import Any, Final

import sqlalchemy as sa

from dragoman.linking.sources import Telling, hand, independent
from dragoman.linking.stories import ONE_STORY, STORY_DAYS, WIDEST_DAYS, Content, apart, content, keys, near, signature
from dragoman.store.links.graph import Link, Node, Tables, pieces
from dragoman.store.payload import Json
from dragoman.store.query import published
from dragoman.store.tables import REPORTS, STORIES, STORY_KEYS, STORY_LINKS, STORY_MEMBERS

TABLES: Final = Tables("story", "s", STORIES, STORY_MEMBERS, STORY_KEYS, STORY_LINKS)

MOST_ALIKE: Final = 60
"""Reports of one week with the same two heaviest words that are compared singly."""

MOST_BLOCK: Final = 160
"""Reports that hang together are told apart by their links up to so many."""

_COLUMNS: Final = (
    REPORTS.c.key, REPORTS.c.id, STORY_MEMBERS.c.terms,
    *(REPORTS.c[f"published_{name}"] for name in ("start", "end", "granularity", "approx", "basis")),
)  # fmt: skip


class Stories:
    """The rules of stories."""

    tables = TABLES
    least = round(ONE_STORY * 1000)
    most_alike = MOST_ALIKE
    most_block = MOST_BLOCK

    def load(self, connection: sa.Connection, nodes: Iterable[int]) -> dict[int, Node[Content]]:
        """Reports that are members."""
        statement = sa.select(*_COLUMNS).join(STORY_MEMBERS, STORY_MEMBERS.c.node == REPORTS.c.key)
        return {
            row.key: node_of(row.key, row.id, content(row.terms, published(row)))
            for some in pieces(nodes)
            for row in connection.execute(statement.where(REPORTS.c.key.in_(some)))
        }

    def reach(self, node: Node[Content]) -> tuple[str, str, str]:
        """Days of what may be linked with NODE."""
        return (
            _shifted(node.first, -STORY_DAYS),
            _shifted(node.last, STORY_DAYS + WIDEST_DAYS),
            _shifted(node.last, STORY_DAYS),
        )

    def weigh(self, one: Node[Content], other: Node[Content]) -> Link | None:
        """The link of two reports."""
        if apart(one.what, other.what):
            return None
        points = round(near(one.what, other.what) * 1000)
        if points < self.least:
            return None
        common = one.what.terms.keys() & other.what.terms.keys()
        heaviest = sorted(common, key=lambda form: (-one.what.terms[form] * other.what.terms[form], form))
        return points, f"words shared: {', '.join(heaviest[:6])}"

    def apart(self, one: Node[Content], other: Node[Content]) -> bool:
        """Never: a story runs on for longer than two of its reports are compared over."""
        return False

    def count(self, connection: sa.Connection, clusters: Sequence[int]) -> dict[int, Json]:
        """Reports, sources and days of stories."""
        told: dict[int, list[Telling]] = defaultdict(list)
        days: dict[int, list[str]] = defaultdict(list)
        of = STORY_MEMBERS.c
        columns = (of.cluster, of.report_key, of.print, REPORTS.c.outlet, REPORTS.c.published_start)
        statement = sa.select(*columns, REPORTS.c.published_end).join(REPORTS, REPORTS.c.key == of.node)
        for some in pieces(clusters):
            for row in connection.execute(statement.where(of.cluster.in_(some))):
                told[row.cluster].append(Telling(row.report_key, hand(row.outlet or ""), row.print))
                days[row.cluster] += [day for day in (row.published_start, row.published_end) if day]
        return {
            cluster: {
                "size": len(tellings),
                "reports": len(tellings),
                "sources": independent(tellings),
                "first": min(days[cluster], default=None),
                "last": max(days[cluster], default=None),
            }
            for cluster, tellings in told.items()
        }


def node_of(key: int, ident: str, what: Content, row: Json | None = None) -> Node[Content]:
    """A report as a member; ROW has what is stored of it."""
    first, last = (day_type.fromordinal(day or 1).isoformat() for day in (what.first, what.last))
    found = keys(what)
    return Node(
        node=key,
        report=key,
        ident=sha256(ident.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        rank=ident,
        first=first,
        last=last,
        keys=found,
        asked=found,
        signature=signature(what),
        row=row or {},
        what=what,
    )


def _shifted(iso: str, days: int) -> str:
    at: Any = day_type.fromisoformat(iso).toordinal() + days
    return day_type.fromordinal(min(max(at, 1), day_type.max.toordinal())).isoformat()
