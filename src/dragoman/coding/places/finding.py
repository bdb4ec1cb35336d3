"""Which place each toponym of a report means, and what of it is a point for an event.

A name with namesakes is resolved by what stands beside it ("Paris, Texas"), by the countries and divisions that the
report speaks of, by the nearest of its other places, by size, and once for the whole report (one sense per discourse,
Gale, Church and Yarowsky 1992). A country is given its label point, never its capital.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dragoman.coding.draft import Draft
from dragoman.coding.places import toponyms
from dragoman.coding.places.toponyms import Found
from dragoman.facts import Place, PlaceMention
from dragoman.lexicon.cities import City
from dragoman.lexicon.countries import Reading
from dragoman.lexicon.gazetteer import Gazetteer, Toponym, index
from dragoman.lexicon.regions import Region
from dragoman.lexicon.table import Lexicon

# Scores are decimal orders of inhabitants: a namesake ten times as large is worth one point.
COUNTRY_SCORE: Final = 8.0
CAUTION: Final = 2.0
REGION_SCORE: Final = 7.0
DIVISION_LOSS: Final = 1.0
CAPITAL_GAIN: Final = 1.0
SAME_COUNTRY: Final = 2.5
ENOUGH: Final = 3.0
"""A third of a report's other places in one country speak for it as much as all of them would."""

SAME_DIVISION: Final = 2.5
NEAR: Final = 1.5
NEAR_KM: Final = 250.0
CLEAR_LEAD: Final = 0.5
"""How far the best namesake must lead by size alone to count as evidence for the others."""

DATELINE: Final = 120
"""Characters from the start within which a place counts twice, as a dateline does."""

REACH: Final = 1000
"""Characters within which a town's name may say where a place lies that the gazetteer lacks (some 170 words)."""

MOST_POINTS: Final = 100
"""Towns that are compared by distance at most; it keeps long reports linear."""

POINTS: Final = frozenset({"town", "county", "site", "island"})
WIDE: Final = frozenset({"continent", "sea", "mountains", "desert", "river"})
"""Kinds of regions that are no point for an event; nor is any region that lies in several countries."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a toponym may mean; `score` by its size alone, `division` GeoNames' code within the country."""

    name: str
    kind: str
    country: str | None
    division: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    score: float


@dataclass(slots=True)
class Context:
    """What a report speaks of, as far as it is beyond doubt. `own`: what each name itself adds to `countries`."""

    countries: Counter[str] = field(default_factory=Counter)
    own: dict[str, Counter[str]] = field(default_factory=dict)
    divisions: Counter[tuple[str, str]] = field(default_factory=Counter)
    points: dict[str, tuple[float, float]] = field(default_factory=dict)


def find(draft: Draft) -> tuple[PlaceMention, ...]:
    """The places that DRAFT names, from left to right. Positions are GeoNames points, None where unknown."""
    gazetteer = draft.lexicon.compiled(index)
    found = toponyms.find(draft)
    text = draft.report.text
    options = {f.toponym.name: candidates(f.toponym, gazetteer) for f in found if f.toponym}
    locked = by_comma(found, options, text)
    context = gather(found, options, locked)
    chosen = choose(options, locked, found, context)
    places = [locked.get(i) or (chosen.get(one.toponym.name) if one.toponym else None) for i, one in enumerate(found)]
    return tuple(
        mention(one, draft, place or surroundings(i, found, places, context), gazetteer)
        for i, (one, place) in enumerate(zip(found, places, strict=True))
    )


def surroundings(
    at: int, found: Sequence[Found], places: Sequence[Candidate | None], context: Context
) -> Candidate | None:
    """The town named nearest to a place that the gazetteer lacks, within REACH, in the country most spoken of."""
    home = context.countries.most_common(1)[0][0] if context.countries else None
    near = [
        (max(found[at].start - one.end, one.start - found[at].end), i)
        for i, one in enumerate(found[max(0, at - 20) : at + 20], max(0, at - 20))
        if (place := places[i]) is not None and place.kind in POINTS and place.country == home
    ]
    distance, i = min(near, default=(REACH + 1, 0))
    return places[i] if distance <= REACH else None


