"""TIMEX3 values of durations and of times of day (ISO 24617-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from dragoman.coding.times.pieces import Piece

_LETTERS: Final = MappingProxyType(
    {"second": ("PT", "S", 1), "minute": ("PT", "M", 1), "hour": ("PT", "H", 1), "day": ("P", "D", 1),
     "week": ("P", "W", 1), "weekend": ("P", "WE", 1), "fortnight": ("P", "W", 2), "month": ("P", "M", 1),
     "quarter": ("P", "M", 3), "season": ("P", "M", 3), "year": ("P", "Y", 1), "decade": ("P", "Y", 10),
     "century": ("P", "Y", 100)}
)  # fmt: skip


def duration_value(count: float | None, unit: str) -> str:
    """`P3D`, `PT5H30M`, `PXY`: COUNT units, None for a number that is not said."""
    head, letter, size = _LETTERS[unit]
    if count is None:
        return f"{head}X{letter}"
    amount = count * size
    if unit == "hour" and amount == 0.5:
        return "PT30M"
    if unit == "hour" and amount % 1 == 0.5:
        return f"PT{int(amount)}H30M"
    return f"{head}{amount:g}{letter}" if amount < 1e6 else f"{head}{int(amount)}{letter}"


def clock_value(parts: Mapping[str, Sequence[Piece]], part: str | None = None) -> str | None:
    """`10:35`, or `10:35Z`, from the pieces of a time of day; PART (MO, AF, EV, NI), am and pm say which half."""
    if "CLOCKWORD" in parts:
        return parts["CLOCKWORD"][0].values["CLOCKWORD"].removeprefix("T")
    numbers = _hours_minutes(parts)
    if numbers is None:
        return None
    hours, minutes = numbers
    half = parts["AMPM"][0].values["AMPM"] if "AMPM" in parts else {"MO": "am"}.get(part or "", "pm" if part else None)
    if half is not None and not 1 <= hours <= 12:
        return None
    if half == "pm" and hours < 12:
        hours += 12
    elif half == "am" and hours == 12:
        hours = 0
    universal = "ZONE" in parts and parts["ZONE"][0].values["ZONE"] in ("UTC", "GMT")
    return f"{hours:02}:{minutes:02}{'Z' * universal}" if hours <= 24 and minutes < 60 else None


def _hours_minutes(parts: Mapping[str, Sequence[Piece]]) -> tuple[int, int] | None:
    if "CLOCK" in parts:
        hours, minutes = parts["CLOCK"][0].lower.split(":")[:2]
        return int(hours), int(minutes)
    if "HHMM" in parts and any(name in parts for name in ("ZONE", "hours", "hrs")):
        digits = parts["HHMM"][0].lower
        return int(digits[:2]), int(digits[2:])
    number = parts["NUM"][0] if "NUM" in parts else None
    if number is None or number.number is None or number.number >= 25:
        return None
    whole, _, rest = number.lower.partition(".")
    if rest and len(rest) == 2 and rest.isdigit():
        return int(number.number), int(rest)
    return (int(number.number), 0) if number.number.is_integer() else None
