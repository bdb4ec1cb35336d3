"""Who did what: a row an actor, a column a PLOVER type, in a cell a bar of what happened over one of what was planned.

All bars begin at zero and have one scale, so that any two may be compared; the numbers stand beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.facts import PLOVER_TYPES
from dragoman.plots.canvas import Canvas, Caption, Look
from dragoman.plots.fitting import width_of
from dragoman.plots.keys import Entry, bar_sample, key
from dragoman.plots.theme import LINE, SIZE, SMALL, Colour
from dragoman.terms import COOPERATIVE

NAMES: Final = 150.0
NARROW_NAMES: Final = 112.0
ROW: Final = 28.0
LEAST_CELL: Final = 46.0
"""Units; where columns would be narrower, the matrix is cut into several below each other."""
WIDEST_CELL: Final = 92.0
MOST_ROWS: Final = 25


@dataclass(frozen=True, slots=True)
class TypeOf:
    """Events of one type by one actor, `planned` or happened."""

    actor: str
    type: str
    planned: bool
    number: int


def matrix(counts: Sequence[TypeOf], caption: Caption, look: Look, most: int = MOST_ROWS) -> str:
    """The SVG of COUNTS: the MOST actors with most events, and the types that are there."""
    canvas = Canvas(look)
    canvas.head(caption)
    if not counts:
        canvas.none()
        return canvas.document(caption)
    rows, left_out = ranked(counts, most)
    present = {count.type for count in counts if count.actor in rows}
    columns = [name for name in PLOVER_TYPES if name in present]
    key(
        canvas,
        (
            Entry("cooperation", bar_sample("cooperation")),
            Entry("conflict", bar_sample("conflict")),
            Entry("scheduled or proposed then", bar_sample("soft", True)),
        ),
    )
    cells: Counter[tuple[str, str, bool]] = Counter()
    for count in counts:
        cells[count.actor, count.type, count.planned] += count.number
    highest = max(cells[row, column, plan] for row in rows for column in columns for plan in (False, True))
    names = NAMES if look.width >= 640 else NARROW_NAMES
    room = canvas.right - canvas.left - names
    across = max(1, min(len(columns), int(room / LEAST_CELL)))
    blocks = -(-len(columns) // across)
    across = -(-len(columns) // blocks)
    for block in range(0, len(columns), across):
        _block(canvas, cells, rows, columns[block : block + across], min(WIDEST_CELL, room / across), names, highest)
    canvas.notes([f"{left_out:,} actors with fewer events are not drawn." if left_out else ""])
    return canvas.document(caption)


def ranked(counts: Sequence[TypeOf], most: int) -> tuple[list[str], int]:
    """The MOST actors with most events that happened, then with most that were planned; how many others there are."""
    happened: Counter[str] = Counter()
    planned: Counter[str] = Counter()
    for count in counts:
        (planned if count.planned else happened)[count.actor] += count.number
    actors = sorted({*happened, *planned}, key=lambda actor: (-happened[actor], -planned[actor], actor))
    return actors[:most], max(0, len(actors) - most)


def side(type_: str) -> Colour:
    """The colour of a type."""
    return "cooperation" if type_ in COOPERATIVE else "conflict"


def _block(
    canvas: Canvas,
    cells: Counter[tuple[str, str, bool]],
    rows: Sequence[str],
    columns: Sequence[str],
    cell: float,
    names: float,
    highest: int,
) -> None:
    """Some of the columns, with all rows."""
    top = canvas.y + 6
    edge = canvas.left + names
    for at, column in enumerate(columns):
        lowered = LINE * (at % 2) if any(width_of(name, SMALL) > cell - 4 for name in columns) else 0
        canvas.text(edge + at * cell, top + 10 + lowered, column, side(column), size=SMALL, room=cell * 2 - 4)
    canvas.y = top + 14 + (LINE if any(width_of(name, SMALL) > cell - 4 for name in columns) else 0)
    for row in rows:
        canvas.line(canvas.left, canvas.y, edge + cell * len(columns), canvas.y)
        canvas.text(canvas.left, canvas.y + ROW / 2 + 4, row, "ink", room=names - 8)
        for at, column in enumerate(columns):
            _cell(
                canvas,
                edge + at * cell,
                cell,
                row,
                column,
                (cells[row, column, False], cells[row, column, True]),
                highest,
            )
        canvas.y += ROW
    canvas.line(canvas.left, canvas.y, edge + cell * len(columns), canvas.y)
    canvas.y += 8


def _cell(canvas: Canvas, x: float, cell: float, row: str, column: str, numbers: tuple[int, int], highest: int) -> None:
    room = cell - 8 - width_of(f"{highest:,}", SIZE)
    if not any(numbers):
        return
    with canvas.group(f"{row}, {column}: {numbers[0]:,} happened or under way, {numbers[1]:,} scheduled or proposed"):
        for planned, number in enumerate(numbers):
            if number:
                y = canvas.y + 3 + planned * 12
                high = max(1.0, number / highest * room)
                canvas.bar(x, y + 1, high, 8, side(column), bool(planned))
                canvas.text(x + high + 3, y + 9, f"{number:,}", "ink" if not planned else "soft", size=SMALL)
