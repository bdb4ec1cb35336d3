"""Following pronouns, surnames, titles and descriptions back to what they stand for.

What the text says goes before what the tables say, and what was said nearest before what was said earlier; where two
fit equally well, none is taken. The span stays that of the mention itself, the name is the antecedent's.
"""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.draft import Draft, Mention
from dragoman.coding.found import Found, span_of
from dragoman.coding.memory import Memory
from dragoman.coding.pieces import Pieces
from dragoman.coding.pronouns import FIRST, SUBJECTS, first_person, pronoun_at, relative_head
from dragoman.coding.sets import set_at
from dragoman.coding.tree import Tree
from dragoman.facts import Actor, Date
from dragoman.lexicon import holders, roles
from dragoman.lexicon.holders import Term
from dragoman.terms import BODY_SECTORS

HOME_BACK = 2
"""How many sentences back the country is looked for whose "the government" is."""
LANDLESS = frozenset({"group", "movement", "team", "alliance", "panel", "organization", "parties", "powers",
                      "supporters", "party", "faction", "bloc", "source", "sources"})  # fmt: skip
"""Titles without a sector that say nothing of a government even with a country beside them."""
GENERIC = {"group": None, "movement": None, "organization": None, "alliance": "IGO", "bloc": "IGO", "agency": None,
           "council": None, "commission": None, "committee": None, "party": "PTY", "court": "JUD",
           "company": None, "union": None, "bank": None, "tribunal": "JUD"}  # fmt: skip
"""Titles that take up a body named before, with the sector that it must have."""
GROUPED = frozenset({"REB", "IMG", "NGO", "OPP", "PRM", "CRM", "IGO", "PTY", "SOC"})
"""Sectors of bodies that a text calls a group, movement or organisation."""
HOME_OFFICES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "OPP"})
"""Sectors of those who, with no country said, are of the country that the text speaks of."""


def resolve(draft: Draft, pieces: Pieces, found: tuple[Found, ...]) -> tuple[Mention, ...]:
    """The mentions of FOUND with surnames and bare titles filled in from before, and pronouns and groups added."""
    memory = Memory(draft, pieces)
    by_start = {f.mention.start: f for f in reversed(found)}
    tree = pieces.tree
    i = 0
    while i < len(tree):
        one = by_start.get(i)
        if one is not None:
            memory.note(_compass(memory, i) or filled(memory, one))
            i = max(one.mention.end, i + 1)
            continue
        added = pronoun_at(memory, i) or set_at(memory, i) or _compass(memory, i)
        if added is not None:
            memory.note(added)
        i += 1
    later = _look_ahead(memory, _ordered(memory))
    return tuple(f.mention for f in sorted(later, key=lambda f: (f.mention.start, -f.mention.end)))


def _ordered(memory: Memory) -> list[Found]:
    return [f for n in sorted(memory.by_sentence) for f in memory.by_sentence[n]]


def _look_ahead(memory: Memory, found: list[Found]) -> list[Found]:
    """FOUND with what only the words after a mention tell: who speaks as "we", whose spokesman it is."""
    tree = memory.tree
    spoken = [f for i in range(len(tree)) if tree.low[i] in FIRST and (f := first_person(memory, i)) is not None]
    for f in spoken:
        memory.by_token.setdefault(f.mention.head, f)
    return [_sectored(_pointed(memory, f)) for f in (*found, *spoken)]


def filled(memory: Memory, found: Found) -> Found:
    """FOUND with what its owner's pronoun, the text before it and the tables say of it."""
    found = _pointed(memory, found)
    if found.nature == "person" and found.named:
        return _person(memory, found)
    if found.mention.kind == "description" and found.title == "country":
        return _country_noun(memory, found)
    if found.mention.kind != "title":
        return found
    return _title(memory, found)


def _pointed(memory: Memory, found: Found) -> Found:
    """FOUND with the country, and where it lacks one the sector and body, of the one it belongs to."""
    actor = found.mention.actor
    if found.pointer is None or actor.country is not None or actor.group is not None:
        return found
    owner = memory.by_token.get(relative_head(memory.tree, found.pointer))
    if owner is None or owner.mention.start == found.mention.start:
        return found
    of = [owner.mention.actor, *owner.mention.others]
    made = [_owned(actor, other) for other in of]
    return replace(found, mention=replace(found.mention, actor=made[0], others=tuple(made[1:])))


