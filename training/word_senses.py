"""Make the table of words with their senses and kin from WordNet's files.

    python -m training.word_senses WORDNET/dict > src/dragoman/lexicon/data/word_senses.tsv

WORDNET/dict holds `data.noun`, `data.verb`, `data.adj` and the `index` files, of release 3.1. Kept are words that may
name something that happens: verbs, nouns of acts, events, phenomena, processes, states and telling, and what is derived
from a verb; phrases only of verbs. Senses that no second word of the table shares are left out, as they tie nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILES: Final = {"v": "verb", "n": "noun", "a": "adj"}
NAMES: Final = {"v": "VERB", "n": "NOUN", "a": "ADJ"}
SENSES: Final = 4
"""Senses of a word that count, the commonest first; the later ones are rare and tie what has little in common."""
HAPPENING: Final = frozenset({"04", "10", "11", "19", "22", "26"})
"""WordNet's files of nouns for acts, telling, events, phenomena, processes and states."""
WORD: Final = re.compile(r"[a-z]+(?:[ -][a-z]+)?")
NOTICE: Final = """\
# Words that may name what happens, the numbers of their commonest senses, and words derived from them or the reverse.
# Two words that share a sense are synonyms in it. Made from WordNet 3.1 by training/word_senses.py; its licence, which
# asks for this notice, is in LICENSE-wordnet: WordNet 3.1, copyright 2011 by Princeton University, all rights reserved.
"""

Sense = tuple[str, str]
"""Part of speech and offset of a synset in WordNet's file."""


@dataclass(frozen=True, slots=True)
class Synset:
    """Its words, the number of WordNet's file of its kind, and (word, synset, word there) of its derivations."""

    words: tuple[str, ...]
    kind: str
    derived: tuple[tuple[int, Sense, int], ...]


def synsets(folder: Path) -> dict[Sense, Synset]:
    """All synsets of the three parts of speech."""
    found = {}
    for pos, name in FILES.items():
        for line in _lines(folder / f"data.{name}"):
            cells = line.split(" | ")[0].split()
            count = int(cells[3], 16)
            words = tuple(cells[4 + 2 * k].split("(")[0].lower().replace("_", " ") for k in range(count))
            at = 5 + 2 * count
            pointers = [cells[at + 4 * k : at + 4 * k + 4] for k in range(int(cells[at - 1]))]
            derived = tuple(
                (int(ends[:2], 16) - 1, (kin, offset), int(ends[2:], 16) - 1)
                for sign, offset, kin, ends in pointers
                if sign == "+" and kin in FILES and ends != "0000"
            )
            found[pos, cells[0]] = Synset(words, cells[1], derived)
    return found


def senses(folder: Path) -> dict[tuple[str, str], list[Sense]]:
    """The senses of each (word, part of speech), the commonest first."""
    found = {}
    for pos, name in FILES.items():
        for line in _lines(folder / f"index.{name}"):
            cells = line.split()
            word = cells[0].replace("_", " ")
            if WORD.fullmatch(word) and (pos == "v" or word.isalpha()):
                found[word, pos] = [(pos, offset) for offset in cells[-int(cells[2]) :]]
    return found


def _lines(path: Path) -> Iterator[str]:
    """Lines without the licence, which is set in by a blank."""
    with path.open(encoding="utf-8") as file:
        yield from (line for line in file if not line.startswith(" "))


def rows(folder: Path) -> list[tuple[str, str, list[str], list[str]]]:
    """(word, part of speech, senses, kin), in the order of the words."""
    nets, words = synsets(folder), senses(folder)
    kin: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for (word, pos), found in words.items():
        for sense in found:
            for own, other, there in nets[sense].derived:
                name = nets[other].words[there]
                if nets[sense].words[own] == word and (name, other[0]) in words:
                    kin.setdefault((word, pos), set()).add((name, other[0]))
    kept = {
        (word, pos): found[:SENSES]
        for (word, pos), found in words.items()
        if pos == "v"
        or any(other == "v" for _, other in kin.get((word, pos), ()))
        or any(pos == "n" and nets[sense].kind in HAPPENING for sense in found[:SENSES])
    }
    shared = Counter(sense for found in kept.values() for sense in found)
    made = []
    for (word, pos), found in sorted(kept.items()):
        ties = [f"{sense[0]}{int(sense[1])}" for sense in found if shared[sense] > 1]
        near = sorted({name for name, other in kin.get((word, pos), ()) if (name, other) in kept} - {word})
        if ties or near:
            made.append((word, NAMES[pos], ties, near))
    return made


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="WORDNET/dict")
    sys.stdout.write(NOTICE + "lemma\tpos\tsenses\tkin\n")
    for word, pos, ties, near in rows(parser.parse_args().folder):
        sys.stdout.write(f"{word}\t{pos}\t{';'.join(ties)}\t{';'.join(near)}\n")


if __name__ == "__main__":
    main()
