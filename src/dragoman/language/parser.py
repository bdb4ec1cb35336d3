"""The parser: text in, a spaCy `Doc` with sentences, tags, features, trees, lemmas and names out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    IS_SPACE,
    LEMMA,
    MORPH,
    ORTH,
    POS,
    SPACY,
)
from spacy.tokens import Doc

from dragoman.errors import ModelError
from dragoman.language import decode
from dragoman.language.acts import ActScorer
from dragoman.language.annotations import Act, Predicate, keep, keep_acts, keep_meanings
from dragoman.language.encoder import Encoder, Reading
from dragoman.language.lemmas import Lemmatizer, load_table
from dragoman.language.names import names, settle
from dragoman.language.reference import WIDTH, Scorer, references_of
from dragoman.language.roles import RoleScorer, predicates_of
from dragoman.language.segments import LONGEST_SENTENCE, Window, real_words, windows
from dragoman.language.tokens import tokenise

WEIGHTS = Path(__file__).parent / "weights"
LIKELY = 3.0
"""Added to the score of a start after a full stop and before a capital; measured on the development parts."""
EAGER = np.float32(1.5)
"""Added to the score of every start: the head learns from sparse starts and is too shy; measured there too."""
GROUP = 20_000
"""Words whose windows are read before the next ones are."""

_INSIDE, _OUTSIDE, _BEGIN = 1, 2, 3  # spaCy's ENT_IOB


class Parser:
    """Reads English text. Not safe to share between threads: spaCy's vocabulary isn't."""

    def __init__(self, folder: Path, threads: int = 1, meaning: bool = True, acts: bool = True) -> None:
        """`folder` holds the weights; `threads`: of the encoder; `meaning`: whether roles, reality and references are
        given too; `acts`: whether acts are, where the weights know them. Raises ModelError.
        """
        self.meaning = meaning
        self.encoder = Encoder(folder, threads)
        self.lemma = Lemmatizer(load_table(folder / "lemmas.tsv"))
        self.references = Scorer.of(self.encoder.arrays)
        self.roles = RoleScorer(self.encoder.arrays["roles"], self.encoder.labels.roles)
        weight = self.encoder.arrays.get("acts")
        self.acts = None if weight is None or not acts else ActScorer(weight, self.encoder.labels)

    def parse(self, text: str) -> Doc:
        """The parsed text. `doc.text == text`, but for lone surrogates, which become U+FFFD.

        Every sentence has one root, whose head is itself and whose relation is `root`; no sentence is longer than 200
        words. White space tokens have the tag SPACE and hang on the word before; they are never a word's head.
        """
        return self.annotate(tokenise(text))

    def annotate(self, doc: Doc, predicates: Collection[int] | None = None, meanings: bool = False) -> Doc:
        """Fill a doc that has words only, whoever cut them, with everything that `parse` gives; returns the doc.

        `predicates`: the tokens that are predicates, where somebody knows them better; `meanings`: whether to give
        vectors of words too, which few need.
        """
        if not len(doc):
            return doc
        layers = Layers(len(doc))
        real = real_words(doc)
        strings = doc.vocab.strings
        pieces = self.encoder.pieces([strings[form] for form in doc.to_array([ORTH])[real].tolist()])
        glued = _glued(doc)[real].tolist()
        at = 0
        for group in _groups(windows(doc, [len(ids) for ids, _ in pieces])):
            coded = []
            for window in group:
                end = at + len(window.words)
                coded.append((pieces[at:end], glued[at:end]))
                at = end
            self._gather(layers, group, self.encoder.read(coded), predicates)
        self._write(doc, layers)
        if self.acts is not None:
            keep_acts(doc, layers.acts)
        if meanings and layers.meanings is not None:
            keep_meanings(doc, layers.meanings)
        if self.meaning:
            found = references_of(doc, layers.anaphors, layers.antecedents, self.references)
            keep(doc, layers.predicates, found)
        return doc

    def pipe(self, texts: Iterable[str], meanings: bool = False) -> Iterator[Doc]:
        """Parsed texts in order, each as `parse` gives it; `meanings`: with vectors of their words.

        Texts don't share the encoder's runs: int8 activations are scaled by run, so that a text's parse would hang on
        its neighbours. That costs about a tenth of the speed.
        """
        return (self.annotate(tokenise(text), meanings=meanings) for text in texts)

    def _gather(self, layers: "Layers", group: list[Window], reading: Reading, given: Collection[int] | None) -> None:
        """Write what the reading of some windows says into the layers."""
        place = np.array([i for window in group for i in window.words])
        bounds: list[tuple[int, int]] = []
        heads, above = place.copy(), []
        at = 0
        for number, (window, arcs) in enumerate(zip(group, reading.arcs, strict=True)):
            words = slice(at, at + len(arcs))
            inside = sentences(reading.starts[words], window)
            chosen = decode.trees(arcs, inside)
            heads[words] = np.where(chosen == 0, place[words], place[words][chosen - 1])
            above.append(chosen + (at + number))
            bounds += [(start + at, end + at) for start, end in inside]
            at += len(arcs)
        layers.upos[place], layers.feats[place], layers.heads[place] = reading.upos, reading.feats, heads
        layers.relations[place] = self.encoder.relate(reading.dependents, reading.heads[np.concatenate(above)])
        tokens = place.tolist()
        for name in names(reading.tags, self.encoder.labels.tags, [start for start, _ in bounds]):
            layers.names.append((tokens[name.start], tokens[name.end - 1] + 1, name.scores))
        if self.acts is not None:
            layers.acts += self.acts.acts(reading, bounds, place)
        if reading.kinds is not None and reading.homes is not None:
            layers.mean(place, np.concatenate([reading.kinds, reading.homes], 1))
        if self.meaning:
            known = None if given is None else [k for k, i in enumerate(tokens) if i in given]
            layers.predicates += predicates_of(reading, bounds, place, self.roles, known)
            layers.anaphors[place], layers.antecedents[place] = reading.anaphors, reading.antecedents

    def _write(self, doc: Doc, layers: "Layers") -> None:
        """Set the token attributes from the layers, all at once."""
        strings, labels = doc.vocab.strings, self.encoder.labels
        out = np.zeros((len(doc), 7), np.uint64)
        orth, space = doc.to_array([ORTH, IS_SPACE]).T
        space = space.astype(bool)
        heads = layers.heads
        heads[space] = _before(space)
        own = np.arange(len(doc))
        root = ~space & (heads == own)
        out[:, 0] = (heads - own).astype(np.int64).view(np.uint64)
        dep = _numbered(layers.relations, labels.relations, strings.add)
        dep[~root & (dep == strings.add("root"))] = strings.add("dep")
        dep[root], dep[space] = strings.add("root"), strings.add("dep")
        pos = _numbered(layers.upos, labels.upos, strings.add)
        pos[space] = strings.add("SPACE")
        morph = _numbered(layers.feats, labels.feats, doc.vocab.morphology.add)
        morph[space] = doc.vocab.morphology.add("_")
        out[:, 1], out[:, 2], out[:, 3] = dep, pos, morph
        out[:, 4] = self._lemmas(doc, orth, layers)
        out[space, 4] = orth[space]
        out[:, 5] = _OUTSIDE
        labels_of_names = settle([(doc[start:end].text, scores) for start, end, scores in layers.names])
        for (start, end, _), label in zip(layers.names, labels_of_names, strict=True):
            out[start:end, 5], out[start, 5], out[start:end, 6] = _INSIDE, _BEGIN, strings.add(label)
        doc.from_array([HEAD, DEP, POS, MORPH, LEMMA, ENT_IOB, ENT_TYPE], out)  # type: ignore[arg-type]

    def _lemmas(self, doc: Doc, orth: NDArray[np.uint64], layers: "Layers") -> list[int]:
        """The lemma of every token, as a number of the vocabulary's."""
        strings, labels = doc.vocab.strings, self.encoder.labels
        known: dict[tuple[int, int, int], int] = {}
        keys = list(zip(orth.tolist(), layers.upos.tolist(), layers.feats.tolist(), strict=True))
        for key in set(keys):
            known[key] = strings.add(self.lemma(strings[key[0]], labels.upos[key[1]], labels.feats[key[2]]))
        return [known[key] for key in keys]


