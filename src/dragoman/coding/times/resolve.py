"""From what an expression says to the days it means.

A news report's relative times count from its own day; a narrative's (history, a chronology) from the date the text
last named. Where the anchor is only a month or is not known at all, each expression is resolved from both ends of what
is known, and its answer is as wide as the two lie apart: no day is invented. Values mask what is not known with X.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dragoman.coding.times import calendar as cal
from dragoman.coding.times.calendar import Period
from dragoman.coding.times.expressions import (
    Amount,
    Anchor,
    Calendar,
    Century,
    Decade,
    Expression,
    Named,
    SameTime,
    Shift,
    WeekOf,
)
from dragoman.facts import Date

Direction = Callable[[], int]
NARRATIVE_TURN: Final = 7
"""Months that a date may lie before the last one named and still be of its year; further back it is of the next."""

STORY_BACK: Final = -31
STORY_ON: Final = 62
"""Days by which a date may step back from the last one, or on from it, to belong to the same story."""

ISO_MIDWEEK: Final = 4
"""A week is of the month, as of the year, that its Thursday lies in (ISO 8601)."""

FIRST_YEAR: Final = 2
LAST_YEAR: Final = 9998
"""Years that dates may lie in, one within what `date` can hold: a week, a winter or a step reaches over their ends."""

FAR_AHEAD: Final = 45
"""Days after the report that a date with a past verb may lie ("was set for 3 November") before it is last year's."""


@dataclass(frozen=True, slots=True)
class State:
    """What expressions are resolved against: the report's days (None: not known) and the date last named.

    `bc` is the last year named before the era, None where the last date was none. `story` is the last date named that
    is finer than a year: a year mentioned in passing ("he feared a war until 1919") does not move the story there.
    """

    report: tuple[date, date] | None
    narrative: bool
    anchor: Period | None = None
    bc: int | None = None
    story: Period | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The TIMEX3 value, the days (None: none can be said), and the period that later expressions count from."""

    value: str
    date: Date | None
    period: Period | None = None
    bc: int | None = None


def resolve(found: Expression, state: State, direction: Direction) -> Resolved:
    """FOUND in STATE; DIRECTION tells, when asked, which way the governing verb looks."""
    meaning = found.meaning
    if isinstance(meaning, Amount):
        return Resolved(meaning.value, _amount_date(meaning, state))
    if isinstance(meaning, Decade):
        return _decade(meaning, state, found.approx)
    if isinstance(meaning, Century):
        return _century(meaning, found.approx)
    if isinstance(meaning, Calendar) and (meaning.bc or _inherits_bc(meaning, state)):
        return _before_era(meaning, state)
    value, period, basis, approx = _point(found, state, direction)
    if found.clock is not None:
        head = value if period is None or period.granularity == "day" else "XXXX-XX-XX"
        value = f"{head}T{found.clock}" if value != "PRESENT_REF" else value
    if period is None:
        return Resolved(value, _vague_date(meaning, state))
    days = Date(period.first.isoformat(), period.last.isoformat(), period.granularity, found.approx or approx, basis)
    return Resolved(value, days, period)


def _point(found: Expression, state: State, direction: Direction) -> tuple[str, Period | None, str, bool]:
    """Value, period, basis and vagueness of a meaning that is a point of the calendar."""
    meaning = found.meaning
    if isinstance(meaning, Calendar):
        return (*_calendar(meaning, state, direction), False)
    if isinstance(meaning, WeekOf):
        return (*_week_of(meaning, state, direction), False)
    if isinstance(meaning, Named):
        return (*_named(meaning, state, direction), False)
    if isinstance(meaning, Shift):
        return _shift(meaning, state)
    if isinstance(meaning, SameTime):
        base, basis = _anchor(meaning.anchor, state, to_day=True)
        period = base if base and base.granularity == "day" else None
        return (period.value if period else "XXXX-XX-XX", period, basis, False)
    raise TypeError(f"no point of the calendar: {meaning!r}")


# ---- anchors


def _anchor(anchor: Anchor, state: State, to_day: bool = False) -> tuple[Period | None, str]:
    """The period that ANCHOR stands for, and the basis of what is counted from it."""
    use_text = state.anchor is not None and (anchor == "discourse" or state.narrative)
    if use_text and to_day and state.anchor is not None and state.anchor.granularity != "day" and not state.narrative:
        use_text = False
    if use_text:
        return state.anchor, "discourse"
    if state.report is None or state.narrative:
        return None, "none"
    first, last = state.report
    return Period(first, last, "day" if first == last else "interval", first.isoformat()), "relative"


def _both_ends(base: Period, make: Callable[[date], Period | None]) -> Period | None:
    """What MAKE gives for the two ends of BASE, joined: one period where they agree, else all from one to the other."""
    one, two = make(base.first), make(base.last)
    if one is None or two is None:
        return None
    if one.value == two.value:
        return one
    first, last = min(one.first, two.first), max(one.last, two.last)
    return Period(first, last, "interval", _masked(one.value, two.value))


def _masked(one: str, two: str) -> str:
    """The parts that two values share, X for the rest: 1998-03-04 and 1998-03-31 give 1998-03-XX."""
    parts, same = [], True
    for a, b in zip(one.split("-"), two.split("-"), strict=False):
        same = same and a == b
        parts.append(a if same else ("WXX" if a.startswith("W") and a[1:].isdigit() else "X" * len(a)))
    return "-".join(parts)


# ---- calendar dates


def _calendar(meaning: Calendar, state: State, direction: Direction) -> tuple[str, Period | None, str]:
    if meaning.weekday is not None and meaning.month is None and meaning.day is None:
        return _weekday(meaning.weekday, state, direction)
    if meaning.day is not None and meaning.month is None:
        return _bare_day(meaning.day, state)
    year, basis = _said_year(meaning, state)
    if year is not None:
        period = _in_year(meaning, year)
        return (period.value, period, basis) if period else (_unknown(meaning), None, "none")
    if meaning.steps is not None or meaning.short_year is not None or _has_no_more(meaning):
        return _unknown(meaning), None, "none"
    return _without_year(meaning, state, direction)


def _has_no_more(meaning: Calendar) -> bool:
    return meaning.month is None and meaning.season is None and meaning.part is None and meaning.holiday is None


def _said_year(meaning: Calendar, state: State) -> tuple[int | None, str]:
    """The year that the words themselves give, and its basis."""
    if meaning.year is not None:
        return meaning.year, "text"
    if meaning.short_year is not None:
        return _whole_year(meaning.short_year, state), "text"
    if meaning.steps is not None:
        base, basis = _anchor(meaning.anchor, state)
        if base is not None and base.first.year == base.last.year:
            return base.first.year + meaning.steps, basis
    return None, "none"


def _whole_year(short: int, state: State) -> int | None:
    """The year of two digits: of the text's own century in a narrative, else up to twenty years ahead of the report."""
    if state.narrative and state.anchor is not None:
        return state.anchor.first.year // 100 * 100 + short
    if state.report is None:
        return None
    latest = state.report[1].year + 20
    year = latest - (latest - short) % 100
    return year if year >= FIRST_YEAR else None


