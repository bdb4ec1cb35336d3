"""Cross-document event coreference of given mentions: which mentions, over all texts of a run, are one happening.

Two mentions are linked where the heads of their words have one lemma and their texts tell the same story (cosine of
tf-idf at least `SAME_STORY`); clusters are the connected groups. The answer does not depend on the order of the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from dragoman.facts import Span
from dragoman.linking.similarity import cosine, vectors

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SAME_STORY = 0.2
"""Cosine of two texts from which on they tell one story. Measured on the ECB+ development topics: docs/decisions.md."""
LIGHT = frozenset({
    "be", "have", "do", "make", "take", "get", "give", "go", "come", "hold", "put", "say", "tell", "see", "keep",
})  # fmt: skip
"""Lemmas too light to tell one happening from another: linked only within one text."""


@dataclass(frozen=True, slots=True)
class LinkText:
    """A text and the spans of the event mentions in it."""

    id: str
    text: str
    events: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The cluster of each of a text's events, in their order; names hold for one run."""

    id: str
    clusters: tuple[str, ...]


def link(texts: Sequence[LinkText], parse: Callable[[Iterable[str]], Iterator[Doc]]) -> list[Linked]:
    """Cluster the mentions of all TEXTS. PARSE is the parser's `pipe`."""
    lemmas = [_lemmas(text, doc) for text, doc in zip(texts, parse(t.text for t in texts), strict=True)]
    space = vectors([text.text for text in texts])
    groups: dict[str, list[tuple[int, int]]] = {}
    for i, found in enumerate(lemmas):
        for j, lemma in enumerate(found):
            groups.setdefault(lemma, []).append((i, j))
    names: dict[tuple[int, int], str] = {}
    for lemma in sorted(groups):
        for number, members in enumerate(_components(lemma, groups[lemma], space)):
            names.update(dict.fromkeys(members, f"{lemma}-{number}"))
    return [Linked(text.id, tuple(names[i, j] for j in range(len(text.events)))) for i, text in enumerate(texts)]


def _components(
    lemma: str, members: list[tuple[int, int]], space: Sequence[dict[str, float]]
) -> list[list[tuple[int, int]]]:
    """Connected groups of MEMBERS (text, mention): all in one text, and all in texts near enough."""
    by_text: dict[int, list[tuple[int, int]]] = {}
    for member in members:
        by_text.setdefault(member[0], []).append(member)
    root = {i: i for i in by_text}

    def find(i: int) -> int:
        while root[i] != i:
            i = root[i]
        return i

    if lemma not in LIGHT:
        for a, b in combinations(sorted(by_text), 2):
            if find(a) != find(b) and cosine(space[a], space[b]) >= SAME_STORY:
                root[find(b)] = find(a)
    grouped: dict[int, list[tuple[int, int]]] = {}
    for i, found in by_text.items():
        grouped.setdefault(find(i), []).extend(found)
    return [grouped[key] for key in sorted(grouped)]


def _lemmas(text: LinkText, doc: Doc) -> list[str]:
    return [_head_lemma(doc, span) for span in text.events]


def _head_lemma(doc: Doc, span: Span) -> str:
    """The lemma of the mention's head: the word whose syntactic head lies outside; the text itself where none is."""
    tokens = doc.char_span(*span, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return doc.text[span[0] : span[1]].lower()
    head: Token = tokens.root
    return head.lemma_.lower() or head.lower_
