"""Average-link clustering: the two groups that are nearest on average are joined first, until none are near enough."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

NEVER = np.float32(-np.inf)


def average_link(likeness: Floats, least: float) -> list[list[int]]:
    """Groups of the rows of a symmetric matrix, each in order, by their first members.

    Two groups are joined where the mean LIKENESS of their pairs is at least LEAST. Time grows with the square of the
    rows, or a little faster where many have the same neighbour. Ties go to the lower rows.
    """
    n = len(likeness)
    near = likeness.astype(np.float32, copy=True)
    np.fill_diagonal(near, NEVER)
    sizes = np.ones(n, np.float32)
    groups: list[list[int]] = [[i] for i in range(n)]
    best = near.argmax(1) if n else np.zeros(0, np.int64)
    value = near[np.arange(n), best]
    while n > 1:
        i = int(value.argmax())
        if value[i] < least:
            break
        i, j = sorted((i, int(best[i])))
        mean = (near[i] * sizes[i] + near[j] * sizes[j]) / (sizes[i] + sizes[j])
        mean[[i, j]] = NEVER
        near[i], near[:, i] = mean, mean
        near[j], near[:, j] = NEVER, NEVER
        sizes[i] += sizes[j]
        groups[i] += groups[j]
        groups[j] = []
        value[j] = NEVER
        stale = np.flatnonzero((best == i) | (best == j))
        nearer = np.flatnonzero(mean > value)
        best[nearer], value[nearer] = i, mean[nearer]
        for row in {i, *stale.tolist()} - {j}:
            if groups[row]:
                best[row] = near[row].argmax()
                value[row] = near[row, best[row]]
    return [sorted(group) for group in groups if group]
