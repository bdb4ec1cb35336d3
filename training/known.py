"""Names whose type is known from the lexicon's tables, to mend corpora that are at odds with themselves."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from dragoman.lexicon import cities
from dragoman.lexicon.bodies import Body
from dragoman.lexicon.countries import Country
from dragoman.lexicon.given_names import GivenName
from dragoman.lexicon.outlets import Outlet
from dragoman.lexicon.regions import Region
from dragoman.lexicon.table import Lexicon

LANDS = frozenset(
    {"continent", "desert", "island", "lake", "mountains", "peninsula", "region", "river", "sea", "strait"}
)
"""Kinds of region that are a LOC."""

AREAS = frozenset(
    {
        "Gaza", "Kashmir", "Darfur", "Chechnya", "Kurdistan", "Waziristan", "Crimea", "Abkhazia", "South Ossetia",
        "Northern Ireland",
    }
)  # fmt: skip
"""Disputed or governed areas: corpora with one label for places leave open whether they are a GPE or a LOC."""


@cache
def known_names() -> Mapping[str, tuple[str, ...]]:
    """Types by name, of names that are no other word, person or place; several where several things bear the name."""
    found: dict[str, list[str]] = {}
    for kind, names in _named(Lexicon()):
        for name in names:
            if name[:1].isupper() and kind not in found.setdefault(name, []):
                found[name].append(kind)
    for name in AREAS:
        found[name] = ["GPE", "LOC"]
    return MappingProxyType({name: _settled(kinds) for name, kinds in found.items()})


@cache
def towns() -> frozenset[str]:
    """Names of towns and divisions, English or at home."""
    found = Lexicon().compiled(cities.index)
    return frozenset(name for name in found.names if found.is_own(name))


@cache
def given_names() -> frozenset[str]:
    """Given names of women and men."""
    return frozenset(row.name for row in Lexicon().rows(GivenName))


def _settled(kinds: list[str]) -> tuple[str, ...]:
    """ "New Zealand lamb" is from a country; the European Union is no mere stretch of land."""
    less = {"GPE": "NORP", "ORG": "LOC"}
    return tuple(kind for kind in kinds if not any(more in kinds and kind == one for more, one in less.items()))


def _named(lexicon: Lexicon) -> Iterable[tuple[str, Iterable[str]]]:
    for country in lexicon.rows(Country):
        careful = set(country.caution)
        yield "GPE", {country.name, *country.names, *country.capitals} - careful
        yield "NORP", {*country.adjectives, *country.people} - careful
    for region in lexicon.rows(Region):
        if region.kind in LANDS:
            yield "LOC", (region.name, *region.names)
            if region.kind == "region" and region.country:
                yield "GPE", (region.name, *region.names)  # England has a government, Siberia none: left open
            yield "NORP", (*region.adjectives, *region.people)
        elif region.kind == "admin":
            yield "GPE", (region.name, *region.names)
    for body in lexicon.rows(Body):
        if not body.caution and body.kind != "executive":
            yield "MEDIA" if body.kind == "media" else "ORG", (body.name, *body.names)
    for outlet in lexicon.rows(Outlet):
        if not outlet.caution and outlet.kind != "ministry":
            yield "MEDIA", (outlet.name, *outlet.names)
