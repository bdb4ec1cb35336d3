"""What is asked of a plot, what comes back, and the words around it: the title, the numbers, where it is from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final
from urllib.parse import urlsplit

from dragoman import __version__
from dragoman.lexicon.names import Names
from dragoman.plots.fitting import counted
from dragoman.plots.keys import PLANNED
from dragoman.plots.scales import MONTHS
from dragoman.store.engine import sqlite_path
from dragoman.store.query import counts
from dragoman.store.record import Record
from dragoman.store.search.syntax import Code, Confidence, Pair, Period, Query
from dragoman.terms import BASE_STATUSES

DRAWN: Final = BASE_STATUSES | PLANNED
"""Statuses that are drawn as having happened or as planned; the others are in the series alone."""

_LONGEST_TITLE: Final = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """A plot that is asked for. `text` is the query as it was typed, `day` the ISO day on which it is drawn.

    `most`: so many rows, nodes or agreements at most, None for the kind's own number. `title` instead of one made of
    the query.
    """

    query: Query
    text: str
    names: Names
    day: str
    title: str | None = None
    most: int | None = None
    borders: bool = True


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plot: its SVG, its title, what it shows in one sentence, and the same data as a table."""

    svg: str
    title: str
    summary: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def period(query: Query) -> tuple[str, str] | None:
    """The ISO days from and to which events are asked for, None where a side is open."""
    for term in query.terms:
        if isinstance(term, Period) and term.field == "event" and term.first and term.last:
            return term.first, term.last
    return None


def title(asked: Asked, what: str) -> str:
    """The title that was given, or one that says WHAT of whom: `Egypt – Israel: cooperation and conflict`."""
    if asked.title is not None:
        return asked.title
    for term in asked.query.terms:
        if isinstance(term, Pair):
            between = "→" if term.directed else "–"
            return f"{asked.names.of(term.one)} {between} {asked.names.of(term.other)}: {what}"
    for term in asked.query.terms:
        if isinstance(term, Code) and term.field == "country" and len(term.values) == 1 and len(term.values[0]) == 3:
            return f"{asked.names.of(term.values[0])}: {what}"
    text = " ".join(asked.text.split())
    if not text:
        return f"All reports: {what}"
    return f"{text if len(text) <= _LONGEST_TITLE else text[:_LONGEST_TITLE] + '…'}: {what}"


def source(record: Record, asked: Asked) -> str:
    """Where a drawing is from: the record, what was asked of it, when, and by which Dragoman."""
    parts = [f"Source: record {record_name(record)}"]
    parts.append(f"query {' '.join(asked.text.split())}" if asked.text.strip() else "all of it")
    if least := max((term.least for term in asked.query.terms if isinstance(term, Confidence)), default=0.0):
        parts.append(f"confidence from {least:g}")
    if asked.query.as_of:
        parts.append(f"as it stood on {asked.query.as_of}")
    return " · ".join([*parts, f"drawn {asked.day}", f"dragoman {__version__}"])


def record_name(record: Record) -> str:
    """The name of a record's file or database, without the way to it."""
    path = sqlite_path(record.where)
    return path.name if path is not None else PurePath(urlsplit(record.where).path).name


def summary(record: Record, number: int, reports: int, what: str = "event") -> str:
    """How much is drawn, and of how much: `34 events in 12 reports of 40 read`."""
    read = counts(record).reports
    return f"{counted(number, what)} in {counted(reports, 'report')} of {read:,} read; background is left out"


def spelled(day: str) -> str:
    """`17 Sep 1978`."""
    return f"{int(day[8:])} {MONTHS[int(day[5:7]) - 1]} {int(day[:4])}"


def span(days: Sequence[str]) -> str:
    """From the first to the last of ISO DAYS, in words, with a dot behind; nothing for none."""
    return f"{spelled(min(days))} – {spelled(max(days))} · " if days else ""
