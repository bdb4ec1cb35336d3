"""Where the nodes of a network stand: the same ties give the same places, and no two nodes cover each other.

Springs after Fruchterman and Reingold (1991) from a circle in the order of names, then nodes that are too near are
pushed apart, and what is still too near after that is put on the nearest free place of a grid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]

_ROUNDS: Final = 300
_PUSHES: Final = 200


def placed(
    nodes: Sequence[str], ties: Mapping[tuple[str, str], float], width: float, height: float, apart: float
) -> dict[str, tuple[float, float]]:
    """NODES in a frame of WIDTH and HEIGHT from 0, at least APART from each other; TIES have weights above 0.

    The frame has to have room: at least `least_height`.
    """
    if not nodes:
        return {}
    order = sorted(nodes)
    number = {node: at for at, node in enumerate(order)}
    weights = np.zeros((len(order), len(order)))
    for (one, other), weight in ties.items():
        weights[number[one], number[other]] = weights[number[other], number[one]] = weight
    found = _filling(_sprung(weights), width, height)
    found = _pushed(found, width, height, apart)
    return {
        node: (float(x), float(y)) for node, (x, y) in zip(order, _on_grid(found, width, height, apart), strict=True)
    }


def least_height(number: int, width: float, apart: float) -> float:
    """A frame that is so high has a free place for each of NUMBER nodes, with room to spare."""
    across = max(1, int(width / apart))
    return (-(-number // across) + 1) * apart * 1.1


def _sprung(weights: Places) -> Places:
    """Places in no unit: tied nodes near each other, others far."""
    number = len(weights)
    angles = np.arange(number) * 2 * np.pi / number
    places = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    pull = np.sqrt(weights / weights.max()) if weights.max() > 0 else weights
    near = 2 / np.sqrt(number)
    for turn in range(_ROUNDS):
        apart = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-4)
        force = near**2 / distance**2 - pull * distance / near
        moves = (apart * force[:, :, None]).sum(axis=1) - 0.5 * places
        length = np.maximum(np.sqrt((moves**2).sum(axis=1, keepdims=True)), 1e-9)
        heat = 0.2 * (1 - turn / _ROUNDS) + 0.002
        places = places + moves / length * np.minimum(length, heat)
    return np.round(places, 6)


def _filling(places: Places, width: float, height: float) -> Places:
    """PLACES stretched over the frame; what is a point or a line stays in the middle of it."""
    low, high = places.min(axis=0), places.max(axis=0)
    size = np.array([width, height])
    span = high - low
    scaled = np.where(span > 1e-9, (places - low) / np.maximum(span, 1e-9), 0.5)
    if len(places) > 4:  # half by order: the thick of it gets more room, and what is far off comes nearer
        ranks = places.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / (len(places) - 1)
        scaled = np.where(span > 1e-9, (scaled + ranks) / 2, scaled)
    return np.asarray(scaled * size)


def _pushed(places: Places, width: float, height: float, apart: float) -> Places:
    """PLACES, pushed apart within the frame."""
    size = np.array([width, height])
    for _ in range(_PUSHES):
        between = places[:, None, :] - places[None, :, :]
        distance = np.sqrt((between**2).sum(axis=2))
        np.fill_diagonal(distance, np.inf)
        if distance.min() >= apart:
            break
        too_near = np.maximum(apart * 1.02 - distance, 0)
        way = between / np.maximum(distance, 1e-6)[:, :, None]
        places = np.clip(places + (way * too_near[:, :, None] / 2).sum(axis=1), 0, size)
    return places


def _on_grid(places: Places, width: float, height: float, apart: float) -> Places:
    """PLACES as they are where none are too near; else each on the nearest grid point that is left."""
    between = np.sqrt(((places[:, None, :] - places[None, :, :]) ** 2).sum(axis=2))
    np.fill_diagonal(between, np.inf)
    if between.min() >= apart:
        return places
    columns, rows = int(width / apart) + 1, int(height / apart) + 1
    xs, ys = np.linspace(0, width, columns), np.linspace(0, height, rows)
    free = np.array([(x, y) for y in ys for x in xs])
    taken = np.zeros(len(free), dtype=bool)
    found = np.empty_like(places)
    for at, place in enumerate(places):
        away = ((free - place) ** 2).sum(axis=1)
        away[taken] = np.inf
        best = int(away.argmin())
        taken[best], found[at] = True, free[best]
    return found
