"""Rebuild `src/dragoman/lexicon/data/town_words.tsv`: towns' names that are more often a word or a person.

    python -m training.count_town_words DATA

DATA is the folder with the training corpora (`gmb_ner_train.csv.xz`, `ud_*_train.conllu.xz`, `gap_train.jsonl.xz`). A
name is a word where its small letters outnumber the place, a person where persons' names hold it more often than places
are called so. Towns of SURE_TOWN inhabitants stay towns.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dragoman.lexicon import cities, countries
from dragoman.lexicon.regions import Region
from dragoman.lexicon.table import Lexicon
from training.corpora import gmb_sentences, lines, treebank
from training.entities import spans

OUT = Path(__file__).parent.parent / "src/dragoman/lexicon/data/town_words.tsv"
SURE_TOWN = 1_500_000
LEAST_WORD = 3
KEPT = frozenset(
    ["Toyota", "Aden", "Hama", "Bremen", "Medina", "Gao", "Denpasar", "Raipur", "Breslau", "Ordzhonikidze", "Savannah"]
)
"""Towns that news means by the name, whatever the counts in so little text."""

GENERIC = (
    "Academy", "Airport", "Alot", "Annex", "Anthem", "Arab", "August", "Avenue", "Bay", "Beach", "Bell", "Bend",
    "Bridge", "Capital", "Carpenter", "Castle", "Cathedral", "Center", "Central", "Centre", "Christian", "Church",
    "City", "Coast", "College", "Commerce", "Commonwealth", "Commune", "Corner", "Defiance", "Delta", "District",
    "East", "Eastern", "Enterprise", "Equator", "Federal", "Fort", "Freedom", "Garden", "Gardens", "Gulf", "Hall",
    "Hamlet", "Harbor", "Harbour", "Highlands", "Hope", "Hospital", "House", "Independence", "Industry", "Inner",
    "Island", "Islands", "Justice", "Lake", "Lakes", "Liberty", "Littoral", "Lower", "Market", "Metro",
    "Metropolitan", "Middle", "Midlands", "Mound", "Mountain", "Muslim", "National", "Normal", "North", "Northeast",
    "Northern", "Northwest", "Outer", "Palace", "Park", "Parkway", "Peace", "Plateau", "Plaza", "Port", "Progress",
    "Republic", "Ridge", "River", "Rivers", "Road", "Rodeo", "Savanna", "South", "Southeast", "Southern", "Southwest",
    "Square", "Stadium", "Station", "Street", "Success", "Surprise", "Tower", "Town", "Truth", "Turner", "Union",
    "Unity", "University", "Upper", "Valley", "Village", "Vista", "West", "Western",
)  # fmt: skip
GENERIC_PAIRS = (
    "Central District", "North Central", "South Central", "Upper West", "Upper East", "Old Town", "East End",
    "Northern Region", "Southern Region", "Central Region", "Eastern Region", "Western Region", "Northern Province",
    "Southern Province", "Eastern Province", "Western Province", "Capital Region", "North West", "North East",
    "South East", "South West",
)  # fmt: skip
NOTICE = """# Names of towns that are more often a word or a person (`sense`) in English news: alone they prove no town.
# Counted in openly licensed text by training/count_town_words.py; not to be edited by hand.
"""


def count_places(data: Path) -> tuple[Counter[str], Counter[str]]:
    """How often a name is a place, and how often a word stands in a person's name."""
    places: Counter[str] = Counter()
    persons: Counter[str] = Counter()
    for words, tags in gmb_sentences(data / "gmb_ner_train.csv.xz"):
        for start, end, kind in spans(tags):
            if kind in ("geo", "gpe"):
                places[" ".join(words[start:end])] += 1
            elif kind == "per":
                persons.update(words[start:end])
    for line in lines(data / "gap_train.jsonl.xz"):
        row = json.loads(line)
        persons.update(row["a"].split() + row["b"].split())
    return places, persons


def count_words(data: Path) -> Counter[str]:
    """Words in small letters."""
    small: Counter[str] = Counter()
    for words, _ in gmb_sentences(data / "gmb_ner_train.csv.xz"):
        small.update(word for word in words if word.islower())
    for path in sorted(data.glob("ud_*_train.conllu.xz")):
        for _, _, rows, _ in treebank(path):
            small.update(row[1] for row in rows if row[1].islower())
    return small


def senses(data: Path) -> Iterator[tuple[str, str]]:
    """(name, sense) of the names to be doubted."""
    lexicon = Lexicon()
    towns = lexicon.compiled(cities.index)
    lands = lexicon.compiled(countries.index)
    regions = {name for region in lexicon.rows(Region) for name in region.all_names}
    places, persons = count_places(data)
    small = count_words(data)
    generic = {*GENERIC, *GENERIC_PAIRS}
    for name in sorted(towns.names):
        if name in regions or name in KEPT or lands.by_name(name):
            continue
        large = max(town.population for town in towns.named(name)) > SURE_TOWN
        if name in generic or LEAST_WORD <= small[name.lower()] > places[name]:
            yield name, "word"
        elif persons[name] > places[name] and not large:
            yield name, "person"


def main() -> None:
    """Write the table and say how long it is."""
    parser = argparse.ArgumentParser(description="Count which towns' names are words or persons.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    rows = list(senses(options.data))
    options.out.write_text(
        NOTICE + "name\tsense\n" + "".join(f"{name}\t{sense}\n" for name, sense in rows), encoding="utf-8"
    )
    print(f"{options.out}: {len(rows)} names")


if __name__ == "__main__":
    main()
