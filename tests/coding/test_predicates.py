"""Every row of the predicates' table through the parser: its own sentence fires it, its counter-sentence does not."""

from __future__ import annotations

import pytest

from dragoman.coding.events.predicates import fill_best, fill_loose, frame_of
from dragoman.lexicon import Lexicon
from dragoman.lexicon.predicates import PredicateRow
from tests.coding.event_reading import draft_of

ROWS = Lexicon().rows(PredicateRow)
MISREAD = {"order-act": "the parse makes 'out' a case, and 'drive out' is a row of its own"}
"""Rows whose sentence the parser or another row takes otherwise, with the reason. May only shrink."""


def fired(text: str) -> list[str]:
    draft = draft_of(text)
    return [f.row.id for token in draft.tokens if (f := fill_best(draft, token)) is not None]


@pytest.mark.parametrize("row", [r for r in ROWS if r.id not in MISREAD], ids=lambda row: row.id)
def test_row_fires_on_its_own_sentence_and_not_on_the_other(row: PredicateRow):
    assert row.id in fired(row.matches)
    assert row.id not in fired(row.refuses)


def test_the_list_of_misread_rows_only_shrinks():
    assert len(MISREAD) <= 1
    assert not [row.id for row in ROWS if row.id in MISREAD and row.id in fired(row.matches)]


def test_a_frame_that_lacks_a_side_is_kept_for_an_antecedent_but_is_no_event_yet():
    draft = draft_of("The Polish president arrived on Monday.")
    verb = next(t for t in draft.tokens if t.text == "arrived")
    assert fill_best(draft, verb) is None
    loose = fill_loose(draft, verb)
    assert loose is not None
    assert "target" in loose.wanting


@pytest.mark.parametrize(
    ("text", "word", "row"),
    [
        ("Germany returned the altar to Poland.", "returned", "return-to"),
        ("Norway fired a missile at Chad.", "fired", "firemissile"),
        ("Troops fought on the river.", "fought", "fight"),
    ],
)
def test_the_frame_is_that_whose_needs_are_met_best(text: str, word: str, row: str):
    draft = draft_of(text)
    found = frame_of(draft, next(t for t in draft.tokens if t.text == word))
    assert found is not None
    assert found.id == row
