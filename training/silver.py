"""Trees by a teacher, kept by the words of their sentence, so that any corpus with these words can take them."""

import json
import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Token

from dragoman.language.parser import load_parser
from training.corpora import Document, Sentence, lines

SILVER = ("gmb", "wikigold", "crossner", "re3d", "names", "gap")
"""Corpora without trees of their own."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence's tags, features, heads (from 1, 0: the root) and relations."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


Trees = dict[tuple[str, ...], Tree]


def tree_of(s: Sentence) -> Tree:
    """The sentence's tree."""
    return Tree(tuple(s.upos), tuple(s.feats), tuple(s.heads), tuple(s.relations))


def read_trees(paths: Sequence[Path]) -> Trees:
    """All trees of some files of `training.teach`."""
    found: Trees = {}
    for path in paths:
        found |= pickle.loads(path.read_bytes())
    return found


def give_trees(documents: Iterable[Document], trees: Trees) -> None:
    """Write the trees into the sentences that have none, in place."""
    for document in documents:
        for s in document:
            tree = None if s.heads else trees.get(tuple(s.words))
            if tree:
                s.upos, s.feats, s.heads, s.relations = map(list, (tree.upos, tree.feats, tree.heads, tree.relations))


def gap_documents(path: Path) -> list[Document]:
    """GAP's development paragraphs as the installed parser cuts them into words and sentences, without trees."""
    parser = load_parser()
    rows = [json.loads(line) for line in lines(path)]
    out: list[Document] = []
    for row in rows:
        if row["id"].startswith("development"):
            sentences = [[t for t in s if not t.is_space] for s in parser.parse(row["text"]).sents]
            out.append([_bare(words) for words in sentences if words])
    return out


def _bare(tokens: list[Token]) -> Sentence:
    glued = [t.i > 0 and not t.nbor(-1).whitespace_ and not t.nbor(-1).is_space for t in tokens]
    return Sentence([t.text for t in tokens], glued, [], [], [], [], [], [], starts=False)
