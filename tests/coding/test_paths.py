"""How two words hang together, over trees built by hand."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from dragoman.coding.paths import described
from dragoman.coding.tokens import tokens_of

PASSIVE = "Kuwait:1:nsubj:pass attacked:1:root by:3:case Iraq:1:obl"
CONTROL = "Egypt:1:nsubj agreed:1:root meet:1:xcomp Libya:2:obj"
RELATIVE = "France:0:root which:2:nsubj bombed:0:acl:relcl Libya:2:obj"
LENT = "Egypt:1:nsubj held:1:root talks:1:obj with:4:case Libya:2:nmod"
TWO = "Egypt:1:nsubj fell:1:root Libya:3:nsubj rose:3:root"


def doc_of(rows: str) -> Doc:
    """A Doc from `word:head:relation` rows."""
    parts = [row.split(":", 2) for row in rows.split()]
    heads, relations = [int(p[1]) for p in parts], [p[2] for p in parts]
    return Doc(English().vocab, words=[p[0] for p in parts], heads=heads, deps=relations)


@pytest.mark.parametrize(
    ("rows", "predicate", "nominal", "rule", "why"),
    [
        (PASSIVE, 1, 0, "parse:nsubj:pass", "subject of the passive “attacked”"),
        (PASSIVE, 1, 3, "parse:obl", "after “by” under “attacked”"),
        (CONTROL, 2, 0, "parse:xcomp<nsubj", "subject of “agreed”, which “meet” completes"),
        (CONTROL, 1, 3, "parse:xcomp>obj", "inside the phrase that is complement of “agreed”"),
        (RELATIVE, 2, 0, "parse:acl:relcl<", "the word of which the clause of “bombed” tells"),
        (LENT, 2, 0, "parse:obj<nsubj", "subject of “held”, of which “talks” is the object"),
        (LENT, 1, 4, "parse:obj>nmod", "inside the phrase that is object of “held”"),
        (LENT, 1, 1, "parse:", "the word itself"),
        (TWO, 1, 2, "parse:none", "in another sentence than “fell”"),
    ],
)
def test_a_path_is_told_by_its_relations(rows: str, predicate: int, nominal: int, rule: str, why: str) -> None:
    tokens = tokens_of(doc_of(rows))
    assert described(tokens[predicate], tokens[nominal]) == (rule, why)
