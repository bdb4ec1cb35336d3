"""Pieces that actor mentions are made of: what the tables and the parser's names mark in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from dragoman.coding.actors import names
from dragoman.coding.actors.dateline import dateline
from dragoman.coding.actors.found import head_of
from dragoman.coding.draft import Draft
from dragoman.coding.tree import Tree
from dragoman.facts import Date
from dragoman.lexicon import bodies, countries, holders, outlets, roles
from dragoman.lexicon.phrases import PhraseTable
from dragoman.lexicon.regions import Region
from dragoman.lexicon.table import Lexicon
from dragoman.terms import BODY_LABELS

CountryKind: TypeAlias = Literal["name", "adjective", "people", "capital", "metonym", "prefix", "place", "group"]

AGAINST = ("pro", "anti", "un", "non")
"""Prefixes that leave no land to a party: "pro-Russian rebels" are rebels of another country."""
TIED_BY = frozenset({"backed", "held", "controlled", "occupied", "supported", "funded", "armed", "speaking", "trained",
                     "imposed", "brokered", "sponsored", "mediated", "allied", "made", "supplied"})  # fmt: skip
"""Participles after a country and a hyphen that make it another party: "Iran-backed militias" are not Iran's own."""
CONTEXT_WORDS = frozenset({"nationalist", "communist", "socialist", "conservative", "liberal", "republican"})
"""Roles that are adjectives too: before another noun they say what it is like, and name no party."""


@dataclass(frozen=True, slots=True)
class CountryPiece:
    """A country's name, adjective, people, capital or metonym, or a region or group of countries: tokens [start, end).

    `tied` says that it only qualifies another party, to whom it lends no country.
    """

    start: int
    end: int
    name: str
    country: str | None
    sector: str | None
    kind: CountryKind
    tied: bool = False


@dataclass(frozen=True, slots=True)
class BodyPiece:
    """A body of the tables, or an organisation that only the parser knows: then its sector is what its words give."""

    start: int
    end: int
    name: str
    country: str | None
    sector: str | None
    known: bool = True


@dataclass(frozen=True, slots=True)
class RolePiece:
    """A title or group noun with its modifiers. `effect` is the modifier's: former, acting, then …, or empty.

    `name` is the whole name of an organisation that the role stands in ("Regional Trial Court"), else None.
    """

    start: int
    end: int
    title: str
    sector: str | None
    kind: str
    office: str | None
    plural: bool
    effect: str = ""
    name: str | None = None


@dataclass(frozen=True, slots=True)
class NamePiece:
    """A person's name."""

    start: int
    end: int


Owner: TypeAlias = CountryPiece | BodyPiece


@dataclass(frozen=True)
class Pieces:
    """All pieces, each list in the order of the text, with look-up by token."""

    tree: Tree
    countries: tuple[CountryPiece, ...]
    bodies: tuple[BodyPiece, ...]
    roles: tuple[RolePiece, ...]
    persons: tuple[NamePiece, ...]
    home: str | None = None
    _owners: dict[int, Owner] = field(default_factory=dict)
    _persons: dict[int, NamePiece] = field(default_factory=dict)
    _ends: dict[int, NamePiece] = field(default_factory=dict)
    _roles: dict[int, RolePiece] = field(default_factory=dict)

    def owner_at(self, i: int) -> Owner | None:
        """The country or body that covers token I and may lend its country to a party."""
        owner = self._owners.get(i)
        return None if isinstance(owner, CountryPiece) and owner.tied else owner

    def person_at(self, i: int) -> NamePiece | None:
        """The person whose name begins at token I."""
        return self._persons.get(i)

    def person_ending(self, end: int) -> NamePiece | None:
        """The person whose name ends before token END."""
        return self._ends.get(end)

    def role_ending(self, end: int) -> RolePiece | None:
        """The title or group noun that is the one token before END."""
        role = self._roles.get(end - 1)
        return role if role is not None and role.end == end else None

    def role_at(self, i: int) -> RolePiece | None:
        """The title or group noun that begins at token I."""
        return self._roles.get(i)


