"""The gold of the sample archive and the answers of `dragoman read --json` in one form, in which they can be compared.

Gold words are looked for in the text that was read from the page, any white space matching any other; what the reader
of pages lost is counted (`Facts.lost`), so that it is missed and not forgiven.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from dragoman.facts import Span
from dragoman.terms import BODY_SECTORS, SECTORS

Fact: TypeAlias = Mapping[str, Any]
"""A parsed JSON object, of the gold or of an answer."""

EDGE: Final = re.compile(r"^(?:[\s\"'“”‘’,;:.]|that\b|whether\b)+|[\s\"'“”‘’,;:.]+$", re.IGNORECASE)
ARTICLE: Final = re.compile(r"^(?:the|a|an|his|her|its|their|one)\s+", re.IGNORECASE)

AGENCY: Final = re.compile(r"\s+(?:news\s+)?agency$")

UNIT_WORDS: Final = {
    "t": "tonne", "ton": "tonne", "t/y": "tonne", "ton/y": "tonne", "kg": "kilogram", "mi": "mile",
    "bbl": "barrel", "bbl/d": "barrel",
}  # fmt: skip
"""The gold's words for units that a program may print as symbols, rates included; others are compared as they are."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event, gold or answered, in the form in which the two are compared. Days are ISO text, None where open."""

    clause: Span
    predicate: Span
    type: str
    act: str
    status: str
    background: bool
    source: frozenset[str]
    target: frozenset[str]
    source_sector: frozenset[str]
    target_sector: frozenset[str]
    date: tuple[str | None, str | None] | None
    also: tuple[Span, ...] = ()

    def same(self, name: str, other: Event) -> bool:
        """Whether the field NAME is equal in both."""
        return bool(getattr(self, name) == getattr(other, name))


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement: `content` as a set of character positions, `speaker` in comparable words, None for nobody."""

    content: frozenset[int]
    speaker: str | None
    mode: str
    chain: tuple[str, ...]

    @property
    def links(self) -> tuple[str, ...]:
        """The chain between the page's outlet and the speaker: agencies, papers, and spokesmen for others."""
        inner = tuple(AGENCY.sub("", link) for link in self.chain[1:])
        return inner[:-1] if inner and same_speaker(inner[-1], self.speaker) else inner


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and where it stands."""

    span: Span
    value: float
    unit: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of one report."""

    published: str | None
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    lost: Counter[str] = field(default_factory=Counter)


def occurrences(text: str, words: str) -> list[Span]:
    """Where WORDS stand in TEXT as whole words, any white space matching any other."""
    body = r"\s+".join(re.escape(part) for part in words.split())
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    right = r"(?!\w)" if words[-1:].isalnum() else ""
    return [match.span() for match in re.finditer(left + body + right, text)]


def place(text: str, words: str, occurrence: int = 1) -> Span | None:
    """The span of the given OCCURRENCE (from 1) of WORDS in TEXT, or None where the page lost them."""
    found = occurrences(text, words)
    return found[occurrence - 1] if len(found) >= occurrence else None


