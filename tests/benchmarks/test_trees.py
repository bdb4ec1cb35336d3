"""Counts by sentence add up to what the scorer of trees prints."""

import pytest

from benchmarks.trees import by_sentence, figures

GOLD = (
    {(0, 2, 0): ("PROPN", (2, 5), "nsubj"), (2, 5, 0): ("VERB", None, "root"), (5, 8, 0): ("NOUN", None, "root")},
    {(0, 5), (5, 8)},
    8,
)
FOUND = (
    {(0, 2, 0): ("PROPN", (2, 5), "obj"), (2, 5, 0): ("NOUN", None, "root"), (5, 6, 0): ("NOUN", None, "root")},
    {(0, 8)},
    8,
)


def test_figures_of_each_sentence_and_of_all() -> None:
    rows = by_sentence(GOLD, FOUND)
    assert len(rows) == 2
    tok, sent, upos, uas, las = figures(rows)
    assert tok == pytest.approx(200 * 2 / 6)
    assert sent == 0
    assert upos == pytest.approx(200 * 1 / 6)
    assert uas == pytest.approx(200 * 2 / 6)
    assert las == pytest.approx(200 * 1 / 6)
    assert figures(rows[1:])[0] == 0


def test_gold_against_itself_is_all_right() -> None:
    assert figures(by_sentence(GOLD, GOLD)) == [100.0] * 5
