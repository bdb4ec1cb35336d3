"""Mentions of actors: names, titles, groups, bodies and pronouns, each resolved to country, sector and role.

Three layers: `pieces` marks what the tables and the parser know (countries, bodies, roles, names of persons);
`phrases` here joins pieces that are one party ("the Iranian foreign minister, Mohammad Zarif"); `reference` follows
pronouns, surnames and descriptions back to what they stand for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.draft import Draft, Mention, MentionKind
from dragoman.coding.pieces import BodyPiece, CountryPiece, NamePiece, Pieces, RolePiece, find_pieces
from dragoman.coding.reference import resolve
from dragoman.facts import Actor
from dragoman.lexicon import predicates

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

REACH = 5
"""Tokens to the left of a title within which its country may stand: "the Iranian foreign minister"."""
BEFORE_TITLE = ("ADJ", "NOUN", "PROPN", "NUM", "PUNCT", "PART", "ADV", "X", "SYM")
WITHIN = ("of", "from", "in", "for")
"""Prepositions that give a title or group its country."""
KINDS: dict[str, MentionKind] = {"adjective": "demonym", "place": "place"}


def find(draft: Draft) -> tuple[Mention, ...]:
    """All mentions of actors, in the order of the text."""
    pieces = find_pieces(draft)
    taken: set[int] = set()
    found: list[Mention] = []
    for role in pieces.roles:
        if role.start not in taken:
            mention = _role_mention(draft, pieces, role, taken)
            found.append(mention)
    found.extend(_names(draft, pieces, taken))
    found.extend(_bodies(draft, pieces, taken))
    found.extend(_countries(draft, pieces, taken))
    found.extend(_people(draft, pieces, taken))
    return resolve(draft, tuple(sorted(found, key=lambda m: (m.start, -m.end))))


def _role_mention(draft: Draft, pieces: Pieces, role: RolePiece, taken: set[int]) -> Mention:
    """The party that a title or group noun names, with its country, body and person where the phrase gives them."""
    doc = draft.doc
    head = _head(doc, role.start, role.end)
    person = _person(pieces, role, doc)
    owners = _owners(draft, pieces, role, head, person)
    start = min([role.start, *(o.start for o in owners if o.end <= role.start)])
    end = role.end
    name = _phrase_name(doc, start, end)
    if person is not None:
        start, end = min(start, person.start), max(end, person.end)
        name = doc[person.start : person.end].text
        head = _head(doc, person.start, person.end) if person.start >= role.end else head
    taken.update(range(start, end))
    countries = [c for o in owners for c in _countries_of(o)]
    actors = [_role_actor(draft, role, name, country, owners) for country in countries or [None]]
    return Mention(start, end, head, replace(actors[0], span=draft.chars(start, end)), "title", tuple(actors[1:]))


def _role_actor(
    draft: Draft, role: RolePiece, name: str, country: str | None, owners: list[CountryPiece | BodyPiece]
) -> Actor:
    owner = next((o for o in owners if isinstance(o, BodyPiece)), None)
    sector = role.sector
    if owner is not None and (owner.sector in ("IGO", "UNO", "EUR", "NGO", "IMG", "ISM", "MNC") or not sector):
        sector = owner.sector
    if owner is not None and owner.sector in ("REB", "PTY", "MIL", "JUD", "LEG", "COP", "SPY", "OPP"):
        sector = owner.sector
    return Actor(name=name, country=country, sector=sector, role=role.title, group=owner.name if owner else None)


def _countries_of(owner: CountryPiece | BodyPiece) -> list[str]:
    return [owner.country] if owner.country else []


def _owners(
    draft: Draft, pieces: Pieces, role: RolePiece, head: int, person: NamePiece | None
) -> list[CountryPiece | BodyPiece]:
    """Countries and bodies that a title belongs to: beside it on the left, or after "of", "from", "in"."""
    doc = draft.doc
    inside = [p for i in range(role.start, role.end) if (p := pieces.owner_at(i)) is not None]
    left = list(dict.fromkeys(inside)) or _left_owner(pieces, role.start, doc)
    if left:
        return left
    token = doc[head]
    for child in token.children:
        if child.dep_ == "nmod:poss" and (piece := pieces.owner_at(child.i)):
            return [piece]
    for end in (role.end, person.end if person is not None and person.start >= role.end else role.end):
        if after := _after(pieces, end, doc):
            return after
    for child in token.children:
        if child.dep_ == "nmod" and _case(child) in WITHIN and child.i > role.start:
            chain = [child, *(c for c in child.subtree if c.dep_ == "conj")]
            found = [p for c in chain if (p := pieces.owner_at(c.i))]
            if found:
                return list(dict.fromkeys(found))
    return []


def _left_owner(pieces: Pieces, start: int, doc: Doc) -> list[CountryPiece | BodyPiece]:
    """What stands right before the title, back to the phrase's first word; both of "U.S. and British troops"."""
    found: list[CountryPiece | BodyPiece] = []
    i = start - 1
    while i >= max(0, start - REACH) or (found and i >= max(0, start - 2 * REACH)):
        piece = pieces.owner_at(i)
        if piece is not None:
            found.append(piece)
            i = piece.start - 1
            continue
        token = doc[i]
        joint = token.lower_ in ("and", "or", ",") and found and pieces.owner_at(i - 1) is not None
        blocked = token.pos_ not in BEFORE_TITLE or (token.pos_ == "PUNCT" and token.text not in ("-", "–", "/"))
        if token.is_sent_start or (blocked and not joint):
            break
        if found and not joint and token.text not in ("-", "–", "/"):
            break
        i -= 1
    return list(reversed(found))


