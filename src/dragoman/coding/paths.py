"""How two words hang together in the parse, in words: "subject of “agreed”, which “sign” completes".

A path is written from the predicate: relations that lead up to a common word, each before `<`, then those that lead
down from there, joined by `>`. `nsubj` is the predicate's own subject, `xcomp<nsubj` that of the verb it completes,
`obj>nmod` a phrase inside its object.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from dragoman.coding.arguments import case_of
from dragoman.coding.tokens import Token

MAX_CLIMB: Final = 40
"""Heads that are climbed from either word."""

STANDS: Final = MappingProxyType({
    "nsubj": "subject of", "nsubj:outer": "subject of", "nsubj:pass": "subject of the passive",
    "obl:agent": "agent of the passive", "obj": "object of", "iobj": "indirect object of",
    "nmod:poss": "possessor of", "amod": "adjective of", "compound": "before", "nmod:desc": "before",
    "appos": "in apposition to", "flat": "part of the name", "conj": "coordinated with",
    "xcomp": "complement of", "ccomp": "clause under", "acl": "clause of", "acl:relcl": "relative clause of",
    "advcl": "clause beside", "advmod": "adverb of", "det": "determiner of",
})  # fmt: skip
"""What a word is to the one above it; other relations are named as they are."""

HANGS: Final = MappingProxyType({
    "xcomp": "which “{}” completes", "ccomp": "under which “{}” stands", "conj": "with which “{}” is coordinated",
    "advcl": "beside which “{}” stands", "parataxis": "beside which “{}” stands",
    "acl": "which “{}” modifies", "acl:relcl": "of which the clause of “{}” tells", "amod": "which “{}” modifies",
    "obj": "of which “{}” is the object", "nsubj": "of which “{}” is the subject",
    "nsubj:pass": "of which “{}” is the subject", "obl": "on which “{}” hangs", "nmod": "on which “{}” hangs",
})  # fmt: skip
"""How a predicate hangs on the word above it, which lends it an argument."""


def path(predicate: Token, nominal: Token) -> tuple[tuple[str, ...], tuple[Token, ...]] | None:
    """Relations up from PREDICATE, and the words down from there to NOMINAL; None where no path joins them."""
    below: list[Token] = [nominal]
    while below[-1].head.i != below[-1].i and len(below) < MAX_CLIMB:
        below.append(below[-1].head)
    places = {token.i: n for n, token in enumerate(below)}
    here = predicate
    ups: list[str] = []
    while here.i not in places:
        if here.head.i == here.i or len(ups) > MAX_CLIMB:
            return None
        ups.append(here.dep_)
        here = here.head
    return tuple(ups), tuple(reversed(below[: places[here.i] + 1]))


def described(predicate: Token, nominal: Token) -> tuple[str, str]:
    """(rule, words) for the path between PREDICATE and NOMINAL."""
    found = path(predicate, nominal)
    if found is None:
        return "parse:none", f"in another sentence than “{predicate.text}”"
    ups, (top, *downs) = found
    rule = "parse:" + "".join(f"{up}<" for up in ups) + ">".join(token.dep_ for token in downs)
    hang = HANGS.get(ups[-1], f"above “{{}}” ({ups[-1]})").format(predicate.text) if ups else ""
    if not downs:
        return rule, (f"the word {hang.removeprefix(', ')}" if ups else "the word itself")
    first = downs[0]
    where = f"after “{case_of(first)}” under" if first.dep_ in ("obl", "nmod") and case_of(first) else None
    where = where or STANDS.get(first.dep_, f"{first.dep_} of")
    inside = "inside the phrase that is " if len(downs) > 1 else ""
    return rule, f"{inside}{where} “{top.text}”" + (f", {hang}" if hang else "")
