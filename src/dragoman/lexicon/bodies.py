"""Organisations, state bodies, armed groups, parties and companies by name: country, sector, and when it held.

Sectors are PLOVER's (manual 2.0); bodies without a country carry IGO, UNO, EUR, NGO, ISM, IMG or MNC instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from dragoman.facts import Date
from dragoman.lexicon.periods import Period
from dragoman.lexicon.phrases import CutText, PhraseTable
from dragoman.lexicon.table import Lexicon
from dragoman.terms import BODY_SECTORS, SECTORS

KINDS: Final = frozenset(
    {
        "organisation", "executive", "bank", "forces", "intelligence", "police", "parliament", "court", "party",
        "armed_group", "movement", "company", "union", "religious", "media",
    }
)  # fmt: skip
"""What a body is; `executive` takes in palaces, ministries and agencies."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body. `country` is None for an international one; `start` and `end` (YYYY or YYYY-MM) bound the row's truth.

    `shared` says that bodies of other countries bear the same name: a country said in the text goes before `country`.
    `caution` says that a name of it is also another word, person or place ("Arena", "Solidarity").
    """

    table: ClassVar[str] = "bodies"
    key: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    name: str
    names: tuple[str, ...]
    country: str | None
    sector: str
    start: str | None
    end: str | None
    kind: str
    shared: bool
    caution: bool
    source: str

    def __post_init__(self) -> None:
        known = SECTORS if self.country else BODY_SECTORS
        if self.sector not in known:
            raise ValueError(f"sector {self.sector!r} of {self.name} is none of {', '.join(known)}")
        if self.kind not in KINDS:
            raise ValueError(f"kind {self.kind!r} of {self.name} is none of {', '.join(sorted(KINDS))}")
        Period(self.start, self.end)

    @property
    def period(self) -> Period:
        """When the row holds."""
        return Period(self.start, self.end)

    @property
    def all_names(self) -> tuple[str, ...]:
        """The name and its other forms."""
        return (self.name, *self.names)


class BodyIndex:
    """Bodies by name and by id; names are told apart by case, not by accents, full stops or the shape of hyphens."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        rows = tuple(bodies)
        self._by_id = {body.id: body for body in rows}
        self._names = PhraseTable((name, body) for body in rows for name in body.all_names)

    def __iter__(self) -> Iterator[Body]:
        return iter(self._by_id.values())

    def get(self, id: str) -> Body | None:
        """The body with this id."""
        return self._by_id.get(id)

    def by_name(self, name: str, on: Date | None = None) -> tuple[Body, ...]:
        """The bodies called NAME on the date ON, in the table's order; see `held`."""
        return held(self._names.get(name), on)

    def matches(self, text: CutText, on: Date | None = None) -> list[tuple[int, int, Body]]:
        """(first token, token after the last, body) of each name in TEXT: leftmost, longest, none overlapping.

        A name that several bodies bear gives one match for each, in the table's order, with the same tokens.
        """
        return [(start, end, body) for start, end, found in self._names.scan(text) for body in held(found, on)]


def held(bodies: tuple[Body, ...], on: Date | None) -> tuple[Body, ...]:
    """Those of BODIES whose row may hold on the date ON; all of them where none does or no date is given.

    A body is still spoken of when it is gone: the KGB of a report of 2005 is the KGB.
    """
    if on is None:
        return bodies
    return tuple(body for body in bodies if body.period.may_cover(on)) or bodies


def index(lexicon: Lexicon) -> BodyIndex:
    """The index over the lexicon's bodies; use it as `lexicon.compiled(bodies.index)`."""
    return BodyIndex(lexicon.rows(Body))
