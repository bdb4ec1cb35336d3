"""A time line of two sides: cooperation upwards, conflict downwards, what was only planned as a dashed outline.

Colours are attributes, so that the drawing stands by itself; a page's stylesheet may replace them by class. Nothing is
told by colour alone: direction tells cooperation from conflict, the outline tells planned from happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from dragoman.plots.columns import Column

WIDTH: Final = 1112
"""Units of the drawing's width; a page scales it."""
LEFT: Final = 92
RIGHT: Final = 30
TOP: Final = 34
HALF: Final = 96
"""Units from the axis to the highest column, and to the lowest."""
AXIS: Final = TOP + HALF
BOTTOM: Final = AXIS + HALF
HEIGHT: Final = BOTTOM + 24
ROW: Final = 13
"""Units from one row of names above the columns to the next."""
CHAR: Final = 6.4
"""Units that a character of a name is wide, roughly."""
MARK_ROWS: Final = 2
LEAST_HIGHEST: Final = 4
"""Of fewer events no column has the full height: one is to look like one."""
LABEL_CHARS: Final = 34

_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML can't hold or a reader can't see."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A named turning point, on an ISO day."""

    day: str
    label: str


def timeline(columns: Sequence[Column], title: str, summary: str, marks: Sequence[Mark] = ()) -> str:
    """The SVG of COLUMNS; TITLE and SUMMARY are read to those who can't see it. MARKS without room are left out."""
    parts = [
        f'<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="timeline-title timeline-desc" font-family="system-ui, sans-serif" font-size="11">',
        f'<title id="timeline-title">{_text(title)}</title>',
        f'<desc id="timeline-desc">{_text(summary)}</desc>',
        *_frame(columns),
    ]
    if columns:
        width = (WIDTH - LEFT - RIGHT) / len(columns)
        scale = HALF / _highest(columns)
        parts += _years(columns, width)
        for number, column in enumerate(columns):
            parts += _column(column, LEFT + number * width, width, scale)
        parts += _marks(columns, width, marks)
    parts.append("</svg>")
    return "\n".join(parts)


def _up(column: Column) -> int:
    return column.cooperation + column.planned_cooperation


def _down(column: Column) -> int:
    return column.conflict + column.planned_conflict


def _highest(columns: Sequence[Column]) -> int:
    """What a column of full height stands for."""
    return max(LEAST_HIGHEST, *map(_up, columns), *map(_down, columns))


def _text(text: str) -> str:
    return escape(_UNSEEN.sub(" ", text))


def _frame(columns: Sequence[Column]) -> list[str]:
    parts = [
        f'<line class="axis" x1="{LEFT}" y1="{AXIS}" x2="{WIDTH - RIGHT}" y2="{AXIS}" stroke="#ddd8cd"/>',
        f'<text class="label" x="0" y="{TOP + 10}" fill="#6a665e">cooperation</text>',
        f'<text class="label" x="0" y="{BOTTOM - 4}" fill="#6a665e">conflict</text>',
    ]
    if columns:
        at = f'class="label" x="{LEFT - 6}" text-anchor="end" fill="#6a665e"'
        parts += [f'<text {at} y="{y}">{_highest(columns)}</text>' for y in (TOP + 10, BOTTOM - 4)]
    return parts


def _years(columns: Sequence[Column], width: float) -> list[str]:
    """A hairline where a year (or, in long charts, a rounder number of years) begins, named below."""
    starts = [(number, column.start[:4]) for number, column in enumerate(columns)]
    firsts = [pair for number, pair in enumerate(starts) if number == 0 or starts[number - 1][1] != pair[1]]
    step = max(1, -(-len(firsts) // max(1, round(len(columns) * width / 52))))
    parts = []
    for number, year in firsts[::step]:
        x = LEFT + number * width
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{BOTTOM}" stroke="#ddd8cd"/>')
        parts.append(f'<text class="label" x="{x + 3:.1f}" y="{HEIGHT - 10}" fill="#6a665e">{int(year)}</text>')
    return parts


def _column(column: Column, x: float, width: float, scale: float) -> list[str]:
    if not column.total:
        return []
    gap = min(4.0, width * 0.3)
    left, wide = x + gap / 2, min(width - gap, 40.0)
    bars = [
        _bar("cooperation", "#1f6390", left, wide, AXIS - column.cooperation * scale, column.cooperation * scale),
        _bar("conflict", "#a8431f", left, wide, AXIS, column.conflict * scale),
        _bar(
            "cooperation", "#1f6390", left, wide, AXIS - _up(column) * scale, column.planned_cooperation * scale, True
        ),
        _bar("conflict", "#a8431f", left, wide, AXIS + column.conflict * scale, column.planned_conflict * scale, True),
    ]
    return [f"<g><title>{_text(told(column))}</title>", *filter(None, bars), "</g>"]


def told(column: Column) -> str:
    """A column in words."""
    planned = column.planned_cooperation + column.planned_conflict
    more = f"; planned {column.planned_cooperation} and {column.planned_conflict}" if planned else ""
    return f"{column.label}: cooperation {column.cooperation}, conflict {column.conflict}{more}"


def _bar(side: str, colour: str, x: float, width: float, y: float, height: float, planned: bool = False) -> str:
    if height <= 0:
        return ""
    where = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    if planned:
        return f'<rect class="{side} planned" {where} fill="none" stroke="{colour}" stroke-dasharray="3 2"/>'
    return f'<rect class="{side}" {where} fill="{colour}"/>'


def _marks(columns: Sequence[Column], width: float, marks: Sequence[Mark]) -> list[str]:
    """Names above the columns, in rows, each only where it covers no other."""
    free = [0.0] * MARK_ROWS
    parts = []
    for mark in sorted(marks, key=lambda mark: mark.day):
        x = _place(columns, width, mark.day)
        label = mark.label if len(mark.label) <= LABEL_CHARS else mark.label[: LABEL_CHARS - 1].rstrip() + "…"
        end = 0.0 if x is None else x + 4 + len(label) * CHAR
        row = next((row for row, edge in enumerate(free) if x is not None and edge <= x and end <= WIDTH), None)
        if x is None or row is None:
            continue
        free[row] = end + CHAR
        y = 4 + row * ROW
        parts.append(f'<line class="mark" x1="{x:.1f}" y1="{y}" x2="{x:.1f}" y2="{AXIS}" stroke="#1c1b19"/>')
        parts.append(f'<text class="name" x="{x + 4:.1f}" y="{y + 9}" fill="#1c1b19">{_text(label)}</text>')
    return parts


def _place(columns: Sequence[Column], width: float, day: str) -> float | None:
    """Where DAY stands: in the middle of its column, which is as exact as the columns are."""
    inside = (number for number, column in enumerate(columns) if column.start <= day <= column.end)
    number = next(inside, None)
    return None if number is None else LEFT + (number + 0.5) * width
