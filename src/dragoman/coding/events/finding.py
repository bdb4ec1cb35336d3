"""Events: predicates with their actors, made into dated facts with status, place and proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from dragoman.coding import status as statuses
from dragoman.coding.arguments import children, complements
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.events.antecedents import repeats, with_antecedents
from dragoman.coding.events.background import date_of, is_background
from dragoman.coding.events.merging import merged
from dragoman.coding.events.predicates import Filled, fill_loose
from dragoman.coding.events.relevance import tells
from dragoman.coding.events.speech_acts import demands, is_speech_act, refused
from dragoman.coding.events.typing import counted_mode, counted_type, governed_mode
from dragoman.coding.places import as_place
from dragoman.facts import Actor, Date, Event, Evidence, Place, Span, Statement, Status, fact_id
from dragoman.lexicon import status_cues
from dragoman.terms import BASE_STATUSES

if TYPE_CHECKING:
    from spacy.tokens import Token

MAX_QUOTE_CHARS = 400
"""A longer clause is cut down to the predicate's own words and its nearest actors: a quote is for reading."""
MAX_PHRASE = 25
"""Tokens of a dependent up to which all of it is quoted."""
MATRIX = frozenset({"REQUEST", "REJECT", "THREATEN"})
"""Types whose complement says what is asked, refused or threatened and is no event of its own."""
HOSTILE_ACTS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "THREATEN"})
"""Acts of which the other side's word alone is a claim."""
PUNCTUAL = frozenset({"AGREE", "CONCEDE", "THREATEN", "ACCUSE"})
"""Acts done by being said: in the present tense of a report they have been done."""
COMMISSIVE = frozenset({"AGREE"})
"""Types whose complement is the act itself, to come: it is the event, and the promise is its status."""


@dataclass(frozen=True)
class Reading:
    """A filled predicate with the status of its act and the type of the act that it governs, if any."""

    filled: Filled
    status: Status
    cues: tuple[int, ...]
    promised: bool = False
    promise: bool = False
    inner: str | None = None


def find(draft: Draft) -> tuple[Event, ...]:
    """All events of the report that somebody does to or with somebody whom the record is about, in its order."""
    return coded(draft, tells)


def coded(draft: Draft, keep: Callable[[Filled], bool]) -> tuple[Event, ...]:
    """All events of the report whose filled frame KEEP takes, in the order of the text."""
    filled = {f.token.i: f for token in draft.doc if (f := _fill(draft, token)) is not None}
    filled = _without_consumed(filled, [f for f in filled.values() if not f.wanting])
    for demand in demands(draft):
        filled[demand.token.i] = demand
    filled |= repeats(draft, filled)
    filled = with_antecedents(draft, filled)
    filled = _without_consumed(filled, list(filled.values()))
    readings = [_read(draft, filled, f) for f in sorted(filled.values(), key=lambda f: f.token.i)]
    governed, said = _governed(filled), _said(draft)
    kept = [r for r in readings if r.filled.token.i not in governed and keep(r.filled)]
    events = {(e := _event(draft, r, said.get(r.filled.token.i))).id: (e, r) for r in reversed(kept)}
    nominal = frozenset(i for i, (_, r) in events.items() if r.filled.token.pos_ == "NOUN")
    return merged([e for e, _ in reversed(events.values())], nominal)


def _without_consumed(filled: dict[int, Filled], takers: Iterable[Filled]) -> dict[int, Filled]:
    """FILLED without the words that TAKERS have taken into their own frames ("signed a treaty")."""
    taken = {i for f in takers for i in f.consumed if i != f.token.i}
    return {i: f for i, f in filled.items() if i not in taken}


def _fill(draft: Draft, token: Token) -> Filled | None:
    if token.pos_ not in ("VERB", "NOUN", "ADJ", "AUX") or token.ent_type_ in ("EVENT", "LAW", "FAC"):
        return None
    found = fill_loose(draft, token)
    return refused(found) if found is not None else None


