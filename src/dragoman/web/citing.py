"""How a fact is cited: a line of text, BibTeX, CSL-JSON. What isn't known of a date is left out, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dragoman.facts import Date
from dragoman.pipeline.answer import dumps
from dragoman.store.payload import Json, evidence_of
from dragoman.store.query import StoredFact
from dragoman.web import urls, words

CITATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "txt": "text/plain",
        "bib": "application/x-bibtex",
        "csl.json": "application/vnd.citationstyles.csl+json",
    }
)
"""Media types by suffix."""

_TEX: Final = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {character: f"\\{character}" for character in "&%$#_"}
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def citation(fact: StoredFact) -> str:
    """Outlet, title, date, place in the text, and who coded it."""
    source = ", ".join(
        part
        for part in (fact.outlet or "", f"“{fact.title}”" if fact.title else "", words.date(fact.published))
        if part
    )
    address = urls.outward(fact.url)
    where = f" <{address}>" if address else ""
    return f"{source}{where}, {_place(fact)}. {_coded(fact)}."


def cited(fact: StoredFact, form: str, base: str) -> str:
    """The citation in FORM, one of CITATIONS; BASE is where the record is served, without a slash at the end."""
    if form == "bib":
        return bibtex(fact, base)
    return citation(fact) + "\n" if form == "txt" else dumps([csl(fact, base)]) + "\n"


def _place(fact: StoredFact) -> str:
    start, end, _ = evidence_of(fact.payload)[0]
    return f"characters {start}–{end}"


def _coded(fact: StoredFact) -> str:
    return f"Dragoman fact {fact.id}, coder {fact.coder}, lexicon {fact.lexicon}, coded {fact.read_at[:10]}" + (
        f", reviewed by {fact.reviewed_by}" if fact.reviewed_by else ""
    )


def bibtex(fact: StoredFact, base: str) -> str:
    """An entry of the type `misc`: the report, with the fact and its place as a note."""
    given = fact.published.start or ""
    parts = date_parts(fact.published)
    fields = {
        "title": fact.title,
        "howpublished": fact.outlet,
        "year": given[:4] if parts and len(parts) == 1 else None,
        "month": _MONTHS[parts[0][1] - 1] if parts and len(parts) == 1 and len(parts[0]) > 1 else None,
        "day": str(parts[0][2]) if parts and len(parts) == 1 and len(parts[0]) > 2 else None,
        "note": f"{_place(fact)}. {_coded(fact)}",
    }
    lines = [
        f"  {name} = {value if name == 'month' else '{' + _tex(value) + '}'},"
        for name, value in fields.items()
        if value
    ]
    addresses = [f"  url = {{{_address(address)}}}," for address in (urls.outward(fact.url) or _own(fact, base),)]
    return "\n".join((f"@misc{{{_key(fact)},", *lines, *addresses, "}", ""))


def _key(fact: StoredFact) -> str:
    return "dragoman-" + (re.sub(r"[^A-Za-z0-9-]+", "-", fact.id).strip("-") or "fact")


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX)


def _address(address: str) -> str:
    """Braces and backslashes would end or escape the field."""
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _own(fact: StoredFact, base: str) -> str:
    return base + urls.fact_url(fact.id)


def csl(fact: StoredFact, base: str) -> Json:
    """An item of CSL-JSON, of the type `article-newspaper`."""
    parts = date_parts(fact.published)
    issued: Json = {"date-parts": parts, **({"circa": True} if fact.published.approx else {})} if parts else {}
    read = [int(part) for part in fact.read_at[:10].split("-")]
    fields = {
        "title": fact.title,
        "container-title": fact.outlet,
        "issued": issued or None,
        "URL": urls.outward(fact.url) or _own(fact, base),
        "language": fact.language,
    }
    return {
        "id": _own(fact, base),
        "type": "article-newspaper",
        **{name: value for name, value in fields.items() if value is not None},
        "accessed": {"date-parts": [read]},
        "note": f"{_place(fact)}. {_coded(fact)}",
    }


def date_parts(date: Date) -> list[list[int]]:
    """A date as CSL has it: one list of year, month, day as far as they are known, or two for an interval."""
    if date.start is None or date.end is None:
        return []
    first, last = ([int(part) for part in day.split("-")] for day in (date.start, date.end))
    if first == last:
        return [first]
    known = {"year": 1, "month": 2}.get(date.granularity, 0)
    return [first[:known]] if known and first[:known] == last[:known] else [first, last]
