"""Figures of the installed parser from raw text: `python -m training.measure --data FOLDER`.

Attachment is measured by CoNLL-18's rule (words aligned by their characters) in `benchmarks`; here: what it has not,
lemmas, entities and speed.
"""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from dragoman.language.parser import Parser, load_parser
from training.corpora import Sentence, flatten, gmb, treebank, uner
from training.entities import OUTSIDE

FINE = {"MEDIA": "ORG"}
"""An outlet is an organisation where a set lacks the label; laws and weapons are no type of such a set."""

COARSE = {"GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "PERSON": "PER", **FINE}
"""Universal NER's types."""


def joined(s: Sentence) -> tuple[str, list[int]]:
    """The text of a sentence and the offset of each word."""
    text, at = "", []
    for word, glued in zip(s.words, s.glued, strict=True):
        text += "" if glued or not text else " "
        at.append(len(text))
        text += word
    return text, at


def gold_spans(s: Sentence, at: list[int]) -> list[tuple[int, int, frozenset[str]]]:
    """(start, end, types it may be) of a sentence's surely named entities."""
    out: list[tuple[int, int, frozenset[str]]] = []
    for i, option in enumerate(s.entities):
        if OUTSIDE in option or not option:
            continue
        end = at[i] + len(s.words[i])
        if option[0][0] == "I" and out and all(t[0] == "I" for t in option):
            out[-1] = (out[-1][0], end, out[-1][2])
        else:
            out.append((at[i], end, frozenset(t[2:] for t in option)))
    return out


def open_words(s: Sentence, at: list[int]) -> list[tuple[int, int, frozenset[str]]]:
    """(start, end, types) of the words that a set leaves open: outside, or of a type that it does mark."""
    out = []
    for word, start, option in zip(s.words, at, s.entities, strict=True):
        types = frozenset(t[2:] for t in option if t != OUTSIDE)
        if OUTSIDE in option and types - {"EVENT", "NORP"}:
            out.append((start, start + len(word), types))
    return out


@dataclass(slots=True)
class Gold:
    """What a set says of a text: surely named entities, and words that it leaves open; (start, end, types)."""

    spans: list[tuple[int, int, frozenset[str]]]
    opened: list[tuple[int, int, frozenset[str]]]


def gold_of(s: Sentence, at: list[int]) -> Gold:
    """What a set says of a sentence."""
    return Gold(gold_spans(s, at), open_words(s, at))


@dataclass(slots=True)
class Verdict:
    """Answers and gold of one text, (start, end) to label; `wanted` has what each gold span may be."""

    said: dict[tuple[int, int], str]
    wanted: dict[tuple[int, int], set[str]]


def verdict(doc: Doc, gold: Gold, fold: dict[str, str], types: set[str]) -> Verdict:
    """Answers and gold in the types scored.

    Where the set leaves open what a span is (a type not scored, or no name), neither it nor an answer that it allows
    counts.
    """
    folded = {(a, b): {fold.get(t, t) for t in kinds} for a, b, kinds in gold.spans}
    said = {(e.start_char, e.end_char): fold.get(e.label_, e.label_) for e in doc.ents}
    vague = {key for key, kinds in folded.items() if kinds & types and not kinds <= types}

    def counts(key: tuple[int, int], label: str) -> bool:
        if label not in types or (key in vague and label in folded[key]):
            return False
        left = key[1] - key[0]
        for a, b, kinds in gold.opened:
            if key[0] <= a and b <= key[1] and label in {fold.get(t, t) for t in kinds}:
                left -= b - a
        text = doc.text[key[0] : key[1]]
        return left > sum(c.isspace() for c in text)

    return Verdict(
        {key: label for key, label in said.items() if counts(key, label)},
        {key: kinds for key, kinds in folded.items() if kinds <= types},
    )


def entity_scores(docs: list[Doc], gold: list[Gold], fold: dict[str, str], types: set[str]) -> str:
    """Precision, recall and F over types, which `fold` renames first."""
    right = said = there = 0
    by: dict[str, list[int]] = {}
    for doc, known in zip(docs, gold, strict=True):
        found = verdict(doc, known, fold, types)
        for key, label in found.said.items():
            by.setdefault(label, [0, 0])[1] += 1
            if label in found.wanted.get(key, set()):
                right += 1
                by[label][0] += 1
        said, there = said + len(found.said), there + len(found.wanted)
    detail = " ".join(f"{k} {100 * a / b:.0f}" for k, (a, b) in sorted(by.items()))
    figures = 200 * right / (said + there), 100 * right / said, 100 * right / there
    return "F {:.2f} P {:.2f} R {:.2f}".format(*figures) + f" (P by type: {detail})"


def gmb_dev(data: Path) -> list[Sentence]:
    """GMB's held-out slice."""
    return list(flatten(gmb(data / "gmb_ner_train.csv.xz", dev=True)))


def uner_dev(data: Path) -> list[Sentence]:
    """EWT's dev sentences with Universal NER's labels."""
    options = uner(data / "uner_ewt_dev.iob2.xz")
    found = []
    for ident, _, rows, _ in treebank(data / "ud_ewt_dev.conllu.xz"):
        words = [row[1] for row in rows]
        glued = [False, *("SpaceAfter=No" in row[9] for row in rows[:-1])]
        if len(options.get(ident, [])) == len(words):
            found.append(Sentence(words, glued, [], [], [], [], [], options[ident]))
    return found


GMB_TYPES = {"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC"}
UNER_TYPES = {"PER", "ORG", "LOC"}


def names(parser: Parser, data: Path) -> None:
    """Entities on the GMB slice and on UNER's EWT dev."""
    sets = (("GMB slice", gmb_dev, FINE, GMB_TYPES), ("UNER EWT dev", uner_dev, COARSE, UNER_TYPES))
    for name, read, fold, types in sets:
        sentences = read(data)
        texts = [joined(s) for s in sentences]
        gold = [gold_of(s, at) for s, (_, at) in zip(sentences, texts, strict=True)]
        print(name, entity_scores(list(parser.pipe(text for text, _ in texts)), gold, fold, types))


def lemmas(parser: Parser, path: Path) -> None:
    """Accuracy of lemmas given gold words, UPOS and features."""
    n = right = 0
    for _, _, rows, _ in treebank(path):
        for row in rows:
            n += 1
            right += parser.lemma(row[1], row[3], row[5] if row[5] != "_" else "") == row[2]
    print(path.name, f"lemmas with gold tags {100 * right / n:.2f} of {n}")


def speed(parser: Parser, data: Path) -> None:
    """Words a second of `parse`, report by report, on GMB's news."""
    documents = gmb(data / "gmb_ner_train.csv.xz", dev=True)
    texts = [" ".join(joined(s)[0] for s in d) for d in documents]
    parser.parse(texts[0])
    ways: dict[str, Callable[[], list[Doc]]] = {
        "parse": lambda: [parser.parse(t) for t in texts],
        "pipe": lambda: list(parser.pipe(texts)),
    }
    for name, run in ways.items():
        start = time.perf_counter()
        words = sum(len(d) for d in run())
        print(name, f"{words / (time.perf_counter() - start):.0f} words/s over {words} words")


def main() -> None:
    """Print the figures."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, required=True)
    a = p.parse_args()
    start = time.perf_counter()
    parser = load_parser()
    print(f"loaded in {time.perf_counter() - start:.2f} s", json.dumps({k: len(v) for k, v in vars_of(parser).items()}))
    speed(parser, a.data)
    for name in ("ud_ewt_dev", "ud_gum_open_dev"):
        lemmas(parser, a.data / f"{name}.conllu.xz")
    names(parser, a.data)


def vars_of(parser: Parser) -> dict[str, list[str]]:
    """The labels of each head."""
    labels = parser.encoder.labels
    return {"upos": labels.upos, "feats": labels.feats, "relations": labels.relations, "tags": labels.tags}


if __name__ == "__main__":
    main()