def mention(found: Found, draft: Draft, place: Candidate | None, gazetteer: Gazetteer) -> PlaceMention:
    """The fact about one toponym. Towns and provinces lie in the state that was there on the report's day."""
    words = draft.report.text[found.start : found.end]
    if place is None:
        return PlaceMention(found.start, found.end, words, words)
    country = place.country
    if country is not None and place.kind != "country":
        country = gazetteer.countries.state_at(country, draft.report.published)
    return PlaceMention(found.start, found.end, words, place.name, country, place.lat, place.lon, place.geonameid)


def candidates(toponym: Toponym, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """All that a name may mean, the best by size alone first."""
    inner = {r.country for r in toponym.regions}
    found = [of_country(r, bool(inner)) for r in toponym.readings[:1] if r.country.code not in inner]
    found += [of_region(r, gazetteer) for r in toponym.regions]
    found += [of_town(t, gazetteer) for t in toponym.towns if t.kind != "division" or t.country not in inner]
    return tuple(sorted(found, key=lambda c: -c.score))


def of_country(reading: Reading, namesake: bool) -> Candidate:
    """A country under one of its names; one with a NAMESAKE among large regions (Georgia) counts less."""
    row = reading.country
    score = COUNTRY_SCORE - (CAUTION if reading.caution and namesake else 0.0)
    return Candidate(row.name, "country", row.fact_code, None, row.lat, row.lon, row.geonameid, score)


def of_region(row: Region, gazetteer: Gazetteer) -> Candidate:
    """A region; a province counts by its people like a town, less what divisions lose."""
    division = None
    score = REGION_SCORE
    if row.kind == "admin":
        same = next(
            (c for c in gazetteer.cities.named(row.name) if c.kind == "division" and c.country == row.country), None
        )
        division = same.division if same else None
        score = math.log10(same.population + 1) - DIVISION_LOSS if same else REGION_SCORE - DIVISION_LOSS
    return Candidate(row.name, row.kind, row.country, division, row.lat, row.lon, row.geonameid, score)


def of_town(town: City, gazetteer: Gazetteer) -> Candidate:
    """A town, division or county of the gazetteer."""
    score = math.log10(town.population + 1)
    if town.kind != "town":
        score -= DIVISION_LOSS
    elif is_capital(town, gazetteer):
        score += CAPITAL_GAIN
    return Candidate(town.name, town.kind, town.country, town.division, town.lat, town.lon, town.geonameid, score)


def is_capital(town: City, gazetteer: Gazetteer) -> bool:
    """Whether TOWN is a seat of government today."""
    return any(r.kind == "capital" and r.country.code == town.country for r in gazetteer.countries.by_name(town.name))


def by_comma(found: Sequence[Found], options: dict[str, tuple[Candidate, ...]], text: str) -> dict[int, Candidate]:
    """Places named with what holds them: "Paris, Texas", "Tripoli (Lebanon)". Index in FOUND to the place."""
    locked: dict[int, Candidate] = {}
    for i in range(len(found) - 1, 0, -1):
        here, holder = found[i - 1], found[i]
        if holder.toponym is None or not toponyms.BESIDE.fullmatch(text, here.end, holder.start):
            continue
        outers = (locked[i],) if i in locked else options[holder.toponym.name]
        pair = next(((o, c) for o in outers for c in inside(here, o, options)), None)
        if pair:
            locked.setdefault(i, pair[0])
            locked[i - 1] = pair[1]
        elif here.toponym is None:
            # a place that the gazetteer lacks, in "New York": the state, not the city
            state = next((o for o in outers[:2] if o.kind in ("admin", "division")), None)
            if state is not None:
                locked.setdefault(i, state)
    return locked


def inside(here: Found, outer: Candidate, options: dict[str, tuple[Candidate, ...]]) -> list[Candidate]:
    """The places of the name HERE within OUTER, the largest first."""
    return [c for c in options[here.toponym.name] if holds(outer, c)] if here.toponym else []


def holds(outer: Candidate, inner: Candidate) -> bool:
    """Whether INNER is a smaller place within OUTER."""
    if outer.country is None or inner.country != outer.country or inner.kind in ("country", *WIDE):
        return False
    if outer.kind == "country":
        return True
    return outer.kind in ("division", "admin") and inner.kind != "division" and outer.division == inner.division


def gather(found: Sequence[Found], options: dict[str, tuple[Candidate, ...]], locked: dict[int, Candidate]) -> Context:
    """What the mentions beyond doubt say: countries, regions, lone or far the largest towns, and comma forms."""
    context = Context()
    for i, one in enumerate(found):
        if one.toponym is None:
            continue
        weight = 2 if one.start < DATELINE else 1
        place = locked.get(i) or clear(options[one.toponym.name])
        if place is None or place.country is None:
            continue
        context.countries[place.country] += weight
        context.own.setdefault(one.toponym.name, Counter())[place.country] += weight
        if place.division is not None:
            context.divisions[(place.country, place.division)] += weight
        if (
            place.kind in POINTS
            and place.lat is not None
            and place.lon is not None
            and len(context.points) < MOST_POINTS
        ):
            context.points[one.toponym.name] = (place.lat, place.lon)
    return context


def clear(options: tuple[Candidate, ...]) -> Candidate | None:
    """The first of OPTIONS where its size alone leaves no doubt."""
    if len(options) == 1 or (options and options[0].score >= options[1].score + CLEAR_LEAD):
        return options[0]
    return None


def choose(
    options: dict[str, tuple[Candidate, ...]], locked: dict[int, Candidate], found: Sequence[Found], context: Context
) -> dict[str, Candidate]:
    """The sense of each name in this report."""
    fixed: dict[str, Candidate] = {}
    for i, place in locked.items():
        toponym = found[i].toponym
        if toponym is not None:
            fixed.setdefault(toponym.name, place)
    return {
        name: fixed.get(name) or max(some, key=lambda c: fitness(c, name, context))
        for name, some in options.items()
        if some
    }


def fitness(place: Candidate, name: str, context: Context) -> float:
    """How well PLACE fits as the sense of NAME, in decimal orders of inhabitants. A name is no evidence for itself."""
    score = place.score
    own = context.own.get(name, Counter())
    total = context.countries.total() - own.total()
    if place.country is not None and total:
        share = (context.countries[place.country] - own[place.country]) / total
        score += SAME_COUNTRY * min(1.0, ENOUGH * share)
    if place.country is not None and place.division is not None and context.divisions[(place.country, place.division)]:
        score += SAME_DIVISION
    return score + NEAR * nearness(place, name, context.points)


def nearness(place: Candidate, name: str, points: Mapping[str, tuple[float, float]]) -> float:
    """1 beside another place of the report, falling with the distance to the nearest."""
    if place.lat is None or place.lon is None or place.kind == "country":
        return 0.0
    others = [kilometres(place.lat, place.lon, *point) for other, point in points.items() if other != name]
    return math.exp(-min(others) / NEAR_KM) if others else 0.0


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance between two points in degrees."""
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742.0176 * math.asin(min(1.0, math.sqrt(h)))


def as_place(mention: PlaceMention, lexicon: Lexicon) -> Place:
    """A mention as the place of an event: countries, continents and seas keep their name and lose their point."""
    gazetteer = lexicon.compiled(index)
    readings = gazetteer.countries.by_name(mention.name)
    whole = any(r.kind == "name" and r.country.fact_code == mention.country for r in readings)
    regions = [r for r in gazetteer.regions.get(mention.name, ()) if (r.lat, r.lon) == (mention.lat, mention.lon)]
    wide = any(r.kind in WIDE or (r.kind == "region" and r.country is None) for r in regions)
    if whole or wide:
        return Place(mention.name, mention.country, None, None, mention.geonameid)
    return Place(mention.name, mention.country, mention.lat, mention.lon, mention.geonameid)
