"""Whether confidence is what it says: reliability in equal-count bins, and what is kept from a threshold on.

The expected calibration error is that of ten bins with equally many events (the first ones one more where the number
does not divide), in the order of their confidence, equal ones in the order of the text: the mean, weighed by the bins'
sizes, of the distance between mean confidence and the share that is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

BINS: Final = 10

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bin:
    """Events of like confidence: the least and the greatest, their mean, how many, and the share that is right."""

    low: float
    high: float
    mean: float
    number: int
    right: float


def reliability(confidence: Sequence[float] | Floats, right: Sequence[bool] | Bools, bins: int = BINS) -> list[Bin]:
    """BINS with equally many events, from the least sure to the surest; fewer where there are fewer events."""
    sure, truth = np.asarray(confidence, float), np.asarray(right, bool)
    order = np.argsort(sure, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return [
        Bin(
            float(sure[part].min()),
            float(sure[part].max()),
            float(sure[part].mean()),
            len(part),
            float(truth[part].mean()),
        )
        for part in parts
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error of BINS; 0 where there are none."""
    whole = sum(one.number for one in bins)
    return sum(one.number * abs(one.mean - one.right) for one in bins) / whole if whole else 0.0


def ranking(confidence: Sequence[float] | Floats, right: Sequence[bool] | Bools) -> float:
    """The probability that a right one is surer than a wrong one, ties half (area under the ROC curve).

    0.5 where all are right or all wrong.
    """
    sure, truth = np.asarray(confidence, float), np.asarray(right, bool)
    good, bad = int(truth.sum()), int((~truth).sum())
    if not good or not bad:
        return 0.5
    values, places, counts = np.unique(sure, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    return float((ranks[truth].sum() - good * (good + 1) / 2) / (good * bad))


def table(bins: Sequence[Bin]) -> Iterator[str]:
    """BINS as lines."""
    yield f"{'confidence':16}{'mean':>7}{'events':>8}{'right':>7}"
    for one in bins:
        yield f"{one.low:.3f} to {one.high:.3f}  {one.mean:7.3f}{one.number:8}{one.right:7.3f}"


def by_chance(confidence: Sequence[float] | Floats, rounds: int = 500, seed: int = 1) -> float:
    """The mean calibration error that confidence of this spread has where it is exactly what it says."""
    sure, draw = np.asarray(confidence, float), np.random.default_rng(seed)
    errors = [calibration_error(reliability(sure, draw.random(len(sure)) < sure)) for _ in range(rounds)]
    return float(np.mean(errors))
