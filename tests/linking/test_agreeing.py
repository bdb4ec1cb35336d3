"""Which events of two reports may be one happening: rows of two tellings and the verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.facts import Actor, Date, Place
from dragoman.linking.agreeing import compare, same_name, side
from dragoman.linking.told import RECENT_DAYS, Told, window

USA, CHN, SUN = Actor("United States", "USA", "GOV"), Actor("China", "CHN", "GOV"), Actor("Soviet Union", "SUN", "GOV")
NIXON, KISSINGER = Actor("Richard Nixon", "USA", "GOV", "president"), Actor("Kissinger", "USA", "GOV", "envoy")
MAO, CHOU = Actor("Mao Tse-tung", "CHN", "GOV", "chairman"), Actor("Chou En-lai", "CHN", "GOV", "prime minister")
PEKING, SHANGHAI = Place("Beijing", "CHN", 39.9, 116.4), Place("Shanghai", "CHN", 31.2, 121.5)


def event(
    source: tuple[Actor, ...] = (NIXON,),
    target: tuple[Actor, ...] = (MAO,),
    day: str | None = "1972-02-21",
    published: str = "1972-02-22",
    **changes: object,
) -> Told:
    """A meeting of Nixon's with Mao, unless it is said otherwise; DAY None: told as news of an unknown day."""
    date = Date.on(day) if day else Date(None, published, "interval", False, "report")
    made = Told(
        "CONSULT", "happened", source, target, False, False, date, Date.on(published), None, "040", None,
        "met", "President Nixon met Chairman Mao in his study for an hour",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


SAME = [
    event(),
    event(day=None),
    event(published="1972-02-24"),
    event((Actor("Nixon", "USA", "GOV", "president"),), clause="Mr. Nixon met Mao Tse-tung in his study"),
    event((MAO,), (NIXON,), clause="Mao met the president in his study"),
    event((NIXON, MAO), (), reciprocal=True, predicate="talks", clause="the talks of Nixon and Mao lasted an hour"),
    event(place=PEKING),
    event((USA,), (CHN,), clause="the leaders of both countries met in the study for an hour"),
    event((NIXON, KISSINGER), (MAO, CHOU)),
    event(status="claimed"),
]

OTHER = [
    ("another person", event((KISSINGER,), (MAO,))),
    ("another country", event((NIXON,), (SUN,))),
    ("the next day", event(day="1972-02-22")),
    ("another week", event(day="1972-02-28")),
    ("news of another week", event(day=None, published="1972-03-02")),
    ("still to come", event(status="scheduled")),
    ("denied", event(status="denied")),
    ("another act", event(act="ACCUSE", cameo="111", predicate="criticised")),
    ("from afar", event(mode="phone", predicate="telephoned")),
    ("another country's town", event(place=Place("Moscow", "SUN", 55.8, 37.6))),
    ("background of no known day", event(date=Date(None, "1972-02-22", "interval", False, "report"), background=True)),
    ("a year of which nobody knows the day", event(date=Date("1972-01-01", "1972-12-31", "year"))),
]


@pytest.mark.parametrize("other", SAME, ids=lambda told: f"{told.predicate}-{told.date.start}-{told.clause[:12]}")
def test_one_happening(other: Told) -> None:
    verdict = compare(event(place=PEKING), other)
    assert verdict.linked, verdict
    assert verdict.reason


@pytest.mark.parametrize("other", [other for _, other in OTHER], ids=[name for name, _ in OTHER])
def test_two_happenings(other: Told) -> None:
    assert not compare(event(place=PEKING, mode="visit"), replace(other, mode=other.mode or "visit")).linked


def test_a_pair_and_a_day_alone_are_not_enough() -> None:
    one = event((USA,), (CHN,), day=None, clause="American envoys discussed textiles", predicate="discussed")
    other = event((USA,), (CHN,), day=None, clause="consuls exchanged views about fishing", predicate="views")
    assert not compare(one, other).linked
    assert compare(one, replace(other, clause=one.clause, predicate=one.predicate)).linked


def test_towns_apart_are_two() -> None:
    assert compare(event(place=PEKING), event(place=SHANGHAI)).ruled_out
    assert not compare(event(place=PEKING), event(place=Place("China", "CHN"))).ruled_out


def test_who_strikes_whom_matters() -> None:
    blow = event((USA,), (CHN,), act="ASSAULT", cameo="190", predicate="attacked", clause="shelled the islands")
    assert not compare(blow, replace(blow, source=blow.target, target=blow.source)).linked


def test_the_unknown_earns_nothing() -> None:
    known, open_ = event(), event(target=())
    assert 0 < compare(known, open_).points < compare(known, known).points
    assert side((), (USA,)) is not None


def test_near_reports_link_what_their_clauses_leave_open() -> None:
    one = event((USA,), (CHN,), day=None, clause="envoys spoke of textiles", predicate="spoke")
    other = event((USA,), (CHN,), day=None, clause="the delegations conferred", predicate="conferred")
    assert not compare(one, other, 0.0).linked
    assert compare(one, other, 0.6).linked


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mikhail Gorbachev", "Gorbachov", True),
        ("Gorbachev", "Gorbachev", True),
        ("Kim", "Kimura", False),
        ("Bush", "Busch", False),
        ("Carter", "Cartier", True),
    ],
)
def test_spellings(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) == same


def test_windows() -> None:
    found = window(event(day=None))
    assert found is not None and found.days == RECENT_DAYS + 1 and not found.dated
    assert window(event(date=Date.unknown())) is None
    about = window(event(date=Date.on("1972-02-21", approx=True)))
    assert about is not None and about.days == 7


ACTORS = st.lists(st.sampled_from([USA, CHN, SUN, NIXON, KISSINGER, MAO, CHOU]), max_size=3, unique=True).map(tuple)
TOLD = st.builds(
    event,
    ACTORS,
    ACTORS,
    st.sampled_from([None, "1972-02-20", "1972-02-21", "1972-02-24"]),
    st.sampled_from(["1972-02-22", "1972-02-25"]),
    act=st.sampled_from(["CONSULT", "AGREE", "ASSAULT"]),
    place=st.sampled_from([None, PEKING, SHANGHAI]),
    mode=st.sampled_from([None, "visit", "phone"]),
    clause=st.sampled_from(["met in the study", "the study in which they met", "talks about fish"]),
)


@given(TOLD, TOLD, st.floats(0, 1))
def test_order_does_not_matter(one: Told, other: Told, nearness: float) -> None:
    assert compare(one, other, nearness) == compare(other, one, nearness)


@given(TOLD)
def test_no_event_is_ruled_out_against_itself(one: Told) -> None:
    if one.parties:
        assert not compare(one, one).ruled_out
