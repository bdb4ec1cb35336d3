"""Statements: who said, believes or intends what, in whose words, with the exact spans.

The notion is that of PolNeAR (Newell, Margolin and Ruths, LREC 2018): reported speech, beliefs and intentions, flat:
what is reported inside another report belongs to the outer one, and the sources inside it are the end of its chain.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from dragoman.coding.chains import chain, cited, cites_for
from dragoman.coding.cue_hit import Hit
from dragoman.coding.draft import Draft
from dragoman.coding.quotes import Quote, Quotes
from dragoman.coding.quoting import Frame, assign
from dragoman.coding.reporting import hits
from dragoman.coding.speakers import People, speaker_actor, speaker_range, subject
from dragoman.coding.tree import Range, Tree
from dragoman.coding.verb_frames import VERB_GROUP
from dragoman.coding.word_order import beside, ends_sentence
from dragoman.facts import Actor, Cue, Date, Evidence, Span, SpeechMode, Statement, fact_id
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
class _Claim:
    """What may become a statement. `spans` are characters; `at` is where the cue stands."""

    hit: Hit | None
    speaker: int | None
    spans: tuple[Span, ...]
    at: int
    weight: float


@dataclass(slots=True)
class _Reading:
    draft: Draft
    tree: Tree
    quotes: Quotes
    people: People
    hits: list[Hit]


def find(draft: Draft) -> tuple[Statement, ...]:
    """Every statement of the report in the order of the text, by its first word of content or cue."""
    if not len(draft.doc):
        return ()
    tree = Tree(draft.doc)
    quotes = Quotes(draft.report.text)
    found = [hit for hit in hits(tree, draft.lexicon.compiled(cues.index)) if not _quoted(tree, quotes, hit)]
    found = [_outside(tree, quotes, hit) for hit in _continued(tree, _without_citing(tree, found))]
    reading = _Reading(draft, tree, quotes, People(draft), found)
    claims = _claims(reading)
    return _build(reading, claims)


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


def _claims(reading: _Reading) -> list[_Claim]:
    tree, quotes = reading.tree, reading.quotes
    going_on = frozenset(hit.head for hit in reading.hits if _goes_on(tree, hit))
    contents = [_contents(tree, quotes, hit, going_on) for hit in reading.hits]
    frame = Frame(tree, quotes, reading.hits)
    by_hit: dict[int, list[Span]] = {}
    alone: list[list[Quote]] = []
    for item in assign(frame, contents):
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
    return [_chars(tree, piece) for piece in pieces if piece is not None]


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


def _chars(tree: Tree, piece: Range) -> Span:
    return (tree.start[piece[0]], tree.end[piece[1]])


def _claim(reading: _Reading, hit: Hit, clause: list[Span], quoted: list[Span]) -> _Claim:
    text, at = reading.quotes.text, reading.tree.start[hit.head]
    if any(_leads_to(reading, end, at) for _, end in quoted):
        clause = [span for span in clause if span[0] < at or _has_quote(reading.quotes, span)]
    spans = _merged(text, [*(_snapped(reading.quotes, span, at) for span in clause), *quoted])
    return _Claim(hit, hit.speaker, spans, at, hit.cue.strength)


def _leads_to(reading: _Reading, end: int, cue: int) -> bool:
    """Whether a quotation that ends at END stands right before the cue's clause."""
    return end <= cue and "\n" not in reading.quotes.text[end:cue] and cue - end < LONGEST_LEAD


LONGEST_LEAD = 160
"""Characters of the longest speaker between a quotation and its cue; what stands behind both is no longer said."""


def _has_quote(quotes: Quotes, span: Span) -> bool:
    return bool(quotes.within(*span)) or quotes.at(span[0]) is not None


