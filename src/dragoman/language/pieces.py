"""What the encoder sees of a word: its pieces and its shape."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

LONGEST_WORD = 8
"""Pieces of a word that are read; the rest of a longer one (a web address) is left out."""

CACHED_WORDS = 65_536
"""Words whose pieces are remembered; the memory is emptied when it is full."""


def shape(word: str) -> int:
    """Class of a word's letters, 0 to 11: the encoder itself is blind to case."""
    if word.isalpha():
        if word.islower():
            return 1
        if len(word) == 1:
            return 2
        if word.isupper():
            return 3 if len(word) < 6 else 4
        return 5 if word.istitle() else 6
    if word.isdigit():
        return 7 if len(word) != 4 else 8
    if any(c.isdigit() for c in word):
        return 9
    if any(c.isalpha() for c in word):
        return 10 if word[:1].isupper() else 11
    return 0


class WordPieces:
    """Piece ids of words, remembered from call to call."""

    def __init__(self, path: Path) -> None:
        """`path`: a `tokenizer.json`."""
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._known: dict[str, tuple[list[int], int]] = {}
        ids = [self._tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[UNK]", "<s>", "</s>")]
        first, last, unknown = ids[0] if ids[3] is None else ids[3], ids[1] if ids[4] is None else ids[4], ids[2]
        if first is None or last is None or unknown is None:
            raise ValueError(f"{path} has no start, end or unknown piece")
        self.first, self.last, self.unknown = first, last, unknown

    def __call__(self, words: list[str]) -> list[tuple[list[int], int]]:
        """(piece ids, shape) of each word; a word has one piece at least."""
        if len(self._known) > CACHED_WORDS:
            self._known.clear()
        known = self._known
        new = list({word for word in words if word not in known})
        for word, encoding in zip(new, self._tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
            known[word] = (encoding.ids[:LONGEST_WORD] or [self.unknown], shape(word))
        return [known[word] for word in words]


def rows(
    windows: list[tuple[list[tuple[list[int], int]], list[bool]]], pieces: WordPieces
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Arrays (ids, shapes, mask, first) for a batch of windows, each its words' pieces and whether they are glued.

    `first` holds the place of the start piece, then of each word's first piece; short rows are padded with 0.
    """
    flat_ids, flat_shapes, firsts = [], [], []
    for words, glued in windows:
        ids, shapes, first = [pieces.first], [0], [0]
        for (word_ids, word_shape), joined in zip(words, glued, strict=True):
            first.append(len(ids))
            ids += word_ids
            shapes += [1 + word_shape + (12 if joined else 0)] * len(word_ids)
        ids.append(pieces.last)
        shapes.append(0)
        flat_ids.append(ids)
        flat_shapes.append(shapes)
        firsts.append(first)
    width, words_wide = max(map(len, flat_ids)), max(map(len, firsts))
    shape_ = (len(windows), width)
    out_ids, out_shapes, mask = (np.zeros(shape_, np.int64) for _ in range(3))
    first_ = np.zeros((len(windows), words_wide), np.int64)
    for i, ids in enumerate(flat_ids):
        out_ids[i, : len(ids)] = ids
        out_shapes[i, : len(ids)] = flat_shapes[i]
        mask[i, : len(ids)] = 1
        first_[i, : len(firsts[i])] = firsts[i]
    return out_ids, out_shapes, mask, first_
