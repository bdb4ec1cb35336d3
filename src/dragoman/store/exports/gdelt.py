"""GDELT 2.0 events: 61 columns, tab-separated without a header, one source and one target a row.

Actors bear CAMEO's three letters, places FIPS 10-4's two: CHN is China among actors, CH among places.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as day_type
from types import MappingProxyType
from typing import Final

from dragoman.facts import Actor
from dragoman.store.exports.cameo_actors import cameo_actor
from dragoman.store.exports.cells import Row, Value, joined_urls
from dragoman.store.exports.codes import Codes
from dragoman.store.exports.events import ExportedEvent

_ACTOR: Final = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

COLUMNS: Final = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip

QUAD_CLASS: Final[Mapping[str, int]] = MappingProxyType(
    {f"{root:02}": 1 + (root > 5) + (root > 9) + (root > 14) for root in range(1, 21)}
)
"""CAMEO root code to GDELT's class, whose borders are its own: 09 counts as cooperation."""

COUNTRY, US_TOWN, WORLD_TOWN = 1, 3, 4
"""GDELT's kinds of place that the record has."""


def row(event: ExportedEvent, codes: Codes, codebook: str) -> Row:
    """One pair. Mentions and articles are the reports of the happening, sources those that do not repeat others."""
    code = event.cameo or ""
    return (
        event.number,
        *_date(event),
        *_actor(event.source, codes),
        *_actor(event.target, codes),
        None if event.lead is None else int(event.lead),
        code,
        code[:3],
        code[:2],
        QUAD_CLASS.get(code[:2]),
        codes.goldstein(code),
        max(len(event.tellings), event.reports),
        event.sources,
        event.reports,
        None,
        *(None,) * (2 * len(_GEO)),
        *_place(event, codes),
        int("".join(character for character in event.fact.read_at[:19] if character.isdigit())),
        joined_urls(telling.url for telling in event.tellings[:1]),
    )


def _date(event: ExportedEvent) -> tuple[Value, ...]:
    """SQLDATE, MonthYear, Year, FractionDate; each as far as it is known."""
    return (
        int(event.day.replace("-", "")) if event.day else None,
        int(event.month.replace("-", "")) if event.month else None,
        int(event.year) if event.year else None,
        _fraction(event.day) if event.day else None,
    )


def _fraction(day: str) -> float:
    """The year with the part of it that has gone by, as GDELT reckons it: months of 30 days in a year of 365."""
    date = day_type.fromisoformat(day)
    return round(date.year + ((date.month - 1) * 30 + date.day) / 365, 4)


def _actor(actors: tuple[Actor, ...], codes: Codes) -> tuple[Value, ...]:
    if not actors:
        return (None,) * len(_ACTOR)
    found = cameo_actor(actors[0], codes)
    name = actors[0].name.upper()
    return (found.code, name, found.country, found.group, None, None, None, found.role, None, None)


def _place(event: ExportedEvent, codes: Codes) -> tuple[Value, ...]:
    """The place of the act. A country is no point; which first-level division a town is in stays open."""
    place = event.place
    if place is None or place.country is None:
        return (None,) * len(_GEO)
    fips = codes.fips(place.country)
    name = codes.country_name(place.country)
    if place.lat is None or place.lon is None:
        return (COUNTRY, name, fips, fips, None, None, None, fips)
    kind = US_TOWN if place.country == "USA" else WORLD_TOWN
    return (kind, f"{place.name}, {name}", fips, None, None, place.lat, place.lon, None)
