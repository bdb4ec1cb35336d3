"""Finding the predicates of a text: the row of the table that a word's phrase, object and actors fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dragoman.coding import arguments
from dragoman.coding.arguments import case_of, children, conjuncts, modifiers
from dragoman.coding.draft import Draft
from dragoman.coding.events.filling import Filled, fill_row, mentions_of
from dragoman.coding.events.needs import BODY_SECTORS, CHECKS, reacted_to, takes_up
from dragoman.coding.tokens import Token
from dragoman.lexicon import predicates
from dragoman.lexicon.predicates import Frame, PredicateIndex, PredicateRow

__all__ = [
    "Filled",
    "fill_best",
    "fill_loose",
    "frame_of",
    "left_out",
    "mentions_of",
    "objects_of",
    "reacted_to",
    "takes_up",
]

PHRASE_REACH = 6
"""Words after a verb within which the rest of a multiword verb must stand."""


RECOVERABLE = frozenset({
    "target", "both", "parties", "two", "target2", "away", "reaction", "agreementin", "with", "actorobj", "objto",
})  # fmt: skip
"""Needs that an earlier act of the report may meet ("the talks", "he arrived on Monday")."""


def fill_best(draft: Draft, token: Token) -> Filled | None:
    """TOKEN's most specific frame whose needs are met, or None where it is no predicate of the tables."""
    return next((f for f in _candidates(draft, token) if not f.wanting), None)


def fill_loose(draft: Draft, token: Token) -> Filled | None:
    """As `fill_best`; where no frame's needs are met, the first whose `wanting` needs an earlier act could meet."""
    candidates: list[Filled] = []
    for f in _candidates(draft, token):
        if not f.wanting:
            return f
        candidates.append(f)
    found = next((f for f in candidates if RECOVERABLE.issuperset(f.wanting)), None)
    if draft.trace is not None and candidates and found is None:
        nearest = min(candidates, key=lambda f: len(f.wanting))
        left_out(draft, nearest, f"its row asks for {' and '.join(nearest.wanting)}, which nothing here meets")
    return found


def left_out(draft: Draft, filled: Filled, why: str, rule: str | None = None) -> None:
    """Tell the trace, if there is one, WHY a filled frame became no event; RULE, else the frame's row, decided it."""
    if draft.trace is not None:
        token = filled.token
        word = (token.idx, token.idx + len(token))
        draft.trace.leave_out(token.i, word, rule or f"predicates:{filled.row.id}", why)


def _candidates(draft: Draft, token: Token) -> Iterator[Filled]:
    """TOKEN's frames, filled, with the needs that are not met; the more specific first."""
    index = draft.lexicon.compiled(predicates.index)
    frames = _frames(index, token, "VERB" if token.pos_ == "AUX" else token.pos_)
    around = _around(token) if any(frame.words for frame in frames) else {}
    for frame in frames:
        words = _phrase(frame, around)
        if words is None or not _object_fits(draft, frame, token):
            continue
        filled = fill_row(draft, frame.row, token, index, words)
        wanting = tuple(need for need in frame.row.needs if not CHECKS[need](draft, filled))
        if not filled.parties and "concluded" not in frame.row.needs:
            wanting = (*wanting, "parties")
        yield replace(filled, wanting=wanting) if wanting else filled


def frame_of(draft: Draft, token: Token) -> PredicateRow | None:
    """The row that TOKEN's words and object fit and whose needs are met best; the more specific of equals."""
    best = min(_candidates(draft, token), key=lambda f: len(f.wanting), default=None)
    return best.row if best is not None else None


def objects_of(draft: Draft, filled: Filled) -> list[Token]:
    """The nominals by which FILLED has the object that its row asks for; none where the row asks for none."""
    token, ident = filled.token, filled.row.id.removesuffix(":refused")
    index = draft.lexicon.compiled(predicates.index)
    frames = _frames(index, token, "VERB" if token.pos_ == "AUX" else token.pos_)
    fitting = (f for f in frames if f.row.id == ident and f.objects is not None)
    return next((_class_objects(draft, frame, token) for frame in fitting), [])


