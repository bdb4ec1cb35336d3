"""Dates, numbers and terms as a reader sees them: what is known, and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as day_type
from types import MappingProxyType
from typing import Final

from dragoman.facts import Date

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SEASONS: Final[Mapping[int, str]] = MappingProxyType({3: "spring", 6: "summer", 9: "autumn", 12: "winter"})
_LAST_SEPARATOR: Final = " and "

MANY: Final = 4
"""Names that are listed one by one; of longer lists the first three are, and how many more there are."""


def day(iso: str) -> str:
    """`17 Sep 1978`."""
    found = day_type.fromisoformat(iso)
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def _month(iso: str) -> str:
    return f"{_MONTHS[int(iso[5:7]) - 1]} {int(iso[:4])}"


def date(value: Date) -> str:
    """A date as it is known: `17 Sep 1978`, `about Sep 1977`, `≤ 18 Sep 1978`, `1970s`, `unknown`."""
    if value.start is None or value.end is None:
        if value.start:
            return f"≥ {day(value.start)}"
        return f"≤ {day(value.end)}" if value.end else "unknown"
    about = "about " if value.approx else ""
    if value.start == value.end:
        return about + day(value.start)
    return about + _stretch(value.start, value.end, value.granularity)


def _stretch(start: str, end: str, granularity: str) -> str:
    whole_months = start.endswith("-01") and _is_last_day(end)
    if granularity == "season" and (name := _SEASONS.get(int(start[5:7]))):
        return f"{name} {int(start[:4])}"
    if whole_months and start[:7] == end[:7]:
        return _month(start)
    if start.endswith("-01-01") and end.endswith("-12-31"):
        return _years(int(start[:4]), int(end[:4]), granularity)
    if whole_months:
        first = _month(start) if start[:4] != end[:4] else _MONTHS[int(start[5:7]) - 1]
        return f"{first} – {_month(end)}"
    if start[:7] == end[:7]:
        return f"{int(start[8:])}–{day(end)}"
    if start[:4] == end[:4]:
        return f"{day(start).rsplit(' ', 1)[0]} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def _years(first: int, last: int, granularity: str) -> str:
    if first == last:
        return str(first)
    return f"{first}s" if granularity == "decade" and first % 10 == 0 and last == first + 9 else f"{first}–{last}"


def _is_last_day(iso: str) -> bool:
    found = day_type.fromisoformat(iso)
    return found == day_type.max or (day_type.fromordinal(found.toordinal() + 1).day == 1)


def number(value: float) -> str:
    """`3,000` or `2.5`; from a million on in words, as newspapers do."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.6g} {word}"
    return f"{value:,.10g}"


def counted(value: int, one: str, many: str = "") -> str:
    """`1 fact`, `2 facts`."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def joined(names: Sequence[str]) -> str:
    """`Egypt, Syria and Jordan`; long lists are cut."""
    unique = list(dict.fromkeys(names))
    if len(unique) > MANY:
        unique = [*unique[: MANY - 1], f"{len(unique) - MANY + 1} more"]
    return _LAST_SEPARATOR.join(filter(None, (", ".join(unique[:-1]), *unique[-1:])))


def clipped(text: str, most: int) -> str:
    """TEXT on one line and at most so long, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[:most].rsplit(" ", 1)[0] if " " in line[:most] else line[:most]
    return cut.rstrip(" ,;:") + " …"
