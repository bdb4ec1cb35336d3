"""Whom a title, group or body without a name stands for: the one named before, else that of the country spoken of."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.actors.explaining import taken_from
from dragoman.coding.actors.found import Found
from dragoman.coding.actors.memory import Memory
from dragoman.coding.actors.pronouns import SUBJECTS
from dragoman.coding.actors.sets import set_at
from dragoman.coding.tree import Tree

HOME_BACK = 2
"""How many sentences back the country is looked for whose "the government" is."""
LANDLESS = frozenset({"group", "movement", "team", "alliance", "panel", "organization", "parties", "powers",
                      "supporters", "party", "faction", "bloc", "source", "sources"})  # fmt: skip
"""Titles without a sector that say nothing of a government even with a country beside them."""
GENERIC = {"group": None, "movement": None, "organization": None, "alliance": "IGO", "bloc": "IGO", "agency": None,
           "council": None, "commission": None, "committee": None, "party": "PTY", "court": "JUD",
           "company": None, "union": None, "bank": None, "tribunal": "JUD"}  # fmt: skip
"""Titles that take up a body named before, with the sector that it must have."""
FIGHTING = frozenset({"militants", "rebels", "insurgents", "guerrillas", "fighters", "terrorists", "jihadists",
                      "extremists", "separatists", "insurgency"})  # fmt: skip
"""Those who may be the men of the armed group named before."""
GROUPED = frozenset({"REB", "IMG", "NGO", "OPP", "PRM", "CRM", "IGO", "PTY", "SOC"})
"""Sectors of bodies that a text calls a group, movement or organisation."""
OFFICIALS = frozenset({"authorities", "officials", "government officials", "official", "government official",
                       "government spokesman", "foreign ministry spokesman", "police", "security forces",
                       "police official", "lawmakers", "military official", "state media", "presidential spokesman",
                       "leadership", "defence official", "foreign ministry official", "senior official"})  # fmt: skip
"""Those who are of the country that is spoken of even without an article ("officials said")."""
HOME_OFFICES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "OPP"})
"""Sectors of those who, with no country said, are of the country that the text speaks of."""


def title(memory: Memory, found: Found) -> Found:
    """A title or group without a name: the person or body named before, else of the country that is spoken of."""
    actor, tree = found.mention.actor, memory.tree
    free = actor.country is None and actor.group is None
    several = set_at(memory, found.mention.head) if free else None
    if several is not None:
        return replace(several, title=found.title)
    if not found.definite:
        return _at_home(memory, found) if free and found.title in OFFICIALS else found
    if free:
        bearers = memory.bearers(found) if found.nature == "people" else []
        if bearers:
            taken_from(memory.draft, found.mention, "title:bearers", "those who bear it", bearers)
            return standing_for(tree, found, bearers)
    known = memory.bearer(found)
    if known is not None and _same_party(found, known):
        taken_from(memory.draft, found.mention, "title:bearer", "the last named who bears it", [known])
        return standing_for(tree, found, [known])
    return (_generic(memory, found) or _at_home(memory, found)) if free else found


def _same_party(found: Found, known: Found) -> bool:
    """Whether a title with a country of its own takes up the one of before: only a named one adds anything."""
    return found.mention.actor.country is None or (known.named and found.nature == "person")


def standing_for(tree: Tree, found: Found, known: list[Found]) -> Found:
    """FOUND standing for KNOWN, with its own span and, where it has them, its own role and sector."""
    span = found.mention.actor.span
    role = found.mention.actor.role
    made = [
        replace(a, span=span, sector=a.sector or found.mention.actor.sector, role=role if len(known) == 1 else a.role)
        for f in known
        for a in (f.mention.actor, *f.mention.others)
    ]
    unique = list(dict.fromkeys(made))
    return replace(
        found,
        mention=replace(found.mention, actor=unique[0], others=tuple(unique[1:])),
        named=len(known) == 1 and known[0].named,
        title=known[0].title if len(known) == 1 else found.title,
        office=known[0].office if len(known) == 1 else found.office,
    )


def _generic(memory: Memory, found: Found) -> Found | None:
    """ "The council", "the group": the last body named before whose name ends so, or, of an armed or other group, that
    is one."""
    if found.title is None or (found.nature != "body" and found.title not in FIGHTING):
        return None
    for mentions in memory.recent(found.mention.head, 3):
        for have in reversed(mentions):
            body = have.nature == "body" or have.mention.actor.group is not None
            if body and have.mention.kind != "pronoun" and _called(memory.tree, have, found.title):
                taken_from(memory.draft, found.mention, "title:body", "the last body named that is one", [have])
                return standing_for(memory.tree, found, [_body_of(have)])
    return None


def _body_of(have: Found) -> Found:
    """The body itself where HAVE is one that speaks or fights for it."""
    actor = have.mention.actor
    if have.nature == "body" or actor.group is None:
        return have
    return replace(have, mention=replace(have.mention, actor=replace(actor, name=actor.group), others=()))


def _called(tree: Tree, have: Found, title: str) -> bool:
    """Whether a body may be called by TITLE: its name ends in it, or its sector is the one that TITLE tells of."""
    actor = have.mention.actor
    words = f"{actor.name} {tree.words[have.mention.end - 1]}".lower().split()
    if title.split()[-1] in words and have.nature == "body":
        return True
    if title in FIGHTING:
        return actor.sector in ("REB", "IMG", "PRM")
    if title not in GENERIC:
        return False
    if title in ("group", "movement", "organization"):
        return actor.sector in GROUPED and "government" not in words
    wanted = GENERIC[title]
    return wanted is not None and actor.sector == wanted


def _at_home(memory: Memory, found: Found) -> Found:
    """A government, army, ministry or minister of which no country is said: that which the text speaks of, if one."""
    actor = found.mention.actor
    if (actor.sector not in HOME_OFFICES and found.title != "communist party") or found.title in LANDLESS:
        return found
    if found.nature == "people" and actor.sector == "GOV" and found.title not in OFFICIALS:
        return found
    country = home(memory, found.mention.head)
    if country is None:
        return found
    why = f"no country is said: the one that the text speaks of here, {country}"
    taken_from(memory.draft, found.mention, "title:at-home", why)
    return replace(found, mention=replace(found.mention, actor=replace(actor, country=country)))


def _is_subject(tree: Tree, i: int) -> bool:
    """Whether token I is a subject or coordinated to one."""
    return tree.dep[i] in SUBJECTS or (tree.dep[i] == "conj" and tree.dep[tree.head[i]] in SUBJECTS)


def home(memory: Memory, i: int) -> str | None:
    """The country that is spoken of at token I: the only one of the sentences before, else the dateline's; None where
    several are."""
    for mentions in memory.recent(i, HOME_BACK):
        parties = [f for f in mentions if f.mention.kind not in ("place", "demonym") and f.mention.end <= i]
        codes = {a.country for f in parties for a in (f.mention.actor, *f.mention.others) if a.country}
        if len(codes) == 1:
            return codes.pop()
        if codes:
            subjects = [f for f in parties if _is_subject(memory.tree, f.mention.head) and f.mention.actor.country]
            lands = {f.mention.actor.country for f in subjects}
            return lands.pop() if len(lands) == 1 else None
    return memory.pieces.home
