from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dragoman.language.mentions import PAIR, SINGLE, Mentions
from dragoman.language.reference import WIDTH, Scorer
from training.corpora import Sentence
from training.reference_data import Item, by_entity, genders, pseudo, replaced

if TYPE_CHECKING:
    from training.reference import ReferenceBatch

HE = "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs"


def made(rows: str) -> Sentence:
    """A sentence of `word/UPOS/head/relation[/name[/feats]]` words."""
    cells = [[*cell.split("/"), "O", "_"][:6] if cell.count("/") < 5 else cell.split("/") for cell in rows.split()]
    return Sentence(
        [c[0] for c in cells], [c[0] in (".", "'s") for c in cells], [c[1] for c in cells], [c[5] for c in cells], [],
        [int(c[2]) for c in cells], [c[3] for c in cells], [(c[4],) for c in cells],
    )  # fmt: skip


MET = (
    "Mr./PROPN/2/nmod:desc Bush/PROPN/3/nsubj/B-PERSON met/VERB/0/root Tony/PROPN/3/obj/B-PERSON "
    "Blair/PROPN/4/flat/I-PERSON"
)
SAID = (
    "President/PROPN/2/nmod:desc Bush/PROPN/3/nsubj/B-PERSON left/VERB/0/root Blair/PROPN/6/nmod:poss/B-PERSON "
    "'s/PART/4/case house/NOUN/3/obj"
)
WORDS_OF_HE = f"he/PRON/2/nsubj/O/{HE} slept/VERB/0/root"


@pytest.mark.parametrize(
    ("rows", "span", "gender", "words", "heads"),
    [
        (SAID, (1, 2), "m", "He left Blair 's house", [2, 0, 5, 3, 2]),
        (SAID, (3, 4), "m", "President Bush left his house", [2, 3, 0, 5, 3]),
        (SAID, (3, 4), "f", "President Bush left her house", [2, 3, 0, 5, 3]),
        (MET, (3, 5), "m", "Mr. Bush met him", [2, 3, 0, 3]),
        (MET, (0, 1), "m", None, None),
        ("Bush/PROPN/4/nsubj/B-PERSON ,/PUNCT/1/punct ill/ADJ/1/acl left/VERB/0/root", (0, 1), "m", None, None),
        ("talks/NOUN/0/root with/ADP/3/case Iran/PROPN/1/nmod/B-GPE", (2, 3), "n", None, None),
    ],
)
def test_names_made_pronouns(
    rows: str, span: tuple[int, int], gender: str, words: str | None, heads: list[int] | None
) -> None:
    found = replaced(made(rows), *span, gender)
    if words is None:
        assert found is None
        return
    assert found is not None
    sentence, at = found
    assert (" ".join(sentence.words), sentence.heads) == (words, heads)
    assert sentence.upos[at] == "PRON"
    assert len({len(x) for x in (sentence.words, sentence.glued, sentence.feats, sentence.entities)}) == 1


def chosen(x: Item) -> dict[str, list[tuple[str, bool]]]:
    """What each anaphor of an item may go to, and whether rightly."""
    words = [w for s in x.sentences for w in s.words]
    form = [words[w] for w in x.mentions.word.tolist()]
    out: dict[str, list[tuple[str, bool]]] = {form[n]: [] for n in x.anaphors.tolist()}
    for i, j, gold in zip(x.i.tolist(), x.j.tolist(), x.gold.tolist(), strict=True):
        out[form[i]].append((form[j], gold))
    return out


def test_pseudo_pronouns() -> None:
    document = [made(MET), made(SAID), made("Bush/PROPN/2/nsubj/B-PERSON slept/VERB/0/root"), made(WORDS_OF_HE)]
    assert genders(document_list := [document]) == {"Bush": "m"}
    found = pseudo(document_list, 10)
    assert found
    for x in found:
        assert len(x.anaphors) == 1
        golds = [gold for options in chosen(x).values() for _, gold in options]
        assert True in golds
        assert False in golds


def test_items_by_entity() -> None:
    """An earlier antecedent goes before one that follows; predicates are neither right nor wrong."""
    document = [made(WORDS_OF_HE), made(MET), made(WORDS_OF_HE.replace("he", "He"))]
    entities = {0: {"1"}, 3: {"1"}, 5: {"2"}, 7: {"1"}}
    found = chosen(by_entity("gum", document, entities, set(), ""))
    assert found["He"] == [("he", True), ("Bush", True), ("Tony", False)]
    assert found["he"] == []
    assert ("Bush", True) not in chosen(by_entity("gum", document, {0: {"1"}, 7: {"1"}}, {3}, ""))["He"]


