"""News agencies, papers, broadcasters, magazines, sites and official pages: by name in a text, by domain of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final

from dragoman.facts import Date
from dragoman.lexicon.periods import Period
from dragoman.lexicon.phrases import CutText, PhraseTable
from dragoman.lexicon.table import Lexicon

KINDS: Final = frozenset({"agency", "newspaper", "broadcaster", "magazine", "site", "ministry"})


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet. `domains` are registered names or hosts without `www.`; `country` is None where it has none.

    `caution` says that the name is also another word, person or place: an outlet only where the text quotes it.
    """

    table: ClassVar[str] = "outlets"
    key: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    name: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    country: str | None
    kind: str
    start: str | None
    end: str | None
    caution: bool
    source: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind {self.kind!r} of {self.name} is none of {', '.join(sorted(KINDS))}")
        for domain in self.domains:
            if domain != domain.lower() or "." not in domain or "/" in domain or domain.startswith("www."):
                raise ValueError(f"{domain!r} is no domain such as 'reuters.com'")
        Period(self.start, self.end)

    @property
    def period(self) -> Period:
        """When the outlet bore this name."""
        return Period(self.start, self.end)

    @property
    def all_names(self) -> tuple[str, ...]:
        """The name and its other forms."""
        return (self.name, *self.names)


class OutletIndex:
    """Outlets by name, told apart by case, and by the host of a page's address."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._rows = tuple(outlets)
        self._names = PhraseTable((name, row) for row in self._rows if row.kind != "ministry" for name in row.all_names)
        self._domains = {domain: row for row in self._rows for domain in row.domains}

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._rows)

    def by_name(self, name: str, on: Date | None = None) -> tuple[Outlet, ...]:
        """The outlets called NAME that may have existed on ON; all so called where none did. No ministries."""
        return _held(self._names.get(name), on)

    def by_host(self, host: str) -> Outlet | None:
        """The outlet whose page HOST serves: `edition.cnn.com` by `cnn.com`; None where the host is not known."""
        labels = host.lower().rstrip(".").split(".")
        for i in range(len(labels) - 1):
            if (found := self._domains.get(".".join(labels[i:]))) is not None:
                return found
        return None

    def matches(self, text: CutText, on: Date | None = None) -> list[tuple[int, int, Outlet]]:
        """(first token, token after the last, outlet) of each name in TEXT: leftmost, longest, none overlapping.

        A name that several outlets bear gives one match for each, in the table's order, with the same tokens.
        """
        return [(start, end, row) for start, end, found in self._names.scan(text) for row in _held(found, on)]


def _held(outlets: tuple[Outlet, ...], on: Date | None) -> tuple[Outlet, ...]:
    if on is None:
        return outlets
    return tuple(row for row in outlets if row.period.may_cover(on)) or outlets


def index(lexicon: Lexicon) -> OutletIndex:
    """The index over the lexicon's outlets; use it as `lexicon.compiled(outlets.index)`."""
    return OutletIndex(lexicon.rows(Outlet))


def names_by_domain(lexicon: Lexicon) -> Mapping[str, str]:
    """Domain to the outlet's name, for pages that don't say whose they are."""
    return MappingProxyType({domain: row.name for row in lexicon.rows(Outlet) for domain in row.domains})
