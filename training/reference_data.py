"""Training items for reference: GUM's coreference, GAP, our treebank, and names of the news made pronouns.

Every corpus becomes a list of `Item`: sentences, their mentions, and the pairs that are tried, each gold or not. Pairs
of which the corpus says nothing are left out, so that the softmax runs over what is known.
"""

import json
import pickle
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dragoman.language.mentions import Ints, Mentions, Text, features, mentions, name_relation, pairs
from training.corpora import Document, Sentence, lines
from training.entities import OUTSIDE, Options

PRONOUN_WEIGHT, DESCRIPTION_WEIGHT, NAME_WEIGHT = 1.0, 0.5, 0.3
"""What a mention's loss counts; names are mostly linked by rule."""


@dataclass(slots=True)
class Item:
    """A text with the pairs to learn from: mention places `i`, `j`, their features, whether they are one.

    `anaphors` are the places whose antecedent is known (none, where no pair of theirs is gold), `weights` what each
    counts. `marks` says for measuring what the pairs are: for GAP 1 for a mention of A, 2 of B.
    """

    kind: str
    sentences: list[Sentence]
    mentions: Mentions
    i: NDArray[np.int32]
    j: NDArray[np.int32]
    pair: NDArray[np.int8]
    gold: NDArray[np.bool_]
    anaphors: NDArray[np.int32]
    weights: NDArray[np.float32]
    marks: NDArray[np.int8]
    ident: str = ""
    lost: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    """Mentions that have an antecedent, but none that is tried: they teach nothing, and count as wrong."""


def text_of(sentences: Document) -> Text:
    """The sentences as one text."""
    words: list[str] = []
    upos: list[str] = []
    feats: list[str] = []
    heads: list[int] = []
    relations: list[str] = []
    numbers: list[int] = []
    names: list[str] = []
    for n, s in enumerate(sentences):
        at = len(words)
        words += s.words
        upos += s.upos
        feats += s.feats
        heads += [at + (h - 1 if h else k) for k, h in enumerate(s.heads)]
        relations += s.relations
        numbers += [n] * len(s.words)
        names += [_tag(o) for o in s.entities] or [OUTSIDE] * len(s.words)
    return Text(words, upos, feats, heads, relations, numbers, names)


def _tag(options: Options) -> str:
    """One tag of those a word may have: outside where that is open."""
    return OUTSIDE if OUTSIDE in options or not options else options[0]


def item(
    kind: str,
    sentences: Document,
    found: Mentions,
    gold: NDArray[np.bool_],
    tried: tuple[Ints, Ints],
    keep: NDArray[np.bool_],
    anaphors: Iterable[int],
    ident: str = "",
    marks: Ints | None = None,
) -> Item:
    """An item of the kept pairs."""
    i, j = tried
    chosen = np.array(sorted(anaphors), np.int32)
    keep = keep & np.isin(i, chosen)
    single = found.single[chosen] if len(chosen) else np.zeros((0, found.single.shape[1]), np.int64)
    weights = np.where(single[:, 0] > 0, PRONOUN_WEIGHT, np.where(single[:, 1] > 0, NAME_WEIGHT, DESCRIPTION_WEIGHT))
    return Item(
        kind, sentences, found, i[keep].astype(np.int32), j[keep].astype(np.int32),
        features(found, i[keep], j[keep]).astype(np.int8), gold[keep], chosen, weights.astype(np.float32),
        np.zeros(int(keep.sum()), np.int8) if marks is None else marks[keep].astype(np.int8), ident,
    )  # fmt: skip


def by_entity(
    kind: str, sentences: Document, entities: dict[int, set[str]], neutral: set[int], ident: str, forced: bool = False
) -> Item:
    """An item from the entities of words; `neutral` words are neither right nor wrong as antecedents.

    An earlier antecedent goes before one that follows; a mention whose antecedents are all out of reach is left out.
    """
    found = mentions(text_of(sentences), set(entities) if forced else ())
    i, j = pairs(found)
    of = [entities.get(w, set()) for w in found.word.tolist()]
    gold = np.array([not of[a].isdisjoint(of[b]) for a, b in zip(i.tolist(), j.tolist(), strict=True)], bool)
    first: dict[str, int] = {}
    for n, es in enumerate(of):
        for e in es:
            first.setdefault(e, n)
    skipped = {n for n, w in enumerate(found.word.tolist()) if w in neutral}
    earlier = {n for n, es in enumerate(of) if any(first[e] < n for e in es)}
    reached = set(i[gold & (j < i)].tolist())
    keep = ~np.isin(j, list(skipped)) & ~(gold & (j > i) & np.isin(i, list(reached)))
    lost = earlier - skipped - reached
    anaphors = [n for n in range(len(of)) if n not in skipped and n not in lost]
    made = item(kind, sentences, found, gold, (i, j), keep, anaphors, ident)
    return replace(made, lost=np.array(sorted(lost), np.int32))


