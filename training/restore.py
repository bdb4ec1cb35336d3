"""A network from the shipped weights, so that training can go on where no checkpoint has been kept.

`python -m training.restore --weights src/dragoman/language/weights/standard --encoder FOLDER --out model.pt`
The int8 matrices are scaled back; what rounding has cost them is learnt again within minutes.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.batches import Labels
from training.network import Network, sizes_of
from training.parser import say

MODULES = {
    **{name: f"roles.{name}" for name in ("predicate", "argument", "is_predicate")},
    **{
        name: f"acts.{name}"
        for name in ("hidden", "act", "mode", "status", "background", "doer", "party", "home", "land")
    },
}
"""Modules that the graph names without their parent, as they are called from outside of it."""


def tensors(path: Path) -> Iterator[tuple[str, Tensor]]:
    """(parameter name, float values) of the weights of an exported graph; those of the relations' graph with theirs."""
    graph = onnx.load(str(path)).graph
    arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    for name, array in arrays.items():
        if name.startswith("net.") and not name.endswith(("_quantized", "_scale", "_zero_point")):
            yield name.removeprefix("net."), torch.from_numpy(array.copy())
    for node in graph.node:
        if node.op_type not in ("MatMulInteger", "Gather"):
            continue
        stored = next((i for i in node.input if i.endswith("_quantized") and i in arrays), None)
        if stored is None:
            continue
        base = stored.removesuffix("_quantized")
        zero = arrays[f"{base}_zero_point"].astype(np.float32)
        values = torch.from_numpy((arrays[stored].astype(np.float32) - zero) * arrays[f"{base}_scale"])
        if base.endswith("_Transposed"):
            yield base.removeprefix("net.").removesuffix("_Transposed"), values.T.contiguous()
        elif base.startswith("net."):
            yield base.removeprefix("net."), values
        else:
            module = node.name.strip("/").removesuffix("/MatMul_quant").replace("/", ".")
            module = module.replace("reality.reality.", "reality.").replace("sector.sector.", "acts.sector.")
            yield f"{MODULES.get(module, module)}.weight", values.T.contiguous()


def heads_of(path: Path) -> Iterator[tuple[str, Tensor]]:
    """Parameters of the scorers that are kept as arrays."""
    with np.load(path) as arrays:
        for name, array in arrays.items():
            value = torch.from_numpy(array.astype(np.float32))
            if name.startswith("reference_"):
                yield f"reference.weights.{name.removeprefix('reference_')}", value
            else:
                yield f"{name}.weight", value


def restore(folder: Path, encoder: Path) -> tuple[Network, Labels]:
    """Network and labels of the weights in FOLDER. Raises ValueError where a weight of the network is not there.

    Weights that were made before there were heads for acts leave those as they start.
    """
    labels = Labels(**json.loads((folder / "labels.json").read_text(encoding="utf-8")))
    found = dict(tensors(folder / "model.int8.onnx")) | dict(tensors(folder / "relations.int8.onnx"))
    found |= dict(heads_of(folder / "heads.npz"))
    layers = 1 + max(int(name.split(".")[2]) for name in found if name.startswith("encoder.layers."))
    counts = {name: len(value) for name, value in asdict(labels).items()}
    net = Network(sizes_of(encoder, counts, layers))
    own = net.state_dict()
    if len(labels.acts) < 2:
        found |= {name: value for name, value in own.items() if name.startswith("acts.")}
    wrong = [k for k in own.keys() | found.keys() if k not in own or k not in found or own[k].shape != found[k].shape]
    if wrong:
        raise ValueError(f"{folder}: these weights do not fit the network: {', '.join(sorted(wrong))}")
    net.load_state_dict(found)
    return net, labels


def main() -> None:
    """Write model.pt."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--weights", type=Path, required=True)
    p.add_argument("--encoder", type=Path, required=True, help="folder with the encoder's config.json")
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    net, labels = restore(a.weights, a.encoder)
    a.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(
        {"net": net.state_dict(), "labels": asdict(labels), "sizes": asdict(net.sizes), "encoder": a.encoder.name},
        a.out,
    )
    say("written", a.out)


if __name__ == "__main__":
    main()
