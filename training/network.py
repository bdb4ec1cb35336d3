"""The network: a plain BERT-style encoder and the heads that read its one pass.

Arcs and relations are scored biaffinely (Dozat and Manning 2017). The encoder takes the weights of a published sentence
encoder: the 6-layer MiniLM that is shipped, or the 12-layer MPNet that teaches it.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.reference_scorer import ReferenceScorer

SHAPES = 24
"""Word shape (12 classes, from 1) with and without a blank before the word; 0 for other pieces."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths of the encoder and the number of labels of each head."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    eps: float
    relative: int
    upos: int
    feats: int
    relations: int
    tags: int
    roles: int = 1
    acts: int = 1
    modes: int = 1
    statuses: int = 1
    parties: int = 1
    sectors: int = 1
    arc: int = 384
    label: int = 128
    role: int = 128
    reference: int = 96
    event: int = 256
    home: int = 64


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """Tensors of a safetensors file as float32."""
    kinds = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64}
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    out = {}
    for name, item in header.items():
        if name == "__metadata__":
            continue
        start, end = item["data_offsets"]
        raw = torch.frombuffer(bytearray(data[8 + size + start : 8 + size + end]), dtype=kinds[item["dtype"]])
        out[name] = raw.reshape(item["shape"])
    return out


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, s: Sizes, dropout: float) -> None:
        super().__init__()
        self.count = s.heads
        self.query, self.key, self.value = (nn.Linear(s.hidden, s.hidden) for _ in range(3))
        self.out = nn.Linear(s.hidden, s.hidden)
        self.norm1, self.norm2 = nn.LayerNorm(s.hidden, s.eps), nn.LayerNorm(s.hidden, s.eps)
        self.up, self.down = nn.Linear(s.hidden, s.inner), nn.Linear(s.inner, s.hidden)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`bias` is added to the attention scores: 0 or a large negative number, by key."""
        b, n, d = x.shape
        q, k, v = (
            f(x).view(b, n, self.count, d // self.count).transpose(1, 2) for f in (self.query, self.key, self.value)
        )
        # written out: torch's fused kernel takes four times as long on CPU in bfloat16
        mixed = (q @ k.transpose(-1, -2) / (d // self.count) ** 0.5 + bias).softmax(-1).to(v.dtype) @ v
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(b, n, d))))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces to states."""

    def __init__(self, s: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = s
        self.words = nn.Embedding(s.vocabulary, s.hidden)
        self.places = nn.Embedding(s.positions, s.hidden)
        self.shapes = nn.Embedding(SHAPES + 1, s.hidden)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(s.hidden, s.eps)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(s, dropout) for _ in range(s.layers))
        self.distance = nn.Embedding(max(s.relative, 1), s.heads) if s.relative else None

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """States [batch, pieces, hidden]; `mask` is 1 for pieces and 0 for padding."""
        shift = 2 if self.sizes.relative else 0
        places = torch.arange(ids.shape[1], device=ids.device) + shift
        x = self.drop(self.norm(self.words(ids) + self.places(places) + self.shapes(shapes)))
        bias = (1.0 - mask[:, None, None, :].float()) * -10000.0
        if self.distance is not None:
            bias = bias + self._relative(ids.shape[1])
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def _relative(self, n: int) -> Tensor:
        """MPNet's bias by bucketed distance."""
        assert self.distance is not None
        away = torch.arange(n)[:, None] - torch.arange(n)[None, :]
        half = self.sizes.relative // 2
        bucket = (away < 0).long() * half
        away = away.abs()
        exact = half // 2
        large = (
            exact
            + (
                torch.log(away.float().clamp(min=1) / exact) / torch.log(torch.tensor(128 / exact)) * (half - exact)
            ).long()
        )
        bucket = bucket + torch.where(away < exact, away, large.clamp(max=half - 1))
        return self.distance(bucket).permute(2, 0, 1)[None]


