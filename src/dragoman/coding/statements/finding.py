"""Statements: who said, believes or intends what, in whose words, with the exact spans.

The notion is that of PolNeAR (Newell, Margolin and Ruths, LREC 2018): reported speech, beliefs and intentions, flat:
what is reported inside another report belongs to the outer one, and the sources inside it are the end of its chain.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from dragoman.coding.draft import Draft
from dragoman.coding.paths import described
from dragoman.coding.statements.chains import chain, cited, quoted_by
from dragoman.coding.statements.claims import Claim, Reading, bared, chars, claims_of, read
from dragoman.coding.statements.cue_hit import Hit
from dragoman.coding.statements.explaining import explain, explain_chain
from dragoman.coding.statements.quotes import Quotes
from dragoman.coding.statements.speakers import speaker_actor, speaker_range
from dragoman.coding.statements.verb_frames import VERB_GROUP
from dragoman.facts import Actor, Cue, Date, Evidence, Span, SpeechMode, Statement, TimeMention, fact_id
from dragoman.terms import BODY_LABELS


def find(draft: Draft) -> tuple[Statement, ...]:
    """Every statement of the report in the order of the text, by its first word of content or cue."""
    if not len(draft.doc):
        return ()
    reading = read(draft)
    return _build(reading, claims_of(reading))


def _build(reading: Reading, claims: list[Claim]) -> tuple[Statement, ...]:
    statements: list[Statement] = []
    last: Actor | None = None
    for claim in claims:
        speaker = _speaker(reading, claim, last)
        statements.append(_statement(reading, claim, speaker))
        if reading.draft.trace is not None:
            explain(reading, claim, statements[-1])
        if speaker is not None:
            last = speaker
    return tuple(statements)


def _speaker(reading: Reading, claim: Claim, last: Actor | None) -> Actor | None:
    tree, noun = reading.tree, claim.speaker
    if noun is None or reading.quotes.at(tree.start[noun]) is not None and claim.hit is None:
        return None
    hit = claim.hit
    cue = -1 if hit is None else max(hit.tokens) if hit.cue.pos == "phrase" else hit.head
    span = _speaker_span(reading, noun, cue)
    if span is None:
        return None
    return speaker_actor(reading.draft, tree, reading.people, noun, span, last)


def _speaker_span(reading: Reading, noun: int, cue: int) -> Span | None:
    span = bared(reading.draft.report.text, chars(reading.tree, speaker_range(reading.tree, noun, cue)))
    name = reading.people.entity_at(noun)
    if name is not None and name.label_ == "PERSON" and not name.start <= cue < name.end:
        span = (min(span[0], name.start_char), max(span[1], name.end_char))
    return span if span[0] < span[1] else None


def _statement(reading: Reading, claim: Claim, speaker: Actor | None) -> Statement:
    report = reading.draft.report
    hit = claim.hit
    names = [*_passed_on_by(reading, hit), speaker.name if speaker else "", *_inner_names(reading, claim)]
    return Statement(
        id=fact_id(report.id, "statement", claim.at, claim.spans),
        speaker=speaker,
        cue=None if hit is None else _cue(reading, hit),
        mode=_mode(reading.quotes, claim.spans),
        speech="speech" if hit is None else hit.cue.speech,
        content=claim.spans,
        evidence=_evidence(reading, claim, speaker),
        date=_date(reading, claim),
        affiliation=None if speaker is None else _affiliation(reading, speaker),
        addressee=None if hit is None else _addressee(reading, hit),
        chain=chain(report.outlet, names),
        confidence=_confidence(claim, speaker),
    )


def _inner_names(reading: Reading, claim: Claim) -> list[str]:
    """Those whose words the speaker passes on, and the sources that the cue's clause names."""
    sources = cited(reading.tree, claim.hit) if claim.hit else []
    names = [_phrase(reading, i) for i in sources]
    if reading.draft.trace is not None:
        explain_chain(reading, claim, sources)
    for noun in claim.inner:
        span = _speaker_span(reading, noun, -1)
        if span is not None:
            names.append(speaker_actor(reading.draft, reading.tree, reading.people, noun, span, None).name)
    return names


def _passed_on_by(reading: Reading, hit: Hit | None) -> list[str]:
    """The news medium that quotes the speaker, or that the speaker is said to have told it."""
    if hit is None:
        return []
    tree = reading.tree
    by = quoted_by(tree, hit)
    told = tree.children(hit.head, "obj", "iobj") if hit.cue.cue == "tell" else []
    media = [k for k in told if tree.tokens[k].ent_type_ in BODY_LABELS] + ([] if by is None else [by])
    return [_phrase(reading, k).removeprefix("by ") for k in media]


