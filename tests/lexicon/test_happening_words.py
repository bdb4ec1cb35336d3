"""What ties words that may name one happening."""

from __future__ import annotations

import pytest

from dragoman.lexicon.happening_words import HappeningWordsRow, Ties, WordSenseRow, index
from dragoman.lexicon.table import Lexicon

TABLES = Lexicon().compiled(index)


def ties(word: str, pos: str = "VERB") -> Ties:
    return TABLES.ties([(word, pos)])


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        (("acquire", "VERB"), ("acquisition", "NOUN"), "kin"),
        (("attack", "VERB"), ("assail", "VERB"), "senses"),
        (("shoot", "VERB"), ("rampage", "NOUN"), "rows"),
        (("win", "VERB"), ("defeat", "NOUN"), "rows"),
        (("take over", "VERB"), ("buyout", "NOUN"), "rows"),
    ],
)
def test_words_are_tied(one: tuple[str, str], other: tuple[str, str], by: str) -> None:
    assert getattr(TABLES.ties([one]), by) & getattr(TABLES.ties([other]), by)


@pytest.mark.parametrize(("one", "other"), [("sign", "shell"), ("visit", "explode"), ("arrest", "resign")])
def test_words_are_not_tied(one: str, other: str) -> None:
    assert not any(getattr(ties(one), by) & getattr(ties(other), by) for by in ("kin", "senses", "rows"))


def test_an_unknown_word_is_its_own_kin() -> None:
    assert ties("glorp") == Ties(frozenset({"glorp"}))


def test_rows_of_one_word_or_an_unknown_part_of_speech_are_refused() -> None:
    with pytest.raises(ValueError, match="two or more"):
        HappeningWordsRow("x", ("sign",))
    with pytest.raises(ValueError, match="pos"):
        WordSenseRow("sign", "VB", (), ())
