"""What a cue makes of an act, and which of several holds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

RANK: Final[Mapping[str, int]] = MappingProxyType({
    "happened": 0, "ongoing": 1, "claimed": 2, "scheduled": 3, "proposed": 4, "hypothetical": 5, "denied": 6,
})  # fmt: skip
"""How far from what took place; the highest of several effects holds."""


class Effect(NamedTuple):
    """What one cue, or tense, makes of an act: `cue` is the token that it stands at, None where no word does.

    `rule` is the id of the cue's row, or `tense:…`, `grammar:…` or `rule:…` where no row says it; a row whose effect is
    put off by the words around it has `:future` after its id.
    """

    status: str
    cue: int | None
    rule: str
