"""What mentions refer to: pairs scored over the encoder's pass, a softmax over antecedents and none, and rules.

Word-level coreference (Dobrovolskii 2021) with a mention-ranking softmax (Lee et al. 2017): every mention chooses one
of a bounded number of antecedents or none, so that time grows with the length of the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from dragoman.language.annotations import Reference
from dragoman.language.mentions import PAIR, SINGLE, Ints, Mentions, Text, features, mentions, name_relation, pairs

Floats = NDArray[np.float32]

WIDTH = 96
"""Width of a word's vectors as anaphor and as antecedent."""
HIDDEN = 64
"""Width of the scorer's hidden layer."""
THRESHOLD = 0.5
"""Probability below which no antecedent is given."""
PREFIX = "reference_"
"""Of the scorer's arrays among those of other heads."""


def _starts(sizes: Mapping[str, int]) -> Ints:
    return np.array([0, *accumulate(sizes.values())][:-1], np.int64)


SINGLE_STARTS, PAIR_STARTS = _starts(SINGLE), _starts(PAIR)
"""First row of each feature's values in the scorer's tables."""
SHAPES = {
    "bilinear": (WIDTH, WIDTH), "anaphor": (WIDTH, HIDDEN), "antecedent": (WIDTH, HIDDEN),
    "anaphor_features": (sum(SINGLE.values()), HIDDEN), "antecedent_features": (sum(SINGLE.values()), HIDDEN),
    "pair_features": (sum(PAIR.values()), HIDDEN), "hidden": (HIDDEN,), "out": (HIDDEN,),
    "none_anaphor": (WIDTH, HIDDEN), "none_features": (sum(SINGLE.values()), HIDDEN), "none_hidden": (HIDDEN,),
    "none_out": (HIDDEN,), "none_bias": (1,),
}  # fmt: skip
"""The scorer's arrays."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """The trained scorer of pairs, over arrays named as in SHAPES."""

    arrays: Mapping[str, Floats]

    @classmethod
    def of(cls, arrays: Mapping[str, Floats]) -> "Scorer":
        """The scorer among the arrays of all heads. Raises KeyError or ValueError where one lacks or has another shape."""
        found = {name: np.ascontiguousarray(arrays[PREFIX + name], np.float32) for name in SHAPES}
        for name, shape in SHAPES.items():
            if found[name].shape != shape:
                raise ValueError(f"{PREFIX}{name} has shape {found[name].shape}, not {shape}")
        return cls(found)

    def none(self, anaphor: Floats, single: Ints) -> Floats:
        """Scores [n] of "no antecedent" of mentions with vectors [n, WIDTH] and features."""
        p = self.arrays
        hidden = anaphor @ p["none_anaphor"] + _sum(p["none_features"], single, SINGLE_STARTS) + p["none_hidden"]
        found: Floats = np.maximum(hidden, 0) @ p["none_out"] + p["none_bias"]
        return found

    def pairs(self, anaphor: Floats, antecedent: Floats, single: Ints, pair: Ints, i: Ints, j: Ints) -> Floats:
        """Scores [pairs] that mention j is what mention i refers to; `pair`: their features."""
        p = self.arrays
        mixed = anaphor @ p["bilinear"] / WIDTH**0.5
        one = anaphor @ p["anaphor"] + _sum(p["anaphor_features"], single, SINGLE_STARTS) + p["hidden"]
        other = antecedent @ p["antecedent"] + _sum(p["antecedent_features"], single, SINGLE_STARTS)
        hidden = one[i] + other[j]
        for k, start in enumerate(PAIR_STARTS):
            hidden += p["pair_features"][pair[:, k] + start]
        found: Floats = np.einsum("pw,pw->p", mixed[i], antecedent[j]) + np.maximum(hidden, 0) @ p["out"]
        return found


def _sum(table: Floats, values: Ints, starts: Ints) -> Floats:
    found: Floats = table[values + starts].sum(1)
    return found
