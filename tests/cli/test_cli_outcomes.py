"""`dragoman outcomes` and `dragoman agreements`: what people and programs are shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.store.record import open_record
from tests.cli.conftest import Run
from tests.outcomes.reading import store


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("outcomes") / "r.db")
    with open_record(path, write=True) as record:
        for name in ("visit-postponed-then-made", "eisenhower-not-in-moscow", "no-word", "inf-treaty", "told-twice"):
            store(record, name)
    return path


def test_a_plan_is_shown_with_the_words_that_prove_it(run: Run, planned: str) -> None:
    out = run("outcomes", "USA SUN act:CONSULT", "--record", planned).out
    assert out.startswith("1960-06  ✕ called off  AGREE: Eisenhower (USA) → Soviet Union (SUN), an act of CONSULT\n")
    assert "planned  ⟦President Eisenhower will visit the Soviet Union in June⟧" in out
    assert "called off ⟦Premier Khrushchev has cancelled President Eisenhower's visit to the Soviet Union" in out
    assert "names the date planned" in out
    assert " of 4 points" in out


def test_a_plan_that_was_put_off_names_the_one_that_replaced_it(run: Run, planned: str) -> None:
    out = run("outcomes", "--outcome", "put-off", "--record", planned).out
    assert "1998-03-12  ↷ put off, then happened" in out
    assert "now due  1998-05-01 – 1998-05-31: ● happened" in out


def test_what_is_told_twice_is_one_plan(run: Run, planned: str) -> None:
    once = run("outcomes", "--record", planned).out
    again = run("outcomes", "--retold", "--record", planned).out
    assert "told-twice-2 (1998-03-03)" in once.split("told again by ")[1].split("\n")[0]
    assert again.count("⟦Polish president will travel") == 1
    assert "⟦Polish president will travel" not in once


def test_as_json_and_by_id(run: Run, planned: str) -> None:
    (line,) = run("outcomes", "TUR GRC", "--json", "--record", planned).out.splitlines()
    plan = json.loads(line)
    assert (plan["state"], plan["outcomes"], plan["due"]["start"]) == ("no outcome seen", [], "1996-02-20")
    assert plan["told"]["quote"]["text"] == "Turkish prime minister will visit Greece on 20 February"
    assert run("outcomes", plan["id"], "--json", "--record", planned).out == f"{line}\n"


def test_what_reports_had_told_by_a_day(run: Run, planned: str) -> None:
    assert " ○ due " in run("outcomes", "USA SUN", "--told-by", "1960-02-01", "--record", planned).out
    assert run("outcomes", "USA SUN", "--told-by", "1959-01-01", "--record", planned).err == "no plan found\n"


def test_pages_go_on_where_the_last_ended(run: Run, planned: str) -> None:
    whole = run("outcomes", "--all", "--json", "--record", planned).out.splitlines()
    first = run("outcomes", "--limit", "2", "--json", "--record", planned)
    assert first.err.startswith("more with --after ")
    rest = run("outcomes", "--after", first.err.split()[-1], "--json", "--record", planned)
    assert first.out.splitlines() + rest.out.splitlines() == whole


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("outcomes", "--outcome", "done"), "outcome: 'done' is none of happened, under way"),
        (("outcomes", "--told-by", "soon"), "told_by: 'soon' is no day such as 1978-09-17"),
        (("outcomes", "--as-of", "2026-13-01"), "as_of: '2026-13-01' is no day"),
        (("outcomes", "visit in:sentences"), "plans are facts; leave in:sentences out"),
        (("agreements", "--told-by", "soon"), "told_by: 'soon' is no day"),
    ],
)
def test_what_can_t_be_asked_is_said(run: Run, planned: str, args: tuple[str, ...], said: str) -> None:
    ran = run(*args, "--record", planned)
    assert ran.code == 2
    assert said in ran.err


def test_an_agreement_under_two_names(run: Run, planned: str) -> None:
    out = run("agreements", "INF Treaty", "--record", planned).out
    first, *rest = out.splitlines()
    assert "  signed  SUN, USA · 2 reports · a-" in first
    assert any("also called" in line for line in rest)
    assert [line.split()[0:3] for line in rest if line.startswith("    ≤") or line.startswith("    19")] == [
        ["≤", "1987-12-01", "agreed,"],
        ["1987-12-08", "signed"],
    ]
    assert "⟦signed the Intermediate-Range Nuclear Forces Treaty⟧" in out


def test_agreements_of_a_pair_and_none(run: Run, planned: str) -> None:
    lines = run("agreements", "--where", "USA SUN", "--json", "--record", planned).out.splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["signed"]
    ran = run("agreements", "Elbe accord", "--record", planned)
    assert (ran.code, ran.out, ran.err) == (0, "", "no agreement found by the name 'Elbe accord'\n")


def test_exports_hold_the_same(run: Run, planned: str, tmp_path: Path) -> None:
    for name, column in (("outcomes", "state"), ("agreements", "step")):
        out = tmp_path / f"{name}.csv"
        assert run("export", name, "--out", str(out), "--record", planned).code == 0
        head, *rows = out.read_text(encoding="utf-8").splitlines()
        assert column in head.split(",")
        assert len(rows) >= 2
    assert "no outcome seen" in (tmp_path / "outcomes.csv").read_text(encoding="utf-8")
