"""Figures of names by the parser as it runs: `benchmarks.names DATA [KIND]`.

The development parts of Universal NER on EWT (people, organisations, places) and of GMB, its labels repaired as for
training (`training.entities`). Each sentence goes in alone, as text; a name counts where its characters and its type
are right. Intervals as in `benchmarks.heads`, by sentences.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.heads import Score, f1, interval
from dragoman.language.parser import load_parser
from training.measure import COARSE, FINE, GMB_TYPES, UNER_TYPES, Verdict, gmb_dev, gold_of, joined, uner_dev, verdict


def score(found: Verdict) -> Score:
    """Counts of one sentence."""
    right = sum(label in found.wanted.get(span, set()) for span, label in found.said.items())
    return Score(right, len(found.said), len(found.wanted))


def main(arguments: Sequence[str]) -> None:
    """Print one line a set."""
    data, kind = Path(arguments[0]), arguments[1] if len(arguments) > 1 else "standard"
    parser = load_parser(kind)
    for name, read, fold, types in (("uner", uner_dev, COARSE, UNER_TYPES), ("gmb", gmb_dev, FINE, GMB_TYPES)):
        sentences = read(data)
        texts = [joined(s) for s in sentences]
        docs = parser.pipe(text for text, _ in texts)
        scores = [
            score(verdict(doc, gold_of(s, at), fold, types))
            for doc, s, (_, at) in zip(docs, sentences, texts, strict=True)
        ]
        low, high = interval(scores, f1)
        print(f"{name} F1 {f1(scores):.1f}   {low:.1f}-{high:.1f} ({sum(s.gold for s in scores)} names)")


if __name__ == "__main__":
    main(sys.argv[1:])
