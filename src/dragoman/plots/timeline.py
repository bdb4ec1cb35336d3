"""A time line of two sides: cooperation upwards, conflict downwards, what was only planned as a dashed outline.

Nothing is told by colour alone: direction tells cooperation from conflict, the outline tells planned from happened.
What is known only to a longer time than a column stands below as an interval, drawn as long as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.plots.bars import Bar, gutter, name_sides, two_sided
from dragoman.plots.canvas import Anchor, Canvas, Caption, Look, label_box
from dragoman.plots.columns import Binned, Column, Stretch
from dragoman.plots.fitting import counted, fitted, width_of
from dragoman.plots.keys import sides_key, time_axis
from dragoman.plots.scales import LAST_DAY, TimeScale, ordinal
from dragoman.plots.theme import LINE, SIZE, Colour

HEIGHT: Final = 200.0
"""Units from the end of the highest column to that of the deepest."""
MARK_ROWS: Final = 5
MARK_ROOM: Final = 220.0
"""Units that a name above the columns may take."""
LEAST_HIGHEST: Final = 4
"""Of fewer events no column has the full height: one is to look like one."""
LEAST_COLUMNS: Final = 12
"""So many columns have room at least: a single one is not drawn as wide as the page."""
LANES: Final = 8
LANE: Final = 15.0
"""Rows of intervals below the columns, and the height of one."""
STUB: Final = 26.0
"""Units of the arrow of what is known to have been before or after a day, and no more."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A named turning point, on an ISO day."""

    day: str
    label: str


def timeline(bins: Binned, caption: Caption, look: Look, marks: Sequence[Mark] = ()) -> str:
    """The SVG of BINS. MARKS without room are left out, and it is said how many."""
    canvas = Canvas(look)
    canvas.head(caption)
    scale = _scale(canvas, bins)
    if scale is None:
        canvas.none(_nothing(bins))
        return canvas.document(caption)
    sides_key(canvas)
    named, unnamed = _placed(canvas, scale, marks)
    top = canvas.y
    if bins.columns:
        bars = [_bar_of(column) for column in bins.columns]
        axis = two_sided(canvas, scale, bars, HEIGHT, LEAST_HIGHEST)
        name_sides(canvas, scale, axis)
        for x, y in named:
            canvas.line(x, y, x, axis.zero, "ink")
        time_axis(canvas, scale, top, canvas.y)
        canvas.y += LINE + 3
    undrawn = _stretches(canvas, scale, bins)
    canvas.notes(_notes(bins, unnamed, undrawn))
    return canvas.document(caption)


def told(column: Column) -> str:
    """A column in words."""
    planned = column.planned_cooperation + column.planned_conflict
    more = f"; planned {column.planned_cooperation} and {column.planned_conflict}" if planned else ""
    return f"{column.label}: cooperation {column.cooperation}, conflict {column.conflict}{more}"


def _bar_of(column: Column) -> Bar:
    return Bar(
        column.start,
        column.end,
        told(column),
        column.cooperation,
        column.conflict,
        column.planned_cooperation,
        column.planned_conflict,
    )


def _nothing(bins: Binned) -> str:
    if bins.undated:
        return f"Nothing to draw: no date is known of {bins.undated:,} events that were found."
    return "No data: no event in the record answers this."


