"""Codes and scores that formats want beside what a fact holds, from the tables of the lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.facts import Actor, Date, Place
from dragoman.lexicon import cities, countries
from dragoman.lexicon.cities import City, CityKind
from dragoman.lexicon.plover import QUADS, CameoRow, ModeRow, TypeRow
from dragoman.lexicon.table import Lexicon
from dragoman.terms import BODY_SECTORS

SAME_POINT_DEGREES: Final = 0.01
"""A place of the record and one of the gazetteer with the same name are one where they lie no farther apart."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as the gazetteer knows it. `kind` is `country`, `town`, `county`, `division`, or None where unknown."""

    place: Place
    kind: Literal["country"] | CityKind | None
    geonameid: int | None

    def name_of(self, kind: CityKind) -> str | None:
        """The place's name where it is of that kind."""
        return self.place.name if self.kind == kind else None


class Codes:
    """Lookups in the codebook's tables and the countries'. Get it by `lexicon.compiled(codes)`."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._types = {row.type: row for row in lexicon.rows(TypeRow)}
        self._modes = {(row.type, row.mode): row for row in lexicon.rows(ModeRow)}
        self._cameo = {row.code: row for row in lexicon.rows(CameoRow)}
        self.countries = lexicon.compiled(countries.index)

    def quad(self, type_: str) -> int:
        """The quad class of a PLOVER type, 1 to 4."""
        return self._types[type_].quad

    def quad_name(self, type_: str) -> str:
        """`verbal cooperation` and so on."""
        return QUADS[self.quad(type_)]

    def intensity(self, type_: str, mode: str | None) -> float:
        """PLOVER's score, -10 to 10: the mode's where it has one of its own, else the type's."""
        row = self._modes.get((type_, mode or ""))
        own = row.intensity if row else None
        return self._types[type_].intensity if own is None else own

    def cameo(self, code: str | None) -> CameoRow | None:
        """The row of CODE, or of the code that it is a finer part of; None where CAMEO has neither."""
        return next((self._cameo[part] for part in _wider(code or "") if part in self._cameo), None)

    def goldstein(self, code: str | None) -> float | None:
        """The Goldstein value of CODE, or of the next wider code that has one."""
        rows = (self._cameo.get(part) for part in _wider(code or ""))
        return next((row.goldstein for row in rows if row and row.goldstein is not None), None)

    def number(self, actor: Actor, system: Literal["COW", "GW"], on: Date) -> int | None:
        """The number of ACTOR's state in that list on that date; None for what is no state there."""
        return self.countries.number(actor.country, system, on if on.known else None) if actor.country else None

    def country_name(self, code: str | None) -> str | None:
        """A country's English name; its code where no table has it."""
        row = self.countries.by_code.get(code or "")
        return row.name if row else code

    def plover_country(self, actor: Actor) -> str | None:
        """PLOVER's country: dependencies fold into their state; of bodies without one, IGO, UNO, NGO and the like."""
        row = self.countries.by_code.get(actor.country or "")
        if row is not None:
            return row.plover_code
        return actor.country or (actor.sector if actor.sector in BODY_SECTORS else None)

    def cameo_country(self, code: str | None) -> str | None:
        """CAMEO's three letters, or the code itself."""
        row = self.countries.by_code.get(code or "")
        return row.cameo_code if row else code

    def fips(self, code: str | None) -> str | None:
        """FIPS 10-4, two letters, as GDELT has them for places; None where there are none."""
        row = self.countries.by_code.get(code or "")
        return row.fips if row else None

    def spot(self, place: Place) -> Spot:
        """PLACE with what the gazetteer knows of it."""
        country = self.countries.by_code.get(place.country or "")
        if place.lat is None or place.lon is None:
            return Spot(place, "country" if country else None, country.geonameid if country else None)
        for city in self._lexicon.compiled(cities.index).named(place.name):
            if _same_point(city, place.lat, place.lon):
                return Spot(place, city.kind, city.geonameid)
        return Spot(place, None, None)


def codes(lexicon: Lexicon) -> Codes:
    """The codes of LEXICON: `lexicon.compiled(codes)`."""
    return Codes(lexicon)


def _wider(code: str) -> Iterator[str]:
    """CODE and the wider ones that it is a part of: 1831, 183, 18."""
    return (code[:digits] for digits in range(len(code), 1, -1))


def _same_point(city: City, lat: float, lon: float) -> bool:
    return abs(city.lat - lat) < SAME_POINT_DEGREES and abs(city.lon - lon) < SAME_POINT_DEGREES
