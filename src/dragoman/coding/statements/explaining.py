"""What decided each field of a statement, gathered for a Trace; nothing here decides anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from dragoman.coding.paths import described
from dragoman.coding.statements.claims import Claim, Reading, chars
from dragoman.coding.statements.cue_hit import Hit
from dragoman.coding.statements.quoting import UNLISTED
from dragoman.coding.trace import Note
from dragoman.facts import Statement

FRAMES: Final[Mapping[str, str]] = MappingProxyType({
    "clause": "the clause that it governs, or stands in",
    "quote": "the quotation beside it",
    "to": "the infinitive that it governs",
    "ing": "the gerund that it governs",
    "obj": "the noun phrase that it is said of",
    "obj+to": "its object with an infinitive",
    "obj+pred": "its object with what is said of it",
    "prep": "the phrase behind its preposition",
    "raise": "the subject with its infinitive, or the clause around it, which nobody says",
    "label": "all that follows the colon",
})  # fmt: skip
"""What a cue reports in each frame."""

MODES: Final[Mapping[str, str]] = MappingProxyType({
    "direct": "every word stands in quotation marks",
    "indirect": "no word stands in quotation marks",
    "mixed": "some words stand in quotation marks",
})  # fmt: skip


def explain(reading: Reading, claim: Claim, statement: Statement) -> None:
    """Put down what gave each field of STATEMENT, built of CLAIM. The draft must have a trace."""
    trace, hit = reading.draft.trace, claim.hit
    assert trace is not None
    notes = [*_cue(claim, hit, statement), *_content(claim, hit)]
    notes += trace.of(_quotes(claim), "content")
    notes.append(Note(f"rule:{statement.mode}", MODES[statement.mode], (), "mode"))
    if statement.speaker is not None and claim.speaker is not None:
        notes += _speaker(reading, claim, statement, claim.speaker)
    else:
        silent = hit is not None and hit.silent
        why = "the frame has no speaker: hearsay" if silent else "no subject, agent or owner of the cue is named"
        notes.append(Note("rule:nobody-speaks", why, (), "speaker"))
    if statement.affiliation and statement.speaker is not None and statement.speaker.span is not None:
        why = "a body, country or nationality named in the speaker's own phrase"
        notes.append(Note("parser:name", why, (statement.speaker.span,), "affiliation"))
    if hit is not None:
        notes += trace.of(("addressee", hit.head), "addressee")
    if len(statement.chain) > 1:
        why = "the page's outlet, a medium that quotes or is told, the speaker, then sources inside"
        notes += [Note("rule:chain", why, (), "chain"), *trace.of(("chain", claim.at), "chain")]
    notes += trace.of(("said", claim.at), "date")
    trace.explain(statement.id, notes)


def explain_chain(reading: Reading, claim: Claim, sources: list[int]) -> None:
    """Note the words of SOURCES, which CLAIM's clause names, and of those whose words its speaker passes on."""
    trace, tree = reading.draft.trace, reading.tree
    assert trace is not None
    for noun in sources:
        words = [chars(tree, tree.range(noun))]
        trace.note(("chain", claim.at), "rule:cited", "named by “citing” or “quoting” beside the cue", words)
    for noun in claim.inner:
        words = [chars(tree, tree.range(noun))]
        trace.note(("chain", claim.at), "rule:passed-on", "speaks inside what the speaker passes on", words)


def _quotes(claim: Claim) -> tuple[str | int, ...]:
    return ("quote", claim.at if claim.hit is None else claim.hit.head)


def _row(hit: Hit) -> str:
    return "rule:verb-beside-quotation" if hit.cue is UNLISTED else f"reporting_cues:{hit.cue.id}"


def _cue(claim: Claim, hit: Hit | None, statement: Statement) -> Iterator[Note]:
    if hit is None or statement.cue is None:
        yield Note("rule:quotation-alone", "a quotation of a sentence's length without a cue", claim.spans, "cue")
        return
    yield Note(_row(hit), f"{hit.cue.pos} “{hit.cue.cue}” in its frame {hit.frame}", (statement.cue.span,), "cue")
    yield Note(_row(hit), f"the row's kind, {statement.speech}", (statement.cue.span,), "kind")


def _content(claim: Claim, hit: Hit | None) -> Iterator[Note]:
    if hit is not None:
        yield Note(f"frame:{hit.frame}", FRAMES.get(hit.frame, hit.frame), claim.spans, "content")


def _speaker(reading: Reading, claim: Claim, statement: Statement, noun: int) -> Iterator[Note]:
    """How the speaker's noun was found, and how it became an actor."""
    tokens, trace = reading.draft.tokens, reading.draft.trace
    assert trace is not None and statement.speaker is not None
    words = (statement.speaker.span or chars(reading.tree, (noun, noun)),)
    if claim.hit is None:
        yield Note(
            "rule:subject-around", "the subject of the sentence around the quotation or before it", words, "speaker"
        )
    elif claim.hit.cue.pos == "phrase":
        yield Note("parse:case", f"the noun beside “{claim.hit.cue.cue}”", words, "speaker")
    else:
        yield Note(*described(tokens[claim.hit.head], tokens[noun]), words, "speaker")
    mention = reading.draft.mention_at(tokens[noun])
    if mention is not None:
        yield from trace.of(("mention", mention.start), "speaker")
    else:
        yield from trace.of(("speaker", noun), "speaker")
