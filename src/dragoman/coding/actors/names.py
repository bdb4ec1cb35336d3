"""Names of persons: where they begin and end, which part is the surname, whether two name one person."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.lexicon.phrases import plain

if TYPE_CHECKING:
    from dragoman.coding.tree import Tree

PARTICLES = frozenset({
    "al", "el", "bin", "ibn", "ben", "bint", "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos",
    "du", "la", "le", "abu", "ould", "ter", "zu", "y", "e",
})  # fmt: skip
"""Small words inside names: "Osama bin Laden", "Ursula von der Leyen"."""
HONORIFICS = {
    "mr": "m", "mr.": "m", "sir": "m", "lord": "m", "herr": "m", "monsieur": "m", "señor": "m",
    "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f", "lady": "f", "madame": "f", "mme": "f", "mme.": "f",
    "dame": "f", "frau": "f", "dr": "", "dr.": "", "prof.": "",
}  # fmt: skip
"""Words of courtesy before a name, and the gender that they tell; empty where they tell none."""
FEMALE_TITLES = frozenset({"queen", "princess", "empress", "baroness", "crown princess", "first lady", "spokeswoman",
                           "chairwoman", "congresswoman", "businesswoman", "policewoman", "stateswoman", "nun",
                           "woman"})  # fmt: skip
MALE_TITLES = frozenset({"king", "prince", "emperor", "crown prince", "pope", "emir", "sultan", "shah", "spokesman",
                         "chairman", "congressman", "businessman", "policeman", "statesman", "ayatollah", "cardinal",
                         "archbishop", "imam", "monk", "man", "sheikh"})  # fmt: skip
LONGEST = 8
"""Tokens that a name has at most; what the parser makes longer is cut no further, only not widened."""


def trimmed(tree: Tree, start: int, end: int, covered: Collection[int]) -> tuple[int, int]:
    """The span less tokens at its edges that belong to a title or body, courtesies, articles and a possessive."""
    while start < end and (start in covered or tree.low[start] in HONORIFICS or tree.low[start] == "the"):
        start += 1
    while end > start and (end - 1 in covered or tree.low[end - 1] in ("'s", "’s", "'", "’", ",")):
        end -= 1
    inner = next((i for i in range(start, end) if i in covered), end)
    return start, inner


def whole(tree: Tree, start: int, end: int, taken: Collection[int]) -> tuple[int, int]:
    """The span widened to the right over the rest of a name that was cut: "Mao" of "Mao Tse-tung", "Osama" of …"""
    if start >= end:
        return start, end
    i = end
    while i < len(tree) and i - start < LONGEST and i not in taken:
        particle = tree.low[i] in PARTICLES or tree.words[i] == "-"
        follows = i + 1 < len(tree) and i + 1 not in taken and tree.words[i + 1][:1].isalpha()
        ahead = i + 1 if particle and follows else i
        if tree.dep[ahead] != "flat" or tree.pos[ahead] != "PROPN" or not start <= tree.head[ahead] < i:
            break
        i = ahead + 1
        end = i
    return start, end


def is_name(tree: Tree, start: int, end: int) -> bool:
    """Whether the span holds a word with a capital letter: what else is marked as a person is none."""
    return any(tree.words[i][:1].isupper() for i in range(start, end))


@lru_cache(maxsize=4096)
def parts(name: str) -> tuple[str, ...]:
    """The words of NAME in lower case, without accents, initials and hyphens; "al-Bashir" is the one word bashir."""
    words = plain(name).replace("'", "").split()
    kept = (w.strip(".,").removeprefix("al-").removeprefix("Al-").removeprefix("el-").lower() for w in words)
    return tuple(w for w in kept if len(w) > 1 and w not in ("al", "el"))


def same_person(known: str, name: str) -> bool:
    """Whether NAME may be the person of the longer or equal name KNOWN.

    One word: the first or last of it ("Mao", "Nixon"). More: its end or beginning, or its first and last word.
    """
    long, short = parts(known), parts(name)
    if len(short) > len(long):
        long, short = short, long
    if not short:
        return False
    n = len(short)
    return long[-n:] == short or long[:n] == short or (n > 1 and (long[0], long[-1]) == (short[0], short[-1]))


def edges(name: str) -> set[str]:
    """The first and the last word of NAME: two names of one person share one of them."""
    words = parts(name)
    return {words[0], words[-1]} if words else set()


def gender_of(tree: Tree, start: int, title: str | None) -> str | None:
    """What a courtesy right before the name at START, or the title, tells of the person: m, f or None."""
    courtesy = HONORIFICS.get(tree.low[start - 1]) if start else None
    if courtesy:
        return courtesy
    return "f" if title in FEMALE_TITLES else "m" if title in MALE_TITLES else None
