"""From what a person writes to a fact's edited value."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.errors import DecisionError
from dragoman.facts import FactError
from dragoman.lexicon import Lexicon
from dragoman.store.payload import stored_fields
from dragoman.store.review.checking import check
from dragoman.store.review.editing import Draft, edited, replaced, written_date
from dragoman.store.review.values import changes
from tests import made

LEXICON = Lexicon()
MEETING = Draft("event", "e-1", stored_fields(made.meeting()), made.TEXT)
OTHERS = {
    fact.kind: Draft(fact.kind, "x-1", stored_fields(fact), made.TEXT)
    for fact in made.answer().facts()
    if fact.kind != "event"
}


def told(draft: Draft, *assignments: str) -> dict[str, Any]:
    """Field to new value of all that the edit changes."""
    new = edited(draft, assignments, LEXICON)
    return {change.field: change.new for change in changes(draft.payload, new)}


@pytest.mark.parametrize(
    ("assignments", "changed"),
    [
        (["status=denied"], {"status": "denied"}),
        (["background=true"], {"background": True}),
        (["place=null"], {"place": None}),
        (["place.name=Tema"], {"place.name": "Tema"}),
        (["contexts=diplomatic; military"], {"contexts": ["diplomatic", "military"]}),
        (["source.0.country=FRA"], {"source.0.country": "FRA"}),
        (
            ["target=the West; NATO (/IGO)"],
            {"target": [
                {"name": "the West", "country": None, "sector": None, "role": None, "group": None, "span": None},
                {"name": "NATO", "country": None, "sector": "IGO", "role": None, "group": None, "span": None},
            ]},
        ),
        (
            ["date=~1994-03"],
            {"date.start": "1994-03-01", "date.end": "1994-03-31", "date.granularity": "month", "date.approx": True},
        ),
        # what is only planned is counted as another type, and the codes of the old one don't hold for it
        (["status=scheduled"], {"status": "scheduled", "type": "AGREE", "mode": None, "cameo": None}),
        (["act=ASSAULT"], {"act": "ASSAULT", "type": "ASSAULT", "mode": None, "cameo": None}),
        (["type=ASSAULT", "mode=aerial"], {"act": "ASSAULT", "type": "ASSAULT", "mode": "aerial", "cameo": None}),
        (["act=REQUEST", "cameo=022"], {"act": "REQUEST", "type": "REQUEST", "mode": None, "cameo": "022"}),
    ],
)  # fmt: skip
def test_fields_are_set(assignments: list[str], changed: dict[str, Any]) -> None:
    assert told(MEETING, *assignments) == changed


def test_a_party_that_the_quote_names_is_marked_there() -> None:
    new = edited(MEETING, ["source=Ghana (GHA/GOV)"], LEXICON)
    assert new["source"][0]["span"] == list(made.span("Ghana"))  # type: ignore[index]


def test_evidence_is_given_by_its_words_or_characters() -> None:
    start, end = made.span("Canada met Ghana")
    for value in ('evidence.0="Canada met Ghana"'.replace('"', ""), f"evidence=[[{start}, {end}]]"):
        new = edited(MEETING, [value], LEXICON)
        assert new["evidence"][0] == {"start": start, "end": end, "text": "Canada met Ghana"}  # type: ignore[index]


def test_what_a_person_says_is_as_sure_as_can_be() -> None:
    new = edited(MEETING, ["status=denied"], LEXICON)
    assert (new["confidence"], "field_confidence" in new) == (1.0, False)


@pytest.mark.parametrize(
    ("kind", "assignment", "changed"),
    [
        ("statement", "speaker=Ghana (GHA)", {"speaker.name": "Ghana", "speaker.country": "GHA"}),
        ("figure", "value=4e9", {"value": 4e9}),
        ("figure", "countries=FRA", {"countries": ["FRA"]}),
        ("figure", "when=1994", {"when.start": "1994-01-01", "when.end": "1994-12-31", "when.granularity": "year"}),
        ("agreement", "status=initialled", {"status": "initialled"}),
        ("transfer", "count=41", {"count": 41.0}),
        ("office", "from=1990..", {"from": {"start": "1990-01-01", "end": None, "granularity": "interval",
                                            "approx": False, "basis": "text"}}),
    ],
)  # fmt: skip
def test_other_kinds_are_edited_too(kind: str, assignment: str, changed: dict[str, Any]) -> None:
    found = told(OTHERS[kind], assignment)
    assert {name: value for name, value in found.items() if name in changed} == changed


@pytest.mark.parametrize(
    ("draft", "assignment", "sentence"),
    [
        (MEETING, "status", "write FIELD=VALUE"),
        (MEETING, "wish=x", "a fact of kind event has no such field; its fields are act, type"),
        (MEETING, "source.7.name=x", "has no such field"),
        (MEETING, "status=perhaps", "status: input should be 'happened'"),
        (MEETING, "act=MEET", "unknown PLOVER type 'MEET'"),
        (MEETING, "source.0.country=CDN", "country: 'CDN' is unknown"),
        (MEETING, "source.0.sector=GOVT", "sector: 'GOVT' is unknown"),
        (MEETING, "mode=stay", "mode of CONSULT: 'stay' is unknown; one of multilateral, phone, third-party, visit"),
        (MEETING, "contexts=weather", "context: 'weather' is unknown"),
        (MEETING, "cameo=42", "cameo: '42' is no code of CAMEO"),
        (MEETING, "date=soon", "'soon' is no date; write 1978-09-17"),
        (MEETING, "date=1994-02-30", "is no date"),
        (MEETING, "source=(CAN)", "is no party"),
        (MEETING, "source=[1", "'[1' is no JSON"),
        (MEETING, "evidence.0=Canada met Togo", "does not stand in the report, word for word"),
        (MEETING, "evidence.0=France", "stands there more than once"),
        (MEETING, "evidence=[[0, 99999]]", "is no span of a text"),
        (MEETING, "evidence=[]", "a fact without evidence"),
        (MEETING, "source.0.span=[5, 99999]", "[5, 99999) is no part of a text"),
        (MEETING, "reciprocal=true", "all parties in source"),
        (OTHERS["agreement"], "status=happened", "status: 'happened' is unknown; one of agreed"),
        (OTHERS["figure"], "value=many", "value: input should be a valid number"),
        (OTHERS["figure"], "value=inf", "value: input should be a finite number"),
        (OTHERS["figure"], "kind=rank", "`read --json` is measure here"),
    ],
)
def test_faults_are_told_with_their_place(draft: Draft, assignment: str, sentence: str) -> None:
    with pytest.raises(DecisionError) as error:
        edited(draft, [assignment], LEXICON)
    assert sentence in str(error.value)


def test_type_and_act_must_go_together() -> None:
    with pytest.raises(DecisionError, match="an act of CONSULT with status denied is counted as AGREE or CONSULT"):
        edited(MEETING, ["act=CONSULT", "status=denied", "type=ASSAULT"], LEXICON)


def test_a_whole_line_may_be_given() -> None:
    line = {"kind": "event", "id": "e-1", "report": "r1", **MEETING.payload, "status": "denied"}
    assert replaced(MEETING, line, LEXICON)["status"] == "denied"
    with pytest.raises(DecisionError, match="an edit can't make it another fact"):
        replaced(MEETING, {**line, "id": "e-2"}, LEXICON)
    with pytest.raises(DecisionError, match="evidence: field required"):
        replaced(MEETING, {"kind": "event"}, LEXICON)


def test_what_the_coder_says_passes_the_checks() -> None:
    for fact in made.answer().facts():
        check(fact, made.TEXT, LEXICON)
    with pytest.raises(FactError, match="without any party"):
        check(made.meeting(source=(), target=()), made.TEXT, LEXICON)


@pytest.mark.parametrize(
    ("text", "start", "end", "granularity"),
    [
        ("1978-09-17", "1978-09-17", "1978-09-17", "day"),
        ("1978-02", "1978-02-01", "1978-02-28", "month"),
        ("1970s", "1970-01-01", "1979-12-31", "decade"),
        ("1978-W37", "1978-09-11", "1978-09-17", "week"),
        ("1978-03..1979", "1978-03-01", "1979-12-31", "interval"),
        ("..1978-09-17", None, "1978-09-17", "interval"),
        ("unknown", None, None, "unknown"),
    ],
)
def test_dates_are_written_short(text: str, start: str | None, end: str | None, granularity: str) -> None:
    date = written_date(text)
    assert (date.start, date.end, date.granularity) == (start, end, granularity)
