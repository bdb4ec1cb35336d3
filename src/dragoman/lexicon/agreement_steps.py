"""Nouns for agreements, and what a verb or noun over one says of how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from dragoman.lexicon.table import Lexicon
from dragoman.terms import AGREEMENT_STATUSES

NOUN_KINDS = ("treaty", "plain", "loose", "law", "gathering", "name")
WORD_KINDS = ("treaty law", "meeting", "domestic")


@dataclass(frozen=True, slots=True)
class StepRow:
    """Lemmas that put an agreement into one status: over it as object (`lemmas`, phrases with a particle or object),
    with it as subject (`subject`); `cases` are the prepositions by which it may hang on these verbs instead.
    """

    table: ClassVar[str] = "agreement_steps"
    key: ClassVar[tuple[str, ...]] = ("status",)
    status: str
    lemmas: tuple[str, ...]
    subject: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.status not in AGREEMENT_STATUSES:
            raise ValueError(f"status: {self.status!r} is none of {', '.join(AGREEMENT_STATUSES)}")


@dataclass(frozen=True, slots=True)
class AgreementNounRow:
    """Nouns of one kind, or words beside them that decide of what kind they are."""

    table: ClassVar[str] = "agreement_nouns"
    key: ClassVar[tuple[str, ...]] = ("kind",)
    kind: str
    lemmas: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.kind not in (*NOUN_KINDS, *WORD_KINDS):
            raise ValueError(f"kind: {self.kind!r} is none of {', '.join((*NOUN_KINDS, *WORD_KINDS))}")


@dataclass(frozen=True, slots=True)
class Steps:
    """`of` and `subject`: lemma to status. `cases`: verb to prepositions. `nouns`: noun to kind; `beside`: the reverse,
    for the kinds that decide beside a noun.
    """

    of: Mapping[str, str]
    subject: Mapping[str, str]
    cases: Mapping[str, tuple[str, ...]]
    nouns: Mapping[str, str]
    beside: Mapping[str, frozenset[str]]

    def words(self, kind: str) -> frozenset[str]:
        """The words of KIND that decide beside a noun."""
        return self.beside[kind]


def index(lexicon: Lexicon) -> Steps:
    """Both tables by their words."""
    rows = lexicon.rows(StepRow)
    nouns = lexicon.rows(AgreementNounRow)
    beside = {kind: frozenset(word for row in nouns if row.kind == kind for word in row.lemmas) for kind in WORD_KINDS}
    return Steps(
        MappingProxyType({lemma: row.status for row in rows for lemma in row.lemmas}),
        MappingProxyType({lemma: row.status for row in rows for lemma in row.subject}),
        MappingProxyType({lemma.split()[0]: row.cases for row in rows for lemma in row.lemmas}),
        MappingProxyType({lemma: row.kind for row in nouns if row.kind in NOUN_KINDS for lemma in row.lemmas}),
        MappingProxyType(beside),
    )
