"""Pairs of texts with nearly the same words, found without comparing each with each.

Prefix filtering (Chaudhuri, Ganti and Kaushik 2006): two sets that share a proportion T of their union share one of
the rarest words of each, so that only texts with a rare word in common are compared.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence


def near_duplicates(texts: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
    """Indexes (earlier, later) of texts whose words, as sets, share at least LEAST (above 0) of their union."""
    sets = [frozenset(re.findall(r"\w+", text.lower())) for text in texts]
    spread = Counter(word for words in sets for word in words)
    seen: dict[str, list[int]] = defaultdict(list)
    for later, words in enumerate(sets):
        rarest = sorted(words, key=lambda word: (spread[word], word))
        prefix = rarest[: len(words) - math.ceil(least * len(words)) + 1]
        for earlier in sorted({index for word in prefix for index in seen[word]}):
            if len(words & sets[earlier]) >= least * len(words | sets[earlier]):
                yield earlier, later
        for word in prefix:
            seen[word].append(later)
