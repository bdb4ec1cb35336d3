"""Examples of the codebook's page: a sentence, and the event that is read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from dragoman.facts import STATUSES
from dragoman.lexicon.plover import check_type

SHOWS: Final = ("type", "status", "typing")
"""What a row is there to show: a type and its mode, a status, or how act and type part."""
PUBLISHED: Final = "2015-06-10"
"""The day on which each sentence counts as reported."""


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """A sentence and one event in it.

    `source` and `target` are countries (of bodies and groups without one: sectors) in the order of the alphabet joined
    by a plus; a reciprocal event has all in `source`. `act` None: it is the type. `known_gap` is what the coder reads
    instead today, None where it reads the sentence right.
    """

    table: ClassVar[str] = "codebook/examples"
    key: ClassVar[tuple[str, ...]] = ("text",)
    text: str
    shows: str
    type: str
    status: str
    source: str
    target: str = ""
    mode: str | None = None
    act: str | None = None
    background: bool = False
    known_gap: str | None = None

    def __post_init__(self) -> None:
        check_type(self.type)
        if self.act is not None:
            check_type(self.act)
        if self.shows not in SHOWS:
            raise ValueError(f"shows: {self.shows!r} is none of {', '.join(SHOWS)}")
        if self.status not in STATUSES:
            raise ValueError(f"status: {self.status!r} is none of {', '.join(STATUSES)}")

    @property
    def deed(self) -> str:
        """The act's own type."""
        return self.act or self.type
