"""The tables of predicates: that they hold together, refuse what is unknown, and find phrases and classes."""

from __future__ import annotations

import pytest

from dragoman.facts import PLOVER_TYPES
from dragoman.lexicon import Lexicon
from dragoman.lexicon.predicates import (
    NEEDS,
    IrregularVerbRow,
    NounClassRow,
    PredicateRow,
    SupportRow,
    index,
)
from dragoman.lexicon.status_cues import SCOPES, StatusCueRow

LEXICON = Lexicon()
ROWS = LEXICON.rows(PredicateRow)
GOOD = {
    "id": "x", "pos": "VERB", "lemmas": ("x",), "source": ("subj",), "type": "AID", "matches": "A.", "refuses": "B.",
}  # fmt: skip


def test_lemmas_reach_the_size_that_the_documentation_states():
    assert len({(lemma, row.pos) for row in ROWS for lemma in row.lemmas}) >= 1100


def test_every_plover_type_has_verbs_and_nouns():
    verbs = {row.type for row in ROWS if row.pos == "VERB"}
    nouns = {row.type for row in ROWS if row.pos == "NOUN"}
    assert verbs == set(PLOVER_TYPES)
    assert nouns == set(PLOVER_TYPES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_row_has_two_sentences_of_its_own(row: PredicateRow):
    assert row.matches.endswith(".")
    assert row.refuses.endswith(".")
    assert row.matches != row.refuses


def test_no_sentence_stands_twice_as_an_example():
    sentences = [row.matches for row in ROWS]
    assert len(sentences) == len(set(sentences))


def test_no_lemma_stands_twice_in_a_row():
    twice = {row.id: row.lemmas for row in (*ROWS, *LEXICON.rows(SupportRow)) if len(set(row.lemmas)) < len(row.lemmas)}
    assert not twice


def test_every_class_is_used_and_every_used_class_exists():
    named = {name[1:] for row in ROWS for name in row.object if name.startswith("@")} - {"body"}
    assert named <= {row.name for row in LEXICON.rows(NounClassRow)}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("pos", "ADV", "none of VERB"), ("type", "WAR", "no PLOVER type"), ("needs", ("luck",), "luck")],
)
def test_unknown_terms_are_refused_by_name(field: str, value: object, words: str):
    with pytest.raises(ValueError, match=words):
        PredicateRow(**{**GOOD, field: value})  # type: ignore[arg-type]


def test_needs_that_the_table_uses_are_all_known():
    assert {need for row in ROWS for need in row.needs} <= NEEDS


def test_frames_with_more_words_and_with_objects_come_first():
    frames = LEXICON.compiled(index).frames[("call", "VERB")]
    sizes = [(-len(f.words), f.objects is None) for f in frames]
    assert sizes == sorted(sizes)


FORMS = [("froze", "freeze"), ("overthrown", "overthrow"), ("initialled", "initial")]


@pytest.mark.parametrize(("form", "lemma"), FORMS)
def test_forms_that_a_lemmatiser_misses_are_found(form: str, lemma: str):
    frames = LEXICON.compiled(index).frames
    assert {f.row.id for f in frames[(form, "VERB")]} & {f.row.id for f in frames[(lemma, "VERB")]}


def test_irregular_forms_differ_from_their_lemma_where_the_verb_changes():
    assert all(row.forms for row in LEXICON.rows(IrregularVerbRow))


@pytest.mark.parametrize("row", LEXICON.rows(StatusCueRow), ids=lambda row: row.id)
def test_status_cue_names_a_scope_and_two_sentences(row: StatusCueRow):
    assert row.scope in SCOPES
    assert row.matches != row.refuses


@pytest.mark.parametrize(("field", "value"), [("scope", "sentence"), ("effect", "perhaps")])
def test_unknown_scopes_and_effects_are_refused(field: str, value: str):
    good = {"id": "x", "pos": "VERB", "lemmas": ("x",), "scope": "clause", "effect": "denied"}
    good |= {"matches": "A.", "refuses": "B."}
    with pytest.raises(ValueError, match=value):
        StatusCueRow(**{**good, field: value})  # type: ignore[arg-type]
