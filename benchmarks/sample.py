"""Score the answers of `dragoman read --json` against the gold of the sample archive.

    python -m benchmarks.sample --input | dragoman read --json - | python -m benchmarks.sample -

`--input` prints the archive as `read -` takes it. The columns of the table: right, answered, gold, precision, recall,
F1 and its interval of 95 percent (bootstrap over reports, percentiles).

An answered event is paired with a gold event if its predicate meets the gold clause or its clause meets the gold
trigger; pairs are taken greedily, most fields right first, one to one. Answers left over in a clause which only
restates a gold event (`also`) count neither for nor against. Actors are compared as sets: of countries and bodies,
and in the rows `+sector` of whole codes. A date is judged where the gold has one and the answer gives one.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from benchmarks.sample_facts import (
    Event,
    Fact,
    Facts,
    Figure,
    Statement,
    answer_facts,
    gold_facts,
    overlap,
    same_speaker,
)
from benchmarks.sample_records import record_rows
from dragoman import sample

Counts: TypeAlias = "dict[str, Count]"
Gold = TypeVar("Gold")
Answer = TypeVar("Answer")

JOINT: Final = ("type", "source", "target", "status")
"""The fields that must all be right for an event to be right jointly."""

JOINT_SECTOR: Final = ("type", "source_sector", "target_sector", "status")
EVENT_FIELDS: Final = ("type", "act", "status", "background", "source", "target", "source_sector", "target_sector")

GROUPS: Final = (
    "report", "events", "type", "status", "statements", "figures", "agreements", "transfers", "offices",
)  # fmt: skip
"""The order of the table, by the first word of its rows."""

CONTENT_OVERLAP: Final = 0.5
"""Share of common characters (of the union) from which two contents are the same statement."""


@dataclass(slots=True)
class Count:
    """How many were right, how many were answered, how many stand in the gold."""

    right: int = 0
    answered: int = 0
    gold: int = 0

    def add(self, right: int = 0, answered: int = 0, gold: int = 0) -> None:
        """Count some more."""
        self.right += right
        self.answered += answered
        self.gold += gold

    @property
    def precision(self) -> float:
        """Right of answered; 0 where nothing was answered."""
        return self.right / self.answered if self.answered else 0.0

    @property
    def recall(self) -> float:
        """Right of gold; 0 where the gold has nothing."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.answered + self.gold) if self.answered + self.gold else 0.0


def pair(
    gold: Sequence[Gold], answers: Sequence[Answer], likeness: Callable[[Gold, Answer], tuple[float, ...] | None]
) -> list[tuple[int, int]]:
    """Indices of gold and answers taken one to one, greedily by LIKENESS (greatest first; None: not the same)."""
    ranked = [
        (like, g, a) for g, one in enumerate(gold) for a, other in enumerate(answers) if (like := likeness(one, other))
    ]
    ranked.sort(key=lambda entry: (tuple(-part for part in entry[0]), entry[1], entry[2]))
    pairs: list[tuple[int, int]] = []
    for _, g, a in ranked:
        if all(g != taken and a != used for taken, used in pairs):
            pairs.append((g, a))
    return pairs


def event_likeness(gold: Event, answer: Event) -> tuple[float, ...] | None:
    """Fields right, then whether the predicates meet, then common characters; None where the words don't meet."""
    meet = overlap(gold.predicate, answer.predicate)
    if not (overlap(gold.clause, answer.predicate) or overlap(gold.predicate, answer.clause)):
        return None
    right = sum(gold.same(name, answer) for name in JOINT)
    return (right, float(meet > 0), overlap(gold.clause, answer.clause))


def statement_likeness(gold: Statement, answer: Statement) -> tuple[float, ...] | None:
    """Share of common characters, from CONTENT_OVERLAP on."""
    union = len(gold.content | answer.content)
    share = len(gold.content & answer.content) / union if union else 0.0
    return (share,) if share >= CONTENT_OVERLAP else None


