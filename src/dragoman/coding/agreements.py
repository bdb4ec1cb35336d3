"""Agreements: treaties, accords and the like that the text names or that something is done to, and how far they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dragoman.coding import status as statuses
from dragoman.coding.arguments import case_of, children, conjuncts, governors, modifiers, subjects
from dragoman.coding.draft import Draft
from dragoman.coding.predicates import mentions_of
from dragoman.coding.times import date_for
from dragoman.facts import Actor, Agreement, Evidence, fact_id
from dragoman.lexicon import agreement_steps, predicates

if TYPE_CHECKING:
    from spacy.tokens import Token

GENERIC = frozenset({"text", "document", "documents", "charter", "constitution", "act", "instrument", "framework"})
"""Nouns that name an agreement only with a name or parties of their own."""
PARTY_CASES = ("between", "with", "among", "by")
MAX_NAME_TOKENS = 14
UNREAL = {"denied": "rejected", "hypothetical": "proposed", "proposed": "proposed", "scheduled": "agreed"}
"""What a step not taken says of the agreement: to be signed means that it is agreed, not more."""


def find(draft: Draft) -> tuple[Agreement, ...]:
    """One fact for each agreement and step that the text tells of, in its order."""
    nouns = draft.lexicon.compiled(predicates.index).classes["agreement"]
    steps = draft.lexicon.compiled(agreement_steps.index)
    found = (_agreement(draft, steps, token) for token in draft.doc if _is_agreement(nouns, token))
    return tuple(_unique(a for a in found if a is not None))


def _is_agreement(nouns: frozenset[str], token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in nouns and token.dep_ not in ("compound", "amod")


def _unique(agreements: Iterable[Agreement]) -> Iterator[Agreement]:
    seen: set[tuple[str, str]] = set()
    for agreement in agreements:
        key = (agreement.name.lower(), agreement.status)
        if key not in seen:
            seen.add(key)
            yield agreement


def _agreement(draft: Draft, steps: agreement_steps.Steps, token: Token) -> Agreement | None:
    step, by = _step(draft, steps, token)
    parties = _parties(draft, token, by)
    start, end = _name_tokens(token)
    name = draft.doc[start:end].text
    named = any(
        t.pos_ == "PROPN" or t.text[:1].isupper() for t in draft.doc[start:end] if t.i > start or t.i == token.i
    )
    if not named and len(parties) < 2 and (step == "mentioned" or token.lemma_.lower() in GENERIC):
        return None
    left = min(start, by.i) if by is not None and by.sent == token.sent else start
    right = max(end, by.i + 1) if by is not None and by.sent == token.sent else end
    evidence = Evidence(*draft.chars(left, right), draft.report.text)
    ident = fact_id(draft.report.id, "agreement", *draft.chars(start, end), step)
    return Agreement(ident, name, parties, step, (evidence,), date_for(draft, by if by is not None else token))


def _step(draft: Draft, steps: agreement_steps.Steps, token: Token) -> tuple[str, Token | None]:
    """The status, and the word that tells it: a verb above the noun, a noun before it, or an adjective of it."""
    for child in children(token, "amod", "acl"):
        if step := steps.get(child.lemma_.lower()):
            return _real(draft, child, step), child
    for dependent, head in governors(token):
        if dependent.dep_ not in ("obj", "nsubj:pass", "nsubj", "obl", "nmod", "conj", "xcomp", "compound"):
            break
        if (step := steps.get(head.lemma_.lower())) and head.pos_ in ("VERB", "NOUN"):
            return _real(draft, head, step), head
        if head.pos_ in ("VERB", "AUX"):
            break
    return "mentioned", None


def _real(draft: Draft, word: Token, step: str) -> str:
    return UNREAL.get(statuses.read(draft.lexicon, word).status, step)


def _parties(draft: Draft, token: Token, by: Token | None) -> tuple[Actor, ...]:
    """Who concludes it: possessors and "between" phrases of the noun, subject and "with" phrases of the verb."""
    nominals = [t for t in modifiers(token) if t.dep_ != "amod" or draft.mention_at(t)]
    nominals += [t for t in children(token, "nmod") if case_of(t) in PARTY_CASES]
    if by is not None and by.pos_ == "VERB":
        nominals += subjects(by) + [t for t in children(by, "obl", "obl:agent") if case_of(t) in PARTY_CASES]
    actors: dict[str, Actor] = {}
    for nominal in nominals:
        for part in conjuncts(nominal):
            for mention in mentions_of(draft, part, ("of",), demonyms=True):
                actors.setdefault(mention.actor.country or mention.actor.name, mention.actor)
    return tuple(actors.values())


def _name_tokens(token: Token) -> tuple[int, int]:
    """The noun phrase that names the agreement: compounds and adjectives before, "of" and "on" phrases behind."""
    start = min([token.i, *(c.left_edge.i for c in children(token, "compound", "amod", "nmod:desc", "nmod:poss"))])
    tails = [c for c in children(token, "nmod", "nummod", "flat", "appos", "dep") if _names(c)]
    end = max([token.i + 1, *(c.right_edge.i + 1 for c in tails if c.right_edge.i - token.i < MAX_NAME_TOKENS)])
    return start, end


def _names(child: Token) -> bool:
    return child.dep_ in ("flat", "nummod") or (
        child.dep_ == "nmod" and case_of(child) in ("of", "on", "for", "concerning")
    )
