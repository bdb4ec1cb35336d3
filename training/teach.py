"""Trees by a larger network for sentences that have none.

`python -m training.teach --model model.pt --encoder FOLDER --data FOLDER --corpora FILE --out FILE`
The GMB sentences are news, which the treebanks have little of. A base-size teacher reads them once; the small network
then learns from its trees as from the treebanks'.
"""

import argparse
import pickle
import random
from collections.abc import Iterator
from pathlib import Path

import torch

from dragoman.language.decode import tree
from dragoman.language.pieces import WordPieces
from training.batches import Batch, Coded, Coder, Labels, collate, documents_of, set_edges, windows
from training.corpora import Document, Sentence
from training.export import load
from training.network import Network
from training.parser import read_corpora, say
from training.silver import SILVER, tree_of


@torch.no_grad()
def annotate(net: Network, batch: Batch, group: list[list[Sentence]], labels: Labels) -> None:
    """Write the network's tags and trees into the sentences of a batch of windows."""
    with torch.autocast("cpu", torch.bfloat16):
        h = net.states(batch.ids, batch.shapes, batch.mask, batch.first)
        arcs, (dep, head) = net.arcs(h).float(), net.labels(h)
        upos, feats = net.upos(h[:, 1:]).argmax(-1), net.feats(h[:, 1:]).argmax(-1)
    for row, sentences in enumerate(group):
        at = 0
        for s in sentences:
            end = at + len(s.words)
            scores = torch.cat([arcs[row, at:end, :1], arcs[row, at:end, at + 1 : end + 1]], 1)
            s.heads = tree(scores.numpy()).tolist()
            above = torch.tensor([k + at if k else 0 for k in s.heads])
            relation = net.relate(dep[row, at:end].float(), head[row, above].float()).argmax(-1).tolist()
            s.relations = [labels.relations[i] for i in relation]
            s.upos = [labels.upos[i] for i in upos[row, at:end].tolist()]
            s.feats = [labels.feats[i] for i in feats[row, at:end].tolist()]
            at = end


def grouped(
    documents: list[Document], coder: Coder, room: int = 3000
) -> Iterator[tuple[int, int, Batch, list[list[Sentence]]]]:
    """Batches of windows of like length with their sentences: (windows before, windows in all, batch, sentences)."""
    rng = random.Random(5)
    coded = documents_of(documents, coder)
    source = {
        id(c): s for pair in zip(coded, documents, strict=True) for c, s in zip(pair[0], kept(pair[1]), strict=True)
    }
    found: list[list[Coded]] = sorted(
        (w for d in coded for w in windows(d, rng)), key=lambda w: sum(s.length for s in w)
    )
    group: list[list[Coded]] = []
    for i, window in enumerate([*found, None]):
        if window is None or (group and (sum(s.length for s in window) + 2) * (len(group) + 1) > room):
            yield i, len(found), collate(group), [[source[id(s)] for s in w] for w in group]
            group = []
        if window is not None:
            group.append(window)


def kept(document: Document) -> Document:
    """The sentences that `documents_of` keeps."""
    return [s for s in document if 0 < len(s.words) <= 200]


def main() -> None:
    """Read the corpora without trees by the teacher and write a pickle of the trees by their words."""
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
    documents = [kept(d) for name in a.only if name in found for d in found[name]]
    coder = Coder(Labels(**labels), pieces)
    for done, of, batch, group in grouped(documents, coder):
        annotate(net, batch, group, coder.labels)
        if done % 500 < 40:
            say(done, "of", of, "windows")
    trees = {tuple(s.words): tree_of(s) for d in documents for s in d if s.heads}
    a.out.write_bytes(pickle.dumps(trees))


if __name__ == "__main__":
    main()
