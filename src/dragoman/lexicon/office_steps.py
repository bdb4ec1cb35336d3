"""Verbs that begin or end a term of office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, TypeAlias

from dragoman.lexicon.table import Lexicon


@dataclass(frozen=True, slots=True)
class OfficeStepRow:
    """Lemmas of one effect (`begin`, `end`); `argument` (`subj`, `obj`) is where the person stands."""

    table: ClassVar[str] = "office_steps"
    key: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    lemmas: tuple[str, ...]
    effect: str
    argument: str

    def __post_init__(self) -> None:
        if self.effect not in ("begin", "end"):
            raise ValueError(f"effect: {self.effect!r} is neither begin nor end")
        if self.argument not in ("subj", "obj"):
            raise ValueError(f"argument: {self.argument!r} is neither subj nor obj")


OfficeSteps: TypeAlias = Mapping[str, tuple[OfficeStepRow, ...]]


def index(lexicon: Lexicon) -> OfficeSteps:
    """Lemma, particles and objects joined by a space, to its rows: who succeeds begins, and the other ends."""
    found: dict[str, tuple[OfficeStepRow, ...]] = {}
    for row in lexicon.rows(OfficeStepRow):
        for lemma in row.lemmas:
            found[lemma] = (*found.get(lemma, ()), row)
    return MappingProxyType(found)
