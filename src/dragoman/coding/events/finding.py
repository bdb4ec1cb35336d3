"""Events: predicates with their actors, made into dated facts with status, place and proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import cast

from dragoman.coding import status as statuses
from dragoman.coding.arguments import children, complements
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.events.antecedents import repeats, with_antecedents
from dragoman.coding.events.background import date_of, ground
from dragoman.coding.events.capacity import in_capacity
from dragoman.coding.events.confidence import features, weigh
from dragoman.coding.events.explaining import WHY, Decided, explain, explain_left_out
from dragoman.coding.events.implied import with_implied
from dragoman.coding.events.learned import HEADS, LEAST, TAKEN, by_token, joined, status_of
from dragoman.coding.events.merging import merged
from dragoman.coding.events.predicates import Filled, fill_loose, left_out
from dragoman.coding.events.relevance import own_wish, tells
from dragoman.coding.events.sides import word_of_a_side
from dragoman.coding.events.speech_acts import demands, is_speech_act, refused
from dragoman.coding.events.typing import TO_COME, counted_mode, counted_type, governed_mode
from dragoman.coding.paths import described
from dragoman.coding.places import as_place
from dragoman.coding.status import Effect
from dragoman.coding.tokens import Token
from dragoman.facts import Actor, Date, Event, Evidence, Place, Span, Statement, Status, fact_id
from dragoman.lexicon import status_cues
from dragoman.terms import BASE_STATUSES

MAX_QUOTE_CHARS = 400
"""A longer clause is cut down to the predicate's own words and its nearest actors: a quote is for reading."""
MAX_PHRASE = 25
"""Tokens of a dependent up to which all of it is quoted."""
MATRIX = frozenset({"REQUEST", "REJECT", "THREATEN"})
"""Types whose complement says what is asked, refused or threatened and is no event of its own."""
PUNCTUAL = frozenset({"AGREE", "CONCEDE", "THREATEN", "ACCUSE"})
"""Acts done by being said: in the present tense of a report they have been done."""
INVITING = frozenset({"invite", "accept", "propose"})
"""Verbs of readiness in words alone: the invitation has been made."""
COMMISSIVE = frozenset({"AGREE"})
"""Types whose complement is the act itself, to come: it is the event, and the promise is its status."""


@dataclass(frozen=True)
class Reading:
    """A filled predicate with the status of its act, `effects` that gave it, and the act that it governs, if any."""

    filled: Filled
    status: Status
    cues: tuple[int, ...]
    promised: bool = False
    promise: bool = False
    inner: Filled | None = None
    effects: tuple[Effect, ...] = ()


def find(draft: Draft) -> tuple[Event, ...]:
    """All events of the report that somebody does to or with somebody whom the record is about, in its order."""
    return coded(draft, tells)


def coded(draft: Draft, keep: Callable[[Filled], bool], with_heads: bool = True) -> tuple[Event, ...]:
    """All events of the report whose filled frame KEEP takes, in the order of the text.

    WITH_HEADS: whether what the parser's heads see is read beside the tables.
    """
    filled = _yielding({f.token.i: f for token in draft.tokens if (f := _fill(draft, token)) is not None})
    filled = _without_consumed(draft, filled, [f for f in filled.values() if not f.wanting])
    for demand in demands(draft):
        filled[demand.token.i] = demand
    filled |= repeats(draft, filled)
    filled = with_antecedents(draft, filled)
    filled = _without_consumed(draft, filled, list(filled.values()))
    heads, tabled = by_token(draft) if with_heads else None, filled
    if heads is not None:
        filled = with_implied(draft, joined(draft, filled, heads))
    readings = [_read(draft, filled, f) for f in sorted(filled.values(), key=lambda f: f.token.i)]
    governed, said = _governed(filled), _said(draft)
    if heads is not None:
        governed = {i for i in governed if i not in heads or heads[i].probability < TAKEN}
    kept = [r for r in readings if r.filled.token.i not in governed and keep(r.filled)]
    built = [(_event(draft, r, said.get(r.filled.token.i), tabled.get(r.filled.token.i)), r) for r in reversed(kept)]
    events = {e.id: (e, r) for e, r in built if not _unsure(draft, e, r.filled)}
    nominal = frozenset(i for i, (_, r) in events.items() if r.filled.token.pos_ == "NOUN")
    found = merged([e for e, _ in reversed(events.values())], nominal)
    if draft.trace is not None:
        explain_left_out(draft, filled, governed, {i: r.filled for i, (_, r) in events.items()}, found)
    return found


