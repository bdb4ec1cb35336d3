"""What a page says of itself in JSON-LD, meta tags and headings: title, outlet, author, address, language."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from dragoman.reading.json_ld import Node
from dragoman.reading.markup import text_of

TITLE_CUTS: Final = (" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ")
"""What parts a headline from the site's name in `<title>`."""

MAX_FIELD: Final = 400
"""A title, name or address beyond so many characters is none."""

_BYLINE: Final = re.compile(
    r"^\s*(?:(?:story|words|text|analysis|report(?:ed|ing)?|written|posted)\s+)?by:?\s+", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"https?://|www\.|@|\d{3}", re.IGNORECASE)
_NOT_A_NAME: Final = frozenset(
    {"admin", "administrator", "editor", "staff", "guest", "author", "user", "webmaster", "none"}
)


MAX_TITLE_WORDS = 40
"""A longer title is looked at only so far for the site's name."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's own account of itself; None where it is silent. `language` is the declared one, without region."""

    title: str | None
    outlet: str | None
    author: str | None
    url: str | None
    language: str | None
    region: str | None


def meta_tags(tree: HtmlElement) -> dict[str, str]:
    """Contents of all meta tags by lower-case name, property or itemprop; the first of each name that has content."""
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        content = (tag.get("content") or "").strip()
        if not content:
            continue
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = (tag.get(attribute) or "").strip().lower()
            if name:
                tags.setdefault(f"http-equiv:{name}" if attribute == "http-equiv" else name, content)
    return tags


def read_metadata(tree: HtmlElement, tags: dict[str, str], nodes: list[Node], address: str | None) -> Metadata:
    """Everything but the text and the date. ADDRESS is where the page was read from, None where that is not known."""
    own = own_articles(nodes)
    url = _canonical(tree, tags, address)
    sites = [
        node.text("name") for node in nodes if node.types & {"NewsMediaOrganization", "WebSite"} and not node.aside
    ]
    publishers = [node.name_of("publisher") for node in own]
    outlet = _first([tags.get("og:site_name"), *publishers, tags.get("application-name"), *sites])
    outlet = outlet or _site_in_title(tree, host_of(url or address))
    title = _title(tree, tags, own, outlet)
    language, region = _language(tree, tags)
    return Metadata(
        title=title,
        outlet=None if outlet == title else outlet,
        author=_author(tree, tags, own),
        url=url or address,
        language=language,
        region=region,
    )


def own_articles(nodes: list[Node]) -> list[Node]:
    """The JSON-LD nodes that describe this page's own article, not one that it links to."""
    return [node for node in nodes if node.is_article and not node.aside]


def host_of(address: str | None) -> str | None:
    """The host of an address without `www.`, None where there is none."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for one in values if (value := _clean(one)) and len(value) <= MAX_FIELD), None)


def _clean(value: str | None) -> str | None:
    return " ".join(html.unescape(value).split()) or None if value else None


def _title(tree: HtmlElement, tags: dict[str, str], own: list[Node], outlet: str | None) -> str | None:
    headings = [text for one in tree.iter("h1") if (text := text_of(one, MAX_FIELD))]
    named = _first([tags.get("og:title"), tags.get("twitter:title"), *(node.text("headline") for node in own)])
    head = tree.find(".//title")
    plain = _clean(head.text_content()) if head is not None else None
    title = named or plain or _first(headings)
    if title is None:
        return None
    for heading in (*headings, *_lesser_headings(tree)):
        if len(heading) > 8 and (_begins(title, heading) or _begins(title[::-1], heading[::-1])):
            return heading
    if not named and len(headings) == 1 and len(headings[0].split()) > 2:
        return headings[0]
    return _without_site(title, outlet)


def _lesser_headings(tree: HtmlElement) -> list[str]:
    """Of pages older than style sheets, whose headline may be a smaller heading or bold."""
    return [
        text for one in islice(tree.iter("h2", "h3", "b", "strong"), 20) if 12 <= len(text := text_of(one, 300)) <= 300
    ]


def _site_in_title(tree: HtmlElement, host: str | None) -> str | None:
    """The words of the page's <title> that its host is made of: "The Evening Record" for `eveningrecord.example`."""
    head = tree.find(".//title")
    labels = [label for label in (host or "").split(".")[:-1] if len(label) > 4]
    if head is None or not labels:
        return None
    name = labels[-1]
    words = head.text_content().split()[:MAX_TITLE_WORDS]
    for start in range(len(words)):
        for end in range(start + 1, min(start + 6, len(words)) + 1):
            if re.sub(r"\W+", "", "".join(words[start:end])).casefold().removeprefix("the") == name.removeprefix("the"):
                start -= start > 0 and words[start - 1] == "The"
                return " ".join(words[start:end]).strip(" :|-–—,»")
    return None


