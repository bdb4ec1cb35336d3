"""Time expressions: text and report date in, TIMEX3 values and days out."""

from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding import times
from dragoman.coding.draft import Draft
from dragoman.coding.tree import Tree
from dragoman.facts import Date, Report, TimeMention
from dragoman.lexicon.table import Lexicon

LEXICON = Lexicon()
BLANK = spacy.blank("en")
THURSDAY = Date.on("1998-03-12")
"""The report's day in most rows."""


def draft(text: str, published: Date = THURSDAY) -> Draft:
    return Draft(Report("r", text, published), Tree(BLANK(text)), LEXICON)


def found(text: str, published: Date = THURSDAY) -> list[tuple[str, str]]:
    return [(m.text, m.value) for m in times.find(draft(text, published))]


def only(text: str, published: Date = THURSDAY) -> TimeMention:
    (mention,) = times.find(draft(text, published))
    return mention


VALUES = [
    # the calendar
    ("The treaty was signed on March 4, 1998.", "March 4, 1998", "1998-03-04"),
    ("It was signed on 4 March 1998 in Bonn.", "4 March 1998", "1998-03-04"),
    ("They met on the 19th of October 1950.", "the 19th of October 1950", "1950-10-19"),
    ("It fell in early 1998.", "early 1998", "1998"),
    ("By the end of April 1942 it was over.", "the end of April 1942", "1942-04"),
    ("They left in the summer of 1920.", "the summer of 1920", "1920-SU"),
    ("Exports fell in the first quarter of 1998.", "the first quarter of 1998", "1998-Q1"),
    ("Exports fell in Q1 1997.", "Q1 1997", "1997-Q1"),
    ("Exports rose in the second half of 1997.", "the second half of 1997", "1997-H2"),
    ("The budget for fiscal year 1998 passed.", "fiscal year 1998", "FY1998"),
    ("It grew in the 1990s.", "the 1990s", "199"),
    ("It grew in the late 1970s.", "the late 1970s", "197"),
    ("It grew in the '80s.", "the '80s", "198"),
    ("It began in the nineteenth century.", "the nineteenth century", "18"),
    ("Athens won in 490 BC.", "490 BC", "BC0490"),
    ("They met on Christmas Day 1991.", "Christmas Day 1991", "1991-12-25"),
    ("They voted on Easter Sunday 1998.", "Easter Sunday 1998", "1998-04-12"),
    ("The Sept. 11 attacks changed it.", "Sept. 11", "2001-09-11"),
    ("It entered into force on 1998-03-04.", "1998-03-04", "1998-03-04"),
    # from the report's day, a Thursday
    ("They met yesterday.", "yesterday", "1998-03-11"),
    ("They met on Tuesday.", "Tuesday", "1998-03-10"),
    ("They will meet on Tuesday.", "Tuesday", "1998-03-17"),
    ("They met last Friday.", "last Friday", "1998-03-06"),
    ("They will meet next Friday.", "next Friday", "1998-03-13"),
    ("They met last week.", "last week", "1998-W10"),
    ("They met last month.", "last month", "1998-02"),
    ("They met last year.", "last year", "1997"),
    ("They met in November.", "November", "1997-11"),
    ("They will meet in November.", "November", "1998-11"),
    ("They met on March 4.", "March 4", "1998-03-04"),
    ("They met two days ago.", "two days ago", "1998-03-10"),
    ("They met three weeks ago.", "three weeks ago", "1998-W08"),
    ("They met a decade ago.", "a decade ago", "1988"),
    ("They met earlier this month.", "earlier this month", "1998-03"),
    ("They fought in the last week of January.", "the last week of January", "1998-W05"),
    ("Officials said Tuesday that they will leave.", "Tuesday", "1998-03-10"),
    ("In March, they met.", "March", "1998-03"),
    ("Theresa May saw him in March.", "March", "1998-03"),
    ("In the early hours of Saturday they struck.", "the early hours of Saturday", "1998-03-07TMO"),
    ("It grew in the last quarter of 1997.", "the last quarter of 1997", "1997-Q4"),
    ("It grew in H1 1997.", "H1 1997", "1997-H1"),
    ("It lasted 3 hours and 20 minutes.", "3 hours and 20 minutes", "PT3H20M"),
    ("They met the next day.", "the next day", "XXXX-XX-XX"),
    ("They met last fall.", "last fall", "1997-FA"),
    ("They met on Tuesday evening.", "Tuesday evening", "1998-03-10TEV"),
    ("They met at 10:35 a.m. today.", "10:35 a.m. today", "1998-03-12T10:35"),
    ("The raid began at 0430 GMT.", "0430 GMT", "1998-03-12T04:30Z"),
    ("They speak tonight.", "tonight", "1998-03-12TNI"),
    # lengths, sets, references
    ("It lasted at least 72 hours.", "at least 72 hours", "PT72H"),
    ("It lasted 5 1/2 hours.", "5 1/2 hours", "PT5H30M"),
    ("A two-day visit ended.", "two-day", "P2D"),
    ("It took two and a half years.", "two and a half years", "P2.5Y"),
    ("They fought for several years.", "several years", "PXY"),
    ("They fought for years.", "years", "PXY"),
    ("It grew over the past two months.", "the past two months", "P2M"),
    ("They talk daily.", "daily", "P1D"),
    ("They talk every Friday.", "every Friday", "XXXX-WXX-5"),
    ("They talk twice a week.", "twice a week", "P1W"),
    ("He is now in exile.", "now", "PRESENT_REF"),
    ("He was recently seen.", "recently", "PAST_REF"),
    ("Talks are likely in the near future.", "the near future", "FUTURE_REF"),
]


