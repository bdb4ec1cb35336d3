"""Parties that are the state: in a country ruled by one party its leaders are the government."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from dragoman.coding.actors.found import Found
from dragoman.facts import Actor, Date

ONE_PARTY: Final = MappingProxyType({
    "SUN": 1991, "DDR": 1989, "CSK": 1989, "YUG": 1990, "POL": 1989, "HUN": 1989, "ROU": 1989, "BGR": 1989,
    "ALB": 1991, "MNG": 1990, "CHN": None, "CUB": None, "VNM": None, "PRK": None, "LAO": None, "ERI": None,
})  # fmt: skip
"""States ruled by a communist or other single party, and the last year of that; None: still so."""
RULING_WORDS: Final = (
    "communist",
    "workers",
    "workers'",
    "socialist unity",
    "central committee",
    "politburo",
    "league",
)
OFFICES: Final = frozenset({"party_leader", "leader"})


def in_power(published: Date, found: Found) -> Found:
    """FOUND with the sector GOV where it is the ruling party of a one-party state, or its leader."""
    actor = found.mention.actor
    if actor.sector != "PTY" or not _ruled(actor.country, published):
        return found
    words = f"{actor.name} {actor.group or ''}".lower()
    if found.office not in OFFICES and not any(word in words for word in RULING_WORDS):
        return found
    others = tuple(_governing(a) for a in found.mention.others)
    return replace(found, mention=replace(found.mention, actor=_governing(actor), others=others))


def _governing(actor: Actor) -> Actor:
    return replace(actor, sector="GOV")


def _ruled(country: str | None, published: Date) -> bool:
    if country is None or country not in ONE_PARTY:
        return False
    last = ONE_PARTY[country]
    return last is None or (published.end or "9999")[:4] <= str(last)
