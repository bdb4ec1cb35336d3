"""Parties that a predicate leaves to the text before it: "rejected the appeal", "lifted sanctions", "signed it".

Nothing is guessed: the act that the object takes up must have been told of in the report, and its parties are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.draft import Draft, Mention
from dragoman.coding.predicates import Filled, reacted_to

REACTIONS = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST"})
"""Types that answer an act; what "the move" takes up is none of these."""
ANSWERED = {
    "appeal": "REQUEST", "request": "REQUEST", "demand": "REQUEST", "call": "REQUEST", "accusation": "ACCUSE",
    "charge": "ACCUSE", "allegation": "ACCUSE", "criticism": "ACCUSE", "offer": "AGREE", "proposal": "AGREE",
    "invitation": "AGREE", "threat": "THREATEN", "warning": "THREATEN", "ultimatum": "THREATEN",
}  # fmt: skip
"""Nouns for what is said to somebody, and the type of the act that said it."""
RESTRICTING = frozenset({"SANCTION", "COERCE"})


def with_antecedents(draft: Draft, filled: dict[int, Filled]) -> dict[int, Filled]:
    """FILLED with parties that stand in an earlier act; a conclusion of which nobody is known is left out."""
    found: dict[int, Filled] = {}
    for i in sorted(filled):
        f = filled[i]
        before = [found[j] for j in found]
        if "concluded" in f.row.needs and not f.source:
            f = replace(f, source=_signatories(before))
            if not f.parties:
                continue
        if not f.target and f.source:
            f = replace(f, target=_counterparts(draft, f, before))
        found[i] = f
    return found


def _signatories(before: Sequence[Filled]) -> tuple[Mention, ...]:
    earlier = [b for b in before if "concluded" in b.row.needs and b.parties]
    return earlier[-1].parties if earlier else ()


def _counterparts(draft: Draft, f: Filled, before: Sequence[Filled]) -> tuple[Mention, ...]:
    """Whom F is directed at by what its object takes up; empty where that is not told of."""
    own = {m.actor.country for m in f.source}
    if f.row.type == "CONCEDE" and "restriction" in "".join(f.row.object):
        restricted = [b for b in before if b.row.type in RESTRICTING and own & {m.actor.country for m in b.source}]
        return _others(restricted[-1].target, own) if restricted else ()
    thing = reacted_to(draft, f.token)
    if thing is None or f.row.type not in REACTIONS:
        return ()
    said = ANSWERED.get(thing.lemma_.lower())
    to_us = [b for b in before if b.row.type == said and own & {m.actor.country for m in b.target}]
    if to_us:
        return _others(to_us[-1].source, own)
    if "reaction" not in f.row.needs and f.row.type != "REJECT":
        return ()
    named = [b for b in before if b.token.lemma_ == thing.lemma_]
    acts = [b for b in before if b.row.type not in REACTIONS or "concluded" in b.row.needs]
    return _others(tuple(m for b in (named or acts)[-1:] for m in _doers(b)), own)


def _doers(f: Filled) -> tuple[Mention, ...]:
    return f.parties if f.row.reciprocal or f.mutual else f.source


def _others(mentions: tuple[Mention, ...], own: set[str | None]) -> tuple[Mention, ...]:
    return tuple(m for m in mentions if m.actor.country not in own)
