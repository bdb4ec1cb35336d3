"""Whose words a quotation is: by the cue beside it, by going on from the quotation before, or by its own sentence.

"We left," the envoy said.          the cue behind
The envoy said: "We left."          the cue before
"We left," he said. "All of us."    one statement in two pieces
"We left," he said.¶"All of us."    likewise over paragraphs, while nothing but quotations stands between
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from dragoman.coding.statements.cue_hit import Hit
from dragoman.coding.statements.quotes import Quote, Quotes
from dragoman.coding.statements.speakers import subject
from dragoman.coding.statements.word_order import ends_sentence
from dragoman.coding.tree import Tree
from dragoman.lexicon.cues import ReportingCue
from dragoman.terms import BODY_LABELS

FEWEST_WORDS = 2
"""Words that a quotation has at least to be looked at by itself; below stand scare quotes and titles."""
SENTENCE_WORDS = 5
"""Words from which on a quotation without a cue is still somebody's words and not a term."""
REACH = 45
"""Tokens within which a cue must stand behind or before its quotation."""


@dataclass(frozen=True, slots=True)
class Owned:
    """A quotation and where its owner was found: `hit` is an index into the cues, None where only the sentence tells.

    `how` is `inside`, `inner`, `after`, `before`, `onward`, `unlisted` or `sentence`.
    """

    quote: Quote
    hit: int | None
    how: str


class Frame:
    """The tokens around the quotations of one text."""

    __slots__ = ("hits", "quotes", "starts", "tree")

    def __init__(self, tree: Tree, quotes: Quotes, hits: list[Hit]) -> None:
        self.tree = tree
        self.quotes = quotes
        self.hits = hits
        self.starts = [hit.head for hit in hits]

    def token_from(self, char: int) -> int:
        """The first token that starts at or behind CHAR."""
        return bisect_left(self.tree.start, char)

    def hits_between(self, first: int, last: int) -> range:
        """Indexes of the cues whose head is one of the tokens FIRST to LAST."""
        return range(bisect_left(self.starts, first), bisect_left(self.starts, last + 1))


def assign(frame: Frame, contents: list[list[tuple[int, int]]]) -> list[Owned]:
    """Each quotation with its owner; CONTENTS are the character spans that each cue reports by its clause."""
    inside = _inside(frame, contents)
    owned: list[Owned] = []
    for n, quote in enumerate(frame.quotes.all):
        found = _owner(frame, n, quote, inside.get(n), owned[-1] if owned else None)
        if found is None:
            continue
        inner = _passed_on(frame, n, found, contents)
        if inner is not None:
            owned.append(Owned(quote, inner, "inner"))
        owned.append(found)
    return owned


def _passed_on(frame: Frame, n: int, outer: Owned, contents: list[list[tuple[int, int]]]) -> int | None:
    """The cue right beside a quotation, where another one reports both: "..., he said, according to the agency"."""
    if outer.hit is None or outer.how != "inside":
        return None
    hit = _after(frame, n, outer.quote)
    if hit is None or hit == outer.hit:
        return None
    at = frame.tree.start[frame.hits[hit].head]
    return hit if any(start <= at < end for start, end in contents[outer.hit]) else None


def _inside(frame: Frame, contents: list[list[tuple[int, int]]]) -> dict[int, int]:
    """Index of a quotation to that of the cue whose reported clause holds a part of it."""
    table: dict[int, int] = {}
    for h, spans in enumerate(contents):
        for start, end in spans:
            for quote in frame.quotes.within(start, end):
                n = frame.quotes.index_at(quote.start)
                if n is not None:
                    table.setdefault(n, h)
            n = frame.quotes.index_at(start)
            if n is not None and frame.quotes.all[n].end > start:
                table.setdefault(n, h)
    return table


