"""What the parser says of a text beyond the tree: who does what, whether it is real, and what a word refers to.

These layers have no place in a spaCy `Token`; they are kept in `Doc.user_data` and read by the functions below. Words
are token indices of the doc. A doc that no parser of ours has filled has none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc

_ACTS = "dragoman_acts"
_PREDICATES = "dragoman_predicates"
_REFERENCES = "dragoman_references"
_MEANINGS = "dragoman_meanings"


@dataclass(frozen=True, slots=True)
class Argument:
    """A word that heads an argument of a predicate, with its PropBank role ("ARG0", "ARGM-TMP") and probability."""

    word: int
    role: str
    probability: float


@dataclass(frozen=True, slots=True)
class Reality:
    """How real a predicate's event is, on the scales of UDS (White et al. 2020), about -3 to 3.

    `factual` > 0: it happened or holds, < 0: it did not or not yet (unreliable under negation: take that from the
    tree); `particular`: one event, no habit or kind; `dynamic`: no state; `hypothetical`: only supposed.
    """

    factual: float
    particular: float
    dynamic: float
    hypothetical: float


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb, noun or adjective with arguments in PropBank's sense, and the probability that it is one."""

    word: int
    probability: float
    arguments: tuple[Argument, ...]
    reality: Reality


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention and an antecedent of it, each by its head word, and the probability that they are one."""

    word: int
    antecedent: int
    probability: float


@dataclass(frozen=True, slots=True)
class Party:
    """A word that heads a party of an act: its `source`, its `target`, or one of `both` sides of a reciprocal one.

    `word` is None where the sentence only implies the party. `homes` are the words that may tell its country, None for
    that it has none, with probabilities over a twentieth; `sectors` likewise what it is, in codes of `dragoman.terms`.
    """

    word: int | None
    side: str
    probability: float
    homes: tuple[tuple[int | None, float], ...] = ()
    sectors: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Act:
    """A word that may name an act of foreign affairs.

    `kinds`: probabilities of the PLOVER types as acts, over a thousandth; they and that of no act add up to 1.
    `modes`, `statuses`: those of the act if it is one, over a thousandth; `background`: that it is older than the news.
    """

    word: int
    kinds: Mapping[str, float]
    modes: Mapping[str, float]
    statuses: Mapping[str, float]
    background: float
    parties: tuple[Party, ...]

    @property
    def probability(self) -> float:
        """That the word names an act at all."""
        return sum(self.kinds.values())


def acts(doc: Doc) -> tuple[Act, ...] | None:
    """Words that may name an act, in text order; None where the parser's weights know nothing of acts."""
    found: tuple[Act, ...] | None = doc.user_data.get(_ACTS)
    return found


def keep_acts(doc: Doc, found: Sequence[Act]) -> None:
    """Write the layer of acts into the doc."""
    doc.user_data[_ACTS] = tuple(found)


def meanings(doc: Doc) -> NDArray[np.float32] | None:
    """A vector a token of what happens by it, as the heads of acts see it; None where none were asked for, or the
    parser's weights know nothing of acts. Only the direction from the mean over many words tells anything.
    """
    found: NDArray[np.float32] | None = doc.user_data.get(_MEANINGS)
    return found


def keep_meanings(doc: Doc, found: NDArray[np.float32]) -> None:
    """Write the vectors into the doc."""
    doc.user_data[_MEANINGS] = found


def predicates(doc: Doc) -> tuple[Predicate, ...]:
    """Predicates of the doc in text order."""
    found: tuple[Predicate, ...] = doc.user_data.get(_PREDICATES, ())
    return found


def references(doc: Doc) -> tuple[Reference, ...]:
    """Mentions that have a likely antecedent, in text order; every word at most once as `word`."""
    found: tuple[Reference, ...] = doc.user_data.get(_REFERENCES, ())
    return found


def keep(doc: Doc, found: Sequence[Predicate], links: Sequence[Reference]) -> None:
    """Write the layers into the doc."""
    doc.user_data[_PREDICATES] = tuple(found)
    doc.user_data[_REFERENCES] = tuple(links)


def chains(doc: Doc) -> dict[int, int]:
    """Number, from 1 in text order, of the entity of each word that corefers with another one.

    Links join their words whichever comes first in the text: an antecedent may follow its mention.
    """
    above: dict[int, int] = {}

    def first(word: int) -> int:
        """The first word of a chain."""
        while (before := above.setdefault(word, word)) != word:
            above[word] = above[before]
            word = before
        return word

    for link in references(doc):
        one, other = first(link.word), first(link.antecedent)
        above[max(one, other)] = min(one, other)
    numbers = {word: n for n, word in enumerate(sorted({first(word) for word in above}), start=1)}
    return {word: numbers[first(word)] for word in sorted(above)}
