import lzma
import random
from pathlib import Path

import pytest

from training.corpora import detokenise, glue, glued_as_printed, names, own_treebank, relabel, retokenise, treebank

TEXTS = [
    ("He said , `` We won 't go . ''", 'He said, "We won\'t go."'),
    ("the U.S.-led force ( 300 men )", "the U.S.-led force (300 men)"),
    ("It did n't cost $ 5", "It didn't cost $5"),
    ("China 's 5 % .", "China's 5%."),
]


@pytest.mark.parametrize(("words", "text"), TEXTS)
def test_detokenise(words: str, text: str) -> None:
    assert detokenise(words.split()) == text


def test_words_of_the_runtime_keep_the_options_of_the_word_they_lie_in() -> None:
    found = retokenise(["the", "U.S.-led", "raid"], [("O",), ("B-GPE",), ("O",)])
    assert found.words == ["the", "U.S.", "-", "led", "raid"]
    assert found.entities == [("O",), ("B-GPE",), ("I-GPE",), ("I-GPE",), ("O",)]
    assert found.glued == [False, False, True, True, False]


CONLLU = """# newdoc id = a
# sent_id = a-1
1-2	don't	_	_	_	_	_	_	_	SpaceAfter=No
1	do	do	AUX	_	_	0	root	_	_
2	n't	not	PART	_	_	1	advmod	_	_
3	!	!	PUNCT	_	_	1	punct	_	_

# sent_id = a-2
1	Go	go	VERB	_	_	0	root	_	_

"""


def test_treebank_and_glue(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu.xz"
    path.write_bytes(lzma.compress(CONLLU.encode()))
    (first, fresh, rows, ranges), (second, again, _, _) = treebank(path)
    assert (first, fresh, second, again) == ("a-1", True, "a-2", False)
    assert [row[1] for row in rows] == ["do", "n't", "!"]
    assert glue(rows, ranges, random.Random(0)) == [False, True, True]


PRINTED = [
    ("Soviet - made arms", "Soviet-made arms"),
    ("the 1990 – 95 war", "the 1990–95 war"),
    ("He left – and stayed", "He left – and stayed"),
    ("PARIS ( AFP ) - The envoy", "PARIS (AFP) - The envoy"),
    ("Iran 's envoy did n't go .", "Iran's envoy didn't go."),
    ('" No , " he said .', '"No," he said.'),
    ("-", "-"),
]


@pytest.mark.parametrize(("words", "text"), PRINTED)
def test_glued_as_printed(words: str, text: str) -> None:
    found = words.split()
    glued = glued_as_printed(found)
    assert "".join(("" if g or not i else " ") + w for i, (w, g) in enumerate(zip(found, glued, strict=True))) == text


OWN = """# newdoc id = a
# sent_id = a1
1	Paris	Paris	PROPN	_	_	2	nsubj	_	NER=B-GPE
2	waits	wait	VERB	_	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	_	_	2	punct	_	_

# sent_id = a2
1	Reuters	Reuters	PROPN	_	_	2	nsubj	_	Coref=1|NER=B-ORG
2	left	leave	VERB	_	_	0	root	_	_

# newdoc id = b
# sent_id = b1
1	Go	go	VERB	_	_	0	root	_	_

"""


def test_our_treebank_keeps_its_own_names(tmp_path: Path) -> None:
    (tmp_path / "part_a_train.conllu").write_text(OWN)
    (tmp_path / "part_a_dev.conllu").write_text(OWN)
    first, second = own_treebank(tmp_path)
    assert [s.entities for s in first] == [[("B-GPE",), ("O",), ("O",)], [("B-ORG",), ("O",)]]
    assert first[0].glued == [False, False, True]
    assert first[0].heads == [2, 0, 2]
    assert [s.words for s in second] == [["Go"]]


def test_names_are_documents_of_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "names.iob2").write_text("Soviet\tB-NORP\n-\tO\nmade\tO\n\nReuters\tB-MEDIA\n")
    (tmp_path / "names_b.iob2").write_text("Go\tO\n\n")
    found = names(tmp_path)
    assert [[s.words for s in d] for d in found] == [[["Soviet", "-", "made"]], [["Reuters"]], [["Go"]]]
    assert found[0][0].entities == [("B-NORP",), ("O",), ("O",)]
    assert found[0][0].glued == [False, True, True]
    assert found[1][0].heads == []


def test_relabel_takes_over_options_of_the_same_words(tmp_path: Path) -> None:
    (tmp_path / "names.iob2").write_text("Reuters\tB-MEDIA\n\nOslo\tB-GPE\n")
    (old, other) = names(tmp_path)
    fresh = names(tmp_path)[:1]
    old[0].entities = [("O",)]
    assert relabel([old, other], fresh) == 1
    assert (old[0].entities, other[0].entities) == ([("B-MEDIA",)], [("B-GPE",)])
