"""All toponyms in one index: countries with their adjectives, regions, divisions and towns, found in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final

from dragoman.facts import Date
from dragoman.lexicon import cities, countries
from dragoman.lexicon.cities import City, CityIndex
from dragoman.lexicon.countries import CountryIndex, Reading
from dragoman.lexicon.regions import Region
from dragoman.lexicon.scan import Hit, NameScan
from dragoman.lexicon.table import Lexicon

SURE_SPELLING: Final = 6
"""Letters from which a spelling of another language is hardly a word of English too ("Vinnytsia", unlike "Adena")."""


@dataclass(frozen=True, slots=True)
class TownWord:
    """A row of `town_words.tsv`: a town's name that is more often a word, a person or something else (`sense`)."""

    table: ClassVar[str] = "town_words"
    key: ClassVar[tuple[str, ...]] = ("name",)
    name: str
    sense: str


@dataclass(frozen=True, slots=True)
class Toponym:
    """What a name may mean. `doubtful`: as a town it is more often a word or a person, or an odd spelling.

    `nowhere`: it stands for a group of countries ("Western", "Arab"), which has no place.
    """

    name: str
    readings: tuple[Reading, ...]
    regions: tuple[Region, ...]
    towns: tuple[City, ...]
    doubtful: bool
    nowhere: bool


class Gazetteer:
    """Names of all kinds of places. Get it by `lexicon.compiled(index)`; the first use costs some 0.4 s."""

    def __init__(
        self,
        country_index: CountryIndex,
        regions: tuple[Region, ...],
        city_index: CityIndex,
        words: tuple[TownWord, ...],
    ) -> None:
        self.countries = country_index
        self.cities = city_index
        by_name: dict[str, list[Region]] = {}
        for region in regions:
            for name in region.all_names:
                by_name.setdefault(name, []).append(region)
        self.regions: Mapping[str, tuple[Region, ...]] = MappingProxyType({n: tuple(r) for n, r in by_name.items()})
        self._words = {row.name for row in words}
        self._scan = NameScan([*by_name, *country_index.land_names, *city_index.names])

    def find(self, text: str) -> Iterator[Hit]:
        """Names in TEXT from left to right, the longest at each place."""
        return self._scan.find(text)

    def look_up(self, name: str, on: Date | None = None) -> Toponym:
        """What NAME (as the tables write it) may mean in a report of that day."""
        readings = tuple(r for r in self.countries.by_name(name, on) if r.kind not in countries.STRICT)
        regions = self.regions.get(name, ())
        doubtful = name in self._words or (len(name) < SURE_SPELLING and not self.cities.is_own(name))
        nowhere = any(r.kind == "group" for r in regions)
        return Toponym(name, readings, regions, self.cities.named(name), doubtful, nowhere)


def index(lexicon: Lexicon) -> Gazetteer:
    """The gazetteer over LEXICON's tables: `lexicon.compiled(index)`."""
    return Gazetteer(
        lexicon.compiled(countries.index),
        lexicon.rows(Region),
        lexicon.compiled(cities.index),
        lexicon.rows(TownWord),
    )