def _frames(index: PredicateIndex, token: Token, pos: str) -> tuple[Frame, ...]:
    lemma = token.lemma_.lower()
    if pos == "PROPN":
        return ()
    if pos == "VERB" and arguments.is_stative(token) and (found := index.frames.get((token.lower_, "ADJ"))):
        return found
    if pos == "ADJ" and (found := index.frames.get((lemma, "ADJ"))):
        return found
    return index.frames.get((lemma, pos), ()) or (index.frames.get((token.lower_, pos), ()))


def _phrase(frame: Frame, around: Mapping[str, int]) -> frozenset[int] | None:
    """Tokens of the rest of a multiword lemma; empty for a single word; None where it does not stand AROUND."""
    if all(word in around for word in frame.words):
        return frozenset(around[word] for word in frame.words)
    return None


def _around(token: Token) -> dict[str, int]:
    """Words and lemmas that may be the rest of a multiword lemma of TOKEN, with their tokens."""
    doc = token.doc
    if token.pos_ == "NOUN":
        around = [t for t in doc[max(0, token.i - 3) : token.i] if t.text != "-"]
    else:
        around = [t for t in doc[token.i + 1 : token.i + 1 + PHRASE_REACH] if t.head == token or t.head.head == token]
        around = [t for t in around if t.dep_ != "case" or not _is_preposition(t, token)]
    return {t.lemma_.lower(): t.i for t in around} | {t.lower_: t.i for t in around}


def _is_preposition(word: Token, verb: Token) -> bool:
    """Whether "in" or "on" only opens a phrase of place and is no particle: "fought on the river" is no "fight on"."""
    return word.lower_ == "on" or (word.lower_ == "in" and word.i > verb.i + 1)


def _object_fits(draft: Draft, frame: Frame, token: Token) -> bool:
    if frame.objects is None:
        return True
    return bool(_class_objects(draft, frame, token))


def _class_objects(draft: Draft, frame: Frame, token: Token) -> list[Token]:
    """The nominals that meet the frame's object class."""
    assert frame.objects is not None
    if token.pos_ == "NOUN":
        around = [*modifiers(token), *(t for t in children(token, "nmod") if case_of(t) in ("of", "on"))]
    else:
        around = [*arguments.objects(token), *arguments.obliques(token, ("of", "from", "on"))[:1]]
        if frame.row.first and len(frame.row.target) == 1:  # a phrase of the user's with its own preposition
            around += arguments.obliques(token, frame.row.target)
        around += children(token, "obj") if arguments.is_passive(token) else []
        around += [t for t in children(token, "xcomp") if t.pos_ in ("NOUN", "PROPN", "ADJ")]
        if token.dep_ in ("acl", "acl:relcl") and token.head in around:
            around += _wrappers(token.head)
    if frame.row.needs and "concluded" in frame.row.needs and token.pos_ == "VERB":
        around += [t for t in arguments.objects(token) if t.lower_ in ("it", "them")]
        if any(t.lower_ in ("it", "them") for t in around):
            return around
    heads = [t for nominal in around for t in conjuncts(nominal)]
    if "@body" in frame.objects:
        return [t for t in heads if (m := draft.mention_at(t)) and m.actor.sector in BODY_SECTORS]
    return [t for t in heads if t.lemma_.lower() in frame.objects or _compound_lemma(t) in frame.objects]


def _wrappers(noun: Token) -> list[Token]:
    """The nouns that NOUN is part of: a relative clause may mean them, "the ban on sales that he imposed"."""
    found: list[Token] = []
    while noun.dep_ in ("nmod", "obl", "appos") and noun.head.pos_ == "NOUN" and len(found) < 3:
        noun = noun.head
        found.append(noun)
    return found


def _compound_lemma(token: Token) -> str:
    before = [c for c in token.children if c.dep_ in ("compound", "amod") and c.i == token.i - 1]
    return f"{before[0].lemma_.lower()} {token.lemma_.lower()}" if before else ""
