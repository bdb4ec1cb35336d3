"""Cross-document event coreference of given mentions: which mentions, over all texts of a run, are one happening.

Texts are grouped into stories (`mention_stories`), the mentions of a story compared two by two (`mention_scores`) and
clustered by average link. The answer does not depend on the order of the texts. docs/linking.md tells the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from dragoman.language.annotations import meanings
from dragoman.lexicon.happening_words import HappeningWords
from dragoman.linking.average_link import average_link
from dragoman.linking.mention_scores import likelihoods, rarities
from dragoman.linking.mention_stories import BACKGROUND, Bag, Story, stories
from dragoman.linking.mention_texts import Mention, bag, mentions
from dragoman.linking.mention_types import Linked, LinkText

if TYPE_CHECKING:
    from spacy.tokens import Doc

Floats = NDArray[np.float32]

ONE_HAPPENING: Final = 0.5
"""Mean probability over the pairs of two groups of mentions from which on they are one happening."""
MOST: Final = 3000
"""Mentions of a story that are compared at once; a larger one is taken in parts, in the order of its texts."""


def link(
    texts: Sequence[LinkText], parse: Callable[[Iterable[str]], Iterator[Doc]], tables: HappeningWords
) -> list[Linked]:
    """Cluster the mentions of all TEXTS. PARSE is the parser's `pipe`, best with `meanings`."""
    order = sorted(range(len(texts)), key=lambda i: (texts[i].text, texts[i].events))
    found: list[list[Mention]] = []
    bags: list[Bag] = []
    centre = _Centre()
    for number, doc in enumerate(parse(texts[i].text for i in order)):
        spans = texts[order[number]].events
        found.append(mentions(number, doc, spans, tables))
        bags.append(bag(doc, spans))
        centre.add(meanings(doc))
    rarity = rarities(bags, BACKGROUND)
    names: list[list[str]] = [[""] * len(one) for one in found]
    count = 0
    for part in (part for story in stories(bags) for part in _parts(story, found)):
        for group in _happenings(part, found, centre, rarity):
            count += 1
            for number, k in group:
                names[number][k] = f"{found[group[0][0]][group[0][1]].head}-{count}"
    of = {i: tuple(names[number]) for number, i in enumerate(order)}
    return [Linked(text.id, of[i]) for i, text in enumerate(texts)]


def _happenings(
    part: Story, found: Sequence[Sequence[Mention]], centre: _Centre, rarity: Callable[[str], float]
) -> Iterator[list[tuple[int, int]]]:
    """Groups of the mentions of some texts, each mention as (number of its text, number within it)."""
    places = [(number, k) for number in part.texts for k in range(len(found[number]))]
    members = [found[number][k] for number, k in places]
    row = {number: i for i, number in enumerate(part.texts)}
    rows = [row[number] for number, _ in places]
    meaning = [centre.direction(m.meaning) for m in members]
    likely = likelihoods(members, meaning, part.near[np.ix_(rows, rows)], rarity)
    for group in average_link(likely, ONE_HAPPENING):
        yield [places[i] for i in group]


def _parts(story: Story, found: Sequence[Sequence[Mention]]) -> Iterator[Story]:
    """The story, or parts of it with at most MOST mentions each, or one text."""
    start = size = 0
    for k, number in enumerate(story.texts):
        if size and size + len(found[number]) > MOST:
            yield story.part(start, k)
            start, size = k, 0
        size += len(found[number])
    yield story.part(start, len(story.texts))


class _Centre:
    """Mean and spread of the vectors of all words of a run, from which the direction of one is taken."""

    def __init__(self) -> None:
        self.count = 0
        self.total: NDArray[np.float64] | None = None
        self.squares: NDArray[np.float64] | None = None

    def add(self, vectors: Floats | None) -> None:
        """Take in the vectors of a text."""
        if vectors is None or not len(vectors):
            return
        wide = vectors.astype(np.float64)
        self.count += len(wide)
        self.total = wide.sum(0) + (0 if self.total is None else self.total)
        self.squares = (wide * wide).sum(0) + (0 if self.squares is None else self.squares)

    def direction(self, vector: Floats | None) -> Floats | None:
        """The vector from the mean, in units of the spread, cut to length 1."""
        if vector is None or self.total is None or self.squares is None:
            return None
        mean = self.total / self.count
        spread = np.sqrt(np.maximum(self.squares / self.count - mean * mean, 0)) + 1e-3
        away = (vector - mean) / spread
        found: Floats = (away / (np.linalg.norm(away) + 1e-6)).astype(np.float32)
        return found
