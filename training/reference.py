"""Coreference on the encoder's pass: the scorer, its batches, its loss and its figures.

The network gives two linear projections of every word's state, as anaphor and as antecedent (`WIDTH` wide each); the
scorer on top is small. See `reference_scorer` and its twin in numpy, `dragoman.language.reference.Scorer`.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dragoman.language.mentions import OTHER_PRONOUN
from dragoman.language.reference import (
    choose,
    same_names,
)
from training.batches import Batch, Coded, Coder, collate
from training.reference_data import Item
from training.reference_scorer import Reader, ReferenceScorer

SHARES = {"gum": 0.4, "gap": 0.3, "pseudo": 0.25, "ours": 0.05}
"""How many of the batches are of each kind."""


@dataclass(slots=True)
class ReferenceBatch:
    """Windows of some texts, and the pairs to score.

    Mentions are known by `row` and `word` (from 1: place 0 of a row is its start piece); `single` has their features.
    Pair p: mentions `i[p]`, `j[p]`, features `pair[p]`, whether gold; it is the `slot[p]`-th of anaphor `group[p]`.
    `anaphors` are mentions, with weights; one with no gold pair has no antecedent.
    """

    batch: Batch
    row: Tensor
    word: Tensor
    single: Tensor
    i: Tensor
    j: Tensor
    pair: Tensor
    gold: Tensor
    group: Tensor
    slot: Tensor
    anaphors: Tensor
    weights: Tensor


def gold_of(b: ReferenceBatch, scores: Tensor) -> Tensor:
    """[anaphors, 1 + most pairs]: which choices are right."""
    gold = torch.zeros(scores.shape, dtype=torch.bool)
    gold[b.group, b.slot + 1] = b.gold
    gold[:, 0] = ~gold.any(1)
    return gold


def reference_loss(net: Reader, scorer: ReferenceScorer, b: ReferenceBatch, h: Tensor | None = None) -> Tensor:
    """Negative log of the probability of all right antecedents of each mention, averaged by weight.

    `h`: states of the batch, where they are at hand.
    """
    if h is None:
        h = net.states(b.batch.ids, b.batch.shapes, b.batch.mask, b.batch.first)
    with torch.autocast("cpu", enabled=False):
        scores = scorer(net, h.float(), b)
        found = scores.log_softmax(1).masked_fill(~gold_of(b, scores), -1e4).logsumexp(1)
    return -(found * b.weights).sum() / b.weights.sum().clamp(min=1e-6)


@dataclass(slots=True)
class CodedItem:
    """An item with its sentences as numbers."""

    item: Item
    sentences: list[Coded]


def coded_items(items: Mapping[str, list[Item]], coder: Coder, longest: int = 250) -> dict[str, list[CodedItem]]:
    """Items as numbers, those with a sentence over `longest` words left out."""
    return {
        kind: [CodedItem(x, [coder.code(s) for s in x.sentences]) for x in found if _fits(x, longest)]
        for kind, found in items.items()
    }


def _fits(x: Item, longest: int) -> bool:
    return len(x.anaphors) > 0 and max(len(s.words) for s in x.sentences) <= longest


def stretch(x: CodedItem, room: int, rng: random.Random | None) -> tuple[int, int]:
    """(first, end) sentences of a part of the item of at most about `room` pieces; all of it without `rng`."""
    lengths = [s.length for s in x.sentences]
    if rng is None or sum(lengths) <= room:
        return 0, len(lengths)
    start = rng.randrange(len(lengths))
    while start and sum(lengths[start:]) < room:
        start -= 1
    end, size = start, 0
    while end < len(lengths) and (end == start or size + lengths[end] <= room):
        size += lengths[end]
        end += 1
    return start, end


def _rows(sentences: list[Coded], target: int) -> list[list[Coded]]:
    """Windows of consecutive sentences of at most `target` pieces each, or one sentence."""
    out: list[list[Coded]] = []
    size = 0
    for s in sentences:
        if not out or size + s.length > target:
            out.append([])
            size = 0
        out[-1].append(s)
        size += s.length
    return out


class _Builder:
    """Gathers the windows and pairs of a batch."""

    def __init__(self) -> None:
        self.windows: list[list[Coded]] = []
        self.parts: dict[str, list[NDArray[np.generic]]] = {
            name: [] for name in ReferenceBatch.__dataclass_fields__ if name != "batch"
        }
        self.count = self.groups = 0

    def add(self, x: CodedItem, span: tuple[int, int], target: int) -> None:
        """Add the sentences of an item from first to end, with the pairs inside."""
        found = _rows(x.sentences[span[0] : span[1]], target)
        lengths = [len(s.pieces) for s in x.sentences]
        start, end = sum(lengths[: span[0]]), sum(lengths[: span[1]])
        widths = [sum(len(s.pieces) for s in w) for w in found]
        row = np.repeat(np.arange(len(found)) + len(self.windows), widths)
        word = np.concatenate([np.arange(1, 1 + n) for n in widths])
        self.windows += found
        m = x.item.mentions
        inside = (m.word >= start) & (m.word < end)
        new = np.cumsum(inside) - 1 + self.count
        i, j = x.item.i, x.item.j
        kept = inside[i] & inside[j]
        lost = np.setdiff1d(i[x.item.gold], i[x.item.gold & kept])
        chosen = inside[x.item.anaphors] & ~np.isin(x.item.anaphors, lost)
        anaphors = x.item.anaphors[chosen]
        kept &= np.isin(i, anaphors)
        group = np.searchsorted(anaphors, i[kept])
        first = np.searchsorted(i[kept], i[kept])
        places = m.word[inside] - start
        for name, value in (
            ("row", row[places]), ("word", word[places]), ("single", m.single[inside]), ("i", new[i[kept]]),
            ("j", new[j[kept]]), ("pair", x.item.pair[kept]), ("gold", x.item.gold[kept]),
            ("group", group + self.groups), ("slot", np.arange(len(first)) - first), ("anaphors", new[anaphors]),
            ("weights", x.item.weights[chosen]),
        ):  # fmt: skip
            self.parts[name].append(value)
        self.count += int(inside.sum())
        self.groups += len(anaphors)

    def room(self) -> int:
        """Padded pieces so far."""
        return len(self.windows) * (2 + max((sum(s.length for s in w) for w in self.windows), default=0))

    def batch(self) -> ReferenceBatch:
        """The batch."""
        joined = {k: torch.from_numpy(np.concatenate(v)) for k, v in self.parts.items()}
        kinds = {"gold": torch.bool, "weights": torch.float32}
        return ReferenceBatch(collate(self.windows), **{k: v.to(kinds.get(k, torch.int64)) for k, v in joined.items()})


def reference_batches(
    items: Mapping[str, list[CodedItem]], room: int, rng: random.Random, shares: Mapping[str, float] | None = None
) -> Iterator[ReferenceBatch]:
    """Batches for ever of about `room` padded pieces, each of items of one kind, chosen by `shares`.

    Kinds are not mixed: GUM's mentions, a hundred to a batch, would drown GAP's, one to a text.
    """
    shares = {k: v for k, v in (shares or SHARES).items() if items.get(k)}
    order: dict[str, list[CodedItem]] = {k: [] for k in shares}
    while True:
        builder = _Builder()
        target = rng.choice((64, 96, 128, 128, 160))
        kind = rng.choices(list(shares), list(shares.values()))[0]
        while (left := room - builder.room()) > min(250, room // 3) or not builder.windows:
            if not order[kind]:
                order[kind] = rng.sample(items[kind], len(items[kind]))
            x = order[kind].pop()
            builder.add(x, stretch(x, max(200, left), rng), target)
        if builder.groups:
            yield builder.batch()


def whole(x: CodedItem, target: int = 128) -> ReferenceBatch:
    """All of one item."""
    builder = _Builder()
    builder.add(x, stretch(x, 0, None), target)
    return builder.batch()


@torch.no_grad()
def _raw(net: Reader, scorer: ReferenceScorer, b: ReferenceBatch) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Scores of pairs and of none."""
    with torch.autocast("cpu", torch.bfloat16):
        h = net.states(b.batch.ids, b.batch.shapes, b.batch.mask, b.batch.first)
    scores, none = scorer.raw(net, h.float(), b)
    return scores.numpy(), none.numpy()