def _begins(title: str, heading: str) -> bool:
    """Whether a title begins with a heading and then ends, or goes on after something that parts it from the site."""
    rest = title[len(heading) :]
    return title.casefold().startswith(heading.casefold()) and (not rest or not rest.lstrip()[:1].isalnum())


def _without_site(title: str, outlet: str | None) -> str:
    """Cut the site's name off the end, or off the start, of what a page calls its title."""
    for cut in TITLE_CUTS:
        head, found, tail = title.rpartition(cut)
        if found and len(head) >= 12 and (_same(tail, outlet) or (cut == " | " and len(tail) < len(head))):
            return head.strip()
        head, found, tail = title.partition(cut)
        if found and len(tail) >= 12 and _same(head, outlet):
            return tail.strip()
    return title


def _same(part: str, outlet: str | None) -> bool:
    plain = re.sub(r"\W+", "", part).casefold()
    site = re.sub(r"\W+", "", outlet or "").casefold()
    return bool(plain and site) and (plain in site or site in plain)


def _author(tree: HtmlElement, tags: dict[str, str], own: list[Node]) -> str | None:
    candidates = [node.name_of("author") or node.text("author") for node in own]
    fields = ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")
    candidates += [tags.get(name) for name in fields]
    named = next(filter(None, map(_person, candidates)), None)
    if named is not None:
        return named
    return next(filter(None, (_person(text_of(one, 200)) for one in tree.xpath(_AUTHOR_PATH)[:5])), None)


_AUTHOR_PATH: Final = (
    ".//*[@rel='author' or contains(@itemprop,'author') or contains(@class,'byline') or contains(@class,'author-name')"
    " or contains(@class,'article-author') or contains(@class,'entry-author')]"
)


def _person(value: str | None) -> str | None:
    name = _BYLINE.sub("", _clean(value) or "").strip(" ,|·-")
    if not 3 <= len(name) <= 120 or _ADDRESS.search(name) or name.casefold() in _NOT_A_NAME or len(name.split()) > 14:
        return None
    return name


def _canonical(tree: HtmlElement, tags: dict[str, str], address: str | None) -> str | None:
    links = [one.get("href") for one in tree.iter("link") if (one.get("rel") or "").lower() == "canonical"]
    for value in (*links, tags.get("og:url")):
        try:
            full: str = urljoin(address or "", (value or "").strip())
            parts = urlsplit(full)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and len(full) <= 2000:
            bare_root = parts.path in ("", "/") and address and urlsplit(address).path not in ("", "/")
            if not bare_root:
                return full
    return None


def _language(tree: HtmlElement, tags: dict[str, str]) -> tuple[str | None, str | None]:
    """Language and region as declared: `en-GB` gives `en` and `gb`."""
    for value in (
        tree.get("lang"),
        tree.get("xml:lang"),
        tags.get("og:locale"),
        tags.get("http-equiv:content-language"),
    ):
        found = re.match(r"\s*([a-z]{2,3})(?:[-_]([a-z]{2})\b)?", value or "", re.IGNORECASE)
        if found:
            return found.group(1).lower(), (found.group(2) or "").lower() or None
    return None, None
