"""One row shape for every fact on every page: date, status mark, sentence, its words, its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast

from dragoman.lexicon.names import Names
from dragoman.store.payload import Json, evidence_of
from dragoman.store.query import StoredFact
from dragoman.store.search.results import Passage, SentenceHit
from dragoman.terms import COOPERATIVE
from dragoman.web import urls, words
from dragoman.web.marking import Piece
from dragoman.web.sentences import Sentence, sentence

QUOTE_CHARS: Final = 300
"""Of a longer quote the start is shown; the fact's page has it whole."""

AGREEMENT_MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {"proposed": "proposed", "mentioned": "named", "rejected": "denied"}
)
"""Marks of an agreement's status where it is not simply something that took place."""

BASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text": "dated by its words",
        "relative": "date reckoned from its words",
        "report": "dated by the report's own date",
    }
)
"""On what a fact's date rests, by its basis; others are told by their name."""

MAIN_KINDS: Final = ("event", "agreement", "transfer")
"""Kinds that stand first on a page; statements, figures and offices have lists of their own."""


@dataclass(frozen=True, slots=True)
class Row:
    """A fact as a reader sees it. `mark` is a drawn shape, `side` a colour, `box` the word for both, where needed."""

    seq: int
    id: str
    kind: str
    date: str
    date_title: str
    mark: str
    side: str
    box: tuple[str, ...]
    background: bool
    sentence: Sentence
    quote: str
    whole_quote: str
    url: str
    report_url: str
    outlet: str
    title: str
    published: str
    notes: tuple[str, ...]
    pair: tuple[str, str] | None
    confidence: float | None
    passage: tuple[Piece, ...] = ()
    """The sentence with the words that prove the fact marked, where a search shows it; else empty."""


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence that a search found."""

    passage: tuple[Piece, ...]
    title: str
    outlet: str
    published: str
    report_url: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one report that stand together, in the order of its text."""

    report: str
    title: str
    url: str
    outlet: str
    published: str
    rows: tuple[Row, ...]
    statements: tuple[Row, ...]
    others: tuple[Row, ...]


def row(fact: StoredFact, names: Names, passage: Passage | None = None) -> Row:
    """FACT as a row, in the sentence PASSAGE where one is given."""
    quote = evidence_of(fact.payload)[0][2]
    return Row(
        seq=fact.seq,
        id=fact.id,
        kind=fact.kind,
        date=words.date(fact.date),
        date_title=date_title(fact),
        mark=mark(fact),
        side=side(fact),
        box=box(fact),
        background=fact.background,
        sentence=sentence(fact, names),
        quote=words.clipped(quote, QUOTE_CHARS),
        whole_quote=quote,
        url=urls.fact_url(fact.id),
        report_url=urls.report_url(fact.report),
        outlet=fact.outlet or "outlet not known",
        title=fact.title or fact.report,
        published=words.date(fact.published),
        notes=_notes(fact),
        pair=_pair(fact),
        confidence=None if fact.reviewed_by else cast("float | None", fact.payload.get("confidence")),
        passage=pieces(passage) if passage else (),
    )


def sentence_row(hit: SentenceHit) -> SentenceRow:
    """A sentence as a row; `facts` are addresses."""
    return SentenceRow(
        passage=pieces(hit.passage),
        title=hit.title or hit.report,
        outlet=hit.outlet or "outlet not known",
        published=words.date(hit.published),
        report_url=urls.report_url(hit.report, hit.version),
        facts=tuple(urls.fact_url(ident) for ident in hit.facts),
    )


def pieces(passage: Passage) -> tuple[Piece, ...]:
    """A passage cut where its marks begin and end; marks that overlap are one. What was cut off is three dots."""
    found: list[Piece] = [Piece("… ")] if passage.cut[0] else []
    at = 0
    for start, end in sorted(passage.marks):
        if start > at:
            found.append(Piece(passage.text[at:start]))
        if end > max(at, start):
            found.append(Piece(passage.text[max(at, start) : end], kind="proof"))
        at = max(at, end)
    found += [Piece(passage.text[at:])] if at < len(passage.text) else []
    return (*found, Piece(" …")) if passage.cut[1] else tuple(found)


