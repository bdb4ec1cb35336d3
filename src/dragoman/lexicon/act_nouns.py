"""Nouns that take up an act told of before: what was said to somebody, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from dragoman.facts import PLOVER_TYPES
from dragoman.lexicon.table import Lexicon


@dataclass(frozen=True, slots=True)
class ActNounRow:
    """Lemmas that take up an act of one type; `kind` is `said` (words that may be answered) or `done`."""

    table: ClassVar[str] = "act_nouns"
    key: ClassVar[tuple[str, ...]] = ("kind", "type")
    kind: str
    type: str
    lemmas: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.kind not in ("said", "done"):
            raise ValueError(f"kind: {self.kind!r} is neither said nor done")
        if self.type not in PLOVER_TYPES:
            raise ValueError(f"type: {self.type!r} is no PLOVER type")


@dataclass(frozen=True, slots=True)
class ActNouns:
    """Lemma to PLOVER type, of what was said and of what was done."""

    said: Mapping[str, str]
    done: Mapping[str, str]


def index(lexicon: Lexicon) -> ActNouns:
    """Compile the table."""
    types: dict[str, dict[str, str]] = {"said": {}, "done": {}}
    for row in lexicon.rows(ActNounRow):
        types[row.kind].update(dict.fromkeys(row.lemmas, row.type))
    return ActNouns(MappingProxyType(types["said"]), MappingProxyType(types["done"]))
