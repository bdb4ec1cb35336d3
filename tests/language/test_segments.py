import pytest

from dragoman.language.segments import LONGEST_SENTENCE, MOST_PIECES, dateline, paragraphs, real_words, windows
from dragoman.language.tokens import tokenise

DATELINES = [
    ("BEIJING (Agency) - China said", 5),
    ("GENEVA, March 3 (Agency) — The talks", 8),
    ("KYIV, Ukraine (AP) -- Two", 7),
    ("WASHINGTON — The president", 2),
    ("Nairobi (Agency) – Kenya", 5),
    ("RIO DE JANEIRO - Brazil", 4),
    ("The talks - long awaited - began", 0),
    ("China - the largest buyer - said", 0),
    ("NATO said - again - no", 0),
    ("BEIJING (Agency) - and nothing", 0),
    ("- BEIJING", 0),
    ("", 0),
]


@pytest.mark.parametrize(("text", "expected"), DATELINES)
def test_dateline(text: str, expected: int) -> None:
    assert dateline([token.text for token in tokenise(text)]) == expected


PARAGRAPHS = [
    ("One.\n\nTwo.", ["One .", "Two ."]),
    ("A headline\nThe minister left.\nHe flew.", ["A headline", "The minister left .", "He flew ."]),
    ("One.\r\n\r\nTwo.", ["One .", "Two ."]),
    ("  \n\n ", []),
    ("", []),
    (
        "The ministers of both of the countries met on Monday\nin the capital and agreed that talks would\n"
        "go on.\n\nThey left.",
        [
            "The ministers of both of the countries met on Monday in the capital and agreed that talks would go on .",
            "They left .",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_paragraphs(text: str, expected: list[str]) -> None:
    doc = tokenise(text)
    assert [" ".join(doc[i].text for i in p) for p in paragraphs(doc, real_words(doc))] == expected


def test_windows_cover_every_word_once_and_stay_small() -> None:
    doc = tokenise("Leaders met. " * 100 + "word " * 1000 + "\n\n" + "He said, " * 300)
    words = real_words(doc)
    found = windows(doc, [1] * len(words))
    assert [i for w in found for i in w.words] == words
    assert all(len(w.words) <= min(MOST_PIECES, LONGEST_SENTENCE + 1) for w in found)
    assert all(w.must[0] == 0 for w in found)


def test_a_long_paragraph_is_cut_after_a_full_stop() -> None:
    doc = tokenise("The two leaders met again in the old capital on Monday. " * 40)
    found = windows(doc, [1] * len(real_words(doc)))
    assert len(found) > 3
    assert all(doc[w.words[-1]].text == "." for w in found)


@pytest.mark.parametrize("text", ["AL-Ahram said no.", "COVID-19 spread.", "IRAN-Iraq talks began."])
def test_a_hyphen_makes_no_dateline(text: str) -> None:
    doc = tokenise(text)
    assert [w.must for w in windows(doc, [1] * len(doc))] == [(0,)]


def test_the_word_after_a_dateline_must_start() -> None:
    doc = tokenise("BEIJING (Agency) - China said no.")
    (window,) = windows(doc, [1] * len(doc))
    assert window.must == (0, 5)
    assert set(window.mustnt) >= {1, 2, 3, 4}
