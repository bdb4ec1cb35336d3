"""What the word index holds of a fact and of a sentence: its words, then its names and codes as words of their own.

A code is one word such as `type:agree` or `country:rus`, a word of a name is `speaker:yeltsin`; so whatever combination
is asked for is one question to one index, which meets the rare word first. Dates stand there as the months and years
that they touch, to be checked on the row. `BREAK` stands between parts, so that no phrase runs from one into the next.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, cast

from dragoman.store.payload import Json
from dragoman.store.search.words import forms

BREAK: Final = ":"

MOST_MONTHS: Final = 12
MOST_YEARS: Final = 12
"""A date that touches more months has no words for them but `long`, one that touches more years or is open has `wide`:
whoever asks for months looks there too."""

_NO_CODE: Final = re.compile(r"[^0-9a-z/:-]+")


@lru_cache(4096)
def code(field: str, value: object) -> str:
    """The word for VALUE in FIELD."""
    return f"{field}:{_NO_CODE.sub('-', str(value).lower())}"


def named(field: str, words: Iterable[str]) -> list[str]:
    """The words for a name in FIELD."""
    return [f"{field}:{form}" for form in words]


def report_code(ident: str) -> str:
    """The word for a report's id, which may hold any characters."""
    return code("report", hashlib.sha256(ident.encode("utf-8", "surrogatepass")).hexdigest()[:20])


def fact_document(fact: Json, actors: Sequence[Json], pairs: Sequence[Json], report: Json) -> str:
    """The words of a fact, from its row, those of its actors and pairs, and its report's row."""
    payload = cast(Json, fact["payload"])
    parts = [list(forms(line)) for line in str(fact["words"]).split("\n")]
    parts += [named(field, forms(name)) for field, name in _names(payload, actors)]
    parts.append(_outlet(report))
    codes = {*_codes(fact, payload), *_parties(actors), *_pairs(pairs), *_of_report(report)}
    codes.update(months_and_years("event", fact["date_start"], fact["date_end"]))
    return _joined([*parts, sorted(codes)])


def sentence_document(text: str, report: Json) -> str:
    """The words of a sentence, given its report's row."""
    return _joined([list(forms(text)), _outlet(report), sorted(_of_report(report))])


def _joined(parts: Iterable[list[str]]) -> str:
    return f" {BREAK} ".join(" ".join(part) for part in parts if part)


def _names(payload: Json, actors: Sequence[Json]) -> Iterator[tuple[str, str]]:
    for actor in actors:
        yield "actor", str(actor["name"])
        if actor["role"] == "speaker":
            yield "speaker", str(actor["name"])
    if payload.get("attributed_to"):
        yield "speaker", str(payload["attributed_to"])
    place = payload.get("place")
    if isinstance(place, dict) and place.get("name"):
        yield "place", str(place["name"])


def _outlet(report: Json) -> list[str]:
    return named("outlet", forms(str(report["outlet"] or "")))


def _codes(fact: Json, payload: Json) -> Iterator[str]:
    for field in ("kind", "type", "act", "status"):
        if fact[field]:
            yield code(field, fact[field])
    yield code("background", "yes" if fact["background"] else "no")
    for field in ("mode", "cameo"):
        if payload.get(field):
            yield code(field, payload[field])
    for context in cast("list[object]", payload.get("contexts") or []):
        yield code("context", context)


_SIDES: Final[Mapping[str, tuple[str, ...]]] = {
    "source": ("source",),
    "target": ("target",),
    "party": ("source", "target"),
}


def _parties(actors: Sequence[Json]) -> Iterator[str]:
    for actor in actors:
        country, sector = actor["country"], actor["sector"]
        both = f"{country}/{sector}" if country and sector else None
        for field, value in (("country", country), ("sector", sector), ("country", both)):
            if value:
                yield code(field, value)
        for side in _SIDES.get(str(actor["role"]), ()):
            for value in (country, sector, both):
                if value:
                    yield code(side, value)


def _pairs(pairs: Sequence[Json]) -> Iterator[str]:
    for pair in pairs:
        low, high, way = pair["low"], pair["high"], pair["direction"]
        yield code("pair", f"{low}-{high}")
        if way in (">", "="):
            yield code("dyad", f"{low}-{high}")
        if way in ("<", "="):
            yield code("dyad", f"{high}-{low}")


def _of_report(report: Json) -> Iterator[str]:
    yield report_code(str(report["id"]))
    yield from months_and_years("published", report["published_start"], report["published_end"])


@lru_cache(4096)
def months_and_years(field: str, start: object, end: object) -> tuple[str, ...]:
    """The words for an interval of ISO days; none where nothing is known."""
    return tuple(_months_and_years(field, start, end))


def _months_and_years(field: str, start: object, end: object) -> Iterator[str]:
    if not start and not end:
        return
    if not start or not end:
        yield from (code(field, "long"), code(field, "wide"))
        return
    first, last = str(start), str(end)
    months, years = months_between(first, last), years_between(first, last)
    yield from (code(field, month) for month in months) if len(months) <= MOST_MONTHS else [code(field, "long")]
    yield from (code(field, year) for year in years) if len(years) <= MOST_YEARS else [code(field, "wide")]


def months_between(first: str, last: str) -> list[str]:
    """Months such as `1997-04` from one ISO day to another."""
    start, end = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]


def years_between(first: str, last: str) -> list[str]:
    """Years such as `1997` from one ISO day to another."""
    return [f"{year:04}" for year in range(int(first[:4]), int(last[:4]) + 1)]
