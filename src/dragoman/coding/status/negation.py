"""Denials that stand in an act's own clause: at its subject, at its object, before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dragoman.coding.arguments import case_of, children
from dragoman.coding.status.effects import Effect
from dragoman.coding.tokens import Token

NOBODY: Final = frozenset({"no", "none", "nobody", "neither", "nothing", "nowhere"})
NOT_DENIED: Final = frozenset({
    "doubt", "time", "secret", "attempt", "effort", "bones", "choice", "option", "alternative", "matter", "wonder",
    "fewer", "less", "trouble", "difficulty", "illusion", "terms", "expense", "mistake", "mean", "means", "further",
    "objection", "warning",
})  # fmt: skip
"""Nouns with "no" that deny nothing of the verb: "lost no time", "made no secret of", "in no uncertain terms"."""
PARTIES: Final = ("nsubj", "nsubj:pass", "obj", "iobj")
CASES: Final = frozenset({"", "for", "of", "to", "at", "on", "in", "from", "against", "by"})
"""Prepositions through which "no" reaches the verb: "asked for no loan"; "with no delay" is not among them."""


def denials(token: Token) -> Iterator[Effect]:
    """Denials among the dependents of the verb TOKEN."""
    for child in token.children:
        if child.dep_ in PARTIES or (child.dep_ in ("obl", "obl:agent") and case_of(child) in CASES):
            yield from nobody(child)
        elif (
            child.pos_ == "CCONJ"
            and child.dep_ in ("cc", "cc:preconj", "advmod")
            and child.lower_ in ("neither", "nor")
        ):
            yield Effect("denied", child.i, "grammar:neither-nor")
        elif child.dep_ == "advmod" and child.lower_ in ("longer", "more") and _no(child):
            yield Effect("denied", child.i, "grammar:no-longer")


def nobody(nominal: Token) -> Iterator[Effect]:
    """ "No leader has visited", "none of them signed", "neither Rome nor Vienna", "held no talks", "not one man"."""
    if nominal.lemma_.lower() in NOT_DENIED or nominal.lower_ in NOT_DENIED:
        return
    for word in (nominal, *children(nominal, "det", "advmod", "cc:preconj", "nummod", "amod")):
        quantity = word.lower_ == "not" and _counts_one(nominal)
        more = word.lower_ == "more" and _no(word) and not _compares(word)
        if quantity or more or (word.lower_ in NOBODY and word.dep_ != "nummod" and word.pos_ != "INTJ"):
            yield Effect("denied", word.i, "grammar:nobody")
            return


def _counts_one(nominal: Token) -> bool:
    """ "Not one soldier", "not a shot"; "not only the army" denies nothing."""
    return any(c.lower_ in ("one", "a", "an", "single", "any") for c in nominal.children)


def _no(word: Token) -> bool:
    return any(c.lower_ == "no" for c in word.children)


def _compares(more: Token) -> bool:
    """ "No more than a handful" denies nothing."""
    return more.i + 1 < len(more.doc) and more.doc[more.i + 1].lower_ == "than"


def shared(dependent: Token, head: Token) -> Iterator[Effect]:
    """A denial of HEAD that a verb coordinated by "or" has with it: "did not search or seal the hall"."""
    if children(dependent, "aux", "nsubj", "nsubj:pass") or not any(
        c.lower_ == "or" for c in children(dependent, "cc")
    ):
        return
    for word in children(head, "advmod"):
        if word.lower_ in ("not", "n't", "n’t", "never"):
            yield Effect("denied", word.i, "grammar:neither-nor")
