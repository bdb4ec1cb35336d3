"""Roles from vectors: who gets a core role, where sentences end, what is known from outside."""

from itertools import pairwise

import numpy as np
import pytest

from dragoman.language.annotations import Argument
from dragoman.language.encoder import Reading
from dragoman.language.roles import BLOCK, RoleScorer, predicates_of

LABELS = ["_", "ARG0", "ARGM-TMP"]


def scorer() -> RoleScorer:
    """Two-wide vectors: an argument's first number speaks for ARG0, its second for ARGM-TMP; none has the score 0."""
    weight = np.zeros((3, len(LABELS) * 3), np.float32)
    weight[2, 3 + 0], weight[2, 6 + 1] = 1, 1
    return RoleScorer(weight, LABELS)


def reading(predicates: list[float], takers: list[list[float]]) -> Reading:
    """A window of which only what roles need is filled."""
    n = len(predicates)
    empty = np.zeros((n, 1), np.float32)
    return Reading(
        np.zeros(n, np.int64), np.zeros(n, np.int64), empty[:, 0], empty, [empty], empty, empty,
        np.array(predicates, np.float32), np.zeros((n, 2), np.float32), np.array(takers, np.float32),
        np.array([[k, 0, 0, 0] for k in range(n)], np.float32), empty, empty,
    )  # fmt: skip


def test_core_role_goes_to_one_word_and_adjuncts_to_many() -> None:
    window = reading([1, -1, -1, -1, -1], [[2, 0], [3, 0], [0, 5], [0, 4], [-1, -1]])
    (found,) = predicates_of(window, [(0, 5)], np.arange(5), scorer())
    said = found.arguments
    assert [(a.word, a.role) for a in said] == [(1, "ARG0"), (2, "ARGM-TMP"), (3, "ARGM-TMP")]
    assert said[0].probability == pytest.approx(np.exp(3) / (np.exp(3) + 2))


def test_more_predicates_than_go_through_at_once() -> None:
    """Every word is a predicate; ARG0 of each is the first word of its sentence."""
    ends = [BLOCK - 2, 2 * BLOCK + 5, 2 * BLOCK + 6]
    bounds = list(pairwise([0, *ends]))
    takers = [[float(k in [start for start, _ in bounds]), -9.0] for k in range(ends[-1])]
    found = predicates_of(reading([1.0] * ends[-1], takers), bounds, np.arange(ends[-1]), scorer())
    assert [(p.word, [a.word for a in p.arguments]) for p in found] == [
        (k, [start]) for start, end in bounds for k in range(start, end)
    ]


def test_predicates_keep_to_their_sentence() -> None:
    window = reading([-1, 2, -1, 3], [[4, 0], [-9, -9], [5, 0], [-9, -9]])
    found = predicates_of(window, [(0, 2), (2, 4)], np.array([10, 11, 13, 14]), scorer())
    assert [(p.word, [(a.word, a.role) for a in p.arguments]) for p in found] == [
        (11, [(10, "ARG0")]),
        (14, [(13, "ARG0")]),
    ]
    assert found[0].probability == 1 / (1 + np.exp(np.float32(-2)))
    assert [p.reality.factual for p in found] == [1, 3]


def test_given_predicates_replace_those_found() -> None:
    window = reading([5, -5], [[-9, -9], [4, 0]])
    found = predicates_of(window, [(0, 2)], np.array([0, 1]), scorer(), given=[1])
    assert [p.word for p in found] == [1]
    assert [type(a) for a in found[0].arguments] == [Argument]


def test_weights_without_roles_give_no_predicates() -> None:
    bare = RoleScorer(np.zeros((3, 3), np.float32), ["_"])
    assert predicates_of(reading([5], [[1, 1]]), [(0, 1)], np.array([0]), bare) == []
