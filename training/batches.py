"""Windows of consecutive sentences, and the tensors made of them."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dragoman.language.pieces import WordPieces, rows
from training.acts import IMPLIED, NONE, ActLayer
from training.corpora import Document, Sentence
from training.entities import TAGS, Options
from training.semantics import SCALES, Roles, Semantics

LONGEST_WINDOW = 160
"""Pieces of a window; a longer sentence is a window of its own."""


@dataclass(slots=True)
class Labels:
    """Names of the classes of each head, in order."""

    upos: list[str]
    feats: list[str]
    relations: list[str]
    tags: list[str] = field(default_factory=lambda: list(TAGS))
    roles: list[str] = field(default_factory=lambda: [NONE])
    acts: list[str] = field(default_factory=lambda: [NONE])
    modes: list[str] = field(default_factory=lambda: [NONE])
    statuses: list[str] = field(default_factory=lambda: [NONE])
    parties: list[str] = field(default_factory=lambda: [NONE])
    sectors: list[str] = field(default_factory=lambda: [NONE])


@dataclass(slots=True)
class Coded:
    """A sentence as numbers; -1: unknown."""

    pieces: list[tuple[list[int], int]]
    glued: list[bool]
    upos: list[int]
    feats: list[int]
    heads: list[int]
    relations: list[int]
    options: list[int]
    starts: bool
    length: int
    predicates: list[tuple[int, int, list[tuple[int, int]]]] | None = None
    """(word, 1 if it counts, 0 if not, -1 if open; (argument, role) pairs) of each; None where not covered"""
    reality: list[tuple[int, tuple[float, ...], tuple[float, ...]]] = field(default_factory=list)
    acts: ActLayer | None = None


@dataclass(slots=True)
class Batch:
    """Tensors of one batch; words [batch, n]."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    upos: Tensor
    feats: Tensor
    heads: Tensor
    relations: Tensor
    options: Tensor
    starts: Tensor
    sentence: Tensor
    predicates: Tensor
    """[batch, words]: 1 for a predicate, 0 for none, -1 unknown."""
    role_at: Tensor
    """[n, 2]: row and word of each predicate."""
    roles: Tensor
    """[n, words]: the role of each word for it; 0: none, -1: unknown or in another sentence."""
    reality_at: Tensor
    """[m, 2]"""
    reality: Tensor
    """[m, 4] values."""
    trust: Tensor
    """[m, 4]: how far each value is to be trusted."""
    acts: Tensor
    """[batch, words]: the act that a word names, 0 for none, -1 unknown."""
    act_at: Tensor
    """[k, 2]: row and word of each act."""
    kinds: Tensor
    """[k, 3]: mode, status and background of each act."""
    parties: Tensor
    """[k, 1 + words]: what each word is to the act, first what is only implied; -1 in another sentence."""
    home_at: Tensor
    """[h, 2]: row and word of each party whose home is known."""
    homes: Tensor
    """[h, 1 + words]: whether each word tells the country of the party, the first for parties that have none."""
    sectors: Tensor
    """[h]: what each of these parties is."""


def collect_labels(sentences: list[Sentence], least: int = 3) -> Labels:
    """Classes that occur at least `least` times."""
    counts: dict[str, Counter[str]] = {"upos": Counter(), "feats": Counter(), "relations": Counter()}
    for sentence in sentences:
        counts["upos"].update(sentence.upos)
        counts["feats"].update(sentence.feats)
        counts["relations"].update(sentence.relations)
    return Labels(
        *(sorted(k for k, n in counts[name].items() if n >= least) for name in ("upos", "feats", "relations"))
    )


class Coder:
    """Turns sentences into numbers; remembers the sets of tags it met."""

    def __init__(self, labels: Labels, pieces: WordPieces, semantics: Mapping[str, Semantics] | None = None) -> None:
        self.labels, self.pieces, self.semantics = labels, pieces, semantics or {}
        self.option_ids: dict[Options, int] = {}
        self._upos, self._feats, self._relations, self._roles = (
            {k: i for i, k in enumerate(x)} for x in (labels.upos, labels.feats, labels.relations, labels.roles)
        )

    def code(self, s: Sentence) -> Coded:
        """The sentence as numbers."""
        pieces = self.pieces(s.words)
        none = [-1] * len(s.words)
        options = [self.option_ids.setdefault(tuple(sorted(set(o))), len(self.option_ids)) for o in s.entities] or none
        found = Coded(
            pieces,
            s.glued,
            [self._upos.get(x, -1) for x in s.upos] or none,
            [self._feats.get(x, -1) for x in s.feats] or none,
            s.heads or none,
            [self._relations.get(x, -1) for x in s.relations] or none,
            options,
            s.starts,
            sum(len(p[0]) for p in pieces),
        )
        known = self.semantics.get(s.ident) if s.ident else None
        if known and known.roles is not None:
            found.predicates = [
                (
                    p.word,
                    -1 if p.counts is None else int(p.counts),
                    [(w, self._roles.get(r, -1)) for w, r in p.arguments],
                )
                for p in known.roles
            ]
        if known:
            found.reality = [(r.word, r.values, r.trust) for r in known.reality]
            found.acts = known.acts
        return found

    def _predicate(self, p: Roles) -> tuple[int, int, list[tuple[int, int]]]:
        arguments = [(word, self._roles.get(role, -1)) for word, role in p.arguments]
        return p.word, -1 if p.counts is None else int(p.counts), arguments

    def masks(self) -> Tensor:
        """[sets, tags]: whether each set of tags holds each tag."""
        at = {tag: i for i, tag in enumerate(self.labels.tags)}
        out = torch.zeros(len(self.option_ids), len(at), dtype=torch.bool)
        for options, i in self.option_ids.items():
            out[i, [at[tag] for tag in options]] = True
        return out


