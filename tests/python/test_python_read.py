"""`read`: a text or a page to typed facts."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dragoman import read
from dragoman.errors import InputError, SettingError
from dragoman.facts import Date, Event

TEXT = "Iraq denied on Monday that it had attacked Kuwait. France and Germany will sign a treaty next month."


def test_three_lines_give_typed_facts() -> None:
    answer = read(TEXT, published="1990-08-01", parser="fast")
    denied, planned = answer.events
    assert isinstance(denied, Event)
    assert (denied.status, planned.status) == ("denied", "scheduled")
    assert (planned.date.start, planned.date.end) == ("1990-09-01", "1990-09-30")
    assert all(answer.report.text[e.start : e.end] == e.text for fact in answer.facts() for e in fact.evidence)


@pytest.mark.parametrize(
    "published", ["1990-08-01", date(1990, 8, 1), datetime(1990, 8, 1, 23, 59), Date.on("1990-08-01", "given")]
)
def test_days_may_be_written_in_several_ways(published: str | date | Date) -> None:
    assert read(TEXT, published=published, parser="fast").report.published == Date.on("1990-08-01", "given")


def test_without_a_day_next_month_has_no_date() -> None:
    planned = read(TEXT, parser="fast").events[-1]
    assert (planned.date.start, planned.date.end) == (None, None)


def test_a_page_is_read_by_its_article() -> None:
    more = "More was said in Paris. " * 20
    page = f"<html><body><article><h1>Treaty</h1><p>{TEXT}</p><p>{more}</p></article></body></html>"
    answer = read(html=page, id="page", url="https://example.org/1990/08/01/treaty", parser="fast")
    assert answer.report.published.start == "1990-08-01"
    assert {event.status for event in answer.events} >= {"denied", "scheduled"}


def test_the_least_confidence_leaves_events_out() -> None:
    assert read(TEXT, parser="fast", min_confidence=1).events == ()


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        ({}, InputError, "text: one of text and html is to be read"),
        ({"text": "a", "html": "b"}, InputError, "one of text and html"),
        ({"text": " "}, InputError, "text: "),
        ({"text": TEXT, "published": "soon"}, InputError, "text: published 'soon' is no date; give it as 1978"),
        ({"text": TEXT, "min_confidence": 7}, SettingError, "min_confidence: .*less than or equal to 1 .got 7"),
        ({"text": TEXT, "lexicon": "nowhere", "parser": "fast"}, SettingError, "nowhere: there is no such folder"),
    ],
)
def test_what_can_not_be_read_is_one_sentence(given: dict[str, str], error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        read(**given)  # type: ignore[arg-type]
