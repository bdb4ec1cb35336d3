import pytest
from spacy.tokens import Doc

from dragoman.language.annotations import Argument, Predicate, Reality, Reference, keep
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


LEFT = Predicate(3, 0.974, (Argument(2, "ARG0", 0.95), Argument(0, "ARGM-TMP", 0.5)), Reality(2.1, 1, 0.506, -0.4))
ATE = Predicate(7, 0.6, (), Reality(-0.004, 0, 0, 3))
LEFT_ROLES = "Args=3:ARG0:0.95,1:ARGM-TMP:0.50|Dynamic=0.51|Factual=2.10|Hypothetical=-0.40|Particular=1.00|Pred=0.97"
BEYOND: list[tuple[list[Predicate], list[Reference], bool, list[str]]] = [
    ([LEFT], [], False, ["NER=B-GPE|SpaceAfter=No", "_", "_", "SpaceAfter=No", "_", "_", "_"]),
    (
        [],
        [Reference(6, 2, 0.8)],
        False,
        ["NER=B-GPE|SpaceAfter=No", "_", "Coref=1", "SpaceAfter=No", "_", "Coref=1", "_"],
    ),
    (
        [],
        [Reference(6, 0, 0.8), Reference(2, 1, 0.7)],
        False,
        ["Coref=1|NER=B-GPE|SpaceAfter=No", "Coref=2", "Coref=2", "SpaceAfter=No", "_", "Coref=1", "_"],
    ),
    (
        [LEFT],
        [Reference(6, 2, 0.8)],
        True,
        ["NER=B-GPE|SpaceAfter=No", "_", "Coref=1", f"{LEFT_ROLES}|SpaceAfter=No", "_", "Coref=1", "_"],
    ),
    (
        [ATE],
        [],
        True,
        [
            *["NER=B-GPE|SpaceAfter=No", "_", "_", "SpaceAfter=No", "_", "_"],
            "Dynamic=0.00|Factual=0.00|Hypothetical=3.00|Particular=0.00|Pred=0.60",
        ],
    ),
]


@pytest.mark.parametrize(("found", "links", "roles", "misc"), BEYOND)
def test_beyond_the_tree(found: list[Predicate], links: list[Reference], roles: bool, misc: list[str]) -> None:
    one = doc()
    keep(one, found, links)
    rows = [line.split("\t") for line in to_conllu(one, roles=roles).split("\n") if "\t" in line]
    assert [row[9] for row in rows] == misc
    assert [row[:9] for row in rows] == [line.split("\t")[:9] for line in EXPECTED.split("\n") if "\t" in line]
