"""The codebook's own tables: PLOVER types, modes and contexts with quad class and intensity, and CAMEO codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final

from dragoman.facts import PLOVER_TYPES
from dragoman.lexicon.table import Lexicon

QUADS: Final = MappingProxyType(
    {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
)
"""Quad class to its name (Schrodt and Gerner)."""


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A PLOVER type. `intensity` runs from -10 to 10; `not_this` says what is counted under another type."""

    table: ClassVar[str] = "plover_types"
    key: ClassVar[tuple[str, ...]] = ("type",)
    type: str
    quad: int
    intensity: float
    gloss: str
    not_this: str

    def __post_init__(self) -> None:
        check_type(self.type)
        if self.quad not in QUADS:
            raise ValueError(f"quad: {self.quad} is none of {', '.join(map(str, QUADS))}")


@dataclass(frozen=True, slots=True)
class ModeRow:
    """A mode of a type; `intensity` None: the type's holds."""

    table: ClassVar[str] = "plover_modes"
    key: ClassVar[tuple[str, ...]] = ("type", "mode")
    type: str
    mode: str
    gloss: str
    intensity: float | None = None

    def __post_init__(self) -> None:
        check_type(self.type)


@dataclass(frozen=True, slots=True)
class ContextRow:
    """A context: what the report is about."""

    table: ClassVar[str] = "plover_contexts"
    key: ClassVar[tuple[str, ...]] = ("context",)
    context: str
    gloss: str


@dataclass(frozen=True, slots=True)
class CameoRow:
    """A CAMEO code with the PLOVER type and mode that it is counted as; `type` None: PLOVER has none.

    `goldstein` is the Goldstein scale, -10 to 10, None where it has no value. `converted` is the type that the
    conversion table of 2021 gives where the manual's text, which `type` follows, has another; None where they agree.
    """

    table: ClassVar[str] = "cameo_codes"
    key: ClassVar[tuple[str, ...]] = ("code",)
    code: str
    label: str
    type: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    goldstein: float | None = None
    converted: str | None = None

    def __post_init__(self) -> None:
        if not (self.code.isdigit() and 2 <= len(self.code) <= 4):
            raise ValueError(f"code: {self.code!r} is no CAMEO code of two to four digits")
        for name in (self.type, self.converted):
            if name is not None:
                check_type(name)


def check_type(name: str) -> None:
    """Raise ValueError where NAME is no PLOVER type."""
    if name not in PLOVER_TYPES:
        raise ValueError(f"type: {name!r} is no PLOVER type; one of {', '.join(PLOVER_TYPES)}")


@dataclass(frozen=True, slots=True)
class Terms:
    """The names that a codebook may use: modes by type, contexts, CAMEO codes."""

    modes: MappingProxyType[str, tuple[str, ...]]
    contexts: frozenset[str]
    codes: frozenset[str]


def terms(lexicon: Lexicon) -> Terms:
    """Compile the tables; use it as `lexicon.compiled(plover.terms)`."""
    modes: dict[str, tuple[str, ...]] = dict.fromkeys(PLOVER_TYPES, ())
    for row in lexicon.rows(ModeRow):
        modes[row.type] += (row.mode,)
    return Terms(
        MappingProxyType(modes),
        frozenset(row.context for row in lexicon.rows(ContextRow)),
        frozenset(row.code for row in lexicon.rows(CameoRow)),
    )


def general_codes(lexicon: Lexicon) -> Mapping[tuple[str, str | None], str]:
    """The CAMEO code of a PLOVER type and mode of which no more is known: three digits where the mode has a code of its
    own, else the two of the type's root.
    """
    rows = [row for row in lexicon.rows(CameoRow) if row.type is not None and len(row.code) == 3]
    roots: dict[str, Counter[str]] = {}
    found: dict[tuple[str, str | None], str] = {}
    for row in rows:
        assert row.type is not None
        roots.setdefault(row.type, Counter())[row.code[:2]] += 1
        if row.mode is not None:
            found.setdefault((row.type, row.mode), row.code)
    return found | {(kind, None): counts.most_common(1)[0][0] for kind, counts in roots.items()}


def converted(lexicon: Lexicon, code: str | None, kind: str) -> str:
    """The type of an act of KIND with a CAMEO CODE in the conversion table of 2021, which other coders' types follow.

    KIND itself where the table and the manual agree, or the code is unknown.
    """
    types = lexicon.compiled(_conversions)
    return kind if code is None else types.get(code) or types.get(code[:3]) or kind


def _conversions(lexicon: Lexicon) -> Mapping[str, str]:
    return {row.code: row.converted for row in lexicon.rows(CameoRow) if row.converted is not None}
