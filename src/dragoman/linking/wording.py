"""Words as they are compared across reports: stems of what tells one text from another, and how close two bags are.

No weight depends on which other texts are known, so that what is linked depends on the two texts alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

import snowballstemmer

_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_]))*|\d+(?:[.,]\d+)*")

COMMON: Final = frozenset(
    re.findall(
        r"\w+",
        """
    a about above after again against all also although am among an and another any are around as at away back be
    became because become been before began begin being below between both but by came can come could day days did do
    does done down during each either else even ever every few first for former from further get give given go going
    gone got had has have having he her here hers herself him himself his how however i if in into is it its itself
    just last late later latest least less like made make many may me might more most much must my near nearly never
    new next no nor not now of off often old on once one only or other others our out over own part per put quite
    rather s said same say saying says second see seen set several she should since so some still such t take taken
    than that the their them themselves then there these they third this those though three through time times to
    today together told tomorrow too took toward towards two under until up upon us very want wanted was way we week
    weeks well went were what when where which while who whom whose why will with within without would yesterday yet
    you your monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december month months year years spokesman spokeswoman official officials minister
    ministry government president prime foreign leader leaders state states country countries statement reporter
    reporters report reported according agency news people four five six seven eight nine ten
    """,
    )
)
"""Words that stand in reports of any story: grammar, the calendar, and who speaks in the news."""

NAMED: Final = 1.5
"""Weight of a name or number against another word: they tell one story from its like."""


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.EnglishStemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word, in small letters (Porter's second English stemmer)."""
    return str(_stemmer().stemWord(word.lower().removesuffix("'s").removesuffix("’s")))


def bag(text: str) -> dict[str, float]:
    """Stem to weight of the words of TEXT that tell something; the weights' squares add up to 1."""
    counted: Counter[str] = Counter()
    named: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group()
        low = word.lower()
        if low in COMMON or len(word) < 2:
            continue
        form = stem(word)
        counted[form] += 1
        if word[0].isupper() or word[0].isdigit():
            named.add(form)
    return _unit({form: (1 + math.log(n)) * (NAMED if form in named else 1.0) for form, n in counted.items()})


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {form: weight / length for form, weight in weights.items()} if length else {}


def closeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two bags, 0 to 1."""
    if len(other) < len(one):
        one, other = other, one
    return min(1.0, math.fsum(sorted(weight * other[form] for form, weight in one.items() if form in other)))


def shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How much of the lighter bag the other one holds, 0 to 1: a short telling need not repeat all of a long one."""
    both = [form for form in one if form in other]
    return max(_part(one, both), _part(other, both)) if both else 0.0


def _part(of: Mapping[str, float], forms: Iterable[str]) -> float:
    whole = math.fsum(sorted(weight**2 for weight in of.values()))
    return min(1.0, math.fsum(sorted(of[form] ** 2 for form in forms)) / whole)