def test_cataphora_counts_where_nothing_precedes() -> None:
    rows = f"His/PRON/2/nmod:poss/O/{HE} car/NOUN/3/nsubj pleased/VERB/0/root Bush/PROPN/3/obj/B-PERSON"
    found = by_entity("gum", [made(rows)], {0: {"1"}, 3: {"1"}}, set(), "")
    assert found.gold.any()
    assert chosen(found)["His"] == [("car", False), ("Bush", True)]


@pytest.fixture
def stream() -> Iterator[ReferenceBatch]:
    """Batches of a document of twelve sentences; needs torch."""
    pytest.importorskip("torch")
    from training.batches import Coded
    from training.reference import CodedItem, reference_batches

    def coded(s: Sentence) -> Coded:
        empty = [-1] * len(s.words)
        pieces = [([2000 + len(w), 7][: 1 + len(w) % 2], 1) for w in s.words]
        length = sum(len(ids) for ids, _ in pieces)
        return Coded(pieces, s.glued, empty, empty, s.heads, empty, empty, True, length)

    document = [made(MET), made(SAID), made(WORDS_OF_HE)] * 4
    entities = {w: {"1"} for w in (1, 6, 11)} | {w: {"2"} for w in (14, 24)}
    found = by_entity("gum", document, entities, set(), "")
    return reference_batches({"gum": [CodedItem(found, [coded(s) for s in document])]}, 60, random.Random(1))


def test_pairs_point_at_their_words(stream: Iterator[ReferenceBatch]) -> None:
    for _ in range(5):
        b = next(stream)
        first = b.batch.first[b.row, b.word]
        assert (first > 0).all()
        assert (b.batch.mask[b.row, first] == 1).all()
        assert (b.i == b.anaphors[b.group]).all()
        slots = np.stack([b.group.numpy(), b.slot.numpy()])
        assert len(np.unique(slots, axis=1).T) == len(b.i)


def test_loss_falls_to_what_is_known(stream: Iterator[ReferenceBatch]) -> None:
    import torch
    from torch import Tensor, nn

    from training.reference import gold_of, reference_loss
    from training.reference_scorer import ReferenceScorer

    class Net(nn.Module):
        """Words alone."""

        def __init__(self) -> None:
            super().__init__()
            self.table = nn.Embedding(30000, 16)
            self.anaphor, self.antecedent = nn.Linear(16, WIDTH), nn.Linear(16, WIDTH)

        def states(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
            found: Tensor = self.table(ids.gather(1, first))
            return found

    torch.manual_seed(1)
    b = next(stream)
    net, scorer = Net(), ReferenceScorer(0.0)
    opt = torch.optim.Adam([*net.parameters(), *scorer.parameters()], 0.02)
    losses = []
    for _ in range(40):
        loss = reference_loss(net, scorer, b)
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.2 * losses[0]
    scores = scorer(net, net.states(b.batch.ids, b.batch.shapes, b.batch.mask, b.batch.first), b)
    assert gold_of(b, scores).any(1).all()


def test_mentions_are_numbers_only() -> None:
    """Items are kept in a pickle: nothing in them may hang on a parser or a network."""
    assert all("ndarray" in str(t) for t in Mentions.__annotations__.values())


def test_twin_gives_the_same_scores() -> None:
    torch = pytest.importorskip("torch")
    from training.reference_scorer import ReferenceScorer, arrays_of

    torch.manual_seed(1)
    trained = ReferenceScorer().eval()
    rng = np.random.default_rng(2)
    vectors = rng.normal(0, 1, (2, 9, WIDTH)).astype(np.float32)
    single = rng.integers(0, list(SINGLE.values()), (9, len(SINGLE)))
    i, j = rng.integers(0, 9, (2, 20))
    pair = rng.integers(0, list(PAIR.values()), (20, len(PAIR)))
    one, other, singles, pairs_, a, b = (torch.from_numpy(x) for x in (*vectors, single, pair, i, j))
    scorer = Scorer.of(arrays_of(trained))
    with torch.no_grad():
        assert trained.none(one, singles).numpy() == pytest.approx(scorer.none(vectors[0], single), abs=1e-4)
        expected = trained.pairs(one, other, singles, pairs_, a, b).numpy()
    assert expected == pytest.approx(scorer.pairs(*vectors, single, pair, i, j), abs=1e-4)
