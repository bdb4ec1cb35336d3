"""Cues read from the order of words alone, for where the parse has gone wrong: "..., the envoy said." at a sentence's
end, "said the envoy" behind a quotation."""

from __future__ import annotations

from dragoman.coding.statements.cue_hit import Found, Hit
from dragoman.coding.statements.speakers import RELATIVE, subject
from dragoman.coding.tree import Range, Tree, subtract

NOMINAL = frozenset(["NOUN", "PROPN", "PRON"])
NOUN_PHRASE = frozenset(["DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"])
CLOSERS = frozenset([",", "”", '"', "''", "’", "'", "»", "—", "–", "--"])
QUOTE_OPENERS = frozenset("“\"'‘«`\n")
DAYS = frozenset(
    (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "last",
        "this",
        "earlier",
    )
)
"""Words that say when and not who behind an inverted cue: "said Friday"."""
LONGEST_NAME = 12
"""Tokens of the longest noun phrase that is read from the order of words alone."""


def closing(tree: Tree, hit: Hit, found: Found | None) -> Hit | None:
    """HIT as a cue that closes its sentence: "..., the envoy said." and "..., said the envoy."

    For where the parse took a noun of what is reported for the subject; None where it agrees or the words stand
    otherwise.
    """
    if hit.cue.pos != "verb" or not hit.cue.takes("quote") or len(hit.tokens) > 1:
        return None
    if found is not None and any(first > hit.head for first, _ in found.pieces) and found.frame != "quote":
        return None
    near = _noun_before(tree, hit.head) or (None if hit.cue.takes("addressee") else _noun_after(tree, hit.head))
    if near is None:
        return None
    mark, speaker, last = near
    parsed = subject(tree, hit.head)
    if parsed is not None and min(mark, hit.head) < parsed <= max(last, hit.head):
        return None
    first = _sentence_start(tree, mark)
    pieces = ((first, mark - 1),) if first < mark else ()
    return Hit(hit.cue, hit.head, hit.tokens, pieces, "clause", speaker)


def _noun_before(tree: Tree, verb: int) -> tuple[int, int, int] | None:
    """(mark, head, last token) of a noun phrase between a comma or closing quotation mark and VERB."""
    at = verb - 1
    while at > 0 and (tree.pos[at] in ("AUX", "ADV") or tree.low[at] in ("also", "then", "later")):
        at -= 1
    noun = at
    if at < 1 or tree.pos[noun] not in NOMINAL or tree.low[noun] in RELATIVE:
        return None
    while (
        at > 0 and verb - at < LONGEST_NAME and (tree.pos[at] in NOUN_PHRASE or tree.low[at] in ("of", "'s", "’s", "-"))
    ):
        at -= 1
    return (at, noun, verb) if tree.low[at] in CLOSERS else None


def _noun_after(tree: Tree, verb: int) -> tuple[int, int, int] | None:
    """(mark, head, last token) of a noun phrase right behind VERB, which stands behind a comma or quotation mark."""
    at = verb + 1
    if verb < 1 or at >= len(tree) or tree.low[verb - 1] not in CLOSERS:
        return None
    while at < len(tree) and at - verb < LONGEST_NAME and tree.pos[at] in NOUN_PHRASE:
        at += 1
    noun = at - 1
    if noun == verb or tree.pos[noun] not in NOMINAL or tree.low[noun] in RELATIVE or tree.low[verb + 1] in DAYS:
        return None
    return (verb - 1, noun, max(noun, tree.right[noun]))


def _sentence_start(tree: Tree, at: int) -> int:
    """The first token of the sentence that holds token AT, by the parse and by full stops before a capital."""
    first = tree.sentences[tree.sentence[at]][0]
    for i in range(at - 1, first, -1):
        if ends_sentence(tree, i):
            return i + 1
    return first


def ends_sentence(tree: Tree, i: int) -> bool:
    """Whether token I is a full stop or a paragraph's end behind which a new sentence begins."""
    if tree.pos[i] == "SPACE":
        return "\n\n" in tree.words[i]
    following = tree.words[i + 1] if i + 1 < len(tree) else ""
    return tree.low[i] in (".", "?", "!") and (following[:1].isupper() or following[:1] in QUOTE_OPENERS)


def beside(tree: Tree, hit: Hit) -> int | None:
    """A speaker for HIT by the order of words alone, where its subject can't be the speaker."""
    return nearest(tree, hit, ())[0]


def nearest(tree: Tree, hit: Hit, pieces: tuple[Range, ...]) -> tuple[int | None, tuple[Range, ...]]:
    """A speaker for a finite cue whose subject the parse has missed: the noun right behind it, where it is inverted, or
    right before it. Also what is reported, without that noun."""
    verb = hit.head
    if tree.low[verb].endswith("ing") or tree.first(verb, "nsubj:pass", "aux:pass", "expl", "obl:agent") is not None:
        return None, pieces
    if tree.dep[verb] in ("acl", "advcl", "xcomp") and not tree.children(verb, "aux", "mark"):
        return None, pieces
    found = None if hit.cue.takes("addressee") else _noun_after(tree, verb)
    span = None if found is None else (verb + 1, found[1])
    if found is None:
        span = _noun_run_before(tree, verb)
    if span is None:
        return None, pieces
    return span[1], tuple(rest for piece in pieces for rest in subtract(piece, span))


def _noun_run_before(tree: Tree, verb: int) -> Range | None:
    last = verb - 1
    while last > 0 and tree.pos[last] in ("AUX", "ADV"):
        last -= 1
    if (
        last < 0
        or tree.pos[last] not in NOMINAL
        or tree.low[last] in DAYS
        or tree.sentence[last] != tree.sentence[verb]
    ):
        return None
    first = last
    while first > 0 and verb - first < LONGEST_NAME and tree.pos[first - 1] in NOUN_PHRASE:
        first -= 1
    return (first, last)
