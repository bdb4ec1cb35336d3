from collections import Counter

import pytest

from training.entities import clean_gmb, gum_mentions, mend_uner, names_by_form, nation_part, spans, tag_options

COUNTS = Counter(
    {
        ("Iraq", "geo"): 900, ("Iraq", "gpe"): 60, ("Iraqi", "gpe"): 800, ("Iraqi", "geo"): 2, ("Israeli", "gpe"): 500,
        ("Jordan", "gpe"): 80, ("Pakistan", "geo"): 600, ("Pakistan", "gpe"): 200,
    }
)  # fmt: skip

GMB = [
    ("President Bush left", "B-per I-per O", ["O", "B-PERSON", "O"]),
    ("Mr. Annan left", "B-per I-per O", ["O", "B-PERSON", "O"]),
    ("Iraqi troops in Iraq", "B-gpe O O B-geo", ["B-NORP", "O", "O", "B-GPE"]),
    ("in Pakistan", "O B-gpe", ["O", "B-GPE"]),
    ("in Jordan", "O B-gpe", ["O", "B-GPE"]),
    ("the Jordan River", "O B-geo I-geo", ["O", "B-LOC", "I-LOC"]),
    ("the Ministry left", "B-org I-org O", ["O", "B-ORG", "O"]),
    ("Indian-controlled Orissa fell", "B-geo I-geo O", ["O|B-EVENT|B-NORP|I-EVENT|I-NORP", "B-GPE", "O"]),
    ("in Kashmir", "O B-org", ["O", "B-GPE|B-LOC"]),
    ("Turkey left", "B-org O", ["B-GPE", "O"]),
    ("Reuters said", "B-org O", ["B-MEDIA", "O"]),
    ("Mr. Weah left", "O B-geo O", ["O|B-EVENT|B-NORP|I-EVENT|I-NORP", "B-PERSON", "O"]),
    ("a North Korean envoy", "O B-geo B-gpe O", ["O", "B-NORP", "I-NORP", "O"]),
    ("the Iranian Foreign Ministry said", "O B-gpe B-org I-org O", ["O", "B-ORG", "I-ORG", "I-ORG", "O"]),
    ("Iraq 's Foreign Ministry", "B-org I-org I-org I-org", ["B-GPE", "O", "B-ORG", "I-ORG"]),
    ("eastern Kunar", "B-geo I-geo", ["O", "B-GPE"]),
    ("lost 06-Mar in", "O B-geo O", ["O", "O", "O"]),
    ("the earth shook", "O B-geo O", ["O", "O", "O"]),
    ("oil-rich Libya", "B-org I-org", ["O", "B-GPE"]),
    ("al-Qaida said", "B-org O", ["B-ORG", "O"]),
    ("General Mladic left", "B-org I-org O", ["O|B-EVENT|B-NORP|I-EVENT|I-NORP", "B-PERSON", "O"]),
    ("General Electric", "B-org I-org", ["B-ORG", "I-ORG"]),
    ("Fatah and Hamas", "B-org I-org I-org", ["B-ORG", "O", "B-ORG"]),
    ("United States and Iran", "B-org I-org I-org I-org", ["B-GPE", "I-GPE", "O", "B-GPE"]),
    ("Secretary of State left", "B-per O B-org O", ["O", "O", "O", "O"]),
    ("the minister of Defense Ann Lee", "O O O B-org I-org I-org", ["O", "O", "O", "O", "B-PERSON", "I-PERSON"]),
    ("Pope Pius left", "O B-org O", ["O|B-EVENT|B-NORP|I-EVENT|I-NORP", "B-PERSON", "O"]),
    ("in Turin", "O B-org", ["O", "B-GPE"]),
    ("said Yasser Arafat", "O B-org I-org", ["O", "B-ORG|B-PERSON", "I-ORG|I-PERSON"]),
    ("on Monday 5", "O B-tim B-tim", ["O", "O", "O"]),
    ("Muslim leaders", "O O", ["B-NORP|I-NORP|I-ORG", "O"]),
    ("the Senate Act", "O B-org I-org", ["O", "B-ORG", "I-ORG"]),
]


