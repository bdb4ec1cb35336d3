"""Regions, seas, rivers, straits, islands, provinces and named groups: places that are no country and no city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

REGION_KINDS: Final = (
    "continent", "region", "admin", "island", "sea", "strait", "lake", "river", "mountains", "desert", "peninsula",
    "site", "group",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Region:
    """A row of `regions.tsv`. `country` is None where it lies in several or in none; `lat`, `lon` its label point.

    A `group` ("the West", "eastern neighbours") is a name for countries that are never listed: it has no point.
    `people` are names of those who live there, `adjectives` what comes from there.
    """

    table: ClassVar[str] = "regions"
    key: ClassVar[tuple[str, ...]] = ("name", "country")
    name: str
    kind: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    source: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in REGION_KINDS:
            raise ValueError(f"unknown kind {self.kind!r}; one of {', '.join(REGION_KINDS)}")
        if self.kind != "group" and (self.lat is None or self.lon is None):
            raise ValueError(f"{self.name!r} has no lat and lon; only a group may lack them")

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name, adjective and people's name."""
        return (self.name, *self.names, *self.adjectives, *self.people)
