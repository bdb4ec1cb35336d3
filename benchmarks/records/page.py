"""docs/performance.md and its plot, from the figures that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from math import log10
from pathlib import Path
from typing import Final

from benchmarks.records.measure import Measured, Timing
from benchmarks.records.world import PHRASE

DOCS: Final = Path(__file__).parents[2] / "docs"
PAGE: Final = DOCS / "performance.md"
CHART: Final = DOCS / "performance.svg"

LIMITS: Final = {
    "pair page": 50.0,
    "facts, rare phrase": 50.0,
    "sentences, rare phrase": 50.0,
    "facts, common word": 300.0,
    "sentences, common word": 300.0,
    "adding a report": 20.0,
    "adding a report, ten at once": 20.0,
    "dyad-month, all pairs, a year": 30_000.0,
}
"""Milliseconds that an answer may take at ten million facts."""

DRAWN: Final = (
    "pair page", "facts, rare phrase", "facts, common word", "facets, common word", "adding a report",
    "dyad-month, all pairs, a year",
)  # fmt: skip

_NAMES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

_HEAD: Final = """# Performance

How a record answers as it grows. `python -m benchmarks.records` writes this page. The record is made up: words, pairs,
outlets and people are as unlike in frequency as in real reporting (200,000 words; 9,000 pairs, the greatest of which
has one event in ninety), a report has 3,000 characters and 32 facts, of the kinds and with the dates that Dragoman
reads from its sample archive, and one report in fifty comes again, changed.

```
python -m benchmarks.records fill big.db --facts 1000000
python -m benchmarks.records measure big.db
```

Filling can be broken off and goes on where it was; the record is the same either way. For PostgreSQL give the URL of an
empty database, and a user who may switch off the checks of links.

![Median time against the number of facts](performance.svg)
"""

_EXPLAINED: Final = """
A cell is the median of the processor's own time in milliseconds, then the median and the ninth decile on the clock. The
machine was a virtual one with two shared cores, 23 GB of memory and a solid-state disk, and other work was going on,
more of it at some sizes than at others. The clock says how long that made us wait; the processor's time is what an idle
machine takes when the file is in its memory. The time of a PostgreSQL server on the same machine is counted in.

- *Pair page*: all that the page of two countries asks for, of pairs drawn as often as they are in the news.
- *Rare phrase*: "{phrase}", two words that are common apart. *Common word* stands in one sentence of ten, *commonest
  word* in most. Facts and sentences come by pages of fifty with their sentence marked; facets count the newest 10,000.
- *dyad-month*: all events of all pairs are counted, and the rows of one year made, with zeros.
- The records of 97,454 facts and more, and those on PostgreSQL, were measured before happenings, stories and plans were
  linked as a report is added: the smallest one has what that costs now, three times as much. Ten million facts were
  not made.
- Limits are meant for ten million facts, whatever size stands above a column. Sizes without a column are not measured.
"""

_READING: Final = """
## What makes it so

- The page of a pair is one stretch of the table `pairs`, which repeats what is counted of a fact, in the order of
  reading (its key) and of dates (an index). No fact is read that isn't shown. So are the dyads of a month.
- Codes, names and months stand in the index of words beside the words; hits are walked from the newest, and a page is
  the start of that walk. Facets stop at 10,000 hits.
- A report is made ready before the record is locked: rows, words and sentences. What is then written goes past
  SQLAlchemy, in PostgreSQL by COPY.
- An index that no question walks along is dropped: it costs each report that is added.

