import time
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.language.decode import is_tree, tree, trees

TREES = [
    ([0], True),
    ([2, 0], True),
    ([0, 0], False),
    ([2, 1], False),
    ([2, 3, 0, 3], True),
    ([2, 3, 1, 0], False),
    ([0, 1, 2, 3, 4, 5, 6, 7], True),
    ([8, 1, 2, 3, 4, 5, 6, 0], True),
    ([1], False),
]


@pytest.mark.parametrize(("heads", "expected"), TREES)
def test_is_tree(heads: list[int], expected: bool) -> None:
    assert is_tree(np.array(heads)) is expected


def total(scores: np.ndarray, heads: np.ndarray) -> float:
    return float(sum(scores[i, h] for i, h in enumerate(heads)))


@pytest.mark.parametrize("seed", range(60))
def test_tree_is_the_best_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    scores = rng.normal(size=(n, n + 1)).astype(np.float32)
    every = (np.array(c) for c in product(range(n + 1), repeat=n) if all(c[i] != i + 1 for i in range(n)))
    best = max(total(scores, heads) for heads in every if is_tree(heads))
    found = tree(scores)
    assert is_tree(found)
    assert total(scores, found) == pytest.approx(best, abs=1e-4)


@given(st.integers(1, 40), st.integers(0, 2**31), st.sampled_from([0.0, np.nan, np.inf, -np.inf, 1e9, -1e9]))
@settings(max_examples=80, deadline=None)
def test_any_scores_give_a_tree(n: int, seed: int, odd: float) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(n, n + 1)).astype(np.float32)
    scores[rng.random(scores.shape) < 0.3] = odd
    assert is_tree(tree(scores))


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(0, 2**31), st.sampled_from([0.0, np.nan, np.inf])
)
@settings(max_examples=80, deadline=None)
def test_sentences_of_a_window_are_read_as_if_alone(sizes: list[int], seed: int, odd: float) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(sum(sizes), sum(sizes) + 1)).astype(np.float32)
    scores[rng.random(scores.shape) < 0.1] = odd
    bounds = [(sum(sizes[:k]), sum(sizes[: k + 1])) for k in range(len(sizes))]
    alone = [tree(scores[start:end, [0, *range(start + 1, end + 1)]]) for start, end in bounds]
    expected = [int(h) and int(h) + start for heads, (start, _) in zip(alone, bounds, strict=True) for h in heads]
    assert trees(scores, bounds).tolist() == expected


def test_a_long_sentence_of_equal_scores_is_quick() -> None:
    assert is_tree(tree(np.zeros((200, 201), np.float32)))


def test_huge_scores_of_two_roots_give_one() -> None:
    scores = np.array([[1e9, 0, 1], [1e9, 2, 0]], np.float32)
    assert sorted(tree(scores).tolist()) in ([0, 1], [0, 2])


@pytest.mark.parametrize("seed", range(20))
def test_a_sentence_of_many_cycles_costs_no_more_than_its_square(seed: int) -> None:
    """Words in pairs that prefer each other, and pairs of pairs, and so on: every arc closes a cycle."""
    rng = np.random.default_rng(seed)
    n = 128
    near = np.array([[-float((i ^ (j - 1)).bit_length()) if j else -20.0 for j in range(n + 1)] for i in range(n)])
    began = time.process_time()
    heads = tree((near + rng.normal(scale=0.01, size=near.shape)).astype(np.float32))
    assert is_tree(heads)
    assert time.process_time() - began < 0.5
    apart = [(i ^ (head - 1)).bit_length() for i, head in enumerate(heads.tolist()) if head]
    assert [apart.count(level) for level in range(1, 8)] == [64, 32, 16, 8, 4, 2, 1]
