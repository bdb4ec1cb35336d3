"""Our event corpus (`corpus/events`): reading it with character offsets, checking it, splitting and counting it.

`python -m training.events_corpus corpus/events/*.txt` prints `file:line: what` for every fault and ends with 1 if there
is one, else prints how many sentences and events there are by type, status, construction, region and decade.
`--against FILE` also reports texts that are nearly those of a JSON Lines file with a field `text`; `--plain` prints no
counts. The format is described in `corpus/events/README.md`, what is annotated in `corpus/events/guidelines.md`.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as day_type
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from dragoman.facts import Span
from training.events_labels import CONSTRUCTIONS, REGIONS, REGISTERS, VARIANTS
from training.events_lines import GoldEvent, countries, event_of
from training.near_duplicates import near_duplicates

Part: TypeAlias = Literal["train", "dev", "test"]

NEAR: Final = 0.7
"""Share of common words (of the union) from which two texts are the same text."""

LATE: Final = MappingProxyType(
    {"RUS": ("SUN", "1990-06-12"), "CZE": ("CSK", "1990-01-01"), "SVK": ("CSK", "1990-01-01")}
)
"""States that acted for themselves only from a day on, and the state that they were part of."""

IDENT: Final = re.compile(r"[a-z][a-z0-9]*-[0-9]{3,4}")
SET: Final = re.compile(r"set:([a-z0-9][a-z0-9-]*)/([a-z]+)[0-9]?")


class CorpusError(Exception):
    """Something in a corpus file that is not as the README has it; `line` counts from 1."""

    def __init__(self, path: str, line: int, problem: str) -> None:
        self.path, self.line = path, line
        super().__init__(f"{path}:{line}: {problem}")


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence or a report: its text, the spans of its sentences, and its events in the order of the file."""

    id: str
    day: str
    register: str
    region: str
    tags: tuple[str, ...]
    set: str | None
    variant: str | None
    text: str
    sentences: tuple[Span, ...]
    events: tuple[GoldEvent, ...]
    path: str
    line: int

    @property
    def part(self) -> Part:
        """The part of the corpus that it belongs to; all of a minimal set lie in one."""
        return part_of(self.set or self.id)


def part_of(key: str) -> Part:
    """The part (70, 15 and 15 in a hundred) of a minimal set or of an item without one, by a hash of its name."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % 100
    return "train" if number < 70 else "dev" if number < 85 else "test"


def load(paths: Iterable[Path]) -> tuple[Item, ...]:
    """All items of the files. Raises the first CorpusError, in the order of the files."""
    items, faults = read_files(paths)
    if faults:
        raise faults[0]
    return items


def read_files(paths: Iterable[Path]) -> tuple[tuple[Item, ...], list[CorpusError]]:
    """All items that can be read, and all faults within and between the files."""
    items: list[Item] = []
    faults: list[CorpusError] = []
    for path in paths:
        try:
            found, wrong = parse(path.read_text(encoding="utf-8"), str(path))
        except UnicodeDecodeError as error:
            found, wrong = (), [CorpusError(str(path), 1, f"not UTF-8 at byte {error.start}")]
        items += found
        faults += wrong
    faults += [*_repeated_ids(items), *_set_faults(items), *_near_faults(items)]
    return tuple(items), faults


# Reading


def parse(text: str, path: str) -> tuple[tuple[Item, ...], list[CorpusError]]:
    """Items and faults of one file's TEXT; a block with a fault gives no item."""
    items: list[Item] = []
    faults: list[CorpusError] = []
    for block in _blocks(text):
        item, wrong = _item(block, path)
        faults += wrong
        if item and not wrong:
            items.append(item)
    return tuple(items), faults


