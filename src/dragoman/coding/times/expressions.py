"""What a time expression says, before it is known which days that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from dragoman.facts import TimexType

Anchor: TypeAlias = Literal["report", "discourse"]
"""What a relative expression counts from: the report's own date, or the last date that the text has named."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date by the calendar; what is None is not said. `holiday` is a rule, `part` is Q1 to Q4, H1 or H2.

    `steps` with `anchor` says which year, relative to the anchor's ("July of that year": 0). `short_year` is a year of
    two digits. `bc` years count before the era; `fiscal` years are nobody's calendar years.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    part: str | None = None
    holiday: str | None = None
    steps: int | None = None
    anchor: Anchor = "report"
    short_year: int | None = None
    bc: bool = False
    fiscal: bool = False


@dataclass(frozen=True, slots=True)
class Decade:
    """The tens of a year: 199 for the 1990s; `short` has only its own digit ("the '90s": 9)."""

    tens: int
    short: bool = False
    bc: bool = False


@dataclass(frozen=True, slots=True)
class Century:
    """The hundreds of a year, as TIMEX3 counts: 19 for the twentieth century."""

    hundreds: int
    bc: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units from the anchor: "last month" is month, -1, report; "two days later" is day, 2, discourse.

    `steps` is None where the number is vague ("a few days ago"), its sign then in `direction`.
    """

    unit: str
    steps: float | None
    anchor: Anchor
    direction: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A named day, month, season or holiday next to the anchor: "last Friday", "next spring", "the following May".

    `direction`: -1 the last one before, 1 the first after, 0 the one of this week or year.
    """

    name: Calendar
    direction: int
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week that holds a date ("the week of March 6"); `nth` the n-th week of a month, -1 the last."""

    date: Calendar
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Amount:
    """A duration, a set or a reference that needs no date: `value` is its TIMEX3 value.

    `window` says that it lies beside the report's date: -1 before it ("the past two months"), 1 after it; then `unit`
    and `count` say how long it is.
    """

    value: str
    window: int = 0
    unit: str = ""
    count: float | None = None


@dataclass(frozen=True, slots=True)
class SameTime:
    """The anchor's day itself: a time of day without a date ("at 6 a.m.", "that night")."""

    anchor: Anchor


Meaning: TypeAlias = Calendar | Decade | Century | Shift | Named | WeekOf | Amount | SameTime


@dataclass(frozen=True, slots=True)
class Expression:
    """Characters `start` to `end` with what they mean. `clock` is a part of a day: `MO`, `10:35`; None where none.

    `approx`: the words themselves say that it is not the whole ("early 1998", "about").
    """

    start: int
    end: int
    type: TimexType
    meaning: Meaning
    clock: str | None = None
    approx: bool = False
