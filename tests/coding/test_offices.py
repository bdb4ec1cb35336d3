"""Offices: person, post, country or body, and the term where a verb tells of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.coding import offices, times
from dragoman.facts import Date, Office
from tests.coding.conftest import DraftOf

Row = tuple[str, str, str | None, str | None, str | None]


def found(draft_of: DraftOf, text: str) -> tuple[Office, ...]:
    draft = draft_of(text)
    return offices.find(replace(draft, times=times.find(draft)))


def year(date: Date | None) -> str | None:
    return (date.start or date.end or "")[:4] if date else None


def rows(draft_of: DraftOf, text: str) -> list[Row]:
    return [(o.person, o.office, o.country or o.body, year(o.start), year(o.end)) for o in found(draft_of, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Turkish foreign minister, Ali Babacan, spoke.", [("Ali Babacan", "foreign minister", "TUR", None, None)]),
        (
            "Anna Lindh was appointed foreign minister of Sweden in 1998.",
            [("Anna Lindh", "foreign minister", "SWE", "1998", None)],
        ),
        (
            "Jan Peter Balkenende became prime minister of the Netherlands in July 2002.",
            [("Jan Peter Balkenende", "prime minister", "NLD", "2002", None)],
        ),
        # who follows begins, and the other ends
        (
            "Maria Silva succeeded Pedro Costa as Portuguese ambassador to Angola last year.",
            [("Maria Silva", "ambassador", "PRT", "2014", None), ("Pedro Costa", "ambassador", "PRT", None, "2014")],
        ),
        # former: an end, of which only is known that it is past
        ("The former Chilean president Eduardo Frei arrived.", [("Eduardo Frei", "president", "CHL", None, "2015")]),
        (
            "Kofi Annan, Secretary-General of the United Nations, called for calm.",
            [("Kofi Annan", "secretary-general", "United Nations", None, None)],
        ),
        # the office is of the country of who dismisses
        (
            "President Fidel Ramos dismissed the finance minister, Roberto de Ocampo.",
            [
                ("Fidel Ramos", "president", "PHL", None, None),
                ("Roberto de Ocampo", "finance minister", "PHL", None, "2015"),
            ],
        ),
    ],
)
def test_offices(draft_of: DraftOf, text: str, expected: list[Row]) -> None:
    assert rows(draft_of, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mary Jones, a lawyer, said the firm would sue.",
        "The president spoke in Lima.",
        "She may become prime minister of Norway.",
    ],
)
def test_what_is_no_office(draft_of: DraftOf, text: str) -> None:
    assert rows(draft_of, text) == []


def test_a_former_office_is_not_held_at_the_time_of_the_report(draft_of: DraftOf) -> None:
    (office,) = found(draft_of, "The former Chilean president Eduardo Frei arrived.")
    assert not office.as_of.known
    assert office.end is not None and office.end.end == "2015-06-10"