def _blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    """Numbered lines of each block; comments and empty lines are left out. What precedes the first header is one."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("=") and block:
            yield block
            block = []
        block.append((number, line.rstrip("\r")))
    if block:
        yield block


def _item(block: list[tuple[int, str]], path: str) -> tuple[Item | None, list[CorpusError]]:
    faults: list[CorpusError] = []
    events: list[GoldEvent] = []
    sentences: list[Span] = []
    text = ""
    number, header = block[0]
    for line, content in block[1:]:
        try:
            if content.startswith("-"):
                here = sentences[-1] if sentences else _fail("an event line stands before the text that it is about")
                events.append(event_of(content, text, here, line))
            else:
                text, span = _longer(text, content)
                sentences.append(span)
        except ValueError as error:
            faults.append(CorpusError(path, line, str(error)))
    try:
        head = _head(header, any(content.startswith("-") for _, content in block))
        if not text and not faults:
            raise ValueError("a block without text")
        _check_events(events, head[1])
    except ValueError as error:
        return None, [*faults, CorpusError(path, number, str(error))]
    return Item(*head, text, tuple(sentences), tuple(events), path, number), faults


def _fail(problem: str) -> Span:
    raise ValueError(problem)


def _longer(text: str, content: str) -> tuple[str, Span]:
    """TEXT with one more sentence, after a blank or (where it is marked with a pilcrow) a new line; and its span."""
    sentence = content.removeprefix("¶").strip()
    if re.search(r"\s\s|[\t\u00a0]", sentence) or content != content.strip():
        raise ValueError("white space other than single blanks in the text")
    joint = "" if not text else "\n" if content.startswith("¶") else " "
    start = len(text) + len(joint)
    return text + joint + sentence, (start, start + len(sentence))


Head: TypeAlias = tuple[str, str, str, str, tuple[str, ...], str | None, str | None]


def _head(header: str, events: bool) -> Head:
    """Id, day, register, region, tags, set and variant of a header; EVENTS tells whether event lines follow."""
    if not header.startswith("= "):
        raise ValueError("a block starts with '= ID | DAY | REGISTER | REGION | TAGS [| set:NAME/VARIANT]'")
    cells = [cell.strip() for cell in header[2:].split("|")]
    if len(cells) not in (5, 6):
        raise ValueError(f"{len(cells)} cells in the header, 5 or 6 wanted: id, day, register, region, tags, set")
    ident, day, register, region, tags, *rest = cells
    if not IDENT.fullmatch(ident):
        raise ValueError(f"id {ident!r}: a name in small letters, a hyphen, three or four digits, as p01-001")
    _check_day(day)
    _check_header(register, region, tags.split(), events)
    name, variant = _set(rest[0]) if rest else (None, None)
    return ident, day, register, region, tuple(tags.split()), name, variant


def _check_day(day: str) -> None:
    try:
        real = day_type.fromisoformat(day).isoformat() == day
    except ValueError:
        real = False
    if not real:
        raise ValueError(f"day {day!r} is no ISO day such as 1978-09-17")


def _check_header(register: str, region: str, tags: list[str], events: bool) -> None:
    kind, _, origin = register.partition(":")
    if kind not in REGISTERS:
        raise ValueError(f"unknown register {kind!r}; one of {', '.join(sorted(REGISTERS))}, with :CODE of its country")
    if origin and origin not in countries():
        raise ValueError(f"unknown country {origin!r} of the register")
    if region not in REGIONS:
        raise ValueError(f"unknown region {region!r}; one of {', '.join(sorted(REGIONS))}")
    for tag in tags:
        if tag not in CONSTRUCTIONS:
            near = get_close_matches(tag, CONSTRUCTIONS, 3, 0.4)
            raise ValueError(
                f"unknown tag {tag!r}; near it: {', '.join(near) or 'none'} (all: training/events_labels.py)"
            )
    if not tags:
        raise ValueError("no tag; a plain active clause has the tag 'active'")
    if not events and not any(tag.startswith("none-") for tag in tags):
        raise ValueError("no event and no tag none-… that says why; add the events or the tag")


def _set(cell: str) -> tuple[str, str]:
    found = SET.fullmatch(cell)
    if not found:
        raise ValueError(f"{cell!r} is no set; write set:NAME/VARIANT, as set:oder-line/negated")
    name, variant = found.groups()
    if variant not in VARIANTS:
        raise ValueError(f"unknown variant {variant!r} of a set; one of {', '.join(sorted(VARIANTS))}")
    return name, variant


def _check_events(events: Sequence[GoldEvent], day: str) -> None:
    seen: set[tuple[object, ...]] = set()
    for event in events:
        key = (event.act, event.trigger, event.source, event.target)
        if key in seen:
            raise ValueError(f"the event of line {event.line} stands twice")
        seen.add(key)
        _check_states(event, day)


def _check_states(event: GoldEvent, day: str) -> None:
    """A state that has ended acts no more, and Russia does not act for the Soviet Union."""
    at = event.date.end if event.date and event.date.end else day
    for code in {code[:3] for party in (*event.source, *event.target) for code in party.codes}:
        row = countries().get(code)
        if row and row.kind == "former" and not event.background and row.end and row.end < at:
            raise ValueError(f"line {event.line}: {row.name} ({code}) ended on {row.end}; is the event background?")
        if code in LATE and at < LATE[code][1]:
            raise ValueError(f"line {event.line}: {code} before {LATE[code][1]}: is it {LATE[code][0]}?")


# Faults between items


def _repeated_ids(items: Sequence[Item]) -> Iterator[CorpusError]:
    first: dict[str, Item] = {}
    for item in items:
        if item.id in first:
            before = first[item.id]
            yield CorpusError(item.path, item.line, f"id {item.id} stands already at {before.path}:{before.line}")
        first.setdefault(item.id, item)


def _set_faults(items: Sequence[Item]) -> Iterator[CorpusError]:
    """A minimal set has one `base` and at least one more."""
    members: dict[str, list[Item]] = {}
    for item in items:
        if item.set:
            members.setdefault(item.set, []).append(item)
    for name, group in members.items():
        bases = sum(item.variant == "base" for item in group)
        if bases != 1 or len(group) < 2:
            yield CorpusError(
                group[0].path, group[0].line, f"set {name}: {len(group)} items, {bases} of them base; one base and more"
            )


def _near_faults(items: Sequence[Item]) -> Iterator[CorpusError]:
    for one, other in near_duplicates([item.text for item in items], NEAR):
        before, after = items[one], items[other]
        if before.set is None or before.set != after.set:
            yield CorpusError(after.path, after.line, f"nearly the text of {before.id} ({before.path}:{before.line})")


def near_others(items: Sequence[Item], texts: Sequence[str]) -> Iterator[CorpusError]:
    """Items whose text is nearly one of TEXTS, which we don't publish."""
    for one, other in near_duplicates([*texts, *(item.text for item in items)], NEAR):
        if one < len(texts) <= other:
            item = items[other - len(texts)]
            yield CorpusError(item.path, item.line, f"{item.id} is nearly a text of the other set: {texts[one][:60]!r}")


