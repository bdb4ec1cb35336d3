"""A mention of an actor as its phrase alone gives it, before the text around it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from dragoman.coding.draft import Mention
    from dragoman.coding.tree import Tree
    from dragoman.facts import Span

Nature: TypeAlias = Literal["person", "people", "body", "country", "place", "thing"]


@dataclass(frozen=True, slots=True)
class Found:
    """A mention with what `reference` needs to know of it.

    `named` says that it bears a name of its own; `pointer` is the token of a pronoun, person or title whose country is
    this mention's too; `definite` that it may take up somebody named before; `effect` is the title's modifier's;
    `rank` a military or learned title beside the office; `owners` the first tokens of the countries and
    bodies that the title belongs to.
    """

    mention: Mention
    nature: Nature
    title: str | None = None
    office: str | None = None
    effect: str = ""
    named: bool = False
    pointer: int | None = None
    definite: bool = False
    rank: str | None = None
    owners: tuple[int, ...] = ()


def head_of(tree: Tree, start: int, end: int) -> int:
    """The token of [START, END) whose head lies outside; the last one where there is none."""
    return next((i for i in range(start, end) if not start <= tree.head[i] < end or tree.head[i] == i), end - 1)


def span_of(tree: Tree, start: int, end: int) -> Span:
    """Characters of tokens START to END (exclusive)."""
    return (tree.start[start], tree.end[end - 1])
