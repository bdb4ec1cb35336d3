"""Lists of feeds as other readers write and read them (OPML 2.0)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from dragoman.errors import FeedError

MOST_OUTLINES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list: its address, and what its owner calls it."""

    address: str
    title: str | None = None


def looks_like_opml(data: bytes) -> bool:
    """Whether DATA is a list of feeds, by its beginning."""
    return b"<opml" in data[:4096].lower()


def read_opml(data: bytes, name: str) -> list[Outline]:
    """The feeds of a list, in its order, each once. Raises FeedError naming NAME where it can't be read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedError(name, f"OPML that can't be read ({str(error)[:120]})", "export it again") from error
    if root is None or not isinstance(root.tag, str) or etree.QName(root).localname.lower() != "opml":
        raise FeedError(name, "no list of feeds in OPML", "give a file that another reader exported")
    found: dict[str, Outline] = {}
    for one in list(root.iter("{*}outline"))[:MOST_OUTLINES]:
        given = {str(key).lower(): str(value) for key, value in one.attrib.items()}
        address = (given.get("xmlurl") or "").strip()
        if address:
            found.setdefault(address, Outline(address, given.get("title") or given.get("text") or None))
    return list(found.values())


def write_opml(outlines: Iterable[Outline]) -> str:
    """A list of feeds that other readers take."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds that Dragoman follows"
    body = etree.SubElement(root, "body")
    for one in outlines:
        title = _plain(one.title or one.address)
        etree.SubElement(body, "outline", type="rss", text=title, title=title, xmlUrl=_plain(one.address))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written.decode("utf-8")


def _plain(text: str) -> str:
    """TEXT without the control characters that XML can't hold."""
    return "".join(one for one in text if one.isprintable() or one == " ")
