"""What may become a statement: the words that each cue and each quotation report, every word for one statement only."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from types import MappingProxyType

from dragoman.coding.draft import Draft
from dragoman.coding.statements.chains import cites_for
from dragoman.coding.statements.cue_hit import Hit
from dragoman.coding.statements.quotes import Quote, Quotes
from dragoman.coding.statements.quoting import Frame, Owned, assign
from dragoman.coding.statements.reporting import hits
from dragoman.coding.statements.speakers import People, subject
from dragoman.coding.statements.word_order import beside, ends_sentence
from dragoman.coding.tree import Range, Tree
from dragoman.facts import Span
from dragoman.lexicon import cues

EDGES = " \t\r\n,;:–—-"
"""Characters that never begin or end what is said."""
LEAST_STRENGTH = 0.5
"""Cues below this are reports too seldom to be read by their clause alone; with a quotation they are."""
SCARE_WORDS = 4
"""Words up to which a quotation may be a mere term, in which a cue can't stand but around which it can."""
NO_CUE_CONFIDENCE = 0.35
LEAST_LEFT = 0.5
"""Share of what a cue reports that must be left to it when the words of another statement are taken away."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What may become a statement. `spans` are characters; `at` is where the cue stands.

    `inner` are the heads of those whose words it passes on, from the outer to the inner: Y of "X reported that Y said".
    """

    hit: Hit | None
    speaker: int | None
    spans: tuple[Span, ...]
    at: int
    weight: float
    inner: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as the finding of statements sees it; `hits` are its cues outside quotations, in its order."""

    draft: Draft
    tree: Tree
    quotes: Quotes
    people: People
    hits: list[Hit]


def read(draft: Draft) -> Reading:
    """The report's tree, quotations and cues."""
    tree = draft.tree
    quotes = Quotes(draft.report.text)
    found = [hit for hit in hits(tree, draft.lexicon.compiled(cues.index)) if not _quoted(tree, quotes, hit)]
    found = [_outside(tree, quotes, hit) for hit in _continued(tree, _without_citing(tree, found))]
    return Reading(draft, tree, quotes, People(draft), found)


def _quoted(tree: Tree, quotes: Quotes, hit: Hit) -> bool:
    quote = quotes.at(tree.start[hit.head])
    if quote is None:
        return False
    return not quote.single or len(quotes.text[quote.start : quote.end].split()) > SCARE_WORDS


def _outside(tree: Tree, quotes: Quotes, hit: Hit) -> Hit:
    """HIT with a speaker who stands outside quotations: in "'Peace is near,' he said", it isn't peace that speaks."""
    if hit.speaker is None or quotes.at(tree.start[hit.speaker]) is None or hit.cue.pos != "verb":
        return hit
    return replace(hit, speaker=beside(tree, hit))


def _without_citing(tree: Tree, found: list[Hit]) -> list[Hit]:
    heads = frozenset(hit.head for hit in found)
    return [hit for hit in found if not cites_for(tree, hit, heads)]


# ---- what each cue reports


def claims_of(reading: Reading) -> list[Claim]:
    """The claims of a report in its order; no word is in two of them."""
    tree, quotes = reading.tree, reading.quotes
    going_on = frozenset(hit.head for hit in reading.hits if _goes_on(tree, hit))
    contents = [_contents(tree, quotes, hit, going_on) for hit in reading.hits]
    frame = Frame(tree, quotes, reading.hits)
    by_hit: dict[int, list[Span]] = {}
    alone: list[list[Quote]] = []
    for item in assign(frame, contents):
        if reading.draft.trace is not None:
            _explain(reading, frame, item)
        if item.hit is not None:
            by_hit.setdefault(item.hit, []).append((item.quote.start, item.quote.end))
        elif item.how == "onward" and alone:
            alone[-1].append(item.quote)
        else:
            alone.append([item.quote])
    claims = []
    for h, hit in enumerate(frame.hits):
        own = by_hit.get(h, [])
        clause = contents[h] if h < len(contents) else []
        if own or (hit.pieces and hit.cue.strength >= LEAST_STRENGTH):
            claims.append(_claim(reading, hit, clause, own))
    claims += [_unled(reading, run) for run in alone]
    return _flat(reading.draft.report.text, [claim for claim in claims if claim.spans])