def groups(
    facts: Iterable[StoredFact], names: Names, passages: Mapping[int, Passage] = MappingProxyType({})
) -> list[Group]:
    """FACTS in their order, those of a report that stand next to each other in one group; PASSAGES are by seq."""
    bunches: list[list[StoredFact]] = []
    for fact in facts:
        if bunches and (bunches[-1][0].report, bunches[-1][0].version) == (fact.report, fact.version):
            bunches[-1].append(fact)
        else:
            bunches.append([fact])
    return [_group(bunch, names, passages) for bunch in bunches]


def _group(bunch: list[StoredFact], names: Names, passages: Mapping[int, Passage]) -> Group:
    facts = sorted(bunch, key=lambda fact: evidence_of(fact.payload)[0][:2])
    made = [row(fact, names, passages.get(fact.seq)) for fact in facts]
    head = made[0]
    return Group(
        report=bunch[0].report,
        title=head.title,
        url=head.report_url,
        outlet=head.outlet,
        published=head.published,
        rows=tuple(item for item in made if item.kind in MAIN_KINDS),
        statements=tuple(item for item in made if item.kind == "statement"),
        others=tuple(item for item in made if item.kind in ("figure", "office")),
    )


def mark(fact: StoredFact) -> str:
    """The name of the shape that stands for a fact's status."""
    if fact.kind == "statement":
        return "claimed"
    if fact.kind == "office" or not fact.status:
        return "named"
    return AGREEMENT_MARKS.get(fact.status, "happened") if fact.kind == "agreement" else fact.status


def side(fact: StoredFact) -> str:
    """`cooperation`, `conflict` or `neither`."""
    if fact.kind != "event":
        return "neither"
    return "cooperation" if fact.type in COOPERATIVE else "conflict"


def box(fact: StoredFact) -> tuple[str, ...]:
    """Words for everything that is not plainly happened."""
    plain = fact.status in (None, "happened") or fact.kind == "statement"
    return tuple(filter(None, ("" if plain else str(fact.status), "background" if fact.background else "")))


def date_title(fact: StoredFact) -> str:
    """On what the date rests, in words."""
    if not fact.date.known:
        return "date not known"
    basis = str(_date_json(fact.payload).get("basis") or "")
    about = ", about" if fact.date.approx and fact.date.start and fact.date.end else ""
    return BASES.get(basis, f"dated by {basis}" if basis else "dated") + about


def _date_json(payload: Json) -> Json:
    for name in ("date", "when", "as_of"):
        if isinstance(payload.get(name), dict):
            return cast(Json, payload[name])
    return {}


def _notes(fact: StoredFact) -> tuple[str, ...]:
    """What else is known, in short: on whose word, where, about which agreement."""
    p = fact.payload
    notes: list[str] = []
    if p.get("attributed_to"):
        notes.append(f"on the word of {p['attributed_to']}")
    chain = cast("list[str]", p.get("chain") or [])
    if len(chain) > 1:
        notes.append(" ← ".join(chain))
    if isinstance(p.get("place"), dict):
        notes.append(f"in {cast(Json, p['place'])['name']}")
    if p.get("agreement"):
        notes.append(f"on {p['agreement']}")
    if fact.n_reports > 1:
        notes.append(f"told by {fact.n_reports} reports, {words.counted(fact.n_sources, 'independent source')}")
    if fact.reviewed_by:
        notes.append(f"reviewed by {fact.reviewed_by}")
    return tuple(words.clipped(note, 120) for note in notes)


def _pair(fact: StoredFact) -> tuple[str, str] | None:
    """The two countries of a fact, where there are just two."""
    p = fact.payload
    actors: list[Json] = []
    for name in ("source", "target", "parties"):
        actors += cast("list[Json]", p.get(name) or [])
    actors += [cast(Json, p[name]) for name in ("supplier", "recipient") if p.get(name)]
    codes = sorted({str(actor["country"]) for actor in actors if actor["country"]})
    return (codes[0], codes[1]) if len(codes) == 2 else None
