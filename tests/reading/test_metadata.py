"""What a page says of itself: whose it is, where its title alone tells, and what it is called."""

from __future__ import annotations

import pytest

from dragoman.reading.report import make_report
from dragoman.reading.source import Source
from dragoman.settings import Settings

BODY = (
    "<p>" + "The foreign ministers of the two states met in Geneva on Tuesday and agreed to meet again. " * 6 + "</p>"
)


def head_of(title: str, url: str, heading: str = "Ministers meet in Geneva") -> tuple[str | None, str | None]:
    html = f"<html><head><title>{title}</title></head><body><h1>{heading}</h1>{BODY}</body></html>"
    report = make_report(Source(id="x", name="x", html=html, url=url), Settings())
    return report.title, report.outlet


@pytest.mark.parametrize(
    ("title", "url", "outlet"),
    [
        ("Ministers meet in Geneva | Northern Gazette", "http://www.northerngazette.example/1", "Northern Gazette"),
        (
            "The Evening Record Archive: Ministers meet in Geneva",
            "http://eveningrecord.example/1",
            "The Evening Record",
        ),
        ("Harbour Wire 07/16/1971 GENEVA", "http://harbourwire.example/1", "Harbour Wire"),
        ("Ministers meet in Geneva", "http://northerngazette.example/1", "northerngazette.example"),
        (
            "Ministers meet in Geneva - Press Office",
            "http://pressoffice.portmeridian.example/1",
            "pressoffice.portmeridian.example",
        ),
    ],
)
def test_the_site_is_named_by_its_title_and_host_together(title: str, url: str, outlet: str) -> None:
    assert head_of(title, url)[1] == outlet


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Ministers meet in Geneva - Northern Gazette", "Ministers meet in Geneva"),
        ("Northern Gazette: print version", "Ministers meet in Geneva"),
        ("Harbour Wire 07/16/1971 GENEVA", "Ministers meet in Geneva"),
    ],
)
def test_the_headline_goes_before_what_the_window_is_called(title: str, heading: str) -> None:
    assert head_of(title, "http://northerngazette.example/1", heading)[0] == heading
