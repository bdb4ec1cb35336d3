"""Figures of what the parser says beyond the tree, on the development parts of its training data.

    python -m benchmarks.heads DATA [KIND]

DATA is the folder of the corpora, KIND `standard` or `fast`. Each sentence goes in as its gold words, one at a time,
and with its gold predicates; the rest is the parser's own. Intervals are of 95 percent, by drawing documents with
replacement 500 times.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from spacy.tokens import Doc

from dragoman.language.annotations import Predicate, predicates
from dragoman.language.parser import Parser, load_parser
from dragoman.language.tokens import vocabulary
from training.corpora import treebank
from training.semantics import NO_ROLE, Semantics, read_semantics

DRAWS: Final = 500


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one document: right, answered, gold."""

    right: int
    answered: int
    gold: int


T = TypeVar("T")
Pair = tuple[float, float, float]
"""Answer, gold, trust."""


def f1(scores: Iterable[Score]) -> float:
    """F1 over the sums, in percent."""
    total = [sum(column) for column in zip(*((s.right, s.answered, s.gold) for s in scores), strict=True)]
    return 200 * total[0] / max(total[1] + total[2], 1)


def pearson(pairs: Iterable[Sequence[Pair]]) -> float:
    """Pearson's r of answers and gold, each pair weighted by its trust."""
    flat = [pair for group in pairs for pair in group]
    weight = sum(t for _, _, t in flat) or 1.0
    x, y = (sum(pair[k] * pair[2] for pair in flat) / weight for k in (0, 1))
    xy = sum(t * (a - x) * (b - y) for a, b, t in flat)
    xx, yy = sum(t * (a - x) ** 2 for a, _, t in flat), sum(t * (b - y) ** 2 for _, b, t in flat)
    return xy / (xx * yy) ** 0.5 if xx and yy else 0.0


def interval(documents: Sequence[T], figure: Callable[[Sequence[T]], float], seed: int = 1) -> tuple[float, float]:
    """The 2.5 and 97.5 percentiles of the figure over documents drawn with replacement."""
    draw = random.Random(seed)
    values = sorted(figure(draw.choices(documents, k=len(documents))) for _ in range(DRAWS))
    return values[int(0.025 * DRAWS)], values[int(0.975 * DRAWS)]


def answered(
    parser: Parser, data: Path, gold: dict[str, Semantics]
) -> Iterator[tuple[str, Semantics, list[Predicate]]]:
    """(document, gold, the parser's predicates) of every sentence of EWT dev that has semantics."""
    for ident, _, rows, _ in treebank(data / "ud_ewt_dev.conllu.xz"):
        known = gold.get(ident)
        if known is None:
            continue
        spaces = ["SpaceAfter=No" not in row[9] for row in rows]
        doc = Doc(vocabulary(), words=[row[1] for row in rows], spaces=spaces)
        given = {p.word for p in known.roles or ()} | {r.word for r in known.reality}
        parser.annotate(doc, given)
        yield ident.rsplit("-", 1)[0], known, list(predicates(doc))


def score_roles(known: Semantics, found: Sequence[Predicate]) -> Score:
    """Arguments with the right head and role, given the predicates."""
    gold = {(p.word, word, role) for p in known.roles or () for word, role in p.arguments}
    heads = {p.word for p in known.roles or ()}
    said = {(p.word, a.word, a.role) for p in found if p.word in heads for a in p.arguments if a.role != NO_ROLE}
    return Score(len(gold & said), len(said), len(gold))


def pairs_of(known: Semantics, found: Sequence[Predicate]) -> list[Pair]:
    """Factuality as answered and as judged."""
    said = {p.word: p.reality.factual for p in found}
    return [(said[r.word], r.values[0], r.trust[0]) for r in known.reality if r.trust[0] and r.word in said]


def main(arguments: Sequence[str]) -> None:
    """Print one line a figure."""
    data, kind = Path(arguments[0]), arguments[1] if len(arguments) > 1 else "standard"
    roles: dict[str, list[Score]] = defaultdict(list)
    reality: dict[str, list[Pair]] = defaultdict(list)
    for document, known, found in answered(load_parser(kind), data, read_semantics(data, "dev")):
        if known.roles is not None:
            roles[document].append(score_roles(known, found))
        reality[document] += pairs_of(known, found)
    scores = [Score(*map(sum, zip(*((s.right, s.answered, s.gold) for s in x), strict=True))) for x in roles.values()]
    low, high = interval(scores, f1)
    print(f"roles F1 {f1(scores):.1f}   {low:.1f}-{high:.1f} ({sum(s.gold for s in scores)} arguments)")
    pairs = list(reality.values())
    low, high = interval(pairs, pearson)
    print(f"factuality r {pearson(pairs):.3f}   {low:.3f}-{high:.3f} ({sum(map(len, pairs))} predicates)")


if __name__ == "__main__":
    main(sys.argv[1:])