@pytest.mark.parametrize(("text", "tags", "expected"), GMB)
def test_gmb_is_repaired(text: str, tags: str, expected: list[str]) -> None:
    found = clean_gmb(text.split(), tags.split(), COUNTS)
    assert [set(options) for options in found] == [set(e.split("|")) for e in expected]


@pytest.mark.parametrize(("name", "expected"), [("Zurmatabad", {"B-GPE", "B-LOC", "B-FAC"}), ("Oslo", {"B-GPE"})])
def test_kinds_of_places_stay_open(name: str, expected: set[str]) -> None:
    assert set(clean_gmb(["in", name], ["O", "B-geo"], COUNTS, coarse=True)[1]) == expected


@pytest.mark.parametrize(("word", "expected"), [("Israeli", ("B-NORP",)), ("Iraq", ("B-GPE",)), ("Xanadu", ())])
def test_parts_of_hyphened_words(word: str, expected: tuple[str, ...]) -> None:
    assert nation_part(word, COUNTS) == expected


SPANS = [
    ("O B-a I-a O", [(1, 3, "a")]),
    ("I-a I-a B-a", [(0, 2, "a"), (2, 3, "a")]),
    ("B-a I-b I-b", [(0, 1, "a"), (1, 3, "b")]),
    ("O O", []),
]


@pytest.mark.parametrize(("tags", "expected"), SPANS)
def test_spans(tags: str, expected: list[tuple[int, int, str]]) -> None:
    assert spans(tags.split()) == expected


def test_a_corpus_leaves_open_what_it_does_not_mark() -> None:
    found = tag_options(["The", "river", "Rhine"], ["O", "O", "B-LOC"], {"LOC": ("GPE", "LOC")}, ("NORP",))
    assert found == [("O", "B-NORP", "I-NORP"), ("O",), ("B-GPE", "B-LOC")]


def rows(*words: tuple[str, str, str]) -> list[list[str]]:
    return [[str(i), form, "_", upos, "_", "_", "0", "_", "_", misc] for i, (form, upos, misc) in enumerate(words, 1)]


def test_names_among_gum_mentions() -> None:
    found = gum_mentions(
        rows(
            ("President", "PROPN", "Entity=(1-person-new-x"),
            ("Obama", "PROPN", "Entity=1)"),
            ("saw", "VERB", "_"),
            ("the", "DET", "Entity=(2-person-new-x"),
            ("man", "NOUN", "Entity=2)"),
            ("in", "ADP", "_"),
            ("Paris", "PROPN", "Entity=(3-place-new-x)"),
        )
    )
    assert found[1] == ("B-PERSON",)
    assert found[4] == ("O",)
    assert found[6] == ("B-GPE", "B-LOC", "B-FAC")


UNER = [
    ("Enron fell", "O O", ["B-ORG|O", "O"]),
    ("the Enron Dam", "O O O", ["O", "O", "O"]),
    ("the Iraqis left", "O B-OTH O", ["O", "B-NORP", "O"]),
    ("Go !", "O B-O", ["O", "O"]),
    ("the Beatles left", "O B-OTH O", ["O", "B-X", "O"]),
]


@pytest.mark.parametrize(("text", "tags", "expected"), UNER)
def test_the_prerelease_is_mended(text: str, tags: str, expected: list[str]) -> None:
    corpus = [(["Enron", "rose"], ["B-ORG", "O"])] * 3 + [(["Enron", "fell"], ["O", "O"])]
    options = [("O",) if tag == "O" else ("B-X",) for tag in tags.split()]
    mend_uner(text.split(), tags.split(), options, names_by_form(corpus))
    assert [set(o) for o in options] == [set(e.split("|")) for e in expected]
