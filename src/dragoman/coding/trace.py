"""Why facts are what they are: notes that the stages of coding leave where they decide, when somebody asks.

A Draft has no Trace unless `stages.code` is given one; without it a place that decides costs one comparison more. Notes
are kept under what they are about, which is known before there is a fact: a mention, a frame, a date. The stage that
builds a fact gathers them under the fact's id.

A note's `rule` says where a decision comes from: `TABLE:KEY` is a row of a table (`predicates:meet`,
`status_cues:adv-not`, `holders:…`), `parse:…` a path of relations in the parse, `parser:…` a label that the parser
gives, and the rest names a rule in code (`tense:past`, `pronoun:subject-first`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from dragoman.facts import Span

Key: TypeAlias = tuple[str | int, ...]
"""What a note is about: a kind and token indexes, such as ("mention", 4) for the one that begins at token 4."""

LONGEST_CHAIN: Final = 6
"""Mentions that are followed back ("he", "the minister", the name): longer chains are cut."""


@dataclass(frozen=True, slots=True)
class Note:
    """One ground of one field. `words` are the characters that it rests on, empty where no words of the text do.

    `field` is empty until a fact gathers the note; `see` leads to the notes of the mention that this one took up.
    """

    rule: str
    why: str = ""
    words: tuple[Span, ...] = ()
    field: str = ""
    see: Key | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A word that a row of the predicates' table knows and that became no event of its own."""

    word: Span
    rule: str
    why: str


@dataclass(slots=True)
class Trace:
    """The notes of one report. `facts` has those of each fact, by its id; `left_out` is by token.

    `weighed` has what speaks for each event's confidence, by its id.
    """

    facts: dict[str, tuple[Note, ...]] = field(default_factory=dict)
    left_out: dict[int, LeftOut] = field(default_factory=dict)
    weighed: dict[str, Mapping[str, float]] = field(default_factory=dict)
    _notes: dict[Key, list[Note]] = field(default_factory=dict)

    def note(
        self, about: Key, rule: str, why: str = "", words: Iterable[Span] = (), name: str = "", see: Key | None = None
    ) -> None:
        """Keep a note ABOUT something; one that stands there already is not repeated. NAME is its field, if known."""
        notes = self._notes.setdefault(about, [])
        made = Note(rule, why, tuple(words), name, see)
        if made not in notes:
            notes.append(made)

    def forget(self, about: Key, rule: str = "") -> None:
        """Drop the notes ABOUT what was tried and not taken whose rule begins with RULE."""
        self._notes[about] = [note for note in self._notes.get(about, []) if not note.rule.startswith(rule)]

    def of(self, about: Key, name: str = "") -> list[Note]:
        """The notes ABOUT something, and about what they lead to, nearest first, each for the field NAME."""
        found: list[Note] = []
        seen: set[Key] = set()
        ahead = [about]
        while ahead and len(seen) < LONGEST_CHAIN:
            here = ahead.pop(0)
            if here not in seen:
                seen.add(here)
                notes = self._notes.get(here, [])
                found += [replace(note, field=name or note.field) for note in notes]
                ahead += [note.see for note in notes if note.see is not None]
        return found

    def explain(self, fact: str, notes: Sequence[Note]) -> None:
        """Put NOTES down as the grounds of FACT."""
        self.facts[fact] = tuple(dict.fromkeys(notes))

    def leave_out(self, token: int, word: Span, rule: str, why: str) -> None:
        """Note why the word at TOKEN is no event; the first reason stays."""
        self.left_out.setdefault(token, LeftOut(word, rule, why))
