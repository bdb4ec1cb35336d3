"""Predicates with their arguments and reality, from the encoder's vectors."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dragoman.language.annotations import Argument, Predicate, Reality
from dragoman.language.encoder import Reading

NONE = 0
"""The class of words that are no argument."""

Floats = NDArray[np.float32]


class RoleScorer:
    """Scores the role of every word of a sentence for each predicate, biaffinely."""

    def __init__(self, weight: Floats, labels: Sequence[str]) -> None:
        """`weight` [1 + width, roles * (1 + width)]; `labels` of the roles, the first of them: none."""
        self.labels = tuple(labels)
        self._weight = np.ascontiguousarray(weight)
        self._core = [k for k, label in enumerate(labels) if label.startswith("ARG") and label[3:4].isdigit()]

    def __call__(self, givers: Floats, takers: Floats) -> Floats:
        """Probabilities [predicates, words, roles] from the vectors of the predicates and of all words."""
        ones = np.ones((len(givers), 1), np.float32)
        mixed = (np.concatenate([givers, ones], 1) @ self._weight).reshape(len(givers), len(self.labels), -1)
        scores = takers @ mixed[..., :-1].transpose(0, 2, 1) + mixed[:, None, :, -1]
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        found: Floats = scores / scores.sum(-1, keepdims=True)
        return found

    def best(self, probabilities: Floats) -> NDArray[np.int64]:
        """The role of each word [predicates, words]; a core role goes to the likeliest of the words that claim it."""
        best = probabilities.argmax(-1)
        for role in self._core:
            claimed = np.where(best == role, probabilities[..., role], -1.0)
            loses = (best == role) & (np.arange(best.shape[1]) != claimed.argmax(1)[:, None])
            best[loses] = NONE
        return best


def predicates_of(
    reading: Reading,
    sentences: Sequence[tuple[int, int]],
    place: NDArray[np.int64],
    scorer: RoleScorer,
    given: Sequence[int] | None = None,
) -> list[Predicate]:
    """Predicates of the sentences of a window; `place` maps its words to tokens, `given` are its known predicates."""
    found: list[Predicate] = []
    chosen = reading.predicates > 0
    if given is not None:
        chosen[:] = False
        chosen[list(given)] = True
    if len(scorer.labels) < 2:
        return found  # trained without roles
    for start, end in sentences:
        words = start + np.flatnonzero(chosen[start:end])
        if not len(words):
            continue
        probabilities = scorer(reading.givers[words], reading.takers[start:end])
        best = scorer.best(probabilities)
        sure = 1 / (1 + np.exp(-reading.predicates[words]))
        for k, word in enumerate(words.tolist()):
            arguments = tuple(
                Argument(int(place[start + i]), scorer.labels[best[k, i]], float(probabilities[k, i, best[k, i]]))
                for i in np.flatnonzero(best[k]).tolist()
            )
            reality = Reality(*reading.reality[word].tolist())
            found.append(Predicate(int(place[word]), float(sure[k]), arguments, reality))
    return found