class SharedDropout(nn.Module):
    """Dropout whose mask is the same for all words of a row."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        """[batch, words, width]"""
        if not self.training or not self.p:
            return x
        keep = torch.full((x.shape[0], 1, x.shape[2]), 1 - self.p, device=x.device).bernoulli_()
        return x * (keep / (1 - self.p))


class Starts(nn.Module):
    """Whether a sentence starts at a word, from the word and the one before."""

    def __init__(self, hidden: int, width: int = 128) -> None:
        super().__init__()
        self.here, self.before = nn.Linear(hidden, width), nn.Linear(hidden, width, bias=False)
        self.score = nn.Linear(width, 1)

    def forward(self, h: Tensor) -> Tensor:
        """Scores [batch, words] from states [batch, 1 + words, hidden]; before the first word stands the root."""
        scores: Tensor = self.score(functional.gelu(self.here(h[:, 1:]) + self.before(h[:, :-1])))
        return scores[..., 0]


class Roles(nn.Module):
    """PropBank: which words are predicates, and the role of each word for each of them."""

    def __init__(self, s: Sizes) -> None:
        super().__init__()
        self.size, self.count = s.role, s.roles
        self.predicate, self.argument = nn.Linear(s.hidden, s.role), nn.Linear(s.hidden, s.role)
        self.is_predicate = nn.Linear(s.hidden, 1)
        self.weight = nn.Parameter(torch.zeros(s.role + 1, s.roles * (s.role + 1)))
        self.drop = SharedDropout(0.2)
        nn.init.normal_(self.weight, std=0.02)

    def vectors(self, h: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of words as predicates and as arguments [batch, words, role]; `h` without the root."""
        predicate = functional.leaky_relu(self.predicate(h), 0.1)
        return self.drop(predicate), self.drop(functional.leaky_relu(self.argument(h), 0.1))

    def scores(self, predicates: Tensor, arguments: Tensor) -> Tensor:
        """[n, words, roles] for n predicates [n, role] and the words [n, words, role] of each one's row."""
        ones = torch.ones_like(predicates[:, :1])
        mixed = (torch.cat([predicates, ones], 1) @ self.weight).view(-1, self.count, self.size + 1)
        return arguments @ mixed[..., :-1].transpose(1, 2) + mixed[:, None, :, -1]


