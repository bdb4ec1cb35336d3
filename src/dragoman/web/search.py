"""The search box: what a reader typed, as a query of the store, and the searches that narrow it further."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dragoman.errors import SearchError
from dragoman.lexicon.names import Names
from dragoman.store.search.lexer import LONGEST_QUERY
from dragoman.store.search.parser import parse
from dragoman.store.search.results import Facets
from dragoman.store.search.syntax import EVERYTHING, Code, Pair, Query, at_least
from dragoman.web import urls

TITLES: Final = {
    "kind": "Kinds", "type": "Types", "status": "Statuses", "background": "Background", "event": "Years of events",
    "published": "Years of reports", "pair": "Pairs", "country": "Countries", "speaker": "Speakers",
    "outlet": "Outlets",
}  # fmt: skip
"""Facets in the order of the page, by key of the language."""

_PLAIN: Final = re.compile(r'[^\s,"“”„«»]+')


@dataclass(frozen=True, slots=True)
class Search:
    """A search as it was typed and as it was understood."""

    text: str
    query: Query
    empty: bool
    """Whether everything that may be found is asked for."""

    @property
    def countries(self) -> tuple[str, ...]:
        """Codes of the pair or the country that is asked for."""
        for term in self.query.terms:
            if isinstance(term, Pair):
                return (term.one, term.other)
            if isinstance(term, Code) and term.field == "country" and len(term.values) == 1:
                return (term.values[0].partition("/")[0],)
        return ()


@dataclass(frozen=True, slots=True)
class Narrower:
    """A value of a facet; `address` of the search with it added, None where it is asked for already."""

    name: str
    number: int
    address: str | None


def read(text: str, names: Names, least: float = 0.0) -> Search:
    """TEXT as a search; no event less sure than LEAST is found. Raises SearchError."""
    query = parse(text, names)
    return Search(text, at_least(query, least), query == EVERYTHING)


def read_for_facts(text: str, names: Names, least: float = 0.0) -> Search:
    """TEXT as a search for facts, as `read` has it. Raises SearchError, also where it asks for sentences."""
    search = read(text, names, least)
    if search.query.target != "facts":
        at = max(0, text.lower().rfind("in:"))
        raise SearchError(text, at, len(text), "only facts are given here", "ask /api/search for sentences")
    return search


def narrower(search: Search, found: Facets) -> dict[str, list[Narrower]]:
    """The facets by their titles, each value with the search that it leads to."""
    made = {}
    for key, title in TITLES.items():
        values = found.values.get(key, ())
        if len(values) > 1 or (values and key in ("pair", "speaker")):
            made[title] = [Narrower(value, number, _narrowed(search, key, value)) for value, number in values]
    return made


def _narrowed(search: Search, key: str, value: str) -> str | None:
    """The address of the search with one more term; a search that is too long already leads nowhere."""
    asked = {term.field for term in search.query.terms if isinstance(term, Code)}
    if key == "pair":
        term = None if search.countries else value
    else:
        term = None if key in asked else f"{key}:{_quoted(value)}"
    text = f"{search.text.rstrip()} {term}".strip()
    return urls.search_url(text) if term and len(text) <= LONGEST_QUERY else None


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    return '"' + re.sub('["“”„«»]', " ", value).strip() + '"'
