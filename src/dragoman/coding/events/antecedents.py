"""Parties that a predicate leaves to the rest of the report: "rejected the appeal", "the talks", "signed as a witness".

Nothing is guessed: the act that is taken up must have been told of in the report, and its parties are taken. What still
lacks what its row asks for is no event.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from dragoman.coding.arguments import children, subjects
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.events.filling import Slot
from dragoman.coding.events.needs import CHECKS, reacted_to
from dragoman.coding.events.predicates import Filled, left_out, mentions_of
from dragoman.coding.tokens import Token
from dragoman.lexicon import act_nouns
from dragoman.lexicon.act_nouns import ActNouns

REACTIONS = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST"})
"""Types that answer an act; what "the move" takes up is none of these."""
RESTRICTING = frozenset({"SANCTION", "COERCE"})
REPEATED = frozenset({"CONSULT", "SANCTION", "ASSAULT", "RETREAT", "CONCEDE", "AID", "COOPERATE", "AGREE"})
"""Types of which a second mention ("he arrived on Monday") goes on about the counterpart of the first."""
DEFINITE = frozenset({"the", "this", "that", "these", "those", "their", "his", "its", "her", "both", "such"})
OFFERS = frozenset({"REQUEST", "AGREE", "THREATEN"})
REACH = 100
"""How many acts back an antecedent is looked for, so that long texts take time in proportion."""
Lent: TypeAlias = tuple[tuple[Mention, ...], Slot]
"""Parties that an earlier act has, and which act by which rule."""
NOBODY: Lent = ((), Slot())


def with_antecedents(draft: Draft, filled: dict[int, Filled]) -> dict[int, Filled]:
    """FILLED with parties that stand in other acts; an act that still lacks what its row needs is left out."""
    found: dict[int, Filled] = {}
    before: list[Filled] = []
    restrictions = [f for i, f in sorted(filled.items()) if f.row.type in RESTRICTING and f.target and not f.wanting]
    for i in sorted(filled):
        f = _completed(draft, filled[i], before[-REACH:], restrictions[-REACH:])
        if f is not None:
            found[i] = f
            before.append(f)
        else:
            left_out(draft, filled[i], "no act told of before has the parties that it lacks", "rule:antecedent")
    return found


def repeats(draft: Draft, filled: dict[int, Filled]) -> dict[int, Filled]:
    """Acts that stand in for the one told before them: "Austria did the same", "Poland followed suit"."""
    found: dict[int, Filled] = {}
    for token in draft.tokens:
        if token.i in filled or token.pos_ not in ("VERB", "AUX") or not _stands_in(token):
            continue
        source = [m for t in subjects(token) for m in mentions_of(draft, t, ("of",))]
        before = [filled[i] for i in sorted(filled) if i < token.i and filled[i].source and not filled[i].wanting]
        if source and before and not _countries(source) & _countries(before[-1].source):
            row = replace(before[-1].row, reciprocal=False)
            slots = (Slot("subj"), Slot("antecedent:did-the-same", before[-1].token.i))
            found[token.i] = Filled(token, row, tuple(source), _implied(before[-1].target), frozenset(), slots=slots)
    return found


def _stands_in(verb: Token) -> bool:
    after = {c.lower_ for c in verb.children if c.i > verb.i}
    if verb.lemma_ == "do":
        return bool(after & {"so", "same", "likewise"})
    return verb.lemma_ == "follow" and "suit" in after


def _completed(draft: Draft, f: Filled, before: Sequence[Filled], restrictions: Sequence[Filled]) -> Filled | None:
    """F with parties from BEFORE (whom a lifted sanction hit: from RESTRICTIONS); None where it isn't complete."""
    if "concluded" in f.row.needs and not f.source:
        parties, slot = _signatories(before)
        f = replace(f, source=_implied(parties), slots=(slot, f.slots[1]))
    if f.token.pos_ == "NOUN" and f.wanting and not f.source:
        f = _renamed(f, before)
    if "agreementin" in f.wanting:
        f = _countersigned(f, before)
    if f.source and not f.target:
        others, slot = _counterparts(draft, f, before, restrictions)
        f = replace(f, target=_implied(others), slots=(f.slots[0], slot))
    return f if f.parties and _complete(draft, f) else None


def _complete(draft: Draft, f: Filled) -> bool:
    """Whether an antecedent has met what was wanting; a need of two is met by any two sides."""
    if not f.wanting:
        return True
    if f.target and f.source:
        return not set(f.wanting) & {"away"} or CHECKS["away"](draft, f)
    return all(CHECKS[need](draft, f) for need in f.wanting)


