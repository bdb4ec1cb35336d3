"""Towns, first-level divisions and United States counties: `places.tsv.gz`, made by `training/build_cities.py`.

The file is read when it is first asked for (some 0.2 s) and rows are made into objects only when looked up. From
GeoNames, CC BY 4.0 (`data/LICENSE-geonames`).
"""

from __future__ import annotations

import gzip
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import ClassVar, Final, Literal, TypeAlias

from dragoman.lexicon.countries import Country
from dragoman.lexicon.table import Lexicon

CityKind: TypeAlias = Literal["town", "division", "county"]
FILE: Final = "places.tsv.gz"
KINDS: Final[dict[str, CityKind]] = {"P": "town", "A": "division", "C": "county"}
APOSTROPHES: Final = {ord(mark): "'" for mark in "’‘ʼ`´ʻ"}


@dataclass(frozen=True, slots=True)
class City:
    """A town, division or county. `country` is ISO alpha-3, `division` GeoNames' code ("TX"); degrees."""

    name: str
    kind: CityKind
    country: str
    division: str
    lat: float
    lon: float
    population: int
    geonameid: int | None


@dataclass(frozen=True, slots=True)
class CityName:
    """A row of `city_names.tsv`: `name` stands in reports for the town that the gazetteer calls `city`."""

    table: ClassVar[str] = "city_names"
    key: ClassVar[tuple[str, ...]] = ("name", "country")
    name: str
    city: str
    country: str


class CityIndex:
    """All places of the gazetteer by name. Get it by `lexicon.compiled(index)`."""

    def __init__(self, text: str, codes: dict[str, str], others: Iterable[CityName]) -> None:
        self._codes = codes
        self._lines: dict[str, list[str]] = {}
        self._others: dict[str, list[str]] = {}
        self._read(text)
        for row in others:
            self._add_other(row)

    def _read(self, text: str) -> None:
        for line in text.split("\n"):
            if not line or line[0] == "#" or line.startswith("name\t"):
                continue
            name = line[: line.index("\t")]
            for form in {name, without_accents(name)}:
                self._lines.setdefault(form, []).append(line)
            others = line.rpartition("\t")[2]
            for other in others.split(";") if others else ():
                self._others.setdefault(other, []).append(line)

    def _add_other(self, row: CityName) -> None:
        for line in self._lines.get(row.city, ()):
            cells = line.split("\t", 3)
            if cells[1] == "P" and self._codes.get(cells[2]) == row.country:
                self._lines.setdefault(row.name, []).append(line)

    @property
    def names(self) -> Iterable[str]:
        """Every name by which a place can be found."""
        return {**self._lines, **self._others}.keys()

    def is_own(self, name: str) -> bool:
        """Whether a place is so called in English or at home, not only in another language's spelling."""
        return name in self._lines

    def named(self, name: str) -> tuple[City, ...]:
        """Places called NAME (with its case), the most populous first.

        Spellings from other languages count only where no place has NAME as its own.
        """
        lines = self._lines.get(name) or self._others.get(name) or ()
        places = {self._city(line) for line in lines}
        return tuple(sorted(places, key=lambda c: (-c.population, c.geonameid or 0)))

    def _city(self, line: str) -> City:
        name, kind, iso2, code, lat, lon, people, id_ = line.split("\t")[:8]
        country = self._codes.get(iso2, iso2)
        return City(name, KINDS[kind], country, code, float(lat), float(lon), int(people), int(id_) if id_ else None)


def without_accents(name: str) -> str:
    """NAME in unaccented letters and straight apostrophes, as most reports write it."""
    if name.isascii():
        return name
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.translate(APOSTROPHES).replace("ı", "i").replace("ł", "l").replace("Ł", "L").replace("ø", "o")


def index(lexicon: Lexicon) -> CityIndex:
    """The gazetteer, read once: `lexicon.compiled(index)`."""
    packed = (files("dragoman.lexicon") / "data" / FILE).read_bytes()
    codes = {row.iso2: row.code for row in lexicon.rows(Country) if row.iso2 and row.kind != "former"}
    return CityIndex(gzip.decompress(packed).decode("utf-8"), codes, lexicon.rows(CityName))
