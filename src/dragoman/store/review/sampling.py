"""Drawing facts for review: from every kind, type and status, and within these from all outlets.

Which facts are drawn follows from the seed and the facts' names alone, so that the same record gives the same sample
in every database.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.store.query import FactFilter, StoredFact, restriction, stored_rows
from dragoman.store.record import Record, now
from dragoman.store.tables import FACTS, REPORTS, SAMPLED, SAMPLES

MOST_FACTS: Final = 10_000
"""No sample is larger."""

_STREAM_ROWS: Final = 10_000
_Cell: TypeAlias = tuple[str, str, str, str]
"""Kind, type, status, outlet; empty text where there is none."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """Facts of one kind, type and status: how many the record had when the sample was drawn, and how many are in it."""

    name: str
    facts: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Item:
    """A fact of a sample, as it was when it was drawn; `number` counts from 1, `stratum` in `Sample.strata` from 0."""

    number: int
    stratum: int
    fact: StoredFact


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample with its facts in the order in which they are asked."""

    key: int
    name: str
    seed: int
    drawn_at: str
    strata: tuple[Stratum, ...]
    items: tuple[Item, ...]


def sample(record: Record, name: str) -> Sample | None:
    """The sample of that name, or None."""
    with record.reading() as connection:
        head = connection.execute(sa.select(SAMPLES).where(SAMPLES.c.name == name)).first()
        if head is None:
            return None
        which = SAMPLED.c.sample_key == head.key
        rows = connection.execute(sa.select(SAMPLED).where(which).order_by(SAMPLED.c.number)).all()
        inside = sa.select(SAMPLED.c.seq).where(which)
        facts = {fact.seq: fact for fact in stored_rows(connection, FACTS.c.seq.in_(inside))}
    strata = tuple(Stratum(*stratum) for stratum in head.strata)
    items = tuple(Item(row.number, row.stratum, facts[row.seq]) for row in rows)
    return Sample(head.key, head.name, head.seed, head.drawn_at, strata, items)


def draw(
    record: Record,
    name: str,
    size: int,
    seed: int,
    wanted: FactFilter | None = None,
    progress: Callable[[int], None] | None = None,
) -> Sample:
    """Draw SIZE facts of those that are WANTED, or all where there are fewer, and keep them as the sample NAME.

    Raises QueryError where SIZE is impossible, no fact is wanted, or there is a sample of that name.
    """
    if not 1 <= size <= MOST_FACTS:
        raise QueryError(f"size: {size} facts can't be drawn; ask for 1 to {MOST_FACTS}")
    if sample(record, name) is not None:
        raise QueryError(f"sample: there is one called {name!r} already; go on with it, or name another by --sample")
    with record.reading() as connection:
        cells = _cells(connection, record, wanted or FactFilter())
        if not cells:
            raise QueryError("sample: the record has no such facts; read reports first, or ask for others")
        strata = _strata(cells, size)
        numbers = _allotted(cells, strata, size, seed)
        picked = _picked(connection, record, wanted or FactFilter(), numbers, seed, progress)
    _keep(record, name, seed, cells, strata, picked)
    found = sample(record, name)
    assert found is not None
    return found


def _cells(connection: sa.Connection, record: Record, wanted: FactFilter) -> dict[_Cell, int]:
    """How many facts there are of each kind, type, status and outlet."""
    columns = _columns()
    statement = sa.select(*columns, sa.func.count()).join(REPORTS, REPORTS.c.key == FACTS.c.report_key)
    grouped = restriction(wanted, record).on(statement).group_by(*columns)
    found: dict[_Cell, int] = {}
    for kind, type_, status, outlet, number in connection.execute(grouped):
        cell = (kind, type_ or "", status or "", outlet or "")
        found[cell] = found.get(cell, 0) + int(number)
    return found


def _columns() -> tuple[sa.ColumnElement[Any], ...]:
    return (FACTS.c.kind, FACTS.c.type, FACTS.c.status, REPORTS.c.outlet)


def _strata(cells: Mapping[_Cell, int], size: int) -> dict[_Cell, str]:
    """Each cell's stratum; where there are more strata than facts to draw, the smallest of a kind are one."""
    sizes: dict[str, int] = {}
    for cell, number in cells.items():
        name = _name(cell)
        sizes[name] = sizes.get(name, 0) + number
    kept = set(sorted(sizes, key=lambda name: (-sizes[name], name))[: max(0, size - len({cell[0] for cell in cells}))])
    return {
        cell: name if (name := _name(cell)) in kept or len(sizes) <= size else f"{cell[0]}, others" for cell in cells
    }


