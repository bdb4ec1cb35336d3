"""Dates in an address: `/1998/09/17/`, `/1998/sep/17/`, `/19980917-`, `-1998-09-17`, and a month or year alone."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from dragoman.facts import Date
from dragoman.reading.date_words import MONTHS, exact_day, whole_month, whole_year
from dragoman.reading.seen import Rank, Seen

MAX_ADDRESS: Final = 2000

_NAMES: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_Y: Final = r"(?<!\d)(?P<year>19[5-9]\d|20[0-4]\d)"
_M: Final = r"(?P<month>0?[1-9]|1[0-2])"
_D: Final = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_DAYS: Final = (
    re.compile(rf"/{_Y}/{_M}/{_D}(?=[/_.\-]|$)"),
    re.compile(rf"/{_Y}/(?P<name>{_NAMES})/{_D}(?=[/_.\-]|$)", re.IGNORECASE),
    re.compile(rf"/{_Y}/(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.\-]|$)"),
    re.compile(rf"[/_.\-=]{_Y}[-_.](?P<month>0?[1-9]|1[0-2])[-_.](?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"[/_.\-=]{_Y}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.\-tT]|$|\d{{8,12}}(?:[/_.\-]|$))"),
    re.compile(rf"[/_\-](?P<name>{_NAMES})[-_]{_D}[-_]{_Y}(?!\d)", re.IGNORECASE),
    re.compile(rf"[/_\-]{_D}[-_](?P<name>{_NAMES})[-_]{_Y}(?!\d)", re.IGNORECASE),
)  # fmt: skip
_MONTHS: Final = (
    re.compile(rf"/{_Y}(?:/(?P<month>0?[1-9]|1[0-2])|[_\-](?P<month2>0[1-9]|1[0-2]))(?=/|\.html?|$)"),
    re.compile(rf"/{_Y}[/_\-](?P<name>{_NAMES})(?=/|$)", re.IGNORECASE),
    re.compile(r"/(?P<year>19[5-9]\d|20[0-4]\d)(?P<month>0[1-9]|1[0-2])(?=/)"),
)
_YEAR: Final = re.compile(rf"/{_Y}(?=/)")


def dates_in_url(address: str | None) -> list[Seen]:
    """The narrowest date that the path or query of ADDRESS spells out, as a list of one, or an empty one."""
    if not address or len(address) > MAX_ADDRESS:
        return []
    try:
        parts = urlsplit(unquote(address))
    except ValueError:
        return []
    path = parts.path + ("?" + parts.query if parts.query else "")
    for forms, rank in ((_DAYS, Rank.URL_DAY), (_MONTHS, Rank.URL_PART), ((_YEAR,), Rank.URL_PART)):
        for form in forms:
            for match in form.finditer(path):
                date = _date(match)
                if date is not None:
                    return [Seen(date, "url", "address", match.group().strip("/-_.=?"), rank)]
    return []


def _date(match: re.Match[str]) -> Date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    name = parts.get("name")
    number = parts.get("month") or parts.get("month2")
    month = MONTHS[name.lower()] if name else int(number) if number else None
    if month is None:
        return whole_year(year, "url")
    if not parts.get("day"):
        return whole_month(year, month, "url")
    return exact_day(year, month, int(parts["day"]), "url")
