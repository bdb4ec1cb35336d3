"""The tables of roles and their modifiers."""

from __future__ import annotations

import pytest

from dragoman.lexicon import Lexicon, roles
from dragoman.lexicon.phrases import CutText
from dragoman.lexicon.roles import Modifier, Role

INDEX = Lexicon().compiled(roles.index)


@pytest.mark.parametrize(
    ("title", "sector", "kind", "office"),
    [
        ("foreign minister", "GOV", "person", "foreign_minister"),
        ("Foreign Ministers", "GOV", "group", None),
        ("Minister for Foreign Affairs", "GOV", "person", "foreign_minister"),
        ("secretaries of state", "GOV", "person", "foreign_minister"),
        ("premier", "GOV", "person", "head_of_government"),
        ("Gen.", "MIL", "person", "commander"),
        ("MP", "LEG", "person", "legislator"),
        ("spokesman", None, "person", "spokesperson"),
        ("rebels", "REB", "group", None),
        ("gunmen", "UAF", "group", None),
        ("lawmakers", "LEG", "group", None),
        ("supreme court", "JUD", "institution", None),
        ("junta", "GOV", "institution", None),
        ("riot police", "COP", "group", None),
        ("journalists", "JRN", "group", None),
        ("doctors", "MED", "group", None),
        ("refugees", "REF", "group", None),
        ("ayatollah", "REL", "person", "cleric"),
        ("miners", "LAB", "group", None),
    ],
)
def test_by_title(title: str, sector: str | None, kind: str, office: str | None) -> None:
    assert [(role.sector, role.kind, role.office) for role in INDEX.by_title(title)] == [(sector, kind, office)]


@pytest.mark.parametrize("title", ["pm", "gen", "mp", "ambassad", ""])
def test_abbreviations_keep_their_case(title: str) -> None:
    assert INDEX.by_title(title) == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "The deputy prime minister met Foreign Minister Andrei Gromyko",
            [(1, 4, "deputy prime minister"), (5, 7, "foreign minister")],
        ),
        ("ex-president Nixon", [(0, 1, "president")]),
        ("president - elect Kennedy", [(0, 3, "president")]),
        ("at 3 pm the PM spoke", [(4, 5, "prime minister")]),
        ("ASSADS AMBASSADOR", [(1, 2, "ambassador")]),
        ("charge d'affaires", [(0, 2, "charge d'affaires")]),
        ("chargé d’affaires", [(0, 2, "charge d'affaires")]),
    ],
)
def test_matches(words: str, expected: list[tuple[int, int, str]]) -> None:
    text = CutText(words.split())
    assert [(start, end, role.title) for start, end, role in INDEX.matches(text)] == expected


@pytest.mark.parametrize(
    ("words", "start", "end", "expected"),
    [
        ("former president", 1, 2, ["former"]),
        ("ex-president", 0, 1, ["former"]),
        ("ex - president", 0, 3, ["former"]),
        ("then-President Nixon", 0, 1, ["then"]),
        ("then President Nixon", 1, 2, ["then"]),
        ("president-elect", 0, 1, ["coming"]),
        ("president - elect", 0, 1, ["coming"]),
        ("president - elect", 0, 3, ["coming"]),
        ("first deputy foreign minister", 2, 4, ["lower"]),
        ("newly elected acting president", 3, 4, ["acting", "keep"]),
        ("the late king", 2, 3, ["dead"]),
        ("the president", 1, 2, []),
        ("president in exile", 0, 1, ["former"]),
    ],
)
def test_modifiers(words: str, start: int, end: int, expected: list[str]) -> None:
    assert [row.effect for row in INDEX.modifiers(words.split(), start, end)] == expected


def test_former_is_elite_and_then_is_not() -> None:
    assert [row.sector for row in INDEX.modifiers(["former", "president"], 1, 2)] == ["ELI"]
    assert [row.sector for row in INDEX.modifiers(["then", "president"], 1, 2)] == [None]


def test_table_has_breadth_and_no_form_for_two_roles() -> None:
    assert len(list(INDEX)) >= 300
    assert {form for role in INDEX for form in role.forms if len(INDEX.by_title(form)) > 1} == set()


def test_rows_are_checked() -> None:
    with pytest.raises(ValueError, match="sector"):
        Role("x", None, "XXX", "person", None, False, (), "test")
    with pytest.raises(ValueError, match="kind"):
        Role("x", None, None, "thing", None, False, (), "test")
    with pytest.raises(ValueError, match="office"):
        Role("x", None, None, "person", "clown", False, (), "test")
    with pytest.raises(ValueError, match="position"):
        Modifier("x", "above", "keep", None, False, "test")
    with pytest.raises(ValueError, match="effect"):
        Modifier("x", "before", "vanish", None, False, "test")
