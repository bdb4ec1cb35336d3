"""Score what is read from our event corpus (`corpus/events`) against its events.

    python -m benchmarks.events_corpus                              the dev part
    python -m benchmarks.events_corpus --part train dev --by tag    the same by tag, type, status, register or region
    python -m benchmarks.events_corpus --errors 40 --kind target    items with a wrong target, side by side
    python -m benchmarks.events_corpus --part test                  as a whole only: nothing of it is ever listed

How events are matched stands in `benchmarks/events_matching.py`. The columns: right, answered, in the corpus,
precision, recall, F1, and its interval of 95 percent (bootstrap over items, a minimal set drawn as one). Rows:

found                an event of the corpus was read, whatever is right of it
type, act            the type it is counted as; the act itself
source, target       the same set of countries and bodies; `+sector` the same set of whole codes
type+source+target   all three; `+sector` with whole codes
status               of all; `status of found` as a share of those found
background           of those marked as background; `date` and `mode` of those that have one (a date that only repeats
                     the report's day is none)
all                  type, source, target, status and background
everything           all, with whole codes, mode and date
quiet                items without events from which none is read, as a share of such items
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from benchmarks.events_errors import KINDS, listing
from benchmarks.events_matching import pairs
from benchmarks.events_reading import PARTS, Reading, Told, corpus_items, readings
from benchmarks.sample import Count, Counts, summed
from benchmarks.tasks import UNANSWERED

FIELDS: Final = ("type", "source", "target")
ALL: Final = (*FIELDS, "status", "background")
ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "found": (),
    "type": ("type",),
    "act": ("act",),
    "source": ("source",),
    "target": ("target",),
    "source+sector": ("source_sector",),
    "target+sector": ("target_sector",),
    "type+source+target": FIELDS,
    "type+source+target+sector": ("type", "source_sector", "target_sector"),
    "status": ("status",),
    "all": ALL,
    "everything": (*ALL, "source_sector", "target_sector", "mode", "date"),
}
"""Rows of the table, by the fields that must be right."""

MARKED: Final = ("background", "date", "mode")
"""Fields that count only where they are marked."""

HELD_OUT: Final = "The test part is scored as a whole only, so that nothing is ever tuned on it: leave out {option}."

ITEM_GROUPS: Final[Mapping[str, Callable[[Reading], tuple[str, ...]]]] = {
    "tag": lambda one: one.item.tags,
    "register": lambda one: (one.item.register.partition(":")[0],),
    "region": lambda one: (one.item.region,),
}
EVENT_GROUPS: Final = ("type", "status")
COLUMNS: Final = f"{'found':>7}{'triple':>7}{'status':>7}{'all':>7}"


def score(one: Reading) -> Counts:
    """The counts of one item."""
    counts: Counts = defaultdict(Count)
    matched = [(one.gold[g], one.read[r]) for g, r in pairs(one.gold, one.read)]
    for row, names in ROWS.items():
        right = sum(all(gold.same(name, read) for name in names) for gold, read in matched)
        counts[row].add(right, len(one.read), len(one.gold))
    held = sum(gold.same("status", read) for gold, read in matched)
    counts["status of found"].add(held, len(matched), len(matched))
    for name in MARKED:
        marked = [(getattr(gold, name), getattr(read, name)) for gold, read in matched]
        right = sum(bool(gold) and gold == read for gold, read in marked)
        answered = sum(bool(getattr(read, name)) for read in one.read)
        counts[name].add(right, answered, sum(bool(getattr(gold, name)) for gold in one.gold))
    if not one.gold:
        counts["quiet"].add(int(not one.read), 1, 1)
    return counts


# The table

ORDER: Final = (*list(ROWS)[:10], "status of found", *MARKED, "all", "everything", "quiet")


def spread(groups: Sequence[Counts], rounds: int = 1000, seed: int = 1) -> dict[str, tuple[float, float]]:
    """The 2.5 and 97.5 percentiles of F1, in percent, over ROUNDS samples of GROUPS drawn with replacement."""
    draws = np.random.default_rng(seed).multinomial(len(groups), np.full(len(groups), 1 / len(groups)), size=rounds)
    found = {}
    for row in {name for counts in groups for name in counts}:
        one = [counts.get(row, Count()) for counts in groups]
        right = draws @ np.array([count.right for count in one])
        whole = draws @ np.array([count.answered + count.gold for count in one])
        low, high = np.percentile(200 * right / np.maximum(whole, 1), [2.5, 97.5])
        found[row] = (float(low), float(high))
    return found


def table(part: str, found: Sequence[Reading]) -> Iterator[str]:
    """The lines of a part's table, each beginning with the name of the part."""
    groups: dict[str, list[Counts]] = defaultdict(list)
    for one in found:
        groups[one.group].append(score(one))
    sums = [summed(some) for some in groups.values()]
    total, ends = summed(sums), spread(sums)
    events, read = total["found"].gold, total["found"].answered
    yield f"{part} items {len(found)}, sets and single items {len(groups)}, events {events}, read {read}"
    yield f"{'':34}{'right':>6}{'answered':>9}{'gold':>6}{'P':>7}{'R':>7}{'F1':>7}   95%"
    for row in ORDER:
        count, (low, high) = total[row], ends.get(row, (0.0, 0.0))
        numbers = f"{count.right:6}{count.answered:9}{count.gold:6}"
        shares = f"{100 * count.precision:7.1f}{100 * count.recall:7.1f}{100 * count.f1:7.1f}"
        yield f"{part + ' ' + row:34}{numbers}{shares}   {low:.1f}-{high:.1f}"
    if failed := sum(one.failed for one in found):
        yield f"{UNANSWERED} {failed}"


