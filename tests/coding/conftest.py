"""What tests of coding share: the parser and the lexicon, loaded once, and drafts made with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dragoman.coding import actors, places
from dragoman.coding.draft import Draft
from dragoman.coding.tree import Tree
from dragoman.facts import Date, Report
from dragoman.language.parser import load_parser
from dragoman.lexicon import Lexicon

DraftOf = Callable[..., Draft]


@pytest.fixture(scope="session")
def draft_of() -> DraftOf:
    """A function that parses a text, `published` on a day (None: unknown), and finds its places and actors."""
    parser, lexicon = load_parser(acts=False), Lexicon()

    def draft(text: str, published: str | None = "2015-06-10") -> Draft:
        day = Date.on(published, "given") if published else Date.unknown()
        made = Draft(Report("test", text, day), Tree(parser.parse(text)), lexicon)
        made = replace(made, places=places.find(made))
        return replace(made, actors=actors.find(made))

    return draft
