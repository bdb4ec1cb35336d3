"""Paragraphs of the article that the extractor left out, found by the company they keep.

Many sites cut an article into several containers of one class, with advertisements between; an extractor that settles
on one of them loses the rest. A paragraph whose container is named like the one that holds most of the extracted text
is the article's too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

MIN_PARAGRAPH: Final = 60
"""Shorter paragraphs may be labels: they are not added, in characters."""

MIN_SENTENCE: Final = 25
"""A shorter paragraph than MIN_PARAGRAPH is added where it is a whole sentence of so many characters."""

MAX_LINK_SHARE: Final = 0.4
MAX_HEADING: Final = 120
BLOCKS: Final = ("p", "h2", "h3", "h4")
MAX_CONTAINERS: Final = 40
"""More containers of one class than this are a list of teasers, not parts of an article."""

MAX_SCANNED: Final = 5_000


def completed(tree: HtmlElement, lines: list[str], is_aside: Callable[[HtmlElement], bool]) -> list[str]:
    """LINES with the paragraphs that stand in containers like theirs, each put in the order of the page.

    Headings are added only between two lines that were extracted; what stands aside of the article is taken out.
    """
    blocks = [(one, _words(one)) for one in islice(tree.iter(*BLOCKS), MAX_SCANNED)]
    place = {line: index for index, line in enumerate(lines)}
    main = _main_container(blocks, place)
    if main is None:
        return lines
    alike = {one.getparent() for one, _ in blocks if one.tag == "p" and _key(one.getparent()) == main}
    if len(alike) > MAX_CONTAINERS:
        return lines
    added: dict[int, list[str]] = {}
    known, last, final = _letters(" ".join(lines)), -1, len(lines) - 1
    for one, text in blocks:
        if text in place:
            last = max(last, place[text])
        elif one.getparent() in alike and not is_aside(one):
            inside = 0 <= last < final
            wanted = _is_prose(one, text) if one.tag == "p" else inside and _is_heading(one, text)
            if wanted and _letters(text) not in known:
                added.setdefault(last, []).append(text)
                known += _letters(text)
    return _merged(lines, added)


def _merged(lines: list[str], added: dict[int, list[str]]) -> list[str]:
    result = list(added.get(-1, []))
    for index, line in enumerate(lines):
        result.append(line)
        result.extend(added.get(index, []))
    return result


def _main_container(paragraphs: list[tuple[HtmlElement, str]], place: dict[str, int]) -> tuple[str, str] | None:
    """Tag and class of the parents that hold most of the extracted text; None where they have no class."""
    weights: Counter[tuple[str, str]] = Counter()
    for one, text in paragraphs:
        if text in place:
            weights[_key(one.getparent())] += len(text)
    if not weights:
        return None
    key, weight = weights.most_common(1)[0]
    return key if key[1] and weight > sum(weights.values()) / 2 else None


def _key(element: HtmlElement | None) -> tuple[str, str]:
    return ("", "") if element is None else (str(element.tag), " ".join((element.get("class") or "").split()))


def _words(element: HtmlElement) -> str:
    """The words of a block without those of scripts and styles in it, blanks made one."""
    if next(element.iter("script", "style", "noscript"), None) is None:
        return " ".join(element.text_content().split())
    pieces = element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
    return " ".join("".join(pieces).split())


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _is_prose(element: HtmlElement, text: str) -> bool:
    if len(text) < MIN_PARAGRAPH and not (len(text) >= MIN_SENTENCE and text.endswith((".", "?", "!", "”", '"'))):
        return False
    return _linked(element) <= MAX_LINK_SHARE * len(text)


def _is_heading(element: HtmlElement, text: str) -> bool:
    return 3 <= len(text) <= MAX_HEADING and not _linked(element)


def _linked(element: HtmlElement) -> int:
    return sum(len(" ".join(one.text_content().split())) for one in element.iter("a"))
