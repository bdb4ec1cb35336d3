"""Figures: text in, value, unit and kind out."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.coding import figures, times
from dragoman.coding.draft import Draft
from dragoman.coding.tree import Tree
from dragoman.facts import Date, Figure, Report
from dragoman.lexicon.table import Lexicon

LEXICON = Lexicon()
BLANK = spacy.blank("en")
PUBLISHED = Date.on("1998-03-12")


def read(text: str, doc: Doc | None = None) -> tuple[Figure, ...]:
    draft = Draft(Report("r", text, PUBLISHED), Tree(doc if doc is not None else BLANK(text)), LEXICON)
    return figures.find(replace(draft, times=times.find(draft)))


def rows(text: str) -> list[tuple[str, float, str | None, str]]:
    return [(text[f.span[0] : f.span[1]], f.value, f.unit, f.measure) for f in read(text)]


FIGURES = [
    # money
    ("The loan is worth $3.5 billion.", "$3.5 billion", 3.5e9, "USD", "value"),
    ("It paid 3.5 billion dollars.", "3.5 billion dollars", 3.5e9, "USD", "value"),
    ("It paid US$16.6bn.", "US$16.6bn", 16.6e9, "USD", "value"),
    ("It paid EUR 20m.", "EUR 20m", 20e6, "EUR", "value"),
    ("It paid RM2 bn.", "RM2 bn", 2e9, "MYR", "value"),
    ("It paid £1.2bn.", "£1.2bn", 1.2e9, "GBP", "value"),
    ("It paid 20 million euros.", "20 million euros", 20e6, "EUR", "value"),
    ("It paid 300 million Iraqi dinars.", "300 million Iraqi dinars", 300e6, "IQD", "value"),
    ("It paid 300 million dinars.", "300 million dinars", 300e6, None, "value"),
    ("A $20,000 grant was paid.", "$20,000", 20000.0, "USD", "value"),
    ("The state's $700 billion fund was spent.", "$700 billion", 7e11, "USD", "value"),
    ("Output is $2.1T.", "$2.1T", 2.1e12, "USD", "value"),
    ("It paid 10 000 euros.", "10 000 euros", 1e4, "EUR", "value"),
    ("It costs 50 cents.", "50 cents", 0.5, "USD", "value"),
    # shares, rises and falls: values are unsigned
    ("It holds 3 percent.", "3 percent", 3.0, "percent", "value"),
    ("It holds 3% of it.", "3%", 3.0, "percent", "value"),
    ("It holds 3 per cent.", "3 per cent", 3.0, "percent", "value"),
    ("A 7.5-percent rise was seen.", "7.5-percent", 7.5, "percent", "change"),
    ("Exports fell 12 percent.", "12 percent", 12.0, "percent", "change"),
    ("Exports rose to 12 percent.", "12 percent", 12.0, "percent", "value"),
    ("The index fell by 416 points.", "416 points", 416.0, "point", "change"),
    # counts and measures
    ("They sent 500 troops.", "500", 500.0, None, "quantity"),
    ("They sent twenty-one thousand troops.", "twenty-one thousand", 21000.0, None, "quantity"),
    ("They sent two dozen ships.", "two dozen", 24.0, None, "quantity"),
    ("Half a million people fled.", "Half a million", 5e5, None, "quantity"),
    ("A hundred and two people fled.", "A hundred and two", 102.0, None, "quantity"),
    ("A third of them fled.", "A third", 1 / 3, None, "quantity"),
    ("Two-thirds of them fled.", "Two-thirds", 2 / 3, None, "quantity"),
    ("It takes 1/40 of it.", "1/40", 0.025, None, "quantity"),
    ("A 14-member panel sat.", "14", 14.0, None, "quantity"),
    ("They sent 20 tonnes of rice.", "20 tonnes", 20.0, "t", "quantity"),
    ("They pump 3.2 million barrels per day.", "3.2 million barrels per day", 3.2e6, "bbl/d", "quantity"),
    ("A 27-kilometer road was cut.", "27-kilometer", 27.0, "km", "quantity"),
    ("The plant gives 500MW.", "500MW", 500.0, "MW", "quantity"),
    ("Some 20m people fled.", "Some 20m", 20e6, None, "quantity"),
    # the rest
    ("It is the 5th largest army.", "5th", 5.0, None, "rank"),
    ("It lasted 72 hours.", "72 hours", 72.0, "hour", "duration"),
    ("It set a target of 40,000 visas.", "40,000", 40000.0, None, "target"),
]


@pytest.mark.parametrize(("text", "words", "value", "unit", "kind"), FIGURES)
def test_figure(text: str, words: str, value: float, unit: str | None, kind: str) -> None:
    assert rows(text) == [(words, pytest.approx(value, rel=1e-12), unit, kind)]


NO_FIGURES = [
    "He flew on Flight 574 in a Boeing 787.",
    "Under Resolution 242 and Article 5 of it",
    "The G-8 and the Group of 77 met.",
    "On March 4, 1998, at 10:35 a.m.",
    "The 777s and the 777-200LR",
    "One of them left.",
    "The two countries met.",
    "Several thousand people fled.",
    "A 23-year-old soldier fell.",
    "Version 10.4 of it",
]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_no_figure(text: str) -> None:
    assert rows(text) == []


def test_no_figure_in_names_with_hyphens_and_telephone_numbers() -> None:
    assert rows("An F-16 and an A380 flew.") == []
    assert rows("Call 555-1234-88 now.") == []


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("They sent more than 500 troops.", "more than"),
        ("They sent at least 500 troops.", "at least"),
        ("They sent up to 500 troops.", "at most"),
        ("They sent about 500 troops.", "about"),
        ("They sent nearly 500 troops.", "nearly"),
        ("They sent 500 troops.", None),
        ("Exports fell 12 percent.", "fall"),
        ("Exports rose 12 percent.", "rise"),
    ],
)
def test_qualifier(text: str, qualifier: str | None) -> None:
    assert [f.qualifier for f in read(text)] == [qualifier]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Losses of between three and seven percent", [(3.0, "percent"), (7.0, "percent")]),
        ("It needs 5 to 10 million euros.", [(5e6, "EUR"), (10e6, "EUR")]),
        ("It seats 200-250 people.", [(200.0, None), (250.0, None)]),
    ],
)
def test_ranges_are_two_figures_with_one_unit(text: str, values: list[tuple[float, str | None]]) -> None:
    assert [(f.value, f.unit) for f in read(text)] == values


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("They sent 500 Dutch troops to Bosnia.", "Dutch troops"),
        ("They sent 20 tonnes of rice to Bosnia.", "rice"),
        ("They sent $3 million in food aid to Bosnia.", "food aid"),
    ],
)
def test_what_is_counted_without_a_parse(text: str, what: str) -> None:
    assert [f.what for f in read(text)] == [what]


def test_what_when_and_status_from_the_parse() -> None:
    words = ["France", "will", "send", "500", "Dutch", "trucks", "on", "Tuesday", "."]
    doc = Doc(
        BLANK.vocab,
        words=words,
        pos=["PROPN", "AUX", "VERB", "NUM", "ADJ", "NOUN", "ADP", "PROPN", "PUNCT"],
        heads=[2, 2, 2, 5, 5, 2, 7, 2, 2],
        deps=["nsubj", "aux", "root", "nummod", "amod", "obj", "case", "obl", "punct"],
        morphs=["", "VerbForm=Fin", "VerbForm=Inf", "", "", "", "", "", ""],
        lemmas=words,
    )
    (figure,) = read(doc.text, doc)
    assert (figure.value, figure.what, figure.status) == (500.0, "Dutch trucks", "scheduled")
    assert figure.when == Date.on("1998-03-17", "relative")
    assert figure.evidence[0].text == doc.text.strip()


def test_a_name_is_a_name_all_over_the_text() -> None:
    assert [f.value for f in read("Its Boeing 777 landed. It has 20 seats. The new 777 airliner took off.")] == [20.0]


def test_evidence_of_a_long_sentence_is_the_clause() -> None:
    filler = "the ministers spoke at length about the roads and the bridges and the harbours of the coast, and " * 3
    text = f"It rained, {filler}they paid 30 million euros for the road, while {filler}it rained."
    (figure,) = read(text)
    proof = figure.evidence[0].text
    assert "30 million euros" in proof
    assert len(proof) < 260


@given(
    st.lists(
        st.sampled_from(
            [
                "$",
                "US$",
                "3.5",
                "million",
                "bn",
                "m",
                "%",
                "percent",
                "-",
                "–",
                ",",
                ".",
                "half",
                "a",
                "two",
                "hundred",
                "and",
                "dozen",
                "½",
                "1/2",
                "5",
                "1998",
                "1,000",
                "€20m",
                "99999999999",
                "F",
                "-",
                "16",
                "of",
                "troops",
                "km",
                "to",
                "between",
                "No",
                ".",
                "Boeing",
                "787",
                "+",
                "(",
                ")",
                "\n\n",
                "12:30",
            ]
        ),
        max_size=40,
    )
)
def test_spans_fit(words: list[str]) -> None:
    text = " ".join(words)
    for figure in read(text):
        start, end = figure.span
        assert 0 <= start < end <= len(text)
        assert figure.evidence[0].start <= start
        assert end <= figure.evidence[0].end


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    for figure in read(text):
        assert figure.value == figure.value
        assert text[slice(*figure.span)]


@pytest.mark.parametrize("unit", ["5 ", "$5 million ", "5-", "twenty ", "and a half ", "more than ", "1/2 ", "5 to "])
def test_time_is_linear_in_the_text(unit: str) -> None:
    def once(text: str) -> float:
        start = time.process_time()
        read(text)
        return time.process_time() - start

    def seconds(count: int) -> float:
        return min(once(unit * count) for _ in range(3))

    seconds(10)
    assert seconds(1600) < 12 * seconds(400) + 0.2
