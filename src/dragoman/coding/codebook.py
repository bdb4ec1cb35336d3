"""Running the examples of a user's codebook through the coder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.coding.events.brief import in_short, parties
from dragoman.coding.stages import code
from dragoman.coding.tools import Tools
from dragoman.facts import Date, Event, Report
from dragoman.lexicon.codebook import Codebook
from dragoman.lexicon.codebook_types import Example, OwnType, is_code


@dataclass(frozen=True, slots=True)
class Tried:
    """An example that has been coded. `read` is what the coder read in it, in short, with the user's codes."""

    own: OwnType
    example: Example
    right: bool
    read: tuple[str, ...]


def try_examples(codebook: Codebook, tools: Tools) -> Iterator[Tried]:
    """Code every example of CODEBOOK with TOOLS, whose lexicon holds its frames; in the order of the file."""
    pairs = list(codebook.examples())
    docs = tools.parser.pipe(example.text for _, example in pairs)
    for (own, example), doc in zip(pairs, docs, strict=True):
        published = Date.on(example.published, "given") if example.published else Date.unknown()
        answer = code(Report("example", example.text, published), doc, tools.lexicon, tools.skip)
        yield Tried(own, example, _right(codebook.code(own), example, answer.events), tuple(map(_read, answer.events)))


def _right(code_: str, example: Example, found: tuple[Event, ...]) -> bool:
    coded = [event for event in found if code_ in event.contexts]
    return any(_fits(example, event) for event in coded) if example.fires else not coded


def _fits(example: Example, event: Event) -> bool:
    """Whether EVENT has all that EXAMPLE states."""
    pairs = (
        (example.source, parties(event.source)),
        (example.target, parties(event.target)),
        (example.status, event.status),
        (example.type, event.type),
        (example.background, event.background),
    )
    return all(wanted is None or wanted == read for wanted, read in pairs)


def _read(event: Event) -> str:
    own = [context for context in event.contexts if is_code(context)]
    return " ".join((*own, in_short(event)))
