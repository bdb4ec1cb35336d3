"""ICEWS: 20 columns, tab-separated with a header, one source and one target a row; CAMEO codes are text."""

from __future__ import annotations

from typing import Final

from dragoman.facts import Actor
from dragoman.store.exports.cells import Row, Value, joined
from dragoman.store.exports.codes import Codes
from dragoman.store.exports.events import ExportedEvent

COLUMNS: Final = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def row(event: ExportedEvent, codes: Codes, codebook: str) -> Row:
    """One pair. `Event Text` is the code's label; `Intensity` is Goldstein's value."""
    cameo = codes.cameo(event.cameo)
    return (
        event.id,
        event.day,
        *_side(event.source, codes),
        cameo.label if cameo else None,
        event.cameo,
        codes.goldstein(event.cameo),
        *_side(event.target, codes),
        joined(dict.fromkeys(telling.report for telling in event.tellings)),
        None,
        joined(dict.fromkeys(telling.outlet for telling in event.tellings)),
        *_place(event, codes),
    )


def _side(actors: tuple[Actor, ...], codes: Codes) -> tuple[Value, Value, Value]:
    return (
        joined(actor.name for actor in actors),
        joined(actor.sector for actor in actors),
        joined(codes.country_name(actor.country) for actor in actors),
    )


def _place(event: ExportedEvent, codes: Codes) -> tuple[Value, ...]:
    """City, District, Province, Country, Latitude, Longitude."""
    if event.place is None:
        return (None,) * 6
    spot = codes.spot(event.place)
    names = (spot.name_of("town"), spot.name_of("county"), spot.name_of("division"))
    return (*names, codes.country_name(spot.place.country), spot.place.lat, spot.place.lon)
