"""Whether an event's confidence is what it says, on the test part of our event corpus, and what --min-confidence gives.

    python -m benchmarks.confidence                 the test part
    python -m benchmarks.confidence --part dev      the part on which the weights were fitted

An event that was read is right in a field where the corpus has it so, by `benchmarks/events_matching.py`; one that the
corpus does not have is wrong in all. `ECE` is the expected calibration error of ten equal-count bins
(`benchmarks/calibration.py`), `chance` what it is on average for so many events where confidence is exactly what it
says; `ranking` how often, in percent, a right one is surer than a wrong one. The curve is that of `--min-confidence`:
events below are left out, the others matched anew, and counted where type, source and target are right.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from benchmarks.calibration import by_chance, calibration_error, ranking, reliability, table
from benchmarks.events_corpus import FIELDS as TRIPLE
from benchmarks.events_matching import right_fields
from benchmarks.events_reading import PARTS, Reading, corpus_items, reading
from benchmarks.sample import Count
from dragoman.facts import Answer, Date, Event
from dragoman.lexicon.confidence import FIELDS, WHOLE
from dragoman.pipeline.run import read_all
from dragoman.reading.source import Source
from dragoman.settings import load_settings
from training.events_corpus import Item

STEPS: Final = (0.0, 0.05, *(step / 10 for step in range(1, 10)))
"""Values of --min-confidence that the curve shows."""


@dataclass(frozen=True, slots=True)
class Sure:
    """An item as read, with the confidence of its events."""

    reading: Reading
    events: tuple[Event, ...]

    def surer(self, least: float) -> Reading:
        """The item without events whose confidence is below LEAST."""
        kept = zip(self.reading.read, self.events, strict=True)
        return replace(self.reading, read=tuple(told for told, event in kept if event.confidence >= least))


def read_surely(items: Sequence[Item]) -> list[Sure]:
    """ITEMS as read. Raises ModelError and SettingError."""
    sources = [Source(item.id, item.id, text=item.text, published=Date.on(item.day, "given")) for item in items]
    settings = load_settings().model_copy(update={"min_confidence": 0.0})
    outcomes = zip(items, read_all(sources, settings), strict=True)
    return [Sure(reading(i, out), out.events if isinstance(out, Answer) else ()) for i, out in outcomes]


def marks(found: Sequence[Sure]) -> dict[str, tuple[list[float], list[bool]]]:
    """For each field, and for all together, the confidence of each event that was read and whether it is right."""
    out: dict[str, tuple[list[float], list[bool]]] = {name: ([], []) for name in (WHOLE, *FIELDS)}
    for one in found:
        rights = right_fields(one.reading.gold, one.reading.read, FIELDS)
        for event, right in zip(one.events, rights, strict=True):
            out[WHOLE][0].append(event.confidence)
            out[WHOLE][1].append(all(right.values()))
            for name in FIELDS:
                assert event.field_confidence is not None
                out[name][0].append(getattr(event.field_confidence, name))
                out[name][1].append(right[name])
    return out


def curve(found: Sequence[Sure]) -> Iterator[str]:
    """Precision and recall of events with type, source and target right, from each step of confidence on."""
    yield f"{'--min-confidence':18}{'right':>6}{'read':>7}{'gold':>7}   type, source and target, percent"
    for least in STEPS:
        total = Count()
        for one in (sure.surer(least) for sure in found):
            rights = right_fields(one.gold, one.read, TRIPLE)
            total.add(sum(all(right.values()) for right in rights), len(one.read), len(one.gold))
        shares = f"   P {100 * total.precision:5.1f}   R {100 * total.recall:5.1f}   F1 {100 * total.f1:5.1f}"
        yield f"from {least:.2f}         {total.right:6}{total.answered:7}{total.gold:7}{shares}"


def report(part: str, found: Sequence[Sure]) -> Iterator[str]:
    """The lines of a part."""
    told = marks(found)
    yield f"confidence, {part}: {len(found)} items, {len(told[WHOLE][0])} events read"
    for name, (sure, right) in told.items():
        share = sum(right) / len(right) if right else 0.0
        error, chance = calibration_error(reliability(sure, right)), by_chance(sure)
        mean = sum(sure) / len(sure) if sure else 0.0
        yield (
            f"{name:12}right {share:.3f}   mean {mean:.3f}   ECE {error:.3f}   chance {chance:.3f}   "
            f"ranking {100 * ranking(sure, right):.1f}"
        )
    yield ""
    yield "reliability of all, ten bins of equal count"
    yield from table(reliability(*told[WHOLE]))
    yield ""
    yield from curve(found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read a part and print; return 0."""
    parser = argparse.ArgumentParser(prog="benchmarks.confidence", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--part", choices=PARTS, default="test", help="test where none is named")
    options = parser.parse_args(arguments)
    print(*report(options.part, read_surely(corpus_items((options.part,)))), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