def _read(draft: Draft, filled: dict[int, Filled], f: Filled) -> Reading:
    reading = statuses.Reading("happened") if is_speech_act(f) else statuses.read(draft.lexicon, f.token)
    inner = next((filled[c.i].row.type for c in _complement_tokens(f.token) if c.i in filled), None)
    status = _of_promise(draft, f, reading.status)
    if status == "ongoing" and f.row.type in PUNCTUAL and not reading.cues:
        status = "happened"
    return Reading(f, status, reading.cues, reading.promised, status != reading.status, inner)


def _of_promise(draft: Draft, f: Filled, status: Status) -> Status:
    """What is promised or offered is to come, though the promise has been made."""
    if f.row.type not in COMMISSIVE or status not in BASE_STATUSES:
        return status
    cue = draft.lexicon.compiled(status_cues.index).row("complement", f.token.lemma_.lower(), f.token.pos_)
    return cast(Status, cue.effect) if cue is not None and cue.effect in ("scheduled", "proposed") else status


def _complement_tokens(token: Token) -> list[Token]:
    """Predicates that may be what TOKEN governs: heads of its complements, their objects, its own object."""
    found = complements(token)
    deeper = [t for c in found for t in children(c, "obj", "xcomp")]
    return [*found, *deeper, *children(token, "obj"), *children(token, "obl", "nmod")]


def _governed(filled: dict[int, Filled]) -> set[int]:
    """Predicates that only say what another event asks for, refuses, threatens, or promises without naming it."""
    found: set[int] = set()
    for i, f in filled.items():
        inner = [c.i for c in _complement_tokens(f.token) if c.i in filled and c.i != i]
        promised = any(filled[c].row.type not in MATRIX for c in inner)
        if f.row.type in MATRIX:
            found.update(inner)
        elif f.row.type in COMMISSIVE and promised and f.token.lemma_ not in ("accept", "invite"):
            found.add(i)
    return found


def _event(draft: Draft, reading: Reading, statement: Statement | None) -> Event:
    """The event of READING; STATEMENT is that in whose content it is told, if any."""
    f, row = reading.filled, reading.filled.row
    date = date_of(draft, f.token)
    status = _with_date(draft, _with_speaker(statement, f, reading.status), date, f.token)
    source, target, reciprocal = _sides(f)
    quote = _quote(draft, f, reading.cues)
    evidence = (quote, _cut(draft, f.token.idx, f.token.idx + len(f.token)))
    reported = statement is not None
    if reading.promise and is_background(draft, f.token, date, "happened", reported):
        status = "happened"
    kind = counted_type(row.type, status, reading.promised)
    return Event(
        id=fact_id(draft.report.id, "event", quote.start, quote.end, f.token.idx, row.type),
        act=row.type,
        type=kind,
        mode=counted_mode(row.type, kind, governed_mode(row.type, reading.inner, row.mode)),
        contexts=row.contexts,
        cameo=_cameo(row.cameo, row.type, kind),
        status=status,
        background=is_background(draft, f.token, date, status, reported),
        source=source,
        target=target,
        reciprocal=reciprocal,
        date=date,
        place=_place(draft, f.token),
        attributed_to=statement.speaker.name if statement is not None and statement.speaker is not None else None,
        evidence=evidence,
        confidence=_confidence(reading),
    )


def _cameo(code: str | None, act: str, kind: str) -> str | None:
    """The act's own code, or the general code of the type it is counted as."""
    if act == kind:
        return code
    return {"AGREE": "030", "CONCEDE": "035", "THREATEN": "130"}.get(kind)


def _sides(f: Filled) -> tuple[tuple[Actor, ...], tuple[Actor, ...], bool]:
    source = _actors(f.source)
    target = tuple(a for a in _actors(f.target) if a not in source)
    if (f.row.reciprocal or f.mutual) and len(source) + len(target) > 1:
        return (*source, *target), (), True
    return source, target, False


def _actors(mentions: Iterable[Mention]) -> tuple[Actor, ...]:
    return tuple(dict.fromkeys(m.actor for m in mentions))


