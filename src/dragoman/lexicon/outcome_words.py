"""Words that tell what became of a plan, and families of words for one act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final

from dragoman.facts import PLOVER_TYPES, Span
from dragoman.lexicon.phrases import plain
from dragoman.lexicon.table import Lexicon

CUE_KINDS: Final = (
    "put off", "called off", "did not happen", "changed", "refused", "held", "as planned", "part", "begun",
    "meant for", "until",
)  # fmt: skip

GAP_WORDS: Final = 5
"""Words that `~` in a phrase stands for at most."""

_GAP: Final = rf"(?:\s+[\w'’-]+){{1,{GAP_WORDS}}}?\s+"


@dataclass(frozen=True, slots=True)
class OutcomeCueRow:
    """Phrases of one kind, in the forms in which they stand. `matches` and `refuses` are run as tests."""

    table: ClassVar[str] = "outcome_cues"
    key: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    kind: str
    words: tuple[str, ...]
    matches: str
    refuses: str

    def __post_init__(self) -> None:
        if self.kind not in CUE_KINDS:
            raise ValueError(f"kind: {self.kind!r} is none of {', '.join(CUE_KINDS)}")


@dataclass(frozen=True, slots=True)
class OutcomeActRow:
    """Words for one act, for events of the PLOVER types `acts`; `nouns` are those that name it without saying it is
    done.

    `fulfils` is a family of plans that it fulfils with the sides changed about; `topic`: what it is done to must agree;
    `process`: it takes long, so that "began" is not all of it.
    """

    table: ClassVar[str] = "outcome_acts"
    key: ClassVar[tuple[str, ...]] = ("family",)
    family: str
    acts: tuple[str, ...]
    words: tuple[str, ...]
    nouns: tuple[str, ...] = ()
    fulfils: str = ""
    topic: bool = False
    process: bool = False

    def __post_init__(self) -> None:
        for act in self.acts:
            if act not in PLOVER_TYPES:
                raise ValueError(f"acts: {act!r} is no PLOVER type")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a kind in a sentence, with their characters."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """Both tables, compiled. `families` has the rows by name, `patterns` an expression for the phrases of each kind."""

    families: Mapping[str, OutcomeActRow]
    patterns: Mapping[str, re.Pattern[str]]

    def cues(self, kind: str, text: str) -> Iterator[Cue]:
        """The cues of KIND in TEXT, in its order."""
        for match in self.patterns[kind].finditer(text):
            yield Cue(kind, match.group(), match.span())

    def cue(self, kind: str, text: str) -> Cue | None:
        """The first cue of KIND in TEXT."""
        return next(self.cues(kind, text), None)


def index(lexicon: Lexicon) -> OutcomeWords:
    """Compile both tables."""
    phrases: dict[str, list[str]] = {kind: [] for kind in CUE_KINDS}
    for row in lexicon.rows(OutcomeCueRow):
        phrases[row.kind] += row.words
    families = {row.family: row for row in lexicon.rows(OutcomeActRow)}
    return OutcomeWords(
        MappingProxyType(families), MappingProxyType({kind: _pattern(words) for kind, words in phrases.items()})
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Longest phrases first; between words any white space, for a report's lines break where they like."""
    longest = sorted(words, key=len, reverse=True)
    parts = (_GAP.join(r"\s+".join(map(re.escape, part.split())) for part in plain(p).split("~")) for p in longest)
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)