def _affiliation(reading: Reading, speaker: Actor) -> str | None:
    """The body, country or nationality that the speaker's own phrase names beside the name."""
    if speaker.span is None:
        return None
    start, end = speaker.span
    first, last = bisect_right(reading.tree.start, start) - 1, bisect_right(reading.tree.start, end - 1) - 1
    inside = reading.people.entities(max(first, 0), last)
    named = [e for e in inside if e.label_ in (*BODY_LABELS, "GPE", "NORP") and e.text not in speaker.name]
    bodies = [e for e in named if e.label_ in BODY_LABELS]
    return next((entity.text for entity in [*bodies, *named]), None)


def _phrase(reading: Reading, noun: int) -> str:
    first, last = reading.tree.range(noun)
    start, end = chars(reading.tree, (first, last))
    return " ".join(reading.draft.report.text[start:end].split())


def _cue(reading: Reading, hit: Hit) -> Cue:
    """The cue's words: the verb with its auxiliaries as far as they stand together, or the fixed phrase."""
    tree = reading.tree
    first, last = min(hit.tokens), max(hit.tokens)
    if hit.cue.pos in ("verb", "adj"):
        group = {k for k in tree.kids[hit.head] if tree.dep[k] in VERB_GROUP and tree.dep[k] != "expl"}
        while first - 1 in group:
            first -= 1
        while last + 1 in group and tree.dep[last + 1] == "compound:prt":
            last += 1
    span = chars(tree, (first, last))
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


def _evidence(reading: Reading, claim: Claim, speaker: Actor | None) -> tuple[Evidence, ...]:
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


def _date(reading: Reading, claim: Claim) -> Date:
    """When it was said: the time that stands by the cue and outside what is said, else the report's own date."""
    tree, hit = reading.tree, claim.hit
    if hit is not None:
        start, end = chars(tree, tree.sentences[tree.sentence[hit.head]])
        times = reading.draft.times
        for time in times[bisect_left(times, start, key=_beginning) : bisect_left(times, end, key=_beginning)]:
            token = bisect_right(tree.start, time.start) - 1
            beside = tree.left[hit.head] <= token <= tree.right[hit.head]
            if beside and time.date is not None and not _holds(claim.spans, time.start):
                if reading.draft.trace is not None:
                    why = "it stands by the cue, outside what is said"
                    about = ("said", claim.at)
                    span = (time.start, time.end)
                    reading.draft.trace.note(about, "rule:time-of-saying", why, [span], see=("time", time.start))
                return time.date
    published = reading.draft.report.published
    if reading.draft.trace is not None:
        reading.draft.trace.note(("said", claim.at), "rule:report's-day", "no time stands by the cue")
    return replace(published, basis="report") if published.known else published


def _beginning(time: TimeMention) -> int:
    return time.start


def _holds(spans: tuple[Span, ...], char: int) -> bool:
    return any(start <= char < end for start, end in spans)


def _addressee(reading: Reading, hit: Hit) -> str | None:
    """Whom it was said to: the object of "told", the noun behind "to" of "said"."""
    tree = reading.tree
    if hit.cue.pos != "verb":
        return None
    for k in tree.kids[hit.head]:
        inside = any(first <= k <= last for first, last in hit.pieces)
        if inside or reading.quotes.at(tree.start[k]) is not None:
            continue
        if tree.dep[k] in ("obj", "iobj") and hit.cue.takes("addressee", "obj+to"):
            return _addressed(reading, hit, k).strip(" ,")
        if tree.dep[k] == "obl" and tree.words_of(k, "case") == "to" and hit.cue.speech == "speech":
            return _addressed(reading, hit, k).removeprefix("to ").strip(" ,")
    return None


def _addressed(reading: Reading, hit: Hit, noun: int) -> str:
    tokens, trace = reading.tree.tokens, reading.draft.trace
    if trace is not None:
        words = [chars(reading.tree, reading.tree.range(noun))]
        trace.note(("addressee", hit.head), *described(tokens[hit.head], tokens[noun]), words)
    return _phrase(reading, noun)


def _confidence(claim: Claim, speaker: Actor | None) -> float:
    """The cue's own strength, less where nobody is named."""
    return round(claim.weight * (1.0 if speaker is not None else 0.8), 2)
