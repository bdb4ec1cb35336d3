"""Groups of short reports from `groups.txt`, read by the whole pipeline into a record."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dragoman.facts import Answer, Date
from dragoman.pipeline.batch import read_batch
from dragoman.pipeline.tools import load_tools
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.record import Record
from dragoman.store.writing import Stamp, add

PATH = Path(__file__).parent / "groups.txt"


@dataclass(frozen=True)
class Expected:
    """How the plan of one report, by its number from 1, stands; `by` and `again` are numbers of other reports."""

    report: int
    state: str
    by: frozenset[int] | None = None
    due: tuple[str, str] | None = None
    again: frozenset[int] | None = None
    then: str | None = None


@dataclass
class Group:
    """Reports, and how what they plan stands on a day."""

    name: str
    reports: list[tuple[str, str]] = field(default_factory=list)
    today: str = ""
    expected: list[Expected] = field(default_factory=list)


def groups() -> list[Group]:
    """The groups of the file."""
    found: list[Group] = []
    for line in PATH.read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") and re.fullmatch(r"# [a-z0-9-]+", line):
            found.append(Group(line[2:]))
        elif line.startswith("@ "):
            found[-1].today = line[2:]
        elif line.startswith("= "):
            found[-1].expected.append(_expected(line[2:]))
        elif re.match(r"\d{4}-", line):
            day, text = line.split(" ", 1)
            found[-1].reports.append((day, text))
    return found


def _expected(line: str) -> Expected:
    head, *parts = (part.strip() for part in line.split(";"))
    number, state = head.split(" ", 1)
    values = dict(part.split(" ", 1) for part in parts)
    first, _, last = values.get("due", "").partition("..")
    return Expected(
        int(number),
        state,
        frozenset(map(int, values["by"].split())) if "by" in values else None,
        (first, last) if first else None,
        frozenset(map(int, values["again"].split())) if "again" in values else None,
        values.get("then"),
    )


@cache
def answers() -> dict[str, tuple[Answer, ...]]:
    """What is read from the reports of each group, by its name; all are parsed in one go."""
    sources = [
        Source(f"{group.name}-{number}", group.name, text=text, published=Date.on(day, "given"))
        for group in groups()
        for number, (day, text) in enumerate(group.reports, 1)
    ]
    settings = Settings()
    outcomes = read_batch(list(sources), load_tools(settings), settings)
    found: dict[str, list[Answer]] = {}
    for source, outcome in zip(sources, outcomes, strict=True):
        assert isinstance(outcome, Answer), (source.id, outcome)
        found.setdefault(source.name, []).append(outcome)
    return {name: tuple(read) for name, read in found.items()}


def store(record: Record, name: str, backwards: bool = False) -> None:
    """Read the reports of one group into RECORD, in their order or BACKWARDS."""
    read = answers()[name]
    for answer in reversed(read) if backwards else read:
        add(record, answer, Stamp("0.1", "lex"))
