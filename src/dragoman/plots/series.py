"""Counts by month, one panel a status on one axis of time, and below them the reports that were read: the denominator.

Statuses stand in panels of their own and are never added up. Months without events are there, empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day_type
from datetime import timedelta
from typing import Final

from dragoman.facts import STATUSES
from dragoman.plots.bars import Bar, gutter, two_sided
from dragoman.plots.canvas import Canvas, Caption, Look
from dragoman.plots.keys import PLANNED, sides_key, status_mark, time_axis, time_lines
from dragoman.plots.scales import MONTHS, TimeScale, count_ticks, short
from dragoman.plots.theme import LINE

PANEL: Final = 72.0
READ_PANEL: Final = 48.0
NARROWEST_BAR: Final = 2.5
"""Units; of more months than have so many units each, several are one bar."""

UNITS: Final = (1, 3, 12, 60, 120, 600, 1200, 12_000)
LEAST_MONTHS: Final = 12
LEAST_HIGHEST: Final = 4
"""Of fewer events no bar has the full height: one is to look like one."""


@dataclass(frozen=True, slots=True)
class MonthOf:
    """Events of one status in one month (`1978-09`), on one side."""

    month: str
    status: str
    cooperative: bool
    number: int


@dataclass(frozen=True, slots=True)
class Series:
    """What is drawn. `reports`: month to the reports published in it; `elsewhere`: events whose date lies in no month.

    `first` and `last` are the months to be drawn, both inclusive, with or without events.
    """

    first: str
    last: str
    counts: tuple[MonthOf, ...]
    reports: Mapping[str, int]
    elsewhere: int = 0


def series(data: Series | None, caption: Caption, look: Look) -> str:
    """The SVG of DATA; None: there is no month to draw."""
    canvas = Canvas(look)
    canvas.head(caption)
    if data is None:
        canvas.none()
        return canvas.document(caption)
    sides_key(canvas)
    left = canvas.left + gutter(canvas)
    starts, months = _columns(data, canvas.right - left)
    scale = _scale(starts, months, left, canvas.right)
    for status in [status for status in STATUSES if any(count.status == status for count in data.counts)]:
        _panel(canvas, scale, status, _bars(data, status, starts, months))
    _read(canvas, scale, data, starts, months)
    coarser = f"A bar stands for {months} months." if months > 1 else "A bar stands for a month."
    canvas.notes(
        [
            coarser,
            "Each panel has a scale of its own; statuses are never added up.",
            f"{data.elsewhere:,} more have no date within one month." if data.elsewhere else "",
        ]
    )
    return canvas.document(caption)


def month_number(month: str) -> int:
    """Months since January of the year 0."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _columns(data: Series, room: float) -> tuple[list[int], int]:
    """The first months of all bars, and how many months one stands for."""
    first, last = month_number(data.first), month_number(data.last)
    unit = next((unit for unit in UNITS if (last - first + 1) / unit * NARROWEST_BAR <= room), UNITS[-1])
    return list(range(first // unit * unit, last + 1, unit)), unit


def _scale(starts: Sequence[int], months: int, left: float, right: float) -> TimeScale:
    after = max(starts[-1] + months, starts[0] + LEAST_MONTHS)
    return TimeScale.between(_day(starts[0]), _before(after), left, right)


def _day(month: int) -> str:
    """The first day of a month; before the year 1 that of the year 1."""
    if month < 12:
        return day_type.min.isoformat()
    return day_type(month // 12, month % 12 + 1, 1).isoformat()


def _before(month: int) -> str:
    if month // 12 > day_type.max.year:
        return day_type.max.isoformat()
    return (day_type.fromisoformat(_day(month)) - timedelta(days=1)).isoformat()


def _bars(data: Series, status: str, starts: Sequence[int], months: int) -> list[Bar]:
    counts: Counter[tuple[int, bool]] = Counter()
    for found in data.counts:
        if found.status == status:
            counts[(month_number(found.month) - starts[0]) // months, found.cooperative] += found.number
    bars = []
    for at, start in enumerate(starts):
        up, down = counts[at, True], counts[at, False]
        told = f"{_name(start, months)}, {status}: cooperation {up:,}, conflict {down:,}"
        sides = (0, 0, up, down) if status in PLANNED else (up, down, 0, 0)
        bars.append(Bar(_day(start), _before(start + months), told, *sides))
    return bars


def _name(start: int, months: int) -> str:
    first = f"{MONTHS[start % 12]} {start // 12}"
    last = start + months - 1
    return first if months == 1 else f"{first} – {MONTHS[last % 12]} {last // 12}"


def _panel(canvas: Canvas, scale: TimeScale, status: str, bars: Sequence[Bar]) -> None:
    canvas.y += LINE + 4
    up, down = sum(b.up + b.planned_up for b in bars), sum(b.down + b.planned_down for b in bars)
    status_mark(canvas, canvas.left + 6, canvas.y - 8, status)
    canvas.text(canvas.left + 18, canvas.y - 4, f"{status}: cooperation {up:,}, conflict {down:,}", "ink")
    canvas.y += 6
    top = canvas.y
    time_lines(canvas, scale, top, top + PANEL)
    two_sided(canvas, scale, bars, PANEL, LEAST_HIGHEST)
    canvas.y += 8


def _read(canvas: Canvas, scale: TimeScale, data: Series, starts: Sequence[int], months: int) -> None:
    """The panel of reports."""
    counts: Counter[int] = Counter()
    for month, number in data.reports.items():
        if data.first <= month <= data.last:
            counts[(month_number(month) - starts[0]) // months] += number
    canvas.y += LINE + 4
    canvas.text(canvas.left, canvas.y - 4, f"reports read of that time: {sum(counts.values()):,}", "ink")
    canvas.y += 6
    top, bottom = canvas.y, canvas.y + READ_PANEL
    time_axis(canvas, scale, top, bottom)
    ticks = count_ticks(max(counts.values(), default=0), 2)
    unit = READ_PANEL / ticks[-1]
    for number in ticks:
        canvas.text(scale.left - 6, bottom - number * unit + 4, short(number), anchor="end")
    for at, number in sorted(counts.items()):
        x, right = scale.bounds(_day(starts[at]), _before(starts[at] + months))
        gap = min(4.0, (right - x) * 0.3)
        wide = min(right - x - gap, 40.0)
        with canvas.group(f"{_name(starts[at], months)}: {number:,} reports read"):
            canvas.bar((x + right - wide) / 2, bottom - number * unit, wide, number * unit, "soft")
    canvas.line(scale.left, bottom, scale.right, bottom, "soft")
    canvas.y = bottom + LINE + 3
