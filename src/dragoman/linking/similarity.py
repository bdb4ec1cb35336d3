"""How near two texts are: cosine of tf-idf vectors over words, the usual first measure of "the same story"."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

WORD = re.compile(r"[^\W\d_]{3,}|\d{2,4}")

MANY = 10
"""Of fewer texts, words that most of them share may be just what makes them one story."""


def words(text: str) -> Counter[str]:
    """Words of three letters or more and numbers of two to four digits, in small letters, counted."""
    return Counter(w.lower() for w in WORD.findall(text))


def vectors(texts: Sequence[str]) -> list[dict[str, float]]:
    """A tf-idf vector of length 1 for each text; idf is taken over these texts and smoothed by one.

    Words that stand in more than half of the texts tell nothing apart and are left out, from MANY texts on.
    """
    counted = [words(text) for text in texts]
    spread = Counter(word for bag in counted for word in bag)
    total = len(texts)
    idf = {w: math.log((1 + total) / (1 + n)) for w, n in spread.items() if total < MANY or n <= total / 2}
    return [_unit({w: (1 + math.log(n)) * idf[w] for w, n in bag.items() if idf.get(w, 0) > 0}) for bag in counted]


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(x * x for x in vector.values()))
    return {w: x / length for w, x in vector.items()} if length else {}


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two vectors of length 1, from 0 to 1."""
    if len(b) < len(a):
        a, b = b, a
    return sum(x * b[w] for w, x in a.items() if w in b)
