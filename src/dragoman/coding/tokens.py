"""The tokens of a parsed text as plain objects.

Rules look at each token some hundred times, and spaCy makes it anew at every look: here each is made once a text. The
names of what a token has are spaCy's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import spacy.tokens

Features: TypeAlias = Mapping[str, list[str]]
"""Values of each morphological feature of a word: `morph.get("Tense", [])`."""


class Token:
    """A token. `head` is the token itself at a root, `children` stand in the order of the text, and `doc` has all
    tokens of the text. `family` is the relation with all its subtypes: `obl*` for `obl` and `obl:agent`.
    """

    __slots__ = (
        "children", "dep_", "doc", "ent_type_", "family", "head", "i", "idx", "left_edge", "lemma_", "lower_", "morph",
        "pos_", "right_edge", "sent", "text",
    )  # fmt: skip

    head: Token
    left_edge: Token
    right_edge: Token
    sent: Sentence

    def __init__(self, doc: list[Token], of: spacy.tokens.Token) -> None:
        """All but the links to other tokens of DOC, which `tokens_of` makes."""
        self.doc, self.i, self.idx, self.text = doc, of.i, of.idx, of.text
        self.lower_, self.lemma_ = self.text.lower(), of.lemma_
        self.pos_, self.dep_, self.ent_type_ = of.pos_, of.dep_, of.ent_type_
        self.morph = _features(str(of.morph))
        self.family = f"{self.dep_.partition(':')[0]}*"
        self.children: list[Token] = []

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return f"{self.text}/{self.i}"

    @property
    def is_space(self) -> bool:
        """Whether it is nothing but white space."""
        return self.text.isspace()

    @property
    def ancestors(self) -> Iterator[Token]:
        """The heads above it, the nearest first."""
        here = self
        while here.head is not here:
            here = here.head
            yield here

    @property
    def subtree(self) -> Iterator[Token]:
        """It and all that hang on it, in the order of the text where the tree is projective."""
        waits = True
        for child in self.children:
            if waits and child.i > self.i:
                waits = False
                yield self
            yield from child.subtree
        if waits:
            yield self


class Sentence:
    """Tokens `start` to `end` (exclusive) of a text."""

    __slots__ = ("end", "start", "tokens")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.start, self.end = tokens[0].i, tokens[-1].i + 1

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @property
    def start_char(self) -> int:
        """The character that it begins at."""
        return self.tokens[0].idx

    @property
    def end_char(self) -> int:
        """The character after its last."""
        return self.tokens[-1].idx + len(self.tokens[-1])


@lru_cache(maxsize=4096)
def _features(text: str) -> Features:
    """What stands in "Tense=Past|VerbForm=Part"."""
    pairs = (part.partition("=") for part in text.split("|") if part)
    return MappingProxyType({name: values.split(",") for name, _, values in pairs})


def tokens_of(doc: spacy.tokens.Doc) -> list[Token]:
    """The tokens of DOC; one without marks of sentences is one sentence."""
    tokens: list[Token] = []
    links = []
    for of in doc:  # one pass: every look at a token makes it anew
        tokens.append(Token(tokens, of))
        links.append((of.head.i, of.left_edge.i, of.right_edge.i))
    for token, (head, left, right) in zip(tokens, links, strict=True):
        token.head, token.left_edge, token.right_edge = tokens[head], tokens[left], tokens[right]
        if head != token.i:
            token.head.children.append(token)
    spans = [(s.start, s.end) for s in doc.sents] if doc.has_annotation("SENT_START") else [(0, len(tokens))]
    for start, end in spans if tokens else []:
        sentence = Sentence(tokens[start:end])
        for token in sentence.tokens:
            token.sent = sentence
    return tokens
