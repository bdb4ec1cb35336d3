"""The world that made-up reports tell of: words, countries, pairs of them, people, bodies and outlets.

All are as unlike in frequency as in real reporting, since a record in which every word and every pair is as common as
the next answers every question fast. Frequencies fall as 1 / (rank + shift): few words make up half of all text, most
stand in one report of thousands. Nothing here is from a text that exists: words are syllables put together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dragoman.lexicon.countries import Country as Known
from dragoman.lexicon.table import Lexicon

WORDS: Final = 200_000
PEOPLE: Final = 20_000
BODIES: Final = 2_000
OUTLETS: Final = 400
PAIRS: Final = 9_000

PHRASE: Final = ("border", "agreement")
"""Two words that are common apart and rare in a row."""

_COMMON: Final = (
    "the of to and in a that on for with said is was by as it from at has be are were its have will an after not which "
    "his would over had but about who than new their been government minister also president they up more two this or "
    "we first foreign other last could against talks officials year between under military one state after country "
    "border agreement security trade council meeting visit forces support people treaty oil parliament embassy summit"
)
_STARTS: Final = (
    "b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr",
    "v", "z",
)  # fmt: skip
_MIDDLES: Final = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_ENDS: Final = ("", "l", "m", "n", "r", "s", "t", "nd", "st")


@dataclass(frozen=True, slots=True)
class Zipf:
    """Places from 0 up to a number of them, the first ones drawn most often."""

    cumulated: NDArray[np.float64]

    @classmethod
    def of(cls, number: int, shift: float, exponent: float = 1.0) -> Zipf:
        """Over NUMBER places, falling as 1 / (place + 1 + SHIFT) ** EXPONENT."""
        weights = 1.0 / (np.arange(1, number + 1) + shift) ** exponent
        return cls(np.cumsum(weights) / weights.sum())

    def draw(self, rng: np.random.Generator, number: int) -> list[int]:
        """NUMBER places."""
        found: list[int] = np.searchsorted(self.cumulated, rng.random(number)).tolist()
        return found


@dataclass(frozen=True, slots=True)
class Country:
    """A code and the name by which reports call it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class World:
    """What reports are made of, and how often each of it is drawn."""

    words: tuple[str, ...]
    word: Zipf
    countries: tuple[Country, ...]
    pairs: tuple[tuple[int, int], ...]
    pair: Zipf
    people: tuple[str, ...]
    person: Zipf
    bodies: tuple[str, ...]
    body: Zipf
    outlets: tuple[str, ...]
    outlet: Zipf


def world() -> World:
    """The same world on every machine."""
    made = list(_made_words(WORDS))
    names = {row.code: row.name for row in Lexicon().rows(Known)}
    countries = tuple(Country(code, names[code]) for code in _shuffled(sorted(names)))
    common = tuple(dict.fromkeys(_COMMON.split()))
    first = [word.capitalize() for word in made[1000:1200]]
    people = tuple(f"{first[i % 200]} {made[2000 + i].capitalize()}" for i in range(PEOPLE))
    return World(
        words=(*common, *made),
        word=Zipf.of(len(common) + WORDS, 2.7, 1.05),
        countries=countries,
        pairs=tuple(_pairs(len(countries))),
        pair=Zipf.of(PAIRS, 12.0),
        people=people,
        person=Zipf.of(PEOPLE, 5.0),
        bodies=tuple(f"the {made[30_000 + i]} accord" for i in range(BODIES)),
        body=Zipf.of(BODIES, 5.0),
        outlets=tuple(f"{made[40_000 + i].capitalize()} {('Times', 'Wire', 'Post')[i % 3]}" for i in range(OUTLETS)),
        outlet=Zipf.of(OUTLETS, 2.0),
    )


def _made_words(number: int) -> Iterator[str]:
    """Words that don't exist, each once, in an order without rhyme."""
    syllables = ["".join(parts) for parts in product(_STARTS, _MIDDLES, _ENDS)]
    taken = set(_COMMON.split())
    size, at = len(syllables), 0
    while number:
        at += 1
        mixed = int.from_bytes(hashlib.blake2b(str(at).encode(), digest_size=8).digest(), "big")
        word = syllables[mixed % size] + syllables[mixed // size % size]
        if at % 3 == 0:
            word += syllables[mixed // size**2 % size]
        if word not in taken:
            taken.add(word)
            number -= 1
            yield word


def _shuffled(items: Sequence[str]) -> list[str]:
    return sorted(items, key=lambda item: hashlib.blake2b(item.encode(), digest_size=8).digest())


def _pairs(countries: int) -> list[tuple[int, int]]:
    """Pairs of countries, those of countries that stand first before others: the great have to do with everybody."""
    return sorted(combinations(range(countries), 2), key=lambda pair: ((pair[0] + 2) * (pair[1] + 2), pair))[:PAIRS]
