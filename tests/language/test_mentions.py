from collections.abc import Sequence

import numpy as np
import pytest

from dragoman.language.mentions import PAIR, SINGLE, Mentions, Text, features, mentions, pairs, pronoun_class, stem

HE = "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs"
HIS = "Case=Gen|Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs"
PAIR_NAMES, SINGLE_NAMES = list(PAIR), list(SINGLE)


def made(rows: str) -> Text:
    """Rows of `word upos head relation [name [feats]]`, heads from 1 in the sentence; an empty line ends a sentence."""
    words: list[str] = []
    columns: list[tuple[str, str, str, str]] = []
    heads: list[int] = []
    numbers: list[int] = []
    for number, block in enumerate(rows.strip().split("\n\n")):
        at = len(words)
        for k, line in enumerate(block.splitlines()):
            word, pos, head, relation, name, feats = [*line.split(), "O", "_"][:6]
            words.append(word)
            heads.append(at + int(head) - 1 if int(head) else at + k)
            columns.append((pos, relation, name, feats))
            numbers.append(number)
    pos, relations, names, feats = zip(*columns, strict=True)
    return Text(words, pos, feats, heads, relations, numbers, names)


LETTER = made(
    f"""The DET 2 det
minister NOUN 4 nsubj
Ivan PROPN 2 appos B-PERSON
wrote VERB 0 root
that SCONJ 8 mark
he PRON 8 nsubj O {HE}
would AUX 8 aux
publish VERB 4 ccomp
his PRON 10 nmod:poss O {HIS}
letter NOUN 8 obj

It PRON 3 expl
is AUX 3 cop
clear ADJ 0 root
"""
)


def words_of(text: Text, m: Mentions) -> list[str]:
    return [text.words[w] for w in m.word.tolist()]


def value(text: Text, name: str, one: str, other: str) -> int:
    """A feature of the pair of the first mentions with these head words."""
    m = mentions(text)
    heads = words_of(text, m)
    i, j = np.array([heads.index(one)]), np.array([heads.index(other)])
    return int(features(m, i, j)[0, PAIR_NAMES.index(name)])


def test_mentions_are_heads_of_nominals() -> None:
    assert words_of(LETTER, mentions(LETTER)) == ["minister", "Ivan", "he", "his", "letter"]


def test_forced_words_are_mentions_too() -> None:
    assert "wrote" in words_of(LETTER, mentions(LETTER, {3}))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("trade NOUN 2 compound\ntalks NOUN 3 nsubj\nfailed VERB 0 root", ["talks"]),
        ("who PRON 2 nsubj O PronType=Rel\ncame VERB 0 root", []),
        ("there PRON 2 expl\nwas VERB 0 root\nnobody PRON 2 nsubj", ["nobody"]),
        ("United PROPN 2 compound B-ORG\nNations PROPN 3 nsubj I-ORG\nmet VERB 0 root", ["Nations"]),
        ("U.S. PROPN 2 compound B-GPE\nSenate PROPN 3 nsubj B-ORG\nmet VERB 0 root", ["U.S.", "Senate"]),
        ("President PROPN 2 nmod:desc\nBush PROPN 3 nsubj B-PERSON\nspoke VERB 0 root", ["Bush"]),
        ("George PROPN 3 nsubj B-PERSON\nBush PROPN 1 flat I-PERSON\nspoke VERB 0 root", ["George"]),
        ("Iranian ADJ 2 amod B-NORP\nships NOUN 3 nsubj\nsank VERB 0 root", ["Iranian", "ships"]),
        ("both DET 2 nsubj\ncame VERB 0 root", ["both"]),
        ("in ADP 2 case\n1999 NUM 3 obl\nhere ADV 0 root", []),
    ],
)  # fmt: skip
def test_which_words_are_mentions(rows: str, expected: list[str]) -> None:
    text = made(rows)
    assert words_of(text, mentions(text)) == expected