def _owned(actor: Actor, owner: Actor) -> Actor:
    body = owner.sector in BODY_SECTORS and owner.country is None
    sector = owner.sector if body or actor.sector is None else actor.sector
    return replace(actor, country=owner.country, sector=sector, group=owner.group or (owner.name if body else None))


def _person(memory: Memory, found: Found) -> Found:
    """A named person with what was said of that person before, else what the tables say of the name on the day."""
    actor = found.mention.actor
    known = memory.known(actor.name)
    if known is not None and not _contradicts(known, found):
        have = known.mention.actor
        name = have.name if len(have.name) > len(actor.name) else actor.name
        actor = replace(
            actor,
            name=name,
            country=actor.country or have.country,
            sector=actor.sector or have.sector,
            role=actor.role or have.role,
            group=actor.group or (have.group if actor.country is None else None),
        )
        found = replace(found, title=found.title or known.title, office=found.office or known.office,
                        effect=found.effect or (known.effect if found.title is None else ""))  # fmt: skip
    if actor.country is None and actor.group is None:
        actor, title, office = _from_table(memory, found, actor)
        found = replace(found, title=title, office=office)
    return replace(found, mention=replace(found.mention, actor=actor))


def _contradicts(known: Found, found: Found) -> bool:
    """Whether the text gives the one of the same surname another country."""
    one, other = known.mention.actor.country, found.mention.actor.country
    return one is not None and other is not None and one != other


def _from_table(memory: Memory, found: Found, actor: Actor) -> tuple[Actor, str | None, str | None]:
    """Country, role and sector of a person of the tables on the day of the report, if all fitting terms are of one
    state. A name of one word needs a title that fits, or a holder in office."""
    nothing = actor, found.title, found.office
    published = memory.draft.report.published
    on = published if published.known else Date.unknown()
    index = memory.draft.lexicon.compiled(holders.index)
    terms = index.by_name(actor.name, on)
    if not terms and (actor.role or " " not in actor.name) and published.known:
        terms = [t for t in index.by_surname(actor.name, on) if _fits(t, found, on)]
    if actor.role and found.office in holders.OFFICES:
        terms = [t for t in terms if t.office == found.office] or terms
    if not terms or len({t.of for t in terms}) != 1:
        return nothing
    term = terms[0]
    past = published.known and all(t.period.over_before(published) for t in terms)
    if term.country is None:
        return (
            replace(actor, group=term.body, role=actor.role or _role(term)),
            found.title or _role(term),
            term.office,
        )
    sector = actor.sector or ("ELI" if past else _sector_of(memory, term))
    made = replace(actor, country=term.country, sector=sector, role=actor.role or _role(term))
    return made, found.title or _role(term), found.office or term.office


def _role(term: Term) -> str:
    return term.title.lower()


def _sector_of(memory: Memory, term: Term) -> str:
    rows = memory.draft.lexicon.compiled(roles.index).by_title(term.title)
    return next((row.sector for row in rows if row.sector), "GOV")


def _fits(term: Term, found: Found, on: Date) -> bool:
    """Whether a surname alone may be the holder's: by office, by a rank that any ruler may have, or in office now."""
    if found.office in holders.OFFICES and found.office not in ("leader", "chairman"):
        return term.office == found.office
    return not term.period.over_before(on)


def _title(memory: Memory, found: Found) -> Found:
    """A title or group without a name: the person or body named before, else of the country that is spoken of."""
    actor, tree = found.mention.actor, memory.tree
    free = actor.country is None and actor.group is None
    several = set_at(memory, found.mention.head) if free else None
    if several is not None:
        return replace(several, title=found.title)
    if not found.definite:
        return found
    if free:
        bearers = memory.bearers(found) if found.nature == "people" else []
        if bearers:
            return _standing_for(tree, found, bearers)
    known = memory.bearer(found)
    if known is not None and _same_party(found, known):
        return _standing_for(tree, found, [known])
    return (_generic(memory, found) or _at_home(memory, found)) if free else found


def _same_party(found: Found, known: Found) -> bool:
    """Whether a title with a country of its own takes up the one of before: only a named one adds anything."""
    return found.mention.actor.country is None or (known.named and found.nature == "person")


