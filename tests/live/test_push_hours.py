"""Quiet hours and digests, by the clocks on the reader's wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import QueryError
from dragoman.live.push.hours import checked_zone, clock, minutes, next_digest, quiet_until
from dragoman.store.devices import Hours

NIGHT = (22 * 60, 7 * 60)
NOON = (12 * 60, 13 * 60 + 30)

QUIET = [
    ("Europe/Paris", NIGHT, "2020-06-01T19:59", None),
    ("Europe/Paris", NIGHT, "2020-06-01T20:00", "2020-06-02T05:00"),
    ("Europe/Paris", NIGHT, "2020-06-02T04:59", "2020-06-02T05:00"),
    ("Europe/Paris", NIGHT, "2020-06-02T05:00", None),
    ("Europe/Paris", NIGHT, "2020-12-01T20:30", None),  # winter: an hour less
    ("Europe/Paris", NIGHT, "2020-03-28T22:00", "2020-03-29T05:00"),  # the night in which clocks go forward
    ("Europe/Paris", (0, 150), "2020-03-29T00:00", "2020-03-29T01:30"),  # its end, 02:30, is left out: 03:30
    ("Asia/Kathmandu", NOON, "2020-06-01T06:15", "2020-06-01T07:45"),
    ("America/St_Johns", NOON, "2020-06-01T14:29", None),
    ("Asia/Tokyo", (600, 600), "2020-06-01T01:00", None),
    ("Asia/Tokyo", None, "2020-06-01T01:00", None),
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("zone", "quiet", "at", "until"), QUIET)
def test_quiet_hours(zone: str, quiet: tuple[int, int] | None, at: str, until: str | None) -> None:
    assert quiet_until(Hours(zone, quiet), utc(at)) == (utc(until) if until else None)


DIGESTS = [
    ("UTC", "at once", "2020-06-01T10:20", "2020-06-01T10:20"),
    ("UTC", "hourly", "2020-06-01T10:20", "2020-06-01T11:00"),
    ("UTC", "hourly", "2020-06-01T10:00", "2020-06-01T11:00"),
    ("Asia/Kolkata", "hourly", "2020-06-01T10:00", "2020-06-01T10:30"),
    ("Europe/Paris", "daily", "2020-06-01T05:59", "2020-06-01T06:00"),
    ("Europe/Paris", "daily", "2020-06-01T06:00", "2020-06-02T06:00"),
    ("Europe/Paris", "daily", "2020-10-24T07:00", "2020-10-25T07:00"),  # clocks go back: a day of 25 hours
    ("Pacific/Auckland", "daily", "2020-06-01T19:00", "2020-06-01T20:00"),
]


@pytest.mark.parametrize(("zone", "digest", "at", "following"), DIGESTS)
def test_digests(zone: str, digest: str, at: str, following: str) -> None:
    assert next_digest(Hours(zone), digest, utc(at)) == utc(following)


ZONES = st.sampled_from(
    ["UTC", "Europe/Paris", "Asia/Kathmandu", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe"]
)
MOMENTS = st.datetimes(datetime(1999, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
MINUTE = st.integers(0, 24 * 60 - 1)


@given(ZONES, MINUTE, MINUTE, MOMENTS)
def test_quiet_hours_end_and_are_over_then(zone: str, start: int, end: int, at: datetime) -> None:
    hours = Hours(zone, (start, end))
    until = quiet_until(hours, at)
    if until is not None:
        assert at < until <= at + timedelta(hours=26)
        local = until.astimezone(ZoneInfo(zone))
        assert (local.hour * 60 + local.minute - end) % 1440 in (0, 30, 60)  # later only where that time is left out


@given(ZONES, MINUTE, MOMENTS, st.sampled_from(["hourly", "daily"]))
def test_the_next_digest_is_ahead_and_not_far(zone: str, daily: int, at: datetime, digest: str) -> None:
    found = next_digest(Hours(zone, None, daily), digest, at)
    assert at < found <= at + (timedelta(hours=1) if digest == "hourly" else timedelta(hours=26 + 24))


@given(MINUTE)
def test_times_of_day_are_read_as_they_are_written(of_day: int) -> None:
    assert minutes(clock(of_day), "quiet") == of_day


@pytest.mark.parametrize("text", ["24:00", "7:00", "07:60", "", "07:00:00", "\u0667:00", "x" * 999])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="quiet hours"):
        minutes(text, "quiet hours")


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "Europe", "a" * 500, "UTC\x00"]
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(QueryError, match="time zone"):
        checked_zone(name)
