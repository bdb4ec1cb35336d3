"""A fact in one line: who, the report's own word for what was done, and the codes.

The line is made of the actors' names and of words that stand in the evidence; nothing is inflected or supplied. Where
an actor stands right before the predicate, both are read as one ("Syria rejected the framework"), else a dot parts
them ("Kissinger · talks"): who is the grammatical subject is not guessed. The quote stands below in any case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast

from dragoman.lexicon.names import Names
from dragoman.store.payload import Json, evidence_of
from dragoman.store.query import StoredFact
from dragoman.web.words import clipped, joined, number

TAIL_CHARS: Final = 56
"""Characters of what follows the predicate: its object, mostly."""

_AUXILIARIES: Final = (
    "had|has|have|having|will|would|shall|should|may|might|can|could|must|is|are|was|were|be|been|being|am|to|did|does"
    r"|do|not|never|already|also|again|now|n['’]t|\w+ly"
)
_BEFORE: Final = re.compile(
    r"(?: (?:of|from)(?: the)?(?: [A-Z][\w-]*){1,3}|, [^,;.\n]{1,60},)?" + rf"(\s+(?:(?:{_AUXILIARIES})\s+){{0,4}})\Z",
    re.IGNORECASE,
)
"""What may stand between a subject and its predicate: "of Egypt" or an apposition between commas, then auxiliaries,
negation and adverbs; these are shown."""

_ENDS: Final = re.compile(r"[,;:!?()\n—–“”\"]|\s(?:and|but|which|who|that|while|when|after|before|because)\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`lead` is set in bold, `rest` follows it; `tag` are codes, `to` whom it is aimed at."""

    lead: str
    rest: str = ""
    tag: str = ""
    to: str = ""

    def __str__(self) -> str:
        parts = (self.lead, self.rest, self.tag, f"→ {self.to}" if self.to else "")
        return " ".join(part for part in parts if part)


def sentence(fact: StoredFact, names: Names) -> Sentence:
    """The line of FACT."""
    return _MADE[fact.kind](fact.payload, names)


def _actors(value: object, names: Names) -> str:
    """Names, with a country's code behind those that don't say the country.

    A name that stands for actors of several countries ("Egyptian and Syrian forces") is there once.
    """
    actors = cast("list[Json]", value)
    countries: dict[str, list[str]] = {}
    for actor in actors:
        name, country = str(actor["name"]), cast("str | None", actor["country"])
        found = countries.setdefault(name, [])
        if country and country not in found and not names.is_name(name, country):
            found.append(country)
    return joined([f"{name} ({', '.join(found)})" if found else name for name, found in countries.items()])


def _event(p: Json, names: Names) -> Sentence:
    source = cast("list[Json]", p["source"])
    tag = " · ".join(str(code) for code in (p["type"], p["mode"]) if code)
    if p["act"] != p["type"]:
        tag += f", an act of {p['act']}"
    to = "" if p["reciprocal"] else _actors(p["target"], names)
    who, (verb, tail, joins) = _actors(source, names), _predicate(p, source)
    if joins:
        return Sentence(f"{who} {verb}", tail, tag, to)
    return Sentence(f"{who} · {verb}" if who else verb, "", tag, to)


def _predicate(p: Json, source: list[Json]) -> tuple[str, str, bool]:
    """The predicate with its auxiliaries, what follows it, and whether an actor stands right before it."""
    evidence = evidence_of(p)
    start, end, words = evidence[0]
    if len(evidence) < 2 or not start <= evidence[1][0] < evidence[1][1] <= end:
        return clipped(words, TAIL_CHARS), "", False
    first, last, verb = evidence[1]
    for actor in source:
        span = cast("list[int] | None", actor["span"])
        if span and start <= span[1] <= first:
            between = _BEFORE.fullmatch(words[span[1] - start : first - start])
            if between:
                return clipped(between[1] + verb, TAIL_CHARS), _tail(words[last - start :]), True
    return clipped(verb, TAIL_CHARS), "", False


def _tail(text: str) -> str:
    end = _ENDS.search(text)
    return clipped(text[: end.start()] if end else text, TAIL_CHARS)


def _statement(p: Json, names: Names) -> Sentence:
    speaker = cast("Json | None", p["speaker"])
    cue = cast("Json | None", p["cue"])
    told = f" to {p['addressee']}" if p["addressee"] else ""
    lead = str(speaker["name"]) if speaker else "a speaker who is not named"
    details = [str(speaker[key]) for key in ("role", "country") if speaker and speaker[key]]
    rest = ", ".join(detail for detail in details if detail.lower() != lead.lower())
    kind = "" if p["speech"] == "speech" else f" · {p['speech']}"
    words = f" · “{clipped(str(cue['text']), TAIL_CHARS)}”" if cue else ""
    return Sentence(lead, rest, f"{p['mode']}{told}{kind}{words}")


def _figure(p: Json, names: Names) -> Sentence:
    value = " ".join(str(part) for part in (p["qualifier"], number(cast(float, p["value"])), p["unit"]) if part)
    tag = " · ".join([str(p["measure"]), *cast("list[str]", p["countries"])])
    return Sentence(value, clipped(str(p["what"] or ""), TAIL_CHARS), tag)


def _agreement(p: Json, names: Names) -> Sentence:
    parties = _actors(p["parties"], names)
    return Sentence(clipped(str(p["name"]), 2 * TAIL_CHARS), "", " · ".join(filter(None, ("agreement", parties))))


def _transfer(p: Json, names: Names) -> Sentence:
    supplier, recipient = (_actors([p[end]], names) if p[end] else "" for end in ("supplier", "recipient"))
    count = "" if p["count"] is None else number(cast(float, p["count"]))
    what = clipped(f"{count} {p['item']}".strip(), TAIL_CHARS)
    return Sentence(" · ".join(filter(None, (supplier, what))), "", "transfer", recipient)


def _office(p: Json, names: Names) -> Sentence:
    country = names.of(str(p["country"])) if p["country"] else ""
    of = ", ".join(part for part in (str(p["body"] or ""), country) if part)
    return Sentence(str(p["person"]), f"{p['office']}{f', {of}' if of else ''}", "office")


_MADE: Final[Mapping[str, Callable[[Json, Names], Sentence]]] = MappingProxyType(
    {
        "event": _event,
        "statement": _statement,
        "figure": _figure,
        "agreement": _agreement,
        "transfer": _transfer,
        "office": _office,
    }
)
