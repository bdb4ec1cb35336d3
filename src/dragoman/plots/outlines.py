"""Outlines of land and borders, and what of them lies in a part of the world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float]

CREDIT: Final = (
    "Outlines: Natural Earth (public domain); borders as controlled, without a view on whose they are by right."
)

NEAR: Final = 1.2
"""Units; a point nearer to the one before is left out, and so is an island that is smaller."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the world, in degrees, and where it is drawn: a degree of latitude is as high everywhere."""

    west: float
    south: float
    east: float
    north: float
    left: float
    top: float
    width: float
    height: float

    def place(self, lon: float, lat: float) -> Point:
        """Where a point of the earth is drawn."""
        x = self.left + (lon - self.west) / (self.east - self.west) * self.width
        y = self.top + (self.north - lat) / (self.north - self.south) * self.height
        return x, y


def outlines(kind: str) -> Iterator[list[Point]]:
    """Rings of land (`L`) or lines of borders (`B`), as longitude and latitude in degrees."""
    text = (files("dragoman.plots") / "data" / "outlines.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith(f"{kind} "):
            yield _points([int(number) for number in line.split()[1:]])


def _points(numbers: Sequence[int]) -> list[Point]:
    x = y = 0
    points = []
    for at in range(0, len(numbers), 2):
        x, y = x + numbers[at], y + numbers[at + 1]
        points.append((x / 100, y / 100))
    return points


def land(frame: Frame) -> str:
    """The path of all land in FRAME, cut off at its edges."""
    parts = []
    for ring in outlines("L"):
        if not _apart(ring, frame):
            points = _thinned([frame.place(*point) for point in _cut(ring, frame)])
            if len(points) > 2 and _size(points) > NEAR:
                parts.append(_d(points) + "z")
    return "".join(parts)


def borders(frame: Frame) -> str:
    """The path of all borders in FRAME."""
    parts = []
    for line in outlines("B"):
        for run in () if _apart(line, frame) else _runs(line, frame):
            parts.append(_d(_thinned([frame.place(*point) for point in run])))
    return "".join(parts)


def _d(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _apart(points: Sequence[Point], frame: Frame) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(xs) < frame.west or min(xs) > frame.east or max(ys) < frame.south or min(ys) > frame.north


def _size(points: Sequence[Point]) -> float:
    """The longer side of the box around POINTS."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _thinned(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for at, (x, y) in enumerate(points):
        if not kept or at == len(points) - 1 or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= NEAR:
            kept.append((x, y))
    return kept


def _cut(ring: Sequence[Point], frame: Frame) -> list[Point]:
    """The part of RING within FRAME, by its four edges in turn (Sutherland and Hodgman 1974)."""
    found = list(ring)
    for axis, edge, sign in ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1)):
        kept: list[Point] = []
        for at, point in enumerate(found):
            before = found[at - 1]
            inside, was = sign * (point[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
            if inside != was:
                kept.append(_meeting(before, point, axis, edge))
            if inside:
                kept.append(point)
        found = kept
    return found


def _meeting(one: Point, other: Point, axis: int, edge: float) -> Point:
    share = (edge - one[axis]) / (other[axis] - one[axis])
    across = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
    return (edge, across) if axis == 0 else (across, edge)


def _runs(line: Sequence[Point], frame: Frame) -> Iterator[list[Point]]:
    """The parts of LINE within FRAME."""
    run: list[Point] = []
    for one, other in zip(line, line[1:], strict=False):
        piece = _piece(one, other, frame)
        if piece and run and run[-1] == piece[0]:
            run.append(piece[1])
            continue
        if len(run) > 1:
            yield run
        run = list(piece) if piece else []
    if len(run) > 1:
        yield run


def _piece(one: Point, other: Point, frame: Frame) -> tuple[Point, Point] | None:
    """The part of a straight line within FRAME (Liang and Barsky 1984)."""
    first, last = 0.0, 1.0
    dx, dy = other[0] - one[0], other[1] - one[1]
    for way, room in (
        (-dx, one[0] - frame.west),
        (dx, frame.east - one[0]),
        (-dy, one[1] - frame.south),
        (dy, frame.north - one[1]),
    ):
        if way == 0 and room < 0:
            return None
        if way < 0:
            first = max(first, room / way)
        elif way > 0:
            last = min(last, room / way)
    if first > last:
        return None
    start = one if first == 0 else (one[0] + first * dx, one[1] + first * dy)
    end = other if last == 1 else (one[0] + last * dx, one[1] + last * dy)
    return start, end
