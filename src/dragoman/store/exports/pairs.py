"""An event with several parties as one row for each source and target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product
from typing import TypeAlias

from dragoman.facts import Actor
from dragoman.store.exports.events import ExportedEvent

_Pair: TypeAlias = tuple[Actor | None, Actor | None]


def pairs_of(event: ExportedEvent) -> Iterator[ExportedEvent]:
    """EVENT once for each pair of its parties, numbered from 1.

    What several did together becomes a row each way between any two of them, of unlike countries where there are such.
    A party without a counterpart makes a row with one empty side.
    """
    found = _together(event.source) if event.reciprocal else list(product(_side(event.source), _side(event.target)))
    for number, (source, target) in enumerate(found, 1):
        yield replace(
            event,
            id=event.id if len(found) == 1 else f"{event.id}.{number}",
            source=(source,) if source else (),
            target=(target,) if target else (),
            pair=number,
            pairs=len(found),
        )


def _side(actors: tuple[Actor, ...]) -> tuple[Actor | None, ...]:
    return actors or (None,)


def _together(actors: tuple[Actor, ...]) -> list[_Pair]:
    every = list(permutations(actors, 2))
    unlike = [(one, other) for one, other in every if one.country is None or one.country != other.country]
    return [*(unlike or every)] or [(actor, None) for actor in _side(actors)]
