"""The scorer of coreference, trained; `dragoman.language.reference.Scorer` is its twin in numpy."""

from typing import TYPE_CHECKING, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dragoman.language.reference import HIDDEN, PAIR_STARTS, PREFIX, SHAPES, SINGLE_STARTS, WIDTH

if TYPE_CHECKING:
    from training.reference import ReferenceBatch


class Reader(Protocol):
    """What the loss needs of the network: states, and the two projections of them."""

    anaphor: nn.Linear
    antecedent: nn.Linear

    def states(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """[rows, 1 + words, hidden]"""
        ...

    def train(self, mode: bool = True) -> object:
        """Whether to drop."""
        ...


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

    def raw(self, net: Reader, h: Tensor, b: "ReferenceBatch") -> tuple[Tensor, Tensor]:
        """Scores of the batch's pairs, and of none for all its mentions."""
        words = h[b.row, b.word]
        anaphor = self.drop(net.anaphor(words).float())
        antecedent = self.drop(net.antecedent(words).float())
        return self.pairs(anaphor, antecedent, b.single, b.pair, b.i, b.j), self.none(anaphor, b.single)

    def forward(self, net: Reader, h: Tensor, b: "ReferenceBatch") -> Tensor:
        """Scores [anaphors, 1 + most pairs] of none and of each pair, a large negative number where there is none."""
        scores, none = self.raw(net, h, b)
        out = scores.new_full((len(b.anaphors), 1 + (int(b.slot.max()) + 1 if len(b.slot) else 0)), -1e4)
        out[:, 0] = none[b.anaphors]
        return out.index_put((b.group, b.slot + 1), scores)


def arrays_of(scorer: ReferenceScorer) -> dict[str, NDArray[np.float32]]:
    """The scorer as the runtime reads it."""
    return {PREFIX + name: p.detach().float().numpy().copy() for name, p in scorer.weights.items()}
