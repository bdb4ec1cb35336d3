"""Whether an edited fact says what the coder could have said: known codes, a type that goes with act and status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dragoman.coding.events.typing import counted_type
from dragoman.facts import Actor, Agreement, Event, Fact, FactError, Figure, Office, Transfer
from dragoman.lexicon.codebook_types import is_code
from dragoman.lexicon.countries import Country
from dragoman.lexicon.plover import CameoRow, ContextRow, ModeRow
from dragoman.lexicon.table import Lexicon
from dragoman.store.payload import stored_fields
from dragoman.store.review.values import spans
from dragoman.store.rows import actors_of
from dragoman.terms import AGREEMENT_STATUSES, BODY_SECTORS, SECTORS

_PROMISED: Final = frozenset({"denied", "claimed"})
"""Statuses with which a type may also be that of the act still to come: what is denied or claimed was a promise."""


def check(fact: Fact, text: str, lexicon: Lexicon) -> None:
    """Raise FactError, which names the field, where FACT of a report with TEXT has a term that none of our tables has,
    or words that don't stand in the text.
    """
    for start, end in spans(stored_fields(fact)):
        if not 0 <= start < end <= len(text):
            raise FactError(f"span: [{start}, {end}) is no part of a text of {len(text)} characters")
    countries = {row.code for row in lexicon.rows(Country)}
    for _, actor in actors_of(fact):
        _check_actor(actor, countries)
    for code in _countries(fact):
        _check_known("country", code, countries)
    if isinstance(fact, Event):
        _check_event(fact, lexicon)
    elif isinstance(fact, Agreement):
        _check_known("status", fact.status, AGREEMENT_STATUSES)


def _countries(fact: Fact) -> Iterator[str]:
    """Countries that a fact names elsewhere than in its parties."""
    if isinstance(fact, Event) and fact.place and fact.place.country:
        yield fact.place.country
    elif isinstance(fact, Figure):
        yield from fact.countries
    elif isinstance(fact, Office) and fact.country:
        yield fact.country
    elif isinstance(fact, Transfer) and fact.count is not None and fact.count < 0:
        raise FactError(f"count: {fact.count:g} is negative")


def _check_actor(actor: Actor, countries: set[str]) -> None:
    if actor.country is not None and actor.country != actor.name:
        _check_known("country", actor.country, countries)
    if actor.sector is not None:
        _check_known("sector", actor.sector, [*SECTORS, *BODY_SECTORS])


def _check_event(event: Event, lexicon: Lexicon) -> None:
    types = {counted_type(event.act, event.status, promised) for promised in (False, event.status in _PROMISED)}
    if event.type not in types:
        raise FactError(
            f"type: an act of {event.act} with status {event.status} is counted as {' or '.join(sorted(types))}, "
            f"not as {event.type}"
        )
    if event.mode is not None:
        modes = [row.mode for row in lexicon.rows(ModeRow) if row.type == event.type]
        _check_known(f"mode of {event.type}", event.mode, modes)
    contexts = [row.context for row in lexicon.rows(ContextRow)]
    for context in event.contexts:
        if not is_code(context):
            _check_known("context", context, contexts)
    if event.cameo is not None and event.cameo not in {row.code for row in lexicon.rows(CameoRow)}:
        raise FactError(f"cameo: {event.cameo!r} is no code of CAMEO")
    if not event.source and not event.target:
        raise FactError("source: an event without any party; reject it instead")


def _check_known(field: str, value: str, known: object) -> None:
    values = sorted(map(str, known))  # type: ignore[call-overload]
    if value not in values:
        among = f"; one of {', '.join(values)}" if len(values) <= 30 else ""
        raise FactError(f"{field}: {value!r} is unknown{among or '; write it as in docs/codebook.md'}")
