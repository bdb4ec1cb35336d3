"""POLECAT: 40 columns, tab-separated with a header; what is missing is `None`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dragoman.facts import Actor
from dragoman.store.exports.cells import Row, Value, joined
from dragoman.store.exports.codes import Codes
from dragoman.store.exports.events import ExportedEvent, version

MISSING: Final = "None"

COLUMNS: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip


def row(event: ExportedEvent, codes: Codes, codebook: str) -> Row:
    """One event, with the parties of a side joined in one cell."""
    fact = event.fact
    published = fact.published
    return (
        event.id,
        event.day,
        event.type,
        event.mode,
        codes.intensity(event.type, event.mode),
        codes.quad_name(event.type).upper(),
        _list(event.contexts),
        *_side(event, event.source, codes),
        *_side(event, event.target, codes),
        *_place(event, codes),
        _list(dict.fromkeys(telling.outlet for telling in event.tellings)),
        published.start if published.start == published.end else None,
        None,
        None,
        None,
        fact.language,
        version(fact, codebook),
    )


def _side(event: ExportedEvent, actors: tuple[Actor, ...], codes: Codes) -> tuple[Value, ...]:
    sectors = [_sectors(actor, codes) for actor in actors]
    return (
        _list(actor.name for actor in actors),
        _list(codes.country_name(codes.plover_country(actor)) for actor in actors),
        _list(codes.number(actor, "COW", event.on) for actor in actors),
        _list(found[0] if found else None for found in sectors),
        _list(", ".join(found) or None for found in sectors),
        _list(actor.role for actor in actors),
        _list(event.raw(actor) for actor in actors),
        None,
    )


def _list(values: Iterable[Value]) -> Value:
    return joined(values, MISSING)


def _sectors(actor: Actor, codes: Codes) -> tuple[str, ...]:
    """The actor's sectors, with PRE where PLOVER codes his land under the state that claims it."""
    own = (actor.sector,) if actor.sector else ()
    land = codes.countries.by_code.get(actor.country or "")
    return (*own, "PRE") if land is not None and land.partial and "PRE" not in own else own


def _place(event: ExportedEvent, codes: Codes) -> tuple[Value, ...]:
    """Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, Raw Placename, Feature Type."""
    if event.place is None:
        return (None,) * 10
    spot = codes.spot(event.place)
    place = spot.place
    return (
        place.name,
        spot.name_of("town"),
        spot.name_of("county"),
        spot.name_of("division"),
        codes.country_name(place.country),
        place.lat,
        place.lon,
        spot.geonameid,
        None,
        spot.kind,
    )