`tests/store/test_store_plans.py` holds each of these questions to its plan, in both databases: no whole table is read.
"""


def page(measured: Sequence[Measured]) -> str:
    """The page, in Markdown."""
    parts = [_HEAD]
    for database, name in _NAMES.items():
        rows = [row for row in measured if row.database == database]
        if rows:
            parts += [f"\n## {name}\n\n", *_records(rows), "\n", *_table(rows)]
    parts += ["\n## What the figures are\n", _EXPLAINED.format(phrase=" ".join(PHRASE)), _READING]
    return "".join(parts)


def _records(rows: Sequence[Measured]) -> Iterable[str]:
    yield "| facts | reports | rows of pairs | greatest pair | on the disk | a million facts |\n"
    yield f"|{'---:|' * 6}\n"
    for row in rows:
        yield (
            f"| {row.facts:,} | {row.reports:,} | {row.pair_rows:,} | {row.greatest_pair:,} "
            f"| {row.bytes / 1e9:.2f} GB | {row.bytes / row.facts / 1e3:.2f} GB |\n"
        )


def _table(rows: Sequence[Measured]) -> Iterable[str]:
    yield f"| | limit |{''.join(f' {row.facts:,} facts |' for row in rows)}\n|---|---:|{'---:|' * len(rows)}\n"
    for name in dict.fromkeys(timing.name for row in rows for timing in row.timings):
        limit = f"{LIMITS[name]:,.0f}" if name in LIMITS else ""
        cells = "".join(f" {_cell(_of(row, name))} |" for row in rows)
        yield f"| {name} | {limit} |{cells}\n"


def _of(row: Measured, name: str) -> Timing | None:
    return next((timing for timing in row.timings if timing.name == name), None)


def _cell(timing: Timing | None) -> str:
    if timing is None:
        return ""
    return f"**{_ms(timing.processor)}** · {_ms(timing.wall)}, {_ms(timing.wall_p90)}"


def _ms(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


_WIDTH, _HEIGHT = 760, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 230, 40, 50
_COLOURS: Final = ("#1b6ca8", "#b3541e", "#2a7d4f", "#8a3ffc", "#a11d5b", "#6b6b00")
_STYLE: Final = (
    "text{font:13px sans-serif;fill:#333}.grid{stroke:#ccc}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#555}}"
)


def chart(measured: Sequence[Measured]) -> str:
    """Medians of the processor's time against facts, in powers of ten; SQLite in full lines, PostgreSQL in dashes."""
    points = [(row.facts, timing.processor) for row in measured for timing in row.timings if timing.name in DRAWN]
    title = "Median time of an answer against the number of facts"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="t d">',
        f'<title id="t">{title}</title><desc id="d">{escape(_described(measured))}</desc><style>{_STYLE}</style>',
        f'<text x="{_LEFT}" y="20">{title}, milliseconds of the processor</text>',
    ]
    if points:
        parts += _drawn(measured, points)
    return "\n".join([*parts, "</svg>", ""])


def _drawn(measured: Sequence[Measured], points: Sequence[tuple[int, float]]) -> Iterable[str]:
    first, last = (int(log10(pick(x for x, _ in points))) for pick in (min, max))
    low, high = (int(log10(max(pick(y for _, y in points), 0.1))) for pick in (min, max))
    scale = _Scale(first, max(last, first) + 1, low - 1, high + 1)
    yield from _grid(scale)
    for number, name in enumerate(DRAWN):
        for database in _NAMES:
            found = [(r.facts, t.processor) for r in measured if r.database == database and (t := _of(r, name))]
            yield from _line(scale, found, _COLOURS[number], database == "postgresql")
        y = _TOP + 20 + number * 22
        yield f'<path d="M{_WIDTH - _RIGHT + 14} {y - 4}h22" stroke="{_COLOURS[number]}" stroke-width="3"/>'
        yield f'<text x="{_WIDTH - _RIGHT + 42}" y="{y}">{escape(name)}</text>'
    y = _TOP + 20 + len(DRAWN) * 22
    yield f'<text x="{_WIDTH - _RIGHT + 14}" y="{y}">full: SQLite, dashed: PostgreSQL</text>'


class _Scale:
    """From facts and milliseconds to the picture; sides are powers of ten."""

    def __init__(self, left: int, right: int, low: int, high: int) -> None:
        self.left, self.right, self.low, self.high = left, right, low, high

    def x(self, power: float) -> float:
        return _LEFT + (power - self.left) / (self.right - self.left) * (_WIDTH - _LEFT - _RIGHT)

    def y(self, power: float) -> float:
        return _HEIGHT - _BOTTOM - (power - self.low) / (self.high - self.low) * (_HEIGHT - _TOP - _BOTTOM)


def _grid(scale: _Scale) -> Iterable[str]:
    for power in range(scale.low, scale.high + 1):
        y = scale.y(power)
        yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:,g}</text>'
    for power in range(scale.left, scale.right + 1):
        x = scale.x(power)
        yield f'<path class="grid" d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}"/>'
        yield f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 20}" text-anchor="middle">{10**power:,}</text>'
    yield f'<text x="{_LEFT}" y="{_HEIGHT - 10}">facts in the record</text>'


def _line(scale: _Scale, found: Sequence[tuple[int, float]], colour: str, dashed: bool) -> Iterable[str]:
    places = [(scale.x(log10(facts)), scale.y(log10(max(value, 0.1)))) for facts, value in found]
    if not places:
        return
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dashes = ' stroke-dasharray="6 4"' if dashed else ""
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{"none" if dashed else colour}" stroke="{colour}"/>'


def _described(measured: Sequence[Measured]) -> str:
    told = []
    for row in measured:
        values = [f"{t.name} {_ms(t.processor)} ms" for name in DRAWN if (t := _of(row, name))]
        told.append(f"{_NAMES[row.database]}, {row.facts:,} facts: {', '.join(values)}.")
    return " ".join(told)
