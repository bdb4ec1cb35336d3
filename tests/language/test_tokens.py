import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.language.tokens import tokenise

ROWS = [
    ("China's talks with Japan failed.", "China 's talks with Japan failed ."),
    ("They won't, can't and didn't.", "They wo n't , ca n't and did n't ."),
    ("the U.S.-led coalition", "the U.S. - led coalition"),
    ("a pro-Beijing, anti-government, non-nuclear stance", "a pro-Beijing , anti-government , non-nuclear stance"),
    ("the Israeli-Palestinian two-state plan", "the Israeli - Palestinian two - state plan"),
    ("Gen. Li and Lt. Kim met Dr. Ono on Sept. 5.", "Gen. Li and Lt. Kim met Dr. Ono on Sept. 5 ."),
    ("COVID-19 and the AK-47", "COVID - 19 and the AK - 47"),
    ("$3.5 billion, 10% and 1,200 km", "$ 3.5 billion , 10 % and 1,200 km"),
    ("What?! No!!", "What ?! No !!"),
    ("call 713-853-3989", "call 713-853-3989"),
    ("2003-2004 and 3-4", "2003 - 2004 and 3 - 4"),
    ("the 1990's", "the 1990's"),
    ("ministers—and their aides—left", "ministers — and their aides — left"),
    ("and/or", "and / or"),
    ("“We’re here,” he said", "“ We ’re here , ” he said"),
    ("at 7:30pm", "at 7:30 pm"),
    ("He wed in May; the id was his.", "He wed in May ; the id was his ."),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_words(text: str, expected: str) -> None:
    assert " ".join(token.text for token in tokenise(text)) == expected


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_text_is_kept(text: str) -> None:
    assert tokenise(text).text == text


def test_lone_surrogate_becomes_one_replacement_character() -> None:
    doc = tokenise("before \ud800 after")
    assert doc.text == "before \ufffd after"
    assert doc[2].idx == 9


@pytest.mark.parametrize("text", ["a" * 100_000, "(" * 5_000, "ab-" * 20_000, "x" * 450 + " y " + "z" * 201, "-" * 201])
def test_long_runs_are_cut_and_kept(text: str) -> None:
    doc = tokenise(text)
    assert doc.text == text
    assert max(len(token) for token in doc) <= 200
