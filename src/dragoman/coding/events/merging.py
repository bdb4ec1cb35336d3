"""One act once: what a report tells again is further evidence of the same event.

Two mentions tell of one act where its type is the same, no party or status of one contradicts the other, and their
dates can be one. The fullest mention stays (two named sides before one, main clauses before nouns, the earlier first);
the other's words are added to its evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.facts import Actor, Date, Event
from dragoman.lexicon.codebook_types import is_code
from dragoman.terms import BASE_STATUSES

Party = str | None
REACH = 50
"""How many acts of the same type and party one is compared with, so that long texts take time in proportion."""


def merged(events: Sequence[Event], nominal: frozenset[str]) -> tuple[Event, ...]:
    """EVENTS with retold acts joined, in the order of the text; NOMINAL are the ids of those that a noun names."""
    kept: list[Event] = []
    places: dict[tuple[str, Party], list[int]] = {}
    for event in sorted(events, key=lambda e: _rank(e, nominal)):
        parties = _countries(event.source) | _countries(event.target)
        near = places.get((event.act, min(parties, key=str)), [])[-REACH:] if parties else []
        at = next((i for i in near if _same_act(kept[i], event, nominal)), None)
        if at is not None:
            kept[at] = _joined(kept[at], event)
            continue
        for party in parties:
            places.setdefault((event.act, party), []).append(len(kept))
        kept.append(event)
    return tuple(sorted(kept, key=lambda e: e.evidence[-1].start if len(e.evidence) < 2 else e.evidence[1].start))


def _rank(event: Event, nominal: frozenset[str]) -> tuple[bool, bool, bool, int]:
    parties = len(_countries(event.source)) + len(_countries(event.target))
    return (
        parties < 2,
        event.id in nominal,
        not event.date.known or event.date.basis == "report",
        event.evidence[0].start,
    )


def _same_act(full: Event, other: Event, nominal: frozenset[str]) -> bool:
    """Whether OTHER, the poorer mention, tells of the act of FULL."""
    if full.act != other.act or full.background != other.background or not _one_status(full, other):
        return False
    if _codes(full) and _codes(other) and _codes(full) != _codes(other):
        return False
    if other.id not in nominal and full.evidence[1].text.lower() != other.evidence[1].text.lower():
        return False
    return _parties_agree(full, other) and _dates_agree(full.date, other.date)


def _one_status(full: Event, other: Event) -> bool:
    both = {full.status, other.status}
    return len(both) == 1 or both <= set(BASE_STATUSES)


def _codes(event: Event) -> frozenset[str]:
    """The types of the user's codebook that EVENT is of."""
    return frozenset(context for context in event.contexts if is_code(context))


def _parties_agree(full: Event, other: Event) -> bool:
    """Whether all that OTHER names are parties of FULL, on the same side where FULL has sides."""
    source, target = _countries(other.source), _countries(other.target)
    if not source | target:
        return False
    if full.reciprocal or other.reciprocal:
        return source | target <= _countries(full.source) | _countries(full.target)
    return source <= _countries(full.source) and target <= _countries(full.target)


def _countries(actors: Sequence[Actor]) -> set[Party]:
    """What tells parties apart: the country, a body's sector, else the name."""
    return {a.country or (a.sector if a.sector in ("UNO", "EUR", "IGO") else None) or a.name.lower() for a in actors}


def _dates_agree(one: Date, other: Date) -> bool:
    """Whether two dates can be of one day; a date that only the report's own stands for agrees with all."""
    if "report" in (one.basis, other.basis) or not (one.known and other.known):
        return True
    starts_late = one.start and other.end and one.start > other.end
    ends_early = one.end and other.start and one.end < other.start
    return not (starts_late or ends_early)


def _joined(full: Event, other: Event) -> Event:
    known = {e.span for e in full.evidence}
    more = {e.span: e for e in other.evidence if e.span not in known}
    codes = () if _codes(full) else tuple(context for context in other.contexts if is_code(context))
    return replace(full, evidence=(*full.evidence, *more.values()), contexts=(*full.contexts, *codes))
