"""What tells a party to a plan from other parties, and whether the parties of two events agree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from typing import Final

from dragoman.facts import Actor
from dragoman.linking.agreeing import MUTUAL, Part, is_person, same_name, side
from dragoman.linking.told import Told
from dragoman.linking.wording import stem

VAGUE_OFFICES: Final = frozenset({"leader", "offici", "repres", "deleg", "govern", "side", "team", "author", "envoy"})
"""Stems of words for offices that say too little to tell two persons apart."""

_WORD: Final = re.compile(r"[^\W\d_]+")


def unit(actor: Actor) -> str | None:
    """The country of a party, the name of one without; None where it has neither."""
    return actor.country or actor.name.lower() or None


def units(actors: Iterable[Actor]) -> frozenset[str]:
    """What tells these parties from others."""
    return frozenset(found for found in map(unit, actors) if found is not None)


def agree(plan: Told, later: Told, directed: bool, swapped: bool = False) -> Part | None:
    """Whether the parties of a plan are those of what is told later, all sides of it; None where one is not.

    DIRECTED: who does it to whom counts even where that is chance otherwise: a visit is no visit in return. SWAPPED:
    the later event is told from the other side, as "received" is of "visited".
    """
    source, target = (later.target, later.source) if swapped else (later.source, later.target)
    if other_offices(plan.parties, later.parties):
        return None
    if not directed and _mutual(plan, later):
        found = side(plan.parties, later.parties)
        enough = min(2, len(units(plan.parties)))
        if found is None or len(units(plan.parties) & units(later.parties)) < enough:
            return None
        return Part(2 * found.points if enough == 2 else found.points, found.reason)
    return _both(_side(plan.source, source), _side(plan.target, target))


def _mutual(plan: Told, later: Told) -> bool:
    return plan.reciprocal or later.reciprocal or (plan.act in MUTUAL and later.act in MUTUAL)


def _side(mine: tuple[Actor, ...], theirs: tuple[Actor, ...]) -> Part | None:
    """One side; a plan that names nobody there says nothing, an event that doesn't is none of it."""
    if not mine:
        return Part(0.0)
    found = side(mine, theirs)
    return found if found is not None and found.points > 0 else None


def _both(one: Part | None, other: Part | None) -> Part | None:
    if one is None or other is None or not one.points + other.points:
        return None
    return Part(one.points + other.points, " and ".join(filter(None, (one.reason, other.reason))))


def named_in(plan: Told, later: Told, clause: str) -> Part | None:
    """Whether a report that a plan is off speaks of its parties: as parties of its own, or by name in its CLAUSE.

    The visit of one president to another's country may be called off by either, or by nobody who is named.
    """
    if other_offices(plan.parties, later.parties):
        return None
    spoken = {word.lower() for word in _WORD.findall(clause)}
    sides = [plan.parties] if plan.reciprocal else [plan.source, plan.target]
    points, names = 0.0, list[str]()
    for actors in filter(None, sides):
        known = [actor for actor in actors if unit(actor) in units(later.parties) or _is_spoken(actor, spoken)]
        needed = min(2, len(units(actors))) if plan.reciprocal else 1
        if len(units(known)) < needed or _another_person(known, later, spoken):
            return None
        person = any(is_person(actor) and _is_spoken(actor, spoken) for actor in known)
        points += 1.25 * needed + 0.75 * person
        names += sorted({actor.name for actor in known})
    return Part(points, ", ".join(names)) if points else None


def _is_spoken(actor: Actor, spoken: set[str]) -> bool:
    words = _WORD.findall(actor.name.lower())
    return bool(words) and (words[-1] in spoken if is_person(actor) else set(words) <= spoken)


def _another_person(known: list[Actor], later: Told, spoken: set[str]) -> bool:
    """Whether persons were to take part, none of whom is named, while the report names others of their country."""
    persons = [actor for actor in known if is_person(actor)]
    if not persons or len(persons) < len(known) or any(_is_spoken(actor, spoken) for actor in persons):
        return False
    countries = {actor.country for actor in persons}
    others = [actor for actor in later.parties if actor.country in countries and is_person(actor)]
    return bool(others) and not any(same_name(a.name, b.name) for a, b in product(persons, others))


def other_offices(mine: tuple[Actor, ...], theirs: tuple[Actor, ...]) -> bool:
    """Whether a country is there in different offices: foreign ministers who met are not the presidents who were to."""
    for country in {actor.country for actor in mine if actor.country}:
        one, other = ([actor for actor in actors if actor.country == country] for actors in (mine, theirs))
        persons = [[actor for actor in actors if is_person(actor)] for actors in (one, other)]
        if not one or not other or any(same_name(a.name, b.name) for a, b in product(*persons)):
            continue
        offices = [[_office(actor) for actor in actors] for actors in (one, other)]
        if all(map(all, offices)) and not any(a <= b or b <= a for a, b in product(*offices)):
            return True
    return False


def _office(actor: Actor) -> frozenset[str]:
    """Stems of the words of an actor's office; none where it is not known or says too little."""
    found = frozenset(map(stem, _WORD.findall(actor.role or "")))
    return frozenset() if found & VAGUE_OFFICES else found
