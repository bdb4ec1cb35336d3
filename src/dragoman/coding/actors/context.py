"""Whose a bare role is ("police", "the rebels", "a crowd") that no word of its own phrase tells.

The rules stand in `RULES`, the surest first, each with the sectors that it speaks for and how often it was right of the
parties of the event corpus's training part; the first that speaks decides, and none does where two countries fit.
Parties that come from elsewhere by their own words ("foreign troops", "hostages") are left without a country. Every
country that is found so is noted with its rule; the span stays that of the words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, TypeVar

from dragoman.coding.actors.explaining import taken_from
from dragoman.coding.actors.found import Found, head_of
from dragoman.coding.actors.memory import Memory
from dragoman.coding.actors.pieces import BodyPiece, CountryPiece, Owner, Pieces
from dragoman.coding.tree import MAX_CLIMB, Tree

WHERE: Final = frozenset({"in", "near", "inside", "outside", "across", "throughout", "around", "through", "within",
                          "into", "at"})  # fmt: skip
"""Prepositions that say where an act is."""
OFFICIALS: Final = frozenset({
    "authorities", "officials", "government officials", "official", "government official", "government spokesman",
    "foreign ministry spokesman", "police", "security forces", "police official", "lawmakers", "military official",
    "state media", "presidential spokesman", "leadership", "defence official", "foreign ministry official",
    "senior official",
})  # fmt: skip
"""Those who are of the country that is spoken of even without an article ("officials said")."""
STRANGERS: Final = frozenset({
    "foreign", "visiting", "allied", "international", "european", "western", "arab", "african", "asian", "regional",
    "neighbouring", "neighboring", "other", "expatriate", "multinational", "joint", "coalition", "enemy", "overseas",
    "many",
})  # fmt: skip
"""Words of those who are not of the place where they are."""
STRAYS: Final = frozenset({
    "hostages", "hostage", "creditors", "donors", "investors", "observers", "monitors", "inspectors", "mission",
    "tourists", "guests", "foreigners", "passengers", "boat people", "crew", "sailors", "sailor", "captain", "pilot",
    "pilots", "reporters", "correspondents", "relief agencies", "relief workers", "volunteers", "marines", "marine",
    "commandos", "mercenaries", "hijackers", "terrorists", "jihadists", "liberation movements", "critics",
    "men", "man", "woman",
})  # fmt: skip
"""Titles of those who are as often as not from elsewhere, or nobody's."""
SENT: Final = frozenset({"embassy", "consulate", "ambassador", "envoy", "diplomat", "diplomats", "envoys", "consul",
                         "ambassadors", "embassies", "mission"})  # fmt: skip
"""Titles of those who are abroad: who stands before them is not of their country."""
ORDER: Final = frozenset({"MIL", "COP", "JUD", "LEG", "SPY", "PRM"})
STATE: Final = ORDER | {"GOV"}
"""Sectors of a state's organs."""
FOLK: Final = frozenset({"CVL", "EDU", "LAB", "AGR", "MED", "REL", "OPP", "SOC", "BUS", "UNK", "PTY", "JRN"})
"""Those whom the organs of a state have before them at home."""
REBELS: Final = frozenset({"REB"})
RISEN: Final = FOLK | REBELS | {"ELI"}
CLAUSES: Final = ("VERB", "AUX")
PARTS: Final = ("advcl", "ccomp", "acl", "acl:relcl", "parataxis")
NEAR: Final = 2
"""Steps from a place's name up to the verb of its clause: "arrested in Kano", "fired on a march in Kano"."""

Piece = TypeVar("Piece", CountryPiece, BodyPiece)


@dataclass(frozen=True, slots=True)
class Land:
    """A country in a sentence: the head token of its words, its kind of name (`body` and `party` too) and sector."""

    token: int
    country: str
    kind: str
    sector: str | None


Reading: TypeAlias = Callable[[Tree, Found, Sequence[Land]], set[str]]


def whence(memory: Memory, found: Found) -> Found:
    """FOUND with the country that the words around it tell; as it is where they tell none or more than one."""
    mention = found.mention
    if not _asks(memory.tree, found):
        return found
    lands = list(_lands(memory, found))
    for rule, why, sectors, reading in RULES:
        countries = reading(memory.tree, found, lands) if mention.actor.sector in sectors else set()
        if len(countries) == 1:
            country = countries.pop()
            taken_from(memory.draft, mention, rule, f"no country is said: {why}, {country}")
            return replace(found, mention=replace(mention, actor=replace(mention.actor, country=country)))
    return found


def _asks(tree: Tree, found: Found) -> bool:
    """Whether it is a bare role of a kind that is at home where it acts."""
    mention, actor = found.mention, found.mention.actor
    if found.named or actor.country or actor.group or mention.others or found.pointer is not None:
        return False
    if actor.sector not in STATE | FOLK | REBELS or found.title in STRAYS:
        return False
    if actor.sector == "GOV" and found.nature != "body" and found.title not in OFFICIALS:
        return False
    return STRANGERS.isdisjoint(tree.low[k] for k in (*tree.kids[mention.head], *range(mention.start, mention.end)))


