"""Predicates (verbs, event nouns, adjectives), the noun classes they ask for, verbs that support event nouns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from dragoman.facts import PLOVER_TYPES
from dragoman.lexicon.table import Lexicon

NEEDS = frozenset({
    "target", "source", "both", "parties", "two", "with", "for", "on", "against", "actorobj", "govsource", "milsource",
    "crowd", "away", "land", "bodytarget", "fromagreement", "agreementin", "comp", "agreecomp", "target2", "entry",
    "objto", "outof", "phoned",
    "reaction", "concluded", "rolet", "asked", "intransitive", "leavecomp", "home", "subjects", "powersource",
    "placeobj", "rolesource", "policesource", "policearmy", "rebelsource", "civilsource", "armedcoup", "lawful",
    "tocomp", "personobj", "unnamed", "bodysource", "peacekeeping",
})  # fmt: skip
"""What a row may ask for before it counts; `coding.events.predicates` says how each is checked."""


@dataclass(frozen=True, slots=True)
class PredicateRow:
    """One frame of one or more predicates.

    `lemmas` may be phrases ("call off"): the first word of a verb, the last of a noun is its head. `object` names
    lemmas or `@classes` that the object (for nouns: the noun after "of" or before it) must be one of; empty asks for
    none. `source` and `target` are slots in order: `subj`, `obj`, `iobj`, `poss`, `comp`, or a preposition. `matches`
    is a sentence in which the row must fire, `refuses` one in which it must not; the tests run both. `transfer` is `in`
    where what is transferred goes from target to source ("bought jets from France"). `first` rows are tried before all
    others: those of a user's codebook.
    """

    table: ClassVar[str] = "predicates"
    key: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    pos: str
    lemmas: tuple[str, ...]
    source: tuple[str, ...]
    type: str
    matches: str
    refuses: str
    object: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    reciprocal: bool = False
    needs: tuple[str, ...] = ()
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    transfer: str = ""
    first: bool = False

    def __post_init__(self) -> None:
        if self.pos not in ("VERB", "NOUN", "ADJ"):
            raise ValueError(f"pos: {self.pos!r} is none of VERB, NOUN, ADJ")
        if self.type not in PLOVER_TYPES:
            raise ValueError(f"type: {self.type!r} is no PLOVER type")
        if unknown := set(self.needs) - NEEDS:
            raise ValueError(f"needs: {sorted(unknown)} unknown; known are {', '.join(sorted(NEEDS))}")

    @property
    def worded(self) -> bool:
        """Whether the row asks for more words than its own: then it says what the act is."""
        return bool(self.object) or "peacekeeping" in self.needs


@dataclass(frozen=True, slots=True)
class NounClassRow:
    """A class of nouns by their lemmas, such as `agreement`."""

    table: ClassVar[str] = "noun_classes"
    key: ClassVar[tuple[str, ...]] = ("name",)
    name: str
    lemmas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SupportRow:
    """Verbs that lend their subject and tense to an event noun ("held talks", "talks took place")."""

    table: ClassVar[str] = "support_verbs"
    key: ClassVar[tuple[str, ...]] = ("id",)
    id: str
    lemmas: tuple[str, ...]
    role: str
    effect: str = ""


@dataclass(frozen=True, slots=True)
class IrregularVerbRow:
    """An irregular verb's other forms, for words whose lemma a parse misses."""

    table: ClassVar[str] = "irregular_verbs"
    key: ClassVar[tuple[str, ...]] = ("lemma",)
    lemma: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A row seen from one of its lemmas: `words` are the lemma's words beside its head."""

    row: PredicateRow
    words: tuple[str, ...]
    objects: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class PredicateIndex:
    """Frames by the lemma of the head and part of speech, the more specific first; class names to lemmas."""

    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    classes: Mapping[str, frozenset[str]]
    supports: Mapping[str, frozenset[str]]


def index(lexicon: Lexicon) -> PredicateIndex:
    """Compile the tables."""
    classes = {row.name: frozenset(row.lemmas) for row in lexicon.rows(NounClassRow)}
    irregular = {row.lemma: row.forms for row in lexicon.rows(IrregularVerbRow)}
    found: dict[tuple[str, str], list[Frame]] = {}
    for row in lexicon.rows(PredicateRow):
        objects = _objects(row, classes)
        for head, words in _heads(row):
            for form in _forms(head, irregular) if row.pos == "VERB" else (head,):
                found.setdefault((form, row.pos), []).append(Frame(row, words, objects))
    frames = {key: tuple(sorted(rows, key=_specificity)) for key, rows in found.items()}
    supports = {
        role: frozenset(lemma for row in lexicon.rows(SupportRow) if row.role == role for lemma in row.lemmas)
        for role in ("object", "subject")
    }
    return PredicateIndex(MappingProxyType(frames), MappingProxyType(classes), MappingProxyType(supports))


def _heads(row: PredicateRow) -> Iterator[tuple[str, tuple[str, ...]]]:
    for lemma in row.lemmas:
        words = tuple(lemma.replace("-", " ").split())
        if row.pos == "NOUN":
            yield words[-1], words[:-1]
        else:
            yield words[0], words[1:]


def _forms(verb: str, irregular: Mapping[str, tuple[str, ...]]) -> set[str]:
    return {verb, *_regular_forms(verb), *irregular.get(verb, ())}


def _regular_forms(verb: str) -> Iterator[str]:
    """Regular past and participle of VERB in either spelling: a lemmatiser misses rare ones ("initialled")."""
    stem = verb[:-1] if verb.endswith("e") else verb
    yield from (f"{stem}ed", f"{stem}ing")
    if verb.endswith("y"):
        yield f"{verb[:-1]}ied"
    if verb[-1:] in "bdglmnprt":
        yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")


def _objects(row: PredicateRow, classes: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    if not row.object:
        return None
    lemmas: set[str] = set()
    for name in row.object:
        if name == "@body":
            lemmas.add("@body")
        elif name.startswith("@"):
            if name[1:] not in classes:
                raise ValueError(f"predicates.tsv: row {row.id!r} names the unknown class {name!r}")
            lemmas |= classes[name[1:]]
        else:
            lemmas.add(name)
    return frozenset(lemmas)


def _specificity(frame: Frame) -> tuple[bool, int, bool]:
    return (not frame.row.first, -len(frame.words), not frame.row.worded)
