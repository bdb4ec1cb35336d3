"""The gazetteer: names, namesakes, spellings, divisions."""

import pytest

from dragoman.lexicon.cities import CityIndex, CityName, index, without_accents
from dragoman.lexicon.countries import Country
from dragoman.lexicon.regions import Region
from dragoman.lexicon.table import Lexicon

LEXICON = Lexicon()


@pytest.fixture(scope="module")
def cities() -> CityIndex:
    return LEXICON.compiled(index)


MOST_POPULOUS = [
    ("Paris", "town", "FRA", 48.85, 2.35),
    ("Gdansk", "town", "POL", 54.35, 18.65),
    ("Gdańsk", "town", "POL", 54.35, 18.65),
    ("Danzig", "town", "POL", 54.35, 18.65),
    ("Kiev", "town", "UKR", 50.45, 30.52),
    ("Saigon", "town", "VNM", 10.8, 106.7),
    ("Peking", "town", "CHN", 39.9, 116.4),
    ("Raqqa", "town", "SYR", 35.95, 39.0),
    ("Leningrad", "town", "RUS", 59.9, 30.3),
    ("Sharm el-Sheikh", "town", "EGY", 27.9, 34.3),
    ("Bavaria", "division", "DEU", 49.0, 11.5),
    ("Rapides Parish", "county", "USA", 31.2, -92.5),
]


@pytest.mark.parametrize(("name", "kind", "country", "lat", "lon"), MOST_POPULOUS)
def test_the_most_populous_of_a_name(
    cities: CityIndex, name: str, kind: str, country: str, lat: float, lon: float
) -> None:
    place = cities.named(name)[0]
    assert (place.kind, place.country) == (kind, country)
    assert abs(place.lat - lat) < 0.5
    assert abs(place.lon - lon) < 0.5


def test_namesakes_come_by_size(cities: CityIndex) -> None:
    found = cities.named("Paris")
    assert ("USA", "TX") in {(place.country, place.division) for place in found}
    assert [place.population for place in found] == sorted((place.population for place in found), reverse=True)


@pytest.mark.parametrize("name", ["paris", "Utopolis", "", "Par"])
def test_what_is_no_place_has_none(cities: CityIndex, name: str) -> None:
    assert cities.named(name) == ()


def test_all_countries_of_the_gazetteer_are_known(cities: CityIndex) -> None:
    codes = {row.code for row in LEXICON.rows(Country)}
    assert {place.country for name in cities.names for place in cities.named(name)} <= codes


def test_every_other_name_leads_to_a_town(cities: CityIndex) -> None:
    for row in LEXICON.rows(CityName):
        assert row.country in {place.country for place in cities.named(row.name)}, row.name


def test_regions_lie_in_known_countries_and_on_the_globe() -> None:
    codes = {row.code for row in LEXICON.rows(Country)}
    for row in LEXICON.rows(Region):
        assert row.country is None or row.country in codes, row.name
        assert row.kind == "group" or (abs(row.lat or 0) <= 90 and abs(row.lon or 0) <= 180), row.name


@pytest.mark.parametrize(
    ("name", "plain"), [("Łódź", "Lodz"), ("İzmir", "Izmir"), ("Xi’an", "Xi'an"), ("Paris", "Paris")]
)
def test_names_without_accents(name: str, plain: str) -> None:
    assert without_accents(name) == plain