def evaluate_gap(net: Reader, scorer: ReferenceScorer, items: list[CodedItem]) -> dict[str, float]:
    """F1, precision and recall of GAP's labels, the mentions of the two names given.

    A name is said to be meant where its mentions together are more probable than those of the other and than none.
    """
    net.train(False)
    scorer.eval()
    right = said = true = 0
    for x in items:
        scores, none = _raw(net, scorer, whole(x))
        chance = np.exp(np.append(none[x.item.anaphors[0]], scores))
        sums = [float(chance[0]), *(float(chance[1:][x.item.marks == side].sum()) for side in (1, 2))]
        choice = int(np.argmax(sums))
        gold = int(x.item.marks[x.item.gold].max(initial=0))
        right, said, true = right + (choice > 0 and choice == gold), said + (choice > 0), true + (gold > 0)
    net.train()
    scorer.train()
    return {"F1": 200 * right / max(said + true, 1), "P": 100 * right / max(said, 1), "R": 100 * right / max(true, 1)}


def evaluate_gum_pronouns(
    net: Reader, scorer: ReferenceScorer, items: list[CodedItem], threshold: float = 0.0
) -> dict[str, float]:
    """Share of pronouns linked rightly, decoded as at runtime over gold and other mentions.

    A pronoun is right where the antecedent that is chosen is of its entity, or where it has none before it and none is
    chosen. "pronouns": personal, possessive, reflexive and demonstrative ones of the third person, and those of the
    first and second that have an antecedent; "linked": those with an antecedent; "third": he, she, it, they, with or
    without. "P", "R": links of all mentions, names and descriptions included, and "P pronouns", "R pronouns".
    """
    net.train(False)
    scorer.eval()
    hits: dict[str, list[bool]] = {"pronouns": [], "linked": [], "third": []}
    links = np.zeros((2, 3), np.int64)
    for x in items:
        for kind, none, said, good in _decoded(net, scorer, x, threshold):
            links[int(0 < kind < OTHER_PRONOUN)] += good and said, said, not none
            if not 0 < kind < OTHER_PRONOUN:
                continue
            if kind not in (5, 6, 7, 13) or not none:
                hits["pronouns"].append(good)
            if not none:
                hits["linked"].append(good)
            if kind in (1, 2, 3, 4, 9, 10, 11, 12):
                hits["third"].append(good)
    net.train()
    scorer.train()
    both = {"": links.sum(0), " pronouns": links[1]}
    found = {f"P{k}": 100 * int(v[0]) / max(int(v[1]), 1) for k, v in both.items()}
    found |= {f"R{k}": 100 * int(v[0]) / max(int(v[2]), 1) for k, v in both.items()}
    return {k: 100 * sum(v) / max(len(v), 1) for k, v in hits.items()} | found | {"n": len(hits["pronouns"])}


def _decoded(
    net: Reader, scorer: ReferenceScorer, x: CodedItem, threshold: float
) -> Iterator[tuple[int, bool, bool, bool]]:
    """(class of pronoun, no antecedent in gold, one chosen, rightly) of each mention of an item."""
    item = x.item
    scores, none = _raw(net, scorer, whole(x))
    known = {a: b for a, b in same_names(item.mentions).items() if a in set(item.anaphors.tolist())}
    i, j = item.i.astype(np.int64), item.j.astype(np.int64)
    found = choose(item.mentions, i, j, scores, none, known, threshold)
    gold = set(zip(i[item.gold].tolist(), j[item.gold].tolist(), strict=True))
    linked = {a for a, _ in gold}
    for n in item.anaphors.tolist():
        said = n in found
        good = (n, found[n][0]) in gold if said else n not in linked
        yield int(item.mentions.single[n, 0]), n not in linked, said, good
    for n in item.lost.tolist():
        yield int(item.mentions.single[n, 0]), False, False, False
