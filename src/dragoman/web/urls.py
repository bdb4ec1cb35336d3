"""Addresses of pages. All links come from here, so that ids with any characters are safe in a path.

An id is percent-encoded as a whole, slashes included. What a path can't carry even so gets a tilde before it: a dot
that would make `.`, `..` or a form (`.json`, `.bib`) of another page; a line feed is `~n`, a percent sign, which a
proxy may decode twice, is `~p`; a tilde itself is doubled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, urlencode

JSON: Final = ".json"

_ESCAPED: Final = re.compile(r"~([~.np])")
_MEANT: Final[Mapping[str, str]] = MappingProxyType({"n": "\n", "p": "%"})
SUFFIXES: Final = ("json", "ndjson", "csv", "parquet", "csl.json", "bib", "txt")
"""Forms that an address may end in."""
_DOTTED: Final = (*(f".{suffix}" for suffix in SUFFIXES), ".csl")
_SUFFIX: Final = re.compile(rf"(?<!~)(?:~~)*\.({'|'.join(sorted(map(re.escape, SUFFIXES), key=len, reverse=True))})\Z")


def slug(ident: str) -> str:
    """IDENT as one segment of a path."""
    text = ident.replace("~", "~~").replace("\n", "~n").replace("%", "~p")
    if text in (".", "..") or text.endswith(_DOTTED):
        at = text.rindex(".")
        text = f"{text[:at]}~{text[at:]}"
    return quote(text, safe="")


def unslug(segment: str) -> tuple[str, str]:
    """The id of a decoded path, and the form that its suffix asks for, empty where it has none."""
    found = _SUFFIX.search(segment)
    form = found[1] if found else ""
    text = segment[: -len(form) - 1] if form else segment
    return _ESCAPED.sub(lambda escaped: _MEANT.get(escaped[1], escaped[1]), text), form


def report_url(ident: str, version: int | None = None) -> str:
    """The page of a report."""
    return f"/reports/{slug(ident)}" + (f"?version={version}" if version is not None else "")


def fact_url(ident: str) -> str:
    """The permanent page of a fact."""
    return f"/facts/{slug(ident)}"


def pair_url(one: str, other: str) -> str:
    """The page of two countries, in alphabetical order of their codes."""
    return f"/pairs/{'/'.join(quote(code, safe='') for code in sorted((one, other)))}"


def search_url(query: str, path: str = "/", **more: str | int | None) -> str:
    """The page of facts that QUERY finds."""
    given = {"q": query or None, **more}
    fields = urlencode({name: value for name, value in given.items() if value is not None})
    return f"{path}?{fields}" if fields else path


def saved_url(ident: str = "") -> str:
    """The page of saved searches, or the address that leads to what the one with that id finds now."""
    return f"/saved/{quote(ident, safe='')}" if ident else "/saved"


def json_url(path: str, query: str = "") -> str:
    """The same as JSON: PATH is that of a page, as it stands in the address, QUERY what is behind its question mark."""
    return f"{path}{JSON}" + (f"?{query}" if query else "")


def outward(url: str | None) -> str | None:
    """A report's own address if it may be a link: only the web's schemes, never `javascript:` and the like."""
    return url if url and re.match(r"https?://[^\s\"'<>\\]+\Z", url, re.IGNORECASE) else None


def page_or_json(segment: str) -> tuple[str, bool]:
    """The id of an address that is there as a page and as JSON only, and whether the JSON is asked for."""
    ident, form = unslug(segment)
    return (ident, form == "json") if form in ("", "json") else (segment, False)
