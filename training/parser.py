"""Train the parser and export it: `python -m training.parser --data FOLDER --encoder FOLDER --out FOLDER --minutes 60`.

Needs torch and onnx, which the installed package does not. Trains for a given time; a checkpoint lets it resume.
"""

import argparse
import pickle
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from dragoman.language.pieces import WordPieces
from training import corpora
from training.batches import Batch, Coded, Coder, batches, collect_labels, documents_of, set_edges
from training.corpora import Document
from training.network import Network, load_encoder, sizes_of


def say(*what: object) -> None:
    """A line of the log."""
    print(time.strftime("%H:%M:%S"), *what, flush=True)


def read_corpora(data: Path, cache: Path) -> dict[str, list[Document]]:
    """All corpora by name, kept in a pickle beside the output."""
    if cache.exists():
        return pickle.loads(cache.read_bytes())
    silver = corpora.uner(data / "uner_ewt_train_prerelease.iob2.xz")
    found = {
        "ewt": corpora.ud(data / "ud_ewt_train.conllu.xz", silver),
        "gum": corpora.ud(data / "ud_gum_open_train.conllu.xz"),
        "gmb": corpora.gmb(data / "gmb_ner_train.csv.xz"),
        "wikigold": corpora.columns(data / "wikigold.conll.xz", corpora.WIKIGOLD),
        "crossner": corpora.columns(data / "crossner_politics_train.conll.xz", corpora.CROSSNER),
        "re3d": corpora.re3d(data / "re3d_open.jsonl.xz"),
        "ewt_dev": corpora.ud(data / "ud_ewt_dev.conllu.xz", {}),
        "gum_dev": corpora.ud(data / "ud_gum_open_dev.conllu.xz"),
    }
    cache.write_bytes(pickle.dumps(found))
    return found


def losses(net: Network, b: Batch, sets: Tensor) -> dict[str, Tensor]:
    """The loss of each head that the batch has labels for."""
    h = net.states(b.ids, b.shapes, b.mask, b.first)
    words = net.light(h[:, 1:])
    out: dict[str, Tensor] = {}
    for name, scores, gold in (("upos", net.upos(words), b.upos), ("feats", net.feats(words), b.feats)):
        if (gold >= 0).any():
            out[name] = functional.cross_entropy(scores.float().flatten(0, 1), gold.flatten(), ignore_index=-1)
    known = b.starts >= 0
    if known.any():
        out["starts"] = functional.binary_cross_entropy_with_logits(
            net.starts(words).float()[..., 0][known], b.starts[known].float()
        )
    known = b.options >= 0
    if known.any():
        log = net.tags(words).float()[known].log_softmax(-1)
        out["tags"] = -log.masked_fill(~sets[b.options[known]], -1e4).logsumexp(-1).mean()
    known = b.heads >= 0
    if known.any():
        scores = net.arcs(h).float()
        same = b.sentence[:, :, None] == b.sentence[:, None, :]
        scores = scores.masked_fill(~torch.cat([torch.ones_like(same[:, :, :1]), same], 2), -1e4)
        out["arcs"] = functional.cross_entropy(scores[known], b.heads[known])
        dep, head = net.labels(h)
        rows = torch.arange(len(b.heads))[:, None].expand_as(b.heads)[known]
        out["labels"] = functional.cross_entropy(
            net.relate(dep[known], head[rows, b.heads[known]]).float(), b.relations[known], ignore_index=-1
        )
    return out


WEIGHTS = {"arcs": 1.0, "labels": 1.0, "upos": 0.5, "feats": 0.3, "starts": 1.0, "tags": 0.7}


