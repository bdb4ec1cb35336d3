"""Following pronouns, surnames, titles and descriptions back to what they stand for.

What the text says goes before what the tables say, and what was said nearest before what was said earlier; where two
fit equally well, none is taken. The span stays that of the mention itself, the name is the antecedent's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dragoman.coding.actors.context import whence
from dragoman.coding.actors.explaining import changed, taken_from
from dragoman.coding.actors.found import Found, span_of
from dragoman.coding.actors.memory import Memory
from dragoman.coding.actors.persons import person
from dragoman.coding.actors.pieces import Pieces
from dragoman.coding.actors.pronouns import FIRST, first_person, pronoun_at, relative_head
from dragoman.coding.actors.ruling import in_power
from dragoman.coding.actors.sets import set_at
from dragoman.coding.actors.titles import LANDLESS, home, standing_for, title
from dragoman.coding.draft import Draft, Mention
from dragoman.facts import Actor
from dragoman.lexicon import countries
from dragoman.terms import BODY_SECTORS

HALVES: Final = (("PRK", "KOR"), ("VDR", "RVN"), ("YAR", "YMD"))
"""Northern and southern states of lands of two."""
COMMUNITY: Final = "1967-07-01"
"""Day from which the Communities had one Commission in Brussels."""
UNION: Final = "1993-11-01"


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
        added = pronoun_at(memory, i) or set_at(memory, i) or _compass(memory, i) or _surname(memory, i)
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
    return [_settled(memory, f) for f in (*found, *spoken)]


def _settled(memory: Memory, found: Found) -> Found:
    """FOUND with its owner's country, and the sector of one who governs."""
    draft = memory.draft
    pointed = _pointed(memory, found)
    sectored = changed(draft, pointed, _sectored(pointed), "sector:government", "a title of a country, of no body")
    return changed(
        draft, sectored, in_power(draft.report.published, sectored), "sector:ruling-party", "of a one-party state"
    )


def filled(memory: Memory, found: Found) -> Found:
    """FOUND with what its owner's pronoun, the text before it and the tables say of it."""
    found = _pointed(memory, found)
    if found.nature == "person" and found.mention.kind == "name" and found.mention.actor.sector is None:
        named = memory.pieces.person_at(found.mention.start) is not None
        return person(memory, found) if named else _compatriot(memory, found)
    if found.nature == "person" and found.named:
        return person(memory, found)
    if found.mention.kind == "description" and found.title == "country":
        return _country_noun(memory, found)
    if found.mention.kind == "title":
        return whence(memory, title(memory, found))
    if found.nature == "country" and memory.tree.words[found.mention.head] == "Brussels":
        return _union(memory, found)
    return _named_before(memory, found)


def _union(memory: Memory, found: Found) -> Found:
    """ "Brussels" as the European Union or Community, where the text has named a body of it, or nothing of Belgium."""
    bodies = (f.mention.actor for fs in memory.by_sentence.values() for f in fs if f.mention.actor.sector == "EUR")
    named = next(bodies, None) is not None
    belgian = any(p.country == "BEL" and memory.tree.words[p.start] != "Brussels" for p in memory.pieces.countries)
    published = memory.draft.report.published.end or ""
    if not named and (belgian or published < COMMUNITY):
        return found
    name = "European Union" if published >= UNION else "European Community"
    actor = Actor(name, None, "EUR", span=found.mention.actor.span)
    return replace(found, nature="body", mention=replace(found.mention, actor=actor))


def _named_before(memory: Memory, found: Found) -> Found:
    """FOUND as a person where the parser takes the one word of a name for an organisation's."""
    actor = found.mention.actor
    alone = found.nature == "body" and found.mention.end - found.mention.start == 1
    if not alone or actor.country is not None or actor.sector is not None:
        return found
    known = memory.known(actor.name)
    return person(memory, replace(found, nature="person")) if known is not None else found


def _pointed(memory: Memory, found: Found) -> Found:
    """FOUND with the country, and where it lacks one the sector and body, of the one it belongs to."""
    actor = found.mention.actor
    if found.pointer is None or actor.country is not None or actor.group is not None:
        return found
    owner = memory.by_token.get(relative_head(memory.tree, found.pointer))
    if owner is None or owner.mention.start == found.mention.start:
        return found
    of = [owner.mention.actor, *owner.mention.others]
    taken_from(memory.draft, found.mention, "owner:reference", "of the country of", [owner])
    made = [_owned(actor, other) for other in of]
    return replace(found, mention=replace(found.mention, actor=made[0], others=tuple(made[1:])))


