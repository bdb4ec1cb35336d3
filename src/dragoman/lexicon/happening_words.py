"""What ties two words that may name one happening: kinship, a shared sense, a row of words told of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from dragoman.lexicon.table import Lexicon

POS: Final = ("VERB", "NOUN", "ADJ")


@dataclass(frozen=True, slots=True)
class WordSenseRow:
    """A word or phrase in base form, the numbers of its commonest senses, and words derived from it or the reverse."""

    table: ClassVar[str] = "word_senses"
    key: ClassVar[tuple[str, ...]] = ("lemma", "pos")
    lemma: str
    pos: str
    senses: tuple[str, ...]
    kin: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.pos not in POS:
            raise ValueError(f"pos: {self.pos!r} is none of {', '.join(POS)}")


@dataclass(frozen=True, slots=True)
class HappeningWordsRow:
    """Words and phrases in base form by which texts may speak of one happening."""

    table: ClassVar[str] = "happening_words"
    key: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    lemmas: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.lemmas) < 2 or len(set(self.lemmas)) < len(self.lemmas):
            raise ValueError(f"lemmas: {';'.join(self.lemmas)!r}; two or more different words are wanted")


@dataclass(frozen=True, slots=True)
class Ties:
    """Whatever two words have in common here ties them. `kin` holds the words themselves too."""

    kin: frozenset[str] = frozenset()
    senses: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HappeningWords:
    """The tables by word; words are lemmas in small letters."""

    senses: Mapping[tuple[str, str], WordSenseRow]
    rows: Mapping[str, frozenset[str]]

    def ties(self, words: Iterable[tuple[str, str]]) -> Ties:
        """The ties of some words with their parts of speech (UPOS), all together; every word is its own kin."""
        words = list(words)
        found = [row for word in words if (row := self.senses.get(word)) is not None]
        return Ties(
            frozenset(word for word, _ in words) | frozenset(kin for row in found for kin in row.kin),
            frozenset(sense for row in found for sense in row.senses),
            frozenset(row for word, _ in words for row in self.rows.get(word, ())),
        )

    def knows(self, word: str, pos: str) -> bool:
        """Whether a word or phrase stands in either table."""
        return (word, pos) in self.senses or word in self.rows


def index(lexicon: Lexicon) -> HappeningWords:
    """The tables by word."""
    rows: dict[str, set[str]] = {}
    for row in lexicon.rows(HappeningWordsRow):
        for lemma in row.lemmas:
            rows.setdefault(lemma, set()).add(row.id)
    senses = {(row.lemma, row.pos): row for row in lexicon.rows(WordSenseRow)}
    return HappeningWords(senses, {word: frozenset(found) for word, found in rows.items()})
