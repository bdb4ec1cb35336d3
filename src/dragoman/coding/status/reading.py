"""Whether an act happened: cues on the way from the predicate to its root, mood and tense behind them.

Each cue has a scope and an effect (`lexicon/status_cues.py`, after ConText, Harkema et al. 2009). Effects on one
predicate are joined by taking the least real; two denials cancel each other ("failed to prevent the attack").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from dragoman.coding.arguments import children, governors
from dragoman.coding.status.clause import auxiliaries, in_question, modifiers, supposed_by_order
from dragoman.coding.status.effects import RANK, Effect
from dragoman.coding.status.governing import adverbial, governed, headline_infinitive, presupposed
from dragoman.coding.status.hearsay import asides, told, verdict_on_clause
from dragoman.coding.status.negation import denials, shared
from dragoman.coding.status.tense import by_tense, standing
from dragoman.coding.tokens import Token
from dragoman.facts import Status
from dragoman.lexicon import Lexicon, status_cues
from dragoman.lexicon.status_cues import StatusIndex

VERDICTS = ("grammar:found-false", "grammar:tale-judged", "grammar:no-truth")
"""Denials that another one ("denied as an invention that") does not cancel."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A status and the tokens that gave it; `cues` is empty where tense alone did.

    `promised` tells that some cue put the act into the future, whatever the status of that ("denied a plan to").
    `effects` are all cues that were heard, or the tense alone.
    """

    status: Status
    cues: tuple[int, ...] = ()
    promised: bool = False
    effects: tuple[Effect, ...] = ()


def read(lexicon: Lexicon, token: Token) -> Reading:
    """The status of the act that TOKEN names."""
    index = lexicon.compiled(status_cues.index)
    found = tuple(dict.fromkeys(_effects(index, token)))
    doubts = [effect for effect in found if effect.status == "denied" and effect.rule not in VERDICTS]
    effects = [effect for effect in found if effect not in doubts]
    if len({effect.cue for effect in doubts}) % 2:
        effects.append(doubts[0])
    if effects:
        least = max(effects, key=lambda effect: RANK[effect.status])
        if in_question(token) and least.status in ("scheduled", "proposed"):
            least = Effect("hypothetical", least.cue, "rule:question")
            found = (*found, least)
        promised = any(effect.status in ("scheduled", "proposed") for effect in effects)
        return Reading(cast(Status, least.status), () if least.cue is None else (least.cue,), promised, found)
    tense = standing(token) or by_tense(token)
    return Reading(cast(Status, tense.status), effects=(*found, tense))


def _effects(index: StatusIndex, token: Token) -> Iterator[Effect]:
    """The effects of all cues that govern TOKEN; what stands above "if" or "whether" says nothing."""
    yield from modifiers(index, token, token)
    if token.pos_ in ("VERB", "AUX"):
        yield from asides(index, token)
    if _supposed(index, token):
        return
    for dependent, head in governors(token):
        yield from told(index, dependent, head)
        verdict = verdict_on_clause(index, dependent, head)
        if verdict is not None:
            yield verdict
        if presupposed(index, dependent, head):
            return
        if dependent.dep_ == "acl" and (inverted := supposed_by_order(head)) is not None:
            yield Effect("hypothetical", inverted.i, "grammar:inverted-condition")
            return
        if headline_infinitive(dependent, head):
            yield Effect("scheduled", dependent.i, "tense:infinitive")
        relation = dependent.dep_
        if relation.startswith("advcl"):
            yield from adverbial(index, dependent, head, token)
            return
        if relation == "acl:relcl" and _says_what(dependent):
            relation = "acl"
        if relation.startswith(("acl:relcl", "parataxis", "appos", "csubj")):
            return
        yield from governed(index, dependent, head, token)
        yield from _from_above(index, dependent, head, token, relation)
        if _supposed(index, head):
            return


def _from_above(index: StatusIndex, dependent: Token, head: Token, token: Token, relation: str) -> Iterator[Effect]:
    """Mood and negation that TOKEN takes from the verb HEAD above DEPENDENT."""
    verbal = head.pos_ in ("VERB", "AUX")
    if relation == "conj":
        if not children(dependent, "aux", "nsubj", "mark", "nsubj:pass"):
            yield from auxiliaries(index, head)
            yield from shared(dependent, head)
            if verbal:
                yield from asides(index, head)
    elif verbal and _carries(relation, dependent):
        above = modifiers(index, head, token)
        subject = relation.startswith("nsubj")
        yield from (effect for effect in above if not (subject and effect.rule == "grammar:nobody"))
        yield from asides(index, head)
    elif verbal and relation == "xcomp":
        yield from modifiers(index, head, head)
        yield from asides(index, head)
    elif relation.startswith("obl"):
        yield from auxiliaries(index, head)
        yield from (effect for effect in denials(head) if effect.cue != token.i) if verbal else ()


def _supposed(index: StatusIndex, verb: Token) -> bool:
    """Whether a conditional or interrogative subordinator opens VERB's clause."""
    marks = children(verb, "mark")
    return (
        any(index.row("clause", mark.lemma_.lower(), "SCONJ") for mark in marks) or supposed_by_order(verb) is not None
    )


def _carries(relation: str, dependent: Token) -> bool:
    """Whether a nominal predicate takes mood and negation from the verb it hangs on."""
    return dependent.pos_ in ("NOUN", "PROPN", "ADJ") and relation in ("obj", "nsubj", "nsubj:pass", "xcomp")


def _says_what(clause: Token) -> bool:
    """Whether a clause behind a noun is its content ("the claim that Iraq bombed ..."): "that" is no part of it."""
    return any(m.lower_ == "that" and m.pos_ == "SCONJ" for m in children(clause, "mark"))
