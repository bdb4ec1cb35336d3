from pathlib import Path

import pytest

from training.validate_treebank import file_faults, main

GOOD = """\
# sent_id = a1
# construction = clause-final said
# text = "Troops left," Mr. Bo said of the two.
1	"	"	PUNCT	_	_	3	punct	_	SpaceAfter=No
2	Troops	troop	NOUN	_	Number=Plur	3	nsubj	_	Coref=1
3	left	leave	VERB	_	Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin	8	ccomp	_	SpaceAfter=No
4	,	,	PUNCT	_	_	3	punct	_	SpaceAfter=No
5	"	"	PUNCT	_	_	3	punct	_	_
6	Mr.	Mr.	PROPN	_	Abbr=Yes|Number=Sing	7	nmod:desc	_	_
7	Bo	Bo	PROPN	_	Number=Sing	8	nsubj	_	NER=B-PERSON
8	said	say	VERB	_	Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin	0	root	_	_
9	of	of	ADP	_	_	11	case	_	_
10	the	the	DET	_	Definite=Def|PronType=Art	11	det	_	_
11	two	two	NUM	_	NumForm=Word|NumType=Card	8	obl	_	Coref=1|SpaceAfter=No
12	.	.	PUNCT	_	_	8	punct	_	_

"""

LINE_OF = {number: number + 3 for number in range(1, 13)}
"""Line of every word of GOOD."""


def changed(ident: int, column: int, value: str) -> str:
    """GOOD with one cell replaced; columns count from 1, as UD's manual does."""
    rows = GOOD.split("\n")
    cells = rows[LINE_OF[ident] - 1].split("\t")
    cells[column - 1] = value
    rows[LINE_OF[ident] - 1] = "\t".join(cells)
    return "\n".join(rows)


def found(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.what) for fault in file_faults(text, {}, "x.conllu")]


def test_a_sound_sentence_has_no_fault() -> None:
    assert found(GOOD) == []


CELLS = [
    (2, 2, "Troop", 1, "the words read"),
    (2, 3, "_", 5, "has no lemma"),
    (2, 4, "NAME", 5, "unknown UPOS 'NAME'"),
    (2, 6, "Number=Dual", 5, "unknown feature 'Number=Dual'"),
    (2, 6, "Number=Plur|Case=Nom", 5, "aren't sorted"),
    (2, 6, "Tense=Past", 5, "NOUN 'Troops' can't have Tense"),
    (3, 6, "Mood=Ind|VerbForm=Inf", 6, "has Mood but isn't finite"),
    (2, 7, "99", 5, "head 99 lies outside the sentence"),
    (2, 7, "x", 5, "head 'x' is no number"),
    (2, 8, "subj", 5, "unknown relation 'subj'"),
    (3, 7, "2", 5, "'Troops' hangs on itself in the end"),
    (3, 7, "0", 6, "head 0 with relation 'ccomp'"),
    (8, 8, "ccomp", 11, "head 0 with relation 'ccomp'"),
    (2, 8, "aux", 5, "aux on NOUN 'Troops'"),
    (2, 8, "nummod", 5, "nummod on NOUN 'Troops'"),
    (10, 4, "ADV", 13, "det on ADV 'the'"),
    (9, 4, "PRON", 12, "case on PRON 'of'"),
    (9, 8, "fixed", 12, "fixed from right to left at 'of'"),
    (6, 8, "flat", 9, "flat from right to left at 'Mr.'"),
    (6, 7, "4", 9, "punct ',' has a dependent nmod:desc 'Mr.'"),
    (10, 7, "9", 13, "case 'of' has a dependent det 'the'"),
    (7, 7, "3", 6, "'left' has 2 of subject"),
    (11, 8, "obl:unmarked", 14, "obl:unmarked 'two' with a preposition"),
    (11, 8, "obl:agent", 14, "agent 'two' without by"),
    (5, 7, "11", 8, "the arc of '\"' crosses another"),
    (7, 10, "NER=I-PERSON", 10, "I-PERSON after O"),
    (7, 10, "NER=B-SHIP", 10, "unknown name tag 'B-SHIP'"),
    (2, 10, "_", 14, "Coref=1 stands on one mention only"),
    (2, 10, "Coref=x", 5, "isn't a number from 1"),
    (7, 10, "Wiki=Bo", 10, "unknown key"),
    (12, 10, "SpaceAfter=No", 15, "SpaceAfter on the last word"),
    (4, 1, "4-5", 7, "word id '4-5' where 4 is due"),
    (4, 1, "6", 7, "word id '6' where 4 is due"),
    (4, 9, "", 7, "an empty cell"),
]


