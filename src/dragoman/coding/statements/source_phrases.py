"""Cues that are no verb, noun or adjective of their own: "according to", "reportedly", a headline's "Minister: ..."."""

from __future__ import annotations

from dragoman.coding.statements.cue_hit import Hit
from dragoman.coding.statements.word_order import NOMINAL, QUOTE_OPENERS
from dragoman.coding.tree import Tree, subtract
from dragoman.lexicon.cues import CueIndex, ReportingCue
from dragoman.terms import BODY_LABELS

INSIDE_NOUN_PHRASE = frozenset(("det", "amod", "compound", "nmod:poss", "nummod", "flat", "nmod", "case", "appos"))
MAX_CLIMB = 12
"""Heads that are climbed from a source to its clause."""


def phrase(tree: Tree, i: int, index: CueIndex) -> Hit | None:
    """The cue whose words start at token I, if any, with its source and what that says."""
    for cue in index.phrases.get(tree.low[i], ()):
        words = cue.cue.split()
        if tree.low[i : i + len(words)] != words or cue.takes("label"):
            continue
        if cue.takes("raise"):
            return _hearsay(tree, cue, i)
        if tree.pos[i] not in NOMINAL:
            return _source_phrase(tree, cue, i, i + len(words))
    return None


def _hearsay(tree: Tree, cue: ReportingCue, i: int) -> Hit | None:
    """The clause that "reportedly" stands in, and nobody who says it."""
    above = tree.head[i]
    if above == i:
        return None
    return Hit(cue, i, (i,), tuple(subtract(tree.range(above), (i, i))), "raise", None, True)


def label(tree: Tree, i: int, index: CueIndex) -> Hit | None:
    """A speaker's name and a colon that open a paragraph, and the rest of it: "Minister: no deal before May"."""
    rows = index.phrases.get(":", ()) if tree.low[i] == ":" else ()
    if not rows or i + 2 >= len(tree) or tree.end[i] == tree.start[i + 1]:
        return None
    first = _paragraph_start(tree, i)
    if first is None or not tree.words[first][:1].isupper() or not _names_speaker(tree, first, i - 1):
        return None
    last = i + 1
    while last + 1 < len(tree) and "\n" not in tree.words[last + 1]:
        last += 1
    noun = _head_within(tree, first, i - 1)
    return Hit(rows[0], i, (i,), ((i + 1, last),), "label", noun) if last > i + LEAST_LABELLED else None


def _paragraph_start(tree: Tree, colon: int) -> int | None:
    """The first token of the paragraph that COLON's label opens; None where it stands too deep in it."""
    for i in range(colon - 1, max(-1, colon - LONGEST_LABEL - 1), -1):
        if "\n" in tree.words[i]:
            return i + 1 if i + 1 < colon else None
        if tree.pos[i] in ("VERB", "AUX") and not tree.words[i].isupper():
            return None
        if tree.low[i] in QUOTE_OPENERS or tree.low[i] in (".", ","):
            return None
    return 0 if colon <= LONGEST_LABEL else None


def _names_speaker(tree: Tree, first: int, last: int) -> bool:
    """Whether a label ends with a name or with one who speaks by trade, or is a transcript's capitals."""
    tokens = tree.tokens
    if tokens[last].ent_type_ in ("PERSON", *BODY_LABELS, "GPE", "NORP"):
        return True
    if all(tree.words[i].isupper() for i in range(first, last + 1)) and len(tree.words[last]) > 2:
        return last - first < 4
    return tree.lemma[last] in SPEAKERS or tree.low[last] in SPEAKERS


def _head_within(tree: Tree, first: int, last: int) -> int:
    for i in range(first, last + 1):
        if not first <= tree.head[i] <= last or tree.head[i] == i:
            return i
    return last


LONGEST_LABEL = 10
"""Tokens of the longest label before a colon."""
LEAST_LABELLED = 3
"""Tokens that must follow a label's colon."""
SPEAKERS = frozenset((
    "minister", "president", "official", "officials", "spokesman", "spokeswoman", "poll", "survey", "study",
    "report", "police", "army", "envoy", "ambassador", "chief", "leader", "source", "sources", "witness",
    "witnesses", "senator", "aide", "aides", "expert", "experts", "analyst", "analysts", "lawyer", "judge",
    "general",
))  # fmt: skip
"""Nouns of those whose words follow a label's colon."""


def _source_phrase(tree: Tree, cue: ReportingCue, first: int, behind: int) -> Hit | None:
    """The noun behind "according to", who speaks, and the clause around both, which is what it says."""
    if behind >= len(tree):
        return None
    source = _noun_behind(tree, first, behind)
    if source is None:
        return None
    tokens = tuple(range(first, behind))
    hole = (min(first, tree.left[source]), tree.right[source])
    clause = _clause_around(tree, source, first)
    if clause is not None and (_parted(tree, first - 1) or tree.sentences[tree.sentence[first]][0] == first):
        clause = tree.root(clause)
    if clause is None:
        return Hit(cue, first, tokens, (), "quote", source)
    return Hit(cue, first, tokens, tuple(subtract(tree.range(clause), hole)), "clause", source)


def _noun_behind(tree: Tree, first: int, behind: int) -> int | None:
    """The head of the noun phrase that the phrase's last word leads in, within the sentence."""
    sentence = tree.sentence[first]
    at = behind
    for lead in (first, behind - 1):
        above = tree.head[lead]
        if tree.dep[lead] == "case" and above >= behind and tree.sentence[above] == sentence:
            return above
    for _ in range(MAX_CLIMB):
        above = tree.head[at]
        if above <= at or tree.dep[at] not in INSIDE_NOUN_PHRASE or tree.sentence[above] != sentence:
            break
        at = above
    return None if tree.is_mark(at) or tree.sentence[at] != sentence else at


def _parted(tree: Tree, i: int) -> bool:
    return i >= 0 and tree.low[i] in (",", "-", "--", "–", "—", "(")


def _clause_around(tree: Tree, source: int, first: int) -> int | None:
    at = source
    for _ in range(MAX_CLIMB):
        above = tree.head[at]
        if above == at:
            return None if at == source else at
        at = above
        if first <= at <= source:
            continue
        if tree.pos[at] in ("VERB", "AUX") or tree.children(at, "nsubj", "cop", "nsubj:pass") or tree.head[at] == at:
            return at
    return None