def _scale(canvas: Canvas, bins: Binned) -> TimeScale | None:
    """The time that is drawn: that of the columns, or of the intervals where there are no columns; None: no time."""
    if bins.columns:
        first, last = ordinal(bins.columns[0].start), ordinal(bins.columns[-1].end)
        missing = LEAST_COLUMNS - len(bins.columns)
        if missing > 0:
            room = int(missing * bins.months * 30.4 / 2)
            first, last = max(1, first - room), min(LAST_DAY, last + room)
    else:
        days = [ordinal(day) for stretch in bins.stretches for day in (stretch.start, stretch.end) if day]
        if not days:
            return None
        room = max(30, (max(days) - min(days)) // 20)
        first, last = max(1, min(days) - room), min(LAST_DAY, max(days) + room)
    return TimeScale(first, last, canvas.left + gutter(canvas), canvas.right)


def _placed(canvas: Canvas, scale: TimeScale, marks: Sequence[Mark]) -> tuple[list[tuple[float, float]], int]:
    """Names above the columns, in rows, each only where neither another nor its line is in the way.

    Where the lines of those begin that have room, and how many have none.
    """
    inside = sorted({(mark.day, mark.label) for mark in marks if scale.holds(mark.day)})
    placed: list[tuple[float, int, str, Anchor]] = []
    free = [0.0] * MARK_ROWS
    for day, label in inside:
        x = sum(scale.bounds(day, day)) / 2
        room = canvas.right - x - 5
        anchor: Anchor = "start" if room > MARK_ROOM / 2 or room > width_of(label, SIZE) else "end"
        line = fitted(label, min(MARK_ROOM, room if anchor == "start" else x - canvas.left - 5), SIZE)
        box = label_box(x + (4 if anchor == "start" else -4), 0, line, anchor)
        start = x if anchor == "start" else box.left
        row = next((row for row in range(MARK_ROWS) if max(free[row:]) <= start), None)  # no line through a name below
        crossed = anchor == "end" and any(start - 4 < before < x + 4 for before, *_ in placed)
        if row is None or crossed or len(line) < min(len(label), 5):
            continue
        free[row] = max(box.right, x) + 8
        placed.append((x, row, line, anchor))
    rows = 1 + max((row for _, row, *_ in placed), default=-1)
    top = canvas.y + 4
    for x, row, line, anchor in placed:
        canvas.text(x + (4 if anchor == "start" else -4), top + row * 13 + 9, line, "ink", anchor, room=MARK_ROOM)
    canvas.y = top + rows * 13 + 4
    return [(x, top + row * 13) for x, row, *_ in placed], len(inside) - len(placed)


def _stretches(canvas: Canvas, scale: TimeScale, bins: Binned) -> int:
    """Intervals in rows, those of most events first; how many events are in intervals for which no row has room."""
    closed_first = sorted(bins.stretches, key=lambda stretch: stretch.start is None or stretch.end is None)
    visible = [stretch for stretch in closed_first if _visible(scale, stretch)]
    if not visible:
        return sum(stretch.number for stretch in bins.stretches)
    canvas.lines("known only to a longer time: between the ends of a bar, or on the side to which an arrow points")
    top = canvas.y + 2
    free: list[list[tuple[float, float]]] = [[] for _ in range(LANES)]
    drawn = 0
    for stretch in visible:
        left, right = _ends(scale, stretch)
        reach = (left - 6, right + 12 + width_of(_number(stretch), SIZE))
        lane = next(
            (n for n, taken in enumerate(free) if not any(a < reach[1] and reach[0] < b for a, b in taken)), None
        )
        if lane is not None:
            free[lane].append(reach)
            _stretch(canvas, scale, stretch, top + lane * LANE)
            drawn += stretch.number
    canvas.y = top + sum(1 for lane in free if lane) * LANE
    return sum(stretch.number for stretch in bins.stretches) - drawn


def _visible(scale: TimeScale, stretch: Stretch) -> bool:
    first = ordinal(stretch.start) if stretch.start else scale.first
    last = ordinal(stretch.end) if stretch.end else scale.last
    return first <= scale.last and last >= scale.first


def _ends(scale: TimeScale, stretch: Stretch) -> tuple[float, float]:
    """Where an interval is drawn; room is left on the right for its number. Open ones are as long as their arrow."""
    left = scale.start(ordinal(stretch.start)) if stretch.start else None
    right = scale.start(ordinal(stretch.end) + 1) if stretch.end else None
    if left is None or right is None:
        left, right = (left, left + STUB) if left is not None else ((right or 0) - STUB, right or 0)
        left, right = (max(left, scale.left), right) if stretch.end else (left, right)
    right = min(right, scale.right - width_of(_number(stretch), SIZE) - 9)
    return min(left, right - 4), right


def _stretch(canvas: Canvas, scale: TimeScale, stretch: Stretch, y: float) -> None:
    colour: Colour = "cooperation" if stretch.cooperative else "conflict"
    left, right = _ends(scale, stretch)
    side = "cooperation" if stretch.cooperative else "conflict"
    what = f"{stretch.number} of {side}{', planned' if stretch.planned else ''}"
    with canvas.group(f"{what}: between {stretch.start or 'an unknown day'} and {stretch.end or 'an unknown day'}"):
        canvas.bar(left, y + 3, right - left, 7, colour, stretch.planned)
        if not stretch.start or ordinal(stretch.start) < scale.first:
            canvas.path(f"M{left:.1f} {y + 1:.1f}v11l-6-5.5z", colour)
        if not stretch.end or ordinal(stretch.end) > scale.last:
            canvas.path(f"M{right:.1f} {y + 1:.1f}v11l6-5.5z", colour)
        canvas.text(right + 8, y + 10.5, _number(stretch), colour)


def _number(stretch: Stretch) -> str:
    """How many, and on which side: up is cooperation, as above."""
    return f"{stretch.number:,} {'↑' if stretch.cooperative else '↓'}"


def _notes(bins: Binned, unnamed: int, undrawn: int) -> list[str]:
    missing = bins.undated - sum(s.number for s in bins.stretches if s.start is None or s.end is None)
    return [
        counted(missing, "event has", "events have") + " no date at all and stand nowhere here." if missing > 0 else "",
        counted(undrawn, "event is", "events are") + " known only to intervals that are not drawn." if undrawn else "",
        counted(unnamed, "agreement has", "agreements have") + " no room for the name." if unnamed else "",
    ]
