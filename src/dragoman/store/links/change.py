"""Members come and go, and links and clusters are again what they would be had all members come in another order.

The links are a function of the members alone, and so are the clusters:
- more than `most_alike` members of one signature are one cluster, and are compared with no others;
- else members that hang together by links are a block; one of at most `most_block` members is parted into clusters by
  its links (`linking/clusters.py`), in a larger one those of one signature are a cluster.
What a change can touch are the changed members and the blocks that they touch, each of bounded size; the rest of the
record isn't looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import sqlalchemy as sa

from dragoman.linking.clusters import clusters
from dragoman.store.links import graph
from dragoman.store.links.graph import Link, Node, Rules
from dragoman.store.links.naming import Part, assign

T = TypeVar("T")


def change(connection: sa.Connection, rules: Rules[T], added: Sequence[Node[T]], removed: Iterable[int]) -> None:
    """Put ADDED members in, take REMOVED ones out, and cluster anew all that this touches."""
    work = _Work(connection, rules)
    work.take_out(list(removed))
    work.put_in(added)
    work.link()
    parts, affected = work.parts()
    idents = {node: work.nodes[node].ident for node in affected}
    assign(connection, rules, parts, affected, work.left, {node.node for node in added}, idents)


@dataclass(slots=True)
class _Work(Generic[T]):
    """One change under way.

    `touched`: members that are new or are linked anew; `near`: those that have lost a link or got one; `left`: clusters
    from which members have gone.
    """

    connection: sa.Connection
    rules: Rules[T]
    nodes: dict[int, Node[T]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    crowded: set[int] = field(default_factory=set)
    near: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    fetched: dict[int, dict[int, int]] = field(default_factory=dict)

    def take_out(self, nodes: list[int]) -> None:
        tables = self.rules.tables
        rows = graph.members(self.connection, tables, nodes)
        self.left |= {row.cluster for row in rows.values() if row.cluster is not None}
        self._unlink(rows)
        graph.delete_members(self.connection, tables, rows)
        gone: dict[str, int] = {}
        for row in rows.values():
            gone[row.signature] = gone.get(row.signature, 0) + 1
        now = graph.signature_counts(self.connection, tables, gone)
        for signature, number in gone.items():
            if signature and now.get(signature, 0) <= self.rules.most_alike < now.get(signature, 0) + number:
                self._look_up(self._alike(signature))

    def put_in(self, added: Sequence[Node[T]]) -> None:
        tables = self.rules.tables
        graph.insert_members(self.connection, tables, added)
        self.nodes.update({node.node: node for node in added})
        new: dict[str, list[int]] = {}
        for node in added:
            new.setdefault(node.signature, []).append(node.node)
        now = graph.signature_counts(self.connection, tables, new)
        for signature, nodes in new.items():
            if not signature or now[signature] <= self.rules.most_alike:
                self._look_up(nodes)
            elif now[signature] - len(nodes) <= self.rules.most_alike:
                alike = self._alike(signature)
                self._unlink(alike)
                self.touched -= set(alike)
                self.crowded |= set(alike)
            else:
                self.crowded |= set(nodes)

    def _alike(self, signature: str) -> list[int]:
        of = self.rules.tables.members.c
        return list(self.connection.scalars(sa.select(of.node).where(of.signature == signature)))

    def _unlink(self, nodes: Iterable[int]) -> None:
        found = list(nodes)
        for neighbours in graph.adjacent(self.connection, self.rules.tables, found).values():
            self.near |= neighbours.keys()
        graph.unlink(self.connection, self.rules.tables, found)
        self.near -= set(found)

    def _look_up(self, nodes: Iterable[int]) -> None:
        """NODES have no links yet, and are to be compared."""
        found = self._loaded(nodes)
        graph.insert_keys(self.connection, self.rules.tables, found)
        self.touched |= {node.node for node in found}

    def _loaded(self, nodes: Iterable[int]) -> list[Node[T]]:
        wanted = list(nodes)
        missing = [node for node in wanted if node not in self.nodes]
        if missing:
            self.nodes.update(self.rules.load(self.connection, missing))
        return [self.nodes[node] for node in wanted]

    def link(self) -> None:
        """Compare the touched members with all that may be linked with them."""
        links: dict[tuple[int, int], Link] = {}
        for one in self._loaded(sorted(self.touched)):
            found = graph.candidates(self.connection, self.rules, one)
            for other in self._loaded(sorted(found)):
                pair = (min(one.node, other.node), max(one.node, other.node))
                if pair in links or one.report == other.report:
                    continue
                if (made := self.rules.weigh(one, other)) is not None:
                    links[pair] = made
        graph.insert_links(self.connection, self.rules.tables, links)
        self.near |= {node for pair in links for node in pair}
        self.near -= self.touched | self.crowded

    def parts(self) -> tuple[list[Part], set[int]]:
        """Clusters of all that is touched, and which members those are."""
        self._fetch(self.touched | self.near)
        affected = set(self.touched)
        for start in sorted(self.near):
            if start not in affected and (block := self._block(start, self.touched)) is not None:
                affected |= block
        large: set[int] = set(self.crowded)
        parts: list[Part] = []
        left = set(affected)
        while left:
            start = min(left)
            block = self._block(start, set())
            if block is None:
                large.add(start)
                left.discard(start)
            else:
                parts += self._clusters(block)
                left -= block
        affected |= self.crowded
        parts += self._by_signature(large)
        return parts, affected

    def _block(self, start: int, without: set[int]) -> set[int] | None:
        """All that hang together with START, WITHOUT those; None where they are more than `most_block`."""
        seen, edge = {start}, {start}
        while edge:
            self._fetch(edge)
            edge = {other for node in edge for other in self.fetched[node]} - seen - without
            seen |= edge
            if len(seen) > self.rules.most_block:
                return None
        return seen

    def _fetch(self, nodes: Iterable[int]) -> None:
        if missing := [node for node in nodes if node not in self.fetched]:
            self.fetched.update(graph.adjacent(self.connection, self.rules.tables, missing))

    def _clusters(self, block: set[int]) -> list[Part]:
        if len(block) == 1:
            (node,) = self._loaded(block)
            return [Part((node.node,), node.rank, "")]
        order = sorted(self._loaded(block), key=lambda node: node.rank)
        at = {node.node: number for number, node in enumerate(order)}
        links = {
            (at[low], at[high]): points
            for low in at
            for high, points in self.fetched[low].items()
            if at[low] < at[high]
        }
        found = clusters(
            len(order), links, self.rules.least, lambda one, other: self.rules.apart(order[one], order[other])
        )
        return [Part(tuple(order[i].node for i in some), order[some[0]].rank, "") for some in found]

    def _by_signature(self, nodes: set[int]) -> list[Part]:
        groups: dict[str, list[Node[T]]] = {}
        for node in self._loaded(sorted(nodes)):
            groups.setdefault(node.signature or f"alone {node.node}", []).append(node)
        return [
            Part(tuple(node.node for node in group), min(node.rank for node in group), group[0].signature)
            for group in groups.values()
        ]
