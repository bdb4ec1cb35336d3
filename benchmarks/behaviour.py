"""Minimal sets of the event corpus as tests: does what is read change where the text does, and only there?

    python -m benchmarks.behaviour                 all parts, by kind of variant
    python -m benchmarks.behaviour --failures 40   the first failures in train and dev; the test part is never listed

A set has a base and variants that differ from it in one thing. Each event of a variant is set beside the base's event
that it comes from. A variant passes where

- in the fields in which the corpus has the two differ (act, status, background, source, target by country), what is
  read of the variant is as the corpus has it: "denied" is denied, swapped parties are swapped, other names other codes;
- in all other fields it is as the corpus has it, or as it was read of the base: what need not change did not;
- nothing falls away that the base has, and no more false events are read than of the base.

A variant without events passes where none is read of it and the base's event was found, so that reading nothing passes
no test. Events of a variant that come from none of the base's are not judged.

Below stand the kinds of falsehood that users of event data complain of: variants of sets, and beside them short single
items that bear a tag of the kind. A single item passes where each of its events that did not simply happen, or that is
background, is found with its status and background; an item without events where none is read. Items whose events all
simply happened are not judged.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from benchmarks.events_corpus import spread
from benchmarks.events_errors import line
from benchmarks.events_matching import assign, pairs
from benchmarks.events_reading import PARTS, Reading, Told, by_part, corpus_items, readings
from benchmarks.sample import Count

FIELDS: Final = ("act", "status", "background", "source", "target")

STEM: Final = 4
"""Letters of a trigger's word by which it is known again in another form."""

REPORT: Final = 3
"""Sentences from which an item is a report, whose tags tell little of its single events."""

COMPLAINTS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "anniversary": (frozenset({"anniversary"}), frozenset({"anniversary"})),
    "background paragraph": (frozenset({"background"}), frozenset({"background", "pluperfect", "since"})),
    "negation": (frozenset({"negated", "cancelled"}), frozenset({"negation", "failure", "cancelled"})),
    "plan": (frozenset({"future", "proposed"}), frozenset({"future", "plan", "offer", "promise", "wish"})),
    "hypothetical": (frozenset({"hypothetical", "question"}), frozenset({"conditional", "modal", "question"})),
    "denied rumour": (frozenset({"denied"}), frozenset({"denial", "rumour"})),
    "claim quoted": (frozenset({"claimed", "quoted"}), frozenset({"claim", "rebuttal", "quote"})),
}
"""Kinds of falsehood, by variants of sets and by tags of single items."""

