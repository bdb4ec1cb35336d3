"""What is wrong in an item of the event corpus, side by side with what is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from benchmarks.events_matching import pairs
from benchmarks.events_reading import Days, Reading, Told

JUDGED: Final = ("type", "source", "target", "status", "background", "date", "mode", "source_sector", "target_sector")
KINDS: Final = ("missed", "false", *JUDGED)
"""Kinds of errors; `_sector` is a side whose countries are right and whose sectors are not."""


def wrong(gold: Told, read: Told) -> list[str]:
    """The fields of a matched event that are not right."""
    fields = [name for name in JUDGED if not gold.same(name, read)]
    implied = [f"{name}_sector" for name in fields]
    return [name for name in fields if name not in implied]


def errors(one: Reading) -> Iterator[tuple[str, Told | None, Told | None]]:
    """Kind, event of the corpus and event read, of each error; several of a matched event."""
    matched = dict(pairs(one.gold, one.read))
    for number, gold in enumerate(one.gold):
        if number not in matched:
            yield "missed", gold, None
            continue
        read = one.read[matched[number]]
        yield from ((kind, gold, read) for kind in wrong(gold, read))
    yield from (("false", None, read) for r, read in enumerate(one.read) if r not in matched.values())


def listing(found: Iterable[Reading], most: int, kind: str | None = None) -> Iterator[str]:
    """The first MOST items with errors, of KIND where one is named, with all their events.

    `=` marks an event of the corpus and below it what was read, `-` one that was missed, `+` one that was read falsely.
    """
    shown = 0
    for one in found:
        kinds = {error for error, _, _ in errors(one)}
        if not kinds or (kind and kind not in kinds):
            continue
        if shown == most:
            return
        shown += 1
        yield from side_by_side(one)


def side_by_side(one: Reading) -> Iterator[str]:
    """The lines of one item."""
    item = one.item
    variant = f" set:{item.set}/{item.variant}" if item.set else ""
    yield f"{item.id}  {item.day}  {Path(item.path).name}:{item.line}  {' '.join(item.tags)}{variant}"
    yield f"    {item.text}"
    matched = dict(pairs(one.gold, one.read))
    for number, gold in enumerate(one.gold):
        read = one.read[matched[number]] if number in matched else None
        yield f"  {'=' if read else '-'} {line(item.text, gold)}"
        if read:
            yield f"    {line(item.text, read)}  <- {', '.join(wrong(gold, read)) or 'right'}"
    yield from (f"  + {line(item.text, read)}" for r, read in enumerate(one.read) if r not in matched.values())
    yield ""


def line(text: str, event: Told) -> str:
    """One event, as in the corpus: act, mode, status, background, source > target, trigger, date."""
    kind = event.act + (f".{event.mode}" if event.mode else "")
    counted = f" ({event.type})" if event.type != event.act else ""
    status = event.status + (" bg" if event.background else "")
    sides = " > ".join("+".join(sorted(side)) or "-" for side in (event.source_sector, event.target_sector))
    trigger = " .. ".join(text[start:end] for start, end in event.words)
    return f"{kind}{counted} {status} | {sides} | {trigger}{_told(event.date)}"


def _told(date: Days | None) -> str:
    if date is None:
        return ""
    start, end = date
    return f" | @{start}" if start == end else f" | @{start or ''}..{end or ''}"
