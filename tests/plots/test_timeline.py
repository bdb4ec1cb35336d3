from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.facts import Date
from dragoman.plots.canvas import Caption, Look
from dragoman.plots.columns import MOST_COLUMNS, Binned, Point, Stretch, binned
from dragoman.plots.timeline import Mark, timeline, told
from tests.plots.svg import Parsed, parsed

PAGE = Look(1112, framed=False)


def drawn(bins: Binned, marks: list[Mark] | None = None, title: str = "t", summary: str = "d") -> Parsed:
    return parsed(timeline(bins, Caption("timeline", title, summary), PAGE, marks or []))


def bars(drawing: Parsed):  # type: ignore[no-untyped-def]
    """The bars of columns: those of the key come before them and belong to no group."""
    groups = [group for group in drawing.all("g") if "known" not in group[0].text]
    return [rect for group in groups for rect in group if rect.tag.endswith("rect")]


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
    drawn(found)


def test_the_period_that_is_asked_for_is_there_whole() -> None:
    found = binned([day("1978-09-17"), day("1990-01-01")], ("1978-01-01", "1978-12-31"))
    assert [column.label for column in (found.columns[0], found.columns[-1])] == ["Jan 1978", "Dec 1978"]
    assert sum(column.total for column in found.columns) == 1
    assert len(binned([], ("1978-01-01", "1978-12-31")).columns) == 12


def test_what_is_known_to_a_longer_time_is_kept_as_an_interval() -> None:
    year, before = Date("1978-01-01", "1978-12-31", "year"), Date(None, "1978-09-18", "interval")
    points = [day("1978-09-17"), day("1978-10-01"), Point(year, True, number=3), Point(before, False, True)]
    found = binned(points)
    assert found.stretches == (
        Stretch("1978-01-01", "1978-12-31", True, False, 3),
        Stretch(None, "1978-09-18", False, True, 1),
    )
    words = drawn(found).words
    assert "3 ↑" in words and "1 ↓" in words


def test_an_interval_is_as_long_as_the_time_it_may_be_in() -> None:
    year = Point(Date("1978-01-01", "1978-12-31", "year"), True)
    months = [day(f"197{n}-0{m}-01") for n in range(7, 10) for m in range(1, 10)]
    groups = drawn(binned([*months, year])).all("g")
    told_of = {group[0].text: group for group in groups}
    bar = told_of["1 of cooperation: between 1978-01-01 and 1978-12-31"][1]
    column = float(told_of["Jan 1978: cooperation 1, conflict 0"][1].get("x"))
    after = float(told_of["Jan 1979: cooperation 1, conflict 0"][1].get("x"))
    assert float(bar.get("width")) == pytest.approx(after - column, abs=3)


def test_an_empty_line_says_so() -> None:
    drawing = drawn(binned([]), title="Egypt – Israel", summary="No events.")
    assert (drawing.tree[0].text, drawing.tree[1].text) == ("Egypt – Israel", "No events.")
    assert not drawing.all("rect")
    assert drawn(binned([Point(Date.unknown(), True, number=2)])).words == [
        "Nothing to draw: no date is known of 2 events that were found."
    ]


def test_happened_is_solid_and_planned_a_dashed_outline_above_it() -> None:
    date = Date.on("1978-09-17")
    points = [Point(date, True), Point(date, True, True), Point(date, False)]
    up, planned, down = bars(drawn(binned(points)))
    assert [rect.get("class") for rect in (up, planned, down)] == [
        "f-cooperation",
        "s-cooperation planned",
        "f-conflict",
    ]
    assert (planned.get("fill"), bool(planned.get("stroke-dasharray"))) == ("none", True)
    assert float(planned.get("y")) + float(planned.get("height")) == pytest.approx(float(up.get("y")), abs=0.6)
    assert float(up.get("y")) + float(up.get("height")) == pytest.approx(float(down.get("y")))


def test_bars_begin_at_zero_and_are_as_high_as_their_numbers() -> None:
    points = [Point(Date.on("1978-01-01"), True, number=10), Point(Date.on("1978-02-01"), True, number=40)]
    low, high = bars(drawn(binned(points)))
    assert float(high.get("height")) == pytest.approx(4 * float(low.get("height")), abs=0.3)
    assert float(low.get("y")) + float(low.get("height")) == pytest.approx(
        float(high.get("y")) + float(high.get("height")), abs=0.2
    )


def test_crowded_columns_stay_apart() -> None:
    points = [day(f"{1970 + n // 12}-{n % 12 + 1:02}-01") for n in range(60)] * 9
    rects = [(float(r.get("x")), float(r.get("width"))) for r in bars(drawn(binned(points)))]
    assert len(rects) == 60
    assert all(x + w < following for (x, w), (following, _) in zip(rects, rects[1:], strict=False))


def test_names_without_room_are_left_out_and_counted() -> None:
    columns = binned([day("1977-01-01"), day("1979-12-31")])
    marks = [Mark("1978-09-17", f"accord number {n}") for n in range(9)] + [Mark("1950-01-01", "before")]
    words = drawn(columns, marks).words
    assert sum(name.startswith("accord number") for name in words) == 5
    assert "before" not in words
    assert "4 agreements have no room for the name." in words


def test_no_line_of_a_name_runs_through_another_name() -> None:
    columns = binned([day("1970-01-01"), day("1979-12-31")])
    marks = [Mark(f"197{n % 10}-0{n % 9 + 1}-11", f"accord number {n} of many words") for n in range(40)]
    drawing = drawn(columns, marks)
    names = [box for text, box in drawing.labels() if text.startswith("accord")]
    lines = [box for tag, box in drawing.marks() if tag == "line" and box.left == box.right]
    standing = [line for line in lines if any(abs(line.left + 4 - name.left) < 0.2 for name in names)]
    assert len(standing) >= len(names) > 5
    for line in standing:
        below = [name for name in names if line.top < name.top and name.left < line.left < name.right]
        assert below == []


def test_the_number_of_an_interval_at_the_right_edge_is_whole() -> None:
    points = [day("1978-01-01"), day("1979-03-26"), Point(Date("1979-03-26", None, "interval"), True, number=2)]
    assert "2 ↑" in drawn(binned(points)).words
