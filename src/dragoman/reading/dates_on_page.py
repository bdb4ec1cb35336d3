"""Dates that a page shows to its readers: `<time>`, and short lines with a date, each with the words that place it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml.html import HtmlElement

from dragoman.reading.aside import around_article, is_aside
from dragoman.reading.date_words import MONTH, FoundDate, Order, find_dates, find_short_dates, machine_date, whole_year
from dragoman.reading.markup import text_of
from dragoman.reading.seen import Rank, Seen

MAX_LINE: Final = 200
"""A longer text is a paragraph, whose dates are what it speaks of."""

MAX_LINES: Final = 400
"""Lines with a date that are looked at; archive pages have thousands."""

NEAR_HEADING: Final = 60
"""Elements after the headline within which a date alone is taken for the article's."""

SKIPPED: Final = frozenset({"script", "style", "noscript", "select", "option", "textarea", "svg", "template", "iframe"})

_NAMING: Final = ("class", "id", "itemprop", "property", "data-testid", "rel")
_DATED: Final = re.compile(
    r"date|time|publi|posted|byline|dateline|stamp|meta|pubdate|entry-info|article-info|created|author|credit",
    re.IGNORECASE,
)
_HAS_YEAR: Final = re.compile(
    r"(?<!\d)(?:1[89]\d\d|20[0-4]\d)(?!\d)|\d[/.]\d{1,2}[/.]\d\d(?!\d)|\d[- ][A-Za-z]{3,4}[- ]'?\d\d(?!\d)"
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")
_PUBLISHED: Final = re.compile(
    r"publi(?:shed|cation|sh date)|\bposted\b|\bissued\b|\breleased?\b|\bcreated\b|\bwritten\b|\bfirst\b"
    r"|\bfiled\b|\bsubmitted\b"
    r"|\bdated?\s*:|\buploaded\b|\bweb ?posted\b|\bpubdate\b",
    re.IGNORECASE,
)
_MODIFIED: Final = re.compile(
    r"updat|modifi|revis|edited|\blast\b|\bchanged\b|\bcurrent as of\b|\bretrieved\b|\baccessed\b|\bgenerated\b"
    r"|migrat|import|\barchived\b",
    re.IGNORECASE,
)  # fmt: skip
_COPYRIGHT: Final = re.compile(r"©|&copy;|\(c\)|copyright|all rights reserved", re.IGNORECASE)
_CAPTION: Final = re.compile(r"photo|image|picture|getty|caption|\bfile\b", re.IGNORECASE)
_AROUND_DATE: Final = re.compile(
    rf"mon|tues?|wed|thu(?:rs)?|fri|sat(?:ur)?|sun|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)|{MONTH}|at|on"
    rf"|of|the|by|hrs?"
    r"|published|posted|web|[ap]\.?m\.?|\d{1,2}(?:[:.h]\d\d){0,2}(?:[ap]m)?|[A-Z]{2,4}T|GMT|UTC|IST|CET|\W{1,4}",
    re.IGNORECASE,
)
"""A word that may stand beside a date in a line that is nothing but one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A short text of the page: its element, its place among the elements, and where it stands to the headline."""

    element: HtmlElement
    text: str
    after_heading: int | None


def dates_on_page(tree: HtmlElement, order: Order) -> list[Seen]:
    """Dates of `<time>` elements and short lines, in page order, without those of other articles' teasers."""
    found: list[Seen] = []
    around = around_article(tree)
    for line in _lines(tree):
        if len(found) > MAX_LINES:
            break
        if _COPYRIGHT.search(line.text):
            found.extend(_copyright(" ".join(line.text.split())))
        elif not is_aside(line.element, around):
            found.extend(_time_element(line, order) if line.element.tag == "time" else _dated_line(line, order))
    return list(dict.fromkeys(found))


def _lines(tree: HtmlElement) -> Iterator[Line]:
    """Every `<time>` and every short text with a year in it; headline is the first h1."""
    heading: int | None = None
    position = 0
    skipped: set[HtmlElement] = set()
    for element in tree.iter():
        position += 1
        tag = element.tag
        if tag in SKIPPED:
            skipped.add(element)
            if element.tail and _is_short_dated(element.tail):
                yield Line(element.getparent(), element.tail, _distance(heading, position))
            continue
        if element.getparent() in skipped:
            skipped.add(element)
            continue
        if tag == "h1" and heading is None:
            heading = position
        distance = _distance(heading, position)
        if tag == "time" or (tag == "abbr" and element.get("title")):
            yield Line(element, text_of(element, MAX_LINE), distance)
        elif _is_named_for_date(element):
            text = text_of(element, MAX_LINE)
            if _is_short_dated(text) or element.get("content") or element.get("datetime"):
                yield Line(element, text, distance)
        elif element.text and _is_short_dated(element.text):
            yield Line(element, element.text, distance)
        if element.tail and _is_short_dated(element.tail):
            yield Line(element.getparent(), element.tail, distance)


def _distance(heading: int | None, position: int) -> int | None:
    return None if heading is None else position - heading


def _is_short_dated(text: str) -> bool:
    return 6 <= len(text) <= MAX_LINE * 2 and _HAS_YEAR.search(text) is not None and len(text.strip()) <= MAX_LINE


def _names(element: HtmlElement) -> str:
    return " ".join(element.get(key) or "" for key in _NAMING)


def _is_named_for_date(element: HtmlElement) -> bool:
    if element.tag in ("html", "body", "head", "meta", "link", "main", "article", "form", "input", "img", "a"):
        return False
    named = element.attrib
    return bool(named) and any(_DATED.search(named[key]) for key in _NAMING if key in named)


def _time_element(line: Line, order: Order) -> list[Seen]:
    element = line.element
    value = element.get("datetime") or element.get("content") or element.get("title") or line.text
    date = machine_date(value, order, "time")
    if date is None or date.granularity != "day":
        shown = machine_date(line.text, order, "time")
        date = shown or date
    if date is None:
        return []
    parent = element.getparent()
    names = _names(element) + " " + (_names(parent) if parent is not None else "")
    before = (parent.text or "")[-80:] if parent is not None else ""
    words = f"{names} {before} {line.text[:80]}"
    where = "<time>" + (f" {element.get('class')}" if element.get("class") else "")
    if _MODIFIED.search(words) and not _PUBLISHED.search(words):
        return [Seen(replace(date, basis="modified"), "modified", where, value[:80], Rank.MODIFIED)]
    marked = element.get("pubdate") is not None or "datepublished" in names.lower() or _PUBLISHED.search(words)
    near = line.after_heading is not None and -NEAR_HEADING <= line.after_heading <= NEAR_HEADING
    rank = Rank.BYLINE if marked else Rank.HEADER if near else Rank.ELSEWHERE
    return [Seen(date, "time", where, value[:80], rank)]


def _dated_line(line: Line, order: Order) -> list[Seen]:
    element = line.element
    for key in ("datetime", "content", "title", "data-datetime", "data-date"):
        value = element.get(key)
        date = machine_date(value, order, "byline") if value and _HAS_YEAR.search(value) else None
        if value and date is not None and _is_named_for_date(element):
            return [_placed(line, FoundDate(date, 0, 0), value, _names(element))]
    text = " ".join(line.text.split())
    found = list(find_dates(text, order, "byline", months=False))
    if not found and (_is_named_for_date(element) or _PUBLISHED.search(text) or _MODIFIED.search(text)):
        found = list(find_short_dates(text, order, "byline"))
    seen: list[Seen] = []
    for index, one in enumerate(found[:4]):
        before = text[found[index - 1].end if index else 0 : one.start]
        around = (text[: one.start] + " " + text[one.end :]) if len(found) == 1 else before
        if _is_own(line, before, around):
            published_after = len(found) == 1 and not _MODIFIED.search(around) and _PUBLISHED.search(around)
            seen.append(_placed(line, one, text, around if published_after else before))
    return seen


def _copyright(text: str) -> list[Seen]:
    """The year of a copyright notice; one of a span of years says nothing."""
    years = {int(found) for found in _YEAR.findall(text)}
    if len(years) != 1:
        return []
    return [Seen(whole_year(years.pop(), "copyright"), "copyright", "copyright notice", text[:80], Rank.COPYRIGHT)]


def _is_own(line: Line, before: str, around: str) -> bool:
    """Whether a line is there to date something, not a sentence or caption that speaks of a day."""
    if _PUBLISHED.search(before) or _MODIFIED.search(before):
        return len(before) < 80
    if _CAPTION.search(around):
        return False
    return _is_named_for_date(line.element) or all(map(_AROUND_DATE.fullmatch, re.findall(r"[^\s,|]+", around)[:20]))


def _placed(line: Line, one: FoundDate, text: str, cue: str) -> Seen:
    near = line.after_heading is not None and -NEAR_HEADING <= line.after_heading <= NEAR_HEADING
    name = line.element.get("class") or line.element.get("id") or line.element.tag
    where = f"line in {str(name)[:40]}"
    published, modified = _last(_PUBLISHED, cue), _last(_MODIFIED, cue)
    if modified > published:
        return Seen(replace(one.date, basis="modified"), "modified", where, text[:80], Rank.MODIFIED)
    if published >= 0:
        return Seen(one.date, "byline", where, text[:80], Rank.BYLINE if near else Rank.HEADER)
    named = _is_named_for_date(line.element)
    rank = Rank.HEADER if near and (named or line.after_heading is not None) else Rank.ELSEWHERE
    return Seen(one.date, "byline", where, text[:80], rank)


def _last(form: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in form.finditer(text)), default=-1)