def _name(cell: _Cell) -> str:
    return " ".join(part for part in cell[:3] if part)


def _allotted(cells: Mapping[_Cell, int], strata: Mapping[_Cell, str], size: int, seed: int) -> dict[_Cell, int]:
    """How many facts of each cell are drawn: strata in proportion with at least one, outlets within in proportion."""
    sizes: dict[str, int] = {}
    for cell, number in cells.items():
        sizes[strata[cell]] = sizes.get(strata[cell], 0) + number
    least = 1 if len(sizes) <= size else 0
    found: dict[_Cell, int] = {}
    for name, number in shares(sizes, size, least, seed).items():
        inside = {cell: cells[cell] for cell in cells if strata[cell] == name}
        found |= shares(inside, number, 0, seed)
    return found


def shares(sizes: Mapping[Any, int], number: int, least: int, seed: int) -> dict[Any, int]:
    """NUMBER shared out in proportion to SIZES, none getting more than its size, nor fewer than LEAST.

    What is left over after whole numbers goes to those that lack most; among equals chance decides, by SEED.
    """
    total = sum(sizes.values())
    number = min(number, total)
    exact = {key: number * size / total for key, size in sizes.items()}
    found = {key: min(sizes[key], max(least, int(exact[key]))) for key in sizes}
    order = sorted(sizes, key=lambda key: _digest(seed, repr(key)))
    while (missing := number - sum(found.values())) > 0:
        open_ = [key for key in order if found[key] < sizes[key]]
        for key in sorted(open_, key=lambda key: found[key] - exact[key])[:missing]:
            found[key] += 1
    while (over := sum(found.values()) - number) > 0:
        full = [key for key in order if found[key] > least]
        for key in sorted(full, key=lambda key: exact[key] - found[key])[:over]:
            found[key] -= 1
    return found


def _picked(
    connection: sa.Connection,
    record: Record,
    wanted: FactFilter,
    numbers: Mapping[_Cell, int],
    seed: int,
    progress: Callable[[int], None] | None,
) -> list[tuple[bytes, int, _Cell]]:
    """(digest, seq, cell) of the facts drawn, in the order of their digests: of each cell those with the lowest."""
    columns = (FACTS.c.seq, FACTS.c.id, REPORTS.c.id, *_columns())
    statement = sa.select(*columns).join(REPORTS, REPORTS.c.key == FACTS.c.report_key)
    rows = connection.execution_options(yield_per=_STREAM_ROWS).execute(restriction(wanted, record).on(statement))
    heaps: dict[_Cell, list[tuple[int, int]]] = {}
    for done, (seq, ident, report, kind, type_, status, outlet) in enumerate(rows, 1):
        cell = (kind, type_ or "", status or "", outlet or "")
        if number := numbers.get(cell, 0):
            entry = (-int.from_bytes(_digest(seed, report, ident), "big"), seq)
            heap = heaps.setdefault(cell, [])
            if len(heap) < number:
                heapq.heappush(heap, entry)
            else:
                heapq.heappushpop(heap, entry)
        if progress and done % _STREAM_ROWS == 0:
            progress(done)
    return sorted((_bytes(-rank), seq, cell) for cell, heap in heaps.items() for rank, seq in heap)


def _bytes(number: int) -> bytes:
    return number.to_bytes(16, "big")


def _digest(seed: int, *parts: str) -> bytes:
    text = "\x1f".join((str(seed), *parts))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _keep(
    record: Record,
    name: str,
    seed: int,
    cells: Mapping[_Cell, int],
    strata: Mapping[_Cell, str],
    picked: Iterable[tuple[bytes, int, _Cell]],
) -> None:
    chosen = [(seq, strata[cell]) for _, seq, cell in picked]
    names = sorted(set(strata.values()))
    rows = []
    for stratum in names:
        facts = sum(number for cell, number in cells.items() if strata[cell] == stratum)
        rows.append([stratum, facts, sum(one == stratum for _, one in chosen)])
    with record.writing() as connection:
        if connection.execute(sa.select(SAMPLES.c.key).where(SAMPLES.c.name == name)).first():
            raise QueryError(f"sample: somebody has just drawn one called {name!r}; go on with it, or name another")
        new = SAMPLES.insert().values(name=name, seed=seed, drawn_at=now(), strata=rows).returning(SAMPLES.c.key)
        key = connection.execute(new).scalar_one()
        sampled = [
            {"sample_key": key, "number": number, "seq": seq, "stratum": names.index(stratum)}
            for number, (seq, stratum) in enumerate(chosen, 1)
        ]
        connection.execute(SAMPLED.insert(), sampled)
