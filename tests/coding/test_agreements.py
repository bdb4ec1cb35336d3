"""Agreements: their names, parties, and how far they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.coding import agreements, times
from dragoman.facts import Agreement
from tests.coding.conftest import DraftOf

Row = tuple[str, str, set[str | None]]


def found(draft_of: DraftOf, text: str) -> tuple[Agreement, ...]:
    draft = draft_of(text)
    return agreements.find(replace(draft, times=times.find(draft)))


def rows(draft_of: DraftOf, text: str) -> list[Row]:
    return [(a.name, a.status, {p.country or p.sector for p in a.parties}) for a in found(draft_of, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Egypt and Israel signed a peace treaty on Monday.", [("peace treaty", "signed", {"EGY", "ISR"})]),
        (
            "The United States withdrew from the Anti-Ballistic Missile Treaty.",
            [("Anti-Ballistic Missile Treaty", "left", {"USA"})],
        ),
        (
            "India and Nepal have reached an agreement on the waters of the river.",
            [("agreement on the waters of the river", "agreed", {"IND", "NPL"})],
        ),
        ("Poland ratified the Treaty of Lisbon last year.", [("Treaty of Lisbon", "ratified", {"POL"})]),
        ("The Treaty of Rome was signed in 1957.", [("Treaty of Rome", "signed", set())]),
        (
            "Talks on a free trade agreement between Canada and India broke down.",
            [("free trade agreement", "proposed", {"CAN", "IND"})],
        ),
        # one agreement, two mentions
        (
            "The Camp David accords were signed in 1978. The accords provide for autonomy.",
            [("Camp David accords", "signed", set())],
        ),
        # not taken, or still to be taken
        ("The US Senate refused to ratify the Kyoto Protocol.", [("Kyoto Protocol", "rejected", {"USA"})]),
        ("Chile and Argentina will sign a border treaty in May.", [("border treaty", "agreed", {"CHL", "ARG"})]),
        (
            "Russia suspended the treaty on conventional forces in Europe.",
            [("treaty on conventional forces in Europe", "suspended", {"RUS"})],
        ),
        ("The agreement between Sudan and Ethiopia expired.", [("agreement", "expired", {"SDN", "ETH"})]),
        ("Iran rejected the deal with France.", [("deal", "rejected", {"IRN", "FRA"})]),
    ],
)
def test_agreements(draft_of: DraftOf, text: str, expected: list[Row]) -> None:
    assert rows(draft_of, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The two sides are in agreement on most points.",
        "According to an agreement with the bank, the firm will pay next year.",
        "The Democratic National Convention opened in Boston.",
        "Congress passed the Clean Air Act.",
        "The club made a deal with the player.",
    ],
)
def test_what_is_no_agreement(draft_of: DraftOf, text: str) -> None:
    assert rows(draft_of, text) == []


def test_the_date_is_that_of_the_step(draft_of: DraftOf) -> None:
    (agreement,) = found(draft_of, "Norway and Russia signed a border treaty on 15 September 2010.")
    assert (agreement.date.start, agreement.date.end) == ("2010-09-15", "2010-09-15")
    assert agreement.evidence[0].text == "signed a border treaty"
