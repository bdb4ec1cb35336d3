"""What kind of page it is: an article, or one of the pages that stand where an article was expected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from dragoman.facts import PageKind
from dragoman.reading.json_ld import INDEX_TYPES, Node
from dragoman.reading.markup import text_of

MIN_ARTICLE_CHARS: Final = 250
"""An article's text is longer; a shorter one may be news in brief, or the visible part of something else."""

STUB_CHARS: Final = 1_500
"""A page that asks for a subscription and shows less text than this shows the start of an article only."""

INDEX_LINKS: Final = 20
INDEX_LINK_SHARE: Final = 0.6
"""An index has at least so many links with headline-long words, and they are so much of its visible words."""

_CONSENT: Final = re.compile(
    r"we (?:and our partners )?(?:use|store|value) (?:cookies|your privacy)|we value your privacy"
    r"|accept (?:all )?cookies"
    r"|your privacy choices|before you continue|consent to (?:the use of )?cookies|manage (?:your )?(?:cookie|consent)",
    re.IGNORECASE,
)
_PAYWALL: Final = re.compile(
    r"subscribe (?:now )?to (?:continue|read|unlock)|(?:to continue|continue) reading|already a subscriber"
    r"|subscribers? only"
    r"|this (?:article|content|story) is (?:only )?(?:available|reserved|exclusive)[\w ]{0,20} (?:to"
    r"|for) (?:our )?(?:subscribers|members)"
    r"|(?:log|sign) in to (?:continue|read)|you have reached your (?:free )?(?:article )?limit"
    r"|register (?:now )?to (?:continue|read)"
    r"|premium content|unlock this article|free articles? (?:left|remaining)",
    re.IGNORECASE,
)
_WALL_NAMES: Final = re.compile(
    r"paywall|subscriber-only|regwall|piano-|tp-modal|gate(?:d|way)-content|meter(?:ed)?-", re.IGNORECASE
)
_GALLERY_NAMES: Final = re.compile(r"galler(?:y|ies)|slide-?show|photo-?essay|in-pictures", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """A page's kind, and the sentence that tells the user where it is no article; "" for an article."""

    kind: PageKind
    warning: str = ""


def page_kind(tree: HtmlElement, nodes: list[Node], paragraphs: list[str], address: str | None) -> Kind:
    """Judge a page by its markup and by PARAGRAPHS, the text that was extracted from it."""
    length = sum(map(len, paragraphs))
    words = " ".join(paragraphs[:3])[:600]
    if length < 2 * STUB_CHARS and _is_consent(words, paragraphs):
        return Kind("consent", "a consent wall, not the article: fetch the page after answering it, or give its text")
    if length < STUB_CHARS and _is_paywalled(tree, nodes, paragraphs):
        return Kind("paywall", "a paywall stub: only the part of the article that is shown was read")
    if _is_gallery(tree, nodes, paragraphs, address):
        return Kind("gallery", "a gallery: captions, not an article's text")
    if _is_index(tree, nodes, paragraphs, address):
        return Kind("index", "an index page, not an article: give the addresses of its articles")
    if length < MIN_ARTICLE_CHARS:
        return Kind("unknown", f"only {length} characters of text were found: perhaps no article")
    return Kind("article")


def _is_consent(words: str, paragraphs: list[str]) -> bool:
    return len(_CONSENT.findall(words)) >= 2 or (bool(_CONSENT.search(words)) and len(paragraphs) <= 4)


def _is_paywalled(tree: HtmlElement, nodes: list[Node], paragraphs: list[str]) -> bool:
    if any(_PAYWALL.search(one) for one in paragraphs[-4:]):
        return True
    closed = any(str(node.data.get("isAccessibleForFree")).lower() == "false" for node in nodes if not node.aside)
    walled = any(
        _WALL_NAMES.search((one.get("class") or "") + " " + (one.get("id") or ""))
        for one in tree.iter("div", "section")
    )
    asks = any(_PAYWALL.search(text_of(one, 300)) for one in _wall_elements(tree))
    return (closed and (walled or asks)) or (walled and asks)


def _wall_elements(tree: HtmlElement) -> list[HtmlElement]:
    return [
        one
        for one in tree.iter("div", "section", "aside", "p", "h2", "h3", "button")
        if len(one) < 12
        and _WALL_NAMES.search((one.get("class") or "") + " " + (one.get("id") or ""))
        or (one.tag in ("p", "h2", "h3", "button") and len(one) < 4 and "subscri" in (one.text or "").lower())
    ][:40]


def _is_gallery(tree: HtmlElement, nodes: list[Node], paragraphs: list[str], address: str | None) -> bool:
    typed = any(node.types & {"ImageGallery", "MediaGallery"} and not node.aside for node in nodes)
    named = bool(_GALLERY_NAMES.search(address or ""))
    if not typed and not named:
        return False
    long_paragraphs = sum(len(one) > 400 for one in paragraphs)
    figures = sum(1 for _ in tree.iter("figure", "img"))
    return figures >= 5 and long_paragraphs <= 2


def _is_index(tree: HtmlElement, nodes: list[Node], paragraphs: list[str], address: str | None) -> bool:
    if any(node.is_article and not node.aside and node.text("datePublished") for node in nodes):
        return False
    flowing = sum(len(one) for one in paragraphs if len(one) > 200)
    typed = any(node.types & INDEX_TYPES and not node.aside and node.path in ("", "mainEntity") for node in nodes)
    root = address is not None and address.split("//", 1)[-1].rstrip("/").count("/") == 0
    if flowing > (3_000 if typed or root else 1_200):
        return False
    links = linked = 0
    for one in tree.iter("a"):
        length = len(text_of(one, 200))
        if length >= 25:
            links, linked = links + 1, linked + length
    body = tree.find("body")
    total = len(text_of(body if body is not None else tree, 200_000)) or 1
    share = linked / total
    return links >= INDEX_LINKS and (share >= INDEX_LINK_SHARE or ((typed or root) and share >= INDEX_LINK_SHARE / 2))
