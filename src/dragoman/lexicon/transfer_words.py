"""Verbs and nouns that tell of a transfer: what they make of their subject, and what they say of its status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, TypeAlias

from dragoman.facts import STATUSES
from dragoman.lexicon.table import Lexicon

ROLES = ("verb", "noun", "gift", "lender", "stop", "goods")
DIRECTIONS = ("", "out", "in", "with", "for", "none")


@dataclass(frozen=True, slots=True)
class TransferWordRow:
    """Lemmas of one behaviour; a phrase is a verb with its particle or noun.

    `direction`: `out` where the subject supplies its object, `in` where it receives it, `with` where it supplies
    its object with something, `for` where it receives what stands after "for", `none` where it is itself the thing
    ("aid goes to Peru"). `items`: `any` thing, or only `listed` goods and money. `status` is what the word makes of
    a transfer that it tells of as a fact ("promised arms": scheduled); None leaves it to tense and cues.
    """

    table: ClassVar[str] = "transfer_words"
    key: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    role: str
    pos: str
    lemmas: tuple[str, ...]
    direction: str = ""
    items: str = ""
    status: str | None = None

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"role: {self.role!r} is none of {', '.join(ROLES)}")
        if self.direction not in DIRECTIONS:
            raise ValueError(f"direction: {self.direction!r} is none of {', '.join(DIRECTIONS[1:])}")
        if self.status is not None and self.status not in STATUSES:
            raise ValueError(f"status: {self.status!r} is none of {', '.join(STATUSES)}")


TransferWords: TypeAlias = Mapping[tuple[str, str, str], tuple[TransferWordRow, ...]]


def index(lexicon: Lexicon) -> TransferWords:
    """Role, part of speech and lemma (or phrase) to the rows that hold it."""
    found: dict[tuple[str, str, str], tuple[TransferWordRow, ...]] = {}
    for row in lexicon.rows(TransferWordRow):
        for lemma in row.lemmas:
            key = (row.role, row.pos, lemma)
            found[key] = (*found.get(key, ()), row)
    return MappingProxyType(found)
