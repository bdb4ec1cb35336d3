"""Reads a text's events with all stages before them; what tests of events share."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from dragoman.coding import actors, events, places, statements, times
from dragoman.coding.draft import Draft
from dragoman.coding.tree import Tree
from dragoman.facts import Actor, Date, Event, Report
from dragoman.language.parser import Parser, load_parser
from dragoman.lexicon import Lexicon

LEXICON = Lexicon()


@cache
def parser() -> Parser:
    """Without what the heads say of acts: most tests are of the tables and rules, which must stand alone."""
    return load_parser(acts=False)


def draft_of(text: str, published: str | None = "2015-06-10") -> Draft:
    """TEXT with times, places, actors and statements found in it."""
    day = Date.on(published, "given") if published else Date.unknown()
    draft = Draft(Report("test", text, day), Tree(parser().parse(text)), LEXICON)
    for name, stage in (("times", times), ("places", places), ("actors", actors), ("statements", statements)):
        draft = replace(draft, **{name: stage.find(draft)})
    return draft


def events_of(text: str, published: str | None = "2015-06-10") -> tuple[Event, ...]:
    return events.find(draft_of(text, published))


def codes(parties: tuple[Actor, ...]) -> str:
    """Countries (bodies: sectors) of PARTIES, sorted, joined by a plus."""
    return "+".join(sorted(a.country or a.sector or "?" for a in parties))


def short(event: Event) -> tuple[str, str, str, str]:
    """(type, status, source, target)."""
    return (event.type, event.status, codes(event.source), codes(event.target))
