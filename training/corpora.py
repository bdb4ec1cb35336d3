"""Training sentences from the treebanks and the entity corpora, in one shape.

Every corpus becomes a list of documents, a document a list of `Sentence`. Tokens are those of the runtime tokeniser,
except in the treebanks, whose own words must be kept for their trees.
"""

import json
import lzma
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.language.tokens import tokenise
from training.entities import (
    OUTSIDE,
    TYPES,
    UNER_LABELS,
    Options,
    clean_gmb,
    gum_mentions,
    mend_uner,
    names_by_form,
    nation_part,
    spans,
    tag_options,
)
from training.finer import finer
from training.known import known_names


@dataclass(slots=True)
class Sentence:
    """Words with what is known of them; a layer that the corpus lacks is empty."""

    words: list[str]
    glued: list[bool]
    upos: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]
    entities: list[Options]
    starts: bool = True
    ident: str = ""


Document = list[Sentence]


def lines(path: Path) -> Iterator[str]:
    """Lines of a plain or an xz file without their ends."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def treebank(path: Path) -> Iterator[tuple[str, bool, list[list[str]], dict[str, str]]]:
    """(sent_id, first of a document, word rows, ranges) of every sentence of a CoNLL-U file."""
    rows: list[list[str]] = []
    ranges: dict[str, str] = {}
    ident, fresh = "", True
    for line in lines(path):
        if line.startswith("# newdoc"):
            fresh = True
        elif line.startswith("# sent_id"):
            ident = line.split()[-1]
        elif not line:
            if rows:
                yield ident, fresh, rows, ranges
                fresh = False
            rows, ranges = [], {}
        elif line[0] != "#":
            cells = line.split("\t")
            if "-" in cells[0]:
                ranges[cells[0]] = cells[9]
            elif "." not in cells[0]:
                rows.append(cells)


def glue(rows: list[list[str]], ranges: dict[str, str], rng: random.Random) -> list[bool]:
    """Whether each word follows the one before without a blank."""
    after = ["SpaceAfter=No" in row[9] for row in rows]
    for span, misc in ranges.items():
        low, high = map(int, span.split("-"))
        after[low - 1 : high] = [True] * (high - low) + ["SpaceAfter=No" in misc]
    glued = [False, *after[:-1]]
    for i in range(1, len(rows)):
        if re.fullmatch(r"n['’]t|['’](s|re|ve|ll|d|m)", rows[i][1]) and rng.random() < 0.7:
            glued[i] = True  # the rebuilt web texts part what print joins
    return glued


def ud(
    path: Path, entities: dict[str, list[Options]] | None = None, seed: int = 7, coarse: bool = True
) -> list[Document]:
    """Documents of a treebank; entity options by sent_id where another layer has them, else GUM's own mentions.

    `coarse`: that layer lacks outlets, legal texts and weapons, which are then told by form.
    """
    rng = random.Random(seed)
    documents: list[Document] = []
    for ident, fresh, rows, ranges in treebank(path):
        words = [row[1] for row in rows]
        if entities is None:
            options = gum_mentions(rows)
        else:
            options = entities.get(ident, [])
            if len(options) != len(words):
                options = []
        glued = glue(rows, ranges, rng)
        if coarse:
            options = finer(words, glued, options)
        sentence = Sentence(
            words, glued, [row[3] for row in rows], [row[5] for row in rows],
            [row[2] for row in rows],
            [int(row[6]) for row in rows], [row[7] for row in rows], options, ident=ident,
        )  # fmt: skip
        if fresh or not documents:
            documents.append([])
        documents[-1].append(sentence)
    return documents


NEW = ("LAW", "WEAPON", "MEDIA")
"""Types that only our own corpora mark."""

UNER = {**UNER_LABELS, "OTH": ("NORP", "EVENT", "ORG", *NEW, OUTSIDE), "O": (*TYPES, OUTSIDE)}
"""Universal NER's labels in ours; `OTH` and the stray `B-O` of the pre-release leave the type open."""


