"""Which parts of a page are not its article: teasers of others, captions, comments, menus, footers."""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

_NAMES: Final = re.compile(
    r"comment|caption|related|recommend|sidebar|side-bar|teaser|latest|most-|popular|trending|widget|promo"
    r"|carousel|(?<![-\w])footer"
    r"|newsletter|next-|prev|read-?more|more-|menu|nav\b|river|upsell|recirc|outbrain|taboola|archive|card\b|listing",
    re.IGNORECASE,
)


def around_article(tree: HtmlElement) -> frozenset[HtmlElement]:
    """What holds the article: the ancestors of the headline, and of the block with the longest text of its own."""
    heading = next(tree.iter("h1"), None)
    longest = max(tree.iter("p", "div"), key=_own_length, default=None)
    return frozenset(above for one in (heading, longest) if one is not None for above in one.iterancestors())


def _own_length(element: HtmlElement) -> int:
    return len((element.text or "").strip()) + sum(len((child.tail or "").strip()) for child in element)


def is_aside(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Whether an element stands in something that is not the article: teasers, comments, footers.

    AROUND is what holds the article: what it is called says nothing of the parts in it.
    """
    for current in (element, *element.iterancestors()):
        if current in around or current.tag in ("body", "html"):
            return False
        if current.tag in ("aside", "nav", "figure", "figcaption") or _NAMES.search(
            f"{current.get('class') or ''} {current.get('id') or ''}"
        ):
            return True
    return False
