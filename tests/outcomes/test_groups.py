"""Little groups of reports, read by the whole pipeline: what was planned, and what became of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman.store.outcomes import Asked, Planned, plans
from dragoman.store.record import open_record
from tests.outcomes.reading import Expected, Group, groups, store

GROUPS = groups()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "r.db"
    open_record(str(path), write=True).close()
    return path


def test_there_are_many_groups_of_two_to_four_reports() -> None:
    assert len(GROUPS) >= 60
    assert all(len(group.reports) <= 4 and group.today and group.expected for group in GROUPS)
    assert len({group.name for group in GROUPS}) == len(GROUPS)


@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_group(group: Group, backwards: bool, empty: Path, tmp_path: Path) -> None:
    path = shutil.copy(empty, tmp_path / "r.db")
    with open_record(str(path), write=True) as record:
        store(record, group.name, backwards)
        found = list(plans(record, Asked(today=group.today)))
    for expected in group.expected:
        check(expected, [plan for plan in found if number(plan.fact.report) == expected.report])


def check(expected: Expected, found: list[Planned]) -> None:
    if expected.state == "none":
        assert found == []
        return
    assert [plan.state for plan in found] == [expected.state]
    plan = found[0]
    if expected.by is not None:
        assert {number(told.fact.report) for told in plan.told} == expected.by
    if expected.again is not None:
        assert {number(fact.report) for fact in plan.retold} == expected.again
    if expected.due is not None:
        assert plan.due is not None
        assert (plan.due.start, plan.due.end) == expected.due
    if expected.then is not None:
        assert [then.state for then in plan.then] == [expected.then]
    for told in plan.told:
        assert told.points >= told.threshold
        assert told.reason


def number(report: str) -> int:
    return int(report.rpartition("-")[2])