@pytest.mark.parametrize(("text", "words", "value"), VALUES)
def test_words_and_value(text: str, words: str, value: str) -> None:
    assert found(text) == [(words, value)]


NO_TIMES = [
    "They may sign the accord.",
    "Workers march through the capital.",
    "The Long March of the army",
    "He came second in the vote.",
    "The springs of the car broke; prices fall.",
    "The fall of Saigon",
    "Resolution 1973 was adopted.",
    "He sent 2000 troops.",
    "They paid $1998 for it.",
    "The Seven Years' War",
    "The 44-year-old minister",
    "Flight 1945 landed at gate 12.",
    "It held 1,998 prisoners.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_no_time(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a range's bare end is a time of its own
        ("It lasted from May 10 to 12, 1997.", [("May 10", "1997-05-10"), ("12, 1997", "1997-05-12")]),
        ("They fought between 7 and 9 August 1997.", [("7", "1997-08-07"), ("9 August 1997", "1997-08-09")]),
        ("In 1963-65 it grew.", [("1963", "1963"), ("65", "1965")]),
        ("It ran from March to May 1995.", [("March", "1995-03"), ("May 1995", "1995-05")]),
        ("It ran between 1990 and 1995.", [("1990", "1990"), ("1995", "1995")]),
    ],
)
def test_ranges(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


STORY = "The war began on 3 October 1942. {} Peace came in 1945, and in 1946 and 1947 all left."


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The following day the army crossed.", "The following day", "1942-10-04"),
        ("Two weeks later it stopped.", "Two weeks later", "1942-W42"),
        ("On 8 November it attacked.", "8 November", "1942-11-08"),
        ("In February it lost.", "February", "1943-02"),
        ("Later that year it lost.", "Later that year", "1942"),
    ],
)
def test_story_counts_from_its_own_dates(text: str, words: str, value: str) -> None:
    published = Date.on("2009-12-19")
    assert (words, value) in found(STORY.format(text), published)


def test_unknown_report_date_invents_nothing() -> None:
    mention = only("They met on Friday.", Date.unknown())
    assert (mention.value, mention.date) == ("XXXX-WXX-5", None)


def test_month_as_report_date_gives_no_day() -> None:
    march = Date("1998-03-01", "1998-03-31", "month")
    assert only("They met last month.", march).date == Date("1998-02-01", "1998-02-28", "month", False, "relative")
    yesterday = only("They met yesterday.", march)
    assert yesterday.value == "1998-XX-XX"
    assert yesterday.date == Date("1998-02-28", "1998-03-30", "interval", False, "relative")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("It fell in early 1998.", Date("1998-01-01", "1998-12-31", "year", True, "text")),
        ("They met on March 4, 1998.", Date.on("1998-03-04")),
        ("They met yesterday.", Date.on("1998-03-11", "relative")),
        ("It grew in the past two months.", Date("1998-01-12", "1998-03-12", "interval", True, "relative")),
        ("They met a few days ago.", Date(None, "1998-03-12", "interval", True, "relative")),
        ("Athens won in 490 BC.", None),
    ],
)
def test_days(text: str, date: Date | None) -> None:
    assert only(text).date == date


@given(
    st.lists(
        st.sampled_from(
            [
                "on",
                "in",
                "the",
                "of",
                "last",
                "next",
                "May",
                "March",
                "1998",
                "12",
                "31",
                "Friday",
                "'s",
                "-",
                "–",
                ",",
                ".",
                "\n\n",
                "two",
                "days",
                "ago",
                "years",
                "later",
                "BC",
                "10:35",
                "a.m.",
                "GMT",
                "early",
                "every",
                "half",
                "a",
                "Christmas",
                "90s",
                "1990s",
                "'",
                "quarter",
                "99999",
                "0",
                "é",
            ]
        ),
        max_size=40,
    ),
    st.sampled_from(
        [
            THURSDAY,
            Date.unknown(),
            Date("1998-03-01", "1998-03-31", "month"),
            Date.on("0001-01-01"),
            Date.on("9999-12-31"),
            Date.on("0050-06-01"),
        ]
    ),
)
def test_spans_fit_and_do_not_overlap(words: list[str], published: Date) -> None:
    text = " ".join(words)
    last = 0
    for mention in times.find(draft(text, published)):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.value
        last = mention.end


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    for mention in times.find(draft(text)):
        assert text[mention.start : mention.end] == mention.text != ""


@pytest.mark.parametrize("unit", ["1 year and ", "May ", "1998-", "2 days ago ", "half a ", "12 ", "of the end of "])
def test_time_is_linear_in_the_text(unit: str) -> None:
    def seconds(count: int) -> float:
        made = draft("")
        text = unit * count
        long = Draft(Report("r", text, THURSDAY), made.tree, LEXICON)
        start = time.process_time()
        times.find(long)
        return time.process_time() - start

    seconds(10)
    assert seconds(4000) < 12 * seconds(1000) + 1.5  # a machine with other work pauses now and then
