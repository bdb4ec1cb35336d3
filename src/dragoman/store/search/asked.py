"""Facts asked for in two ways at once, by values and by a search: what exports, `facts` and Python take."""

from __future__ import annotations

from dragoman.errors import SearchError
from dragoman.lexicon.names import Names
from dragoman.store.query import FactFilter
from dragoman.store.search.lexer import items
from dragoman.store.search.parser import parse
from dragoman.store.search.syntax import Query


def parse_facts(text: str, names: Names) -> Query:
    """TEXT as a query for facts. Raises SearchError as `parse` does, and where it asks for sentences."""
    query = parse(text, names)
    if query.target == "facts":
        return query
    at = next(item for item in items(text) if item.key == "in")
    remedy = "leave it out; `dragoman search` and, in Python, `Record.sentences` look for those"
    raise SearchError(text, at.start, at.end, "facts are asked for here, not sentences", remedy)


def both(filters: FactFilter, search: Query) -> Query:
    """The facts that FILTERS let through and SEARCH finds."""
    by_values = filters.query
    terms = tuple(dict.fromkeys((*by_values.terms, *search.terms)))
    return Query(terms, superseded=by_values.superseded, as_of=by_values.as_of, text=search.text)