def _owner(frame: Frame, n: int, quote: Quote, inside: int | None, previous: Owned | None) -> Owned | None:
    words = len(frame.quotes.text[quote.inner[0] : quote.inner[1]].split())
    if inside is not None:
        return Owned(quote, inside, "inside")
    if words < FEWEST_WORDS and not _is_sentence(frame.quotes.text, quote):
        return None
    finders = (_after, _before) if _starts_sentence(frame, quote) else (_before, _after)
    for finder in finders:
        hit = finder(frame, n, quote)
        if hit is not None:
            return Owned(quote, hit, "after" if finder is _after else "before")
    if previous is not None and _goes_on(frame, quote, previous):
        return Owned(quote, previous.hit, "onward")
    unlisted = _unlisted(frame, quote)
    if unlisted is not None:
        frame.hits.append(unlisted)
        return Owned(quote, len(frame.hits) - 1, "unlisted")
    spoken = words >= SENTENCE_WORDS and not quote.single and not _is_title(frame.quotes.text, quote)
    return Owned(quote, None, "sentence") if spoken else None


def _is_title(text: str, quote: Quote) -> bool:
    """Whether a quotation is the name of a work: all its longer words have capitals."""
    words = [word.strip(",.:;!?") for word in text[quote.inner[0] : quote.inner[1]].split()]
    long = [word for word in words if len(word) > 3]
    return all(word[:1].isupper() or not word[:1].isalpha() for word in long) and not _is_sentence(text, quote)


UNLISTED = ReportingCue(
    "*", "verb", "speech", ("quote",), "none", 0.6, "", "", "a verb that no row holds, beside a quotation"
)


def _unlisted(frame: Frame, quote: Quote) -> Hit | None:
    """A verb that the table lacks, right beside a quotation: "Enough!" bellowed the general."""
    tree, text = frame.tree, frame.quotes.text
    verb = None
    if _is_sentence(text, quote) and text[quote.inner[1] - 1] in ",!?":
        verb = _verb_behind(tree, frame.token_from(quote.end))
    if verb is None:
        verb = _verb_before(frame, quote)
    named = _named_before_colon(frame, quote)
    if named is not None:
        return Hit(UNLISTED, named[1], (named[1],), (), "quote", named[0])
    if verb is None or frame.quotes.at(tree.start[verb]) is not None:
        return None
    return Hit(UNLISTED, verb, (verb,), (), "quote", subject(tree, verb))


