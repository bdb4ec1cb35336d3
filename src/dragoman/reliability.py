"""How far several judges agree, and how sure a share is that was found in a sample. It imports nothing of ours."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Unit: TypeAlias = Sequence[Hashable]
"""The values that the annotators gave to one thing; who gave none is left out."""

ROUNDS: Final = 1000
"""How often units are drawn anew for the interval of alpha."""

Z95: Final = 1.959964
"""The normal distribution's 97.5th percentile: what an interval of 95 in a hundred takes."""


def alpha(units: Iterable[Unit]) -> float | None:
    """Krippendorff's alpha for nominal data (Krippendorff 2011), 1 for full agreement, about 0 for chance.

    Units with fewer than two values count for nothing. None where nothing is left or all values are the same.
    """
    totals: Counter[Hashable] = Counter()
    differing = 0.0
    for unit in units:
        if len(unit) < 2:
            continue
        counts = Counter(unit)
        totals += counts
        differing += sum(n * (len(unit) - n) for n in counts.values()) / (len(unit) - 1)
    size = totals.total()
    by_chance = sum(n * (size - n) for n in totals.values())
    return 1 - (size - 1) * differing / by_chance if by_chance else None


def alpha_interval(blocks: Sequence[Sequence[Unit]]) -> tuple[float, float] | None:
    """The middle 95 in a hundred of alpha when BLOCKS, units that belong together, are drawn anew; None as in alpha.

    The seed is the same each time.
    """
    drawn = random.Random(1)
    found = [
        value
        for _ in range(ROUNDS)
        if (value := alpha(unit for block in drawn.choices(blocks, k=len(blocks)) for unit in block)) is not None
    ]
    if not found:
        return None
    found.sort()
    return found[int(0.025 * len(found))], found[int(0.975 * len(found))]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole, estimated from a sample, with the ends of its interval of 95 in a hundred.

    `effective` is how many equally weighted units would tell as much.
    """

    value: float
    low: float
    high: float
    effective: float


def weighted_share(values: Iterable[tuple[float, float]]) -> Share | None:
    """The share that (value from 0 to 1, weight) are a sample of; None where there is none.

    The interval is Wilson's (1927), at the sample's effective size by its weights (Kish 1965). Unlike one that needs
    the variance in each stratum it holds where a stratum has a single unit, and near 0 and 1; it is rather too wide,
    as it takes no gain from the strata.
    """
    pairs = [(value, weight) for value, weight in values if weight > 0]
    if not pairs:
        return None
    weights = math.fsum(weight for _, weight in pairs)
    share = math.fsum(value * weight for value, weight in pairs) / weights
    size = weights**2 / math.fsum(weight**2 for _, weight in pairs)
    middle = share + Z95**2 / (2 * size)
    half = Z95 * math.sqrt(max(0.0, share * (1 - share)) / size + Z95**2 / (4 * size**2))
    whole = 1 + Z95**2 / size
    return Share(share, max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole), size)
