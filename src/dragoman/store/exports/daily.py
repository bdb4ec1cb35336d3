"""One a day: what several reports tell of one day, one source, one target and one type becomes one row.

The filter is the field's usual one against counting an event once for each report. Kept apart all the same: other
status, background or not, and other dates; a date that isn't known is the same as no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TypeAlias

from dragoman.facts import Actor
from dragoman.store.exports.cells import one_line
from dragoman.store.exports.events import ExportedEvent, Telling

_Party: TypeAlias = tuple[str, str]
_Key: TypeAlias = tuple[object, ...]


def one_a_day(events: Iterable[ExportedEvent]) -> Iterator[ExportedEvent]:
    """EVENTS, which come in the order of their dates, joined; held in memory are those of one date at a time.

    The row with the highest confidence stands for those joined with it; the first read where several are equal.
    """
    for order, same in groupby(events, key=_order):
        if not order:
            yield from same
            continue
        found: dict[_Key, list[ExportedEvent]] = {}
        for event in same:
            found.setdefault(_key(event), []).append(event)
        yield from map(_join, found.values())


def _order(event: ExportedEvent) -> str:
    return event.date.start or event.date.end or ""


def _key(event: ExportedEvent) -> _Key:
    date = (event.date.start, event.date.end, event.date.approx)
    sides = (_parties(event.source), _parties(event.target), event.reciprocal)
    return (*date, *sides, event.type, event.status, event.fact.background)


def _parties(actors: tuple[Actor, ...]) -> tuple[_Party, ...]:
    """Who is meant, by country and sector, or by name where there is no country."""
    return tuple(sorted({(actor.country or actor.name, actor.sector or "") for actor in actors}))


def _join(events: list[ExportedEvent]) -> ExportedEvent:
    best = max(events, key=lambda event: (event.confidence, -event.fact.seq, -event.pair))
    rest = [event for event in events if event is not best]
    tellings = tuple(dict.fromkeys(telling for event in (best, *rest) for telling in event.tellings))
    reports = len({telling.report for telling in tellings})
    known = max(events, key=lambda event: (event.reports, event.sources))
    if known.reports >= reports > 1:  # the record has linked them, and has compared their texts
        return replace(best, tellings=tellings, reports=known.reports, sources=known.sources)
    return replace(best, tellings=tellings, reports=reports, sources=max(known.sources, independent(tellings)))


def independent(tellings: tuple[Telling, ...]) -> int:
    """How many of TELLINGS do not repeat one another: those of one outlet or in the same words are one source."""
    group = list(range(len(tellings)))
    seen: dict[tuple[str, str], int] = {}
    for number, telling in enumerate(tellings):
        for key in _marks(telling):
            if (first := seen.setdefault(key, number)) != number:
                _unite(group, first, number)
    return len({_root(group, number) for number in group})


def _marks(telling: Telling) -> Iterator[tuple[str, str]]:
    yield ("words", one_line(telling.quote).casefold())
    yield ("report", telling.report)
    if telling.outlet:
        yield ("outlet", telling.outlet.casefold())


def _unite(group: list[int], one: int, other: int) -> None:
    group[_root(group, other)] = _root(group, one)


def _root(group: list[int], number: int) -> int:
    while group[number] != number:
        number = group[number]
    return number