def _unsure(draft: Draft, event: Event, f: Filled) -> bool:
    """Whether no row has the act as the heads see it, and it is hardly right."""
    unsure = f.row.id == HEADS and event.confidence < LEAST
    if unsure and draft.trace is not None:
        left_out(draft, f, WHY["relevance:unsure"], "relevance:unsure")
        draft.trace.facts.pop(event.id, None)
    return unsure


def _without_consumed(draft: Draft, filled: dict[int, Filled], takers: Iterable[Filled]) -> dict[int, Filled]:
    """FILLED without the words that TAKERS have taken into their own frames ("signed a treaty")."""
    taken = {i: f for f in takers for i in f.consumed if i != f.token.i}
    if draft.trace is not None:
        for i in taken.keys() & filled.keys():
            by = taken[i]
            left_out(draft, filled[i], f"taken into the frame of “{by.token.text}”", f"predicates:{by.row.id}")
    return {i: f for i, f in filled.items() if i not in taken}


def _fill(draft: Draft, token: Token) -> Filled | None:
    if token.pos_ not in ("VERB", "NOUN", "ADJ", "AUX") or token.ent_type_ in ("EVENT", "LAW", "FAC"):
        return None
    found = fill_loose(draft, token)
    return refused(found) if found is not None else None


def _read(draft: Draft, filled: dict[int, Filled], f: Filled) -> Reading:
    spoken = is_speech_act(f)
    reading = statuses.Reading("happened") if spoken else statuses.read(draft.lexicon, f.token)
    inner = next((filled[c.i] for c in _complement_tokens(f.token) if c.i in filled), None)
    status, effects = reading.status, reading.effects
    promise = _of_promise(draft, f, reading.status)
    if promise is not None:
        status, effects = cast(Status, promise.status), (*effects, promise)
    aspect = effects and effects[-1].rule in ("tense:progressive", "tense:attitude")
    if status == "ongoing" and f.row.type in PUNCTUAL and not reading.cues and not aspect:
        status, effects = "happened", (*effects, Effect("happened", f.token.i, "rule:done-by-being-said"))
    if f.act is not None and (seen := status_of(f.act, status, bool(reading.cues))) != status:
        status, effects, promise = seen, (*effects, Effect(seen, f.token.i, "heads:status")), None
        reading = replace(reading, promised=False)
    return Reading(f, status, reading.cues, reading.promised, promise is not None, inner, effects)


def _of_promise(draft: Draft, f: Filled, status: Status) -> Effect | None:
    """What is promised or offered is to come, though the promise has been made."""
    if f.row.type not in COMMISSIVE or status not in BASE_STATUSES or f.token.lemma_ in INVITING:
        return None
    cue = draft.lexicon.compiled(status_cues.index).row("complement", f.token.lemma_.lower(), f.token.pos_)
    if cue is None or cue.effect not in ("scheduled", "proposed"):
        return None
    return Effect(cue.effect, f.token.i, cue.id)


def _complement_tokens(token: Token) -> list[Token]:
    """Predicates that may be what TOKEN governs: heads of its complements, their objects, its own object."""
    found = complements(token)
    deeper = [t for c in found for t in children(c, "obj", "xcomp")]
    return [*found, *deeper, *children(token, "obj"), *children(token, "obl", "nmod")]


def _yielding(filled: dict[int, Filled]) -> dict[int, Filled]:
    """FILLED without frames of ours that would take in a word of the user's codebook: "launched an air strike"."""
    own = {i for i, f in filled.items() if f.row.first and not f.wanting}
    return {i: f for i, f in filled.items() if f.row.first or not own & (f.consumed - {i})}


def _governed(filled: dict[int, Filled]) -> set[int]:
    """Predicates that only say what another event asks for, refuses, threatens, or promises without naming it."""
    found: set[int] = set()
    for i, f in filled.items():
        inner = [c.i for c in _complement_tokens(f.token) if c.i in filled and c.i != i]
        promised = any(filled[c].row.type not in MATRIX for c in inner)
        if own_wish(f):
            continue
        if f.row.type in MATRIX or (f.row.first and f.row.type in COMMISSIVE):
            found.update(inner)
        elif f.row.type in COMMISSIVE and promised and f.token.lemma_ not in ("accept", "invite"):
            found.add(i)
    return found