def find_pieces(draft: Draft) -> Pieces:
    """All pieces of the report; where two overlap, a title stands before a name and a body before a country.

    Places and agencies of the dateline are no pieces; its country is `home`.
    """
    tree = draft.tree
    on = draft.report.published if draft.report.published.known else None
    holding = _holders(draft)
    titles = _outside_names(tree, holding, _roles(draft, tree))
    people = {e.start for e in tree.names if e.label_ == "PERSON"}
    offices = {r.end for r in titles if r.kind == "person" and r.end in people}
    known = [b for b in _known_bodies(draft, on) if b.end not in offices]
    covered = {i for b in known for i in range(b.start, b.end)}
    lands = _lands(draft, tree, on)
    named_lands = [c for c in lands if c.kind == "name" and c.end - c.start > 1]
    wholes: list[Owner] = [*known, *named_lands]
    whole_end = {i: w.end for w in wholes for i in range(w.start, w.end)}
    titles = [r for r in titles if r.end > whole_end.get(r.start, 0)]
    others, titles = _organisations(tree, known, lands, titles)
    inside = (i for c in lands if c.kind != "place" for i in range(c.start, c.end))
    seats = {i for i in inside if tree.tokens[i].ent_type_ == "PERSON"}
    persons = _persons(tree, holding, covered | seats | {i for r in titles for i in range(r.start, r.end)})
    head = _dateline_tokens(draft)
    named = {i for p in persons for i in range(p.start, p.end)}
    home = next((c.country for c in lands if c.start in head and c.country), None)
    kept = sorted(
        (c for c in lands if c.start not in covered and c.start not in head and c.start not in named),
        key=lambda c: c.start,
    )
    all_bodies = sorted((b for b in (*known, *others) if b.start not in head), key=lambda b: b.start)
    owners: dict[int, Owner] = {i: c for c in kept for i in range(c.start, c.end)}
    for body in all_bodies:
        owners.update(dict.fromkeys(range(body.start, body.end), body))
    return Pieces(
        tree, tuple(kept), tuple(all_bodies), tuple(titles), persons, home, owners,
        {p.start: p for p in persons}, {p.end: p for p in persons}, {r.start: r for r in titles},
    )  # fmt: skip


def _dateline_tokens(draft: Draft) -> frozenset[int]:
    """The tokens of the dateline: its places and agencies do nothing."""
    span = dateline(draft.report.text)
    tokens = draft.doc.char_span(*span, alignment_mode="expand") if span else None
    return frozenset(t.i for t in tokens or ())


def _known_bodies(draft: Draft, on: Date | None) -> list[BodyPiece]:
    """Bodies and outlets of the tables; an outlet with a doubtful name only where the parser sees an organisation."""
    found = {
        start: BodyPiece(start, end, body.name, body.country, body.sector)
        for start, end, body in reversed(draft.lexicon.compiled(bodies.index).matches(draft.tree.cut, on))
    }
    taken = {i for b in found.values() for i in range(b.start, b.end)}
    organisations = {(e.start, e.end) for e in draft.tree.names if e.label_ in BODY_LABELS}
    for start, end, outlet in draft.lexicon.compiled(outlets.index).matches(draft.tree.cut, on):
        sure = not outlet.caution or (start, end) in organisations
        if sure and not taken.intersection(range(start, end)):
            found.setdefault(start, BodyPiece(start, end, outlet.name, outlet.country, "JRN"))
    long = [e for e in draft.tree.names if e.label_ == "PERSON" and e.end - e.start > 1]
    people = {i for e in long for i in range(e.start, e.end)}
    return [found[start] for start in sorted(found) if start not in people or found[start].end - start > 1]


def _lands(draft: Draft, tree: Tree, on: Date | None) -> list[CountryPiece]:
    """Countries, places within them, and groups of countries that are never listed."""
    found = []
    for m in draft.lexicon.compiled(countries.index).matches(draft.doc, on):
        code = m.country.plover_code if m.country.kind == "dependency" else m.country.fact_code
        found.append(CountryPiece(m.start, m.end, m.country.name, code, _country_sector(m), m.kind))
    found += _towns(draft, found)
    found += _groups(draft, tree, found)
    return [replace(c, tied=_tied(tree, c.start, c.end)) for c in found]


def _tied(tree: Tree, start: int, end: int) -> bool:
    """Whether a prefix or a participle after a hyphen makes the country one that a party is only for or against."""
    low = tree.low
    before = low[start].split("-")[0] if "-" in low[start] else low[start - 2] if start > 1 else ""
    if before in AGAINST and ("-" in low[start] or low[start - 1] in ("-", "–")):
        return True
    after = low[end + 1] if end + 1 < len(low) and low[end] in ("-", "–") else low[end - 1].rpartition("-")[2]
    return after in TIED_BY


