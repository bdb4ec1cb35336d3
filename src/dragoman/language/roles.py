"""Predicates with their arguments and reality, from the encoder's vectors."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dragoman.language.annotations import Argument, Predicate, Reality
from dragoman.language.encoder import Reading

Floats = NDArray[np.float32]


class RoleScorer:
    """Scores the role of every word of a sentence for each predicate, biaffinely."""

    def __init__(self, weight: Floats, labels: Sequence[str]) -> None:
        """`weight` [1 + width, roles * (1 + width)]; `labels` of the roles, the first of them: no argument."""
        self.labels = tuple(labels)
        self._weight = np.ascontiguousarray(weight)
        self._core = {k for k, label in enumerate(labels) if label.startswith("ARG") and label[3:4].isdigit()}

    def mixed(self, givers: Floats) -> Floats:
        """[predicates, roles, 1 + width]: the predicates' vectors through the weight, the score of each role last."""
        ones = np.ones((len(givers), 1), np.float32)
        found: Floats = (np.concatenate([givers, ones], 1) @ self._weight).reshape(len(givers), len(self.labels), -1)
        return found

    def arguments(self, mixed: Floats, takers: Floats) -> list[list[tuple[int, int, float]]]:
        """(word, role, probability) of each predicate's arguments among the words of its sentence, in their order.

        A core role goes to the likeliest of the words that claim it.
        """
        scores = takers @ mixed[..., :-1].transpose(0, 2, 1) + mixed[:, None, :, -1]
        best = scores.argmax(-1)
        which, word = best.nonzero()
        claimed = scores[which, word]
        role = best[which, word]
        sure = 1 / np.exp(claimed - claimed.max(1, keepdims=True)).sum(1)
        out: list[dict[tuple[int, int], tuple[int, int, float]]] = [{} for _ in mixed]
        for k, i, r, p in zip(which.tolist(), word.tolist(), role.tolist(), sure.tolist(), strict=True):
            key = (r, -1) if r in self._core else (r, i)
            if key not in out[k] or p > out[k][key][2]:
                out[k][key] = i, r, p
        return [sorted(found.values()) for found in out]


def predicates_of(
    reading: Reading,
    sentences: Sequence[tuple[int, int]],
    place: NDArray[np.int64],
    scorer: RoleScorer,
    given: Sequence[int] | None = None,
) -> list[Predicate]:
    """Predicates of the sentences of a window; `place` maps its words to tokens, `given` are its known predicates."""
    words = np.flatnonzero(reading.predicates > 0) if given is None else np.array(sorted(given), np.int64)
    if len(scorer.labels) < 2 or not len(words):
        return []  # trained without roles, or nothing to say
    mixed = scorer.mixed(reading.givers[words])
    sure = (1 / (1 + np.exp(-reading.predicates[words]))).tolist()
    reality = reading.reality[words].tolist()
    tokens = place.tolist()
    found: list[Predicate] = []
    edges = np.searchsorted(words, [start for start, _ in sentences] + [len(tokens)]).tolist()
    for (start, end), low, high in zip(sentences, edges, edges[1:], strict=False):
        if low == high:
            continue
        for k, said in enumerate(scorer.arguments(mixed[low:high], reading.takers[start:end]), low):
            arguments = tuple(Argument(tokens[start + i], scorer.labels[r], p) for i, r, p in said)
            found.append(Predicate(tokens[words[k]], sure[k], arguments, Reality(*reality[k])))
    return found
