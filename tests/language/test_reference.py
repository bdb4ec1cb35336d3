from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.language.annotations import Reference, chains, keep
from dragoman.language.mentions import PAIR, SINGLE, mentions
from dragoman.language.reference import (
    PAIR_STARTS,
    PREFIX,
    SHAPES,
    SINGLE_STARTS,
    WIDTH,
    Floats,
    Scorer,
    choose,
    references_of,
    same_names,
    text_of,
)
from dragoman.language.tokens import vocabulary


def arrays(seed: int = 1) -> dict[str, Floats]:
    rng = np.random.default_rng(seed)
    return {PREFIX + name: rng.normal(0, 0.1, shape).astype(np.float32) for name, shape in SHAPES.items()}


def blank(**given: Mapping[tuple[int, ...], float]) -> Scorer:
    """A scorer whose arrays are 0 but for some places."""
    made = {name: np.zeros(shape, np.float32) for name, shape in SHAPES.items()}
    for name, places in given.items():
        for place, value in places.items():
            made[name][place] = value
    return Scorer(made)


def doc_of(*sentences: str) -> Doc:
    """A doc of `word/UPOS/relation/head[/name]` words, heads from 1 in their sentence."""
    words: list[str] = []
    pos: list[str] = []
    deps: list[str] = []
    heads: list[int] = []
    starts: list[bool] = []
    ents: list[str] = []
    for sentence in sentences:
        at = len(words)
        for k, cell in enumerate(sentence.split()):
            word, tag, dep, head, *name = cell.split("/")
            words.append(word)
            pos.append(tag)
            deps.append(dep)
            heads.append(at + int(head) - 1 if int(head) else at + k)
            starts.append(k == 0)
            ents.append(name[0] if name else "O")
    return Doc(vocabulary(), words=words, pos=pos, deps=deps, heads=heads, sent_starts=starts, ents=ents)


NEWS = doc_of(
    "George/PROPN/nsubj/3/B-PERSON Bush/PROPN/flat/1/I-PERSON met/VERB/root/0 Putin/PROPN/obj/3/B-PERSON",
    "He/PRON/nsubj/2 left/VERB/root/0",
    "Bush/PROPN/nsubj/2/B-PERSON stayed/VERB/root/0",
)


def test_scores_by_hand() -> None:
    """One hidden unit reads one feature of each table; the vectors meet in one cell of the bilinear form."""
    single = np.zeros((2, len(SINGLE)), np.int64)
    single[0, 0], single[1, 1] = 1, 1
    pair = np.zeros((1, len(PAIR)), np.int64)
    pair[0, 2] = 1
    scorer = blank(
        bilinear={(0, 1): WIDTH**0.5},
        anaphor_features={(int(SINGLE_STARTS[0]) + 1, 0): 1.0},
        antecedent_features={(int(SINGLE_STARTS[1]) + 1, 0): 10.0},
        pair_features={(int(PAIR_STARTS[2]) + 1, 0): 100.0},
        hidden={(0,): -0.5},
        out={(0,): 2.0},
        none_features={(int(SINGLE_STARTS[0]) + 1, 3): 4.0},
        none_out={(3,): 0.5},
        none_bias={(0,): 7.0},
    )
    anaphor, antecedent = np.zeros((2, WIDTH), np.float32), np.zeros((2, WIDTH), np.float32)
    anaphor[0, 0], antecedent[1, 1] = 3, 5
    found = scorer.pairs(anaphor, antecedent, single, pair, np.array([0]), np.array([1]))
    assert found.tolist() == pytest.approx([15 + 2 * 110.5])
    assert scorer.none(anaphor, single).tolist() == pytest.approx([9.0, 7.0])


def test_scorer_reads_its_arrays_only() -> None:
    given = arrays()
    scorer = Scorer.of({**given, "other": np.zeros(1, np.float32)})
    assert sum(a.nbytes for a in scorer.arrays.values()) < 1_000_000
    with pytest.raises(ValueError, match="reference_out"):
        Scorer.of({**given, "reference_out": np.zeros(3, np.float32)})


def test_text_of_a_doc_leaves_out_white_space() -> None:
    doc = Doc(
        vocabulary(), words=["Go", "\n", "home"], pos=["VERB", "SPACE", "ADV"], deps=["root", "dep", "advmod"],
        heads=[0, 0, 0], sent_starts=[True, False, False],
    )  # fmt: skip
    text, tokens = text_of(doc)
    assert (list(text.words), list(text.heads), tokens) == (["Go", "home"], [0, 0], [0, 2])


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Iran/GPE Iraq/GPE Iran/GPE", {2: 0}),
        ("George_Bush/PERSON Putin/PERSON Bush/PERSON", {2: 0}),
        ("Bush/PERSON George_Bush/PERSON Bush/PERSON", {1: 0, 2: 1}),
        ("George_Bush/PERSON Laura_Bush/PERSON Bush/PERSON", {}),
        ("George_Bush/PERSON Laura_Bush/PERSON George_Bush/PERSON", {2: 0}),
        ("Washington/GPE Washington/PERSON", {}),
        ("Security_Council/ORG Council/ORG", {}),
    ],
)
def test_names_that_come_again(names: str, expected: dict[int, int]) -> None:
    def sentence(cell: str) -> str:
        form, label = cell.split("/")
        first, *rest = form.split("_")
        return " ".join([f"{first}/PROPN/root/0/B-{label}", *(f"{w}/PROPN/flat/1/I-{label}" for w in rest)])

    text, _ = text_of(doc_of(*map(sentence, names.split())))
    assert same_names(mentions(text)) == expected


