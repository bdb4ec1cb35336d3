"""What the words around a number make of it: qualifier, rise or fall, target, what is counted, and its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.coding.arguments import children
from dragoman.coding.atoms import Atom, word_set
from dragoman.coding.figures.amounts import Amount, Forms
from dragoman.coding.tokens import Token

CHANGE_BEFORE: Final = 4
CHANGE_AFTER: Final = 3
TARGET_BEFORE: Final = 8
WHAT_LONGEST: Final = 5
"""Atoms looked at for words of change and of aim, and taken for what is counted."""

SENTENCE_LONGEST: Final = 260
"""Characters of a sentence that is shown whole as evidence; of longer ones the clause is shown."""

CLAUSE_LEAST: Final = 40

_ENDS: Final = word_set(". ; ! ? :")
_CLAUSE_BREAK: Final = re.compile(r"; |, (?:and|but|while|which|who|where|as|after|with|including|although) | [-–—] ")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n\s*\n")
_FUNCTION: Final = word_set(
    "the a an of in on at by for from with and or but to is are was were has have had be been will would that which "
    "who as than after before during when while this its their his her it they he she not also"
)
_SHARES: Final = word_set("percent per cent % pct percentage point points million billion trillion dollars")
_LINKS: Final = word_set("of in for worth")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an amount. `first` is the atom its span begins with, qualifier included where that is part."""

    first: int
    qualifier: str | None
    change: str | None
    target: bool


def around(row: Sequence[Atom], amount: Amount, known: Forms) -> Around:
    """The qualifier, change and aim of AMOUNT, by the atoms beside it."""
    first, qualifier = _qualifier(row, amount.first, known)
    return Around(first, qualifier, _change(row, amount, first, known), _is_target(row, first, known))


def _qualifier(row: Sequence[Atom], first: int, known: Forms) -> tuple[int, str | None]:
    if not first:
        return first, None
    for key, word in known.words.get(row[first - 1].lower, ()):
        start = first - len(key)
        if word.role == "qualifier" and start >= 0 and all(row[start + k].lower == w for k, w in enumerate(key)):
            return (start if word.inside else first), word.value
    return first, None


def _change(row: Sequence[Atom], amount: Amount, first: int, known: Forms) -> str | None:
    """Reads "rise" or "fall" where AMOUNT is by how much; not where it is the level reached ("rose to 5")."""
    rises, falls = known.by_role["rise"], known.by_role["fall"]
    at = first - 1
    while at >= 0 and first - at <= CHANGE_BEFORE and row[at].lower not in _ENDS:
        word = row[at].lower
        if word in ("to", "at", "below", "above") and at == first - 1:
            break
        if word in rises or word in falls:
            return "rise" if word in rises else "fall"
        if word not in _STEPS and row[at].kind == "word" and not word.endswith("ly"):
            break
        at -= 1
    if not (amount.dimension in ("share", "index") or amount.money):
        return None
    for at in range(amount.last, min(amount.last + CHANGE_AFTER, len(row))):
        word = row[at].lower
        if word in _ENDS or word in ("of", "to", "and", ","):
            break
        if word in _NOUNS_RISE or word in _NOUNS_FALL:
            return "rise" if word in _NOUNS_RISE else "fall"
    return None


_STEPS: Final = word_set(
    "by of a an about another further some nearly almost more than over as much up down the value in"
)
_NOUNS_RISE: Final = word_set("rise increase gain jump surge growth hike climb boost upturn higher more")
_NOUNS_FALL: Final = word_set(
    "fall decrease drop decline plunge slump dip loss cut reduction slide tumble sell lower less"
)


def _is_target(row: Sequence[Atom], first: int, known: Forms) -> bool:
    at = first
    while at > 0 and first - at < TARGET_BEFORE and row[at - 1].lower not in _ENDS:
        for key, word in known.words.get(row[at - 1].lower, ()):
            start = at - len(key)
            if word.role == "target" and start >= 0 and all(row[start + k].lower == w for k, w in enumerate(key)):
                return True
        at -= 1
    return False