def _standing_for(tree: Tree, found: Found, known: list[Found]) -> Found:
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
    if found.nature != "body" or found.title is None:
        return None
    for mentions in memory.recent(found.mention.head, 3):
        for have in reversed(mentions):
            body = have.nature == "body" or have.mention.actor.group is not None
            if body and have.mention.kind != "pronoun" and _called(memory.tree, have, found.title):
                return _standing_for(memory.tree, found, [have])
    return None


def _called(tree: Tree, have: Found, title: str) -> bool:
    """Whether a body may be called by TITLE: its name ends in it, or its sector is the one that TITLE tells of."""
    actor = have.mention.actor
    words = f"{actor.name} {tree.words[have.mention.end - 1]}".lower().split()
    if title.split()[-1] in words and have.nature == "body":
        return True
    if title not in GENERIC:
        return False
    if title in ("group", "movement", "organization"):
        return (
            actor.sector in ("REB", "IMG", "NGO", "OPP", "PRM", "CRM", "IGO", "PTY", "SOC")
            and "government" not in words
        )
    wanted = GENERIC[title]
    return wanted is not None and actor.sector == wanted


def _at_home(memory: Memory, found: Found) -> Found:
    """A government, army, ministry or minister of which no country is said: that which the text speaks of, if one."""
    actor = found.mention.actor
    if actor.sector not in HOME_OFFICES or found.title in LANDLESS:
        return found
    country = home(memory, found.mention.head)
    if country is None:
        return found
    return replace(found, mention=replace(found.mention, actor=replace(actor, country=country)))


def home(memory: Memory, i: int) -> str | None:
    """The country that is spoken of at token I: the only one of the sentences before, else the dateline's; None where
    several are."""
    for mentions in memory.recent(i, HOME_BACK):
        parties = [f for f in mentions if f.mention.kind not in ("place", "demonym") and f.mention.end <= i]
        codes = {a.country for f in parties for a in (f.mention.actor, *f.mention.others) if a.country}
        if len(codes) == 1:
            return codes.pop()
        if codes:
            subjects = [f for f in parties if memory.tree.dep[f.mention.head] in SUBJECTS and f.mention.actor.country]
            lands = {f.mention.actor.country for f in subjects}
            return lands.pop() if len(lands) == 1 else None
    return memory.pieces.home


def _country_noun(memory: Memory, found: Found) -> Found:
    """ "The country": the last one named that is no mere owner of something; the owner's for "his country"."""
    actor = found.mention.actor
    if actor.country is not None or found.pointer is not None:
        return _renamed(found) if actor.country else found
    for mentions in memory.recent(found.mention.head, 2):
        lands = [f for f in mentions if f.mention.actor.country and not f.mention.others]
        named = [f for f in lands if f.nature in ("country", "place")] or lands
        if named:
            code = named[-1].mention.actor
            made = replace(actor, country=code.country, name=code.name if named[-1].nature == "country" else actor.name)
            return replace(found, mention=replace(found.mention, actor=made))
    return found


def _renamed(found: Found) -> Found:
    return replace(found, mention=replace(found.mention, actor=replace(found.mention.actor, sector="GOV")))


def _compass(memory: Memory, i: int) -> Found | None:
    """ "The North", "the South": the country of the text whose name begins so."""
    tree = memory.tree
    if tree.words[i] not in ("North", "South") or not i or tree.low[i - 1] != "the":
        return None
    if tree.dep[i] in ("compound", "amod") or i in memory.by_token:
        return None
    for mentions in memory.recent(i, 20):
        for f in reversed(mentions):
            if f.mention.actor.name.startswith(f"{tree.words[i]} ") and f.nature == "country":
                actor = replace(f.mention.actor, span=span_of(tree, i, i + 1), sector="GOV")
                return Found(Mention(i, i + 1, i, actor, "name"), "country", named=True)
    return None


def _sectored(found: Found) -> Found:
    """A leader, official or committee of a country, with no body said, is of its government."""
    mention = found.mention
    if mention.kind not in ("title", "pronoun") or found.title in LANDLESS:
        return found
    actors = [_of_government(a) for a in (mention.actor, *mention.others)]
    return replace(found, mention=replace(mention, actor=actors[0], others=tuple(actors[1:])))


def _of_government(actor: Actor) -> Actor:
    if actor.country and actor.sector is None and actor.role and actor.role not in LANDLESS:
        return replace(actor, sector="GOV")
    return actor
