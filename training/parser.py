"""Train the parser and export it: `python -m training.parser --data FOLDER --encoder FOLDER --out FOLDER --minutes 60`.

Needs torch and onnx, which the installed package does not. Trains for a given time; a checkpoint lets it resume.
"""

import argparse
import pickle
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor

from dragoman.language.pieces import WordPieces
from training import corpora
from training.acts import ACT_MODES, ACT_STATUSES, ACTS, PARTIES, SECTOR_LABELS, act_documents
from training.batches import Batch, Coded, Coder, batches, collect_labels, documents_of, set_edges
from training.corpora import Document
from training.evaluate import acts, meaning, trees
from training.losses import WEIGHTS, losses
from training.network import Network, load_encoder, sizes_of, warm_start
from training.reference import (
    CodedItem,
    coded_items,
    evaluate_gap,
    evaluate_gum_pronouns,
    reference_batches,
    reference_loss,
)
from training.reference_data import build
from training.semantics import Semantics, read_semantics, role_labels
from training.silver import SILVER, gap_documents, give_trees, read_trees


def say(*what: object) -> None:
    """A line of the log."""
    print(time.strftime("%H:%M:%S"), *what, flush=True)


def read_corpora(data: Path, cache: Path, own: Path) -> dict[str, list[Document]]:
    """All corpora by name, kept in a pickle beside the output; `own` is the project's folder of corpora."""
    if cache.exists():
        return pickle.loads(cache.read_bytes())
    noisy = corpora.uner(data / "uner_ewt_train_prerelease.iob2.xz")
    found = {
        "ewt": corpora.ud(data / "ud_ewt_train.conllu.xz", noisy),
        "gum": corpora.ud(data / "ud_gum_open_train.conllu.xz"),
        "own": corpora.own_treebank(own / "treebank", "train"),
        "gmb": corpora.gmb(data / "gmb_ner_train.csv.xz"),
        "wikigold": corpora.columns(data / "wikigold.conll.xz", corpora.WIKIGOLD),
        "crossner": corpora.columns(data / "crossner_politics_train.conll.xz", corpora.CROSSNER),
        "re3d": corpora.re3d(data / "re3d_open.jsonl.xz"),
        "names": corpora.names(own / "names"),
        "gap": gap_documents(data / "gap_train.jsonl.xz"),
        "ewt_dev": corpora.ud(data / "ud_ewt_dev.conllu.xz", {}),
        "gum_dev": corpora.ud(data / "ud_gum_open_dev.conllu.xz"),
        "own_dev": corpora.own_treebank(own / "treebank", "dev"),
    }
    cache.write_bytes(pickle.dumps(found))
    return found


def other_treebank(a: argparse.Namespace) -> dict[str, list[Document]]:
    """The user's own treebank in the place of ours."""
    found = {
        name: corpora.ud(path, corpora.own_names(path), coarse=False)
        for name, path in (("ewt", a.treebank), ("ewt_dev", a.treebank_dev))
    }
    return {**dict.fromkeys(("gum", "own", "gmb", "wikigold", "crossner", "re3d", "names", "gap"), []), **found}


def stream(documents: list[list[Coded]], room: int, rng: random.Random, noise: float) -> Iterator[Batch]:
    """Batches for ever."""
    while True:
        rng.shuffle(documents)
        yield from batches(documents, room, rng, recase=0.1, noise=noise)


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


@dataclass(frozen=True, slots=True)
class Stream:
    """Endless steps of one kind: a share of all steps, each giving the losses of the next batch."""

    share: float
    losses: Callable[[], dict[str, Tensor]]


def train(net: Network, streams: list[Stream], report: Callable[[], None], a: argparse.Namespace) -> None:
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
    while done < total:
        part = done / total
        factor = min(1.0, part / 0.06) if part < 0.06 else (1 - part) / 0.94
        for group, peak in zip(opt.param_groups, peaks, strict=True):
            group["lr"] = peak * max(factor, 1e-3)
        with torch.autocast("cpu", torch.bfloat16):
            parts = rng.choices(streams, [s.share for s in streams])[0].losses()
        loss = torch.stack([WEIGHTS[k] * v for k, v in parts.items()]).sum()
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        opt.step()
        step += 1
        for k, v in parts.items():
            sums.setdefault(k, []).append(float(v.detach()))
        now = time.time()
        done, last = done + min(now - last, 60), now
        if done - told > a.report:
            say(f"{done / 60:.1f} min, step {step}", *(f"{k} {sum(v) / len(v):.3f}" for k, v in sums.items()))
            sums, told = {}, done
            if done - saved_at > 590:
                report()
                torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "done": done, "step": step}, kept)
                saved_at = told = done
            last = time.time()
    report()


def prepare(
    a: argparse.Namespace,
) -> tuple[Network, Coder, dict[str, list[list[Coded]]], dict[str, list[CodedItem]]]:
    """Network, coder, and corpora and coreference as numbers."""
    found = other_treebank(a) if a.treebank else read_corpora(a.data, a.out.parent / "corpora.pickle", a.own)
    if a.silver:
        give_trees([d for name in SILVER for d in found[name]], read_trees(a.silver))
    meaning = {} if a.treebank else {**read_semantics(a.data, "train"), **read_semantics(a.data, "dev")}
    labels = collect_labels([s for name in ("ewt", "gum") for s in corpora.flatten(found[name])])
    labels.roles = role_labels(read_semantics(a.data, "train").values()) if meaning else labels.roles
    if a.acts:
        labels.acts, labels.modes = list(ACTS), list(ACT_MODES)
        labels.statuses, labels.parties, labels.sectors = list(ACT_STATUSES), list(PARTIES), list(SECTOR_LABELS)
        add_acts(found, meaning, a)
    pieces = WordPieces(a.encoder / "tokenizer.json")
    set_edges(pieces)
    coder = Coder(labels, pieces, meaning)
    coded = {name: documents_of(documents, coder) for name, documents in found.items()}
    counts = {name: len(classes) for name, classes in asdict(labels).items()}
    net = Network(sizes_of(a.encoder, counts, len(a.layers) if a.layers else None))
    items = build(a.data, found, a.own, a.out.parent / "mentions.pickle") if a.reference else {}
    return net, coder, coded, coded_items(items, coder)


