"""Finding reporting cues in a parse, and what each reports, by the frames of its row.

One pass over the tokens looks every lemma up in the table of cues; what stands in a cue's frames is read from its
dependents. Quotations are not looked at here: see `quoting`.
"""

from __future__ import annotations

from dragoman.coding.statements.cue_hit import Found, Hit
from dragoman.coding.statements.noun_frames import of_adjective, of_noun, owner
from dragoman.coding.statements.source_phrases import label, phrase
from dragoman.coding.statements.speakers import agent, holder, subject
from dragoman.coding.statements.verb_frames import of_verb
from dragoman.coding.statements.word_order import closing, nearest
from dragoman.coding.tree import Tree
from dragoman.lexicon.cues import CueIndex, ReportingCue

LONGEST_PHRASE_GAP = 3
"""Tokens within which the next word of a cue must follow: "made it very clear"."""


def hits(tree: Tree, index: CueIndex) -> list[Hit]:
    """All cues of the text in its order, each with what it reports; a verb that may frame a quotation also without."""
    found: list[Hit] = []
    for i in range(len(tree)):
        hit = phrase(tree, i, index) or _lemma(tree, i, index) or label(tree, i, index)
        if hit is not None:
            found.append(hit)
    return found


def _lemma(tree: Tree, i: int, index: CueIndex) -> Hit | None:
    for pos in _parts_of_speech(tree, i):
        lemma = tree.low[i] if pos == "adj" else tree.lemma[i]
        for cue in index.at(pos, lemma) or index.at(pos, lemma + "e") or index.at(pos, lemma.removesuffix("e")):
            tokens = _tokens(tree, i, cue)
            if tokens is None:
                continue
            hit = _complete(tree, Hit(cue, i, tokens))
            if hit is not None:
                return hit
    return None


def _parts_of_speech(tree: Tree, i: int) -> tuple[str, ...]:
    pos = tree.pos[i]
    if pos == "VERB":
        return ("adj", "verb")
    if pos == "ADJ":
        return ("adj",)
    return ("noun",) if pos in ("NOUN", "PROPN") and tree.words[i] == tree.low[i] else ()


def _tokens(tree: Tree, i: int, cue: ReportingCue) -> tuple[int, ...] | None:
    """The tokens of CUE's further words behind token I, or None where they don't follow."""
    tokens = [i]
    for word in cue.cue.split()[1:]:
        at = tokens[-1]
        reach = range(at + 1, min(at + 1 + LONGEST_PHRASE_GAP, len(tree)))
        following = next((j for j in reach if tree.low[j] == word), None)
        if following is None or any(tree.pos[j] not in ("ADV", "PRON", "ADJ") for j in range(at + 1, following)):
            return None
        tokens.append(following)
    return tuple(tokens)


def _complete(tree: Tree, hit: Hit) -> Hit | None:
    """HIT with what it reports and who speaks; None where it reports nothing and can't frame a quotation."""
    finders = {"verb": of_verb, "noun": of_noun, "adj": of_adjective}
    found = finders[hit.cue.pos](tree, hit)
    last = closing(tree, hit, found)
    if last is not None:
        return last
    if found is None:
        if not hit.cue.takes("quote"):
            return None
        found = Found((), "quote")
    speaker = None if found.silent else speaker_of(tree, hit)
    if found.frame == "raise":
        speaker = agent(tree, hit.head) or _to_whom(tree, hit.head)
    tokens = tuple(sorted({*hit.tokens, *found.extra}))
    pieces = found.pieces
    if speaker is None and hit.cue.pos == "verb" and found.frame in ("clause", "quote") and not found.silent:
        speaker, pieces = nearest(tree, hit, pieces)
    return Hit(hit.cue, hit.head, tokens, pieces, found.frame, speaker, found.silent or found.frame == "raise")


def speaker_of(tree: Tree, hit: Hit) -> int | None:
    """The head token of who says, believes or intends it."""
    if hit.cue.pos == "noun":
        return owner(tree, hit.head)
    if hit.cue.pos == "adj":
        return holder(tree, hit.head)
    return subject(tree, hit.head)


def _to_whom(tree: Tree, verb: int) -> int | None:
    """Who has the impression: "to the envoy, it seemed ..."."""
    return next((k for k in tree.children(verb, "obl") if tree.words_of(k, "case") in ("to", "among")), None)