# Breakdowns


def item_breakdown(name: str, found: Iterable[Reading]) -> Iterator[str]:
    """F1 by a property of the items, most events first; an item with several tags stands in each."""
    groups: dict[str, list[Counts]] = defaultdict(list)
    for one in found:
        for group in ITEM_GROUPS[name](one):
            groups[group].append(score(one))
    sums = {group: summed(some) for group, some in groups.items()}
    yield f"{name:20}{'items':>6}{'gold':>6}{'read':>6}{COLUMNS}   F1; status of found"
    for group, total in sorted(sums.items(), key=lambda entry: (-entry[1]["found"].gold, entry[0])):
        count = total["found"]
        rows = ("found", "type+source+target", "status of found", "all")
        shares = "".join(f"{100 * total[row].f1:7.1f}" for row in rows)
        yield f"{group:20}{len(groups[group]):6}{count.gold:6}{count.answered:6}{shares}"


def event_breakdown(name: str, found: Iterable[Reading]) -> Iterator[str]:
    """Recall by the type or status of the corpus's events, F1 of the class itself, and what is taken for what."""
    gold: dict[str, Counter[str]] = defaultdict(Counter)
    read: Counter[str] = Counter()
    taken: Counter[tuple[str, str]] = Counter()
    for one in found:
        read.update(getattr(event, name) for event in one.read)
        matched = {g: one.read[r] for g, r in pairs(one.gold, one.read)}
        for number, event in enumerate(one.gold):
            gold[getattr(event, name)].update(_marks(event, matched.get(number)))
            if number in matched:
                taken[getattr(event, name), getattr(matched[number], name)] += 1
    yield f"{name:14}{'gold':>6}{'read':>6}{'class':>7}{COLUMNS}   F1 of the class; recall"
    for group, marks in sorted(gold.items(), key=lambda entry: (-entry[1]["gold"], entry[0])):
        number = marks["gold"]
        f1 = 200 * taken[group, group] / (number + read[group])
        shares = "".join(f"{100 * marks[row] / number:7.1f}" for row in ("found", "triple", "status", "all"))
        yield f"{group:14}{number:6}{read[group]:6}{f1:7.1f}{shares}"
    wrong = [f"{one} for {other} {n}" for (other, one), n in taken.most_common() if one != other]
    yield f"taken: {', '.join(wrong[:20]) or 'none for another'}"


def _marks(gold: Told, read: Told | None) -> Iterator[str]:
    """Names of what is right of an event of the corpus."""
    yield "gold"
    if read is None:
        return
    yield "found"
    for mark, names in (("triple", FIELDS), ("status", ("status",)), ("all", ALL)):
        if all(gold.same(name, read) for name in names):
            yield mark


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the parts asked for and print what was asked of them; return 0."""
    parser = argparse.ArgumentParser(prog="benchmarks.events_corpus", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--part", nargs="+", choices=PARTS, default=["dev"], help="dev where none is named")
    parser.add_argument("--each", action="store_true", help="a table for each part, not one for all together")
    parser.add_argument("--by", choices=(*ITEM_GROUPS, *EVENT_GROUPS), help="break the figures down")
    parser.add_argument("--errors", type=int, metavar="N", help="list the first N items with errors")
    parser.add_argument("--kind", choices=KINDS, help="of the errors, only these")
    options = parser.parse_args(arguments)
    if "test" in options.part:
        for option in ("by", "errors", "kind"):
            if getattr(options, option) is not None:
                parser.error(HELD_OUT.format(option=f"--{option}"))
    for parts in [[part] for part in options.part] if options.each else [options.part]:
        found = readings(corpus_items(parts))
        if not found:
            parser.error(f"the corpus has no item in {', '.join(parts)}")
        print(*table("+".join(parts), found), sep="\n")
        if options.by:
            breakdown = event_breakdown if options.by in EVENT_GROUPS else item_breakdown
            print("", *breakdown(options.by, found), sep="\n")
        if options.errors or options.kind:
            print("", *listing(found, options.errors or 40, options.kind), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
