"""Transfers: who gives what to whom, how many, and whether it came to pass."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.coding import figures, times, transfers
from dragoman.facts import Transfer
from tests.coding.conftest import DraftOf

Row = tuple[str, float | None, str | None, str | None, str]


def found(draft_of: DraftOf, text: str) -> tuple[Transfer, ...]:
    draft = draft_of(text)
    draft = replace(draft, times=times.find(draft))
    return transfers.find(replace(draft, figures=figures.find(draft)))


def rows(draft_of: DraftOf, text: str) -> list[Row]:
    def side(actor: object) -> str | None:
        return (getattr(actor, "country", None) or getattr(actor, "sector", None)) if actor else None

    return [(t.item, t.count, side(t.supplier), side(t.recipient), t.status) for t in found(draft_of, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile bought twelve jets from Britain.", [("jets", 12, "GBR", "CHL", "happened")]),
        (
            "The Soviet Union will supply Egypt with 200 tanks and 50 bombers.",
            [("tanks", 200, "SUN", "EGY", "scheduled"), ("bombers", 50, "SUN", "EGY", "scheduled")],
        ),
        (
            "Canada has promised to deliver six million tonnes of wheat to China over three years.",
            [("wheat", 6_000_000, "CAN", "CHN", "scheduled")],
        ),
        # money: the goods it is given in, else the amount
        ("Japan pledged $3 billion in aid to Indonesia.", [("aid", 3e9, "JPN", "IDN", "scheduled")]),
        ("The European Union gave 2 million euros to Moldova.", [("2 million euros", 2e6, "EUR", "MDA", "happened")]),
        ("Sweden granted a loan of 300 million dollars to Poland.", [("loan", 3e8, "SWE", "POL", "happened")]),
        # nouns for a transfer
        (
            "The sale of 60 helicopters to India by Italy was approved.",
            [("helicopters", 60, "ITA", "IND", "scheduled")],
        ),
        ("Washington approved the sale of 40 fighters to Jordan.", [("fighters", 40, "USA", "JOR", "scheduled")]),
        (
            "Libya placed an order for 18 transport planes with Brazil.",
            [("transport planes", 18, "BRA", "LBY", "happened")],
        ),
        # the parser may take the recipient into the goods, and an ordinal in front of them
        ("The United States is to give Pakistan 28 aircraft.", [("aircraft", 28, "USA", "PAK", "scheduled")]),
        ("Italy is to deliver the first of 24 frigates to Peru.", [("frigates", 24, "ITA", "PER", "scheduled")]),
        # money whose country no figure knows; "would" of what is agreed
        ("Kuwait has lent 60 million dinars to Sudan.", [("dinars", 6e7, "KWT", "SDN", "happened")]),
        ("Libya would hand over the centrifuges to Algeria.", [("centrifuges", None, "LBY", "DZA", "scheduled")]),
        # what ends or is refused does not take place
        ("Russia cut off gas supplies to Ukraine on Sunday.", [("gas", None, "RUS", "UKR", "denied")]),
        ("Australia suspended wheat exports to Egypt.", [("wheat", None, "AUS", "EGY", "denied")]),
        ("Spain refused to sell Chile the frigates.", [("frigates", None, "ESP", "CHL", "denied")]),
        ("The minister denied that Israel had shipped rifles to Iran.", [("rifles", None, "ISR", "IRN", "denied")]),
        # wanted
        ("Turkey asked the United States for 100 missiles.", [("missiles", 100, "USA", "TUR", "proposed")]),
        ("India could buy 4 million barrels of oil from Venezuela.", [("oil", 4e6, "VEN", "IND", "hypothetical")]),
        # passive and relative clauses
        ("Jets sold to Pakistan by France were shot down.", [("Jets", None, "FRA", "PAK", "happened")]),
    ],
)
def test_transfers(draft_of: DraftOf, text: str, expected: list[Row]) -> None:
    assert rows(draft_of, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The president gave a speech to parliament.",
        "He delivered a message to the Syrian leader.",
        "The mine was sold to Mr. Clarke.",
        "The firm donated 1 million dollars to a museum.",
        "France gave France 3 million dollars.",
    ],
)
def test_what_is_no_transfer(draft_of: DraftOf, text: str) -> None:
    assert rows(draft_of, text) == []


def test_evidence_holds_the_word_and_the_goods(draft_of: DraftOf) -> None:
    (transfer,) = found(draft_of, "On Monday Norway sold 12 boats to Kenya, officials said.")
    assert transfer.evidence[0].text == "sold 12 boats"


def test_one_transfer_is_told_once_at_its_fullest(draft_of: DraftOf) -> None:
    text = "Iran will get missiles from China. China will sell 40 missiles to Iran in May."
    assert [(t.item, t.count) for t in found(draft_of, text)] == [("missiles", 40)]
