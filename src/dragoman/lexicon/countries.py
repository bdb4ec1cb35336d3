"""Countries, dependencies, disputed territories and former states, and the names that stand for them, by date.

`countries.tsv` holds what they are, `country_names.tsv` names borne for a time, metonyms and seats of government,
`cow_gw.tsv` the numbers of the Correlates of War and of Gleditsch and Ward. A name means what it meant on the report's
day: "Moscow" of 1975 is the government of SUN, "Russia" of 1975 is RUS.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias, get_args

from dragoman.errors import TableError
from dragoman.facts import Date
from dragoman.lexicon.regions import Region
from dragoman.lexicon.scan import NameScan
from dragoman.lexicon.table import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

NameKind: TypeAlias = Literal["name", "adjective", "people", "capital", "metonym", "prefix"]
CountryKind: TypeAlias = Literal["state", "dependency", "territory", "partial", "former"]

NAME_KINDS: Final[tuple[str, ...]] = get_args(NameKind)
"""In the order in which readings of the same words are preferred."""

COUNTRY_KINDS: Final[tuple[str, ...]] = get_args(CountryKind)
STRICT: Final = frozenset({"capital", "metonym"})
"""Kinds of name that mean the country only within their dates: nobody calls the Germany of 2015 "Bonn"."""

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class Country:
    """A row of `countries.tsv`.

    `lat` and `lon` are a label point, not the capital. `start` and `end` are the first and last day of the state, None
    before 1900 or where it goes on. `caution` lists those of its names that are other words, people or places too.
    """

    table: ClassVar[str] = "countries"
    key: ClassVar[tuple[str, ...]] = ("code",)
    code: str
    kind: str
    name: str
    iso2: str | None = None
    fips: str | None = None
    cameo: str | None = None
    geonameid: int | None = None
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    caution: tuple[str, ...] = ()
    un: bool = False
    lat: float | None = None
    lon: float | None = None
    controller: str | None = None
    claimant: str | None = None
    start: str | None = None
    end: str | None = None
    successors: tuple[str, ...] = ()
    source: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in COUNTRY_KINDS:
            raise ValueError(f"unknown kind {self.kind!r}; one of {', '.join(COUNTRY_KINDS)}")

    def holds(self, day: str) -> bool:
        """Whether the state is there on DAY (ISO), as far as its dates are known."""
        return (self.start or FIRST_DAY) <= day <= (self.end or LAST_DAY)

    @property
    def partial(self) -> bool:
        """Whether it is only partially recognised: PLOVER codes it as the claiming state with the sector PRE."""
        return self.kind == "partial"

    @property
    def fact_code(self) -> str:
        """What an actor's `country` says: the code, or the claiming state's where ISO has no letters for this one."""
        return self.claimant if self.claimant and self.iso2 is None else self.code

    @property
    def plover_code(self) -> str:
        """PLOVER's country: dependencies fold into the controlling state, partial ones into the claimant."""
        return self.controller or self.claimant or self.code

    @property
    def cameo_code(self) -> str:
        """CAMEO's three letters."""
        return self.cameo or self.code


@dataclass(frozen=True, slots=True)
class NameRow:
    """A row of `country_names.tsv`: NAME means CODE from `start` to `end`, both inclusive; None is no bound."""

    table: ClassVar[str] = "country_names"
    key: ClassVar[tuple[str, ...]] = ("name", "code", "kind", "start")
    name: str
    code: str
    kind: str
    sector: str | None = None
    start: str | None = None
    end: str | None = None
    caution: bool = False

    def __post_init__(self) -> None:
        if self.kind not in NAME_KINDS:
            raise ValueError(f"unknown kind {self.kind!r}; one of {', '.join(NAME_KINDS)}")


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A row of `cow_gw.tsv`: CODE bears NUMBER in SYSTEM (COW or GW) from `start` to `end`, both inclusive."""

    table: ClassVar[str] = "cow_gw"
    key: ClassVar[tuple[str, ...]] = ("system", "number", "code", "start")
    system: str
    number: int
    code: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a name. `sector` is PLOVER's where the name stands for a part of the state; see `NameRow`."""

    name: str
    country: Country
    kind: NameKind
    sector: str | None = None
    start: str | None = None
    end: str | None = None
    caution: bool = False

    def holds(self, day: str) -> bool:
        """Whether the name means this on DAY (ISO)."""
        return (self.start or FIRST_DAY) <= day <= (self.end or LAST_DAY)

    def distance(self, day: str) -> tuple[int, int]:
        """Years and days, roughly, from DAY to the nearest day on which the name means this."""
        edge = self.end if self.end and day > self.end else self.start if self.start and day < self.start else day
        return (abs(int(edge[:4]) - int(day[:4])), abs(int(edge[5:7]) - int(day[5:7])))


