"""Paragraphs of the article that the extractor left out, found by the company they keep.

Many sites cut an article into several containers of one class, with advertisements between; an extractor that settles
on one of them loses the rest. A paragraph whose container is named like the one that holds most of the extracted text
is the article's too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from lxml.html import HtmlElement

MIN_PARAGRAPH: Final = 60
"""Shorter paragraphs may be labels: they are not added, in characters."""

MAX_LINK_SHARE: Final = 0.4
MAX_CONTAINERS: Final = 40
"""More containers of one class than this are a list of teasers, not parts of an article."""

MAX_SCANNED: Final = 5_000


def completed(tree: HtmlElement, lines: list[str], is_aside: Callable[[HtmlElement], bool]) -> list[str]:
    """LINES with the paragraphs that stand in containers like theirs, each put in the order of the page."""
    paragraphs = [(one, " ".join(one.text_content().split())) for one, _ in zip(tree.iter("p"), range(MAX_SCANNED))]
    place = {line: index for index, line in enumerate(lines)}
    main = _main_container(paragraphs, place)
    if main is None:
        return lines
    alike = {one.getparent() for one, _ in paragraphs if _key(one.getparent()) == main}
    if not 2 <= len(alike) <= MAX_CONTAINERS:
        return lines
    added: dict[int, list[str]] = {}
    seen, last = set(lines), -1
    for one, text in paragraphs:
        if text in place:
            last = max(last, place[text])
        elif one.getparent() in alike and text not in seen and _is_prose(one, text) and not is_aside(one):
            added.setdefault(last, []).append(text)
            seen.add(text)
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


def _is_prose(element: HtmlElement, text: str) -> bool:
    if len(text) < MIN_PARAGRAPH:
        return False
    linked = sum(len(" ".join(one.text_content().split())) for one in element.iter("a"))
    return linked <= MAX_LINK_SHARE * len(text)
