import lzma
import random
from pathlib import Path

import pytest

from training.corpora import detokenise, glue, retokenise, treebank

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
