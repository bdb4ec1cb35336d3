"""Agreements under several names, and the histories that reports tell of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.facts import Answer, Date
from dragoman.lexicon.table import Lexicon
from dragoman.linking.plans import ordinal
from dragoman.linking.treaties import Telling, histories, names_of
from dragoman.pipeline.batch import read_batch
from dragoman.pipeline.tools import load_tools
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.agreements import Treaty, agreements, named, page, treaty_json
from dragoman.store.outcomes import Asked
from dragoman.store.query import FactFilter
from dragoman.store.record import open_record
from dragoman.store.writing import Stamp, add_all

REPORTS = (
    ("1987-12-01", "Mikhail Gorbachev and Ronald Reagan will sign the INF Treaty in Washington on December 8."),
    (
        "1987-12-09",
        "The United States and the Soviet Union signed the Intermediate-Range Nuclear Forces Treaty.",
    ),
    ("1988-05-28", "The United States Senate ratified the INF Treaty on Friday."),
    ("1988-06-02", "The INF Treaty entered into force on Wednesday."),
    (
        "2019-02-02",
        "The United States will withdraw from the INF Treaty, Secretary of State Mike Pompeo said.",
    ),
    ("2019-08-03", "The United States withdrew from the INF Treaty with Russia on Friday."),
    ("1996-09-25", "The United States signed the Comprehensive Test Ban Treaty (CTBT) on Tuesday."),
    ("1998-04-07", "France ratified the CTBT on Monday."),
    ("1979-03-27", "Egypt and Israel signed a peace treaty in Washington on Monday."),
    ("1979-04-11", "Egypt's parliament ratified the peace treaty with Israel on Tuesday."),
    ("1994-10-27", "Israel and Jordan signed a peace treaty on Wednesday."),
)


@cache
def read() -> tuple[Answer, ...]:
    sources = [
        Source(f"t{i}", "t", text=text, published=Date.on(day, "given")) for i, (day, text) in enumerate(REPORTS)
    ]
    outcomes = read_batch(list(sources), load_tools(Settings()), Settings())
    return tuple(one for one in outcomes if isinstance(one, Answer))


@pytest.fixture(scope="module", params=["forwards", "backwards"])
def record_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("treaties") / "r.db")
    with open_record(path, write=True) as record:
        add_all(record, read() if request.param == "forwards" else read()[::-1], Stamp("0.1", "lex"))
    return path


def steps(treaty: Treaty) -> list[tuple[str, str | None, list[str]]]:
    told = treaty_json(treaty)["steps"]
    return [(step["status"], step["date"]["end"], step["by"]) for step in told]  # type: ignore[index, union-attr]


def test_a_history_under_two_names(record_path: str) -> None:
    with open_record(record_path) as record:
        by_name = {
            name: named(record, name, Asked()) for name in ("INF Treaty", "INF", "intermediate nuclear forces treaty")
        }
        (treaty,) = by_name["INF"]
    assert [[one.id for one in found] for found in by_name.values()] == [[treaty.id]] * 3
    assert set(treaty.names) == {"INF Treaty", "Intermediate-Range Nuclear Forces Treaty"}
    assert steps(treaty) == [
        ("agreed", "1987-12-01", []),
        ("signed", "1987-12-09", []),
        ("ratified", "1988-05-27", ["USA"]),
        ("in force", "1988-06-01", []),
        ("left", "2019-08-02", []),
    ]
    assert treaty.history.status == "left"
    planned = treaty_json(treaty)["steps"][0]["planned_for"]  # type: ignore[index]
    assert planned["start"] == "1987-12-08"


def test_a_history_as_it_was_told_by_a_day(record_path: str) -> None:
    with open_record(record_path) as record:
        (treaty,) = named(record, "INF Treaty", Asked(told_by="1988-01-01"))
    assert treaty.history.status == "signed"
    assert treaty.reports == 2


def test_an_acronym_given_in_a_report_is_a_name(record_path: str) -> None:
    with open_record(record_path) as record:
        (treaty,) = named(record, "CTBT", Asked())
    assert steps(treaty) == [("signed", "1996-09-24", ["USA"]), ("ratified", "1998-04-06", ["FRA"])]


def test_peace_treaties_of_other_parties_are_others(record_path: str) -> None:
    with open_record(record_path) as record:
        found = list(agreements(record, Asked()))
        mine = list(agreements(record, Asked(FactFilter(pair=("EGY", "ISR")))))
        of_fact = named(record, mine[0].id, Asked())
        first = page(record, Asked(), limit=2)
        rest = page(record, Asked(), first.next, limit=9)
    assert len(found) == len({treaty.id for treaty in found}) == 4
    assert [steps(treaty) for treaty in mine] == [[("signed", "1979-03-26", []), ("ratified", "1979-04-10", [])]]
    assert [treaty.id for treaty in of_fact] == [treaty.id for treaty in mine]
    assert [treaty.id for treaty in (*first.treaties, *rest.treaties)] == [treaty.id for treaty in found]


@pytest.mark.parametrize(
    ("name", "behind", "parties", "names", "own"),
    [
        ("INF Treaty", "", (), {"=inf"}, True),
        ("Elbe accord", "", (), {"agreement elb"}, True),
        ("Treaty on the Elbe", "", (), {"agreement elb"}, True),
        ("Open Borders Agreement", " (OBA) was", (), {"agreement border open", "~oba"}, True),
        ("OBA", "", (), {"~oba", "oba"}, True),
        ("border treaty", "", ("POL", "UKR"), {"@agreement border POL UKR"}, False),
        ("border treaty", "", ("POL",), set(), False),
        ("agreement", "", (), set(), False),
        ("French-German treaty", "", ("DEU", "FRA"), {"@agreement DEU FRA"}, False),
    ],
)
def test_names(name: str, behind: str, parties: tuple[str, ...], names: set[str], own: bool) -> None:
    found = names_of(name, behind, frozenset(parties), Lexicon())
    assert (found.names, found.own) == (names, own)


def telling(key: str, day: str, name: str, parties: str, status: str = "signed") -> Telling:
    told = ordinal(day)
    return Telling(
        key, f"r{key}", name, frozenset({name}), frozenset(parties.split()), status, Date.on(day), told, told
    )


TELLINGS = [
    telling("a", "1993-01-01", "agreement friendship", "POL UKR"),
    telling("b", "1993-02-01", "agreement friendship", "POL UKR", "ratified"),
    telling("c", "1993-01-05", "agreement friendship", "DEU FRA"),
    telling("d", "1993-01-20", "agreement friendship", "", "in force"),
    telling("e", "1993-03-01", "agreement friendship", "POL", "ratified"),
    telling("f", "2009-01-01", "agreement friendship", "POL UKR"),
    telling("g", "1993-01-01", "@agreement border POL UKR", "POL UKR"),
    telling("h", "1996-01-01", "@agreement border POL UKR", "POL UKR"),
    telling("i", "1994-06-01", "=inf", "USA", "left"),
    telling("j", "2019-06-01", "=inf", "RUS", "left"),
]


@settings(max_examples=30, deadline=None)
@given(st.permutations(TELLINGS))
def test_any_order_gives_the_same_histories(shuffled: list[Telling]) -> None:
    found = {"".join(sorted(one.key for one in history.tellings)) for history in histories(shuffled)}
    assert found == {"abe", "c", "d", "f", "g", "h", "ij"}


def test_nothing_is_made_of_an_empty_record(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_record(str(path), write=True) as record:
        assert named(record, "INF Treaty", Asked()) == []
        assert list(agreements(record, Asked())) == []
