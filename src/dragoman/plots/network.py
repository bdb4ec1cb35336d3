"""Who had to do with whom: countries as nodes, each pair tied by what passed between them.

A plain line is cooperation, a double one conflict, a dashed one was only planned; the wider, the more events. The
same ties always give the same drawing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.plots.canvas import Anchor, Canvas, Caption, Look, label_box
from dragoman.plots.fitting import Box, counted
from dragoman.plots.keys import Entry, key
from dragoman.plots.theme import SIZE, SMALL

MOST_NODES: Final = 60
MOST_TIES: Final = 150
"""Of more the drawing can't be read: those with most events are drawn, and it is said how many are not."""

RADIUS: Final = 14.0
APART: Final = 52.0
"""Units between the middles of two nodes, at least."""
WIDEST: Final = 8.0
LEAST_WIDEST: Final = 3.0
"""Units of the line of most events, where few pairs are tied and where many are."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Events between two countries (codes) on one side, happened or only `planned`."""

    one: str
    other: str
    cooperative: bool
    planned: bool
    number: int


@dataclass(frozen=True, slots=True)
class _Scale:
    """From events to the width of a line, in proportion from one unit up."""

    highest: int
    widest: float

    @classmethod
    def of(cls, ties: Sequence[Tie]) -> _Scale:
        """The more pairs, the thinner: lines are not to cover each other."""
        pairs = len({(tie.one, tie.other) for tie in ties})
        return cls(max(tie.number for tie in ties), max(LEAST_WIDEST, WIDEST * min(1.0, 25 / pairs)))

    def width(self, number: int) -> float:
        """Units of the line of NUMBER events."""
        return 1 + (self.widest - 1) * (number - 1) / max(1, self.highest - 1)


def network(ties: Sequence[Tie], names: Mapping[str, str], caption: Caption, look: Look, most: int = MOST_NODES) -> str:
    """The SVG of TIES; NAMES has the countries' names by code."""
    from dragoman.plots.layout import least_height, placed  # numpy: other commands start without it

    canvas = Canvas(look)
    canvas.head(caption)
    if not ties:
        canvas.none()
        return canvas.document(caption)
    drawn, nodes, pairs_left = chosen(ties, most)
    scale = _Scale.of(drawn)
    _key(canvas, scale)
    width = canvas.right - canvas.left - 2 * RADIUS - 4
    height = max(min(width * 0.6, 120 + 12.0 * len(nodes)), least_height(len(nodes), width, APART), 120.0)
    weights = _weights(drawn)
    top = canvas.y + RADIUS + 8
    found = placed(nodes, weights, width, height, APART)
    places = {node: (canvas.left + RADIUS + 2 + x, top + y) for node, (x, y) in found.items()}
    for pair in sorted(weights, key=lambda pair: (weights[pair], pair)):
        _pair(canvas, places, names, [tie for tie in drawn if (tie.one, tie.other) == pair], scale)
    unnamed = _nodes(canvas, places, names)
    canvas.y = top + height + RADIUS + 6
    nodes_left = len({code for tie in ties for code in (tie.one, tie.other)}) - len(nodes)
    canvas.notes(
        [
            _left_out(pairs_left, nodes_left),
            "; ".join(f"{code} {names.get(code, code)}" for code in unnamed),
        ]
    )
    return canvas.document(caption)


def _left_out(pairs: int, countries: int) -> str:
    if not pairs and not countries:
        return ""
    return f"Left out, with fewer events: {counted(pairs, 'pair')}, {counted(countries, 'country', 'countries')}."


def chosen(ties: Sequence[Tie], most: int) -> tuple[list[Tie], list[str], int]:
    """The ties and nodes that are drawn: of the MOST countries with most events the pairs with most; pairs left out."""
    by_country: Counter[str] = Counter()
    for tie in ties:
        by_country[tie.one] += tie.number
        by_country[tie.other] += tie.number
    kept = set(sorted(by_country, key=lambda code: (-by_country[code], code))[:most])
    weights = _weights([tie for tie in ties if tie.one in kept and tie.other in kept])
    pairs = sorted(weights, key=lambda pair: (-weights[pair], pair))[:MOST_TIES]
    drawn = [tie for tie in ties if (tie.one, tie.other) in set(pairs)]
    nodes = sorted({code for pair in pairs for code in pair})
    return drawn, nodes, len(_weights(ties)) - len(pairs)


