"""Predicates with their arguments and reality, from the encoder's vectors."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dragoman.language.annotations import Argument, Predicate, Reality
from dragoman.language.encoder import Reading

Floats = NDArray[np.float32]


BLOCK = 64
"""Predicates whose vectors go through the weight at once: the product stays in the processor's cache."""


class RoleScorer:
    """Scores the role of every word of a sentence for each predicate, biaffinely."""

    def __init__(self, weight: Floats, labels: Sequence[str]) -> None:
        """`weight` [1 + width, roles * (1 + width)]; `labels` of the roles, the first of them: no argument."""
        self.labels = tuple(labels)
        self.core = frozenset(k for k, name in enumerate(labels) if name.startswith("ARG") and name[3:4].isdigit())
        by_role = weight.reshape(len(weight), len(labels), -1).swapaxes(1, 2)  # so that the roles come last
        self._weight = np.ascontiguousarray(by_role).reshape(len(weight), -1)
        self._room = np.empty((BLOCK, self._weight.shape[1]), np.float32)

    def mixed(self, givers: Floats) -> Floats:
        """[predicates, 1 + width, roles]: the vectors of at most BLOCK predicates through the weight.

        The scores of the roles by themselves come last. Good until the next call, which writes to the same place.
        """
        rows = np.concatenate([givers, np.ones((len(givers), 1), np.float32)], 1)
        found: Floats = np.matmul(rows, self._weight, out=self._room[: len(rows)])
        return found.reshape(len(rows), -1, len(self.labels))

    def scores(self, mixed: Floats, takers: Floats) -> Floats:
        """[predicates, words, roles]: of each word of a sentence for each of some predicates."""
        found: Floats = takers @ mixed[:, :-1] + mixed[:, -1:]
        return found


def predicates_of(
    reading: Reading,
    sentences: Sequence[tuple[int, int]],
    place: NDArray[np.int64],
    scorer: RoleScorer,
    given: Sequence[int] | None = None,
) -> list[Predicate]:
    """Predicates of the sentences of a reading; `place` maps its words to tokens, `given` are its known predicates."""
    words = np.flatnonzero(reading.predicates > 0) if given is None else np.array(sorted(given), np.int64)
    if len(scorer.labels) < 2 or not len(words):
        return []  # trained without roles, or nothing to say
    sure = (1 / (1 + np.exp(-reading.predicates[words]))).tolist()
    reality = reading.reality[words].tolist()
    claims = _claims(reading, sentences, words, scorer)
    tokens, roles = place.tolist(), scorer.labels
    return [
        Predicate(
            tokens[word], sure[k], tuple([Argument(tokens[i], roles[r], p) for i, r, p in sorted(claims[k].values())]),
            Reality(*reality[k]),
        )
        for k, word in enumerate(words.tolist())
    ]  # fmt: skip


def _claims(
    reading: Reading, sentences: Sequence[tuple[int, int]], words: NDArray[np.int64], scorer: RoleScorer
) -> list[dict[tuple[int, int], tuple[int, int, float]]]:
    """(word, role, probability) of the arguments of each of the predicates `words`.

    A core role goes to the likeliest of the words that claim it.
    """
    starts = np.array([start for start, _ in sentences])
    number = (np.searchsorted(starts, words, "right") - 1).tolist()
    parts = []
    for low, high in pairwise(
        sorted({*np.searchsorted(words, starts).tolist(), *range(0, len(words), BLOCK), len(words)})
    ):
        if low % BLOCK == 0:
            mixed = scorer.mixed(reading.givers[words[low : low + BLOCK]])
        start, end = sentences[number[low]]
        scores = scorer.scores(mixed[low % BLOCK :][: high - low], reading.takers[start:end])
        best = scores.argmax(-1)
        which, word = best.nonzero()
        parts.append((which + low, word + start, best[which, word], scores[which, word]))
    which, word, role, scores = (np.concatenate(column) for column in zip(*parts, strict=True))
    sure = 1 / np.exp(scores - scores.max(1, keepdims=True)).sum(1)
    out: list[dict[tuple[int, int], tuple[int, int, float]]] = [{} for _ in number]
    for k, i, r, p in zip(which.tolist(), word.tolist(), role.tolist(), sure.tolist(), strict=True):
        key = (r, -1) if r in scorer.core else (r, i)
        if key not in out[k] or p > out[k][key][2]:
            out[k][key] = i, r, p
    return out
