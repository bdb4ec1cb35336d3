"""How many sources tell of something on their own: reprints, edited wire copy and reports of one hand count once."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import eq
from struct import pack, unpack
from typing import Final

from rensa import RMinHash

from dragoman.facts import Span

PRINT_SIZE: Final = 64
"""Numbers in a text's print: the resemblance of two texts is known to about 0.06."""

SHINGLE: Final = 3
"""Words in a row that are taken as one: single words are shared by all reports of a story."""

REPRINT: Final = 0.3
"""Resemblance (Jaccard, of runs of three words) from which on one text is the other's, cut or edited. Reports written
apart of one happening stay below 0.1; of a reprint cut to half of its length 0.5 is left."""

BANDS: Final = 32
"""A print is cut into so many bands; texts that share none are not compared. Of reprints at 0.3 it misses one in 20, of
those at 0.5 one in ten thousand."""

COPIED_WORDS: Final = 8
"""A clause of so many words or more that stands word for word in two reports was copied."""

MEDIA: Final = frozenset(
    {
        "agency",
        "newspaper",
        "radio",
        "television",
        "tv",
        "daily",
        "magazine",
        "weekly",
        "news",
        "newspapers",
        "broadcaster",
    }
)
"""Words that make a name one of a medium."""

_CREDIT: Final = re.compile(r"\A.{0,120}?\(([A-Z][\w .&'’-]{1,40})\)\s*[-–—]", re.DOTALL)
"""The agency in a dateline: "PARIS (AP) —"."""

_WORD: Final = re.compile(r"\w+")
_TAILS: Final = re.compile(r"^the\s+|\s+(?:news\s+)?(?:agency|newspaper|daily)$")


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's word of something. `origin` is whose word it is, `print` its text's (None: not known)."""

    report: int
    origin: str
    print: str | None
    clause: str = ""


def credited(text: str) -> str | None:
    """The agency that a text's dateline names, None where it names none."""
    found = _CREDIT.search(text)
    return found.group(1) if found else None


def medium(name: str, sector: str | None, role: str | None) -> bool:
    """Whether a speaker is a medium, by sector (JRN), role or name."""
    words = {*name.lower().split()[-1:], *(role or "").lower().split()[-1:]}
    return sector == "JRN" or bool(words & MEDIA)


def hand(name: str) -> str:
    """A medium's name as it is compared: "the Harbour Wire agency" is "harbour wire"."""
    return _TAILS.sub("", _TAILS.sub("", " ".join(name.casefold().split())))


@dataclass(frozen=True, slots=True)
class Credit:
    """Words that a medium is named for as the one who said them; `name` as `hand` gives it."""

    spans: tuple[Span, ...]
    name: str


def origin(evidence: Span, credits: Iterable[Credit], fallback: str) -> str:
    """Whose word a fact is: the medium that its words are credited to, else FALLBACK, the report's own hand.

    Of several credits the innermost counts, the one with the fewest words.
    """
    start, end = evidence
    around = [
        (last - first, credit.name)
        for credit in credits
        for first, last in credit.spans
        if first < end and start < last and min(end, last) - max(start, first) >= (end - start) / 2
    ]
    return min(around)[1] if around else fallback


def print_of(text: str) -> str | None:
    """A text's MinHash print, None where it has too few words to be known by."""
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < 5 * SHINGLE:
        return None
    made = RMinHash(num_perm=PRINT_SIZE, seed=1)
    made.update(sorted({" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}))
    return b64encode(pack(f"<{PRINT_SIZE}I", *made.digest())).decode("ascii")


def resemblance(one: str, other: str) -> float:
    """How much two texts' prints say that their runs of words are the same, 0 to 1 (an estimate of Jaccard)."""
    return _same(_numbers(one), _numbers(other))


def _same(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    same: int = sum(map(eq, one, other))
    return same / PRINT_SIZE


def _numbers(print_: str) -> tuple[int, ...]:
    return unpack(f"<{PRINT_SIZE}I", b64decode(print_))


class _Groups:
    """Numbers from 0 that are joined little by little."""

    def __init__(self, number: int) -> None:
        self._above = list(range(number))

    def root(self, number: int) -> int:
        """The least number that NUMBER is joined with."""
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one group of those of ONE and OTHER."""
        low, high = sorted((self.root(one), self.root(other)))
        self._above[high] = low

    def count(self) -> int:
        """How many groups there are."""
        return sum(above == number for number, above in enumerate(self._above))


def independent(tellings: Sequence[Telling]) -> int:
    """How many of TELLINGS do not repeat one another: one origin, one text or one copied clause is one source."""
    groups = _Groups(len(tellings))
    first: dict[tuple[str, object], int] = {}
    for number, telling in enumerate(tellings):
        for mark in _marks(telling):
            groups.join(first.setdefault(mark, number), number)
    prints = {telling.print: number for number, telling in reversed(list(enumerate(tellings))) if telling.print}
    _join_reprints(prints, groups)
    return groups.count()


def _join_reprints(prints: Mapping[str, int], groups: _Groups) -> None:
    """Join the texts with those PRINTS where they are alike. Near-copies are soon one group, in which none is compared.

    Each pair of texts was looked at once for every band they share, in a story of a hundred copies for seconds.
    """
    numbers = {number: _numbers(print_) for print_, number in prints.items()}
    bands: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    width = PRINT_SIZE // BANDS
    for number, values in numbers.items():
        for band in range(BANDS):
            bands.setdefault((band, values[band * width : (band + 1) * width]), []).append(number)
    for found in bands.values():
        if len({groups.root(number) for number in found}) > 1:
            for one, other in combinations(found, 2):
                if groups.root(one) != groups.root(other) and _same(numbers[one], numbers[other]) >= REPRINT:
                    groups.join(one, other)


def _marks(telling: Telling) -> Iterator[tuple[str, object]]:
    yield ("report", telling.report)
    if telling.print:
        yield ("print", telling.print)
    if telling.origin:
        yield ("origin", telling.origin)
    words = _WORD.findall(telling.clause.casefold())
    if len(words) >= COPIED_WORDS:
        yield ("clause", tuple(words))