def _weights(ties: Sequence[Tie]) -> dict[tuple[str, str], float]:
    weights: Counter[tuple[str, str]] = Counter()
    for tie in ties:
        weights[tie.one, tie.other] += tie.number
    return {pair: float(weight) for pair, weight in weights.items()}


def _key(canvas: Canvas, scale: _Scale) -> None:
    def line(cooperative: bool, planned: bool, number: int) -> Callable[[Canvas, float, float], None]:
        return lambda to, x, y: _line(to, (x - 8, y), (x + 8, y), cooperative, planned, scale.width(number))

    middle = max(1, scale.highest // 3)
    entries = [
        Entry("cooperation", line(True, False, middle)),
        Entry("conflict (double)", line(False, False, middle)),
        Entry("scheduled or proposed (dashed)", line(True, True, middle)),
        Entry("1 event", line(True, False, 1)),
    ]
    if scale.highest > 1:
        entries.append(Entry(f"{scale.highest:,} events", line(True, False, scale.highest)))
    key(canvas, entries)


def _pair(
    canvas: Canvas,
    places: Mapping[str, tuple[float, float]],
    names: Mapping[str, str],
    ties: Sequence[Tie],
    scale: _Scale,
) -> None:
    """The lines between two nodes, side by side."""
    (x1, y1), (x2, y2) = places[ties[0].one], places[ties[0].other]
    length = max(1.0, ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
    across = (-(y2 - y1) / length, (x2 - x1) / length)
    ordered = sorted(ties, key=lambda tie: (tie.planned, not tie.cooperative))
    widths = [scale.width(tie.number) + (2 if not tie.cooperative else 0) for tie in ordered]
    at = -(sum(widths) + 2 * (len(widths) - 1)) / 2
    with canvas.group(_told(ordered, names)):
        for tie, wide in zip(ordered, widths, strict=True):
            aside = at + wide / 2
            at += wide + 2
            dx, dy = across[0] * aside, across[1] * aside
            line_width = scale.width(tie.number)
            _line(canvas, (x1 + dx, y1 + dy), (x2 + dx, y2 + dy), tie.cooperative, tie.planned, line_width)


def _told(ties: Sequence[Tie], names: Mapping[str, str]) -> str:
    numbers = ", ".join(
        f"{'planned ' if tie.planned else ''}{'cooperation' if tie.cooperative else 'conflict'} {tie.number:,}"
        for tie in ties
    )
    return f"{names.get(ties[0].one, ties[0].one)} – {names.get(ties[0].other, ties[0].other)}: {numbers}"


def _line(
    canvas: Canvas,
    start: tuple[float, float],
    end: tuple[float, float],
    cooperative: bool,
    planned: bool,
    width: float,
) -> None:
    """One line; that of conflict is double."""
    if cooperative:
        canvas.line(*start, *end, "cooperation", width, planned)
        return
    canvas.line(*start, *end, "conflict", width + 2, planned)
    canvas.line(*start, *end, "paper", max(0.8, width * 0.45))


def _nodes(canvas: Canvas, places: Mapping[str, tuple[float, float]], names: Mapping[str, str]) -> list[str]:
    """The nodes with their codes, and names where there is room; the codes of those without a name."""
    circles = [Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in places.values()]
    for code, (x, y) in places.items():
        canvas.circle(x, y, RADIUS, "paper", "ink", 1.2)
        canvas.text(x, y + 3.6, code, "ink", "middle", size=SMALL)
    unnamed = []
    for code, (x, y) in places.items():
        name = names.get(code, code)
        if name != code and not _name(canvas, name, x, y, circles):
            unnamed.append(code)
    return unnamed


def _name(canvas: Canvas, name: str, x: float, y: float, circles: Sequence[Box]) -> bool:
    """Write NAME beside a node where it covers nothing; whether there was such a place."""
    sides: tuple[tuple[float, float, Anchor], ...] = (
        (RADIUS + 4, 4, "start"),
        (-RADIUS - 4, 4, "end"),
        (0, RADIUS + 12, "middle"),
        (0, -RADIUS - 5, "middle"),
    )
    for dx, dy, anchor in sides:
        box = label_box(x + dx, y + dy, name, anchor, SIZE)
        if canvas.free(box) and not box.meets_any(circles):
            canvas.text(x + dx, y + dy, name, "ink", anchor, halo=True)
            return True
    return False
