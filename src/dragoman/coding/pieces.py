"""Pieces that actor mentions are made of: what the tables and the parser's names mark in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from dragoman.coding.dateline import dateline
from dragoman.coding.draft import Draft
from dragoman.facts import Date
from dragoman.lexicon import bodies, countries, holders, roles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

NAME_LABELS = ("PERSON",)
BODY_LABELS = ("ORG",)


@dataclass(frozen=True, slots=True)
class CountryPiece:
    """A country's name, adjective, people, capital or metonym: tokens [start, end)."""

    start: int
    end: int
    name: str
    country: str | None
    sector: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class BodyPiece:
    """A body of the tables, or an organisation that only the parser knows: then its sector is what its words give."""

    start: int
    end: int
    name: str
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class RolePiece:
    """A title or group noun with its modifiers. `effect` is the modifier's: former, acting, then …, or empty."""

    start: int
    end: int
    title: str
    sector: str | None
    kind: str
    office: str | None
    plural: bool
    effect: str = ""


@dataclass(frozen=True, slots=True)
class NamePiece:
    """A person's name."""

    start: int
    end: int


Owner: TypeAlias = CountryPiece | BodyPiece


@dataclass(frozen=True)
class Pieces:
    """All pieces, each list in the order of the text, with look-up by token."""

    countries: tuple[CountryPiece, ...]
    bodies: tuple[BodyPiece, ...]
    roles: tuple[RolePiece, ...]
    persons: tuple[NamePiece, ...]
    _owners: dict[int, Owner] = field(default_factory=dict)
    _persons: dict[int, NamePiece] = field(default_factory=dict)
    _ends: dict[int, NamePiece] = field(default_factory=dict)

    def owner_at(self, i: int) -> Owner | None:
        """The country or body that covers token I."""
        return self._owners.get(i)

    def person_at(self, i: int) -> NamePiece | None:
        """The person whose name begins at token I."""
        return self._persons.get(i)

    def person_ending(self, end: int) -> NamePiece | None:
        """The person whose name ends before token END."""
        return self._ends.get(end)


def find_pieces(draft: Draft) -> Pieces:
    """All pieces of the report; where two overlap, a title stands before a name and a body before a country."""
    on = draft.report.published if draft.report.published.known else None
    doc = draft.doc
    named = _first(draft.lexicon.compiled(bodies.index).matches(doc, on))
    body_pieces = [BodyPiece(start, end, body.name, body.country, body.sector) for start, end, body in named]
    country_pieces = [
        CountryPiece(m.start, m.end, m.country.name, m.country.fact_code, _country_sector(m), m.kind)
        for m in draft.lexicon.compiled(countries.index).matches(doc, on)
    ]
    role_pieces = _roles(draft)
    country_pieces += _towns(draft, country_pieces)
    covered = {i for b in body_pieces for i in range(b.start, b.end)}
    country_pieces = [c for c in country_pieces if c.start not in covered]
    role_pieces = [r for r in role_pieces if not any(r.start >= b.start and r.end <= b.end for b in body_pieces)]
    organisations = _organisations(draft, body_pieces, country_pieces, role_pieces)
    all_bodies = tuple(sorted([*body_pieces, *organisations], key=lambda b: b.start))
    persons = _persons(draft, covered | {i for r in role_pieces for i in range(r.start, r.end)})
    head = _dateline_tokens(draft)
    country_pieces = sorted((c for c in country_pieces if c.start not in head), key=lambda c: c.start)
    all_bodies = tuple(b for b in all_bodies if b.start not in head)
    owners: dict[int, Owner] = {i: c for c in country_pieces for i in range(c.start, c.end)}
    owners.update({i: b for b in all_bodies for i in range(b.start, b.end)})
    return Pieces(
        tuple(country_pieces), all_bodies, tuple(role_pieces), persons, owners,
        {p.start: p for p in persons}, {p.end: p for p in persons},
    )  # fmt: skip


def _dateline_tokens(draft: Draft) -> frozenset[int]:
    """The tokens of the dateline: its places and agencies do nothing."""
    span = dateline(draft.doc.text)
    tokens = draft.doc.char_span(*span, alignment_mode="expand") if span else None
    return frozenset(t.i for t in tokens or ())


