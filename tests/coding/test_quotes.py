"""Pairing quotation marks: text in, the quotations out."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.statements.quotes import Quotes, pair, paragraphs

ROWS = [
    # curly, straight and doubled marks
    ("He said “we left” today.", ["“we left”"]),
    ('He said "we left" today.', ['"we left"']),
    ("He said ''we left'' today.", ["''we left''"]),
    ("He said ``we left'' today.", ["``we left''"]),
    ("Er sagte «we left» today.", ["«we left»"]),
    # two in a paragraph, the cue between
    ('"We left," he said. "All of us."', ['"We left,"', '"All of us."']),
    # marks inside a quotation belong to it
    ("“He told me ‘go’ and I went,” she said.", ["“He told me ‘go’ and I went,”"]),
    ("“They call it “peace” there,” she said.", ["“They call it “peace” there,”"]),
    ("''It is 'wrong track' again,'' he said.", ["''It is 'wrong track' again,''"]),
    # single marks outside double ones
    ("DNC issues ‘deep apology’ to rival", ["‘deep apology’"]),
    ("The envoy called it 'a scandal', no less.", ["'a scandal'"]),
    # apostrophes are no marks
    ("The Democrats' plan and the envoys' reply", []),
    ("It’s the ’90s again, isn’t it?", []),
    ("Rock 'n' roll came in '58.", []),
    # a plural's apostrophe inside single marks
    ("‘The allies’ plan is dead,’ he said.", ["‘The allies’ plan is dead,’"]),
    # left open: bounded by the paragraph
    ("“We left.\n\nNobody knew.", ["“We left."]),
    ("“We left.\n\n“All of us,” he said.", ["“We left.", "“All of us,”"]),
    # a lone closing mark is nothing
    ("We left,” he said.", []),
    ("", []),
    ("“", []),
    ('""', ['""']),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_pairs(text: str, expected: list[str]):
    assert [text[quote.start : quote.end] for quote in pair(text)] == expected


def test_a_quotation_goes_on_in_the_next_paragraph():
    first, second = pair("“We left.\n\n“All of us,” he said.")
    assert (first.closed, first.continues) == (False, False)
    assert (second.closed, second.continues) == (True, True)


def test_a_closed_quotation_does_not_go_on():
    assert [quote.continues for quote in pair("“We left.”\n\n“All of us,” he said.")] == [False, False]


def test_paragraphs_of_hard_wrapped_lines_stay_whole():
    text = "The envoy said\nthat he would go.\nNobody answered.\n\nThe end."
    assert [text[a:b] for a, b in paragraphs(text)] == [
        "The envoy said\nthat he would go.",
        "Nobody answered.",
        "The end.",
    ]


def test_look_up_by_character():
    text = 'He said "we left" and "went".'
    quotes = Quotes(text)
    assert quotes.at(text.index("left")) is quotes.all[0]
    assert quotes.at(text.index("and")) is None
    assert quotes.within(9, len(text)) == (quotes.all[1],)


@given(st.text(alphabet="ab .,\n\"'“”‘’«»`", max_size=80))
def test_quotations_fit_the_text_and_never_overlap(text: str):
    last = 0
    for quote in pair(text):
        assert last <= quote.start < quote.inner[0] <= quote.inner[1] <= quote.end <= len(text)
        last = quote.end


@pytest.mark.parametrize("part", ["“", '"', "'a", "‘s’ ", "a\n", "''", "\n\n“a"])
def test_time_is_linear(part: str):
    started = time.perf_counter()
    pair(part * 50_000)
    assert time.perf_counter() - started < 5