@pytest.mark.parametrize(("ident", "column", "value", "line", "what"), CELLS)
def test_one_wrong_cell_is_named_with_its_line(ident: int, column: int, value: str, line: int, what: str) -> None:
    assert any(at == line and what in said for at, said in found(changed(ident, column, value)))


HEADER = "# sent_id = b\n# construction = c\n"

SENTENCES = [
    ("Boys and girls", [("Boys", "NOUN", 0, "root"), ("and", "CCONJ", 1, "cc"), ("girls", "NOUN", 1, "conj")],
     "cc 'and' must hang on a later word"),
    ("because of rain", [("because", "ADP", 3, "case"), ("of", "ADP", 1, "fixed"), ("rain", "NOUN", 0, "root")],
     "fixed expression at 'because' without ExtPos"),
    ("He was shot", [("He", "PRON", 3, "nsubj"), ("was", "AUX", 3, "aux:pass"), ("shot", "VERB", 0, "root")],
     "passive 'shot' with an active subject"),
    ("He makes us", [("He", "PRON", 0, "root"), ("makes", "AUX", 1, "aux"), ("us", "PRON", 1, "obj")],
     "'make' is no auxiliary"),
    ("He seems well", [("He", "PRON", 3, "nsubj"), ("seems", "AUX", 3, "cop"), ("well", "ADV", 0, "root")],
     "'seem' is no copula"),
    ("A ; B C", [("A", "NOUN", 3, "nmod"), (";", "PUNCT", 4, "punct"), ("B", "X", 4, "nmod"), ("C", "X", 0, "root")],
     "';' stands under the arc to 'A' without belonging to it"),
    ("go go", [("go", "VERB", 0, "root"), ("go", "VERB", 0, "root")], "2 roots"),
    ("go", [("go", "PUNCT", 0, "root"), ("!", "PUNCT", 1, "obj")], "obj on PUNCT '!'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "what"), SENTENCES)
def test_rules_of_the_third_level(text: str, words: list[tuple[str, str, int, str]], what: str) -> None:
    lemmas = {"makes": "make", "seems": "seem"}
    rows = [
        f"{k}\t{form}\t{lemmas.get(form, form)}\t{upos}\t_\t_\t{head}\t{relation}\t_\t_"
        for k, (form, upos, head, relation) in enumerate(words, start=1)
    ]
    said = [said for _, said in found(f"{HEADER}# text = {text}\n" + "\n".join(rows) + "\n\n")]
    assert any(what in line for line in said)


def test_comments_that_every_sentence_needs() -> None:
    assert (1, "no comment 'construction'") in found(GOOD.replace("# construction = clause-final said\n", "#\n"))


def test_a_sentence_id_stands_once_in_all_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [tmp_path / name for name in ("one.conllu", "two.conllu")]
    for path in paths:
        path.write_text(GOOD, encoding="utf-8")
    assert main([str(path) for path in paths]) == 1
    assert capsys.readouterr().out == f"{paths[1]}:1: sent_id 'a1' stands in {paths[0]} already\n"
    assert main([str(paths[0])]) == 0


def test_without_files_the_command_says_how_to_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


TREEBANK = sorted((Path(__file__).parents[2] / "corpus" / "treebank").glob("*.conllu"))


@pytest.mark.parametrize("path", TREEBANK, ids=[path.name for path in TREEBANK])
def test_the_treebank_itself_is_sound(path: Path) -> None:
    assert found(path.read_text(encoding="utf-8")) == []
