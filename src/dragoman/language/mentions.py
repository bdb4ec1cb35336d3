"""Words that may refer to something, and what tells of each pair of them whether they are one.

A mention is known by its head word (Dobrovolskii 2021). Everything here works on plain lists, so that training and
runtime see the same numbers. Feature values are small integers, 0 where nothing is known.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

PRONOUNS = {
    word: number
    for number, words in enumerate(
        (
            "he him his", "she her hers", "it its", "they them their theirs", "i me my mine", "we us our ours",
            "you your yours", "this that these those", "himself", "herself", "itself", "themselves themself",
            "myself ourselves yourself yourselves oneself",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
OTHER_PRONOUN, RECIPROCAL = 14, 15
REFLEXIVE = range(9, 14)
BOUND = range(1, 14)
"""Pronouns that ask for an antecedent."""
NAMES = ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT")
OTHER_NAME, UNTYPED_NAME = 8, 9
FUNCTIONS = {
    name: i
    for i, name in enumerate(
        ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "appos", "conj", "compound",
         "root", "amod", "parataxis", "list", "vocative", "dislocated", "nsubj:outer"),
        start=1,
    )
}  # fmt: skip
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
MALE = frozenset(
    {
        "man", "men", "boy", "boys", "father", "son", "brother", "husband", "king", "prince", "mr", "mr.", "sir",
        "uncle", "nephew", "grandfather", "grandson", "lord", "emperor", "spokesman", "chairman", "businessman",
        "congressman", "policeman", "gentleman", "actor", "widower", "duke", "baron", "monk", "sheikh", "imam", "emir",
        "sultan", "pope", "bishop", "priest",
    }
)  # fmt: skip
FEMALE = frozenset(
    {
        "woman", "women", "girl", "girls", "mother", "daughter", "sister", "wife", "queen", "princess", "mrs", "mrs.",
        "ms", "ms.", "miss", "lady", "aunt", "niece", "grandmother", "granddaughter", "empress", "spokeswoman",
        "chairwoman", "businesswoman", "congresswoman", "policewoman", "actress", "widow", "duchess", "nun", "baroness",
    }
)  # fmt: skip
NO_HEADS = frozenset(
    {"flat", "fixed", "goeswith", "expl", "punct", "case", "cc", "mark", "aux", "cop", "det", "reparandum", "discourse",
     "advmod"}
)  # fmt: skip
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})
HEADLESS = frozenset({"nsubj", "obj", "iobj", "obl", "nmod"})
CLAUSES = frozenset({"root", "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"})
SINGULAR, PLURAL, JOINED = 1, 2, 3
NO_PARTS = frozenset({"'s", "’s", "the", "The", ".", "-"})
LONGEST_NAME = 6
LONGEST_CLIMB = 25
"""Steps up the tree at most."""
LONGEST_QUOTATION = 8
"""Sentences after which a quotation mark that never closes is forgotten."""

NEAR, NEAR_PRONOUN = 60, 50
"""Mentions before one that are tried as its antecedents; before a pronoun."""
AHEAD = 20
"""Mentions after a pronoun in its sentence, itself counted, that are tried."""
FAR = 10
"""Sentences back that a pronoun looks."""
SAME_WORD = 2
"""Mentions of the same word or name that are tried from any distance, latest first."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text's words without white space: `heads` are places in it, a root's its own; `names` BIO tags ("B-ORG")."""

    words: Sequence[str]
    upos: Sequence[str]
    feats: Sequence[str]
    heads: Sequence[int]
    relations: Sequence[str]
    sentences: Sequence[int]
    names: Sequence[str]


SINGLE = {
    "pronoun": 16, "name": 10, "function": 20, "number": 4, "gender": 4, "determiner": 6, "quoted": 2, "depth": 4,
    "fresh": 2,
}  # fmt: skip
"""Features of a mention and how many values each has."""
PAIR = {
    "sentences": 9, "between": 10, "same_form": 2, "same_stem": 2, "names": 7, "nested": 3, "clause": 2, "tie": 4,
    "number": 3, "gender": 3, "quotation": 5, "speaker": 3, "above": 4, "often": 4, "same_pronoun": 2,
}  # fmt: skip
"""Features of a pair and how many values each has."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of a text in order.

    `word`: head word's place; `single` [n, features]; the other columns are numbers to compare: of the form, the stem,
    a name's last word and all its words (-1: none), its initials, its span in the tree, its clause, its quotation
    (-1: none), who speaks there (2: only by what went before), the subjects above it, what it is tied to.
    """

    word: Ints
    single: Ints
    sentence: Ints
    form: Ints
    stem: Ints
    last: Ints
    parts: Ints
    initials: Ints
    left: Ints
    right: Ints
    clause: Ints
    quotation: Ints
    speaker: Ints
    carried: Ints
    above: Ints
    tied: Ints
    named: NDArray[np.bool_]
    often: Ints


