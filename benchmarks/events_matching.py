"""Which event that was read is which event of the corpus: one to one, the best assignment of an item as a whole.

An event that was read can be an event of the corpus where

1. its predicate shares a character with the trigger, whatever else is right or wrong; or
2. both stand in the same sentence, have the same act or type, and the same parties on one side at least ("lodged" for
   the trigger "note"); or
3. both have the same act or type and the same parties on both sides, in another sentence of the item: the corpus has an
   act that is told twice only at its fullest mention. The second telling of it, read as one more event, is a false one.

Among the assignments those with most pairs are taken, of these one with most fields right, then with most words that
meet. Parties are compared by country or body; a side with nobody on it makes no pair by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from benchmarks.events_reading import Told

One = TypeVar("One")
Other = TypeVar("Other")

JUDGED: Final = ("act", "type", "source", "target", "status", "background")
"""The fields by which one of several possible pairs is taken."""

A_PAIR: Final = 1_000_000
"""Weight of a pair beside that of its fields right and its words: more than those of a whole report together."""

A_FIELD: Final = 1_000


def pairs(gold: Sequence[Told], read: Sequence[Told]) -> list[tuple[int, int]]:
    """Indices of the events of GOLD and READ that are the same, in the order of GOLD."""
    return assign(gold, read, likeness)


def right_fields(gold: Sequence[Told], read: Sequence[Told], names: Sequence[str]) -> list[dict[str, bool]]:
    """For each event of READ, which of the fields NAMES are right; none are of one that GOLD does not have."""
    known = {r: gold[g] for g, r in pairs(gold, read)}
    return [{name: at in known and known[at].same(name, told) for name in names} for at, told in enumerate(read)]


def likeness(gold: Told, read: Told) -> int:
    """Weight of taking READ for GOLD; 0 where it can't be."""
    meet = any(one[0] < other[1] and other[0] < one[1] for one in gold.words for other in read.words)
    if not meet and not _alike(gold, read):
        return 0
    return A_PAIR + A_FIELD * sum(gold.same(name, read) for name in JUDGED) + meet


def _alike(gold: Told, read: Told) -> bool:
    if gold.act != read.act and gold.type != read.type:
        return False
    sides = [gold.same(name, read) and bool(getattr(gold, name)) for name in ("source", "target")]
    if gold.sentence == read.sentence:
        return any(sides)
    return any(sides) and gold.same("source", read) and gold.same("target", read)


def assign(ones: Sequence[One], others: Sequence[Other], weight: Callable[[One, Other], int]) -> list[tuple[int, int]]:
    """Indices of ONES and OTHERS, one to one, with the greatest sum of WEIGHT; what weighs 0 is no pair."""
    if len(ones) > len(others):
        return sorted((a, b) for b, a in assign(others, ones, lambda b, a: weight(a, b)))
    weights = [[weight(one, other) for other in others] for one in ones]
    return [(row, column) for row, column in enumerate(_columns(weights)) if weights[row][column]]


def _columns(weights: Sequence[Sequence[int]]) -> list[int]:
    """The column of each row in the heaviest assignment; at least as many columns as rows (Kuhn 1955, Munkres 1957).

    Rows are added one by one along the cheapest augmenting path; column and row 0 are a sentinel.
    """
    rows, columns = len(weights), len(weights[0]) if weights else 0
    row_price, column_price, owner = [0] * (rows + 1), [0] * (columns + 1), [0] * (columns + 1)
    for new in range(1, rows + 1):
        owner[0], here = new, 0
        least: list[float] = [float("inf")] * (columns + 1)
        before, used = [0] * (columns + 1), [False] * (columns + 1)
        while owner[here]:
            used[here] = True
            row = owner[here]
            for column in range(1, columns + 1):
                cost = -weights[row - 1][column - 1] - row_price[row] - column_price[column]
                if not used[column] and cost < least[column]:
                    least[column], before[column] = cost, here
            following = min((c for c in range(1, columns + 1) if not used[c]), key=least.__getitem__)
            step = int(least[following])
            for column in range(columns + 1):
                if used[column]:
                    row_price[owner[column]] += step
                    column_price[column] -= step
                else:
                    least[column] -= step
            here = following
        while here:
            owner[here] = owner[before[here]]
            here = before[here]
    found = [0] * rows
    for column in range(1, columns + 1):
        if owner[column]:
            found[owner[column] - 1] = column - 1
    return found
