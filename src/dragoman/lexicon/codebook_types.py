"""The types of a user's codebook: what its file says, checked, with the lines where it says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

SLOTS: Final = {"subject": "subj", "object": "obj", "receiver": "iobj", "owner": "poss"}
"""Names of slots as a codebook has them to those of the predicates' table; prepositions stand for themselves."""
LAST: Final = frozenset({"of", "on", "to", "with", "against", "from", "for", "at", "into", "upon", "toward", "towards"})
"""Prepositions that, at the end of a phrase, say where the target stands: "take control of", "fire on"."""
DROPPED: Final = frozenset({"a", "an", "the", "its", "their", "his", "her"})
"""Words of a phrase that vary from text to text."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what is to be read in it; fields that are None are left open.

    `source` and `target` are countries or sectors in the order of the alphabet joined by a plus, empty for nobody.
    `fires` False: the sentence must not be coded as this type. `published` is the ISO day of its report, None
    for unknown. `line` counts from 1.
    """

    text: str
    line: int
    fires: bool = True
    source: str | None = None
    target: str | None = None
    status: str | None = None
    type: str | None = None
    background: bool | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class OwnType:
    """A type of the user's: an act of the PLOVER type `base`, told by its words.

    `objects` are nouns one of which must be the object (of nouns: stand before them or after "of"); empty asks for
    none. `source` and `target` are slots, empty for the usual ones. `needs` holds `source`, `target` or both.
    """

    name: str
    line: int
    gloss: str
    base: str
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    reciprocal: bool = False
    examples: tuple[Example, ...] = ()


def is_code(context: str) -> bool:
    """Whether an event's CONTEXT is a code of a user's codebook (`gulf:SEIZE_SHIP`) and no context of PLOVER."""
    return ":" in context


def words_of(phrase: str) -> list[str]:
    """The words of PHRASE that are looked for, in lower case."""
    return [word for word in re.split(r"[\s-]+", phrase.lower()) if word and word not in DROPPED]


def split(phrase: str) -> tuple[str, str]:
    """A verb's phrase as (lemmas, preposition behind which the target stands, or nothing)."""
    words = words_of(phrase)
    if len(words) > 1 and (words[-1] in LAST or (len(words) > 2 and words[-1] == "in")):
        return " ".join(words[:-1]), words[-1]
    return " ".join(words), ""
