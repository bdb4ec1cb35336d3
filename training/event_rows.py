"""Pairs of parties of our event corpus as rows: a sentence, the two marked, the words that name the event, its type."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.facts import Span
from training.events_corpus import Item
from training.events_lines import GoldEvent


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with marked spans, as (start, end) of characters, and the type of the event (None: not known)."""

    text: str
    source: Span | None
    target: Span | None
    trigger: tuple[Span, ...]
    type: str | None


def rows_of(items: Iterable[Item]) -> list[Row]:
    """A row for every pair of parties of every event, both ways where it is reciprocal."""
    out: list[Row] = []
    for item in items:
        for event in item.events:
            start, end = next(s for s in item.sentences if s[0] <= event.trigger[0][0] < s[1])
            text = item.text[start:end]
            trigger = tuple((a - start, b - start) for a, b in event.trigger)
            for source, target in pairs_of(event):
                spans = [None if s is None else (s[0] - start, s[1] - start) for s in (source, target)]
                if any(spans):
                    out.append(Row(text, spans[0], spans[1], trigger, event.type))
    return out


def pairs_of(event: GoldEvent) -> list[tuple[Span | None, Span | None]]:
    """Spans of source and target of an event; both orders of reciprocal ones, None where a party isn't said."""
    sources, targets = [p.span for p in event.source], [p.span for p in event.target]
    if event.reciprocal:
        distinct = list(dict.fromkeys(sources))
        return [(a, b) for a in distinct for b in distinct if a != b] or [(s, None) for s in distinct]
    return [(s, t) for s in sources or [None] for t in targets or [None]]


def swapped(row: Row, others: Sequence[Row], rng: random.Random) -> Row:
    """The row with the words of one party taken from another row."""
    other = rng.choice(others)
    name = "source" if rng.random() < 0.5 else "target"
    old, new = getattr(row, name), getattr(other, name)
    if old is None or new is None:
        return row
    words = other.text[new[0] : new[1]]
    shift = len(words) - (old[1] - old[0])

    def moved(span: Span | None) -> Span | None:
        if span is None or span[1] <= old[0]:
            return span
        if span == old:
            return old[0], old[1] + shift
        return (span[0] + shift, span[1] + shift) if span[0] >= old[1] else None

    spans = [moved(s) for s in (row.source, row.target, *row.trigger)]
    if any(
        new is None and was is not None for new, was in zip(spans, (row.source, row.target, *row.trigger), strict=True)
    ):
        return row  # nested spans
    text = row.text[: old[0]] + words + row.text[old[1] :]
    return replace(row, text=text, source=spans[0], target=spans[1], trigger=tuple(s for s in spans[2:] if s))


def macro_f1(said: Sequence[str], gold: Sequence[str]) -> float:
    """Mean F1 of the types that occur in the gold, in percent."""
    kinds = sorted(set(gold))
    both, a, b = Counter(s for s, g in zip(said, gold, strict=True) if s == g), Counter(said), Counter(gold)
    return 100 * sum(2 * both[k] / max(a[k] + b[k], 1) for k in kinds) / len(kinds)


def marked(path: Path) -> list[Row]:
    """Rows of a JSON Lines file of marked pairs, to measure on."""
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    spans = [tuple(tuple(r[k]) if r.get(k) else None for k in ("source_span", "target_span")) for r in found]
    return [Row(r["text"], a, b, (), r["type"]) for r, (a, b) in zip(found, spans, strict=True)]
