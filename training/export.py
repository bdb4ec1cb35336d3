"""Write trained weights as the runtime reads them.

`python -m training.export --model model.pt --encoder FOLDER --data FOLDER --out FOLDER`
Two ONNX graphs with int8 matrices and embeddings: the encoder with its heads, and the scorer of relations for pairs.
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.lemmas import write_lemmas
from training.network import Network, Sizes, warm_start
from training.reference_scorer import arrays_of

OUTPUTS = (
    "upos", "feats", "starts", "tags", "arcs", "dependents", "heads",
    "predicates", "givers", "takers", "reality", "anaphors", "antecedents", "kinds", "doers", "parties",
    "homes", "lands", "sectors",
)  # fmt: skip


class Heads(nn.Module):
    """The encoder's pass with all heads, as it is exported."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Best UPOS and FEATS, scores of starts, tags and arcs, vectors for relations, roles and reference, reality.

        Then scores of acts, modes, statuses and background side by side, and vectors for their parties.
        """
        net = self.net
        h = net.states(ids, shapes, mask, first)
        words = h[:, 1:]
        return (
            net.upos(words).argmax(-1),
            net.feats(words).argmax(-1),
            net.starts(h),
            net.tags(words),
            net.arcs(h),
            *net.labels(h),
            net.roles.is_predicate(words)[..., 0],
            *net.roles.vectors(words),
            net.reality(words),
            net.anaphor(words),
            net.antecedent(words),
            *self.acts(h),
        )

    def acts(self, h: Tensor) -> tuple[Tensor, ...]:
        """Scores of all kinds in one tensor, vectors of acts, vectors of parties behind what is only implied.

        Then vectors of words as parties and, behind no country, as tellers of one, and scores of what a party is.
        """
        act, mode, status, background = self.net.acts.kinds(h[:, 1:])
        doers, parties = self.net.acts.vectors(h)
        home, land, sector = self.net.acts.homes(h)
        kinds = torch.cat([act, mode, status, background[..., None]], -1)
        return kinds, doers[:, 1:], parties, home[:, 1:], land, sector[:, 1:]


class Relations(nn.Module):
    """The relation of pairs of dependent and head vectors."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, dep: Tensor, head: Tensor) -> Tensor:
        """Best relation [n]."""
        return self.net.relate(dep, head).argmax(-1)


def write_onnx(module: nn.Module, inputs: dict[str, Tensor], outputs: dict[str, dict[int, str]], path: Path) -> None:
    """Export one graph; every input's first two axes may vary."""
    axes = {name: {i: f"{name}{i}" for i in range(2 if x.dtype == torch.int64 else 1)} for name, x in inputs.items()}
    torch.onnx.export(
        module.eval(), tuple(inputs.values()), str(path), input_names=list(inputs), output_names=list(outputs),
        dynamic_axes={**axes, **outputs}, opset_version=17, dynamo=False, do_constant_folding=True,
    )  # fmt: skip


def quantise(source: Path, target: Path) -> None:
    """int8 by channel for matrices, then for embeddings."""
    ready, half = source.with_suffix(".ready.onnx"), source.with_suffix(".half.onnx")
    quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(
        str(ready), str(half), op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QInt8
    )
    quantize_dynamic(str(half), str(target), op_types_to_quantize=["Gather"], weight_type=QuantType.QInt8)
    ready.unlink()
    half.unlink()


def load(path: Path) -> tuple[Network, dict[str, list[str]]]:
    """A trained network and its labels."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    net = Network(Sizes(**saved["sizes"]))
    warm_start(net, saved["net"])
    return net.eval(), saved["labels"]


def main() -> None:
    """Write the folder of weights."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--encoder", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True, help="for the table of lemmas")
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    net, labels = load(a.model)
    word = torch.randint(1000, 2000, (2, 9))
    inputs = {
        "ids": word,
        "shapes": torch.ones_like(word),
        "mask": torch.ones_like(word),
        "first": torch.tensor([[0, 1, 3, 4], [0, 2, 4, 5]]),
    }
    write_onnx(
        Heads(net),
        inputs,
        {k: {0: "rows", 1: f"{k}1", **({2: "heads2"} if k == "arcs" else {})} for k in OUTPUTS},
        a.out / "model.onnx",
    )
    pair = torch.randn(5, net.sizes.label)
    write_onnx(Relations(net), {"dep": pair, "head": pair}, {"relation": {0: "pairs"}}, a.out / "relations.onnx")
    for name in ("model", "relations"):
        quantise(a.out / f"{name}.onnx", a.out / f"{name}.int8.onnx")
        (a.out / f"{name}.onnx").unlink()
    roles = {"roles": net.roles.weight.detach().numpy().astype(np.float16)}
    roles["acts"] = net.acts.weight.detach().numpy().astype(np.float16)
    np.savez(a.out / "heads.npz", **roles, **arrays_of(net.reference))
    shutil.copyfile(a.encoder / "tokenizer.json", a.out / "tokenizer.json")
    (a.out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), encoding="utf-8")
    write_lemmas(a.data, a.out / "lemmas.tsv")
    names = ("model.int8.onnx", "relations.int8.onnx", "heads.npz", "tokenizer.json", "labels.json", "lemmas.tsv")
    hashes = {name: hashlib.sha256((a.out / name).read_bytes()).hexdigest() for name in names}
    (a.out / "meta.json").write_text(
        json.dumps({"format": 2, "licence": "CC-BY-SA-4.0", "sha256": hashes}, indent=1) + "\n", encoding="utf-8"
    )
    for name in names:
        print(name, round((a.out / name).stat().st_size / 1e6, 2), "MB")


if __name__ == "__main__":
    main()
