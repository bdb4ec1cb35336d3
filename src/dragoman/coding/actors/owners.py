"""Whose a title or group is: the countries and bodies that its phrase names, or the word that points to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.coding.actors.pieces import BodyPiece, CountryPiece, NamePiece, Owner, Pieces, RolePiece
from dragoman.coding.tree import Tree

REACH = 5
"""Tokens to the left of a title within which its country may stand: "the Iranian foreign minister"."""
BEFORE_TITLE = ("ADJ", "NOUN", "PROPN", "NUM", "PUNCT", "PART", "ADV", "X", "SYM")
WITHIN = ("of", "from", "in", "for", "at")
"""Prepositions that give a title or group its country."""
ABROAD = frozenset({"ambassador", "envoy", "diplomat", "spokesperson", "mediator", "un_ambassador"})
"""Offices that are held in another country or for it: "the ambassador in Paris" is not of France."""
DEPARTING = frozenset({"withdraw", "pull", "expel", "evacuate", "remove", "recall", "free", "flee", "leave", "move",
                       "bar", "ban", "deport", "bring", "drive", "drop", "prevent"})  # fmt: skip
"""Verbs with which "from" says where somebody leaves, and not where they are from."""
UNARMED = frozenset({"CVL", "REF", "LAB", "EDU", "MED", "AGR", "REL"})
"""Sectors of those who are at home where they are told of: "killed 18 people in Kabul"."""
RULING_SOLDIERS = frozenset({"generals", "colonels"})
"""Soldiers who sit in their own capital: "the generals in Bangkok"."""
HYPHENS = ("-", "–", "/")
POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our", "whose"})


@dataclass(frozen=True, slots=True)
class Ownership:
    """What a phrase says of whose the party is: `owners`, with `start` the first token of those on its left.

    `pointer` is the token of a pronoun, person or title that stands in an owner's place; its country is the party's.
    """

    owners: tuple[Owner, ...] = ()
    start: int | None = None
    pointer: int | None = None
    after: bool = False


def owners_of(pieces: Pieces, role: RolePiece, head: int, person: NamePiece | None) -> Ownership:
    """Countries and bodies that a title belongs to: within it, beside it on the left, its possessor, or after it."""
    inside = tuple(dict.fromkeys(p for i in range(role.start, role.end) if (p := pieces.owner_at(i)) is not None))
    if inside:
        landless = all(p.country is None for p in inside) and not any(isinstance(p, BodyPiece) for p in inside)
        return _with_left(pieces, role, inside) if landless or _bodies_without_land(inside) else Ownership(inside)
    left = left_owners(pieces, role.start)
    if left and not _is_topic(pieces.tree, role, left):
        return Ownership(left, min(o.start for o in left))
    possessor = _possessor(pieces, role, head, person)
    if possessor is not None:
        return possessor
    ends = [role.end, *([person.end] if person is not None and person.start >= role.end else [])]
    for end in ends:
        found = _after(pieces, role, end, range(role.start, max(ends)))
        if found.owners or found.pointer is not None:
            return found
    return _dependents(pieces, role, head)


def _is_topic(tree: Tree, role: RolePiece, left: tuple[Owner, ...]) -> bool:
    """Whether the land is what a scholar or reporter deals with: "a China expert", "its Moscow correspondent"."""
    learned = role.sector in ("EDU", "JRN") and role.kind == "person"
    return (
        learned
        and all(isinstance(o, CountryPiece) and o.kind != "adjective" for o in left)
        and not any(tree.low[o.end] in ("'s", "’s", "'", "’") for o in left)
    )


def _bodies_without_land(inside: Iterable[Owner]) -> bool:
    return all(isinstance(p, BodyPiece) and p.country is None and p.sector is None for p in inside)


def _with_left(pieces: Pieces, role: RolePiece, inside: tuple[Owner, ...]) -> Ownership:
    left = left_owners(pieces, role.start)
    return Ownership((*left, *inside), min((o.start for o in left), default=None))


def left_owners(pieces: Pieces, start: int, reach: int = REACH) -> tuple[Owner, ...]:
    """What stands right before token START, back to the phrase's first word; both of "U.S. and British troops"."""
    tree = pieces.tree
    found: list[Owner] = []
    i = start - 1
    first = tree.sentences[tree.sentence[start]][0] if start < len(tree) else 0
    while i >= max(first, start - (2 * reach if found else reach)):
        piece = pieces.owner_at(i)
        if piece is not None:
            found.append(piece)
            i = piece.start - 1
            continue
        joint = bool(found) and tree.low[i] in ("and", "or", ",") and _joins(pieces, i, found[-1])
        if not joint and (_blocks(tree, i) or (found and tree.words[i] not in HYPHENS)):
            break
        i -= 1
    return tuple(reversed(found))


def _joins(pieces: Pieces, i: int, right: Owner) -> bool:
    """Whether the conjunction at I coordinates RIGHT with an owner on its left that is of the same kind of word."""
    left = pieces.owner_at(i - 1)
    if left is None or i == 0:
        return False
    if isinstance(left, CountryPiece) != isinstance(right, CountryPiece):
        return False
    adjective = isinstance(right, CountryPiece) and right.kind == "adjective"
    tree = pieces.tree
    short = tree.words[left.start].isupper() or tree.dep[left.start] in ("amod", "compound", "nmod:desc")
    return not adjective or short or (isinstance(left, CountryPiece) and left.kind == "adjective")


