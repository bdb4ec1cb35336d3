"""Actors as CAMEO codes them: three letters for the country, then three for each role (`USAGOV`, `IGOUNO`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dragoman.facts import Actor
from dragoman.store.exports.codes import Codes

ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "GOV": "GOV", "MIL": "MIL", "JUD": "JUD", "LEG": "LEG", "COP": "COP", "SPY": "SPY", "PRM": "UAF", "REB": "REB",
        "UAF": "UAF", "PTY": "PTY", "OPP": "OPP", "ELI": "ELI", "JRN": "MED", "MED": "HLH", "BUS": "BUS", "LAB": "LAB",
        "AGR": "AGR", "EDU": "EDU", "REL": "REL", "CVL": "CVL", "SOC": "CVL", "CRM": "CRM", "REF": "REF",
        "IGO": "IGO", "UNO": "IGO", "EUR": "IGO", "NGO": "NGO", "ISM": "NGM", "IMG": "IMG", "MNC": "MNC",
    }
)  # fmt: skip
"""PLOVER sector to CAMEO role. MED is medical in PLOVER and media in CAMEO; PRM and SOC are ours: CAMEO has neither.
PRE and UNK have no role."""

GROUPS: Final[Mapping[str, str]] = MappingProxyType({"UNO": "UNO", "EUR": "EEC"})
"""Bodies that CAMEO has a code of their own for."""


@dataclass(frozen=True, slots=True)
class CameoActor:
    """A CAMEO actor: `code` is the whole, the others its parts; None where there is none."""

    code: str | None
    country: str | None
    group: str | None
    role: str | None


def cameo_actor(actor: Actor, codes: Codes) -> CameoActor:
    """ACTOR in CAMEO's codes. A named group without country or sector has none, only its name."""
    role, group = ROLES.get(actor.sector or ""), GROUPS.get(actor.sector or "")
    country = codes.cameo_country(actor.country)
    parts = (country, role, group) if country is None else (country, role)
    return CameoActor("".join(filter(None, parts)) or None, country, group, role)
