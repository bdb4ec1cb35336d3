"""Accepting, rejecting, editing: what readers then get, what stays, and who is told that another came first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.errors import DecisionError, RecordError
from dragoman.facts import FactError
from dragoman.store.copying import copy
from dragoman.store.payload import Json, stored_fields
from dragoman.store.query import FactFilter, count, counts, fact, facts, latest_seq, pairs
from dragoman.store.record import Record, open_record
from dragoman.store.reports import recent, report
from dragoman.store.retention import Rule, apply, set_rule
from dragoman.store.review.answers import answers, keep
from dragoman.store.review.decisions import Verdict, decide, decisions
from dragoman.store.review.history import history
from dragoman.store.review.sampling import draw, sample
from dragoman.store.search.parser import parse
from dragoman.store.search.results import search
from dragoman.store.series import reports_by_month
from dragoman.store.typed import fact_of
from dragoman.store.verifying import verify
from dragoman.store.writing import Stamp, add
from tests import made
from tests.store.test_search_language import NAMES

STAMP = Stamp("0.1", "lex")
MEETING = made.meeting().id
SIGNED = made.event().id


@pytest.fixture
def record(new_record: str) -> Iterator[Record]:
    with open_record(new_record, write=True) as opened:
        add(opened, made.answer(), STAMP)
        yield opened
        assert list(verify(opened)) == []


def value(**fields: object) -> Json:
    """The meeting's stored fields, edited."""
    return stored_fields(made.meeting(**fields))


