"""Which texts tell one story, before their mentions are compared: two mentions are one happening only within a story.

Texts are clustered by average link of the cosine of their weighed words. Two stories about the same people can look
like one; so each cluster is weighed again by what its own texts do not share, and halved where its halves are far
apart by that.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dragoman.linking.average_link import average_link

Floats = NDArray[np.float32]
Bag = Mapping[str, float]
"""Weighed counts of the words of a text."""

SAME_STORY: Final = 0.2
"""Mean cosine of two groups of texts from which on they may tell one story."""
APART: Final = 0.3
"""A cluster falls into halves where the mean cosine across them is below this share of the lesser one within them."""
FEWEST: Final = 3
"""Texts that a half must have: the mean over fewer says little."""
COMMON: Final = 0.3
"""Words that stand in a greater share of all texts are left out, from MANY texts on."""
COMMON_WITHIN: Final = 0.8
"""The same within a cluster that may fall into halves."""
MANY: Final = 10
"""Of fewer texts, words that most of them share may be just what makes them one story."""
BACKGROUND: Final = 50
"""Texts without any of the words, which are reckoned in so that few texts too tell rare words from common ones."""
MOST: Final = 1500
"""Texts in a group of near ones, above which only nearer ones are taken together: bounds memory and time."""
STEP: Final = 0.05
"""How much nearer, in cosine."""
ROUNDS: Final = 20
"""Rounds in which the halves of a cluster settle."""


@dataclass(frozen=True, slots=True)
class Story:
    """Texts that tell one story, by number and in order, and how alike each two are, from 0 to 1."""

    texts: tuple[int, ...]
    near: Floats

    def part(self, start: int, end: int) -> Story:
        """The texts from the START-th to before the END-th."""
        return Story(self.texts[start:end], self.near[start:end, start:end])


def stories(bags: Sequence[Bag]) -> list[Story]:
    """The stories of texts, which are named by their numbers in BAGS; every text is in one."""
    spread = _spread(bags, range(len(bags)))
    total = len(bags)
    rare = {w: math.log((1 + total + BACKGROUND) / (1 + n)) for w, n in spread.items()}
    most = COMMON * total if total >= MANY else total
    rows = _weighed(bags, range(total), {w: rare[w] for w, n in spread.items() if 1 < n <= most})
    found = []
    for near in _near(rows, SAME_STORY):
        for group in average_link(_likeness([rows[i] for i in near]), SAME_STORY):
            for half in _halved(bags, [near[i] for i in group], rare):
                found.append(Story(tuple(half), _likeness([rows[i] for i in half])))
    return found


def _halved(bags: Sequence[Bag], group: list[int], rare: Mapping[str, float]) -> list[list[int]]:
    """The group, or its halves where they are far apart, halved again as long as that goes."""
    if len(group) < 2 * FEWEST:
        return [group]
    spread = _spread(bags, group)
    weights = {
        w: math.log((1 + len(group)) / (1 + n)) * rare[w]
        for w, n in spread.items()
        if 1 < n <= COMMON_WITHIN * len(group)
    }
    near = _cosines(_weighed(bags, group, weights))
    first = _half(near)
    sizes = int(first.sum()), int((~first).sum())
    if min(sizes) < FEWEST:
        return [group]
    within = min(_mean_within(near[np.ix_(half, half)]) for half in (first, ~first))
    if near[np.ix_(first, ~first)].mean() >= APART * within:
        return [group]
    halves = [[i for i, one in zip(group, half, strict=True) if one] for half in (first.tolist(), (~first).tolist())]
    return [part for half in halves for part in _halved(bags, half, rare)]


def _half(near: Floats) -> NDArray[np.bool_]:
    """Which rows make one half: two means in the space of the cosines, from a start along their widest direction."""
    middle = near.mean(0)
    _, directions = np.linalg.eigh(near - middle - middle[:, None] + middle.mean())
    first = directions[:, -1] > 0
    for _ in range(ROUNDS):
        if first.all() or not first.any():
            break
        to = [near[:, half].mean(1) / math.sqrt(near[np.ix_(half, half)].mean() + 1e-9) for half in (first, ~first)]
        settled = to[0] > to[1]
        if (settled == first).all():
            break
        first = settled
    found: NDArray[np.bool_] = first
    return found


def _mean_within(near: Floats) -> float:
    """The mean over pairs of different rows."""
    n = len(near)
    return float(near.sum() - np.trace(near)) / (n * (n - 1))


def _spread(bags: Sequence[Bag], group: Sequence[int]) -> dict[str, int]:
    """In how many texts each word stands."""
    found: dict[str, int] = {}
    for i in group:
        for word in bags[i]:
            found[word] = found.get(word, 0) + 1
    return found


def _weighed(bags: Sequence[Bag], group: Sequence[int], weights: Mapping[str, float]) -> list[dict[str, float]]:
    """Vectors of length 1 over the words that have a weight; empty where a text has none of them."""
    out = []
    for i in group:
        row = {w: math.log1p(n) * weights[w] for w, n in bags[i].items() if weights.get(w, 0) > 0}
        length = math.sqrt(sum(x * x for x in row.values()))
        out.append({w: x / length for w, x in row.items()})
    return out


def _cosines(rows: Sequence[Mapping[str, float]]) -> Floats:
    """Cosine of each two rows."""
    words = {w: k for k, w in enumerate(sorted({w for row in rows for w in row}))}
    table = np.zeros((len(rows), max(1, len(words))), np.float32)
    for i, row in enumerate(rows):
        table[i, [words[w] for w in row]] = list(row.values())
    found: Floats = table @ table.T
    return found


def _likeness(rows: Sequence[Mapping[str, float]]) -> Floats:
    """Cosine of each two rows, 0 where they have but one word in common: one word makes no story."""
    shared = _cosines([dict.fromkeys(row, 1.0) for row in rows]).round()
    found: Floats = np.where(shared > 1, _cosines(rows), 0.0).astype(np.float32)
    return found


def _near(rows: Sequence[Mapping[str, float]], least: float) -> list[list[int]]:
    """Groups of rows that hang together by pairs with a likeness of LEAST: average link never joins across them."""
    postings: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        for word in row:
            postings.setdefault(word, []).append(i)
    where = {word: np.array(found) for word, found in postings.items()}
    values = {word: np.array([rows[i][word] for i in found]) for word, found in postings.items()}
    pairs: list[tuple[int, int, float]] = []
    for i, row in enumerate(rows):
        if row:
            at = np.concatenate([where[w] for w in row])
            near = np.bincount(at, np.concatenate([values[w] * x for w, x in row.items()]), len(rows))
            near *= np.bincount(at, minlength=len(rows)) > 1
            pairs += [(i, j, float(near[j])) for j in np.flatnonzero(near >= least).tolist() if j > i]
    return _connected(list(range(len(rows))), pairs, least)


def _connected(members: list[int], pairs: list[tuple[int, int, float]], least: float) -> list[list[int]]:
    """Connected groups of MEMBERS; those of more than MOST hold only by nearer pairs."""
    root = {i: i for i in members}

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j, near in pairs:
        if near >= least:
            one, other = sorted((find(i), find(j)))
            root[other] = one
    groups: dict[int, list[int]] = {}
    for i in members:
        groups.setdefault(find(i), []).append(i)
    if all(len(group) <= MOST for group in groups.values()):
        return list(groups.values())
    inner: dict[int, list[tuple[int, int, float]]] = {}
    for pair in pairs:
        inner.setdefault(find(pair[0]), []).append(pair)
    return [
        part
        for first, group in groups.items()
        for part in ([group] if len(group) <= MOST else _connected(group, inner.get(first, []), least + STEP))
    ]
