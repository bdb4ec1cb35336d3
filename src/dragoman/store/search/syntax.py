"""A query as it is understood: typed terms, all of which must hold.

The parser makes it from text, Python from values, and `compile.py` turns it into SQL. A term checks nothing but its own
shape: which codes there are is known to the parser and to `FactFilter`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias, get_args

CodeField: TypeAlias = Literal[
    "kind", "type", "act", "status", "background", "mode", "context", "country", "sector", "source", "target"
]
"""`country`, `sector`: of any party; `source`, `target`: of those on that side, as a country, a sector or both
(`RUS/MIL`). Who acts together with others stands on both sides."""

NameField: TypeAlias = Literal["speaker", "actor", "outlet", "place"]
"""`speaker`: who made a statement, or on whose word an event is told; `outlet`: the report's."""

PeriodField: TypeAlias = Literal["event", "published"]
"""`event`: the fact's own date; `published`: its report's."""

Target: TypeAlias = Literal["facts", "sentences"]

CODE_FIELDS: Final[tuple[str, ...]] = get_args(CodeField)
NAME_FIELDS: Final[tuple[str, ...]] = get_args(NameField)
PERIOD_FIELDS: Final[tuple[str, ...]] = get_args(PeriodField)
TARGETS: Final[tuple[str, ...]] = get_args(Target)


@dataclass(frozen=True, slots=True)
class Words:
    """Words in a row, in the form that the index has; with `prefix` the last one need only begin so."""

    forms: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """One of the codes stands in that field."""

    field: CodeField
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cameo:
    """The CAMEO code begins with one of these digits."""

    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What passed between two countries; `directed`: only what the first did to the second, or both together."""

    one: str
    other: str
    directed: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names (words in a row, as the index has them) stands within a name of that field."""

    field: NameField
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The date's interval touches these ISO days, both inclusive; None: open. An unknown date never does."""

    field: PeriodField
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class OfReport:
    """In one of the reports with these ids."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confidence:
    """No event, or one whose confidence is at least that, a probability."""

    least: float


Term: TypeAlias = Words | Code | Cameo | Pair | Name | Period | OfReport | Confidence


@dataclass(frozen=True, slots=True)
class Not:
    """The term does not hold."""

    term: Term


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: all terms must hold.

    `superseded`: also facts that a newer version of the report replaced. `as_of` is an ISO day: instead the facts that
    the record held at its end (UTC). `text` is what the query was read from, empty where it was made from values.
    """

    terms: tuple[Term | Not, ...] = ()
    target: Target = "facts"
    superseded: bool = False
    as_of: str | None = None
    text: str = field(default="", compare=False)

    @property
    def words(self) -> tuple[Words, ...]:
        """The words that must stand there."""
        return tuple(term for term in self.terms if isinstance(term, Words))


EVERYTHING: Final = Query()


def named_codes(query: Query, name: CodeField) -> tuple[str, ...] | None:
    """The values of which one must stand in the field NAME, as all terms on it allow; None where no term is on it."""
    asked = [term.values for term in query.terms if isinstance(term, Code) and term.field == name]
    return tuple(value for value in asked[0] if all(value in values for values in asked)) if asked else None


def named_period(query: Query, name: PeriodField) -> Period:
    """The days that the dates in the field NAME must touch, as all terms on it allow; an open side is None."""
    asked = [term for term in query.terms if isinstance(term, Period) and term.field == name]
    firsts = [term.first for term in asked if term.first]
    lasts = [term.last for term in asked if term.last]
    return Period(name, max(firsts, default=None), min(lasts, default=None))


def of_reports(term: Term | Not) -> bool:
    """Whether TERM speaks of a sentence's own words or of its report, and not of facts."""
    inner = term.term if isinstance(term, Not) else term
    if isinstance(inner, Name | Period):
        return inner.field in ("outlet", "published")
    return isinstance(inner, Words | OfReport)


def at_least(query: Query, least: float) -> Query:
    """QUERY, with no event less sure than LEAST; of sentences only where it asks for the facts in them."""
    if not least or (query.target == "sentences" and all(map(of_reports, query.terms))):
        return query
    return replace(query, terms=(*query.terms, Confidence(least)))
