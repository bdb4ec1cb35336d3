"""Words and phrases with the PLOVER types that they usually name in the news, whoever does it to whom.

Wider than `predicates.tsv` and with less in each row: no frames, codes or parties. It tells the kind of an act that the
parser's heads have found, and never finds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final

from dragoman.facts import PLOVER_TYPES
from dragoman.lexicon.table import Lexicon

POS: Final = ("VERB", "NOUN", "ADJ")


@dataclass(frozen=True, slots=True)
class ActWordRow:
    """A word in base form, or a phrase: a verb with its particle or object, a noun after its modifiers.

    `acts` are one to three types, the most usual first.
    """

    table: ClassVar[str] = "act_words"
    key: ClassVar[tuple[str, ...]] = ("lemma", "pos")
    lemma: str
    pos: str
    acts: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.pos not in POS:
            raise ValueError(f"pos: {self.pos!r} is none of {', '.join(POS)}")
        if not 1 <= len(self.acts) <= 3 or len(set(self.acts)) < len(self.acts):
            raise ValueError(f"acts: {';'.join(self.acts)!r}; one to three different types are wanted")
        for act in self.acts:
            if act not in PLOVER_TYPES:
                raise ValueError(f"acts: {act!r} is no PLOVER type")


Usual = tuple[tuple[str, ...], tuple[str, ...]]
"""The words of a phrase beside its head, and its types."""


def index(lexicon: Lexicon) -> Mapping[tuple[str, str], tuple[Usual, ...]]:
    """Phrases by the lemma of their head and part of speech, the longest first."""
    found: dict[tuple[str, str], list[Usual]] = {}
    for row in lexicon.rows(ActWordRow):
        words = row.lemma.split(" ")
        at = 0 if row.pos == "VERB" else words.index("of") - 1 if "of" in words[1:] else len(words) - 1
        found.setdefault((words[at], row.pos), []).append(((*words[:at], *words[at + 1 :]), row.acts))
    return MappingProxyType({key: tuple(sorted(v, key=lambda u: -len(u[0]))) for key, v in found.items()})
