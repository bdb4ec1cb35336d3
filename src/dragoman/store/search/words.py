"""Words as the index has them: letters and digits in lower case, without accents.

Chinese, Japanese and Korean signs are words by themselves, so that a word of these languages is a phrase of its signs.
A text and a question about it are cut by the same function here, so both databases find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.facts import Span

LONGEST_WORD: Final = 64
"""Longer words are cut: nobody types them, and PostgreSQL takes no endless ones."""

_WORD: Final = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
_ASCII: Final = re.compile("[0-9A-Za-z]+")
_SIGNS: Final = re.compile("[\u2e80-\u2fdf\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")
_PIECES: Final = re.compile(f"{_SIGNS.pattern}|(?:(?!{_SIGNS.pattern}).)+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its form in the index, and its characters from 0 of that text, end exclusive."""

    form: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of TEXT in order."""
    for match in (_ASCII if text.isascii() else _WORD).finditer(text):
        piece = match.group()
        if piece.isascii():
            yield Word(piece[:LONGEST_WORD].lower(), match.start(), match.end())
            continue
        for part in _PIECES.finditer(piece):
            form = _folded(part.group())
            if form:
                yield Word(form, match.start() + part.start(), match.start() + part.end())


def forms(text: str) -> tuple[str, ...]:
    """The forms of the words of TEXT."""
    if text.isascii():  # nearly all text: half of what adding a report took was spent here
        return tuple([form[:LONGEST_WORD] for form in _ASCII.findall(text.lower())])
    return tuple(word.form for word in words(text))


def _folded(text: str) -> str:
    """TEXT in the form that is compared; the signs of Korean are kept whole, other letters lose their accents."""
    if _SIGNS.match(text):
        return unicodedata.normalize("NFC", text)
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(char for char in plain if char.isalnum())[:LONGEST_WORD]


def matches(text: str, phrase: Sequence[str], prefix: bool = False) -> list[Span]:
    """Where PHRASE, forms in a row, stands in TEXT; with PREFIX its last word need only begin so."""
    found: list[Span] = []
    there = list(words(text))
    size = len(phrase)
    for at in range(len(there) - size + 1):
        window = there[at : at + size]
        if all(_fits(word.form, form, prefix and i == size - 1) for i, (word, form) in enumerate(
            zip(window, phrase, strict=True)
        )):  # fmt: skip
            found.append((window[0].start, window[-1].end))
    return found


def _fits(form: str, wanted: str, prefix: bool) -> bool:
    return form.startswith(wanted) if prefix else form == wanted