def _unled(reading: _Reading, run: list[Quote]) -> _Claim:
    """Quotations without a cue: the subject of the sentence around the first one speaks, or of the one before."""
    tree, quote = reading.tree, run[0]
    token = bisect_right(tree.start, quote.start) - 1
    at = max(token - 1, 0)
    while at > 0 and tree.is_mark(at):
        at -= 1
    root = next((i for i in range(*_bounds(tree, at)) if tree.head[i] == i), None)
    speaker = None if root is None or reading.quotes.at(tree.start[root]) is not None else subject(tree, root)
    spans = tuple((quote.start, quote.end) for quote in run)
    return _Claim(None, speaker, spans, quote.start, NO_CUE_CONFIDENCE)


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


def _flat(text: str, claims: list[_Claim]) -> list[_Claim]:
    """The claims whose cue no other claim reports; the outer, that is longer, goes before the inner."""
    taken = bytearray(len(text) + 1)
    kept: list[_Claim] = []
    for claim in sorted(claims, key=lambda c: (-_length(c.spans), -c.weight, c.at)):
        if claim.hit is not None and taken[claim.at]:
            continue
        spans = _free(taken, claim.spans)
        if _length(spans) < LEAST_LEFT * _length(claim.spans):
            continue
        for start, end in spans:
            taken[start:end] = b"\1" * (end - start)
        kept.append(replace(claim, spans=tuple(_trimmed_quoted(text, span) for span in spans)))
    return sorted((c for c in kept if _length(c.spans)), key=lambda c: min(c.at, c.spans[0][0]))


