"""Average-link clustering."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.average_link import average_link


def test_groups_join_by_their_mean_and_not_by_one_near_pair() -> None:
    likeness = np.eye(4, dtype=np.float32)
    for i, j, x in ((0, 1, 0.9), (2, 3, 0.9), (1, 2, 0.8)):
        likeness[i, j] = likeness[j, i] = x
    assert average_link(likeness, 0.5) == [[0, 1], [2, 3]]
    assert average_link(likeness, 0.2) == [[0, 1, 2, 3]], "the mean of the four pairs across is 0.2"


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_to_join(n: int) -> None:
    assert average_link(np.ones((n, n), np.float32), 0.5) == [[i] for i in range(n)]


@given(st.integers(2, 12), st.integers(0, 10_000), st.floats(0.1, 0.9))
def test_the_order_of_the_rows_changes_nothing(n: int, seed: int, least: float) -> None:
    random = np.random.default_rng(seed)
    half = random.random((n, n)).astype(np.float32)
    likeness = (half + half.T) / 2
    shuffled = random.permutation(n)
    groups = {frozenset(group) for group in average_link(likeness, least)}
    again = average_link(likeness[np.ix_(shuffled, shuffled)], least)
    assert {frozenset(int(shuffled[i]) for i in group) for group in again} == groups
    assert sorted(i for group in again for i in group) == list(range(n))