def figure_likeness(gold: Figure, answer: Figure) -> tuple[float, ...] | None:
    """Value right, then common characters; None where the spans don't meet."""
    common = overlap(gold.span, answer.span)
    return (float(gold.value == answer.value), common) if common else None


def score_events(gold: Facts, answer: Facts, counts: Counts) -> None:
    """Count the events of one report."""
    pairs = pair(gold.events, answer.events, event_likeness)
    used = {a for _, a in pairs}
    restated = [span for event in gold.events for span in event.also]
    free = {a for a, event in enumerate(answer.events) if any(overlap(event.predicate, span) for span in restated)}
    kept = [a for a in range(len(answer.events)) if a in used or a not in free]
    total = len(gold.events) + gold.lost["events"]
    columns = {"found": (), **{name: (name,) for name in EVENT_FIELDS}, "joint": JOINT, "joint_sector": JOINT_SECTOR}
    for column, names in columns.items():
        right = sum(all(gold.events[g].same(name, answer.events[a]) for name in names) for g, a in pairs)
        counts[f"events {column}".replace("_", "+")].add(right, len(kept), total)
    dated = [(gold.events[g].date, answer.events[a].date) for g, a in pairs]
    both = [one == other for one, other in dated if one and other]
    counts["events date"].add(sum(both), len(both), sum(event.date is not None for event in gold.events))
    score_classes(gold, answer, pairs, kept, counts)


def score_classes(
    gold: Facts, answer: Facts, pairs: Sequence[tuple[int, int]], kept: Sequence[int], counts: Counts
) -> None:
    """Count each type and status for itself: right where both have it."""
    for name in ("type", "status"):
        for event in gold.events:
            counts[f"{name} {getattr(event, name)}"].add(gold=1)
        for a in kept:
            counts[f"{name} {getattr(answer.events[a], name)}"].add(answered=1)
        for g, a in pairs:
            if gold.events[g].same(name, answer.events[a]):
                counts[f"{name} {getattr(gold.events[g], name)}"].add(right=1)


def score_statements(gold: Facts, answer: Facts, counts: Counts) -> None:
    """Count the statements of one report."""
    pairs = [
        (gold.statements[g], answer.statements[a])
        for g, a in pair(gold.statements, answer.statements, statement_likeness)
    ]
    total = len(gold.statements) + gold.lost["statements"]
    right = {
        "content": len(pairs),
        "content exact": sum(one.content == other.content for one, other in pairs),
        "speaker": sum(same_speaker(one.speaker, other.speaker) for one, other in pairs),
        "mode": sum(one.mode == other.mode for one, other in pairs),
    }
    for name, number in right.items():
        counts[f"statements {name}"].add(number, len(answer.statements), total)
    linked = [one.links == other.links for one, other in pairs if one.links]
    answered = sum(bool(other.links) for _, other in pairs)
    counts["statements chain"].add(sum(linked), answered, sum(bool(one.links) for one in gold.statements))


def score_figures(gold: Facts, answer: Facts, counts: Counts) -> None:
    """Count the figures of one report."""
    pairs = [(gold.figures[g], answer.figures[a]) for g, a in pair(gold.figures, answer.figures, figure_likeness)]
    total = len(gold.figures) + gold.lost["figures"]
    right = {
        "found": len(pairs),
        "value": sum(one.value == other.value for one, other in pairs),
        "value+unit": sum((one.value, one.unit) == (other.value, other.unit) for one, other in pairs),
        "kind": sum(one.kind == other.kind for one, other in pairs),
    }
    for name, number in right.items():
        counts[f"figures {name}"].add(number, len(answer.figures), total)


