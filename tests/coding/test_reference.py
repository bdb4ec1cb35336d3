"""Mentions that take up what was named before: surnames, titles, pronouns and groups."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.coding.draft import Draft, Mention

DraftOf = Callable[..., Draft]

BEGIN = "Menachem Begin, the Prime Minister of Israel, met President Anwar Sadat of Egypt. "


def last(draft: Draft, words: str) -> Mention | None:
    """The mention at the last occurrence of WORDS."""
    start = draft.doc.text.rindex(words)
    last = draft.doc.char_span(start, start + len(words), alignment_mode="expand")[-1]
    return draft.mention_at(draft.tokens[last.i])


def told(mention: Mention | None) -> list[str]:
    """Name and country of each actor of a mention; empty for none."""
    if mention is None:
        return []
    return [f"{a.name}/{a.country or ''}" for a in (mention.actor, *mention.others)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        # surnames
        (BEGIN + "Mr. Begin spoke.", "Begin", ["Menachem Begin/ISR"]),
        ("Mao Tse-tung received President Nixon. Mao smiled.", "Mao", ["Mao Tse-tung/CHN"]),
        ("Fidel Castro and Raúl Castro spoke. Castro left.", "Castro", ["Castro/CUB"]),
        # titles
        (BEGIN + "The Prime Minister spoke.", "Minister", ["Menachem Begin/ISR"]),
        (BEGIN + "The president spoke.", "president", ["Anwar Sadat/EGY"]),
        (BEGIN + "The Egyptian president spoke.", "president", ["Anwar Sadat/EGY"]),
        (BEGIN + "The Israeli leader spoke.", "leader", ["Menachem Begin/ISR"]),
        (BEGIN + "A president spoke.", "president", ["president/"]),
        ("King Hussein of Jordan met President Sadat. The king left.", "king", ["Hussein/JOR"]),
        (
            "General Leopoldo Galtieri, the Argentine president, spoke. The general left.",
            "general",
            ["Leopoldo Galtieri/ARG"],
        ),
        # bodies
        ("The U.N. Security Council met. The council voted.", "council", ["United Nations Security Council/"]),
        ("Hamas fighters fired rockets. The group denied it.", "group", ["Hamas/PSE"]),
        ("The army took hostages from Boko Haram. The militants fled.", "militants", ["Boko Haram/NGA"]),
        ("The European Union met. Brussels and Washington agreed.", "Brussels", ["European Union/"]),
        ("Brussels and Washington agreed.", "Brussels", ["European Union/"]),
        ("The Belgian premier spoke. Brussels and Washington agreed.", "Brussels", ["Belgium/BEL"]),
        # whose, by what is spoken of
        ("Kenya closed the border. The government gave no reason.", "government", ["government/KEN"]),
        ("Kenya and Somalia closed the border. The government gave no reason.", "government", ["government/"]),
        ("BEIJING, June 9 (Xinhua) -- The ministry denied it.", "ministry", ["ministry/CHN"]),
        ("Iran recalled its ambassador.", "ambassador", ["ambassador/IRN"]),
        ("President Putin said that his country was ready.", "country", ["country/RUS"]),
        ("The U.N. condemned North Korea. The North refused.", "North", ["North Korea/PRK"]),
        ("Pyongyang fired a rocket. The South protested.", "South", ["South Korea/KOR"]),
        ("The U.N. imposed sanctions on Iran. The country protested.", "country", ["Iran/IRN"]),
    ],
)
def test_taken_up(draft_of: DraftOf, text: str, words: str, expected: list[str]) -> None:
    assert told(last(draft_of(text, "1978-09-18" if "Begin" in text or "Mao" in text else "2015-06-10"), words)) == (
        expected
    )


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("India and Pakistan resumed talks. Both governments agreed.", "governments", ["India/IND", "Pakistan/PAK"]),
        ("India and Pakistan resumed talks. The two countries agreed.", "countries", ["India/IND", "Pakistan/PAK"]),
        ("India and Pakistan resumed talks. Their envoys met.", "Their", ["India/IND", "Pakistan/PAK"]),
        ("India and Pakistan resumed talks. They agreed to meet again.", "They", ["India/IND", "Pakistan/PAK"]),
        (
            "The United States, Britain, France and Russia signed. The four powers met.",
            "powers",
            ["United States/USA", "United Kingdom/GBR", "France/FRA", "Russia/RUS"],
        ),
        (
            "India and Pakistan resumed talks. Washington lifted sanctions on both countries.",
            "countries",
            ["India/IND", "Pakistan/PAK"],
        ),
        ("The two countries agreed.", "countries", []),
        ("India, China and Pakistan met. The two countries agreed.", "countries", []),
    ],
)
def test_groups(draft_of: DraftOf, text: str, words: str, expected: list[str]) -> None:
    assert told(last(draft_of(text), words)) == expected


def test_two_leaders(draft_of: DraftOf) -> None:
    assert sorted(told(last(draft_of(BEGIN + "The two leaders embraced.", "1978-09-18"), "leaders"))) == [
        "Anwar Sadat/EGY",
        "Menachem Begin/ISR",
    ]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Chancellor Angela Merkel said that she would go.", "she", ["Angela Merkel/DEU"]),
        ("Angela Merkel met Vladimir Putin. She left.", "She", ["Angela Merkel/DEU"]),
        ("Vladimir Putin met Angela Merkel. She left.", "She", ["Angela Merkel/DEU"]),
        ("Iran said that it would close the port.", "it", ["Iran/IRN"]),
        ("Iran said that Israel had attacked it.", "it", ["Iran/IRN"]),
        ("Iran signed the accord. Britain welcomed it.", "it", []),
        ("Iran closed the port. It was raining.", "It", []),
        ("The accord failed. It angered Iran.", "It", []),
        ("Snow fell. The talks failed. They angered Iran.", "They", []),
        ("President Putin met a reporter in Minsk. He smiled.", "He", ["Putin/RUS"]),
        ("Iraqi rebels said that they had won.", "they", ["Iraqi rebels/IRQ"]),
        ('"We will not sign," President Vladimir Putin said.', "We", ["Vladimir Putin/RUS"]),
        ('"Our army is ready," said the Turkish foreign minister.', "army", ["army/TUR"]),
        ("It rained.", "It", []),
        ("He left.", "He", []),
    ],
)
def test_pronouns(draft_of: DraftOf, text: str, words: str, expected: list[str]) -> None:
    assert told(last(draft_of(text), words)) == expected


def test_a_pronoun_does_not_reach_far(draft_of: DraftOf) -> None:
    text = "Vladimir Putin spoke. Snow fell. Rain followed. The wind rose. Trees broke. He left."
    assert told(last(draft_of(text), "He")) == []