def windows(document: list[Coded], rng: random.Random) -> Iterator[list[Coded]]:
    """Consecutive sentences in windows of varied length."""
    at = 0
    while at < len(document):
        target = 0 if rng.random() < 0.2 else rng.randint(30, LONGEST_WINDOW)
        size, end = document[at].length, at + 1
        while end < len(document) and size + document[end].length <= target:
            size += document[end].length
            end += 1
        yield document[at:end]
        at = end


def batches(
    documents: list[list[Coded]], room: int, rng: random.Random, recase: float = 0.0, noise: float = 0.0
) -> Iterator[Batch]:
    """One pass over the documents in batches of about `room` padded pieces, rows of like length together."""
    if rng.random() < 0.5:  # windows across documents: a title or a signature may be followed by anything
        documents = [[sentence for document in documents for sentence in document]]
    found = [w for document in documents for w in windows(document, rng)]
    lengths = [sum(s.length for s in w) * rng.uniform(0.9, 1.1) for w in found]
    order = sorted(range(len(found)), key=lengths.__getitem__)
    groups: list[list[list[Coded]]] = [[]]
    widest = 0
    for i in order:
        width = sum(s.length for s in found[i]) + 2
        widest = max(widest, width)
        if groups[-1] and widest * (len(groups[-1]) + 1) > room:
            groups.append([])
            widest = width
        groups[-1].append(found[i])
    rng.shuffle(groups)
    for group in groups:
        yield noisy(recased(collate(group), rng, recase), noise)


def collate(group: list[list[Coded]]) -> Batch:
    """Tensors of some windows."""
    arrays = rows([([p for s in w for p in s.pieces], [g for s in w for g in s.glued]) for w in group], _Edge)
    n = arrays[3].shape[1] - 1
    layers = {
        name: np.full((len(group), n), -1, np.int64)
        for name in ("upos", "feats", "heads", "relations", "options", "starts", "sentence", "predicates", "acts")
    }
    meaning = _Meaning(n)
    for i, window in enumerate(group):
        at = 0
        for k, s in enumerate(window):
            end = at + len(s.pieces)
            layers["upos"][i, at:end], layers["feats"][i, at:end] = s.upos, s.feats
            layers["relations"][i, at:end], layers["options"][i, at:end] = s.relations, s.options
            layers["heads"][i, at:end] = [h + at if h > 0 else h for h in s.heads]
            layers["sentence"][i, at:end] = k
            if s.starts:
                layers["starts"][i, at:end] = 0
                layers["starts"][i, at] = 1
            if s.predicates is not None:
                layers["predicates"][i, at:end] = 0
                for word, counts, _ in s.predicates:
                    layers["predicates"][i, at + word] = counts
            if s.acts is not None:
                layers["acts"][i, at:end] = 0
                for label in s.acts.labels:
                    layers["acts"][i, at + label.word] = label.act
            meaning.add(s, i, at)
            at = end
        meaning.add_homes(window, i)
    tensors = {k: torch.from_numpy(v) for k, v in layers.items()} | meaning.tensors()
    return Batch(*(torch.from_numpy(a) for a in arrays), **tensors)