def _owned(actor: Actor, owner: Actor) -> Actor:
    body = owner.sector in BODY_SECTORS and owner.country is None
    second = actor.role == "deputy" and owner.role is not None
    sector = owner.sector if body or second or actor.sector is None else actor.sector
    return replace(actor, country=owner.country, sector=sector, group=owner.group or (owner.name if body else None))


def _compatriot(memory: Memory, found: Found) -> Found:
    """ "The American": the person of that country named last, else one of its people."""
    country = found.mention.actor.country
    known = memory.of_country(country) if country else None
    if known is None:
        actor = replace(found.mention.actor, sector="CVL")
        return replace(found, named=False, mention=replace(found.mention, actor=actor))
    taken_from(memory.draft, found.mention, "name:compatriot", "the one of that country named last", [known])
    return standing_for(memory.tree, found, [known])


def _country_noun(memory: Memory, found: Found) -> Found:
    """ "The country": the last one named that is no mere owner of something; the owner's for "his country"."""
    actor = found.mention.actor
    if actor.country is not None or found.pointer is not None:
        return _renamed(found) if actor.country else found
    for mentions in memory.recent(found.mention.head, 2):
        named = [f for f in mentions if f.nature in ("country", "place") and f.mention.kind != "demonym"]
        named = [f for f in named if f.mention.actor.country and not f.mention.others]
        if named:
            taken_from(memory.draft, found.mention, "noun:country", "the country named last", [named[-1]])
            return _being(found, named[-1].mention.actor.country, named[-1].mention.actor.name)
    country = home(memory, found.mention.head)
    if country is not None:
        taken_from(memory.draft, found.mention, "noun:home", f"the country that the text speaks of here, {country}")
    return _being(found, country, actor.name) if country else found


def _being(found: Found, country: str | None, name: str) -> Found:
    actor = replace(found.mention.actor, country=country, name=name)
    return replace(found, mention=replace(found.mention, actor=actor))


def _renamed(found: Found) -> Found:
    return replace(found, mention=replace(found.mention, actor=replace(found.mention.actor, sector="GOV")))


def _surname(memory: Memory, i: int) -> Found | None:
    """A word that the parser takes for no name, and that is part of the full name of somebody named before."""
    tree = memory.tree
    if tree.pos[i] != "PROPN" or not tree.words[i][:1].isupper() or len(tree.words[i]) < 3 or not memory.persons:
        return None
    if i in memory.by_token or any(tree.dep[k] in ("flat", "compound") for k in (i, *tree.kids[i])):
        return None
    known = memory.known(tree.words[i])
    if known is None or " " not in known.mention.actor.name:
        return None
    actor = Actor(tree.words[i], span=span_of(tree, i, i + 1))
    return person(memory, Found(Mention(i, i + 1, i, actor, "name"), "person", named=True))


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
                mention = Mention(i, i + 1, i, actor, "name")
                taken_from(memory.draft, mention, "name:compass", "the country whose name begins so", [f])
                return Found(mention, "country", named=True)
    return _half(memory, i)


def _half(memory: Memory, i: int) -> Found | None:
    """The northern or southern state of a land of two, in a text about it: "Pyongyang", "the South"."""
    named = {piece.country for piece in memory.pieces.countries}
    pairs = [pair for pair in HALVES if named & set(pair)]
    if len(pairs) != 1:
        return None
    code = pairs[0][memory.tree.words[i] == "South"]
    country = memory.draft.lexicon.compiled(countries.index).by_code[code]
    actor = Actor(country.name, code, "GOV", span=span_of(memory.tree, i, i + 1))
    mention = Mention(i, i + 1, i, actor, "name")
    taken_from(memory.draft, mention, "name:half", f"a half of the land that the text is about, {code}")
    return Found(mention, "country", named=True)


def _sectored(found: Found) -> Found:
    """A leader, official or committee of a country, with no body said, is of its government."""
    mention = found.mention
    if mention.kind not in ("title", "pronoun") or found.title in LANDLESS:
        return found
    before = (mention.actor, *mention.others)
    actors = tuple(_of_government(a) for a in before)
    return found if actors == before else replace(found, mention=replace(mention, actor=actors[0], others=actors[1:]))


def _of_government(actor: Actor) -> Actor:
    if actor.country and actor.sector is None and actor.role and actor.role not in LANDLESS:
        return replace(actor, sector="GOV")
    return actor