@torch.no_grad()
def evaluate(net: Network, documents: list[list[Coded]]) -> str:
    """Attachment and tags with gold words and sentences, greedy."""
    net.eval()
    n = right = labelled = upos = feats = 0
    tp = pp = gp = 0
    for b in batches(documents, 3000, random.Random(1)):
        with torch.autocast("cpu", torch.bfloat16):
            h = net.states(b.ids, b.shapes, b.mask, b.first)
            scores, (dep, head), tags = net.arcs(h).float(), net.labels(h), net.upos(h[:, 1:])
            bundle, starts = net.feats(h[:, 1:]), net.starts(h[:, 1:])[..., 0] > 0
        known = b.sentence >= 0
        same = b.sentence[:, :, None] == b.sentence[:, None, :]
        best = scores.masked_fill(~torch.cat([torch.ones_like(same[:, :, :1]), same], 2), -1e4).argmax(-1)
        rows = torch.arange(len(best))[:, None].expand_as(best)[known]
        relation = net.relate(dep[known].float(), head[rows, best[known]].float()).argmax(-1)
        ok = best[known] == b.heads[known]
        n += int(known.sum())
        right += int(ok.sum())
        labelled += int((ok & (relation == b.relations[known])).sum())
        upos += int((tags.argmax(-1) == b.upos)[known].sum())
        feats += int((bundle.argmax(-1) == b.feats)[known].sum())
        starts, gold = starts[known], b.starts[known] == 1
        tp, pp, gp = tp + int((starts & gold).sum()), pp + int(starts.sum()), gp + int(gold.sum())
    net.train()
    figures = {"LAS": labelled, "UAS": right, "UPOS": upos, "FEATS": feats}
    return " ".join(f"{k} {100 * v / n:.2f}" for k, v in figures.items()) + f" starts F {200 * tp / (pp + gp):.2f}"


def stream(documents: list[list[Coded]], room: int, rng: random.Random) -> Iterator[Batch]:
    """Batches for ever."""
    while True:
        rng.shuffle(documents)
        yield from batches(documents, room, rng, recase=0.05)


def optimiser(net: Network, rate: float, heads_rate: float) -> torch.optim.Optimizer:
    """AdamW, with decay on the encoder's matrices only."""
    encoder = [p for n, p in net.encoder.named_parameters() if n != "shapes.weight"]
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.") or n == "encoder.shapes.weight"]
    return torch.optim.AdamW(
        [
            {"params": [p for p in encoder if p.dim() > 1], "lr": rate, "weight_decay": 0.01},
            {"params": [p for p in encoder if p.dim() == 1], "lr": rate, "weight_decay": 0.0},
            {"params": heads, "lr": heads_rate, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98), eps=1e-8, fused=True,
    )  # fmt: skip


def train(
    net: Network,
    streams: list[tuple[float, Iterator[Batch]]],
    sets: Tensor,
    dev: dict[str, list[list[Coded]]],
    a: argparse.Namespace,
) -> None:
    """Train until the time is up; the rate rises over 6 % of it and falls to 0."""
    rng = random.Random(a.seed)
    opt = optimiser(net, a.rate, a.heads_rate)
    peaks = [g["lr"] for g in opt.param_groups]
    kept = a.out / "checkpoint.pt"
    done, step = 0.0, 0
    if kept.exists():
        saved = torch.load(kept, weights_only=False)
        net.load_state_dict(saved["net"])
        opt.load_state_dict(saved["opt"])
        done, step = saved["done"], saved["step"]
        say("resumed after", round(done / 60, 1), "minutes")
    total, last, told, saved_at = a.minutes * 60, time.time(), done, done
    sums: dict[str, list[float]] = {}
    pieces = 0
    while done < total:
        batch = next(rng.choices([s for _, s in streams], [w for w, _ in streams])[0])
        part = done / total
        factor = min(1.0, part / 0.06) if part < 0.06 else (1 - part) / 0.94
        for group, peak in zip(opt.param_groups, peaks, strict=True):
            group["lr"] = peak * max(factor, 1e-3)
        with torch.autocast("cpu", torch.bfloat16):
            parts = losses(net, batch, sets)
        loss = sum(WEIGHTS[k] * v for k, v in parts.items())
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        opt.step()
        step += 1
        pieces += int(batch.mask.sum())
        for k, v in parts.items():
            sums.setdefault(k, []).append(float(v.detach()))
        now = time.time()
        done, last = done + min(now - last, 60), now
        if done - told > a.report:
            say(
                f"{done / 60:.1f} min, step {step}, {pieces / (done - told):.0f} pieces/s",
                *(f"{k} {sum(v) / len(v):.3f}" for k, v in sums.items()),
            )
            if done - saved_at > 290:
                say(*(f"{k}: {evaluate(net, d)}" for k, d in dev.items()))
                torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "done": done, "step": step}, kept)
                saved_at = done
            sums, pieces, told, last = {}, 0, done, time.time()
    say(*(f"{k}: {evaluate(net, d)}" for k, d in dev.items()))


