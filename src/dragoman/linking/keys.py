"""Under which keys an event is found: two events that may be one happening share a key, or the acts alone differ in it.

A key is what an event stands to be ("done"), its act, and two countries ("CHN USA"), a country and a name of it
("USA:niss", the first letters), or, where it has neither, its country and the word that says it ("SYR#mourn"). So
candidates are found by an index; a country alone is no key, as its day has too many events.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from dragoman.facts import Actor
from dragoman.linking.agreeing import ACT_GROUPS, MUTUAL, is_named
from dragoman.linking.told import Told, Window

MOST_COUNTRIES: Final = 5
"""Of more countries, the first by the alphabet: who shares twenty-seven parties shares these."""

MOST_NAMES: Final = 6

NAME_LETTERS: Final = 4
"""Letters of a last name in a key: spellings differ towards the end."""


def keys(event: Told) -> tuple[str, ...]:
    """The keys of EVENT, in order; none where no party of it has a country or a name."""
    return tuple(f"{event.standing} {event.act} {party}" for party in _parties(event))


def asked(event: Told) -> tuple[str, ...]:
    """The keys of events that may be one happening with EVENT: its own, and the same with acts that agree with its."""
    acts = sorted({event.act}.union(*(group for group in ACT_GROUPS if event.act in group)))
    return tuple(f"{event.standing} {act} {party}" for act in acts for party in _parties(event))


def _parties(event: Told) -> list[str]:
    found = {*_pairs(event), *_names(event)}
    return sorted(found or _alone(event))


def _pairs(event: Told) -> Iterator[str]:
    for low, high in combinations(_countries(event.parties)[:MOST_COUNTRIES], 2):
        yield f"{low} {high}"


def _countries(actors: tuple[Actor, ...]) -> list[str]:
    return sorted({actor.country for actor in actors if actor.country})


def _names(event: Told) -> Iterator[str]:
    for actor in [actor for actor in event.parties if is_named(actor)][:MOST_NAMES]:
        yield f"{actor.country or '-'}:{actor.name.casefold().split()[-1][:NAME_LETTERS]}"


def _alone(event: Told) -> Iterator[str]:
    if event.stem:
        yield from (f"{country}#{event.stem}" for country in _countries(event.parties))


def signature(event: Told, window: Window) -> str:
    """What the field takes for one event: one act between the same parties on one day (or told as news of one day).

    Empty where an event has no party; then it is like no other.
    """
    sides = [event.source, event.target]
    if event.reciprocal or event.act in MUTUAL:
        sides = [event.parties, ()]
    named = [",".join(sorted({actor.country or actor.name for actor in side})) for side in sides]
    if not any(named):
        return ""
    days = f"{window.first}-{window.last}" if window.dated else f"{window.last}"
    return f"{event.standing} {event.act} {' > '.join(named)} {days}"
