from spacy.tokens import Doc

from dragoman.language.conllu import to_conllu
from dragoman.language.tokens import vocabulary


def doc() -> Doc:
    return Doc(
        vocabulary(),
        words=["Iran", "'s", "envoy", "left", ".", "\n\n", "He", "ate"],
        spaces=[False, True, True, False, False, False, True, False],
        pos=["PROPN", "PART", "NOUN", "VERB", "PUNCT", "SPACE", "PRON", "VERB"],
        morphs=["Number=Sing", "", "Number=Sing", "Tense=Past", "", "", "Case=Nom", ""],
        lemmas=["Iran", "'s", "envoy", "leave", ".", "\n\n", "he", "eat"],
        heads=[2, 0, 3, 3, 3, 4, 7, 7],
        deps=["nmod:poss", "case", "nsubj", "root", "punct", "dep", "nsubj", "root"],
        ents=["B-GPE", "O", "O", "O", "O", "O", "O", "O"],
    )


EXPECTED = """# sent_id = 1
# text = Iran's envoy left.
1	Iran	Iran	PROPN	_	Number=Sing	3	nmod:poss	_	NER=B-GPE|SpaceAfter=No
2	's	's	PART	_	_	1	case	_	_
3	envoy	envoy	NOUN	_	Number=Sing	4	nsubj	_	_
4	left	leave	VERB	_	Tense=Past	0	root	_	SpaceAfter=No
5	.	.	PUNCT	_	_	4	punct	_	_

# sent_id = 2
# text = He ate
1	He	he	PRON	_	Case=Nom	2	nsubj	_	_
2	ate	eat	VERB	_	_	0	root	_	_

"""


def test_two_sentences() -> None:
    assert to_conllu(doc()) == EXPECTED


def test_nothing() -> None:
    assert to_conllu(Doc(vocabulary())) == ""
