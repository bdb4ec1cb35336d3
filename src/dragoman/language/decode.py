"""From scores to trees. Numpy only; every answer is well formed whatever the scores.

Trees: the best head of each word where that gives one root and no cycle, else the maximum spanning arborescence
(Chu and Liu 1965, Edmonds 1967) with a single root, in the order n^2 as Tarjan (1977) has it.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
LOWEST = 1e4
"""No score is taken as lower or higher than this."""
NEVER = 1e12
"""The price of an arc that may not be."""


def is_tree(heads: Iterable[int]) -> bool:
    """Whether heads (0 for the root, else 1 + word) have one root and no cycle."""
    above = list(heads)
    if above.count(0) != 1:
        return False
    seen = [0] * len(above)  # the walk, from 1, that came by
    for start in range(len(above)):
        at = start
        while at >= 0 and not seen[at]:
            seen[at] = start + 1
            at = above[at] - 1
        if at >= 0 and seen[at] == start + 1:
            return False
    return True


def trees(scores: Floats, sentences: Sequence[tuple[int, int]]) -> Ints:
    """Heads of the words of a window: 0 for the root, else 1 + the head's place.

    `scores[i, j]`: word i under the root (j = 0) or under word j - 1. `sentences`: their starts and ends (exclusive),
    in order and without gaps. Each always has one root and no cycle.
    """
    words = np.arange(len(scores))
    number = np.repeat(np.arange(len(sentences)), [end - start for start, end in sentences])
    best = scores.copy()
    np.copyto(best[:, 1:], -np.inf, where=number[:, None] != number)
    best[words, words + 1] = -np.inf
    heads: Ints = best.argmax(1)
    finite, chosen = np.isfinite(best[words, heads]).tolist(), heads.tolist()
    for start, end in sentences:
        own = [head and head - start for head in chosen[start:end]]
        if not (all(finite[start:end]) and is_tree(own)):
            found = _best_tree(scores[start:end, [0, *range(start + 1, end + 1)]])
            heads[start:end] = np.where(found > 0, found + start, 0)
    return heads


def tree(scores: Floats) -> Ints:
    """Heads of the words of one sentence, as `trees` gives them."""
    return trees(scores, [(0, len(scores))])


def _best_tree(given: Floats) -> Ints:
    """The best tree of scores whose best heads make none."""
    n = len(given)
    if n == 1:
        return np.zeros(1, np.int64)
    square = np.clip(np.nan_to_num(given.astype(np.float64), nan=-LOWEST), -LOWEST, LOWEST)
    square[np.arange(n), np.arange(1, n + 1)] = -NEVER
    heads: Ints = square.argmax(1)
    if is_tree(heads):
        return heads
    scores = np.concatenate((np.full((1, n + 1), -NEVER), square))
    if (heads == 0).sum() < 2 and is_tree(found := _arborescence(scores)[1:]):
        return found
    scores[1:, 0] -= 2 * LOWEST * (n + 1)  # so dear that a tree takes one arc from the root
    return _arborescence(scores)[1:]


class _Forest:
    """Nodes of a graph that is shrunk: the given ones, then one for each cycle found.

    `into[x, j]`: what it takes to enter node x from the given node j, and `by[x, j]` the given node inside x where that
    arc ends; `top[j]`: the outermost node that holds the given node j; `inside[x]`: the nodes of a cycle, in its order;
    `arc[x]`: the arc chosen into x, as the given nodes (from, to).
    """

    def __init__(self, scores: NDArray[np.float64]) -> None:
        n = len(scores)
        self.into = np.empty((2 * n, n))
        self.into[:n] = scores
        self.by = np.empty((2 * n, n), np.int64)
        self.by[:n] = np.arange(n)[:, None]
        self.top = np.arange(n)
        self.inside: list[list[int]] = [[] for _ in range(n)]
        self.holder = [-1] * (2 * n)
        self.arc = [(0, 0)] * (2 * n)

    def enter(self, x: int) -> int:
        """Choose the best arc into x; returns the node that it comes from."""
        self.into[x, self.top == x] = -np.inf
        source = int(self.into[x].argmax())
        self.arc[x] = source, int(self.by[x, source])
        return int(self.top[source])

    def shrink(self, cycle: list[int]) -> int:
        """The new node for a cycle of nodes, each of which has its arc from the next one or the last."""
        new = len(self.inside)
        gain = np.stack([self.into[x] - self.into[x, self.arc[x][0]] for x in cycle])
        which = gain.argmax(0)
        columns = np.arange(len(which))
        self.into[new] = gain[which, columns]
        self.by[new] = self.by[np.array(cycle)[which], columns]
        for x in cycle:
            self.top[self.top == x] = new
            self.holder[x] = new
        self.inside.append(cycle)
        return new

    def heads(self, n: int) -> Ints:
        """Heads of the given nodes, once every node has an arc: each cycle is opened where its own arc enters it."""
        for x in range(len(self.inside) - 1, n - 1, -1):
            opened = self.arc[x][1]
            while self.holder[opened] != x:
                opened = self.holder[opened]
            self.arc[opened] = self.arc[x]
        return np.array([source for source, _ in self.arc[:n]])


def _arborescence(scores: NDArray[np.float64]) -> Ints:
    """Best heads of nodes 1..n under node 0; `scores[i, j]`: node i under node j. In the order n^2 (Tarjan 1977)."""
    forest = _Forest(scores)
    rooted = {0}
    for start in range(1, len(scores)):
        x = int(forest.top[start])
        path: list[int] = []
        while x not in rooted:
            path.append(x)
            x = forest.enter(x)
            if x in path:
                at = path.index(x)
                x = forest.shrink(path[at:])
                del path[at:]
        rooted.update(path)
    return forest.heads(len(scores))
