"""Source and target of sentences by their words: `python -m benchmarks.parties FOLDER`, FOLDER with the gold's events.

`cameo_ner_train_clean.jsonl` (ConfliBERT; no licence is stated, so it measures and trains nothing) marks in each
sentence the source and target of one event. Every actor of every event that is read answers with the head of its
words, each once a side; an answer is right that lies in a marked span of its side, a marked span is found that holds an
answer. Two figures: of all events, and of each sentence's likeliest event alone, as the gold has one. In an event that
is done to one another both sides answer as either. Intervals as in `benchmarks.heads`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.heads import interval
from dragoman.coding.stages import code
from dragoman.facts import Actor, Date, Event, Report
from dragoman.language.parser import load_parser
from dragoman.lexicon import Lexicon
from dragoman.settings import load_settings

FILE: Final = Path("extra") / "cameo_ner_train_clean.jsonl"
SIDES: Final = ("S", "T")


@dataclass(frozen=True, slots=True)
class Found:
    """Answers that are right, answers, marked spans that are found, and marked spans."""

    right: int
    answered: int
    found: int
    gold: int


def sentences(path: Path) -> Iterator[tuple[str, dict[str, list[tuple[int, int]]]]]:
    """Text of each sentence, words joined by blanks, and the spans of characters marked as each side."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        starts, at = [], 0
        for word in row["tokens"]:
            starts.append(at)
            at += len(word) + 1
        spans: dict[str, list[tuple[int, int]]] = {side: [] for side in SIDES}
        for word, start, tag in zip(row["tokens"], starts, row["tags"], strict=True):
            kind, _, side = tag.partition("-")
            if side not in spans:
                continue
            if kind == "B":
                spans[side].append((start, start + len(word)))
            elif kind == "I" and spans[side]:
                spans[side][-1] = (spans[side][-1][0], start + len(word))
        yield " ".join(row["tokens"]), spans


def score(events: Iterable[Event], heads: dict[tuple[int, int], int], gold: dict[str, list[tuple[int, int]]]) -> Found:
    """Counts of one sentence; `heads` gives the first character of the head of an actor's span."""
    answers: dict[str, set[int]] = {side: set() for side in SIDES}
    for event in events:
        for side, actors in _sides(event):
            answers[side] |= {heads[a.span] for a in actors if a.span is not None}
    right = found = 0
    for side in SIDES:
        right += sum(any(start <= at < end for start, end in gold[side]) for at in answers[side])
        found += sum(any(start <= at < end for at in answers[side]) for start, end in gold[side])
    return Found(right, sum(map(len, answers.values())), found, sum(map(len, gold.values())))


def _sides(event: Event) -> Iterator[tuple[str, tuple[Actor, ...]]]:
    if event.reciprocal:
        yield "S", event.source[:1]
        yield "T", event.source[1:]
    else:
        yield "S", event.source
        yield "T", event.target


def f1(found: Sequence[Found]) -> float:
    """Harmonic mean of the share of answers that are right and of spans that are found, in percent."""
    right, answered = sum(f.right for f in found), sum(f.answered for f in found)
    seen, gold = sum(f.found for f in found), sum(f.gold for f in found)
    precision, recall = right / max(answered, 1), seen / max(gold, 1)
    return 200 * precision * recall / max(precision + recall, 1e-9)


def main(arguments: Sequence[str]) -> None:
    """Print a line a figure."""
    path = Path(arguments[0]) / FILE
    parser, lexicon = load_parser(load_settings().parser, meaning=False), Lexicon()
    every: list[Found] = []
    likeliest: list[Found] = []
    for number, (text, gold) in enumerate(sentences(path)):
        doc = parser.parse(text)
        events = code(Report(str(number), text, Date.unknown()), doc, lexicon).events
        heads: dict[tuple[int, int], int] = {}
        for span in (a.span for e in events for a in (*e.source, *e.target) if a.span is not None):
            words = doc.char_span(*span, alignment_mode="expand")
            assert words is not None
            heads[span] = words.root.idx
        every.append(score(events, heads, gold))
        likeliest.append(score(sorted(events, key=lambda e: -e.confidence)[:1], heads, gold))
    for name, found in (("all events", every), ("likeliest event", likeliest)):
        low, high = interval(found, f1)
        print(f"{name} F1 {f1(found):.1f}   {low:.1f}-{high:.1f} ({len(found)} sentences)")


if __name__ == "__main__":
    main(sys.argv[1:])
