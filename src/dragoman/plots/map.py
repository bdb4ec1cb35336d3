"""Where things happened: half-discs at the places that reports name, cooperation upwards and conflict downwards.

The area of a half-disc is in proportion to the events; what was only planned is a dashed rim around what happened.
There is a point only where a report gives a place: a country is never a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt
from typing import Final

from dragoman.plots.canvas import Anchor, Canvas, Caption, Look, label_box
from dragoman.plots.fitting import Box, counted
from dragoman.plots.keys import Entry, key
from dragoman.plots.outlines import CREDIT, Frame, borders, land
from dragoman.plots.theme import SIZE, Colour

LARGEST: Final = 24.0
LARGEST_OF_MANY: Final = 11.0
SMALLEST: Final = 3.5
"""Units of a half-disc's radius: of that with most events, where places are few and where they are many."""

LEAST_SPAN: Final = 16.0
"""Degrees of longitude that are shown at least: one city alone still has its surroundings."""

MOST_NAMES: Final = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """Events at one place, which is a point on the earth, in degrees."""

    name: str
    lat: float
    lon: float
    up: int = 0
    down: int = 0
    planned_up: int = 0
    planned_down: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.up + self.down + self.planned_up + self.planned_down


def draw_map(spots: Sequence[Spot], nowhere: int, caption: Caption, look: Look, with_borders: bool = True) -> str:
    """The SVG of SPOTS. NOWHERE is how many events have no place that is a point."""
    canvas = Canvas(look)
    canvas.head(caption)
    if not spots:
        more = f" No report gives a place of the {counted(nowhere, 'event')} found." if nowhere else ""
        canvas.none(f"No data: there is no point to draw.{more}")
        return canvas.document(caption)
    _key(canvas)
    frame = framed(spots, canvas.left, canvas.y + 4, canvas.right - canvas.left)
    ground: Colour = "rule"
    canvas.path(land(frame), ground)
    if with_borders and (lines := borders(frame)):
        canvas.path(lines, None, "paper", 0.9)
    _edge(canvas, frame)
    _spots(canvas, frame, spots)
    canvas.y = frame.top + frame.height + 4
    canvas.notes(
        [
            f"At no place that is a point, and not drawn: {counted(nowhere, 'event')}." if nowhere else "",
            CREDIT if with_borders else CREDIT.partition(";")[0] + ".",
        ]
    )
    return canvas.document(caption)


def framed(spots: Sequence[Spot], left: float, top: float, width: float) -> Frame:
    """The part of the world around SPOTS, with room about them; beyond half of the world all of it."""
    west, east = min(s.lon for s in spots), max(s.lon for s in spots)
    south, north = min(s.lat for s in spots), max(s.lat for s in spots)
    if east - west > 150:
        return _frame(-180, 180, min(-58, south - 4), max(84, north + 4), left, top, width, 1.0)
    squeeze = max(0.3, cos(radians((south + north) / 2)))
    wide = max((east - west) * 1.3, LEAST_SPAN)
    high = max((north - south) * 1.4, wide * squeeze * 0.5)
    wide = max(wide, high / squeeze / 0.8)
    if wide >= 300 or high >= 130:
        return _frame(-180, 180, min(-58, south - 4), max(84, north + 4), left, top, width, 1.0)
    west, east = _within((west + east) / 2, wide, -180, 180)
    south, north = _within((south + north) / 2, high, -90, 90)
    return _frame(west, east, south, north, left, top, width, squeeze)


def _within(middle: float, size: float, low: float, high: float) -> tuple[float, float]:
    start = min(max(middle - size / 2, low), max(low, high - size))
    return start, min(start + size, high)


def _frame(
    west: float, east: float, south: float, north: float, left: float, top: float, width: float, squeeze: float
) -> Frame:
    south, north = max(south, -90), min(north, 90)
    height = width * (north - south) / ((east - west) * squeeze)
    return Frame(west, south, east, north, left, top, width, height)


