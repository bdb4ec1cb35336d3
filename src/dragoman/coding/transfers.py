"""Transfers: arms, aid, energy and goods that go from a supplier to a recipient, with their count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding import status as statuses
from dragoman.coding.arguments import conjuncts, modifiers, objects, obliques
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.predicates import Filled, fill_best
from dragoman.coding.times import date_for
from dragoman.facts import Actor, Evidence, Transfer
from dragoman.lexicon import predicates

if TYPE_CHECKING:
    from spacy.tokens import Token

TYPES = frozenset({"AID", "COOPERATE"})
ITEM_CLASSES = ("arms", "aid", "trade")
CARRIERS = frozenset({
    "million", "billion", "dozen", "hundred", "thousand", "ton", "tonne", "shipment", "delivery", "package",
})  # fmt: skip
"""Heads that count or wrap the item: "20 tonnes of wheat" is a transfer of wheat."""


def find(draft: Draft) -> tuple[Transfer, ...]:
    """All transfers of the report, in the order of the text."""
    index = draft.lexicon.compiled(predicates.index)
    items = frozenset().union(*(index.classes[name] for name in ITEM_CLASSES))
    found = []
    for token in draft.doc:
        if token.pos_ not in ("VERB", "NOUN"):
            continue
        filled = fill_best(draft, token)
        if filled is not None and filled.row.type in TYPES and filled.row.object:
            found.extend(_transfers(draft, filled, items))
    return tuple(found)


def _transfers(draft: Draft, f: Filled, items: frozenset[str]) -> list[Transfer]:
    supplier, recipient = _first(f.source), _first(f.target)
    if f.row.transfer == "in":
        supplier, recipient = recipient, supplier
    things = [t for nominal in _nominals(f.token) for t in conjuncts(nominal)]
    status = statuses.read(draft.lexicon, f.token).status
    found = []
    for thing in things:
        if thing.lemma_.lower() not in items and thing.lemma_.lower() not in CARRIERS:
            continue
        start, end = thing.left_edge.i, thing.i + 1
        of = next((t for t in obliques(thing, ("of",)) if t.head == thing), None)
        end = of.right_edge.i + 1 if of is not None and of.right_edge.i - thing.i < 8 else end
        while start < thing.i and draft.doc[start].pos_ in ("DET", "PUNCT", "SPACE", "ADP", "CCONJ"):
            start += 1
        low, high = sorted((f.token.i, thing.i))
        evidence = Evidence(*draft.chars(min(low, start), max(high + 1, end)), draft.report.text)
        date = date_for(draft, f.token)
        found.append(
            Transfer(_item(draft, start, end), _count(draft, thing), supplier, recipient, status, (evidence,), date)
        )
    return found


def _nominals(token: Token) -> list[Token]:
    if token.pos_ == "NOUN":
        return [*obliques(token, ("of",)), *(t for t in modifiers(token) if t.dep_ == "compound")]
    return objects(token)


def _first(mentions: tuple[Mention, ...]) -> Actor | None:
    return mentions[0].actor if mentions else None


def _item(draft: Draft, start: int, end: int) -> str:
    words = list(draft.doc[start:end])
    while words and words[0].pos_ == "NUM" and len(words) > 1:
        words.pop(0)
    return draft.doc[words[0].i : words[-1].i + 1].text


def _count(draft: Draft, thing: Token) -> float | None:
    """The number before the item, as the figures have it; None where there is none."""
    start, end = thing.doc[thing.left_edge.i].idx, thing.idx + len(thing)
    return next((f.value for f in draft.figures if start <= f.span[0] < end and f.unit in (None, "")), None)
