"""Explanations as lines for people, and the reading of what `read --explain` is given."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Final

from dragoman.cli.output import MARKS, plain, print_line, warn, when
from dragoman.coding.actors.explaining import named
from dragoman.errors import InputError
from dragoman.facts import Date, Event
from dragoman.pipeline.answer import dumps
from dragoman.pipeline.explain import ON_REQUEST, as_json, explain_all
from dragoman.pipeline.tools import load_tools
from dragoman.reading.inputs import read_inputs
from dragoman.reading.source import Source

if TYPE_CHECKING:
    from dragoman.coding.trace import LeftOut, Note
    from dragoman.facts import Actor, Statement
    from dragoman.pipeline.explain import Difference, Explained
    from dragoman.settings import Settings

LONGEST_QUOTE: Final = 48
"""Characters of quoted words in a line; longer ones are cut in the middle. `--json` has them whole."""

GAP: Final = 2
"""Spaces between columns."""


def explain_inputs(
    paths: list[str], text: str | None, published: str | None, settings: Settings, json: bool, dropped: bool
) -> tuple[int, int]:
    """Print what PATHS and TEXT say and why; (reports told, inputs that failed). PUBLISHED is the day of TEXT."""
    inputs: list[Iterable[Source | InputError]] = [read_inputs(paths, settings, sys.stdin)]
    if text is not None:
        inputs.insert(0, [_given(text, published)])
    done = failed = 0
    tools = load_tools(settings)
    for outcome in explain_all((item for group in inputs for item in group), tools, settings):
        if isinstance(outcome, InputError):
            warn(str(outcome))
            failed += 1
            continue
        for warning in outcome.answer.report.warnings:
            warn(f"{outcome.answer.report.id}: {warning}")
        print_line(dumps(as_json(outcome, None, dropped)) if json else "\n".join(lines(outcome, None, dropped)) + "\n")
        done += 1
    return done, failed


def is_day(text: str) -> bool:
    """Whether TEXT is an ISO day such as 1978-09-17."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _given(text: str, published: str | None) -> Source:

    return Source("text", "--text", text=text, published=Date.on(published) if published else None)


def lines(explained: Explained, difference: Difference | None, dropped: bool) -> list[str]:
    """One report's explanation; DIFFERENCE from what is stored, if it is; with what was DROPPED, if that is asked."""
    report = explained.answer.report
    out = [f"{plain(report.title or report.id)}, {when(report.published)}"]
    out += _stored(difference) if difference is not None else []
    for number, (fact, notes) in enumerate(explained.facts(), 1):
        out += _fact(report.text, number, fact, [n for n in notes if dropped or n.field != ON_REQUEST])
    if not explained.facts():
        out += ["", "no event and no statement"]
    if dropped:
        out += _left_out(report.text, explained.left_out())
    return out


def _stored(difference: Difference) -> list[str]:
    if not difference:
        return ["the facts in the record are those that are read now"]
    out = ["the facts in the record differ from those that are read now, which are explained here"]
    out += [f"  in the record, no longer read: {ident}" for ident in difference.gone]
    out += [f"  read now, not in the record: {ident}" for ident in difference.new]
    out += [f"  changed: {ident} in {', '.join(names)}" for ident, names in difference.changed.items()]
    return out


def _fact(text: str, number: int, fact: Event | Statement, notes: list[Note]) -> list[str]:
    quote = plain(fact.evidence[0].text)
    out = ["", f"{number:>3}. {fact.kind} {fact.id}", f"     “{quote}”", *_sure(fact)]
    rules = max((len(note.rule) for note in notes), default=0) + GAP
    quotes = [_quoted(text, note) for note in notes]
    wide = max(map(len, quotes), default=0) + GAP
    last = ""
    for note, words in zip(notes, quotes, strict=True):
        if note.field != last:
            out.append(f"     {note.field.replace('_', ' '):<14}{_value(fact, note.field)}".rstrip())
            last = note.field
        out.append(f"       {note.rule:<{rules}}{words:<{wide}}{plain(note.why)}".rstrip())
    return out


def _sure(fact: Event | Statement) -> Iterator[str]:
    """How sure an event is, as a whole and field by field."""
    if isinstance(fact, Event) and fact.field_confidence is not None:
        fields = ", ".join(f"{name} {value:.2f}" for name, value in asdict(fact.field_confidence).items())
        yield f"     {'confidence':<14}{fact.confidence:.2f} ({fields})"


def _quoted(text: str, note: Note) -> str:
    """The words of NOTE in quotation marks, cut in the middle where they are long."""
    found = [f"“{_short(plain(text[start:end]))}”" for start, end in note.words]
    return " + ".join(found)


def _short(words: str) -> str:
    if len(words) <= LONGEST_QUOTE:
        return words
    side = LONGEST_QUOTE // 2 - 2
    return f"{words[:side]} … {words[-side:]}"


def _value(fact: Event | Statement, name: str) -> str:
    """What FACT has in the field NAME, in a few words."""
    values = _of_event(fact) if isinstance(fact, Event) else _of_statement(fact)
    return plain(values.get(name, ""))


def _of_event(event: Event) -> dict[str, str]:
    act = f", of the act {event.act}" if event.act != event.type else ""
    return {
        "trigger": event.evidence[1].text,
        "type": f"{event.type}{act}" + (f", CAMEO {event.cameo}" if event.cameo else ""),
        "mode": event.mode or "",
        "contexts": ", ".join(event.contexts),
        "status": f"{MARKS[event.status]} {event.status}",
        "source": _names(event.source) + (", reciprocal" if event.reciprocal else ""),
        "target": _names(event.target),
        "date": when(event.date),
        "place": event.place.name if event.place else "",
        "background": "yes",
        "attributed_to": event.attributed_to or "",
        "evidence": "",
        "relevance": "kept",
    }


def _of_statement(statement: Statement) -> dict[str, str]:
    return {
        "cue": statement.cue.text if statement.cue else "none",
        "kind": statement.speech,
        "content": "",
        "mode": statement.mode,
        "speaker": _names((statement.speaker,)) if statement.speaker else "nobody",
        "affiliation": statement.affiliation or "",
        "addressee": statement.addressee or "",
        "chain": " → ".join(statement.chain),
        "date": when(statement.date),
    }


def _names(actors: Iterable[Actor]) -> str:

    return "; ".join(map(named, actors)) or "nobody"


def _left_out(text: str, found: list[LeftOut]) -> Iterator[str]:
    yield ""
    yield "left out" if found else "no word that the tables know was left out"
    wide = max((len(left.rule) for left in found), default=0) + GAP
    longest = max((left.word[1] - left.word[0] for left in found), default=0) + 2 + GAP
    for left in found:
        word = f"“{plain(text[slice(*left.word)])}”"
        yield f"     {word:<{longest}}{left.rule:<{wide}}{left.why}"