def gum(corpus: list[Document], coreference: Path, kind: str = "gum", forced: bool = False) -> list[Item]:
    """GUM's documents; `corpus`: the same treebank, sentences with their sent_id.

    Predicates and appositions of a chain are neutral. `forced`: all gold mentions are given, for measuring.
    """
    sentences = {s.ident: s for d in corpus for s in d}
    out = []
    for line in lines(coreference):
        row = json.loads(line)
        document = [sentences[ident] for ident in row["sentences"]]
        at, offset = 0, {}
        for ident, s in zip(row["sentences"], document, strict=True):
            offset[ident] = at
            at += len(s.words)
        entities: dict[int, set[str]] = {}
        neutral: set[int] = set()
        for m in row["mentions"]:
            word = offset[m["sent_id"]] + m["head"] - 1
            if m["link"] in ("appos", "pred"):
                neutral.add(word)
            else:
                entities.setdefault(word, set()).add(m["entity"])
        out.append(by_entity(kind, document, entities, neutral - set(entities), row["doc"], forced))
    return out


def ours(path: Path) -> list[Item]:
    """Sentences of our treebank with `Coref=` in MISC: the pronouns of their chains only."""
    out = []
    block: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line and line[0] != "#":
            block.append(line.split("\t"))
        elif not line and block:
            found = _ours(block)
            if found is not None and len(found.anaphors):
                out.append(found)
            block = []
    return out


def _ours(rows: list[list[str]]) -> Item | None:
    misc = [dict(x.partition("=")[::2] for x in row[9].split("|")) for row in rows]
    entities = {k: {m["Coref"]} for k, m in enumerate(misc) if "Coref" in m}
    if not entities:
        return None
    glued = [False, *(m.get("SpaceAfter") == "No" for m in misc[:-1])]
    sentence = Sentence(
        [r[1] for r in rows], glued, [r[3] for r in rows], [r[5] for r in rows], [r[2] for r in rows],
        [int(r[6]) for r in rows], [r[7] for r in rows], [(m.get("NER", OUTSIDE),) for m in misc],
    )  # fmt: skip
    found = by_entity("ours", [sentence], entities, set(), "")
    chosen = [n for n in found.anaphors.tolist() if found.mentions.single[n, 0] and found.mentions.word[n] in entities]
    tried = found.i.astype(np.int64), found.j.astype(np.int64)
    return item("ours", [sentence], found.mentions, found.gold, tried, np.ones(len(found.i), bool), chosen)


Parsed = list[tuple[dict[str, list[object]], list[int]]]
"""Layers of each sentence by their name in `Sentence`, and the character offset of each word."""


def parse(texts: list[str]) -> list[Parsed]:
    """Texts read by the shipped parser."""
    from dragoman.language.parser import load_parser

    parser = load_parser("standard")
    out: list[Parsed] = []
    for n, text in enumerate(texts):
        doc = parser.parse(text)
        sentences: Parsed = []
        for span in doc.sents:
            words = [t for t in span if not t.is_space]
            place = {t.i: k for k, t in enumerate(words, start=1)}
            if not words:
                continue
            layers: dict[str, list[object]] = {
                "words": [t.text for t in words],
                "glued": [t.i > 0 and not doc[t.i - 1].whitespace_ for t in words],
                "upos": [t.pos_ for t in words],
                "feats": [str(t.morph) or "_" for t in words],
                "lemmas": [t.lemma_ for t in words],
                "heads": [0 if t.head.i == t.i else place[t.head.i] for t in words],
                "relations": [t.dep_ for t in words],
                "entities": [(f"{t.ent_iob_}-{t.ent_type_}",) if t.ent_type_ else (OUTSIDE,) for t in words],
            }
            sentences.append((layers, [t.idx for t in words]))
        out.append(sentences)
        if n % 300 == 0:
            print(time.strftime("%H:%M:%S"), n, "of", len(texts), "texts parsed", flush=True)
    return out