def add_acts(found: dict[str, list[Document]], meaning: dict[str, Semantics], a: argparse.Namespace) -> None:
    """Put our event corpus among the corpora, and its acts among what is known of sentences."""
    for part in ("train", "dev"):
        found[f"acts_{part}"], known = act_documents(a.own / "events", part)
        meaning |= {ident: Semantics(acts=layer) for ident, layer in known.items()}


def start(net: Network, a: argparse.Namespace) -> None:
    """Give the network the weights to start from."""
    if not a.start:
        load_encoder(net.encoder, a.encoder)
        return
    state = torch.load(a.start, map_location="cpu", weights_only=True)["net"]
    say("not taken from the start:", *warm_start(net, state, a.layers))


def keep_still(net: Network, head: str) -> None:
    """Let only the weights of a head learn; the encoder drops nothing, as it is not to change."""
    for name, weight in net.named_parameters():
        weight.requires_grad_(name.startswith(f"{head}."))
    net.encoder.drop.p = 0.0
    for layer in net.encoder.layers:
        layer.drop.p = 0.0


def numbers(text: str) -> list[int]:
    """Numbers parted by commas."""
    return [int(part) for part in text.split(",")]


def options() -> argparse.Namespace:
    """The command line."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    p.add_argument("--own", type=Path, default=Path("corpus"), help="folder with the project's own corpora")
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
    p.add_argument(
        "--layers",
        type=lambda x: [int(k) for k in x.split(",")],
        help="layers of the start to keep, as 0,2,5; else all",
    )
    p.add_argument("--room", type=int, default=2000, help="padded pieces in a batch")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--share", type=float, default=0.5, help="share of batches from the treebanks")
    p.add_argument("--reference", type=float, default=0.0, help="share of batches of coreference (0.18 was used)")
    p.add_argument("--acts", type=float, default=0.0, help="share of batches of our event corpus (0.35 to 0.6 so far)")
    p.add_argument("--only", help="train the weights of this head alone, as `acts`, and leave the rest as it is")
    p.add_argument("--noise", type=float, default=0.0, help="share of pieces that are hidden")
    p.add_argument("--report", type=float, default=60, help="seconds between lines of the log")
    p.add_argument("--silver", type=Path, nargs="*", help="pickles of a teacher's trees (training.teach)")
    p.add_argument("--treebank", type=Path, help="CoNLL-U to train on instead of the English treebanks")
    p.add_argument("--treebank-dev", type=Path, help="CoNLL-U to report on, with --treebank")
    return p.parse_args()


def streams_of(
    net: Network,
    coder: Coder,
    coded: dict[str, list[list[Coded]]],
    mentions: dict[str, list[CodedItem]],
    a: argparse.Namespace,
) -> list[Stream]:
    """What the network learns from, with its shares."""
    rng = random.Random(a.seed)
    sets = coder.masks()
    trees = stream(coded["ewt"] + coded["gum"] + coded["own"] * 4, a.room, rng, a.noise)
    found = [Stream(a.share, lambda: losses(net, next(trees), sets))]
    named = coded["gmb"] + coded["wikigold"] * 2 + coded["crossner"] * 4 + coded["re3d"] * 2 + coded["names"] * 4
    named += [d for d in coded["gap"] if d[0].heads[0] >= 0]
    if named:
        names = stream(named, a.room, rng, a.noise)
        found.append(Stream(1 - a.share - a.reference - a.acts, lambda: losses(net, next(names), sets)))
    if coded.get("acts_train"):
        events = stream(coded["acts_train"], a.room, rng, a.noise)
        found.append(Stream(a.acts, lambda: losses(net, next(events), sets)))
    if mentions:
        linked = reference_batches(mentions, a.room, rng)
        found.append(Stream(a.reference, lambda: {"reference": reference_loss(net, net.reference, next(linked))}))
    return found


def main() -> None:
    """Train, then write `model.pt`."""
    a = options()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    net, coder, coded, mentions = prepare(a)
    start(net, a)
    say("words", {k: sum(len(s.pieces) for d in v for s in d) for k, v in coded.items()})
    say("labels", {k: len(v) for k, v in asdict(coder.labels).items()})
    dev = {k: coded[k] for k in ("ewt_dev", "gum_dev", "own_dev") if k in coded}

    def report() -> None:
        say(*(f"{k}: {trees(net, d)}" for k, d in dev.items()))
        if len(coder.labels.roles) > 1:
            say(meaning(net, coded["ewt_dev"], coder.labels.roles))
        if coded.get("acts_dev"):
            say(acts(net, coded["acts_dev"]))
        if mentions:
            say("GAP", evaluate_gap(net, net.reference, mentions["gap_dev"]))
            say("GUM", evaluate_gum_pronouns(net, net.reference, mentions["gum_dev"]))

    if a.only:
        keep_still(net, a.only)
    train(net, streams_of(net, coder, coded, mentions, a), report, a)
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
