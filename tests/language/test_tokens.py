import re
from collections.abc import Iterator
from pathlib import Path

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
    ("call 713-853-3989 or 555-0142", "call 713-853-3989 or 555-0142"),
    ("2003-2004 and 3-4", "2003 - 2004 and 3 - 4"),
    ("in 1987-88, 400-500 men", "in 1987 - 88 , 400 - 500 men"),
    ("10%-15%, $5M-$6M, 20-25%", "10 % - 15 % , $ 5 M - $ 6 M , 20 - 25 %"),
    ("10:30-11:30, 9am-5pm", "10:30 - 11:30 , 9 am - 5 pm"),
    ("£2.3bn, 5km, 60MW, 10kg", "£ 2.3 bn , 5 km , 60 MW , 10 kg"),
    ("5G and G20, A320 and A1M", "5G and G20 , A320 and A1M"),
    ("$5M. We pay 65k.", "$ 5 M . We pay 65 k ."),
    ("24°C (75°F)", "24 ° C ( 75 ° F )"),
    ("the mid-1980s and mid-May", "the mid-1980s and mid-May"),
    ("semi-official/non-state", "semi-official / non-state"),
    ("an e-mail from Hizb-e-Islami", "an e-mail from Hizb - e - Islami"),
    ("two F-16s and a T-72", "two F-16s and a T-72"),
    ("NEW DELHI (PTI): He", "NEW DELHI ( PTI ) : He"),
    ("(Reuters)--The 'Islamic State'-linked", "( Reuters ) -- The ' Islamic State ' - linked"),
    ("It ended.[6] So “he left.”[7][8]", "It ended . [ 6 ] So “ he left . ” [ 7 ] [ 8 ]"),
    ("levels [1]–[3]", "levels [ 1 ] – [ 3 ]"),
    ("No. 5 is a no. I said No. He left.", "No. 5 is a no . I said No . He left ."),
    ("No.5 on Dec.3", "No. 5 on Dec. 3"),
    ("arms, oil, etc. were sold, etc. He left.", "arms , oil , etc. were sold , etc . He left ."),
    ("It was vitamin D. The J. Smith test", "It was vitamin D . The J. Smith test"),
    ("told The Sun. He", "told The Sun . He"),
    ("from CCNG, Inc.. On", "from CCNG , Inc. . On"),
    ("Is the U.S. in Washington, D.C.?", "Is the U.S. in Washington , D.C. ?"),
    ("S.Korea and J.Smith", "S. Korea and J. Smith"),
    ("an Article.The next,here", "an Article . The next , here"),
    ("it was---don't go", "it was --- do n't go"),
    ("Sana'a, Ma'rib and N'Djamena", "Sana'a , Ma'rib and N'Djamena"),
    ("#Geneva, #1", "#Geneva , # 1"),
    ("the ’72 war and the '60s", "the ’72 war and the '60s"),
    ("'30 killed' in raid", "' 30 killed ' in raid"),
    ("its the same and its end", "it s the same and its end"),
    ("as he is wont to; he wont go", "as he is wont to ; he wo nt go"),
    ("I wanna, dunno", "I wan na , du n no"),
    ('"Julie"<julie@bank.com>', '" Julie " < julie@bank.com >'),
    ("CHINA'S MEN DON’T GO", "CHINA 'S MEN DO N’T GO"),
    ("in the 1980's, 2003's war", "in the 1980's , 2003 's war"),
    ("IN THE 1980'S.", "IN THE 1980'S ."),
    ("voted 15-0 and 101-2", "voted 15 - 0 and 101 - 2"),
    ("an over-the-air, year-over-year", "an over - the - air , year - over - year"),
    ("the plan!”—is and act—“My", "the plan ! ” — is and act — “ My"),
    ("$64.8million for Trump‘s", "$ 64.8 million for Trump ‘s"),
    ("see https://www.un.org/en/a-b.html.", "see https://www.un.org/en/a-b.html ."),
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


CORPUS = Path(__file__).parents[2] / "corpus"


def sentences(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Text and words of the sentences of a treebank, or of a list of words, whose text is made from them."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        text = re.search(r"^# text = (.*)$", block, re.MULTILINE)
        rows = [line.split("\t") for line in block.splitlines() if "\t" in line and line[0] != "#"]
        words = [row[1 if text else 0] for row in rows]
        yield text[1] if text else re.sub(r" (['’](?:s|m|d|re|ve|ll)|n['’]t)(?= |$)", r"\1", " ".join(words)), words


@pytest.mark.parametrize(
    "path", sorted(CORPUS.glob("*/*.conllu")) + sorted(CORPUS.glob("*/*.iob2")), ids=lambda p: p.name
)
def test_the_corpora_have_the_words_of_the_tokeniser(path: Path) -> None:
    read = list(sentences(path))
    assert read
    wrong = [(text, words) for text, words in read if [t.text for t in tokenise(text) if not t.is_space] != words]
    assert not wrong


RUNS = st.sampled_from(
    [
        "No.",
        "etc.",
        "5",
        "k.",
        "65k.",
        "Inc..",
        "X.",
        "The",
        " ",
        "\n\n",
        "its",
        "a",
        "[6]",
        "”",
        "-",
        "’72",
        "$",
        ".",
        "wont",
        "is",
        "%",
    ]
)


@given(
    st.one_of(
        st.text(max_size=300), st.lists(RUNS, max_size=60).map("".join), st.lists(RUNS, max_size=60).map(" ".join)
    )
)
@settings(max_examples=300, deadline=None)
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
