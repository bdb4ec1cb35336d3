"""The table of bodies and its index."""

from __future__ import annotations

from collections import Counter

import pytest

from dragoman.facts import Date
from dragoman.lexicon import Lexicon, bodies
from dragoman.lexicon.bodies import Body
from dragoman.lexicon.phrases import CutText

INDEX = Lexicon().compiled(bodies.index)


@pytest.mark.parametrize(
    ("name", "on", "country", "sector"),
    [
        ("NATO", None, None, "IGO"),
        ("U.N.", None, None, "UNO"),
        ("European Commission", None, None, "EUR"),
        ("CIA", None, "USA", "SPY"),
        ("Pentagon", None, "USA", "MIL"),
        ("Knesset", None, "ISR", "LEG"),
        ("Kremlin", "1974-05-01", "SUN", "GOV"),
        ("Kremlin", "1999-05-01", "RUS", "GOV"),
        ("Taliban", "1999-05-01", "AFG", "GOV"),
        ("Taliban", "2010-05-01", "AFG", "REB"),
        ("Sandinistas", "1978-05-01", "NIC", "REB"),
        ("Sandinistas", "1985-05-01", "NIC", "GOV"),
        ("P.L.O.", "1978-05-01", "PSE", "REB"),
        ("Médecins Sans Frontières", None, None, "NGO"),
        ("Solidarność", None, "POL", "LAB"),
        ("Khmer Rouge", "1977-01-01", "KHM", "GOV"),
        ("KGB", "2005-01-01", "SUN", "SPY"),
        ("Exxon", None, None, "MNC"),
    ],
)
def test_by_name(name: str, on: str | None, country: str | None, sector: str) -> None:
    found = INDEX.by_name(name, Date.on(on) if on else None)
    assert [(body.country, body.sector) for body in found] == [(country, sector)]


def test_unknown_name_is_nobody() -> None:
    assert INDEX.by_name("Ministry of Silly Walks") == ()
    assert INDEX.get("no-such-body") is None


def test_matches_are_longest_and_case_sensitive() -> None:
    words = [
        "The",
        "U.N.",
        "Security",
        "Council",
        "and",
        "who",
        "met",
        "al",
        "-",
        "Qaeda",
        "near",
        "NATO",
        "'s",
        "ship",
    ]
    text = CutText(words)
    found = [(start, end, body.id) for start, end, body in INDEX.matches(text)]
    assert found == [
        (1, 4, "united-nations-security-council"),
        (7, 10, "al-qaeda"),
        (11, 12, "north-atlantic-treaty-organization"),
    ]


def test_shared_name_gives_a_match_for_each_body() -> None:
    text = CutText(["The", "Politburo", "met"])
    found = [(body.country, body.shared) for _, _, body in INDEX.matches(text, Date.on("1974-05-01"))]
    assert found == [("SUN", True), ("CHN", True)]


def test_table_has_breadth() -> None:
    rows = list(INDEX)
    count = Counter(row.sector for row in rows)
    assert sum(count[s] for s in ("IGO", "UNO", "EUR", "NGO", "ISM")) >= 150
    assert count["REB"] >= 100
    assert count["PTY"] >= 80
    assert count["MNC"] >= 60
    assert sum(1 for row in rows if row.country and row.kind not in ("party", "armed_group", "company")) >= 200


def test_names_held_at_one_time_by_one_country_are_one_body() -> None:
    rows = list(INDEX)
    by_name: dict[tuple[str, str | None], list[Body]] = {}
    for row in rows:
        for name in row.all_names:
            by_name.setdefault((name, row.country), []).append(row)
    clashes = {
        (name, one.id, other.id)
        for (name, _), group in by_name.items()
        for i, one in enumerate(group)
        for other in group[i + 1 :]
        if one.period.overlaps(other.period)
    }
    assert clashes == set()


@pytest.mark.parametrize(
    "changes", [{"sector": "XXX"}, {"kind": "thing"}, {"start": "19"}, {"country": None, "sector": "GOV"}]
)
def test_rows_are_checked(changes: dict[str, str | None]) -> None:
    cells = {
        "id": "x", "name": "X", "names": (), "country": "USA", "sector": "GOV", "start": None, "end": None,
        "kind": "executive", "shared": False, "caution": False, "source": "test",
    }  # fmt: skip
    with pytest.raises(ValueError, match=r"sector|kind|YYYY"):
        Body(**(cells | changes))  # type: ignore[arg-type]
