"""Intervals for the scorer of trees, which gives none: its counts by gold sentence, drawn with replacement."""

from __future__ import annotations

import bisect
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Final, TypeAlias

ROUNDS: Final = 500

Counts: TypeAlias = list[int]
"""Right, gold and answered of each of KEYS, one after the other."""

KEYS: Final = ("tok", "sent", "upos", "uas", "las")


def tree_intervals(scorer: ModuleType, gold: Path, found: Path, seed: int = 1) -> dict[str, tuple[float, float]]:
    """The 2.5 and 97.5 percentiles of F1 of KEYS over samples of the gold sentences."""
    rows = by_sentence(scorer.words(scorer.sentences(str(gold))), scorer.words(scorer.sentences(str(found))))
    draw = random.Random(seed)
    values = sorted_columns(figures(draw.choices(rows, k=len(rows))) for _ in range(ROUNDS))
    low, high = int(0.025 * ROUNDS), int(0.975 * ROUNDS)
    return {key: (column[low], column[high]) for key, column in zip(KEYS, values, strict=True)}


def sorted_columns(rows: Iterable[Sequence[float]]) -> list[list[float]]:
    """Each column of the rows, sorted."""
    return [sorted(column) for column in zip(*rows, strict=True)]


def figures(rows: Sequence[Counts]) -> list[float]:
    """F1 of each of KEYS over the rows' sums, in percent."""
    sums = [sum(column) for column in zip(*rows, strict=True)]
    return [200 * sums[i] / max(sums[i + 1] + sums[i + 2], 1) for i in range(0, len(sums), 3)]


Spans: TypeAlias = tuple[Mapping[tuple[int, ...], tuple[object, ...]], set[tuple[int, int]], int]
"""What the scorer's `words` gives: words by place, sentences, characters."""


def by_sentence(gold: Spans, found: Spans) -> list[Counts]:
    """Counts by gold sentence; what is answered belongs to the sentence that it begins in."""
    (g, gold_bounds, _), (p, bounds, _) = gold, found
    starts = sorted(start for start, _ in gold_bounds)
    rows: list[Counts] = [[0] * (3 * len(KEYS)) for _ in starts]
    for answers, column in ((g, 1), (p, 2)):
        for place in answers:
            row = rows[bisect.bisect(starts, place[0]) - 1]
            for key in ("tok", "upos", "uas", "las"):
                row[3 * KEYS.index(key) + column] += 1
    for spans, column in ((gold_bounds, 1), (bounds, 2), (gold_bounds & bounds, 0)):
        for start, _ in spans:
            rows[bisect.bisect(starts, start) - 1][3 * KEYS.index("sent") + column] += 1
    for place in g.keys() & p.keys():
        row = rows[bisect.bisect(starts, place[0]) - 1]
        right = (True, g[place][0] == p[place][0], g[place][1] == p[place][1], g[place][1:] == p[place][1:])
        for key, yes in zip(("tok", "upos", "uas", "las"), right, strict=True):
            row[3 * KEYS.index(key)] += yes
    return rows