HOW = MappingProxyType({
    "inside": "it stands in what the cue reports",
    "inner": "it is passed on by another cue's speaker",
    "after": "the cue follows it",
    "before": "the cue leads it in",
    "onward": "it goes on from the quotation before",
    "unlisted": "a verb beside it that no row holds",
    "sentence": "it has the length of a sentence, and no cue",
})  # fmt: skip
"""How the owner of a quotation was found."""


def _explain(reading: Reading, frame: Frame, item: Owned) -> None:
    """Tell the trace whose a quotation is, under its cue's token, or its own first character where it has none."""
    trace = reading.draft.trace
    if trace is not None:
        at = item.quote.start if item.hit is None else frame.hits[item.hit].head
        trace.note(("quote", at), f"quote:{item.how}", HOW[item.how], [(item.quote.start, item.quote.end)])


def _continued(tree: Tree, found: list[Hit]) -> list[Hit]:
    """The cues, a participle's with the speaker of the cue that it goes on with: "she said P, adding that Q"."""
    speakers: dict[int, int | None] = {}
    for hit in found:
        for first, last in hit.pieces:
            if first > hit.head and hit.cue.speech == "speech":
                speakers.update((i, hit.speaker) for i in range(first + 2, last + 1))
    return [
        replace(hit, speaker=speakers[hit.head]) if hit.head in speakers and _goes_on(tree, hit) else hit
        for hit in found
    ]


def _goes_on(tree: Tree, hit: Hit) -> bool:
    """Whether a cue goes on with what its clause's speaker does: "..., adding that", "..., but declined to"."""
    at = hit.head
    while at > 0 and tree.pos[at - 1] in ("ADV", "PART"):
        at -= 1
    return hit.cue.pos == "verb" and tree.low[hit.head].endswith("ing") and at > 0 and tree.low[at - 1] in BREAKS


BREAKS = frozenset((",", "-", "--", "–", "—", ";"))
"""Marks behind which a participle belongs to the one who speaks and no longer to what is said."""


def _contents(tree: Tree, quotes: Quotes, hit: Hit, going_on: frozenset[int]) -> list[Span]:
    """The characters of what HIT reports by its clause, cut where the speaker goes on and where the parse has run two
    sentences into one."""
    pieces = [_own_words(tree, quotes, piece, hit.head, going_on) for piece in hit.pieces]
    return [chars(tree, piece) for piece in pieces if piece is not None]


def _own_words(tree: Tree, quotes: Quotes, piece: Range, cue: int, going_on: frozenset[int]) -> Range | None:
    first, last = piece
    ends = [i for i in range(first, last) if ends_sentence(tree, i) and quotes.at(tree.start[i]) is None]
    if last < cue and ends:
        first = ends[-1] + 1
    elif first > cue and ends:
        last = ends[0]
    if first > cue:
        last = next((i - 1 for i in range(first + 2, last + 1) if i in going_on), last)
    return (first, last) if first <= last else None


def chars(tree: Tree, piece: Range) -> Span:
    """The characters of the tokens PIECE."""
    return (tree.start[piece[0]], tree.end[piece[1]])


def _claim(reading: Reading, hit: Hit, clause: list[Span], quoted: list[Span]) -> Claim:
    text, at = reading.quotes.text, reading.tree.start[hit.head]
    if any(_leads_to(reading, end, at) for _, end in quoted):
        clause = [span for span in clause if span[0] < at or _has_quote(reading.quotes, span)]
    spans = _merged(text, [*(_snapped(reading.quotes, span, at) for span in clause), *quoted])
    return Claim(hit, hit.speaker, spans, at, hit.cue.strength)


def _leads_to(reading: Reading, end: int, cue: int) -> bool:
    """Whether a quotation that ends at END stands right before the cue's clause."""
    return end <= cue and "\n" not in reading.quotes.text[end:cue] and cue - end < LONGEST_LEAD


LONGEST_LEAD = 160
"""Characters of the longest speaker between a quotation and its cue; what stands behind both is no longer said."""


def _has_quote(quotes: Quotes, span: Span) -> bool:
    return bool(quotes.within(*span)) or quotes.at(span[0]) is not None


