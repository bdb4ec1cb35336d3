"""What decided each field of an event, gathered for a Trace; nothing here decides anything."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dragoman.coding.draft import Draft, Mention
from dragoman.coding.events.background import Ground
from dragoman.coding.events.filling import Filled, Slot, support_verb
from dragoman.coding.events.learned import HEADS
from dragoman.coding.events.predicates import left_out, objects_of
from dragoman.coding.events.relevance import is_party, refusal
from dragoman.coding.paths import described
from dragoman.coding.status import Effect
from dragoman.coding.tokens import Token
from dragoman.coding.trace import Note
from dragoman.facts import Event, Span, Statement
from dragoman.lexicon import Lexicon, predicates
from dragoman.lexicon.predicates import SupportRow
from dragoman.lexicon.status_cues import StatusCueRow

WHY: Final[Mapping[str, str]] = MappingProxyType({
    "tense:lasting-noun": "a noun for what lasts, under no verb",
    "tense:none": "nothing says that it did not happen",
    "tense:infinitive": "an infinitive that no verb governs",
    "tense:kept-up": "a verb of keeping up",
    "tense:perfect-since": "a perfect of what lasts, with “since”",
    "tense:progressive": "a present progressive",
    "tense:lasting-verb": "a verb of what lasts, in the present",
    "tense:present": "a present, as reports and headlines have it for what took place",
    "tense:past": "a past, and no cue against it",
    "grammar:be-to": "“is to” before an infinitive",
    "tense:attitude": "an attitude told in the present",
    "tense:under-way": "told to be under way",
    "grammar:nobody": "its subject or object is nobody or nothing",
    "grammar:neither-nor": "“neither” or “nor” denies it, or a “not” that it shares",
    "grammar:no-longer": "“no longer” denies it",
    "grammar:inverted-condition": "its clause is a condition, told by the order of words",
    "grammar:draft-would": "what a bill or a draft would do is put forward",
    "grammar:no-truth": "there is no truth in what is told",
    "grammar:found-false": "its clause calls what is told false",
    "grammar:tale-judged": "the verb above what is told denies or confirms it",
    "grammar:if-believed": "only if the teller is to be believed",
    "grammar:so-they-say": "so somebody says",
    "grammar:according-to": "on the word of a side",
    "grammar:no-noun": "“no” before the noun above it",
    "grammar:purpose": "a purpose, to come when the verb above it is done",
    "rule:done-by-being-said": "an act that is done by being said, in the present",
    "rule:word-of-the-other-side": "a hostile act, on the word of the side that it is done to",
    "rule:word-of-a-partisan": "on the word of rebels, an opposition or the like",
    "rule:own-success": "an attack, on the word of the side that made it",
    "rule:dated-after-the-report": "dated after the report",
    "rule:question": "the sentence is a question",
    "rule:old-promise": "the promise itself is older than the news: it has been made",
    "heads:status": "the parser's heads, against what the tables read",
    "background:date": "its days ended more than a week before the report",
    "background:long-after": "years or months before what the sentence tells, or its anniversary",
    "background:pluperfect": "“had” before the verb, outside what somebody says",
    "background:before": "an adverb that sets it before the news",
    "antecedent:did-the-same": "done to those whom that act was done to",
    "antecedent:signatories": "a party of the agreement concluded there",
    "antecedent:same-act": "a party of that act, which the noun takes up",
    "antecedent:restriction": "whom the restriction told there hit",
    "antecedent:answered": "who asked, offered or charged there what is answered here",
    "antecedent:taken-up": "who did there what is taken up here",
    "antecedent:again": "the other side of that act, which goes on here",
    "implied:protest": "people protest against their own government where nobody else is named",
    "implied:coup": "it is their own government that they overthrow",
    "implied:opposite": "whom the known side stands against in all other acts of the report",
    "implied:other-party": "the only other country of the report, a party of its other acts",
    "implied:other-land": "the only other country that the text names, by its places",
    "implied:own-state": "the only country of the report, whose own people are the other side",
    "implied:only-country": "the only country of the report",
    "implied:both": "the two that the report names",
    "relevance:unsure": "only the parser's heads see it so, and it is hardly right",
    "relevance:no-party": "no country, body, armed group or part of a government takes part",
    "relevance:nobody-acts": "an active verb whose subject is no actor",
    "relevance:own-wish": "a wish to do something oneself",
})  # fmt: skip
"""What each rule in code says, in words."""

IN_CODE: Final = ("tense:", "grammar:", "rule:", "heads:")


@dataclass(frozen=True, slots=True)
class Decided:
    """What an event was built from: its frame and the one that it governs, all that gave its status in order, why it
    is background (None: it is not), and the statement that it stands in."""

    filled: Filled
    inner: Filled | None
    effects: tuple[Effect, ...]
    behind: Ground | None
    statement: Statement | None


def explain(draft: Draft, event: Event, decided: Decided) -> None:
    """Put down what gave each field of EVENT. The draft must have a trace."""
    assert draft.trace is not None
    token = decided.filled.token
    notes = [*_trigger(draft, decided.filled), *_type(event, decided), *_status(draft, event, decided)]
    notes += _parties(draft, event, decided.filled)
    notes += draft.trace.of(("date", token.i), "date")
    notes += draft.trace.of(("place", token.i), "place")
    notes += _background(draft, decided.behind)
    notes += _attribution(decided.statement) if event.attributed_to else ()
    notes += _relevance(draft, decided.filled)
    draft.trace.explain(event.id, notes)


def _of(token: Token) -> Span:
    return (token.idx, token.idx + len(token))


def _trigger(draft: Draft, f: Filled) -> Iterator[Note]:
    doc = f.token.doc
    tokens = sorted({f.token.i, *f.consumed, *(t.i for t in objects_of(draft, f))})
    asked = f" with an object of {', '.join(f.row.object)}" if f.row.object else ""
    why = f"{f.row.pos.lower()} “{f.token.lemma_}”{asked}"
    if f.slots[1].name == "antecedent:did-the-same":
        why = "stands for the act told before it"
    elif f.row.id == HEADS and f.act is not None:
        why = f"the parser's heads see an act here, {f.act.probability:.0%}"
    elif f.row.id == "modal-demand":
        why = "what a speaker says that another must do"
    yield Note(_row(f), why, tuple(_of(doc[i]) for i in tokens), "trigger")


def _row(f: Filled) -> str:
    """The rule of F's frame: its row, in our table or the user's codebook."""
    if f.row.id == "modal-demand":
        return "rule:modal-demand"
    if f.row.id == HEADS:
        return "heads:act"
    return f"{'codebook' if f.row.first else 'predicates'}:{f.row.id.removesuffix(':refused')}"


def _type(event: Event, decided: Decided) -> Iterator[Note]:
    f, inner = decided.filled, decided.inner
    word = (_of(f.token),)
    if f.row.id.endswith(":refused"):
        yield Note("rule:refused", f"its subject says no to it: {event.act}", word, "type")
    else:
        whose = "the heads' type" if f.row.id == HEADS else "the row's type"
        yield Note(_row(f), f"{whose}, {event.act}", word, "type")
    if event.type != event.act:
        why = f"{event.act} that is {event.status} counts as {event.type}"
        yield Note("rule:to-come", why, (), "type")
    if event.contexts:
        yield Note(_row(f), "the row's contexts", word, "contexts")
    if event.mode is None:
        return
    if event.type != event.act:
        yield Note("rule:mode-of-threat", f"by what is threatened, {event.act}", word, "mode")
    elif inner is not None and event.mode != f.row.mode:
        yield Note("rule:mode-of-governed", f"by what it governs, {inner.row.type}", (_of(inner.token),), "mode")
    else:
        whose = "the heads' mode" if f.row.id == HEADS else "the row's mode"
        yield Note(_row(f), f"{whose}, {event.mode}", word, "mode")


def _scopes(lexicon: Lexicon) -> Mapping[str, str]:
    """Cue rows' ids to what they govern."""
    return {row.id: row.scope for row in lexicon.rows(StatusCueRow)}


