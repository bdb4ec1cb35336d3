"""A Source to a Report: what every later stage reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date as day_type
from types import MappingProxyType
from typing import Final

from dragoman.errors import PageError
from dragoman.facts import Report
from dragoman.reading.charset import decode
from dragoman.reading.dates_in_text import dates_in_text, yearless_dateline
from dragoman.reading.dates_in_url import dates_in_url
from dragoman.reading.dating import choose
from dragoman.reading.language_id import detect_language
from dragoman.reading.metadata import host_of
from dragoman.reading.pages import read_page
from dragoman.reading.seen import Rank, Seen
from dragoman.reading.source import Source
from dragoman.settings import Settings

_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def make_report(
    source: Source,
    settings: Settings,
    today: day_type | None = None,
    outlets: Mapping[str, str] = MappingProxyType({}),
) -> Report:
    """Read one source. Raises PageError where it holds no text at all.

    Given text is kept to the character, but that half a surrogate pair, which no file can hold, becomes U+FFFD, and
    what is beyond `max_text_chars` is cut off; both are said in `warnings`, as are a page that is no article and a
    text that is not English. TODAY bounds the dates that are believed; None is the day of the call. OUTLETS names them
    by host (`courier.example`) or domain, for pages that do not; the host itself is the last resort.
    """
    today = today or source.seen_on or day_type.today()
    if source.html is not None:
        report = _from_page(source, source.html, settings, today)
    else:
        report = _from_text(source, source.text or "", settings, today)
    return report if report.outlet else replace(report, outlet=outlet_of(report.url, outlets))


def outlet_of(address: str | None, outlets: Mapping[str, str]) -> str | None:
    """The outlet's name by the longest domain of ADDRESS in OUTLETS, else its host; None without an address."""
    host = host_of(address)
    labels = host.split(".") if host else []
    domains = (".".join(labels[start:]) for start in range(len(labels)))
    return next((outlets[domain] for domain in domains if domain in outlets), host)


def given_dates(source: Source) -> list[Seen]:
    """The date that came with the report, as the first witness; a feed's is one among the page's own fields."""
    given = source.published
    if given is None:
        return []
    if source.dated_by == "feed":
        return [Seen(replace(given, basis="feed"), "feed", "the feed's entry", given.start or "", Rank.PUBLISHED)]
    return [Seen(given, "given", "given with the report", given.start or "", Rank.GIVEN)]


def _from_text(source: Source, given: str, settings: Settings, today: day_type) -> Report:
    text, warnings = _storable(given, settings)
    if not text.strip():
        raise PageError(source.name, "the text is empty", "leave it out, or give the report's text")
    seen = given_dates(source) + dates_in_url(source.url) + dates_in_text(text)
    verdict = choose(seen, yearless_dateline(text), today)
    language = detect_language(text)
    return Report(
        id=source.id,
        text=text,
        published=verdict.date,
        url=source.url,
        outlet=source.outlet,
        title=source.title,
        language=language,
        candidates=verdict.candidates,
        warnings=(*source.warnings, *warnings, *_language_warning(language)),
    )


def _from_page(source: Source, html: str | bytes, settings: Settings, today: day_type) -> Report:
    warnings = list(source.warnings)
    if isinstance(html, bytes):
        decoded = decode(html, source.charset)
        html = decoded.text
        warnings += [decoded.warning] if decoded.warning else []
    page = read_page(_SURROGATES.sub("\ufffd", html), source.name, source.url, given_dates(source), today)
    text, cut = _storable(page.text, settings)
    language = detect_language(text) or page.metadata.language
    return Report(
        id=source.id,
        text=text,
        published=page.verdict.date,
        url=source.url or page.metadata.url,
        outlet=source.outlet or page.metadata.outlet,
        title=source.title or page.metadata.title,
        author=page.metadata.author,
        language=language,
        kind=page.kind.kind,
        candidates=page.verdict.candidates,
        warnings=(*warnings, *cut, *([page.kind.warning] if page.kind.warning else []), *_language_warning(language)),
    )


def _storable(text: str, settings: Settings) -> tuple[str, list[str]]:
    """The text as it can be kept, every character at its place, and what was done to it."""
    warnings = []
    if _SURROGATES.search(text):
        text = _SURROGATES.sub("\ufffd", text)
        warnings.append("half a surrogate pair in the text was replaced by U+FFFD")
    if len(text) > settings.max_text_chars:
        warnings.append(
            f"the text has {len(text):,} characters; what is beyond {settings.max_text_chars:,} was cut off"
        )
        text = text[: settings.max_text_chars]
    return text, warnings


def _language_warning(language: str | None) -> list[str]:
    if language in (None, "en"):
        return []
    return [f"the report is not in English but in {language!r}: it is kept, and no facts are read from it"]