def _with_date(draft: Draft, status: Status, date: Date, token: Token) -> Status:
    """What is dated after the report can't have happened: "meets on Thursday" is a plan."""
    published = draft.report.published
    if (
        status in BASE_STATUSES
        and published.end
        and date.start
        and date.basis != "report"
        and date.start > published.end
    ):
        return "scheduled"
    if status in BASE_STATUSES and statuses.in_question(token):
        return "hypothetical"
    return status


def _said(draft: Draft) -> dict[int, Statement]:
    """Token index to the innermost statement whose content holds it."""
    found: dict[int, Statement] = {}
    pieces = [(start, end, s) for s in draft.statements for start, end in s.content]
    for start, end, statement in sorted(pieces, key=lambda piece: piece[0] - piece[1]):
        span = draft.doc.char_span(start, end, alignment_mode="contract")
        found.update(dict.fromkeys(range(span.start, span.end), statement) if span is not None else {})
    return found


def _with_speaker(statement: Statement | None, f: Filled, status: Status) -> Status:
    """What a party says of the other side is its claim; what it says of itself is taken as reported."""
    if statement is None or statement.speaker is None or status not in BASE_STATUSES:
        return status
    country = statement.speaker.country
    doers = {m.actor.country for m in f.source}
    others = {m.actor.country for m in f.target}
    if country and country in others and country not in doers and f.row.type in HOSTILE_ACTS:
        return "claimed"
    return status


def _place(draft: Draft, token: Token) -> Place | None:
    """Where the act took place: a place that hangs on the predicate by "in", "at" or "near"."""
    spots = [t for t in children(token, "obl", "nmod") if any(c.lower_ in ("in", "at", "near") for c in t.children)]
    for spot in spots:
        mention = next((p for p in draft.places if p.start <= spot.idx < p.end), None)
        if mention is not None:
            return as_place(mention, draft.lexicon)
    return None


def _confidence(reading: Reading) -> float:
    """A first estimate: both sides named, a single-sense row, and no mood between the words and the act."""
    f = reading.filled
    score = 0.5 + 0.15 * bool(f.source) + 0.15 * bool(f.target or len(f.source) > 1)
    score += 0.05 * bool(f.row.object) - 0.1 * any(m.kind in ("pronoun", "implied") for m in f.parties)
    return round(min(score, 0.95), 2)


def _cut(draft: Draft, start: int, end: int) -> Evidence:
    return Evidence(start, end, draft.report.text)


def _quote(draft: Draft, f: Filled, cues: tuple[int, ...]) -> Evidence:
    """The words from the first to the last of predicate, actors, time and the cue of the status, in one sentence."""
    sent = f.token.sent
    near_cues = {i for i in cues if sent.start <= i < sent.end and abs(i - f.token.i) < MAX_PHRASE}
    tokens = {f.token.i, *f.consumed, *near_cues}
    for mention in f.parties:
        if sent.start <= mention.start < sent.end:
            tokens |= {mention.start, mention.end - 1}
    for child in children(f.token, "obj", "obl*", "nmod", "aux*", "advmod"):
        if child.right_edge.i - child.left_edge.i < MAX_PHRASE:
            tokens |= {child.left_edge.i, child.right_edge.i}
    start, end = _trim(draft, min(tokens), max(tokens) + 1)
    if end - start > MAX_QUOTE_CHARS:
        near = {f.token.i, *(i for m in f.parties for i in (m.start, m.end - 1) if abs(i - f.token.i) < 25)}
        start, end = _trim(draft, min(near), max(near) + 1)
    return _cut(draft, start, end)


def _trim(draft: Draft, first: int, last: int) -> Span:
    """Characters of tokens FIRST to LAST (exclusive) without space and stray marks at the ends."""
    doc = draft.doc
    while last - first > 1 and (doc[last - 1].is_space or doc[last - 1].text in (",", ";", ":", "(", "“", "-")):
        last -= 1
    while last - first > 1 and (doc[first].is_space or doc[first].text in (",", ";", ":", ")", "”", "-")):
        first += 1
    return draft.chars(first, last)