# Counts


def counts(items: Sequence[Item]) -> dict[str, Counter[str]]:
    """How many items or events there are of each kind, by the name of what is counted."""
    events = [event for item in items for event in item.events]
    return {
        "items by part": Counter(item.part for item in items),
        "items by register": Counter(item.register.partition(":")[0] for item in items),
        "items by region": Counter(item.region for item in items),
        "items by decade": Counter(f"{item.day[:3]}0s" for item in items),
        "items by number of events": Counter(str(len(item.events)) for item in items),
        "items by tag": Counter(tag for item in items for tag in item.tags),
        "items by variant of a set": Counter(item.variant for item in items if item.variant),
        "events by act": Counter(event.act for event in events),
        "events by type": Counter(event.type for event in events),
        "events by mode": Counter(f"{event.act}.{event.mode}" for event in events if event.mode),
        "events by status": Counter(event.status + (" bg" if event.background else "") for event in events),
        "events by form": Counter(_form(event) for event in events),
    }


def _form(event: GoldEvent) -> str:
    if event.reciprocal:
        return "reciprocal"
    return f"{'source' if event.source else 'no source'}, {'target' if event.target else 'no target'}"


def summary(items: Sequence[Item]) -> str:
    """The counts as text, most frequent first."""
    events = sum(len(item.events) for item in items)
    sets = len({item.set for item in items if item.set})
    lines = [f"{len(items)} items, {events} events, {sets} minimal sets"]
    for name, counter in counts(items).items():
        lines.append(f"{name}: " + ", ".join(f"{key} {number}" for key, number in counter.most_common()))
    return "\n".join(lines)


def main() -> int:
    """Check the files named on the command line and count what is in them."""
    parser = argparse.ArgumentParser(description="Check and count the event corpus.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--against", type=Path, action="append", default=[], help="JSON Lines whose `text` not to meet")
    parser.add_argument("--plain", action="store_true", help="no counts")
    given = parser.parse_args()
    items, faults = read_files(given.files)
    for path in given.against:
        texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        faults += near_others(items, texts)
    for fault in faults:
        print(fault)
    if not given.plain:
        print(summary(items))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