def clock(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setattr("dragoman.store.review.decisions.now", lambda: moment)


def of_pair(record: Record) -> tuple[int, int]:
    found = {(pair.low, pair.high): (pair.facts, pair.happened) for pair in pairs(record)}
    return found.get(("CAN", "GHA"), (0, 0))


def test_an_edit_stands_for_what_was_edited(record: Record) -> None:
    before = latest_seq(record)
    decide(record, [Verdict(MEETING, "edit", 0, value(status="happened"))], "anna", "two witnesses")
    found = fact(record, MEETING)
    assert found is not None
    assert (found.status, found.revision, found.reviewed_by, found.superseded) == ("happened", 1, "anna", False)
    assert found.line()["reviewed_by"] == "anna"
    assert [item.id for item in facts(record, after_seq=before)] == [MEETING]  # the stream sends it anew
    assert count(record) == made.FACTS == len(list(facts(record)))
    assert of_pair(record) == (1, 1)
    assert counts(record).statuses == {"happened": 2}
    assert count(record, FactFilter(statuses=("claimed",))) == 0
    assert {item.id for item in report(record, "r1").facts if item.reviewed_by} == {MEETING}
    assert len(report(record, "r1").facts) == recent(record)[0].facts == made.FACTS


def test_a_rejected_fact_leaves_lists_and_counts_and_stays_in_the_record(record: Record) -> None:
    decide(record, [Verdict(MEETING, "reject", 0)], "anna", "a film")
    assert (count(record), of_pair(record)) == (made.FACTS - 1, (0, 0))
    assert [item.id for item in facts(record, FactFilter(kinds=("event",)))] == [SIGNED]
    assert count(record, FactFilter(superseded=True)) == made.FACTS
    found = fact(record, MEETING)
    assert found is not None and found.superseded and found.reviewed_by is None
    assert MEETING not in {item.id for item in report(record, "r1").facts}
    assert recent(record)[0].facts == made.FACTS - 1
    assert reports_by_month(record) == {"1994-03": 1}


def test_search_finds_what_stands(record: Record) -> None:
    def found(query: str) -> list[str]:
        return [hit.fact.id for hit in search(record, parse(query, NAMES)).facts]

    decide(record, [Verdict(MEETING, "edit", 0, value(act="REQUEST", type="REQUEST", mode="meet"))], "anna")
    assert (found("type:CONSULT"), found("type:REQUEST Accra")) == ([], [MEETING])
    sentences = search(record, parse("Accra type:CONSULT in:sentences", NAMES)).sentences
    assert sentences == ()
    [hit] = search(record, parse("Accra type:REQUEST in:sentences", NAMES)).sentences
    assert hit.facts.count(MEETING) == 1
    decide(record, [Verdict(MEETING, "reject", 1)], "anna")
    assert found("Accra kind:event") == []
    assert search(record, parse("Accra type:REQUEST in:sentences", NAMES)).sentences == ()


def test_the_record_as_of_a_day_is_that_of_before_the_decision(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.writing.now", lambda: "2026-01-01T00:00:00+00:00")
    add(record, made.answer("r2"), STAMP)
    ident = made.meeting("r2").id
    clock(monkeypatch, "2026-01-03T12:00:00+00:00")
    decide(record, [Verdict(ident, "edit", 0, stored_fields(made.meeting("r2", status="denied")))], "anna")
    clock(monkeypatch, "2026-01-05T12:00:00+00:00")
    decide(record, [Verdict(ident, "reject", 1)], "ben")
    clock(monkeypatch, "2026-01-07T12:00:00+00:00")
    decide(record, [Verdict(ident, "accept", 2)], "carl")

    def on(day: str) -> list[tuple[str | None, str | None]]:
        asked = FactFilter(kinds=("event",), report="r2", pair=("CAN", "GHA"), as_of=day)
        return [(item.status, item.reviewed_by) for item in facts(record, asked)]

    days = ("2025-12-31", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05", "2026-01-06", "2026-01-07")
    assert [on(day) for day in days] == [
        [],
        [("claimed", None)],
        [("denied", "anna")],
        [("denied", "anna")],
        [],
        [],
        [("denied", "carl")],
    ]


def test_an_accepted_fact_stays_as_it_is(record: Record) -> None:
    before = latest_seq(record)
    decide(record, [Verdict(MEETING, "accept", 0)], "anna")
    found = fact(record, MEETING)
    assert found is not None
    assert (latest_seq(record), found.revision, found.reviewed_by) == (before, 0, "anna")
    low = FactFilter(kinds=("event",), min_confidence=0.95)
    assert [item.id for item in facts(record, low)] == [MEETING]  # whoever asks for sure facts gets reviewed ones
    assert found.sure(0.95)


def test_accepting_brings_a_rejected_fact_back(record: Record) -> None:
    decide(record, [Verdict(MEETING, "reject", 0)], "anna")
    decide(record, [Verdict(MEETING, "accept", 1)], "anna", "it was one after all")
    assert (count(record), of_pair(record)) == (made.FACTS, (1, 0))
    steps = history(record, MEETING).steps
    assert [step.decision.choice if step.decision else step.coder for step in steps] == ["0.1", "reject", "accept"]
    assert steps[-1].payload == steps[0].payload


def test_the_coders_own_value_stays(record: Record) -> None:
    decide(record, [Verdict(MEETING, "edit", 0, value(status="denied"))], "anna", "so it says")
    decide(record, [Verdict(MEETING, "edit", 1, value(status="happened"))], "anna")
    found = history(record, MEETING)
    assert [step.payload and step.payload["status"] for step in found.steps] == ["claimed", "denied", "happened"]
    assert [(change.field, change.old, change.new) for change in found.steps[1].changed] == [
        ("status", "claimed", "denied")
    ]
    assert found.steps[1].decision is not None and found.steps[1].decision.why == "so it says"


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        (Verdict("e-none", "accept", 0), "the record has no such fact"),
        (Verdict(MEETING, "accept", 3), "nobody has decided on it (decision 0), which you had not seen"),
        (Verdict(MEETING, "edit", 0, value()), "nothing is changed"),
        (Verdict(MEETING, "edit", 0, {**value(), "status": "perhaps"}), "status: input should be 'happened'"),
        (Verdict(MEETING, "edit", 0, {**value(), "wish": 1}), "wish: extra inputs are not permitted"),
        (Verdict(MEETING, "edit", 0), "an edit needs one"),
        (Verdict(MEETING, "reject", 0, value()), "an edited value goes with an edit"),
        (
            Verdict(MEETING, "edit", 0, {**value(), "evidence": [{"start": 0, "end": 5, "text": "Ghana"}]}),
            "evidence: 'Ghana' does not stand at [0, 5)",
        ),
        (Verdict(MEETING, "edit", 0, {**value(), "confidence": float("nan")}), "confidence: input should be"),
    ],
)
def test_what_can_not_be_decided_is_told_and_nothing_is_kept(record: Record, verdict: Verdict, told: str) -> None:
    with pytest.raises(DecisionError) as error:
        decide(record, [Verdict(SIGNED, "reject", 0), verdict], "anna")
    assert told in str(error.value)
    assert (count(record), decisions(record, SIGNED)) == (made.FACTS, [])


def test_a_reviewer_has_a_name(record: Record) -> None:
    with pytest.raises(DecisionError, match="say who decides"):
        decide(record, [Verdict(MEETING, "accept", 0)], "  ")


def test_the_second_of_two_is_told(record: Record) -> None:
    decide(record, [Verdict(MEETING, "edit", 0, value(status="denied"))], "anna")
    with pytest.raises(DecisionError, match="anna edited it on .* which you had not seen"):
        decide(record, [Verdict(MEETING, "edit", 0, value(status="happened"))], "ben")
    with pytest.raises(DecisionError, match="anna edited it"):
        decide(record, [Verdict(MEETING, "reject", 0)], "ben")
    found = fact(record, MEETING)
    assert found is not None and (found.status, found.reviewed_by) == ("denied", "anna")


def test_of_many_at_once_one_decides(record: Record) -> None:
    told: list[str] = []
    start = threading.Barrier(4)

    def run(name: str) -> None:
        start.wait()
        try:
            decide(record, [Verdict(MEETING, "edit", 0, value(agreement=f"by {name}"))], name)
        except DecisionError as error:
            told.append(str(error))

    threads = [threading.Thread(target=run, args=(name,)) for name in ("anna", "ben", "carl", "dora")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [decision] = decisions(record, MEETING)
    found = fact(record, MEETING)
    assert found is not None and found.payload["agreement"] == f"by {decision.reviewer}"
    assert len(told) == 3 and all(f"{decision.reviewer} edited it" in sentence for sentence in told)


def test_a_clock_that_goes_back_does_not_disorder(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = ("2030-01-05T00:00:00+00:00", "2030-01-03T00:00:00+00:00", "2020-01-01T00:00:00+00:00")
    for number, (moment, status) in enumerate(zip(moments, ("denied", "happened", "ongoing"), strict=True)):
        clock(monkeypatch, moment)
        decide(record, [Verdict(MEETING, "edit", number, value(status=status))], "anna")
    made_at = [decision.decided_at for decision in decisions(record, MEETING)]
    assert made_at == sorted(made_at)
    found = fact(record, MEETING)
    assert found is not None and found.status == "ongoing"
    asked = FactFilter(kinds=("event",), pair=("CAN", "GHA"), as_of="2030-01-06")
    assert [item.status for item in facts(record, asked)] == ["ongoing"]


def test_facts_of_all_kinds_come_back_from_their_json() -> None:
    for item in made.answer().facts():
        ident = getattr(item, "id", "x")
        assert fact_of(item.kind, ident, stored_fields(item), made.TEXT) == item


def test_json_that_is_no_fact_is_refused_with_its_place() -> None:
    payload = stored_fields(made.event())
    with pytest.raises(FactError, match=r"source\.0\.name"):
        fact_of("event", "e", {**payload, "source": [{"name": 7}]}, made.TEXT)
    with pytest.raises(FactError, match="all parties in source"):
        fact_of("event", "e", {**payload, "target": payload["source"]}, made.TEXT)
    with pytest.raises(FactError, match="date: 'soon'"):
        wrong = {**payload["date"], "start": "soon"}  # type: ignore[dict-item]
        fact_of("event", "e", {**payload, "date": wrong}, made.TEXT)


def test_only_the_newest_version_is_decided_on(record: Record) -> None:
    add(record, replace(made.answer(), events=(made.event(),)), Stamp("0.2", "lex"))
    with pytest.raises(DecisionError, match="the newest version of its report, r1, no longer has this fact"):
        decide(record, [Verdict(MEETING, "accept", 0)], "anna")


def test_a_record_is_copied_with_its_decisions(record: Record, tmp_path: Path) -> None:
    decide(record, [Verdict(MEETING, "edit", 0, value(status="denied"))], "anna", "so")
    decide(record, [Verdict(SIGNED, "reject", 0)], "ben")
    drawn = draw(record, "first", 4, 1)
    keep(record, drawn, "anna", [(1, "fact", "right")])
    copy(record, str(tmp_path / "copied.db"))
    with open_record(str(tmp_path / "copied.db"), write=True) as other:
        assert decisions(other, MEETING) == decisions(record, MEETING)
        assert [item.line() for item in facts(other)] == [item.line() for item in facts(record)]
        assert (sample(other, "first"), answers(other, drawn)) == (drawn, answers(record, drawn))
        decide(other, [Verdict(SIGNED, "accept", 1)], "ben")
        assert list(verify(other)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE decisions SET number = 7", "its 1 decisions are numbered up to 7"),
        ("UPDATE decisions SET fact = 'e-other'", "by its decision 1 stands another fact"),
        ("UPDATE facts SET superseded = (revision = 1)", "it is marked as superseded though"),
    ],
)
def test_what_is_wrong_with_decisions_is_found(new_record: str, change: str, told: str) -> None:
    with open_record(new_record, write=True) as record:
        add(record, made.answer(), STAMP)
        decide(record, [Verdict(MEETING, "edit", 0, value(status="denied"))], "anna")
        with record.writing() as connection:
            connection.exec_driver_sql(change)
        assert any(told in finding.problem for finding in verify(record))


def test_edits_survive_the_dropping_of_texts(record: Record) -> None:
    start, end = made.span("40 trucks")
    proved = value(evidence=made.proof("Canada met Ghana in Accra last week", "met", "40 trucks"))
    decide(record, [Verdict(MEETING, "edit", 0, proved)], "anna")
    set_rule(record, Rule("", 0))
    assert apply(record) == 1
    assert report(record, "r1").report.text[start:end] == "40 trucks"
    decide(record, [Verdict(MEETING, "edit", 1, {**proved, "status": "denied"})], "anna")


def test_links_are_watched_over_after_a_migration(new_record: str) -> None:
    with open_record(new_record, write=True) as record:
        add(record, made.answer(), STAMP)
        with pytest.raises(RecordError), record.writing() as connection:
            connection.exec_driver_sql("UPDATE evidence SET seq = 999")
