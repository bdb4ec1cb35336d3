"""Which words of a report name a place: names of the gazetteer, checked against the parser's entities.

Adjectives and names of peoples ("Turkish", "Turks") count as toponyms of their land. Without entities (a report read
without the parser) names that are more often words or persons are left out unless something beside them says "place".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dragoman.coding.draft import Draft
from dragoman.lexicon.gazetteer import Gazetteer, Toponym, index

if TYPE_CHECKING:
    from spacy.tokens import Span

PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC", "NORP"})
OWN_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
"""Entities that are toponyms although the gazetteer lacks them; peoples and faiths (NORP) are not."""

PERSON_LABELS: Final = frozenset({"PERSON", "PER"})
KNOWN_TOWN: Final = 100_000
"""Inhabitants from which a town's bare name is taken for the town although no entity says so."""

BESIDE: Final = re.compile(r"\s?[,(]\s?")
"""What stands between a place and the larger one that holds it: "Paris, Texas", "Tripoli (Lebanon)"."""

_LOCATIVE: Final = re.compile(r"\b(?:in|at|near|from|outside|around|to|into|across|towards?|leaving|visiting) $")
_LINKED: Final = re.compile(
    r"(?:\b(?:in|at|near|from|outside|around|to|into|across|towards?|leaving|visiting|of|for|and|on|over|between|with) "
    r"|, |\()$"
)
_NAME_BEFORE: Final = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?<!['’]s) $")
_LOOK_BACK: Final = 24


@dataclass(frozen=True, slots=True)
class Found:
    """A toponym in a text: characters `start` to `end`, and what its name may mean.

    `toponym` is None where the gazetteer lacks the name, or has only a part of it ("Centennial" of "Centennial Park").
    """

    start: int
    end: int
    toponym: Toponym | None


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    toponym: Toponym
    entity: Span | None


def find(draft: Draft) -> list[Found]:
    """The toponyms of DRAFT from left to right, none overlapping another."""
    hits = _hits(draft, draft.lexicon.compiled(index))
    text = draft.report.text
    if draft.tree.names:
        persons = _words_of_persons(draft.tree.names)
        good = [_accept_labelled(hit, persons) for hit in hits]
    else:
        good = [_accept_bare(hit, text) for hit in hits]
    _accept_beside(hits, good, text)
    _accept_again(hits, good)
    found = [_found(hit) for hit, yes in zip(hits, good, strict=True) if yes]
    return _with_unknown(found, draft)


def _hits(draft: Draft, gazetteer: Gazetteer) -> list[_Hit]:
    text = draft.report.text
    on = draft.report.published if draft.report.published.known else None
    over = {i: ent for ent in draft.tree.names for i in range(ent.start_char, ent.end_char)}
    known: dict[str, Toponym] = {}
    hits = []
    for start, end, name in gazetteer.find(text):
        if name not in known:
            known[name] = gazetteer.look_up(name, on)
        if _means_something(known[name], text, end):
            hits.append(_Hit(start, end, known[name], over.get(start) or over.get(end - 1)))
    return hits


def _means_something(toponym: Toponym, text: str, end: int) -> bool:
    """Whether there is a place behind the name: no group of countries, no "Franco" without its hyphen."""
    if toponym.nowhere:
        return False
    if toponym.towns or toponym.regions:
        return True
    return any(r.kind != "prefix" or text.startswith(("-", "–"), end) for r in toponym.readings)


def _is_strong(toponym: Toponym) -> bool:
    """Whether the bare name is a place wherever it stands: a country or region whose name is nothing else."""
    return any(not r.caution for r in toponym.readings) or bool(toponym.regions)


def _accept_labelled(hit: _Hit, persons: set[str]) -> bool:
    """Whether a name is a toponym in a text whose entities are known.

    The parser now and then takes a place for a person: a country or known town that is the whole of the entity is
    believed against it, unless the word stands in the longer name of one of PERSONS ("Lloyd Austin").
    """
    label = hit.entity.label_ if hit.entity is not None else ""
    if label in PLACE_LABELS:
        return True
    surname = hit.toponym.name in persons
    known = _is_strong(hit.toponym) or (_is_known(hit.toponym) and not surname)
    if label in PERSON_LABELS:
        return known and not hit.toponym.doubtful and not _is_part(hit) and not surname
    return known


def _words_of_persons(entities: Sequence[Span]) -> set[str]:
    """Words of persons' names of more than one word."""
    return {word.text for ent in entities if ent.label_ in PERSON_LABELS and len(ent) > 1 for word in ent}


def _accept_bare(hit: _Hit, text: str) -> bool:
    """Whether a name is a toponym in a text without entities: strong, or of a known town, or after "in"."""
    if _is_strong(hit.toponym):
        return True
    before = text[max(0, hit.start - _LOOK_BACK) : hit.start]
    placed = bool(_LOCATIVE.search(before))
    if hit.toponym.doubtful:
        return placed and _people(hit.toponym) >= KNOWN_TOWN
    return placed or (_is_known(hit.toponym) and not _NAME_BEFORE.search(before))


def _is_known(toponym: Toponym) -> bool:
    return bool(toponym.readings) or (not toponym.doubtful and _people(toponym) >= KNOWN_TOWN)


def _people(toponym: Toponym) -> int:
    """Inhabitants of the largest place of the name."""
    return toponym.towns[0].population if toponym.towns else 0


def _accept_beside(hits: Sequence[_Hit], good: list[bool], text: str) -> None:
    """Take in towns that stand before a place which may hold them ("Mansfield, Ohio")."""
    for i in range(len(hits) - 2, -1, -1):
        here, next_ = hits[i], hits[i + 1]
        if good[i] or not good[i + 1] or not here.toponym.towns or not BESIDE.fullmatch(text, here.end, next_.start):
            continue
        lands = {r.country.code for r in next_.toponym.readings} | {r.country for r in next_.toponym.regions}
        lands |= {t.country for t in next_.toponym.towns if t.kind != "town"}
        good[i] = any(town.country in lands for town in here.toponym.towns)


def _accept_again(hits: Sequence[_Hit], good: list[bool]) -> None:
    """Take in the other mentions of a name that is surely a place once, but for those inside a person's name."""
    sure = {
        hit.toponym.name
        for hit, yes in zip(hits, good, strict=True)
        if yes and (hit.entity is None or (hit.entity.label_ in OWN_LABELS and not _is_part(hit)))
    }
    for i, hit in enumerate(hits):
        person = hit.entity is not None and hit.entity.label_ in PERSON_LABELS
        if not good[i] and hit.toponym.name in sure and not (person and _is_part(hit)):
            good[i] = True


def _is_part(hit: _Hit) -> bool:
    """Whether the hit is only a part of the entity over it; an article does not count."""
    if hit.entity is None:
        return False
    start, end = _trimmed(hit.entity)
    return start < hit.start or hit.end < end


def _trimmed(entity: Span) -> tuple[int, int]:
    """Characters of an entity without its article and possessive mark."""
    words = entity.text
    start, end = entity.start_char, entity.end_char
    if words.startswith(("the ", "The ")):
        start += 4
    if words.endswith(("'s", "’s")):
        end -= 2
    return start, end


def _found(hit: _Hit) -> Found:
    """The toponym of a hit; a town's name inside a longer name of a place says nothing of where that place is."""
    label = hit.entity.label_ if hit.entity is not None else ""
    if hit.entity is not None and label in OWN_LABELS and _is_part(hit) and not _is_strong(hit.toponym):
        return Found(*_trimmed(hit.entity), None)
    return Found(hit.start, hit.end, hit.toponym)


def _with_unknown(found: list[Found], draft: Draft) -> list[Found]:
    """FOUND with the places that only the parser knows, in the order of the text and without overlaps."""
    taken = {i for one in found for i in range(one.start, one.end)}
    persons = {word.text for ent in draft.tree.names if ent.label_ in PERSON_LABELS for word in ent}
    new = [
        Found(*_trimmed(ent), None)
        for ent in draft.tree.names
        if ent.label_ in OWN_LABELS
        and not taken.intersection(range(ent.start_char, ent.end_char))
        and _is_named(ent, draft.report.text, persons)
    ]
    merged: list[Found] = []
    for one in sorted([*found, *new], key=lambda f: (f.start, -f.end)):
        if not merged or one.start >= merged[-1].end:
            merged.append(one)
    return merged


def _is_named(entity: Span, text: str, persons: set[str]) -> bool:
    """Whether an entity that no table knows is a place's name.

    A single word that is labelled a state or town is more often a person or a firm, unless it stands after a
    preposition or a comma.
    """
    if not entity.text[:1].isupper() or entity.text in persons:
        return False
    if entity.label_ != "GPE" or len(entity) > 1:
        return True
    return bool(_LINKED.search(text[max(0, entity.start_char - _LOOK_BACK) : entity.start_char]))
