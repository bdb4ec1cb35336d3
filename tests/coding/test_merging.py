"""One act once: what a report tells again becomes evidence of the same event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.coding.events.merging import merged
from dragoman.facts import Actor, Date, Event, Evidence
from tests.coding.event_reading import events_of

TEXT = "Iraq bombed Iran. The bombing of Iran by Iraq followed a raid. Iraq bombed Iran again."
IRAQ, IRAN, SYRIA = Actor("Iraq", "IRQ", "GOV"), Actor("Iran", "IRN", "GOV"), Actor("Syria", "SYR", "GOV")


def event(name: str, start: int, end: int, **fields: object) -> Event:
    proof = (Evidence(start, end, TEXT), Evidence(start, end, TEXT))
    base = Event(name, "ASSAULT", "ASSAULT", "happened", (IRAQ,), (IRAN,), proof, Date.unknown())
    return replace(base, **fields)  # type: ignore[arg-type]


FIRST, NOUN = event("v", 5, 11), event("n", 22, 29)


def test_a_noun_after_its_verb_is_further_evidence():
    (only,) = merged([FIRST, NOUN], frozenset({"n"}))
    assert only.id == "v"
    assert [e.span for e in only.evidence] == [(5, 11), (5, 11), (22, 29)]


@pytest.mark.parametrize(
    "change",
    [
        {"source": (SYRIA,)},
        {"target": (SYRIA,)},
        {"status": "denied"},
        {"act": "COERCE", "type": "COERCE"},
        {"background": True},
        {"date": Date.on("1980-01-02")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_contradiction_keeps_them_apart(change: dict[str, object]):
    dated = replace(FIRST, date=Date.on("1981-03-04"))
    assert len(merged([dated, replace(NOUN, **change)], frozenset({"n"}))) == 2  # type: ignore[arg-type]


def test_the_fuller_mention_stays_wherever_it_stands():
    poor = replace(NOUN, source=())
    (only,) = merged([poor, event("v", 68, 74)], frozenset({"n"}))
    assert only.id == "v"


def test_merging_is_stable():
    once = merged([FIRST, NOUN, event("w", 68, 74)], frozenset({"n"}))
    assert merged(once, frozenset({"n"})) == once


def test_in_a_report():
    events = events_of("Iraq attacked Kuwait on Monday. The Iraqi attack on Kuwait surprised diplomats.")
    assert [(e.act, len(e.evidence)) for e in events] == [("ASSAULT", 4)]