class Layers:
    """What is known of each token of a doc while it is filled."""

    def __init__(self, n: int) -> None:
        self.upos, self.feats, self.relations = (np.zeros(n, np.int64) for _ in range(3))
        self.heads = np.arange(n)
        self.names: list[tuple[int, int, Mapping[str, float]]] = []
        self.anaphors, self.antecedents = (np.zeros((n, WIDTH), np.float32) for _ in range(2))
        self.predicates: list[Predicate] = []
        self.acts: list[Act] = []
        self.meanings: NDArray[np.float32] | None = None

    def mean(self, place: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Keep the vectors of the words that are the tokens PLACE."""
        if self.meanings is None:
            self.meanings = np.zeros((len(self.heads), vectors.shape[1]), np.float32)
        self.meanings[place] = vectors


def _numbered(classes: NDArray[np.int64], labels: Sequence[str], add: Callable[[str], int]) -> NDArray[np.uint64]:
    """The vocabulary's number for the label of each class, which `add` makes known to it."""
    numbers = np.zeros(len(labels), np.uint64)
    for k in set(classes.tolist()):
        numbers[k] = add(labels[k])
    found: NDArray[np.uint64] = numbers[classes]
    return found


def _glued(doc: Doc) -> NDArray[np.bool_]:
    """Whether each token follows the one before without white space."""
    blank, space = doc.to_array([SPACY, IS_SPACE]).T.astype(bool)
    return np.append(False, ~(blank | space)[:-1])


def _groups(found: list[Window]) -> Iterator[list[Window]]:
    """Windows in groups of at most GROUP words, so that memory does not grow with all that the heads say of a text."""
    group: list[Window] = []
    size = 0
    for window in found:
        if group and size + len(window.words) > GROUP:
            yield group
            group, size = [], 0
        group.append(window)
        size += len(window.words)
    if group:
        yield group


def _before(space: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each white space token the word it hangs on: the one before, else the first one after, else itself."""
    own = np.arange(len(space))
    before = np.maximum.accumulate(np.where(space, -1, own))
    real = own[~space]
    first = real[0] if len(real) else -1
    target = np.where(before >= 0, before, first)
    found: NDArray[np.int64] = np.where(target >= 0, target, own)[space]
    return found


def sentences(scores: NDArray[np.float32], window: Window) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a window from the scores of its words as starts."""
    scores = scores + EAGER
    scores[list(window.likely)] += LIKELY
    scores[list(window.mustnt)] = -1e9
    starts = scores > 0
    starts[list(window.must)] = True
    edges = [*np.flatnonzero(starts).tolist(), len(scores)]
    out = []
    for start, end in zip(edges, edges[1:], strict=False):
        while end - start > LONGEST_SENTENCE:
            cut = start + 1 + int(np.nan_to_num(scores[start + 1 : start + LONGEST_SENTENCE + 1], nan=-1e9).argmax())
            out.append((start, cut))
            start = cut
        out.append((start, end))
    return out


def load_parser(kind: str = "standard", threads: int = 1, meaning: bool = True, acts: bool = True) -> Parser:
    """The parser with the installed weights of that kind. Raises ModelError where they are missing or damaged."""
    if kind not in (found := kinds()):
        choice = f"choose one of: {', '.join(found)}" if found else "there are none at all"
        raise ModelError(f"parser {kind!r}: no weights of that kind are installed; {choice}, or install Dragoman again")
    return Parser(WEIGHTS / kind, threads, meaning, acts)


def kinds() -> list[str]:
    """Kinds of weights that are installed: the names of their folders."""
    return sorted(folder.name for folder in WEIGHTS.iterdir() if folder.is_dir()) if WEIGHTS.is_dir() else []
