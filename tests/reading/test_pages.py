"""Saved pages beside what a person expects to be read from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.errors import PageError
from dragoman.facts import Report
from dragoman.reading.report import outlet_of

Read = Callable[..., Report]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("article", "article"),
        ("index", "index"),
        ("gallery", "gallery"),
        ("paywall", "paywall"),
        ("consent", "consent"),
        ("german", "article"),
        ("promos", "article"),
        ("undated", "article"),
    ],
)
def test_kind(read_page: Read, name: str, kind: str) -> None:
    report = read_page(name)
    assert report.kind == kind
    assert any(word in " ".join(report.warnings) for word in ("index", "gallery", "paywall", "consent")) == (
        kind != "article"
    )


@pytest.mark.parametrize(
    ("name", "address", "start", "granularity", "source"),
    [
        # a field that means first publication goes before the stamp of the last change
        ("article", None, "2004-05-11", "day", "meta"),
        # the article's own node, not one in a list of links
        ("json_ld_array", None, "2004-05-11", "day", "json-ld"),
        # the article's node goes before the page's
        ("json_ld_graph", None, "2004-05-11", "day", "json-ld"),
        # JSON that does not parse still says its date
        ("json_ld_broken", None, "2004-05-11", "day", "json-ld"),
        ("false_updated", None, "2004-05-11", "day", "byline"),
        ("only_updated", None, "2019-02-03", "day", "modified"),
        ("copyright_only", None, "2017-01-01", "year", "copyright"),
        # a stamp of the day when the site was rebuilt
        ("migrated", None, "2004-05-11", "day", "byline"),
        ("migrated_dateline", None, "2004-05-11", "day", "dateline"),
        ("migrated_dateline", "https://courier.example/2004/05/12/crossings", "2004-05-12", "day", "url"),
        # the dateline gives the day, the address the year
        ("dateline_yearless", "https://courier.example/2004/05/crossings.html", "2004-05-11", "day", "dateline"),
        ("dateline_yearless", None, None, "unknown", "none"),
        ("time_element", None, "2004-05-11", "day", "time"),
        ("day_first", None, "2004-11-05", "day", "byline"),
        ("month_first", None, "2004-05-11", "day", "byline"),
        # two readings are an interval, unless another witness decides
        ("ambiguous", None, "2004-05-11", "interval", "byline"),
        ("ambiguous", "https://courier.example/2004/11/crossings.html", "2004-11-05", "day", "byline"),
        ("ambiguous", "https://courier.example.uk/crossings.html", "2004-11-05", "day", "byline"),
        ("undated", None, None, "unknown", "none"),
        ("undated", "https://courier.example/2004/05/11/crossings", "2004-05-11", "day", "url"),
        ("undated", "https://courier.example/2004/05/crossings", "2004-05-01", "month", "url"),
        ("undated", "https://courier.example/archive/2004/crossings", "2004-01-01", "year", "url"),
        # the zero of Unix time is no date, and neither is a reader's comment
        ("epoch", None, None, "unknown", "none"),
        ("comments_dated", None, None, "unknown", "none"),
    ],
)
def test_date(
    read_page: Read, name: str, address: str | None, start: str | None, granularity: str, source: str
) -> None:
    report = read_page(name, url=address)
    assert (report.published.start, report.published.granularity, report.published.basis) == (
        start, granularity, source,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["only_updated", "copyright_only"])
def test_date_from_a_mere_stamp_is_approximate(read_page: Read, name: str) -> None:
    assert read_page(name).published.approx


def test_candidates_say_where_they_stood_and_why_one_won(read_page: Read) -> None:
    winner, *losers = read_page("false_updated").candidates
    assert winner.won
    assert winner.date.start == "2004-05-11"
    assert winner.text == "Published 11 May 2004"
    assert [(one.source, one.date.start, one.won, one.reason) for one in losers] == [
        ("modified", "2019-02-03", False, "a stamp of the last change")
    ]


def test_candidates_are_kept_where_none_wins(read_page: Read) -> None:
    [candidate] = read_page("epoch").candidates
    assert not candidate.won
    assert candidate.reason == "a day that programs write when they know none"


def test_metadata(read_page: Read) -> None:
    report = read_page("article", url="https://courier.example/world/crossings?utm_source=x")
    assert report.title == "Two crossings to reopen"
    assert report.outlet == "The Velden Courier"
    assert report.author == "Ines Rohde"
    assert report.url == "https://courier.example/world/crossings?utm_source=x"
    assert report.language == "en"
    assert read_page("article").url == "https://courier.example/world/crossings"


def test_metadata_of_json_ld(read_page: Read) -> None:
    report = read_page("json_ld_array")
    assert (report.author, report.outlet) == ("Ines Rohde, Paul Ebner", "The Velden Courier")


def test_what_was_given_goes_before_the_page(read_page: Read) -> None:
    report = read_page("article", title="A title given", outlet="Wire", url="https://other.example/1")
    assert (report.title, report.outlet, report.url) == ("A title given", "Wire", "https://other.example/1")


def test_host_is_the_outlet_where_the_page_names_none(read_page: Read) -> None:
    assert read_page("undated", url="https://www.herald.example/x").outlet == "herald.example"


@pytest.mark.parametrize(
    ("address", "outlet"),
    [
        ("https://www.courier.example/x", "The Velden Courier"),
        ("https://news.courier.example/x", "The Velden Courier"),
        ("https://mycourier.example/x", "mycourier.example"),
        (None, None),
    ],
)
def test_outlet_by_domain(address: str | None, outlet: str | None) -> None:
    assert outlet_of(address, {"courier.example": "The Velden Courier"}) == outlet


def test_body_is_paragraphs_without_title_byline_and_prompts(read_page: Read) -> None:
    paragraphs = read_page("promos").text.split("\n\n")
    assert [paragraph.split(" ", 3)[:3] for paragraph in paragraphs] == [
        ["The", "foreign", "ministers"],
        ['"We', "have", "taken"],
        ["Officials", "in", "both"],
        ["What", "it", "means"],
        ["Trade", "between", "the"],
    ]


def test_article_cut_into_containers_is_read_whole(read_page: Read) -> None:
    text = read_page("two_containers").text
    assert text.endswith("a good day for a town that lives from its station.")
    assert "Advertisement" not in text
    assert text.count("\n\n") == 4


def test_report_in_another_language_is_kept_and_named(read_page: Read) -> None:
    report = read_page("german")
    assert report.language == "de"
    assert "Bahnübergänge" in report.text
    assert "not in English but in 'de'" in report.warnings[-1]


def test_wrong_charset_is_seen_through(read_page: Read) -> None:
    report = read_page("wrong_charset")
    assert "café" in report.text
    assert "Žilina" in report.text
    assert report.warnings == ("the meta names iso-8859-1, but the bytes are UTF-8",)


def test_charset_is_detected_where_none_is_named(read_page: Read) -> None:
    assert "“We have taken a first step – it won’t be the last,”" in read_page("cp1252").text


def test_broken_markup_is_read(read_page: Read) -> None:
    assert "reopen two railway crossings" in read_page("broken").text


def test_page_without_text_is_an_error_that_names_it(read_page: Read) -> None:
    with pytest.raises(PageError, match=r"^empty: no text was found on the page; check that"):
        read_page("empty")


def test_page_drawn_by_a_script_is_read_from_what_its_data_tells(read_page: Read) -> None:
    paragraphs = read_page("drawn_by_script").text.split("\n\n")
    assert [paragraph.split(" ", 3)[:3] for paragraph in paragraphs] == [
        ["The", "foreign", "ministers"],
        ["Experts", "&", "customs"],
    ]


def test_page_older_than_style_sheets(read_page: Read) -> None:
    report = read_page("table_layout")
    assert report.title == "Ministers Agree on Crossings"
    assert report.published.start == "1998-03-04"
    assert [paragraph.split(" ", 3)[:3] for paragraph in report.text.split("\n\n")] == [
        ["The", "Foreign", "Minister"],
        ["At", "a", "joint"],
        ["The", "visit", "follows"],
    ]
