import numpy as np
import pytest

from dragoman.language import pieces as module
from dragoman.language.parser import WEIGHTS
from dragoman.language.pieces import LONGEST_WORD, WordPieces, rows, shape

SHAPES = [
    ("the", 1),
    ("I", 2),
    ("UN", 3),
    ("ASEAN", 3),
    ("UNESCO", 4),
    ("Geneva", 5),
    ("McDonald", 6),
    ("12", 7),
    ("1987", 8),
    ("1,200", 9),
    ("F-16", 9),
    ("U.S.", 10),
    ("e-mail", 11),
    ("n't", 11),
    (".", 0),
    ("👩", 0),
    ("\u0301", 0),
    ("مرحبا", 6),
]


@pytest.mark.parametrize(("word", "expected"), SHAPES)
def test_shape(word: str, expected: int) -> None:
    assert shape(word) == expected


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(WEIGHTS / "standard" / "tokenizer.json")


@pytest.mark.parametrize(
    "word", ["minister", "x" * 200, "\x00", "\ufffd", "\u0301", "👩\u200d🚀", "\ufeff", "Ａ", "中" * 40]
)
def test_every_word_has_a_piece_and_few(pieces: WordPieces, word: str) -> None:
    ((ids, _),) = pieces([word])
    assert 1 <= len(ids) <= LONGEST_WORD


def test_pieces_are_the_same_alone_and_together_and_after_the_memory_was_emptied(
    pieces: WordPieces, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["Zaporizhzhia", "the", "the", "said", "Zaporizhzhia"]
    together = pieces(words)
    monkeypatch.setattr(module, "CACHED_WORDS", 1)
    assert [pieces([word])[0] for word in words] == together


def test_rows_say_where_words_begin_and_pad_with_nothing(pieces: WordPieces) -> None:
    long, short = pieces(["Zaporizhzhia", "fell", "."]), pieces(["No"])
    ids, shapes, mask, first = rows([(long, [False, False, True]), (short, [False])], pieces)
    lengths = [len(word) for word, _ in long]
    assert first[0].tolist() == [0, 1, 1 + lengths[0], 1 + lengths[0] + lengths[1]]
    assert first[1].tolist() == [0, 1, 0, 0]
    assert mask.sum(1).tolist() == [2 + sum(lengths), 2 + len(short[0][0])]
    assert ids[0, 0] == pieces.first and ids[0, mask[0].sum() - 1] == pieces.last
    assert not np.any(ids * (1 - mask)) and not np.any(shapes * (1 - mask))
    assert shapes[0, first[0, 1]] == 1 + 5
    assert shapes[0, first[0, 3]] == 1 + 0 + 12