def _status(draft: Draft, event: Event, decided: Decided) -> Iterator[Note]:
    scopes = draft.lexicon.compiled(_scopes)
    if not decided.effects:
        yield Note("rule:said", "the mood of its verb is in its type already", (), "status")
    for effect in decided.effects:
        words = (_of(draft.tokens[effect.cue]),) if effect.cue is not None else ()
        if effect.rule.startswith(IN_CODE):
            yield Note(effect.rule, f"{WHY[effect.rule]}: {effect.status}", words, "status")
            continue
        row, _, future = effect.rule.partition(":")
        why = "“would” of what is reported, a plain future" if future else f"{scopes[row]} cue"
        yield Note(f"status_cues:{row}", f"{why}: {effect.status}", words, "status")
    heard = [effect.status for effect in decided.effects]
    if len(set(heard)) > 1 or heard.count("denied") > 1:
        twice = "two denials cancel each other" if heard.count("denied") % 2 == 0 and "denied" in heard else ""
        why = twice or "of several the least real holds, and what the report itself says goes last"
        yield Note("rule:joined", f"{why}: {event.status}", (), "status")


def _parties(draft: Draft, event: Event, f: Filled) -> Iterator[Note]:
    kept = {(actor.name, actor.country) for actor in event.target}
    for mention in f.source:
        yield from _party(draft, f, mention, f.slots[0], "source")
    for mention in f.target:
        if event.reciprocal or (mention.actor.name, mention.actor.country) in kept:
            yield from _party(draft, f, mention, f.slots[1], "source" if event.reciprocal else "target")
    if event.reciprocal:
        rule = _row(f) if f.row.reciprocal else "rule:each-other"
        yield Note(rule, "all sides do it: they stand together and there is no target", (_of(f.token),), "source")


