"""`show --explain` and `read --explain`: the words and rules of each field, from a record or from a text to try."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run

TEXT = "Iraq denied that it had attacked Kuwait. The teacher attacked the painter."
LINE = json.dumps({"id": "a", "text": TEXT, "published": "1990-08-01"}).encode()
TRY = ("read", "--explain", "--text", TEXT, "--published", "1990-08-01")


def test_a_text_is_explained_field_by_field_and_nothing_is_stored(run: Run) -> None:
    ran = run(*TRY)
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "text, 1990-08-01"
    event = ran.out[ran.out.index(". event e-") :]
    rows = [" ".join(line.split()) for line in event.split("\n")]
    assert "status ✕ denied" in rows
    assert "status_cues:deny “denied” complement cue: denied" in rows
    assert "pronoun:antecedent “Iraq” “it” stands for: Iraq (IRQ, GOV)" in rows
    assert "relevance" not in ran.out
    assert run("facts").code == 2


def test_what_was_left_out_is_told_when_asked(run: Run) -> None:
    out = run(*TRY, "--dropped").out
    assert "relevance:party" in out
    last = " ".join(out[out.index("left out") :].split())
    assert "“attacked” relevance:unsure only the parser's heads see it so, and it is hardly right" in last


def test_as_json_every_note_has_its_words_where_they_stand(run: Run) -> None:
    found = json.loads(run(*TRY, "--json", "--dropped").out)
    assert list(found) == ["report", "stored", "facts", "left_out"]
    assert (found["report"], found["stored"]) == ("text", None)
    notes = [note for fact in found["facts"] for note in fact["notes"]]
    assert {"trigger", "type", "status", "source", "target", "date", "cue", "speaker"} <= {n["field"] for n in notes}
    for word in (word for note in notes for word in note["words"]):
        assert TEXT[word["start"] : word["end"]] == word["text"]
    assert found["facts"][1]["fact"]["status"] == "denied"
    assert "left_out" not in json.loads(run(*TRY, "--json").out)


def test_a_stored_report_is_read_again_and_compared(run: Run) -> None:
    assert run("read", "--record", "x.db", "-", stdin=LINE).code == 0
    out = run("show", "a", "--explain", "--record", "x.db").out
    assert out.split("\n")[1] == "the facts in the record are those that are read now"
    assert "status_cues:deny" in out
    found = json.loads(run("show", "a", "--explain", "--json", "--record", "x.db").out)
    assert found["stored"] == {"same": True, "gone": [], "new": [], "changed": {}}


def test_one_fact_alone(run: Run) -> None:
    assert run("read", "--record", "y.db", "-", stdin=LINE).code == 0
    every = json.loads(run("show", "a", "--explain", "--json", "--record", "y.db").out)["facts"]
    args = ("show", "a", "--explain", "--json", "--record", "y.db", "--fact")
    assert json.loads(run(*args, every[1]["id"]).out)["facts"] == every[1:2]
    ran = run(*args, "e-0")
    assert (ran.code, ran.out) == (2, "")
    assert "no event or statement 'e-0'" in ran.err


def test_facts_of_other_tables_are_named(run: Run, record: str) -> None:
    """The record's facts are made by hand, so that the tables of today read others."""
    found = json.loads(run("show", "r1", "--explain", "--json", "--record", record).out)
    stored = found["stored"]
    assert stored["same"] is False
    now = [fact["id"] for fact in found["facts"]]
    assert stored["new"]
    assert set(stored["new"]) <= set(now)
    assert stored["gone"]
    assert not set(stored["gone"]) & set(now)
    out = run("show", "r1", "--explain", "--record", record).out
    assert f"  in the record, no longer read: {stored['gone'][0]}\n" in out


def test_inputs_are_explained_in_order_and_a_bad_one_costs_no_other(run: Run) -> None:
    ran = run("read", "--explain", "--json", "-", stdin=LINE + b"\n{broken\n" + LINE.replace(b'"a"', b'"b"'))
    assert [json.loads(line)["report"] for line in ran.lines] == ["a", "b"]
    assert ran.code == 1
    assert "line 2 of standard input" in ran.err


def test_a_text_in_another_language_has_nothing_to_explain(run: Run) -> None:
    ran = run("read", "--explain", "--text", "Le président de la République est arrivé lundi à Berlin pour signer.")
    assert "no event and no statement" in ran.out
    assert "not in English" in ran.err


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (("show", "r1", "--dropped"), "go with --explain"),
        (("show", "r1", "--json"), "go with --explain"),
        (("show", "r1", "--fact", "e-1"), "go with --explain"),
        (("show", "--explain"), "needs a report's id"),
        (("read", "--explain", "--record", "x.db", "-"), "--explain stores nothing"),
        (("read", "--text", "x"), "go with --explain"),
        (("read", "--explain", "--text", "x", "--published", "1990-8-1"), "such as 1978-09-17"),
        (("read", "--explain", "--published", "1990-08-01", "-"), "such as 1978-09-17"),
        (("read",), "name what is to be read"),
    ],
)
def test_options_that_do_not_go_together(run: Run, args: tuple[str, ...], error: str) -> None:
    ran = run(*args)
    assert (ran.code, ran.out) == (2, "")
    assert error in " ".join(ran.err.replace("│", " ").split())
