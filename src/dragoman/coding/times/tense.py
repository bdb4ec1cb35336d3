"""Which way a time without a year or week looks from the report's day: back, ahead, or not said.

By the governing verb where there is a parse; by the nearest verb-like words where there is none.
"""

from __future__ import annotations

from typing import Final

from dragoman.coding.atoms import word_set
from dragoman.coding.tokens import Token

FUTURE_WORDS: Final = word_set(
    "will 'll ’ll wo shall upcoming scheduled due expected expects plans plan slated intends intend going until"
)
PAST_WORDS: Final = word_set(
    "was were had did has have been said told met held began came went took made left gave got won lost fell rose saw "
    "found sent put kept brought fought hit led shot spoke struck flew broke became ran drew grew knew stood sought"
)
_FUTURE_AUX: Final = word_set("will 'll ’ll wo shall would may might could can ca should must")
FUTURE_VERBS: Final = word_set("schedule plan expect postpone slate extend prepare intend await")
"""Lemmas of verbs whose times lie ahead even when they are told as past: "scheduled talks for Friday"."""
SAYING: Final = frozenset({"say", "tell", "announce", "add", "declare", "state", "report", "confirm"})
_LEADS: Final = frozenset({"on", "early", "late", "in", "the", "here", "this", "last"})
NEAR: Final = 3
_STOPS: Final = word_set(". ; ! ? \n\n")
LEFT_REACH: Final = 14
RIGHT_REACH: Final = 8
CLIMB: Final = 12
"""Tokens looked at on either side, and steps up the tree: a clause's length, bounded."""


def direction(token: Token) -> int:
    """-1 for the past, 1 for the future, 0 where TOKEN's clause says neither."""
    return _by_parse(token) if token.pos_ and token.dep_ else _by_words(token)


def saying_before(top: Token) -> Token | None:
    """The verb of saying right before a time: "officials said Tuesday" has its day by place, however it is parsed."""
    at = top.i - 1
    while at > 0 and top.i - at <= NEAR and top.doc[at].lower_ in _LEADS:
        at -= 1
    here = top.doc[at] if at >= 0 else None
    return here if here is not None and here.pos_ == "VERB" and here.lemma_ in SAYING else None


def of_predicate(token: Token) -> int:
    """The same for TOKEN as a predicate: a verb, or a noun that stands for a happening."""
    if not token.pos_ or not token.dep_:
        return _by_words(token)
    verb = token
    for _ in range(CLIMB):
        found = _of_verb(verb) if verb.pos_ in ("VERB", "AUX") else _of_root(verb)
        if found or verb.head.i == verb.i or (verb.pos_ == "VERB" and verb.dep_ not in ("xcomp", "conj")):
            return found
        verb = verb.head
    return 0


def _by_parse(token: Token) -> int:
    if token.dep_ in ("nmod:poss", "compound", "amod"):
        return 0
    if any(child.dep_ == "case" and child.lower_ in ("until", "till") for child in token.children):
        return 1
    if (said := saying_before(token)) is not None and (found := _of_verb(said)):
        return found
    verb = token
    for _ in range(CLIMB):
        if verb.pos_ in ("VERB", "AUX") and verb.i != token.i:
            found = _of_verb(verb)
            if found or verb.head.i == verb.i or verb.dep_ not in ("xcomp", "conj", "aux", "cop"):
                return found
        if verb.head.i == verb.i:
            break
        verb = verb.head
    return _of_root(verb)


def _of_root(root: Token) -> int:
    """The tense of a nominal root, which its copula or auxiliary carries."""
    for child in root.children:
        if child.dep_ in ("cop", "aux", "aux:pass"):
            found = _of_verb(child)
            if found:
                return found
    return 0


def _of_verb(verb: Token) -> int:
    aux = [child for child in verb.children if child.dep_ in ("aux", "aux:pass", "cop")]
    words = {child.lower_ for child in aux}
    if words & _FUTURE_AUX or verb.lower_ in _FUTURE_AUX:
        return 1
    if verb.lemma_ in FUTURE_VERBS:
        return 1
    if any(child.dep_ == "mark" and child.lower_ == "to" for child in verb.children):
        return _of_verb(verb.head) if verb.dep_ == "advcl" and verb.head.i < verb.i else 1
    if "Past" in verb.morph.get("Tense", []) and (
        not aux or words & PAST_WORDS or "Fin" in verb.morph.get("VerbForm", [])
    ):
        return -1
    if any("Past" in child.morph.get("Tense", []) for child in aux):
        return -1
    if "Ger" in verb.morph.get("VerbForm", []) or (
        "Pres" in verb.morph.get("Tense", []) and "Part" in verb.morph.get("VerbForm", [])
    ):
        return 1 if aux else 0
    return 0


def _by_words(token: Token) -> int:
    doc = token.doc
    for step in range(1, LEFT_REACH + 1):
        at = token.i - step
        if at < 0 or doc[at].lower_ in _STOPS:
            break
        found = _of_word(doc[at])
        if found:
            return found
    for step in range(1, RIGHT_REACH + 1):
        at = token.i + step
        if at >= len(doc) or doc[at].lower_ in _STOPS:
            break
        found = _of_word(doc[at])
        if found:
            return found
    return 0


def _of_word(token: Token) -> int:
    word = token.lower_
    if word in FUTURE_WORDS:
        return 1
    if token.i and token.doc[token.i - 1].lower_ == "be":
        return 0
    if word in PAST_WORDS or (word.endswith("ed") and len(word) > 4 and not token.text.istitle()):
        return -1
    return 0