class Acts(nn.Module):
    """Which words name an act of foreign affairs, of what kind and status, and what each word is to it."""

    def __init__(self, s: Sizes) -> None:
        super().__init__()
        self.count, self.size = s.parties, s.role
        self.hidden = nn.Linear(s.hidden, s.event)
        self.act, self.mode = nn.Linear(s.event, s.acts), nn.Linear(s.event, s.modes)
        self.status, self.background = nn.Linear(s.event, s.statuses), nn.Linear(s.event, 1)
        self.doer, self.party = nn.Linear(s.hidden, s.role), nn.Linear(s.hidden, s.role)
        self.home, self.land = nn.Linear(s.hidden, s.home), nn.Linear(s.hidden, s.home)
        self.sector = nn.Sequential(nn.Linear(s.hidden, s.role), nn.GELU(), nn.Linear(s.role, s.sectors))
        self.weight = nn.Parameter(torch.zeros(s.role + 1, s.parties * (s.role + 1)))
        self.light, self.drop = nn.Dropout(0.2), SharedDropout(0.2)
        nn.init.normal_(self.weight, std=0.02)

    def kinds(self, h: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Scores of acts, modes, statuses [.., classes] and background [..] of words with states [.., hidden]."""
        x = self.light(functional.gelu(self.hidden(h)))
        return self.act(x), self.mode(x), self.status(x), self.background(x)[..., 0]

    def vectors(self, h: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors [batch, 1 + words, role] as acts and as parties; before the words stands what is only implied."""
        act = self.drop(functional.leaky_relu(self.doer(h), 0.1))
        return act, self.drop(functional.leaky_relu(self.party(h), 0.1))

    def homes(self, h: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Vectors of words as parties and as tellers of a country [batch, 1 + words, home], and scores of sectors.

        Before the words stands no country. Their product says which word tells the country of a party.
        """
        return self.home(h), self.land(h) / self.home.out_features**0.5, self.sector(h)

    def scores(self, acts: Tensor, parties: Tensor) -> Tensor:
        """[n, 1 + words, kinds of party] for n acts [n, role] and the words [n, 1 + words, role] of their rows."""
        ones = torch.ones_like(acts[:, :1])
        mixed = (torch.cat([acts, ones], 1) @ self.weight).view(-1, self.count, self.size + 1)
        return parties @ mixed[..., :-1].transpose(1, 2) + mixed[:, None, :, -1]


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, s: Sizes) -> None:
        super().__init__()
        self.sizes = s
        self.encoder = Encoder(s)
        self.drop = SharedDropout(0.33)
        self.arc_head, self.arc_dep = nn.Linear(s.hidden, s.arc), nn.Linear(s.hidden, s.arc)
        self.label_head, self.label_dep = nn.Linear(s.hidden, s.label), nn.Linear(s.hidden, s.label)
        self.arc = nn.Parameter(torch.zeros(s.arc + 1, s.arc))
        self.relation = nn.Parameter(torch.zeros(s.label, s.relations * s.label))
        self.relation_head, self.relation_dep = (
            nn.Linear(s.label, s.relations),
            nn.Linear(s.label, s.relations, bias=False),
        )
        self.upos, self.feats = nn.Linear(s.hidden, s.upos), nn.Linear(s.hidden, s.feats)
        self.tags = nn.Linear(s.hidden, s.tags)
        self.starts = Starts(s.hidden)
        self.roles, self.acts = Roles(s), Acts(s)
        self.reality = nn.Sequential(nn.Linear(s.hidden, 128), nn.GELU(), nn.Linear(128, 4))
        self.anaphor, self.antecedent = nn.Linear(s.hidden, s.reference), nn.Linear(s.hidden, s.reference)
        self.reference = ReferenceScorer()
        self.light = nn.Dropout(0.1)
        nn.init.orthogonal_(self.arc)
        nn.init.normal_(self.relation, std=0.02)

    def states(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """[batch, 1 + words, hidden]: the state of `[CLS]`, standing for the root, then of each word's first piece."""
        x = self.encoder(ids, shapes, mask)
        return x.gather(1, first[:, :, None].expand(-1, -1, x.shape[2]))

    def arcs(self, h: Tensor) -> Tensor:
        """Scores [batch, words, 1 + words] of each word's head."""
        dep = self.drop(functional.leaky_relu(self.arc_dep(h[:, 1:]), 0.1))
        head = self.drop(functional.leaky_relu(self.arc_head(h), 0.1))
        ones = torch.ones_like(dep[..., :1])
        return torch.cat([dep, ones], -1) @ self.arc @ head.transpose(1, 2)

    def labels(self, h: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of words as dependents [batch, words, label] and as heads [batch, 1 + words, label]."""
        dep = functional.leaky_relu(self.label_dep(h[:, 1:]), 0.1)
        return self.drop(dep), self.drop(functional.leaky_relu(self.label_head(h), 0.1))

    def relate(self, dep: Tensor, head: Tensor) -> Tensor:
        """Scores [n, relations] for n pairs of dependent and head vectors [n, label]."""
        mixed = (dep @ self.relation).view(-1, self.sizes.relations, self.sizes.label)
        return (mixed * head[:, None, :]).sum(-1) + self.relation_head(head) + self.relation_dep(dep)


def sizes_of(folder: Path, counts: Mapping[str, int], layers: int | None = None) -> Sizes:
    """Sizes for the encoder in a folder with `config.json`, or its first `layers`, and classes of each head."""
    c = json.loads((folder / "config.json").read_text())
    names = ("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "vocab_size")
    width = [c[name] for name in (*names, "max_position_embeddings", "layer_norm_eps")]
    relative = c.get("relative_attention_num_buckets", 0) if c["model_type"] == "mpnet" else 0
    found = Sizes(*width, relative, **counts)
    return replace(found, layers=layers) if layers else found


NAMES = {
    "query": ("attention.self.query", "attention.attn.q"), "key": ("attention.self.key", "attention.attn.k"),
    "value": ("attention.self.value", "attention.attn.v"), "out": ("attention.output.dense", "attention.attn.o"),
    "norm1": ("attention.output.LayerNorm", "attention.LayerNorm"), "up": ("intermediate.dense",) * 2,
    "down": ("output.dense",) * 2, "norm2": ("output.LayerNorm",) * 2,
}  # fmt: skip


def load_encoder(encoder: Encoder, folder: Path) -> None:
    """Copy the published weights into `encoder`."""
    path = folder / "model.safetensors"
    found = (
        read_safetensors(path)
        if path.exists()
        else torch.load(folder / "pytorch_model.bin", map_location="cpu", weights_only=True)
    )
    style = 1 if encoder.sizes.relative else 0
    found = {k.removeprefix("mpnet.").removeprefix("bert."): v for k, v in found.items()}
    state = {
        "words.weight": found["embeddings.word_embeddings.weight"],
        "places.weight": found["embeddings.position_embeddings.weight"],
    }
    if not style:
        state["places.weight"] = state["places.weight"] + found["embeddings.token_type_embeddings.weight"][0]
    else:
        state["distance.weight"] = found["encoder.relative_attention_bias.weight"]
    for end in ("weight", "bias"):
        state[f"norm.{end}"] = found[f"embeddings.LayerNorm.{end}"]
        for i in range(encoder.sizes.layers):
            for ours, theirs in NAMES.items():
                state[f"layers.{i}.{ours}.{end}"] = found[f"encoder.layer.{i}.{theirs[style]}.{end}"]
    missing = encoder.load_state_dict({k: v.float() for k, v in state.items()}, strict=False)
    if missing.missing_keys != ["shapes.weight"] or missing.unexpected_keys:
        raise ValueError(f"encoder weights in {folder} do not fit: {missing}")


def warm_start(net: Network, state: Mapping[str, Tensor], layers: Sequence[int] | None = None) -> list[str]:
    """Copy what fits of a trained network's state, of its encoder only `layers` where given, in that order.

    A head that has more classes now keeps the old ones at their places. Returns the names of what starts afresh.
    """
    source = dict(state)
    if layers:
        source = {k: v for k, v in source.items() if not k.startswith("encoder.layers.")}
        for new, old in enumerate(layers):
            before, after = f"encoder.layers.{old}.", f"encoder.layers.{new}."
            source |= {after + k.removeprefix(before): v for k, v in state.items() if k.startswith(before)}
    fresh = []
    with torch.no_grad():
        for name, weight in net.state_dict().items():
            old = source.get(name)
            if old is None or old.shape[1:] != weight.shape[1:] or len(old) > len(weight):
                fresh.append(name)
            else:
                weight[: len(old)] = old
    return fresh
