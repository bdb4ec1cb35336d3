"""Coreference on the encoder's pass: the scorer, its batches, its loss and its figures.

The network gives two linear projections of every word's state, as anaphor and as antecedent (`WIDTH` wide each); the
scorer on top is small. `dragoman.language.reference.Scorer` is its twin in numpy, over the arrays of `arrays_of`.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dragoman.language.mentions import OTHER_PRONOUN
from dragoman.language.reference import HIDDEN, PAIR_STARTS, PREFIX, SHAPES, SINGLE_STARTS, WIDTH
from training.batches import Batch, Coded, Coder, collate
from training.reference_data import Item

SHARES = {"gum": 0.4, "gap": 0.3, "pseudo": 0.25, "ours": 0.05}
"""How many of the batches are of each kind."""


class Reader(Protocol):
    """What the loss needs of the network: states, and the two projections of them."""

    anaphor: nn.Linear
    antecedent: nn.Linear

    def states(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """[rows, 1 + words, hidden]"""
        ...


@dataclass(slots=True)
class ReferenceBatch:
    """Windows of some texts, and the pairs to score.

    Mentions are known by `row` and `word` (from 1: place 0 of a row is its start piece), [mentions]; `single` has their features.
    Pair p: mentions `i[p]`, `j[p]`, features `pair[p]`, whether gold; it is the `slot[p]`-th pair of anaphor `group[p]`.
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


class ReferenceScorer(nn.Module):
    """Scores of pairs and of no antecedent."""

    def __init__(self, dropout: float = 0.3) -> None:
        super().__init__()
        self.weights = nn.ParameterDict({name: nn.Parameter(torch.zeros(shape)) for name, shape in SHAPES.items()})
        for name, parameter in self.weights.items():
            if len(SHAPES[name]) == 2:
                nn.init.normal_(parameter, std=0.3 if "features" in name else WIDTH**-0.5)
            elif "out" in name:
                nn.init.normal_(parameter, std=HIDDEN**-0.5)
        self.drop = nn.Dropout(dropout)
        self.register_buffer("single_starts", torch.from_numpy(SINGLE_STARTS), persistent=False)
        self.register_buffer("pair_starts", torch.from_numpy(PAIR_STARTS), persistent=False)

    def none(self, anaphor: Tensor, single: Tensor) -> Tensor:
        """Scores [n] of "no antecedent" of mentions with vectors [n, WIDTH] and features."""
        p = self.weights
        hidden = anaphor @ p["none_anaphor"] + p["none_features"][single + self.single_starts].sum(1) + p["none_hidden"]
        return torch.relu(hidden) @ p["none_out"] + p["none_bias"]

    def pairs(self, anaphor: Tensor, antecedent: Tensor, single: Tensor, pair: Tensor, i: Tensor, j: Tensor) -> Tensor:
        """Scores [pairs] that mention j is what mention i refers to."""
        p = self.weights
        mixed = anaphor @ p["bilinear"] / WIDTH**0.5
        one = anaphor @ p["anaphor"] + p["anaphor_features"][single + self.single_starts].sum(1) + p["hidden"]
        other = antecedent @ p["antecedent"] + p["antecedent_features"][single + self.single_starts].sum(1)
        hidden = one[i] + other[j] + p["pair_features"][pair + self.pair_starts].sum(1)
        return (mixed[i] * antecedent[j]).sum(1) + torch.relu(hidden) @ p["out"]

    def forward(self, net: Reader, h: Tensor, b: ReferenceBatch) -> Tensor:
        """Scores [anaphors, 1 + most pairs] of none and of each pair, a large negative number where there is none."""
        words = h[b.row, b.word]
        anaphor = self.drop(net.anaphor(words).float())
        antecedent = self.drop(net.antecedent(words).float())
        scores = self.pairs(anaphor, antecedent, b.single, b.pair, b.i, b.j)
        out = scores.new_full((len(b.anaphors), 1 + (int(b.slot.max()) + 1 if len(b.slot) else 0)), -1e4)
        out[:, 0] = self.none(anaphor[b.anaphors], b.single[b.anaphors])
        return out.index_put((b.group, b.slot + 1), scores)


