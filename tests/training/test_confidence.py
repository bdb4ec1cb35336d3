"""Fitting confidence: known weights are found again in made data, and what is written can be read."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.lexicon.confidence import FEATURES, FIELDS, WHOLE, ConfidenceRow
from dragoman.lexicon.table import read_rows
from training.confidence import FOLDS, Case, fit, fit_all, fold_of, lines, logistic, loss, told

TRUE = np.array([-0.7, 1.5, 0.0, -0.8])
NOT_RISING = np.zeros(4, bool)


def made(number: int, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Cases of a logistic model with the weights TRUE: a bias, two numbers, and a mark."""
    draw = np.random.default_rng(seed)
    mark = (draw.random(number) < 0.3).astype(float)
    x = np.column_stack([np.ones(number), draw.normal(0, 2, number), draw.normal(0, 0.5, number), mark])
    return x, (draw.random(number) < 1 / (1 + np.exp(-x @ TRUE))).astype(float)


def test_known_weights_are_found_again() -> None:
    x, y = made(40_000)
    assert logistic(x, y, 1.0, NOT_RISING) == pytest.approx(TRUE, abs=0.08)


def test_a_greater_penalty_makes_smaller_weights() -> None:
    x, y = made(500)
    sizes = [np.abs(logistic(x, y, penalty, NOT_RISING)[1:]).sum() for penalty in (1.0, 30.0, 1000.0)]
    assert sizes[0] > sizes[1] > sizes[2] > 0


def test_what_may_only_speak_for_it_is_never_below_0_and_the_rest_is_fitted_without_it() -> None:
    x, y = made(5000)
    kept = logistic(x, y, 1.0, np.array([False, False, False, True]))
    assert kept[3] == 0
    assert kept[:3] == pytest.approx(logistic(x[:, :3], y, 1.0, NOT_RISING[:3]))


def test_a_column_that_is_always_the_same_weighs_nothing() -> None:
    x, y = made(500)
    x[:, 2] = 4.0
    assert logistic(x, y, 1.0, NOT_RISING)[2] == 0


def test_the_penalty_is_that_of_least_loss_on_what_was_held_out() -> None:
    x, y = made(3000)
    found = fit(("bias", "one", "two", "mark"), x, y, np.arange(3000) % FOLDS)
    assert loss(found.told, y) < loss(np.full(3000, np.log(y.mean() / (1 - y.mean()))), y) - 0.1
    assert found.weights["one"] == pytest.approx(1.5, abs=0.2)


def cases(number: int = 400) -> list[Case]:
    draw = np.random.default_rng(5)
    found = []
    for k in range(number):
        act = float(draw.normal())
        right = {name: bool(draw.random() < 1 / (1 + np.exp(-act))) for name in FIELDS}
        found.append(Case(f"set:{k // 2}", {"bias": 1.0, "act": act}, {**right, WHOLE: all(right.values())}))
    return found


def test_what_is_written_is_a_table() -> None:
    found = cases()
    fits = fit_all(found)
    rows = [row for _, row in read_rows(ConfidenceRow, "t.tsv", "\n".join(lines(fits)) + "\n")]
    assert {(row.field, row.feature) for row in rows} == {(name, part) for name in FEATURES for part in ("bias", "act")}
    assert all(row.weight == fits[row.field].weights[row.feature] for row in rows)
    assert any(line.startswith("all ") for line in told(fits, found))


def test_a_set_lies_in_one_fold() -> None:
    assert len({fold_of(f"set:{k}") for k in range(100)}) == FOLDS
    assert fold_of("set:p01-a") == fold_of("set:p01-a")
