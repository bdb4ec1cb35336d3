"""Faults of our treebank: UD's rules of levels 1 to 3 for English, and the name and coreference marks in MISC.

`python -m training.validate_treebank FILES` prints `file:line: what` for every fault and ends with 1 if there is one.
The rules are those of https://universaldependencies.org/validation.html, in our own words and as strict as our own
sentences allow: words only (no ranges, no empty nodes), no enhanced graph. Lines count from 1, word ids from 1.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training import treebank_labels as known


@dataclass(frozen=True, slots=True)
class Word:
    """A row of a sentence; `line` is its line in the file, `head` 0 for the root."""

    line: int
    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    relation: str
    misc: str

    @property
    def base(self) -> str:
        """The relation without its subtype."""
        return self.relation.split(":")[0]

    def feature(self, name: str) -> str | None:
        """Value of a feature, None if the word lacks it."""
        return dict(pair.partition("=")[::2] for pair in self.feats.split("|")).get(name)

    def mark(self, name: str) -> str | None:
        """Value of a key in MISC, None if the word lacks it."""
        return dict(pair.partition("=")[::2] for pair in self.misc.split("|")).get(name)


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence: `line` is where it starts, `words[0]` has the id 1."""

    line: int
    comments: dict[str, str]
    words: tuple[Word, ...]

    def children(self, ident: int) -> list[int]:
        """Ids of the words that hang on a word, left to right."""
        return [k for k, word in enumerate(self.words, start=1) if word.head == ident]

    def word(self, ident: int) -> Word:
        """The word with an id from 1."""
        return self.words[ident - 1]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in a line."""

    line: int
    what: str


def trees(text: str, faults: list[Fault]) -> list[Tree]:
    """Sentences of a file whose rows can be read; rows that can't are added to `faults` and their sentence left out."""
    found: list[Tree] = []
    start, block = 1, list[str]()
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line:
            if not block:
                start = number
            block.append(line)
        elif block:
            tree = _tree(start, block, faults)
            if tree is not None:
                found.append(tree)
            block = []
    if not text.endswith("\n\n"):
        faults.append(Fault(max(1, text.count("\n")), "the file must end in an empty line after its last sentence"))
    return found


def _tree(start: int, block: list[str], faults: list[Fault]) -> Tree | None:
    comments: dict[str, str] = {}
    words: list[Word] = []
    for line, row in enumerate(block, start=start):
        if row.startswith("#"):
            key, _, value = row[1:].partition("=")
            comments[key.strip()] = value.strip()
            continue
        word = _word(line, row.split("\t"), len(words) + 1, faults)
        if word is None:
            return None
        words.append(word)
    if not words:
        faults.append(Fault(start, "a sentence without words"))
        return None
    return Tree(start, comments, tuple(words))


def _word(line: int, cells: list[str], expected: int, faults: list[Fault]) -> Word | None:
    if len(cells) != known.COLUMNS:
        faults.append(Fault(line, f"{len(cells)} columns instead of {known.COLUMNS}"))
        return None
    if cells[0] != str(expected):
        faults.append(Fault(line, f"word id {cells[0]!r} where {expected} is due"))
        return None
    if any(not cell or cell != cell.strip() for cell in cells):
        faults.append(Fault(line, "an empty cell, or blanks around one"))
        return None
    if not re.fullmatch(r"0|[1-9][0-9]{0,3}", cells[6]):
        faults.append(Fault(line, f"head {cells[6]!r} is no number"))
        return None
    return Word(line, cells[1], cells[2], cells[3], cells[5], int(cells[6]), cells[7], cells[9])


def format_faults(tree: Tree) -> Iterator[Fault]:
    """Comments, and the text against forms and `SpaceAfter`."""
    for key in known.COMMENTS:
        if not tree.comments.get(key):
            yield Fault(tree.line, f"no comment {key!r}")
    last = len(tree.words)
    joined = "".join(
        word.form + ("" if number == last or word.mark("SpaceAfter") == "No" else " ")
        for number, word in enumerate(tree.words, start=1)
    )
    if joined != tree.comments.get("text", joined):
        yield Fault(tree.line, f"the words read {joined!r}, unlike the text")
    if tree.words[-1].mark("SpaceAfter") is not None:
        yield Fault(tree.words[-1].line, "SpaceAfter on the last word")
    for word in tree.words:
        if " " in word.form or " " in word.lemma:
            yield Fault(word.line, "a blank in form or lemma")
        if word.lemma == "_":
            yield Fault(word.line, f"{word.form!r} has no lemma")


