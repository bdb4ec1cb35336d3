"""Units of measure, currencies, and the words around figures.

`units.tsv`: a form in lower case, the unit it stands for, and its dimension. `near` forms ("m", "in", "t") are words
or letters of other uses too: they count only straight after digits.

`currencies.tsv`: a form, its ISO 4217 code (empty for a name that several countries use), and its factor (0.01 for
cents). `before` forms ("US$", "RM") stand before the number, others after it.

`figure_words.tsv`: words around figures by role:

    qualifier   "more than": `value` is about, at least, at most, more than, nearly; `inside` ones are part of the span
    rise, fall  words of change: "rose", "decline"
    target      words that set a figure as an aim: "target of", "aims to"
    name        words after which a number is a name: "Resolution 242"
    rank        superlatives after an ordinal: "third largest"
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

ROLES: Final = frozenset({"qualifier", "rise", "fall", "target", "name", "rank"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of `units`."""

    table: ClassVar[str] = "units"
    key: ClassVar[tuple[str, ...]] = ("form",)

    form: str
    unit: str
    dimension: str
    near: bool = False
    source: str = "own"


@dataclass(frozen=True, slots=True)
class Currency:
    """A row of `currencies`."""

    table: ClassVar[str] = "currencies"
    key: ClassVar[tuple[str, ...]] = ("form",)

    form: str
    code: str | None
    before: bool = False
    factor: float = 1.0
    source: str = "ISO 4217"

    def __post_init__(self) -> None:
        if self.code is not None and not (len(self.code) == 3 and self.code.isupper()):
            raise ValueError(f"{self.code!r} is no ISO 4217 code such as EUR")


@dataclass(frozen=True, slots=True)
class FigureWord:
    """A row of `figure_words`."""

    table: ClassVar[str] = "figure_words"
    key: ClassVar[tuple[str, ...]] = ("word", "role")

    word: str
    role: str
    value: str = ""
    inside: bool = False
    source: str = "own"

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"{self.role!r} is no role of words around figures; one of {', '.join(sorted(ROLES))}")