def _in_year(meaning: Calendar, year: int) -> Period | None:
    """The period that MEANING is in YEAR; None where the year is out of range or has no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if meaning.fiscal:
        return Period(date(max(year - 1, 1), 7, 1), date(year + 1, 3, 31), "interval", f"FY{year:04}")
    if meaning.holiday is not None:
        return cal.on_day(cal.holiday(year, meaning.holiday))
    if meaning.part is not None:
        return cal.of_part(year, meaning.part)
    if meaning.season is not None:
        return cal.of_season(year, meaning.season)
    if meaning.month is None:
        return cal.of_year(year)
    if meaning.day is None:
        return cal.of_month(year, meaning.month)
    if meaning.day > cal.days_in(year, meaning.month):
        return None
    return cal.on_day(date(year, meaning.month, meaning.day))


def _unknown(meaning: Calendar) -> str:
    """The value of a date whose year is not known."""
    if meaning.weekday is not None and meaning.month is None:
        return f"XXXX-WXX-{meaning.weekday}"
    if meaning.season or meaning.part:
        return f"XXXX-{meaning.season or meaning.part}"
    if meaning.month is None:
        return "XXXX" if meaning.day is None else f"XXXX-XX-{meaning.day:02}"
    return f"XXXX-{meaning.month:02}" + (f"-{meaning.day:02}" if meaning.day is not None else "")


def _without_year(meaning: Calendar, state: State, direction: Direction) -> tuple[str, Period | None, str]:
    base, basis = _anchor("discourse" if state.narrative else "report", state)
    if base is None:
        return _unknown(meaning), None, "none"
    if state.narrative:
        period = _where_story_stands(meaning, base, state.story) or _next_in_story(meaning, base)
    else:
        look = direction()
        period = _both_ends(base, lambda day: _nearest(meaning, day, look))
    return (period.value, period, basis) if period else (_unknown(meaning), None, "none")


def _where_story_stands(meaning: Calendar, base: Period, story: Period | None) -> Period | None:
    """MEANING in the story's own year where that carries it on by days or weeks, though another year was just named."""
    if story is None or base.granularity != "year" or base.first.year == story.last.year:
        return None
    period = _in_year(meaning, story.last.year)
    if period is None or not STORY_BACK <= (period.first - story.first).days <= STORY_ON:
        return None
    return period


