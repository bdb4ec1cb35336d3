"""Whether two events of different reports may be one happening, decided part by part.

`compare` weighs all of it; each part (`dates`, `sides`, `acts`, `places`, `wording`) can be asked by itself. A part
answers in points: above 0 where it speaks for one happening, 0 where it says nothing (the unknown is compatible but
earns nothing), None where it rules it out. Whatever is asked answers the same with the two events changed about.
The measures behind the thresholds: docs/happenings.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

from rapidfuzz.distance import JaroWinkler

from dragoman.facts import Actor, Place
from dragoman.linking.told import Told, Window, window
from dragoman.linking.wording import shared

ONE_HAPPENING: Final = 6.0
"""Points from which on two events are one happening. Same act, both sides, and two of day, place and words."""

SAME_PAPER_DAYS: Final = 3
"""News without dates of their own is one thing only where the reports are at most so many days apart: papers print a
wire's evening report one or two days later, and a third with a weekend between."""

SIDE_SHARE: Final = 0.6
"""So much of the smaller side the larger must hold: of two both, of three two. Who met China did not meet Japan."""

SAME_NAME: Final = 0.92
"""Jaro-Winkler of two last names from which on they are one name in two spellings (Gorbachev and Gorbachov: 0.95;
Kim and Kimura: 0.87)."""

NEAR_KM: Final = 60.0
"""Two places no farther apart are one: a town and the base or palace outside it."""

FAR_KM: Final = 150.0
"""Two towns farther apart are two places. Between the two nothing is said: reports name the nearest large town."""

CLOSE_WORDS: Final = 0.25
"""Share of a clause's words that the other has, from which on the words speak for one happening."""

ACT_GROUPS: Final = (
    frozenset({"AGREE", "SUPPORT", "COOPERATE", "CONSULT"}),
    frozenset({"AGREE", "CONCEDE", "RETREAT"}),
    frozenset({"SUPPORT", "COOPERATE", "AID"}),
    frozenset({"SANCTION", "COERCE", "REJECT"}),
    frozenset({"THREATEN", "ACCUSE", "REJECT", "REQUEST"}),
    frozenset({"ASSAULT", "COERCE", "MOBILIZE"}),
    frozenset({"ACCUSE", "PROTEST", "REQUEST"}),
)
"""Acts that two reports may take one happening for: what one calls an accord is a pull-out to the other."""

OTHER_ACT: Final = -2.0
"""Points where the acts differ, if only as two coders would, and no word says that they are one: one visit brings a
meeting, a signing and praise, of one day and by the same parties, in reports that tell one story."""

APART_MODES: Final = frozenset({"visit", "phone"})
"""Modes of which an event has one at most: who telephones has not come."""

MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Acts in which it is chance who is told as the first: sides are compared both together."""

ARMED_AGAINST: Final = frozenset({"REB", "OPP", "CVL", "CRM", "REF", "LAB"})
"""Sectors that never stand for their country's state."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of a comparison: points, whether they are enough for one happening, and why, in words.

    `ruled_out`: the two can't be one, whatever else they share.
    """

    points: float
    linked: bool
    reason: str
    ruled_out: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The points of one part, and what they were given for; empty where nothing was."""

    points: float
    reason: str = ""


def compare(one: Told, other: Told, nearness: float = 0.0) -> Verdict:
    """Whether two events of different reports are one happening. NEARNESS: closeness of the two reports, 0 to 1."""
    if one.standing != other.standing:
        return _out(f"one is {one.standing}, the other {other.standing}")
    parts: list[Part] = []
    for ask, what in ((dates, "dates"), (sides, "parties"), (acts, "acts"), (places, "places")):
        part = ask(one, other)
        if part is None:
            return _out(f"their {what} differ")
        parts.append(part)
    parts += [wording(one, other), story(nearness)]
    points = round(math.fsum(part.points for part in parts), 3)
    reason = "; ".join(part.reason for part in parts if part.reason)
    return Verdict(points, points >= ONE_HAPPENING, reason)


