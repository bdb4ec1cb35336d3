"""What a reader types into the search box, as a filter of the store.

    EGY ISR type:AGREE status:scheduled "within three months"

A code or name of a country stands for the country; two of them for what passed between both. `kind:`, `type:`,
`status:`, `actor:`, `report:`, `from:`, `to:`, `background:yes|no`, `confidence:0.7` narrow; everything else is looked
for in the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypedDict

from dragoman.errors import QueryError
from dragoman.facts import PLOVER_TYPES
from dragoman.store.query import FactFilter
from dragoman.web.names import Names

QUERY_CHARS: Final = 400
"""A longer query is refused."""

TERMS: Final = ("kind", "type", "status", "actor", "report", "from", "to", "background", "confidence")

_TOKEN: Final = re.compile(r'([a-z]+):"([^"]*)"|([a-z]+):(\S+)|"([^"]*)"|(\S+)')
_CODE: Final = re.compile(r"[A-Z]{3}")
_NAME_WORDS: Final = 4
"""The longest name of a country that is looked for, in words."""


@dataclass(frozen=True, slots=True)
class Search:
    """A query as it was understood. `countries` are codes, `words` what is left.

    No event less sure than `least` is found by any query.
    """

    text: str
    filters: FactFilter
    countries: tuple[str, ...]
    words: str
    least: float = 0.0

    @property
    def empty(self) -> bool:
        """Whether everything that may be found is asked for."""
        return self.filters == FactFilter(min_confidence=self.least or None)


class _Fields(TypedDict, total=False):
    kinds: tuple[str, ...]
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    actor: str
    report: str
    date_from: str
    date_to: str
    background: bool


def parse(text: str, names: Names, least: float = 0.0) -> Search:
    """TEXT as a search; no event less sure than LEAST is found. Raises QueryError that says which part is wrong."""
    if len(text) > QUERY_CHARS:
        raise QueryError(f"search: {len(text)} characters are too many; {QUERY_CHARS} are enough for any question")
    terms: dict[str, list[str]] = {}
    plain: list[str] = []
    phrases: list[str] = []
    for quoted_key, quoted, key, value, phrase, word in _TOKEN.findall(text):
        if quoted_key or key:
            terms.setdefault(_term(quoted_key or key), []).append(quoted or value)
        elif word:
            plain.append(word)
        elif phrase.strip():
            phrases.append(f'"{phrase}"')
    countries, words = _countries(plain, names)
    if len(countries) > 2:
        raise QueryError(f"search: {', '.join(countries)} are more than two countries; name one, or two as a pair")
    words_text = " ".join([*words, *phrases])
    filters = FactFilter(
        **_fields(terms),
        country=countries[0] if len(countries) == 1 else None,
        pair=(countries[0], countries[1]) if len(countries) == 2 else None,
        words=words_text or None,
        min_confidence=max(_least(terms.get("confidence", [])), least) or None,
    )
    return Search(text, filters, tuple(countries), words_text, least)


def _term(key: str) -> str:
    if key not in TERMS:
        raise QueryError(f"search: {key}: is none of {', '.join(f'{term}:' for term in TERMS)}; put it in quotes to "
                         "look for the words")  # fmt: skip
    return key


def _fields(terms: dict[str, list[str]]) -> _Fields:
    found: _Fields = {}
    if "kind" in terms:
        found["kinds"] = tuple(_split(terms["kind"], str.lower))
    if "type" in terms:
        found["types"] = tuple(_split(terms["type"], str.upper))
    if "status" in terms:
        found["statuses"] = tuple(_split(terms["status"], str.lower))
    if "actor" in terms:
        found["actor"] = terms["actor"][-1]
    if "report" in terms:
        found["report"] = terms["report"][-1]
    if "from" in terms:
        found["date_from"] = _day(terms["from"][-1], first=True)
    if "to" in terms:
        found["date_to"] = _day(terms["to"][-1], first=False)
    if "background" in terms:
        found["background"] = _yes(terms["background"][-1])
    return found


def _split(values: list[str], case: object) -> list[str]:
    change = str.upper if case is str.upper else str.lower
    return [change(part) for value in values for part in value.split(",") if part]


def _day(value: str, first: bool) -> str:
    """A day; of a year or a month its first or last one."""
    if re.fullmatch(r"[0-9]{4}", value):
        return f"{value}-01-01" if first else f"{value}-12-31"
    if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", value):
        return f"{value}-01" if first else _month_end(value)
    return value


def _month_end(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[number - 1]
    return f"{month}-{last:02}"


def _least(values: list[str]) -> float:
    """The greatest of the confidences that are asked for, 0 where none is."""
    return max(map(_probability, values), default=0.0)


def _probability(value: str) -> float:
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise QueryError(f"search: confidence:{value} is no probability; write one from 0 to 1, such as 0.7")
    return found


def _yes(value: str) -> bool:
    if value.lower() not in ("yes", "no"):
        raise QueryError(f"search: background:{value} is neither background:yes nor background:no")
    return value.lower() == "yes"


def _countries(plain: list[str], names: Names) -> tuple[list[str], list[str]]:
    """Codes of the countries that are named, and the words that name none; longer names go first."""
    found: list[str] = []
    words: list[str] = []
    at = 0
    while at < len(plain):
        for size in range(min(_NAME_WORDS, len(plain) - at), 0, -1):
            code = _country(" ".join(plain[at : at + size]), names)
            if code:
                found.append(code)
                at += size
                break
        else:
            words.append(plain[at])
            at += 1
    return list(dict.fromkeys(found)), words


def _country(text: str, names: Names) -> str | None:
    if _CODE.fullmatch(text) and names.known(text):
        return text
    return None if text.upper() in PLOVER_TYPES or len(text) < 2 else names.code(text)
