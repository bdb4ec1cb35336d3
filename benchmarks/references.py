"""Figures of reference by the parser as it runs: `python -m benchmarks.references DATA [KIND]`.

GAP's validation part: a paragraph goes in as text; a name is meant by the pronoun where a word of it is in the
pronoun's chain. GUM's development part: a document goes in as its gold words; a pronoun of the third person that has an
antecedent before it is right where the word that is chosen heads a mention of its entity.
Mentions are the parser's own in both. Intervals as in `benchmarks.heads`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from spacy.tokens import Doc

from benchmarks.heads import Score, f1, interval
from dragoman.language.annotations import chains, references
from dragoman.language.parser import Parser, load_parser
from dragoman.language.tokens import vocabulary
from training.corpora import lines, treebank

PRONOUNS: Final = frozenset(
    {
        "he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself",
        "they", "them", "their", "theirs", "themselves",
    }
)  # fmt: skip
"""Of the third person, personal, possessive and reflexive."""


def gap(parser: Parser, path: Path) -> Iterator[Score]:
    """Counts of every paragraph: names said to be meant, and those that are."""
    for line in lines(path):
        row = json.loads(line)
        if not row["id"].startswith("validation"):
            continue
        doc = parser.parse(row["text"])
        chain = chains(doc)
        meant = chain.get(_at(doc, row["pronoun_offset"], 1)[0])
        said = [
            meant is not None and meant in {chain.get(i) for i in _at(doc, row[f"{k}_offset"], len(row[k]))}
            for k in "ab"
        ]
        gold = [row["a_coref"], row["b_coref"]]
        yield Score(sum(x and y for x, y in zip(said, gold, strict=True)), sum(said), sum(gold))


def _at(doc: Doc, start: int, length: int) -> list[int]:
    """Tokens that share characters with a span."""
    return [t.i for t in doc if t.idx < start + length and start < t.idx + len(t)]


Mention = tuple[int, int, int, str]
"""First word, last word, head (from 0 in the document), entity."""


def documents(data: Path) -> Iterator[tuple[Doc, list[Mention]]]:
    """GUM's documents as words with their mentions but appositions and predicates."""
    rows = {ident: words for ident, _, words, _ in treebank(data / "ud_gum_open_dev.conllu.xz")}
    for line in lines(data / "coref_gum_open_dev.jsonl.xz"):
        known = json.loads(line)
        start: dict[str, int] = {}
        words: list[str] = []
        spaces: list[bool] = []
        for ident in known["sentences"]:
            start[ident] = len(words)
            words += [row[1] for row in rows[ident]]
            spaces += ["SpaceAfter=No" not in row[9] for row in rows[ident]]
        mentions = [
            (*(start[m["sent_id"]] + m[k] - 1 for k in ("start", "end", "head")), m["entity"])
            for m in known["mentions"]
            if m["link"] not in ("pred", "appos")
        ]
        yield Doc(vocabulary(), words=words, spaces=spaces), mentions


def pronouns(doc: Doc, mentions: Sequence[Mention]) -> Score:
    """Pronouns with an antecedent: linked rightly, linked, all."""
    entity = {head: name for _, _, head, name in mentions}
    chosen = {r.word: r.antecedent for r in references(doc)}
    seen: set[str] = set()
    right = said = there = 0
    for start, end, head, name in sorted(mentions):
        if start == end and doc[head].lower_ in PRONOUNS and name in seen:
            there += 1
            said += head in chosen
            right += entity.get(chosen.get(head, -1)) == name
        seen.add(name)
    return Score(right, said, there)


def main(arguments: Sequence[str]) -> None:
    """Print one line a figure."""
    data, kind = Path(arguments[0]), arguments[1] if len(arguments) > 1 else "standard"
    parser = load_parser(kind)
    scores = list(gap(parser, data / "gap_train.jsonl.xz"))
    low, high = interval(scores, f1)
    print(f"GAP F1 {f1(scores):.1f}   {low:.1f}-{high:.1f} ({len(scores)} paragraphs)")
    scores = [pronouns(parser.annotate(doc), mentions) for doc, mentions in documents(data)]
    low, high = interval(scores, recall)
    print(f"pronouns {recall(scores):.1f}   {low:.1f}-{high:.1f}", end=" ")
    print(f"precision {100 * sum(s.right for s in scores) / max(sum(s.answered for s in scores), 1):.1f}", end=" ")
    print(f"({sum(s.gold for s in scores)} pronouns)")


def recall(scores: Sequence[Score]) -> float:
    """Right of all, in percent."""
    return 100 * sum(s.right for s in scores) / max(sum(s.gold for s in scores), 1)


if __name__ == "__main__":
    main(sys.argv[1:])