def _party(draft: Draft, f: Filled, mention: Mention, slot: Slot, name: str) -> Iterator[Note]:
    """How MENTION was found for the field NAME, and how it became the actor that it is."""
    assert draft.trace is not None
    words = (draft.chars(mention.start, mention.end),)
    if slot.act is not None and mention.actor.span is None:
        act = draft.tokens[slot.act]
        yield Note(slot.name, f"“{act.text}”: {WHY[slot.name]}", (*words, _of(act)), name)
    elif slot.name.startswith("implied:"):
        yield Note(slot.name, f"the parser's heads see an implied {name}: {WHY[slot.name]}", words, name)
    elif slot.name == HEADS:
        yield Note("heads:party", f"the parser's heads see the {name} here", words, name)
    elif slot.name == "speaker":
        yield Note("rule:modal-demand", "who says that others must", words, name)
    else:
        yield from _slot(draft, f, mention, slot.name, words, name)
    yield from draft.trace.of(("mention", mention.start), name)


def _slot(draft: Draft, f: Filled, mention: Mention, slot: str, words: tuple[Span, ...], name: str) -> Iterator[Note]:
    rule, why = described(f.token, draft.tokens[mention.head])
    yield Note(rule, f"{why} (slot {slot})" if slot and slot != "lent" else why, words, name)
    if slot == "lent":
        verb = support_verb(f.token, draft.lexicon.compiled(predicates.index))
        if verb is None:
            yield Note("rule:circumstance", "the verb beside which the contact is told lends its subject", (), name)
        else:
            yield Note(_support(draft, verb), f"“{verb.text}” lends its subject", (_of(verb),), name)


def _support(draft: Draft, verb: Token) -> str:
    """The row of the support verbs that VERB, alone or with a particle, is in."""
    lemmas = {verb.lemma_.lower(), *(f"{verb.lemma_.lower()} {c.lower_}" for c in verb.children)}
    rows = [r for r in draft.lexicon.rows(SupportRow) if r.role == "object" and lemmas & set(r.lemmas)]
    return f"support_verbs:{rows[0].id}" if rows else "support_verbs"


def _background(draft: Draft, behind: Ground | None) -> Iterator[Note]:
    if behind is not None:
        words = (_of(draft.tokens[behind.token]),) if behind.token is not None else ()
        yield Note(behind.rule, WHY[behind.rule], words, "background")


def _attribution(statement: Statement | None) -> Iterator[Note]:
    if statement is not None:
        words = (statement.cue.span,) if statement.cue is not None else ()
        yield Note("rule:inside-statement", f"told in what statement {statement.id} says", words, "attributed_to")


def _relevance(draft: Draft, f: Filled) -> Iterator[Note]:
    party = next((m for m in f.parties if is_party(m.actor)), None)
    if party is not None:
        what = (
            f"has the country {party.actor.country}" if party.actor.country else f"is a party as {party.actor.sector}"
        )
        words = (draft.chars(party.start, party.end),)
        yield Note("relevance:party", f"{party.actor.name} {what}", words, "relevance")


def explain_left_out(
    draft: Draft,
    filled: Mapping[int, Filled],
    governed: Collection[int],
    built: Mapping[str, Filled],
    found: Collection[Event],
) -> None:
    """Put down why frames of FILLED are no events: GOVERNED by another, refused, or of those BUILT told again."""
    assert draft.trace is not None
    trace, kept = draft.trace, {event.id: event for event in found}
    for i, f in filled.items():
        rule = refusal(f)
        if i in governed:
            left_out(draft, f, "it only says what another event asks for, refuses or threatens", "rule:governed")
        elif rule is not None:
            left_out(draft, f, WHY[rule], rule)
    for ident, f in built.items():
        if ident not in kept:
            trace.facts.pop(ident, None)
            left_out(draft, f, "told again: its words are further evidence of an event", "rule:told-again")
            continue
        trace.left_out.pop(f.token.i, None)
        if again := tuple(item.span for item in kept[ident].evidence[2:]):
            note = Note("rule:told-again", "the same act told again, by its type, parties and date", again, "evidence")
            trace.explain(ident, (*trace.facts[ident], note))