def test_demonyms_before_nouns_are_not_linked() -> None:
    sentence = "Iranian/ADJ/amod/2/B-NORP ships/NOUN/nsubj/3 sank/VERB/root/0"
    text, _ = text_of(doc_of(sentence, sentence))
    assert same_names(mentions(text)) == {}


def choice(scores: list[float], none: float, threshold: float = 0.0) -> tuple[int, float] | None:
    """What "He" in NEWS goes to, given scores of George and Putin before it and Bush after it."""
    text, _ = text_of(NEWS)
    m = mentions(text)
    i = np.full(len(scores), 2)
    nones = np.full(4, none, np.float32)
    found = choose(m, i, np.array([0, 1, 3])[: len(scores)], np.array(scores, np.float32), nones, {3: 0}, threshold)
    return found.get(2)


@pytest.mark.parametrize(
    ("scores", "none", "expected"),
    [
        ([2.0, 1.0], 0.0, 0), ([1.0, 2.0], 0.0, 1), ([1.0, 2.0], 3.0, None),
        ([1.0, 1.5, 1.1], 0.0, 3),  # Bush twice together outweighs Putin
    ],
)  # fmt: skip
def test_likeliest_cluster(scores: list[float], none: float, expected: int | None) -> None:
    found = choice(scores, none)
    assert (found[0] if found else None) == expected


def test_probability_is_the_clusters() -> None:
    found = choice([1.0, 1.5, 1.1], 0.0)
    parts = np.exp([1.0, 1.5, 1.1, 0.0])
    assert found is not None
    assert found[1] == pytest.approx((parts[0] + parts[2]) / parts.sum())
    assert choice([1.0, 1.5, 1.1], 0.0, threshold=0.6) is None


def test_no_cluster_has_a_he_and_a_she() -> None:
    doc = doc_of("She/PRON/nsubj/2 met/VERB/root/0 Kim/PROPN/obj/2/B-PERSON", "He/PRON/nsubj/2 left/VERB/root/0")
    text, _ = text_of(doc)
    m = mentions(text)
    i, j = np.array([1, 2, 2]), np.array([0, 0, 1])
    found = choose(m, i, j, np.array([9.0, 9.0, 8.0], np.float32), np.zeros(3, np.float32), {}, 0.0)
    assert found[1][0] == 0
    assert 2 not in found


def test_references_of_a_doc() -> None:
    """With weights for the subject before alone, "He" goes to George; the surname does by rule."""
    scorer = blank(
        antecedent_features={(int(SINGLE_STARTS[2]) + 1, 0): 5.0}, out={(0,): 1.0}, none_bias={(0,): 1.0}
    )  # fmt: skip
    vectors = np.zeros((len(NEWS), WIDTH), np.float32)
    found = references_of(NEWS, vectors, vectors, scorer)
    assert [r.word for r in found] == [4, 6]
    assert found[0].antecedent in (0, 6)
    assert found[1].antecedent == 0
    assert found[1].probability == 1.0
    assert 0.5 < found[0].probability < 1.0
    keep(NEWS, (), found)
    assert chains(NEWS) == {0: 1, 4: 1, 6: 1}


def test_empty_docs_have_no_references() -> None:
    nothing = np.zeros((0, WIDTH), np.float32)
    assert references_of(Doc(vocabulary()), nothing, nothing, Scorer.of(arrays())) == ()


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([], {}), ([(5, 1)], {1: 1, 5: 1}), ([(1, 5)], {1: 1, 5: 1}), ([(5, 1), (9, 5)], {1: 1, 5: 1, 9: 1}),
        ([(1, 5), (9, 5)], {1: 1, 5: 1, 9: 1}), ([(3, 2), (9, 7), (7, 3)], {2: 1, 3: 1, 7: 1, 9: 1}),
        ([(8, 6), (3, 2)], {2: 1, 3: 1, 6: 2, 8: 2}), ([(1, 5), (5, 1)], {1: 1, 5: 1}),
    ],
)  # fmt: skip
def test_chains(links: list[tuple[int, int]], expected: dict[int, int]) -> None:
    doc = Doc(vocabulary(), words=["x"] * 10)
    keep(doc, (), [Reference(a, b, 0.9) for a, b in links])
    assert chains(doc) == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=12))
def test_chains_join_all_links(links: list[tuple[int, int]]) -> None:
    doc = Doc(vocabulary(), words=["x"] * 12)
    keep(doc, (), [Reference(a, b, 0.5) for a, b in links])
    found = chains(doc)
    assert all(found[a] == found[b] for a, b in links)
    firsts = [min(w for w in found if found[w] == n) for n in sorted(set(found.values()))]
    assert firsts == sorted(firsts)
    assert set(found.values()) == set(range(1, len(firsts) + 1))
