"""The article's text out of a page's tree: trafilatura for precision, resiliparse where that finds next to nothing."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from lxml.etree import iterwalk, tostring
from lxml.html import HtmlElement

from dragoman.reading.aside import around_article, is_aside
from dragoman.reading.boilerplate import cleaned
from dragoman.reading.completeness import completed
from dragoman.reading.markup import text_of
from dragoman.reading.preformatted import unwrap

_LINE_TAGS: Final = frozenset(
    {"p", "lb", "item", "row", "list", "table", "head", "quote", "code", "div", "li", "tr", "br"}
)

POOR_CHARS: Final = 600
"""Less text than this from the precise extraction, and the balanced one is tried too."""

POOR_GAIN: Final = 1.5
"""Another extraction is taken where it finds so many times as much text."""

MAX_ELEMENTS: Final = 40_000
"""A page of more elements (news pages have 500 to 10,000) would take trafilatura many seconds."""

INVISIBLE: Final = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)
"""Soft hyphens, zero-width spaces and marks of direction: they part words that are one, and no reader sees them."""

MIN_BODY_CHARS: Final = 120
"""Less text than this from trafilatura is taken for nothing, and the page is read again by resiliparse."""


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text: `paragraphs` are the report's, in order, blanks made one; empty where there is no text at all.

    `lines` are all that was extracted, with the title, byline, date and prompts that are no words of the report.
    """

    paragraphs: list[str]
    lines: list[str]


def read_body(tree: HtmlElement, title: str | None, told: str | None = None) -> Body:
    """The article's body in TREE, whose <pre> elements of wrapped prose are made paragraphs in place.

    TITLE is the page's: a line that repeats it is left out. TOLD is the body that its JSON-LD gives: it is taken where
    the page shows much less, as pages do that a script draws.
    """
    unwrap(tree)
    heading = next((text_of(one) for one in tree.iter("h1")), None)
    around = around_article(tree)
    lines = _best(tree)
    lines = completed(tree, lines, lambda element: is_aside(element, around))
    if told is not None and len(told) >= POOR_CHARS and (len(lines) < 2 or _length(lines) < len(told) / 2):
        lines = [line for one in told.split("\n") if (line := " ".join(one.split()))]
    lines = [line for one in lines if (line := one.translate(INVISIBLE).strip())]
    return Body(cleaned(lines, title, heading), lines)


def _best(tree: HtmlElement) -> list[str]:
    """Precise extraction; where that finds next to nothing, the balanced one, then resiliparse."""
    if tree.xpath("count(.//*)") > MAX_ELEMENTS:
        return _by_resiliparse(tree)
    lines = _by_trafilatura(tree, precise=True)
    if _length(lines) < POOR_CHARS:
        balanced = _by_trafilatura(tree, precise=False)
        if _length(balanced) > POOR_GAIN * _length(lines):
            lines = balanced
    if _length(lines) < MIN_BODY_CHARS:
        other = _by_resiliparse(tree)
        if _length(other) > POOR_GAIN * _length(lines):
            lines = other
    return lines


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def _by_trafilatura(tree: HtmlElement, precise: bool) -> list[str]:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = bare_extraction(tree, favor_precision=precise, include_comments=False)
    if document is None or isinstance(document, dict) or document.body is None:
        return []
    return [text for element in document.body for text in _lines(element)]


def _lines(element: HtmlElement) -> list[str]:
    """An element of trafilatura's as lines, parted at items, rows and line breaks; cells are parted by " | "."""
    pieces: list[str] = []
    for event, one in iterwalk(element, events=("start", "end")):
        if event == "start":
            pieces.append("\n" if one.tag in _LINE_TAGS else " " if one.tag == "cell" else "")
            pieces.append(one.text or "")
        else:
            pieces.append(
                " | " if one.tag == "cell" and one.getnext() is not None else "\n" if one.tag in _LINE_TAGS else ""
            )
            pieces.append(one.tail or "")
    return [line for one in "".join(pieces).split("\n") if (line := " ".join(one.split()))]


def _by_resiliparse(tree: HtmlElement) -> list[str]:
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(tostring(tree, encoding="unicode"), main_content=True, alt_texts=False, links=False)
    return [line for one in text.split("\n") if (line := " ".join(one.split()))]
