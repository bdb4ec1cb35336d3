"""The phrase table: units, boundaries, longest match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon.phrases import CutText, PhraseTable, plain, units

TABLE = PhraseTable(
    [
        ("UN", "un"),
        ("U.N. Security Council", "unsc"),
        ("al-Qaeda", "aq"),
        ("Workers' Party", "wp"),
        ("People's Daily", "pd"),
        ("Médecins Sans Frontières", "msf"),
        ("Red Cross", "rc"),
        ("Red Cross", "rc2"),
        ("St. Petersburg", "spb"),
        ("RFE/RL", "rferl"),
        ("Côte d'Ivoire", "civ"),
        ("AT&T", "att"),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kissinger", ("Kissinger",)),
        ("U.N.", ("UN",)),
        ("U.N", ("UN",)),
        ("St.", ("St",)),
        (".", (".",)),
        ("...", (".", ".", ".")),
        ("al-Qaeda", ("al", "-", "Qaeda")),
        ("Workers’", ("Workers", "'")),
        ("People's", ("People", "'s")),
        ("d'Ivoire", ("d'Ivoire",)),
        ("Çiller", ("Ciller",)),
        (" ", ()),
    ],
)
def test_units(text: str, expected: tuple[str, ...]) -> None:
    assert units(text) == expected


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (["the", "U.N.", "said"], [(1, 2, ("un",))]),
        (["UN", "Security", "Council", "met"], [(0, 3, ("unsc",))]),
        (["UN", "Security", "men"], [(0, 1, ("un",))]),
        (["al", "-", "Qaeda", "struck"], [(0, 3, ("aq",))]),
        (["al-Qaeda", "struck"], [(0, 1, ("aq",))]),
        (["al–Qaeda", "'s", "men"], [(0, 1, ("aq",))]),
        (["al-Qaeda-linked"], []),
        (["Workers", "'", "Party"], [(0, 3, ("wp",))]),
        (["Workers’", "Party"], [(0, 2, ("wp",))]),
        (["People", "'s", "Daily"], [(0, 3, ("pd",))]),
        (["Medecins", "sans"], []),
        (["Medecins", "Sans", "Frontieres"], [(0, 3, ("msf",))]),
        (["Red", "Cross"], [(0, 2, ("rc", "rc2"))]),
        (["red", "cross"], []),
        (["UN", ".", "Security", "Council"], [(0, 1, ("un",))]),
        (["St", ".", "Petersburg"], []),
        (["St.", "Petersburg"], [(0, 2, ("spb",))]),
        (["RFE", "/", "RL"], [(0, 3, ("rferl",))]),
        (["Côte", "d’Ivoire"], [(0, 2, ("civ",))]),
        (["AT&T"], [(0, 1, ("att",))]),
        ([], []),
    ],
)
def test_scan(tokens: list[str], expected: list[tuple[int, int, tuple[str, ...]]]) -> None:
    assert list(TABLE.scan(CutText(tokens))) == expected


def test_folded_table_ignores_case() -> None:
    table = PhraseTable([("Foreign Minister", 1)], fold=True)
    assert list(table.scan(CutText(["FOREIGN", "minister"]))) == [(0, 2, (1,))]
    assert table.get("foreign minister") == (1,)
    assert table.get("foreign") == ()


def test_at_starts_where_asked() -> None:
    assert TABLE.at(["the", "UN", "Security", "Council"], 1) == (4, ("unsc",))
    assert TABLE.at(["the", "UN"], 0) == (0, ())


def test_phrase_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no word"):
        PhraseTable([(" ", 1)])


def test_plain() -> None:
    assert plain("Ērgün’s Łódź") == "Ergun's Lodz"


@given(st.lists(st.sampled_from(["UN", "U.N.", "Security", "Council", "al", "-", "Qaeda", "al-Qaeda", ".", "x"])))
def test_matches_are_ordered_and_apart(tokens: list[str]) -> None:
    last = 0
    for start, end, values in TABLE.scan(CutText(tokens)):
        assert last <= start < end <= len(tokens)
        assert values
        last = end
