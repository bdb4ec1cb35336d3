"""Periods against dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.facts import Date
from dragoman.lexicon.periods import Period

MAY_1974 = Date("1974-05-01", "1974-05-31", "month")


@pytest.mark.parametrize(
    ("start", "end", "open", "on", "may", "surely"),
    [
        ("1973-09", "1977-01", False, MAY_1974, True, True),
        ("1973-09", "1977-01", False, Date.on("1973-09-10"), True, False),
        ("1973-09", "1977-01", False, Date.on("1973-10-01"), True, True),
        ("1973-09", "1977-01", False, Date.on("1977-01-31"), True, False),
        ("1973-09", "1977-01", False, Date.on("1977-02-01"), False, False),
        ("1973", None, False, Date.on("1973-06-01"), True, False),
        ("1973", None, False, Date.on("1980-06-01"), True, False),
        ("1973", None, True, Date.on("1980-06-01"), True, True),
        ("1973", None, True, Date.on("1972-12-31"), False, False),
        (None, "1977", False, Date.on("1950-01-01"), True, False),
        ("1973-09-22", "1977-01-20", False, Date.on("1973-09-21"), False, False),
        ("1973-09", "1977-01", False, Date.unknown(), True, False),
        ("1973-09", "1977-01", False, Date("1970-01-01", "1979-12-31", "decade"), True, False),
    ],
)
def test_cover(start: str | None, end: str | None, open: bool, on: Date, may: bool, surely: bool) -> None:
    period = Period(start, end, open)
    assert (period.may_cover(on), period.covers(on)) == (may, surely)


@pytest.mark.parametrize(
    ("start", "end", "open"),
    [
        ("73", None, False),
        ("1973-13", None, False),
        ("1973-1", None, False),
        ("1974", "1973", False),
        ("1974", "1975", True),
    ],
)
def test_malformed_is_refused(start: str, end: str | None, open: bool) -> None:
    with pytest.raises(ValueError, match=r"neither|before|open"):
        Period(start, end, open)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Period("1973-09", "1977-01"), Period("1977-01", "1980-05"), False),
        (Period("1973-09", "1977-02"), Period("1977-01", "1980-05"), True),
        (Period("1973", "1977"), Period("1977", "1980"), False),
        (Period("1973", "1979"), Period("1977", "1980"), True),
        (Period("1973", None), Period("1977", "1980"), False),
        (Period("1973", None, True), Period("1977", "1980"), True),
    ],
)
def test_overlap_is_symmetric(one: Period, other: Period, expected: bool) -> None:
    assert (one.overlaps(other), other.overlaps(one)) == (expected, expected)


@given(st.dates(), st.dates())
def test_before_after_and_cover_exclude_each_other(one: object, other: object) -> None:
    start, end = sorted((str(one)[:7], str(other)[:7]))
    period = Period(start, end)
    for on in (Date.on(str(one)), Date.on(str(other)), MAY_1974):
        assert not (period.covers(on) and not period.may_cover(on))
        assert period.may_cover(on) != (period.over_before(on) or period.begins_after(on))
