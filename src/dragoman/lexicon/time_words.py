"""Words of time, and the rules that put them together into time expressions.

`time_words.tsv`: a word or fixed phrase in lower case, its class and what it stands for. Classes:

    MONTH 1 to 12       WEEKDAY(S) 1 (Monday) to 7     SEASON SP SU FA WI       UNIT, UNITS day, week ... (one, several)
    PART MO AF EV NI    CLOCKWORD T12:00               HOLIDAY a rule as in `coding.times.calendar.holiday`
    DEICTIC -1 0 1      EARLY, EDGE modifiers          NOW, REF PRESENT_REF ... SET P1D ...
    ZONE time zones     AMPM am pm                     ORDINAL 1 to 31          VAGUE X (a few, several)
    ABOUT modifiers of an amount                       ERA bc ad                DECADEWORD 7 (seventies)

`time_rules.tsv`: a pattern over these classes; see `coding.times.grammar`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

CLASSES: Final = frozenset(
    {"MONTH", "WEEKDAY", "SEASON", "UNIT", "UNITS", "PART", "CLOCKWORD", "HOLIDAY", "DEICTIC", "EARLY", "EDGE", "NOW",
     "WEEKDAYS", "REF", "SET", "ZONE", "AMPM", "ORDINAL", "VAGUE", "ABOUT", "ERA", "DECADEWORD"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A row of `time_words`. `capital` words count only when they begin with a capital letter."""

    table: ClassVar[str] = "time_words"
    key: ClassVar[tuple[str, ...]] = ("word", "kind")

    word: str
    kind: str
    value: str
    capital: bool = False
    source: str = "own"

    def __post_init__(self) -> None:
        if self.kind not in CLASSES:
            raise ValueError(f"{self.kind!r} is no class of time words; one of {', '.join(sorted(CLASSES))}")


@dataclass(frozen=True, slots=True)
class TimeRule:
    """A row of `time_rules`. An `id` that begins with @ names a part of other patterns and matches nothing by itself.

    `build` names the function that makes an expression of a match, `argument` what it is told. `yes` is a text whose
    words in brackets must be the match; `no` a text in which the rule must not match.
    """

    table: ClassVar[str] = "time_rules"
    key: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    pattern: str
    build: str
    argument: str
    yes: str
    no: str
    source: str = "own"