@dataclass(frozen=True, slots=True)
class CountryMatch:
    """A name found in a Doc: tokens `start` to `end` (exclusive), characters `span`, and what it means.

    `caution` says that the words alone don't prove the country ("Georgia", "Jordan", "Indian").
    """

    start: int
    end: int
    span: tuple[int, int]
    country: Country
    kind: NameKind
    sector: str | None
    caution: bool


class CountryIndex:
    """All names of all countries, ready to be looked up and found in texts. Get it by `lexicon.compiled(index)`."""

    def __init__(
        self,
        countries: tuple[Country, ...],
        names: tuple[NameRow, ...],
        numbers: tuple[NumberRow, ...],
        others: tuple[str, ...],
    ) -> None:
        self.by_code: Mapping[str, Country] = MappingProxyType({row.code: row for row in countries})
        self.by_iso2: Mapping[str, Country] = MappingProxyType(
            {row.iso2: row for row in countries if row.iso2 and row.kind != "former"}
        )
        self._numbers: dict[str, list[NumberRow]] = {}
        for number in numbers:
            self._numbers.setdefault(number.code, []).append(number)
        self._readings = self._read(names)
        self._scan = NameScan([*self._readings, *others])

    def _read(self, names: tuple[NameRow, ...]) -> dict[str, tuple[Reading, ...]]:
        table: dict[str, list[Reading]] = {}
        for reading in self._all_readings(names):
            table.setdefault(reading.name, []).append(reading)
        return {
            name: tuple(sorted(found, key=lambda r: (NAME_KINDS.index(r.kind), -_sort_day(r.end))))
            for name, found in table.items()
        }

    def _all_readings(self, names: tuple[NameRow, ...]) -> Iterator[Reading]:
        for row in self.by_code.values():
            yield from _own_readings(row)
        for name in names:
            country = self.by_code.get(name.code)
            if country is None:
                raise TableError("country_names.tsv", 1, f"{name.name!r} has the unknown code {name.code!r}")
            kind = next(k for k in get_args(NameKind) if k == name.kind)
            yield Reading(name.name, country, kind, name.sector, name.start, name.end, name.caution)

    @property
    def names(self) -> Iterable[str]:
        """Every name of every kind."""
        return self._readings.keys()

    @property
    def land_names(self) -> Iterable[str]:
        """Every name, adjective and people's name; no capital and no metonym."""
        return [name for name, found in self._readings.items() if any(r.kind not in STRICT for r in found)]

    def by_name(self, name: str, on: Date | None = None) -> tuple[Reading, ...]:
        """What NAME (with its case) can mean on the day, the likeliest first; empty where it is no country's name.

        Without a date it means what it means today; names of states that ended then still mean those states. Metonyms
        and capitals hold only within their dates, and so do names of former states that are regions today ("Tibet").
        """
        day = _day(on)
        found = [r for r in self._readings.get(name, ()) if r.holds(day) or not _strict(r)]
        current = [r for r in found if r.holds(day)]
        if current:
            return tuple(current)
        return tuple(sorted(found, key=lambda r: r.distance(day)))

    def country(self, name: str, on: Date | None = None) -> Country | None:
        """The likeliest country of that name, or None."""
        found = self.by_name(name, on)
        return found[0].country if found else None

    def number(self, code: str, system: Literal["COW", "GW"], on: Date | None = None) -> int | None:
        """The state's number in the Correlates of War (COW) or Gleditsch and Ward (GW) list that day; None: in none."""
        day = _day(on)
        for row in self._numbers.get(code, ()):
            if row.system == system and (row.start or FIRST_DAY) <= day <= (row.end or LAST_DAY):
                return row.number
        return None

    def state_at(self, code: str, on: Date | None) -> str:
        """The state that the land of CODE was part of that day: SUN for RUS in 1975; CODE where no other is sure.

        Lands that were parts of one of several former states (Vietnam, Yemen) keep their own code, and so do states
        that the Correlates of War list has on that day.
        """
        if on is None or not on.known or self.number(code, "COW", on) is not None:
            return code
        day = _day(on)
        over = [row.code for row in self.by_code.values() if row.kind == "former" and row.holds(day)]
        held = [former for former in over if code in self._heirs(former)]
        return held[0] if len(held) == 1 else code

    def _heirs(self, code: str) -> set[str]:
        """Successors of a former state and theirs."""
        heirs: set[str] = set()
        for heir in self.by_code[code].successors:
            heirs |= {heir} | self._heirs(heir)
        return heirs

    def find(self, text: str, on: Date | None = None) -> Iterator[tuple[int, int, tuple[Reading, ...]]]:
        """(start, end, readings) in characters, from left to right, the longest name at each place.

        Names of regions that hold a country's name ("Gulf of Mexico", "South America") hide it.
        """
        for hit in self._scan.find(text):
            readings = self.by_name(hit.name, on)
            if readings and (readings[0].kind != "prefix" or text.startswith(("-", "–"), hit.end)):
                yield hit.start, hit.end, readings

    def matches(self, doc: Doc, on: Date | None = None) -> list[CountryMatch]:
        """Names of countries in DOC, outside of people's names where the parser marked those ("Jack London")."""
        starts = doc.to_array("IDX").tolist()
        personal = {i for e in doc.ents if e.label_ == "PERSON" for i in range(e.start, e.end)}
        found = []
        for start, end, readings in self.find(doc.text, on):
            first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
            best = readings[0]
            if not personal.isdisjoint(range(first, last + 1)) and not _seat(doc, first, last, best):
                continue
            caution = best.caution
            found.append(CountryMatch(first, last + 1, (start, end), best.country, best.kind, best.sector, caution))
        return found