def gap(path: Path, cache: Path) -> dict[str, list[Item]]:
    """GAP's parts as "gap" (development) and "gap_dev" (validation), parsed once into `cache`."""
    rows = [json.loads(line) for line in lines(path)]
    if not cache.exists():
        cache.write_bytes(pickle.dumps(parse([row["text"] for row in rows])))
    parsed: list[Parsed] = pickle.loads(cache.read_bytes())
    out: dict[str, list[Item]] = {"gap": [], "gap_dev": []}
    for row, layers in zip(rows, parsed, strict=True):
        kind = "gap" if row["id"].startswith("development") else "gap_dev"
        sentences = [Sentence(**found) for found, _ in layers]  # type: ignore[arg-type]
        out[kind].append(_gap(kind, row, sentences, [o for _, offsets in layers for o in offsets]))
    return out


def _gap(kind: str, row: dict[str, str | int | bool], sentences: Document, offsets: list[int]) -> Item:
    text = text_of(sentences)

    def head(name: str, start: str) -> int:
        """The word over the others of a span."""
        at = int(row[start])
        end = at + len(str(row[name]))
        words = [k for k, o in enumerate(offsets) if at <= o < end] or [
            max(k for k, o in enumerate(offsets) if o <= at)
        ]
        return next((k for k in words if text.heads[k] not in words or text.heads[k] == k), words[-1])

    pronoun, a, b = head("pronoun", "pronoun_offset"), head("a", "a_offset"), head("b", "b_offset")
    found = mentions(text, {pronoun, a, b})
    place = {w: n for n, w in enumerate(found.word.tolist())}
    p = place[pronoun]
    others = np.array([n for n in range(len(found.word)) if n != p], np.int64)
    tried = np.full(len(others), p, np.int64), others
    marks = np.zeros(len(others), np.int64)
    like = {side: _like(found, others, place[w]) for side, w in ((1, a), (2, b))}
    both = like[1] & like[2]
    for side, hits in like.items():
        marks[hits & ~both] = side
    marks[others == place[a]], marks[others == place[b]] = 1, 2
    right = 1 if row["a_coref"] else 2 if row["b_coref"] else 0
    gold = (marks == right) & (right > 0)
    return item(kind, sentences, found, gold, tried, marks > 0, [p], str(row["id"]), marks)


def _like(found: Mentions, others: Ints, place: int) -> NDArray[np.bool_]:
    """Which mentions are of the same name."""
    relation = name_relation(found, others, np.full(len(others), place))
    hit: NDArray[np.bool_] = (relation >= 1) & (relation <= 4)
    return hit


FORMS = {
    "m": {"nsubj": "he", "nsubj:pass": "he", "obj": "him", "iobj": "him", "obl": "him", "nmod:poss": "his"},
    "f": {"nsubj": "she", "nsubj:pass": "she", "obj": "her", "iobj": "her", "obl": "her", "nmod:poss": "her"},
    "n": {"nsubj": "it", "nsubj:pass": "it", "obj": "it", "iobj": "it", "obl": "it", "nmod:poss": "its"},
}
BUNDLES = {"m": "Gender=Masc", "f": "Gender=Fem", "n": "Gender=Neut"}
THINGS_AS = ("nsubj", "nsubj:pass", "nmod:poss")
"""Functions in which a state or body is made "it": elsewhere its name would rather stand."""
MOST_PSEUDO = 6000
"""Pseudo-pronouns that are made at most."""
BACK = 3
"""Sentences before a pseudo-pronoun that are read with it."""


def _bundle(gender: str, relation: str) -> str:
    """FEATS of a third-person pronoun in a function."""
    if relation == "nmod:poss":
        return f"Case=Gen|{BUNDLES[gender]}|Number=Sing|Person=3|Poss=Yes|PronType=Prs"
    case = "Nom" if relation.startswith("nsubj") else "Acc"
    return f"Case={case}|{BUNDLES[gender]}|Number=Sing|Person=3|PronType=Prs"


