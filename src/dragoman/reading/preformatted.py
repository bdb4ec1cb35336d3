"""Prose in <pre>: wire copy and old archives, wrapped by hand at typewriter length, made paragraphs again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

WRAP_CHARS: Final = (45, 100)
"""Hand-wrapped prose has most of its longest lines in this range; shorter is a table or verse, longer isn't wrapped."""

MIN_LINES: Final = 4


def unwrap(tree: HtmlElement) -> None:
    """Turn each <pre> of TREE that holds wrapped prose into a <div> of paragraphs, in place."""
    for element in list(tree.iter("pre")):
        paragraphs = paragraphs_of(element.text_content())
        if paragraphs:
            tail = element.tail
            for child in list(element):
                element.remove(child)
            element.tag, element.text, element.tail = "div", None, tail
            for text in paragraphs:
                paragraph = element.makeelement("p", {})
                paragraph.text = text
                element.append(paragraph)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of wrapped prose, parted at blank and at indented lines; empty where TEXT is none."""
    lines = [line.rstrip() for line in text.expandtabs(4).splitlines()]
    full = sorted((len(line.strip()) for line in lines if line.strip()), reverse=True)
    longest = full[: max(1, len(full) // 2)]
    low, high = WRAP_CHARS
    if len(full) < MIN_LINES or not all(low <= length <= high for length in (longest[0], longest[-1])):
        return []
    found: list[list[str]] = [[]]
    margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    for line in lines:
        indented = len(line) - len(line.lstrip()) > margin
        if not line.strip() or indented:
            found.append([])
        if line.strip():
            found[-1].append(" ".join(line.split()))
    return [" ".join(part) for part in found if part]
