"""What a verb or noun over an agreement says of how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, TypeAlias

from dragoman.lexicon.table import Lexicon
from dragoman.terms import AGREEMENT_STATUSES

Steps: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StepRow:
    """Lemmas that put an agreement into one status."""

    table: ClassVar[str] = "agreement_steps"
    key: ClassVar[tuple[str, ...]] = ("status",)
    status: str
    lemmas: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.status not in AGREEMENT_STATUSES:
            raise ValueError(f"status: {self.status!r} is none of {', '.join(AGREEMENT_STATUSES)}")


def index(lexicon: Lexicon) -> Steps:
    """Lemma to status."""
    return MappingProxyType({lemma: row.status for row in lexicon.rows(StepRow) for lemma in row.lemmas})