@pytest.mark.parametrize(
    ("feature", "one", "other", "expected"),
    [
        ("speaker", "he", "minister", 1), ("speaker", "he", "Ivan", 0), ("above", "he", "minister", 1),
        ("above", "his", "he", 1), ("above", "his", "minister", 2), ("tie", "Ivan", "minister", 2),
        ("nested", "his", "letter", 2), ("nested", "minister", "Ivan", 1), ("gender", "his", "he", 1),
        ("same_pronoun", "his", "he", 1), ("same_pronoun", "he", "minister", 0), ("sentences", "his", "minister", 0),
        ("sentences", "he", "letter", 8), ("clause", "letter", "he", 1), ("clause", "he", "minister", 0),
        ("names", "Ivan", "minister", 0), ("number", "he", "his", 1),
    ],
)  # fmt: skip
def test_features_of_pairs(feature: str, one: str, other: str, expected: int) -> None:
    assert value(LETTER, feature, one, other) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("George Bush", "George Bush", 1), ("Bush", "George Bush", 2), ("George Bush", "Bush", 2),
        ("George", "George Bush", 3), ("European Union", "European Union Commission", 3), ("EU", "European Union", 5),
        ("Bush", "Kerry", 6),
    ],
)  # fmt: skip
def test_relations_of_names(one: str, other: str, expected: int) -> None:
    def name(form: str) -> str:
        first, *rest = form.split()
        return "\n".join([f"{first} PROPN 0 root B-ORG", *(f"{w} PROPN 1 flat I-ORG" for w in rest)])

    text = made(name(other) + "\n\n" + name(one))
    m = mentions(text)
    assert features(m, np.array([1]), np.array([0]))[0, PAIR_NAMES.index("names")] == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("treaties", "treaty"), ("ships", "ship"), ("houses", "house"), ("attaches", "attach"), ("crisis", "crisis")],
)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.mark.parametrize(
    ("word", "upos", "feats", "expected"),
    [
        ("He", "PRON", HE, 1), ("hers", "PRON", "_", 2), ("their", "PRON", "_", 4), ("this", "DET", "_", 8),
        ("each", "PRON", "PronType=Rcp", 15), ("someone", "PRON", "_", 14), ("every", "DET", "_", 0),
        ("it", "NOUN", "_", 0),
    ],
)  # fmt: skip
def test_classes_of_pronouns(word: str, upos: str, feats: str, expected: int) -> None:
    assert pronoun_class(word, upos, feats) == expected


def test_quotations_hold_their_speaker() -> None:
    text = made(
        """" PUNCT 4 punct
We PRON 4 nsubj
will AUX 4 aux
win VERB 7 ccomp
, PUNCT 4 punct
she PRON 7 nsubj
said VERB 0 root

I PRON 2 nsubj
promise VERB 0 root
" PUNCT 2 punct
"""
    )
    assert value(text, "speaker", "We", "she") == 1
    assert value(text, "speaker", "I", "she") == 2
    assert value(text, "quotation", "I", "We") == 1


def many(sentence: str, count: int) -> Text:
    return made("\n\n".join([sentence] * count))


def test_pairs_grow_with_the_text_only() -> None:
    sentence = (
        f"He PRON 2 nsubj O {HE}\nmet VERB 0 root\nthe DET 4 det\nking NOUN 2 obj\nof ADP 6 case\nX PROPN 4 nmod B-GPE"
    )
    small, large = (len(pairs(mentions(many(sentence, n)))[0]) for n in (100, 400))
    assert small < large < 4.6 * small


def test_pairs_stand_in_order() -> None:
    i, j = pairs(mentions(LETTER))
    assert (np.diff(i) >= 0).all()
    assert (i != j).all()
    assert set(zip(i.tolist(), j.tolist(), strict=True)) >= {(2, 0), (2, 1), (3, 2), (2, 4)}


def test_all_values_fit_their_tables() -> None:
    text = many("\n".join(f"{w} PROPN 0 root B-PERSON" for w in ("A", "B", "A")), 12)
    m = mentions(text)
    i, j = (x.ravel() for x in np.meshgrid(np.arange(len(m.word)), np.arange(len(m.word))))
    assert (features(m, i, j) < np.array(list(PAIR.values()))).all()
    assert (m.single < np.array(list(SINGLE.values()))).all()


@pytest.mark.parametrize("words", [[], ["!"]])
def test_texts_without_mentions(words: Sequence[str]) -> None:
    n = len(words)
    m = mentions(Text(words, ["PUNCT"] * n, ["_"] * n, list(range(n)), ["root"] * n, [0] * n, ["O"] * n))
    i, j = pairs(m)
    assert len(m.word) == len(i) == len(features(m, i, j)) == 0