def _verb_behind(tree: Tree, at: int) -> int | None:
    if at >= len(tree):
        return None
    if tree.pos[at] == "VERB":
        behind = tree.first(at, "nsubj")
        return at if behind is not None and behind > at else None
    verb = at
    while (
        verb < len(tree) and verb - at < 6 and tree.pos[verb] in ("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "ADV")
    ):
        verb += 1
    if verb == at or verb >= len(tree) or tree.pos[verb] != "VERB" or tree.low[verb].endswith("ing"):
        return None
    return verb


def _named_before_colon(frame: Frame, quote: Quote) -> tuple[int, int] | None:
    """(head, colon) of a person's or body's name with a colon before the quotation: "Anna Weber: ..."."""
    tree = frame.tree
    colon = frame.token_from(quote.start) - 1
    while colon > 0 and tree.pos[colon] == "SPACE":
        colon -= 1
    if colon < 1 or tree.low[colon] != ":" or tree.tokens[colon - 1].ent_type_ not in ("PERSON", *BODY_LABELS):
        return None
    head = colon - 1
    while tree.head[head] < colon and tree.head[head] != head and tree.dep[head] in ("flat", "compound", "appos"):
        head = tree.head[head]
    return (head, colon)


def _verb_before(frame: Frame, quote: Quote) -> int | None:
    tree = frame.tree
    last = frame.token_from(quote.start) - 1
    if last < 1 or "\n" in frame.quotes.text[tree.end[last] : quote.start] and tree.low[last] != ":":
        return None
    if tree.low[last] == ":":
        first = tree.sentences[tree.sentence[last]][0]
        verbs = [i for i in range(first, last) if tree.pos[i] == "VERB" and subject(tree, i) is not None]
        return verbs[-1] if verbs else None
    if tree.pos[last] == "VERB" and tree.first(last, "nsubj") is not None:
        return last
    return last - 1 if tree.low[last] == "," and tree.pos[last - 1] == "VERB" else None


def _is_sentence(text: str, quote: Quote) -> bool:
    return text[quote.inner[1] - 1 : quote.inner[1]] in (",", ".", "!", "?", "…")


def _starts_sentence(frame: Frame, quote: Quote) -> bool:
    """Whether the quotation opens a sentence: nothing before it in its paragraph but the end of another one."""
    before = frame.quotes.text[max(0, quote.start - 3) : quote.start].rstrip(" ")
    return not before or before[-1] in '\n.!?”"' or before.endswith("''")


def _after(frame: Frame, n: int, quote: Quote) -> int | None:
    """The cue that follows: "...," said the envoy; "...," the envoy said."""
    tree, text = frame.tree, frame.quotes.text
    first = frame.token_from(quote.end)
    following = frame.quotes.all[n + 1].start if n + 1 < len(frame.quotes.all) else len(text)
    sentence_ends = not _is_sentence(text, quote) or text[quote.inner[1] - 1] != ","
    last = first
    while last < len(tree) and last < first + REACH and tree.start[last] < following:
        if tree.pos[last] == "SPACE" and "\n" in tree.words[last]:
            break
        if last > first and tree.low[last - 1] in (".", "!", "?") and tree.sentence[last] != tree.sentence[last - 1]:
            break
        last += 1
    for h in frame.hits_between(first, last - 1):
        hit = frame.hits[h]
        if hit.cue.takes("quote") and _opens_with_clause(frame, first, hit, sentence_ends):
            return h
    return None


def _opens_with_clause(frame: Frame, first: int, hit: Hit, sentence_ends: bool) -> bool:
    """Whether the words from token FIRST up to the cue are the cue's own subject and nothing else."""
    tree = frame.tree
    at = first
    while at < hit.head and (tree.is_mark(at) or tree.low[at] in ("and", "but", "as", "so")):
        at += 1
    if at == hit.head or hit.cue.pos == "phrase":
        return at >= hit.head
    if sentence_ends and tree.start[at] - tree.end[first - 1] > 2 and hit.pieces:
        return False
    speaker = hit.speaker
    if speaker is not None and tree.left[speaker] <= at <= speaker < hit.head:
        return not (sentence_ends and hit.pieces)
    return hit.head - at <= 4 and not any(tree.pos[i] in ("VERB", "AUX") for i in range(at, hit.head))


def _before(frame: Frame, n: int, quote: Quote) -> int | None:
    """The cue that leads in: the envoy said, "..."; in a letter that reads: "..."."""
    tree, text = frame.tree, frame.quotes.text
    last = frame.token_from(quote.start) - 1
    while last >= 0 and tree.pos[last] == "SPACE":
        last -= 1
    if last < 0:
        return None
    lead = tree.low[last]
    colon = lead == ":"
    if "\n" in text[tree.end[last] : quote.start] and not colon:
        return None
    first = max(tree.sentences[tree.sentence[last]][0], last - REACH)
    if n and frame.quotes.all[n - 1].end > tree.start[first]:
        first = max(first, frame.token_from(frame.quotes.all[n - 1].end))
    for h in reversed(frame.hits_between(first, last)):
        hit = frame.hits[h]
        if hit.cue.takes("quote") and (colon or _leads(frame, hit, last)):
            return h
    return None


def _leads(frame: Frame, hit: Hit, last: int) -> bool:
    """Whether between the cue and the quotation stand only whom it was said to, when and where."""
    tree = frame.tree
    if hit.cue.pos == "phrase":
        return hit.speaker is not None and last - tree.right[hit.speaker] <= 1
    between = [i for i in range(max(hit.tokens) + 1, last + 1) if not tree.is_mark(i)]
    if not between:
        return True
    comma = tree.low[last] in (",", "that", "--", "—", "–")
    return comma and not any(tree.pos[i] == "VERB" for i in between)


def _goes_on(frame: Frame, quote: Quote, previous: Owned) -> bool:
    """Whether nothing stands between two quotations but the cue's own sentence, which ends before the second."""
    tree, text = frame.tree, frame.quotes.text
    if quote.continues:
        return True
    if quote.single != previous.quote.single:
        return False
    gap = text[previous.quote.end : quote.start]
    if not gap.strip(" \n\r\t,.—–-…"):
        return _starts_sentence(frame, quote)
    if previous.hit is None or not _starts_sentence(frame, quote):
        return False
    head = frame.hits[previous.hit].head
    if not previous.quote.end <= tree.start[head] < quote.start:
        return False
    first, last = frame.token_from(previous.quote.end), frame.token_from(quote.start) - 1
    while last > first and tree.is_mark(last):
        last -= 1
    return not any(ends_sentence(tree, i) for i in range(first, last))
