"""Words and sentences as the index has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.store.search.documents import months_and_years
from dragoman.store.search.sentences import LONGEST, sentences
from dragoman.store.search.words import LONGEST_WORD, forms, matches, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Border agreement", ("border", "agreement")),
        ("accord’s 1.5 snake_case", ("accord", "s", "1", "5", "snake", "case")),
        ("Türkiye, São Tomé; e\u0301tat", ("turkiye", "sao", "tome", "etat")),
        ("Straße ﬁnal ½", ("strasse", "final", "12")),
        ("Ельцин и Йемен", ("ельцин", "и", "иемен")),
        ("中俄签署 协定", ("中", "俄", "签", "署", "协", "定")),
        ("서울에서 APEC정상", ("서", "울", "에", "서", "apec", "정", "상")),
        ("U.S.-led", ("u", "s", "led")),
        ("x" * 200, ("x" * LONGEST_WORD,)),
        ("* … — _", ()),
    ],
)
def test_forms(text: str, expected: tuple[str, ...]) -> None:
    assert forms(text) == expected


@given(st.text())
def test_words_stand_where_they_are_said_to(text: str) -> None:
    found = list(words(text))
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    for word in found:
        assert word.form == "".join(forms(text[word.start : word.end]))
        assert not any(char.isspace() or char in "'\"\\:" for char in word.form)


@pytest.mark.parametrize(
    ("phrase", "prefix", "expected"),
    [
        (("border", "agreement"), False, ["BORDER agreement"]),
        (("agree",), True, ["agreement", "agreed"]),
        (("agree",), False, []),
        (("border", "agree"), True, ["BORDER agreement", "border agreed"]),
    ],
)
def test_matches(phrase: tuple[str, ...], prefix: bool, expected: list[str]) -> None:
    text = "A BORDER agreement on the border agreed in Moscow"
    assert [text[start:end] for start, end in matches(text, phrase, prefix)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One came. Two went.", ["One came.", "Two went."]),
        ("Gen. J. Smith met Mr. Li. They talked.", ["Gen. J. Smith met Mr. Li.", "They talked."]),
        ("The U.S. Senate voted. It passed.", ["The U.S. Senate voted.", "It passed."]),
        ("“We agree.” He left. “Why?” she said.", ["“We agree.”", "He left.", "“Why?” she said."]),
        ("It grew 1.5 percent! Why? Nobody knew", ["It grew 1.5 percent!", "Why?", "Nobody knew"]),
        ("A title\n\nA line that\ngoes on. End.", ["A title", "A line that\ngoes on.", "End."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("中俄签署协定。双方满意。", ["中俄签署协定。", "双方满意。"]),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text(alphabet=st.sampled_from("aA .\n\t!?”“。é"), max_size=200) | st.text(max_size=100))
def test_sentences_hold_all_that_is_not_blank(text: str) -> None:
    found = sentences(text)
    assert all(a[1] <= b[0] for a, b in zip(found, found[1:], strict=False))
    inside = "".join(text[start:end] for start, end in found)
    assert "".join(inside.split()) == "".join(text.split())
    assert all(text[start:end].strip() == text[start:end] for start, end in found)


def test_endless_sentences_are_cut_between_words() -> None:
    text = "word " * 2000
    found = sentences(text)
    assert all(end - start <= LONGEST for start, end in found)
    assert {text[start:end].replace("word", "").strip() for start, end in found} == {""}
    assert sentences("x" * 3000) == [(0, 1200), (1200, 2400), (2400, 3000)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("1997-04-23", "1997-04-23", {"event:1997-04", "event:1997"}),
        ("1997-12-01", "1998-01-31", {"event:1997-12", "event:1998-01", "event:1997", "event:1998"}),
        ("1970-01-01", "1979-12-31", {"event:long", *(f"event:197{n}" for n in range(10))}),
        ("1900-01-01", "1999-12-31", {"event:long", "event:wide"}),
        ("1997-04-23", None, {"event:long", "event:wide"}),
        (None, None, set()),
    ],
)
def test_dates_as_months_and_years(start: str | None, end: str | None, expected: set[str]) -> None:
    assert set(months_and_years("event", start, end)) == expected