def _after(pieces: Pieces, end: int, doc: Doc) -> list[CountryPiece | BodyPiece]:
    """Owners right after token END, a title's or name's: "president of Egypt", "leaders of Egypt and Israel"."""
    i = end
    if i >= len(doc) or doc[i].lower_ not in WITHIN:
        return []
    found: list[CountryPiece | BodyPiece] = []
    i += 1
    while i < len(doc) and (doc[i].lower_ in ("the", "and", ",", "of") or pieces.owner_at(i) is not None):
        piece = pieces.owner_at(i)
        if piece is not None:
            found.append(piece)
            i = piece.end
        else:
            if found and doc[i].text == "," and pieces.owner_at(min(i + 1, len(doc) - 1)) is None:
                break
            i += 1
    return found


def _person(pieces: Pieces, role: RolePiece, doc: Doc) -> NamePiece | None:
    """The person who bears the title: right after it, or before or after it in apposition."""
    direct = pieces.person_at(role.end)
    if direct is not None and role.kind == "person":
        return direct
    if role.kind != "person" or role.plural:
        return None
    i = role.end
    if i < len(doc) - 1 and doc[i].text == ",":
        following = pieces.person_at(i + 1)
        if following is not None and _closed(doc, following.end):
            return following
    i = role.start - 1
    while i > 0 and i >= role.start - REACH - 2 and (doc[i].pos_ in ("DET", *BEFORE_TITLE) and doc[i].text != ","):
        i -= 1
    if i > 0 and doc[i].text == ",":
        return pieces.person_ending(i)
    return None


def _closed(doc: Doc, end: int) -> bool:
    """Whether an apposition that ends at token END is set off on its right too."""
    return end >= len(doc) or doc[end].text in (",", ".", "—", "–", ";", ":") or doc[end].pos_ in ("VERB", "AUX")


def _names(draft: Draft, pieces: Pieces, taken: set[int]) -> list[Mention]:
    """Persons named without a title."""
    found = []
    for person in pieces.persons:
        if not taken & set(range(person.start, person.end)):
            span = draft.chars(person.start, person.end)
            name = draft.doc[person.start : person.end].text
            head = _head(draft.doc, person.start, person.end)
            found.append(Mention(person.start, person.end, head, Actor(name, span=span), "name"))
            taken.update(range(person.start, person.end))
    return found


def _bodies(draft: Draft, pieces: Pieces, taken: set[int]) -> list[Mention]:
    found = []
    for body in pieces.bodies:
        if body.start in taken:
            continue
        span = draft.chars(body.start, body.end)
        actor = Actor(body.name, body.country, body.sector, span=span)
        found.append(Mention(body.start, body.end, _head(draft.doc, body.start, body.end), actor, "name"))
        taken.update(range(body.start, body.end))
    return found


def _countries(draft: Draft, pieces: Pieces, taken: set[int]) -> list[Mention]:
    found = []
    for country in pieces.countries:
        if country.start in taken:
            continue
        span = draft.chars(country.start, country.end)
        actor = Actor(country.name, country.country, country.sector, span=span)
        head = _head(draft.doc, country.start, country.end)
        found.append(Mention(country.start, country.end, head, actor, KINDS.get(country.kind, "name")))
    return found


def _people(draft: Draft, pieces: Pieces, taken: set[int]) -> list[Mention]:
    """Nouns for people with a country beside them ("three Somali men"): civilians of that country."""
    people = draft.lexicon.compiled(predicates.index).classes["person"]
    found = []
    for token in draft.doc:
        if token.pos_ != "NOUN" or token.i in taken or token.lemma_.lower() not in people:
            continue
        owners = _left_owner(pieces, token.i, draft.doc)
        start = min([token.i, *(o.start for o in owners)])
        span = draft.chars(start, token.i + 1)
        country = owners[0].country if owners else None
        actor = Actor(draft.doc[start : token.i + 1].text, country, "CVL", role=token.lemma_.lower(), span=span)
        found.append(Mention(start, token.i + 1, token.i, actor, "description"))
        taken.update(range(start, token.i + 1))
    return found


def _head(doc: Doc, start: int, end: int) -> int:
    """The token of [START, END) whose head lies outside; the last one where several do."""
    inside = range(start, end)
    heads = [i for i in inside if doc[i].head.i not in inside or doc[i].head.i == i]
    return heads[0] if heads else end - 1


def _case(token: Token) -> str:
    return next((c.lower_ for c in token.children if c.dep_ == "case"), "")


def _phrase_name(doc: Doc, start: int, end: int) -> str:
    return doc[start:end].text
