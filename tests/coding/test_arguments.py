"""Who stands in which slot, over parses made by hand: no parser, so that the rules alone are tested."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.util import get_lang_class

from dragoman.coding.arguments import (
    case_of,
    complements,
    conjuncts,
    fill,
    governors,
    is_mutual,
    is_passive,
    modifiers,
    objects,
    subjects,
)
from dragoman.coding.tokens import Token, tokens_of

VOCAB = get_lang_class("en")().vocab
CASES = {
    "active": """Iraq PROPN nsubj 2 | attacked VERB root 2 | Iran PROPN obj 2""",
    "passive": """Iran PROPN nsubj:pass 3 | was AUX aux:pass 3 | attacked VERB root 3 | by ADP case 5
        | Iraq PROPN obl:agent 3""",
    "control": """Iraq PROPN nsubj 2 | promised VERB root 2 | to PART mark 4 | leave VERB xcomp 2 | Iran PROPN obj 4""",
    "object control": """Iraq PROPN nsubj 2 | urged VERB root 2 | Iran PROPN obj 2 | to PART mark 5
        | leave VERB xcomp 2""",
    "relative": """Iraq PROPN root 1 | , PUNCT punct 1 | which PRON nsubj 4 | attacked VERB acl:relcl 1
        | Iran PROPN obj 4""",
    "object relative": """treaty NOUN root 1 | that PRON obj 4 | Iraq PROPN nsubj 4 | signed VERB acl:relcl 1""",
    "bare relative": """treaty NOUN root 1 | Iraq PROPN nsubj 3 | signed VERB acl:relcl 1""",
    "participle": """treaty NOUN root 1 | signed VERB acl 1 Part | by ADP case 4 | Iraq PROPN obl:agent 2""",
    "coordination": """Iraq PROPN nsubj 2 | bombed VERB root 2 | and CCONJ cc 4 | shelled VERB conj 2
        | Iran PROPN obj 4""",
    "dative passive": """Iran PROPN nsubj:pass 3 | was AUX aux:pass 3 | given VERB root 3 | aid NOUN obj 3""",
    "particle": """Iraq PROPN nsubj 2 | called VERB root 2 | off ADP compound:prt 2 | talks NOUN obl 2""",
    "talks": """Iraq PROPN nsubj 2 | held VERB root 2 | talks NOUN obj 2 | with ADP case 5 | Iran PROPN nmod 3""",
    "nested": """visit NOUN root 1 | of ADP case 3 | king NOUN nmod 1 | to ADP case 5 | Iran PROPN nmod 3""",
    "possessor": """Iraq PROPN nmod:poss 3 | 's PART case 1 | attack NOUN root 3""",
    "adjective": """Syria PROPN nsubj 3 | is AUX cop 3 | opposed ADJ root 3 | to ADP case 5 | Iran PROPN obl 3""",
    "mutual": """Iraq PROPN nsubj 4 | and CCONJ cc 3 | Iran PROPN conj 1 | attacked VERB root 4 | each DET det 6
        | other ADJ obj 4""",
    "two objects": """Iraq PROPN nsubj 2 | attacked VERB root 2 | Iran PROPN obj 2 | and CCONJ cc 5
        | Syria PROPN conj 3""",
    "intransitive": """troops NOUN nsubj 2 | left VERB root 2""",
}  # fmt: skip


def parse(name: str) -> list[Token]:
    """The case as tokens: a word, its part of speech, relation and head (from 1), "Part" for a past participle."""
    rows = [cell.split() for cell in CASES[name].split("|")]
    doc = Doc(
        VOCAB,
        words=[row[0] for row in rows],
        pos=[row[1] for row in rows],
        deps=[row[2] for row in rows],
        heads=[int(row[3]) - 1 for row in rows],
        lemmas=[{"urged": "urge", "promised": "promise", "held": "hold"}.get(row[0], row[0]) for row in rows],
        morphs=["Tense=Past|VerbForm=Part" if len(row) > 4 else "" for row in rows],
        sent_starts=[i == 0 for i in range(len(rows))],
    )
    return tokens_of(doc)


def words(tokens: list[Token]) -> list[str]:
    return [t.text for t in tokens]


@pytest.mark.parametrize(
    ("case", "at", "slot", "expected"),
    [
        ("active", 1, "subj", ["Iraq"]),
        ("active", 1, "obj", ["Iran"]),
        ("passive", 2, "subj", ["Iraq"]),
        ("passive", 2, "obj", ["Iran"]),
        ("control", 3, "subj", ["Iraq"]),
        ("object control", 4, "subj", ["Iran"]),
        ("relative", 3, "subj", ["Iraq"]),
        ("object relative", 3, "obj", ["treaty"]),
        ("object relative", 3, "subj", ["Iraq"]),
        ("bare relative", 2, "obj", ["treaty"]),
        ("participle", 1, "obj", ["treaty"]),
        ("participle", 1, "subj", ["Iraq"]),
        ("coordination", 3, "subj", ["Iraq"]),
        ("coordination", 1, "obj", ["Iran"]),
        ("dative passive", 2, "iobj", ["Iran"]),
        ("dative passive", 2, "subj", []),
        ("active", 1, "iobj", []),
        ("particle", 1, "obj", ["talks"]),
        ("talks", 2, "with", ["Iran"]),
        ("talks", 1, "with", ["Iran"]),
        ("talks", 1, "to", []),
        ("nested", 0, "to", ["Iran"]),
        ("nested", 0, "of", ["king"]),
        ("possessor", 2, "poss", ["Iraq"]),
        ("adjective", 2, "subj", ["Syria"]),
        ("adjective", 2, "to", ["Iran"]),
        ("object control", 1, "comp", []),
        ("control", 1, "comp", ["Iran"]),
        ("intransitive", 1, "obj", []),
    ],
)
def test_slot(case: str, at: int, slot: str, expected: list[str]):
    assert words(fill(parse(case)[at], slot)) == expected


@pytest.mark.parametrize(
    ("case", "at", "passive"),
    [("active", 1, False), ("passive", 2, True), ("participle", 1, True), ("relative", 3, False)],
)
def test_passive(case: str, at: int, passive: bool):
    assert is_passive(parse(case)[at]) is passive


def test_conjuncts_are_in_the_order_of_the_text():
    assert words(conjuncts(parse("two objects")[2])) == ["Iran", "Syria"]


def test_case_is_empty_without_a_preposition():
    doc = parse("talks")
    assert (case_of(doc[4]), case_of(doc[2]), case_of(parse("possessor")[0])) == ("with", "", "")


def test_complement_clauses():
    assert words(complements(parse("control")[1])) == ["leave"]
    assert complements(parse("active")[1]) == []


def test_modifiers_leave_out_the_genitive_mark():
    assert words(modifiers(parse("possessor")[2])) == ["Iraq"]


def test_mutual():
    assert is_mutual(parse("mutual")[3])
    assert not is_mutual(parse("active")[1])


def test_governors_end_at_the_root():
    assert [(d.text, h.text) for d, h in governors(parse("control")[4])] == [("Iran", "leave"), ("leave", "promised")]


def test_long_chains_of_clauses_end():
    rows = 60
    tokens = tokens_of(
        Doc(
            VOCAB,
            words=["go"] * rows,
            pos=["VERB"] * rows,
            deps=["root", *["xcomp"] * (rows - 1)],
            heads=[max(0, i - 1) for i in range(rows)],
            lemmas=["go"] * rows,
        )
    )
    assert subjects(tokens[rows - 1]) == []
    assert objects(tokens[rows - 1]) == []
