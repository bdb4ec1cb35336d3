"""How a plan stands on a day, read off its joins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from dragoman.linking.plans import Due
from dragoman.linking.turns import Signal

State: TypeAlias = Literal[
    "happened", "under way", "claimed", "put off", "changed", "called off", "did not happen", "refused", "disputed",
    "due", "open", "no outcome seen",
]  # fmt: skip

STATES: Final = {
    "happened": "A later report tells the act as done.",
    "under way": "A later report tells that it has begun, or a part of it.",
    "claimed": "A later report tells it as done on somebody's word only.",
    "put off": "It was put off; where a new date is known, that plan is shown too.",
    "changed": "Its day or place was changed.",
    "called off": "It was called off.",
    "did not happen": "A later report tells that it did not happen.",
    "refused": "A party refused what was proposed, or to do its part.",
    "disputed": "Reports contradict one another on whether it happened.",
    "due": "Its date is still to come.",
    "open": "It has no date, and no outcome is seen.",
    "no outcome seen": "Its date has passed and no report of its outcome was read. It may have happened.",
}
"""What a plan's state means."""


@dataclass(frozen=True, slots=True)
class Word:
    """One report's word of what became of a plan: the day on which it is told, as an ordinal, and the fact's id."""

    signal: Signal
    told: int
    key: str


def state_of(due: Due, heard: Sequence[Word], today: int) -> State:
    """How a plan stands on the day TODAY. It happened only where a report says so and none denies it afterwards."""
    words = sorted(heard, key=lambda word: (word.told, word.key))
    done = [word for word in words if word.signal == "happened"]
    if done:
        against = [word for word in words if word.signal in ("did not happen", "called off")]
        return "disputed" if any(_contradicts(word, done[0]) for word in against) else "happened"
    if words:
        return words[-1].signal
    if not due.dated:
        return "open"
    return "due" if today <= due.reach.last else "no outcome seen"


def _contradicts(word: Word, done: Word) -> bool:
    """Whether WORD can't be true beside DONE: a plan that was called off before may have been taken up again."""
    return word.told > done.told or (word.signal == "did not happen" and word.told == done.told)