def stem(word: str) -> str:
    """A noun's form without its plural ending, in small letters."""
    low = word.lower()
    if len(low) > 4 and low.endswith("ies"):
        return low[:-3] + "y"
    if len(low) > 4 and low.endswith(("sses", "xes", "ches", "shes")):
        return low[:-2]
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")) else low


def pronoun_class(word: str, upos: str, feats: str) -> int:
    """Class of a pronoun, 0 for other words."""
    if upos not in ("PRON", "DET"):
        return 0
    if "PronType=Rcp" in feats:
        return RECIPROCAL
    return PRONOUNS.get(word.lower(), OTHER_PRONOUN if upos == "PRON" else 0)


def is_mention(text: Text, k: int) -> bool:
    """Whether word k heads something that may be referred to."""
    pos, feats, relation = text.upos[k], text.feats[k], text.relations[k]
    base = relation.partition(":")[0]
    if base in NO_HEADS:
        return False
    if pos == "NOUN":
        return base != "compound" and relation != "nmod:desc"
    if pos == "PROPN":
        return _heads_name(text, k, relation)
    if pos == "PRON":
        return "PronType=Rel" not in feats and "PronType=Int" not in feats
    if pos in ("DET", "ADJ", "NUM") and base in HEADLESS:
        return not text.words[k][:1].isdigit()
    return pos == "ADJ" and text.names[k][2:] == "NORP"


def _heads_name(text: Text, k: int, relation: str) -> bool:
    """Whether a proper noun is no mere part of a name or a title before one."""
    head = text.heads[k]
    if relation == "nmod:desc" and text.names[k] == "O":
        return False
    same = text.names[k] != "O" and _same_name(text.names, k, head)
    return not (same and relation.partition(":")[0] in ("compound", "nmod", "amod") and text.upos[head] == "PROPN")


def _same_name(names: Sequence[str], a: int, b: int) -> bool:
    """Whether two words stand in one name."""
    low, high = min(a, b), max(a, b)
    return high - low < 12 and all(names[i][:1] == "I" for i in range(low + 1, high + 1))


class _Numbers(dict[object, int]):
    """Numbers for keys in order of their first use."""

    def __missing__(self, key: object) -> int:
        self[key] = len(self)
        return self[key]


