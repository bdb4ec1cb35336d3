"""The table of outlets and its index."""

from __future__ import annotations

import pytest

from dragoman.facts import Date
from dragoman.lexicon import Lexicon, outlets
from dragoman.lexicon.outlets import Outlet
from dragoman.lexicon.phrases import CutText

INDEX = Lexicon().compiled(outlets.index)


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("Reuters", None, [("GBR", "agency")]),
        ("TASS", "1974-05-01", [("SUN", "agency")]),
        ("Tass", "2020-05-01", [("RUS", "agency")]),
        ("ITAR-TASS", None, [("RUS", "agency")]),
        ("Pravda", "1974-05-01", [("SUN", "newspaper")]),
        ("Pravda", "2004-05-01", [("RUS", "newspaper")]),
        ("Neues Deutschland", None, [("DDR", "newspaper")]),
        ("People’s Daily", None, [("CHN", "newspaper")]),
        ("RFE/RL", None, [("USA", "broadcaster")]),
        ("White House", None, []),
        ("reuters", None, []),
    ],
)
def test_by_name(name: str, on: str | None, expected: list[tuple[str, str]]) -> None:
    found = INDEX.by_name(name, Date.on(on) if on else None)
    assert [(row.country, row.kind) for row in found] == expected


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.reuters.com", "Reuters"),
        ("edition.cnn.com", "CNN"),
        ("Reuters.COM.", "Reuters"),
        ("news.bbc.co.uk", "BBC"),
        ("2001-2009.state.gov", "US Department of State"),
        ("mid.ru", "Ministry of Foreign Affairs of Russia"),
    ],
)
def test_by_host(host: str, name: str) -> None:
    found = INDEX.by_host(host)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("host", ["example.org", "com", "", "notreuters.com", "co.uk"])
def test_unknown_host(host: str) -> None:
    assert INDEX.by_host(host) is None


def test_matches() -> None:
    text = CutText(["Xinhua", ",", "citing", "the", "New", "York", "Times", "and", "RFE", "/", "RL"])
    assert [(start, end, row.id) for start, end, row in INDEX.matches(text)] == [
        (0, 1, "xinhua"), (4, 7, "new-york-times"), (8, 11, "radio-free-europe-radio-liberty")
    ]  # fmt: skip


def test_table_has_breadth_and_each_domain_is_one_outlets() -> None:
    rows = list(INDEX)
    assert len(rows) >= 150
    domains = [domain for row in rows for domain in row.domains]
    assert len(domains) == len(set(domains))


@pytest.mark.parametrize("domain", ["www.x.org", "X.org", "x", "x.org/path"])
def test_domains_are_checked(domain: str) -> None:
    with pytest.raises(ValueError, match="no domain"):
        Outlet("x", "X", (), (domain,), "USA", "site", None, None, False, "test")


def test_kind_is_checked() -> None:
    with pytest.raises(ValueError, match="kind"):
        Outlet("x", "X", (), (), "USA", "blog", None, None, False, "test")
