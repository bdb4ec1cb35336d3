"""Makes the outlines that maps are drawn on out of Natural Earth's, as the npm package world-atlas 2 has them.

    python -m training.outlines countries-50m.json src/dragoman/plots/data/outlines.txt

Lines are simplified (Douglas and Peucker 1973), islands that are too small to be seen left out, and coordinates rounded
to hundredths of a degree. Coasts and borders are told apart: a border is a line that two countries share.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Point = tuple[float, float]

TOLERANCE = 0.07
"""How far a line may run from where it ran, in degrees."""

LEAST_AREA = 0.02
"""Smaller islands are left out, in square degrees."""

HEAD = """\
# Outlines of land and borders, from Natural Earth 4.1 at 1:50 million (public domain, naturalearthdata.com), taken from
# the TopoJSON of world-atlas 2.0.2 and simplified by training/outlines.py. Borders are those of who controls, as
# Natural Earth has them; no view on whose right a border is goes with them.
# A line: L (a ring of land) or B (a border), then longitude and latitude of the first point and the steps from there to
# each next one, all in hundredths of a degree.
"""


def arcs_of(atlas: dict[str, Any]) -> list[list[Point]]:
    """The lines of a TopoJSON file in degrees."""
    (wide, high), (left, low) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * wide + left, y * high + low))
        found.append(points)
    return found


def simplified(points: list[Point]) -> list[Point]:
    """POINTS without those that lie within TOLERANCE of the line through the others."""
    if len(points) < 3:
        return points
    if points[0] == points[-1]:  # a ring: cut where it is farthest from its beginning
        (x, y) = points[0]
        far = max(range(len(points)), key=lambda at: abs(points[at][0] - x) + abs(points[at][1] - y))
        return simplified(points[: far + 1])[:-1] + simplified(points[far:]) if far else points[:1]
    at, away = max(((n, _away(p, points[0], points[-1])) for n, p in enumerate(points)), key=lambda pair: pair[1])
    if away <= TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: at + 1])[:-1] + simplified(points[at:])


def _away(point: Point, one: Point, other: Point) -> float:
    dx, dy = other[0] - one[0], other[1] - one[1]
    along = dx * dx + dy * dy
    share = max(0.0, min(1.0, ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / along)) if along else 0.0
    return float(((point[0] - one[0] - share * dx) ** 2 + (point[1] - one[1] - share * dy) ** 2) ** 0.5)


def rings_of(shape: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a shape, as numbers of arcs."""
    if shape["type"] == "Polygon":
        yield from shape["arcs"]
    for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else ():
        yield from polygon
    for inner in shape.get("geometries", ()):
        yield from rings_of(inner)


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _area(ring: list[Point]) -> float:
    turned = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turned)) / 2


def flat(ring: list[Point]) -> Iterator[list[Point]]:
    """RING as rings of a flat map: what crosses the line of the date is cut there, and a pole that it goes around is
    taken in along the lower edge."""
    points = [ring[0]]
    for x, y in ring[1:]:
        turns = round((points[-1][0] - x) / 360)
        points.append((x + 360 * turns, y))
    if abs(points[-1][0] - points[0][0]) > 180:
        points += [(points[-1][0], -90.0), (points[0][0], -90.0)]
    for shift in (0.0, 360.0, -360.0):
        if len(inside := _between([(x + shift, y) for x, y in points], -180.0, 180.0)) > 2:
            yield inside


def _between(ring: list[Point], west: float, east: float) -> list[Point]:
    """The part of RING between two meridians (Sutherland and Hodgman 1974)."""
    for edge, sign in ((west, 1), (east, -1)):
        kept: list[Point] = []
        for at, (x, y) in enumerate(ring):
            before_x, before_y = ring[at - 1]
            if (sign * (x - edge) >= 0) != (sign * (before_x - edge) >= 0):
                share = (edge - before_x) / (x - before_x)
                kept.append((edge, before_y + share * (y - before_y)))
            if sign * (x - edge) >= 0:
                kept.append((x, y))
        ring = kept
    return ring


def _line(kind: str, points: list[Point]) -> str:
    rounded = [(round(x * 100), round(y * 100)) for x, y in points]
    kept = [point for at, point in enumerate(rounded) if not at or point != rounded[at - 1]]
    numbers = list(kept[0])
    for (x1, y1), (x2, y2) in zip(kept, kept[1:], strict=False):
        numbers += [x2 - x1, y2 - y1]
    return f"{kind} {' '.join(map(str, numbers))}"


def main(source: str, target: str) -> None:
    """Write TARGET."""
    atlas = json.loads(Path(source).read_text(encoding="utf-8"))
    raw = arcs_of(atlas)
    arcs = [simplified(points) for points in raw]
    used = Counter(n if n >= 0 else ~n for ring in rings_of(atlas["objects"]["countries"]) for n in ring)
    lines = []
    for ring in rings_of(atlas["objects"]["land"]):
        whole, points = _joined(ring, raw), _joined(ring, arcs)
        if len(points) > 3 and max(map(_area, flat(whole)), default=0.0) >= LEAST_AREA:
            lines += [_line("L", part) for part in flat(points)]
    lines += [_line("B", arcs[number]) for number, times in sorted(used.items()) if times > 1]
    Path(target).write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
