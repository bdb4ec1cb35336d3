"""HTML text to a tree, safely: damaged markup, NULs, and nesting of any depth."""

from __future__ import annotations

import re
from typing import Final

from lxml import html as lxml_html
from lxml.etree import ParserError
from lxml.html import HtmlElement

KEPT_TAGS: Final = (
    "html|head|title|meta|link|script|style|noscript|body|h[1-6]|p|br|a|time|li|img|aside|nav|footer|figure"
)
"""What stays of a page that is nested deeper than libxml2 reads (256): its other tags go, its text does not."""

_NESTED: Final = re.compile(rf"</?(?!(?:{KEPT_TAGS})\b)[a-z][^<>]*>", re.IGNORECASE)
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^<>]*\?>")


def parse_tree(markup: str) -> HtmlElement | None:
    """The tree of a page, None where there is no element in it. Comments and processing instructions are left out."""
    markup = _DECLARATION.sub("", _CONTROLS.sub(" ", markup))
    tree, too_much = _parse(markup, huge=False)
    if too_much:
        tree, _ = _parse(_NESTED.sub("\n", markup), huge=True)
    return tree


def _parse(markup: str, huge: bool) -> tuple[HtmlElement | None, bool]:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=huge)
    try:
        tree = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (ParserError, ValueError):
        return None, False
    return tree, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def text_of(element: HtmlElement, limit: int = 4000) -> str:
    """The words of an element, blanks made one, at most about LIMIT characters."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > limit:
            break
    return " ".join(" ".join(pieces).split())
