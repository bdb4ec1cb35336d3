"""How far two annotations of the same sentences of our event corpus agree.

`python -m training.agreement corpus/events/second/*.txt` pairs the events of those files with the corpus's own and
prints Krippendorff's alpha of what is said of them, once over paired events and once with events that only one
annotation has as a category of their own; `--list` prints each difference too, but none of the corpus's test part.
"""

import argparse
import sys
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from dragoman.reliability import Unit, alpha, alpha_interval
from training.events_corpus import CorpusError, Item, load, parse
from training.events_lines import GoldEvent, Party

NONE: Final = "none"
"""The value of an event that the other annotation does not have."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An event of both annotations, or of one (the other is None). `by_trigger`: their triggers share characters."""

    item: Item
    first: GoldEvent | None
    second: GoldEvent | None
    by_trigger: bool

    @property
    def whole(self) -> bool:
        """Whether both annotations have the event."""
        return self.first is not None and self.second is not None


def codes(parties: Iterable[Party]) -> frozenset[str]:
    """The codes of all PARTIES."""
    return frozenset(code for party in parties for code in party.codes)


FIELDS: Final = MappingProxyType[str, Callable[[GoldEvent], Hashable]](
    {
        "act": lambda event: event.act,
        "type": lambda event: event.type,
        "status": lambda event: event.status,
        "background": lambda event: event.background,
        "source": lambda event: codes(event.source),
        "target": lambda event: codes(event.target),
    }
)
"""What is compared. A reciprocal event has all parties in its source and an empty target."""


# Alpha


def units_of(pairs: Iterable[Pair], field: str, unpaired: bool) -> list[Unit]:
    """The two values of FIELD of each pair; with UNPAIRED those of lone events too, beside NONE."""
    value = FIELDS[field]
    return [
        tuple(NONE if event is None else value(event) for event in (pair.first, pair.second))
        for pair in pairs
        if pair.whole or unpaired
    ]


def interval(pairs: Sequence[Pair], field: str, unpaired: bool) -> tuple[float, float] | None:
    """The middle 95 in a hundred of alpha when items are drawn anew, with the same seed each time; None as in alpha."""
    groups: dict[str, list[Unit]] = {}
    for pair in pairs:
        groups.setdefault(pair.item.id, []).extend(units_of([pair], field, unpaired))
    return alpha_interval(list(groups.values()))


# Pairs


def paired(first: Item, second: Item) -> list[Pair]:
    """The events of both annotations of an item, each once, in the order of FIRST; those of SECOND alone at the end.

    Within a sentence, events whose triggers share most characters come together first, then those of the same act.
    """
    left, right = list(first.events), list(second.events)
    matches: dict[int, tuple[GoldEvent, bool]] = {}
    for by_trigger, score in ((True, _shared), (False, _same_act)):
        ranked = sorted(
            ((score(one, other), i, j) for i, one in enumerate(left) for j, other in enumerate(right)),
            key=lambda entry: (-entry[0], entry[1], entry[2]),
        )
        for points, i, j in ranked:
            one, other = left[i], right[j]
            used = i in matches or any(other is taken for taken, _ in matches.values())
            if points and not used and _sentence(first, one) == _sentence(first, other):
                matches[i] = (other, by_trigger)
    pairs = [Pair(first, one, *matches.get(i, (None, False))) for i, one in enumerate(left)]
    taken = [other for other, _ in matches.values()]
    return pairs + [Pair(first, None, other, False) for other in right if not any(other is one for one in taken)]


