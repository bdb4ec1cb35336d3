"""What callers may write for countries, codes and days, as filters and queries have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date as day_type
from datetime import datetime
from difflib import get_close_matches
from typing import TypeAlias, TypedDict

from dragoman.errors import QueryError
from dragoman.facts import Date
from dragoman.lexicon.names import Names
from dragoman.reading.date_words import given_date
from dragoman.settings import load_settings
from dragoman.store.query import FactFilter
from dragoman.store.search.parser import parse
from dragoman.store.search.syntax import Query

Day: TypeAlias = str | day_type
"""A day, or a month or year of which the first or last day is meant: `1997-04-23`, `1997-04`, `1997`, a `date`."""

Codes: TypeAlias = str | Iterable[str]
"""One code or several, any of which will do."""


class Filters(TypedDict, total=False):
    """What narrows the facts that are asked for, as `Record.facts` explains it."""

    pair: tuple[str, str] | None
    directed: bool
    country: str | None
    type: Codes | None
    status: Codes | None
    background: bool | None
    since: Day | None
    until: Day | None
    published_since: Day | None
    published_until: Day | None
    report: str | None
    words: str | None
    min_confidence: float | None
    as_of: Day | None


def filters_of(names: Names, kind: Codes | None, given: Filters) -> FactFilter:
    """The filter for KIND and what is GIVEN. Raises QueryError where that is no country, code or day."""
    _check_names(given)
    pair, country = given.get("pair"), given.get("country")
    least = given.get("min_confidence")
    days = days_of("since", "until", given.get("since"), given.get("until"))
    published = days_of(
        "published_since", "published_until", given.get("published_since"), given.get("published_until")
    )
    return FactFilter(
        kinds=_codes(kind, str.lower),
        types=_codes(given.get("type"), str.upper),
        statuses=_codes(given.get("status"), str.lower),
        background=given.get("background"),
        pair=_pair(pair, names) if pair is not None else None,
        directed=given.get("directed", False),
        country=_country("country", country, names) if country is not None else None,
        date_from=days[0],
        date_to=days[1],
        published_from=published[0],
        published_to=published[1],
        report=given.get("report"),
        words=given.get("words"),
        min_confidence=(load_settings().min_confidence if least is None else least) or None,
        as_of=_day("as_of", given.get("as_of"), last=True),
    )


def _check_names(given: Filters) -> None:
    """Nobody else does where a program isn't checked: a filter that is misspelt must not be passed over."""
    for name in given:
        if name not in Filters.__annotations__:
            near = get_close_matches(name, Filters.__annotations__, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(Filters.__annotations__)}"
            raise TypeError(f"there is no filter {name!r}; {hint}")


def sentences_of(text: str, names: Names) -> Query:
    """TEXT as a query for sentences, whether it says `in:sentences` or not. Raises SearchError."""
    found = parse(text, names)
    return found if found.target == "sentences" else parse(f"{text} in:sentences", names)


def _codes(given: Codes | None, change: Callable[[str], str]) -> tuple[str, ...]:
    several = (given,) if isinstance(given, str) else given or ()
    return tuple(change(code) for code in several)


def days_of(first_name: str, last_name: str, first: Day | None, last: Day | None) -> tuple[str | None, str | None]:
    """FIRST and LAST as ISO days. Raises QueryError where one is none, or the first is after the last."""
    found = (_day(first_name, first), _day(last_name, last, last=True))
    if found[0] and found[1] and found[0] > found[1]:
        raise QueryError(f"{first_name} {found[0]} is after {last_name} {found[1]}; no day is in between")
    return found


def _day(name: str, given: Day | None, last: bool = False) -> str | None:
    """GIVEN as an ISO day, of a month or year its first or LAST one. Raises QueryError that names it NAME."""
    if given is None:
        return None
    found = date_of(given)
    if found is None:
        raise QueryError(f"{name}: {given!r} is no date; write a day, month or year, as 1997-04-23, 1997-04 or 1997")
    return found.end if last else found.start


def date_of(given: str | day_type) -> Date | None:
    """GIVEN as a date, None where it is none."""
    if isinstance(given, datetime):
        return Date.on(given.date(), "given")
    return Date.on(given, "given") if isinstance(given, day_type) else given_date(str(given))


def _pair(given: tuple[str, str], names: Names) -> tuple[str, str]:
    if isinstance(given, str) or len(given) != 2:
        raise QueryError(f'pair: {given!r} is not two countries; write them as ("RUS", "CHN")')
    one, other = (_country("pair", country, names) for country in given)
    if one == other:
        raise QueryError(f"pair: {one} is named twice; write two countries, or country={one!r}")
    return one, other


def _country(name: str, given: str, names: Names) -> str:
    code = given.upper() if names.known(given.upper()) else names.code(given)
    if code is None:
        raise QueryError(f"{name}: {given!r} is no country; write a code such as RUS or a name such as Russia")
    return code