Judged: TypeAlias = tuple["Verdict", ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether what is read of a variant or a single item passes; `problems` say what is wrong, none where it does."""

    reading: Reading
    base: Reading | None
    problems: tuple[str, ...]

    @property
    def variant(self) -> str:
        """Kind of variant, or "single"."""
        return self.reading.item.variant or "single"


def descent(variant: Told, base: Told, variant_text: str, base_text: str) -> int:
    """How much speaks for an event of a variant coming from one of the base; 0 where too little does."""
    stems = _stems(variant_text, variant) & _stems(base_text, base)
    swapped = variant.source | variant.target == base.source | base.target and bool(base.source or base.target)
    sides = sum(variant.same(side, base) for side in ("source", "target"))
    weight = 4 * bool(stems) + 4 * variant.same("act", base) + 2 * sides + swapped
    return weight if weight >= 4 else 0


def _stems(text: str, event: Told) -> set[str]:
    words = " ".join(text[start:end] for start, end in event.words).lower().split()
    return {word[:STEM] for word in words if len(word) > 2}


def judge(variant: Reading, base: Reading) -> Verdict:
    """Whether what is read of VARIANT differs from what is read of BASE where it should, and nowhere else."""
    matched, before = dict(pairs(variant.gold, variant.read)), dict(pairs(base.gold, base.read))
    if not variant.gold:
        return Verdict(variant, base, tuple(_quiet(variant, bool(before))))
    texts = (variant.item.text, base.item.text)
    origins = dict(assign(variant.gold, base.gold, lambda one, other: descent(one, other, *texts)))
    problems: list[str] = []
    for number, origin in origins.items():
        read = variant.read[matched[number]] if number in matched else None
        known = base.read[before[origin]] if origin in before else None
        problems += _changes(variant.gold[number], base.gold[origin], read, known)
    more = len(variant.read) - len(matched) - (len(base.read) - len(before))
    if more > 0:
        problems.append(f"{more} more false events than in the base")
    if not origins and not matched:
        problems.append("none of its events is found")
    return Verdict(variant, base, tuple(problems))


def _quiet(variant: Reading, base_found: bool) -> Iterator[str]:
    if variant.read:
        yield f"no event is told, {len(variant.read)} read"
    if not base_found:
        yield "the base's event is not found either"


def _changes(gold: Told, origin: Told, read: Told | None, known: Told | None) -> Iterator[str]:
    """What is wrong in READ of the event GOLD of a variant, which comes from ORIGIN, that was read as KNOWN."""
    if read is None:
        yield "not found"
        return
    for name in FIELDS:
        if gold.same(name, read):
            continue
        changes = not gold.same(name, origin)
        if changes or known is None or not known.same(name, read):
            asked = "should change to" if changes else "should stay"
            yield f"{name} {asked} {_shown(gold, name)}, is {_shown(read, name)}"


def _shown(event: Told, name: str) -> str:
    value = getattr(event, name)
    return "+".join(sorted(value)) or "nobody" if isinstance(value, frozenset) else str(value)


def judge_sets(found: Iterable[Reading]) -> Judged:
    """The verdicts on all variants, in the order of the corpus."""
    members: dict[str, list[Reading]] = defaultdict(list)
    for one in found:
        if one.item.set:
            members[one.item.set].append(one)
    verdicts = []
    for group in members.values():
        bases = [one for one in group if one.item.variant == "base"]
        verdicts += [judge(one, bases[0]) for one in group if bases and one.item.variant != "base"]
    return tuple(verdicts)


def judge_single(one: Reading) -> Verdict:
    """Whether the events of a single item that did not simply happen, or are background, are read as such."""
    matched = dict(pairs(one.gold, one.read))
    problems: list[str] = []
    for number in _special(one):
        gold, read = one.gold[number], one.read[matched[number]] if number in matched else None
        names = [name for name in ("status", "background") if read and not gold.same(name, read)]
        problems += [f"{name} should be {_shown(gold, name)}" for name in names] if read else ["not found"]
    if not one.gold and one.read:
        problems.append(f"no event is told, {len(one.read)} read")
    return Verdict(one, None, tuple(problems))


def _special(one: Reading) -> list[int]:
    """Which of the item's events did not simply happen, or are background."""
    return [number for number, event in enumerate(one.gold) if event.status != "happened" or event.background]


def _is_judged(one: Reading) -> bool:
    return not one.item.set and len(one.item.sentences) < REPORT and (not one.gold or bool(_special(one)))


def complaints(verdicts: Judged, found: Iterable[Reading]) -> dict[str, Judged]:
    """The verdicts on variants and single items by kind of falsehood; an item with tags of two kinds is in both."""
    singles = [judge_single(one) for one in found if _is_judged(one)]
    return {
        kind: (
            *(verdict for verdict in verdicts if verdict.variant in variants),
            *(verdict for verdict in singles if tags & set(verdict.reading.item.tags)),
        )
        for kind, (variants, tags) in COMPLAINTS.items()
    }


# Printing


def row(name: str, verdicts: Judged) -> str:
    """One line: how many pass of how many, percent, and its interval (bootstrap over sets and single items)."""
    groups: dict[str, Count] = defaultdict(Count)
    for verdict in verdicts:
        groups[verdict.reading.group].add(int(not verdict.problems), 1, 1)
    passed, of = sum(count.right for count in groups.values()), len(verdicts)
    low, high = spread([{"": count} for count in groups.values()])[""] if groups else (0.0, 0.0)
    return f"{name:28}{passed:6}{of:6}{100 * passed / max(of, 1):8.1f}   {low:.1f}-{high:.1f}"


def report(found: Sequence[Reading]) -> Iterator[str]:
    """The lines of both tables."""
    verdicts = judge_sets(found)
    kinds: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        kinds[verdict.variant].append(verdict)
    yield f"{'':28}{'passed':>6}{'of':>6}{'%':>8}   95%"
    yield row("variants", verdicts)
    for part, some in by_part(found).items():
        yield row(f"variants in {part}", judge_sets(some))
    for kind, some_verdicts in sorted(kinds.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        yield row(f"variant {kind}", tuple(some_verdicts))
    for kind, judged in complaints(verdicts, found).items():
        yield row(f"complaint {kind}", judged)


def failures(verdicts: Iterable[Verdict], most: int, kind: str | None) -> Iterator[str]:
    """The first MOST failures outside the test part, of variants of KIND where one is named."""
    wrong = [v for v in verdicts if v.problems and v.reading.item.part != "test" and kind in (None, v.variant)]
    for verdict in wrong[:most]:
        yield f"{verdict.reading.item.set}/{verdict.variant}: {'; '.join(verdict.problems)}"
        for one in (verdict.base, verdict.reading):
            if one is not None:
                yield f"  {one.item.id} {one.item.text}"
                yield from (f"    = {line(one.item.text, event)}" for event in one.gold)
                yield from (f"      {line(one.item.text, event)}" for event in one.read)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the minimal sets and the single items, print how many pass; return 0."""
    parser = argparse.ArgumentParser(prog="benchmarks.behaviour", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--part", nargs="+", choices=PARTS, default=list(PARTS), help="all where none is named")
    parser.add_argument("--failures", type=int, metavar="N", help="list the first N failures in train and dev")
    parser.add_argument("--variant", help="of the failures, only those of this kind of variant")
    options = parser.parse_args(arguments)
    found = readings(corpus_items(options.part))
    print(*report(found), sep="\n")
    if options.failures or options.variant:
        print("", *failures(judge_sets(found), options.failures or 40, options.variant), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