def arrays_of(scorer: ReferenceScorer) -> dict[str, NDArray[np.float32]]:
    """The scorer as the runtime reads it."""
    return {PREFIX + name: p.detach().float().numpy().copy() for name, p in scorer.weights.items()}


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
            name: [] for name in ("row", "word", "single", "i", "j", "pair", "gold", "group", "slot", "anaphors", "weights")
        }
        self.count = self.groups = 0

    def add(self, x: CodedItem, span: tuple[int, int], target: int) -> None:
        """Add the sentences of an item from first to end, with the pairs inside."""
        found = _rows(x.sentences[span[0] : span[1]], target)
        lengths = [len(s.pieces) for s in x.sentences]
        start, end = sum(lengths[: span[0]]), sum(lengths[: span[1]])
        row = np.concatenate([np.full(sum(len(s.pieces) for s in w), n + len(self.windows)) for n, w in enumerate(found)])
        word = np.concatenate([np.arange(1, 1 + sum(len(s.pieces) for s in w)) for w in found])
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
def _choices(net: Reader, scorer: ReferenceScorer, b: ReferenceBatch) -> Tensor:
    """Probabilities [anaphors, 1 + most pairs]."""
    with torch.autocast("cpu", torch.bfloat16):
        h = net.states(b.batch.ids, b.batch.shapes, b.batch.mask, b.batch.first)
    scores: Tensor = scorer(net, h.float(), b)
    return scores.softmax(1)


def evaluate_gap(net: nn.Module, scorer: ReferenceScorer, items: list[CodedItem]) -> dict[str, float]:
    """F1, precision and recall of GAP's labels, the mentions of the two names given.

    A name is said to be meant where its mentions together are more probable than those of the other and than none.
    """
    net.eval()
    scorer.eval()
    right = said = true = 0
    for x in items:
        b = whole(x)
        chance = _choices(net, scorer, b)[0]  # type: ignore[arg-type]
        marks = torch.from_numpy(x.item.marks.astype(np.int64))
        sums = [float(chance[0]), float(chance[1:][marks == 1].sum()), float(chance[1:][marks == 2].sum())]
        choice = int(np.argmax(sums))
        gold = next((int(k) for k, g in zip(marks.tolist(), x.item.gold.tolist(), strict=True) if g), 0)
        right, said, true = right + (choice > 0 and choice == gold), said + (choice > 0), true + (gold > 0)
    net.train()
    scorer.train()
    return {"F1": 200 * right / max(said + true, 1), "P": 100 * right / max(said, 1), "R": 100 * right / max(true, 1)}


def evaluate_gum_pronouns(net: nn.Module, scorer: ReferenceScorer, items: list[CodedItem]) -> dict[str, float]:
    """Share of pronouns (third person, possessive, reflexive, demonstrative; first and second) linked rightly.

    Gold mentions are given beside the words that `is_mention` takes. A pronoun is right where its most probable antecedent is of
    its entity, or where it has none within reach and none is chosen. "pronouns": those that have an antecedent, and
    those of the third person without one; "linked": those with one only; "others": descriptions and names likewise;
    "third": he, she, it, they.
    """
    net.eval()
    scorer.eval()
    hits: dict[str, list[bool]] = {"pronouns": [], "linked": [], "third": [], "others": [], "others linked": []}
    for x in items:
        b = whole(x)
        chance = _choices(net, scorer, b)  # type: ignore[arg-type]
        gold = gold_of(b, chance)
        ok = gold.gather(1, chance.argmax(1, keepdim=True))[:, 0].tolist()
        kinds = b.single[b.anaphors, 0].tolist()
        for good, kind, none in zip(ok, kinds, gold[:, 0].tolist(), strict=True):
            if kind >= OTHER_PRONOUN or kind == 0:
                hits["others"].append(good)
                if not none:
                    hits["others linked"].append(good)
                continue
            third = kind in (1, 2, 3, 4, 9, 10, 11, 12)
            if third or not none:
                hits["pronouns"].append(good)
            if not none:
                hits["linked"].append(good)
            if third:
                hits["third"].append(good)
    net.train()
    scorer.train()
    return {k: 100 * sum(v) / max(len(v), 1) for k, v in hits.items()} | {"n": float(len(hits["pronouns"]))}
