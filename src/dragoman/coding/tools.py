"""What reading a report needs and what is loaded once: the parser and the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dragoman.lexicon.table import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Parses(Protocol):
    """A parser: `language.parser.Parser`, or what a test puts in its place."""

    def pipe(self, texts: Iterable[str], meanings: bool = False) -> Iterator[Doc]:
        """Parsed texts in order; each Doc's text is the text given. `meanings`: with vectors of words."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The parser, the tables, and the names of the stages of coding that are left out."""

    parser: Parses
    lexicon: Lexicon
    skip: frozenset[str] = frozenset()
