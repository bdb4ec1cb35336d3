"""A page to what a report needs of it: text, title, outlet, author, address, kind, and the dates that it carries.

The markup is parsed once; extraction, metadata and dates read the same tree.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date as day_type
from typing import Final

from lxml.html import HtmlElement

from dragoman.errors import PageError
from dragoman.reading.body import read_body
from dragoman.reading.dates_in_html import dates_in_json_ld, dates_in_meta, dates_in_scripts
from dragoman.reading.dates_in_text import dates_in_text, yearless_dateline
from dragoman.reading.dates_in_url import dates_in_url
from dragoman.reading.dates_on_page import dates_on_page
from dragoman.reading.dating import Verdict, choose, order_of
from dragoman.reading.json_ld import Node, json_ld
from dragoman.reading.markup import parse_tree
from dragoman.reading.metadata import Metadata, host_of, meta_tags, own_articles, read_metadata
from dragoman.reading.page_kind import Kind, page_kind
from dragoman.reading.seen import Rank, Seen

_MARKUP: Final = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read. Paragraphs of `text` are parted by a blank line."""

    text: str
    metadata: Metadata
    kind: Kind
    verdict: Verdict


def read_page(markup: str, name: str, address: str | None, given: list[Seen], today: day_type) -> Page:
    """Read a page. ADDRESS is where it was found, GIVEN the dates that came with it. Raises PageError naming NAME.

    A page that is no article is read all the same and its kind said; only one without any text is an error.
    """
    tree = parse_tree(markup)
    if tree is None:
        raise PageError(name, "the page is empty", "check that it was saved or fetched whole")
    tags, nodes = meta_tags(tree), json_ld(tree)
    metadata = read_metadata(tree, tags, nodes, address)
    order = order_of(metadata.language, metadata.region, host_of(metadata.url or address))
    seen = list(given)
    seen += dates_in_json_ld(nodes, order) + dates_in_meta(tags, order)
    seen += dates_on_page(tree, order) + (dates_in_url(address) or dates_in_url(metadata.url))
    if not any(one.rank <= Rank.FIELD for one in seen):
        seen += dates_in_scripts(_scripts(tree), order)
    body = read_body(tree, metadata.title, _told_body(nodes))
    if not body.paragraphs:
        raise PageError(name, "no text was found on the page", "check that it is an article and not drawn by a script")
    lines = "\n".join(body.lines)
    shown = {(one.date.start, one.text) for one in seen}
    seen += [one for one in dates_in_text(lines) if (one.date.start, one.text) not in shown]
    kind = page_kind(tree, nodes, body.paragraphs, address or metadata.url)
    return Page("\n\n".join(body.paragraphs), metadata, kind, choose(seen, yearless_dateline(lines), today))


def _told_body(nodes: list[Node]) -> str | None:
    """The article's text as its JSON-LD gives it, without the markup that some put there."""
    text = next((text for node in own_articles(nodes) if (text := node.text("articleBody"))), None)
    return html.unescape(_MARKUP.sub("\n", text)) if text else None


def _scripts(tree: HtmlElement) -> list[str]:
    return [one.text for one in tree.iter("script") if one.text and len(one.text) < 1_000_000]
