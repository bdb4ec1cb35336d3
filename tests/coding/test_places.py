"""Toponyms and what they resolve to."""

import pytest

from dragoman.coding.draft import Draft
from dragoman.coding.places import as_place, find
from dragoman.coding.tree import Tree
from dragoman.facts import Date, Place, PlaceMention, Report
from dragoman.language.tokens import tokenise
from dragoman.lexicon.table import Lexicon

LEXICON = Lexicon()


def draft(text: str, *entities: tuple[str, str], published: str | None = None) -> Draft:
    """A draft of TEXT; ENTITIES are (words, label), each marked at its first place in the text."""
    doc = tokenise(text)
    doc.set_ents([doc.char_span(text.index(w), text.index(w) + len(w), label=label) for w, label in entities])
    report = Report("r", text, Date.on(published) if published else Date.unknown())
    return Draft(report, Tree(doc), LEXICON)


def found(text: str, *entities: tuple[str, str], published: str | None = None) -> list[tuple[str, str, str | None]]:
    """(words, name, country) of each place of TEXT."""
    return [(m.text, m.name, m.country) for m in find(draft(text, *entities, published=published))]


BARE = [
    ("French and Turkish troops left Syria.", ["French>FRA", "Turkish>TUR", "Syria>SYR"]),
    ("Talks in Paris, Texas, failed.", ["Paris>USA", "Texas>USA"]),
    ("Talks in Paris failed.", ["Paris>FRA"]),
    ("Shelling hit Tripoli (Lebanon).", ["Tripoli>LBN", "Lebanon>LBN"]),
    ("Shelling hit Tripoli.", ["Tripoli>LBY"]),
    ("The ambassador spoke of reading in spring.", []),
    ("The West and the Arab world disagree.", []),
    ("He crossed the Gulf of Mexico.", ["Gulf of Mexico>None"]),
    ("Shops in Georgia, Alabama and Florida closed.", ["Georgia>USA", "Alabama>USA", "Florida>USA"]),
    ("Georgia accused Russia; Armenia kept out.", ["Georgia>GEO", "Russia>RUS", "Armenia>ARM"]),
    ("Officials in Albany, New York, agreed.", ["Albany>USA", "New York>USA"]),
    ("A bus from Danzig to Leningrad.", ["Danzig>POL", "Leningrad>RUS"]),
    ("England and Scotland voted.", ["England>GBR", "Scotland>GBR"]),
    ("LONDON (Reuters) - Ministers met.", ["LONDON>GBR"]),
    ("Jordan thanked U.S. and American aid workers.", ["Jordan>JOR", "U.S.>USA", "American>USA"]),
    ("The war in Kashmir and India's Jammu.", ["Kashmir>None", "India>IND", "Jammu>IND"]),
]


@pytest.mark.parametrize(("text", "expected"), BARE)
def test_places_without_a_parser(text: str, expected: list[str]) -> None:
    assert [f"{words}>{country}" for words, _, country in found(text)] == expected


def test_a_town_beside_new_york_lies_in_the_state() -> None:
    assert find(draft("Officials in Albany, New York, agreed."))[1].geonameid == 5128638
    assert find(draft("Officials in New York agreed."))[0].geonameid == 5128581


LABELLED = [
    # a person's name is no place, an unknown place is one without a position
    ("Jack London left for Oslo.", [("Jack London", "PERSON"), ("Oslo", "GPE")], [("Oslo", "Oslo", "NOR")]),
    ("They met at Qarabulaqxan.", [("Qarabulaqxan", "GPE")], [("Qarabulaqxan", "Qarabulaqxan", None)]),
    ("Qarabulaqxan won the match.", [("Qarabulaqxan", "GPE")], []),
    # the parser's "person" that is a country or a town and nobody's surname
    ("Jordan met Obama.", [("Jordan", "PERSON"), ("Obama", "PERSON")], [("Jordan", "Jordan", "JOR")]),
    ("Lloyd Austin left. Austin flew.", [("Lloyd Austin", "PERSON")], []),
    # a doubtful name counts where the parser marks it
    ("Reading voted.", [("Reading", "GPE")], [("Reading", "Reading", "GBR")]),
    ("Reading helps, says Oslo.", [("Oslo", "GPE")], [("Oslo", "Oslo", "NOR")]),
    # a place that the gazetteer lacks lies where its text is
    (
        "The Holy Redeemer Church in New Orleans.",
        [("Holy Redeemer Church", "FAC"), ("New Orleans", "GPE")],
        [("Holy Redeemer Church", "New Orleans", "USA"), ("New Orleans", "New Orleans", "USA")],
    ),
    # a part of a longer name says nothing
    ("Crowds at Centennial Park.", [("Centennial Park", "FAC")], [("Centennial Park", "Centennial Park", None)]),
]