def uner(path: Path) -> dict[str, list[Options]]:
    """Entity options of every EWT sentence, by sent_id; a pre-release is mended where it is at odds with itself."""
    read = dict(_tagged(path))
    found = {
        ident: tag_options(words, tags, UNER, open_types=("NORP", "EVENT")) for ident, (words, tags) in read.items()
    }
    if "prerelease" in path.name:
        often = names_by_form(read.values())
        for ident, (words, tags) in read.items():
            mend_uner(words, tags, found[ident], often)
    return found


def _tagged(path: Path) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
    """(sent_id, (words, tags)) of every sentence of Universal NER's files."""
    ident = ""
    rows: list[list[str]] = []
    for line in [*lines(path), ""]:
        if line.startswith("# sent_id"):
            ident = line.split()[-1]
        elif not line:
            if rows:
                yield ident, ([row[1] for row in rows], [row[2] for row in rows])
            rows = []
        elif line[0] != "#":
            rows.append(line.split("\t"))


def detokenise(words: list[str]) -> str:
    """Words of a corpus that lost its blanks, joined as print joins them."""
    text, opened, joined = "", False, True
    for word in words:
        if word in {"``", "''"}:
            word = '"'
        closing = (
            word in {",", ".", ";", ":", "?", "!", ")", "]", "%", "'", "’", "..."}
            or re.fullmatch(r"n['’]t|['’]\w{1,2}", word) is not None
        )
        if word == '"':
            closing, opened = opened, not opened
            text += word if closing or joined or not text else " " + word
            joined = not closing
            continue
        text += word if closing or joined or not text else " " + word
        joined = word in {"(", "[", "$", "#", "£", "€"}
    return text


def retokenise(words: list[str], options: list[Options]) -> Sentence:
    """The runtime's words over the same text, with the options of the words they lie in."""
    text = detokenise(words)
    owner: list[int] = [-1] * len(text)
    at = 0
    for index, word in enumerate(words):
        form = '"' if word in {"``", "''"} else word
        at = text.index(form, at)
        owner[at : at + len(form)] = [index] * len(form)
        at += len(form)
    out = Sentence([], [], [], [], [], [], [], [])
    previous = -1
    for token in tokenise(text):
        if token.is_space:
            continue
        index = owner[token.idx]
        out.words.append(token.text)
        out.glued.append(token.idx > 0 and not text[token.idx - 1].isspace())
        out.entities.append(inside(options[index]) if index == previous else options[index])
        previous = index
    return out


def inside(options: Options) -> Options:
    """Options of a later part of a word whose first part has `options`."""
    return tuple(sorted("I" + tag[1:] if tag != OUTSIDE else tag for tag in options))


def columns(path: Path, mapping: dict[str, tuple[str, ...]], open_types: tuple[str, ...] = ()) -> list[Document]:
    """A two-column corpus (word, tag), one document for every block of ten sentences."""
    sentences: Document = []
    words: list[str] = []
    tags: list[str] = []
    for line in [*lines(path), ""]:
        cells = line.split()
        if len(cells) >= 2:
            words.append(cells[0])
            tags.append(cells[-1])
        elif words:
            sentence = retokenise(words, tag_options(words, tags, mapping, open_types))
            sentence.entities = finer(sentence.words, sentence.glued, sentence.entities)
            sentences.append(sentence)
            words, tags = [], []
    return [sentences[i : i + 10] for i in range(0, len(sentences), 10)]


PLACE = ("GPE", "LOC", "FAC")
WIKIGOLD = {"PER": ("PERSON",), "ORG": ("ORG",), "LOC": PLACE, "MISC": ("NORP", "EVENT", "FAC", "ORG", *NEW, OUTSIDE)}
CROSSNER = {
    "politician": ("PERSON",), "person": ("PERSON",), "organisation": ("ORG",), "politicalparty": ("ORG",),
    "event": ("EVENT",), "election": ("EVENT",), "country": ("GPE",), "location": PLACE,
    "misc": ("NORP", *NEW, OUTSIDE),
}  # fmt: skip


