import time

import pytest

from dragoman.language.segments import LONGEST_SENTENCE, MOST_PIECES, paragraphs, real_words, windows
from dragoman.language.tokens import tokenise

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


WRAPPED = "The ministers of both of the countries met on Monday\nin the capital and agreed that talks would\ngo on.\n"
LINES = [
    ("Subject: the talks\nFrom: the embassy in the old capital", 2),
    ("CABINET RESIGNS\nThe premier said on Monday that he had not been\ntold", 2),
    ("They agreed on three things, said the minister:\n1. a truce\n2. an exchange", 2),
    ("They agreed on three things, said the minister:\n• a truce\n• an exchange", 3),
    ("They agreed on three things, said the minister,\n- and on no more", 1),
    ("He came to the United Nations from the Republic of\nKorea", 1),
    ("He said that it was far too late to come home.\nShe wept", 1),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_lines_of_a_wrapped_text_that_stand_alone(text: str, expected: int) -> None:
    doc = tokenise(WRAPPED * 4 + "\n" + text)
    assert len(paragraphs(doc, real_words(doc))) == 4 + expected


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


def test_a_sentence_likely_starts_after_the_line_break_of_a_wrapped_text() -> None:
    lines = "The ministers of the two states met on Monday in Bern.\nThen they left for the capital of the\nthird, and "
    (window,) = windows(doc := tokenise(lines * 2), [1] * len(real_words(doc)))
    assert [doc[window.words[k]].text for k in window.likely] == ["Then", "Then"]


@pytest.mark.parametrize("text", [") " * 20_000, "[6] " * 10_000, '" ' * 20_000, "(" * 20_000, ". ” ] " * 6_000])
def test_rows_of_marks_take_no_longer_than_words(text: str) -> None:
    began = time.process_time()
    doc = tokenise(text)
    windows(doc, [1] * len(real_words(doc)))
    assert time.process_time() - began < 3
