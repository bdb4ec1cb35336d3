"""The codebook's tables: that they are whole, agree with each other, and hold all names that the coder gives."""

from __future__ import annotations

import pytest

from dragoman.facts import PLOVER_TYPES, STATUSES
from dragoman.lexicon import Lexicon
from dragoman.lexicon.codebook_examples import ExampleRow
from dragoman.lexicon.plover import CameoRow, ModeRow, TypeRow, terms
from dragoman.lexicon.predicates import PredicateRow
from dragoman.terms import COOPERATIVE

LEXICON = Lexicon()
TERMS = LEXICON.compiled(terms)
PREDICATES = LEXICON.rows(PredicateRow)


def test_there_is_a_row_for_each_type_and_its_quad_class_is_on_its_side():
    rows = LEXICON.rows(TypeRow)
    assert [row.type for row in rows] == list(PLOVER_TYPES)
    assert {row.type for row in rows if row.quad < 3} == COOPERATIVE


@pytest.mark.parametrize(("kind", "bounds"), [(TypeRow, (-9, 10)), (ModeRow, (-10, 10))], ids=["types", "modes"])
def test_intensities_reach_as_far_as_the_manual_says(kind: type[TypeRow] | type[ModeRow], bounds: tuple[float, float]):
    found = [row.intensity for row in LEXICON.rows(kind) if row.intensity is not None]
    assert (min(found), max(found)) == bounds


def test_there_are_67_modes_over_eleven_types_and_37_contexts():
    assert (len(LEXICON.rows(ModeRow)), sum(bool(modes) for modes in TERMS.modes.values())) == (67, 11)
    assert len(TERMS.contexts) == 37


@pytest.mark.parametrize("row", LEXICON.rows(CameoRow), ids=lambda row: row.code)
def test_cameo_code_names_a_mode_and_contexts_that_there_are(row: CameoRow):
    assert row.code[:2] in TERMS.codes
    assert set(row.contexts) <= TERMS.contexts
    assert row.mode is None or (row.type is not None and row.mode in TERMS.modes[row.type])


def test_cameo_has_twenty_roots_and_149_codes_of_three_digits():
    sizes = [len(code) for code in TERMS.codes]
    assert (sizes.count(2), sizes.count(3)) == (20, 149)


def test_the_coder_gives_no_code_mode_or_context_that_the_codebook_lacks():
    assert {row.cameo for row in PREDICATES if row.cameo} <= TERMS.codes
    assert {context for row in PREDICATES for context in row.contexts} <= TERMS.contexts
    strange = {(row.type, row.mode) for row in PREDICATES if row.mode and row.mode not in TERMS.modes[row.type]}
    assert strange == set()


EXAMPLES = LEXICON.rows(ExampleRow)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row.text)
def test_example_is_a_sentence_with_names_that_there_are(row: ExampleRow):
    assert row.text.endswith(".")
    assert row.mode is None or row.mode in TERMS.modes[row.type]
    for side in (row.source, row.target):
        assert side.split("+") == sorted(side.split("+"))


def test_each_type_mode_and_status_has_an_example():
    assert {row.type for row in EXAMPLES if row.shows == "type" and row.known_gap is None} == set(PLOVER_TYPES)
    shown = {(row.type, row.mode) for row in EXAMPLES if row.shows == "type"}
    assert {(row.type, row.mode) for row in LEXICON.rows(ModeRow)} <= shown
    assert {row.status for row in EXAMPLES if row.shows == "status" and row.known_gap is None} == set(STATUSES)


def test_no_example_is_a_sentence_of_the_predicates_table():
    """The two are run apart; one that is in both would be counted twice."""
    table = {row.matches for row in PREDICATES}
    assert len([row.text for row in EXAMPLES if row.text in table]) <= 12