def label_faults(word: Word) -> Iterator[Fault]:
    """UPOS, relation, features and MISC keys that UD English or our guidelines don't know."""
    if word.upos not in known.UPOS:
        yield Fault(word.line, f"unknown UPOS {word.upos!r}")
    if word.relation not in known.RELATIONS and word.relation != "root":
        yield Fault(word.line, f"unknown relation {word.relation!r}")
    if word.feats != "_":
        yield from _feature_faults(word)
    if word.misc != "_":
        keys = [pair.partition("=")[0] for pair in word.misc.split("|")]
        if keys != sorted(set(keys)) or not known.MISC.issuperset(keys):
            yield Fault(word.line, f"MISC {word.misc!r} isn't sorted, or has an unknown key")
        if word.mark("SpaceAfter") not in (None, "No"):
            yield Fault(word.line, "SpaceAfter can only be No")


def _feature_faults(word: Word) -> Iterator[Fault]:
    names = [pair.partition("=")[0] for pair in word.feats.split("|")]
    if names != sorted(set(names), key=str.lower):
        yield Fault(word.line, f"features {word.feats!r} aren't sorted or repeat one")
    for pair in word.feats.split("|"):
        name, _, value = pair.partition("=")
        if value not in known.FEATURES.get(name, ()):
            yield Fault(word.line, f"unknown feature {pair!r}")
        elif name in known.FEATURES_OF and word.upos not in known.FEATURES_OF[name]:
            yield Fault(word.line, f"{word.upos} {word.form!r} can't have {name}")
    if word.feature("Mood") is not None and word.feature("VerbForm") != "Fin":
        yield Fault(word.line, f"{word.form!r} has Mood but isn't finite")


def shape_faults(tree: Tree) -> Iterator[Fault]:
    """One root, heads that exist, no cycles."""
    size = len(tree.words)
    roots = [word for word in tree.words if word.head == 0]
    if len(roots) != 1:
        yield Fault(tree.line, f"{len(roots)} roots")
    for number, word in enumerate(tree.words, start=1):
        if word.head > size:
            yield Fault(word.line, f"head {word.head} lies outside the sentence")
        if (word.head == 0) != (word.relation == "root"):
            yield Fault(word.line, f"head {word.head} with relation {word.relation!r}")
        if _in_cycle(tree, number):
            yield Fault(word.line, f"{word.form!r} hangs on itself in the end")


def _in_cycle(tree: Tree, ident: int) -> bool:
    at = ident
    for _ in tree.words:
        at = tree.word(at).head if at <= len(tree.words) else 0
        if at == 0:
            return False
        if at == ident:
            return True
    return False


def word_class_faults(tree: Tree) -> Iterator[Fault]:
    """Relations on words of a class that can't bear them."""
    for number, word in enumerate(tree.words, start=1):
        fixed = any(tree.word(child).relation == "fixed" for child in tree.children(number))
        if fixed and word.feature("ExtPos") is None:
            yield Fault(word.line, f"fixed expression at {word.form!r} without ExtPos")
        if word.feature("ExtPos") is not None and not fixed:
            yield Fault(word.line, f"ExtPos on {word.form!r}, which heads no fixed expression")
        upos = word.feature("ExtPos") or word.upos
        if upos not in known.NEEDED_UPOS.get(word.base, known.UPOS) or upos in known.FORBIDDEN_UPOS.get(word.base, ()):
            yield Fault(word.line, f"{word.relation} on {upos} {word.form!r}")
        if word.upos == "PUNCT" and word.base not in {"punct", "root"}:
            yield Fault(word.line, f"{word.relation} on PUNCT {word.form!r}")
        if word.upos == "AUX" and word.lemma not in known.AUXILIARIES:
            yield Fault(word.line, f"{word.lemma!r} is no auxiliary")
        if word.base == "cop" and word.lemma != "be":
            yield Fault(word.line, f"{word.lemma!r} is no copula")


def direction_faults(tree: Tree) -> Iterator[Fault]:
    """Relations that run from left to right only, and conjunctions, which stand before their conjunct."""
    for number, word in enumerate(tree.words, start=1):
        if word.base in known.RIGHTWARD and word.head >= number:
            yield Fault(word.line, f"{word.relation} from right to left at {word.form!r}")
        if word.base == "cc" and word.head < number:
            yield Fault(word.line, f"cc {word.form!r} must hang on a later word")
        if word.relation == "fixed" and any(
            tree.word(k).head != word.head or tree.word(k).relation != "fixed" for k in range(word.head + 1, number)
        ):
            yield Fault(word.line, f"a gap in the fixed expression before {word.form!r}")


def leaf_faults(tree: Tree) -> Iterator[Fault]:
    """Function words and marks with dependents that they can't have."""
    for number, word in enumerate(tree.words, start=1):
        if word.base not in known.LEAVES:
            continue
        for child in tree.children(number):
            if tree.word(child).base not in known.LEAVES[word.base]:
                what = f"{word.relation} {word.form!r} has a dependent {tree.word(child).relation}"
                yield Fault(tree.word(child).line, f"{what} {tree.word(child).form!r}")


