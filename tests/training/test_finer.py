"""Outlets, legal texts and weapons in corpora that do not mark them."""

import pytest

from training.entities import OUTSIDE, TAGS
from training.finer import finer, law_runs, outlet

OUTLETS = [
    ("Reuters", {"PERSON"}, True),
    ("The New York Times", {"ORG"}, True),
    ("al-Jazeera", {"GPE"}, True),
    ("China Daily", {"GPE"}, True),
    ("Islamic Republic News Agency", {"ORG"}, True),
    ("Radio Free Asia", {"ORG"}, True),
    ("Herald", {"PERSON"}, False),
    ("Post", {"ORG"}, None),
    ("Washington Post / ABC", {"ORG"}, None),
    ("International Atomic Energy Agency", {"ORG"}, False),
    ("Vatican Post Office", {"ORG"}, False),
    ("Ministry of Information", {"ORG"}, False),
    ("Times Square", {"LOC"}, False),
]


@pytest.mark.parametrize(("name", "types", "expected"), OUTLETS)
def test_outlets_by_form(name: str, types: set[str], expected: bool | None) -> None:
    assert outlet(name, types) is expected


@pytest.mark.parametrize(("news", "expected"), [(True, True), (False, False)])
def test_short_capitals_are_an_agency_in_news_only(news: bool, expected: bool) -> None:
    assert outlet("ENA", {"ORG"}, news) is expected


LAWS = [
    ("signed the Treaty of Waitangi in", ["Treaty of Waitangi"]),
    ("the Nuclear Non-Proliferation Treaty .", ["Nuclear Non-Proliferation Treaty"]),
    ("The Kyoto Protocol on climate", ["Kyoto Protocol"]),
    ("Security Council Resolution 1559 .", ["Security Council Resolution 1559"]),
    ("the Democratic National Convention in", []),
    ("the Warsaw Pact .", []),
    ("the North Atlantic Treaty Organization", []),
    ("Act now !", []),
]


@pytest.mark.parametrize(("text", "expected"), LAWS)
def test_runs_of_legal_texts(text: str, expected: list[str]) -> None:
    words = text.split()
    assert [" ".join(words[a:b]) for a, b in law_runs(words)] == expected


LAW = "B-LAW|I-LAW"
ROWS = [
    ("Reuters said", "B-ORG O", "B-MEDIA O"),
    ("the Washington Post said", "O B-ORG I-ORG O", "O B-MEDIA I-MEDIA O"),
    ("the Post said", "O B-ORG O", "O B-MEDIA|B-ORG O"),
    ("the Foreign Ministry said", "O B-ORG I-ORG O", "O B-ORG I-ORG O"),
    ("China Daily said", "B-GPE|B-LOC I-GPE|I-LOC O", "B-MEDIA I-MEDIA O"),
    ("Times are hard", "O O O", "O O O"),
    ("the Kyoto Protocol .", "O B-ORG I-ORG O", "O B-LAW I-LAW O"),
    ("the Treaty of Paris .", "O O O B-GPE O", f"O B-LAW|O {LAW}|O B-GPE|{LAW} O"),
    ("an F-16 jet", "O B-ORG O", "O B-WEAPON O"),
    ("an F-16 crashed", "O O O", "O B-WEAPON|O O"),
    ("Patriot missiles", "B-ORG O", "B-WEAPON O"),
    ("the Patriot Act .", "O B-ORG I-ORG O", "O B-LAW I-LAW O"),
    ("the Apache people", "O B-NORP O", "O B-NORP O"),
    ("Katyusha rockets", "O O", "B-WEAPON O"),
    ("in Afghanistan and", "O O|B-NORP O", "O B-GPE O"),
    ("the Afghanistan Cup", "O O O", "O O O"),
    ("Arab League", "B-NORP O", "B-ORG I-ORG"),
    ("CALL US NOW", "O O O", "O O O"),
    ("The Taliban said", "O O O", "O B-ORG O"),
]


@pytest.mark.parametrize(("text", "before", "after"), ROWS)
def test_options_become_finer(text: str, before: str, after: str) -> None:
    words = text.split()
    options = [tuple(o.split("|")) for o in before.split()]
    found = finer(words, [False] * len(words), options)
    assert ["|".join(sorted(o)) for o in found] == after.split()


def test_a_hyphened_weapon_is_one_name() -> None:
    found = finer(["MiG", "-", "29", "fighters"], [False, True, True, False], [(OUTSIDE,)] * 4)
    assert found == [("B-WEAPON",), ("I-WEAPON",), ("I-WEAPON",), (OUTSIDE,)]


def test_the_first_classes_keep_their_numbers() -> None:
    old = ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT")
    assert TAGS[:15] == ("O", *(f"{part}-{kind}" for kind in old for part in "BI"))
    assert TAGS[15:] == ("B-LAW", "I-LAW", "B-WEAPON", "I-WEAPON", "B-MEDIA", "I-MEDIA")
