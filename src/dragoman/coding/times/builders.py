"""From a match of a rule to what it means: the function for each name in the `build` column of `time_rules.tsv`.

A builder returns None where the words around the match, or its numbers, show that it is no time after all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from dragoman.coding.times import build_dates, build_lengths, build_relative
from dragoman.coding.times.expressions import Expression
from dragoman.coding.times.grammar import Match
from dragoman.coding.times.parts import Row

Builder: TypeAlias = Callable[[Match, Row], Expression | None]

BUILDERS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "calendar": build_dates.calendar,
        "year": build_dates.year,
        "short-year": build_dates.short_year,
        "iso": build_dates.iso,
        "season": build_dates.season,
        "part": build_dates.part,
        "part-bare": build_dates.part,
        "q": build_dates.quarter,
        "fiscal": build_dates.fiscal,
        "decade": build_dates.decade,
        "century": build_dates.century,
        "weekday": build_dates.weekday,
        "set-weekday": build_lengths.set_weekday,
        "named": build_dates.named,
        "holiday": build_dates.calendar,
        "clock": build_dates.clock,
        "num-part": build_dates.number_in_part,
        "clock-date": build_dates.clock_date,
        "part-date": build_dates.part_date,
        "date-part": build_dates.part_date,
        "part-rel": build_relative.part_relative,
        "tonight": build_relative.tonight,
        "last-night": build_relative.last_night,
        "deictic": build_relative.deictic,
        "unit-rel": build_relative.unit_relative,
        "ago-bare": build_relative.ago_vaguely,
        "same-ago": build_relative.same_ago,
        "unit-end": build_relative.unit_end,
        "ago": build_relative.ago,
        "later": build_relative.later,
        "later-open": build_relative.later_open,
        "day-after": build_relative.day_after,
        "from-now": build_relative.from_now,
        "window": build_lengths.window,
        "duration": build_lengths.duration,
        "duration-a": build_lengths.duration_article,
        "vague": build_lengths.vague,
        "vague-bare": build_lengths.vague_bare,
        "vague-long": build_lengths.vague_long,
        "set": build_lengths.simple_set,
        "every": build_lengths.every,
        "times-a": build_lengths.times_a,
        "per": build_lengths.per_unit,
        "ref": build_relative.reference,
        "past": build_relative.past_or_future,
        "present": build_relative.present,
        "week-of": build_dates.week_of,
        "nth-week": build_dates.nth_week,
        "bare-day": build_dates.bare_day,
    }
)