class _Reader:
    """Works out the mentions of one text."""

    def __init__(self, text: Text) -> None:
        self.text = text
        n = len(text.words)
        self.low = [word.lower() for word in text.words]
        self.kids: list[list[int]] = [[] for _ in range(n)]
        self.subject = [-1] * n
        self.joined: set[int] = set()
        self.copular: set[int] = set()
        self.asides: dict[int, list[int]] = {}
        for i, (head, relation) in enumerate(zip(text.heads, text.relations, strict=True)):
            if head != i:
                self.kids[head].append(i)
                self._hang(i, head, relation)
        self.left, self.right = list(range(n)), list(range(n))
        for i in self._bottom_up():
            head = text.heads[i]
            self.left[head] = min(self.left[head], self.left[i])
            self.right[head] = max(self.right[head], self.right[i])
        self.quotation = _quotations(text)

    def _hang(self, i: int, head: int, relation: str) -> None:
        """Keep what word i says of its head."""
        if relation in SUBJECTS:
            self.subject[head] = i if self.subject[head] < 0 else self.subject[head]
        elif relation == "conj" and self.text.upos[i] in ("NOUN", "PROPN"):
            self.joined.add(head)
        elif relation == "cop":
            self.copular.add(head)
        elif relation == "parataxis":
            self.asides.setdefault(head, []).append(i)

    def _bottom_up(self) -> list[int]:
        order = [i for i, head in enumerate(self.text.heads) if head == i]
        for i in order:
            order.extend(self.kids[i])
        return order[::-1]

    def name(self, k: int) -> list[int]:
        """Words of the name that word k heads; none where it heads no name."""
        text = self.text
        if text.names[k] != "O":
            start, end = k, k + 1
            while start and text.names[start][:1] == "I":
                start -= 1
            while end < len(text.words) and text.names[end][:1] == "I":
                end += 1
            if not start <= text.heads[k] < end or text.heads[k] == k or text.upos[text.heads[k]] == "NOUN":
                return list(range(start, end))
        elif text.upos[k] != "PROPN":
            return []
        return [k, *(c for c in self.kids[k] if text.relations[c] in ("flat", "compound") and text.upos[c] == "PROPN")]

    def clauses(self, k: int) -> list[int]:
        """Heads of the clauses that hold word k, innermost first."""
        out: list[int] = []
        at, heads, relations = k, self.text.heads, self.text.relations
        for _ in range(LONGEST_CLIMB):
            above = heads[at]
            relation = relations[at]
            joined = relation == "conj" and self.text.upos[at] in ("VERB", "AUX")
            own = joined or relation in CLAUSES or relation.partition(":")[0] in CLAUSES
            if (own and at != k) or (above == at and not out):
                out.append(at)
            if above == at:
                break
            at = above
        return out

    def speaker(self, k: int) -> int:
        """The subject of the nearest clause that reports what word k stands in, or -1."""
        text, at = self.text, k
        for _ in range(LONGEST_CLIMB):
            above = text.heads[at]
            for c in self.asides.get(at, ()):
                if self.subject[c] >= 0 and not self.left[c] <= k <= self.right[c]:
                    return self.subject[c]
            if above == at:
                return -1
            if text.relations[at] in ("ccomp", "parataxis") and 0 <= self.subject[above] != k:
                return self.subject[above]
            at = above
        return -1

    def number(self, k: int) -> int:
        """Number of what word k heads, from its features and conjuncts."""
        if k in self.joined:
            return JOINED
        feats = self.text.feats[k]
        return PLURAL if "Number=Plur" in feats else SINGULAR if "Number=Sing" in feats else 0

    def gender(self, k: int, name: Iterable[int], pronoun: int) -> int:
        """1 male, 2 female, 3 neither, 0 unknown; `pronoun`: the word's class as one."""
        if pronoun:
            return {1: 1, 9: 1, 2: 2, 10: 2, 3: 3, 11: 3}.get(pronoun, 0)
        near = [self.low[i] for i in (k, *name, *self.kids[k], max(k - 1, self.left[k]))]
        return 2 * (not FEMALE.isdisjoint(near)) if MALE.isdisjoint(near) else 1

    def determiner(self, k: int) -> int:
        """1 the, 2 a, 3 this, 4 possessor, 5 other, 0 none."""
        for c in self.kids[k]:
            low, relation = self.low[c], self.text.relations[c]
            if relation == "nmod:poss":
                return 4
            if relation == "det" or relation == "det:predet":
                return {"the": 1, "a": 2, "an": 2, "this": 3, "that": 3, "these": 3, "those": 3}.get(low, 5)
        return 0


def _quotations(text: Text) -> list[int]:
    """Number of the quotation that each word stands in, -1 outside."""
    out: list[int] = []
    count, opened, since = 0, False, 0
    for word, sentence in zip(text.words, text.sentences, strict=True):
        if opened and sentence - since > LONGEST_QUOTATION:
            opened = False
        if word in ("“", "``") or (word == '"' and not opened):
            count, opened, since = count + (not opened), True, sentence
        elif word in ("”", "''", '"'):
            opened = False
        out.append(count if opened else -1)
    return out


def _initials(words: Sequence[str]) -> str:
    if len(words) == 1:
        only = words[0].replace(".", "")
        return only if only.isupper() and len(only) > 1 else ""
    return "".join(w[0] for w in words if w[:1].isupper())


