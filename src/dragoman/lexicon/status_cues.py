"""Cues that tell whether an act happened, by lemma and part of speech."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from dragoman.facts import STATUSES
from dragoman.lexicon.table import Lexicon

SCOPES = (
    "complement", "infinitive", "passive", "modifier", "clause", "preposition", "factive", "tale", "judge", "verdict",
    "aside",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatusCueRow:
    """Cues of one effect. `scope` is what they govern; `matches` and `refuses` are run as tests."""

    table: ClassVar[str] = "status_cues"
    key: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    pos: str
    lemmas: tuple[str, ...]
    scope: str
    effect: str
    matches: str
    refuses: str

    def __post_init__(self) -> None:
        if self.scope not in SCOPES:
            raise ValueError(f"scope: {self.scope!r} is none of {', '.join(SCOPES)}")
        if self.effect not in STATUSES:
            raise ValueError(f"effect: {self.effect!r} is none of {', '.join(STATUSES)}")


@dataclass(frozen=True, slots=True)
class StatusIndex:
    """Effects by scope, then by (lemma, part of speech)."""

    by_scope: Mapping[str, Mapping[tuple[str, str], StatusCueRow]]

    def row(self, scope: str, lemma: str, pos: str) -> StatusCueRow | None:
        """The cue, or None."""
        return self.by_scope[scope].get((lemma, pos))


def index(lexicon: Lexicon) -> StatusIndex:
    """Compile the table."""
    found: dict[str, dict[tuple[str, str], StatusCueRow]] = {scope: {} for scope in SCOPES}
    for row in lexicon.rows(StatusCueRow):
        for lemma in row.lemmas:
            found[row.scope].setdefault((lemma, row.pos), row)
    return StatusIndex(MappingProxyType({scope: MappingProxyType(rows) for scope, rows in found.items()}))
