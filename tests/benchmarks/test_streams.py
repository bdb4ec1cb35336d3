"""The benchmark of streams runs, and its counts see what is lost, doubled or out of order."""

from __future__ import annotations

import json

import pytest

from benchmarks.streams import Reader, figures, main


def test_a_small_run_loses_nothing() -> None:
    shown: list[str] = []
    assert main(["--minutes", "0.03", "--readers", "5", "--slow", "1"], shown.append) == 0
    found = json.loads(shown[0])
    assert (found["readers"], found["lost"], found["doubled"]) == (5, 0, 0)
    assert found["facts"] >= 20


@pytest.mark.parametrize(
    ("ids", "lost", "doubled", "wrong"),
    [([1, 2, 3], 0, 0, 0), ([1, 3], 1, 0, 1), ([1, 2, 2, 3], 0, 1, 1), ([2, 1, 3], 0, 0, 1), ([1, 2], 1, 0, 0)],
)
def test_faults_are_counted(ids: list[int], lost: int, doubled: int, wrong: int) -> None:
    reader = Reader(ids=ids, at=[1.0] * len(ids))
    found = figures([reader], [1, 2, 3], {1: 1.0, 2: 1.0, 3: 1.0}, [1024])
    assert (found["lost"], found["doubled"], found["readers_out_of_order_or_with_gaps"]) == (lost, doubled, wrong)
