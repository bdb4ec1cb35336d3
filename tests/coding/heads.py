"""Acts as the parser's heads would see them, written by hand; what tests of their reading share."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.draft import Draft
from dragoman.language.annotations import Act, Party, keep_acts

IMPLIED = "*"
"""Stands for a party that no word names."""


def act(draft: Draft, word: str, kind: str, source: Sequence[str] = (), target: Sequence[str] = ()) -> Act:
    """An act on WORD that has happened, with its parties by their head words; `*` for one that is only implied."""
    sides = [(name, side) for side, names in (("source", source), ("target", target)) for name in names]
    parties = tuple(Party(None if name == IMPLIED else _index(draft, name), side, 0.9) for name, side in sides)
    return Act(_index(draft, word), {kind: 0.95}, {}, {"happened": 0.95}, 0.05, parties)


def seen(draft: Draft, *acts: Act) -> Draft:
    """DRAFT with ACTS as all that the heads see."""
    keep_acts(draft.doc, sorted(acts, key=lambda one: one.word))
    return draft


def _index(draft: Draft, word: str) -> int:
    return next(token.i for token in draft.doc if token.text == word)