def prepare(a: argparse.Namespace) -> tuple[Network, Coder, dict[str, list[list[Coded]]]]:
    """Network, coder and corpora as numbers."""
    found = read_corpora(a.data, a.out.parent / "corpora.pickle")
    if a.silver:
        found["gmb"] = pickle.loads(a.silver.read_bytes())
    labels = collect_labels([s for name in ("ewt", "gum") for s in corpora.flatten(found[name])])
    pieces = WordPieces(a.encoder / "tokenizer.json")
    set_edges(pieces)
    coder = Coder(labels, pieces)
    coded = {name: documents_of(documents, coder) for name, documents in found.items()}
    net = Network(sizes_of(a.encoder, len(labels.upos), len(labels.feats), len(labels.relations), len(labels.tags)))
    return net, coder, coded


def options() -> argparse.Namespace:
    """The command line."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    p.add_argument(
        "--encoder", type=Path, required=True, help="folder with config.json, tokenizer.json and model.safetensors"
    )
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--minutes", type=float, default=60)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument(
        "--rate", type=float, default=2e-4, help="peak learning rate of the encoder (1e-4 for a base-size one)"
    )
    p.add_argument("--heads-rate", type=float, default=1e-3, help="peak learning rate of the heads")
    p.add_argument("--start", type=Path, help="a model.pt to start from, instead of the encoder's published weights")
    p.add_argument("--room", type=int, default=2000, help="padded pieces in a batch")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--share", type=float, default=0.6, help="share of batches from the treebanks")
    p.add_argument("--report", type=float, default=60, help="seconds between lines of the log")
    p.add_argument("--silver", type=Path, help="a pickle of the GMB documents with a teacher's trees (training.teach)")
    return p.parse_args()


def main() -> None:
    """Train, then write `model.pt`."""
    a = options()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    net, coder, coded = prepare(a)
    if a.start:
        net.load_state_dict(torch.load(a.start, map_location="cpu", weights_only=True)["net"])
    else:
        load_encoder(net.encoder, a.encoder)
    rng = random.Random(a.seed)
    trees = coded["ewt"] + coded["gum"]
    names = coded["gmb"] + coded["wikigold"] * 2 + coded["crossner"] * 4 + coded["re3d"] * 2
    say(
        "words",
        {k: sum(len(s.pieces) for d in v for s in d) for k, v in coded.items()},
        "labels",
        {k: len(v) for k, v in asdict(coder.labels).items()},
    )
    streams = [(a.share, stream(trees, a.room, rng)), (1 - a.share, stream(names, a.room, rng))]
    train(net, streams, coder.masks(), {k: coded[k] for k in ("ewt_dev", "gum_dev")}, a)
    torch.save(
        {
            "net": net.state_dict(),
            "labels": asdict(coder.labels),
            "sizes": asdict(net.sizes),
            "encoder": str(a.encoder.name),
        },
        a.out / "model.pt",
    )
    say("written", a.out / "model.pt")


if __name__ == "__main__":
    sys.exit(main())