def _event(draft: Draft, reading: Reading, statement: Statement | None, tabled: Filled | None) -> Event:
    """The event of READING; STATEMENT is that in whose content it is told, TABLED its frame by the tables, if any."""
    f, row = reading.filled, reading.filled.row
    date = date_of(draft, f.token)
    reported = statement is not None
    status, turns = _turned(draft, reading, statement, date)
    behind = ground(draft, f.token, date, status, reported)
    source, target, reciprocal = _sides(in_capacity(draft, f))
    quote = _quote(draft, f, reading.cues)
    kind = counted_type(row.type, status, reading.promised)
    inner = reading.inner.row.type if reading.inner is not None else None
    event = Event(
        id=fact_id(draft.report.id, "event", quote.start, quote.end, f.token.idx, row.type),
        act=row.type,
        type=kind,
        mode=counted_mode(row.type, kind, governed_mode(row.type, inner, row.mode)),
        contexts=row.contexts,
        cameo=_cameo(row.cameo, row.type, kind, status),
        status=status,
        background=behind is not None,
        source=source,
        target=target,
        reciprocal=reciprocal,
        date=date,
        place=_place(draft, f.token),
        attributed_to=statement.speaker.name if statement is not None and statement.speaker is not None else None,
        evidence=(quote, _cut(draft, f.token.idx, f.token.idx + len(f.token))),
    )
    decided = Decided(f, reading.inner, (*reading.effects, *turns), behind, statement)
    weighed = features(draft, event, decided, tabled)
    if draft.trace is not None:
        draft.trace.weighed[event.id] = weighed
        explain(draft, event, decided)
    whole, fields = weigh(draft.lexicon, weighed)
    return replace(event, confidence=whole, field_confidence=fields)


def _turned(
    draft: Draft, reading: Reading, statement: Statement | None, date: Date
) -> tuple[Status, tuple[Effect, ...]]:
    """The status of READING in its report, and what turned it from what mood and tense say."""
    f, status = reading.filled, reading.status
    turns: tuple[Effect, ...] = ()
    if status in BASE_STATUSES and (turn := _turn(draft, f, statement, date)) is not None:
        status, turns = cast(Status, turn.status), (turn,)
    if reading.promise and ground(draft, f.token, date, "happened", statement is not None) is not None:
        status, turns = "happened", (*turns, Effect("happened", None, "rule:old-promise"))
    return status, turns


def _turn(draft: Draft, f: Filled, statement: Statement | None, date: Date) -> Effect | None:
    """What makes of a done act a claim of one side, a plan (it is dated after the report) or a mere question."""
    if (claim := word_of_a_side(statement, f)) is not None:
        return claim
    published = draft.report.published
    later = bool(published.end and date.start and date.basis != "report" and date.start > published.end)
    if later and not statuses.looks_back(f.token):
        return Effect("scheduled", None, "rule:dated-after-the-report")
    return Effect("hypothetical", None, "rule:question") if statuses.in_question(f.token) else None


def _cameo(code: str | None, act: str, kind: str, status: str) -> str | None:
    """The act's own code, or the general code of the type it is counted as; a concession to come has that of intent."""
    if act == kind and not (act == "CONCEDE" and status in TO_COME):
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


def _said(draft: Draft) -> dict[int, Statement]:
    """Token index to the innermost statement whose content holds it."""
    found: dict[int, Statement] = {}
    pieces = [(start, end, s) for s in draft.statements for start, end in s.content]
    for start, end, statement in sorted(pieces, key=lambda piece: piece[0] - piece[1]):
        span = draft.doc.char_span(start, end, alignment_mode="contract")
        found.update(dict.fromkeys(range(span.start, span.end), statement) if span is not None else {})
    return found


def _place(draft: Draft, token: Token) -> Place | None:
    """Where the act took place: a place that hangs on the predicate by "in", "at" or "near"."""
    spots = [t for t in children(token, "obl", "nmod") if any(c.lower_ in ("in", "at", "near") for c in t.children)]
    for spot in spots:
        mention = next((p for p in draft.places if p.start <= spot.idx < p.end), None)
        if mention is not None:
            if draft.trace is not None:
                draft.trace.note(("place", token.i), *described(token, spot), [(mention.start, mention.end)], "place")
            return as_place(mention, draft.lexicon)
    return None


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
    tokens = draft.tokens
    while last - first > 1 and (tokens[last - 1].is_space or tokens[last - 1].text in (",", ";", ":", "(", "“", "-")):
        last -= 1
    while last - first > 1 and (tokens[first].is_space or tokens[first].text in (",", ";", ":", ")", "”", "-")):
        first += 1
    return draft.chars(first, last)
