"""What the stages of coding pass on: the parsed report and all that the stages before have found.

A stage is a function from a Draft to a tuple of facts (or of mentions that later facts are made from); `stages.py`
lists them in order and puts each answer into the Draft's field of the stage's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from dragoman.coding.tokens import Token
from dragoman.coding.trace import Trace
from dragoman.coding.tree import Tree
from dragoman.facts import (
    Actor,
    Agreement,
    Event,
    Figure,
    Office,
    PlaceMention,
    Report,
    Statement,
    TimeMention,
    Transfer,
)
from dragoman.lexicon.table import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

MentionKind: TypeAlias = Literal["name", "title", "demonym", "description", "pronoun", "place", "implied"]


@dataclass(frozen=True)
class Mention:
    """A mention of an actor: tokens `start` to `end` (exclusive) of the Doc, with `head` the index of its head token.

    `actor` is what it resolves to; its `span` is this mention's characters. `others` are further actors of a mention
    that stands for several ("the two countries"). `body` tells a body or person from a mere place name.
    """

    start: int
    end: int
    head: int
    actor: Actor
    kind: MentionKind
    others: tuple[Actor, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A parsed report with what has been found in it so far. `tree` is of its text as it stands in `report`.

    `trace` takes the grounds of what is decided; None, as a rule, where nobody asks for them.
    """

    report: Report
    tree: Tree
    lexicon: Lexicon
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    events: tuple[Event, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    offices: tuple[Office, ...] = ()
    trace: Trace | None = None

    @property
    def doc(self) -> Doc:
        """The parse as spaCy has it, with the names that the parser marks."""
        return self.tree.doc

    @property
    def tokens(self) -> list[Token]:
        """All tokens of the report."""
        return self.tree.tokens

    @cached_property
    def mention_by_token(self) -> dict[int, Mention]:
        """Token index to the mention that covers it; the innermost where mentions nest."""
        table: dict[int, Mention] = {}
        for mention in sorted(self.actors, key=lambda m: m.start - m.end):
            for i in range(mention.start, mention.end):
                table[i] = mention
        return table

    def mention_at(self, token: Token) -> Mention | None:
        """The actor mention that covers TOKEN, or None."""
        return self.mention_by_token.get(token.i)

    def chars(self, start: int, end: int) -> tuple[int, int]:
        """Characters of tokens START to END (exclusive)."""
        return (self.tree.start[start], self.tree.end[end - 1])
