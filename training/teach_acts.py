"""Acts by a larger network for sentences that nobody has annotated.

`python -m training.teach_acts --model model.pt --encoder FOLDER --data FOLDER --corpora FILE --out FILE`
A base-size network that has learnt our event corpus reads the news of GMB once; the small network then learns from
both. Where the teacher is of two minds, the word is left open and teaches nothing.
"""

import argparse
import pickle
from pathlib import Path
from typing import Final

import torch
from torch import Tensor

from dragoman.language.pieces import WordPieces
from training.acts import IMPLIED, OPEN, ActLabel, SilverActs
from training.batches import Batch, Coder, Labels, set_edges
from training.corpora import Sentence
from training.export import load
from training.network import Network
from training.parser import read_corpora, say
from training.silver import SILVER
from training.teach import grouped, kept

SURE: Final = 0.6
"""Probability of an act, or of a party, from which the teacher is believed."""
DOUBTFUL: Final = 0.15
"""Probability of an act, or of a party, below which there is none."""


@torch.no_grad()
def acts_of(net: Network, batch: Batch, group: list[list[Sentence]]) -> SilverActs:
    """The teacher's acts by the words of the sentences of a batch of windows."""
    with torch.autocast("cpu", torch.bfloat16):
        h = net.states(batch.ids, batch.shapes, batch.mask, batch.first)
        act, mode, status, background = (x.float() for x in net.acts.kinds(h[:, 1:]))
        doers, parties = (x.float() for x in net.acts.vectors(h))
    shares = act.softmax(-1)
    any_act = 1 - shares[..., 0]
    found: SilverActs = {}
    for row, sentences in enumerate(group):
        at = 0
        for s in sentences:
            end = at + len(s.words)
            labels = []
            for word in (any_act[row, at:end] >= DOUBTFUL).nonzero()[:, 0].tolist():
                k = at + word
                best = int(shares[row, k, 1:].argmax()) + 1
                if any_act[row, k] < SURE or shares[row, k, best] < SURE * any_act[row, k]:
                    labels.append(ActLabel(word, OPEN))
                    continue
                rows = torch.cat([parties[row, :1], parties[row, at + 1 : end + 1]])[None]
                scores = net.acts.scores(doers[row, k + 1][None], rows)[0].softmax(-1)
                labels.append(
                    ActLabel(
                        word, best, int(mode[row, k].argmax()), int(status[row, k].argmax()),
                        bool(background[row, k] > 0), _parties(scores),
                    )
                )  # fmt: skip
            found[tuple(s.words)] = labels
            at = end
    return found


def _parties(shares: Tensor) -> tuple[tuple[int, int], ...]:
    """(word or IMPLIED, kind) of the parties among the rows of a sentence; OPEN where the teacher doubts."""
    out = []
    some = 1 - shares[:, 0]
    for row in (some >= DOUBTFUL).nonzero()[:, 0].tolist():
        best = int(shares[row, 1:].argmax()) + 1
        sure = bool(shares[row, best] >= SURE)
        out.append((row - 1 if row else IMPLIED, best if sure else OPEN))
    return tuple(out)


def main() -> None:
    """Read the corpora by the teacher and write a pickle of the acts by the words of their sentences."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", type=Path, required=True, help="the teacher's model.pt")
    p.add_argument("--encoder", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--own", type=Path, default=Path("corpus"))
    p.add_argument("--corpora", type=Path, required=True, help="corpora.pickle of the training folder")
    p.add_argument("--only", nargs="*", default=list(SILVER), help="names of the corpora to read")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    net, labels = load(a.model)
    pieces = WordPieces(a.encoder / "tokenizer.json")
    set_edges(pieces)
    found = read_corpora(a.data, a.corpora, a.own)
    documents = [kept(d) for name in a.only for d in found[name]]
    acts: SilverActs = {}
    for done, of, batch, group in grouped(documents, Coder(Labels(**labels), pieces)):
        acts |= acts_of(net, batch, group)
        if done % 500 < 40:
            say(done, "of", of, "windows")
    a.out.write_bytes(pickle.dumps(acts))
    say("written", a.out, sum(map(len, acts.values())), "acts in", len(acts), "sentences")


if __name__ == "__main__":
    main()
