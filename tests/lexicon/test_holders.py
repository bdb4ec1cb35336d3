"""The table of office holders and its index."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import TableError
from dragoman.facts import Date
from dragoman.lexicon import Lexicon, bodies, holders
from dragoman.lexicon.holders import HolderIndex, Term
from dragoman.lexicon.phrases import CutText

LEXICON = Lexicon()
INDEX = LEXICON.compiled(holders.index)
TERM = Term("A B", (), ("B",), "foreign_minister", "Minister", "USA", None, "1990-01", "1995-06", False, "test")


def month(text: str) -> Date:
    """The month YYYY-MM as a date; 28 days do here."""
    return Date(f"{text}-01", f"{text}-28", "month")


@pytest.mark.parametrize(
    ("of", "office", "on", "person"),
    [
        ("USA", "foreign_minister", "1974-05", "Henry Kissinger"),
        ("USA", "head_of_state", "1962-10", "John Kennedy"),
        ("USA", "head_of_state", "1963-11", None),
        ("SUN", "party_leader", "1974-05", "Leonid Brezhnev"),
        ("SUN", "foreign_minister", "1978-09", "Andrei Gromyko"),
        ("SUN", "head_of_state", "1995-01", None),
        ("RUS", "head_of_state", "1995-01", "Boris Yeltsin"),
        ("DEU", "head_of_government", "1978-09", "Helmut Schmidt"),
        ("DDR", "party_leader", "1978-09", "Erich Honecker"),
        ("FRA", "foreign_minister", "2003-02", "Dominique de Villepin"),
        ("GBR", "head_of_government", "1982-05", "Margaret Thatcher"),
        ("EGY", "head_of_state", "1978-09", "Anwar Sadat"),
        ("ISR", "head_of_government", "1978-09", "Menachem Begin"),
        ("ISR", "defence_minister", "1967-06", None),
        ("JOR", "head_of_state", "1978-09", "King Hussein"),
        ("IRN", "head_of_state", "1980-05", "Ruhollah Khomeini"),
        ("IRQ", "head_of_state", "1990-08", "Saddam Hussein"),
        ("PAK", "head_of_government", "1975-03", "Zulfikar Ali Bhutto"),
        ("VDR", "head_of_government", "1973-01", "Pham Van Dong"),
        ("RVN", "head_of_state", "1973-01", "Nguyen Van Thieu"),
        ("CHN", "head_of_government", "1972-02", "Zhou Enlai"),
        ("JPN", "head_of_government", "1972-10", "Kakuei Tanaka"),
        ("ZAF", "head_of_state", "1990-03", "F. W. de Klerk"),
        ("UKR", "head_of_state", "2022-03", "Volodymyr Zelensky"),
        ("united-nations", "secretary_general", "1998-02", "Kofi Annan"),
        ("north-atlantic-treaty-organization", "secretary_general", "2022-02", "Jens Stoltenberg"),
        ("european-commission", "commission_president", "2022-02", "Ursula von der Leyen"),
        ("USA", "head_of_state", "2035-01", None),
        ("XXX", "head_of_state", "1990-01", None),
    ],
)
def test_holder(of: str, office: str, on: str, person: str | None) -> None:
    term = INDEX.holder(of, office, month(on))
    assert (term.person if term else None) == person


@pytest.mark.parametrize(
    ("of", "title", "office", "on", "person"),
    [
        ("IRN", "president", "head_of_state", "1999-05", "Mohammad Khatami"),
        ("IRN", "prime minister", "head_of_government", "1952-05", "Mohammad Mossadegh"),
        ("SUN", "president", "head_of_state", "1974-05", "Nikolai Podgorny"),
        ("USA", "secretary of state", "foreign_minister", "1974-05", "Henry Kissinger"),
        ("VAT", "secretary of state", "foreign_minister", "1985-05", "Agostino Casaroli"),
        ("USA", "king", None, "1974-05", None),
        ("unita", "leader", "leader", "1986-01", "Jonas Savimbi"),
    ],
)
def test_titled(of: str, title: str, office: str | None, on: str, person: str | None) -> None:
    term = INDEX.titled(of, title, office, month(on))
    assert (term.person if term else None) == person


def test_an_interval_with_two_holders_has_none() -> None:
    assert INDEX.holder("USA", "head_of_state", Date("1970-01-01", "1979-12-31", "decade")) is None
    assert INDEX.holder("USA", "head_of_state", Date.unknown()) is None


@pytest.mark.parametrize(
    ("surname", "on", "expected"),
    [
        ("Kissinger", "1974-05", [("USA", "foreign_minister"), ("USA", "security_adviser")]),
        ("Kissinger", "1978-05", [("USA", "foreign_minister"), ("USA", "security_adviser")]),
        ("Kissinger", "1960-01", []),
        ("kissinger", "1974-05", [("USA", "foreign_minister"), ("USA", "security_adviser")]),
        ("Giscard d'Estaing", "1978-01", [("FRA", "head_of_state")]),
        ("Saddam", "1985-01", [("IRQ", "head_of_state")]),
        ("Chou", "1972-02", [("CHN", "head_of_government")]),
        ("Erdoğan", "2020-01", [("TUR", "head_of_state")]),
        ("Gadhafi", "1986-04", [("LBY", "head_of_state")]),
        ("Nobody", "1986-04", []),
    ],
)
def test_by_surname(surname: str, on: str, expected: list[tuple[str, str]]) -> None:
    assert [(term.of, term.office) for term in INDEX.by_surname(surname, month(on))] == expected


@pytest.mark.parametrize(
    ("name", "on", "person"),
    [
        ("George Bush", "1990-08", "George H. W. Bush"),
        ("George Bush", "2003-03", "George W. Bush"),
        ("Chou En-lai", "1972-02", "Zhou Enlai"),
        ("Teng Hsiao-ping", "1979-01", "Deng Xiaoping"),
        ("Moammar Khadafy", "1986-04", "Muammar Qaddafi"),
        ("Kim Jong Un", "2018-06", "Kim Jong-un"),
        ("Francois Mitterrand", "1984-01", "François Mitterrand"),
    ],
)
def test_by_name(name: str, on: str, person: str) -> None:
    assert {term.person for term in INDEX.by_name(name, month(on))} == {person}


@pytest.mark.parametrize(
    ("person", "office", "on", "expected"),
    [
        ("Henry Kissinger", "foreign_minister", "1978-05", True),
        ("Henry Kissinger", "foreign_minister", "1974-05", False),
        ("Henry Kissinger", "foreign_minister", "1977-01", False),
        ("Henry Kissinger", "foreign_minister", "1970-05", False),
        ("Henry Kissinger", "security_adviser", "1976-05", True),
        ("Henry Kissinger", None, "1976-05", False),
        ("Donald Trump", "head_of_state", "2022-05", True),
        ("Donald Trump", "head_of_state", "2025-05", False),
        ("Mikhail Gorbachov", None, "1995-01", True),
        ("Angela Nobody", None, "1995-01", False),
    ],
)
def test_former(person: str, office: str | None, on: str, expected: bool) -> None:
    assert INDEX.former(person, office, month(on)) is expected


def test_matches() -> None:
    text = CutText(["Leonid", "Brezhnev", "met", "Chou", "En", "-", "lai", "and", "Ford"])
    found = [(start, end, term.person, term.office) for start, end, term in INDEX.matches(text, month("1975-01"))]
    assert found == [(0, 2, "Leonid Brezhnev", "party_leader"), (3, 7, "Zhou Enlai", "head_of_government")]


def test_overlap_is_refused() -> None:
    other = replace(TERM, person="C D", start="1995-05", end="1999-01")
    with pytest.raises(TableError, match="at once"):
        HolderIndex([TERM, other])
    HolderIndex([TERM, replace(other, start="1995-06")])
    HolderIndex([TERM, replace(other, country="FRA")])


def test_clashes_are_reported() -> None:
    other = replace(TERM, person="C D", names=("A B",), country="FRA")
    found = [(clash.name, clash.one.person, clash.other.person) for clash in HolderIndex([TERM, other]).clashes()]
    assert found == [("a b", "A B", "C D")]


def test_only_known_names_clash() -> None:
    assert {clash.name for clash in INDEX.clashes()} == {"king abdullah", "general zia"}


@pytest.mark.parametrize(
    "changes",
    [
        {"office": "clown"}, {"country": None}, {"body": "nato"}, {"surnames": ()}, {"start": "1990-13"},
        {"start": "1996-01"}, {"open": True},
    ],
)  # fmt: skip
def test_rows_are_checked(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"office|country|called|YYYY|before|open"):
        replace(TERM, **changes)  # type: ignore[arg-type]


def test_table_has_breadth() -> None:
    rows = list(INDEX)
    assert len(rows) >= 1800
    count = Counter((row.of, row.office) for row in rows)
    states = {of for of, office in count if office in ("head_of_state", "head_of_government", "foreign_minister")}
    assert len(states) >= 40


def test_bodies_of_terms_are_bodies() -> None:
    known = LEXICON.compiled(bodies.index)
    assert {term.body for term in INDEX if term.body and known.get(term.body) is None} == set()


@given(st.dates(min_value=date(1946, 1, 1), max_value=date(2025, 6, 30)))
def test_a_holder_is_never_former(day: date) -> None:
    on = Date.on(str(day))
    for of, office in (("USA", "foreign_minister"), ("ISR", "head_of_government"), ("SUN", "head_of_state")):
        term = INDEX.holder(of, office, on)
        assert term is None or not INDEX.former(term.person, office, on)