def score_report(gold: Fact, answer: Fact | None) -> Counts:
    """The counts of one report; a missing answer is an empty one, in which all gold is missed."""
    counts: Counts = defaultdict(Count)
    if answer is None:
        answered = Facts(None)
        lost = Counter({kind: len(gold[kind]) for kind in ("events", "statements", "figures")})
        expected = Facts(gold["report"]["published"]["start"], lost=lost)
    else:
        answered = answer_facts(answer)
        expected = gold_facts(answer["report"]["text"], gold)
    same_day = answered.published == expected.published
    counts["report date"].add(int(same_day), int(answered.published is not None), 1)
    score_events(expected, answered, counts)
    score_statements(expected, answered, counts)
    score_figures(expected, answered, counts)
    none: dict[str, list[Fact]] = {kind: [] for kind in ("agreements", "transfers", "offices")}
    for name, row in record_rows(gold, answer or none).items():
        counts[name].add(*row)
    return counts


def summed(reports: Iterable[Counts]) -> Counts:
    """The sum over reports, column by column."""
    total: Counts = defaultdict(Count)
    for counts in reports:
        for name, count in counts.items():
            total[name].add(count.right, count.answered, count.gold)
    return total


def intervals(reports: Sequence[Counts], rounds: int, seed: int) -> dict[str, tuple[float, float]]:
    """The 2.5 and 97.5 percentiles of F1 over ROUNDS samples of reports, drawn with replacement."""
    draw = random.Random(seed)
    drawn: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, count in summed(draw.choices(reports, k=len(reports))).items():
            drawn[name].append(count.f1)
    low, high = 0.025, 0.975
    return {name: (_quantile(values, low), _quantile(values, high)) for name, values in drawn.items()}


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def table(total: Counts, spread: Mapping[str, tuple[float, float]]) -> Iterator[str]:
    """The lines of the table, columns apart by blanks."""
    yield f"{'':26}{'right':>6}{'answered':>9}{'gold':>6}{'P':>7}{'R':>7}{'F1':>7}   95%"
    for name in sorted(total, key=lambda row: GROUPS.index(row.split()[0])):
        count = total[name]
        low, high = spread.get(name, (0.0, 0.0))
        numbers = f"{count.right:6}{count.answered:9}{count.gold:6}"
        yield f"{name:26}{numbers}{count.precision:7.3f}{count.recall:7.3f}{count.f1:7.3f}   {low:.3f}-{high:.3f}"


def as_json(count: Count, spread: tuple[float, float]) -> dict[str, object]:
    """One row of the table as a JSON object."""
    numbers = {"right": count.right, "answered": count.answered, "gold": count.gold}
    return {**numbers, "precision": count.precision, "recall": count.recall, "f1": count.f1, "interval": spread}


def input_lines() -> Iterator[str]:
    """The archive as `dragoman read -` takes it, decoded as the pages declare."""
    for page in sample.pages():
        declared = re.search(rb"charset=\"?([\w-]+)", page.html, re.IGNORECASE)
        html = page.html.decode(declared[1].decode("ascii") if declared else "utf-8")
        yield json.dumps({"id": page.id, "url": page.url, "html": html}, ensure_ascii=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read answers, print the table; return 0."""
    parser = argparse.ArgumentParser(prog="benchmarks.sample", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("answers", nargs="?", help="JSON Lines of `dragoman read --json`; - for standard input")
    parser.add_argument("--input", action="store_true", help="print the archive as `dragoman read -` takes it")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--rounds", type=int, default=1000, help="samples drawn for the intervals")
    parser.add_argument("--seed", type=int, default=1, help="seed of the sampling")
    options = parser.parse_args(arguments)
    if options.input or not options.answers:
        print(*input_lines(), sep="\n")
        return 0
    read = sys.stdin.read() if options.answers == "-" else Path(options.answers).read_text(encoding="utf-8")
    answers = {answer["report"]["id"]: answer for answer in map(json.loads, filter(None, read.split("\n")))}
    reports = [score_report(sample.gold(row["id"]), answers.get(row["id"])) for row in sample.index()]
    total, spread = summed(reports), intervals(reports, options.rounds, options.seed)
    if options.json:
        print(json.dumps({name: as_json(count, spread[name]) for name, count in total.items()}, indent=1))
    else:
        print(*table(total, spread), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