def _lands(memory: Memory, found: Found) -> Iterator[Land]:
    """Countries and places of the sentence by name, adjective or body, and of the parties before in it."""
    tree, pieces, mention = memory.tree, memory.pieces, found.mention
    number = tree.sentence[mention.head]
    seen: set[int] = set()
    for piece in named_in(pieces, number):
        if piece.country is None or mention.start <= piece.start < mention.end:
            continue
        token = head_of(tree, piece.start, piece.end)
        seen.add(token)
        if tree.head[token] == mention.head and token < mention.head:
            continue  # a word of its own phrase that its phrase has refused: "a China expert", "pro-Russian rebels"
        kind: str = piece.kind if isinstance(piece, CountryPiece) else "body"
        sector = piece.sector
        role = pieces.role_ending(tree.head[token] + 1) if kind == "adjective" else None
        if role is not None:
            kind, sector = "party", None if role.title in SENT else role.sector
        yield Land(token, piece.country, kind, sector)
    for one in memory.by_sentence.get(number, ()):
        party = one.mention
        if party.actor.country and party.kind != "place" and party.head not in seen:
            yield Land(party.head, party.actor.country, "party", None if one.title in SENT else party.actor.sector)


def named_in(pieces: Pieces, number: int) -> list[Owner]:
    """The countries and places that sentence NUMBER names, and then its bodies."""
    first, last = pieces.tree.sentences[number]
    return [*_within(pieces.countries, first, last), *_within(pieces.bodies, first, last)]


def _within(pieces: Sequence[Piece], first: int, last: int) -> Sequence[Piece]:
    """Those of PIECES, in the order of the text, that begin at tokens FIRST to LAST."""
    start = bisect_left(pieces, first, key=lambda p: p.start)
    return pieces[start : bisect_left(pieces, last + 1, lo=start, key=lambda p: p.start)]


# The rules


def _clause(tree: Tree, i: int) -> int:
    """The verb or other head of the clause that token I stands in."""
    for _ in range(MAX_CLIMB):
        if tree.head[i] == i or tree.pos[i] in CLAUSES or tree.dep[i] in PARTS:
            break
        i = tree.head[i]
    return i


def _steps(tree: Tree, i: int, clause: int) -> int:
    """Steps from token I up to CLAUSE, the head of its clause; more than NEAR where it hangs deeper or elsewhere."""
    for steps in range(NEAR + 1):
        if i == clause:
            return steps
        if steps and tree.pos[i] in CLAUSES:
            break
        i = tree.head[i]
    return NEAR + 1


def _scene(tree: Tree, found: Found, lands: Sequence[Land]) -> set[str]:
    """Where its own clause says that its act is."""
    clause = _clause(tree, found.mention.head)
    return {
        land.country
        for land in lands
        if land.kind in ("place", "name", "capital")
        and tree.words_of(land.token, "case").partition(" ")[0] in WHERE
        and tree.head[land.token] != found.mention.head
        and _steps(tree, land.token, clause) <= NEAR
    }


def _lone(lands: Sequence[Land], fits: Callable[[Land], bool]) -> set[str]:
    """The only country of the sentence, where a word for it fits."""
    return {land.country for land in lands} if any(map(fits, lands)) and len({a.country for a in lands}) == 1 else set()


def _before_risen(tree: Tree, found: Found, lands: Sequence[Land]) -> set[str]:
    return _lone(lands, lambda land: land.sector in RISEN)


def _before_order(tree: Tree, found: Found, lands: Sequence[Land]) -> set[str]:
    return _lone(lands, lambda land: land.sector in ORDER)


def _in_town(tree: Tree, found: Found, lands: Sequence[Land]) -> set[str]:
    return _lone(lands, lambda land: land.kind == "place")


def _before_rulers(tree: Tree, found: Found, lands: Sequence[Land]) -> set[str]:
    return _lone(lands, lambda land: land.kind == "party" and land.sector == "GOV")


def _of_state(tree: Tree, found: Found, lands: Sequence[Land]) -> set[str]:
    return _lone(lands, lambda land: land.kind in ("name", "capital"))


RULES: Final[tuple[tuple[str, str, frozenset[str], Reading], ...]] = (
    ("context:scene", "that of the place of its act", FOLK | STATE, _scene),  # 50 of 57
    ("context:people", "the only one of the sentence, whose people it deals with", STATE, _before_risen),  # 36 of 38
    ("context:organs", "the only one of the sentence, whose organs it deals with", REBELS, _before_order),  # 3 of 3
    ("context:town", "the only one of the sentence, by its places", FOLK | REBELS, _in_town),  # 24 of 27
    ("context:rulers", "the only one of the sentence, whose rulers act", FOLK | REBELS, _before_rulers),  # 20 of 25
    ("context:state", "the only one that the sentence names", FOLK, _of_state),  # 11 of 13
)
"""Name, reason, sectors of the parties that it speaks for, and what tells the country."""
