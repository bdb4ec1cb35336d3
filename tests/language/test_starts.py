import pytest

from dragoman.language.segments import Window, real_words, windows
from dragoman.language.starts import dateline
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


NEVER = [
    ("He left. |He came", False),
    ("He left . [ |6 ] He came", True),
    ("He left.[|6] He came", True),
    ("He left. |[6] He came", True),
    ("He left. (|Now he came.)", True),
    ('He left. "|Now he came."', True),
    ('"He left.|" He came', True),
    ('"He left. |"Now he came', False),
    ('"He left," |Smith said', True),
    ("“Who left?” |a narrator asks", True),
    ("“Who left?” |A narrator asks", False),
    ("He left the |house", True),
    ("He left The |Hague", False),
    ("at 9|am", True),
    ("China|'s army", True),
    ("1. |The house is old", True),
    ("It fell. 2) |The house is old", True),
    ("It fell. (b) |The house is old", True),
    ("It fell in 2. |The house is old", False),
]


@pytest.mark.parametrize(("text", "expected"), NEVER)
def test_where_no_sentence_starts(text: str, expected: bool) -> None:
    (window,), k = window_and_place(text)
    assert (k in window.mustnt) is expected


LIKELY = [
    ("He left. |He came", True),
    ("He left?! |NATO came", True),
    ("He left. |5 came", True),
    ("See Sec. |5 and go", False),
    ("He left. |8 Yet he came", False),
    ("He left.[6][7] |He came", True),
    ("He left. |[6] He came", False),
    ("He left.” |“He came", True),
    ('He left." |"He came', True),
    ("He left. |''He came", True),
    ("He left…. |He came", True),
    ("He left … |(he came", False),
    ("He left … |He came", True),
    ("He left. |he came", False),
    ("He left the U.S. |The army came", True),
    ("He left at 5 p.m. |But he came", True),
    ("He saw Gen. |So and left", False),
    ("He left the U.S. |Army alone", False),
    ("He left |The Hague", False),
    ("1. |The house is old", False),
]


@pytest.mark.parametrize(("text", "expected"), LIKELY)
def test_where_a_sentence_likely_starts(text: str, expected: bool) -> None:
    (window,), k = window_and_place(text)
    assert (k in window.likely) is expected


def window_and_place(text: str) -> tuple[list[Window], int]:
    """The windows of the text without its bar, and the word that stands at the bar."""
    doc = tokenise(text.replace("|", ""))
    place = next(token.i for token in doc if token.idx == text.index("|"))
    return windows(doc, [1] * len(real_words(doc))), real_words(doc).index(place)
