"""A user's own codebook: types with their words, each resting on a PLOVER type, in one TOML file.

    name = "gulf-shipping"

    [types.SEIZE_SHIP]
    gloss = "A state or armed group takes a merchant ship."
    base = "COERCE"
    mode = "seize"
    verbs = ["seize", "impound", "take control of"]
    nouns = ["seizure"]
    objects = ["tanker", "ship", "vessel"]
    examples = [{ text = "Iran seized a Greek tanker.", source = "IRN", target = "GRC" }]
    not_this = ["Iran seized the embassy."]

`docs/own-codebook.md` explains it to its users. The words become frames of the predicates' table that are tried before
ours (`frames`); an event read by one carries `gulf-shipping:SEIZE_SHIP` among its contexts, beside the type, mode and
status that any act of the base type has.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from dragoman.errors import TableError
from dragoman.lexicon.codebook_file import parse
from dragoman.lexicon.codebook_lines import Fault
from dragoman.lexicon.codebook_types import SLOTS, Example, OwnType, split, words_of
from dragoman.lexicon.plover import Terms
from dragoman.lexicon.predicates import IrregularVerbRow, PredicateRow, index
from dragoman.lexicon.table import Lexicon

MAX_BYTES: Final = 1_000_000
DIGEST_DIGITS: Final = 12
PARTS: Final = (
    ("VERB", "verbs", ("subj",), ("obj", "iobj", "against", "with", "to", "on", "from", "of", "into")),
    ("NOUN", "nouns", ("poss", "by"), ("of", "on", "against", "to", "with", "from", "into")),
    ("ADJ", "adjectives", ("subj",), ("of", "to", "about", "toward", "towards", "with", "at", "over")),
)
"""Part of speech, its key in the file, and the slots where source and target are looked for unless it says so."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook that has been read and checked. `digest` names its content, `path` the file for messages."""

    name: str
    path: str
    digest: str
    types: tuple[OwnType, ...]

    @property
    def stamp(self) -> str:
        """Name and digest, as stored reports carry them."""
        return f"{self.name}.{self.digest}"

    def code(self, own: OwnType) -> str:
        """What an event of type OWN carries among its contexts."""
        return f"{self.name}:{own.name}"

    def examples(self) -> Iterator[tuple[OwnType, Example]]:
        """All examples with their types, in the order of the file."""
        for own in self.types:
            for example in own.examples:
                yield own, example


def load(path: Path, terms: Terms) -> Codebook:
    """The codebook in the file at PATH. Raises TableError at the first thing wrong with it; `check` tells all."""
    found, faults = check(path, terms)
    if found is None:
        raise TableError(str(path), faults[0].line, faults[0].problem)
    return found


def check(path: Path, terms: Terms) -> tuple[Codebook | None, tuple[Fault, ...]]:
    """The codebook, and all that is wrong with its file by line; no codebook where anything is.

    Raises OSError where the file can't be read.
    """
    content = path.read_bytes()
    if len(content) > MAX_BYTES:
        return None, (Fault(1, f"the file is larger than {MAX_BYTES:,} bytes; a codebook is a list of words"),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return None, (Fault(line, "not UTF-8; save the file as UTF-8"),)
    name, types, faults = parse(text.replace("\r\n", "\n"), terms)
    if faults:
        return None, tuple(sorted(faults, key=lambda fault: fault.line))
    return Codebook(name, str(path), hashlib.sha256(content).hexdigest()[:DIGEST_DIGITS], types), ()


def inflected(codebook: Codebook, lexicon: Lexicon) -> Iterator[tuple[OwnType, str, str]]:
    """(type, word, likely dictionary form) of verbs that look like a form of another verb of the tables: "seized"."""
    known = Lexicon(lexicon.extra).compiled(index).frames
    irregular = {form: row.lemma for row in lexicon.rows(IrregularVerbRow) for form in row.forms}
    for own in codebook.types:
        for phrase in own.verbs:
            word = words_of(phrase)[0]
            heads = {lemma.split()[0] for frame in known.get((word, "VERB"), ()) for lemma in frame.row.lemmas}
            if heads and word not in heads:
                yield own, phrase, irregular.get(word) or get_close_matches(word, sorted(heads), 1, 0.0)[0]


def frames(codebook: Codebook) -> tuple[PredicateRow, ...]:
    """The rows of the predicates' table that code by CODEBOOK."""
    return tuple(row for own in codebook.types for row in _rows(codebook, own))


def _rows(codebook: Codebook, own: OwnType) -> Iterator[PredicateRow]:
    for pos, key, source, target in PARTS:
        by_preposition: dict[str, list[str]] = {}
        for phrase in getattr(own, key):
            lemma, preposition = split(phrase) if pos == "VERB" else (" ".join(words_of(phrase)), "")
            by_preposition.setdefault(preposition, []).append(lemma)
        for preposition, lemmas in by_preposition.items():
            yield PredicateRow(
                id=f"{codebook.code(own)}:{key}{':' + preposition if preposition else ''}",
                pos=pos,
                lemmas=tuple(lemmas),
                source=_slots(own.source) or source,
                target=(preposition,) if preposition else _slots(own.target) or target,
                object=_numbers(own.objects),
                reciprocal=own.reciprocal,
                needs=tuple(dict.fromkeys((*own.needs, *(("target",) if preposition and not own.objects else ())))),
                type=own.base,
                mode=own.mode,
                cameo=own.cameo,
                contexts=(*own.contexts, codebook.code(own)),
                matches="",
                refuses="",
                first=True,
            )


def _numbers(nouns: tuple[str, ...]) -> tuple[str, ...]:
    """NOUNS, and of those that look like plurals the singular too: the parser gives either."""
    singulars = [re.sub(r"(?:(?<=s)es|(?<=[xz])es|(?<=[cs]h)es|s)$", "", re.sub(r"ies$", "y", noun)) for noun in nouns]
    return tuple(dict.fromkeys((*nouns, *singulars)))


def _slots(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(SLOTS.get(name, name) for name in names)
