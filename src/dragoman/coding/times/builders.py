"""From a match of a rule to what it means: one function for each name in the `build` column of `time_rules.tsv`.

A builder returns None where the words around the match, or its numbers, show that it is no time after all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from dragoman.coding.times import guards
from dragoman.coding.times.calendar import days_in
from dragoman.coding.times.expressions import (
    Amount,
    Anchor,
    Calendar,
    Century,
    Decade,
    Expression,
    Meaning,
    Named,
    SameTime,
    Shift,
    WeekOf,
)
from dragoman.coding.times.grammar import Match
from dragoman.coding.times.pieces import Piece
from dragoman.coding.times.values import clock_value, duration_value
from dragoman.facts import TimexType

Row: TypeAlias = Sequence[Piece]
Builder: TypeAlias = Callable[[Match, Row], Expression | None]

DIRECTIONS: Final = MappingProxyType(
    {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "upcoming": 1, "following": 1,
     "ensuing": 1, "succeeding": 1, "subsequent": 1, "this": 0, "current": 0, "same": 0, "that": 0, "the": 0, "in": 0}
)  # fmt: skip
TO_DISCOURSE: Final = frozenset(
    {"previous", "preceding", "following", "ensuing", "succeeding", "subsequent", "same", "that"}
)
"""Words that count from a date in the text, not from the report's."""

_LOOSE: Final = ("EARLY", "EDGE", "half", "part", "later", "earlier")


def expression(match: Match, row: Row, kind: TimexType, meaning: Meaning, clock: str | None = None) -> Expression:
    """MEANING over the match's characters, without a full stop or comma that only ends the sentence."""
    last = match.last
    while (
        last - 1 > match.first and row[last - 1].lower in (".", ",", "-") and not guards.is_abbreviation(row, last - 2)
    ):
        last -= 1
    approx = any(name in match.parts for name in _LOOSE) or guards.loosely(match.parts)
    return Expression(row[match.first].start, row[last - 1].end, kind, meaning, clock, approx)


def _value(match: Match, name: str) -> str | None:
    piece = match.part(name)
    return piece.values[name] if piece else None


def _int(match: Match, name: str) -> int | None:
    value = _value(match, name)
    return int(value) if value is not None else None


def _year(match: Match) -> tuple[int | None, bool]:
    """The year of the match and whether it counts before the era."""
    piece, era = match.part("YEAR"), _value(match, "ERA")
    if piece is None and era is not None:
        piece = match.part("NUM")
    number = None if piece is None or piece.number is None else piece.number
    return (int(number) if number is not None and number.is_integer() else None), era == "bc"


def _relation(match: Match, names: Sequence[str]) -> tuple[int, Anchor] | None:
    """Which step the words of relation among NAMES ask for, and from where."""
    found = [name for name in names if name in match.parts and name in DIRECTIONS]
    if not found:
        return None
    word = next((name for name in found if name in TO_DISCOURSE), found[0])
    return DIRECTIONS[word], "discourse" if word in TO_DISCOURSE else "report"


_REL_WORDS: Final = tuple(name for name in DIRECTIONS if name not in ("the", "in"))


def _date(match: Match) -> Calendar | None:
    """The calendar date in the match; None where no such day exists."""
    year, bc = _year(match)
    month, day = _int(match, "MONTH"), None
    piece = match.part("DAY") or match.part("ORDINAL") or match.part("NTH")
    if piece is not None:
        day = int(piece.number) if piece.number is not None else int(piece.values["ORDINAL"])
    if day is not None and month is not None and day > days_in(year if year and not bc else 2000, month):
        return None
    relation = _relation(match, _REL_WORDS) if "year" in match.parts and year is None else None
    steps: int | None = None
    anchor: Anchor = "report"
    if relation is not None:
        steps, anchor = relation
    return Calendar(
        year, month, day, _int(match, "WEEKDAY"), _value(match, "SEASON"), steps=steps, anchor=anchor, bc=bc,
        holiday=_value(match, "HOLIDAY"),
    )  # fmt: skip


def _dated(match: Match) -> Meaning | None:
    """The calendar date, weekday or deictic day in the match."""
    if "DEICTIC" in match.parts:
        return Shift("day", int(match.parts["DEICTIC"][0].values["DEICTIC"]), "report")
    return _date(match)


