"""Words that may name an act of foreign affairs, with its parties, from the encoder's vectors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.language.annotations import Act, Party
from dragoman.language.encoder import Labels, Reading

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

LEAST = 0.02
"""Words that name an act with less probability are not looked at further."""
LEAST_PARTY = 0.1
"""Probability from which a word is given as a party."""
LEAST_KIND = 0.001
"""Probability from which a kind, mode, status or sector is given."""
LEAST_HOME = 0.05
"""Probability from which a word is given as one that tells a party's country."""


@dataclass(frozen=True, slots=True)
class ActScorer:
    """Scores what every word of a sentence is to each act, biaffinely; `weight` [1 + width, parties * (1 + width)]."""

    weight: Floats
    labels: Labels

    def acts(self, reading: Reading, sentences: Sequence[tuple[int, int]], place: Places) -> list[Act]:
        """Words of some windows that may name an act, in their order; `place` maps words to tokens.

        Empty where the weights know nothing of acts.
        """
        if reading.kinds is None or reading.doers is None:
            return []
        edges = np.cumsum([len(self.labels.acts), len(self.labels.modes), len(self.labels.statuses)])
        act = _shares(reading.kinds[:, : edges[0]])
        words = np.flatnonzero(1 - act[:, 0] >= LEAST)
        if not len(words):
            return []
        _, mode, status, old = np.split(reading.kinds[words], edges, axis=1)
        modes, statuses, background = _shares(mode), _shares(status), 1 / (1 + np.exp(-old[:, 0]))
        mixed = self._mixed(reading.doers[words])
        first = np.cumsum([0, *map(len, reading.arcs)])
        windows = (np.searchsorted(first, words, side="right") - 1).tolist()
        starts = np.array([start for start, _ in sentences])
        bounds = [sentences[k] for k in (np.searchsorted(starts, words, side="right") - 1).tolist()]
        return [
            Act(
                int(place[word]),
                _named(act[word], self.labels.acts),
                _named(modes[k], self.labels.modes),
                _named(statuses[k], self.labels.statuses),
                float(background[k]),
                tuple(self._parties(mixed[k], reading, windows[k], int(first[windows[k]]), bounds[k], place)),
            )
            for k, word in enumerate(words.tolist())
        ]

    def _mixed(self, doers: Floats) -> Floats:
        """[acts, kinds of party, 1 + width]: the acts' vectors through the weight, the score of each kind last."""
        ones = np.ones((len(doers), 1), np.float32)
        mixed: Floats = np.concatenate([doers, ones], 1) @ self.weight
        return mixed.reshape(len(doers), len(self.labels.parties), -1)

    def _parties(
        self,
        mixed: Floats,
        reading: Reading,
        window: int,
        first: int,
        bounds: tuple[int, int],
        place: Places,
    ) -> Iterator[Party]:
        """Parties of an act among the words of its sentence, and what that only implies.

        `first` is the first word of the act's window, `bounds` its sentence's first word and the one after its last.
        """
        assert reading.parties is not None
        rows = np.concatenate([[0], np.arange(bounds[0] - first + 1, bounds[1] - first + 1)])
        shares = _shares(reading.parties[window][rows] @ mixed[:, :-1].T + mixed[:, -1])
        names = self.labels.parties
        for i, k in zip(*(x.tolist() for x in np.nonzero(shares[:, 1:] >= LEAST_PARTY)), strict=True):
            word = int(rows[i]) - 1
            if word < 0:
                yield Party(None, names[k + 1], float(shares[i, k + 1]))
            else:
                homes, sectors = self._home(reading, window, first, word, place)
                yield Party(int(place[first + word]), names[k + 1], float(shares[i, k + 1]), homes, sectors)

    def _home(
        self, reading: Reading, window: int, first: int, word: int, place: Places
    ) -> tuple[tuple[tuple[int | None, float], ...], dict[str, float]]:
        """The words of the window that may tell the country of a party on its WORD, and what it is."""
        if reading.homes is None or reading.lands is None or reading.sectors is None:
            return (), {}
        shares = _shares(reading.lands[window] @ reading.homes[first + word])
        likely = np.flatnonzero(shares >= LEAST_HOME).tolist()
        homes = tuple((int(place[first + k - 1]) if k else None, float(shares[k])) for k in likely)
        return homes, _named(_shares(reading.sectors[first + word]), self.labels.sectors)


def _shares(scores: Floats) -> Floats:
    """Scores as probabilities over the last axis."""
    grown = np.exp(scores - scores.max(-1, keepdims=True))
    found: Floats = grown / grown.sum(-1, keepdims=True)
    return found


def _named(shares: Floats, labels: Sequence[str]) -> dict[str, float]:
    """Probabilities by label without those next to nothing; of acts, without that of none, the label `_`."""
    return {labels[k]: float(shares[k]) for k in np.flatnonzero(shares >= LEAST_KIND).tolist() if labels[k] != "_"}
