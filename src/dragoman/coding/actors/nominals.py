"""Nouns that no table of titles has and that stand for a party: arms, firms, people, and "the country" itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.actors.found import Found, Nature, span_of
from dragoman.coding.actors.owners import POSSESSIVES, left_owners
from dragoman.coding.actors.pieces import CountryPiece
from dragoman.coding.draft import Mention
from dragoman.facts import Actor
from dragoman.lexicon import predicates

if TYPE_CHECKING:
    from dragoman.coding.actors.pieces import Pieces
    from dragoman.coding.tree import Tree
    from dragoman.lexicon.table import Lexicon

ARMED = frozenset({
    "aircraft", "airbase", "armada", "armor", "armour", "artillery", "base", "battery", "battleship", "bomber",
    "bunker", "carrier", "cruiser", "destroyer", "drone", "fighter", "frigate", "garrison", "gunboat",
    "gunship", "helicopter", "jet", "missile", "outpost", "plane", "position", "radar", "rocket", "submarine", "tank",
    "warhead", "warplane", "warship", "convoy", "barracks", "airfield", "airstrike", "gun", "column", "flotilla",
    "squadron", "unit", "patrol", "howitzer", "minesweeper", "cutter", "gunner", "battlegroup",
})  # fmt: skip
"""Arms and places of armed forces: with a country's adjective the forces of that country."""
BUSINESS = frozenset({
    "airliner", "airline", "tanker", "freighter", "trawler", "shipper", "firm", "giant", "carmaker", "manufacturer",
    "producer", "retailer", "conglomerate", "subsidiary", "refinery", "factory", "plant", "startup", "vessel",
    "operator", "supplier", "maker", "builder", "shipyard", "yard", "owner", "lender", "exporter", "importer",
    "insurer",
})  # fmt: skip
CIVIL = frozenset({"national", "citizen", "resident", "tourist", "team", "athlete", "player", "actor", "singer",
                   "director", "artist", "community", "minority", "diaspora", "household", "christian", "muslim",
                   "jew"})  # fmt: skip
STATE_SIDES = frozenset({"side"})
"""Nouns for a state as a party to talks, where its country stands beside them: "the Hungarian side"."""
COUNTRY_NOUNS = frozenset({"country", "nation", "state", "republic", "kingdom", "homeland"})


COUNTING = frozenset({"dozen", "hundred", "thousand", "score", "ten", "million", "crowd", "handful", "most", "many",
                      "some", "several", "number", "majority", "one", "two", "three"})  # fmt: skip
"""Words that only count what follows them by "of"."""


def counted(tree: Tree, found: Found) -> Found:
    """FOUND with the word that counts it as its head: "dozens of demonstrators", "some of the soldiers"."""
    head = found.mention.head
    above = tree.head[head]
    if tree.dep[head] != "nmod" or tree.lemma[above] not in COUNTING or not 0 < found.mention.start - above <= 4:
        return found
    if tree.words_of(head, "case") != "of" or found.nature not in ("people", "person"):
        return found
    span = (tree.start[above], tree.end[found.mention.end - 1])
    actor = replace(found.mention.actor, span=span)
    others = tuple(replace(o, span=span) for o in found.mention.others)
    return replace(found, mention=replace(found.mention, start=above, head=above, actor=actor, others=others))


def nominals(lexicon: Lexicon, pieces: Pieces, taken: set[int]) -> list[Found]:
    """Nouns for arms, firms and people with a country beside them; people without one too ("three men")."""
    people = lexicon.compiled(predicates.index).classes["person"]
    found = []
    for i in range(len(pieces.tree)):
        if pieces.tree.pos[i] != "NOUN" or i in taken:
            continue
        sector = _sector(pieces.tree.lemma[i], people)
        if sector is None:
            continue
        party = _nominal(pieces, i, sector, person=pieces.tree.lemma[i] in people)
        if party is not None:
            found.append(party)
            taken.update(range(party.mention.start, party.mention.end))
    return found


def _sector(lemma: str, people: frozenset[str]) -> str | None:
    if lemma in ARMED:
        return "MIL"
    if lemma in BUSINESS:
        return "BUS"
    if lemma in STATE_SIDES:
        return "GOV"
    return "CVL" if lemma in people or lemma in CIVIL else None


def _nominal(pieces: Pieces, i: int, sector: str, person: bool) -> Found | None:
    """The mention at noun I; None for a thing whose country no word beside it tells, or that belongs to a body."""
    tree = pieces.tree
    owners = left_owners(pieces, i)
    if sector == "MIL":
        owners = tuple(o for o in owners if not (isinstance(o, CountryPiece) and o.kind == "place"))
    lands = list(dict.fromkeys(o.country for o in owners if o.country))
    pointer = next((k for k in tree.children(i, "nmod:poss") if tree.low[k] in POSSESSIVES), None)
    if not lands and not person and (pointer is None or sector != "MIL"):
        return None
    own = next((o.sector for o in owners if o.country and o.sector not in (None, "GOV", "CVL")), None)
    start = min([i, *(o.start for o in owners if o.country)])
    span = span_of(tree, start, i + 1)
    name = tree.doc[start : i + 1].text
    every: list[str | None] = [*lands] or [None]
    actors = [Actor(name, land, own or sector, role=tree.lemma[i], span=span) for land in every]
    plural = tree.words[i].lower() != tree.lemma[i]
    nature: Nature = "thing" if not person else "people" if plural else "person"
    mention = Mention(start, i + 1, i, actors[0], "description", tuple(actors[1:]))
    return Found(mention, nature, pointer=pointer)


def country_nouns(pieces: Pieces, taken: set[int]) -> list[Found]:
    """ "The country", "his country", "the nation": the state that the text speaks of or whose the owner is."""
    tree = pieces.tree
    found = []
    for i in range(len(tree)):
        if i in taken or tree.lemma[i] not in COUNTRY_NOUNS or tree.words[i].lower() != tree.lemma[i]:
            continue
        if tree.pos[i] not in ("NOUN", "PROPN") or tree.first(i, "compound", "amod") is not None:
            continue
        pointer = tree.first(i, "nmod:poss")
        definite = any(tree.low[k] in ("the", "this", "that") for k in tree.children(i, "det"))
        if pointer is None and (not definite or tree.lemma[i] == "state"):
            continue
        actor = Actor(tree.words[i], None, "GOV", span=span_of(tree, i, i + 1))
        mention = Mention(i, i + 1, i, actor, "description")
        found.append(Found(mention, "country", title="country", pointer=pointer, definite=definite))
        taken.add(i)
    return found
