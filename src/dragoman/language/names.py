"""Named entities from the scores of BIO tags, and one label for one name in a text."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

OUTSIDE = "O"


@dataclass(frozen=True, slots=True)
class Name:
    """An entity of a sentence: words from start to end (exclusive), and what speaks for each label."""

    start: int
    end: int
    scores: Mapping[str, float]

    @property
    def label(self) -> str:
        """The label with most in its favour."""
        return best(self.scores)


def best(scores: Mapping[str, float]) -> str:
    """The key of the highest score; the first of equals."""
    return max(scores, key=scores.__getitem__)


def names(scores: NDArray[np.float32], tags: Sequence[str], starts: Sequence[int] = ()) -> list[Name]:
    """Entities from scores [words, tags] of BIO tags, none of which runs over one of the `starts` of sentences.

    A name runs from a tagged word over the `I-` tags that follow, whatever their label. A label's score is the mean of
    its better tag's over the words.
    """
    choice = scores.argmax(1)
    tagged = choice != tags.index(OUTSIDE)
    opens = np.array([tag[0] == "B" for tag in tags])[choice]
    opens[list(starts)] = True
    opens[1:] |= ~tagged[:-1]
    words = np.flatnonzero(tagged)
    if not len(words):
        return []
    opens[words[0]] = True
    labels = sorted({tag[2:] for tag in tags if tag != OUTSIDE})
    better = scores[words][:, [[i for i, tag in enumerate(tags) if tag[2:] == label] for label in labels]].max(2)
    first = np.flatnonzero(opens[words])
    sizes = np.diff(first, append=len(words))
    means = np.add.reduceat(better, first) / sizes[:, None].astype(np.float32)
    return [
        Name(start, start + size, dict(zip(labels, mean, strict=True)))
        for start, size, mean in zip(words[first].tolist(), sizes.tolist(), means.tolist(), strict=True)
    ]


def settle(found: Sequence[tuple[str, Mapping[str, float]]]) -> list[str]:
    """The labels of a text's names, given each name's form and scores: names of one form get one label.

    What speaks for the mentions is added up; a person's full name also speaks for the bare surname.
    """
    said: dict[str, list[Mapping[str, float]]] = defaultdict(list)
    for form, scores in found:
        said[form].append(scores)
        if " " in form and best(scores) == "PERSON":
            said[form.rsplit(" ", 1)[-1]].append(scores)
    labels = {form: best(_sum(said[form])) for form in {form for form, _ in found}}
    return [labels[form] for form, _ in found]


def _sum(all_scores: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    """Scores added up by label."""
    first, *others = all_scores
    return {label: sum((scores[label] for scores in others), score) for label, score in first.items()}