def overlap(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def split_code(code: str) -> tuple[str | None, str]:
    """Country or body of a gold code (None where it has none), and the whole code without a leading `---`."""
    if code in BODY_SECTORS:
        return code, code
    if code.startswith("---") or code in SECTORS:
        return None, code.removeprefix("---")
    return code[:3], code


def answer_code(actor: Fact) -> tuple[str | None, str]:
    """Country or body of an answered actor, and its whole code."""
    country, sector = actor.get("country"), actor.get("sector")
    if country is None and sector in BODY_SECTORS:
        return str(sector), str(sector)
    return (str(country) if country else None), f"{country or ''}{sector or ''}"


def sides(codes: Iterable[tuple[str | None, str]]) -> tuple[frozenset[str], frozenset[str]]:
    """The set of countries and bodies, and the set of whole codes; what has no code is left out."""
    listed = list(codes)
    return frozenset(code for code, _ in listed if code), frozenset(whole for _, whole in listed if whole)


def days(date: Fact | None) -> tuple[str | None, str | None] | None:
    """First and last day, or None where the date is unknown."""
    if not date or not (date.get("start") or date.get("end")):
        return None
    return (date.get("start"), date.get("end"))


def gold_event(text: str, fact: Fact) -> Event | None:
    """The gold event, placed in TEXT; None where the page's text lost its clause."""
    clause = place(text, fact["words"])
    if clause is None:
        return None
    trigger = place(text[clause[0] : clause[1]], fact["trigger"])
    predicate = (clause[0] + trigger[0], clause[0] + trigger[1]) if trigger else clause
    source, source_sector = sides(map(split_code, fact["source"]))
    target, target_sector = sides(map(split_code, fact["target"]))
    also = [span for words in fact.get("also", ()) if (span := place(text, words))]
    return Event(
        clause, predicate, fact["type"], fact["act"], fact["status"], fact["background"],
        source, target, source_sector, target_sector, days(fact["date"]), tuple(also),
    )  # fmt: skip


def answer_event(fact: Fact) -> Event:
    """An event of `read --json`."""
    clause = _span(fact["evidence"][0])
    predicate = _span(fact["evidence"][1]) if len(fact["evidence"]) > 1 else clause
    source, source_sector = sides(map(answer_code, fact["source"]))
    target, target_sector = sides(map(answer_code, fact["target"]))
    return Event(
        clause, predicate, fact["type"], fact["act"], fact["status"], fact["background"],
        source, target, source_sector, target_sector, days(fact["date"]),
    )  # fmt: skip


def _span(evidence: Fact) -> Span:
    return (evidence["start"], evidence["end"])


def positions(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """The letters and digits in SPANS, without a leading "that": what two annotations of a content must share."""
    found: set[int] = set()
    for start, end in spans:
        words = text[start:end]
        lead = EDGE.match(words)
        skip = lead.end() if lead else 0
        found.update(i for i in range(start + skip, end) if text[i].isalnum())
    return frozenset(found)


def plain(words: str | None) -> str | None:
    """Words without quotation marks, leading articles and capitals, for comparison; None stays None."""
    return ARTICLE.sub("", EDGE.sub("", " ".join(words.split()))).casefold() if words else None


def same_speaker(one: str | None, other: str | None) -> bool:
    """Whether two speakers are the same mention: equal, or one is the end or the beginning of the other."""
    if one is None or other is None:
        return one is other
    short, long = sorted((one, other), key=len)
    return re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long) is not None


def gold_statement(text: str, fact: Fact) -> Statement | None:
    """The gold statement, placed in TEXT: of several places of a short content the one nearest to the cue."""
    cues = occurrences(text, fact["cue"]) if fact["cue"] else [(0, 0)]
    spans = []
    for words in fact["content"]:
        found = occurrences(text, words)
        if not found or not cues:
            return None
        spans.append(min(found, key=lambda span: min(abs(span[0] - cue[0]) for cue in cues)))
    chain = tuple(plain(link) or "" for link in fact["chain"])
    return Statement(positions(text, spans), plain(fact["speaker"]), fact["mode"], chain)


def answer_statement(text: str, fact: Fact) -> Statement:
    """A statement of `read --json`; the speaker is compared by the mention that it was read from."""
    speaker = fact["speaker"]
    mention = None
    if speaker:
        mention = text[slice(*speaker["span"])] if speaker.get("span") else speaker["name"]
    chain = tuple(plain(link) or "" for link in fact["chain"])
    return Statement(
        positions(text, [(start, end) for start, end in fact["content"]]), plain(mention), fact["mode"], chain
    )


def gold_figure(text: str, fact: Fact) -> Figure | None:
    """The gold figure, placed in TEXT."""
    span = place(text, fact["words"], fact.get("occurrence", 1))
    return Figure(span, float(fact["value"]), fact["unit"], fact["kind"]) if span else None


def answer_figure(fact: Fact) -> Figure:
    """A figure of `read --json`."""
    unit = UNIT_WORDS.get(fact["unit"], fact["unit"])
    return Figure((fact["span"][0], fact["span"][1]), float(fact["value"]), unit, fact["kind"])


def gold_facts(text: str, gold: Fact) -> Facts:
    """The gold of a report, placed in the TEXT that was read from its page; `lost` counts what isn't in it."""
    events = [gold_event(text, fact) for fact in gold["events"]]
    statements = [gold_statement(text, fact) for fact in gold["statements"]]
    figures = [gold_figure(text, fact) for fact in gold["figures"]]
    lost = Counter(events=events.count(None), statements=statements.count(None), figures=figures.count(None))
    return Facts(
        gold["report"]["published"]["start"],
        tuple(event for event in events if event),
        tuple(statement for statement in statements if statement),
        tuple(figure for figure in figures if figure),
        lost,
    )


def answer_facts(answer: Fact) -> Facts:
    """What is compared of an object of `read --json`."""
    text = answer["report"]["text"]
    date = answer["report"]["published"]
    return Facts(
        date["start"] if date["granularity"] == "day" else None,
        tuple(answer_event(fact) for fact in answer["events"]),
        tuple(answer_statement(text, fact) for fact in answer["statements"]),
        tuple(answer_figure(fact) for fact in answer["figures"]),
    )
