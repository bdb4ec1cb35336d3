from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.facts import Date
from dragoman.plots.columns import MOST_COLUMNS, Point, binned
from dragoman.plots.timeline import WIDTH, Mark, timeline, told

SVG = "{http://www.w3.org/2000/svg}"


def day(text: str) -> Point:
    return Point(Date.on(text), True)


@pytest.mark.parametrize(
    ("days", "months", "labels"),
    [
        (["1978-09-17"], 1, ["Sep 1978"]),
        (["1978-11-03", "1979-02-01"], 1, ["Nov 1978", "Dec 1978", "Jan 1979", "Feb 1979"]),
        (["1970-01-01", "1979-12-31"], 3, None),
        (["1950-01-01", "1999-12-31"], 12, None),
        (["1800-01-01", "1999-12-31"], 60, None),
        (["0001-01-01", "9999-12-31"], 12_000, None),
    ],
)
def test_columns_are_as_short_as_their_number_allows(days: list[str], months: int, labels: list[str] | None) -> None:
    found = binned(map(day, days))
    assert found.months == months
    assert sum(column.total for column in found.columns) == len(days)
    if labels:
        assert [column.label for column in found.columns] == labels


def test_a_date_too_wide_for_a_column_is_left_out_and_counted() -> None:
    year = Point(Date("1978-01-01", "1978-12-31", "year"), True)
    found = binned([day("1978-09-17"), day("1978-10-01"), year, Point(Date.unknown(), True)])
    assert (sum(column.total for column in found.columns), found.wide, found.undated) == (2, 1, 1)


def test_an_open_date_has_no_column() -> None:
    assert binned([Point(Date(None, "1978-09-18", "interval"), True)]).undated == 1


def test_sides_and_plans_are_counted_apart() -> None:
    date = Date.on("1978-09-17")
    sides = [(True, False), (True, False), (False, False), (True, True), (False, True), (False, True)]
    (column,) = binned(Point(date, *side) for side in sides).columns
    assert told(column) == "Sep 1978: cooperation 2, conflict 1; planned 1 and 2"


@given(st.lists(st.tuples(st.dates(), st.integers(0, 4000), st.booleans(), st.booleans())))
def test_every_point_is_in_one_column_or_counted_as_left_out(rows) -> None:
    points = [
        Point(Date(first.isoformat(), max(first, type(first).fromordinal(min(first.toordinal() + n, 3652059)))
                   .isoformat(), "interval"), side, plan)
        for first, n, side, plan in rows
    ]  # fmt: skip
    found = binned(points)
    assert sum(column.total for column in found.columns) + found.wide + found.undated == len(points)
    assert len(found.columns) <= MOST_COLUMNS
    assert all(a.end < b.start for a, b in zip(found.columns, found.columns[1:], strict=False))
    ElementTree.fromstring(timeline(found.columns, "t", "d"))


def test_an_empty_line_is_an_axis_and_no_more() -> None:
    tree = ElementTree.fromstring(timeline((), "Egypt – Israel", "No events."))
    assert tree.find(f"{SVG}title").text == "Egypt – Israel"
    assert tree.find(f"{SVG}desc").text == "No events."
    assert not tree.findall(f".//{SVG}rect")


def test_happened_is_solid_and_planned_a_dashed_outline_above_it() -> None:
    date = Date.on("1978-09-17")
    points = [Point(date, True), Point(date, True, True), Point(date, False)]
    rects = ElementTree.fromstring(timeline(binned(points).columns, "t", "d")).findall(f".//{SVG}rect")
    up, down, planned = rects
    assert [rect.get("class") for rect in rects] == ["cooperation", "conflict", "cooperation planned"]
    assert (planned.get("fill"), bool(planned.get("stroke-dasharray"))) == ("none", True)
    assert float(planned.get("y")) + float(planned.get("height")) == pytest.approx(float(up.get("y")))
    assert float(up.get("y")) + float(up.get("height")) == pytest.approx(float(down.get("y")))


def test_crowded_columns_stay_inside_and_apart() -> None:
    points = [day(f"{1970 + n // 12}-{n % 12 + 1:02}-01") for n in range(60)] * 9
    tree = ElementTree.fromstring(timeline(binned(points).columns, "t", "d"))
    rects = [(float(r.get("x")), float(r.get("width"))) for r in tree.findall(f".//{SVG}rect")]
    assert len(rects) == 60
    assert all(x + w < following for (x, w), (following, _) in zip(rects, rects[1:], strict=False))
    assert rects[-1][0] + rects[-1][1] <= WIDTH


def test_names_cover_no_other_and_are_left_out_where_there_is_no_room() -> None:
    columns = binned([day("1977-01-01"), day("1979-12-31")]).columns
    marks = [Mark("1978-09-17", f"accord number {n}") for n in range(9)] + [Mark("1950-01-01", "before")]
    names = ElementTree.fromstring(timeline(columns, "t", "d", marks)).findall(f'.//{SVG}text[@class="name"]')
    assert [name.text for name in names] == ["accord number 0", "accord number 1"]
    assert len({name.get("y") for name in names}) == 2


def test_hostile_names_are_text() -> None:
    columns = binned([day("1978-09-17")]).columns
    hostile = '</text><script>alert("1")</script>&\x00'
    svg = timeline(columns, hostile, hostile, [Mark("1978-09-17", hostile)])
    tree = ElementTree.fromstring(svg)
    assert not tree.findall(f".//{SVG}script")
    assert "<script" not in svg