def _country_sector(match: countries.CountryMatch) -> str | None:
    if match.country.partial:
        return "PRE"
    return match.sector or "GOV"


def _towns(draft: Draft, lands: list[CountryPiece]) -> list[CountryPiece]:
    """Places within a country: what is done there is done to that country's people, by nobody's government."""
    taken = {i for land in lands for i in range(land.start, land.end)}
    found = []
    for place in draft.places:
        span = draft.doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is not None and place.country and not taken.intersection(range(span.start, span.end)):
            found.append(CountryPiece(span.start, span.end, place.name, place.country, None, "place"))
    return found


def _group_names(lexicon: Lexicon) -> PhraseTable[str]:
    """Names of groups of countries, of continents and what comes from them: "Arab", "the West", "African"."""
    rows = [row for row in lexicon.rows(Region) if row.kind in ("group", "continent") and row.country is None]
    return PhraseTable((name, row.name) for row in rows for name in row.all_names if name[:1].isupper())


def _groups(draft: Draft, tree: Tree, lands: list[CountryPiece]) -> list[CountryPiece]:
    """Named groups of countries; a compass point is one only after an article and as a noun of its own."""
    taken = {i for land in lands for i in range(land.start, land.end)}
    found = []
    for start, end, values in draft.lexicon.compiled(_group_names).scan(tree.cut):
        bare = values[0] in ("West", "East") and tree.words[start] == values[0]
        if bare and not (start and tree.low[start - 1] == "the" and tree.dep[start] not in ("compound", "amod")):
            continue
        if not taken.intersection(range(start, end)):
            found.append(CountryPiece(start, end, values[0], None, None, "group"))
    return found


def _roles(draft: Draft, tree: Tree) -> list[RolePiece]:
    index = draft.lexicon.compiled(roles.index)
    found: list[RolePiece] = []
    for start, end, role in index.matches(tree.cut):
        last = found[-1].end if found else 0
        if start >= last and _used_as_noun(tree, start, end, role):
            piece = _role_piece(index, tree, start, end, role)
            found.append(replace(piece, start=max(piece.start, last)))
    return found


def _holders(draft: Draft) -> list[tuple[int, int]]:
    """First token and token after the last of each full name of an office holder, in the order of the text."""
    published = draft.report.published
    on = published if published.known else Date.unknown()
    return sorted({(start, end) for start, end, _ in draft.lexicon.compiled(holders.index).matches(draft.tree.cut, on)})


def _outside_names(tree: Tree, holding: list[tuple[int, int]], titles: list[RolePiece]) -> list[RolePiece]:
    """TITLES less words inside a person's name that are titles too: "Hun Sen", "John Major", "Dayton King"."""
    inner: set[int] = set()
    for start, end in holding:
        inner.update(range(start + 1, end))
    for entity in tree.names:
        if entity.label_ == "PERSON":
            inner.update(range(entity.start + 1, entity.end)[-1:])
    return [r for r in titles if r.end - r.start > 1 or r.start not in inner]


def _used_as_noun(tree: Tree, start: int, end: int, role: roles.Role) -> bool:
    """Whether the words are a title here, and no verb ("general" in "a general strike" is none either)."""
    last = end - 1
    if tree.pos[last] not in ("NOUN", "PROPN", "ADJ", "X", "NUM") or any(
        pos in ("VERB", "AUX") for pos in tree.pos[start:end]
    ):
        return False
    modifies = tree.dep[last] in ("amod", "compound", "nmod:desc") and tree.head[last] > last
    if modifies and tree.pos[last] == "ADJ":
        return role.precedes and tree.words[last][:1].isupper()
    if modifies and tree.low[last] in CONTEXT_WORDS:
        return False
    return not (role.kind == "person" and role.precedes and last + 1 < len(tree) and tree.low[last + 1] == "election")