def _next_in_story(meaning: Calendar, base: Period) -> Period | None:
    """MEANING in the year the story is in, or in the next where it has passed the turn of the year."""
    into_spring = base.granularity == "season" and meaning.month is not None and meaning.month <= base.last.month
    day = base.last if into_spring else base.first
    period = _in_year(meaning, day.year)
    if period is None or base.granularity not in ("day", "month", "week"):
        return period
    if (day - period.last).days > NARRATIVE_TURN * 30:
        return _in_year(meaning, day.year + 1)
    return period


def _nearest(meaning: Calendar, day: date, look: int) -> Period | None:
    """MEANING in the year that brings it nearest to DAY, but on the side that the verb looks to."""
    options = [p for p in (_in_year(meaning, day.year + step) for step in (-1, 0, 1)) if p is not None]
    if not options:
        return None
    return min(options, key=lambda period: (_wrong_side(period, day, look), _gap(period, day)))


def _wrong_side(period: Period, day: date, look: int) -> bool:
    if look < 0:
        return (period.first - day).days > FAR_AHEAD
    return look > 0 and (day - period.last).days > FAR_AHEAD


def _gap(period: Period, day: date) -> int:
    """Days between DAY and PERIOD; 0 inside it."""
    return max((period.first - day).days, (day - period.last).days, 0)


def _weekday(weekday: int, state: State, direction: Direction) -> tuple[str, Period | None, str]:
    base, basis = _anchor("report", state, to_day=True)
    if base is None or (state.narrative and base.granularity not in ("day", "week")):
        return f"XXXX-WXX-{weekday}", None, "none"
    look = 1 if state.narrative else direction()

    def near(day: date) -> Period | None:
        ahead = (weekday - day.isoweekday()) % 7
        moved = cal.shifted(day, "day", ahead if look > 0 or ahead == 0 else ahead - 7)
        return cal.on_day(moved) if moved else None

    period = _both_ends(base, near)
    if period is None:
        return f"XXXX-WXX-{weekday}", None, "none"
    return (period.value if period.granularity == "day" else f"XXXX-WXX-{weekday}"), period, basis


def _bare_day(day: int, state: State) -> tuple[str, Period | None, str]:
    """A day of the month that the text is in."""
    base, basis = _anchor("discourse", state)
    if base is None or (base.first.year, base.first.month) != (base.last.year, base.last.month):
        return f"XXXX-XX-{day:02}", None, "none"
    if day > cal.days_in(base.first.year, base.first.month):
        return f"XXXX-XX-{day:02}", None, "none"
    period = cal.on_day(base.first.replace(day=day))
    return period.value, period, basis


# ---- relative dates


def _named(meaning: Named, state: State, direction: Direction) -> tuple[str, Period | None, str]:
    base, basis = _anchor(meaning.anchor, state)
    if base is None:
        return _unknown(meaning.name), None, "none"
    period = _both_ends(base, lambda day: _named_near(meaning, day))
    return (period.value, period, basis) if period else (_unknown(meaning.name), None, "none")


def _named_near(meaning: Named, day: date) -> Period | None:
    """The named day, month or season before, after or around DAY."""
    name = meaning.name
    if name.weekday is not None and name.month is None:
        week = cal.of_week(day)
        same = week.first + timedelta(days=name.weekday - 1)
        if meaning.direction == 0:
            return cal.on_day(same)
        step = (name.weekday - day.isoweekday()) % 7
        return cal.on_day(day + timedelta(days=(step or 7) if meaning.direction > 0 else (step - 7)))
    options = [p for p in (_in_year(name, day.year + step) for step in (-1, 0, 1)) if p is not None]
    if meaning.direction < 0:
        options = [p for p in options if p.last < day][-1:]
    elif meaning.direction > 0:
        options = [p for p in options if p.first > day][:1]
    else:
        options = [p for p in options if p.first.year == day.year]
    return options[0] if options else None


def _week_of(meaning: WeekOf, state: State, direction: Direction) -> tuple[str, Period | None, str]:
    value, period, basis = _calendar(meaning.date, state, direction)
    if period is None or period.granularity not in ("day", "month"):
        return value, period, basis
    week = _nth_week(period, meaning.nth) if meaning.nth else cal.of_week(period.first)
    return week.value, week, basis


def _nth_week(month: Period, nth: int) -> Period:
    """The NTH week of MONTH: its value is the ISO week's, its days those of that week and of the month's NTH seven."""
    nth = min(nth, 4)
    week = cal.of_week(cal.nth_weekday(month.first.year, month.first.month, ISO_MIDWEEK, nth))
    first = month.last - timedelta(days=6) if nth < 0 else month.first + timedelta(days=7 * (nth - 1))
    return Period(min(week.first, first), max(week.last, first + timedelta(days=6)), "interval", week.value)


