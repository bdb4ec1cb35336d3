"""How likely each two mentions of a story are one happening: a sum of a few weighed signs, as a probability.

The weights are round numbers, chosen by hand near what a logistic regression over the development topics of ECB+ gives
(docs/linking.md says what was measured); nothing else is learnt.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dragoman.linking.mention_texts import Mention

Floats = NDArray[np.float32]

UNTIED: Final = -6.0
"""Two mentions of which nothing is known, in log odds; all below are added to it."""
SAME_WORD: Final = 5.0
SYNONYMS: Final = 4.5
"""Their words share a sense, one derives from the other, or two rows of `happening_words.tsv` name both."""
ONE_ROW: Final = 3.5
"""One row of it names both: it may be one happening, told by cause and outcome."""
NEAR_TEXTS: Final = 3.5
"""Times the cosine of their texts."""
NEAR_SENTENCES: Final = 1.0
"""Times the cosine of the rest of their sentences."""
SHARED_ARGUMENT: Final = 0.5
"""For each word that hangs on both."""
BESIDE: Final = -2.0
"""For each of the two whose word stands in the other's sentence, beside it: a sentence seldom tells a thing twice."""
ONE_TEXT: Final = -1.0
"""They stand in one text."""
TELLING: Final = -1.5
"""For each that tells of words."""
FREQUENT: Final = 0.5
"""Times how often the commoner of their words is mentioned, a text: what a story is about is told in many ways."""
BOTH_FREQUENT: Final = -0.5
"""Times how often the rarer is: two words that are both often told are two things."""
MEANING: Final = 2.0
"""Times the cosine of what the encoder makes of them."""


def likelihoods(
    found: Sequence[Mention], meaning: Sequence[Floats | None], near: Floats, rarity: Callable[[str], float]
) -> Floats:
    """[mentions, mentions] probabilities for the mentions of one story.

    MEANING: a vector of length 1 for each mention, or None; NEAR: cosine of the texts of each two; RARITY: weight of a
    lemma of a sentence.
    """
    if not found:
        return np.zeros((0, 0), np.float32)
    score = np.full((len(found), len(found)), UNTIED, np.float32)
    score += _ties(found)
    score += NEAR_TEXTS * near
    about = _table([m.about for m in found], rarity)
    score += NEAR_SENTENCES * _cosines(about)
    arguments = _table([m.arguments for m in found])
    score += SHARED_ARGUMENT * (arguments @ arguments.T)
    score += BESIDE * _beside(found)
    texts = np.array([m.text for m in found])
    score += ONE_TEXT * (texts[:, None] == texts)
    telling = np.array([m.telling for m in found], np.float32)
    score += TELLING * (telling[:, None] + telling)
    heads = Counter(m.head for m in found)
    often = np.array([heads[m.head] for m in found], np.float32) / len(set(texts.tolist()))
    score += FREQUENT * np.maximum(often[:, None], often) + BOTH_FREQUENT * np.minimum(often[:, None], often)
    score += MEANING * _meanings(meaning)
    return (1 / (1 + np.exp(-score))).astype(np.float32)


def _ties(found: Sequence[Mention]) -> Floats:
    """What the tables say of the words of each two: the strongest tie counts."""
    words = _shared([m.words for m in found])
    rows = _shared([m.ties.rows for m in found])
    synonyms = (_shared([m.ties.senses for m in found]) > 0) | (_shared([m.ties.kin for m in found]) > 0) | (rows > 1)
    tied = np.where(rows > 0, ONE_ROW, 0.0)
    tied = np.where(synonyms, SYNONYMS, tied)
    best: Floats = np.where(words > 0, SAME_WORD, tied).astype(np.float32)
    return best


def _beside(found: Sequence[Mention]) -> Floats:
    """How many of each two have their head's word in the other's sentence, beside it: 0, 1 or 2."""
    heads = {head: k for k, head in enumerate(sorted({m.head for m in found}))}
    where = np.zeros((len(found), len(heads)), np.float32)
    for i, mention in enumerate(found):
        where[i, [heads[lemma] for lemma in mention.about if lemma in heads]] = 1
    there = where[:, [heads[m.head] for m in found]]
    both: Floats = there + there.T
    return both


def _meanings(vectors: Sequence[Floats | None]) -> Floats:
    """Cosines of the vectors; 0 where one is unknown."""
    width = next((len(v) for v in vectors if v is not None), 1)
    table = np.array([np.zeros(width, np.float32) if v is None else v for v in vectors], np.float32)
    found: Floats = table @ table.T
    return found


def _shared(sets: Sequence[Collection[str]]) -> Floats:
    """How many members each two sets share."""
    table = _table(sets)
    found: Floats = table @ table.T
    return found


def _cosines(table: Floats) -> Floats:
    lengths = np.linalg.norm(table, axis=1)
    unit = (table / np.where(lengths > 0, lengths, 1)[:, None]).astype(np.float32)
    found: Floats = unit @ unit.T
    return found


def _table(sets: Sequence[Collection[str]], weight: Callable[[str], float] | None = None) -> Floats:
    """A row a set, a column a member that at least two sets have; of all members where they are weighed."""
    spread = Counter(member for one in sets for member in one)
    kept = sorted(member for member, n in spread.items() if n > 1 or weight is not None)
    columns: Mapping[str, int] = {member: k for k, member in enumerate(kept)}
    table = np.zeros((len(sets), max(1, len(columns))), np.float32)
    for i, one in enumerate(sets):
        for member in one:
            if member in columns:
                table[i, columns[member]] = 1.0 if weight is None else weight(member)
    return table


def rarities(bags: Sequence[Mapping[str, float]], background: int) -> Callable[[str], float]:
    """The inverse document frequency of a lemma over some texts, with BACKGROUND texts that have none."""
    spread = Counter(lemma for bag in bags for lemma in bag)
    return lambda lemma: math.log((1 + len(bags) + background) / (1 + spread[lemma]))