@pytest.mark.parametrize(("text", "entities", "expected"), LABELLED)
def test_places_with_entities(
    text: str, entities: list[tuple[str, str]], expected: list[tuple[str, str, str | None]]
) -> None:
    assert found(text, *entities) == expected


def test_one_sense_for_the_whole_report() -> None:
    text = "Athens, Georgia, is growing. Athens has new schools."
    assert [m.country for m in find(draft(text)) if m.text == "Athens"] == ["USA", "USA"]


def test_former_states_by_the_reports_date() -> None:
    assert found("Soviet envoys left Zaire.", published="1975-05-01") == [
        ("Soviet", "Soviet Union", "SUN"),
        ("Zaire", "Democratic Republic of the Congo", "COD"),
    ]


FORMER = [
    ("Tanks rolled into Prague.", "1968-08-21", "CSK"),
    ("Tanks rolled into Prague.", "1998-08-21", "CZE"),
    ("A summit in Leningrad.", "1975-08-21", "SUN"),
    ("Riots in Vilnius.", "1935-08-21", "LTU"),
    ("Riots in Vilnius.", "1985-08-21", "SUN"),
    ("A fire in Zagreb.", "1985-08-21", "YUG"),
    ("A fire in Belgrade.", "1995-08-21", "YUG"),
    ("A fire in Belgrade.", "2005-08-21", "SCG"),
    ("Raids on Haiphong.", "1968-08-21", "VNM"),  # two states shared the land: none of them is sure
    ("Oil from Siberia.", "1975-08-21", "SUN"),
]


@pytest.mark.parametrize(("text", "day", "country"), FORMER)
def test_towns_lie_in_the_state_of_the_day(text: str, day: str, country: str) -> None:
    assert [m.country for m in find(draft(text, published=day))] == [country]


def test_a_country_has_its_label_point_and_not_its_capital() -> None:
    germany = find(draft("Germany"))[0]
    assert (germany.lat, germany.lon, germany.geonameid) == (51.5, 10.5, 2921044)


PLACES = [
    ("France", Place("France", "FRA", None, None, 3017382)),
    ("Abkhazia", Place("Abkhazia", "GEO", None, None, None)),
    ("Africa", Place("Africa", None, None, None, 6255146)),
    ("Middle East", Place("Middle East", None, None, None, None)),
    ("Crimea", Place("Crimea", "UKR", 45.3, 34.4, 703883)),
    ("Oslo", Place("Oslo", "NOR", 59.913, 10.746, 3143244)),
]


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_a_whole_country_is_never_a_point_for_an_event(text: str, place: Place) -> None:
    assert as_place(find(draft(text))[0], LEXICON) == place


def test_a_state_of_the_union_is_not_the_country_of_its_name() -> None:
    georgia = PlaceMention(0, 7, "Georgia", "Georgia", "USA", 32.75, -83.5, 4197000)
    assert as_place(georgia, LEXICON).lat == 32.75


def test_mentions_are_ordered_and_verbatim() -> None:
    text = "U.S.-led forces, Sino-Soviet talks and pro-Beijing groups in Côte d’Ivoire’s north; NORTH KOREA."
    mentions = find(draft(text))
    assert [m.text for m in mentions] == ["U.S.", "Sino", "Soviet", "Beijing", "Côte d’Ivoire", "NORTH KOREA"]
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
