"""The same reports in any order and in batches of any size end in the same joins; a record tells what it knew on a
day."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import QueryError
from dragoman.facts import Answer
from dragoman.store import planning, writing
from dragoman.store.outcomes import Asked, of_fact, page, plan_json, plans, plans_met
from dragoman.store.query import FactFilter
from dragoman.store.record import Record, open_record
from dragoman.store.tables import FACTS, OUTCOMES, PLAN_KEYS, PLANS, TURNS
from dragoman.store.verifying import verify
from dragoman.store.writing import Stamp, add, add_all
from tests.outcomes.reading import answers, groups, store

STAMP = Stamp("0.1", "lex")
MIXED = (
    "visit-postponed-then-made", "told-twice", "trump-kim", "disputed", "two-plans-one-act", "brought-forward",
    "signed-as-planned", "eisenhower-not-in-moscow", "no-word", "other-year", "sanctions-lifted", "open-plan",
)  # fmt: skip
"""Groups of which several speak of Poland and Ukraine, so that they meet."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "r.db"
    open_record(str(path), write=True).close()
    return path


def joins(record: Record) -> set[tuple[object, ...]]:
    """Plan, later fact, and the decision, by the facts' ids."""
    plan, later = FACTS.alias("plan"), FACTS.alias("later")
    columns = (plan.c.id, later.c.id, OUTCOMES.c.outcome, OUTCOMES.c.points, OUTCOMES.c.reason)
    joined = sa.join(OUTCOMES, plan, plan.c.seq == OUTCOMES.c.plan_seq).join(later, later.c.seq == OUTCOMES.c.seq)
    with record.reading() as connection:
        return {tuple(row) for row in connection.execute(sa.select(*columns).select_from(joined))}


def mixed() -> list[Answer]:
    return [answer for name in MIXED for answer in answers()[name]]


def read_in(path: Path, read: list[Answer], sizes: int) -> set[tuple[object, ...]]:
    with open_record(str(path), write=True) as record:
        for start in range(0, len(read), sizes):
            add_all(record, read[start : start + sizes], STAMP)
        return joins(record)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_ends_in_the_same_joins(empty: Path, tmp_path: Path, data: st.DataObject) -> None:
    in_order = read_in(Path(shutil.copy(empty, tmp_path / "a.db")), mixed(), 1)
    shuffled = data.draw(st.permutations(mixed()))
    size = data.draw(st.integers(1, 9))
    assert read_in(Path(shutil.copy(empty, tmp_path / "b.db")), shuffled, size) == in_order
    assert len(in_order) > 20


def test_both_databases_join_alike_and_can_join_all_anew(new_record: str, empty: Path, tmp_path: Path) -> None:
    in_order = read_in(Path(shutil.copy(empty, tmp_path / "a.db")), mixed(), 1)
    with open_record(new_record, write=True) as record:
        add_all(record, mixed(), STAMP)
        assert joins(record) == in_order
        before = rows(record)
        with record.writing() as connection:
            planning.rebuild(connection)
        assert rows(record) == before
        assert joins(record) == in_order
        assert list(verify(record)) == []
        states = {plan.state for plan in plans(record, Asked(today="2020-01-01"))}
        assert {"happened", "called off", "put off", "disputed", "no outcome seen"} <= states


def rows(record: Record) -> list[list[tuple[object, ...]]]:
    with record.reading() as connection:
        tables = (PLANS, TURNS, PLAN_KEYS)
        return [sorted(map(tuple, connection.execute(sa.select(table))), key=repr) for table in tables]


@pytest.fixture
def poland(empty: Path, tmp_path: Path) -> str:
    path = str(shutil.copy(empty, tmp_path / "r.db"))
    with open_record(path, write=True) as record:
        store(record, "visit-postponed-then-made")
    return path


