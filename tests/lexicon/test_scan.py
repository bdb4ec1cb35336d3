"""Finding names in a text."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon.scan import NameScan

SCAN = NameScan(["Assad", "Iran", "New York", "New York City", "U.S.", "US", "Côte d'Ivoire", "The Hague"])


def names(text: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.name) for hit in SCAN.find(text)]


def test_words_are_matched_whole_and_longest_first() -> None:
    assert names("Assad and the ambAssador, Assads, New York City") == [
        ("Assad", "Assad"),
        ("New York City", "New York City"),
    ]
    assert names("New York.Iran") == [("New York", "New York"), ("Iran", "Iran")]


def test_a_name_at_the_end_of_the_text_ends_there() -> None:
    assert list(SCAN.find("to New York")) == [(3, 11, "New York")]


def test_case_counts_but_for_capitals() -> None:
    assert names("us iran IRAN US") == [("IRAN", "Iran"), ("US", "US")]
    assert names("NEW YORK City") == [("NEW YORK", "New York")]


def test_marks_and_spaces_of_one_length_are_alike() -> None:
    assert names("Côte d’Ivoire New\nYork pro-U.S.-led") == [
        ("Côte d’Ivoire", "Côte d'Ivoire"),
        ("New\nYork", "New York"),
        ("U.S.", "U.S."),
    ]


@given(
    st.lists(
        st.sampled_from(["Assad", "New", "York", "City", "U.S.", " ", "\n", "’", "é", "\ud800", "ß", "-"]), max_size=40
    )
)
def test_hits_are_ordered_and_stand_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    last = 0
    for start, end, name in SCAN.find(text):
        assert last <= start < end <= len(text)
        assert end - start == len(name)
        last = end
