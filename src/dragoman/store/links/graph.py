"""The rows of a graph of links: its members, the keys under which they are found, and their links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar

import sqlalchemy as sa

from dragoman.store.engine import insert_rows
from dragoman.store.payload import Json

T = TypeVar("T")

Link: TypeAlias = tuple[int, str]
"""Thousandths of a point, and the reason."""

AT_ONCE: Final = 500
"""Keys or rows that one question names; SQLite takes some thousands."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The four tables of a graph; `kind` is what the log calls its clusters, `letter` begins their ids."""

    kind: str
    letter: str
    clusters: sa.Table
    members: sa.Table
    keys: sa.Table
    links: sa.Table


@dataclass(frozen=True, slots=True)
class Node(Generic[T]):
    """A member as it is compared.

    `ident` and `rank` are the same on every machine: an id without its letter, and a place in an order of all members.
    `first` and `last` are ISO days; it is found under `keys`, looks under `asked`, and `row` has its other columns.
    """

    node: int
    report: int
    ident: str
    rank: str
    first: str
    last: str
    keys: tuple[str, ...]
    asked: tuple[str, ...]
    signature: str
    row: Mapping[str, object]
    what: T


class Rules(Protocol[T]):
    """What is compared in a graph, and how.

    `least`: thousandths of a point that a link has; `most_alike`: members of one signature that are compared singly;
    `most_block`: linked members that are told apart by their links; beyond either the signature tells.
    """

    tables: Tables
    least: int
    most_alike: int
    most_block: int

    def load(self, connection: sa.Connection, nodes: Iterable[int]) -> dict[int, Node[T]]:
        """The members NODES as they are compared."""

    def reach(self, node: Node[T]) -> tuple[str, str, str]:
        """Of what may be linked with NODE: the lowest and highest last day, and the highest first day."""

    def weigh(self, one: Node[T], other: Node[T]) -> Link | None:
        """The link of two members, None where there is none."""

    def apart(self, one: Node[T], other: Node[T]) -> bool:
        """Whether two members without a link can't be one."""

    def count(self, connection: sa.Connection, clusters: Sequence[int]) -> dict[int, Json]:
        """The columns of CLUSTERS that say what is in them; a cluster without members is left out."""


def pieces(values: Iterable[T]) -> Iterator[list[T]]:
    """VALUES, at most AT_ONCE at a time."""
    found = list(values)
    for start in range(0, len(found), AT_ONCE):
        yield found[start : start + AT_ONCE]


def insert_members(connection: sa.Connection, tables: Tables, nodes: Iterable[Node[Any]]) -> None:
    """Add members that are in no cluster yet."""
    rows = [
        {
            "node": node.node,
            "cluster": None,
            "report_key": node.report,
            "signature": node.signature,
            "by_signature": False,
            **node.row,
        }
        for node in nodes
    ]
    insert_rows(connection, tables.members, rows)


def delete_members(connection: sa.Connection, tables: Tables, nodes: Iterable[int]) -> None:
    """Take members out, with keys and links."""
    unlink(connection, tables, nodes)
    for some in pieces(nodes):
        connection.execute(tables.members.delete().where(tables.members.c.node.in_(some)))


def unlink(connection: sa.Connection, tables: Tables, nodes: Iterable[int]) -> None:
    """Take away the keys and links of members."""
    for some in pieces(nodes):
        connection.execute(tables.keys.delete().where(tables.keys.c.node.in_(some)))
        for column in (tables.links.c.low, tables.links.c.high):
            connection.execute(tables.links.delete().where(column.in_(some)))


def insert_keys(connection: sa.Connection, tables: Tables, nodes: Iterable[Node[Any]]) -> None:
    """Let members be found."""
    rows = [
        {"key": key, "last": node.last, "node": node.node, "first": node.first} for node in nodes for key in node.keys
    ]
    insert_rows(connection, tables.keys, rows)


def insert_links(connection: sa.Connection, tables: Tables, links: Mapping[tuple[int, int], Link]) -> None:
    """Add links between members (lower, higher)."""
    rows = [
        {"low": low, "high": high, "points": points, "reason": reason}
        for (low, high), (points, reason) in sorted(links.items())
    ]
    insert_rows(connection, tables.links, rows)


def candidates(connection: sa.Connection, rules: Rules[Any], node: Node[Any]) -> set[int]:
    """Members that may be linked with NODE, by keys and days; itself and those of its report left out."""
    keys = rules.tables.keys
    low, high, first = rules.reach(node)
    found: set[int] = set()
    for some in pieces(node.asked):
        near = sa.and_(keys.c.last >= low, keys.c.last <= high, keys.c.first <= first)
        found.update(connection.scalars(sa.select(keys.c.node).where(keys.c.key.in_(some), near)))
    found.discard(node.node)
    return found


def adjacent(connection: sa.Connection, tables: Tables, nodes: Iterable[int]) -> dict[int, dict[int, int]]:
    """All links of NODES: node to its neighbours with their points."""
    wanted = set(nodes)
    found: dict[int, dict[int, int]] = {node: {} for node in wanted}
    links = tables.links
    for some in pieces(sorted(wanted)):
        for column in (links.c.low, links.c.high):
            for low, high, points in connection.execute(
                sa.select(links.c.low, links.c.high, links.c.points).where(column.in_(some))
            ):
                for one, other in ((low, high), (high, low)):
                    if one in wanted:
                        found[one][other] = points
    return found


def signature_counts(connection: sa.Connection, tables: Tables, signatures: Iterable[str]) -> dict[str, int]:
    """How many members bear each signature."""
    column = tables.members.c.signature
    found: dict[str, int] = {}
    for some in pieces(sorted(set(signatures))):
        counted = sa.select(column, sa.func.count()).where(column.in_(some)).group_by(column)
        found.update({str(name): int(number) for name, number in connection.execute(counted)})
    return found


def members(connection: sa.Connection, tables: Tables, nodes: Iterable[int]) -> dict[int, Any]:
    """node to its row (node, cluster, report_key, signature, by_signature)."""
    of = tables.members.c
    columns = (of.node, of.cluster, of.report_key, of.signature, of.by_signature)
    found: dict[int, Any] = {}
    for some in pieces(nodes):
        found.update({row.node: row for row in connection.execute(sa.select(*columns).where(of.node.in_(some)))})
    return found
