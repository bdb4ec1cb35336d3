"""What mentions refer to: pairs scored over the encoder's pass, a softmax over antecedents and none, and rules.

Word-level coreference (Dobrovolskii 2021) with a mention-ranking softmax (Lee et al. 2017): every mention chooses one
of a bounded number of antecedents or none, so that time grows with the length of the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import accumulate, pairwise
from math import prod

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    IS_SPACE,
    MORPH,
    ORTH,
    POS,
    SENT_START,
)
from spacy.tokens import Doc

from dragoman.language.annotations import Reference
from dragoman.language.mentions import PAIR, SINGLE, Ints, Mentions, Text, features, mentions, pairs

Floats = NDArray[np.float32]

WIDTH = 96
"""Width of a word's vectors as anaphor and as antecedent."""
HIDDEN = 64
"""Width of the scorer's hidden layer."""
THRESHOLD = 0.3
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


BLOCK = 512
"""Pairs that are scored at once: more of them leave the processor's cache."""

_JOINED = (2, 6, 10, len(PAIR))
"""Where the features of pairs are parted into groups; each group is looked up at once."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """The trained scorer of pairs, over arrays named as in SHAPES.

    `joined` has the sums for all values of each group of features: looking up four groups takes less than half the
    time of fifteen features.
    """

    arrays: Mapping[str, Floats]
    joined: tuple[Floats, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Add up the tables of each group of features."""
        tables = np.split(self.arrays["pair_features"], PAIR_STARTS[1:])
        groups = [tables[a:b] for a, b in pairwise((0, *_JOINED))]
        object.__setattr__(self, "joined", tuple(reduce(_product, group) for group in groups))

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
        rows = [pair[:, a:b] @ _STEPS[a:b] for a, b in pairwise((0, *_JOINED))]
        found = np.empty(len(i), np.float32)
        for part in (slice(at, at + BLOCK) for at in range(0, len(i), BLOCK)):
            a, b = i[part], j[part]
            hidden = one[a] + other[b]
            for table, row in zip(self.joined, rows, strict=True):
                hidden += table[row[part]]
            found[part] = np.einsum("pw,pw->p", mixed[a], antecedent[b]) + np.maximum(hidden, 0) @ p["out"]
        return found


def _steps() -> Ints:
    """How far one more of each feature's values moves in its group's table."""
    sizes = list(PAIR.values())
    return np.array([prod(sizes[k + 1 : b]) for a, b in pairwise((0, *_JOINED)) for k in range(a, b)], np.int64)


_STEPS = _steps()


def _product(a: Floats, b: Floats) -> Floats:
    """Sums of all rows of one table with all rows of another, those of the second changing fastest."""
    return (a[:, None] + b[None]).reshape(-1, a.shape[1])


def _sum(table: Floats, values: Ints, starts: Ints) -> Floats:
    found: Floats = table[values + starts].sum(1)
    return found


_IOB = ("", "I", "O", "B")


def text_of(doc: Doc) -> tuple[Text, list[int]]:
    """The doc's words without white space as a `Text`, and their token indices."""
    cells = doc.to_array([IS_SPACE, HEAD, SENT_START, ENT_IOB, ENT_TYPE, ORTH, POS, MORPH, DEP])
    tokens = np.flatnonzero(cells[:, 0] == 0)
    place = np.full(len(doc), -1)
    place[tokens] = np.arange(len(tokens))
    _, head, start, iob, kind, *columns = cells[tokens].T
    heads = place[tokens + head.view(np.int64)]
    starts = start == 1
    starts[:1] = True
    strings = doc.vocab.strings
    form = {number: strings[number] for number in set(np.unique(cells[tokens, 4:]).tolist())}
    words, upos, feats, relations = ([form[number] for number in column.tolist()] for column in columns)
    names = [f"{_IOB[b]}-{form[k]}" if k else "O" for b, k in zip(iob.tolist(), kind.tolist(), strict=True)]
    above = np.where(heads < 0, place[tokens], heads).tolist()
    text = Text(words, upos, feats, above, relations, (np.cumsum(starts) - 1).tolist(), names)
    return text, tokens.tolist()


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
    unknown = np.ones(len(place), np.bool_)
    unknown[list(known)] = False
    i, j = i[unknown[i]], j[unknown[i]]
    one, other = anaphor[place], antecedent[place]
    scores = scorer.pairs(one, other, m.single, features(m, i, j), i, j)
    found = choose(m, i, j, scores, scorer.none(one, m.single), known, threshold)
    at = place.tolist()
    return tuple([Reference(at[a], at[b], p) for a, (b, p) in sorted(found.items())])


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
    """Mentions joined so far, by number, and the genders said of each cluster."""

    def __init__(self, genders: list[int]) -> None:
        self.of = list(range(len(genders)))
        self.members = [[n] for n in self.of]
        self.genders = genders

    def join(self, a: int, b: int) -> None:
        """Make the clusters of two mentions one."""
        a, b = sorted((self.of[a], self.of[b]), key=lambda c: len(self.members[c]))
        if a == b:
            return
        self.genders[b] = self.genders[b] or self.genders[a]
        self.members[b] += self.members[a]
        for n in self.members[a]:
            self.of[n] = b


LEAST = 1e-4
"""Options that are so much less likely than the best one are not looked at."""


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
    top = none.astype(np.float64)
    np.maximum.at(top, i, scores)
    weights, nones = np.exp(scores - top[i]), np.exp(none - top)
    enough = np.bincount(i, weights, len(none)) > (1 - LEAST) * nones  # else all options together are less likely
    likely = (weights > LEAST) & enough[i]
    i, j, weights = i[likely], j[likely], weights[likely]
    edges = np.flatnonzero(np.diff(i, prepend=-1)).tolist()
    options = list(zip(j.tolist(), weights.tolist(), strict=True))
    for start, end in pairwise([*edges, len(options)]):
        n = int(i[start])
        best = _best(clusters, n, options[start:end], float(nones[n]))
        if best is not None and best[1] >= threshold:
            out[n] = best
            clusters.join(n, best[0])
    return out


def _best(clusters: _Clusters, n: int, options: list[tuple[int, float]], none: float) -> tuple[int, float] | None:
    """The likeliest member of mention n's likeliest cluster and its probability; None where none is likelier."""
    own = clusters.of[n]
    gender = clusters.genders[own]
    sums: dict[int, float] = {}
    for b, weight in options:
        cluster = clusters.of[b]
        other = clusters.genders[cluster]
        if not gender or not other or gender == other:
            sums[cluster] = sums.get(cluster, 0.0) + weight
    if not sums:
        return None
    cluster = max(sums, key=sums.__getitem__)
    if cluster == own or sums[cluster] <= none:
        return None
    _, likeliest = max((weight, b) for b, weight in options if clusters.of[b] == cluster)
    return likeliest, sums[cluster] / (sum(sums.values()) + none)
