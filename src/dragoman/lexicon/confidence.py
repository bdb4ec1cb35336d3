"""How sure a field of an event is: weights of what speaks for it, fitted on events of known truth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final

from dragoman.lexicon.table import Lexicon

FIELDS: Final = ("type", "source", "target", "status", "background")
"""Fields of an event that have a confidence of their own."""

WHOLE: Final = "all"
"""All of FIELDS right together, from the features of all."""

EVERY: Final = (
    "bias", "heads", "act", "kind", "row", "row-agrees", "noun", "speech-act", "antecedent", "reported", "reciprocal",
    "two-sides", "length",
)  # fmt: skip
"""Features of every field; `dragoman.coding.events.confidence` says how each is reckoned."""

OF_A_SIDE: Final = (
    "empty", "unseen", "seen", "clear", "implied", "home", "sector", "agrees", "homeless", "pronoun", "unnamed",
    "place", "many",
)  # fmt: skip
"""Features of `source` and `target`, told apart by the side's name: `source:seen`."""

OWN: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "type": (),
    "source": tuple(f"source:{name}" for name in OF_A_SIDE),
    "target": tuple(f"target:{name}" for name in OF_A_SIDE),
    "status": ("status", "status-cue", "status-heads", "status-rule", "happened"),
    "background": ("news", "old", "old-rule"),
})  # fmt: skip
"""Features of one field, beside EVERY."""

FEATURES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **{field: (*EVERY, *own) for field, own in OWN.items()},
        WHOLE: (*EVERY, *(name for own in OWN.values() for name in own)),
    }
)
"""Field to the features that may speak for it."""

RISING: Final = frozenset({
    "act", "kind", "row-agrees", "status", "news",
    *(f"{side}:{name}" for side in ("source", "target") for name in ("seen", "clear", "home", "sector", "agrees")),
})  # fmt: skip
"""Features that can only speak for a field: their weights are never below 0."""


@dataclass(frozen=True, slots=True)
class ConfidenceRow:
    """The weight of one feature for one field, in log-odds for each unit of the feature."""

    table: ClassVar[str] = "confidence"
    key: ClassVar[tuple[str, ...]] = ("field", "feature")
    field: str
    feature: str
    weight: float

    def __post_init__(self) -> None:
        if self.field not in FEATURES:
            raise ValueError(f"field: {self.field!r} is none of {', '.join(FEATURES)}")
        if self.feature not in FEATURES[self.field]:
            raise ValueError(f"feature: {self.feature!r} is none of {', '.join(FEATURES[self.field])}")
        if not math.isfinite(self.weight):
            raise ValueError(f"weight: {self.weight} is not finite")
        if self.feature in RISING and self.weight < 0:
            raise ValueError(f"weight: {self.feature} only speaks for a field, so {self.weight} may not be below 0")


def weights(lexicon: Lexicon) -> Mapping[str, Mapping[str, float]]:
    """Field to the weights of its features; a feature without a row weighs nothing."""
    found: dict[str, dict[str, float]] = {field: {} for field in FEATURES}
    for row in lexicon.rows(ConfidenceRow):
        found[row.field][row.feature] = row.weight
    return MappingProxyType({field: MappingProxyType(some) for field, some in found.items()})
