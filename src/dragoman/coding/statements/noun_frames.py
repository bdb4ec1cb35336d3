"""What nouns and adjectives report ("the claim that", "critical of"), and whose claim or view it is."""

from __future__ import annotations

from dragoman.coding.statements.cue_hit import Found, Hit
from dragoman.coding.statements.speakers import subject
from dragoman.coding.statements.verb_frames import prepositional, raised
from dragoman.coding.tree import Tree
from dragoman.terms import BODY_LABELS


def of_noun(tree: Tree, hit: Hit) -> Found | None:
    """What a noun reports: "the claim that ...", "criticism of ..."; None where it reports nothing."""
    for k in tree.kids[hit.head]:
        if k < hit.head or tree.dep[k] not in ("acl", "ccomp", "acl:relcl", "advcl"):
            continue
        if hit.cue.takes("to") and "to" in tree.words_of(k, "mark").split(" ") and tree.dep[k] != "acl:relcl":
            return Found((tree.range(k),), "to")
        if hit.cue.takes("clause") and _is_content(tree, k):
            return Found((tree.range(k),), "clause")
    return prepositional(tree, hit)


def _is_content(tree: Tree, clause: int) -> bool:
    """Whether a clause behind a noun says what is claimed ("the claim that he lied") and not which ("that he made").

    Parses often take the first for a relative clause; it has a subject beside its "that" and lacks no object.
    """
    marks = tree.words_of(clause, "mark").split(" ")
    if "that" in marks or "whether" in marks:
        return True
    subjects = [k for k in tree.children(clause, "nsubj", "nsubj:pass") if tree.low[k] != "that"]
    if not subjects:
        return False
    if tree.dep[clause] == "ccomp":
        return True
    complete = tree.first(clause, "cop", "nsubj:pass", "obj") is not None
    return complete and tree.low[tree.left[clause]] == "that"


def owner(tree: Tree, noun: int) -> int | None:
    """Whose claim it is: "the envoy's claim", "the claim by the envoy", "the envoy repeated the claim"."""
    owner = tree.first(noun, "nmod:poss")
    if owner is not None:
        return owner
    for k in tree.children(noun, "nmod", "obl", "obl:agent"):
        if tree.words_of(k, "case") in ("by", "from", "among"):
            return k
    verb = tree.head[noun]
    if tree.dep[noun] in ("obj", "obl") and tree.pos[verb] == "VERB" and tree.lemma[verb] not in RECEIVING:
        return subject(tree, verb)
    people = ("NORP", *BODY_LABELS, "GPE", "PERSON")
    return next((k for k in tree.children(noun, "amod", "compound") if tree.tokens[k].ent_type_ in people), None)


RECEIVING = frozenset((
    "face", "draw", "receive", "hear", "spark", "prompt", "trigger", "fuel", "deny", "reject", "dismiss", "answer",
    "ignore", "rebut", "refute", "respond", "meet", "attract", "fear", "discuss", "counter", "address", "defy", "be",
    "come",
))  # fmt: skip
"""Verbs whose subject is not the author of the claim that is their object: "faced criticism"."""


def of_adjective(tree: Tree, hit: Hit) -> Found | None:
    """What an adjective reports: "sure that ...", "critical of ..."; None where it reports nothing."""
    if tree.dep[hit.head] == "amod" and tree.head[hit.head] > hit.head:
        return None
    clauses = [
        k for k in tree.kids[hit.head] if k > hit.head and tree.dep[k] in ("ccomp", "advcl", "xcomp", "csubj", "acl")
    ]
    for k in clauses:
        marks = tree.words_of(k, "mark").split(" ")
        if "to" in marks and hit.cue.takes("to"):
            return Found((tree.range(k),), "to")
        if "to" in marks and hit.cue.takes("raise"):
            return raised(tree, hit, k)
        if "to" not in marks and hit.cue.takes("clause") and tree.dep[k] in ("ccomp", "csubj"):
            silent = tree.first(hit.head, "expl") is not None
            return Found((tree.range(k),), "clause", (), silent)
    return prepositional(tree, hit)