def _towns(draft: Draft, lands: list[CountryPiece]) -> list[CountryPiece]:
    """Places within a country: what is done there is done to that country's people, by nobody's government."""
    taken = {i for land in lands for i in range(land.start, land.end)}
    found = []
    for place in draft.places:
        span = draft.doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is not None and place.country and not taken.intersection(range(span.start, span.end)):
            found.append(CountryPiece(span.start, span.end, place.name, place.country, None, "place"))
    return found


def _first(matches: Iterable[tuple[int, int, bodies.Body]]) -> list[tuple[int, int, bodies.Body]]:
    """One body a place: where several bear the name, the first that the table lists."""
    found: dict[int, tuple[int, int, bodies.Body]] = {}
    for match in matches:
        found.setdefault(match[0], match)
    return list(found.values())


def _country_sector(match: countries.CountryMatch) -> str | None:
    if match.country.partial:
        return "PRE"
    if match.kind == "people":
        return "CVL"
    return match.sector or "GOV"


def _roles(draft: Draft) -> list[RolePiece]:
    doc = draft.doc
    tokens = [t.text for t in doc]
    index = draft.lexicon.compiled(roles.index)
    found: dict[int, RolePiece] = {}
    for start, end, role in index.matches(doc):
        if _used_as_noun(doc[start:end]):
            found.setdefault(start, _role_piece(index, tokens, doc[start:end], role))
    return list(found.values())


def _used_as_noun(span: Span) -> bool:
    return span[-1].pos_ in ("NOUN", "PROPN", "ADJ", "X", "NUM") and not any(t.pos_ in ("VERB", "AUX") for t in span)


def _role_piece(index: roles.RoleIndex, tokens: list[str], span: Span, role: roles.Role) -> RolePiece:
    modifiers = index.modifiers(tokens, span.start, span.end)
    telling = next((m for m in modifiers if m.effect != "keep"), None)
    before = sum(len(m.modifier.split()) for m in modifiers if m.position == "before" and not m.joined)
    sector = next((m.sector for m in modifiers if m.sector), role.sector)
    plural = span.text.lower() == (role.plural or "").lower() or "Plur" in span[-1].morph.get("Number")
    return RolePiece(
        max(0, span.start - before), span.end, role.title, sector, role.kind, role.office, plural,
        telling.effect if telling else "",
    )  # fmt: skip


def _persons(draft: Draft, covered: set[int]) -> tuple[NamePiece, ...]:
    """Full names of office holders, and the parser's persons less titles and bodies at their edges."""
    on = draft.report.published if draft.report.published.known else Date.unknown()
    known = {(start, end) for start, end, _ in draft.lexicon.compiled(holders.index).matches(draft.doc, on)}
    found: dict[int, NamePiece] = {}
    taken: set[int] = set()
    entities = [(entity.start, entity.end) for entity in draft.doc.ents if entity.label_ in NAME_LABELS]
    for first, last in [*sorted(known), *entities]:
        start, end = _without_titles(draft.doc, first, last, covered)
        if start < end and not taken.intersection(range(start, end)):
            found[start] = NamePiece(start, end)
            taken.update(range(start, end))
    return tuple(found[start] for start in sorted(found))


def _without_titles(doc: Doc, start: int, end: int, covered: set[int]) -> tuple[int, int]:
    """The span less tokens at its edges that belong to a title or body, and less a possessive."""
    while start < end and start in covered:
        start += 1
    while end > start and (end - 1 in covered or doc[end - 1].lower_ in ("'s", "’s")):
        end -= 1
    return start, end


def _organisations(
    draft: Draft, known: list[BodyPiece], lands: list[CountryPiece], titles: list[RolePiece]
) -> list[BodyPiece]:
    """Organisations that the parser marks and no table has: country and sector from the words inside, else unknown."""
    taken = {i for b in known for i in range(b.start, b.end)}
    found = []
    for entity in draft.doc.ents:
        span = set(range(entity.start, entity.end))
        if entity.label_ not in BODY_LABELS or span & taken:
            continue
        country = next((c.country for c in lands if c.start in span), None)
        title = next((r for r in titles if r.start in span), None)
        whole_country = any({*range(c.start, c.end)} >= span for c in lands)
        if whole_country or (title is not None and title.kind == "person"):
            continue
        found.append(BodyPiece(entity.start, entity.end, entity.text, country, title.sector if title else None))
    return found
