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
from dragoman.language.mentions import PAIR, SINGLE, Ints, Mentions, Text, features, mentions, pairs

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
        """The scorer among the arrays of all heads. Raises KeyError or ValueError where one lacks or is misshapen."""
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


def text_of(doc: Doc) -> tuple[Text, list[int]]:
    """The doc's words without white space as a `Text`, and their token indices."""
    tokens = [token for token in doc if not token.is_space]
    place = {token.i: n for n, token in enumerate(tokens)}
    sentences: list[int] = []
    number = -1
    for token in tokens:
        number += token.is_sent_start is True or number < 0
        sentences.append(number)
    names = [f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in tokens]
    heads = [place.get(token.head.i, n) for n, token in enumerate(tokens)]
    text = Text(
        [token.text for token in tokens], [token.pos_ for token in tokens], [str(token.morph) for token in tokens],
        heads, [token.dep_ for token in tokens], sentences, names,
    )  # fmt: skip
    return text, [token.i for token in tokens]


def references_of(
    doc: Doc, anaphor: Floats, antecedent: Floats, scorer: Scorer, threshold: float = THRESHOLD
) -> tuple[Reference, ...]:
    """Mentions of a parsed doc with an antecedent whose probability reaches the threshold, in text order.

    `anaphor` and `antecedent` [tokens, WIDTH]: the encoder's vectors of every token; those of white space aren't read.
    """
    text, tokens = text_of(doc)
    m = mentions(text)
    if not len(m.word):
        return ()
    place = np.array(tokens, np.int64)[m.word]
    known = same_names(m)
    i, j = pairs(m)
    open_ = ~np.isin(i, list(known))
    i, j = i[open_], j[open_]
    one, other = anaphor[place], antecedent[place]
    scores = scorer.pairs(one, other, m.single, features(m, i, j), i, j)
    found = choose(m, i, j, scores, scorer.none(one, m.single), known, threshold)
    return tuple(Reference(int(place[a]), int(place[b]), p) for a, (b, p) in sorted(found.items()))


PERSON = 1
_NORP, _AMOD = 5, 13


def same_names(m: Mentions) -> dict[int, int]:
    """Mentions that repeat a name, each with the latest earlier mention of it.

    Also a surname after the full name and the full name after it, where only one person of the text bears it so far.
    Demonyms before a noun are left out: "Iranian" there is no mention of the people.
    """
    latest: dict[tuple[int, int], int] = {}
    bearers: dict[int, dict[int, int]] = {}
    out: dict[int, int] = {}
    sizes = (m.parts >= 0).sum(1).tolist()
    for n, (form, last, single) in enumerate(zip(m.form.tolist(), m.last.tolist(), m.single.tolist(), strict=True)):
        label = single[1]
        if not label or (label == _NORP and single[2] == _AMOD):
            continue
        before = latest.get((form, label))
        if label == PERSON:
            known = bearers.setdefault(last, {})
            full = [f for f in known if f >= 0]
            if sizes[n] == 1 and len(full) == 1:
                before = max(known.values())
            elif sizes[n] == 1 and len(full) > 1:
                before = None
            elif sizes[n] > 1 and before is None and not full:
                before = known.get(-1)
            known[form if sizes[n] > 1 else -1] = n
        if before is not None:
            out[n] = before
        latest[form, label] = n
    return out


class _Clusters:
    """Mentions joined so far, and the genders said of each cluster."""

    def __init__(self, genders: list[int]) -> None:
        self.above = list(range(len(genders)))
        self.genders = genders

    def find(self, n: int) -> int:
        """The cluster of a mention."""
        while self.above[n] != n:
            self.above[n] = self.above[self.above[n]]
            n = self.above[n]
        return n

    def join(self, a: int, b: int) -> None:
        """Make the clusters of two mentions one."""
        a, b = self.find(a), self.find(b)
        self.genders[b] = self.genders[b] or self.genders[a]
        self.above[a] = b

    def clash(self, a: int, b: int) -> bool:
        """Whether two clusters are of unlike genders."""
        first, second = self.genders[self.find(a)], self.genders[self.find(b)]
        return bool(first and second and first != second)


def choose(
    m: Mentions, i: Ints, j: Ints, scores: Floats, none: Floats, known: Mapping[int, int], threshold: float
) -> dict[int, tuple[int, float]]:
    """(antecedent, probability) by mention, from the scores of pairs in order of i, and of none by mention.

    A mention goes to the cluster whose members are most probable together, and of it to the likeliest member. `known`
    links are certain. A cluster of a he is never that of a she or an it.
    """
    clusters = _Clusters(m.single[:, 4].tolist())
    for a, b in known.items():
        clusters.join(a, b)
    out = {a: (b, 1.0) for a, b in known.items()}
    edges = np.flatnonzero(np.diff(i, prepend=-1)).tolist() if len(i) else []
    for start, end in zip(edges, [*edges[1:], len(i)], strict=True):
        n = int(i[start])
        options = [(k, int(j[k])) for k in range(start, end) if not clusters.clash(n, int(j[k]))]
        best = _best(clusters, options, scores, float(none[n]), n)
        if best is not None and best[1] >= threshold:
            out[n] = best
            clusters.join(n, best[0])
    return out


def _best(
    clusters: _Clusters, options: list[tuple[int, int]], scores: Floats, none: float, n: int
) -> tuple[int, float] | None:
    """The likeliest member of the likeliest cluster and that cluster's probability; None where none is likelier."""
    if not options:
        return None
    logits = np.append(scores[[k for k, _ in options]], none).astype(np.float64)
    weights = np.exp(logits - logits.max())
    weights /= weights.sum()
    sums: dict[int, float] = {}
    top: dict[int, tuple[float, int]] = {}
    for weight, (_, b) in zip(weights.tolist(), options, strict=False):
        cluster = clusters.find(b)
        sums[cluster] = sums.get(cluster, 0.0) + weight
        top[cluster] = max(top.get(cluster, (-1.0, -1)), (weight, b))
    cluster = max(sums, key=sums.__getitem__)
    if cluster == clusters.find(n) or sums[cluster] <= float(weights[-1]):
        return None
    return top[cluster][1], min(sums[cluster], 1.0)
