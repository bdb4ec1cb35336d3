"""Who held which office on a date: heads of state and government, ministers, officers of international bodies.

A report of 1974 that says "Kissinger" means the secretary of state, one of 1978 a former one. Terms are known to the
month, and a date may be an interval: where several answers are possible there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar, Final

from dragoman.errors import TableError
from dragoman.facts import Date
from dragoman.lexicon.periods import Period
from dragoman.lexicon.phrases import CutText, PhraseTable, units
from dragoman.lexicon.table import Lexicon

OFFICES: Final = frozenset(
    {
        "head_of_state", "head_of_government", "prime_minister", "deputy_head", "heir", "foreign_minister",
        "defence_minister", "finance_minister", "interior_minister", "justice_minister", "trade_minister",
        "oil_minister", "security_adviser", "un_ambassador", "spy_chief", "military_chief", "central_banker",
        "party_leader", "secretary_general", "commission_president", "council_president", "high_representative",
        "speaker", "majority_leader", "chairman", "prosecutor", "leader",
    }
)  # fmt: skip
"""Offices of one holder at a time. `prime_minister`: where another is head of government too (Iran); `leader`: the head
of a body, party or armed group; `chairman`: of a parliament's committee."""

KNOWN_TO: Final = "2025-06-30"
"""The day to which the table knows the holders; who is in office after it is not known."""


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in one office, of a state (`country`) or of a body (`body`, an id of the bodies' table).

    `names` are other forms of the name, `surnames` what a report calls the person by alone. `start` and `end` are
    YYYY-MM or YYYY, None where not known; `open` says that the term lasted at KNOWN_TO.
    """

    table: ClassVar[str] = "holders"
    key: ClassVar[tuple[str, ...]] = ("person", "office", "country", "body", "start")
    person: str
    names: tuple[str, ...]
    surnames: tuple[str, ...]
    office: str
    title: str
    country: str | None
    body: str | None
    start: str | None
    end: str | None
    open: bool
    source: str

    def __post_init__(self) -> None:
        if self.office not in OFFICES:
            raise ValueError(f"office {self.office!r} of {self.person} is none of {', '.join(sorted(OFFICES))}")
        if (self.country is None) == (self.body is None):
            raise ValueError(f"the term of {self.person} needs a country or a body, and not both")
        if not self.surnames:
            raise ValueError(f"{self.person} needs a name to be called by alone")
        Period(self.start, self.end, self.open)

    @property
    def period(self) -> Period:
        """When the term ran."""
        return Period(self.start, self.end, self.open)

    @property
    def of(self) -> str:
        """The country's code or the body's id."""
        return self.country or self.body or ""

    @property
    def all_names(self) -> tuple[str, ...]:
        """The person's name and its other forms."""
        return (self.person, *self.names)


@dataclass(frozen=True, slots=True)
class Clash:
    """A name that two persons bear whose terms overlap, so that the date does not tell them apart."""

    name: str
    one: Term
    other: Term


class HolderIndex:
    """Terms by person, by name and by office. Raises TableError where two hold one office at once."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = tuple(terms)
        self._surnames: dict[str, list[Term]] = defaultdict(list)
        self._names: dict[str, list[Term]] = defaultdict(list)
        self._offices: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._titles: dict[tuple[str, str], list[Term]] = defaultdict(list)
        for term in self._terms:
            for surname in {_key(surname) for surname in term.surnames}:
                self._surnames[surname].append(term)
            for name in {_key(name) for name in term.all_names}:
                self._names[name].append(term)
            self._offices[term.of, term.office].append(term)
            self._titles[term.of, _key(term.title)].append(term)
        self._phrases = PhraseTable(
            (name, _key(name)) for term in self._terms for name in term.all_names if len(units(name)) > 1
        )
        for group in self._offices.values():
            _refuse_overlaps(group)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms)

    def by_surname(self, surname: str, on: Date) -> list[Term]:
        """The terms of those called SURNAME that may cover ON, latest start first; where none does, the past ones.

        Past terms come latest end first. Terms that begin after ON never count. Case and accents don't matter.
        """
        return _current_or_past(self._surnames.get(_key(surname), []), on)

    def by_name(self, name: str, on: Date) -> list[Term]:
        """The terms of those with the full NAME, chosen and ordered as by `by_surname`."""
        return _current_or_past(self._names.get(_key(name), []), on)

    def holder(self, of: str, office: str, on: Date) -> Term | None:
        """Who held OFFICE of the country (code) or body (id) OF on every day of ON.

        None where that is not known or several may have: on the months of a handover, in a gap, over an interval with
        two holders, after KNOWN_TO.
        """
        possible = [term for term in self._offices.get((of, office), []) if term.period.may_cover(on)]
        if len(possible) != 1 or on.end is None or on.end > KNOWN_TO:
            return None
        return possible[0] if possible[0].period.covers(on) else None

    def titled(self, of: str, title: str, office: str | None, on: Date) -> Term | None:
        """Who was called TITLE ("president", in any case) of the country or body OF on every day of ON.

        The title goes before the class of office: Iran's president is no head of state, the Soviet one before 1990 had
        another title. Where nobody bore the title, the holder of OFFICE, or None where that is None.
        """
        sure = [term for term in self._titles.get((of, _key(title)), []) if term.period.covers(on)]
        if len(sure) == 1 and on.end is not None and on.end <= KNOWN_TO:
            return sure[0]
        return self.holder(of, office, on) if office and not sure else None

    def former(self, person: str, office: str | None, on: Date) -> bool:
        """Whether PERSON (any form of the full name) had held OFFICE (None: any) and surely no longer did on ON."""
        terms = [term for term in self._names.get(_key(person), []) if office in (None, term.office)]
        begun = [term for term in terms if not term.period.begins_after(on)]
        return bool(begun) and all(term.period.over_before(on) for term in begun)

    def matches(self, text: CutText, on: Date) -> list[tuple[int, int, Term]]:
        """(first token, token after the last, term) of each full name in TEXT, with its terms as by `by_name`.

        Leftmost, longest, none overlapping; a name with several terms gives one match for each.
        """
        return [
            (start, end, term)
            for start, end, found in self._phrases.scan(text)
            for name in found
            for term in _current_or_past(self._names[name], on)
        ]

    def clashes(self) -> list[Clash]:
        """The full names that two persons bear in overlapping terms; each pair of persons once a name."""
        found: dict[tuple[str, str, str], Clash] = {}
        for name, terms in self._names.items():
            for one, other in combinations(terms, 2):
                if one.person != other.person and one.period.overlaps(other.period):
                    found.setdefault((name, one.person, other.person), Clash(name, one, other))
        return list(found.values())


def _key(name: str) -> str:
    return " ".join(units(name)).lower()


def _current_or_past(terms: list[Term], on: Date) -> list[Term]:
    current = [term for term in terms if term.period.may_cover(on)]
    if current:
        return sorted(current, key=lambda term: term.start or "", reverse=True)
    past = [term for term in terms if term.period.over_before(on)]
    return sorted(past, key=lambda term: term.end or "", reverse=True)


def _refuse_overlaps(terms: list[Term]) -> None:
    for one, other in combinations(terms, 2):
        if one.period.overlaps(other.period):
            raise TableError(
                "holders.tsv",
                1,
                f"{one.person} ({one.start} to {one.end}) and {other.person} ({other.start} to {other.end}) hold the "
                f"office {one.office} of {one.of} at once; correct a date",
            )


def index(lexicon: Lexicon) -> HolderIndex:
    """The index over the lexicon's terms; use it as `lexicon.compiled(holders.index)`."""
    return HolderIndex(lexicon.rows(Term))
