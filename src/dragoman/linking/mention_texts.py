"""What is compared of a mention: its words and their ties, its sentence, its arguments, its vector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from dragoman.facts import Span
from dragoman.language.annotations import meanings
from dragoman.lexicon.happening_words import HappeningWords, Ties

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

LIGHT: Final = frozenset({
    "be", "have", "do", "make", "take", "get", "give", "go", "come", "hold", "put", "see", "keep", "set", "carry",
    "bring", "place", "begin", "start", "conduct", "commit", "run",
})  # fmt: skip
"""Lemmas too light to tell what happened where another word of the mention does."""
TELLING: Final = frozenset({
    "say", "tell", "report", "confirm", "announce", "statement", "accord", "add", "claim", "state", "deny", "admit",
    "call", "describe", "note", "ask",
})  # fmt: skip
"""Lemmas that tell of words: one story has many sayings, by many people, so that the same word ties them less."""
UNTOLD: Final = frozenset(
    {"PUNCT", "DET", "ADP", "AUX", "PRON", "CCONJ", "SCONJ", "PART", "SPACE", "SYM", "ADV", "INTJ"}
)
"""Parts of speech (UPOS) that don't tell what a sentence is about."""
WORD_CLASSES: Final = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ"}
"""Parts of speech in the tables of ties."""
ARGUMENTS: Final = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "compound", "amod", "csubj", "xcomp", "appos"})
"""Relations (UD, without subtypes) of the words that tell who, what, where and when of the word that they hang on."""
MENTIONED: Final = 4.0
"""Weight of a word of a sentence with mentions among the words of its text; of others 1: what is asked about counts."""
NAMED: Final = 2.0
"""Weight of names and numbers beside other words: they tell stories of one kind apart."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an event. `text`: number of its text.

    `words`: lemmas that say what happened; `about`: lemmas of the other words of its sentence; `arguments`: those of
    the words that hang on it; `telling`: whether it tells of words; `meaning`: the encoder's vector of its head, or
    None where the parse has none.
    """

    text: int
    head: str
    words: frozenset[str]
    ties: Ties
    about: frozenset[str]
    arguments: frozenset[str]
    telling: bool
    meaning: NDArray[np.float32] | None


def mentions(number: int, doc: Doc, spans: Sequence[Span], tables: HappeningWords) -> list[Mention]:
    """The mentions of a text at SPANS, in their order; NUMBER is that of the text."""
    vectors = meanings(doc)
    return [_mention(number, doc, span, tables, vectors) for span in spans]


def bag(doc: Doc, spans: Sequence[Span]) -> dict[str, float]:
    """Weighed counts of the lemmas that tell what a text with mentions at SPANS is about."""
    asked = {_cut(doc, span).root.sent.start for span in spans if len(doc)}
    found: dict[str, float] = {}
    for sentence in doc.sents:
        weight = MENTIONED if sentence.start in asked else 1.0
        for token in sentence:
            if token.pos_ not in UNTOLD and (len(token.lemma_) > 1 or token.is_digit):
                lemma = token.lemma_.lower()
                found[lemma] = found.get(lemma, 0.0) + weight * (NAMED if token.pos_ in ("PROPN", "NUM") else 1.0)
    return found


def _mention(number: int, doc: Doc, span: Span, tables: HappeningWords, vectors: NDArray[np.float32] | None) -> Mention:
    cut = _cut(doc, span)
    head = cut.root
    lemma = _lemma(head)
    said = dict(_said(cut, tables)) or {lemma: WORD_CLASSES.get(head.pos_, "NOUN")}
    return Mention(
        number,
        lemma,
        frozenset(said),
        tables.ties(said.items()),
        frozenset(
            _lemma(t) for t in head.sent if t.pos_ not in UNTOLD and not cut.start <= t.i < cut.end and not t.is_space
        ),
        frozenset(
            _lemma(t) for t in head.children if t.dep_.split(":")[0] in ARGUMENTS and not cut.start <= t.i < cut.end
        ),
        lemma in TELLING,
        None if vectors is None else vectors[head.i],
    )


def _cut(doc: Doc, span: Span) -> Words:
    """The words of the mention at SPAN, at least one."""
    found = doc.char_span(*span, alignment_mode="expand")
    if found is not None and len(found):
        return found
    at = next((t.i for t in doc if t.idx + len(t) > span[0]), len(doc) - 1)
    return doc[at : at + 1]


def _said(cut: Words, tables: HappeningWords) -> Iterator[tuple[str, str]]:
    """(lemma, part of speech) of the words and phrases of a mention that say what happened."""
    told = [t for t in cut if t.pos_ in WORD_CLASSES]
    heavy = [t for t in told if _lemma(t) not in LIGHT]
    for token in heavy or told:
        for lemma in _forms(_lemma(token)):
            yield lemma, WORD_CLASSES[token.pos_]
    phrase = " ".join(_lemma(t) for t in cut if not t.is_space)
    if len(cut) > 1:
        yield from ((phrase, pos) for pos in ("VERB", "NOUN") if tables.knows(phrase, pos))
    else:
        for child in cut.root.children:
            phrase = f"{_lemma(cut.root)} {_lemma(child)}"
            if child.dep_ == "compound:prt" and tables.knows(phrase, "VERB"):
                yield phrase, "VERB"


def _lemma(token: Token) -> str:
    return token.lemma_.lower() or token.lower_


def _forms(lemma: str) -> Iterator[str]:
    """The lemma, and what it may be where a parse took it for a name, a tag or a word of its own."""
    bare = lemma.lstrip("#") or lemma
    yield bare
    if len(bare) > 4 and bare.endswith("s") and not bare.endswith("ss"):
        yield bare[:-1]  # "Olympics": names keep their plural
    if bare.startswith("re-"):
        yield bare[3:]
