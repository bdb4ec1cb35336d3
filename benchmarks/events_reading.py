"""The event corpus and what is read from it, in one form in which the two can be compared.

Items are read as `dragoman read` reads plain text that was given with its day, all in this process.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from benchmarks.measures import HERE
from dragoman.errors import InputError
from dragoman.facts import Actor, Answer, Date, Event, Span
from dragoman.pipeline.run import read_all
from dragoman.reading.source import Source
from dragoman.settings import load_settings
from dragoman.terms import BODY_SECTORS
from training.events_corpus import Item, read_files
from training.events_lines import NO_COUNTRY, GoldEvent, Party

CORPUS: Final = HERE.parent / "corpus" / "events"
PARTS: Final = ("train", "dev", "test")

UNTOLD: Final = frozenset({"report", "none", ""})
"""Bases of an event's date that only say when the report appeared."""

Days: TypeAlias = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Told:
    """An event, of the corpus or as read, in comparable form.

    `words` are the spans of the trigger or the predicate, `sentence` counts from 0. `type` and `mode` are those that
    the event is counted as. Sides are sets of countries and bodies, `---` for a party that has neither; with `_sector`
    of whole codes. In a reciprocal event all parties stand in `source`. `date` is None where the text tells none.
    """

    words: tuple[Span, ...]
    sentence: int
    act: str
    type: str
    mode: str | None
    status: str
    background: bool
    source: frozenset[str]
    target: frozenset[str]
    source_sector: frozenset[str]
    target_sector: frozenset[str]
    date: Days | None

    def same(self, name: str, other: Told) -> bool:
        """Whether the field NAME is equal in both."""
        return bool(getattr(self, name) == getattr(other, name))


@dataclass(frozen=True, slots=True)
class Reading:
    """An item of the corpus, its events, and those that were read; `failed` where nothing could be read at all."""

    item: Item
    gold: tuple[Told, ...]
    read: tuple[Told, ...]
    failed: bool = False

    @property
    def group(self) -> str:
        """What is drawn as one in samples: a minimal set, else the item."""
        return f"set:{self.item.set}" if self.item.set else self.item.id


def corpus_items(parts: Collection[str], folder: Path = CORPUS) -> tuple[Item, ...]:
    """The items of PARTS. Those with a fault are left out, and how many there are is said on standard error."""
    items, faults = read_files(sorted(folder.glob("*.txt")))
    if faults:
        print(f"{len(faults)} faults in the corpus are passed over; the first: {faults[0]}", file=sys.stderr)
    return tuple(item for item in items if item.part in parts)


def readings(items: Sequence[Item]) -> list[Reading]:
    """ITEMS with what is read from each. Raises ModelError and SettingError where the parser or a table is missing."""
    sources = [Source(item.id, item.id, text=item.text, published=Date.on(item.day, "given")) for item in items]
    outcomes = read_all(sources, load_settings())
    return [reading(item, outcome) for item, outcome in zip(items, outcomes, strict=True)]


def reading(item: Item, outcome: object) -> Reading:
    """ITEM beside the outcome of reading it."""
    gold = tuple(gold_event(item, event) for event in item.events)
    if not isinstance(outcome, Answer):
        if isinstance(outcome, InputError):
            print(outcome, file=sys.stderr)
        return Reading(item, gold, (), failed=True)
    return Reading(item, gold, tuple(read_event(item, event) for event in outcome.events))


def gold_event(item: Item, event: GoldEvent) -> Told:
    """An event of the corpus in comparable form."""
    source, target = (_gold_codes(side) for side in (event.source, event.target))
    return Told(
        event.trigger, _sentence(item, event.trigger[0][0]), event.act, event.type, event.counted_mode,
        event.status, event.background, _places(source), _places(target), source, target, _days(event.date),
    )  # fmt: skip


def read_event(item: Item, event: Event) -> Told:
    """An event that was read from ITEM in comparable form."""
    words = event.evidence[1] if len(event.evidence) > 1 else event.evidence[0]
    source, target = (frozenset(map(actor_code, side)) for side in (event.source, event.target))
    date = event.date if event.date.basis not in UNTOLD else None
    return Told(
        (words.span,), _sentence(item, words.start), event.act, event.type, event.mode,
        event.status, event.background, _places(source), _places(target), source, target, _days(date),
    )  # fmt: skip


def _sentence(item: Item, at: int) -> int:
    return next((number for number, (_, end) in enumerate(item.sentences) if at < end), len(item.sentences) - 1)


def _gold_codes(side: Iterable[Party]) -> frozenset[str]:
    return frozenset(code for party in side for code in party.codes)


def actor_code(actor: Actor) -> str:
    """The code of an actor as the corpus writes it: country or `---`, and sector; a body's own without a country."""
    sector = actor.sector or ""
    return sector if actor.country is None and sector in BODY_SECTORS else (actor.country or NO_COUNTRY) + sector


def _places(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(code if code in BODY_SECTORS else code[:3] for code in codes)


def _days(date: Date | None) -> Days | None:
    return (date.start, date.end) if date and (date.start or date.end) else None


def by_part(found: Iterable[Reading]) -> Mapping[str, list[Reading]]:
    """Readings by the part of their item, in the order of PARTS; parts without any are left out."""
    parts: dict[str, list[Reading]] = {part: [] for part in PARTS}
    for one in found:
        parts[one.item.part].append(one)
    return {part: some for part, some in parts.items() if some}
