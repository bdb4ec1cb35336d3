"""Words that stand for several parties named before: "both governments", "the two leaders", "the four powers"."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.actors.explaining import taken_from
from dragoman.coding.actors.found import Found, span_of
from dragoman.coding.actors.memory import Memory
from dragoman.coding.actors.pronouns import own_arguments
from dragoman.coding.draft import Mention
from dragoman.coding.tree import Tree
from dragoman.facts import Actor
from dragoman.lexicon import countries

STATES = frozenset({"country", "nation", "state", "side", "party", "government", "neighbour", "neighbor", "power",
                    "ally", "rival", "delegation", "capital", "foe", "adversary", "superpower", "signatory",
                    "army", "foreign ministry", "partner", "enemy", "belligerent", "republic"})  # fmt: skip
PERSONS = frozenset({"leader", "president", "minister", "premier", "statesman", "man", "chancellor", "king",
                     "prime minister", "foreign minister", "negotiator", "envoy", "diplomat", "politician",
                     "secretary", "defence minister"})  # fmt: skip
NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
UNCOUNTED = frozenset({"side", "party", "leader", "country", "government", "delegation", "neighbour", "neighbor"})
"""Nouns that mean the two of before even without a number."""
DIRECTED = frozenset({"on", "against", "to", "upon", "from", "at"})
"""Prepositions after a noun whose doer is none of those that follow: "imposed sanctions on both countries"."""
SENTENCES_BACK = 3


def set_at(memory: Memory, i: int) -> Found | None:
    """The mention of several parties that noun I makes, or None where it isn't sure which those are."""
    tree = memory.tree
    lemma = tree.lemma[i]
    if tree.pos[i] not in ("NOUN", "PROPN") or (lemma not in STATES and lemma not in PERSONS):
        return None
    if tree.low[i] == lemma or _modified(tree, i):
        return None
    count, start = _count(tree, i)
    if count is None:
        return None
    actors = _persons(memory, i, count) if lemma in PERSONS else ()
    actors = actors or _countries(memory, i, count)
    if lemma in PERSONS:
        actors = actors or _persons(memory, i, count, deep=True)
    if len(actors) < 2:
        return None
    span = span_of(tree, start, i + 1)
    placed = tuple(replace(a, span=span) for a in actors)
    mention = Mention(start, i + 1, i, placed[0], "description", placed[1:])
    taken_from(memory.draft, mention, "rule:several", f"the {count} named last: {', '.join(a.name for a in placed)}")
    return Found(mention, "people", definite=True)


def _modified(tree: Tree, i: int) -> bool:
    """Whether more than a number says which they are: "the two Arab leaders" may be others."""
    return any(
        tree.dep[k] in ("acl", "acl:relcl", "compound") or (tree.dep[k] == "nmod" and tree.words_of(k, "case") == "of")
        for k in tree.kids[i]
    )


def _count(tree: Tree, i: int) -> tuple[int | None, int]:
    """How many the words before noun I say, and the token at which the phrase begins."""
    for k in tree.kids[i]:
        if k < i and tree.low[k] in NUMBERS:
            return NUMBERS[tree.low[k]], k
    article = any(tree.low[k] in ("the", "these") for k in tree.children(i, "det"))
    bare = not any(tree.dep[k] in ("amod", "nummod", "nmod:poss") for k in tree.kids[i])
    return (2, i) if article and bare and tree.lemma[i] in UNCOUNTED else (None, i)


def _persons(memory: Memory, i: int, count: int, deep: bool = False) -> tuple[Actor, ...]:
    """The COUNT persons named last, where the sentences that name them name no more."""
    found: dict[str, Actor] = {}
    for mentions in memory.recent(i, SENTENCES_BACK):
        for f in mentions:
            if f.nature == "person" and f.named and f.mention.actor.name:
                found.setdefault(f.mention.actor.name, f.mention.actor)
        if len(found) >= count:
            break
    whole = len(found) == count and (deep or len({a.country for a in found.values()}) == count)
    return tuple(found.values()) if whole else ()


def _countries(memory: Memory, i: int, count: int) -> tuple[Actor, ...]:
    """The COUNT countries named together last, else those that the last sentences name, if they name no more."""
    lists = [_coordinated(memory, f) for ms in memory.recent(i, SENTENCES_BACK) for f in reversed(ms)]
    together = next((c for c in lists if len(c) == count), None)
    if together is not None:
        return tuple(_state(memory, c) for c in together)
    barred = own_arguments(memory.tree, i)
    if memory.tree.words_of(i, "case") in DIRECTED:
        barred |= own_arguments(memory.tree, memory.tree.head[i])
    for demonyms in (False, True):
        found: dict[str, None] = {}
        for mentions in memory.recent(i, SENTENCES_BACK):
            for f in mentions:
                if f.mention.head in barred:
                    continue
                if f.mention.kind != "place" and (demonyms or f.mention.kind != "demonym"):
                    found.update(dict.fromkeys(_codes(f)))
            if len(found) >= count:
                break
        if len(found) == count:
            return tuple(_state(memory, code) for code in found)
    return ()


def _coordinated(memory: Memory, found: Found) -> list[str]:
    """The countries of a mention and of those coordinated with it."""
    heads = [found.mention.head, *memory.tree.children(found.mention.head, "conj")]
    if len(heads) < 2 and not found.mention.others:
        return []
    mentions = [m for k in heads if (m := memory.by_token.get(k)) is not None and m.mention.kind != "place"]
    return list(dict.fromkeys(code for m in mentions for code in _codes(m)))


def _codes(found: Found) -> list[str]:
    return [a.country for a in (found.mention.actor, *found.mention.others) if a.country]


def _state(memory: Memory, code: str) -> Actor:
    country = memory.draft.lexicon.compiled(countries.index).by_code.get(code)
    return Actor(country.name if country else code, code, "GOV")
