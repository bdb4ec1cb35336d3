"""Mood in an act's own clause: auxiliaries, adverbs, adjectives, subordinators, questions and inverted conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dragoman.coding.arguments import case_or_mark, children
from dragoman.coding.status.effects import Effect
from dragoman.coding.status.negation import denials
from dragoman.coding.status.tense import WISHES
from dragoman.coding.tokens import Token
from dragoman.lexicon.status_cues import StatusCueRow, StatusIndex

ANY: Final = ("any", "a", "an")
WOULD: Final = ("would", "'d", "’d")
DRAFTS: Final = frozenset({
    "bill", "draft", "motion", "resolution", "amendment", "plan", "proposal", "scheme", "deal", "agreement", "pact",
    "treaty", "accord", "referendum", "text", "measure", "legislation",
})  # fmt: skip
"""What would do something has only been put forward: "a bill that would stop the sale"."""


def modifiers(index: StatusIndex, token: Token, predicate: Token) -> Iterator[Effect]:
    """Cues among the dependents of TOKEN, on which PREDICATE hangs or which it is."""
    inverted = supposed_by_order(token)
    if inverted is not None:
        yield Effect("hypothetical", inverted.i, "grammar:inverted-condition")
        return
    for child in token.children:
        if child == predicate:
            continue
        row = _modifier(index, child)
        if row is not None and child.dep_ not in ("obj", "nsubj", "obl", "conj"):
            yield from _mood(token, child, row)
        if child.dep_ == "mark":
            yield from _subordinator(index, child, token)
        if child.dep_ == "mark" and child.lower_ == "to" and _is_to(token):
            yield Effect("scheduled", child.i, "grammar:be-to")
        if child.dep_ == "case" and (preposition := index.row("preposition", child.lower_, "ADP")):
            yield Effect(preposition.effect, child.i, preposition.id)
    if token.pos_ in ("VERB", "AUX"):
        yield from denials(token)


def _modifier(index: StatusIndex, child: Token) -> StatusCueRow | None:
    """The cue that an auxiliary, adverb, determiner or attribute is; participles count as adjectives ("planned")."""
    if child.dep_ == "amod":
        return index.row("modifier", child.lower_, "ADJ") or index.row("modifier", child.lemma_.lower(), "ADJ")
    return index.row("modifier", child.lemma_.lower(), child.pos_) or index.row(
        "modifier", child.lower_, "PART" if child.dep_ == "advmod" else child.pos_
    )


def _subordinator(index: StatusIndex, mark: Token, verb: Token) -> Iterator[Effect]:
    """ "If", "whether"; "without" before a clause; the "due" of "due to meet", which parses take for one as well."""
    row = index.row("clause", mark.lemma_.lower(), "SCONJ") or index.row("preposition", mark.lower_, "ADP")
    if row is None and mark.pos_ == "ADJ" and verb.i > mark.i:
        row = index.row("complement", mark.lower_, "ADJ")
    if row is not None:
        yield Effect(row.effect, mark.i, row.id)


def _is_to(verb: Token) -> bool:
    """ "The two are to meet": a form of "be" before the infinitive, as auxiliary or as the verb above it."""
    forms = ("is", "are", "was", "were", "'s", "’s", "am")
    if any(c.lower_ in forms for c in children(verb, "aux", "cop")):
        return True
    return verb.dep_ in ("xcomp", "ccomp") and verb.head.lower_ in forms


def auxiliaries(index: StatusIndex, verb: Token) -> Iterator[Effect]:
    """Only the auxiliaries of VERB."""
    for child in children(verb, "aux"):
        if row := index.row("modifier", child.lemma_.lower(), "AUX"):
            yield from _mood(verb, child, row)


def _mood(verb: Token, word: Token, row: StatusCueRow) -> Iterator[Effect]:
    """What ROW makes of VERB at WORD. "Would" is a plain future in what is reported: "said that it would sign".

    Behind a condition, before a perfect and in a relative clause it supposes; of a bill or a draft it proposes.
    """
    if word.lower_ not in WOULD or word.pos_ != "AUX":
        yield Effect(row.effect, word.i, row.id)
        return
    if verb.lemma_ in WISHES:
        return
    top = verb
    while top.dep_ in ("conj", "xcomp") and top.head != top:
        top = top.head
    subjects = [top.head] if top.dep_.endswith("relcl") else children(top, "nsubj", "nsubj:pass")
    if any(s.lemma_.lower() in DRAFTS for s in subjects):
        yield Effect("proposed", word.i, "grammar:draft-would")
    elif conditional(top) or top.dep_.endswith("relcl") or _perfect_or_sooner(verb) or not _reported(top):
        yield Effect(row.effect, word.i, row.id)
    else:
        yield Effect("scheduled", word.i, f"{row.id}:future")


def _reported(verb: Token) -> bool:
    """Whether somebody says what VERB tells: in a clause above or beside it, or before ("He would fly on Monday")."""
    if verb.dep_ not in ("root", "parataxis"):
        return True
    if any(c.lower_ in ("he", "she", "they", "it", "we", "i") for c in children(verb, "nsubj", "nsubj:pass")):
        return True
    return any(c.dep_ == "parataxis" and children(c, "nsubj") for c in verb.children) or (
        verb.dep_ == "parataxis" and any(m.lower_ == "that" for m in children(verb, "mark"))
    )


def _perfect_or_sooner(verb: Token) -> bool:
    return any(c.lower_ == "have" for c in children(verb, "aux")) or any(
        c.lower_ in ("sooner", "rather", "otherwise") for c in children(verb, "advmod")
    )


def conditional(verb: Token) -> bool:
    """Whether VERB's clause stands under a condition: "if", "unless", "in case of", "any raid", an inverted clause."""
    for child in verb.children:
        marks = case_or_mark(child)
        if child.dep_.startswith("advcl") and (marks in ("if", "unless") or supposed_by_order(child)):
            return True
        if child.dep_ == "obl" and marks in ("in case of", "in the event of", "without", "but for"):
            return True
        if child.dep_ in ("nsubj", "nsubj:pass") and (
            any(d.lower_ in ANY for d in children(child, "det")) or supposed_by_order(child)
        ):
            return True
    return False


def supposed_by_order(verb: Token) -> Token | None:
    """The auxiliary that opens an inverted condition: "Should Iran attack", "Had he signed", "Were it to fall"."""
    if in_question(verb) or verb.dep_ == "ccomp":
        return None
    for word in children(verb, "aux", "cop"):
        if word.lower_ not in ("should", "were", "had") or any(c.i < word.i for c in children(verb, "nsubj", "mark")):
            continue
        subject = next((c for c in children(verb, "nsubj", "nsubj:pass") if c.i > word.i), None)
        late = subject is not None and subject.i < verb.i
        bare = verb.pos_ in ("PROPN", "NOUN") and any(c.dep_ == "acl" for c in verb.children)
        if (late and not _before(word)) or (bare and word.i < verb.i and not _before(word)):
            return word
    return None


def _before(word: Token) -> bool:
    """Whether WORD follows what makes an inversion of another kind: "neither had Moscow asked"."""
    previous = word.doc[word.i - 1] if word.i else None
    return previous is not None and previous.lower_ in ("nor", "neither", "so", "never", "only", "as", "than", "not")


def in_question(token: Token) -> bool:
    """Whether TOKEN's sentence is a question outside quotation."""
    ends = (t.text for t in reversed(token.sent.tokens) if not t.is_space and t.text not in ("”", '"', "'", "’", ")"))
    return next(ends, "") == "?"