def _out(reason: str) -> Verdict:
    return Verdict(0.0, False, reason, ruled_out=True)


def dates(one: Told, other: Told) -> Part | None:
    """Whether the days may be the same: none where they are not, or where either can't be told."""
    first, second = window(one), window(other)
    if first is None or second is None:
        return None
    if first.first > second.last or second.first > first.last:
        return None
    if first.dated and second.dated:
        return _dated(first, second)
    gap = abs(first.last - second.last)
    if not first.dated and not second.dated:
        return Part(1.5 - 0.5 * gap, "told as news at one time") if gap <= SAME_PAPER_DAYS else None
    wide = max(first.days if first.dated else 1, second.days if second.dated else 1)
    return Part(1.0 if wide <= 3 else 0.0, "the day is one that the other report has as news" if wide <= 3 else "")


def _dated(one: Window, other: Window) -> Part:
    days = max(one.last, other.last) - min(one.first, other.first) + 1
    if days == 1:
        return Part(2.5, "the same day")
    if days <= 4:
        return Part(1.5, f"within {days} days")
    return Part(0.75, "dates that meet") if min(one.days, other.days) <= 7 else Part(0.0)


def sides(one: Told, other: Told) -> Part | None:
    """Whether the parties may be the same. One that isn't known earns nothing; one side at least must be shared."""
    both = one.reciprocal or other.reciprocal or (one.act in MUTUAL and other.act in MUTUAL)
    pairs = [(one.parties, other.parties)] if both else [(one.source, other.source), (one.target, other.target)]
    points, names = 0.0, list[str]()
    for mine, theirs in pairs:
        found = side(mine, theirs)
        if found is None:
            return None
        points += found.points * (2 if both and len(_units(mine) | _units(theirs)) > 1 else 1)
        names += [found.reason] if found.reason else []
    return Part(points, "both name " + " and ".join(names)) if names else None


def side(mine: tuple[Actor, ...], theirs: tuple[Actor, ...]) -> Part | None:
    """Whether two sides may be the same parties; points are 1.25 for countries or bodies, 0.75 more for a name."""
    one, other = _units(mine), _units(theirs)
    if not one or not other:
        return Part(0.0)
    names = _shared_names(mine, theirs)
    common = one & other
    if len(common) < SIDE_SHARE * min(len(one), len(other)):
        return None
    if any(_other_persons(mine, theirs, country) for country in common):
        return None
    if _other_camp(mine, theirs):
        return None
    share = max(len(common), 1) / len(one | other)
    said = ", ".join(sorted({unit for unit in common if unit.title() not in names} | {*names}))
    return Part(1.25 * share + (0.75 if names else 0.0), said)


def _units(actors: Iterable[Actor]) -> frozenset[str]:
    """What tells a party from others: its country, or its name where it has none."""
    return frozenset(actor.country or _last_word(actor.name) for actor in actors if actor.country or _specific(actor))


def _specific(actor: Actor) -> bool:
    """Whether the actor is called by a name: "Kissinger", and not "officials" or "leaders"."""
    return actor.name[:1].isupper() and not _generic(actor)


def _generic(actor: Actor) -> bool:
    """Whether the name is only an office or kind of people: "French officials", "president of Bosnia"."""
    return actor.role is not None and actor.role.split()[-1].lower() in actor.name.lower()


def is_person(actor: Actor) -> bool:
    """Whether the actor is a person called by name."""
    return actor.role is not None and _specific(actor)


def is_named(actor: Actor) -> bool:
    """Whether the actor is a person or a body without a country, called by name."""
    return is_person(actor) or _is_body(actor)


def _shared_names(mine: tuple[Actor, ...], theirs: tuple[Actor, ...]) -> list[str]:
    """Last names of persons, and names of bodies without a country, that both sides have."""
    named = [[actor for actor in side if is_named(actor)] for side in (mine, theirs)]
    return sorted({
        min(_last_word(a.name), _last_word(b.name), key=lambda name: (len(name), name)).title()
        for a, b in product(*named)
        if _one_country(a, b) and same_name(a.name, b.name)
    })  # fmt: skip


