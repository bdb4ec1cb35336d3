"""Parties that an act implies: who they are, by what stands beside it; and those of whom nothing is known."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dragoman.coding import events
from dragoman.coding.events import finding
from dragoman.facts import Actor, Event
from tests.coding.event_reading import draft_of
from tests.coding.heads import act, seen

Told = tuple[str, str, Sequence[str], Sequence[str]]
"""Word, type, source and target by their head words."""


@pytest.fixture(autouse=True)
def every_act_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """However unsure it is: here it is asked who its parties are."""
    monkeypatch.setattr(finding, "LEAST", 0.0)


def read(text: str, *told: Told) -> dict[str, Event]:
    """The events of TEXT by their words, where the heads see what is TOLD."""
    draft = draft_of(text)
    found = events.find(seen(draft, *(act(draft, word, kind, *sides) for word, kind, *sides in told)))
    return {event.evidence[1].text: event for event in found}


def codes(side: tuple[Actor, ...]) -> set[str]:
    """Country and sector of each actor, `---` for no country."""
    return {f"{a.country or '---'}{a.sector or ''}" for a in side}


@pytest.mark.parametrize(
    ("text", "told", "word", "source", "target"),
    [
        (
            "Bolivian miners marched through La Paz.",
            [("marched", "PROTEST", ["miners"], ["*"])],
            "marched", {"BOLLAB"}, {"BOLGOV"},
        ),
        (
            "Nigerian colonels took power on Friday.",
            [("took", "ASSAULT", ["colonels"], ["*"])],
            "took", {"NGAMIL"}, {"NGAGOV"},
        ),
        (
            "Norway protested to Chile after the capture of a Norwegian frigate.",
            [("protested", "ACCUSE", ["Norway"], ["Chile"]), ("capture", "COERCE", ["*"], ["frigate"])],
            "capture", {"CHLGOV"}, {"NORMIL"},
        ),
        (
            "Chile shelled a Peruvian fort and withdrew its consul.",
            [("shelled", "ASSAULT", ["Chile"], ["fort"]), ("withdrew", "SANCTION", ["Chile"], ["*"])],
            "withdrew", {"CHLGOV"}, {"PERGOV"},
        ),
        (
            "Three Ghanaian students were freed on Monday.",
            [("freed", "RETREAT", ["*"], ["students"])],
            "freed", {"GHAGOV"}, {"GHAEDU"},
        ),
        (
            "Chile, Peru and Ecuador were angry. Chile withdrew its consul.",
            [("withdrew", "SANCTION", ["Chile"], ["*"])],
            "withdrew", {"CHLGOV"}, set(),
        ),
    ],
)  # fmt: skip
def test_implied(text: str, told: list[Told], word: str, source: set[str], target: set[str]) -> None:
    event = read(text, *told)[word]
    assert (codes(event.source), codes(event.target)) == (source, target)


@pytest.mark.parametrize(
    ("text", "told", "word", "source", "target"),
    [
        ("Chile shelled Peru.", [("shelled", "ASSAULT", ["Chile"], ["Peru"])], "shelled", {"CHLMIL"}, {"PER"}),
        ("Chile sent flour to Peru.", [("sent", "AID", ["Chile"], ["Peru"])], "sent", {"CHLGOV"}, {"PER"}),
        ("Chile warned Peru.", [("warned", "THREATEN", ["Chile"], ["Peru"])], "warned", {"CHLGOV"}, {"PERGOV"}),
        ("Chile tested a missile.", [("tested", "MOBILIZE", ["Chile"], [])], "tested", {"CHLMIL"}, set()),
        (
            "Chile hanged two Peruvians.",
            [("hanged", "ASSAULT", ["Chile"], ["Peruvians"])],
            "hanged",
            {"CHLGOV"},
            {"PERCVL"},
        ),
        ("Lima called up reservists.", [("called", "MOBILIZE", ["Lima"], [])], "called", {"PERGOV"}, set()),
    ],
)
def test_capacity(text: str, told: list[Told], word: str, source: set[str], target: set[str]) -> None:
    event = read(text, *told)[word]
    assert (codes(event.source), codes(event.target)) == (source, target)


@pytest.mark.parametrize(
    ("text", "told", "word", "source", "target"),
    [
        (
            "Greece turned away foreign creditors.",
            [("turned", "REJECT", ["Greece"], ["creditors"])],
            "turned", {"GRCGOV"}, {"---BUS"},
        ),
        (
            "Dhaka asks its western neighbour for water.",
            [("asks", "REQUEST", ["Dhaka"], ["neighbour"])],
            "asks", {"BGDGOV"}, {"---"},
        ),
        (
            "The crisis brought Chile new sanctions.",
            [("sanctions", "SANCTION", [], ["Chile"])],
            "sanctions", set(), {"CHLGOV"},
        ),
    ],
)  # fmt: skip
def test_unknown(text: str, told: list[Told], word: str, source: set[str], target: set[str]) -> None:
    event = read(text, *told)[word]
    assert (codes(event.source), codes(event.target)) == (source, target)
