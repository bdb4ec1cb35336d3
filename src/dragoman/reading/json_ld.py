"""The JSON-LD of a page: every node of its scripts, also inside arrays and `@graph`, with what it hangs under."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from lxml.html import HtmlElement

MAX_SCRIPT_CHARS: Final = 2_000_000
MAX_NODES: Final = 5_000
MAX_DEPTH: Final = 12

ARTICLE_TYPES: Final = frozenset(
    {
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle",
        "OpinionNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting", "BlogPosting",
        "SocialMediaPosting", "DiscussionForumPosting", "Report", "ScholarlyArticle", "TechArticle",
        "SatiricalArticle", "AdvertiserContentArticle", "CreativeWork", "Recipe", "MedicalWebPage", "HowTo",
    }
)  # fmt: skip
PAGE_TYPES: Final = frozenset({"WebPage", "ItemPage", "AboutPage", "MedicalWebPage", "QAPage", "ProfilePage"})
INDEX_TYPES: Final = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})

_ASIDE: Final = frozenset(
    {
        "itemListElement",
        "comment",
        "comments",
        "hasPart",
        "relatedLink",
        "mentions",
        "citation",
        "itemReviewed",
        "isBasedOn",
    }
)
"""Properties under which other works than the page's own hang."""


@dataclass(frozen=True, slots=True)
class Node:
    """One JSON-LD object. `path` is the property it hangs under, "" at the top; `aside`: of another work than this."""

    types: frozenset[str]
    data: dict[str, object]
    path: str
    aside: bool

    def text(self, key: str) -> str | None:
        """A property that is text, or the first of several."""
        value = self.data.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        return value.strip() or None if isinstance(value, str) else None

    def name_of(self, key: str) -> str | None:
        """The name of the thing that KEY holds: `{"name": …}`, a list of such, or plain text."""
        names = [one for one in map(_name, _as_list(self.data.get(key))) if one]
        return ", ".join(dict.fromkeys(names[:6])) or None

    @property
    def is_article(self) -> bool:
        """Whether it describes an article."""
        return bool(self.types & ARTICLE_TYPES)


def json_ld(tree: HtmlElement) -> list[Node]:
    """All nodes of the page's JSON-LD scripts; a script that can't be read gives the fields that can still be told."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or len(nodes) > MAX_NODES:
            continue
        text = script.text or ""
        if len(text) > MAX_SCRIPT_CHARS:
            continue
        nodes.extend(_script_nodes(text))
    return nodes


def _script_nodes(text: str) -> list[Node]:
    cleaned = (
        text.strip().removeprefix("<!--").removesuffix("-->").strip().removeprefix("//<![CDATA[").removesuffix("//]]>")
    )
    try:
        data = json.loads(cleaned.rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return [node for node in (_salvaged(text),) if node]
    return list(_walk(data, "", False, 0))


def _walk(value: object, path: str, aside: bool, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for one in value[:MAX_NODES]:
            yield from _walk(one, path, aside, depth + 1)
    elif isinstance(value, dict):
        data = cast("dict[str, object]", value)
        types = frozenset(str(one).rsplit("/", 1)[-1] for one in _as_list(data.get("@type")) if isinstance(one, str))
        yield Node(types, data, path, aside)
        for key, inner in data.items():
            if isinstance(inner, (dict, list)):
                yield from _walk(inner, "" if key == "@graph" else key, aside or key in _ASIDE, depth + 1)


_SALVAGE: Final = re.compile(
    r'"(@type|datePublished|dateCreated|dateModified|headline|articleBody)"\s*:\s*"((?:[^"\\]|\\.)*)"'
)


def _salvaged(text: str) -> Node | None:
    """Dates, type and headline out of JSON that does not parse: the first of each, as it stands there."""
    data: dict[str, object] = {}
    for match in _SALVAGE.finditer(text):
        data.setdefault(match.group(1), match.group(2))
    if not data:
        return None
    return Node(frozenset({str(data.get("@type", ""))}), data, "", False)


def _as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def _name(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("name")
        value = value[0] if isinstance(value, list) and value else value
    return " ".join(value.split()) or None if isinstance(value, str) else None