def _key(canvas: Canvas) -> None:
    def up(to: Canvas, x: float, y: float) -> None:
        to.path(half(x, y + 3, 7, True), "cooperation")

    def down(to: Canvas, x: float, y: float) -> None:
        to.path(half(x, y - 3, 7, False), "conflict")

    def rim(to: Canvas, x: float, y: float) -> None:
        to.path(half(x, y + 3, 7, True), None, "cooperation", 1.2, dashed=True)

    entries = (
        Entry("cooperation (upper half)", up),
        Entry("conflict (lower half)", down),
        Entry("scheduled or proposed then (rim)", rim),
    )
    key(canvas, entries)


def _edge(canvas: Canvas, frame: Frame) -> None:
    right, bottom = frame.left + frame.width, frame.top + frame.height
    canvas.path(f"M{frame.left:.1f} {frame.top:.1f}H{right:.1f}V{bottom:.1f}H{frame.left:.1f}z", None, "rule")


def half(x: float, y: float, radius: float, upper: bool) -> str:
    """The path of a half-disc on X, Y."""
    return f"M{x - radius:.1f} {y:.1f}a{radius:.1f} {radius:.1f} 0 0 {int(upper)} {2 * radius:.1f} 0z"


@dataclass(frozen=True, slots=True)
class _Scale:
    """From events to the radius of a half-disc."""

    highest: int
    largest: float

    def radius(self, number: int) -> float:
        """In proportion to the root of NUMBER, so that areas are to each other as numbers; never too small to see."""
        return max(SMALLEST, self.largest * sqrt(number / self.highest))


def _spots(canvas: Canvas, frame: Frame, spots: Sequence[Spot]) -> None:
    highest = max(max(s.up + s.planned_up, s.down + s.planned_down) for s in spots)
    scale = _Scale(max(8, highest), max(LARGEST_OF_MANY, LARGEST - len(spots) / 8))
    ordered = sorted(spots, key=lambda s: (-s.total, s.name, s.lat, s.lon))
    discs = []
    for spot in ordered:
        x, y = frame.place(spot.lon, spot.lat)
        with canvas.group(_told(spot)):
            _half(canvas, x, y, spot.up, spot.planned_up, scale, True)
            _half(canvas, x, y, spot.down, spot.planned_down, scale, False)
        reach = scale.radius(max(spot.up + spot.planned_up, spot.down + spot.planned_down))
        discs.append(Box(x - reach, y - reach, x + reach, y + reach))
    for spot, disc in list(zip(ordered, discs, strict=True))[:MOST_NAMES]:
        _name(canvas, frame, spot.name, disc, discs)


def _half(canvas: Canvas, x: float, y: float, happened: int, planned: int, scale: _Scale, upper: bool) -> None:
    colour: Colour = "cooperation" if upper else "conflict"
    if happened:
        canvas.path(half(x, y, scale.radius(happened), upper), colour, "paper", 0.8)
    if planned:
        rim = scale.radius(happened + planned)
        rim = max(rim, scale.radius(happened) + 2.5) if happened else rim
        canvas.path(half(x, y, rim, upper), None, colour, 1.2, dashed=True)


def _told(spot: Spot) -> str:
    planned = spot.planned_up + spot.planned_down
    more = f"; planned {spot.planned_up:,} and {spot.planned_down:,}" if planned else ""
    return f"{spot.name}: cooperation {spot.up:,}, conflict {spot.down:,}{more}"


def _name(canvas: Canvas, frame: Frame, name: str, disc: Box, discs: Sequence[Box]) -> None:
    """The place's name beside its disc, where it covers neither another name nor another disc; else none."""
    x, y = (disc.left + disc.right) / 2, (disc.top + disc.bottom) / 2
    edge = Box(frame.left, frame.top, frame.left + frame.width, frame.top + frame.height)
    spots: tuple[tuple[float, float, Anchor], ...] = (
        (disc.right + 4, y + 4, "start"),
        (disc.left - 4, y + 4, "end"),
        (x, disc.top - 4, "middle"),
        (x, disc.bottom + 12, "middle"),
    )
    for at, base, anchor in spots:
        box = label_box(at, base, name, anchor, SIZE)
        if box.within(edge) and canvas.free(box) and not box.meets_any(discs):
            canvas.text(at, base, name, "ink", anchor, halo=True)
            return
