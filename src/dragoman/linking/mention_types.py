"""What is asked about mentions, and the answer."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.facts import Span


@dataclass(frozen=True, slots=True)
class LinkText:
    """A text and the spans of the event mentions in it."""

    id: str
    text: str
    events: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The cluster of each of a text's events, in their order; names hold for one run."""

    id: str
    clusters: tuple[str, ...]
