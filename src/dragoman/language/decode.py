"""From scores to trees. Numpy only; every answer is well formed whatever the scores.

Trees: the best head of each word where that gives one root and no cycle, else the maximum spanning arborescence
(Chu and Liu 1965, Edmonds 1967) with a single root.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
LOWEST = 1e4
"""No score is taken as lower or higher than this."""
NEVER = 1e12
"""The price of an arc that may not be."""


def is_tree(heads: Ints) -> bool:
    """Whether heads (0 for the root, else 1 + word) have one root and no cycle."""
    if int((heads == 0).sum()) != 1:
        return False
    reached = np.append(True, heads == 0)
    above = np.concatenate(([0], heads))
    for _ in range(int(len(heads)).bit_length() + 1):
        reached = reached[above] | reached
        above = above[above]
    return bool(reached.all())


def tree(scores: Floats) -> Ints:
    """Heads of the words of one sentence: 0 for the root, else 1 + the head's place.

    `scores[i, j]`: word i under the root (j = 0) or under word j - 1. Always one root and no cycle.
    """
    n = len(scores)
    if n == 1:
        return np.zeros(1, np.int64)
    square = np.nan_to_num(scores.astype(np.float64), nan=-LOWEST, posinf=LOWEST, neginf=-LOWEST)
    square[np.arange(n), np.arange(1, n + 1)] = -NEVER
    heads: Ints = square.argmax(1)
    if is_tree(heads):
        return heads
    square[:, 0] -= 2 * LOWEST * (n + 1)  # so dear that a tree takes one arc from the root
    full = np.full((n + 1, n + 1), -NEVER)
    full[1:] = square
    found: Ints = _arborescence(full)[1:]
    return found


def _cycle(heads: Ints) -> Ints:
    """Nodes of one cycle among heads of nodes, node 0 being the root; empty if there is none."""
    seen = np.zeros(len(heads), np.int64)
    seen[0] = -1
    for start in range(1, len(heads)):
        at = start
        while seen[at] == 0:
            seen[at] = start
            at = int(heads[at])
        if seen[at] == start:
            loop = [at]
            while int(heads[loop[-1]]) != at:
                loop.append(int(heads[loop[-1]]))
            return np.array(loop)
        seen[seen == start] = -1
    return np.zeros(0, np.int64)


def _arborescence(scores: NDArray[np.float64]) -> Ints:
    """Best heads of nodes 1..n under node 0; `scores[i, j]`: node i under node j. A cycle is shrunk to one new node."""
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    loop = _cycle(heads)
    if not len(loop):
        return heads
    rest = np.setdiff1d(np.arange(len(scores)), loop)
    m = len(rest)
    out_of = scores[np.ix_(rest, loop)]
    gain = scores[np.ix_(loop, rest)] - scores[loop, heads[loop]][:, None]
    small = np.full((m + 1, m + 1), -NEVER)
    small[:m, :m] = scores[np.ix_(rest, rest)]
    small[:m, m], small[m, :m] = out_of.max(1), gain.max(0)
    found = _arborescence(small)
    result = heads.copy()
    inside = found[:m] == m
    result[rest] = np.where(inside, loop[out_of.argmax(1)], rest[np.minimum(found[:m], m - 1)])
    result[loop[gain[:, found[m]].argmax()]] = rest[found[m]]
    return result
