"""Widths, ticks, scales, places of a network, and the outlines of the world."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.plots.escaping import escaped, shown
from dragoman.plots.fitting import Box, fitted, width_of, wrapped
from dragoman.plots.layout import least_height, placed
from dragoman.plots.map import Spot, framed
from dragoman.plots.network import Tie, chosen
from dragoman.plots.outlines import Frame, borders, land, outlines
from dragoman.plots.scales import TimeScale, count_ticks, padded, short


@pytest.mark.parametrize(
    ("highest", "most", "ticks"),
    [
        (0, 4, (0, 1)),
        (1, 4, (0, 1)),
        (3, 4, (0, 1, 2, 3)),
        (5, 4, (0, 2, 4, 6)),
        (12, 4, (0, 5, 10, 15)),
        (400, 2, (0, 200, 400)),
        (1001, 4, (0, 500, 1000, 1500)),
    ],
)
def test_ticks_of_counts_begin_at_zero_and_reach_the_highest(highest: int, most: int, ticks: tuple[int, ...]) -> None:
    assert count_ticks(highest, most) == ticks


@given(st.integers(0, 10**12), st.integers(1, 8))
def test_an_axis_of_counts_holds_its_highest_in_few_even_steps(highest: int, most: int) -> None:
    ticks = count_ticks(highest, most)
    assert ticks[0] == 0 and ticks[-1] >= highest and len(ticks) <= most + 1
    assert len({b - a for a, b in zip(ticks, ticks[1:], strict=False)}) == 1


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (950, "950"), (12_000, "12,000"), (500_000, "500k"), (20_000_000, "20M"), (10**9, "1bn")],
)
def test_long_numbers_are_short_on_an_axis(number: int, text: str) -> None:
    assert short(number) == text


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("1978-09-16", "1978-09-18", ["16 Sep 1978", "17 Sep 1978", "18 Sep 1978"]),
        ("1978-09-01", "1978-12-31", ["Sep 1978", "Oct 1978", "Nov 1978", "Dec 1978"]),
        ("1978-01-01", "1978-12-31", ["Jan 1978", "Apr 1978", "Jul 1978", "Oct 1978"]),
        ("1975-06-01", "1979-12-31", ["1976", "1977", "1978", "1979"]),
        ("1951-01-01", "1999-12-31", ["1960", "1970", "1980", "1990"]),
    ],
)
def test_ticks_of_time_are_round(first: str, last: str, labels: list[str]) -> None:
    assert [tick.label for tick in TimeScale.between(first, last, 0, 500).ticks(88)] == labels


@given(st.dates(), st.dates(), st.integers(100, 2000))
def test_ticks_of_time_are_apart_and_inside(one: date, other: date, width: int) -> None:
    first, last = sorted((one, other))
    scale = TimeScale.between(first.isoformat(), last.isoformat(), 0, width)
    places = [scale.start(tick.day) for tick in scale.ticks(88)]
    assert all(0 <= place <= width for place in places)
    assert all(b - a >= 80 for a, b in zip(places, places[1:], strict=False))


@given(st.dates(), st.dates())
def test_a_padded_stretch_of_time_holds_what_it_was_made_of(one: date, other: date) -> None:
    first, last = sorted((one.isoformat(), other.isoformat()))
    start, end = padded(first, last)
    assert start <= first and last <= end


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.integers(1, 400), st.booleans())
def test_fitted_words_never_run_over(text: str, room: int, bold: bool) -> None:
    assert width_of(fitted(text, room, 11, bold), 11, bold) <= room
    assert all(width_of(line, 11) <= room for line in wrapped(text, room, 11))


def test_what_has_room_is_not_cut() -> None:
    assert fitted("Bosnia and Herzegovina", 300, 11) == "Bosnia and Herzegovina"
    assert fitted("Bosnia and Herzegovina", 58, 11) == "Bosnia…"
    assert wrapped("one two three four", 54, 11, most=2) == ["one two", "three f…"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\x00b\nc", "a b c"),
        ("\u202eevil\u2066 twin\u200b", "evil twin"),
        ("\ud800\uffff", ""),
        ('<a href="x">&', "&lt;a href=&quot;x&quot;&gt;&amp;"),
    ],
)
def test_hostile_words_are_text(text: str, seen: str) -> None:
    assert escaped(text) == seen
    assert len(shown("x" * 10**6)) <= 2000


@settings(max_examples=12, deadline=None)
@given(st.integers(2, 60), st.integers(0, 2**32), st.integers(320, 1200))
def test_nodes_stand_apart_in_their_frame_and_in_the_same_place_each_time(number: int, seed: int, width: int) -> None:
    nodes = [f"N{n:02}" for n in range(number)]
    ties = {
        (nodes[a], nodes[b]): float((a * 7 + b * 13 + seed) % 9 + 1)
        for a in range(number)
        for b in range(a + 1, number)
        if (a * 31 + b * 17 + seed) % 5 == 0
    }
    height = max(300.0, least_height(number, width, 52))
    found = placed(nodes, ties, width, height, 52)
    assert found == placed(list(reversed(nodes)), ties, width, height, 52)
    places = list(found.values())
    assert all(0 <= x <= width and 0 <= y <= height for x, y in places)
    gaps = [(ax - bx) ** 2 + (ay - by) ** 2 for n, (ax, ay) in enumerate(places) for bx, by in places[:n]]
    assert min(gaps) >= 51.9**2


def test_of_too_many_ties_those_with_most_events_are_kept() -> None:
    ties = [Tie("AAA", f"B{n:02}", True, False, n + 1) for n in range(80)]
    drawn, nodes, left = chosen(ties, 60)
    assert len(nodes) == 60 and left == 21
    assert min(tie.number for tie in drawn) == 22


def test_tied_nodes_stand_nearer_than_others() -> None:
    ties = {("A", "B"): 9.0, ("C", "D"): 9.0}
    found = placed(["A", "B", "C", "D"], ties, 800, 500, 52)

    def gap(one: str, other: str) -> float:
        return sum((a - b) ** 2 for a, b in zip(found[one], found[other], strict=True)) ** 0.5

    assert max(gap("A", "B"), gap("C", "D")) < min(gap("A", "C"), gap("B", "D"))


WORLD = Frame(-180, -90, 180, 90, 0, 0, 720, 360)


def test_outlines_are_rings_of_the_earth() -> None:
    rings = list(outlines("L"))
    assert len(rings) > 500
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for ring in rings for x, y in ring)
    assert max(abs(a[0] - b[0]) for ring in rings for a, b in zip(ring, ring[1:], strict=False) if abs(a[1]) < 80) < 30


@pytest.mark.parametrize(
    ("name", "lon", "lat", "is_land"),
    [
        ("Paris", 2.35, 48.86, True),
        ("Cairo", 31.25, 30.06, True),
        ("Chukotka, beyond the line of the date", -175.0, 66.5, True),
        ("the South Pole", 0.0, -89.0, True),
        ("the Atlantic", -40.0, 30.0, False),
        ("the Pacific on the line of the date", 179.9, 0.0, False),
    ],
)
def test_land_is_where_it_is(name: str, lon: float, lat: float, is_land: bool) -> None:
    crossings = sum(
        (a[1] > lat) != (b[1] > lat) and lon < (b[0] - a[0]) * (lat - a[1]) / (b[1] - a[1]) + a[0]
        for ring in outlines("L")
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
    )
    assert crossings % 2 == is_land, name


@given(st.floats(-180, 170), st.floats(-90, 80), st.floats(1, 60))
@settings(max_examples=15, deadline=None)
def test_what_is_cut_out_of_the_world_stays_in_its_frame(west: float, south: float, size: float) -> None:
    frame = Frame(west, south, min(180, west + size), min(90, south + size), 10, 20, 400, 400)
    for path in (land(frame), borders(frame)):
        numbers = [float(n) for n in path.replace("M", " ").replace("L", " ").replace("z", " ").split()]
        assert all(9.9 <= x <= 410.1 for x in numbers[::2]) and all(19.9 <= y <= 420.1 for y in numbers[1::2])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=5), st.integers(300, 1200))
def test_every_spot_is_on_its_map(places: list[tuple[float, float]], width: int) -> None:
    spots = [Spot("somewhere", lat, lon, 1) for lat, lon in places]
    frame = framed(spots, 0, 0, width)
    edge = Box(-0.01, -0.01, width + 0.01, frame.height + 0.01)
    assert 0.3 * width <= frame.height <= 1.2 * width
    for spot in spots:
        x, y = frame.place(spot.lon, spot.lat)
        assert Box(x, y, x, y).within(edge)
