"""Roles and offices: what "foreign minister", "rebels" or "ex-president" say of a party to an event.

Sectors are PLOVER's (manual 2.0); ELI is a *former* official, which only a modifier or the date can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from dragoman.lexicon import holders
from dragoman.lexicon.phrases import CutText, PhraseTable, units
from dragoman.lexicon.table import Lexicon
from dragoman.terms import SECTORS

KINDS: Final = frozenset({"person", "group", "institution"})
OFFICES: Final = holders.OFFICES | {
    "minister", "ambassador", "envoy", "diplomat", "mediator", "spokesperson", "opposition_leader", "legislator",
    "judge", "commander", "police_chief", "rebel_leader", "activist", "union_leader", "cleric",
}  # fmt: skip
"""Classes of office. Those of `holders.OFFICES` have one holder at a time, who may be looked up there by date."""

EFFECTS: Final = frozenset(
    {"former", "dead", "then", "keep", "acting", "lower", "coming", "claimed", "opposition", "alleged", "unnamed"}
)


@dataclass(frozen=True, slots=True)
class Role:
    """A role in a report's words. `sector` is None where it is that of the body or country which the text names.

    `plural` is None where the title has none of its own, or is a plural already. `office` is None for a role that is
    no office. `precedes` says that the title stands before names.
    """

    table: ClassVar[str] = "roles"
    key: ClassVar[tuple[str, ...]] = ("title",)
    title: str
    plural: str | None
    sector: str | None
    kind: str
    office: str | None
    precedes: bool
    names: tuple[str, ...]
    source: str

    def __post_init__(self) -> None:
        if self.sector is not None and self.sector not in SECTORS:
            raise ValueError(f"sector {self.sector!r} of {self.title} is none of {', '.join(SECTORS)}")
        if self.kind not in KINDS:
            raise ValueError(f"kind {self.kind!r} of {self.title} is none of {', '.join(sorted(KINDS))}")
        if self.office is not None and self.office not in OFFICES:
            raise ValueError(f"office {self.office!r} of {self.title} is none of {', '.join(sorted(OFFICES))}")

    @property
    def forms(self) -> tuple[str, ...]:
        """Title, plural and other forms."""
        return (self.title, *((self.plural,) if self.plural else ()), *self.names)


@dataclass(frozen=True, slots=True)
class Modifier:
    """A word beside a role. `effect` is one of EFFECTS; `sector`, where not None, takes the place of the role's.

    `joined` says that a hyphen may tie it to the role: "ex-president", "president-elect".
    """

    table: ClassVar[str] = "role_modifiers"
    key: ClassVar[tuple[str, ...]] = ("modifier", "position")
    modifier: str
    position: str
    effect: str
    sector: str | None
    joined: bool
    source: str

    def __post_init__(self) -> None:
        if self.position not in ("before", "after"):
            raise ValueError(f"position {self.position!r} of {self.modifier} is neither before nor after")
        if self.effect not in EFFECTS:
            raise ValueError(f"effect {self.effect!r} of {self.modifier} is none of {', '.join(sorted(EFFECTS))}")
        if self.sector is not None and self.sector not in SECTORS:
            raise ValueError(f"sector {self.sector!r} of {self.modifier} is none of {', '.join(SECTORS)}")


class RoleIndex:
    """Roles by their words, whatever the case; abbreviations ("Gen.", "PM") only as they are written."""

    def __init__(self, roles: Iterable[Role], modifiers: Iterable[Modifier]) -> None:
        self._roles = tuple(roles)
        rows = tuple(modifiers)
        self._joined = tuple(row for row in rows if row.joined)
        self._forms = PhraseTable(self._entries(), fold=True)
        self._before = PhraseTable(((row.modifier, row) for row in rows if row.position == "before"), fold=True)
        self._after = PhraseTable(((row.modifier, row) for row in rows if row.position == "after"), fold=True)
        self._reach = max((len(units(row.modifier)) for row in rows), default=0)

    def __iter__(self) -> Iterator[Role]:
        return iter(self._roles)

    def _entries(self) -> Iterator[tuple[str, tuple[Role, str]]]:
        for role in self._roles:
            for form in role.forms:
                exact = form if form.isupper() or form.endswith(".") else ""
                yield form, (role, exact)
                if role.kind == "person" and not exact:
                    for tied in self._joined:
                        yield _tie(tied, form), (role, "")

    def by_title(self, title: str) -> tuple[Role, ...]:
        """The roles that TITLE, its plural or another form of it, words; case matters for abbreviations only."""
        return tuple(role for role, exact in self._forms.get(title) if not exact or units(exact) == units(title))

    def matches(self, text: CutText) -> list[tuple[int, int, Role]]:
        """(first token, token after the last, role) of each role in TEXT: leftmost, longest, none overlapping.

        A modifier tied by a hyphen lies within the match, any other outside: ask `modifiers`.
        """
        return [
            (start, end, role)
            for start, end, found in self._forms.scan(text)
            for role, exact in found
            if not exact or _same(exact, text.tokens[start:end])
        ]

    def modifiers(self, tokens: Sequence[str], start: int, end: int) -> tuple[Modifier, ...]:
        """The modifiers of the role at TOKENS[START:END]: tied to it, then leftwards from it, then after it."""
        parts = [part.lower() for token in tokens[start:end] for part in units(token)]
        found = [row for row in self._joined if _is_tied(row, parts)]
        at = start
        while (before := self._ending_at(tokens, at)) is not None:
            at, row = before
            found.append(row)
        after = self._after.at(tokens, end + 1 if end < len(tokens) and tokens[end] == "-" else end)[1]
        return (*found, *after)

    def _ending_at(self, tokens: Sequence[str], end: int) -> tuple[int, Modifier] | None:
        for start in range(max(0, end - self._reach), end):
            stop, rows = self._before.at(tokens[start:end], 0)
            if rows and start + stop == end:
                return start, rows[0]
        return None


def _same(exact: str, tokens: Sequence[str]) -> bool:
    return units(exact) == tuple(part for token in tokens for part in units(token))


def _tie(modifier: Modifier, form: str) -> str:
    return f"{modifier.modifier}-{form}" if modifier.position == "before" else f"{form}-{modifier.modifier}"


def _is_tied(modifier: Modifier, parts: Sequence[str]) -> bool:
    word = modifier.modifier.lower()
    edge = parts[:2] if modifier.position == "before" else parts[:-3:-1]
    return len(parts) > 2 and list(edge) == [word, "-"]


def index(lexicon: Lexicon) -> RoleIndex:
    """The index over the lexicon's roles; use it as `lexicon.compiled(roles.index)`."""
    return RoleIndex(lexicon.rows(Role), lexicon.rows(Modifier))