def clause_faults(tree: Tree) -> Iterator[Fault]:
    """Two subjects, objects or copulas of one predicate; passive marks at odds; agents without by."""
    for number, head in enumerate(tree.words, start=1):
        below = [tree.word(child) for child in tree.children(number)]
        counts = Counter(known.ONCE[word.relation] for word in below if word.relation in known.ONCE)
        for name, count in counts.items():
            if count > 1:
                yield Fault(head.line, f"{head.form!r} has {count} of {name}")
        relations = {word.relation for word in below}
        if "aux:pass" in relations and relations & {"nsubj", "csubj"}:
            yield Fault(head.line, f"passive {head.form!r} with an active subject")
        if "nsubj:pass" in relations and "cop" in relations:
            yield Fault(head.line, f"{head.form!r} has a copula and a passive subject")
        if head.relation == "obl:agent" and not any(word.form.lower() == "by" for word in below):
            yield Fault(head.line, f"agent {head.form!r} without by")
        if head.base == "nmod" and head.relation != "nmod" and head.relation != "nmod:poss" and _has_case(below):
            yield Fault(head.line, f"{head.relation} {head.form!r} with a preposition")
        if head.relation == "obl:unmarked" and _has_case(below):
            yield Fault(head.line, f"obl:unmarked {head.form!r} with a preposition")


def _has_case(below: list[Word]) -> bool:
    return any(word.relation == "case" and word.form not in {"'s", "’s", "'", "’"} for word in below)


def crossing_faults(tree: Tree) -> Iterator[Fault]:
    """Punctuation that makes an arc non-projective, its own or another's."""
    for number, word in enumerate(tree.words, start=1):
        if word.relation != "punct" or not word.head:
            continue
        low, high = sorted((number, word.head))
        if any(not _reaches(tree, k, word.head) for k in range(low + 1, high)):
            yield Fault(word.line, f"the arc of {word.form!r} crosses another")
        for k, other in enumerate(tree.words, start=1):
            low, high = sorted((k, other.head))
            if other.head and k != number and low < number < high and not _reaches(tree, word.head, other.head):
                yield Fault(word.line, f"{word.form!r} stands under the arc to {other.form!r} without belonging to it")


def _reaches(tree: Tree, ident: int, ancestor: int) -> bool:
    for _ in range(len(tree.words) + 1):
        if ident == ancestor:
            return True
        if ident == 0 or ident > len(tree.words):
            return False
        ident = tree.word(ident).head
    return False


def name_faults(tree: Tree) -> Iterator[Fault]:
    """Names that aren't well-formed BIO, or of an unknown type."""
    before = "O"
    for word in tree.words:
        tag = word.mark("NER") or "O"
        if tag != "O" and (tag[:2] not in {"B-", "I-"} or tag[2:] not in known.NAMES):
            yield Fault(word.line, f"unknown name tag {tag!r}")
        elif tag[:2] == "I-" and before[2:] != tag[2:]:
            yield Fault(word.line, f"{tag} after {before}")
        before = tag


def coreference_faults(tree: Tree) -> Iterator[Fault]:
    """Coreference ids that aren't numbers, or that only one mention bears."""
    lines: dict[str, list[int]] = defaultdict(list)
    for word in tree.words:
        ident = word.mark("Coref")
        if ident is not None:
            lines[ident].append(word.line)
            if not re.fullmatch("[1-9][0-9]?", ident):
                yield Fault(word.line, f"Coref={ident} isn't a number from 1")
    for ident, where in lines.items():
        if len(where) == 1:
            yield Fault(where[0], f"Coref={ident} stands on one mention only")


def tree_faults(tree: Tree) -> list[Fault]:
    """All faults of a sentence; those of level 3 only if it is a tree."""
    found = [*format_faults(tree), *(fault for word in tree.words for fault in label_faults(word))]
    shape = list(shape_faults(tree))
    found += [*shape, *name_faults(tree), *coreference_faults(tree)]
    if not shape:
        rules = (word_class_faults, direction_faults, leaf_faults, clause_faults, crossing_faults)
        found += [fault for rule in rules for fault in rule(tree)]
    return found


def file_faults(text: str, seen: dict[str, str], name: str) -> list[Fault]:
    """Faults of a file by line; `seen` has the file of every sentence id so far and gains this file's."""
    faults: list[Fault] = []
    for tree in trees(text, faults):
        faults += tree_faults(tree)
        ident = tree.comments.get("sent_id", "")
        if ident in seen:
            faults.append(Fault(tree.line, f"sent_id {ident!r} stands in {seen[ident]} already"))
        seen[ident] = name
    return sorted(set(faults))


def main(paths: list[str]) -> int:
    """Print the faults of files; 1 if there is one, 2 without files."""
    if not paths:
        print("usage: python -m training.validate_treebank FILES", file=sys.stderr)
        return 2
    seen: dict[str, str] = {}
    broken = False
    for path in paths:
        for fault in file_faults(Path(path).read_text(encoding="utf-8"), seen, path):
            print(f"{path}:{fault.line}: {fault.what}")
            broken = True
    return int(broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
