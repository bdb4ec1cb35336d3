"""An event as one report tells it: what of it is compared with other reports' events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as day_type
from typing import Final, Literal, TypeAlias

from dragoman.facts import Actor, Date, Event, Place
from dragoman.linking.wording import bag, stem

Standing: TypeAlias = Literal["done", "planned", "denied", "supposed"]

STANDING: Final[Mapping[str, Standing]] = {
    "happened": "done", "ongoing": "done", "claimed": "done", "scheduled": "planned", "proposed": "planned",
    "denied": "denied", "hypothetical": "supposed",
}  # fmt: skip
"""Status to what may be one happening: a plan and its outcome are two, whatever else agrees."""

RECENT_DAYS: Final = 6
"""Days before its report within which an event lies that a report tells as news without a date. A weekly looks back on
one week; what is older is told with a date or as background."""

WIDEST_DAYS: Final = 45
"""An interval of more days says too little to link by: a month with some slack at both ends."""

APPROX_DAYS: Final = 3
"""So much an "about" widens a date at both ends."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days, as ordinals and both inclusive, in which an event lies. `dated`: its report gave both ends."""

    first: int
    last: int
    dated: bool

    @property
    def days(self) -> int:
        """How many days."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Told:
    """An event and the date of the report that tells it. `predicate` is the word that says it, `clause` its clause.

    `words` are the clause's, without the names of the parties, which are compared by themselves.
    """

    act: str
    status: str
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    reciprocal: bool
    background: bool
    date: Date
    published: Date
    mode: str | None
    cameo: str | None
    place: Place | None
    predicate: str
    clause: str
    words: Mapping[str, float] = field(default_factory=dict, compare=False)
    stem: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        names = {stem(word) for actor in self.parties for word in actor.name.split()}
        words = {form: weight for form, weight in bag(self.clause).items() if form not in names}
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "stem", stem(self.predicate.split()[0]) if self.predicate.split() else "")

    @property
    def standing(self) -> Standing:
        """Which of its like it may be linked with."""
        return STANDING[self.status]

    @property
    def parties(self) -> tuple[Actor, ...]:
        """Both sides."""
        return (*self.source, *self.target)


def told(event: Event, published: Date) -> Told:
    """EVENT as told by a report PUBLISHED then."""
    return Told(
        act=event.act,
        status=event.status,
        source=event.source,
        target=event.target,
        reciprocal=event.reciprocal,
        background=event.background,
        date=event.date,
        published=published,
        mode=event.mode,
        cameo=event.cameo,
        place=event.place,
        predicate=event.evidence[1].text if len(event.evidence) > 1 else "",
        clause=event.evidence[0].text,
    )


def window(event: Told) -> Window | None:
    """The days in which EVENT lies, None where they can't be told narrowly enough to link it by.

    News without a date of its own lies within the RECENT_DAYS before the report, a plan without one within as many
    after it; background without both ends lies nowhere.
    """
    date = event.date
    slack = APPROX_DAYS if date.approx else 0
    if date.start and date.end:
        first, last = _day(date.start) - slack, _day(date.end) + slack
        return Window(first, last, True) if last - first < WIDEST_DAYS else None
    if event.background or not (date.start or date.end):
        return None
    if date.end:
        end = _day(date.end)
        return Window(end - RECENT_DAYS, end, False)
    start = _day(date.start or "")
    return Window(start, start + RECENT_DAYS, False)


def _day(iso: str) -> int:
    return day_type.fromisoformat(iso).toordinal()
