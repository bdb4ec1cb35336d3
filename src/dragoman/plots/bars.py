"""Bars on both sides of an axis of time: cooperation upwards, conflict downwards, from zero on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.plots.canvas import Canvas, label_box
from dragoman.plots.scales import TimeScale, count_step, short
from dragoman.plots.theme import SIZE, Colour

WIDEST_BAR: Final = 40.0
GUTTER: Final = 84.0
NARROW_GUTTER: Final = 40.0
"""Units left of the bars, for the numbers of the axis and, where there is room, the names of its sides."""

NARROW: Final = 640
"""Units; in a narrower drawing the key alone names the sides."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The counts of the time from one ISO day to another, both inclusive; `told` is the same in words."""

    start: str
    end: str
    told: str
    up: int = 0
    down: int = 0
    planned_up: int = 0
    planned_down: int = 0


@dataclass(frozen=True, slots=True)
class Axis:
    """Where zero is, how many units an event is high, and what the axis reaches to on both sides."""

    zero: float
    unit: float
    up: int
    down: int
    step: int


def gutter(canvas: Canvas) -> float:
    """Units left of the bars."""
    return GUTTER if canvas.look.width >= NARROW else NARROW_GUTTER


def two_sided(canvas: Canvas, scale: TimeScale, bars: Sequence[Bar], height: float, least: int) -> Axis:
    """Draw BARS from the canvas's `y` down, HEIGHT units in all; an axis never stands for fewer than LEAST events."""
    axis = _axis(canvas.y, bars, height, least)
    _numbers(canvas, scale, axis)
    for bar in bars:
        if bar.up or bar.down or bar.planned_up or bar.planned_down:
            with canvas.group(bar.told):
                _bar(canvas, scale, bar, axis)
    canvas.line(scale.left, axis.zero, scale.right, axis.zero, "soft")
    canvas.y += height
    return axis


def _axis(top: float, bars: Sequence[Bar], height: float, least: int) -> Axis:
    up = max((bar.up + bar.planned_up for bar in bars), default=0)
    down = max((bar.down + bar.planned_down for bar in bars), default=0)
    step = count_step(max(up, down, least), 4 if height > 120 else 2)
    up, down = (-(-side // step) * step for side in (up, down))
    if up + down < least:
        up, down = (least, 0) if up and not down else (0, least) if down and not up else (least, least)
    unit = height / max(1, up + down)
    return Axis(top + up * unit, unit, up, down, step)


def _numbers(canvas: Canvas, scale: TimeScale, axis: Axis) -> None:
    """The numbers of the axis, each only where it has room; zero gives way to the ends."""
    crowded = axis.step * axis.unit < SIZE + 4
    for number in range(-axis.down, axis.up + 1, axis.step):
        y = axis.zero - number * axis.unit
        if number:
            canvas.line(scale.left, y, scale.right, y)
        shortest = min(side for side in (axis.up, axis.down) if side)
        if (
            number in (axis.up, -axis.down)
            and number
            or not crowded
            or (number == 0 and shortest * axis.unit >= SIZE + 4)
        ):
            canvas.text(scale.left - 6, y + 4, short(abs(number)), anchor="end")


def name_sides(canvas: Canvas, scale: TimeScale, axis: Axis) -> None:
    """The names of the sides, left of the axis, where the drawing is wide enough."""
    if canvas.look.width < NARROW:
        return
    sides: tuple[tuple[Colour, int, int], ...] = (("cooperation", axis.up, -1), ("conflict", axis.down, 1))
    for side, reach, sign in sides:
        middle = axis.zero + sign * reach * axis.unit / 2
        places = (middle + aside for aside in (4, -4, 12, -12, 20) if reach * axis.unit > 40)
        y = next((y for y in places if canvas.free(label_box(canvas.left, y, side))), None)
        if y is not None:
            canvas.text(canvas.left, y, side, side)


def _bar(canvas: Canvas, scale: TimeScale, bar: Bar, axis: Axis) -> None:
    first, last = scale.bounds(bar.start, bar.end)
    gap = min(4.0, (last - first) * 0.3)
    wide = min(last - first - gap, WIDEST_BAR)
    x = (first + last - wide) / 2
    sides: tuple[tuple[Colour, int, int, int], ...] = (
        ("cooperation", -1, bar.up, bar.planned_up),
        ("conflict", 1, bar.down, bar.planned_down),
    )
    for side, sign, happened, planned in sides:
        for number, before, outline in ((happened, 0, False), (planned, happened, True)):
            high = number * axis.unit
            y = axis.zero - before * axis.unit - high if sign < 0 else axis.zero + before * axis.unit
            canvas.bar(x, y, wide, high, side, outline)