def _trimmed_quoted(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return (start, end)


def _length(spans: tuple[Span, ...] | list[Span]) -> int:
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


# ---- statements


def _build(reading: _Reading, claims: list[_Claim]) -> tuple[Statement, ...]:
    statements: list[Statement] = []
    last: Actor | None = None
    for claim in claims:
        speaker = _speaker(reading, claim, last)
        statements.append(_statement(reading, claim, speaker))
        if speaker is not None:
            last = speaker
    return tuple(statements)


def _speaker(reading: _Reading, claim: _Claim, last: Actor | None) -> Actor | None:
    tree, noun = reading.tree, claim.speaker
    if noun is None or reading.quotes.at(tree.start[noun]) is not None and claim.hit is None:
        return None
    hit = claim.hit
    cue = -1 if hit is None else max(hit.tokens) if hit.cue.pos == "phrase" else hit.head
    first, end = speaker_range(tree, noun, cue)
    span = _trimmed_quoted(reading.draft.report.text, _chars(tree, (first, end)))
    if span[0] >= span[1]:
        return None
    return speaker_actor(reading.draft, tree, reading.people, noun, span, last)


def _statement(reading: _Reading, claim: _Claim, speaker: Actor | None) -> Statement:
    report = reading.draft.report
    hit = claim.hit
    inner = [] if hit is None else [_phrase(reading, i) for i in cited(reading.tree, hit)]
    names = [speaker.name if speaker else "", *inner]
    return Statement(
        id=fact_id(report.id, "statement", claim.at, claim.spans),
        speaker=speaker,
        cue=None if hit is None else _cue(reading, hit),
        mode=_mode(reading.quotes, claim.spans),
        speech="speech" if hit is None else hit.cue.speech,
        content=claim.spans,
        evidence=_evidence(reading, claim, speaker),
        date=_date(reading, claim),
        affiliation=None,
        addressee=None if hit is None else _addressee(reading, hit),
        chain=chain(report.outlet, names),
        confidence=_confidence(claim, speaker),
    )


def _phrase(reading: _Reading, noun: int) -> str:
    first, last = reading.tree.range(noun)
    start, end = _chars(reading.tree, (first, last))
    return " ".join(reading.draft.report.text[start:end].split())


def _cue(reading: _Reading, hit: Hit) -> Cue:
    """The cue's words: the verb with its auxiliaries as far as they stand together, or the fixed phrase."""
    tree = reading.tree
    first, last = min(hit.tokens), max(hit.tokens)
    if hit.cue.pos in ("verb", "adj"):
        group = {k for k in tree.kids[hit.head] if tree.dep[k] in VERB_GROUP and tree.dep[k] != "expl"}
        while first - 1 in group:
            first -= 1
        while last + 1 in group and tree.dep[last + 1] == "compound:prt":
            last += 1
    span = _chars(tree, (first, last))
    return Cue(reading.draft.report.text[span[0] : span[1]], span)


def _mode(quotes: Quotes, spans: tuple[Span, ...]) -> SpeechMode:
    """`direct` where every word stands in quotation marks, `indirect` where none does."""
    total = inside = 0
    for start, end in spans:
        total += _words(quotes.text[start:end])
        for quote in quotes.within(start, end):
            inside += _words(quotes.text[quote.start : min(quote.end, end)])
    if inside and inside >= total:
        return "direct"
    return "mixed" if inside else "indirect"


def _words(text: str) -> int:
    return sum(any(c.isalnum() for c in word) for word in text.split())


def _evidence(reading: _Reading, claim: _Claim, speaker: Actor | None) -> tuple[Evidence, ...]:
    """The sentences that hold cue, speaker and content."""
    tree, text = reading.tree, reading.draft.report.text
    spans = list(claim.spans)
    if claim.hit is not None:
        spans.append((claim.at, claim.at + 1))
    if speaker is not None and speaker.span is not None:
        spans.append(speaker.span)
    numbers: set[int] = set()
    for start, end in spans:
        a, b = bisect_right(tree.start, start) - 1, bisect_right(tree.start, end - 1) - 1
        numbers.update(range(tree.sentence[max(a, 0)], tree.sentence[max(b, 0)] + 1))
    runs: list[Span] = []
    for number in sorted(numbers):
        first, last = tree.sentences[number]
        start, end = tree.start[first], tree.end[last]
        if runs and not text[runs[-1][1] : start].strip():
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return tuple(Evidence(*_stripped(text, run), text) for run in runs if text[run[0] : run[1]].strip())


def _stripped(text: str, span: Span) -> Span:
    start, end = span
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return (start, end)


def _date(reading: _Reading, claim: _Claim) -> Date:
    """When it was said: the time that stands by the cue and outside what is said, else the report's own date."""
    tree, hit = reading.tree, claim.hit
    if hit is not None:
        start, end = _chars(tree, tree.sentences[tree.sentence[hit.head]])
        for time in reading.draft.times:
            if start <= time.start < end and time.date is not None and not _holds(claim.spans, time.start):
                token = bisect_right(tree.start, time.start) - 1
                if tree.left[hit.head] <= token <= tree.right[hit.head]:
                    return time.date
    published = reading.draft.report.published
    return replace(published, basis="report") if published.known else published


def _holds(spans: tuple[Span, ...], char: int) -> bool:
    return any(start <= char < end for start, end in spans)


def _addressee(reading: _Reading, hit: Hit) -> str | None:
    """Whom it was said to: the object of "told", the noun behind "to" of "said"."""
    tree = reading.tree
    if hit.cue.pos != "verb":
        return None
    for k in tree.kids[hit.head]:
        inside = any(first <= k <= last for first, last in hit.pieces)
        if inside or reading.quotes.at(tree.start[k]) is not None:
            continue
        if tree.dep[k] in ("obj", "iobj") and hit.cue.takes("addressee", "obj+to"):
            return _phrase(reading, k).strip(" ,")
        if tree.dep[k] == "obl" and tree.words_of(k, "case") == "to" and hit.cue.speech == "speech":
            return _phrase(reading, k).removeprefix("to ").strip(" ,")
    return None


def _confidence(claim: _Claim, speaker: Actor | None) -> float:
    """The cue's own strength, less where nobody is named."""
    return round(claim.weight * (1.0 if speaker is not None else 0.8), 2)
