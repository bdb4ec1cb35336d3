"""Numbers over time: a mark for each, as wide as the time that it is of; outlines for what is only aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

from dragoman.plots.canvas import Canvas, Caption, Look
from dragoman.plots.keys import time_axis
from dragoman.plots.scales import TimeScale, padded

HEIGHT: Final = 180.0
GUTTER: Final = 76.0
"""Units on the left, for the numbers of the axis."""
STEPS: Final = 4
SHORTEST: Final = 4.0
"""Units; what would be narrower is a dot."""


@dataclass(frozen=True, slots=True)
class Point:
    """A number of the time between two ISO days, both inclusive; `aimed`: a target, a plan. `label` names it whole."""

    start: str
    end: str
    value: float
    label: str
    aimed: bool = False


def points(given: Sequence[Point], caption: Caption, look: Look) -> str:
    """The SVG of the points GIVEN, on an axis that holds zero."""
    canvas = Canvas(look)
    canvas.head(caption)
    if not given:
        canvas.none()
        return canvas.document(caption)
    ticks = _ticks(min(0.0, *(p.value for p in given)), max(0.0, *(p.value for p in given)))
    top, low, high = canvas.y + 10, ticks[0], ticks[-1]

    def at(value: float) -> float:
        return top + HEIGHT * (high - value) / (high - low)

    for tick in ticks:
        canvas.line(canvas.left + GUTTER, at(tick), canvas.right, at(tick), "soft" if tick == 0 else "rule")
        canvas.text(canvas.left + GUTTER - 6, at(tick) + 4, _named(tick), anchor="end")
    first, last = padded(min(p.start for p in given), max(p.end for p in given))
    scale = TimeScale.between(first, last, canvas.left + GUTTER, canvas.right)
    time_axis(canvas, scale, top, top + HEIGHT)
    for point in given:
        left, right = scale.bounds(point.start, point.end)
        y, middle = at(point.value), (left + right) / 2
        with canvas.group(point.label):
            if right - left > SHORTEST:
                canvas.line(left, y, right, y, "ink", 2, dashed=point.aimed)
            canvas.circle(middle, y, 3.5, None if point.aimed else "ink", "ink")
    canvas.y = top + HEIGHT + 16
    return canvas.document(caption)


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers from LOW or below it to HIGH or above it."""
    rough = max(high - low, 1e-9) / STEPS
    size = 10.0 ** floor(log10(rough))
    step = next(size * lead for lead in (1, 2, 5, 10) if size * lead >= rough)
    return [number * step for number in range(floor(low / step), max(ceil(high / step), floor(low / step) + 1) + 1)]


def _named(value: float) -> str:
    for size, word in ((1e12, "trn"), (1e9, "bn"), (1e6, "M")):
        if abs(value) >= size:
            return f"{value / size:g} {word}"
    return f"{value:,.6g}"