class _Meaning:
    """Gathers roles and reality of a batch whose rows have n words."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.role_at: list[tuple[int, int]] = []
        self.roles: list[NDArray[np.int64]] = []
        self.reality: list[tuple[tuple[int, int], tuple[float, ...], tuple[float, ...]]] = []
        self.act_at: list[tuple[int, int]] = []
        self.kinds: list[tuple[int, int, int]] = []
        self.parties: list[NDArray[np.int64]] = []
        self.home_at: list[tuple[int, int]] = []
        self.homes: list[NDArray[np.int64]] = []
        self.sectors: list[int] = []

    def add(self, s: Coded, row: int, at: int) -> None:
        """The sentence that stands in the row from word `at`."""
        for word, _, arguments in s.predicates or ():
            roles = np.full(self.n, -1, np.int64)
            roles[at : at + len(s.pieces)] = 0
            for argument, role in arguments:
                roles[at + argument] = role
            self.role_at.append((row, at + word))
            self.roles.append(roles)
        self.reality += [((row, at + word), values, trust) for word, values, trust in s.reality]
        for label in s.acts.labels if s.acts else ():
            if label.act <= 0:
                continue
            parties = np.full(1 + self.n, -1, np.int64)
            parties[0], parties[1 + at : 1 + at + len(s.pieces)] = 0, 0
            for word, party in label.parties:
                parties[0 if word == IMPLIED else 1 + at + word] = party
            self.act_at.append((row, at + label.word))
            self.kinds.append((label.mode, label.status, int(label.background)))
            self.parties.append(parties)

    def add_homes(self, window: list[Coded], row: int) -> None:
        """Parties of the row's sentences; a country that none of their text's words in the window tells is left out."""
        lands, texts, at = np.zeros(self.n, np.int64), np.zeros(self.n, np.int64), 0
        starts = []
        for s in window:
            starts.append(at)
            if s.acts is not None and s.acts.lands:
                lands[at : at + len(s.pieces)], texts[at : at + len(s.pieces)] = s.acts.lands, s.acts.document
            at += len(s.pieces)
        for s, start in zip(window, starts, strict=True):
            for home in s.acts.homes if s.acts else ():
                told = (lands == home.country) & (texts == texts[start]) if home.country else np.zeros(self.n, bool)
                if home.country and not told.any():
                    continue
                self.home_at.append((row, start + home.word))
                self.homes.append(np.concatenate([[home.country == 0], told]).astype(np.int64))
                self.sectors.append(home.sector)

    def tensors(self) -> dict[str, Tensor]:
        """The fields of `Batch`."""
        width = len(SCALES)
        return {
            "role_at": torch.tensor(self.role_at, dtype=torch.long).reshape(-1, 2),
            "roles": _stacked(self.roles, self.n),
            "reality_at": torch.tensor([at for at, _, _ in self.reality], dtype=torch.long).reshape(-1, 2),
            "reality": torch.tensor([v for _, v, _ in self.reality], dtype=torch.float32).reshape(-1, width),
            "trust": torch.tensor([t for _, _, t in self.reality], dtype=torch.float32).reshape(-1, width),
            "act_at": torch.tensor(self.act_at, dtype=torch.long).reshape(-1, 2),
            "kinds": torch.tensor(self.kinds, dtype=torch.long).reshape(-1, 3),
            "parties": _stacked(self.parties, 1 + self.n),
            "home_at": torch.tensor(self.home_at, dtype=torch.long).reshape(-1, 2),
            "homes": _stacked(self.homes, 1 + self.n),
            "sectors": torch.tensor(self.sectors, dtype=torch.long),
        }


def _stacked(rows_: list[NDArray[np.int64]], width: int) -> Tensor:
    return torch.from_numpy(np.stack(rows_) if rows_ else np.empty((0, width), np.int64))


class _Edge:
    """Start and end pieces of the encoder in use."""

    first = 101
    last = 102
    unknown = 100


def set_edges(pieces: WordPieces) -> None:
    """Tell `collate` the start and end pieces."""
    _Edge.first, _Edge.last, _Edge.unknown = pieces.first, pieces.last, pieces.unknown


def recased(batch: Batch, rng: random.Random, share: float) -> Batch:
    """Some batches in title case, capitals or lower case: the encoder is blind to case, so only shapes change."""
    if share and rng.random() < share:
        glued = batch.shapes > 12
        plain = torch.where(glued, batch.shapes - 12, batch.shapes)
        letters = (plain >= 2) & (plain <= 7)
        style = rng.choice(("title", "title", "upper", "lower", "lower"))
        to = {"title": 6, "upper": 5, "lower": 2}[style]
        change = letters & (plain == 2) if style == "title" else letters
        if style == "title":
            change &= torch.rand(change.shape) < 0.85
        plain = torch.where(change, torch.full_like(plain, to), plain)
        batch.shapes = torch.where(glued, plain + 12, plain)
    return batch


def noisy(batch: Batch, share: float) -> Batch:
    """Some pieces hidden so that the neighbours must tell."""
    if share:
        hidden = (torch.rand(batch.ids.shape) < share) & (batch.shapes > 0)
        batch.ids = torch.where(hidden, torch.full_like(batch.ids, _Edge.unknown), batch.ids)
    return batch


def documents_of(corpus: list[Document], coder: Coder, longest: int = 200) -> list[list[Coded]]:
    """Documents as numbers, sentences over `longest` words left out."""
    return [[coder.code(s) for s in document if 0 < len(s.words) <= longest] for document in corpus]
