"""The commands by which people look facts over: accept, reject, edit, history, review."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.store.record import open_record
from dragoman.store.writing import Stamp, add
from tests import made
from tests.cli.conftest import Run
from training.events_corpus import load

MEETING = made.meeting().id
SIGNED = made.event().id


def lines(run: Run, record: str, *options: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("facts", "--json", "--record", record, *options).lines]


def test_a_fact_is_edited_and_its_history_told(run: Run, record: str) -> None:
    ran = run("edit", MEETING, "--set", "status=denied", "--by", "anna", "--why", "the palace", "--record", record)
    assert (ran.code, ran.lines) == (0, [f"{MEETING}\tedited\tdecision 1", "  status: claimed → denied"])
    [fact] = lines(run, record, "--status", "denied")
    assert (fact["id"], fact["reviewed_by"]) == (MEETING, "anna")
    told = run("history", MEETING, "--record", record).out
    assert "read by coder 0.1, lexicon lex (version 1 of the report)\n  CONSULT (visit): Canada (CAN) → Ghana" in told
    assert "anna edited it (decision 1): the palace\n  status: claimed → denied" in told
    steps = [json.loads(line) for line in run("history", MEETING, "--json", "--record", record).lines]
    assert [step["step"] for step in steps] == ["read", "edit"]
    assert steps[1]["changed"][0] == {"field": "status", "old": "claimed", "new": "denied"}
    assert run("verify", "--record", record).code == 0


def test_a_whole_fact_is_edited_from_a_line(run: Run, record: str) -> None:
    fact = next(line for line in lines(run, record) if line["id"] == MEETING)
    given = json.dumps({**fact, "status": "happened"}).encode()
    ran = run("edit", MEETING, "--from", "-", "--by", "anna", "--record", record, stdin=given)
    assert ran.lines[1:] == ["  status: claimed → happened"]
    ran = run("edit", MEETING, "--from", "-", "--by", "anna", "--record", record, stdin=b"[1")
    assert ran.err.startswith("dragoman: -: this is no JSON")
    assert run("edit", MEETING, "--by", "anna", "--record", record).code == 2


def test_facts_are_rejected_and_brought_back_together(run: Run, record: str) -> None:
    ran = run("reject", MEETING, SIGNED, "--by", "anna", "--record", record)
    assert ran.lines == [f"{MEETING}\trejected\tdecision 1", f"{SIGNED}\trejected\tdecision 1"]
    assert lines(run, record, "--kind", "event") == []
    ran = run("accept", MEETING, "e-none", "--by", "anna", "--record", record)
    assert (ran.code, ran.err) == (
        2, "dragoman: e-none: the record has no such fact; `dragoman facts --json` has the ids of all\n"
    )  # fmt: skip
    assert lines(run, record, "--kind", "event") == []
    assert run("accept", MEETING, "--by", "anna", "--record", record).code == 0
    assert [line["id"] for line in lines(run, record, "--kind", "event")] == [MEETING]


def test_who_decides_after_somebody_else_is_told(run: Run, record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run("reject", MEETING, "--record", record)
    assert ran.err == "dragoman: --by: say who decides, or set DRAGOMAN_REVIEWER\n"
    monkeypatch.setenv("DRAGOMAN_REVIEWER", "anna")
    assert run("reject", MEETING, "--record", record).code == 0
    ran = run("accept", MEETING, "--by", "ben", "--record", record)
    assert ran.code == 2 and "anna rejected it on" in ran.err and "decide again with --over 1" in ran.err
    assert run("accept", MEETING, "--by", "ben", "--over", "1", "--record", record).code == 0


def test_exports_say_who_looked_a_fact_over(run: Run, record: str, tmp_path: Path) -> None:
    run("accept", MEETING, "--by", "anna", "--record", record)
    for format_ in ("csv", "jsonl", "plover"):
        status = ("--status", "claimed") if format_ == "plover" else ("--kind", "event")
        assert run("export", format_, "--out", f"x.{format_}", *status, "--record", record).code == 0
    rows = [line.split(",") for line in (tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()]
    assert rows[0][-1] == "reviewed_by" and {row[-1] for row in rows[1:]} == {"", "anna"}
    objects = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {item["id"]: item["reviewed_by"] for item in objects} == {MEETING: "anna", SIGNED: None}
    [item] = [json.loads(line) for line in (tmp_path / "x.plover").read_text(encoding="utf-8").splitlines()]
    assert item["reviewed_by"] == "anna"


def test_disagreements_are_listed(run: Run, record: str) -> None:
    run("edit", MEETING, "--set", "status=happened", "--by", "anna", "--record", record)
    with open_record(record, write=True) as opened:
        add(opened, made.answer(events=(made.meeting(status="denied"),)), Stamp("0.2", "lex"))
    ran = run("review", "--disagreements", "--record", record)
    assert ran.err == "dragoman: people and the coder disagree on 1 facts\n"
    assert ran.lines[0].startswith(f"{MEETING}  event, r1: CONSULT (visit): Canada (CAN) → Ghana (GHA)")
    assert ran.lines[2:] == ["  coder 0.2 reads otherwise (its value → people's):", "    status: denied → happened"]
    [line] = run("review", "--disagreements", "--json", "--record", record).lines
    found = json.loads(line)
    assert (found["by"], found["read_since"], found["changed"][0]["coder"]) == ("anna", True, "denied")


def test_a_review_is_left_and_taken_up(run: Run, record: str) -> None:
    options = ("review", "--reviewer", "anna", "--record", record)
    ran = run(*options, "--size", "3", "--seed", "4", stdin=b"r\n")
    assert "3 facts of 7 are drawn, seed 4" in ran.err and "the same command goes on" in ran.err
    assert ran.lines[0].startswith("3 of 3 facts are open. r right, w wrong")
    assert "Fact 1 of 3" in ran.out and "0.9" not in ran.out and "[[" in ran.out
    ran = run(*options, stdin=b"?x\nw\nb\nr\na\nr\na\nr\na\nr\nr\na\nr\n")
    assert "Fact 3 of 3" in ran.out and "the same command" not in ran.err
    assert "fact         1.00 (" in ran.out and "all fields   1.00" in ran.out
    again = run(*options, "--size", "9")
    assert "Fact" not in again.out and "was drawn already" in again.err


def test_sheets_of_a_second_reviewer_give_the_agreement(run: Run, record: str, tmp_path: Path) -> None:
    for name, letter in (("anna", "r"), ("ben", "w")):
        options = ("review", "--reviewer", name, "--record", record)
        assert run(*options, "--out", f"{name}.csv").code == 0
        sheet = tmp_path / f"{name}.csv"
        sheet.write_text(sheet.read_text(encoding="utf-8").replace(",\n", f",{letter}\n"), encoding="utf-8")
        ran = run(*options, "--in", f"{name}.csv")
        assert ran.code == 0 and f"answers of {name}" in ran.err
    assert "fact         0.50 (" in ran.out
    assert "Agreement, Krippendorff's alpha" in ran.out and "same 0% of 7 facts" in ran.out
    assert run("review", "--figures", "--record", record).out == ran.out
    assert "there is none called 'x'" in run("review", "--figures", "--sample", "x", "--record", record).err


def test_gold_is_written_in_the_corpus_format(run: Run, record: str, tmp_path: Path) -> None:
    options = ("review", "--reviewer", "anna", "--kind", "event", "--record", record)
    run(*options, stdin=b"a\nr\na\nr\n")
    ran = run("review", "--gold", "gold.txt", "--register", "agency", "--record", record)
    assert (ran.code, ran.err) == (0, "dragoman: gold.txt: 2 sentences with 2 events\n")
    assert sorted(event.act for item in load([tmp_path / "gold.txt"]) for event in item.events) == [
        "CONSULT",
        "SUPPORT",
    ]