def calendar(match: Match, row: Row) -> Expression | None:
    """A date by the calendar, as much of it as is said."""
    date = _date(match)
    if date is None or guards.broken_by_full_stop(match.first, match.last, row):
        return None
    return expression(match, row, "DATE", date)


def year(match: Match, row: Row) -> Expression | None:
    """A year by itself."""
    number, bc = _year(match)
    if number is None or (not bc and "ERA" not in match.parts and not guards.is_year(match.first, match.last, row)):
        return None
    return expression(match, row, "DATE", Calendar(number, bc=bc))


def short_year(match: Match, row: Row) -> Expression | None:
    """A year of two digits with an apostrophe."""
    piece = match.parts["YY"][0]
    after = row[match.last].classes if match.last < len(row) else frozenset()
    if not piece.tight or piece.number is None or after & {"UNIT", "UNITS"}:
        return None
    return expression(match, row, "DATE", Calendar(short_year=int(piece.number)))


def iso(match: Match, row: Row) -> Expression | None:
    """A day in ISO 8601."""
    year, month, day = (int(part) for part in match.parts["ISO"][0].lower.split("-"))
    if not (1 <= month <= 12 and year >= 1 and 1 <= day <= days_in(year, month)):
        return None
    return expression(match, row, "DATE", Calendar(year, month, day))


def season(match: Match, row: Row) -> Expression | None:
    """A season without a year."""
    if not guards.is_season(match.last, match.first, row):
        return None
    return expression(match, row, "DATE", Calendar(season=_value(match, "SEASON")))


def part(match: Match, row: Row) -> Expression | None:
    """A quarter or half of a year: the rule's argument is Q or H."""
    size = match.rule.row.argument
    number = _int(match, "ORDINAL") or 2
    if number > (4 if size == "Q" else 2):
        return None
    return expression(match, row, "DATE", Calendar(_year(match)[0], part=f"{size}{number}", bc=_year(match)[1]))


def quarter(match: Match, row: Row) -> Expression | None:
    """ "Q1 2024"."""
    number, (year, bc) = match.parts["NUM"][0], _year(match)
    if not number.tight or number.number not in (1, 2, 3, 4) or year is None or bc:
        return None
    return expression(match, row, "DATE", Calendar(year, part=f"Q{int(number.number)}"))


def fiscal(match: Match, row: Row) -> Expression:
    """A fiscal year."""
    year, short = _year(match)[0], match.part("YY")
    two = int(short.number) if short is not None and short.number is not None and year is None else None
    return expression(match, row, "DATE", Calendar(year, short_year=two, fiscal=True))


