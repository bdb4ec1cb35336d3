"""Calibration: bins of equal count, the error over them, and what ranks before what."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.calibration import by_chance, calibration_error, ranking, reliability, table
from benchmarks.measures import measures

SURE = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


@given(SURE)
def test_bins_hold_all_and_are_of_equal_count(pairs: list[tuple[float, bool]]) -> None:
    sure, right = [p for p, _ in pairs], [r for _, r in pairs]
    bins = reliability(sure, right)
    assert sum(one.number for one in bins) == len(pairs)
    assert max(one.number for one in bins) - min(one.number for one in bins) <= 1
    assert sum(one.number * one.right for one in bins) == pytest.approx(sum(right))
    assert all(one.low <= after.low for one, after in zip(bins, bins[1:], strict=False))
    assert 0 <= calibration_error(bins) <= 1


@pytest.mark.parametrize(
    ("sure", "right", "error"),
    [
        ([1.0, 1.0, 0.0, 0.0], [True, True, False, False], 0.0),
        ([1.0, 1.0, 0.0, 0.0], [False, False, True, True], 1.0),
        ([0.75] * 4, [True, True, True, False], 0.0),
        ([0.9] * 4, [True, True, False, False], 0.4),
    ],
)
def test_the_error_of_one_and_two_bins(sure: list[float], right: list[bool], error: float) -> None:
    assert calibration_error(reliability(sure, right, 1 if len(set(sure)) == 1 else 2)) == pytest.approx(error)


def test_nothing_has_no_error() -> None:
    assert calibration_error(reliability([], [])) == 0


@pytest.mark.parametrize(
    ("sure", "right", "share"),
    [
        ([0.1, 0.2, 0.8, 0.9], [False, False, True, True], 1.0),
        ([0.1, 0.2, 0.8, 0.9], [True, True, False, False], 0.0),
        ([0.5, 0.5], [True, False], 0.5),
        ([0.1, 0.5, 0.5], [False, True, False], 0.75),
        ([0.1, 0.5], [True, True], 0.5),
    ],
)
def test_ranking(sure: list[float], right: list[bool], share: float) -> None:
    assert ranking(sure, right) == share


def test_chance_alone_makes_an_error_that_shrinks_with_more_events() -> None:
    few, many = by_chance(np.full(100, 0.5), 100), by_chance(np.full(10_000, 0.5), 100)
    assert 0 < many < few < 0.2
    assert by_chance(np.ones(50), 10) == 0


def test_the_figures_are_found_in_the_lines() -> None:
    lines = (
        "all         right 0.187   mean 0.183   ECE 0.019   chance 0.018   ranking 84.4\n"
        "type        right 0.526   mean 0.533   ECE 0.025   chance 0.028   ranking 79.7\n"
        "from 0.50            135    185   1667   P  73.0   R   8.1   F1  14.6\n"
    )
    found = {m.key: reading.value for m in measures() if m.task == "confidence" and (reading := m.read(lines))}
    assert found == {"all": 0.019, "type": 0.025, "ranking": 84.4, "precision0.5": 73.0, "recall0.5": 8.1}
    assert len(list(table(reliability([0.2, 0.8], [False, True])))) == 3