def _is_body(actor: Actor) -> bool:
    return actor.country is None and _specific(actor)


def _one_country(one: Actor, other: Actor) -> bool:
    return one.country is None or other.country is None or one.country == other.country


def same_name(one: str, other: str) -> bool:
    """Whether two names are of one bearer: the last words alike, given names or spelling apart."""
    first, second = _last_word(one), _last_word(other)
    return first == second or (min(len(first), len(second)) > 4 and JaroWinkler.similarity(first, second) >= SAME_NAME)


def _last_word(name: str) -> str:
    words = name.lower().split()
    return words[-1] if words else ""


def _other_persons(mine: tuple[Actor, ...], theirs: tuple[Actor, ...], unit: str) -> bool:
    """Whether both sides have persons alone for the country UNIT, and not one in common."""
    one, other = ([actor for actor in actors if actor.country == unit] for actors in (mine, theirs))
    if not (one and other and all(map(is_person, (*one, *other)))):
        return False
    return not any(same_name(a.name, b.name) for a, b in product(one, other))


def _other_camp(mine: tuple[Actor, ...], theirs: tuple[Actor, ...]) -> bool:
    """Whether one side is a country's state or army and the other its rebels, workers or people."""
    one, other = ({actor.sector for actor in actors if actor.sector} for actors in (mine, theirs))
    if not one or not other or one & other:
        return False
    return one <= ARMED_AGAINST or other <= ARMED_AGAINST


def acts(one: Told, other: Told) -> Part | None:
    """Whether what was done may be the same. The word that says it earns most: codes are few, words are many."""
    word = bool(one.stem) and one.stem == other.stem
    said = f"“{one.predicate}”" if word and len(one.predicate) < 40 else ""
    if one.act != other.act:
        alike = any(one.act in group and other.act in group for group in ACT_GROUPS)
        return Part(0.5 if word else OTHER_ACT, said) if alike else None
    modes = {one.mode, other.mode} & APART_MODES
    if len(modes) == 2 or (modes and None not in (one.mode, other.mode) and one.mode != other.mode):
        return None
    codes = {one.cameo, other.cameo} - {None}
    code = 0.5 if one.cameo == other.cameo and codes else -1.0 if len(codes) == 2 and not word else 0.0
    return Part(1.0 + code + 1.0 * word, " ".join(filter(None, (f"both are {one.act}", said))))


def places(one: Told, other: Told) -> Part | None:
    """Whether the places may be the same; the unknown, and a country with a town in it, earn nothing."""
    if one.place is None or other.place is None:
        return Part(0.0)
    here, there = one.place, other.place
    if here.country and there.country and here.country != there.country:
        return None
    km = _km(here, there)
    if here.name == there.name or (km is not None and km <= NEAR_KM):
        return Part(1.5 if here.lat is not None else 0.5, f"in {here.name if here.name <= there.name else there.name}")
    return None if km is not None and km > FAR_KM else Part(0.0)


def _km(one: Place, other: Place) -> float | None:
    """Great-circle distance, None where either is no point (haversine; the earth's mean radius is 6371 km)."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    a, b = math.radians(one.lat), math.radians(other.lat)
    h = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(one.lon - other.lon) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(min(1.0, h)))


def wording(one: Told, other: Told) -> Part:
    """How much of the words of the two clauses is the same."""
    share = shared(one.words, other.words)
    if share < CLOSE_WORDS:
        return Part(0.0)
    common = sorted(set(one.words) & set(other.words), key=lambda form: (-one.words[form] * other.words[form], form))
    return Part(2.5 * share, f"words shared: {', '.join(common[:4])}")


def story(nearness: float) -> Part:
    """What the closeness of the two reports says: up to 2.5 points from 0.1 on, all of them from 0.5 on."""
    points = 2.5 * min(1.0, max(0.0, (nearness - 0.1) / 0.4))
    return Part(points, "the reports tell one story" if points >= 1 else "")
