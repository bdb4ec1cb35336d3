"""Train the type of an event between two marked mentions on our event corpus.

`python -m training.event_types --model model.pt --encoder FOLDER --corpus corpus/events --out FOLDER --minutes 8`
starts from the encoder of a trained parser. The mentions stand between markers, and in half of the rows the words that
name the event too, so that the network can be asked about a pair alone (`relate`) and about an event that the coder has
found. Names of parties are swapped for those of other rows now and then: the type must not hang on who it is.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.language.pieces import WordPieces
from training.event_rows import Row, macro_f1, marked, rows_of, swapped
from training.events_corpus import load
from training.network import Encoder, Network, Sizes, warm_start

SOURCE, TARGET, TRIGGER = ("[unused0]", "[unused1]"), ("[unused2]", "[unused3]"), ("[unused4]", "[unused5]")
LONGEST = 160
"""Pieces of a row; what stands furthest from the marked words is left out beyond it."""


class Marker:
    """Rows to pieces: words as runs of letters, digits and marks, with pieces for the marks of spans."""

    def __init__(self, encoder: Path) -> None:
        self.pieces = WordPieces(encoder / "tokenizer.json")
        ids = json.loads((encoder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
        self.marks = [tuple(ids[name] for name in pair) for pair in (SOURCE, TARGET, TRIGGER)]

    def __call__(self, row: Row, with_trigger: bool) -> tuple[list[int], list[int], list[int]]:
        """Piece ids, shapes (0 for marks), and the place of the first mark of source, target and trigger (0: none)."""
        opens: dict[int, list[int]] = {}
        closes: dict[int, list[int]] = {}
        spans = [(0, row.source), (1, row.target)]
        spans += [(2, span) for span in row.trigger[:1]] if with_trigger else []
        for kind, span in spans:
            if span is not None:
                opens.setdefault(span[0], []).append(kind)
                closes.setdefault(span[1], []).append(kind)
        ids, shapes, places = [self.pieces.first], [0], [0, 0, 0]
        cuts = sorted({0, len(row.text), *opens, *closes})
        for start, end in zip(cuts, [*cuts[1:], len(row.text)], strict=True):
            for kind in closes.get(start, ()):
                ids.append(self.marks[kind][1])
                shapes.append(0)
            for kind in opens.get(start, ()):
                places[kind] = len(ids)
                ids.append(self.marks[kind][0])
                shapes.append(0)
            for word_ids, word_shape in self.pieces(row.text[start:end].split()):
                ids += word_ids
                shapes += [1 + word_shape] * len(word_ids)
        return (
            [*ids[: LONGEST - 1], self.pieces.last],
            [*shapes[: LONGEST - 1], 0],
            [p if p < LONGEST else 0 for p in places],
        )


class Typer(nn.Module):
    """The encoder and a layer over the marks, the start piece and the mean."""

    def __init__(self, sizes: Sizes, types: int) -> None:
        super().__init__()
        self.encoder = Encoder(sizes, 0.1)
        self.hidden = nn.Linear(5 * sizes.hidden, sizes.hidden)
        self.out = nn.Linear(sizes.hidden, types)
        self.drop = nn.Dropout(0.2)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, places: Tensor) -> Tensor:
        """Scores [rows, types]."""
        x = self.encoder(ids, shapes, mask)
        marks = x.gather(1, places[:, :, None].expand(-1, -1, x.shape[2]))
        mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        pooled = torch.cat([marks.flatten(1), x[:, 0], mean], 1)
        scores: Tensor = self.out(self.drop(functional.gelu(self.hidden(self.drop(pooled)))))
        return scores


def tensors(coded: Sequence[tuple[list[int], list[int], list[int]]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """ids, shapes, mask, places of some rows."""
    width = max(len(ids) for ids, _, _ in coded)
    out = [np.zeros((len(coded), width), np.int64) for _ in range(3)]
    for k, (ids, shapes, _) in enumerate(coded):
        out[0][k, : len(ids)], out[1][k, : len(ids)], out[2][k, : len(ids)] = ids, shapes, 1
    ids, shapes, mask = (torch.from_numpy(a) for a in out)
    return ids, shapes, mask, torch.tensor([places for _, _, places in coded])


@torch.no_grad()
def answers(net: Typer, marker: Marker, rows: Sequence[Row], with_trigger: bool) -> Tensor:
    """Probabilities [rows, types]."""
    net.eval()
    out: list[Tensor] = []
    for i in range(0, len(rows), 64):
        with torch.autocast("cpu", torch.bfloat16):
            scores = net(*tensors([marker(row, with_trigger) for row in rows[i : i + 64]]))
        out.append(scores.float().softmax(-1))
    net.train()
    return torch.cat(out)


def options() -> argparse.Namespace:
    """The command line."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", type=Path, required=True, help="a trained parser's model.pt")
    p.add_argument("--encoder", type=Path, required=True)
    p.add_argument("--corpus", type=Path, default=Path("corpus/events"))
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--minutes", type=float, default=8)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--rate", type=float, default=1e-4)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--measure", type=Path, nargs="*", default=[], help="JSON Lines of marked pairs to report on")
    return p.parse_args()