def what_of(row: Sequence[Atom], amount: Amount, token: Token | None, text: str) -> str | None:
    """What AMOUNT counts, in the report's words: from the parse of its number TOKEN, else the words after it."""
    if token is not None and token.dep_:
        return _what_by_parse(token, row[amount.last - 1].end, amount, text)
    start, last = amount.last, amount.last
    if start < len(row) and row[start].lower in HYPHEN:
        start = last = start + 1
    if (amount.money or amount.unit) and start < len(row) and row[start].lower in _LINKS:
        start = last = start + 1
    while (
        last < len(row)
        and last - start < WHAT_LONGEST
        and row[last].kind == "word"
        and row[last].lower not in _FUNCTION
    ):
        last += 1
    return text[row[start].start : row[last - 1].end] if last > start else None


HYPHEN: Final = word_set("- ‑")


def _what_by_parse(token: Token, end: int, amount: Amount, text: str) -> str | None:
    """The noun that the number goes with; of money and measures, what "of", "in", "worth" adds."""
    head = token
    while (
        head.dep_ in ("nummod", "compound", "nmod:unmarked", "flat", "advmod", "nmod:npmod") and head.head.i != head.i
    ):
        head = head.head
        if head.pos_ in ("NOUN", "PROPN") and head.idx >= end:
            break
    while head.lower_ in _SHARES and head.dep_ in ("compound", "nmod", "nummod") and head.head.i > head.i:
        head = head.head
    if head.idx >= end and head.lower_ not in _SHARES and head.pos_ in ("NOUN", "PROPN", "ADJ"):
        return _phrase(head, end, text)
    for child in head.children:
        if (
            child.dep_ in ("nmod", "obl")
            and child.idx >= end
            and any(c.dep_ == "case" and c.lower_ in _LINKS for c in child.children)
        ):
            return _phrase(child, 0, text)
    return None


def _phrase(head: Token, floor: int, text: str) -> str | None:
    """HEAD with its adjectives and compounds, from character FLOOR on."""
    lefts = [t for t in children(head, "amod", "compound", "nmod", "flat") if t.i < head.i and t.idx >= floor]
    first = head
    for left in reversed(lefts):
        if left.i >= first.i - 3:
            first = left
    words = text[first.idx : head.idx + len(head.text)].strip(" -‑")
    return words or None


def sentence_at(text: str, start: int, end: int, bounds: tuple[int, int] | None) -> tuple[int, int]:
    """The sentence, or of a long one the clause, of TEXT that holds characters START to END."""
    low, high = bounds if bounds is not None else _sentence_by_marks(text, start, end)
    if high - low > SENTENCE_LONGEST:
        low, high = _clause(text, low, high, start, end)
    while low < start and text[low].isspace():
        low += 1
    while high > end and text[high - 1].isspace():
        high -= 1
    return low, high


def _sentence_by_marks(text: str, start: int, end: int) -> tuple[int, int]:
    reach = SENTENCE_LONGEST * 2
    base = max(0, start - reach)
    before = [m.end() for m in _SENTENCE_END.finditer(text[base:start])]
    after = _SENTENCE_END.search(text[end : end + reach])
    return (base + before[-1] if before else base), (end + after.start() if after else min(len(text), end + reach))


def _clause(text: str, low: int, high: int, start: int, end: int) -> tuple[int, int]:
    base = max(low, start - SENTENCE_LONGEST)
    breaks = [base + m.end() for m in _CLAUSE_BREAK.finditer(text[base:start])]
    first = breaks[-1] if breaks else base
    ahead = [end + m.start() for m in _CLAUSE_BREAK.finditer(text[end : min(high, end + SENTENCE_LONGEST)])]
    last = next((at for at in ahead if at - first >= CLAUSE_LEAST), min(high, end + SENTENCE_LONGEST))
    if last - first < CLAUSE_LEAST and len(breaks) > 1:
        first = breaks[-2]
    return first, last
