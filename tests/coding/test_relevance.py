"""What is left out of the events: acts of nobody, and of nobody whom the record is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.coding import events
from dragoman.coding.draft import Draft
from dragoman.coding.events.relevance import is_party
from dragoman.facts import Actor

DraftOf = Callable[..., Draft]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Iran condemned Iraq.", ["ACCUSE"]),
        ("Teachers condemned parents.", []),
        ("Protesters condemned the Chilean government.", ["ACCUSE"]),
        ("The drought threatened Kenya.", []),
        ("The embassy of Sweden was attacked in Tehran.", ["ASSAULT"]),
        ("The South Korean government wants to think again.", []),
        ("The South Korean government wants to help manufacturers.", ["AGREE"]),
        ("The South Korean government wants Japan to pay compensation.", ["REQUEST"]),
    ],
)
def test_an_event_needs_somebody_who_acts_and_somebody_whom_it_is_about(
    draft_of: DraftOf, text: str, types: list[str]
) -> None:
    assert [e.type for e in events.find(draft_of(text))] == types


@pytest.mark.parametrize(
    ("actor", "counts"),
    [
        (Actor("Iran", "IRN", "GOV"), True),
        (Actor("the rebels", None, "REB"), True),
        (Actor("United Nations", None, "UNO"), True),
        (Actor("teachers", None, "EDU"), False),
        (Actor("Joe Smith"), False),
    ],
)
def test_parties(actor: Actor, counts: bool) -> None:
    assert is_party(actor) is counts