def decade(match: Match, row: Row) -> Expression | None:
    """The 1990s, the '90s, the nineties, the 470s BC."""
    bc = _value(match, "ERA") == "bc"
    word = match.part("DECADEWORD")
    if word is not None:
        return expression(match, row, "DATE", Decade(int(word.values["DECADEWORD"]), True))
    digits = "".join(c for c in match.parts["DECADE"][0].lower if c.isdigit())
    if not digits.endswith("0") or (len(digits) == 2 and "the" not in match.parts) or (len(digits) == 3 and not bc):
        return None
    return expression(match, row, "DATE", Decade(int(digits) // 10, len(digits) == 2 and not bc, bc))


def century(match: Match, row: Row) -> Expression | None:
    """The nineteenth century."""
    number = _int(match, "ORDINAL") or 0
    if not 1 <= number <= 22:
        return None
    return expression(match, row, "DATE", Century(number - 1, _value(match, "ERA") == "bc"))


def weekday(match: Match, row: Row) -> Expression:
    """A weekday, with a part of the day or without."""
    clock = _value(match, "PART")
    return expression(match, row, "TIME" if clock else "DATE", Calendar(weekday=_int(match, "WEEKDAY")), clock)


def set_weekday(match: Match, row: Row) -> Expression:
    """ "Fridays"."""
    return expression(match, row, "SET", Amount(f"XXXX-WXX-{_value(match, 'WEEKDAYS')}"))


def named(match: Match, row: Row) -> Expression | None:
    """ "last Friday", "next spring", "this May"."""
    name, relation = _date(match), _relation(match, _REL_WORDS)
    if name is None or relation is None:
        return None
    if name.season == "FA" and match.parts["SEASON"][0].lower == "fall" and not guards.ends_phrase(match.last, row):
        return None
    clock = _value(match, "PART")
    return expression(match, row, "TIME" if clock else "DATE", Named(name, *relation), clock)


def clock(match: Match, row: Row) -> Expression | None:
    """A time of day."""
    value = clock_value(match.parts)
    return expression(match, row, "TIME", SameTime("report"), value) if value else None


def number_in_part(match: Match, row: Row) -> Expression | None:
    """ "4 in the morning"."""
    value = clock_value(match.parts, _value(match, "PART"))
    return expression(match, row, "TIME", SameTime("report"), value) if value else None


def clock_date(match: Match, row: Row) -> Expression | None:
    """A time of day with its date."""
    value, date = clock_value(match.parts), _dated(match)
    if not value or date is None or guards.broken_by_full_stop(match.first, match.last, row):
        return None
    return expression(match, row, "TIME", date, value)


def part_date(match: Match, row: Row) -> Expression | None:
    """ "the morning of 31 January", "Jan. 5 evening"."""
    date = _dated(match)
    if date is None or guards.broken_by_full_stop(match.first, match.last, row):
        return None
    return expression(match, row, "TIME", date, _value(match, "PART"))


def part_relative(match: Match, row: Row) -> Expression:
    """ "this morning", "that night", "the next morning"."""
    relation = _relation(match, _REL_WORDS) or (0, "discourse")
    steps, anchor = relation
    if "next" in match.parts:
        anchor = "discourse"
    return expression(match, row, "TIME", Shift("day", steps, anchor), _value(match, "PART"))


def tonight(match: Match, row: Row) -> Expression:
    """ "tonight", "overnight"."""
    return expression(match, row, "TIME", SameTime("report"), "NI")


def last_night(match: Match, row: Row) -> Expression:
    """ "last night"."""
    return expression(match, row, "TIME", Shift("day", -1, "report"), "NI" if "night" in match.parts else "EV")


def deictic(match: Match, row: Row) -> Expression:
    """ "today", "yesterday morning"."""
    clock, steps = _value(match, "PART"), _int(match, "DEICTIC")
    return expression(match, row, "TIME" if clock else "DATE", Shift("day", steps, "report"), clock)


def _unit(match: Match) -> tuple[str, str]:
    """The last unit of the match and its class."""
    name = "UNITS" if "UNITS" in match.parts else "UNIT"
    if "UNIT" in match.parts and "UNITS" in match.parts:
        name = max(("UNIT", "UNITS"), key=lambda n: match.parts[n][-1].start)
    if name not in match.parts:
        return "weekend", "UNIT"
    return match.parts[name][-1].values[name], name


def _count(match: Match) -> float | None:
    """How many units; None where the words are vague."""
    number = match.part("NUM")
    if number is not None:
        return number.number
    if "VAGUE" in match.parts:
        return None
    return 0.5 if "half" in match.parts else 1.0


def unit_relative(match: Match, row: Row) -> Expression | None:
    """ "last month", "that year", "later this week"; with a plural ("the past weeks") a duration."""
    unit, kind = _unit(match)
    if unit in ("second", "minute", "hour") or "next" in match.parts and unit == "second":
        return None
    relation = _relation(match, _REL_WORDS) or (0, "report")
    if unit == "day" and relation == (0, "report") and "this" in match.parts:
        return None
    if kind == "UNITS":
        return expression(match, row, "DURATION", Amount(duration_value(None, unit), relation[0], unit))
    steps, anchor = relation
    if "past" in match.parts and unit != "weekend" or ("coming" in match.parts and "the" in match.parts):
        return expression(match, row, "DURATION", Amount(duration_value(1, unit), steps, unit, 1))
    if (
        "next" in match.parts
        and "the" in match.parts
        and unit == "day"
        or ("in" in match.parts and "the" in match.parts)
    ):
        anchor = "discourse"
    return expression(match, row, "DATE", Shift(unit, steps, anchor))


def unit_end(match: Match, row: Row) -> Expression:
    """ "month's end"."""
    return expression(match, row, "DATE", Shift(_unit(match)[0], 0, "report"))


def ago(match: Match, row: Row) -> Expression:
    """ "two days ago"."""
    count, unit = _count(match), _unit(match)[0]
    if count is not None and unit in ("decade", "century"):
        count, unit = count * (10 if unit == "decade" else 100), "year"
    return expression(match, row, "DATE", Shift(unit, None if count is None else -count, "report", -1))


def from_now(match: Match, row: Row) -> Expression:
    """ "two weeks from now"."""
    return expression(match, row, "DATE", Shift(_unit(match)[0], _count(match), "report", 1))


_BACK: Final = frozenset({"earlier", "previously", "beforehand", "prior", "before", "previous"})


def later(match: Match, row: Row) -> Expression | None:
    """ "three days later", "two years earlier"; the rule's words say which way."""
    back = any(name in match.parts for name in _BACK)
    if "prior" in match.parts and match.last < len(row) and row[match.last].lower == "to":
        return None
    bare = not any(name in match.parts for name in ("NUM", "VAGUE", "a", "an", "half", "another", "single"))
    count = None if bare else _count(match)
    direction = -1 if back else 1
    steps = None if count is None else direction * count
    return expression(match, row, "DATE", Shift(_unit(match)[0], steps, "discourse", direction))


def later_open(match: Match, row: Row) -> Expression | None:
    """ "two years before" with nothing after it."""
    return later(match, row) if guards.ends_clause(match.last, row) else None


def day_after(match: Match, row: Row) -> Expression | None:
    """ "the day before", "the year following", with nothing after it."""
    if not guards.ends_clause(match.last, row):
        return None
    return expression(match, row, "DATE", Shift(_unit(match)[0], -1 if "before" in match.parts else 1, "discourse"))


def window(match: Match, row: Row) -> Expression | None:
    """ "the past two months", "the next five years"."""
    relation, unit, count = _relation(match, _REL_WORDS), _unit(match)[0], _count(match)
    if relation is None or unit in ("second", "quarter"):
        return None
    steps, anchor = relation
    return expression(
        match, row, "DURATION", Amount(duration_value(count, unit), steps if anchor == "report" else 0, unit, count)
    )


def duration(match: Match, row: Row) -> Expression | None:
    """ "72 hours", "two years and six months", "five-year", "26 years of age"."""
    numbers = match.parts.get("NUM", [])
    unit, kind = _unit(match)
    if not guards.is_duration(match.first, match.last, row, match.parts, kind):
        return None
    if len(numbers) == 2:
        units = sorted((p for n in ("UNIT", "UNITS") for p in match.parts.get(n, [])), key=lambda p: p.start)
        values = [duration_value(n.number, next(iter(u.values.values()))) for n, u in zip(numbers, units, strict=True)]
        return expression(match, row, "DURATION", Amount(values[0] + values[1].removeprefix("P")))
    count = _count(match)
    if "first" in match.rule.row.id and not numbers:
        count = None if kind == "UNITS" or "VAGUE" in match.parts else 1.0
    if "and" in match.parts and count is not None:
        count += 0.5
    return expression(match, row, "DURATION", Amount(duration_value(count, unit), 0, unit, count))


def duration_article(match: Match, row: Row) -> Expression | None:
    """ "a year", "half an hour"."""
    unit = _unit(match)[0]
    if not guards.is_article_duration(match.first, match.last, row, match.parts, unit):
        return None
    count = _count(match)
    kind: TimexType = "SET" if guards.is_rate(match.first, row) else "DURATION"
    return expression(match, row, kind, Amount(duration_value(count, unit), 0, unit, count))


def vague(match: Match, row: Row) -> Expression:
    """ "decades of", "recent days"."""
    unit = _unit(match)[0]
    return expression(match, row, "DURATION", Amount(duration_value(None, unit), 0, unit))


def vague_bare(match: Match, row: Row) -> Expression | None:
    """ "for years"."""
    return vague(match, row) if guards.is_bare_duration(match.first, row) else None


def vague_long(match: Match, row: Row) -> Expression | None:
    """ "day-long", "decades-old"."""
    unit, kind = _unit(match)
    if match.first and row[match.first - 1].lower == "-":
        return None
    value = duration_value(1.0 if kind == "UNIT" else None, unit)
    return expression(match, row, "DURATION", Amount(value, 0, unit)) if unit not in ("second", "quarter") else None


def simple_set(match: Match, row: Row) -> Expression:
    """ "daily"."""
    return expression(match, row, "SET", Amount(_value(match, "SET") or ""))


_REPEATED: Final = MappingProxyType({"PART": "XXXX-XX-XXT", "WEEKDAY": "XXXX-WXX-", "SEASON": "XXXX-"})


def every(match: Match, row: Row) -> Expression | None:
    """ "every day", "every two weeks", "every Friday"."""
    for name, head in _REPEATED.items():
        if name in match.parts:
            return expression(match, row, "SET", Amount(f"{head}{_value(match, name)}"))
    if "MONTH" in match.parts:
        return expression(match, row, "SET", Amount(f"XXXX-{_int(match, 'MONTH'):02}"))
    unit, kind = _unit(match)
    if kind == "UNITS" and "NUM" not in match.parts:
        return None
    count = 2.0 if "other" in match.parts else _count(match)
    return expression(match, row, "SET", Amount(duration_value(count, unit)))


def per_unit(match: Match, row: Row) -> Expression | None:
    """ "per day"."""
    return times_a(match, row) if _unit(match)[0] in guards.RATE_UNITS else None


def times_a(match: Match, row: Row) -> Expression:
    """ "twice a week"."""
    return expression(match, row, "SET", Amount(duration_value(1.0, _unit(match)[0])))


def reference(match: Match, row: Row) -> Expression:
    """ "now", "recently"."""
    return expression(match, row, "DATE", Amount(_value(match, "NOW") or _value(match, "REF") or ""))


def past_or_future(match: Match, row: Row) -> Expression | None:
    """ "the past", "the near future", not "the past president"."""
    if not guards.ends_phrase(match.last, row) and row[match.last].lower not in ("of", "and", "or"):
        return None
    return expression(match, row, "DATE", Amount("PAST_REF" if "past" in match.parts else "FUTURE_REF"))


def present(match: Match, row: Row) -> Expression | None:
    """ "the present", "at this time"."""
    before = row[match.first - 1].lower if match.first else ""
    named = "day" in match.parts or "being" in match.parts
    if not named and not (before in ("at", "by", "until", "for", "to") and guards.ends_phrase(match.last, row)):
        return None
    return expression(match, row, "DATE", Amount("PRESENT_REF"))


def week_of(match: Match, row: Row) -> Expression | None:
    """ "the week of March 6"."""
    date = _date(match)
    return expression(match, row, "DATE", WeekOf(date)) if date is not None else None


def nth_week(match: Match, row: Row) -> Expression:
    """ "the last week of March"."""
    year, bc = _year(match)
    month = Calendar(year, _int(match, "MONTH"), bc=bc)
    if "week" not in match.parts or "NUM" in match.parts:
        found = expression(match, row, "DATE", month)
        return Expression(found.start, found.end, "DATE", month, None, True)
    number = -1 if "last" in match.parts or "final" in match.parts else _int(match, "ORDINAL") or 1
    return expression(match, row, "DATE", WeekOf(month, number))


def bare_day(match: Match, row: Row) -> Expression | None:
    """ "the 13th" of the month that the text is in."""
    before = row[match.first - 1].lower if match.first else ""
    if before not in guards.DATE_PREPOSITIONS or not guards.ends_phrase(match.last, row):
        return None
    return expression(match, row, "DATE", Calendar(day=_int(match, "NTH"), anchor="discourse"))


BUILDERS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "calendar": calendar, "year": year, "short-year": short_year, "iso": iso, "season": season, "part": part,
        "part-bare": part, "q": quarter, "fiscal": fiscal, "decade": decade, "century": century, "weekday": weekday,
        "set-weekday": set_weekday, "named": named, "holiday": calendar, "clock": clock, "num-part": number_in_part,
        "clock-date": clock_date, "part-date": part_date, "date-part": part_date, "part-rel": part_relative,
        "tonight": tonight, "last-night": last_night, "deictic": deictic, "unit-rel": unit_relative,
        "unit-end": unit_end, "ago": ago, "later": later, "later-open": later_open, "day-after": day_after,
        "from-now": from_now, "window": window, "duration": duration, "duration-a": duration_article,
        "vague": vague, "vague-bare": vague_bare, "vague-long": vague_long, "set": simple_set, "every": every,
        "times-a": times_a, "per": per_unit, "ref": reference, "past": past_or_future, "present": present, "week-of": week_of,
        "nth-week": nth_week, "bare-day": bare_day,
    }
)  # fmt: skip