def genders(documents: list[Document]) -> dict[str, str]:
    """Gender, m or f, of surnames that stand alone with pronouns of one gender in a sentence or the next one."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        for s, after in zip(document, [*document[1:], None], strict=True):
            people = {n[-1] for n in _names(s, "PERSON")}
            if len(people) == 1:
                near = [w.lower() for w in s.words] + ([w.lower() for w in after.words[:6]] if after else [])
                who = people.pop()
                counts[who, "m"] += sum(w in ("he", "his", "him", "mr.") for w in near)
                counts[who, "f"] += sum(w in ("she", "her", "mrs.", "ms.") for w in near)
    names = {name for name, _ in counts}
    return {n: "f" if counts[n, "f"] > counts[n, "m"] else "m" for n in names if counts[n, "f"] + counts[n, "m"]}


def _names(s: Sentence, kind: str) -> Iterator[list[str]]:
    for start, end in _spans(s, kind):
        yield s.words[start:end]


def _spans(s: Sentence, kind: str) -> list[tuple[int, int]]:
    tags = [_tag(o) for o in s.entities]
    out = []
    for k, tag in enumerate(tags):
        if tag == f"B-{kind}":
            end = k + 1
            while end < len(tags) and tags[end] == f"I-{kind}":
                end += 1
            out.append((k, end))
    return out


def replaced(s: Sentence, start: int, end: int, gender: str) -> tuple[Sentence, int] | None:
    """The sentence with the name from start to end, its title and its "'s" made a pronoun, and the pronoun's place.

    None where the name has more on it than a title, or stands where no pronoun can.
    """
    inside = range(start, end)
    tops = [k for k in inside if not start < s.heads[k] <= end]
    if len(tops) != 1:
        return None
    head = tops[0]
    relation = s.relations[head]
    form = FORMS[gender].get(relation)
    kids = [k for k, h in enumerate(s.heads) if h == head + 1 and k not in inside]
    case = [k for k in kids if s.relations[k] == "case"]
    genitive = [k for k in case if s.words[k] in ("'s", "’s", "'")]
    titles = [k for k in kids if s.relations[k] in ("nmod:desc", "compound", "flat", "det", "amod") and k < start]
    if form is None or set(kids) - set(case) - set(titles) or (relation == "nmod:poss") != bool(genitive):
        return None
    gone = {*inside, *titles, *genitive}
    while any(h - 1 in gone and k not in gone and k not in case for k, h in enumerate(s.heads) if h):
        more = {k for k, h in enumerate(s.heads) if h and h - 1 in gone and k not in gone and k not in case}
        if any(k > start for k in more):
            return None
        gone |= more
    if gone != set(range(min(gone), max(gone) + 1)):
        return None
    return _without(s, gone - {head}, head, form.capitalize() if min(gone) == 0 else form, _bundle(gender, relation))


def _without(s: Sentence, gone: set[int], head: int, form: str, bundle: str) -> tuple[Sentence, int]:
    """The sentence without some words that none of the others hang on, one word made a pronoun."""
    rest = [k for k in range(len(s.words)) if k not in gone]
    new = {k + 1: n for n, k in enumerate(rest, start=1)}
    new[0] = 0
    out = Sentence(
        [s.words[k] for k in rest], [s.glued[k] for k in rest], [s.upos[k] for k in rest], [s.feats[k] for k in rest],
        [], [new.get(s.heads[k], new[head + 1]) for k in rest], [s.relations[k] for k in rest],
        [s.entities[k] for k in rest], s.starts,
    )  # fmt: skip
    at = rest.index(head)
    out.words[at], out.upos[at], out.feats[at], out.entities[at] = form, "PRON", bundle, (OUTSIDE,)
    out.glued[at] = s.glued[min({*gone, head})]
    return out, at


def pseudo(documents: list[Document], most: int, seed: int = 3) -> list[Item]:
    """News sentences in which the later of two mentions of a name is made a pronoun, another name standing by.

    In the spirit of WikiCREM (Kocijan et al. 2019). The softmax runs over the names of people, or of bodies and states.
    """
    rng = random.Random(seed)
    documents = [[s for s in d if s.heads] for d in documents if sum(bool(s.heads) for s in d) > 1]
    who = genders(documents)
    order = list(range(len(documents)))
    rng.shuffle(order)
    out: list[Item] = []
    for n in order:
        if len(out) >= most:
            break
        document = documents[n]
        options = [(k, kind) for k in range(len(document)) for kind in ("PERSON", "ORG", "GPE")]
        rng.shuffle(options)
        taken: set[int] = set()
        for k, kind in options:
            made = None if k in taken else _pseudo(document, k, kind, who, rng)
            if made is not None:
                taken.add(k)
                out.append(made)
    return out


def _pseudo(document: Document, k: int, kind: str, who: dict[str, str], rng: random.Random) -> Item | None:
    """An item whose last sentence, the document's k-th, has one name of the kind made a pronoun."""
    kinds = ("PERSON",) if kind == "PERSON" else ("ORG", "GPE")
    before = document[max(0, k - rng.randint(1, BACK)) : k]
    s = document[k]
    for start, end in rng.sample(spans := _spans(s, kind), len(spans)):
        last = s.words[end - 1]
        gender = "n" if kind != "PERSON" else who.get(last)
        earlier = [n for b in before for x in kinds for n in _names(b, x)]
        earlier += [s.words[a:e] for x in kinds for a, e in _spans(s, x) if e <= start]
        if gender is None or last not in {n[-1] for n in earlier} or len({n[-1] for n in earlier}) < 2:
            continue
        made = replaced(s, start, end, gender)
        if made is not None and (kind == "PERSON" or made[0].relations[made[1]] in THINGS_AS):
            return _pseudo_item([*before, made[0]], made[1], last, kinds)
    return None


