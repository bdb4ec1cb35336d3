"""The examples of docs/codebook.md through the coder: each is read as the page says, each known gap is one."""

from __future__ import annotations

import pytest

from dragoman.lexicon import Lexicon
from dragoman.lexicon.codebook_examples import ExampleRow
from tests.coding.codebook_reading import gap

ROWS = Lexicon().rows(ExampleRow)
RENEW = "run python -m tests.coding.codebook_reading, then python -m dragoman.lexicon.codebook_page docs/codebook.md"


@pytest.mark.parametrize("row", [row for row in ROWS if row.known_gap is None], ids=lambda row: row.text)
def test_example_is_read_as_the_page_says(row: ExampleRow):
    assert gap(row) == ""


@pytest.mark.parametrize("row", [row for row in ROWS if row.known_gap is not None], ids=lambda row: row.text)
def test_known_gap_is_one_still(row: ExampleRow):
    assert gap(row) != "", f"it is read right now: {RENEW}"