def _role_piece(index: roles.RoleIndex, tree: Tree, start: int, end: int, role: roles.Role) -> RolePiece:
    modifiers = index.modifiers(tree.words, start, end)
    if start and _no_modifier(tree, start - 1):
        modifiers = tuple(m for m in modifiers if m.position == "after" or m.joined)
    telling = next((m for m in modifiers if m.effect != "keep"), None)
    before = sum(len(m.modifier.split()) for m in modifiers if m.position == "before" and not m.joined)
    if any(m.joined and m.position == "before" and "-" not in tree.low[start] for m in modifiers):
        before = max(before, _joined_before(tree.low, start, [m.modifier for m in modifiers if m.joined]))
    sector = next((m.sector for m in modifiers if m.sector), role.sector)
    if telling is not None and telling.effect == "former" and role.kind != "person":
        sector = role.sector
    words = " ".join(tree.low[start:end])
    plural = words == (role.plural or "").lower() or "Plur" in tree.tokens[end - 1].morph.get("Number", [])
    return RolePiece(
        max(0, start - before), end, role.title, sector, role.kind, role.office, plural,
        telling.effect if telling else "",
    )  # fmt: skip


def _no_modifier(tree: Tree, i: int) -> bool:
    """Whether the word before a title is a preposition or a verb ("under President", "re-elected Governor")."""
    return tree.pos[i] == "ADP" or (tree.pos[i] == "VERB" and tree.dep[i] != "amod")


def _joined_before(low: Sequence[str], start: int, words: Sequence[str]) -> int:
    """Tokens of a modifier right before START, with its hyphen: two of "then-Secretary"."""
    if start > 1 and low[start - 1] in ("-", "–") and low[start - 2] in words:
        return 2
    return 1 if start and low[start - 1] in words else 0


def _persons(tree: Tree, holding: list[tuple[int, int]], covered: set[int]) -> tuple[NamePiece, ...]:
    """Full names of office holders, and the parser's persons less titles and bodies at their edges."""
    entities = [(e.start, e.end) for e in tree.names if e.label_ == "PERSON"]
    found: dict[int, NamePiece] = {}
    taken: set[int] = set(covered)
    for first, last in [*holding, *entities]:
        start, end = names.trimmed(tree, first, last, covered)
        start, end = names.whole(tree, start, end, taken)
        if start < end and not taken.intersection(range(start, end)) and names.is_name(tree, start, end):
            found[start] = NamePiece(start, end)
            taken.update(range(start, end))
    return tuple(found[start] for start in sorted(found))


def _organisations(
    tree: Tree, known: list[BodyPiece], lands: list[CountryPiece], titles: list[RolePiece]
) -> tuple[list[BodyPiece], list[RolePiece]]:
    """Organisations that the parser marks and no table has, and TITLES with those that are titles at heart.

    An organisation whose name holds a role ("Regional Trial Court") is that role with a longer name; its country is
    looked for as that of any title. One that is a country's name, or a person's title, is none.
    """
    taken = {i for b in known for i in range(b.start, b.end)}
    found: list[BodyPiece] = []
    by_start = {r.start: r for r in titles}
    role_of = {i: r for r in titles for i in range(r.start, r.end)}
    land_of = {i: c for c in lands for i in range(c.start, c.end)}
    for entity in tree.names:
        start, end = entity.start, entity.end
        if entity.label_ not in BODY_LABELS or not taken.isdisjoint(range(start, end)):
            continue
        touched = list({role_of[i].start: role_of[i] for i in range(start, end) if i in role_of}.values())
        whole_land = start in land_of and land_of[start].end >= end
        if whole_land or any(_overlaps(r, start, end) for r in touched):
            continue
        if not touched:
            inside = [land_of[i] for i in range(start, end) if i in land_of]
            country = next((c.country for c in inside if c.start >= start and not c.tied), None)
            found.append(BodyPiece(start, end, entity.text, country, None, known=False))
        elif touched[-1].kind != "person":
            head = head_of(tree, start, end)
            role = next((r for r in touched if r.start <= head < r.end), touched[-1])
            for r in touched:
                by_start.pop(r.start, None)
            by_start[start] = replace(role, start=start, end=end, name=entity.text)
    return found, [by_start[start] for start in sorted(by_start)]


def _overlaps(role: RolePiece, start: int, end: int) -> bool:
    """Whether a title crosses an edge of [START, END), or a person's title fills its end."""
    crosses = role.start < start or role.end > end
    return crosses or (role.kind == "person" and role.end == end)
