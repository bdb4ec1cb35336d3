"""What the stages of finding statements pass on: a cue in the text and what it reports."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.coding.tree import Range
from dragoman.lexicon.cues import ReportingCue


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in the text: `head` is its main token, `tokens` are all of the row's own words.

    `pieces` are the token ranges that it reports (none where only a quotation can tell), `frame` how they were found.
    `speaker` is the head token of who speaks; `silent` says that the frame has no speaker to look for.
    """

    cue: ReportingCue
    head: int
    tokens: tuple[int, ...]
    pieces: tuple[Range, ...] = ()
    frame: str = ""
    speaker: int | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a cue reports in one frame; `extra` are further tokens of the cue, such as its preposition."""

    pieces: tuple[Range, ...]
    frame: str
    extra: tuple[int, ...] = ()
    silent: bool = False