def main() -> None:
    """Train and write `types.pt`."""
    a = options()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    rng = random.Random(a.seed)
    items = load(sorted(a.corpus.glob("*_*.txt")))
    parts = {part: rows_of(i for i in items if i.part == part) for part in ("train", "dev")}
    types = sorted({row.type for row in parts["train"] if row.type})
    saved = torch.load(a.model, map_location="cpu", weights_only=True)
    sizes = Sizes(**saved["sizes"])
    parser = Network(sizes)
    warm_start(parser, saved["net"])
    net, marker = Typer(sizes, len(types)), Marker(a.encoder)
    net.encoder.load_state_dict(parser.encoder.state_dict())
    print({k: len(v) for k, v in parts.items()}, Counter(r.type for r in parts["train"]).most_common(), flush=True)
    sets = {"dev": parts["dev"], **{path.stem: marked(path) for path in a.measure}}
    fit(net, marker, parts["train"], types, sets, rng, a)
    a.out.mkdir(parents=True, exist_ok=True)
    torch.save({"net": net.state_dict(), "types": types, "sizes": saved["sizes"]}, a.out / "types.pt")


def fit(
    net: Typer, marker: Marker, rows: list[Row], types: list[str], sets: dict[str, list[Row]], rng: random.Random,
    a: argparse.Namespace,
) -> None:  # fmt: skip
    """Train until the time is up; the rate rises over a tenth of it and falls to 0."""
    counts = Counter(row.type for row in rows)
    weight = torch.tensor([(len(rows) / len(types) / counts[t]) ** 0.5 for t in types])
    encoder = [p for n, p in net.named_parameters() if n.startswith("encoder.")]
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    opt = torch.optim.AdamW([{"params": encoder, "lr": a.rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01)
    peaks = [g["lr"] for g in opt.param_groups]
    began = told = time.time()
    losses: list[float] = []
    step = 0
    while (part := (time.time() - began) / (60 * a.minutes)) < 1:
        batch = [swapped(r, rows, rng) if rng.random() < 0.3 else r for r in rng.sample(rows, 32)]
        with torch.autocast("cpu", torch.bfloat16):
            scores = net(*tensors([marker(row, rng.random() < 0.5) for row in batch]))
        gold = torch.tensor([types.index(row.type or "") for row in batch])
        loss = functional.cross_entropy(scores.float(), gold, weight=weight, label_smoothing=0.05)
        for group, peak in zip(opt.param_groups, peaks, strict=True):
            group["lr"] = peak * (min(1.0, part / 0.1) if part < 0.1 else (1 - part) / 0.9)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step()
        losses.append(float(loss.detach()))
        step += 1
        if time.time() - told > 60:
            report(net, marker, types, sets, f"{part * a.minutes:.1f} min, step {step}, loss {np.mean(losses):.3f}")
            told, losses = time.time(), []
    report(net, marker, types, sets, "end")


def report(net: Typer, marker: Marker, types: list[str], sets: dict[str, list[Row]], head: str) -> None:
    """Macro-F1 on each set, with and without the trigger marked where it is known."""
    figures = []
    for name, rows in sets.items():
        for with_trigger in (False, True) if name == "dev" else (False,):
            said = [types[k] for k in answers(net, marker, rows, with_trigger).argmax(1).tolist()]
            figures.append(
                f"{name}{'+trigger' if with_trigger else ''} {macro_f1(said, [r.type or '' for r in rows]):.1f}"
            )
    print(head, *figures, flush=True)


if __name__ == "__main__":
    sys.exit(main())
