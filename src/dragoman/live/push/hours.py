"""When a reader wants to hear: quiet hours and digests, in the reader's own time zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dragoman.errors import QueryError
from dragoman.store.devices import Hours

_ZONE: Final = re.compile(r"[A-Za-z0-9_+\-]{1,40}(?:/[A-Za-z0-9_+\-]{1,40}){0,2}")
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def minutes(text: str, name: str) -> int:
    """`22:30` as minutes after midnight. Raises QueryError that names NAME."""
    found = _CLOCK.fullmatch(text)
    if not found:
        raise QueryError(f"{name}: {text[:40]!r} is no time of day such as 22:30")
    return int(found[1]) * 60 + int(found[2])


def clock(of_day: int) -> str:
    """Minutes after midnight as `22:30`."""
    return f"{of_day // 60:02}:{of_day % 60:02}"


def checked_zone(name: str) -> str:
    """NAME if it is a time zone that is known here. Raises QueryError."""
    try:
        if _ZONE.fullmatch(name):
            ZoneInfo(name)
            return name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise QueryError(f"zone: {name[:40]!r} is no time zone such as Europe/Paris")


def quiet_until(hours: Hours, at: datetime) -> datetime | None:
    """When the quiet hours that AT lies in end; None where it lies in none. Both times are in UTC.

    They may reach over midnight. An end that clocks leave out in spring comes as much later as they are put forward.
    """
    if hours.quiet is None or hours.quiet[0] == hours.quiet[1]:
        return None
    local = at.astimezone(ZoneInfo(hours.zone))
    start, end = hours.quiet
    now = local.hour * 60 + local.minute
    within = start <= now < end if start < end else now >= start or now < end
    return _next(hours.zone, end, at) if within else None


def next_digest(hours: Hours, digest: str, at: datetime) -> datetime:
    """The first time after AT (UTC) at which a bell with DIGEST may ring; at once: AT itself."""
    if digest == "at once":
        return at
    if digest == "hourly":
        local = at.astimezone(ZoneInfo(hours.zone))
        return at + timedelta(minutes=60 - local.minute) - timedelta(seconds=at.second, microseconds=at.microsecond)
    return _next(hours.zone, hours.daily_at, at)


def _next(zone: str, of_day: int, at: datetime) -> datetime:
    """The first time after AT at which the clocks of ZONE show OF_DAY, in UTC."""
    there = ZoneInfo(zone)
    day = at.astimezone(there).date()
    for ahead in range(3):
        local = datetime.combine(day + timedelta(days=ahead), time(of_day // 60, of_day % 60), there)
        found = local.astimezone(UTC)
        if found > at:
            return found
    return at + timedelta(days=1)
