"""A report that is read again keeps what people decided, and says where the coder now disagrees."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dragoman.facts import Answer, Date, Evidence
from dragoman.store.payload import stored_fields
from dragoman.store.query import FactFilter, count, fact, facts, latest_seq, pairs
from dragoman.store.record import Record, open_record
from dragoman.store.review.decisions import Verdict, decide, decisions
from dragoman.store.review.history import disagreements, history
from dragoman.store.review.values import changes, moved
from dragoman.store.verifying import verify
from dragoman.store.writing import Stamp, add
from tests import made

OLD, NEW, NEWER = Stamp("0.1", "lex"), Stamp("0.2", "lex"), Stamp("0.3", "lex")
MEETING = made.meeting().id
SIGNED = made.event().id
BEFORE = "Correction. "


@pytest.fixture
def record(new_record: str) -> Iterator[Record]:
    with open_record(new_record, write=True) as opened:
        add(opened, made.answer(), OLD)
        yield opened
        assert list(verify(opened)) == []


def edit(record: Record, **fields: object) -> None:
    decide(record, [Verdict(MEETING, "edit", 0, stored_fields(made.meeting(**fields)))], "anna", "as it says")


def only(*events: object, **fields: object) -> Answer:
    return made.answer(events=events, **fields)


def statuses(record: Record) -> list[tuple[str, str | None, str | None]]:
    found = facts(record, FactFilter(kinds=("event",)))
    return sorted((item.id, item.status, item.reviewed_by) for item in found)


def test_an_edit_is_kept_beside_the_new_reading(record: Record) -> None:
    edit(record, status="happened")
    before = latest_seq(record)
    added = add(record, only(made.event(), made.meeting(status="denied")), NEW)
    assert (added.version, added.last_seq) == (2, before + made.FACTS + 1)
    assert statuses(record) == sorted([(MEETING, "happened", "anna"), (SIGNED, "happened", None)])
    [found] = disagreements(record)
    assert [(change.field, change.old, change.new) for change in found.changed] == [("status", "denied", "happened")]
    assert (found.decision.reviewer, found.coder, found.read_since) == ("anna", "0.2", True)
    tally = {(pair.low, pair.high): (pair.facts, pair.happened) for pair in pairs(record)}
    assert tally["CAN", "GHA"] == (1, 1)
    steps = history(record, MEETING).steps
    assert [step.payload and step.payload["status"] for step in steps] == ["claimed", "happened", "denied", "happened"]
    assert [step.decision.carried for step in steps if step.decision] == [False, True]


def test_a_reading_that_agrees_needs_no_second_row(record: Record) -> None:
    edit(record, status="happened")
    assert len(list(disagreements(record))) == 1  # people and the coder differ from the start
    add(record, only(made.event(), made.meeting(status="happened")), NEW)
    found = fact(record, MEETING)
    assert found is not None and (found.revision, found.reviewed_by, found.status) == (0, "anna", "happened")
    assert list(disagreements(record)) == []


def test_what_was_rejected_stays_rejected(record: Record) -> None:
    decide(record, [Verdict(MEETING, "reject", 0)], "anna", "a film")
    add(record, only(made.event(), made.meeting(status="happened", confidence=0.99)), NEW)
    assert statuses(record) == [(SIGNED, "happened", None)]
    [found] = disagreements(record)
    assert (found.decision.choice, found.changed, found.missing) == ("reject", (), False)
    decide(record, [Verdict(MEETING, "accept", 2)], "anna")
    assert count(record, FactFilter(kinds=("event",))) == 2


def test_a_rejection_waits_for_a_reading_that_has_the_fact(record: Record) -> None:
    decide(record, [Verdict(MEETING, "reject", 0)], "anna")
    add(record, only(made.event()), NEW)
    assert list(disagreements(record)) == []
    add(record, only(made.event(), made.meeting()), NEWER)
    assert statuses(record) == [(SIGNED, "happened", None)]
    assert [item.carried for item in decisions(record, MEETING)] == [False, True]


def test_what_was_accepted_is_kept_when_the_coder_no_longer_has_it(record: Record) -> None:
    decide(record, [Verdict(MEETING, "accept", 0)], "anna")
    add(record, only(made.event()), NEW)
    assert (MEETING, "claimed", "anna") in statuses(record)
    [found] = disagreements(record)
    assert (found.missing, found.lost) == (True, False)
    add(record, only(made.event()), NEWER)
    assert (MEETING, "claimed", "anna") in statuses(record)
    assert [item.number for item in decisions(record, MEETING)] == [1, 2, 3]


def test_an_acceptance_holds_against_a_newer_reading(record: Record) -> None:
    decide(record, [Verdict(MEETING, "accept", 0)], "anna")
    add(record, only(made.event(), made.meeting(status="denied")), NEW)
    assert (MEETING, "claimed", "anna") in statuses(record)


def test_decisions_follow_the_words_into_a_changed_text(record: Record) -> None:
    edit(record, status="happened")
    text = BEFORE + made.TEXT
    add(record, Answer(made.report(text=text)), NEW)
    [found] = list(facts(record, FactFilter(report="r1")))
    assert (found.id, found.reviewed_by) == (MEETING, "anna")
    [first, *_] = found.payload["evidence"]  # type: ignore[misc]
    assert text[first["start"] : first["end"]] == first["text"] == "Canada met Ghana in Accra last week"


def test_words_that_are_gone_are_told(record: Record) -> None:
    edit(record, status="happened")
    text = made.TEXT.replace("Accra", "Lomé")
    add(record, Answer(made.report(text=text)), NEW)
    assert count(record) == 0
    [found] = disagreements(record)
    assert (found.lost, found.read_since, found.decision.fact) == (True, True, MEETING)


def test_a_decision_follows_a_fact_whose_quote_the_coder_now_cuts_otherwise(record: Record) -> None:
    decide(record, [Verdict(MEETING, "reject", 0)], "anna")
    wider = (*made.proof("“Canada met Ghana in Accra last week,”"), Evidence(*made.span("met"), made.TEXT))
    other = made.meeting(id="e-another", evidence=wider)
    add(record, only(made.event(), other), NEW)
    assert statuses(record) == [(SIGNED, "happened", None)]
    assert [item.fact for item in decisions(record, "e-another")] == [MEETING, "e-another"]
    assert [step.version for step in history(record, "e-another").steps] == [1, 1, 2, 2]


def test_another_fact_of_the_same_words_is_left_alone(record: Record) -> None:
    decide(record, [Verdict(MEETING, "reject", 0)], "anna")
    clause = made.proof("Canada met Ghana in Accra last week", "last")
    add(record, only(made.event(), made.meeting(id="e-another", evidence=clause)), NEW)
    assert statuses(record) == sorted([("e-another", "claimed", None), (SIGNED, "happened", None)])


def test_the_record_as_of_a_day_between_is_that_of_then(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.writing.now", lambda: "2030-01-01T00:00:00+00:00")
    add(record, made.answer(), NEW)
    monkeypatch.setattr("dragoman.store.review.decisions.now", lambda: "2030-01-03T00:00:00+00:00")
    edit(record, status="happened")
    monkeypatch.setattr("dragoman.store.writing.now", lambda: "2030-01-05T00:00:00+00:00")
    add(record, only(made.event(), made.meeting(status="denied")), NEWER)

    def on(day: str) -> list[str | None]:
        asked = FactFilter(kinds=("event",), pair=("CAN", "GHA"), as_of=day)
        return [item.status for item in facts(record, asked)]

    assert [on(f"2030-01-0{day}") for day in (2, 4, 6)] == [["claimed"], ["happened"], ["happened"]]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (made.TEXT, 0),
        (BEFORE + made.TEXT, len(BEFORE)),
        (made.TEXT[:60] + made.TEXT[61:], None),  # the quote itself has lost a letter
        (BEFORE + made.TEXT + made.TEXT, None),  # nobody knows which of the two is meant
        ("", None),
    ],
)
def test_values_move_with_their_words_or_not_at_all(text: str, at: int | None) -> None:
    payload = stored_fields(made.event())
    found = moved(payload, made.TEXT, text)
    if at is None:
        assert found is None
        return
    assert found is not None and changes(payload, found) == []
    for name in ("France", "Germany"):
        [span] = [actor["span"] for actor in found["source"] if actor["name"] == name]  # type: ignore[attr-defined, union-attr, misc]
        assert text[slice(*span)] == name and span[0] == made.span(name)[0] + at


def test_how_sure_and_where_makes_no_difference() -> None:
    one = stored_fields(made.meeting())
    assert (
        changes(one, stored_fields(made.meeting(confidence=0.1, source=(made.actor("Canada", "CAN", text=""),)))) == []
    )
    other = stored_fields(made.meeting(date=Date.unknown(), place=None))
    assert {change.field for change in changes(one, other)} == {"date.start", "date.end", "date.granularity", "place"}