def test_what_reports_had_told_by_a_day(poland: str) -> None:
    with open_record(poland) as record:
        told = {
            day: [(plan.state, plan.moved, plan.final.state) for plan in plans(record, Asked(told_by=day))]
            for day in ("1998-02-01", "1998-02-20", "1998-03-05", "1998-05-13", "1998-12-31")
        }
    assert told["1998-02-01"] == []
    assert told["1998-02-20"] == [("due", False, "due")]
    assert told["1998-03-05"] == [("due", True, "due"), ("put off", False, "due")]
    assert told["1998-05-13"] == told["1998-12-31"] == [("happened", True, "happened"), ("put off", False, "happened")]


def test_the_record_as_it_stood(empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(shutil.copy(empty, tmp_path / "r.db"))
    with open_record(path, write=True) as record:
        for day, answer in zip(("2026-01-01", "2026-01-03"), answers()["sadat-in-jerusalem"], strict=True):
            monkeypatch.setattr(writing, "now", lambda day=day: f"{day}T12:00:00+00:00")
            add(record, answer, STAMP)
        states = [
            [plan.state for plan in plans(record, Asked(FactFilter(as_of=day)))]
            for day in ("2025-12-31", "2026-01-02", "2026-01-03")
        ]
    assert states == [[], ["no outcome seen"], ["happened"]]


def test_a_new_version_takes_its_outcome_back(empty: Path, tmp_path: Path) -> None:
    path = str(shutil.copy(empty, tmp_path / "r.db"))
    plan, outcome = answers()["sadat-in-jerusalem"]
    with open_record(path, write=True) as record:
        add_all(record, [plan, outcome], STAMP)
        add(record, Answer(outcome.report), Stamp("0.2", "lex"))
        assert [one.state for one in plans(record, Asked())] == ["no outcome seen"]


def test_pages_hold_each_plan_once_and_states_are_asked_for(empty: Path, tmp_path: Path) -> None:
    path = str(shutil.copy(empty, tmp_path / "r.db"))
    with open_record(path, write=True) as record:
        add_all(record, mixed(), STAMP)
        whole = [plan.fact.id for plan in plans(record, Asked(today="2020-01-01"))]
        seen: list[str] = []
        cursor = None
        while True:
            got = page(record, Asked(today="2020-01-01"), cursor, limit=2)
            seen += [plan.fact.id for plan in got.plans]
            cursor = got.next
            if cursor is None:
                break
        assert seen == whole
        assert len(set(whole)) == len(whole) > 8
        by_state = {state: list(plans(record, Asked(states=(state,), today="2020-01-01"))) for state in STATES}
        assert all(plan.state == state for state, found in by_state.items() for plan in found)
        assert sorted(plan.fact.id for found in by_state.values() for plan in found) == sorted(whole)
        happened = by_state["happened"][0]
        assert happened.fact.id in plans_met(record, happened.told[-1].fact.id)
        again = of_fact(record, happened.fact.id, Asked(today="2020-01-01"))
        assert again is not None
        assert plan_json(again) == plan_json(happened)
        assert of_fact(record, "e-nothing") is None
        with pytest.raises(QueryError, match="outcome: 'done' is none of happened"):
            Asked(states=("done",))
        with pytest.raises(QueryError, match="told_by: 'May' is no day"):
            Asked(told_by="May")


STATES = (
    "happened", "under way", "claimed", "put off", "changed", "called off", "did not happen", "refused", "disputed",
    "due", "open", "no outcome seen",
)  # fmt: skip


def test_the_page_of_all_plans_walks_an_index(empty: Path) -> None:
    said: list[str] = []
    with open_record(str(empty)) as record:

        def explain(_conn: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
            said.append(statement)

        sa.event.listen(record.engine, "before_cursor_execute", explain)
        list(plans(record, Asked()))
        heads = next(one for one in said if "ORDER BY plans.due_last" in one)
        with record.reading() as connection:
            values = (0,) * heads.count("?")
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {heads}", values)]
    assert any("plans USING" in step and "ix_plans_due_last_seq" in step for step in plan), plan
    assert not any("TEMP B-TREE FOR ORDER BY" in step for step in plan), plan


def test_groups_are_read_whole() -> None:
    assert {name: len(read) for name, read in answers().items()} == {g.name: len(g.reports) for g in groups()}