def _blocks(tree: Tree, i: int) -> bool:
    if tree.words[i] in HYPHENS:
        return not (i and tree.end[i - 1] == tree.start[i])
    led = tree.low[i] == "led" and i > 0 and tree.words[i - 1] in HYPHENS
    if led or tree.low[i] in ("'s", "’s", "'", "’"):
        return False
    return tree.pos[i] not in BEFORE_TITLE or tree.pos[i] == "PUNCT"


def _possessor(pieces: Pieces, role: RolePiece, head: int, person: NamePiece | None) -> Ownership | None:
    """The possessor: a country or body, or a pronoun, person or title that leads to one."""
    tree = pieces.tree
    heads = {head, _head_in(tree, role.start, role.end)}
    for child in (k for h in sorted(heads) for k in tree.children(h, "nmod:poss")):
        if child in range(role.start, role.end) or (person is not None and person.start <= child < person.end):
            continue
        piece = pieces.owner_at(child)
        if piece is not None:
            return Ownership((piece,), piece.start if piece.start < role.start else None)
        return Ownership(pointer=child)
    before = role.start - 1
    while before > 0 and tree.pos[before] in ("ADJ", "NOUN", "NUM", "ADV") and role.start - before <= REACH:
        before -= 1
    return Ownership(pointer=before) if before >= 0 and tree.low[before] in POSSESSIVES else None


def _head_in(tree: Tree, start: int, end: int) -> int:
    return next((i for i in range(start, end) if not start <= tree.head[i] < end or tree.head[i] == i), end - 1)


def _after(pieces: Pieces, role: RolePiece, end: int, phrase: range) -> Ownership:
    """Owners right after token END: "president of Egypt", "leaders of Egypt and Israel", "a spokesman for the army"."""
    tree = pieces.tree
    if end >= len(tree) or not _gives_land(tree.low[end], role):
        return Ownership()
    i = end + 1
    while i < len(tree) and (tree.low[i] in ("the", "a", "an") or tree.pos[i] in ("ADJ", "NUM")):
        if pieces.owner_at(i) is not None:
            break
        i += 1
    piece = pieces.owner_at(i)
    if tree.low[end] == "at" and not isinstance(piece, BodyPiece):
        return Ownership()
    head = _head_in(tree, i, piece.end if piece else i + 1) if i < len(tree) else end
    loose = tree.low[end] == "in" and role.sector in UNARMED
    loose |= tree.low[end] == "from" and tree.lemma[tree.head[head]] not in DEPARTING
    if tree.low[end] != "of" and not loose and not _hangs_on(tree, head, phrase):
        return Ownership()
    if piece is None:
        alone = pieces.person_at(i) is not None or ((other := pieces.role_at(i)) is not None and not other.plural)
        points = i < len(tree) and (tree.low[end] == "of" or (tree.low[end] == "for" and alone))
        return Ownership(pointer=i, after=True) if points else Ownership()
    found = [piece]
    i = piece.end
    while i + 1 < len(tree) and tree.low[i] in ("and", ",", "or"):
        comma = tree.words[i] == "," and tree.low[i + 1] not in ("and", "or")
        i += 1
        while i + 1 < len(tree) and tree.low[i] in ("the", "and"):
            i += 1
        following = pieces.owner_at(i)
        alike = isinstance(following, CountryPiece) == isinstance(piece, CountryPiece)
        if following is None or not alike or (tree.words[i - 1] != "," and tree.low[i - 1] == "the" and comma):
            break
        found.append(following)
        i = following.end
    return Ownership(tuple(found), after=True)


def _gives_land(preposition: str, role: RolePiece) -> bool:
    """Whether a country after PREPOSITION is the party's own; troops and envoys in a country are somebody else's."""
    if preposition in ("in", "at"):
        if role.title in RULING_SOLDIERS:
            return True
        return role.sector != "MIL" and role.office not in ABROAD
    return preposition in WITHIN


def _hangs_on(tree: Tree, i: int, phrase: range) -> bool:
    """Whether token I, or what it is coordinated with or a name of, depends on the phrase."""
    for _ in range(REACH):
        if tree.head[i] in phrase or _counts(tree, tree.head[i], phrase):
            return tree.dep[i] not in ("conj", "appos")
        if tree.head[i] == i or tree.dep[i] not in ("compound", "amod", "nmod:desc", "flat", "nmod:poss", "nmod"):
            return False
        i = tree.head[i]
    return False


def _counts(tree: Tree, i: int, phrase: range) -> bool:
    """Whether token I counts the phrase: "hundreds of demonstrators in Yerevan"."""
    return any(tree.head[k] == i and tree.dep[k] == "nmod" for k in phrase) and phrase.start - i in range(1, 5)


def _dependents(pieces: Pieces, role: RolePiece, head: int) -> Ownership:
    """Owners further right that depend on the title: "the leaders of more than ten countries of Africa" aside."""
    tree = pieces.tree
    for child in tree.children(head, "nmod"):
        if child > role.start and _gives_land(tree.words_of(child, "case"), role):
            chain = [child, *(k for k in tree.kids[child] if tree.dep[k] == "conj")]
            found = [p for c in chain if (p := pieces.owner_at(c))]
            if found:
                return Ownership(tuple(dict.fromkeys(found)), after=True)
    return Ownership()