def mentions(text: Text, forced: Collection[int] = ()) -> Mentions:
    """The mentions of a text, those at the `forced` places among them."""
    reader = _Reader(text)
    chosen = [k for k, pos in enumerate(text.upos) if (pos in NOMINAL and is_mention(text, k)) or k in forced]
    forms, stems, parts, initials = _Numbers(), _Numbers(), _Numbers(), _Numbers()
    initials[""] = -1
    seen: dict[int, int] = {}
    carried = -1
    rows: list[tuple[int, ...]] = []
    singles: list[list[int]] = []
    for k in chosen:
        name = reader.name(k)
        low = [reader.low[i] for i in name or (k,) if text.words[i] not in NO_PARTS] or [reader.low[k]]
        form, base = forms[" ".join(low)], stems[stem(text.words[k])]
        ids = [parts[w] for w in low[-LONGEST_NAME:]] if name else []
        clauses = reader.clauses(k)
        said = reader.speaker(k)
        quoted = reader.quotation[k] >= 0
        carried = said if said >= 0 else carried
        above = [s for c in clauses if (s := reader.subject[c]) not in (k, -1)][:3]
        key = ids[-1] if ids else -1 - base
        rows.append(
            (
                k, text.sentences[k], form, base, ids[-1] if ids else -1,
                initials[_initials([text.words[i] for i in name])] if name else -1,
                reader.left[k], reader.right[k], clauses[0] if clauses else -1, reader.quotation[k], said,
                carried if quoted and said < 0 else -1, seen.get(key, 0),
                *(above + [-1] * (3 - len(above))), *_ties(reader, k),
                *(ids + [-1] * (LONGEST_NAME - len(ids))),
            )
        )  # fmt: skip
        singles.append(_single(reader, k, name, len(clauses), key not in seen))
        seen[key] = seen.get(key, 0) + 1
    table = np.array(rows, np.int64).reshape(len(rows), 19 + LONGEST_NAME)
    single = np.array(singles, np.int64).reshape(len(rows), len(SINGLE))
    columns = list(table.T[:13])
    return Mentions(
        columns[0], single, columns[1], columns[2], columns[3], columns[4], table[:, 19:], columns[5], columns[6],
        columns[7], columns[8], columns[9], columns[10], columns[11], table[:, 13:16], table[:, 16:19],
        single[:, 1] > 0, columns[12],
    )  # fmt: skip


def _ties(reader: _Reader, k: int) -> tuple[int, int, int]:
    """Words that word k is a conjunct of, an apposition to, or the predicate of, -1 for none."""
    text = reader.text
    relation, head = text.relations[k], text.heads[k]
    return (
        head if relation == "conj" else -1,
        head if relation in ("appos", "nmod:desc") else -1,
        reader.subject[k] if k in reader.copular else -1,
    )


def _single(reader: _Reader, k: int, name: Sequence[int], depth: int, fresh: bool) -> list[int]:
    """Values of the features in SINGLE."""
    text = reader.text
    kind = text.names[k][2:]
    label = (NAMES.index(kind) + 1 if kind in NAMES else OTHER_NAME if kind else UNTYPED_NAME) if name else 0
    pronoun = pronoun_class(text.words[k], text.upos[k], text.feats[k])
    relation = text.relations[k]
    function = FUNCTIONS.get(relation) or FUNCTIONS.get(relation.partition(":")[0], 19)
    return [
        pronoun, label, function, reader.number(k),
        reader.gender(k, name, pronoun), reader.determiner(k), int(reader.quotation[k] >= 0), min(depth, 3), int(fresh),
    ]  # fmt: skip


def pairs(m: Mentions) -> tuple[Ints, Ints]:
    """(mention, possible antecedent) as places in `m`, in order of the mention; a bounded number for each.

    Pronouns look NEAR_PRONOUN mentions and FAR sentences back, and ahead in their own sentence; definite descriptions
    NEAR mentions back, and they and all others to the last mentions of the same stem or name.
    """
    out_i: list[int] = []
    out_j: list[int] = []
    latest: dict[tuple[str, int], list[int]] = {}
    sentence, pronoun, determiner = m.sentence.tolist(), m.single[:, 0].tolist(), m.single[:, 5].tolist()
    named = m.named.tolist()
    for i, keys in enumerate(_keys(m)):
        if pronoun[i]:
            start = bisect_left(sentence, sentence[i] - FAR, max(0, i - NEAR_PRONOUN), i)
            end = (
                bisect_right(sentence, sentence[i], i, min(len(sentence), i + AHEAD)) if pronoun[i] in BOUND else i + 1
            )
            found = [*range(start, i), *range(i + 1, end)]
        else:
            near = range(max(0, i - NEAR), i) if determiner[i] in (1, 3, 4, 5) and not named[i] else ()
            found = sorted({j for key in keys for j in latest.get(key, ())}.union(near))
            for key in keys:
                latest[key] = [*latest.get(key, [])[1 - SAME_WORD :], i]
        out_i += [i] * len(found)
        out_j += found
    return np.array(out_i, np.int64), np.array(out_j, np.int64)


