"""Why the events and statements of a report are what they are: the report is read again, and told with its grounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, TypeAlias

from dragoman.coding.stages import code
from dragoman.coding.tools import Tools
from dragoman.coding.trace import LeftOut, Note, Trace
from dragoman.errors import InputError, QueryError
from dragoman.facts import Answer, Event, Report, Span, Statement
from dragoman.lexicon.outlets import names_by_domain
from dragoman.pipeline.batch import is_coded
from dragoman.pipeline.faults import guarded
from dragoman.reading.report import make_report
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.payload import Json, fields, named, stored_fields

EXPLAINED: Final = ("event", "statement")
"""Kinds of facts that are explained."""

ON_REQUEST: Final = "relevance"
"""The field that is told only where what was left out is asked for."""

Explainable: TypeAlias = Event | Statement


@dataclass(frozen=True, slots=True)
class Explained:
    """A report's facts with the notes on them. `only` is the id of the one fact that is asked about."""

    answer: Answer
    trace: Trace
    only: str | None = None

    def facts(self) -> list[tuple[Explainable, tuple[Note, ...]]]:
        """Events and statements with their notes, in the order of the text, or the one asked about."""
        found: list[Explainable] = [*self.answer.events, *self.answer.statements]
        found = [fact for fact in found if self.only in (None, fact.id)]
        found.sort(key=lambda fact: (fact.evidence[0].span, fact.kind))
        return [(fact, self.trace.facts.get(fact.id, ())) for fact in found]

    def left_out(self) -> list[LeftOut]:
        """Words that the tables know and that became no event, in the order of the text."""
        return [self.trace.left_out[i] for i in sorted(self.trace.left_out)]


@dataclass(frozen=True, slots=True)
class Difference:
    """How events and statements as stored differ from those that are read now, by id; `changed` names the fields."""

    gone: tuple[str, ...]
    new: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]

    def __bool__(self) -> bool:
        return bool(self.gone or self.new or self.changed)


def explain(report: Report, tools: Tools, least: float = 0.0) -> Explained:
    """Read REPORT's text with what TOOLS hold and keep the grounds; one that isn't English has no facts.

    Events whose confidence is below LEAST are left out.
    """
    if not is_coded(report):
        return Explained(Answer(report), Trace())
    (doc,) = tools.parser.pipe([report.text])
    trace = Trace()
    return Explained(code(report, doc, tools.lexicon, tools.skip, trace=trace).surer(least), trace)


def explain_all(
    inputs: Iterable[Source | InputError], tools: Tools, settings: Settings
) -> Iterator[Explained | InputError]:
    """What INPUTS say and why, in their order; an error stands for one that can't be read."""
    outlets = tools.lexicon.compiled(names_by_domain)
    for item in inputs:
        yield (
            item if isinstance(item, InputError) else guarded(item.name, partial(_read, item, settings, tools, outlets))
        )


def _read(source: Source, settings: Settings, tools: Tools, outlets: Mapping[str, str]) -> Explained:
    return explain(make_report(source, settings, outlets=outlets), tools, settings.min_confidence)


def about(explained: Explained, fact: str) -> Explained:
    """EXPLAINED with one FACT alone. Raises QueryError where no event or statement has that id."""
    if not any(known.id == fact for known, _ in explained.facts()):
        ident = explained.answer.report.id
        raise QueryError(f"fact: report {ident!r} as read now has no event or statement {fact!r}; leave --fact out")
    return replace(explained, only=fact)


def against(explained: Explained, stored: Mapping[str, tuple[str, Json]]) -> Difference:
    """How STORED, (kind, fields) by id, differs from what is read now; of the kinds that are explained."""
    was = {ident: payload for ident, (kind, payload) in stored.items() if kind in EXPLAINED}
    now = {ident: stored_fields(fact) for ident, fact in named(explained.answer) if fact.kind in EXPLAINED}
    changed = {
        ident: tuple(name for name in now[ident] if now[ident][name] != was[ident].get(name))
        for ident in now.keys() & was.keys()
        if now[ident] != was[ident]
    }
    gone, new = [i for i in was if i not in now], [i for i in now if i not in was]
    return Difference(tuple(gone), tuple(new), {ident: changed[ident] for ident in sorted(changed)})


def as_json(explained: Explained, difference: Difference | None = None, dropped: bool = False) -> Json:
    """One report's explanation as JSON; `stored` is null where there was no record to compare with."""
    text = explained.answer.report.text
    found: Json = {
        "report": explained.answer.report.id,
        "stored": None if difference is None else _difference(difference),
        "facts": [
            {
                "kind": fact.kind,
                "id": fact.id,
                "fact": fields(fact),
                "notes": [_note(text, note) for note in notes if dropped or note.field != ON_REQUEST],
            }
            for fact, notes in explained.facts()
        ],
    }
    if dropped:
        found["left_out"] = [
            {"word": _words(text, left.word), "rule": left.rule, "why": left.why} for left in explained.left_out()
        ]
    return found


def _difference(difference: Difference) -> Json:
    return {
        "same": not difference,
        "gone": list(difference.gone),
        "new": list(difference.new),
        "changed": {ident: list(names) for ident, names in difference.changed.items()},
    }


def _note(text: str, note: Note) -> Json:
    words = [_words(text, span) for span in note.words]
    return {"field": note.field, "rule": note.rule, "words": words, "why": note.why}


def _words(text: str, span: Span) -> Json:
    return {"start": span[0], "end": span[1], "text": text[span[0] : span[1]]}
