"""Searches on a command line: `RUS CHN type:AGREE "border agreement"`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.store.search.asked import parse_facts
from dragoman.store.search.syntax import EVERYTHING

if TYPE_CHECKING:
    from dragoman.settings import Settings
    from dragoman.store.search.syntax import Query

QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="QUERY", help="A search, as `dragoman search` takes it, best in single quotes."),
]


def joined(parts: list[str]) -> str:
    """The words of a command line as one query: of several, those that hold blanks were quoted for the shell."""
    return parts[0] if len(parts) == 1 else " ".join(map(_quoted, parts))


def _quoted(part: str) -> str:
    if '"' in part or not any(char.isspace() for char in part):
        return part
    key, colon, value = part.partition(":")
    return f'{key}:"{value}"' if colon and key.lstrip("-").isalpha() else f'"{part}"'


def facts_query(parts: list[str] | None, settings: Settings) -> Query:
    """What a command is asked for by a search, everything where there is none. Raises SearchError."""
    text = joined(parts) if parts else ""
    return parse_facts(text, Names(Lexicon(settings.lexicon))) if text.strip() else EVERYTHING