def _shared(one: GoldEvent, other: GoldEvent) -> int:
    """How many characters the triggers share."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one.trigger for b in other.trigger)


def _same_act(one: GoldEvent, other: GoldEvent) -> int:
    return int(one.act == other.act)


def _sentence(item: Item, event: GoldEvent) -> int:
    """The number of the sentence that the trigger begins in."""
    return next(n for n, (start, end) in enumerate(item.sentences) if start <= event.trigger[0][0] < end)


def read_second(paths: Iterable[Path]) -> list[Item]:
    """All items of second annotations. Raises CorpusError. That sets lack members is no fault here."""
    items: list[Item] = []
    for path in paths:
        found, faults = parse(path.read_text(encoding="utf-8"), str(path))
        if faults:
            raise faults[0]
        items += found
    return items


def all_pairs(corpus: Iterable[Item], second: Iterable[Item]) -> list[Pair]:
    """The pairs of all items of SECOND. Raises CorpusError where the corpus has no such id or another text for it."""
    known = {item.id: item for item in corpus}
    pairs: list[Pair] = []
    for item in second:
        if item.id not in known:
            raise CorpusError(item.path, item.line, f"id {item.id} is not in the corpus; take ids and texts from it")
        if item.text != known[item.id].text:
            raise CorpusError(item.path, item.line, f"the text of {item.id} is not the corpus's; copy it from there")
        pairs += paired(known[item.id], item)
    return pairs


# Printing


def table(pairs: Sequence[Pair], sentences: int) -> str:
    """Counts and alphas as Markdown. SENTENCES: how many items were annotated twice, those without events included."""
    whole = [pair for pair in pairs if pair.whole]
    first = sum(pair.first is not None for pair in pairs)
    second = sum(pair.second is not None for pair in pairs)
    share = f"{len(whole) / len(pairs):.2f}" if pairs else "-"
    by_trigger = sum(pair.by_trigger for pair in whole)
    lines = [
        f"{sentences} sentences; {first} events in the first annotation, {second} in the second; {len(whole)} paired",
        f"({by_trigger} by trigger, the rest by act), {share} of the {len(pairs)} that either has.",
        "",
        "| alpha of | " + " | ".join(FIELDS) + " | events |",
        "|---|" + "---|" * (len(FIELDS) + 1),
        _row("paired events", whole, False),
        _row("with unpaired as none", pairs, True),
    ]
    equal = [f"{_equal(whole, field):.2f}" if whole else "-" for field in FIELDS]
    return "\n".join([*lines, f"| same, of paired | {' | '.join(equal)} | {len(whole)} |"])


def _row(name: str, pairs: Sequence[Pair], unpaired: bool) -> str:
    cells = [_cell(pairs, field, unpaired) for field in FIELDS]
    return f"| {name} | {' | '.join(cells)} | {len(pairs)} |"


def _cell(pairs: Sequence[Pair], field: str, unpaired: bool) -> str:
    value = alpha(units_of(pairs, field, unpaired))
    around = interval(pairs, field, unpaired)
    return "-" if value is None or around is None else f"{value:.2f} ({around[0]:.2f}-{around[1]:.2f})"


def _equal(pairs: Sequence[Pair], field: str) -> float:
    units = units_of(pairs, field, False)
    return sum(one == other for one, other in units) / len(units)


def differences(pairs: Iterable[Pair]) -> str:
    """Each pair that differs, a line for each annotation, under its text; the test part is left out, so that nobody
    decides anything by its sentences."""
    lines: list[str] = []
    for pair in (pair for pair in pairs if pair.item.part != "test"):
        wrong = [field for field in FIELDS if len(set(units_of([pair], field, True)[0])) > 1]
        if wrong:
            lines += [f"{pair.item.id}: {pair.item.text}", f"  differ: {', '.join(wrong)}"]
            lines += [f"  {_told(pair.item, event)}" for event in (pair.first, pair.second)]
    return "\n".join(lines)


def _told(item: Item, event: GoldEvent | None) -> str:
    if event is None:
        return NONE
    words = " .. ".join(item.text[start:end] for start, end in event.trigger)
    sides = [" + ".join(sorted(codes(side))) or "-" for side in (event.source, event.target)]
    kind = f"{event.act} {event.status}{' bg' if event.background else ''}"
    return f"{kind} | {(' <> ' if event.reciprocal else ' > ').join(sides)} | {words}"


def main() -> int:
    """Compare the files named on the command line with the corpus; 1 where a file has a fault."""
    parser = argparse.ArgumentParser(description="Agreement of a second annotation with the event corpus.")
    parser.add_argument("second", nargs="+", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("corpus/events"), help="folder of the first annotation")
    parser.add_argument("--list", action="store_true", help="print each difference")
    given = parser.parse_args()
    try:
        second = read_second(given.second)
        pairs = all_pairs(load(sorted(given.corpus.glob("*.txt"))), second)
    except CorpusError as error:
        print(error)
        return 1
    print(table(pairs, len(second)))
    if given.list:
        print("\n" + differences(pairs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
