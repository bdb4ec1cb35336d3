from __future__ import annotations

import pytest

from dragoman.reading.dates_in_url import dates_in_url


@pytest.mark.parametrize(
    ("path", "start", "granularity"),
    [
        ("/2004/05/11/crossings", "2004-05-11", "day"),
        ("/2004/5/1/crossings.html", "2004-05-01", "day"),
        ("/world/2004/may/11/crossings", "2004-05-11", "day"),
        ("/2004/0511/p01s02.html", "2004-05-11", "day"),
        ("/news/20040511/crossings", "2004-05-11", "day"),
        ("/blog/2004-05-11-crossings/", "2004-05-11", "day"),
        ("/crossings-may-11-2004.html", "2004-05-11", "day"),
        ("/a?date=2004-05-11", "2004-05-11", "day"),
        ("/radio/202004281079127690-crossings", "2020-04-28", "day"),
        ("/2004/05/crossings.html", "2004-05-01", "month"),
        ("/2004-05/crossings", "2004-05-01", "month"),
        ("/archive/2004/crossings", "2004-01-01", "year"),
        ("/2004/13/crossings", "2004-01-01", "year"),
        # numbers that are no dates
        ("/issue/2019-4/crossings", None, None),
        ("/story/20041399/x", None, None),
        ("/the-2020-race", None, None),
        ("/id/1234200405117", None, None),
        ("/2004", None, None),
        ("/world/1200/x", None, None),
        ("", None, None),
    ],
)
def test_address(path: str, start: str | None, granularity: str | None) -> None:
    found = dates_in_url("https://courier.example" + path)
    assert [(one.date.start, one.date.granularity) for one in found] == ([(start, granularity)] if start else [])


@pytest.mark.parametrize("address", [None, "", "http://[", "x" * 5000])
def test_no_address(address: str | None) -> None:
    assert dates_in_url(address) == []