def _pseudo_item(sentences: Document, at: int, last: str, kinds: tuple[str, ...]) -> Item | None:
    shift = sum(len(b.words) for b in sentences[:-1])
    text = text_of(sentences)
    found = mentions(text, {shift + at})
    p = int(np.flatnonzero(found.word == shift + at)[0])
    labels = np.isin(found.single[:, 1], [("PERSON", "ORG", "GPE").index(x) + 1 for x in kinds])
    i, j = pairs(found)
    ends = np.array([_name_end(text, w) == last for w in found.word.tolist()], bool)
    keep = (i == p) & (labels[j] | ends[j]) & (j < i)
    gold = ends[j]
    subject = found.clause == found.clause[p]
    bound = (found.sentence == found.sentence[p]) & subject & ends & (found.single[p, 2] != 8)
    mistyped = (keep & gold & ~labels[j]).any()
    if mistyped or bound.any() or not (gold & keep).any() or (gold | ~keep).all():
        return None
    return item("pseudo", sentences, found, gold, (i, j), keep, [p])


def _name_end(text: Text, word: int) -> str:
    """The last word of the name that a word stands in, or "" outside names."""
    if text.names[word] == OUTSIDE:
        return ""
    while word + 1 < len(text.words) and text.names[word + 1][:1] == "I":
        word += 1
    return text.words[word]


def check(found: list[Item]) -> str:
    """Counts for the log."""
    n = sum(len(x.anaphors) for x in found)
    linked = sum(len(np.unique(x.i[x.gold])) for x in found)
    pronouns = sum(int((x.mentions.single[x.anaphors, 0] > 0).sum()) for x in found if len(x.anaphors))
    tried = sum(len(x.i) for x in found)
    lost = sum(len(x.lost) for x in found)
    return f"{len(found)} items, {n} mentions ({pronouns} pronouns), {linked} linked, {lost} lost, {tried} pairs"


def build(data: Path, found: Mapping[str, list[Document]], own: Path, cache: Path) -> dict[str, list[Item]]:
    """All items by name ("gum", "gap", "pseudo", "ours"; "gum_dev", "gap_dev" for measuring), kept in `cache`.

    `found`: the corpora by name, "gmb" with a teacher's trees; `own`: the folder of the project's corpora. GAP is read
    by the installed parser, once, into `gap_parsed.pickle` beside `cache`.
    """
    if cache.exists():
        kept: dict[str, list[Item]] = pickle.loads(cache.read_bytes())
        return kept
    items = {
        "gum": gum(found["gum"], data / "coref_gum_open_train.jsonl.xz"),
        "gum_dev": gum(found["gum_dev"], data / "coref_gum_open_dev.jsonl.xz", "gum_dev", forced=True),
        **gap(data / "gap_train.jsonl.xz", cache.with_name("gap_parsed.pickle")),
        "ours": [x for path in sorted((own / "treebank").glob("*_train.conllu")) for x in ours(path)],
        "pseudo": pseudo(found["gmb"], MOST_PSEUDO),
    }
    for kind, made in items.items():
        print(kind, check(made), flush=True)
    cache.write_bytes(pickle.dumps(items))
    return items