def _keys(m: Mentions) -> Iterator[list[tuple[str, int]]]:
    """What each mention is found again by: its stem, and the words and initials of a name."""
    for base, initials, parts in zip(m.stem.tolist(), m.initials.tolist(), m.parts.tolist(), strict=True):
        keys = [("stem", base), *(("part", p) for p in parts if p >= 0)]
        yield [*keys, ("initials", initials)] if initials >= 0 else keys


_SENTENCES = np.digitize(np.arange(17), [1, 2, 3, 4, 6, 9, 16])
_BETWEEN = np.digitize(np.arange(-1, 37), [1, 2, 3, 4, 6, 9, 14, 22, 36])


def features(m: Mentions, i: Ints, j: Ints) -> Ints:
    """Values [pairs, features] of the features in PAIR for mentions i and their possible antecedents j."""
    one, other = m.single[i], m.single[j]
    ahead = j > i
    away = _SENTENCES[np.minimum(np.abs(m.sentence[i] - m.sentence[j]), len(_SENTENCES) - 1)]
    away[ahead] = 8
    between = _BETWEEN[np.minimum(np.abs(i - j), len(_BETWEEN) - 1)]
    word = m.word[j]
    inside = (m.left[i] <= word) & (word <= m.right[i])
    holding = (m.left[j] <= m.word[i]) & (m.word[i] <= m.right[j])
    return np.stack(
        [
            away, between, m.form[i] == m.form[j], m.stem[i] == m.stem[j], name_relation(m, i, j),
            np.where(inside, 1, np.where(holding, 2, 0)),
            (m.clause[i] == m.clause[j]) & (m.sentence[i] == m.sentence[j]),
            _tie(m, i, j),
            _agree(np.minimum(one[:, 3], PLURAL), np.minimum(other[:, 3], PLURAL)),
            _agree(one[:, 4], other[:, 4]),
            _quotation(m, i, j),
            np.where(m.speaker[i] == word, 1, np.where(m.carried[i] == word, 2, 0)),
            np.select(list((word == m.above[i].T)[::-1]), [3, 2, 1], 0),
            np.minimum(m.often[j], 3),
            (one[:, 0] == other[:, 0]) & (one[:, 0] > 0),
        ],
        axis=1, dtype=np.int64,
    )  # fmt: skip


def name_relation(m: Mentions, i: Ints, j: Ints) -> Ints:
    """0 not both names; 1 same; 2 one ends the other; 3 i's words in j; 4 j's in i; 5 initials; 6 unlike."""
    out = np.zeros(len(i), np.int64)
    both = np.flatnonzero(m.named[i] & m.named[j])
    i, j = i[both], j[both]
    a, b = m.parts[i], m.parts[j]
    within, over = _within(a, b), _within(b, a)
    ends = (m.last[i] == m.last[j]) & (within | over)
    initials = (m.initials[i] >= 0) & (m.initials[i] == m.initials[j])
    out[both] = np.select([m.form[i] == m.form[j], ends, within, over, initials], [1, 2, 3, 4, 5], 6)
    return out


def _within(a: Ints, b: Ints) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = ((a[:, :, None] == b[:, None, :]).any(2) | (a < 0)).all(1)
    return found


def _agree(a: Ints, b: Ints) -> Ints:
    """0 unknown, 1 alike, 2 unlike."""
    return np.where((a == 0) | (b == 0), 0, np.where(a == b, 1, 2))


def _tie(m: Mentions, i: Ints, j: Ints) -> Ints:
    """1 conjuncts, 2 apposition, 3 predicate."""
    one, other = m.tied[i].T, m.tied[j].T
    same: Ints = ((one[0] == other[0]) & (one[0] >= 0)).astype(np.int64)
    for kind, hit in enumerate((one == m.word[j]) | (other == m.word[i]), start=1):
        same[hit] = kind
    return same


def _quotation(m: Mentions, i: Ints, j: Ints) -> Ints:
    """0 neither quoted, 1 in one quotation, 2 in two, 3 only i, 4 only j."""
    a, b = m.quotation[i], m.quotation[j]
    found: Ints = np.select([(a < 0) & (b < 0), a == b, (a >= 0) & (b >= 0), a >= 0], [0, 1, 2, 3], 4)
    return found
