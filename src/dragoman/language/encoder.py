"""The encoder's one pass, by onnxruntime: windows in, what every head says out."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import ModelError
from dragoman.language.pieces import WordPieces, rows

if TYPE_CHECKING:
    import onnxruntime as ort

BATCH_PIECES = 1024
"""Padded pieces that one run takes: more of them leave the processor's cache."""

PAIRS = 256
"""Pairs whose relations are scored in one run, for the same reason."""

Coded = tuple[list[tuple[list[int], int]], list[bool]]
"""A window: (piece ids, shape) of each word, and whether it is glued to the one before."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of the classes of each head; the last five are of acts; weights that know none lack them."""

    upos: list[str]
    feats: list[str]
    relations: list[str]
    tags: list[str]
    roles: list[str]
    acts: list[str] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the heads say of the words of some windows: class numbers, scores, and vectors for pairs of words.

    Everything has one row a word, window after window; `heads` also one for the root before those of each window's
    words. `arcs` [n, 1 + n], `parties` and `lands` [1 + n, width] stand apart for each window of n words, root first.
    All from `kinds` on are None where the weights know nothing of acts.
    """

    upos: NDArray[np.int64]
    feats: NDArray[np.int64]
    starts: NDArray[np.float32]
    tags: NDArray[np.float32]
    arcs: list[NDArray[np.float32]]
    dependents: NDArray[np.float32]
    heads: NDArray[np.float32]
    predicates: NDArray[np.float32]
    givers: NDArray[np.float32]
    takers: NDArray[np.float32]
    reality: NDArray[np.float32]
    anaphors: NDArray[np.float32]
    antecedents: NDArray[np.float32]
    kinds: NDArray[np.float32] | None = None
    doers: NDArray[np.float32] | None = None
    parties: list[NDArray[np.float32]] | None = None
    homes: NDArray[np.float32] | None = None
    lands: list[NDArray[np.float32]] | None = None
    sectors: NDArray[np.float32] | None = None


_ROOTED = ("heads", "parties", "lands")
"""Outputs that have a row for the root before those of the words."""
_BY_WINDOW = ("arcs", "parties", "lands")
"""Outputs that stay apart by window, as words look only at those of their own."""


def check(folder: Path) -> dict[str, str]:
    """Hashes of the files of weights. Raises ModelError where one is missing or not the published one."""
    try:
        hashes: dict[str, str] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{folder}: the parser's weights are missing or damaged; install Dragoman again") from error
    for name, expected in hashes.items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ModelError(f"{path}: the parser's weights are missing or damaged; install Dragoman again")
    return hashes


class Encoder:
    """Sessions over the shipped graphs."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """`folder` holds the weights; `threads`: of one run. Raises ModelError."""
        check(folder)
        self.labels = Labels(**json.loads((folder / "labels.json").read_text(encoding="utf-8")))
        self.pieces = WordPieces(folder / "tokenizer.json")
        self._model = _session(folder / "model.int8.onnx", threads)
        self._outputs = [output.name for output in self._model.get_outputs()]
        self._relations = _session(folder / "relations.int8.onnx", threads)
        with np.load(folder / "heads.npz") as arrays:
            self.arrays: dict[str, NDArray[np.float32]] = {k: v.astype(np.float32) for k, v in arrays.items()}

    def read(self, windows: Sequence[Coded]) -> Reading:
        """The reading of one or more windows, in order; windows of like length go through together."""
        names = self._outputs
        found: dict[str, dict[int, NDArray[Any]]] = {name: {} for name in names}
        for group in _groups([2 + sum(len(p[0]) for p in words) for words, _ in windows]):
            ids, shapes, mask, first = rows([windows[i] for i in group], self.pieces)
            said = self._model.run(names, {"ids": ids, "shapes": shapes, "mask": mask, "first": first})
            for name, x in zip(names, said, strict=True):
                for k, i in enumerate(group):
                    found[name][i] = x[k, : len(windows[i][0]) + (name in _ROOTED)]
        inner = {name: [x[i] for i in range(len(windows))] for name, x in found.items()}
        flat: dict[str, Any] = {name: x if name in _BY_WINDOW else np.concatenate(x) for name, x in inner.items()}
        return Reading(**flat | {"arcs": [x[:, : 1 + len(x)] for x in inner["arcs"]]})

    def relate(self, dependents: NDArray[np.float32], heads: NDArray[np.float32]) -> NDArray[np.int64]:
        """Relation numbers of n pairs of vectors."""
        parts = [
            self._relations.run(["relation"], {"dep": dependents[i : i + PAIRS], "head": heads[i : i + PAIRS]})[0]
            for i in range(0, len(dependents), PAIRS)
        ]
        found: NDArray[np.int64] = np.concatenate(parts)
        return found


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices in batches of at most BATCH_PIECES padded pieces."""
    group: list[int] = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if group and lengths[i] * (len(group) + 1) > BATCH_PIECES:
            yield group
            group = []
        group.append(i)
    if group:
        yield group


def _session(path: Path, threads: int) -> "ort.InferenceSession":
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