def _unled(reading: Reading, run: list[Quote]) -> Claim:
    """Quotations without a cue: the subject of the sentence around the first one speaks, or of the one before."""
    tree, quote = reading.tree, run[0]
    token = bisect_right(tree.start, quote.start) - 1
    at = max(token - 1, 0)
    while at > 0 and tree.is_mark(at):
        at -= 1
    root = next((i for i in range(*_bounds(tree, at)) if tree.head[i] == i), None)
    speaker = None if root is None or reading.quotes.at(tree.start[root]) is not None else subject(tree, root)
    spans = tuple((quote.start, quote.end) for quote in run)
    return Claim(None, speaker, spans, quote.start, NO_CUE_CONFIDENCE)


def _bounds(tree: Tree, token: int) -> Range:
    first, last = tree.sentences[tree.sentence[token]]
    return (first, last + 1)


def _snapped(quotes: Quotes, span: Span, cue: int) -> Span:
    """SPAN made to hold whole quotations where it holds a part of one, and trimmed."""
    start, end = _trimmed(quotes.text, span)
    first, last = quotes.at(start), quotes.at(max(start, end - 1))
    if first is not None and not first.start <= cue < first.end:
        start = first.start
    if last is not None and not last.start <= cue < last.end:
        end = last.end
    return (start, end)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES + ".":
        end -= 1
    return (start, end)


def _merged(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """SPANS in order; those that touch or overlap are one. Empty ones are left out."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if start >= end or not any(c.isalnum() for c in text[start:end]):
            continue
        if merged and _joins(text, merged[-1], (start, end)):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            continue
        merged.append((start, end))
    return tuple(merged)


def _joins(text: str, before: Span, behind: Span) -> bool:
    gap = text[before[1] : behind[0]]
    return behind[0] <= before[1] or ("\n" not in gap and not gap.strip(EDGES))


# ---- one statement for each word


def _flat(text: str, claims: list[Claim]) -> list[Claim]:
    """The claims whose cue no other claim reports; the outer, that is longer, goes before the inner."""
    owner: list[int] = [-1] * (len(text) + 1)
    taken = bytearray(len(text) + 1)
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (-length(c.spans), -c.weight, c.at)):
        if claim.hit is not None and taken[claim.at]:
            _nest(kept, owner[claim.at], claim)
            continue
        spans = _free(taken, claim.spans)
        if length(spans) < LEAST_LEFT * length(claim.spans):
            continue
        for start, end in spans:
            taken[start:end] = b"\1" * (end - start)
            owner[start:end] = [len(kept)] * (end - start)
        kept.append(replace(claim, spans=tuple(bared(text, span) for span in spans)))
    return sorted((c for c in kept if length(c.spans)), key=lambda c: min(c.at, c.spans[0][0]))


def _nest(kept: list[Claim], outer: int, inner: Claim) -> None:
    """Note INNER's speaker with the claim that passes on INNER's words, where these are a good part of its own."""
    whole = kept[outer]
    if (
        inner.speaker is not None
        and LEAST_PASSED_ON * length(inner.spans) > length(whole.spans)
        and len(whole.inner) < LONGEST_CHAIN
    ):
        kept[outer] = replace(whole, inner=(*whole.inner, inner.speaker))


LEAST_PASSED_ON = 4
"""Times that the words passed on may be contained in those of the one who passes them on."""
LONGEST_CHAIN = 4
"""Sources that are kept inside one statement."""


def bared(text: str, span: Span) -> Span:
    """SPAN without blanks, commas and dashes at its edges."""
    start, end = span
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return (start, end)


def length(spans: tuple[Span, ...] | list[Span]) -> int:
    """The characters that SPANS hold together."""
    return sum(end - start for start, end in spans)


def _free(taken: bytearray, spans: tuple[Span, ...]) -> list[Span]:
    free: list[Span] = []
    for start, end in spans:
        at = start
        while at < end:
            begin = taken.find(b"\0", at, end)
            if begin < 0:
                break
            stop = taken.find(b"\1", begin, end)
            stop = end if stop < 0 else stop
            free.append((begin, stop))
            at = stop
    return free
