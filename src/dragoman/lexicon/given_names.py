"""Given names that tell a woman from a man: for the pronouns that take a person up again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dragoman.lexicon.phrases import plain
from dragoman.lexicon.table import Lexicon


@dataclass(frozen=True, slots=True)
class GivenName:
    """A given name that only women or only men bear, as far as news goes. `gender` is f or m."""

    table: ClassVar[str] = "given_names"
    key: ClassVar[tuple[str, ...]] = ("name",)
    name: str
    gender: str
    source: str

    def __post_init__(self) -> None:
        if self.gender not in ("f", "m"):
            raise ValueError(f"gender {self.gender!r} of {self.name} is neither f nor m")


class GivenNameIndex:
    """Genders by given name; case and accents don't matter."""

    def __init__(self, names: tuple[GivenName, ...]) -> None:
        self._genders = {_key(row.name): row.gender for row in names}

    def gender(self, name: str) -> str | None:
        """f or m; None where the name is not known or both bear it."""
        return self._genders.get(_key(name))


def _key(name: str) -> str:
    return plain(name).lower()


def index(lexicon: Lexicon) -> GivenNameIndex:
    """The index over the lexicon's given names; use it as `lexicon.compiled(given_names.index)`."""
    return GivenNameIndex(lexicon.rows(GivenName))