def _implied(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """MENTIONS as parties that stand elsewhere in the text."""
    return tuple(replace(m, kind="implied", actor=replace(m.actor, span=None)) for m in mentions)


def _slot(rule: str, act: Filled) -> Slot:
    return Slot(f"antecedent:{rule}", act.token.i)


def _signatories(before: Sequence[Filled]) -> Lent:
    earlier = [b for b in before if "concluded" in b.row.needs and b.parties]
    return (earlier[-1].parties, _slot("signatories", earlier[-1])) if earlier else NOBODY


def _renamed(f: Filled, before: Sequence[Filled]) -> Filled:
    """A definite event noun with the parties of the last act of its type: "the war", "their talks"."""
    bare = (
        f.token.dep_ == "nsubj" and "Plur" in f.token.morph.get("Number", []) and not children(f.token, "det", "amod")
    )
    if not bare and not any(c.lower_ in DEFINITE for c in f.token.children):
        return f
    named = [b for b in before if b.row.type == f.row.type and b.source]
    earlier = [b for b in named if b.target or len(b.source) > 1] or named
    if not earlier:
        return f
    slot = _slot("same-act", earlier[-1])
    slots = (slot, f.slots[1] if f.target else slot)
    target = f.target or _implied(earlier[-1].target)
    return replace(f, source=_implied(earlier[-1].source), target=target, slots=slots)


def _countersigned(f: Filled, before: Sequence[Filled]) -> Filled:
    """ "Signed as a witness": whoever puts his name to what others have concluded does it for them."""
    parties, slot = _signatories(before)
    own = {m.actor.country for m in f.source}
    slots = (f.slots[0], slot)
    if not f.source or children(f.token, "obj") or not parties:
        return f
    if own & {m.actor.country for m in parties}:
        return replace(f, target=_implied(_others(parties, own)), wanting=(), slots=slots)
    return replace(f, row=replace(f.row, reciprocal=False), target=_implied(parties), wanting=(), slots=slots)


def _counterparts(draft: Draft, f: Filled, before: Sequence[Filled], restrictions: Sequence[Filled]) -> Lent:
    """Whom F is directed at by what its object takes up; empty where that is not told of."""
    own = {m.actor.country for m in f.source}
    if f.row.type == "CONCEDE" and "restriction" in "".join(f.row.object):
        restricted = [b for b in restrictions if own & _countries(b.source)]
        return (_others(restricted[-1].target, own), _slot("restriction", restricted[-1])) if restricted else NOBODY
    thing = reacted_to(draft, f.token)
    nouns = draft.lexicon.compiled(act_nouns.index)
    answered = _answered(nouns, f, thing, before, own)
    if answered[0]:
        return answered
    if thing is not None and f.row.type in (*REACTIONS, "AGREE"):
        act = _taken_up(nouns, f, thing, before) if _reacts(f) else None
        return (_others(_doers(act), own), _slot("taken-up", act)) if act is not None else NOBODY
    return _again(f, before, own)


def _answered(nouns: ActNouns, f: Filled, thing: Token | None, before: Sequence[Filled], own: set[str | None]) -> Lent:
    """Who has asked, offered or charged what F accepts or refuses."""
    bare = f.row.type == "REJECT" or f.token.lemma_ in ("accept", "comply")
    kinds: Collection[str | None] = OFFERS if bare else ()
    if thing is not None:
        kinds = {nouns.said.get(thing.lemma_.lower())}
    asked = [b for b in before if b.row.type in kinds and own & _countries(b.target) and b.source]
    return (_others(asked[-1].source, own), _slot("answered", asked[-1])) if asked else NOBODY


def _reacts(f: Filled) -> bool:
    return "reaction" in f.row.needs or "concluded" in f.row.needs or f.row.type == "REJECT"


def _taken_up(nouns: ActNouns, f: Filled, thing: Token, before: Sequence[Filled]) -> Filled | None:
    """The last act before F that THING names by its kind or by its own word; None for a pronoun, which names none."""
    earlier = [b for b in before if b.token.i < f.token.i and b.parties]
    named = [b for b in earlier if b.token.lemma_ == thing.lemma_]
    kind = nouns.done.get(thing.lemma_.lower())
    of_kind = [b for b in earlier if b.row.type == kind and (kind != "SUPPORT" or "concluded" in b.row.needs)]
    found = of_kind or named
    return found[-1] if found else None


def _again(f: Filled, before: Sequence[Filled], own: set[str | None]) -> Lent:
    """The counterpart of the last act of the same type by the same side, where F names none: "arrived on Monday"."""
    if f.row.type not in REPEATED or not (f.wanting or f.token.pos_ == "NOUN"):
        return NOBODY
    earlier = [b for b in before if b.row.type == f.row.type and own & _countries(b.parties) - {None}]
    for b in reversed(earlier):
        others = _others(b.parties, own)
        if others:
            return others, _slot("again", b)
    return NOBODY


def _countries(mentions: Iterable[Mention]) -> set[str | None]:
    return {m.actor.country for m in mentions}


def _doers(f: Filled) -> tuple[Mention, ...]:
    return f.parties if f.row.reciprocal or f.mutual or "concluded" in f.row.needs else f.source


def _others(mentions: tuple[Mention, ...], own: set[str | None]) -> tuple[Mention, ...]:
    return tuple(m for m in mentions if m.actor.country not in own)
