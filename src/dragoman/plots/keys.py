"""The key of a drawing, the marks of statuses, and axes of time: what several drawings have alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.plots.canvas import Canvas
from dragoman.plots.fitting import width_of
from dragoman.plots.scales import TimeScale
from dragoman.plots.theme import LINE, SIZE, Colour

PLANNED: Final = frozenset({"scheduled", "proposed"})
"""Statuses that are drawn as outlines: what was still to come when it was told."""

_SAMPLE: Final = 16.0

TICK_ROOM: Final = 88.0
"""Units from one name on an axis of time to the next, at least: the longest is a day with its year."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a key: `draw` puts a sample into a canvas, its middle at x and y."""

    label: str
    draw: Callable[[Canvas, float, float], None]


def key(canvas: Canvas, entries: Sequence[Entry]) -> None:
    """ENTRIES in as many lines as they need."""
    x = canvas.left
    canvas.y += LINE
    for entry in entries:
        wide = _SAMPLE + 6 + width_of(entry.label, SIZE)
        if x > canvas.left and x + wide > canvas.right:
            x = canvas.left
            canvas.y += LINE
        entry.draw(canvas, x + _SAMPLE / 2, canvas.y - 8)
        canvas.text(x + _SAMPLE + 6, canvas.y - 4, entry.label, room=canvas.right - x - _SAMPLE - 6)
        x += wide + 18
    canvas.y += 6


def bar_sample(colour: Colour, planned: bool = False) -> Callable[[Canvas, float, float], None]:
    """A sample of a bar."""
    return lambda canvas, x, y: canvas.bar(x - 7, y - 5, 14, 10, colour, planned)


def sides_key(canvas: Canvas) -> None:
    """The key of bars above and below an axis."""
    key(
        canvas,
        (
            Entry("cooperation, happened or under way (up)", bar_sample("cooperation")),
            Entry("conflict (down)", bar_sample("conflict")),
            Entry("scheduled or proposed then", _both_planned),
        ),
    )


def _both_planned(canvas: Canvas, x: float, y: float) -> None:
    canvas.bar(x - 8, y - 5, 8, 10, "cooperation", True)
    canvas.bar(x + 1, y - 5, 8, 10, "conflict", True)


def status_mark(canvas: Canvas, x: float, y: float, status: str, colour: Colour = "ink") -> None:
    """The mark of an event's status with its middle at X, Y, in the shapes that stand before facts on the pages."""
    if status == "happened":
        canvas.circle(x, y, 5, colour)
    elif status == "ongoing":
        canvas.circle(x, y, 4.4, None, colour, 1.3)
        canvas.path(f"M{x:.1f} {y - 4.4:.1f}a4.4 4.4 0 0 0 0 8.8z", colour)
    elif status == "scheduled":
        canvas.circle(x, y, 4.4, None, colour, 1.3)
    elif status == "proposed":
        canvas.circle(x, y, 4.4, None, colour, 1.3, dashed=True)
    elif status == "denied":
        d = f"M{x - 4:.1f} {y - 4:.1f}l8 8M{x + 4:.1f} {y - 4:.1f}l-8 8"
        canvas.path(d, None, colour, 1.6)
    elif status == "claimed":
        for at in (x - 4.5, x + 0.5):
            canvas.path(
                f"M{at + 3:.1f} {y - 4:.1f}q-3 1 -3 4a1.700 1.700 0 1 0 1.700 -1.700q0 -1 1.300 -1.800z", colour
            )
    else:
        canvas.path(
            f"M{x - 2.6:.1f} {y - 1.8:.1f}c0-1.800 1.200-2.800 2.700-2.800s2.600 1 2.600 2.400c0 2-2.600 2.100-2.600 4",
            None,
            colour,
            1.5,
        )
        canvas.circle(x + 0.1, y + 4.3, 1, colour)


def time_lines(canvas: Canvas, scale: TimeScale, top: float, bottom: float) -> None:
    """Hairlines from TOP to BOTTOM where months, years or more begin."""
    for tick in scale.ticks(TICK_ROOM):
        x = scale.start(tick.day)
        canvas.line(x, top, x, bottom)


def time_axis(canvas: Canvas, scale: TimeScale, top: float, bottom: float, right: float | None = None) -> None:
    """The same, named below, up to RIGHT or the edge of the drawing; a name without room is left out."""
    time_lines(canvas, scale, top, bottom)
    for tick in scale.ticks(TICK_ROOM):
        x = scale.start(tick.day)
        if x + 3 + width_of(tick.label, SIZE) <= (canvas.right if right is None else right):
            canvas.text(x + 3, bottom + 12, tick.label)
