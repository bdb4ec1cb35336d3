"""Each row of `time_rules.tsv` against its own examples."""

from __future__ import annotations

import pytest

from dragoman.coding.atoms import atoms
from dragoman.coding.times.builders import BUILDERS
from dragoman.coding.times.grammar import grammar
from dragoman.coding.times.pieces import pieces
from dragoman.lexicon.table import Lexicon
from dragoman.lexicon.time_words import TimeRule

LEXICON = Lexicon()
RULES = [row for row in LEXICON.rows(TimeRule) if not row.id.startswith("@")]


def spans_of(rule: str, text: str) -> set[tuple[int, int]]:
    """The spans of all matches of RULE in TEXT that its builder accepts."""
    known = LEXICON.compiled(grammar)
    row = pieces(atoms(text), known.words, known.literals)
    line = known.line(row)
    found = set()
    for i in range(len(row)):
        for match in known.matches_at(line, row, i):
            if match.rule.row.id == rule and (made := BUILDERS[match.rule.row.build](match, row)) is not None:
                found.add((made.start, made.end))
    return found


def test_every_builder_is_named_by_a_rule_and_every_rule_names_one() -> None:
    assert {row.build for row in RULES} == set(BUILDERS)


@pytest.mark.parametrize("rule", RULES, ids=lambda row: row.id)
def test_rule_matches_its_example(rule: TimeRule) -> None:
    start, end = rule.yes.index("["), rule.yes.index("]") - 1
    assert (start, end) in spans_of(rule.id, rule.yes.replace("[", "").replace("]", ""))


@pytest.mark.parametrize("rule", RULES, ids=lambda row: row.id)
def test_rule_leaves_its_counterexample(rule: TimeRule) -> None:
    assert rule.no
    assert not spans_of(rule.id, rule.no)
