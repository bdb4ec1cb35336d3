"""Phoenix: 26 columns, tab-separated without a header, one source and one target a row."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dragoman.facts import Actor
from dragoman.store.exports.cameo_actors import cameo_actor
from dragoman.store.exports.cells import Row, Value, joined, joined_urls
from dragoman.store.exports.codes import Codes
from dragoman.store.exports.events import ExportedEvent

COLUMNS: Final = (
    "EventID", "Date", "Year", "Month", "Day",
    "SourceActorFull", "SourceActorEntity", "SourceActorRole", "SourceActorAttribute",
    "TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute",
    "EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues", "ActionLat", "ActionLong",
    "LocationName", "GeoStateName", "GeoCountryName", "SentenceID", "URLs", "NewsSources",
)  # fmt: skip

PENTA_CLASS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "01": 0, "02": 0, "03": 1, "04": 1, "05": 1, "06": 2, "07": 2, "08": 2, "09": 3, "10": 3, "11": 3, "12": 3,
        "13": 3, "14": 4, "15": 4, "16": 3, "17": 4, "18": 4, "19": 4, "20": 4,
    }
)  # fmt: skip
"""CAMEO root code to class: 0 neutral, 1 and 2 verbal and material cooperation, 3 and 4 conflict."""


def row(event: ExportedEvent, codes: Codes, codebook: str) -> Row:
    """One pair. `SentenceID` is the report's id and the characters of its text where the quote stands."""
    code = event.cameo or ""
    place = event.place
    spot = codes.spot(place) if place else None
    return (
        event.id,
        *_date(event),
        *_side(event.source, codes),
        *_side(event.target, codes),
        code,
        code[:2],
        PENTA_CLASS.get(code[:2]),
        codes.goldstein(code),
        joined(event.contexts, separator=";"),
        place.lat if place else None,
        place.lon if place else None,
        place.name if place else None,
        spot.name_of("division") if spot else None,
        codes.country_name(place.country) if place else None,
        f"{event.fact.report}:{event.quotes[0][0]}-{event.quotes[0][1]}",
        joined_urls((telling.url for telling in event.tellings), ";"),
        joined(dict.fromkeys(telling.outlet for telling in event.tellings), separator=";"),
    )


def _date(event: ExportedEvent) -> tuple[Value, ...]:
    """Date, Year, Month, Day; each as far as it is known."""
    return (
        event.day.replace("-", "") if event.day else None,
        int(event.year) if event.year else None,
        int(event.month[5:]) if event.month else None,
        int(event.day[8:]) if event.day else None,
    )


def _side(actors: tuple[Actor, ...], codes: Codes) -> tuple[Value, ...]:
    """Full code, entity, role, attribute of the one actor; what CAMEO has no code for is named."""
    if not actors:
        return (None, None, None, None)
    found = cameo_actor(actors[0], codes)
    entity = found.country or found.group
    return (found.code or actors[0].name, entity or actors[0].name, found.role, None)
