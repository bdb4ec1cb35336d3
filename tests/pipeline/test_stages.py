"""The runner of the stages: order, what each sees, leaving out."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.coding.draft import Draft
from dragoman.coding.stages import STAGES, code
from dragoman.facts import Event, PlaceMention, TimeMention
from dragoman.lexicon import Lexicon
from tests import made

ORDER = ("times", "places", "actors", "statements", "figures", "agreements", "events", "transfers", "offices")


def _times(draft: Draft) -> tuple[TimeMention, ...]:
    return (TimeMention(*made.span("last week"), "last week", "DATE", "1994-W09"),)


def _places(draft: Draft) -> tuple[PlaceMention, ...]:
    return tuple(PlaceMention(time.start, time.end, time.text, "seen") for time in draft.times)


def _events(draft: Draft) -> tuple[Event, ...]:
    return (made.event(),) if draft.places else ()


FAKE = (("times", _times), ("places", _places), ("events", _events))


def _code(*skip: str):  # type: ignore[no-untyped-def]
    doc = Doc(Vocab(), words=[made.TEXT], spaces=[False])
    return code(made.report(), doc, Lexicon(), skip, FAKE)


def test_each_stage_sees_what_those_before_it_found() -> None:
    answer = _code()
    assert answer.report == made.report()
    assert [place.text for place in answer.places] == ["last week"]
    assert answer.events == (made.event(),)


def test_any_stage_can_be_left_out() -> None:
    assert _code("times").places == _code("times").events == ()
    assert _code("events").places != ()
    assert _code("events").events == ()


def test_the_stages_stand_in_order_and_fill_fields_of_the_draft() -> None:
    names = [name for name, _ in STAGES]
    assert names == [name for name in ORDER if name in names]
    assert set(names) <= set(Draft.__dataclass_fields__)
