"""Acts that are done by saying something about an act: a demand put as "must", a refusal put as "will not".

PLOVER 2.0: a reported refusal is REJECT, its mode that of what is refused; asking and urging, however firm, is REQUEST.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.coding.arguments import children
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.events.filling import Slot
from dragoman.coding.events.predicates import Filled, mentions_of
from dragoman.coding.events.typing import ASKED_MODE
from dragoman.coding.tokens import Token
from dragoman.facts import Statement
from dragoman.lexicon.codebook_types import is_code
from dragoman.lexicon.predicates import PredicateRow

OUGHT = frozenset({"must", "should", "ought", "need", "shall"})
VOLITION = frozenset({"will", "would", "wo", "'ll", "’ll", "'d", "’d"})
NEGATION = frozenset({"not", "n't", "n’t", "never"})
DEMAND = PredicateRow(
    id="modal-demand", pos="VERB", lemmas=("must",), source=("subj",), type="REQUEST", mode="change", cameo="100",
    matches="Russia said that Israel must end the raids.", refuses="Russia said that Israel ended the raids.",
)  # fmt: skip
REFUSABLE = frozenset({"CONCEDE", "RETREAT", "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID"})


def refused(filled: Filled) -> Filled:
    """FILLED as a refusal where its subject says no to a concession or to cooperation; else as it is.

    A refusal is no act of a type of the user's codebook, and who refuses to meet acts alone.
    """
    row = filled.row
    if not filled.source or not refuses(filled.token, row.type):
        return filled
    contexts = tuple(context for context in row.contexts if not is_code(context))
    mode = ASKED_MODE.get(row.type)
    named = f"{row.id}:refused"
    refusal = replace(row, id=named, type="REJECT", mode=mode, cameo="120", contexts=contexts, reciprocal=False)
    names = tuple(slot.name for slot in filled.slots)
    if names == ("obj", "subj"):  # a host refuses a visit, though the visitor would have made it
        filled = replace(filled, source=filled.target, target=filled.source, slots=filled.slots[::-1])
    return replace(filled, row=refusal)


def refuses(token: Token, kind: str) -> bool:
    """Whether TOKEN, an act of type KIND, is said not to be wanted: "will not lift", "will not hold talks"."""
    return kind in REFUSABLE and (_will_not(token) or _not_accepted(token))


def is_speech_act(filled: Filled) -> bool:
    """Whether the frame was made here: then the mood of its verb is in the type already."""
    return filled.row.id == DEMAND.id or filled.row.id.endswith(":refused")


def _not_accepted(verb: Token) -> bool:
    """An acceptance that is denied is a refusal: "has not accepted the offer"."""
    return verb.lemma_ in ("accept", "agree", "comply") and any(
        c.lower_ in NEGATION for c in children(verb, "advmod", "neg")
    )


def _will_not(verb: Token) -> bool:
    if verb.pos_ == "NOUN" and verb.dep_ == "obj":
        verb = verb.head
    auxiliaries = {c.lower_ for c in children(verb, "aux")}
    negated = any(c.lower_ in NEGATION for c in children(verb, "advmod", "neg"))
    return negated and bool(auxiliaries & VOLITION)


def demands(draft: Draft) -> Iterator[Filled]:
    """What speakers say that others must do, each as a request from the speaker to them."""
    for statement in draft.statements:
        speaker = _speaker_mention(draft, statement)
        if speaker is not None and speaker.actor.country:
            for start, end in statement.content:
                yield from _in_content(draft, speaker, start, end)


def _in_content(draft: Draft, speaker: Mention, start: int, end: int) -> Iterator[Filled]:
    span = draft.doc.char_span(start, end, alignment_mode="expand")
    for verb in draft.tokens[span.start : span.end] if span is not None else ():
        if verb.pos_ not in ("VERB", "AUX") or not any(c.lower_ in OUGHT for c in children(verb, "aux")):
            continue
        asked = [m for s in children(verb, "nsubj") for m in mentions_of(draft, s, ("of",))]
        others = [m for m in asked if m.actor.country != speaker.actor.country]
        if others and others == asked:
            yield Filled(verb, DEMAND, (speaker,), tuple(others), frozenset(), slots=(Slot("speaker"), Slot("subj")))


def _speaker_mention(draft: Draft, statement: Statement) -> Mention | None:
    if statement.speaker is None or statement.speaker.span is None:
        return None
    span = draft.doc.char_span(*statement.speaker.span, alignment_mode="expand")
    if span is None or not len(span):
        return None
    root = span.root.i
    return draft.mention_at(draft.tokens[root]) or Mention(span.start, span.end, root, statement.speaker, "description")
