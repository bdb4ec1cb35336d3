"""Which cluster of the record each part becomes: identifiers are given once, kept by what most of it was, and logged.

A member by itself has no row among the clusters: its cluster is called by its own `ident`. A cluster is called by that
of the member that came first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import sqlalchemy as sa

from dragoman.store.links import graph
from dragoman.store.links.graph import Rules
from dragoman.store.payload import Json
from dragoman.store.record import now
from dragoman.store.tables import LINK_CHANGES


@dataclass(frozen=True, slots=True)
class Part:
    """Members that are one cluster now. `rank` is the first of theirs; `signature` is set where that made them one."""

    nodes: tuple[int, ...]
    rank: str
    signature: str


def assign(
    connection: sa.Connection,
    rules: Rules[Any],
    parts: Sequence[Part],
    affected: set[int],
    left: set[int],
    added: set[int],
    idents: Mapping[int, str],
) -> None:
    """Give each of PARTS, which are all AFFECTED members, its cluster; LEFT are clusters that have lost members.

    ADDED members are new: nobody knows them by an identifier yet. IDENTS has the `ident` of all that are affected.
    """
    names = _Names(connection, rules, graph.members(connection, rules.tables, affected), added, dict(idents))
    names.held = names.held_outside(affected)
    names.taken = names.find_taken(parts)
    names.vacant = names.find_vacant(left)
    survivors = names.survivors(sorted(parts, key=lambda part: part.rank))
    for part, survivor in survivors:
        names.place(part, survivor)
    names.finish(left)


@dataclass(slots=True)
class _Names:
    connection: sa.Connection
    rules: Rules[Any]
    rows: dict[int, Any]
    added: set[int]
    idents: dict[int, str]
    taken: set[str] = field(default_factory=set)
    vacant: dict[str, int] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)
    log: list[Json] = field(default_factory=list)
    dirty: set[int] = field(default_factory=set)
    merged: dict[int, int] = field(default_factory=dict)

    def held_outside(self, affected: set[int]) -> set[int]:
        """Old clusters that have members which aren't affected: those keep them, whatever becomes of these."""
        inside = Counter(row.cluster for row in self.rows.values() if row.cluster is not None)
        of = self.rules.tables.members.c
        found: set[int] = set()
        for some in graph.pieces(inside):
            counted = sa.select(of.cluster, sa.func.count()).where(of.cluster.in_(some)).group_by(of.cluster)
            found |= {cluster for cluster, number in self.connection.execute(counted) if number > inside[cluster]}
        return found

    def survivors(self, parts: Sequence[Part]) -> list[tuple[Part, int | None]]:
        """Each part with the old cluster whose identifier it keeps."""
        votes = [Counter(self.rows[node].cluster for node in part.nodes) for part in parts]
        winners: dict[int, int] = {}
        for number, counted in enumerate(votes):
            for cluster, members in counted.items():
                if cluster is None or cluster in self.held:
                    continue
                best = winners.setdefault(cluster, number)
                if members > votes[best][cluster]:
                    winners[cluster] = number
        found: list[tuple[Part, int | None]] = []
        for number, part in enumerate(parts):
            mine = [cluster for cluster, winner in winners.items() if winner == number]
            survivor = min(mine, key=lambda cluster: (-votes[number][cluster], cluster), default=None)
            if part.signature:
                part, outside = self._with_alike(part)
                survivor = outside if outside is not None else survivor
            if survivor is None:  # a new version of a report brings its facts back under their old names
                survivor = self.vacant.pop(self._name(part), None)
            self.merged.update({cluster: survivor for cluster in mine if survivor is not None and cluster != survivor})
            found.append((part, survivor))
        return found

    def _with_alike(self, part: Part) -> tuple[Part, int | None]:
        """PART with what else is one cluster with it by its signature, and the cluster that this has already."""
        of = self.rules.tables.members.c
        alike = sa.select(of.node, of.cluster).where(of.signature == part.signature, of.by_signature)
        rows = self.connection.execute(alike.limit(len(part.nodes) + 1)).all()
        other = next((row for row in rows if row.node not in part.nodes), None)
        if other is None:
            return part, None
        if other.cluster is not None:
            return part, int(other.cluster)
        self.rows.update(graph.members(self.connection, self.rules.tables, [other.node]))
        self.idents[other.node] = self.rules.load(self.connection, [other.node])[other.node].ident
        return Part((*part.nodes, other.node), part.rank, part.signature), None

    def place(self, part: Part, survivor: int | None) -> None:
        """Write which cluster the members of PART are in."""
        before = Counter(self.rows[node].cluster for node in part.nodes if self.rows[node].cluster is not None)
        origin = min(before, key=lambda cluster: (-before[cluster], cluster), default=None)
        cluster = survivor
        if survivor is None and not self._stands_alone(part, origin):
            cluster = self._new(part, origin)
        self._log_singles(part, cluster)
        moved = [node for node in part.nodes if self.rows[node].cluster != cluster]
        marked = [node for node in part.nodes if bool(self.rows[node].by_signature) != bool(part.signature)]
        of = self.rules.tables.members
        for some in graph.pieces(moved):
            self.connection.execute(of.update().where(of.c.node.in_(some)).values(cluster=cluster))
        for some in graph.pieces(marked):
            changed = of.update().where(of.c.node.in_(some)).values(by_signature=bool(part.signature))
            self.connection.execute(changed)
        self.dirty |= before.keys() | ({cluster} if cluster is not None else set())

    def _stands_alone(self, part: Part, origin: int | None) -> bool:
        """Whether PART is one member that needs no row among the clusters: its name is free, and it left no cluster."""
        return len(part.nodes) == 1 and origin is None and self._name(part) not in self.taken

    def _name(self, part: Part) -> str:
        return self._name_of(min(part.nodes))

    def _name_of(self, node: int) -> str:
        return f"{self.rules.tables.letter}-{self.idents[node]}"

    def _new(self, part: Part, origin: int | None) -> int:
        table = self.rules.tables.clusters
        base = self._name(part)
        names = (base if number == 1 else f"{base}-{number}" for number in count(1))
        name = next(name for name in names if name not in self.taken and not self._there([name]))
        self.taken.add(name)
        values = {"id": name, "size": 0, "reports": 0, "sources": 0}
        key = int(self.connection.execute(table.insert().values(**values).returning(table.c.key)).scalar_one())
        if origin is not None:
            self.note("split", name, self._ids([origin]).get(origin))
        return key

    def find_taken(self, parts: Sequence[Part]) -> set[str]:
        """Names of parts that clusters bear already."""
        return {name for some in graph.pieces(map(self._name, parts)) for name in self._there(some)}

    def find_vacant(self, left: Iterable[int]) -> dict[str, int]:
        """Name to cluster of those that have LEFT all their members behind."""
        of = self.rules.tables.members.c
        ids = self._ids(left)
        for some in graph.pieces(list(ids)):
            for cluster in self.connection.scalars(sa.select(of.cluster).where(of.cluster.in_(some)).distinct()):
                ids.pop(cluster, None)
        return {name: key for key, name in ids.items()}

    def _there(self, names: Sequence[str]) -> set[str]:
        column = self.rules.tables.clusters.c.id
        return set(self.connection.scalars(sa.select(column).where(column.in_(names))))

    def _ids(self, clusters: Iterable[int]) -> dict[int, str]:
        of = self.rules.tables.clusters.c
        return {
            key: ident
            for some in graph.pieces(clusters)
            for key, ident in self.connection.execute(sa.select(of.key, of.id).where(of.key.in_(some)))
        }

    def _log_singles(self, part: Part, cluster: int | None) -> None:
        """Members that stood for themselves, and are part of a cluster now, go by its name."""
        if cluster is None:
            return
        single = [node for node in part.nodes if self.rows[node].cluster is None and node not in self.added]
        if not single:
            return
        name = self._ids([cluster])[cluster]
        for own in map(self._name_of, sorted(single)):
            if own != name:
                self.note("merged", own, name)

    def note(self, change: str, ident: str, other: str | None) -> None:
        """Log what became of an identifier."""
        self.log.append({"at": now(), "kind": self.rules.tables.kind, "change": change, "id": ident, "other": other})

    def finish(self, left: set[int]) -> None:
        """Count what is in the changed clusters, drop those that nothing is left of, and write the log."""
        dirty = self.dirty | left
        if not dirty and not self.log:
            return
        counted = self.rules.count(self.connection, sorted(dirty))
        table = self.rules.tables.clusters
        for cluster, values in counted.items():
            self.connection.execute(table.update().where(table.c.key == cluster).values(**values))
        ids = self._ids(dirty | set(self.merged.values()))
        empty = sorted(dirty - counted.keys())
        for cluster in empty:
            into = self.merged.get(cluster)
            self.note("merged" if into is not None else "ended", ids[cluster], ids[into] if into is not None else None)
        for some in graph.pieces(empty):
            self.connection.execute(table.delete().where(table.c.key.in_(some)))
        if self.log:
            self.connection.execute(LINK_CHANGES.insert(), self.log)