def _shift(meaning: Shift, state: State) -> tuple[str, Period | None, str, bool]:
    unit, steps = meaning.unit, meaning.steps
    if steps is None:
        return ("PAST_REF" if meaning.direction < 0 else "FUTURE_REF"), None, "none", True
    if state.narrative and meaning.anchor == "report" and unit == "day" and meaning.direction == 0:
        return ("PRESENT_REF" if steps == 0 else "XXXX-XX-XX"), None, "none", False
    if state.bc is not None and unit == "year" and (state.narrative or meaning.anchor == "discourse"):
        return f"BC{max(state.bc - int(steps), 1):04}", None, "none", False
    if meaning.anchor == "discourse" and steps > 0 and state.anchor is None:
        return _no_anchor(unit), None, "none", False
    base, basis = _anchor(meaning.anchor, state, to_day=unit == "day")
    if base is None:
        return _no_anchor(unit), None, "none", False

    def move(day: date) -> Period | None:
        moved = cal.shifted(day, unit, steps)
        return cal.holding(unit, moved) if moved is not None and FIRST_YEAR <= moved.year <= LAST_YEAR else None

    period = _both_ends(base, move)
    if period is None:
        return ("PAST_REF" if steps < 0 else "FUTURE_REF"), None, "none", True
    return period.value, period, basis, meaning.direction != 0 and unit != "day"


def _no_anchor(unit: str) -> str:
    """The value of a unit that nothing places."""
    masks = {"week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX", "year": "XXXX",
             "decade": "XXX", "century": "XX"}  # fmt: skip
    return masks.get(unit, "XXXX-XX-XX")


# ---- what has no days of its own, or too many


def _decade(meaning: Decade, state: State, approx: bool) -> Resolved:
    if meaning.bc:
        return Resolved(f"BC{meaning.tens:03}", None)
    tens = meaning.tens
    if meaning.short:
        whole = _whole_year(tens * 10, state)
        if whole is None:
            return Resolved(f"XX{tens}", None)
        tens = whole // 10
    period = cal.of_decade(tens)
    return Resolved(period.value, Date(period.first.isoformat(), period.last.isoformat(), "decade", approx, "text"))


def _century(meaning: Century, approx: bool) -> Resolved:
    if meaning.bc:
        return Resolved(f"BC{meaning.hundreds:02}", None)
    period = cal.of_century(meaning.hundreds)
    return Resolved(period.value, Date(period.first.isoformat(), period.last.isoformat(), "interval", approx, "text"))


def _inherits_bc(meaning: Calendar, state: State) -> bool:
    """Whether a month or season of a story before the era takes its year from there."""
    return state.bc is not None and meaning.year is None and meaning.short_year is None and meaning.weekday is None


def _before_era(meaning: Calendar, state: State) -> Resolved:
    """Years before the era have values, but no days: the calendar of `Date` begins with the year 1."""
    year = meaning.year if meaning.year is not None else state.bc
    rest = _unknown(Calendar(None, meaning.month, meaning.day, None, meaning.season, meaning.part)).removeprefix("XXXX")
    return Resolved(f"BC{year:04}{rest}", None, None, year)


def _amount_date(meaning: Amount, state: State) -> Date | None:
    """The days of a window beside the report's own date ("the past two months"), or of "now"."""
    if state.report is None or state.narrative:
        return None
    first, last = state.report
    if meaning.value == "PRESENT_REF":
        return Date(first.isoformat(), last.isoformat(), "day" if first == last else "interval", True, "relative")
    if meaning.value in ("PAST_REF", "FUTURE_REF"):
        return _open_side(meaning.value == "PAST_REF", first, last)
    if not meaning.window:
        return None
    if meaning.count is None or not meaning.unit:
        return _open_side(meaning.window < 0, first, last)
    far = cal.shifted(first if meaning.window < 0 else last, meaning.unit, meaning.window * meaning.count)
    if far is None:
        return None
    start, end = (far, last) if meaning.window < 0 else (first, far)
    return Date(start.isoformat(), end.isoformat(), "interval", True, "relative")


def _open_side(before: bool, first: date, last: date) -> Date:
    start, end = (None, last.isoformat()) if before else (first.isoformat(), None)
    return Date(start, end, "interval", True, "relative")


def _vague_date(meaning: object, state: State) -> Date | None:
    """All days before, or after, the report for "a few days ago"."""
    if isinstance(meaning, Shift) and meaning.steps is None and meaning.anchor == "report" and state.report is not None:
        return None if state.narrative else _open_side(meaning.direction < 0, *state.report)
    return None