def _seat(doc: Doc, first: int, last: int, reading: Reading) -> bool:
    """Whether a name that the parser takes for a person's is a state's or capital's all the same ("Riyadh wants").

    It is the whole of what is marked; no word, person or other place has that name; no name or title stands before it;
    and nobody in the text has it in a longer name.
    """
    if reading.caution or reading.kind not in ("name", "capital"):
        return False
    words = doc[first : last + 1].text
    if any(e.label_ == "PERSON" and len(e) > last + 1 - first and words in e.text for e in doc.ents):
        return False
    whole = doc[first].ent_iob_ == "B" and (last + 1 == len(doc) or doc[last + 1].ent_iob_ != "I")
    if not whole or not first or doc[first].is_sent_start:
        return whole
    before = doc[first - 1]
    named = before.text[:1].isupper() or before.text.endswith(".")
    return not (named and before.pos_ in ("NOUN", "PROPN", "ADJ"))


def index(lexicon: Lexicon) -> CountryIndex:
    """The index over LEXICON's tables: `lexicon.compiled(index)`."""
    regions = (name for region in lexicon.rows(Region) for name in region.all_names)
    compounds = tuple(name for name in regions if " " in name or "-" in name)
    return CountryIndex(lexicon.rows(Country), lexicon.rows(NameRow), lexicon.rows(NumberRow), compounds)


def _own_readings(row: Country) -> Iterator[Reading]:
    for name in (row.name, *row.names):
        yield _own(row, name, "name")
    for name in row.adjectives:
        yield _own(row, name, "adjective")
    for name in row.people:
        yield _own(row, name, "people")
    for name in row.capitals:
        yield Reading(name, row, "capital", "GOV", row.start, row.end, name in row.caution)


def _own(row: Country, name: str, kind: NameKind) -> Reading:
    """A name for good; of a former state, one that it bears while it lasts."""
    ended = row.kind == "former"
    return Reading(name, row, kind, None, row.start if ended else None, row.end if ended else None, name in row.caution)


def _strict(reading: Reading) -> bool:
    return reading.kind in STRICT or (reading.caution and reading.country.kind == "former")


def _day(on: Date | None) -> str:
    """The day whose meanings count: the first of the interval, or its last where only that is known, or a late one."""
    return (on.start or on.end or LAST_DAY) if on is not None else LAST_DAY


def _sort_day(day: str | None) -> int:
    return int((day or LAST_DAY).replace("-", ""))
