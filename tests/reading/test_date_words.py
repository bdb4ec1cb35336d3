from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.facts import Date
from dragoman.reading.date_words import Order, find_dates, find_short_dates, given_date, machine_date, whole_month

DAYS = st.dates(date(1600, 1, 1), date(2099, 12, 31))


@given(
    DAYS, st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%b. %d, %Y", "%A, %d %B %Y", "%Y/%m/%d", "%d.%m.%Y"])
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert given_date(day.strftime(form)) == Date.on(day, "given")


@given(st.datetimes(datetime(1600, 1, 1), datetime(2099, 12, 31)))
def test_time_of_day_does_not_move_the_day(moment: datetime) -> None:
    assert given_date(moment.isoformat() + "+13:00") == Date.on(moment.date(), "given")
    assert given_date(moment.strftime("%a, %d %b %Y %H:%M:%S GMT")) == Date.on(moment.date(), "given")


@given(DAYS)
def test_month_is_all_its_days(day: date) -> None:
    month = whole_month(day.year, day.month, "x")
    assert month.start is not None
    assert month.end is not None
    assert month.start <= day.isoformat() <= month.end
    assert month.start[:7] == month.end[:7] == day.isoformat()[:7]


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert given_date(text) is None or isinstance(given_date(text), Date)


@given(st.text(max_size=200), DAYS, st.text(max_size=200))
def test_found_dates_stand_where_they_are_said_to(before: str, day: date, after: str) -> None:
    text = f"{before} {day.strftime('%d %B %Y')} {after}"
    for found in find_dates(text, "unknown", "x", months=True):
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start].isalnum()
        assert text[found.end - 1].isalnum()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1978", "1978-01-01", "1978-12-31"),
        ("1978-09", "1978-09-01", "1978-09-30"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("September 1978", "1978-09-01", "1978-09-30"),
        ("19780917", "1978-09-17", "1978-09-17"),
        ("1978-09-17T23:30:00-05:00", "1978-09-17", "1978-09-17"),
        ("Sept. 17, 1978", "1978-09-17", "1978-09-17"),
        ("17th of September, 1978", "1978-09-17", "1978-09-17"),
        ("03/04/2020", "2020-03-04", "2020-04-03"),
    ],
)
def test_given(text: str, start: str, end: str) -> None:
    read = given_date(text)
    assert read is not None
    assert (read.start, read.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "may sign", "Q1 2024", "the 1990s", "2001-02-30", "2020-13-01", "17:30", "12345", "30 February 2001",
     "on 3 March 2020 the war began", "version 10.11.2012.4", "1-800-555-2020"],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert given_date(text) is None


@pytest.mark.parametrize(
    ("text", "order", "start", "granularity"),
    [
        ("05/11/2004", "day-first", "2004-11-05", "day"),
        ("05/11/2004", "month-first", "2004-05-11", "day"),
        ("05/11/2004", "unknown", "2004-05-11", "interval"),
        # one reading is no day of the calendar
        ("25/11/2004", "month-first", "2004-11-25", "day"),
        ("11/25/2004", "day-first", "2004-11-25", "day"),
        # points part days and months in countries that write the day first
        ("05.11.2004", "month-first", "2004-11-05", "day"),
        ("07/07/2004", "unknown", "2004-07-07", "day"),
    ],
)
def test_order(text: str, order: Order, start: str, granularity: str) -> None:
    [found] = find_dates(text, order, "x")
    assert (found.date.start, found.date.granularity) == (start, granularity)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("1084233600", "2004-05-11"),
        ("1084233600000", "2004-05-11"),
        ("20040511T093000Z", "2004-05-11"),
        ("2004-05-11 09:30:00.0", "2004-05-11"),
        ("Tue May 11 09:30:00 CEST 2004", None),
        ("2004-05", "2004-05-01"),
        ("0001-01-01T00:00:00", None),
        ("{{ date }}", None),
    ],
)
def test_machine_date(text: str, start: str | None) -> None:
    read = machine_date(text, "unknown", "x")
    assert (read.start if read else None) == start


@pytest.mark.parametrize(("text", "start"), [("05/11/98", "1998-11-05"), ("5.11.04", "2004-11-05"), ("10:11/12", None)])
def test_year_of_two_digits(text: str, start: str | None) -> None:
    assert next((one.date.start for one in find_short_dates(text, "day-first", "x")), None) == start