def gmb_sentences(path: Path) -> list[tuple[list[str], list[str]]]:
    """(words, tags) of every sentence of the GMB extract, control characters repaired."""
    import csv

    quotes = str.maketrans({"\x91": "‘", "\x92": "’", "\x93": "“", "\x94": "”", "\x96": "–", "\x97": "—", "\x85": "…"})
    out: list[tuple[list[str], list[str]]] = []
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for first, word, _pos, tag in reader:
            if first or not out:
                out.append(([], []))
            if word.strip():
                out[-1][0].append("".join(c for c in word.translate(quotes) if c.isprintable() and c != " ") or "?")
                out[-1][1].append(tag)
    return [pair for pair in out if pair[0]]


def gmb(path: Path, dev: bool = False) -> list[Document]:
    """The GMB extract as documents of ten sentences; `dev`: its held-out slice, else the rest."""
    sentences = gmb_sentences(path)
    counts: Counter[tuple[str, str]] = Counter()
    for words, tags in sentences:
        counts.update((word, tag[2:]) for word, tag in zip(words, tags, strict=True))
        counts.update((" ".join(words[a:b]), kind) for a, b, kind in spans(tags) if b - a > 1)
    documents: list[Document] = []
    for i, (words, tags) in enumerate(sentences):
        if ((i // 50) % 19 == 18) != dev:
            continue
        if i % 10 == 0 or not documents:
            documents.append([])
        sentence = retokenise(words, clean_gmb(words, tags, counts, coarse=dev))
        _mark_hyphened(sentence, counts)
        sentence.entities = finer(sentence.words, sentence.glued, sentence.entities, news=True)
        documents[-1].append(sentence)
    return documents


def _mark_hyphened(sentence: Sentence, counts: Counter[tuple[str, str]]) -> None:
    """GMB leaves "Israeli-Palestinian" and "U.S.-led" unmarked: their parts are marked here."""
    words = sentence.words
    for i, word in enumerate(words):
        hyphened = (i + 1 < len(words) and words[i + 1] == "-" and sentence.glued[i + 1]) or (
            i > 1 and words[i - 1] == "-" and sentence.glued[i]
        )
        if word == "-" and i and OUTSIDE in sentence.entities[i]:
            sentence.entities[i] = (OUTSIDE,)
        elif hyphened and i and OUTSIDE in sentence.entities[i] and f"{words[i - 1]} {word}" in known_names():
            known = known_names()[f"{words[i - 1]} {word}"]
            sentence.entities[i - 1 : i + 1] = [tuple(f"{part}-{kind}" for kind in known) for part in "BI"]
        elif hyphened and OUTSIDE in sentence.entities[i]:
            sentence.entities[i] = nation_part(word, counts) or ((OUTSIDE,) if word.islower() else sentence.entities[i])


RE3D = {"Person": ("PERSON",), "Organisation": ("ORG",), "Location": PLACE, "Nationality": ("NORP",)}


def re3d(path: Path) -> list[Document]:
    """Documents of re3d, of whose mentions only those in capitals count as names; the others are left open."""
    texts: dict[str, str] = {}
    mentions: dict[str, list[tuple[int, int, str]]] = {}
    for line in lines(path):
        row = json.loads(line)
        if row["kind"] == "documents":
            texts[row["_id"]] = row["text"]
        elif row["kind"] == "entities":
            mentions.setdefault(row["documentId"], []).append((row["begin"], row["end"], row["type"]))
    return [_re3d_document(text, mentions.get(ident, [])) for ident, text in texts.items()]


def _re3d_document(text: str, mentions: list[tuple[int, int, str]]) -> Document:
    document: Document = []
    for paragraph in re.finditer(r"[^\n]+", text):
        tokens = [token for token in tokenise(paragraph[0]) if not token.is_space]
        if not tokens or len(tokens) > 150:
            continue
        shift = paragraph.start()
        options: list[Options] = [
            (OUTSIDE,) if not t.text[:1].isupper() else ("B-EVENT", "I-EVENT", OUTSIDE) for t in tokens
        ]
        for begin, end, kind in sorted(mentions, key=lambda m: m[0] - m[1], reverse=False)[::-1]:
            covered = [i for i, t in enumerate(tokens) if begin <= t.idx + shift and t.idx + shift + len(t) <= end]
            while covered and tokens[covered[0]].lower_ in {"the", "a", "an"}:
                covered.pop(0)
            named = covered and all(
                tokens[i].text[:1].isupper() or tokens[i].lower_ in {"of", "and", "the", "for", "-"} for i in covered
            )
            types = ("ORG", "GPE", "NORP") if kind == "Organisation" and len(covered) == 1 else RE3D.get(kind, ())
            for k, i in enumerate(covered if types else []):
                part = "I" if k else "B"
                options[i] = tuple(f"{part}-{t}" for t in types) if named else _everything()
        glued = [t.idx > 0 and not paragraph[0][t.idx - 1].isspace() for t in tokens]
        words = [t.text for t in tokens]
        document.append(
            Sentence(words, glued, [], [], [], [], [], finer(words, glued, options, news=True), starts=False)
        )
    return document


def _everything() -> Options:
    return (*(f"{part}-{t}" for t in TYPES for part in "BI"), OUTSIDE)


def relabel(documents: list[Document], fresh: list[Document]) -> int:
    """Give sentences, in place, the entity options of those of `fresh` that have the same words; returns how many.

    For trees that a teacher once wrote over a corpus whose entity labels have been mended since.
    """
    options = {tuple(sentence.words): sentence.entities for sentence in flatten(fresh)}
    count = 0
    for sentence in flatten(documents):
        found = options.get(tuple(sentence.words))
        if found is not None:
            sentence.entities = found
            count += 1
    return count


def own_treebank(folder: Path, part: str = "train") -> list[Document]:
    """Our news treebank's `part` (train, dev, test) with its names, a document for each construction.

    Sentences of a construction form no text, except quotations that run on.
    """
    paths = sorted(folder.glob(f"part_*_{part}.conllu"))
    return [document for path in paths for document in ud(path, own_names(path), coarse=False)]


def own_names(path: Path) -> dict[str, list[Options]]:
    """The surely known tag of every word, by sent_id, from `NER=` in the tenth column."""
    found: dict[str, list[Options]] = {}
    for ident, _, rows, _ in treebank(path):
        misc = [dict(pair.split("=", 1) for pair in row[9].split("|") if "=" in pair) for row in rows]
        found[ident] = [(cell.get("NER", OUTSIDE),) for cell in misc]
    return found


def names(folder: Path) -> list[Document]:
    """Sentences of all `.iob2` files of a folder, each a document of its own; words are the runtime's already."""
    found: list[Document] = []
    for path in sorted(folder.glob("*.iob2")):
        rows: list[list[str]] = []
        for line in [*lines(path), ""]:
            if line:
                rows.append(line.split("\t"))
            elif rows:
                words = [row[0] for row in rows]
                options: list[Options] = [(row[1],) for row in rows]
                found.append([Sentence(words, glued_as_printed(words), [], [], [], [], [], options)])
                rows = []
    return found


def glued_as_printed(words: list[str]) -> list[bool]:
    """Whether each word follows the one before without a blank, as print has it.

    A hyphen between letters or digits joins its neighbours (one that stands for a dash there cannot be told apart).
    """
    text = detokenise(words)
    out, at = [], 0
    for i, word in enumerate(words):
        form = '"' if word in {"``", "''"} else word
        start = text.index(form, at)
        joined = i > 0 and start == at
        if i > 0 and (_joins(words, i) or _joins(words, i - 1)):
            joined = True
        out.append(joined)
        at = start + len(form)
    return out


def _joins(words: list[str], at: int) -> bool:
    """Whether the word is a hyphen or a stroke within a compound."""
    if words[at] not in {"-", "/", "–"} or not 0 < at < len(words) - 1:
        return False
    before, after = words[at - 1][-1], words[at + 1][0]
    return before.isdigit() and after.isdigit() if words[at] == "–" else before.isalnum() and after.isalnum()


def flatten(documents: Iterable[Document]) -> Iterator[Sentence]:
    """All sentences of all documents."""
    for document in documents:
        yield from document
