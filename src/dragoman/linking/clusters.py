"""Clusters of a block of linked things: the same ones however the block came together.

Average linkage (Sokal and Michener 1958) over whole points, so that no order of adding rounds differently: the two
clusters with the highest mean link are joined first, and no two things that rule each other out ever are.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

MEAN_SHARE: Final = 0.5
"""Two clusters are joined where the mean of all links between them, one that isn't there being 0, is at least so much
of what a single link needs: about half of the tellings on both sides have to know each other."""

_Pair: TypeAlias = tuple[int, int]


def clusters(
    number: int, links: Mapping[_Pair, int], least: int, ruled_out: Callable[[int, int], bool]
) -> list[tuple[int, ...]]:
    """Clusters of the things 0 to NUMBER - 1, which stand in an order of their own that never changes.

    LINKS has points, at least LEAST, for pairs (lower, higher). RULED_OUT is asked of pairs without a link only.
    """
    members: dict[int, tuple[int, ...]] = {i: (i,) for i in range(number)}
    sums: dict[int, dict[int, int]] = {i: {} for i in range(number)}
    for (low, high), points in links.items():
        sums[low][high] = sums[high][low] = points
    heap = [(-float(points), low, high, 1, 1) for (low, high), points in links.items()]
    heapq.heapify(heap)
    while heap and -heap[0][0] >= MEAN_SHARE * least:
        _, low, high, size, other = heapq.heappop(heap)
        if (len(members.get(low, ())), len(members.get(high, ()))) != (size, other):
            continue  # one of them has been joined with a third since
        if _apart(members[low], members[high], links, ruled_out):
            continue
        _join(low, high, members, sums)
        for neighbour, total in sums[low].items():
            first, second = min(low, neighbour), max(low, neighbour)
            sizes = (len(members[first]), len(members[second]))
            heapq.heappush(heap, (-total / (sizes[0] * sizes[1]), first, second, *sizes))
    return sorted(tuple(sorted(found)) for found in members.values())


def _apart(
    one: tuple[int, ...], other: tuple[int, ...], links: Mapping[_Pair, int], ruled_out: Callable[[int, int], bool]
) -> bool:
    pairs = ((min(a, b), max(a, b)) for a in one for b in other)
    return any(pair not in links and ruled_out(*pair) for pair in pairs)


def _join(low: int, high: int, members: dict[int, tuple[int, ...]], sums: dict[int, dict[int, int]]) -> None:
    """HIGH becomes part of LOW, and so do its links."""
    members[low] += members.pop(high)
    for neighbour, points in sums.pop(high).items():
        del sums[neighbour][high]
        if neighbour != low:
            sums[low][neighbour] = sums[neighbour][low] = sums[low].get(neighbour, 0) + points
