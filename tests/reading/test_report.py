"""Given text and pages of hard shapes to Reports."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import PageError
from dragoman.facts import Date
from dragoman.reading.report import make_report
from dragoman.reading.source import Source
from dragoman.settings import Settings

TODAY = date(2026, 6, 1)
PROSE = "The foreign ministers of Ostland and Norrland met in Velden and agreed to reopen two crossings. "
LIMITS = Settings(max_text_chars=5000)


def text_source(text: str, **fields: object) -> Source:
    return Source(id="x", name="x", text=text, **fields)  # type: ignore[arg-type]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_given_text_is_kept_to_the_character(text: str) -> None:
    assert make_report(text_source(text), LIMITS, TODAY).text == text


@given(st.text(alphabet=st.characters(), min_size=1).filter(str.strip))
def test_half_surrogates_are_replaced_in_place(text: str) -> None:
    kept = make_report(text_source(text), LIMITS, TODAY).text
    assert len(kept) == len(text)
    kept.encode("utf-8")


def test_text_beyond_the_limit_is_cut_and_said() -> None:
    report = make_report(text_source(PROSE * 100), LIMITS, TODAY)
    assert report.text == (PROSE * 100)[:5000]
    assert report.warnings == ("the text has 9,600 characters; what is beyond 5,000 was cut off",)


def test_blank_text_is_an_error() -> None:
    with pytest.raises(PageError, match=r"^x: the text is empty"):
        make_report(text_source(" \n "), LIMITS, TODAY)


@pytest.mark.parametrize(
    ("text", "start", "granularity"),
    [
        ("LONDON, March 3, 1998 (Reuters) - " + PROSE, "1998-03-03", "day"),
        ("MOSCOW, 5 May 1998 (Newsline) -- " + PROSE, "1998-05-05", "day"),
        ("Published 3 March 1998\n\n" + PROSE, "1998-03-03", "day"),
        ("Two crossings to reopen\n\nTuesday, March 3, 1998\n\n" + PROSE, "1998-03-03", "day"),
        ("Remarks to the press, Tuesday, 5 May 1998\n\n" + PROSE, "1998-05-05", "day"),
        ("Text of the agreement of 5 May 1998\n\n" + PROSE, None, "unknown"),
        # a day that the text speaks of is not its own
        (PROSE + "The crossings were closed on 3 March 1998.", None, "unknown"),
        ("JAKARTA (Newsline) - March 3, 1998 - " + PROSE, "1998-03-03", "day"),
        (PROSE + "\n(c) 1998 The Velden Courier", "1998-01-01", "year"),
        # a day without a year takes that of a near day in the text
        ("LONDON, March 3 (Reuters) - " + PROSE + "They were closed on 28 February 1998.", "1998-03-03", "day"),
        ("LONDON, March 3 (Reuters) - " + PROSE + "They were closed on 28 July 1997.", None, "unknown"),
        ("LONDON, March 3 (Reuters) - " + PROSE, None, "unknown"),
    ],
)
def test_date_of_given_text(text: str, start: str | None, granularity: str) -> None:
    published = make_report(text_source(text), LIMITS, TODAY).published
    assert (published.start, published.granularity) == (start, granularity)


def test_given_date_wins_and_the_others_are_kept() -> None:
    source = text_source("LONDON, March 3, 1998 (Reuters) - " + PROSE, published=Date.on("1998-03-05", "given"))
    report = make_report(source, LIMITS, TODAY)
    assert report.published == Date.on("1998-03-05", "given")
    assert [(one.source, one.won) for one in report.candidates] == [("given", True), ("dateline", False)]


def test_given_month_is_narrowed_by_a_day_within_it() -> None:
    text = "LONDON, March 3, 1998 (Reuters) - " + PROSE
    month, other = (Date(f"1998-{m}-01", f"1998-{m}-{d}", "month", False, "given") for m, d in (("03", 31), ("04", 30)))
    assert make_report(text_source(text, published=month), LIMITS, TODAY).published.start == "1998-03-03"
    assert make_report(text_source(text, published=other), LIMITS, TODAY).published == other


def test_feed_date_is_one_witness_among_others() -> None:
    html = f'<meta property="article:published_time" content="1998-03-03"><p>{PROSE * 3}</p>'
    source = Source(id="x", name="x", html=html, published=Date.on("1998-03-09"), dated_by="feed")
    report = make_report(source, LIMITS, TODAY)
    assert report.published == Date.on("1998-03-03", "meta")
    assert [(one.source, one.won) for one in report.candidates] == [("meta", True), ("feed", False)]


def test_page_is_not_younger_than_the_day_it_was_seen() -> None:
    html = f'<meta property="article:published_time" content="2015-03-03"><p>{PROSE * 3}</p>'
    source = Source(id="x", name="x", html=html, seen_on=date(1998, 3, 9))
    report = make_report(source, LIMITS)
    assert not report.published.known
    assert report.candidates[0].reason == "it lies in the future"


def test_page_that_is_nested_a_hundred_thousand_deep_is_read_in_time() -> None:
    html = "<body>" + "<div>" * 100_000 + f"<p>{PROSE * 3}</p>" + "</div>" * 100_000 + f"<p>{PROSE}Afterwards.</p>"
    begun = time.monotonic()
    report = make_report(Source(id="x", name="x", html=html), LIMITS, TODAY)
    assert "reopen two crossings" in report.text
    assert "Afterwards." in report.text
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "html",
    [
        "<foo>" * 50_000,
        "<" * 100_000,
        "<div " * 50_000,
        "<p>" * 100_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">' + '"datePublished":"' * 10_000 + "</script>",
        "<script>" + "datePublished:   " * 20_000 + "</script>",
        "<p class=date>3 March 2020 </p>" * 5_000,
    ],
)
def test_hostile_markup_is_read_in_time(html: str) -> None:
    begun = time.monotonic()
    report = make_report(Source(id="x", name="x", html=html + f"<p>{PROSE * 3}</p>"), Settings(), TODAY)
    assert "reopen two crossings" in report.text
    assert time.monotonic() - begun < 20


def test_nul_in_a_page_is_no_end_of_it() -> None:
    report = make_report(Source(id="x", name="x", html=f"<p>{PROSE}</p>\0<p>{PROSE}Later.</p>"), LIMITS, TODAY)
    assert report.text.endswith("Later.")


def test_what_no_reader_sees_parts_no_words() -> None:
    html = f"<p>{PROSE}</p><p>The rail&shy;way was re&#8203;opened by the ministers on Tuesday after\u00a0talks.</p>"
    report = make_report(Source(id="x", name="x", html=html), LIMITS, TODAY)
    assert report.text.endswith("The railway was reopened by the ministers on Tuesday after talks.")
